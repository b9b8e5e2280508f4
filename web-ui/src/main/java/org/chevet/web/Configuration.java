package org.chevet.web;

import java.nio.file.Path;
import java.util.List;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;

/**
 * What {@code chevet.yaml} says.
 *
 * @param dataDirectory where the journal is kept
 * @param hospitals as their own files describe them
 * @param allowedOrigins addresses people use other than the one listened on, when a proxy stands before
 */
record Configuration(
        Http http, Path dataDirectory, List<Hospital> hospitals, List<Feed> feeds, List<String> allowedOrigins) {
    static final String HOST_DEFAULT = "127.0.0.1";
    static final int PORT_DEFAULT = 8080;

    /** @param port 0 for any free one */
    record Http(String host, int port) {}

    /** An ADT feed: what it says, and the MLLP door through which it comes. */
    record Feed(String name, HospitalId hospital, AdtFeedOptions options, MllpOptions mllp) {}

    Configuration {
        hospitals = List.copyOf(hospitals);
        feeds = List.copyOf(feeds);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    Configuration withPort(int port) {
        return new Configuration(new Http(http.host(), port), dataDirectory, hospitals, feeds, allowedOrigins);
    }

    Configuration withDataDirectory(Path directory) {
        return new Configuration(http, directory, hospitals, feeds, allowedOrigins);
    }
}
