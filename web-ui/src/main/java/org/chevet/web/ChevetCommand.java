package org.chevet.web;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.chevet.cluster.ClusterException;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 something around failed, 2 the command line or the configuration is wrong; a signal's own. */
@Command(
        name = "chevet",
        description = "Serves the live state of a hospital's beds.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class,
        subcommands = {CheckConfigCommand.class, JournalCommand.class, HistoryCommand.class, ReplayBreachCommand.class},
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done as asked",
            "1:something around Chevet failed: a port, the disk, the data directory",
            "2:the command line or the configuration is wrong",
            "130, 143:stopped in order by Ctrl-C, by SIGTERM"
        })
final class ChevetCommand implements Callable<Integer> {
    static final int FAILED = 1;
    static final int WRONG = 2;

    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(60);
    private static final Path DEMO_DATA_DIRECTORY = Path.of("chevet-data", "demo");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Run the hospitals of this file (chevet.yaml).")
    private @Nullable Path config;

    @Option(
            names = "--demo",
            description = "Run two invented hospitals, of 1,000 and 200 beds, sixty times faster than life.")
    private boolean demo;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen on this port, 0 for any free one (default: 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep the journal here (default: as configured; ./chevet-data/demo for the demo).")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--new-hospital",
            paramLabel = "ID",
            description =
                    "This hospital begins now, beside others that the journal has and the configuration does not name.")
    private List<String> newHospitals = List.of();

    @Override
    public Integer call() {
        if (port != null && (port < 0 || port > 65_535)) {
            return wrong("--port " + port + " is not a port. Give a number from 0 (any free one) to 65535.");
        }
        if (config == null && !demo) {
            return wrong("Nothing to run. Give one of these:\n"
                    + "  --demo           an invented hospital, to look around\n"
                    + "  --config FILE    your own hospital\n"
                    + "`chevet --help` tells the rest.");
        }
        if (config != null && demo) {
            return wrong("--demo and --config are two ways to start. Give one of them.");
        }
        Configuration configuration = config == null ? demoConfiguration() : read(config);
        return configuration == null ? WRONG : serve(overridden(configuration));
    }

    private @Nullable Configuration read(Path file) {
        return switch (ConfigurationFile.read(file)) {
            case ConfigurationFile.Loaded loaded -> loaded.configuration();
            case ConfigurationFile.Invalid invalid -> {
                CheckConfigCommand.print(file, invalid, err());
                yield null;
            }
        };
    }

    private static Configuration demoConfiguration() {
        return new Configuration(
                null,
                new Configuration.Http(Configuration.HOST_DEFAULT, Configuration.PORT_DEFAULT),
                DEMO_DATA_DIRECTORY,
                null,
                List.of(),
                Map.of(),
                new Configuration.Downtime(Configuration.Downtime.COPY_HOURS_DEFAULT),
                List.of(),
                List.of(),
                Limits.DEFAULT,
                null);
    }

    private Configuration overridden(Configuration configuration) {
        Configuration changed = port == null ? configuration : configuration.withPort(port);
        return dataDirectory == null ? changed : changed.withDataDirectory(dataDirectory);
    }

    private int serve(Configuration configuration) {
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            ChevetServer server = ChevetServer.start(
                    configuration,
                    demo ? HostedDemo.both() : List.of(),
                    newHospitals.stream().map(HospitalId::new).collect(Collectors.toUnmodifiableSet()));
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                close(server);
                                stopped.countDown();
                            },
                            "chevet-stop"));
            out().println("Chevet: " + server.address());
            out().println("No sign-in is set up: only this machine can reach it.");
            stopped.await();
            return 0;
        } catch (StartException | JournalException | ClusterException failure) {
            err().println(failure.getMessage());
            return FAILED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private void close(ChevetServer server) {
        try {
            if (!isOver(server::close, STOP_TIME_MAX)) {
                err().println("Chevet did not stop in order within " + STOP_TIME_MAX.toSeconds() + " s: it ends now.");
                Runtime.getRuntime().halt(FAILED);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever it waits for. What was answered is on disk, so nothing is lost by an end without order. */
    static boolean isOver(Runnable stop, Duration timeMax) throws InterruptedException {
        return Thread.ofPlatform().name("chevet-close").daemon().start(stop).join(timeMax);
    }

    private int wrong(String message) {
        err().println(message);
        return WRONG;
    }

    private PrintWriter out() {
        return commandSpec().commandLine().getOut();
    }

    private PrintWriter err() {
        return commandSpec().commandLine().getErr();
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills this in");
        }
        return spec;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Chevet " + IndexPage.version()};
        }
    }
}
