package org.chevet.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.migration.JavaMigration;

/** What {@link JdbcJournal} needs to know of one database product. */
interface Dialect extends AutoCloseable {
    /** For the schema and for whatever is rare. */
    DataSource dataSource();

    /**
     * A session on which a commit is durable when it returns. No session opened here before is still at work when this
     * returns: what it was committing is either there to be read, or never will be.
     */
    Connection openWriter() throws SQLException;

    /** For a query, streaming a result of any size. Never waits for the writer. */
    Connection openReader() throws SQLException;

    /** For one short query at a time, which waits for none of the others however long they are. */
    default Connection openWatcher() throws SQLException {
        return openReader();
    }

    /** Within a transaction whose events may come slowly: from a pipe, or from somebody who types. */
    void beginLoading(Connection writer) throws SQLException;

    /** For a writing session, in whatever way is fastest here. */
    Insertion insertion(Connection writer) throws SQLException;

    /** Whether an insertion failed because the key was taken. */
    boolean isConflict(SQLException failure);

    /** Where Flyway finds the schema's SQL. */
    String migrations();

    /** Steps of the schema that SQL alone cannot take. */
    List<? extends JavaMigration> javaMigrations();

    /** What is wrong, in one line and without a value out of any row. */
    String detail(SQLException failure);

    /** What to do about it, in words for who runs the machine. */
    String advice(SQLException failure);

    /** What messages call the database. */
    @Override
    String toString();

    @Override
    void close();
}
