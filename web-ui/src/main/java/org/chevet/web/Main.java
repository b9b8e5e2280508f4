package org.chevet.web;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Starts Chevet. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
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
