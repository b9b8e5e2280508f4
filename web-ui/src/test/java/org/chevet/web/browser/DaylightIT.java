package org.chevet.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who leaves today, on the day of 23 hours and on that of 25: a day is one of the hospital's (Europe/Paris), from midnight to midnight, wherever
 * the browser is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@InBrowser
class DaylightIT {
    private static final String DISCHARGES = """
            async ({now, discharges}) => {
              const module = (name) =>
                import(performance.getEntriesByType("resource").map(({name}) => name).find((url) => url.endsWith(name)));
              const {tellClock} = await module("/core/clock.js");
              const {isToday} = await module("/i18n/format.js");
              tellClock({now, speed: 1, paused: true, adjustable: false});
              return discharges.map((discharge) => isToday(discharge));
            }
            """;

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

    @ParameterizedTest(name = "at {0}, in {3}")
    @CsvSource({
        // The 29th has 23 hours: it begins at 23:00Z and ends at 22:00Z.
        "2026-03-28T23:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, Europe/Paris",
        "2026-03-29T01:30:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, America/Montreal",
        "2026-03-29T21:59:59Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, Pacific/Auckland",
        "2026-03-29T22:00:00Z, 2026-03-29T22:00:00Z, 2026-03-30T22:00:00Z, America/Montreal",
        // The 25th has 25 hours: it begins at 22:00Z and ends at 23:00Z.
        "2026-10-24T22:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, Europe/Paris",
        "2026-10-25T00:30:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, America/Montreal",
        "2026-10-25T01:30:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, Pacific/Auckland",
        "2026-10-25T22:59:59Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, America/Montreal",
        "2026-10-25T23:00:00Z, 2026-10-25T23:00:00Z, 2026-10-26T23:00:00Z, Europe/Paris"
    })
    void shouldCallTodayWhatIsBetweenTheHospitalsMidnights(String now, String from, String to, String browserZone) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setTimezoneId(browserZone).setLocale("fr-FR"))) {
            Page page = context.newPage();
            page.navigate(chevet.address("/"));
            page.locator("chevet-bed").first().waitFor();
            Object today = page.evaluate(
                    DISCHARGES, Map.of("now", now, "discharges", List.of(before(from), from, before(to), to)));
            assertThat(today).isEqualTo(List.of(false, true, true, false));
        }
    }

    private static String before(String instant) {
        return java.time.Instant.parse(instant).minusMillis(1).toString();
    }
}
