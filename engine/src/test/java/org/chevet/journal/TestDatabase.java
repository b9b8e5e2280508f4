package org.chevet.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database for one test, empty at first, of either product. */
interface TestDatabase {
    enum Product {
        SQLITE,
        POSTGRESQL;

        /** @param directory for those that keep files */
        TestDatabase create(Path directory) {
            return switch (this) {
                case SQLITE -> new Sqlite(directory);
                case POSTGRESQL -> new Postgresql(TestPostgres.create());
            };
        }
    }

    JdbcJournal open();

    /** For a process that claims nothing for itself, as on another node. */
    Dialect shared();

    /** Behind the journal's back. */
    void execute(String sql) throws SQLException;

    record Sqlite(Path directory) implements TestDatabase {
        @Override
        public JdbcJournal open() {
            return JdbcJournal.sqlite(directory);
        }

        @Override
        public Dialect shared() {
            return SqliteDialect.beside(directory);
        }

        @Override
        public void execute(String sql) throws SQLException {
            try (Connection connection =
                            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteDialect.FILE));
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    record Postgresql(PostgresServer server) implements TestDatabase {
        @Override
        public JdbcJournal open() {
            return JdbcJournal.postgresql(server);
        }

        @Override
        public Dialect shared() {
            return new PostgresDialect(server);
        }

        @Override
        public void execute(String sql) throws SQLException {
            TestPostgres.execute(server, sql);
        }
    }
}
