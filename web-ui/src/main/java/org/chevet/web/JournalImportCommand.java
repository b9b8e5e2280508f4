package org.chevet.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chevet.archive.JournalImport;
import org.chevet.journal.JdbcJournal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** From lines of JSON. */
@Command(
        name = "import",
        description =
                "Reads what export wrote into a journal that has none of its hospitals: all of it with the same digest,"
                        + " or nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class)
final class JournalImportCommand extends JournalSubcommand {
    private static final String STANDARD_INPUT = "-";

    @Parameters(paramLabel = "FILE", description = "What export wrote; - for standard input.")
    private String file = STANDARD_INPUT;

    @Override
    int run() throws IOException {
        try (BufferedReader lines = lines();
                JdbcJournal journal = open()) {
            print(JournalImport.read(journal, lines), out());
            return 0;
        } catch (JournalImport.RefusedException e) {
            err().println("Nothing was imported:");
            e.problems().forEach(problem -> err().println("  " + problem));
            return ChevetCommand.FAILED;
        }
    }

    private BufferedReader lines() throws IOException {
        return file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(
                        System.in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)))
                : Files.newBufferedReader(Path.of(file));
    }
}
