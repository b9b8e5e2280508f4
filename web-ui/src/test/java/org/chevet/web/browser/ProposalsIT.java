package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Which bed for whom: asked, explained and taken by bed managers before their boards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(6)
@InBrowser
class ProposalsIT {
    private static final String STAY_PLAN = "**/stay-plan";
    private static final Instant IN_TWO_HOURS = Instant.now().plus(Duration.ofHours(2));

    private ChevetProcess chevet;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder, Browser chromium) throws IOException {
        chevet = ChevetProcess.start(
                folder,
                hospital -> hospital.replace("Europe/Paris", zoneWhereItIsNoon())
                                .replace(
                                        "  medecine:",
                                        "  endocrinologie: Endocrinologie\n  neurologie: Neurologie\n  nephrologie: Néphrologie\n  pneumologie: Pneumologie\n  medecine:")
                        + """
                  - id: DAMES
                    name: Gynécologie
                    specialties: [medecine]
                    sexPolicy: WOMEN
                    rooms:
                      - {id: "301"}
                  - id: NEURO
                    name: Neurologie
                    specialties: [neurologie]
                    rooms:
                      - {id: "401"}
                      - {id: "402"}
                  - id: PNEUMO
                    name: Pneumologie
                    specialties: [pneumologie, neurologie]
                    rooms:
                      - {id: "501"}
                      - {id: "502"}
                  - id: NEPHRO
                    name: Néphrologie
                    specialties: [nephrologie]
                    rooms:
                      - {id: "601"}
                      - {id: "602"}
                  - id: ENDO
                    name: Endocrinologie
                    specialties: [endocrinologie]
                    rooms:
                      - {id: "801"}
                  - id: SUITE
                    name: Soins de suite
                    specialties: [medecine]
                    levelOfCare: REHABILITATION
                    rooms:
                      - {id: "701"}
                      - {id: "702", beds: [P, F]}
                """);
        browser = chromium;
    }

    @AfterAll
    void close() {
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
            ada.bed("201").click();
            ada.panel().locator("[data-why-not=take]").click();
            assertThat(ada.bed("201", "RESERVED")).isVisible();
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

            assertThat(bob.panel().locator(".warned")).containsText("Le lit " + wanted + " n’est plus disponible.");
            String next = lines(bob).first().getAttribute("data-proposal");
            assertThat(next).isNotEqualTo(wanted);
            assertThat(bob.panel().locator(".warned")).containsText("le " + next + ".");
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

    /** It costs points and is no obstacle: there may be staff by now. */
    @Test
    void shouldProposeABedThatWasRefusedLatelyAndSaySo() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            requestFor(ada, "E1", "endocrinologie");
            act(ada, "refuse-bed-request", "{'request':'E1','service':'ENDO','bed':'801','reason':'NO_STAFF'}");
            ada.page().locator("tr[data-request=E1] button.link").click();
            assertThat(ada.panel().locator("[data-refusal=NO_STAFF]")).containsText("Endocrinologie");
            ada.page().keyboard().press("p");
            assertThat(lines(ada).first().locator("button.line")).isFocused();
            assertThat(lines(ada).first()).containsText("801");
            assertThat(lines(ada).first()).containsText("refus récent");
            ada.page().keyboard().press("Enter");
            assertThat(lines(ada).first().locator("table.parts")).containsText("Endocrinologie");
            ada.screenshot("refused-lately");
            ada.page().locator("[lang=en]").click();
            assertThat(lines(ada).first()).containsText("refused lately");
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
            assertThat(ada.panel().locator(".refused")).containsText("Le service Gynécologie n’accueille que : femmes");
            ada.panel().locator("[name=override]").selectOption("NO_OTHER_BED");
            ada.screenshot("override");
            ada.confirm();
            assertThat(ada.page().locator("tr[data-request=B1]")).containsText("301");
            assertThat(ada.errors()).isEmpty();
        }
    }

    /** Of each pair of beds the first is used at once, the second when the moves are computed again. */
    @Test
    void shouldFreeABedByMovesAndStopWhereTheWorldHasChanged() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            act(ada, "close-bed", "{'bed':'402'}");
            act(ada, "close-bed", "{'bed':'502'}");
            admit(ada, "M1", "501");
            requestFor(ada, "C1", "pneumologie");
            ada.page().locator("tr[data-request=C1] button.link").click();
            ada.page().keyboard().press("p");
            assertThat(ada.panel()).containsText("Aucun lit ne convient");
            ada.screenshot("cascade-none-fits");
            ada.page().keyboard().press("g");
            assertThat(ada.bed("501", "OCCUPIED")).isVisible();
            ada.page().keyboard().press("m");
            assertThat(step(ada, 1, "open")).containsText("501 → 401");
            assertThat(step(ada, 2, "later")).containsText("Réserver 501 pour la demande C1");
            assertThat(ada.page().locator("chevet-moves [data-move]")).hasCount(2);
            ada.screenshot("cascade-light");

            ada.page().keyboard().press("a");
            assertThat(step(ada, 1, "done")).isVisible();
            assertThat(step(ada, 2, "open")).containsText("Réserver le 501 dès");
            assertThat(ada.bed("401", "OCCUPIED")).isVisible();
            ada.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            ada.screenshot("cascade-dark");
            ada.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));

            act(ada, "finish-cleaning", "{'bed':'501'}");
            requestFor(ada, "C2", "pneumologie");
            act(ada, "reserve-bed", "{'request':'C2','bed':'501','until':'" + IN_TWO_HOURS + "'}");
            assertThat(step(ada, 2, "changed")).isVisible();
            assertThat(ada.panel().locator("[data-cascade=changed]")).containsText("La situation a changé");
            assertThat(ada.panel().locator("[data-cascade=changed]")).containsText("Ce qui est fait reste fait");
            assertThat(ada.panel().locator("[data-cascade=accept]")).hasCount(0);
            ada.screenshot("cascade-changed");

            act(ada, "open-bed", "{'bed':'402'}");
            act(ada, "open-bed", "{'bed':'502'}");
            admit(ada, "M2", "502");
            assertThat(ada.bed("502", "OCCUPIED")).isVisible();
            ada.page().keyboard().press("m");
            assertThat(step(ada, 1, "open")).containsText("502 → 402");
            ada.page().keyboard().press("a");
            assertThat(step(ada, 2, "open")).isVisible();
            act(ada, "set-staffed-capacity", "{'service':'PNEUMO','beds':1}");
            ada.page().keyboard().press("a");
            assertThat(ada.panel().locator("[data-cascade=changed][data-rule=PLACEMENT_RULES_BROKEN]"))
                    .containsText("502");
            ada.screenshot("cascade-refused");

            act(ada, "set-staffed-capacity", "{'service':'PNEUMO','beds':2}");
            ada.page().keyboard().press("m");
            assertThat(ada.panel()).containsText("Un lit convient sans déplacer personne");
            ada.page().keyboard().press("a");
            assertThat(ada.bed("502", "TO_CLEAN")).containsText("R");
            assertThat(ada.panel().locator("chevet-cascade")).hasCount(0);
            assertThat(ada.errors()).isEmpty();
        }
    }

    @Test
    void shouldShowWhoLiesWhereOverTheComingNights() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            register(ada, "G1", "REHABILITATION", null);
            act(ada, "admit-stay", "{'stay':'G1','bed':'701'}");
            register(ada, "G2", "REHABILITATION", Instant.now().plus(Duration.ofDays(2)));
            register(ada, "G3", "INTENSIVE", Instant.now().plus(Duration.ofDays(3)));
            ada.page().locator("a[data-view=plan]").click();
            Locator here = bar(ada, "G1", "here");
            assertThat(here).hasAccessibleName(Pattern.compile("Lit 701, .*sortie non prévue"));
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

            showLeaveAsOverdueAndAMove(ada);
            act(ada, "plan-discharge", "{'stay':'G1','expected':'" + IN_TWO_HOURS + "'}");
            assertThat(bar(ada, "G1", "late")).hasAccessibleName(Pattern.compile("Bed 701, .*discharge was expected"));
            ada.screenshot("plan-late");

            ada.page().setViewportSize(320, 844);
            Locator moves = ada.page().locator("[data-list=moves]");
            assertThat(moves.locator("[data-move=G1]")).containsText("701 → 702P");
            assertThat((Integer) moves.evaluate("(list) => list.scrollWidth - list.clientWidth"))
                    .as("pixels of where a patient goes that a phone does not show")
                    .isZero();
            ada.page().unroute(STAY_PLAN);
            assertThat(ada.errors()).isEmpty();
        }
    }

    /** Nobody can plan a leave in the past, and to wait for one would take minutes; a move needs more patients than there are here. */
    private static void showLeaveAsOverdueAndAMove(BoardPage board) {
        String anHourAgo = Instant.now().minus(Duration.ofHours(1)).toString();
        board.page().route(STAY_PLAN, route -> {
            APIResponse answer = route.fetch();
            String told = answer.text()
                    .replaceAll("(\"expectedDischarge\":\")[^\"]+", "$1" + anHourAgo)
                    .replaceFirst(
                            "\"moves\":\\[.*?]",
                            "\"moves\":[{\"stay\":\"G1\",\"from\":\"701\",\"to\":\"702P\",\"night\":0}]");
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(told));
        });
    }

    @Test
    void shouldPlanTheWholeQueueTakeALineAndMarkWhatTheWorldOvertook() {
        try (BoardPage ada = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada")) {
            requestFor(ada, "Q1", needs("nephrologie", "ACUTE", "FEMALE"), 1);
            requestFor(ada, "Q2", needs("nephrologie", "ACUTE", "FEMALE"), 2);
            requestFor(ada, "Q3", needs("nephrologie", "ACUTE", "FEMALE"), 4);
            requestFor(ada, "Q4", needs("nephrologie", "INTENSIVE", "FEMALE"), 4);
            admit(ada, "N1", "602", "nephrologie");
            act(ada, "plan-discharge", "{'stay':'N1','expected':'" + IN_TWO_HOURS + "'}");
            assertThat(row(ada, "Q4")).isVisible();
            ada.page().keyboard().press("q");
            assertThat(planned(ada, "Q1", "open")).containsText("601");
            assertThat(planned(ada, "Q2", "open")).containsText("602");
            assertThat(planned(ada, "Q3", "unplaced")).containsText("P1 Femme, 70 ans · P2 Femme, 70 ans");
            assertThat(planned(ada, "Q4", "unplaced")).containsText("aucun lit ne convient");
            assertThat(ada.page().locator("[data-plan=shown]")).containsText("optimum prouvé");
            ada.screenshot("queue-plan");

            planned(ada, "Q2", "open").locator("[data-plan=take]").click();
            assertThat(planned(ada, "Q2", "taken")).isVisible();
            assertThat(row(ada, "Q2")).containsText("dès");
            act(ada, "block-bed", "{'bed':'601','reason':'MAINTENANCE'}");
            assertThat(planned(ada, "Q1", "stale")).containsText("n’est plus à prendre");
            assertThat(ada.page().locator("[data-plan=overtaken]")).containsText("1 ligne dépassée");
            assertThat(planned(ada, "Q1", "stale").locator("[data-plan=take]")).hasCount(0);
            ada.screenshot("queue-plan-overtaken");

            ada.page().locator("[data-plan=again]").click();
            assertThat(planned(ada, "Q1", "unplaced")).containsText("aucun lit ne convient");
            row(ada, "Q2")
                    .locator("button.link", new Locator.LocatorOptions().setHasText("602"))
                    .first()
                    .click();
            assertThat(ada.panel()).containsText("Demande Q2");
            ada.screenshot("held-for-later");
            assertThat(ada.errors()).isEmpty();
        }
    }

    private static Locator row(BoardPage board, String request) {
        return board.page().locator("tr[data-request=" + request + "]");
    }

    private static Locator planned(BoardPage board, String request, String state) {
        return row(board, request).locator("td[data-planned=" + state + "]");
    }

    private static Locator step(BoardPage board, int number, String state) {
        return board.panel().locator("li[data-step='" + number + "'][data-state=" + state + "]");
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
        requestFor(board, id, needs("cardiologie", level, sex), 2);
    }

    private void requestFor(BoardPage board, String id, String specialty) {
        requestFor(board, id, needs(specialty, "ACUTE", "FEMALE"), 2);
    }

    private void requestFor(BoardPage board, String id, String needs, int priority) {
        act(
                board,
                "request-bed",
                "{'request':'" + id + "','origin':'EMERGENCY_DEPARTMENT','needs':" + needs + ",'priority':" + priority
                        + "}");
    }

    private void admit(BoardPage board, String stay, String bed) {
        admit(board, stay, bed, "neurologie");
    }

    private void admit(BoardPage board, String stay, String bed, String specialty) {
        act(
                board,
                "register-stay",
                "{'stay':'" + stay + "','patient':{'identifier':null,'familyName':'Morel','givenName':'Anne',"
                        + "'sex':'FEMALE','birthDate':'1950-05-17'},'needs':" + needs(specialty, "ACUTE", "FEMALE")
                        + ",'patientClass':'INPATIENT'}");
        act(board, "admit-stay", "{'stay':'" + stay + "','bed':'" + bed + "'}");
    }

    private static String needs(String specialty, String level, String sex) {
        return "{'specialty':'" + specialty + "','levelOfCare':'" + level + "','isolation':'NONE','sex':'" + sex
                + "','ageYears':70,'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";
    }

    /** Nobody is moved at night unless that is asked for. */
    private static String zoneWhereItIsNoon() {
        int hoursAhead = 12 - Instant.now().atOffset(ZoneOffset.UTC).getHour();
        // These zones are named by how far they are behind.
        return "Etc/GMT" + (hoursAhead < 0 ? "+" + -hoursAhead : "-" + hoursAhead);
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
