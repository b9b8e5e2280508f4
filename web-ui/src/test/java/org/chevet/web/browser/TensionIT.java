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
            assertThat(board.errors()).isEmpty();
        }
    }

    private static void shoot(BoardPage board, Locator what, String name) {
        what.evaluate("(element) => element.scrollIntoView({block: 'start'})");
        board.screenshot(name);
    }
}
