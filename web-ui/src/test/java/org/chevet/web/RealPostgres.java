package org.chevet.web;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL that syncs what it commits, as Chevet wants it; left alone the tests' one does not. */
public final class RealPostgres {
    private RealPostgres() {}

    /** Skips the test, aloud, where there is none. */
    public static EmbeddedPostgres.Builder builder() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "SKIPPED: PostgreSQL's binaries are here for Linux on amd64 only");
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
    }
}
