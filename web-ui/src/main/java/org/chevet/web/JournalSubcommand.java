package org.chevet.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chevet.archive.HospitalRecord;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.JournalException;
import org.chevet.journal.PostgresServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands on a journal have in common: which journal, and how it ends. */
abstract class JournalSubcommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The data directory that the journal is in.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The journal of this configuration (chevet.yaml), which may be in PostgreSQL.")
    private @Nullable Path config;

    /** The command line does not say what can be done. */
    private static final class WrongUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongUse(String message) {
            super(message);
        }
    }

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (WrongUse e) {
            err().println(e.getMessage());
            return ChevetCommand.WRONG;
        } catch (JournalException e) {
            err().println(e.getMessage());
            return ChevetCommand.FAILED;
        } catch (IOException e) {
            err().println(e + ". Maybe the disk is full, or the file is not there or not for this user.");
            return ChevetCommand.FAILED;
        }
    }

    /** @return the exit code */
    abstract int run() throws IOException;

    /** To be read, while a Chevet may be writing it. */
    final JdbcJournal openBeside() {
        PostgresServer server = postgresql();
        return server == null ? JdbcJournal.besideSqlite(directory()) : JdbcJournal.besidePostgresql(server);
    }

    /** To be written: an embedded one by nobody else. */
    final JdbcJournal open() {
        PostgresServer server = postgresql();
        return server == null ? JdbcJournal.sqlite(directory()) : JdbcJournal.postgresql(server);
    }

    /** Of a journal that is a file; another has its own means. */
    final Path fileDirectory() {
        if (postgresql() != null) {
            throw new WrongUse(
                    "This journal is in PostgreSQL. Back it up and restore it by the database's own means (pg_dump,"
                            + " WAL archiving), or take `chevet journal export` and `import`.");
        }
        return directory();
    }

    private @Nullable PostgresServer postgresql() {
        return dataDirectory != null ? null : configuration().postgresql();
    }

    private Path directory() {
        return dataDirectory != null ? dataDirectory : configuration().dataDirectory();
    }

    final Configuration configuration() {
        if (config == null) {
            throw new WrongUse("Which journal? Give --data-dir DIR or --config FILE.");
        }
        return switch (ConfigurationFile.read(config)) {
            case ConfigurationFile.Loaded loaded -> loaded.configuration();
            case ConfigurationFile.Invalid invalid ->
                throw new WrongUse(config + " has mistakes:\n  " + String.join("\n  ", invalid.problems()));
        };
    }

    final void print(List<HospitalRecord> records, PrintWriter to) {
        for (HospitalRecord record : records) {
            to.println(String.format(
                    Locale.ROOT,
                    "%s: %,d events from %s to %s, digest %s, %d sound snapshots",
                    record.hospital(),
                    record.events(),
                    record.first(),
                    record.last(),
                    record.digestText(),
                    record.snapshots()));
        }
    }

    final PrintWriter out() {
        return commandSpec().commandLine().getOut();
    }

    final PrintWriter err() {
        return commandSpec().commandLine().getErr();
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills this in");
        }
        return spec;
    }
}
