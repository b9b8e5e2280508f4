package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.chevet.web.FreePorts;
import org.chevet.web.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages of members that are killed and hang: real processes over a real PostgreSQL, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@InBrowser
@Timeout(240)
class ClusterBoardIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSPITAL = "BROWSER";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ChevetProcess> members = new ArrayList<>();
    private EmbeddedPostgres database;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder, Browser chromium) throws IOException {
        database = RealPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .start();
        List<Integer> clusterPorts = List.of(FreePorts.next(), FreePorts.next());
        for (int i = 0; i < 2; i++) {
            int member = i;
            members.add(ChevetProcess.member(
                    Files.createDirectories(folder.resolve("lits-" + (i + 1))),
                    List.of(
                            ChevetProcess.hospital(),
                            ChevetProcess.hospital()
                                    .replace("id: BROWSER", "id: NORD")
                                    .replace("Hôpital d'essai", "Hôpital du Nord")),
                    port -> configuration(member, port, clusterPorts)));
        }
        for (ChevetProcess member : members) {
            member.run();
        }
        browser = chromium;
    }

    private String configuration(int member, int port, List<Integer> clusterPorts) {
        return """
                journal:
                  postgresql: {url: "%s", user: postgres}
                cluster:
                  name: browser-%d
                  member: lits-%d
                  host: 127.0.0.1
                  port: %d
                  messagePort: %d
                  members: ["127.0.0.1:%d", "127.0.0.1:%d"]
                  address: "http://127.0.0.1:%d"
                  silenceSecondsMax: 6
                """.formatted(
                        database.getJdbcUrl("postgres", "postgres"),
                        ProcessHandle.current().pid(),
                        member + 1,
                        clusterPorts.get(member),
                        FreePorts.next(),
                        clusterPorts.get(0),
                        clusterPorts.get(1),
                        port);
    }

    @AfterAll
    void close() throws IOException {
        members.forEach(ChevetProcess::close);
        if (database != null) {
            database.close();
        }
    }

    /** One story, as starting members takes seconds: killed, come back, hanging, and at last without a database. */
    @Test
    void shouldGoOnAtAnotherMemberWithoutAReload() throws Exception {
        int writing = writer();
        ChevetProcess other = members.get(writing);
        ChevetProcess own = members.get(1 - writing);
        shouldAllowPagesOfMembersAndNoOthers(own, other);
        try (BoardPage board = BoardPage.open(browser, own.address("/hospitals/" + HOSPITAL), "Ada")) {
            Page page = board.page();
            assertThat(board.bed("101", "READY")).isVisible();
            page.evaluate("() => { window.marker = 'the same page'; }");
            assertThat(act(other, "block-bed", "{\"bed\":\"101\",\"reason\":\"STAFF\"}"))
                    .isEqualTo(200);
            assertThat(board.bed("101", "BLOCKED")).isVisible();

            // Done here, and this member is gone before it can say so.
            AtomicInteger asked = new AtomicInteger();
            page.route(own.address("/api/**/acts/block-bed"), route -> {
                asked.incrementAndGet();
                APIResponse answer = route.fetch();
                assertThat(answer.status()).isEqualTo(200);
                kill(own);
                route.abort();
            });
            block(board, "102");
            assertThat(board.page().getByTestId("moved")).containsText(name(own) + " ne répond plus");
            assertThat(board.page().getByTestId("moved")).containsText(name(other));
            board.screenshot("moved");
            assertThat(board.panel().locator("chevet-act-form")).hasCount(0);
            assertThat(asked).hasValue(1);
            assertThat(times(other, "BedBlocked", "102")).isEqualTo(1);
            assertThat(board.bed("102", "BLOCKED")).isVisible();
            block(board, "103");
            assertThat(board.bed("103", "BLOCKED")).isVisible();
            page.unroute(own.address("/api/**/acts/block-bed"));

            own.run();
            eventually("both follow", () -> sequence(own) == sequence(other));
            page.waitForFunction(
                    "(address) => (localStorage.getItem('chevet.members') ?? '').includes(address)", own.address(""));

            // It hangs with what it is asked in its hands; the one that came back takes over.
            other.signal("STOP");
            block(board, "202");
            assertThat(board.page().getByTestId("moved")).containsText(name(other) + " ne répond plus");
            assertThat(board.bed("202", "BLOCKED")).isVisible();
            other.signal("CONT");
            assertThat(times(own, "BedBlocked", "202")).isEqualTo(1);
            assertThat(page.evaluate("() => window.marker")).isEqualTo("the same page");
            assertThat(board.errors()).isEmpty();
            eventually("both follow", () -> sequence(own) == sequence(other));
            shouldSayThatNobodyWrites(board);
        }
    }

    /** Of a page whose member follows: its writer hangs, and then the database is away as well. */
    private void shouldSayThatNobodyWrites(BoardPage board) throws Exception {
        Page page = board.page();
        int writing = writer();
        // From now on none becomes the writer.
        database.close();
        ChevetProcess writer = members.get(writing);
        ChevetProcess follower = members.get(1 - writing);
        page.navigate(follower.address("/hospitals/" + HOSPITAL));
        assertThat(board.bed("201")).isVisible();
        writer.signal("STOP");
        Locator banner = page.getByTestId("not-writable");
        assertThat(banner).hasAttribute("data-condition", "WITHOUT_WRITER");
        assertThat(page.getByTestId("age")).containsText("vieux de");
        board.screenshot("without-writer");
        page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByTestId("age")).containsText("old");
        board.screenshot("without-writer-english");
        page.navigate(follower.address("/group"));
        assertThat(page.locator("tr[data-hospital=" + HOSPITAL + "] [data-condition]"))
                .containsText("no server writes it");
        board.screenshot("group-stale");
    }

    private void shouldAllowPagesOfMembersAndNoOthers(ChevetProcess own, ChevetProcess other) throws Exception {
        String path = "/api/v1/hospitals/BROWSER/acts/block-bed";
        HttpResponse<String> asked = preflight(other, path, own.address(""));
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains(own.address(""));
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("Idempotency-Key", "Chevet-Actor");
        assertThat(asked.headers().firstValue("Vary").orElse("")).containsIgnoringCase("origin");
        HttpResponse<String> foreign = preflight(other, path, "http://127.0.0.1:1");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<String> index =
                http.send(HttpRequest.newBuilder(URI.create(own.address("/"))).build(), BodyHandlers.ofString());
        assertThat(index.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains(other.address(""), other.address("").replace("http:", "ws:"))
                .doesNotContain("connect-src *");
    }

    private HttpResponse<String> preflight(ChevetProcess member, String path, String origin) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(member.address(path)))
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "chevet-actor,content-type,idempotency-key")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static void block(BoardPage board, String bed) {
        board.bed(bed).click();
        board.begin("block");
        board.confirm();
    }

    private static void kill(ChevetProcess member) {
        try {
            member.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Which member writes the hospital, once one of them alone does. */
    private int writer() {
        AtomicInteger found = new AtomicInteger();
        eventually("one of them writes", () -> {
            boolean first = writes(0);
            found.set(first ? 0 : 1);
            return first != writes(1);
        });
        return found.get();
    }

    private boolean writes(int member) throws Exception {
        return board(members.get(member)).path("member").path("writes").asBoolean();
    }

    private String name(ChevetProcess member) {
        return "lits-" + (members.indexOf(member) + 1);
    }

    private long sequence(ChevetProcess member) throws Exception {
        return board(member).path("sequence").asLong();
    }

    private JsonNode board(ChevetProcess member) throws Exception {
        return read(member, "/api/v1/hospitals/" + HOSPITAL + "/board");
    }

    private JsonNode read(ChevetProcess member, String path) throws Exception {
        return JSON.readTree(http.send(
                        HttpRequest.newBuilder(URI.create(member.address(path))).build(), BodyHandlers.ofString())
                .body());
    }

    private int act(ChevetProcess member, String act, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create(member.address("/api/v1/hospitals/" + HOSPITAL + "/acts/" + act)))
                                .header("Content-Type", "application/json")
                                .header("Chevet-Actor", "name=Test; role=BED_MANAGER")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    /** How often the journal has it. */
    private long times(ChevetProcess member, String type, String bed) throws Exception {
        long times = 0;
        for (JsonNode recorded : read(member, "/api/v1/hospitals/" + HOSPITAL + "/events?limit=1000")
                .path("events")) {
            JsonNode event = recorded.path("event");
            if (event.path("bed").asText().equals(bed) && recorded.toString().contains(type)) {
                times++;
            }
        }
        return times;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void eventually(String what, Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (Exception notYet) {
                // Asked again until the deadline.
            }
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
