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
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chevet.cluster.ClusterOptions;
import org.chevet.hospital.Hospital;
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

    private ConfigurationFile(ConfigurationReader reader) {
        this.reader = reader;
    }

    /**
     * The hospitals' files that a configuration names at this moment, whatever is in them.
     *
     * @param problems why they are not all there is, empty when they are
     */
    record Named(Set<Path> files, List<String> problems) {
        Named {
            files = Collections.unmodifiableSet(new LinkedHashSet<>(files));
            problems = List.copyOf(problems);
        }
    }

    private interface Content {
        void in(JsonNode root, ConfigurationReader reader);
    }

    static Result read(Path file) {
        List<Result> read = new ArrayList<>();
        List<String> problems =
                reading(file, (root, reader) -> read.add(new ConfigurationFile(reader).read(file, root)));
        return read.isEmpty() ? new Invalid(problems) : read.getFirst();
    }

    /** Reads none of the files that it names. */
    static Named named(Path file) {
        Set<Path> files = new LinkedHashSet<>();
        List<String> problems = reading(
                file,
                (root, reader) -> files.addAll(new HospitalsSection(reader)
                        .paths(root.path("hospitals"))
                        .keySet()));
        return new Named(files, problems);
    }

    /** @return what is wrong with it so far */
    private static List<String> reading(Path file, Content content) {
        try {
            if (Files.isDirectory(file)) {
                return List.of(file + " is a directory. Write the file's own path.");
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                return List.of(file + " is larger than " + FILE_BYTES_MAX + " bytes. Maybe it is another file.");
            }
            JsonNode root = YAML.readTree(Files.readString(file));
            Path parent = file.toAbsolutePath().getParent();
            ConfigurationReader reader =
                    new ConfigurationReader(parent == null ? Path.of("").toAbsolutePath() : parent);
            content.in(root, reader);
            return reader.problems();
        } catch (NoSuchFileException e) {
            return List.of("there is no file " + file + ". Maybe the path is seen from another folder.");
        } catch (JsonProcessingException e) {
            return List.of(file + " is not YAML: line "
                    + e.getLocation().getLineNr() + ": "
                    + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
        } catch (CharacterCodingException e) {
            return List.of(file + " is not UTF-8 text. Save it in that encoding.");
        } catch (IOException e) {
            return List.of(file + " cannot be read: " + e);
        }
    }

    private Result read(Path file, JsonNode root) {
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
        HospitalsSection section = new HospitalsSection(reader);
        List<Hospital> hospitals = section.hospitals(root.path("hospitals"));
        Configuration.Downtime downtime = downtime(root.path("downtime"));
        List<Configuration.Feed> feeds = new FeedsSection(reader).feeds(root.path("feeds"), http, hospitals);
        List<String> allowedOrigins = allowedOrigins(root.path("allowedOrigins"));
        ClusterOptions cluster = new ClusterSection(reader).cluster(root.path("cluster"), postgresql);
        Limits limits = new LimitsSection(reader).limits(root.path("limits"));
        if (reader.problems().isEmpty() && dataDirectory != null) {
            return new Loaded(new Configuration(
                    file,
                    http,
                    dataDirectory,
                    postgresql,
                    hospitals,
                    section.files(),
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
