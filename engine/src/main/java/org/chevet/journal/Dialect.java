package org.chevet.journal;

import java.sql.SQLException;
import javax.sql.DataSource;

/** What {@link JdbcJournal} needs to know of one database product. The next one is a class beside {@link SqliteDialect}. */
interface Dialect extends AutoCloseable {
    /** Gives connections on which a commit is durable when it returns. */
    DataSource dataSource();

    /** Where Flyway finds the schema. */
    String migrations();

    /** What a failure was about and what to do, in words for who runs the machine. */
    String advice(SQLException failure);

    /** What messages call the database. */
    @Override
    String toString();

    @Override
    void close();
}
