package org.chevet.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.migration.JavaMigration;

/** The tables' shape, and how an older one is brought up to date. */
final class Schema {
    /** What the migrations lead to, those of either database. */
    static final String VERSION = "3";

    /** Flyway's table, by Flyway's name. */
    private static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /** @throws JournalException when the database is of a later release, damaged or not to be written */
    static void bringUpToDate(Dialect dialect) {
        if (isCurrent(dialect)) {
            return;
        }
        try {
            Flyway flyway = flyway(dialect);
            refuseLater(dialect, flyway.info());
            flyway.migrate();
        } catch (FlywayException e) {
            throw failure(dialect, e);
        }
    }

    /** @throws JournalException when it is not of this very release's shape */
    static void check(Dialect dialect) {
        if (isCurrent(dialect)) {
            return;
        }
        try {
            MigrationInfoService info = flyway(dialect).info();
            refuseLater(dialect, info);
            if (info.pending().length > 0) {
                throw new JournalException(
                        "journal " + dialect + " is empty or was written by an earlier release",
                        "Start this release of Chevet on it once, which brings it up to date.",
                        null);
            }
        } catch (FlywayException e) {
            throw failure(dialect, e);
        }
    }

    /** Nearly always it is, and Flyway takes a third of a start to find that out. Whatever else there is, is for it to judge. */
    private static boolean isCurrent(Dialect dialect) {
        try (Connection connection = dialect.dataSource().getConnection()) {
            try (ResultSet table =
                    connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, new String[] {"TABLE"})) {
                if (!table.next()) {
                    return false;
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet step = statement.executeQuery(
                            "SELECT version, success FROM " + HISTORY + " ORDER BY installed_rank")) {
                boolean current = false;
                while (step.next()) {
                    if (!step.getBoolean(2)) {
                        return false;
                    }
                    current = VERSION.equals(step.getString(1));
                }
                return current;
            }
        } catch (SQLException e) {
            throw failure(dialect, e);
        }
    }

    private static Flyway flyway(Dialect dialect) {
        return Flyway.configure()
                .dataSource(dialect.dataSource())
                .locations(dialect.migrations())
                .javaMigrations(dialect.javaMigrations().toArray(JavaMigration[]::new))
                .load();
    }

    /** By default Flyway lets it pass, but a schema that is not known is not ours to write to. */
    private static void refuseLater(Dialect dialect, MigrationInfoService info) {
        for (MigrationInfo migration : info.all()) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw new JournalException(
                        "journal " + dialect + " was written by a later release of Chevet (schema version "
                                + migration.getVersion() + ")",
                        "Run that release, or a later one.",
                        null);
            }
        }
    }

    /** Flyway's own messages fill a screen; what the database said is what matters. */
    private static JournalException failure(Dialect dialect, FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return failure(dialect, sql);
            }
        }
        return new JournalException(
                "the schema of journal " + dialect + " cannot be brought up to date ("
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")",
                "Maybe another program made these tables: name a database that is Chevet's own, or restore a backup.",
                e);
    }

    private static JournalException failure(Dialect dialect, SQLException e) {
        return new JournalException(
                "cannot open journal " + dialect + " (" + dialect.detail(e) + ")", dialect.advice(e), e);
    }
}
