package org.chevet.journal;

import java.sql.SQLException;
import java.util.List;

/** How events are added on one connection, whose end is its own. */
interface Insertion {
    /** In the transaction at hand. */
    void insert(List<ChecksummedEvent> rows) throws SQLException;
}
