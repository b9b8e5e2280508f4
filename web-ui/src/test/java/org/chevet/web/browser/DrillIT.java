package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A director and two players, and a hospital that knows nothing of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(8)
@InBrowser
class DrillIT {
    /** The crisis room asks every second, and what is simulated looks several times a second, when the machine lets them. */
    private static final int PATIENCE_MILLIS = 60_000;

    /** What a table of cards is called on which nobody waits any more. */
    private static final Pattern OVER =
            Pattern.compile("\\d+ (alerte passée ou fiche close|alertes passées ou fiches closes)");

    /** What the page's own scripts make of these lengths and cards. */
    private static final String TEXTS = """
            async ({language, minutes}) => {
              const module = (name) =>
                import(performance.getEntriesByType("resource").map(({name}) => name).find((url) => url.endsWith(name)));
              const {render} = await import("lit");
              const {duration} = await module("/i18n/format.js");
              const {cardTables} = await module("/views/drill-cards.js");
              (await module("/core/preferences.js")).language.value = language;
              const at = (minute) => new Date(Date.UTC(2026, 2, 3, 9, minute)).toISOString();
              const card = {title: "Fiche", owner: "Cadre", deadlineMinutes: 60, inject: null, alert: null, fell: null, takenOn: null, by: null, closed: null};
              const delays = [
                {...card, card: "waits", alert: at(90)},
                {...card, card: "waits-late", alert: at(0)},
                {...card, card: "taken", inject: at(-10), alert: at(0), takenOn: at(60)},
                {...card, card: "taken-late", alert: at(0), takenOn: at(61), closed: at(70)},
                {...card, card: "before", alert: at(5), takenOn: at(0)},
                {...card, card: "fell", alert: at(0), fell: at(20)},
              ];
              const place = document.createElement("div");
              render(cardTables(delays, Date.parse(at(120))), place);
              const plain = (text) => text.replace(/\\s+/g, " ").trim();
              return {
                durations: minutes.map((length) => plain(duration(length * 60000))),
                tables: [...place.querySelectorAll("table")].map((table) => plain(table.caption.textContent)),
                cards: [...place.querySelectorAll("[data-card]")].map((row) => row.dataset.card + ": " + plain(row.cells[3].textContent)),
                late: [...place.querySelectorAll(".late")].map((late) => late.closest("tr").dataset.card),
              };
            }
            """;

