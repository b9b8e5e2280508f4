package org.chevet.web;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.chevet.cluster.ClusterOptions;
import org.chevet.journal.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped for those who run Chevet agrees with itself and with Chevet. No container engine is needed for that. */
class OperationsTest {
    private static final JsonNode COMPOSE = Operations.yaml(Operations.TOP.resolve("docker-compose.yml"));
    private static final String DOCKERFILE = Operations.read(Operations.FOLDER.resolve("Dockerfile"));
    private static final Path CONFIGURATION = Operations.FOLDER.resolve("chevet/chevet.yaml");

    /** A name and a version of three figures or so: what runs is what was tried. */
    private static final Pattern PINNED = Pattern.compile("[a-z/.-]+:v?\\d+\\.\\d+(\\.\\d+)?[\\w.-]*");

    @Test
    void shouldMountAConfigurationThatChevetAccepts() {
        assertThat(configuration().hospitals()).hasSize(1);
        assertThat(COMPOSE.at("/services/chevet/command")).hasSize(2);
        assertThat(mounted(
                        "chevet",
                        COMPOSE.at("/services/chevet/command/1").asText().replaceAll("\\$\\{\\w+:-(.*)}", "$1")))
                .isEqualTo(CONFIGURATION);
    }

    @Test
    void shouldKeepTheJournalInAVolumeThatItsUserMayWrite() {
        String data = configuration().dataDirectory().toString();
        assertThat(volumes("chevet")).contains("chevet-data:" + data);
        assertThat(DOCKERFILE).contains("VOLUME " + data).contains("--mode 0700 " + data);
        assertThat(DOCKERFILE).containsPattern("(?m)^USER \\d+:\\d+$");
        assertThat(COMPOSE.at("/services/chevet/read_only").asBoolean()).isTrue();
    }

    /** Chevet has no sign-in: only the proxy, on the loopback that they share, may reach it. */
    @Test
    void shouldLetNobodyReachChevetButThroughTheProxy() {
        Configuration.Http http = configuration().http();
        String proxy = Operations.read(mounted("proxy", "/etc/caddy/Caddyfile"));
        assertThat(Loopback.refusal(http.host())).isNull();
        assertThat(COMPOSE.at("/services/proxy/network_mode").asText()).isEqualTo("service:chevet");
        assertThat(published("chevet")).doesNotContain(http.port());
        assertThat(proxy).contains("reverse_proxy 127.0.0.1:" + http.port()).contains("basic_auth");
        for (String origin : configuration().allowedOrigins()) {
            assertThat(proxy).contains("{$CHEVET_ADDRESS:" + origin + "} {");
            assertThat(published("chevet")).contains(port(origin));
        }
    }

