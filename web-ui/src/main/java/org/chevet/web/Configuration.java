package org.chevet.web;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chevet.cluster.ClusterOptions;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.PostgresServer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code chevet.yaml} says.
 *
 * @param file that it was read from, null when it was not read from one
 * @param dataDirectory where the journal is kept, unless it is in a database
 * @param postgresql the database that the journal is in, null when it is in the data directory
 * @param hospitals as their own files describe them
 * @param hospitalFiles where those files are, to be read again while running
 * @param allowedOrigins addresses people use other than the one listened on, when a proxy stands before
 * @param cluster how this process is one of several, null when it is alone
 */
record Configuration(
        @Nullable Path file,
        Http http,
        Path dataDirectory,
        @Nullable PostgresServer postgresql,
        List<Hospital> hospitals,
        Map<HospitalId, Path> hospitalFiles,
        Downtime downtime,
        List<Feed> feeds,
        List<String> allowedOrigins,
        Limits limits,
        @Nullable ClusterOptions cluster) {
    static final String HOST_DEFAULT = "127.0.0.1";
    static final int PORT_DEFAULT = 8080;

    /** @param port 0 for any free one */
    record Http(String host, int port) {}

    /**
     * The copy of the last board that browsers keep for when the server is gone.
     *
     * @param copyHours how long a browser may keep it; 0 for no copy
     */
    record Downtime(int copyHours) {
        static final int COPY_HOURS_DEFAULT = 12;
        static final int COPY_HOURS_MAX = 72;
    }

    /** An ADT feed: what it says, and the MLLP door through which it comes. */
    record Feed(String name, HospitalId hospital, AdtFeedOptions options, MllpOptions mllp) {}

    Configuration {
        hospitals = List.copyOf(hospitals);
        hospitalFiles = Map.copyOf(hospitalFiles);
        feeds = List.copyOf(feeds);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    Configuration withPort(int port) {
        return new Configuration(
                file,
                new Http(http.host(), port),
                dataDirectory,
                postgresql,
                hospitals,
                hospitalFiles,
                downtime,
                feeds,
                allowedOrigins,
                limits,
                cluster);
    }

    Configuration withDataDirectory(Path directory) {
        return new Configuration(
                file,
                http,
                directory,
                postgresql,
                hospitals,
                hospitalFiles,
                downtime,
                feeds,
                allowedOrigins,
                limits,
                cluster);
    }
}