    private static final LocatorAssertions.ContainsTextOptions PATIENCE =
            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);

    private ChevetProcess chevet;
    private Browser browser;
    private Path folder;

    @BeforeAll
    void open(@TempDir Path folder, Browser chromium) throws IOException {
        this.folder = folder;
        chevet = ChevetProcess.start(folder);
        browser = chromium;
    }

    @AfterAll
    void close() {
        chevet.close();
    }

    @Test
    void shouldSayHowLongInTwoFiguresAtMostAndWhichCardsWereLate() {
        try (BoardPage room = BoardPage.firstVisit(browser, chevet.address("/hospitals/BROWSER/crisis"))) {
            assertThat(crisis(room, "[data-testid=open-drill]")).isVisible();

            Map<?, ?> french = texts(room, "fr");
            assertThat((List<?>) french.get("durations"))
                    .isEqualTo(List.of(
                            "0 s",
                            "0 s",
                            "30 s",
                            "1 min",
                            "59 min",
                            "1 h",
                            "1 h 1 min",
                            "23 h 59 min",
                            "1 j",
                            "1 j",
                            "4 j 6 h"));
            assertThat((List<?>) french.get("tables"))
                    .isEqualTo(
                            List.of("4 fiches demandées ou en cours à la fin", "2 alertes passées ou fiches closes"));
            assertThat((List<?>) french.get("cards"))
                    .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                    .satisfiesExactly(
                            one -> assertThat(one).isEqualTo("waits: attend depuis 30 min (délai 1 h)"),
                            one -> assertThat(one).isEqualTo("waits-late: en retard : attend depuis 2 h (délai 1 h)"),
                            one -> assertThat(one).isEqualTo("taken: après 1 h (délai 1 h) 1 h 10 min après l’inject"),
                            one -> assertThat(one).startsWith("before: avant l’alerte, le "),
                            one -> assertThat(one).isEqualTo("taken-late: en retard : après 1 h 1 min (délai 1 h)"),
                            one -> assertThat(one).startsWith("fell: par personne ; alerte tombée : "));
            assertThat((List<?>) french.get("late")).isEqualTo(List.of("waits-late", "taken-late"));

            assertThat((List<?>) texts(room, "en").get("durations"))
                    .isEqualTo(List.of("0s", "0s", "30s", "1m", "59m", "1h", "1h 1m", "23h 59m", "1d", "1d", "4d 6h"));
            assertThat(room.errors()).isEmpty();
        }
    }

    private static Map<?, ?> texts(BoardPage page, String language) {
        List<Double> minutes = List.of(-5.0, 0.0, 0.5, 1.0, 59.9, 60.0, 61.0, 1439.0, 1440.0, 1499.0, 6120.0);
        return (Map<?, ?>) page.page().evaluate(TEXTS, Map.of("language", language, "minutes", minutes));
    }

    @Test
    void shouldPlayADrillFromTheLiveStateToItsDebriefAndLeaveTheHospitalAsItIs() throws Exception {
        try (Sender sender = new Sender(chevet.mllpPort())) {
            sender.admit("8301", "PETIT^Luc", "3120^201^201");
        }
        String before = realEvents();
        try (BoardPage director = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/crisis"), "Ada")) {
            crisis(director, "[data-testid=open-drill] [name=title]").fill("Essai du plan blanc");
            crisis(director, "[data-testid=open-drill] button.primary").click();
            crisis(director, "[data-drill^='BROWSER-exercice-']")
                    .click(new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS));
            assertThat(director.page().getByTestId("drill-mark")).containsText("EXERCICE", PATIENCE);
            assertThat(director.page()).hasTitle(Pattern.compile("^EXERCICE · "));
            assertThat(director.page().locator("chevet-app.drill[data-mark=EXERCICE]"))
                    .isVisible();
            assertThat(director.page().locator("chevet-top-bar .group [aria-pressed=true]"))
                    .hasText("Pause");

            letTimePass(director);

            // Services refuse a share of the beds that are chosen, by a seed that nobody knows here.
            crisis(director, "[data-role=ANSWERS]").uncheck();
            crisis(director, "[data-testid=add-inject] [name=kind]").selectOption("VICTIMS");
            crisis(director, "[data-testid=add-inject] [name=in]").fill("0");
            crisis(director, "[data-testid=add-inject] [name=absolute]").fill("2");
            crisis(director, "[data-testid=add-inject] [name=minutes]").fill("0");
            crisis(director, "[data-testid=add-inject] button.primary").click();
            assertThat(crisis(director, "[data-victim]"))
                    .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
            assertThat(crisis(director, "[data-victim]").first()).containsText("UA", PATIENCE);
            Locator outage = goesDown(director);
            step(director, "Le SAMU rappelle");

            String requests = URI.create(director.page().url()).getPath().replace("/crisis", "/requests");
            placeCasualty(requests, "Bob", 1);
            placeCasualty(requests, "Zoé", 2);

            step(director, "La préfecture appelle");
            // The transport is on its way for a moment; "sans lit" is no bed.
            assertThat(crisis(director, "[data-victim]")
                            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("Lit \\d"))))
                    .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
            exportVictims(director);
            closeACard(director);
            crisis(director, "[data-testid=debrief]").click();
            assertThat(crisis(director, "[data-testid=outcomes] tbody tr").first())
                    .containsText("2 / 2");
            assertThat(crisis(director, "[data-testid=debrief-cards] table")
                            .filter(new Locator.FilterOptions().setHasText(OVER))
                            .locator("[data-card=surge-beds]"))
                    .containsText("Ada");
            director.screenshot("drill");
            lookOnAPhone(director);
            replay(director);
            watch(director.page().url());
            letTimePass(director);
            outage.getByTestId("end-inject").click();
            outage.getByTestId("end-inject-sure").click();
            assertThat(outage).containsText("fini : ", PATIENCE);
            assertThat(outage.locator("button")).hasCount(0);
            assertThat(director.page().getByTestId("drill-news")).containsText("Fin : Informatique coupée", PATIENCE);
            Download report = director.page()
                    .waitForDownload(
                            () -> crisis(director, "[data-testid=report]").click());
            assertThat(Files.readString(report.path()))
                    .contains("EXERCICE : RIEN DE CECI N’EST RÉEL")
                    .contains("Essai du plan blanc", "Délais des fiches-réflexes", "data-card=\"surge-beds\"")
                    .containsPattern("<caption>(<!--.*?-->)*" + OVER)
                    .as("beds as the drill began, for who runs no script")
                    .containsPattern("data-service=\"\">(<!--.*?-->)*\\d+ / \\d+");
            replayReport(director, report);
            closeAWard(director);

            director.page().locator("[lang=en]").click();
            assertThat(director.page()).hasTitle(Pattern.compile("^DRILL · "));
            assertThat(director.errors()).isEmpty();
        }
        assertThat(realEvents()).isEqualTo(before);
    }

    /** What is over is not in the way of what is not, and there for who asks for it, while the room asks for news every second. */
    private static void closeACard(BoardPage director) {
        Locator present = crisis(director, "[data-testid=drill-cards] > table [data-card=surge-beds]");
        act(director, "acknowledge-action-card", "{\"card\": \"surge-beds\"}");
        assertThat(present).containsText("Ada", PATIENCE);

        act(director, "close-action-card", "{\"card\": \"surge-beds\", \"note\": \"faite\"}");
        Locator past = crisis(director, "[data-testid=past-cards]");
        assertThat(past.locator("summary")).hasText(OVER);
        assertThat(present).hasCount(0);
        assertThat(past.locator("tr")).hasCount(0);
        past.locator("summary").click();
        assertThat(past.locator("[data-card=surge-beds]")).containsText("Ada");
    }

    /** All its free beds at once, which its act tells in one line. */
    private static void closeAWard(BoardPage director) {
        crisis(director, "[data-testid=add-inject] [name=kind]").selectOption("WARD_CLOSED");
        crisis(director, "[data-testid=add-inject] [name=service]").selectOption("CARDIO");
        crisis(director, "[data-testid=add-inject] [name=in]").fill("0");
        crisis(director, "[data-testid=add-inject] [name=text]").fill("Fuite d’eau");
        crisis(director, "[data-testid=add-inject] button.primary").click();
        assertThat(crisis(director, "tr[data-inject]").filter(new Locator.FilterOptions().setHasText("Fuite d’eau")))
                .containsText("fait à", PATIENCE);
        director.page().locator("[data-view=acts]").click();
        Locator closed = director.page().locator("chevet-recent-acts tbody tr").getByText("lit fermé");
        assertThat(closed).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(closed).hasText(Pattern.compile("^lit fermé : \\d+[PFS]?(, \\d+[PFS]?)+$"));
    }

    /** Of who looks at the page, and as it would do it. */
    private static void act(BoardPage page, String act, String body) {
        APIResponse answer = page.page()
                .request()
                .post(
                        page.page().url().replaceFirst("/hospitals/([^/]+).*", "/api/v1/hospitals/$1/acts/" + act),
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setHeader("Chevet-Actor", "name=Ada; role=BED_MANAGER")
                                .setData(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** At sixty times the pace of the wall, until the director stops it. */
    private static void letTimePass(BoardPage director) {
        Locator clock = director.page().getByTestId("clock");
        String begun = clock.textContent();
        director.page()
                .locator("chevet-top-bar .group")
                .getByText("×60", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(clock).not().hasText(begun, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
        director.page().locator("chevet-top-bar .group").getByText("Pause").click();
        assertThat(director.page().locator("chevet-top-bar .group [aria-pressed=true]"))
                .hasText("Pause");
    }

    /** With what they need, in the order that the director chooses. */
    private static void exportVictims(BoardPage director) throws IOException {
        Locator age = crisis(director, "[data-sort='victim.age']");
        age.focus();
        director.page().keyboard().press("Enter");
        assertThat(age.locator("xpath=..")).hasAttribute("aria-sort", "ascending");
        Download list = director.page()
                .waitForDownload(
                        () -> crisis(director, "[data-testid=victims-export]").click());
        List<String> lines =
                Files.readString(list.path()).replace("\uFEFF", "").lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .isEqualTo("\"EXERCICE\";\"Victime\";\"Sexe, âge\";\"Besoins\";\"Arrivée\";\"Lit demandé après (min)\";"
                        + "\"Lit trouvé après (min)\";\"Au lit après (min)\";\"Où\"");
        assertThat(lines.subList(1, 3))
                .allSatisfy(line -> assertThat(line)
                        .matches(
                                "\"EXERCICE\";\"UA [12]\";\"[^\"]* ans\";\"[^\"]{3,}\";\"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\";"
                                        + "\"\\d+\";\"\\d+\";\"\\d+\";\"[^\"]*Lit[^\"]*\""));
        assertThat(crisis(director, "[data-testid=drill-cards]")).isVisible();
    }

    /** What became of a casualty is read without scrolling sideways. */
    private static void lookOnAPhone(BoardPage director) {
        director.page().setViewportSize(390, 844);
        Locator list = crisis(director, "[data-testid=victims]");
        list.scrollIntoViewIfNeeded();
        director.screenshot("drill-phone");
        assertThat((Boolean) list.evaluate("frame => frame.scrollWidth <= frame.clientWidth"))
                .isTrue();
        assertThat(crisis(director, "[data-victim]").first().boundingBox().height)
                .isLessThan(140);
        Locator title = crisis(director, "[role=table] [data-victim][role=row] [role=cell] .title")
                .first();
        assertThat(title).hasText("Arrivée");
        assertThat(title).isVisible();
        director.page().setViewportSize(1600, 950);
        assertThat(title).isHidden();
    }

    /** Who plays gives the bed with the usual screens, from the proposals. */
    private void placeCasualty(String requests, String name, int number) {
        try (BoardPage player = BoardPage.open(browser, chevet.address(requests), name)) {
            Locator request = player.page().locator("tr[data-request^='EX-'][data-request$='-" + number + "-LIT']");
            assertThat(request).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
            request.locator("button.link").first().click();
            assertThat(player.panel()).containsText("Demande");
            player.page().keyboard().press("p");
            Locator lines = player.panel().locator("[data-proposal]");
            assertThat(lines.first().locator("button.line")).isFocused();
            player.page().keyboard().press("a");
            assertThat(lines).hasCount(0);
            assertThat(player.errors()).isEmpty();
        }
    }

    /** From the last minute back to the first, before anybody had come, and on to the first decision. */
    private static void replay(BoardPage director) {
        Locator replay = director.page().locator("chevet-drill-replay");
        Locator minute = replay.locator("input[type=range]");
        assertThat(replay.getByTestId("moments")).containsText("lit réservé", PATIENCE);
        minute.focus();
        director.page().keyboard().press("End");
        assertThat(replay.getByTestId("replay-counts")).containsText("Lits occupés : 3 sur", PATIENCE);
        director.page().keyboard().press("Home");
        assertThat(replay.getByTestId("replay-counts")).containsText("Lits occupés : 1 sur", PATIENCE);
        assertThat(replay.locator("chevet-bed[bed='201'][state=OCCUPIED]")).hasCount(1);
        String begun = replay.getByTestId("replay-counts").getAttribute("data-at");
        director.page().keyboard().press("ArrowRight");
        assertThat(replay.getByTestId("replay-counts"))
                .not()
                .hasAttribute(
                        "data-at", begun, new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS));
        replay.locator("input[type=range]").scrollIntoViewIfNeeded();
        director.screenshot("drill-replay");
    }

    /** Without Chevet: the file alone. */
    private void replayReport(BoardPage director, Download report) {
        Path file = folder.resolve("report.html");
        report.saveAs(file);
        try (Page page = director.page().context().newPage()) {
            page.navigate(file.toUri().toString());
            assertThat(page.locator("#when")).containsText("Lits occupés : 1 sur");
            assertThat(page.locator("tr.later")).not().hasCount(0);
            page.locator("#minute").focus();
            page.keyboard().press("End");
            assertThat(page.locator("#when")).containsText("Lits occupés : 3 sur");
            assertThat(page.locator("tr.later")).hasCount(0);
        }
    }

    /** Who does not lead sees what happens, and nothing that would be refused. */
    private void watch(String crisis) {
        try (BoardPage watcher = BoardPage.firstVisit(browser, crisis)) {
            Locator identity = watcher.page().locator("chevet-identity");
            identity.locator("[name=name]").fill("Cléo");
            identity.locator("[name=role]").selectOption("NURSE");
            identity.locator("[type=submit]").click();
            assertThat(crisis(watcher, "[data-victim]"))
                    .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
            assertThat(crisis(watcher, "[data-testid=drill-leaders]")).isVisible();
            assertThat(crisis(watcher, "[data-testid=end]")).hasCount(0);
            assertThat(crisis(watcher, "[data-testid=step]")).hasCount(0);
            assertThat(crisis(watcher, "[data-testid=add-inject]")).hasCount(0);
            takesBack(watcher, crisis, "Ada", false);
            takesBack(watcher, crisis, "Bob", true);
            assertThat(watcher.errors()).isEmpty();
        }
    }

    /** Whether the list of acts lets somebody take back what somebody did; asked of the last act. */
    private static void takesBack(BoardPage page, String crisis, String whose, boolean may) {
        page.page().navigate(crisis.replace("/crisis", "/acts"));
        Locator act = page.page()
                .locator("chevet-recent-acts tbody tr")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile(whose)))
                .first();
        assertThat(act).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(act.locator("chevet-acts")).hasCount(may ? 1 : 0);
    }

    /** For ten hours, as the director chooses. */
    private static Locator goesDown(BoardPage director) {
        crisis(director, "[data-testid=add-inject] [name=kind]").selectOption("OUTAGE");
        crisis(director, "[data-testid=add-inject] [name=in]").fill("0");
        crisis(director, "[data-testid=add-inject] [name=lasts]").fill("600");
        crisis(director, "[data-testid=add-inject] [name=text]").fill("Informatique coupée");
        crisis(director, "[data-testid=add-inject] button.primary").click();
        Locator outage = crisis(director, "tr[data-inject]")
                .filter(new Locator.FilterOptions().setHasText("Informatique coupée"));
        assertThat(outage).containsText("fait à", PATIENCE);
        assertThat(outage).containsText("fin prévue : ");
        return outage;
    }

    /** Plans a message in an hour and goes on to it. */
    private static void step(BoardPage director, String message) {
        crisis(director, "[data-testid=add-inject] [name=kind]").selectOption("MESSAGE");
        crisis(director, "[data-testid=add-inject] [name=in]").fill("60");
        crisis(director, "[data-testid=add-inject] [name=text]").fill(message);
        crisis(director, "[data-testid=add-inject] button.primary").click();
        Locator planned = crisis(director, "tr[data-inject]").filter(new Locator.FilterOptions().setHasText(message));
        assertThat(planned).containsText("suivant", PATIENCE);
        crisis(director, "[data-testid=step]").click();
        assertThat(planned).containsText("fait à", PATIENCE);
    }

    private static Locator crisis(BoardPage page, String selector) {
        return page.page().locator("chevet-crisis " + selector);
    }

    private String realEvents() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(chevet.address("/api/v1/hospitals/BROWSER/events?limit=1000")))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
