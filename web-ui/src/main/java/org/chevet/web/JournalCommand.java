package org.chevet.web;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done with a journal from the command line. */
@Command(
        name = "journal",
        description = "Verifies, exports, imports, backs up and restores the journal.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class,
        subcommands = {
            JournalVerifyCommand.class,
            JournalExportCommand.class,
            JournalImportCommand.class,
            JournalBackupCommand.class,
            JournalRestoreCommand.class
        })
final class JournalCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills this in");
        }
        spec.commandLine().usage(spec.commandLine().getErr());
        return ChevetCommand.WRONG;
    }
}
