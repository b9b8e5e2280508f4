package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One person's browser on the dashboard. */
final class BoardPage implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();

    private BoardPage(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
        this.page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                errors.add(message.text());
            }
        });
    }

    /** Somebody who has not been here before. */
    static BoardPage firstVisit(Browser browser, String address) {
        BoardPage visit = new BoardPage(browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1600, 950).setLocale("fr-FR")));
        visit.page.navigate(address);
        return visit;
    }

    /** Somebody who said who they are. */
    static BoardPage open(Browser browser, String address, String name) {
        BoardPage visit = firstVisit(browser, address);
        try {
            visit.page
                    .getByLabel("Nom", new Page.GetByLabelOptions().setExact(true))
                    .fill(name);
        } catch (TimeoutError notAsked) {
            visit.screenshot("not-asked-who");
            throw notAsked;
        }
        visit.page.keyboard().press("Enter");
        assertThat(visit.page.getByTestId("who")).containsText(name);
        return visit;
    }

    Page page() {
        return page;
    }

    Locator bed(String id) {
        return page.locator("chevet-bed[bed=\"" + id + "\"]");
    }

    Locator bed(String id, String state) {
        return page.locator("chevet-bed[bed=\"" + id + "\"][state=\"" + state + "\"]");
    }

    Locator panel() {
        return page.locator("aside");
    }

    Locator act(String id) {
        return panel().locator("[data-act=\"" + id + "\"]");
    }

    /** By its key and not by the pointer, below which another button may be by then: a panel goes on being filled after it opens. */
    void begin(String act) {
        press(act(act));
    }

    static void press(Locator button) {
        assertThat(button).isEnabled();
        button.press("Enter");
    }

    void confirm() {
        panel().locator("chevet-act-form button[type=submit]").click();
    }

    /** Confirms what will be done: the form is gone and keys reach the panel again. The board may show the act before that. */
    void confirmDone() {
        confirm();
        assertThat(panel().locator("chevet-act-form")).hasCount(0);
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** What the page's scripts and its content security policy complained of. */
    List<String> errors() {
        return errors;
    }

    @Override
    public void close() {
        context.close();
    }
}
