package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** From the feed's message to the screen. */
@InBrowser
@Isolated("It is about a time")
class AdmissionInTimeIT {
    private static final int ONE_SECOND_MILLIS = 1000;

    @Test
    void shouldShowAnAdmissionWithinASecond(@TempDir Path folder, Browser browser) throws Exception {
        try (ChevetProcess chevet = ChevetProcess.start(folder);
                BoardPage board = BoardPage.open(browser, chevet.address("/"), "Ada");
                Sender sender = new Sender(chevet.mllpPort())) {
            assertThat(board.bed("101", "READY")).isVisible();

            assertThat(sender.admit("5101", "MARTIN^Jeanne", "3110^101^101")).isEqualTo("AA");

            assertThat(board.bed("101", "OCCUPIED"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(ONE_SECOND_MILLIS));
            board.screenshot("admission");
            assertThat(board.errors()).isEmpty();
        }
    }
}
