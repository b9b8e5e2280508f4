package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chevet.hospital.TensionLevel;
import org.chevet.tension.Indicator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads after real traffic, and whether what is shipped for it names what there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private static final String NEEDS =
            "{'specialty':'cardiologie','levelOfCare':'ACUTE','isolation':'NONE','sex':'FEMALE','ageYears':70,"
                    + "'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(\\{[^}]*\\})? (\\S+)$");
    static final Pattern USED = Pattern.compile("\\b(?:chevet|jvm|process|system|disk|vertx)_[a-z_]+\\b");

    private @Nullable RunningServer started;

    /** Of a feed that this machine is no sender of. */
    private int closedPort;

    @BeforeAll
    void start(@TempDir Path folder) {
        closedPort = FreePorts.next();
        started = RunningServer.start(folder, """
                  - name: CLOSED
                    mllp: {port: %d, senders: [10.1.2.0/24]}
                """.formatted(closedPort));
        String patient = "{'identifier':'IPP-77','familyName':'Zzyzx-Secret','givenName':'Maud','sex':'FEMALE'}";
        act(
                "register-stay",
                "{'stay':'STAY-77','patient':" + patient + ",'needs':" + NEEDS + ",'patientClass':'INPATIENT'}");
        act("admit-stay", "{'stay':'STAY-77','bed':'101'}");
        act(
                "request-bed",
                "{'request':'REQUEST-77','stay':'STAY-77','origin':'INTERNAL','needs':" + NEEDS + ",'priority':2}");
        act("block-bed", "{'bed':'102','reason':'MAINTENANCE'}");
        placeTwo();
    }

    /** One takes the bed that both were proposed, the other one of the wrong service. */
    private void placeTwo() {
        String needs = NEEDS.replace("cardiologie", "medecine");
        List<String> beds = List.of();
        for (String id : List.of("REQUEST-78", "REQUEST-79")) {
            act("request-bed", "{'request':'" + id + "','origin':'ELECTIVE','needs':" + needs + ",'priority':5}");
            beds = RunningServer.json(server().get(RunningServer.HOSPITAL + "/requests/" + id + "/proposals"))
                    .path("proposals")
                    .findValuesAsText("bed");
        }
        String until = "','until':'" + Instant.now().plus(Duration.ofHours(2)) + "'";
        act("reserve-bed", "{'request':'REQUEST-78','bed':'" + beds.getFirst() + until + "}");
        assertThat(server().act("reserve-bed", "{'request':'REQUEST-79','bed':'" + beds.getFirst() + until + "}")
                        .statusCode())
                .isEqualTo(409);
        act("refuse-bed-request", "{'request':'REQUEST-79','service':'MEDECINE','reason':'NO_STAFF'}");
        act(
                "reserve-bed",
                "{'request':'REQUEST-79','bed':'103" + until
                        + ",'override':{'reason':'CRISIS','rules':['specialty']}}");
        Eventually.eventually(
                "the journal was read for what was overridden, and for what is ahead",
                () -> Stream.of("rules_overridden_total", "forecast_age_seconds", "tension_level", "indicator")
                        .allMatch(name -> server().get("/metrics").body().contains("chevet_" + name + "{")));
    }

    @AfterAll
    void stop() {
        server().close();
    }

    @Test
    void shouldCountBedsRequestsAndTheWriterAsTheyAre() {
        assertThat(samples())
                .containsEntry("chevet_beds{hospital=\"TEST\",service=\"CARDIO\",state=\"occupied\"}", 1.0)
                .containsEntry("chevet_beds{hospital=\"TEST\",service=\"CARDIO\",state=\"blocked\"}", 1.0)
                .containsEntry("chevet_beds{hospital=\"TEST\",service=\"CARDIO\",state=\"closed\"}", 1.0)
                .containsEntry("chevet_requests{hospital=\"TEST\",priority=\"2\",state=\"waiting\"}", 1.0)
                .containsEntry("chevet_requests{hospital=\"TEST\",priority=\"1\",state=\"waiting\"}", 0.0)
                .containsEntry("chevet_writer{condition=\"writable\",hospital=\"TEST\"}", 1.0)
                .containsEntry("chevet_writer{condition=\"read_only\",hospital=\"TEST\"}", 0.0)
                .containsEntry("chevet_layout_file{hospital=\"TEST\",state=\"current\"}", 1.0)
                .containsEntry("chevet_quarantine{hospital=\"TEST\"}", 0.0);
    }

    @Test
    void shouldCountWhatAFeedSendsByWhatComesOfIt() throws IOException {
        try (Socket sender = new Socket("127.0.0.1", server().mllpPort())) {
            String admission = "PV1|1|I|3110||||||||||||||||V78";
            assertThat(answer(sender, "ADT^A01", "M1", admission)).contains("|AA|");
            assertThat(answer(sender, "ADT^A01", "M1", admission)).contains("|AA|");
            assertThat(answer(sender, "ADT^A97", "M2", "PV1|1|I")).contains("|AA|");
            assertThat(answer(sender, "ORU^R01", "M3", "OBR|1")).contains("|AA|");
            String feed = "feed=\"ADT\",hospital=\"TEST\"";
            assertThat(samples())
                    .containsEntry("chevet_feed_received_total{" + feed + "}", 4.0)
                    .containsEntry("chevet_feed_messages_total{" + feed + ",outcome=\"applied\"}", 2.0)
                    .containsEntry("chevet_feed_duplicates_total{" + feed + "}", 1.0)
                    .containsEntry("chevet_feed_ignored_total{" + feed + ",reason=\"unknown_trigger\"}", 1.0)
                    .containsEntry("chevet_feed_ignored_total{" + feed + ",reason=\"other_type\"}", 1.0)
                    .containsEntry("chevet_feed_ignored_total{" + feed + ",reason=\"no_bed\"}", 0.0)
                    .containsEntry("chevet_feed_unknown_triggers_total{" + feed + ",trigger=\"A97\"}", 1.0)
                    .containsEntry("chevet_feed_frames_total{" + feed + "}", 4.0)
                    .containsEntry("chevet_feed_connections{" + feed + "}", 1.0)
                    .containsEntry("chevet_feed_certificate_expiry_timestamp_seconds{" + feed + "}", Double.NaN)
                    .hasEntrySatisfying(
                            "chevet_feed_bytes_total{" + feed + "}",
                            bytes -> assertThat(bytes).isGreaterThan(400));
        }
    }

    @Test
    void shouldCountSendersThatAreNotLetIn() throws IOException {
        try (Socket stranger = new Socket("127.0.0.1", closedPort)) {
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(samples())
                .containsEntry(
                        "chevet_feed_connections_refused_total{cause=\"sender\",feed=\"CLOSED\",hospital=\"TEST\"}",
                        1.0)
                .containsEntry(
                        "chevet_feed_connections_refused_total{cause=\"tls\",feed=\"CLOSED\",hospital=\"TEST\"}", 0.0);
    }

    @Test
    void shouldMeasureTheWayFromACommandToTheBoard() {
        Map<String, Double> samples = samples();
        for (String part :
                List.of("chevet_decide_seconds", "chevet_journal_append_seconds", "chevet_publish_seconds")) {
            assertThat(samples.get(part + "_count")).as(part).isGreaterThanOrEqualTo(4);
            assertThat(samples.get(part + "_sum")).as(part).isPositive();
            assertThat(samples.get(part + "_bucket{le=\"+Inf\"}")).isEqualTo(samples.get(part + "_count"));
        }
        assertThat(samples.get("chevet_journal_group_events_sum")).isGreaterThanOrEqualTo(5);
        assertThat(samples.get("chevet_sequence{hospital=\"TEST\"}")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void shouldTellOfTheProcess() {
        assertThat(samples().keySet().stream().map(MetricsTest::name))
                .contains(
                        "jvm_memory_used_bytes",
                        "jvm_threads_live_threads",
                        "process_files_open_files",
                        "process_uptime_seconds",
                        "disk_free_bytes",
                        "chevet_build_info");
    }

    /** Whoever follows has them found again soon after each event. */
    @Test
    void shouldTellLevelsAndIndicatorsAsTheyAreAnswered() {
        server().follow("/live/tension", new LiveBoardTest.Page());
        server().follow("/live/indicators", new LiveBoardTest.Page());
        JsonNode cardio = json("/indicators").path("scopes").path(1);
        assertThat(cardio.path("service").asText()).isEqualTo("CARDIO");
        JsonNode occupancy = cardio.path("values").path(Indicator.OCCUPANCY_PHYSICAL.ordinal());
        assertThat(occupancy.path("value").asDouble()).isPositive();
        Map<String, Double> wanted = Map.of(
                "chevet_indicator{hospital=\"TEST\",indicator=\"occupancy_physical\",service=\"CARDIO\"}",
                occupancy.path("value").asDouble(),
                "chevet_tension_level_hospital{hospital=\"TEST\"}",
                (double) TensionLevel.valueOf(json("/tension")
                                .path("levels")
                                .path(0)
                                .path("level")
                                .asText())
                        .ordinal());
        Eventually.eventually("told are " + wanted, () -> samples().entrySet().containsAll(wanted.entrySet()));
    }

    /** This hospital began today, so nothing is known of yesterday. */
    @Test
    void shouldNotCallADayCalmWhoseTensionIsNotDecided() {
        JsonNode told = json("/indicators").path("inTension");
        assertThat(told.path("verdict").asText()).isEqualTo("UNDECIDED");
        assertThat(told.path("unknown").asInt()).isEqualTo(6);
        JsonNode beds = told.path("six").path(0);
        assertThat(beds.path("indicator").asText()).isEqualTo("HET_1");
        assertThat(beds.path("figure").isNull()).isTrue();
        assertThat(beds.path("unknown").asText()).isEqualTo("DAY_NOT_WHOLE");
        assertThat(samples())
                .containsEntry("chevet_het_global_tension{hospital=\"TEST\"}", Double.NaN)
                .containsEntry("chevet_het_unknown{hospital=\"TEST\"}", 6.0)
                .containsEntry("chevet_het_figure{hospital=\"TEST\",indicator=\"het_1\"}", Double.NaN)
                .containsEntry("chevet_het_limit{hospital=\"TEST\",indicator=\"het_6\"}", Double.NaN)
                .containsEntry("chevet_het_history_days{hospital=\"TEST\",indicator=\"het_2\"}", 0.0);
    }

    /** Two weeks are needed, and this hospital began just now. */
    @Test
    void shouldTellThatNothingIsForeseenYet() {
        assertThat(samples())
                .containsEntry(
                        "chevet_forecast_entries_hospital{hospital=\"TEST\",hours=\"4\",quantile=\"0.9\"}", Double.NaN)
                .containsEntry("chevet_forecast_no_free_bed_hospital{hospital=\"TEST\",hours=\"12\"}", Double.NaN)
                .containsEntry("chevet_forecast_saturation_hours_hospital{hospital=\"TEST\"}", Double.NaN);
    }

    @Test
    void shouldNameNobody() {
        assertThat(server().get("/metrics").body()).doesNotContain("STAY-77", "REQUEST-77", "Zzyzx", "IPP-77", "Maud");
    }

    /** The names alone: a series that only some events make is there as soon as the meter is. */
    @Test
    void shouldHaveEveryMetricThatRulesAndDashboardUse() {
        String known = server().get("/metrics").body();
        Map<String, String> missing = new TreeMap<>();
        for (Path file : List.of(
                Operations.FOLDER.resolve("prometheus/chevet-alerts.yml"),
                Operations.FOLDER.resolve("grafana/dashboards/chevet.json"))) {
            for (String name : used(Operations.read(file))) {
                if (!Pattern.compile("(?m)^" + name + "[ {]").matcher(known).find()) {
                    missing.put(name, file.toString());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<String> used(String text) {
        List<String> names = USED.matcher(text)
                .results()
                .map(found -> found.group())
                // Of members of a cluster, see ClusterMembersIT.
                .filter(name -> !name.startsWith("chevet_cluster_"))
                .distinct()
                .toList();
        assertThat(names).hasSizeGreaterThan(8);
        return names;
    }

    private static String name(String series) {
        int brace = series.indexOf('{');
        return brace < 0 ? series : series.substring(0, brace);
    }

    private JsonNode json(String path) {
        return RunningServer.json(server().get(RunningServer.HOSPITAL + path));
    }

    private Map<String, Double> samples() {
        Matcher found = SAMPLE.matcher(server().get("/metrics").body());
        Map<String, Double> samples = new HashMap<>();
        while (found.find()) {
            samples.put(
                    found.group(1) + Objects.requireNonNullElse(found.group(2), ""), Double.valueOf(found.group(3)));
        }
        return samples;
    }

    private static String answer(Socket sender, String type, String id, String segment) throws IOException {
        String message = "MSH|^~\\&|PAS|CHU|CHEVET|CHU|20260302100000||" + type + "|" + id
                + "|P|2.5\rEVN||20260302100000\rPID|1||801^^^CHU^PI||A^B||19550302|F\r" + segment + "\r";
        sender.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(StandardCharsets.UTF_8));
        StringBuilder answer = new StringBuilder();
        for (int read = sender.getInputStream().read();
                read != 0x1c;
                read = sender.getInputStream().read()) {
            assertThat(read).as("the answer to %s ends", id).isNotEqualTo(-1);
            answer.append((char) read);
        }
        assertThat(sender.getInputStream().read()).isEqualTo('\r');
        return answer.toString();
    }

    private RunningServer server() {
        return Objects.requireNonNull(started);
    }

    private void act(String act, String body) {
        assertThat(server().act(act, body))
                .satisfies(done -> assertThat(done.statusCode()).as(done.body()).isEqualTo(200));
    }
}
