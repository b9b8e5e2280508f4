package org.chevet.web;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.HospitalFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a configuration and says what is wrong with it, without starting anything. */
@Command(
        name = "check-config",
        description = "Reads a configuration and its hospitals' files, tells every mistake, and starts nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class)
final class CheckConfigCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "chevet.yaml")
    private Path file = Path.of("chevet.yaml");

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills this in");
        }
        PrintWriter out = spec.commandLine().getOut();
        return switch (ConfigurationFile.read(file)) {
            case ConfigurationFile.Loaded loaded -> {
                for (Hospital hospital : loaded.configuration().hospitals()) {
                    out.println(new HospitalFile.Loaded(hospital).describe());
                }
                out.println(file + ": good");
                yield 0;
            }
            case ConfigurationFile.Invalid invalid -> {
                print(file, invalid, spec.commandLine().getErr());
                yield ChevetCommand.WRONG;
            }
        };
    }

    static void print(Path file, ConfigurationFile.Invalid invalid, PrintWriter err) {
        int count = invalid.problems().size();
        err.println(
                file + ": " + count + (count == 1 ? " mistake" : " mistakes") + "; nothing is started until mended:");
        invalid.problems().forEach(problem -> err.println("  " + problem));
    }
}
