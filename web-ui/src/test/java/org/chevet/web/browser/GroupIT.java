package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Two hospitals on one page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("Chromium needs the machine, and Playwright a moment in which nobody forks")
class GroupIT {
    private ChevetProcess chevet;
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        chevet = ChevetProcess.member(
                folder,
                List.of(
                        ChevetProcess.hospital(),
                        ChevetProcess.hospital()
                                .replace("id: BROWSER", "id: NORD")
                                .replace("Hôpital d'essai", "Hôpital du Nord")
                                .replace(
                                        "specialties: [medecine, cardiologie]",
                                        "specialties: [medecine]\n    levelOfCare: INTENSIVE")),
                port -> "");
        chevet.run();
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    void close() {
        playwright.close();
        chevet.close();
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
            board.act("block").click();
            board.confirm();
            assertThat(row(group.page(), "NORD").locator("[data-label='Libres maintenant']"))
                    .hasText("8");
            assertThat(row(group.page(), "BROWSER").locator("[data-label='Libres maintenant']"))
                    .hasText("9");
            group.screenshot("group-small");

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
            page.setViewportSize(420, 900);
            assertThat(row(page, "NORD")).isVisible();
            assertThat((Integer) page.locator("main").evaluate("(main) => main.scrollWidth - main.clientWidth"))
                    .isLessThanOrEqualTo(0);
            group.screenshot("group-narrow");
            assertThat(group.errors()).isEmpty();
        }
    }
}
