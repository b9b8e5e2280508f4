package org.chevet.journal;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.migration.JavaMigration;

/** The tables' shape, and how an older one is brought up to date. */
final class Schema {
    private Schema() {}

    /** @throws JournalException when the database is of a later release, damaged or not to be written */
    static void bringUpToDate(Dialect dialect) {
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
                return new JournalException(
                        "cannot open journal " + dialect + " (" + dialect.detail(sql) + ")", dialect.advice(sql), e);
            }
        }
        return new JournalException(
                "the schema of journal " + dialect + " cannot be brought up to date ("
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")",
                "Maybe another program made these tables: name a database that is Chevet's own, or restore a backup.",
                e);
    }
}
