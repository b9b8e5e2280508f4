package org.chevet.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.event.StatedBedStatus;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.file.HospitalFile;
import org.jspecify.annotations.Nullable;

/** Reads {@code chevet.yaml} and the hospitals' files that it names. Every mistake is reported at once, with its path. */
final class ConfigurationFile {
    private static final int FILE_BYTES_MAX = 1024 * 1024;
    private static final int PORT_MAX = 65_535;
    private static final int SILENT_AFTER_MINUTES_MAX = 7 * 24 * 60;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What came of reading a file. */
    sealed interface Result {}

    record Loaded(Configuration configuration) implements Result {}

    /** @param problems all of them, each with its path in the file; at least one */
    record Invalid(List<String> problems) implements Result {
        Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** Where the configuration's own relative paths start. */
    private final Path folder;

    private final List<String> problems = new ArrayList<>();
    private final Map<HospitalId, Path> hospitalFiles = new HashMap<>();

    private ConfigurationFile(Path folder) {
        this.folder = folder;
    }

    static Result read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return new Invalid(List.of(file + " is a directory. Write the file's own path."));
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                return new Invalid(
                        List.of(file + " is larger than " + FILE_BYTES_MAX + " bytes. Maybe it is another file."));
            }
            JsonNode root = YAML.readTree(Files.readString(file));
            Path parent = file.toAbsolutePath().getParent();
            return new ConfigurationFile(parent == null ? Path.of("").toAbsolutePath() : parent).read(root);
        } catch (NoSuchFileException e) {
            return new Invalid(List.of("there is no file " + file + ". Maybe the path is seen from another folder."));
        } catch (JsonProcessingException e) {
            return new Invalid(List.of(file + " is not YAML: line "
                    + e.getLocation().getLineNr() + ": "
                    + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("")));
        } catch (CharacterCodingException e) {
            return new Invalid(List.of(file + " is not UTF-8 text. Save it in that encoding."));
        } catch (IOException e) {
            return new Invalid(List.of(file + " cannot be read: " + e));
        }
    }

    private Result read(JsonNode root) {
        checkMembers("", root, List.of("http", "dataDir", "hospitals", "downtime", "feeds", "allowedOrigins"));
        Configuration.Http http = http(root.path("http"));
        Path dataDirectory = path("dataDir", root.path("dataDir"), "./chevet-data");
        List<Hospital> hospitals = hospitals(root.path("hospitals"));
        Configuration.Downtime downtime = downtime(root.path("downtime"));
        List<Configuration.Feed> feeds = feeds(root.path("feeds"), http, hospitals);
        List<String> allowedOrigins = allowedOrigins(root.path("allowedOrigins"));
        if (problems.isEmpty() && dataDirectory != null) {
            return new Loaded(new Configuration(
                    http, dataDirectory, hospitals, hospitalFiles, downtime, feeds, allowedOrigins));
        }
        return new Invalid(problems);
    }

    private Configuration.Http http(JsonNode node) {
        checkMembers("http", node, List.of("host", "port"));
        String host = text("http.host", node.path("host"), Configuration.HOST_DEFAULT);
        int port = port("http.port", node.path("port"), Configuration.PORT_DEFAULT);
        String refusal = Loopback.refusal(host);
        if (refusal != null) {
            problem("http.host", refusal);
        }
        return new Configuration.Http(host, port);
    }

    private Configuration.Downtime downtime(JsonNode node) {
        checkMembers("downtime", node, List.of("copyHours"));
        JsonNode hours = node.path("copyHours");
        if (hours.isMissingNode()) {
            return new Configuration.Downtime(Configuration.Downtime.COPY_HOURS_DEFAULT);
        }
        if (!hours.isIntegralNumber()
                || hours.asLong() < 0
                || hours.asLong() > Configuration.Downtime.COPY_HOURS_MAX) {
            problem(
                    "downtime.copyHours",
                    hours + " is not a number of hours. Write 0 (no copy) to " + Configuration.Downtime.COPY_HOURS_MAX
                            + ".");
            return new Configuration.Downtime(0);
        }
        return new Configuration.Downtime(hours.asInt());
    }

    private List<Hospital> hospitals(JsonNode node) {
        List<Hospital> hospitals = new ArrayList<>();
        if (!node.isArray() || node.isEmpty()) {
            problem(
                    "hospitals",
                    "at least one hospital's file is wanted. Write for example: hospitals: [hospital.yaml]");
            return hospitals;
        }
        Set<HospitalId> known = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            String place = "hospitals[" + i + "]";
            Path file = path(place, node.get(i), null);
            if (file == null) {
                continue;
            }
            switch (HospitalFile.read(file)) {
                case HospitalFile.Loaded loaded -> {
                    if (!known.add(loaded.hospital().id())) {
                        problem(
                                place,
                                "hospital " + loaded.hospital().id() + " is there already. Give each file its own id.");
                    }
                    hospitals.add(loaded.hospital());
                    hospitalFiles.put(loaded.hospital().id(), file);
                }
                case HospitalFile.Invalid invalid ->
                    invalid.problems().forEach(mistake -> problem(place, file + ": " + mistake));
            }
        }
        return hospitals;
    }

    private List<Configuration.Feed> feeds(JsonNode node, Configuration.Http http, List<Hospital> hospitals) {
        List<Configuration.Feed> feeds = new ArrayList<>();
        if (!isListOrMissing("feeds", node)) {
            return feeds;
        }
        Set<String> names = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            Configuration.Feed feed = feed("feeds[" + i + "]", node.get(i), hospitals);
            if (feed == null) {
                continue;
            }
            if (!names.add(feed.name())) {
                problem("feeds[" + i + "].name", "'" + feed.name() + "' is another feed's name. Give each its own.");
            }
            if (feed.port() != 0 && feed.port() == http.port()) {
                problem("feeds[" + i + "].mllp.port", feed.port() + " is http.port too. Give each its own.");
            } else if (feed.port() != 0 && !ports.add(feed.port())) {
                problem("feeds[" + i + "].mllp.port", feed.port() + " is another feed's port. Give each its own.");
            }
            feeds.add(feed);
        }
        return feeds;
    }

    private Configuration.@Nullable Feed feed(String place, JsonNode node, List<Hospital> hospitals) {
        checkMembers(
                place, node, List.of("name", "hospital", "mllp", "charset", "silentAfterMinutes", "bedStatusCodes"));
        if (!node.isObject()) {
            return null;
        }
        String name = text(place + ".name", node.path("name"), null);
        if (!name.isEmpty() && !Identifiers.isValid(name)) {
            problem(place + ".name", "'" + name + "' is not a name. Write " + Identifiers.PATTERN + ".");
        }
        HospitalId hospital = hospitalOf(place + ".hospital", node.path("hospital"), hospitals);
        JsonNode mllp = node.path("mllp");
        checkMembers(place + ".mllp", mllp, List.of("host", "port"));
        String host = text(place + ".mllp.host", mllp.path("host"), Configuration.HOST_DEFAULT);
        int port = port(place + ".mllp.port", mllp.path("port"), null);
        Charset charset = charset(place + ".charset", node.path("charset"));
        Duration silentAfter = silentAfter(place + ".silentAfterMinutes", node.path("silentAfterMinutes"));
        Map<String, StatedBedStatus> codes = bedStatusCodes(place + ".bedStatusCodes", node.path("bedStatusCodes"));
        return hospital == null
                ? null
                : new Configuration.Feed(name, hospital, host, port, charset, silentAfter, codes);
    }

    private @Nullable HospitalId hospitalOf(String place, JsonNode node, List<Hospital> hospitals) {
        List<HospitalId> known = hospitals.stream().map(Hospital::id).toList();
        if (node.isMissingNode()) {
            if (known.size() > 1) {
                problem(place, "is missing. Write one of " + known + ".");
            }
            // With none, what is wrong is the hospital's file, and that is told.
            return known.size() == 1 ? known.getFirst() : null;
        }
        String id = text(place, node, null);
        for (HospitalId hospital : known) {
            if (hospital.value().equals(id)) {
                return hospital;
            }
        }
        if (!id.isEmpty()) {
            problem(place, "'" + id + "' is no hospital of this file. Write one of " + known + ".");
        }
        return null;
    }

    private Charset charset(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return AdtFeedOptions.defaults().defaultCharset();
        }
        String name = text(place, node, null);
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            problem(place, "'" + name + "' is no encoding. Write for example ISO-8859-15 or UTF-8.");
            return AdtFeedOptions.defaults().defaultCharset();
        }
    }

    private Duration silentAfter(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return AdtFeedOptions.SILENT_AFTER;
        }
        if (!node.isIntegralNumber() || node.asLong() < 1 || node.asLong() > SILENT_AFTER_MINUTES_MAX) {
            problem(place, node + " is not a number of minutes. Write 1 to " + SILENT_AFTER_MINUTES_MAX + ".");
            return AdtFeedOptions.SILENT_AFTER;
        }
        return Duration.ofMinutes(node.asLong());
    }

    private Map<String, StatedBedStatus> bedStatusCodes(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return AdtFeedOptions.TABLE_0116;
        }
        if (!node.isObject()) {
            problem(place, "codes and what they mean are wanted. Write for example {N: HOUSEKEEPING}.");
            return AdtFeedOptions.TABLE_0116;
        }
        Map<String, StatedBedStatus> codes = new HashMap<>(AdtFeedOptions.TABLE_0116);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String meaning = entry.getValue().asText();
            try {
                codes.put(entry.getKey(), StatedBedStatus.valueOf(meaning));
            } catch (IllegalArgumentException unknown) {
                problem(
                        place + "." + entry.getKey(),
                        "'" + meaning + "' is no state. Write one of " + List.of(StatedBedStatus.values()) + ".");
            }
        }
        return codes;
    }

    private List<String> allowedOrigins(JsonNode node) {
        List<String> origins = new ArrayList<>();
        if (!isListOrMissing("allowedOrigins", node)) {
            return origins;
        }
        for (int i = 0; i < node.size(); i++) {
            String origin = text("allowedOrigins[" + i + "]", node.get(i), null);
            if (isOrigin(origin)) {
                origins.add(origin);
            } else {
                problem(
                        "allowedOrigins[" + i + "]",
                        "'" + origin + "' is no origin. Write for example https://lits.hopital.fr.");
            }
        }
        return origins;
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private @Nullable Path path(String place, JsonNode node, @Nullable String fallback) {
        String path = text(place, node, fallback);
        try {
            return path.isEmpty() ? null : folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            problem(place, "'" + path + "' is no path: " + e.getReason() + ".");
            return null;
        }
    }

    private int port(String place, JsonNode node, @Nullable Integer fallback) {
        if (node.isMissingNode() && fallback != null) {
            return fallback;
        }
        if (!node.isIntegralNumber() || node.asLong() < 0 || node.asLong() > PORT_MAX) {
            String seen = node.isMissingNode() ? "a port is missing" : node + " is not a port";
            problem(place, seen + ". Write a number from 0 (any free one) to " + PORT_MAX + ".");
            return 0;
        }
        return node.asInt();
    }

    /** The text there, or the fallback; empty after a mistake. */
    private String text(String place, JsonNode node, @Nullable String fallback) {
        if (node.isMissingNode() && fallback != null) {
            return fallback;
        }
        boolean scalar = node.isTextual() || node.isNumber();
        if (!scalar || node.asText().isBlank()) {
            problem(place, node.isMissingNode() ? "is missing. Write a text." : "a text is wanted, not " + node);
            return "";
        }
        return node.asText();
    }

    private boolean isListOrMissing(String place, JsonNode node) {
        if (node.isMissingNode() || node.isArray()) {
            return true;
        }
        problem(place, "a list is wanted, not " + node);
        return false;
    }

    private void checkMembers(String place, JsonNode node, List<String> allowed) {
        if (node instanceof MissingNode) {
            return;
        }
        if (!node.isObject()) {
            problem(place, "a group of " + allowed + " is wanted");
            return;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                problem(
                        place.isEmpty() ? name : place + "." + name,
                        "is not known here. Write one of " + allowed + ".");
            }
        });
    }

    private void problem(String place, String message) {
        problems.add(place.isEmpty() ? message : place + ": " + message);
    }
}
