package org.chevet.web;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.chevet.archive.HospitalRecord;
import org.chevet.archive.JournalExport;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.SqliteFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** To lines of JSON. */
@Command(
        name = "export",
        description = "Writes the journal as lines of JSON, one event a line, verifying what it reads."
                + " Chevet may be running meanwhile.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class)
final class JournalExportCommand extends JournalSubcommand {
    @Option(names = "--hospital", paramLabel = "ID", description = "Only this hospital (default: all).")
    private @Nullable String hospital;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where to (default: standard output).")
    private @Nullable Path file;

    @Override
    int run() throws IOException {
        try (JdbcJournal journal = openBeside()) {
            List<HospitalId> hospitals = journal.hospitals().stream()
                    .filter(id -> hospital == null || id.value().equals(hospital))
                    .toList();
            if (hospitals.isEmpty()) {
                err().println("The journal " + journal + " has no event"
                        + (hospital == null ? "." : " of hospital " + hospital + ": look at its id."));
                return ChevetCommand.FAILED;
            }
            Path target = file;
            print(target == null ? toStandardOutput(journal, hospitals) : toFile(journal, hospitals, target), err());
            return 0;
        } catch (OutputException e) {
            err().println("What went to standard output is not whole and cannot be imported (" + e.getMessage() + ").");
            return ChevetCommand.FAILED;
        }
    }

    /** Whoever reads standard output is gone, or what it was sent to is full. */
    private static final class OutputException extends IOException {
        private static final long serialVersionUID = 1;

        OutputException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Past {@code System.out}, which swallows errors and writes in the terminal's character set. */
    private static List<HospitalRecord> toStandardOutput(JdbcJournal journal, List<HospitalId> hospitals)
            throws IOException {
        Writer out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        try {
            return JournalExport.write(journal, hospitals, out);
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    /** Under its name only once it is whole and durable. */
    private static List<HospitalRecord> toFile(JdbcJournal journal, List<HospitalId> hospitals, Path target)
            throws IOException {
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            List<HospitalRecord> records;
            try (Writer out = Files.newBufferedWriter(partial)) {
                records = JournalExport.write(journal, hospitals, out);
            }
            SqliteFiles.sync(partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return records;
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
