package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that name beds which the hospital's file has not, and a file that is edited while people work. */
@InBrowser
class MendingIT {
    private ChevetProcess chevet;
    private Browser browser;

    @BeforeEach
    void open(@TempDir Path folder, Browser chromium) throws IOException {
        chevet = ChevetProcess.start(folder);
        browser = chromium;
    }

    @AfterEach
    void close() {
        chevet.close();
    }

    @Test
    void shouldReadMendReplayAndDiscardWithoutARestart() throws Exception {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/quarantine"), "Ada");
                Sender sender = new Sender(chevet.mllpPort())) {
            Page page = board.page();
            assertThat(sender.toClean("3110^109^109")).isEqualTo("AE");
            assertThat(sender.toClean("3110^199^199")).isEqualTo("AE");
            Locator rows = page.locator("chevet-quarantine tbody tr");
            assertThat(rows).hasCount(2);
            assertThat(rows.first())
                    .containsText("Aucun lit du fichier de l’établissement n’est à l’emplacement 3110^109^109.");

            rows.first().getByRole(AriaRole.BUTTON).click();
            assertThat(board.panel()).containsText("hl7: \"3110^109^109\"");
            assertThat(board.panel()).containsText("bed '3110^109^109' is not in the hospital's file");
            page.getByTestId("open-message").click();
            assertThat(board.panel().locator("tr.named")).containsText("NPU-1");
            assertThat(board.panel().locator("tr.named")).containsText("3110^109^109");
            board.screenshot("quarantine");

            page.getByTestId("replay").click();
            assertThat(page.getByTestId("outcomes")).containsText("2 toujours incompris");

            edit("      - {id: \"103\"}\n", "      - {id: \"103\"}\n      - {id: \"109\"}\n");
            page.locator("[data-view=board]").click();
            assertThat(board.bed("109", "READY")).isVisible();
            page.locator("[data-view=quarantine]").click();
            page.getByTestId("replay").click();
            assertThat(page.getByTestId("outcomes")).containsText("1 message rejoué");
            assertThat(page.getByTestId("outcomes")).containsText("1 toujours incompris");
            assertThat(rows).hasCount(1);

            rows.first().getByRole(AriaRole.CHECKBOX).check();
            page.getByTestId("discard").click();
            page.locator("chevet-quarantine [name=why]").fill("lit démoli");
            page.locator("chevet-quarantine form [type=submit]").click();
            assertThat(page.getByTestId("outcomes")).containsText("1 message écarté");
            assertThat(rows).hasCount(0);
            page.locator("[data-view=board]").click();
            assertThat(board.bed("109", "TO_CLEAN")).isVisible();
            assertThat(board.errors()).isEmpty();
        }
    }

    @Test
    void shouldShowMistakesAndWhoWouldLoseTheirBedAndApplyWhenTold() throws Exception {
        try (BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada");
                Sender sender = new Sender(chevet.mllpPort())) {
            Page page = board.page();
            sender.admit("8201", "PETIT^Luc", "3120^201^201");
            assertThat(board.bed("201", "OCCUPIED")).isVisible();

            edit("      - {id: \"201\"}\n", "      - {id: \"201\", isolation: PERHAPS}\n");
            Locator banner = page.getByTestId("layout-file");
            assertThat(banner).containsText("1 erreur");
            banner.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("chevet-layout tbody")).containsText("services[1].rooms[0].isolation");
            board.screenshot("layout-mistakes");

            edit("      - {id: \"201\", isolation: PERHAPS}\n", "");
            assertThat(page.getByTestId("stranded")).containsText("8201");
            board.screenshot("layout-stranded");

            page.getByTestId("apply").click();
            assertThat(page.getByTestId("current")).isVisible();
            assertThat(banner).hasCount(0);
            page.locator("[data-view=anomalies]").click();
            assertThat(page.locator("chevet-anomalies")).containsText("Lit retiré du fichier");
            assertThat(board.errors()).isEmpty();
        }
    }

    private void edit(String from, String to) throws IOException {
        Path file = chevet.hospitalFile();
        String before = Files.readString(file);
        assertThat(before).contains(from);
        Files.writeString(file, before.replace(from, to));
    }
}
