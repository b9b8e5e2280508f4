package org.chevet.web;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chevet.event.StatedBedStatus;
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
        Http http,
        Path dataDirectory,
        List<Hospital> hospitals,
        List<Feed> feeds,
        List<String> allowedOrigins,
        Limits limits) {
    static final String HOST_DEFAULT = "127.0.0.1";
    static final int PORT_DEFAULT = 8080;

    /** @param port 0 for any free one */
    record Http(String host, int port) {}

    /**
     * An ADT feed over MLLP.
     *
     * @param charset for messages that do not name theirs
     * @param silentAfter how long it may say nothing before its figures are old
     * @param bedStatusCodes what the site writes in NPU-2
     */
    record Feed(
            String name,
            HospitalId hospital,
            String host,
            int port,
            Charset charset,
            Duration silentAfter,
            Map<String, StatedBedStatus> bedStatusCodes) {
        Feed {
            bedStatusCodes = Map.copyOf(bedStatusCodes);
        }
    }

    Configuration {
        hospitals = List.copyOf(hospitals);
        feeds = List.copyOf(feeds);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    Configuration withPort(int port) {
        return new Configuration(new Http(http.host(), port), dataDirectory, hospitals, feeds, allowedOrigins, limits);
    }

    Configuration withDataDirectory(Path directory) {
        return new Configuration(http, directory, hospitals, feeds, allowedOrigins, limits);
    }
}
