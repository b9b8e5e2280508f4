package org.chevet.web;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Starts Chevet. */
public final class Main {
    private static final String COMMON_PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

    private Main() {}

    public static void main(String[] args) {
        // On two cores the JDK would start a thread for each of Hazelcast's completions.
        if (System.getProperty(COMMON_PARALLELISM) == null
                && Runtime.getRuntime().availableProcessors() <= 2) {
            System.setProperty(COMMON_PARALLELISM, "2");
        }
        System.exit(run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
    }

    /** Returns when the command is done, which for a server is when it was told to stop. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new ChevetCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }
}