    /** Read with a host that there is here, as that of a container is known in it alone. */
    @Test
    void shouldMountConfigurationsOfTwoMembersThatAgree(@TempDir Path folder) throws IOException {
        List<ClusterOptions> members = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            String service = i == 1 ? "chevet" : "chevet-2";
            Path file = mounted(service, "/etc/chevet/lits-" + i + ".yaml");
            String host = COMPOSE.at("/services/" + service + "/networks/members/aliases/0")
                    .asText();
            Files.copy(file.resolveSibling("hospital.yaml"), folder.resolve("hospital.yaml"), REPLACE_EXISTING);
            Path read = Files.writeString(
                    folder.resolve("chevet.yaml"), Operations.read(file).replace("host: " + host, "host: 127.0.0.1"));
            Configuration configuration = ((ConfigurationFile.Loaded) ConfigurationFile.read(read)).configuration();
            ClusterOptions cluster = Objects.requireNonNull(configuration.cluster());
            members.add(cluster);
            assertThat(cluster.member()).isEqualTo(host);
            assertThat(cluster.peers()).contains(host + ":" + cluster.port());
            assertThat(configuration.allowedOrigins()).contains(cluster.address());
            assertThat(published(service)).contains(port(Objects.requireNonNull(cluster.address())));
            assertThat(configuration.postgresql()).isEqualTo(configuration().postgresql());
            for (Configuration.Feed feed : configuration.feeds()) {
                assertThat(published(service)).contains(feed.mllp().port());
            }
        }
        assertThat(members.get(0).name()).isEqualTo(members.get(1).name());
        assertThat(members.get(0).peers()).isEqualTo(members.get(1).peers());
        assertThat(COMPOSE.at("/services/chevet-2/command/1").asText()).endsWith("/lits-2.yaml");
        assertThat(COMPOSE.at("/services/proxy-2/environment/CHEVET_ADDRESS").asText())
                .isEqualTo(members.get(1).address());
        assertThat(COMPOSE.at("/services/proxy-2/network_mode").asText()).isEqualTo("service:chevet-2");
        assertThat(COMPOSE.at("/networks/members/internal").asBoolean()).isTrue();
    }

    @Test
    void shouldFindTheDatabaseByItsServiceNameUserAndSecret() {
        JsonNode postgres = COMPOSE.at("/services/postgres/environment");
        PostgresServer server = Objects.requireNonNull(configuration().postgresql());
        assertThat(server.url())
                .isEqualTo("jdbc:postgresql://postgres:5432/"
                        + postgres.path("POSTGRES_DB").asText());
        assertThat(server.user()).isEqualTo(postgres.path("POSTGRES_USER").asText());
        assertThat(server.passwordFile())
                .hasToString(postgres.path("POSTGRES_PASSWORD_FILE").asText());
        assertThat(texts(COMPOSE.at("/services/chevet/secrets"))).contains("database_password");
        assertThat(COMPOSE.at("/services/postgres/ports").isMissingNode()).isTrue();
        assertThat(COMPOSE.at("/services/postgres/command").toString()).contains("fsync=on", "synchronous_commit=on");
    }

    @Test
    void shouldPublishTheFeedsPortsAndNothingToOtherMachines() {
        for (Configuration.Feed feed : configuration().feeds()) {
            assertThat(published("chevet")).contains(feed.mllp().port());
            assertThat(DOCKERFILE)
                    .containsPattern("(?m)^EXPOSE .*\\b" + feed.mllp().port() + "\\b");
        }
        for (JsonNode service : COMPOSE.path("services")) {
            for (JsonNode port : service.path("ports")) {
                assertThat(port.asText()).startsWith("127.0.0.1:");
            }
        }
    }

    @Test
    void shouldReferToFilesVolumesNetworksAndSecretsThatThereAre() {
        COMPOSE.path("services").fieldNames().forEachRemaining(service -> {
            for (String volume : volumes(service)) {
                String source = volume.split(":", 2)[0];
                if (source.startsWith("./")) {
                    assertThat(Operations.TOP.resolve(source)).exists();
                } else {
                    assertThat(COMPOSE.path("volumes").has(source)).as(volume).isTrue();
                }
            }
            JsonNode node = COMPOSE.path("services").path(service);
            node.path("secrets")
                    .forEach(secret -> assertThat(COMPOSE.at("/secrets/" + secret.asText() + "/file")
                                    .asText())
                            .isEqualTo("./secrets/" + secret.asText()));
            JsonNode networks = node.path("networks");
            (networks.isArray()
                            ? texts(networks)
                            : networks.propertyStream().map(Map.Entry::getKey).toList())
                    .forEach(network ->
                            assertThat(COMPOSE.path("networks").has(network)).isTrue());
        });
        assertThat(Operations.TOP.resolve(
                        COMPOSE.at("/services/chevet/build/dockerfile").asText()))
                .exists();
        assertThat(Operations.read(Operations.TOP.resolve(".gitignore"))).contains("/secrets/");
    }

    @Test
    void shouldPinEveryImage() {
        List<String> images = new ArrayList<>();
        COMPOSE.path("services")
                .forEach(service -> images.add(service.path("image").asText()));
        Matcher from = Pattern.compile("(?m)^FROM (\\S+)").matcher(DOCKERFILE);
        while (from.find()) {
            images.add(from.group(1));
        }
        assertThat(images)
                .hasSizeGreaterThan(6)
                .allMatch(image -> PINNED.matcher(image).matches());
    }

    /** Linux refuses to execute a program that carries a capability which its container may not have, even one that needs none. */
    @Test
    void shouldLeaveCaddyTheCapabilityThatItsProgramCarries() {
        for (JsonNode service : COMPOSE.path("services")) {
            if (service.path("image").asText().startsWith("caddy:")) {
                assertThat(texts(service.path("cap_add"))).containsExactly("NET_BIND_SERVICE");
            }
        }
    }

    /** Docker mounts a tmpfs noexec unless told otherwise, and SQLite's library is loaded from there. */
    @Test
    void shouldLetSqliteBeLoadedFromWhereItIsUnpacked() {
        for (String service : List.of("chevet", "chevet-2")) {
            assertThat(texts(COMPOSE.at("/services/" + service + "/tmpfs"))).containsExactly("/tmp:size=64m,exec");
        }
    }

    /** The image's own check, run for real against a Chevet that is up and against nothing. */
    @Test
    void shouldFindOutBySelfCheckWhetherChevetTakesActs(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        Matcher check = Pattern.compile("CMD \\[\"bash\", \"-c\", \"(.*)\"\\]").matcher(DOCKERFILE);
        assertThat(check.find()).isTrue();
        String script = check.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
        int port;
        try (RunningServer server = RunningServer.start(folder)) {
            port = server.port();
            assertThat(run(List.of("bash", "-c", script.replace("/8080", "/" + port)), folder))
                    .isZero();
        }
        assertThat(run(List.of("bash", "-c", script.replace("/8080", "/" + port)), folder))
                .isNotZero();
    }

    @Test
    void shouldProvisionADashboardOnTheDataSourceThatThereIs() throws IOException {
        JsonNode source = Operations.yaml(Operations.FOLDER.resolve("grafana/provisioning/datasources/prometheus.yml"))
                .at("/datasources/0");
        JsonNode dashboard = Json.MAPPER.readTree(
                Operations.FOLDER.resolve("grafana/dashboards/chevet.json").toFile());
        Set<String> uids = new HashSet<>(dashboard.findValues("datasource").stream()
                .map(used -> used.path("uid").asText())
                .toList());
        assertThat(uids).containsExactly(source.path("uid").asText());
        List<Integer> ids = StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .map(panel -> panel.path("id").asInt())
                .toList();
        assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        String folder = Operations.yaml(Operations.FOLDER.resolve("grafana/provisioning/dashboards/chevet.yml"))
                .at("/providers/0/options/path")
                .asText();
        assertThat(mounted("grafana", folder + "/chevet.json")).exists();
        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    }

    @Test
    void shouldHaveRulesThatPrometheusAcceptsAndThatFireWhenTheyShould(@TempDir Path folder) throws Exception {
        assumeTrue(hasPromtool(folder), "promtool is not installed here (Debian package prometheus)");
        Path files = Operations.FOLDER.resolve("prometheus");
        assertThat(run(List.of("promtool", "check", "config", "prometheus.yml"), files))
                .isZero();
        assertThat(run(List.of("promtool", "test", "rules", "chevet-alerts-test.yml"), files))
                .isZero();
    }

    @Test
    void shouldTestEveryRule() {
        String tests = Operations.read(Operations.FOLDER.resolve("prometheus/chevet-alerts-test.yml"));
        for (JsonNode rule : Operations.yaml(Operations.FOLDER.resolve("prometheus/chevet-alerts.yml"))
                .at("/groups/0/rules")) {
            assertThat(tests).contains(rule.path("alert").asText());
            assertThat(rule.at("/annotations/summary").asText())
                    .as("French and English")
                    .contains(" · ");
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
        }
    }

    private static Configuration configuration() {
        ConfigurationFile.Result result = ConfigurationFile.read(CONFIGURATION);
        assertThat(result).isInstanceOf(ConfigurationFile.Loaded.class);
        return ((ConfigurationFile.Loaded) result).configuration();
    }

    private static List<String> volumes(String service) {
        return texts(COMPOSE.at("/services/" + service + "/volumes"));
    }

    /** What lies at a path in the container, seen from here. */
    private static Path mounted(String service, String path) {
        for (String volume : volumes(service)) {
            String[] parts = volume.split(":");
            if (path.startsWith(parts[1])) {
                return Operations.TOP
                        .resolve(parts[0] + path.substring(parts[1].length()))
                        .normalize();
            }
        }
        throw new AssertionError(service + " has nothing at " + path);
    }

    /** Container ports that can be reached from outside. */
    private static List<Integer> published(String service) {
        return texts(COMPOSE.at("/services/" + service + "/ports")).stream()
                .map(port -> Integer.valueOf(port.substring(port.lastIndexOf(':') + 1)))
                .toList();
    }

    private static int port(String origin) {
        return Integer.parseInt(origin.substring(origin.lastIndexOf(':') + 1));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static boolean hasPromtool(Path folder) throws InterruptedException {
        try {
            return run(List.of("promtool", "--version"), folder) == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static int run(List<String> command, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ended", command)
                .isTrue();
        if (process.exitValue() != 0) {
            System.out.println(String.join(" ", command) + ": " + said);
        }
        return process.exitValue();
    }
}
