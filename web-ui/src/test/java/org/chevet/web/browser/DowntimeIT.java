package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The server is gone: the last board is there to be read and printed, as a copy, and goes when it must. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@InBrowser
class DowntimeIT {
    private ChevetProcess chevet;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder, Browser chromium) throws Exception {
        chevet = ChevetProcess.start(folder);
        browser = chromium;
        try (Sender sender = new Sender(chevet.mllpPort())) {
            assertThat(sender.admit("7101", "MARTIN^Jeanne", "3110^101^101")).isEqualTo("AA");
        }
    }

    @AfterAll
    void close() {
        chevet.close();
    }

    @Test
    void shouldShowTheLastBoardAfterAReloadWhileTheServerIsGoneAndHealByItself() throws Exception {
        try (BoardPage board = opened()) {
            hide(board);
            awaitCopy(board);
            Page page = board.page();
            chevet.kill();
            assertThat(lost(board)).containsText("Connexion perdue");

            page.reload();

            assertThat(lost(board)).containsText("Copie de secours");
            assertThat(lost(board)).containsText("aucun acte possible");
            assertThat(board.bed("101", "OCCUPIED")).isVisible();
            board.bed("102", "READY").click();
            assertThat(board.act("block")).isDisabled();
            board.screenshot("downtime-copy");
            assertThat(board.errors()).isEmpty();

            chevet.run();
            assertThat(lost(board)).hasCount(0);
            assertThat(board.act("block")).isEnabled();
            assertThat(board.bed("101", "OCCUPIED")).isVisible();
        }
    }

    /** A copy has what a board shows, and that is no name. */
    @Test
    void shouldKeepNoNames() throws Exception {
        try (BoardPage board = opened()) {
            awaitCopy(board);
            Object kept = board.page()
                    .evaluate(IN_STORE.formatted(
                            "readonly", "result = () => JSON.stringify(all.result); const all = store.getAll();"));
            assertThat(String.valueOf(kept))
                    .contains("7101")
                    .doesNotContainIgnoringCase("martin")
                    .doesNotContainIgnoringCase("jeanne");
        }
    }

    /** The server does not come back while these people try one thing each. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Gone {
        private static final int PEOPLE = 6;

        private final Queue<BoardPage> people = new ArrayDeque<>();

        @BeforeAll
        void isKilled() throws Exception {
            for (int i = 0; i < PEOPLE; i++) {
                people.add(opened());
            }
            for (BoardPage board : people) {
                hide(board);
                awaitCopy(board);
            }
            chevet.kill();
            for (BoardPage board : people) {
                assertThat(lost(board)).isVisible();
            }
        }

        @Test
        void shouldOpenTheCopyByTheBareAddressToo() throws Exception {
            try (BoardPage board = people.remove()) {
                board.page().navigate(chevet.address("/"));
                assertThat(lost(board)).containsText("Copie de secours");
                assertThat(board.page()).hasURL(chevet.address("/hospitals/BROWSER"));
            }
        }

        @Test
        void shouldNotCallAHospitalInventedWhileNobodySaysWhetherItHasAFile() throws Exception {
            try (BoardPage board = people.remove()) {
                board.page().navigate(chevet.address("/hospitals/BROWSER/layout"));
                assertThat(lost(board)).containsText("Copie de secours");
                assertThat(board.page().getByTestId("look")).isDisabled();
            }
        }

        @Test
        void shouldEraseTheCopyWhenAsked() throws Exception {
            try (BoardPage board = people.remove()) {
                board.page().reload();
                assertThat(lost(board)).containsText("Copie de secours");

                board.page().getByTestId("erase").click();

                assertThat(lost(board)).containsText("pas de copie");
                assertThat(board.bed("101")).hasCount(0);
                assertThat(copies(board)).isZero();
            }
        }

        @Test
        void shouldForgetTheCopyWhenItsTimeIsOver() throws Exception {
            try (BoardPage board = people.remove()) {
                // Thirteen hours ago, of the twelve that it may be kept.
                board.page().evaluate(IN_STORE.formatted("readwrite", """
                        const all = store.getAll();
                        all.onsuccess = () => all.result.forEach((copy) =>
                            store.put({ ...copy, takenMillis: copy.takenMillis - 13 * 3600e3, keptUntilMillis: copy.keptUntilMillis - 13 * 3600e3 }));
                        """));

                board.page().reload();

                assertThat(lost(board)).containsText("pas de copie");
                assertThat(copies(board)).isZero();
            }
        }

        @Test
        void shouldKeepNoCopyForWhoWantsNone() throws Exception {
            try (BoardPage board = people.remove()) {
                board.page().keyboard().press("?");
                board.page().getByTestId("keep-copy").click();
                assertThat(board.page().getByTestId("keep-copy")).containsText("Garder une copie");
                board.page().reload();
                assertThat(lost(board)).containsText("pas de copie");
            }
        }

        @Test
        void shouldPrintTheWholeBoardOnPaper() throws Exception {
            try (BoardPage board = people.remove()) {
                board.page().evaluate("() => window.dispatchEvent(new Event('beforeprint'))");
                Locator paper = board.page().locator("#paper");

                assertThat(paper.locator("header")).containsText("Copie de secours");
                assertThat(paper.locator("header")).containsText("Serveur injoignable");
                assertThat(paper.locator("header")).containsText("Hôpital d'essai");
                // Nine beds that are there and one for surge, by service, each with its state in words.
                assertThat(paper.locator("td.bed")).hasCount(10);
                assertThat(paper.locator("tr:has(td.bed:text-is('101'))")).containsText("occupé");
                assertThat(paper.locator("tr:has(td.bed:text-is('101'))")).containsText("7101");
                assertThat(paper.locator("tr:has(td.bed:text-is('102'))")).containsText("libre");
                assertThat(paper).isHidden();
                board.page().evaluate("() => window.dispatchEvent(new Event('afterprint'))");
                assertThat(paper.locator("td")).hasCount(0);

                Path file = Path.of("target", "screenshots", "paper.pdf");
                byte[] pdf = board.page()
                        .pdf(new Page.PdfOptions().setPreferCSSPageSize(true).setPath(file));
                assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
                // A4 in points, which are of 1/72 inch.
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .containsPattern("/MediaBox \\[0 0 59[45]\\S* 84[12]\\S*\\]");
                assertThat(board.errors()).isEmpty();
            }
        }
    }

    private static final String IN_STORE = """
            () => new Promise((resolve, reject) => {
              let result = () => null;
              const opening = indexedDB.open("chevet-copy");
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const transaction = opening.result.transaction("boards", "%s");
                const store = transaction.objectStore("boards");
                transaction.oncomplete = () => { opening.result.close(); resolve(result()); };
                %s
              };
            })""";

    private BoardPage opened() {
        BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada");
        assertThat(board.bed("101", "OCCUPIED")).isVisible();
        return board;
    }

    /** A page whose window is hidden keeps a copy at once, others every few seconds. */
    private static void hide(BoardPage board) {
        board.page().evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
    }

    /** Until the browser has the page's files and a copy of the board. */
    private static void awaitCopy(BoardPage board) throws InterruptedException {
        long deadline = System.nanoTime() + Chromium.PATIENCE_MILLIS * 1_000_000L;
        while (!hasPage(board) || copies(board) == 0) {
            assertThat(System.nanoTime()).as("a copy is kept").isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    /** "/" comes with all that was read before anybody kept it; what is read later is kept as it comes. */
    private static boolean hasPage(BoardPage board) {
        return (Boolean) board.page().evaluate("""
                async () => {
                  const kept = await caches.open("chevet-page");
                  return (await kept.match("/")) !== undefined && (await kept.keys()).length > 50;
                }""");
    }

    private static int copies(BoardPage board) {
        return ((Number) board.page()
                        .evaluate(IN_STORE.formatted(
                                "readonly", "const count = store.count(); result = () => count.result;")))
                .intValue();
    }

    private static Locator lost(BoardPage board) {
        return board.page().getByTestId("lost");
    }
}
