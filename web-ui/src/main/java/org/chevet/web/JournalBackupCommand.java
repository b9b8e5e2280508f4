package org.chevet.web;

import java.nio.file.Path;
import org.chevet.archive.SqliteBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One file. */
@Command(
        name = "backup",
        description =
                "Copies the journal of a data directory into one file and verifies it. Chevet may be running meanwhile.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class)
final class JournalBackupCommand extends JournalSubcommand {
    @Parameters(paramLabel = "FILE", description = "Where to; must not be there yet.")
    private Path file = Path.of("");

    @Override
    int run() {
        print(SqliteBackup.backup(fileDirectory(), file), out());
        out().println("Backed up to " + file + ".");
        return 0;
    }
}
