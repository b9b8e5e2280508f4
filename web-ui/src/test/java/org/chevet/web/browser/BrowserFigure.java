package org.chevet.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long a board of many beds takes to appear in Chromium, and how long a change of one bed, in a window of 1600 by 950.
 *
 * <pre>mvn -q test-compile exec:exec@browser-figure [-Dfigure.args="BEDS LOADS PATCHES"]</pre>
 *
 * <ul>
 *   <li>A load: from the navigation's start, with nothing in the browser's caches, until every bed is drawn and the frame that
 *       shows it is done.
 *   <li>A patch: what the page does from the message's arrival on: script, drawing, style and layout. The wait for the
 *       screen's next frame, up to 16.7 ms, is told apart.
 * </ul>
 */
public final class BrowserFigure {
    private static final int BEDS_PER_SERVICE = 40;
    private static final int FREE_BEDS_OF_TEN = 1;
    private static final double LOAD_MILLIS_BUDGET = 1_000;
    private static final double PATCH_MILLIS_BUDGET = 16;
    private static final int PATIENCE_MILLIS = 120_000;

    /** Notes when all beds are drawn, and for each patch when it came, when it was dealt with and when it was seen. */
    private static final String PROBE = """
            (() => {
              window.patches = [];
              const settled = (then) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = then; port2.postMessage(0); };
              const Original = WebSocket;
              window.WebSocket = class extends Original {
                constructor(...args) {
                  super(...args);
                  this.addEventListener("message", (event) => {
                    if (!event.data.startsWith('{"type":"patch"')) return;
                    const patch = { came: performance.now() };
                    settled(() => {
                      document.body.offsetHeight;
                      patch.done = performance.now();
                      requestAnimationFrame(() => settled(() => { patch.seen = performance.now(); window.patches.push(patch); }));
                    });
                  });
                }
              };
              const look = () => {
                const board = document.querySelector("chevet-app")?.shadowRoot?.querySelector("chevet-board")?.shadowRoot;
                const beds = [...(board?.querySelectorAll("chevet-service-card") ?? [])].flatMap((card) => [...(card.shadowRoot?.querySelectorAll("chevet-bed") ?? [])]);
                if (beds.length === BEDS && beds.every((bed) => bed.hasAttribute("state"))) {
                  settled(() => { window.drawnMillis = performance.now(); });
                } else {
                  requestAnimationFrame(look);
                }
              };
              requestAnimationFrame(look);
            })()""";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ChevetProcess chevet;
    private final int beds;

    private BrowserFigure(ChevetProcess chevet, int beds) {
        this.chevet = chevet;
        this.beds = beds;
    }

    public static void main(String[] args) throws Exception {
        int beds = argument(args, 0, 1_000) / BEDS_PER_SERVICE * BEDS_PER_SERVICE;
        int loads = argument(args, 1, 15);
        int patches = argument(args, 2, 200);
        Path folder = Files.createTempDirectory("chevet-figure");
        try (ChevetProcess chevet = ChevetProcess.start(folder, hospital(beds));
                Playwright playwright = Chromium.playwright();
                Browser browser = Chromium.launch(playwright)) {
            BrowserFigure figure = new BrowserFigure(chevet, beds);
            figure.fill();
            System.out.printf(
                    Locale.ROOT,
                    "%d beds, %d occupied; Chromium %s, %d processors%n",
                    beds,
                    beds - beds * FREE_BEDS_OF_TEN / 10,
                    browser.version(),
                    Runtime.getRuntime().availableProcessors());
            print("first paint of all beds", figure.loads(browser, loads), LOAD_MILLIS_BUDGET);
            figure.patches(browser, patches);
        } finally {
            delete(folder);
        }
    }

    private static int argument(String[] args, int i, int otherwise) {
        return args.length > i ? Integer.parseInt(args[i]) : otherwise;
    }

    private static String hospital(int beds) {
        StringBuilder yaml = new StringBuilder("""
                id: BROWSER
                name: Hôpital de mesure
                timeZone: Europe/Paris
                specialties: {medecine: Médecine}
                services:
                """);
        for (int service = 0; service < beds / BEDS_PER_SERVICE; service++) {
            yaml.append("  - id: S%d%n    name: Service %d%n    specialties: [medecine]%n    rooms:%n"
                    .formatted(service, service));
            for (int room = 0; room < BEDS_PER_SERVICE / 2; room++) {
                yaml.append("      - {id: \"%s\", beds: [P, F]}%n".formatted(room(service, room)));
            }
        }
        return yaml.toString();
    }

