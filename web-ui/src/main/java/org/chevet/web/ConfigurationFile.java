package org.chevet.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.cluster.ClusterOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.journal.PostgresServer;

/** Reads {@code chevet.yaml} and the hospitals' files that it names. Every mistake is reported at once, with its path. */
final class ConfigurationFile {
    private static final int FILE_BYTES_MAX = 1024 * 1024;
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

    private final ConfigurationReader reader;
    private final Map<HospitalId, Path> hospitalFiles = new HashMap<>();

    private ConfigurationFile(ConfigurationReader reader) {
        this.reader = reader;
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
            return new ConfigurationFile(
                            new ConfigurationReader(parent == null ? Path.of("").toAbsolutePath() : parent))
                    .read(root);
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
        reader.checkMembers(
                "",
                root,
                List.of(
                        "http",
                        "dataDir",
                        "journal",
                        "hospitals",
                        "downtime",
                        "feeds",
                        "allowedOrigins",
                        "limits",
                        "cluster"));
        Configuration.Http http = http(root.path("http"));
        Path dataDirectory = reader.path("dataDir", root.path("dataDir"), "./chevet-data");
        PostgresServer postgresql = new JournalSection(reader).postgresql(root.path("journal"));
        List<Hospital> hospitals = hospitals(root.path("hospitals"));
        Configuration.Downtime downtime = downtime(root.path("downtime"));
        List<Configuration.Feed> feeds = new FeedsSection(reader).feeds(root.path("feeds"), http, hospitals);
        List<String> allowedOrigins = allowedOrigins(root.path("allowedOrigins"));
        ClusterOptions cluster = new ClusterSection(reader).cluster(root.path("cluster"), postgresql);
        Limits limits = new LimitsSection(reader).limits(root.path("limits"));
        if (reader.problems().isEmpty() && dataDirectory != null) {
            return new Loaded(new Configuration(
                    http,
                    dataDirectory,
                    postgresql,
                    hospitals,
                    hospitalFiles,
                    downtime,
                    feeds,
                    allowedOrigins,
                    limits,
                    cluster));
        }
        return new Invalid(reader.problems());
    }

    private Configuration.Http http(JsonNode node) {
        reader.checkMembers("http", node, List.of("host", "port"));
        String host = reader.text("http.host", node.path("host"), Configuration.HOST_DEFAULT);
        int port = reader.port("http.port", node.path("port"), Configuration.PORT_DEFAULT);
        String refusal = Loopback.refusal(host);
        if (refusal != null) {
            reader.problem("http.host", refusal);
        }
        return new Configuration.Http(host, port);
    }

    private Configuration.Downtime downtime(JsonNode node) {
        reader.checkMembers("downtime", node, List.of("copyHours"));
        JsonNode hours = node.path("copyHours");
        if (hours.isMissingNode()) {
            return new Configuration.Downtime(Configuration.Downtime.COPY_HOURS_DEFAULT);
        }
        if (!hours.isIntegralNumber() || hours.asLong() < 0 || hours.asLong() > Configuration.Downtime.COPY_HOURS_MAX) {
            reader.problem(
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
            reader.problem(
                    "hospitals",
                    "at least one hospital's file is wanted. Write for example: hospitals: [hospital.yaml]");
            return hospitals;
        }
        Set<HospitalId> known = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            String place = "hospitals[" + i + "]";
            Path file = reader.path(place, node.get(i), null);
            if (file == null) {
                continue;
            }
            switch (HospitalFile.read(file)) {
                case HospitalFile.Loaded loaded -> {
                    if (!known.add(loaded.hospital().id())) {
                        reader.problem(
                                place,
                                "hospital " + loaded.hospital().id() + " is there already. Give each file its own id.");
                    }
                    hospitals.add(loaded.hospital());
                    hospitalFiles.put(loaded.hospital().id(), file);
                }
                case HospitalFile.Invalid invalid ->
                    invalid.problems().forEach(mistake -> reader.problem(place, file + ": " + mistake));
            }
        }
        return hospitals;
    }

    private List<String> allowedOrigins(JsonNode node) {
        List<String> origins = new ArrayList<>();
        if (!reader.isListOrMissing("allowedOrigins", node)) {
            return origins;
        }
        for (int i = 0; i < node.size(); i++) {
            String origin = reader.text("allowedOrigins[" + i + "]", node.get(i), null);
            if (Origins.isOrigin(origin)) {
                origins.add(origin);
            } else {
                reader.problem(
                        "allowedOrigins[" + i + "]",
                        "'" + origin + "' is no origin. Write for example https://lits.hopital.fr.");
            }
        }
        return origins;
    }
}
