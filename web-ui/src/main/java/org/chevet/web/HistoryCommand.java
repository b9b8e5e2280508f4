package org.chevet.web;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done with the time before the journal from the command line. */
@Command(
        name = "history",
        description = "Imports what a hospital's other systems remember of the time before Chevet, for forecasts.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class,
        subcommands = {HistoryImportCommand.class})
final class HistoryCommand implements Callable<Integer> {
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
