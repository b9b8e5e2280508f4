package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has beds of its own, so that they may run in any order on one hospital. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.Random.class)
@Order(2)
@InBrowser
class BoardIT {
    private static final int LOOK_EVERY_MILLIS = 100;

    private ChevetProcess chevet;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder, Browser chromium) throws IOException {
        chevet = ChevetProcess.start(folder);
        browser = chromium;
    }

    @AfterAll
    void close() {
        chevet.close();
    }

    /** What is asked for only when something that imports it was read comes a journey later. */
    @Test
    void shouldAskAtOnceForEveryModuleThatTheBoardNeeds() {
        try (BoardPage board = BoardPage.firstVisit(browser, chevet.address("/hospitals/BROWSER"))) {
            assertThat(board.bed("101")).isVisible();
            board.page()
                    .waitForFunction(
                            "() => performance.getEntriesByType('resource').some((one) => one.name.endsWith('/others.js'))",
                            null,
                            new Page.WaitForFunctionOptions().setPollingInterval(LOOK_EVERY_MILLIS));

            assertThat((List<?>) board.page().evaluate("""
                    () => {
                      const told = [...document.querySelectorAll('link[rel="modulepreload"]')].map((link) => link.href);
                      const read = performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js"));
                      const others = read.find((one) => one.name.endsWith("/others.js"));
                      return read.filter((one) => one.startTime < others.startTime && !told.includes(one.name)).map((one) => one.name);
                    }""")).isEmpty();
        }
    }

    /** As when the server restarts in that moment. */
    @ParameterizedTest
    @ValueSource(strings = {"others.js", "views/requests.js"})
    void shouldTryAgainWhenTheOtherScreensCannotBeRead(String module) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            AtomicInteger asked = new AtomicInteger();
            page.route("**/assets/js/" + module + "*", route -> {
                if (asked.getAndIncrement() == 0) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            page.navigate(chevet.address("/hospitals/BROWSER/requests"));
            assertThat(page.locator("chevet-requests h2")).isVisible();
            assertThat(page.locator("main .loading")).hasCount(0);
            assertThat(asked.get()).isGreaterThan(1);
        }
    }

    @Test
    void shouldReadThePageAgainWhenOneOfItsFilesDidNotCome() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            AtomicInteger read = new AtomicInteger();
            page.onRequest(request -> read.addAndGet(request.isNavigationRequest() ? 1 : 0));
            page.route("**/assets/js/core/signal.js", route -> {
                if (read.get() == 1) {
                    route.abort(); // Asked for twice by one page: beforehand, and by the module that needs it.
                } else {
                    route.resume();
                }
            });
            page.navigate(chevet.address("/"));
            assertThat(page.locator("chevet-bed[bed='101']")).isVisible();
            assertThat(read.get()).isEqualTo(2);
        }
    }

    @Test
    void shouldTryAgainWhenItIsNotToldWhichHospitalsThereAre() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            AtomicBoolean away = new AtomicBoolean(true);
            page.route("**/api/v1/hospitals", route -> {
                if (away.get()) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            page.navigate(chevet.address("/"));
            assertThat(page.locator("main .failure")).isVisible();
            away.set(false);
            assertThat(page.locator("chevet-bed[bed='101']")).isVisible();
            assertThat(page.locator("main .failure")).hasCount(0);
        }
    }

    @Test
    void shouldShowFeedTextAsText() throws Exception {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada");
                Sender sender = new Sender(chevet.mllpPort())) {
            sender.admit("5102", "<img src=x onerror=alert(1)>^<b>Zoe</b>", "3110^102^102");
            board.bed("102", "OCCUPIED").click();

            assertThat(board.panel().getByText("<b>Zoe</b>")).isVisible();
            assertThat(board.panel().getByText("<IMG SRC=X ONERROR=ALERT(1)>")).isVisible();
            assertThat(board.panel().locator("img")).hasCount(0);
            board.screenshot("markup");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldRefuseTheSecondOfTwoPeopleForOneBedAndSayWhy() throws Exception {
        try (BoardPage first = BoardPage.open(browser, chevet.address("/"), "Ada");
                BoardPage second = BoardPage.open(browser, chevet.address("/"), "Grace");
                Sender sender = new Sender(chevet.mllpPort())) {
            sender.admit("5103", "PETIT^Luc", "3110^103^103");
            sender.admit("5203", "GRAND^Lise", "3120^203^P");
            for (BoardPage page : List.of(first, second)) {
                page.bed(page == first ? "103" : "203P", "OCCUPIED").click();
                page.begin("transfer");
                page.panel().locator("[name=bed]").fill("202");
            }
            first.confirm();
            assertThat(first.bed("202", "OCCUPIED")).isVisible();

            second.confirm();

            Locator refusal = second.panel().getByRole(AriaRole.ALERT);
            assertThat(refusal).containsText("Le lit 202 est pris par le séjour 5103.");
            assertThat(refusal).containsText("Choisissez un autre lit, ou échangez les deux patients.");
            assertThat(refusal).hasAttribute("data-rule", "BED_OCCUPIED");
            second.screenshot("refusal");
        }
    }

    @Test
    void shouldBeUsableByKeyboardAlone() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada")) {
            Page page = board.page();
            assertThat(board.bed("104P", "READY")).isVisible();

            page.keyboard().press("/");
            page.keyboard().type("104p");
            page.keyboard().press("Enter");
            assertThat(board.bed("104P")).isFocused();
            assertThat(page).hasURL(chevet.address("/hospitals/BROWSER/beds/104P"));

            page.keyboard().press("ArrowRight");
            page.keyboard().press("Enter");
            assertThat(page).hasURL(chevet.address("/hospitals/BROWSER/beds/104F"));

            page.keyboard().press("b");
            page.keyboard().press("Enter");
            assertThat(board.bed("104F", "BLOCKED")).isVisible();

            page.locator("chevet-last-act [data-act=undo]").focus();
            page.keyboard().press("Enter");
            page.keyboard().press("Enter");
            assertThat(board.bed("104F", "READY")).isVisible();
            assertThat(page.locator("chevet-act-form")).hasCount(0);

            page.keyboard().press("Escape");
            assertThat(page).hasURL(chevet.address("/hospitals/BROWSER"));
        }
    }

    @Test
    void shouldSpeakEnglishOnceAskedAndRememberIt() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada")) {
            Page page = board.page();
            assertThat(page.getByText("Occupés / ouverts")).isVisible();

            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.getByText("Occupied / open")).isVisible();
            assertThat(page.locator("html")).hasAttribute("lang", "en");

            page.reload();
            assertThat(page.getByText("Occupied / open")).isVisible();
            board.screenshot("english");
        }
    }

    @Test
    void shouldFetchTheLibraryOfChartsOnlyForThoseWhoLookAtOne() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada")) {
            Page page = board.page();
            List<String> libraries = new ArrayList<>();
            page.onRequest(request -> {
                if (request.url().contains("/echarts/")) {
                    libraries.add(request.url());
                }
            });
            page.reload();
            assertThat(board.bed("104P")).isVisible();
            assertThat(libraries).isEmpty();

            page.locator("[data-view=occupancy]").click();
            assertThat(page.locator("chevet-occupancy-chart canvas")).isVisible();
            assertThat(page.locator("chevet-occupancy tbody tr").first()).isVisible();
            assertThat(libraries).hasSize(1);
            board.screenshot("occupancy");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldTakeOnAnActionCardAndMeasureWhatItBrings() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada")) {
            Page page = board.page();
            page.locator("[data-view=tension]").click();
            Locator card = page.locator("chevet-tension [data-card=surge-beds]");
            assertThat(card).not().hasAttribute("data-state", "TAKEN_ON");
            assertThat(page.locator("chevet-tension [data-indicator=OCCUPANCY_OPEN]"))
                    .containsText("%");

            card.locator("[data-act=takeOnCard]").click();
            // The page asks for tension anew some seconds after the board has changed.
            assertThat(card).hasAttribute("data-state", "TAKEN_ON");
            assertThat(card).containsText("lits gagnés : 0");
            board.screenshot("tension");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldTellWhoIsAtTheEmergencyDepartmentApart() throws Exception {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada");
                Sender sender = new Sender(chevet.mllpPort())) {
            sender.comeToEmergency("5301", "NOEL^Paul", "SAU");
            Locator emergency = board.page().getByTestId("emergency");
            assertThat(emergency.locator("summary")).hasText("1 patient aux urgences · 0 attend un lit");
            emergency.locator("summary").click();
            emergency.locator("button").click();

            assertThat(board.panel().locator("h2")).hasText("Urgences");
            assertThat(board.panel().locator(".tag")).hasText(new String[] {"Urgences"});
            board.begin("requestBed");
            assertThat(board.panel().locator("chevet-act-form [name=origin]")).hasValue("EMERGENCY_DEPARTMENT");
            board.screenshot("emergency");
            board.confirmDone();
            assertThat(emergency.locator("summary")).hasText("1 patient aux urgences · 1 attend un lit");
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldShowWhoCouldLeaveAndWhatKeepsThem() throws Exception {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada");
                Sender sender = new Sender(chevet.mllpPort())) {
            sender.admit("5201", "ROUX^Marie", "3120^201^201");
            Page page = board.page();
            board.bed("201", "OCCUPIED").click();
            board.begin("medicallyReady");
            board.confirmDone();
            assertThat(board.act("notMedicallyReady")).isVisible();
            // The panel's own last line, which would push the form down.
            assertThat(board.panel()
                            .locator("dt")
                            .filter(new Locator.FilterOptions().setHasText("Médicalement sortant")))
                    .isVisible();

            page.setViewportSize(1280, 700);
            page.keyboard().press("f");
            Locator kind = board.panel().locator("chevet-act-form [name=barrier]");
            assertThat(kind).isFocused();
            BoundingBox confirm =
                    board.panel().locator("chevet-act-form button[type=submit]").boundingBox();
            assertThat(confirm.y + confirm.height)
                    .as("what is told of the last act hides nothing of the next one's form")
                    .isLessThan(page.getByTestId("done").boundingBox().y);
            kind.selectOption("NURSING_HOME");
            board.panel().locator("[name=owner]").fill("Mme Petit");
            page.keyboard().press("Enter");

            Locator barrier = board.panel().locator("[data-barrier=NURSING_HOME]");
            assertThat(barrier).containsText("Place d’EHPAD ou d’USLD attendue");
            assertThat(barrier).containsText("Mme Petit");
            assertThat(board.panel().locator("chevet-act-form")).hasCount(0);
            board.screenshot("barrier");

            page.locator("[data-view=discharges]").click();
            Locator held = page.locator("chevet-discharges [data-stay='5201']");
            assertThat(held).containsText("Place d’EHPAD ou d’USLD attendue");
            assertThat(page.locator("chevet-discharges .losses [data-barrier=NURSING_HOME]"))
                    .containsText("Médecine polyvalente : 1");
            board.screenshot("barriers");

            held.locator("button").click();
            // The panel is still being filled.
            assertThat(board.panel()).containsText("ROUX");
            BoardPage.press(barrier.locator("[data-act=liftBarrier]"));
            assertThat(board.panel().locator("chevet-act-form[act=liftBarrier]"))
                    .isVisible();
            board.confirmDone();
            assertThat(barrier).hasCount(0);
            page.locator("[data-view=discharges]").click();
            assertThat(page.locator("chevet-discharges h2")).isVisible();
            assertThat(held).hasCount(0);
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldSayThatItIsLostAndHealByItself() throws Exception {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada")) {
            Locator lost = board.page().getByTestId("lost");
            assertThat(board.bed("104S")).isVisible();
            assertThat(lost).hasCount(0);

            chevet.kill();
            assertThat(lost).containsText("Connexion perdue");
            board.screenshot("lost");

            chevet.run();
            assertThat(lost).hasCount(0);
            assertThat(board.bed("104S")).isVisible();
        }
    }
}
