package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two bed managers in two hospitals, each before their own board. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@InBrowser
class TransferIT {
    private ChevetProcess chevet;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder, Browser chromium) throws IOException {
        chevet = ChevetProcess.startGroup(folder, "SUD", "Hôpital du Sud");
        browser = chromium;
    }

    @AfterAll
    void close() {
        chevet.close();
    }

    @Test
    void shouldTakeAPatientFromOneHospitalToAnother() throws Exception {
        try (BoardPage north = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada");
                BoardPage south = BoardPage.open(browser, chevet.address("/hospitals/SUD/requests"), "Bob");
                Sender sender = new Sender(chevet.mllpPort())) {
            sender.admit("8201", "PETIT^Luc", "3120^201^201");
            north.page().locator("[data-view=board]").click();
            north.bed("201", "OCCUPIED").click();
            assertThat(north.panel()).containsText("PETIT");
            north.begin("askTransfer");
            north.panel().locator("[name=hospital]").selectOption("SUD");
            north.panel().locator("[name=service]").selectOption("CARDIO");
            north.panel().locator("[name=note]").fill("rapprochement");
            north.screenshot("transfer-ask");
            north.confirm();
            north.page().locator("[data-view=requests]").click();
            assertThat(row(north, "ASKED")).containsText("vers Hôpital du Sud");

            assertThat(row(south, "ASKED")).containsText("rapprochement");
            assertThat(row(south, "ASKED")).not().containsText("P. L.");
            act(south, "offerTransfer");
            form(south).locator("[name=bed]").fill("201");
            submit(south);
            assertThat(row(south, "OFFERED")).containsText("201");

            assertThat(row(north, "OFFERED")).containsText("Lit proposé");
            north.screenshot("transfer-offered");
            act(north, "acceptTransfer");
            assertThat(row(south, "ACCEPTED")).containsText("P. L.");
            act(north, "departTransfer");
            submit(north);
            assertThat(row(south, "DEPARTED")).containsText("En route");

            act(south, "arriveTransfer");
            form(south).locator("[name=stay]").fill("S-77");
            south.screenshot("transfer-arrive");
            submit(south);
            assertThat(row(south, "ARRIVED")).isVisible();
            assertThat(row(north, "ARRIVED")).containsText("S-77");
            north.screenshot("transfer-arrived");
            south.page().locator("[data-view=board]").click();
            south.bed("201", "OCCUPIED").click();
            south.begin("cancelMovement");
            south.panel().locator("[name=why]").fill("erreur de lit");
            south.confirmDone();
            south.page().locator("[data-view=requests]").click();
            assertThat(row(south, "ARRIVED")).containsText("Arrivée annulée");
            assertThat(row(north, "ARRIVED")).containsText("Arrivée annulée");
            north.screenshot("transfer-taken-back");
            assertThat(north.errors()).isEmpty();
            assertThat(south.errors()).isEmpty();
        }
    }

    @Test
    void shouldSayWhyAndWhereWithTheKeyboardAloneAndInEnglish() throws Exception {
        try (BoardPage north = BoardPage.open(browser, chevet.address("/hospitals/BROWSER/requests"), "Ada");
                BoardPage south = BoardPage.open(browser, chevet.address("/hospitals/SUD/requests"), "Bob");
                Sender sender = new Sender(chevet.mllpPort())) {
            sender.admit("8202", "GRAND^Eve", "3120^202^202");
            north.page().locator("[data-view=board]").click();
            north.bed("202", "OCCUPIED").click();
            assertThat(north.panel()).containsText("GRAND");
            north.begin("askTransfer");
            north.panel().locator("[name=hospital]").selectOption("SUD");
            north.confirm();

            south.page().locator("[lang=en]").click();
            Locator decline = row(south, "ASKED").locator("[data-act=declineTransfer]");
            decline.focus();
            south.page().keyboard().press("Enter");
            assertThat(form(south).locator("[name=why]")).isFocused();
            south.page().keyboard().type("no bed tonight");
            south.page().keyboard().press("Enter");
            assertThat(row(south, "DECLINED")).containsText("Declined");

            north.page().locator("[data-view=requests]").click();
            assertThat(row(north, "DECLINED")).containsText("motif : no bed tonight");
            assertThat(north.errors()).isEmpty();
            assertThat(south.errors()).isEmpty();
        }
    }

    private static Locator row(BoardPage board, String state) {
        return board.page().locator("chevet-transfers tr[data-state=" + state + "]");
    }

    private static void act(BoardPage board, String id) {
        board.page().locator("chevet-transfers [data-act=" + id + "]").click();
    }

    private static Locator form(BoardPage board) {
        return board.page().locator("chevet-transfers chevet-act-form");
    }

    private static void submit(BoardPage board) {
        form(board).locator("button[type=submit]").click();
    }
}
