package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hospitals on one page; one of them has a past, and so a future. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(4)
@InBrowser
class GroupIT {
    private static final int PUSHED_MILLIS_MAX = 60_000;

    private ChevetProcess chevet;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder, Browser chromium) throws IOException, InterruptedException {
        String withPast = ChevetProcess.hospital()
                .replace("id: BROWSER", "id: SUD")
                .replace("Hôpital d'essai", "Hôpital du Sud")
                .replaceFirst("    rooms:", "    pole: Cœur/poumon\n    rooms:");
        PastWeeks.write(folder.resolve("data"), withPast);
        chevet = ChevetProcess.member(
                folder,
                List.of(
                        ChevetProcess.hospital(),
                        withPast,
                        ChevetProcess.hospital()
                                .replace("id: BROWSER", "id: NORD")
                                .replace("Hôpital d'essai", "Hôpital du Nord")
                                .replace(
                                        "specialties: [medecine, cardiologie]",
                                        "specialties: [medecine]\n    levelOfCare: INTENSIVE")),
                port -> "");
        chevet.command("history", "import", "--config", "chevet.yaml", "--hospital", "NORD", census(folder));
        chevet.run();
        browser = chromium;
    }

    @AfterAll
    void close() {
        chevet.close();
    }

    /** Seventy days of two patients, then a week of nine. */
    private static String census(Path folder) throws IOException {
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
        List<String> lines = new ArrayList<>(List.of("date;occupied;service"));
        for (int daysAgo = 77; daysAgo > 0; daysAgo--) {
            lines.add(today.minusDays(daysAgo) + ";" + (daysAgo > 7 ? 2 : 9) + ";");
        }
        return Files.write(folder.resolve("census.csv"), lines).toString();
    }

    private static Locator row(Page page, String hospital) {
        return page.locator("chevet-group tr[data-hospital=" + hospital + "]");
    }

    @Test
    void shouldFollowBothHospitalsAndLeadToTheirBoards() {
        try (BoardPage group = BoardPage.firstVisit(browser, chevet.address("/group"));
                BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/NORD"), "Ada")) {
            assertThat(row(group.page(), "NORD").locator("[data-label='Libres maintenant']"))
                    .hasText("9");
            board.bed("101").click();
            board.begin("block");
            board.confirm();
            assertThat(row(group.page(), "NORD").locator("[data-label='Libres maintenant']"))
                    .hasText("8");
            assertThat(row(group.page(), "BROWSER").locator("[data-label='Libres maintenant']"))
                    .hasText("9");
            assertThat(group.page().locator("chevet-group"))
                    .containsText(
                            "Prévus dans 12 h (1 sur 3)",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(PUSHED_MILLIS_MAX));
            group.screenshot("group-small");

            Locator further = group.page().getByTestId("further");
            assertThat(further.locator("table")).isHidden();
            further.locator("summary").focus();
            group.page().keyboard().press("Enter");
            Locator foreseen = further.locator("tbody tr");
            assertThat(foreseen).hasCount(2);
            assertThat(foreseen.first()).containsText("(1 sur 3)");
            Locator figures = foreseen.first().locator("td.number");
            assertThat(figures).hasCount(8);
            assertThat(figures.last()).hasText(Pattern.compile("\\d+\\s+\\d+–\\d+"));
            assertThat(foreseen.last().locator("a")).hasText("Hôpital du Sud");
            assertThat(further.locator("th").last()).hasText("14 jours");
            further.scrollIntoViewIfNeeded();
            group.screenshot("group-further");

            row(group.page(), "NORD").locator("[data-label='En attente']").click();
            assertThat(group.page()).hasURL(chevet.address("/hospitals/NORD"));
            assertThat(group.bed("101", "BLOCKED")).isVisible();
            group.page().locator("[data-view=group]").click();
            assertThat(group.page()).hasURL(chevet.address("/group"));
            assertThat(row(group.page(), "NORD")).isVisible();
            assertThat(group.errors()).isEmpty();
        }
    }

    @Test
    void shouldFindWhereABedOfAKindIsFree() {
        try (BoardPage group = BoardPage.firstVisit(browser, chevet.address("/group"))) {
            Page page = group.page();
            assertThat(row(page, "NORD")).isVisible();
            page.keyboard().press("/");
            page.keyboard().type("medec");
            page.locator("chevet-group select[name=level]").selectOption("INTENSIVE");
            Locator found = page.getByTestId("found");
            assertThat(found.locator("a")).hasCount(1);
            assertThat(found).containsText("Hôpital du Nord");
            assertThat(found).containsText("4 lits libres, propres et utilisables maintenant");
            group.screenshot("group-search");

            page.locator("chevet-group select[name=isolation]").selectOption("AIRBORNE");
            assertThat(found).containsText("Aucun lit de ce genre");
            page.locator("chevet-group select[name=isolation]").selectOption("");

            found.locator("a").focus();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(chevet.address("/hospitals/NORD/services/MEDECINE"));
        }
    }

    @Test
    void shouldSpeakEnglishBeReadAtNightAndOnAPhone() {
        try (BoardPage group = BoardPage.firstVisit(browser, chevet.address("/group"))) {
            Page page = group.page();
            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("chevet-group")).containsText("Where is a free bed?");
            assertThat(page).hasTitle("Group · Chevet");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            group.screenshot("group-dark");
            Locator further = page.getByTestId("further");
            assertThat(further).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PUSHED_MILLIS_MAX));
            further.locator("summary").click();
            assertThat(further).containsText("no free bed is more likely than not");
            page.setViewportSize(420, 900);
            assertThat(row(page, "NORD")).isVisible();
            assertThat(further.locator("th").last()).hasText("14 days");
            assertThat(further.locator("th").last()).isVisible();
            assertThat((Integer) page.locator("main").evaluate("(main) => main.scrollWidth - main.clientWidth"))
                    .isLessThanOrEqualTo(0);
            group.screenshot("group-narrow");
            further.scrollIntoViewIfNeeded();
            group.screenshot("group-narrow-further");
            assertThat(group.errors()).isEmpty();
        }
    }

    @Test
    void shouldForeseeAnswerWhatIfAndFollow() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/SUD/forecast"), "Ada")) {
            Page page = board.page();
            Locator forecast = page.locator("chevet-forecast");
            assertThat(forecast.locator("chevet-forecast-chart canvas").first()).isVisible();
            assertThat(forecast.getByText("sorties de l’établissement")).isVisible();
            assertThat(forecast.getByTestId("record").locator("tbody tr").first())
                    .containsText("1 h");
            assertThat(forecast.getByTestId("record")).containsText("CRPS");
            assertThat(forecast.getByTestId("flows").locator("tbody tr").last())
                    .containsText(Pattern.compile("14 jours(\\s*\\d+(\\s*\\d+–\\d+){3}){2}"));
            assertThat(forecast.getByTestId("ahead").locator("tbody tr").last())
                    .containsText(Pattern.compile("14 jours\\s*\\d+(\\s*\\d+–\\d+){3}(\\s*\\d+\\s%){2}"));
            forecast.locator("[data-drawn=entries]").focus();
            page.keyboard().press("Enter");
            assertThat(forecast.locator("[data-drawn=entries]")).hasAttribute("aria-pressed", "true");
            assertThat(forecast.locator("chevet-forecast-chart")).hasAttribute("words", "forecast.drawn.entries");
            forecast.getByTestId("flows").scrollIntoViewIfNeeded();
            board.screenshot("forecast-entries");
            assertThat(forecast.locator(".figures").first())
                    .containsText(Pattern.compile("seuil de tension, \\d+ patients \\(72 h\\) \\d"));
            assertThat(forecast.getByTestId("heat").locator("tbody tr")).hasCount(2);
            String patients = forecast.getByTestId("record").textContent();
            forecast.locator("[data-scored=EXITS]").focus();
            page.keyboard().press("Enter");
            assertThat(forecast.locator("[data-scored=EXITS]")).hasAttribute("aria-pressed", "true");
            assertThat(forecast.getByTestId("record").locator("tbody tr").first())
                    .containsText("1 h");
            assertThat(forecast.getByTestId("record")).not().hasText(patients);
            page.setViewportSize(1280, 950);
            for (String table : List.of("record", "heat")) {
                assertThat(beyondItsFrame(forecast.getByTestId(table)))
                        .as(table)
                        .isLessThanOrEqualTo(0);
            }
            page.setViewportSize(390, 844);
            forecast.locator("[data-scored=EXITS]").scrollIntoViewIfNeeded();
            assertThat((Integer) page.locator("main").evaluate("(main) => main.scrollWidth - main.clientWidth"))
                    .as("nothing beyond a phone's width")
                    .isLessThanOrEqualTo(0);
            assertThat(beyondItsFrame(forecast.getByTestId("record")))
                    .as("nor of the record beyond its frame's")
                    .isLessThanOrEqualTo(0);
            board.screenshot("forecast-record-phone");
            page.setViewportSize(1600, 950);

            forecast.getByTestId("heat").getByText("Médecine polyvalente").focus();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(chevet.address("/hospitals/SUD/forecast/services/MEDECINE"));
            Locator tomorrow = forecast.locator(".figures b").nth(1);
            String foreseen = tomorrow.textContent();
            Locator asked = forecast.locator(".changed b").nth(1);
            assertThat(asked).hasCount(0);
            forecast.locator("input[name=influx]").focus();
            page.keyboard().press("End");
            assertThat(forecast.getByTestId("what-if").locator("output").last()).hasText("60");
            assertThat(asked).isVisible();
            assertThat(asked).not().hasText(foreseen);
            board.screenshot("forecast-what-if");
            // Back at nothing there is no other answer than the forecast.
            page.keyboard().press("Home");
            assertThat(asked).hasCount(0);
            assertThat(tomorrow).hasText(foreseen);

            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(forecast).containsText("How good these forecasts were");
            assertThat(forecast).containsText("Risk of no free bed");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldDrawThePastUpToNowWhereTheForecastBegins() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/SUD/forecast"), "Ada")) {
            Page page = board.page();
            Locator forecast = page.locator("chevet-forecast");
            assertThat(forecast.locator("chevet-forecast-chart canvas").first()).isVisible();

            assertThat(drawn(forecast))
                    .isEqualTo("24 hours of past from the left edge, now labelled and joined, points painted 26 of 26");
            Locator past = forecast.getByTestId("past");
            assertThat(past.locator("table")).isHidden();
            past.locator("summary").focus();
            page.keyboard().press("Enter");
            assertThat(past.locator("tbody tr")).hasCount(24 + 1 + 13);
            assertThat(past.locator("tbody tr").first()).containsText(Pattern.compile("\\d\\d:00\\s*\\d+\\s*0\\s*0"));
            assertThat((Boolean) forecast.evaluate(AS_TABLED))
                    .as("the table has what is drawn")
                    .isTrue();
            board.screenshot("forecast-past");

            forecast.locator("[data-drawn=exits]").click();
            assertThat(drawn(forecast))
                    .isEqualTo("24 hours of past from the left edge, now labelled and joined, points painted 26 of 26");
            forecast.locator("[data-drawn=patients]").click();
            forecast.getByText("14 jours").first().click();
            assertThat(drawn(forecast))
                    .isEqualTo(
                            "336 hours of past from the left edge, now labelled and joined, points painted 16 of 16");

            page.setViewportSize(390, 844);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(drawn(forecast))
                    .isEqualTo(
                            "336 hours of past from the left edge, now labelled and joined, points painted 16 of 16");
            BoundingBox who = page.getByTestId("who").boundingBox();
            BoundingBox hospital = page.locator("chevet-top-bar .hospital").boundingBox();
            assertThat(who.y + who.height / 2)
                    .as("who acts stands in the first line")
                    .isBetween(hospital.y, hospital.y + hospital.height);
            assertThat(who.height).isLessThan(40);
            assertThat(page.locator("chevet-navigation select").boundingBox().width)
                    .as("the choice of day and night, at the end of the screens' row, is wide enough for a finger")
                    .isGreaterThan(24);
            assertThat(beyondItsFrame(past.locator("table")))
                    .as("no figure of the past beyond a phone's edge")
                    .isLessThanOrEqualTo(0);
            board.screenshot("forecast-past-phone");
            assertThat(board.errors()).isEmpty();
        }
    }

    private static final String AS_TABLED = """
            (view) => {
              const { forecast, series } = view.renderRoot.querySelector("chevet-forecast-chart");
              const told = [...view.renderRoot.querySelectorAll("[data-testid=past] tbody tr")].map((row) => [...row.cells].slice(1).map((cell) => Number(cell.textContent))).reverse();
              const counted = forecast.pastAt.map((_, i) => [series.past[i], series.entries.past[i], series.exits.past[i]]);
              return JSON.stringify(told) === JSON.stringify(counted);
            }""";

    /** What the chart is told to draw, and whether that is to be seen. */
    private static String drawn(Locator forecast) {
        return (String) forecast.locator("chevet-forecast-chart").evaluate("""
                async (host) => {
                  let option;
                  host.draw = (told) => { option = told(); return Object.getPrototypeOf(host).draw.call(host, () => option); };
                  host.repaint();
                  await host.updateComplete;
                  delete host.draw;
                  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                  const HOUR = 3_600_000;
                  const now = Date.parse(host.forecast.at);
                  const line = (name) => option.series.find((one) => one.name === name).data;
                  const [past, median] = [line("past"), line("median")];
                  const nowLine = option.series.flatMap((one) => one.markLine?.data ?? []).find((one) => one.xAxis === now);
                  const joined = JSON.stringify(past.at(-1)) === JSON.stringify(median[0]) && past.at(-1)[0] === now;
                  const canvas = host.renderRoot.querySelector("canvas");
                  const scale = canvas.width / host.clientWidth;
                  const { grid, xAxis, yAxis } = option;
                  const place = ([at, count]) => [
                    grid.left + ((at - xAxis.min) / (xAxis.max - xAxis.min)) * (host.clientWidth - grid.left - grid.right),
                    grid.top + ((yAxis.max - count) / (yAxis.max - yAxis.min)) * (host.clientHeight - grid.top - grid.bottom),
                  ];
                  const painted = ([x, y], ink) => {
                    const wanted = ink.match(/\\d+/g).map(Number);
                    const pixels = canvas.getContext("2d").getImageData(Math.round(x * scale) - 2, Math.round(y * scale) - 2, 5, 5).data;
                    return Array.from({ length: 25 }, (_, i) => [0, 1, 2].every((k) => Math.abs(pixels[4 * i + k] - wanted[k]) < 40) && pixels[4 * i + 3] > 150).some((one) => one);
                  };
                  const { accent, mark } = host.inks();
                  const [x] = place([now, 0]);
                  const isNow = nowLine?.label.show && nowLine.label.formatter.startsWith("maintenant") && painted([x, grid.top + 4], mark);
                  const edge = past[0][0] === xAxis.min ? "from the left edge" : "from elsewhere";
                  const seen = past.filter((point) => painted(place(point), accent) || painted(place(point), mark)).length;
                  return `${Math.floor(now / HOUR) - past[0][0] / HOUR} hours of past ${edge}, now ${isNow ? "labelled" : "missing"} and ${joined ? "joined" : "apart"}, points painted ${seen} of ${past.length}`;
                }""");
    }

    /** By how many pixels a table is wider than what is seen of it. */
    private static Integer beyondItsFrame(Locator table) {
        return (Integer) table.evaluate("(table) => table.scrollWidth - table.parentElement.clientWidth");
    }

    @Test
    void shouldTellTensionEverywhereAndWhetherYesterdayWasADayOfIt() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/SUD"), "Ada")) {
            Page page = board.page();
            assertThat(page.locator("[data-view=tension] span")).hasText(Pattern.compile("\\d"));
            assertThat(page.getByTestId("tension"))
                    .hasText(Pattern.compile("(Tension (normal|vigilance|crise)|En tension)"));
            page.getByTestId("tension").focus();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(chevet.address("/hospitals/SUD/tension"));
            Locator tension = page.locator("chevet-tension");
            assertThat(tension.getByTestId("alerts").locator("~ .tiles [data-service=MEDECINE]"))
                    .isVisible();
            // Its feeds tell of no emergency department: of the six, only the first is known.
            assertThat(tension.locator("[data-verdict]"))
                    .hasText(
                            "Tension globale non tranchée. 0 niveau sur 6 au-dessus de 3 (il en faut 3), 5 sans niveau connu.");
            assertThat(tension.locator("[data-het=HET_1] .level")).hasText(Pattern.compile("^\\d"));
            assertThat(tension.locator("[data-het=HET_2]")).containsText("aucun mouvement de classe urgences reçu");
            assertThat(tension.locator("[data-het=HET_2] .level")).hasText("inconnu");
            tension.getByTestId("het").scrollIntoViewIfNeeded();
            board.screenshot("het-unknown");
            assertThat(tension).containsText("Niveaux de 0 à 4");
            assertThat(tension.locator("[data-indicator=STAYS_OVER_21_DAYS]"))
                    .hasText(
                            Pattern.compile("0 patient$"),
                            new LocatorAssertions.HasTextOptions().setUseInnerText(true));
            page.setViewportSize(390, 844);
            Locator text = tension.locator("[data-card] > div").first();
            text.scrollIntoViewIfNeeded();
            assertThat(text.boundingBox().width)
                    .as("of a card's text, in pixels")
                    .isGreaterThan(300);
            page.setViewportSize(1600, 950);
            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(tension.locator("[data-verdict]"))
                    .hasText("Global tension not decided. 0 of 6 levels above 3 (it takes 3), 5 unknown.");
            assertThat(tension.locator("[data-indicator=STAYS_OVER_21_DAYS]")).containsText("0 patients");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldForeseeAPole() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/SUD/forecast"), "Ada")) {
            Page page = board.page();
            Locator forecast = page.locator("chevet-forecast");
            assertThat(forecast.locator("select option")).hasCount(4);
            forecast.locator("select").focus();
            page.keyboard().press("ArrowDown");
            assertThat(page).hasURL(chevet.address("/hospitals/SUD/forecast/poles/C%C5%93ur%2Fpoumon"));
            assertThat(forecast.locator("select option:checked")).hasText("Pôle Cœur/poumon");
            assertThat(forecast.locator("chevet-forecast-chart canvas").first()).isVisible();
            // Of its one service: three single rooms, and one of two with a third bed for when it is tight.
            assertThat(forecast.locator(".figures > span").first())
                    .containsText(Pattern.compile("Patients maintenant \\d / 5"));
            assertThat(forecast).containsText("choisissez un service du pôle");
            assertThat(forecast.locator("input[type=range]")).hasCount(0);
            assertThat(forecast.locator("[data-drawn]")).hasCount(0);
            assertThat(forecast.locator("[data-scored]")).hasCount(0);
            assertThat(forecast.getByTestId("record").locator("tbody tr").first())
                    .containsText("1 h");
            assertThat(forecast.getByTestId("heat").locator("tbody tr")).hasCount(1);
            board.screenshot("forecast-pole");

            forecast.getByTestId("heat").getByText("Cardiologie").click();
            forecast.locator("input[name=influx]").focus();
            page.keyboard().press("End");
            assertThat(forecast.locator(".changed b").nth(1)).isVisible();
            page.goBack();
            assertThat(forecast.locator(".changed b").nth(1)).isVisible();
            assertThat(forecast).containsText("Et les mesures essayées pour : Cardiologie.");

            page.reload();
            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(forecast.locator("select option:checked")).hasText("Pole Cœur/poumon");
            assertThat(forecast).containsText("choose a service of the pole");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldDrawFuturesWithAndWithoutAMeasure() {
        LocatorAssertions.IsVisibleOptions patience =
                new LocatorAssertions.IsVisibleOptions().setTimeout(PUSHED_MILLIS_MAX);
        try (BoardPage crisis = BoardPage.open(browser, chevet.address("/hospitals/SUD/crisis"), "Ada")) {
            Locator futures = crisis.page().locator("chevet-futures");
            Locator add = futures.getByTestId("futures-add");
            add.locator("[name=what]").selectOption("influx");
            add.locator("[name=hours]").fill("12");
            add.locator("[name=count]").fill("20");
            add.locator("button").click();
            Locator lines = futures.getByTestId("futures-lines").locator("tr");
            assertThat(lines).hasCount(1);
            assertThat(lines).containsText("20 patients de plus en 12 h");
            assertThat(futures.getByTestId("futures-ask")).isDisabled();
            add.locator("[name=what]").selectOption("beds");
            assertThat(add.locator("[name=hours]")).hasCount(0);
            add.locator("[name=count]").fill("10");
            add.locator("button").click();
            assertThat(lines).hasCount(2);
            futures.getByTestId("futures-ask").click();

            Locator result = futures.getByTestId("futures-result");
            assertThat(result).isVisible(patience);
            assertThat(result.locator("chevet-forecast-chart canvas"))
                    .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PUSHED_MILLIS_MAX));
            Locator services = futures.getByTestId("futures-services").locator("tbody tr");
            assertThat(services).hasCount(3);
            assertThat(services.nth(1).locator("td").last()).containsText("−");
            services.nth(1).locator("button").click();
            assertThat(result.locator("h2")).hasText("Cardiologie");
            result.scrollIntoViewIfNeeded();
            crisis.screenshot("futures");
            stopFutures(futures, add);

            crisis.page()
                    .getByText("EN", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(result).containsText("Hours with no free bed in 14 days");
            assertThat(crisis.errors()).isEmpty();
        }
    }

    /** So many patients that they are drawn for longer than it takes to press a button. */
    private static void stopFutures(Locator futures, Locator add) {
        add.locator("[name=what]").selectOption("influx");
        add.locator("[name=count]").fill("1000");
        for (int i = 0; i < 20; i++) {
            add.locator("button").click();
        }
        assertThat(futures.getByTestId("futures-lines").locator("tr")).hasCount(22);
        Locator ask = futures.getByTestId("futures-ask");
        ask.click();
        assertThat(ask).isDisabled();
        futures.getByTestId("futures-cancel").click();
        assertThat(futures.getByTestId("futures-cancelled")).isVisible();
        assertThat(futures.getByTestId("futures-cancel")).hasCount(0);
        assertThat(ask).isEnabled();
        Locator lines = futures.getByTestId("futures-lines").locator("tr");
        for (int left = 22; left > 2; left--) {
            lines.last().locator("button").click();
            assertThat(lines).hasCount(left - 1);
        }
        ask.click();
        assertThat(futures.getByTestId("futures-result")).isVisible();
        assertThat(ask).isEnabled();
    }

    /** Without a reload, from another browser's act. */
    @Test
    void shouldForeseeWithABedLessOnceOneIsBlocked() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/SUD"), "Ada");
                BoardPage watcher = BoardPage.open(browser, chevet.address("/hospitals/SUD/forecast"), "Bea")) {
            Locator now =
                    watcher.page().locator("chevet-forecast .figures > span").first();
            assertThat(now).containsText("Patients maintenant");
            String before = now.textContent();
            Locator free = board.page().locator("chevet-bed[bed][state=READY]").first();
            free.click();
            board.begin("block");
            board.confirmDone();
            // A bed less: so many patients of so many beds.
            assertThat(now).not().hasText(before, new LocatorAssertions.HasTextOptions().setTimeout(PUSHED_MILLIS_MAX));
            assertThat(watcher.errors()).isEmpty();
        }
    }

    @Test
    void shouldKeepWhatALinkNamesWhoeverLooks() {
        String link = chevet.address("/hospitals/SUD/forecast/services/MEDECINE");
        try (BoardPage board = BoardPage.firstVisit(browser, link)) {
            board.page().getByText("Seulement regarder").click();
            assertThat(board.page().locator("chevet-identity")).hasCount(0);
            assertThat(board.page()).hasURL(link);
            Locator forecast = board.page().locator("chevet-forecast");
            forecast.locator("input[name=influx]").focus();
            board.page().keyboard().press("End");
            assertThat(forecast.locator(".changed")).isVisible();
            assertThat(forecast.getByRole(AriaRole.ALERT)).hasCount(0);
        }
    }

    @Test
    void shouldForeseeFromACensusAlone() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/NORD/forecast"), "Ada")) {
            Page page = board.page();
            assertThat(page.getByTestId("too-little-history")).isVisible();
            assertThat(page.getByTestId("census").locator("tbody tr")).hasCount(14);
            assertThat(page.locator("chevet-forecast")).containsText("Il monte ou descend vite");
            board.screenshot("forecast-census");
            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("chevet-forecast")).containsText("It grows or falls fast: the bands are wider.");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldSayThatItKnowsTooLittleToForesee() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/forecast"), "Ada")) {
            Page page = board.page();
            Locator said = page.getByTestId("too-little-history");
            assertThat(said).hasText("Pas encore de prévision : il faut 14 jours d’observation, il y en a 0.");
            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(said).hasText("No forecast yet: it takes 14 days of observation; so far 0.");
            assertThat(page.locator("chevet-forecast-chart")).hasCount(0);
        }
    }
}
