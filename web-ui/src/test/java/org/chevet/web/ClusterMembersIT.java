package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two members that find each other by name, while nothing fails. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(5)
class ClusterMembersIT {
    /** An act that comes while members are restarted in turn waits no longer. The README says so. */
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIGTERM = 143;
    private static final int STOPS = Integer.getInteger("chevet.rounds", 1);

    /** Of all members, as containers' name services have it. The first of its addresses is nobody's. */
    private static final String NAME = "members.example";

    private final List<MemberProcess> members = new ArrayList<>();
    private String journalUrl = "";
    private @Nullable EmbeddedPostgres database;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        database = RealPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .start();
        journalUrl = database.getJdbcUrl("postgres", "postgres");
        Path hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.9 %1$s%n127.0.0.1 %1$s%n127.0.0.1 localhost%n".formatted(NAME));
        MemberProcess.Place place = new MemberProcess.Place(
                List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + hosts), "127.0.0.1", "127.0.0.1", NAME);
        members.add(new MemberProcess("one", folder, place));
        members.add(new MemberProcess("two", folder, place));
        for (MemberProcess member : members) {
            member.start(journalUrl, members);
        }
    }

    @AfterAll
    void stop() throws IOException {
        members.forEach(MemberProcess::close);
        if (database != null) {
            database.close();
        }
    }

    @Test
    void shouldTellHowTheMembersStand() throws IOException {
        AtomicReference<String> page = new AtomicReference<>("");
        eventually("who writes is told, and that the other one asks it", () -> {
            MemberProcess writer = MemberProcess.writerOf(members);
            MemberProcess other = members.get(1 - members.indexOf(writer));
            boolean done = isDone(other.client, "asked-" + System.nanoTime(), toggle(other, "202"));
            String told = metrics(other);
            page.set(told);
            return done
                    && told.contains("chevet_cluster_forwarded_seconds_count{outcome=\"done\"}")
                    && told.contains("chevet_cluster_members 2.0")
                    && told.contains("chevet_cluster_writes{hospital=\"TEST\"} 0.0")
                    && told.contains("chevet_cluster_writer{hospital=\"TEST\",member=\"" + writer.name + "\"} 1.0")
                    && metrics(writer).contains("chevet_cluster_writes{hospital=\"TEST\"} 1.0");
        });
        String used = Operations.read(Operations.FOLDER.resolve("prometheus/chevet-alerts.yml"))
                + Operations.read(Operations.FOLDER.resolve("grafana/dashboards/chevet.json"));
        assertThat(page.get())
                .contains(MetricsTest.USED
                        .matcher(used)
                        .results()
                        .map(found -> found.group())
                        .filter(name -> name.startsWith("chevet_cluster_"))
                        .toList());
    }

    @Test
    void shouldListenWhereItIsToldToAndNowhereElse() throws IOException {
        for (MemberProcess member : members) {
            assertThat(ListeningSockets.of(member.process().pid()))
                    .containsExactlyInAnyOrderElementsOf(member.ports().stream()
                            .map(port -> "127.0.0.1:" + port)
                            .toList());
        }
    }

    @Test
    void shouldShowTheAgeOfAFeedWhicheverMemberItConnectsTo() throws IOException {
        MemberProcess one = members.get(0);
        MemberProcess other = members.get(1);
        try (Client.Feed feed = one.client.feed()) {
            assertThat(feed.send("MSH|^~\\&|PAS|CHU|CHEVET|CHU|20260302100000||ORU^R01|1|P|2.5\r"))
                    .isEqualTo("AA");

            eventually(
                    "the other shows it",
                    () -> feed(other).path("connections").asInt() == 1
                            && !feed(other).path("lastMessageAt").isNull());
            assertThat(feed(other).path("lastMessageAt")).isEqualTo(feed(one).path("lastMessageAt"));
        }
        eventually(
                "nobody is connected any more",
                () -> feed(other).path("connections").asInt() == 0);
    }

    /** Whoever stops hands over first, so that the others go on at once. */
    @Test
    void shouldKeepNobodyWaitingWhenMembersAreRestartedInTurn() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Duration> longest = CompletableFuture.supplyAsync(() -> longestPause(over));
        // Each once: among them is whoever writes.
        for (MemberProcess member : members) {
            assertThat(member.process().stop()).isEqualTo(SIGTERM);
            member.start(journalUrl, members);
            eventually("both are there", () -> members.stream().allMatch(one -> one.sequence() > 0));
        }
        over.set(true);

        assertThat(longest.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isLessThan(PAUSE_MAX);
    }

    /** Whatever each still has to say to the other. */
    @Test
    void shouldStopInOrderWhenAllAreStoppedAtTheSameMoment() throws IOException {
        for (int round = 0; round < STOPS; round++) {
            List<CompletableFuture<Integer>> stopped = members.stream()
                    .map(member ->
                            CompletableFuture.supplyAsync(() -> member.process().stop()))
                    .toList();

            assertThat(stopped).extracting(CompletableFuture::join).containsOnly(SIGTERM);
            for (MemberProcess member : members) {
                assertThat(member.log()).doesNotContain("did not stop properly", "did not stop in order");
                member.start(journalUrl, members);
            }
        }
    }

    /** Acts one after the other, at whichever member answers, each until it is done. */
    private Duration longestPause(AtomicBoolean over) {
        Duration longest = Duration.ZERO;
        for (int i = 0; !over.get(); i++) {
            Ledger.Act act = i % 2 == 0 ? block("201") : unblock("201");
            long asked = System.nanoTime();
            for (int at = i; !isDone(members.get(at % members.size()).client, "rolling-" + i, act); at++) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - asked);
            longest = waited.compareTo(longest) > 0 ? waited : longest;
        }
        System.out.println("members restarted in turn, the longest pause: " + longest.toMillis() + " ms");
        return longest;
    }

    private static Ledger.Act toggle(MemberProcess member, String bed) throws IOException {
        boolean blocked =
                member.client.read("/beds/" + bed).at("/bed/state").asText().equals("BLOCKED");
        return blocked ? unblock(bed) : block(bed);
    }

    private static Ledger.Act block(String bed) {
        return new Ledger.Act("block-bed", "{\"bed\":\"" + bed + "\",\"reason\":\"MAINTENANCE\"}");
    }

    private static Ledger.Act unblock(String bed) {
        return new Ledger.Act("unblock-bed", "{\"bed\":\"" + bed + "\"}");
    }

    private static boolean isDone(Client client, String key, Ledger.Act act) {
        try {
            return client.act(key, act) instanceof Client.Told.Done;
        } catch (IOException stopping) {
            return false;
        }
    }

    private static JsonNode feed(MemberProcess member) throws IOException {
        return Objects.requireNonNull(member.client.read("/board").path("feeds").path(0));
    }

    private static String metrics(MemberProcess member) throws IOException {
        return member.client.text("metrics");
    }
}
