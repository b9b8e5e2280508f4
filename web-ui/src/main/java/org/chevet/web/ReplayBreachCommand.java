package org.chevet.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.chevet.occupancy.Breach;
import org.chevet.runtime.BreachReplay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides once more what made a hospital read-only. What it prints names no patient. */
@Command(
        name = "replay-breach",
        description =
                "Decides once more what made a hospital read-only, from a file of the data directory's breaches folder.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:this release finds nothing wrong with it",
            "1:it breaks an invariant, or the file cannot be read"
        })
final class ReplayBreachCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        BreachReplay replay;
        try {
            replay = BreachReplay.of(file);
        } catch (IOException e) {
            command.commandLine().getErr().println(file + " cannot be replayed: " + e.getMessage());
            return ChevetCommand.FAILED;
        }
        out.println("asked   " + String.join(", ", replay.asked()));
        out.println("events  " + String.join(", ", replay.events())
                + (replay.sameEvents() ? "" : " (this release decides otherwise)"));
        print(out, "then    ", replay.then());
        print(out, "now     ", replay.now());
        return replay.now().isEmpty() ? 0 : ChevetCommand.FAILED;
    }

    private static void print(PrintWriter out, String label, List<Breach> breaches) {
        if (breaches.isEmpty()) {
            out.println(label + "no breach");
        }
        breaches.forEach(breach ->
                out.println(label + breach.invariant() + " after event " + breach.sequence() + ": " + breach.detail()));
    }
}
