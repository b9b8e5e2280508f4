package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** HET of a hospital whose emergency department was full yesterday. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@InBrowser
class TensionIT {
    /** What the page makes of a level, before the server tells the true one again. */
    private static final String LEVELS = """
            async (view) => {
              const texts = [];
              for (const level of [2.96, 3, 3.04]) {
                view.indicators.value.inTension.six[0].level = level;
                view.requestUpdate();
                await view.updateComplete;
                texts.push(view.renderRoot.querySelector("[data-het=HET_1] .level").textContent);
              }
              return texts.join(" ");
            }
            """;

    /** What the page says of a service that has no bed left now, before the server tells what is true again. */
    private static final String SATURATED = """
            async (view) => {
              const told = view.tension.value;
              const { now: since } = told;
              Object.assign(told.levels[1], { level: "TENSION", why: "SATURATION", saturationHours: 0, thresholdHours: 4 });
              const reason = { service: "CARDIO", card: null, why: "SATURATION", value: 0, limit: 4, since };
              told.alerts = [{ key: "full", kind: "SERVICE_LEVELS", level: "TENSION", since, reasons: [reason], snoozedUntil: null, snoozeReason: null }];
              view.requestUpdate();
              await view.updateComplete;
              const text = (selector) => view.renderRoot.querySelector(selector).textContent.replace(/\\s+/g, " ").trim();
              return [text("[data-service=CARDIO] small"), text("[data-alert=full] .name"), text("[data-alert=full] p")].join(" / ");
            }
            """;

    private ChevetProcess chevet;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder, Browser chromium) throws IOException {
        PastWeeks.writeWithEmergency(folder.resolve("data"), ChevetProcess.hospital());
        chevet = ChevetProcess.member(folder, List.of(ChevetProcess.hospital()), port -> "");
        chevet.run();
        browser = chromium;
    }

    @AfterAll
    void close() {
        chevet.close();
    }

    @Test
    void shouldShowTheFiguresOfHetWithWhatTheyAreComparedWith() {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/tension"), "Ada")) {
            Page page = board.page();
            Locator het = page.getByTestId("het");
            assertThat(het.locator("[data-verdict=GLOBAL_TENSION]"))
                    .hasText(
                            "Journée en tension globale. 3 niveaux sur 6 au-dessus de 3 (il en faut 3), 0 sans niveau connu.");
            Locator visits = het.locator("[data-het=HET_2]");
            assertThat(visits.locator(".figure")).hasText("9");
            assertThat(visits.locator(".level")).hasText("4");
            // Two or three in turn.
            assertThat(visits)
                    .containsText(
                            Pattern.compile(
                                    "d’ordinaire 2,5 ± 0,5 · niveau 3 dépassé au-delà de 4 · plus tendu que 29 des 29 jours connus depuis le \\d"));
            assertThat(het.locator("[data-het=HET_3] .figure")).hasText("6 h");
            assertThat(het.locator("[data-het=HET_4] .figure")).hasText("100 %");
            assertThat(het.locator("[data-het=HET_1]")).containsText("dépass");
            assertThat(het.locator("chevet-het-radar circle")).hasCount(6);
            assertThat(het.locator("chevet-het-radar polygon.shape")).hasCount(1);
            shoot(board, het, "het");
            String ofVisits = "\\{hospital=\"BROWSER\",indicator=\"het_2\"} ";
            assertThat(page.request().get(chevet.address("/metrics")).text())
                    .contains(
                            "chevet_het_global_tension{hospital=\"BROWSER\"} 1.0",
                            "chevet_het_unknown{hospital=\"BROWSER\"} 0.0")
                    .containsPattern("chevet_het_figure" + ofVisits + "9\\.0")
                    .containsPattern("chevet_het_mean" + ofVisits + "2\\.[45]")
                    .containsPattern("chevet_het_limit" + ofVisits + "4\\.0")
                    .containsPattern("chevet_het_history_days" + ofVisits + "29\\.0");

            page.setViewportSize(390, 844);
            shoot(board, het, "het-phone");
            assertThat((Integer) het.evaluate("(frame) => frame.scrollWidth - frame.clientWidth"))
                    .as("pixels of the table that a phone does not show")
                    .isZero();
            page.setViewportSize(1280, 950);
            page.getByText("EN", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(het.locator("[data-verdict]"))
                    .hasText("A day in global tension. 3 of 6 levels above 3 (it takes 3), 0 unknown.");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            shoot(board, het, "het-dark");
            assertThat(page.locator("chevet-tension").evaluate(LEVELS))
                    .as("no level reads as 3 that is beyond it, or short of it")
                    .isEqualTo("2.9 3 3.1");
            assertThat((String) page.locator("chevet-tension").evaluate(SATURATED))
                    .matches(
                            "load [\\d.]+ % of staffed beds · saturated now / Services: tension / Why: Cardiologie: saturated now");
            assertThat(board.errors()).isEmpty();
        }
    }

    private static void shoot(BoardPage board, Locator what, String name) {
        what.evaluate("(element) => element.scrollIntoView({block: 'start'})");
        board.screenshot(name);
    }
}