    private static String room(int service, int room) {
        return "%02d%02d".formatted(service, room);
    }

    /** All beds but the last ones of each service. */
    private void fill() throws InterruptedException {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (String bed : bedIds()) {
            if (!isFree(bed)) {
                String needs =
                        "{\"specialty\":\"medecine\",\"levelOfCare\":\"ACUTE\",\"isolation\":\"NONE\",\"sex\":\"FEMALE\",\"ageYears\":70,\"equipmentRequired\":[],\"equipmentPreferred\":[],\"singleRoom\":\"INDIFFERENT\"}";
                String stay = "{\"stay\":\"T" + bed
                        + "\",\"patient\":{\"familyName\":\"MARTIN\",\"givenName\":\"Zoe\",\"sex\":\"FEMALE\"},\"needs\":"
                        + needs + ",\"patientClass\":\"INPATIENT\"}";
                asked.add(act("register-stay", stay)
                        .thenCompose(done -> act("admit-stay", "{\"stay\":\"T" + bed + "\",\"bed\":\"" + bed + "\"}")));
            }
        }
        asked.forEach(CompletableFuture::join);
    }

    private List<Double> loads(Browser browser, int loads) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i <= loads; i++) {
            try (BrowserContext context = context(browser)) {
                double drawn = drawn(context.newPage());
                if (i > 0) { // the first warms the server up
                    millis.add(drawn);
                }
            }
        }
        return millis;
    }

    private void patches(Browser browser, int patches) {
        List<String> free = bedIds().stream().filter(BrowserFigure::isFree).toList();
        try (BrowserContext context = context(browser)) {
            Page page = context.newPage();
            drawn(page);
            for (int i = 0; i < patches; i++) {
                String bed = free.get(i % free.size());
                boolean dirty = i / free.size() % 2 == 0;
                act(
                                dirty ? "request-cleaning" : "finish-cleaning",
                                dirty
                                        ? "{\"bed\":\"" + bed + "\",\"contaminated\":false}"
                                        : "{\"bed\":\"" + bed + "\"}")
                        .join();
                page.waitForFunction(
                        "() => window.patches.length >= " + (i + 1),
                        null,
                        new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
            }
            print("one bed's change: the page's work", intervals(page, "done"), PATCH_MILLIS_BUDGET);
            print(
                    "one bed's change: seen, with the wait for the frame",
                    intervals(page, "seen"),
                    2 * PATCH_MILLIS_BUDGET);
        }
    }

    private BrowserContext context(Browser browser) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1600, 950));
        context.addInitScript(PROBE.replace("BEDS", Integer.toString(beds)));
        return context;
    }

    private double drawn(Page page) {
        page.navigate(chevet.address("/hospitals/BROWSER"));
        return ((Number) page.waitForFunction(
                                "() => window.drawnMillis",
                                null,
                                new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS))
                        .jsonValue())
                .doubleValue();
    }

    private static List<Double> intervals(Page page, String end) {
        List<?> told = (List<?>) page.evaluate("() => window.patches.map((patch) => patch." + end + " - patch.came)");
        return told.stream().map(one -> ((Number) one).doubleValue()).toList();
    }

    private CompletableFuture<HttpResponse<String>> act(String name, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(chevet.address("/api/v1/hospitals/BROWSER/acts/" + name)))
                .header("Content-Type", "application/json")
                .header("Chevet-Actor", "name=Figure; role=BED_MANAGER")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> {
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(name + ": " + answer.body());
            }
            return answer;
        });
    }

    private List<String> bedIds() {
        return IntStream.range(0, beds / BEDS_PER_SERVICE)
                .boxed()
                .flatMap(service -> IntStream.range(0, BEDS_PER_SERVICE / 2)
                        .boxed()
                        .flatMap(room -> Stream.of(room(service, room) + "P", room(service, room) + "F")))
                .toList();
    }

    /** The last rooms of each service. */
    private static boolean isFree(String bed) {
        int room = Integer.parseInt(bed.substring(2, 4));
        return room >= BEDS_PER_SERVICE / 2 - BEDS_PER_SERVICE * FREE_BEDS_OF_TEN / 20;
    }

    private static void print(String what, List<Double> millis, double budget) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        double median = sorted.get(sorted.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "%-52s median %7.1f ms, p95 %7.1f ms, max %7.1f ms of %d; budget %.0f ms: %.2f of it%n",
                what,
                median,
                sorted.get(sorted.size() * 95 / 100),
                sorted.getLast(),
                sorted.size(),
                budget,
                median / budget);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
