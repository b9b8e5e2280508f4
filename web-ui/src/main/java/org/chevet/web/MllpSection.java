package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.feed.hl7.AddressRange;
import org.chevet.feed.hl7.MllpLimits;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.feed.hl7.TlsFiles;
import org.jspecify.annotations.Nullable;

/** Reads {@code mllp} of a feed. */
final class MllpSection {
    private static final int FRAME_BYTES_MAX = 256 << 20;
    private static final int CONNECTIONS_MAX = 100_000;
    private static final int SECONDS_MAX = 7 * 24 * 3_600;

    private final ConfigurationReader reader;

    MllpSection(ConfigurationReader reader) {
        this.reader = reader;
    }

    MllpOptions mllp(String place, JsonNode node) {
        reader.checkMembers(place, node, List.of("host", "port", "senders", "tls", "limits"));
        return new MllpOptions(
                reader.text(place + ".host", node.path("host"), Configuration.HOST_DEFAULT),
                reader.port(place + ".port", node.path("port"), null),
                limits(place + ".limits", node.path("limits")),
                senders(place + ".senders", node.path("senders")),
                tls(place + ".tls", node.path("tls")));
    }

    private MllpLimits limits(String place, JsonNode node) {
        reader.checkMembers(
                place,
                node,
                List.of(
                        "frameBytesMax",
                        "connectionsMax",
                        "idleSecondsMax",
                        "frameSecondsMax",
                        "answerSecondsMax",
                        "noiseBytesMax",
                        "bufferedBytesMax"));
        MllpLimits usual = MllpLimits.DEFAULT;
        MllpLimits limits = new MllpLimits(
                number(place, node, "frameBytesMax", usual.frameBytesMax(), 1, FRAME_BYTES_MAX),
                number(place, node, "connectionsMax", usual.connectionsMax(), 1, CONNECTIONS_MAX),
                number(place, node, "idleSecondsMax", usual.idleSecondsMax(), 0, SECONDS_MAX),
                number(place, node, "frameSecondsMax", usual.frameSecondsMax(), 1, SECONDS_MAX),
                number(place, node, "answerSecondsMax", usual.answerSecondsMax(), 1, SECONDS_MAX),
                number(place, node, "noiseBytesMax", usual.noiseBytesMax(), 1, FRAME_BYTES_MAX),
                number(place, node, "bufferedBytesMax", usual.bufferedBytesMax(), 1, Integer.MAX_VALUE));
        if (limits.bufferedBytesMax() < 2L * limits.frameBytesMax()) {
            reader.problem(
                    place + ".bufferedBytesMax",
                    limits.bufferedBytesMax() + " is less than two frames of frameBytesMax " + limits.frameBytesMax()
                            + ": a long message would close its own connection. Write more.");
        }
        return limits;
    }

    private int number(String place, JsonNode node, String name, int fallback, int min, int max) {
        return reader.number(place + "." + name, node.path(name), fallback, min, max);
    }

    private List<AddressRange> senders(String place, JsonNode node) {
        List<AddressRange> senders = new ArrayList<>();
        if (!reader.isListOrMissing(place, node)) {
            return senders;
        }
        if (node.isArray() && node.isEmpty()) {
            reader.problem(place, "is empty: nobody could send. Write addresses, or leave it out for all.");
        }
        for (int i = 0; i < node.size(); i++) {
            String written = reader.text(place + "[" + i + "]", node.get(i), null);
            try {
                if (!written.isEmpty()) {
                    senders.add(AddressRange.of(written));
                }
            } catch (IllegalArgumentException wrong) {
                reader.problem(place + "[" + i + "]", String.valueOf(wrong.getMessage()));
            }
        }
        return senders;
    }

    private @Nullable TlsFiles tls(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        reader.checkMembers(place, node, List.of("certificate", "key", "clientAuthorities", "clientCertificate"));
        if (!node.isObject()) {
            return null;
        }
        Path certificate = reader.path(place + ".certificate", node.path("certificate"), null);
        Path key = reader.path(place + ".key", node.path("key"), null);
        Path authorities = node.has("clientAuthorities")
                ? reader.path(place + ".clientAuthorities", node.path("clientAuthorities"), null)
                : null;
        String wanted = reader.text(place + ".clientCertificate", node.path("clientCertificate"), "REQUIRED");
        if (!wanted.equals("REQUIRED") && !wanted.equals("OPTIONAL")) {
            reader.problem(place + ".clientCertificate", "'" + wanted + "' is none of [REQUIRED, OPTIONAL].");
        }
        if (node.has("clientCertificate") && !node.has("clientAuthorities")) {
            reader.problem(
                    place + ".clientAuthorities",
                    "is missing: senders' certificates are checked against it. Write the file of who signs them.");
        }
        if (certificate == null || key == null) {
            return null;
        }
        TlsFiles files = new TlsFiles(certificate, key, authorities, wanted.equals("REQUIRED"));
        if (files.read(Instant.now()) instanceof TlsFiles.Result.Bad bad) {
            bad.problems().forEach(problem -> reader.problem(place, problem));
        }
        return files;
    }
}
