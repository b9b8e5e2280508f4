package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Which bed for whom: asked, explained and taken by bed managers before their boards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("Chromium needs the machine, and Playwright a moment in which nobody forks")
class ProposalsIT {
    private ChevetProcess chevet;
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        chevet = ChevetProcess.start(folder, hospital -> hospital + """
                  - id: DAMES
                    name: Gynécologie
                    specialties: [medecine]
                    sexPolicy: WOMEN
                    rooms:
                      - {id: "301"}
                  - id: SUITE
                    name: Soins de suite
                    specialties: [medecine]
                    levelOfCare: REHABILITATION
                    rooms:
                      - {id: "401"}
                      - {id: "402", beds: [P, F]}
                """);
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    void close() {
        playwright.close();
        chevet.close();
    }

    @Test
    void shouldProposeBedsAndReserveOneByKeyboard() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            request(ada, "K1", "ACUTE");
            ada.page().locator("tr[data-request=K1] button.link").focus();
            ada.page().keyboard().press("Enter");
            assertThat(ada.panel()).containsText("Demande K1");
            assertThat(lines(ada)).hasCount(0);
            ada.page().keyboard().press("p");
            assertThat(lines(ada)).hasCount(5);
            assertThat(lines(ada).first().locator("button.line")).isFocused();
            assertThat(lines(ada).first()).containsText("Cardiologie");
            assertThat(lines(ada).first()).containsText("✔");
            ada.page().keyboard().press("ArrowDown");
            ada.page().keyboard().press("Enter");
            assertThat(lines(ada).nth(1)).containsText("Total");
            ada.screenshot("proposals-light");
            ada.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            ada.screenshot("proposals-dark");
            String second = lines(ada).nth(1).getAttribute("data-proposal");
            ada.page().keyboard().press("a");
            assertThat(ada.page().locator("tr[data-request=K1]")).containsText(second);
            assertThat(lines(ada)).hasCount(0);
            assertThat(ada.errors()).isEmpty();
        }
    }

    @Test
    void shouldSayWhyNotThisBedAndComeBack() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            request(ada, "W1", "ACUTE");
            act(ada, "block-bed", "{'bed':'202','reason':'MAINTENANCE'}");
            ada.page().locator("tr[data-request=W1] button.link").click();
            ada.page().keyboard().press("g");
            ada.bed("202", "BLOCKED").focus();
            ada.page().keyboard().press("Enter");
            assertThat(ada.panel()).containsText("Pourquoi pas le lit 202");
            assertThat(ada.panel().locator("[data-rule=bed-blocked]")).containsText("Maintenance");
            ada.screenshot("why-not");
            ada.bed("201").click();
            assertThat(ada.panel()).containsText("Le lit 201 convient");
            ada.page().locator("[lang=en]").click();
            assertThat(ada.panel()).containsText("Bed 201 fits");
            ada.page().keyboard().press("Escape");
            assertThat(ada.panel()).not().containsText("Bed 201 fits");
            assertThat(ada.panel()).containsText("W1");
            assertThat(ada.errors()).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsNearestWhereNothingFits() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            request(ada, "N1", "INTENSIVE");
            ada.page().locator("tr[data-request=N1] button.link").click();
            ada.page().keyboard().press("p");
            assertThat(ada.panel()).containsText("Aucun lit ne convient");
            assertThat(ada.panel()).containsText("au lieu de Réanimation");
            ada.screenshot("proposals-none");
            ada.page().keyboard().press("Escape");
            assertThat(ada.panel()).not().containsText("Aucun lit ne convient");
            assertThat(ada.panel()).containsText("Demande N1");
            assertThat(ada.errors()).isEmpty();
        }
    }

    @Test
    void shouldOfferTheNextBestToTheOneOfTwoWhoCameTooLate() {
        String requests = chevet.address("/hospitals/BROWSER/requests");
        try (BoardPage ada = BoardPage.open(browser, requests, "Ada");
                BoardPage bob = BoardPage.open(browser, requests, "Bob")) {
            request(ada, "R1", "ACUTE");
            request(ada, "R2", "ACUTE");
            ada.page().locator("tr[data-request=R1] button.link").click();
            bob.page().locator("tr[data-request=R2] button.link").click();
            ada.page().keyboard().press("p");
            bob.page().keyboard().press("p");
            assertThat(lines(ada).first().locator("button.line")).isFocused();
            assertThat(lines(bob).first().locator("button.line")).isFocused();
            String wanted = lines(ada).first().getAttribute("data-proposal");
            assertThat(lines(bob).first().getAttribute("data-proposal")).isEqualTo(wanted);

            ada.page().keyboard().press("a");
            assertThat(ada.page().locator("tr[data-request=R1]")).containsText(wanted);
            assertThat(lines(bob).first()).containsText("pris entre-temps");
            bob.page().keyboard().press("a");

            assertThat(bob.panel().locator(".lost")).containsText("Le lit " + wanted + " n’est plus disponible.");
            String next = lines(bob).first().getAttribute("data-proposal");
            assertThat(next).isNotEqualTo(wanted);
            assertThat(bob.panel().locator(".lost")).containsText("le " + next + ".");
            assertThat(lines(bob).first().locator("button.line")).isFocused();
            bob.screenshot("proposals-lost");
            bob.page().keyboard().press("a");
            assertThat(bob.page().locator("tr[data-request=R2]")).containsText(next);
            assertThat(ada.errors()).isEmpty();
            assertThat(bob.errors()).isEmpty();
        }
    }

    @Test
    void shouldShowWhatServicesAnswer() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            request(ada, "A1", "ACUTE");
            ada.page().locator("tr[data-request=A1] button.link").click();
            ada.page().keyboard().press("x");
            ada.panel().locator("[name=reason]").selectOption("NEEDS_TOO_HEAVY");
            ada.panel().locator("[name=service]").selectOption("MEDECINE");
            ada.confirmDone();
            assertThat(ada.panel().locator("[data-refusal=NEEDS_TOO_HEAVY]")).containsText("Médecine polyvalente");
            ada.page().keyboard().press("k");
            ada.panel().locator("[name=bed]").fill("103");
            ada.confirmDone();
            assertThat(ada.panel().locator(".counter")).containsText("Lit 103");
            ada.screenshot("negotiation");
            ada.page().keyboard().press("o");
            ada.confirmDone();
            assertThat(ada.page().locator("tr[data-request=A1]")).containsText("103");
            assertThat(ada.errors()).isEmpty();
        }
    }

    @Test
    void shouldBreakARuleForAReasonOnly() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            request(ada, "B1", "ACUTE", "MALE");
            ada.page().locator("tr[data-request=B1] button.link").click();
            ada.page().keyboard().press("r");
            ada.panel().locator("[name=bed]").fill("301");
            ada.confirm();
            assertThat(ada.panel().locator(".refused")).containsText("femmes");
            ada.panel().locator("[name=override]").selectOption("NO_OTHER_BED");
            ada.screenshot("override");
            ada.confirm();
            assertThat(ada.page().locator("tr[data-request=B1]")).containsText("301");
            assertThat(ada.errors()).isEmpty();
        }
    }

    @Test
    void shouldShowWhoLiesWhereOverTheComingNights() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            register(ada, "G1", "REHABILITATION", null);
            act(ada, "admit-stay", "{'stay':'G1','bed':'401'}");
            register(ada, "G2", "REHABILITATION", Instant.now().plus(Duration.ofDays(2)));
            register(ada, "G3", "INTENSIVE", Instant.now().plus(Duration.ofDays(3)));
            ada.page().locator("a[data-view=plan]").click();
            Locator here = bar(ada, "G1", "here");
            assertThat(here).hasAccessibleName(Pattern.compile("Lit 401, .*sortie non prévue"));
            assertThat(bar(ada, "G2", "planned")).isVisible();
            assertThat(ada.page().locator("[data-unplaced=G3]")).containsText("niveau de soins insuffisant");
            ada.screenshot("plan");
            here.focus();
            ada.page().keyboard().press("ArrowUp");
            assertThat(here).not().isFocused();
            here.focus();
            ada.page().keyboard().press("Enter");
            assertThat(ada.panel()).containsText("G1");
            ada.page().locator("[lang=en]").click();
            assertThat(ada.page().locator("[data-unplaced=G3]")).containsText("level of care too low");
            assertThat(ada.errors()).isEmpty();
        }
    }

    private static Locator bar(BoardPage board, String stay, String look) {
        return board.page().locator("[data-bar^=\"" + stay + " \"][data-look=" + look + "]");
    }

    private void register(BoardPage board, String stay, String level, @Nullable Instant arrives) {
        act(
                board,
                "register-stay",
                "{'stay':'" + stay + "','patient':{'sex':'FEMALE'},'needs':{'specialty':'medecine','levelOfCare':'"
                        + level + "','isolation':'NONE','sex':'FEMALE','ageYears':70,'equipmentRequired':[],"
                        + "'equipmentPreferred':[],'singleRoom':'INDIFFERENT'},'patientClass':'INPATIENT'"
                        + (arrives == null ? "" : ",'expectedArrival':'" + arrives + "'") + "}");
    }

    private static Locator lines(BoardPage board) {
        return board.panel().locator("li[data-proposal]");
    }

    private void request(BoardPage board, String id, String level) {
        request(board, id, level, "FEMALE");
    }

    private void request(BoardPage board, String id, String level, String sex) {
        act(
                board,
                "request-bed",
                "{'request':'" + id + "','origin':'EMERGENCY_DEPARTMENT','needs':{'specialty':'cardiologie',"
                        + "'levelOfCare':'" + level + "','isolation':'NONE','sex':'" + sex + "','ageYears':70,"
                        + "'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'},'priority':2}");
    }

    private void act(BoardPage board, String act, String body) {
        APIResponse answer = board.page()
                .request()
                .post(
                        chevet.address("/api/v1/hospitals/BROWSER/acts/" + act),
                        RequestOptions.create()
                                .setHeader("Chevet-Actor", "name=Test; role=BED_MANAGER")
                                .setHeader("Content-Type", "application/json")
                                .setData(body.replace('\'', '"')));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
