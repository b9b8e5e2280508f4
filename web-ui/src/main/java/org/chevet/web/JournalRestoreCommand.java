package org.chevet.web;

import java.nio.file.Path;
import java.time.Instant;
import org.chevet.archive.SqliteBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From one file. */
@Command(
        name = "restore",
        description = "Verifies a backup and makes it the journal of a data directory. Stop Chevet first.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class)
final class JournalRestoreCommand extends JournalSubcommand {
    @Option(names = "--force", description = "Move a journal that is there aside.")
    private boolean force;

    @Parameters(paramLabel = "FILE", description = "What backup made.")
    private Path file = Path.of("");

    @Override
    int run() {
        SqliteBackup.Restored restored = SqliteBackup.restore(file, fileDirectory(), force, Instant.now());
        print(restored.records(), out());
        Path former = restored.former();
        if (former != null) {
            out().println("The journal that was there is in " + former + ".");
        }
        out().println("Restored from " + file + ".");
        return 0;
    }
}
