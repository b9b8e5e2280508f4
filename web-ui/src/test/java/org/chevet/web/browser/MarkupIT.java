package org.chevet.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Markup and script in every text that a hospital's file, a feed or a person can give. Whoever looks at any screen in any
 * language sees it as text: nothing of it is run, fetched or even attempted.
 */
@Timeout(300)
@InBrowser
class MarkupIT {
    private static final List<String> PAYLOADS = List.of(
            "<script>window.owned=1</script>",
            "<img src=x onerror=window.owned=1>",
            "\"><svg/onload=window.owned=1>",
            "' onmouseover='window.owned=1",
            "javascript:window.owned=1",
            "${window.owned=1}",
            "{{constructor.constructor('window.owned=1')()}}",
            "</style><script>window.owned=1</script>",
            "<iframe srcdoc='<script>parent.owned=1</script>'>",
            "<a href=javascript:window.owned=1>x</a>");

    private static final List<String> VIEWS = List.of(
            "",
            "requests",
            "discharges",
            "cleaning",
            "occupancy",
            "forecast",
            "tension",
            "anomalies",
            "quarantine",
            "acts",
            "layout");
    private static final String NEEDS = "{\"levelOfCare\":\"ACUTE\",\"isolation\":\"NONE\",\"sex\":\"FEMALE\","
            + "\"equipmentRequired\":[],\"equipmentPreferred\":[],\"singleRoom\":\"INDIFFERENT\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> attempted = new ArrayList<>();

    @Test
    void shouldShowMarkupAsText(@TempDir Path folder, Browser browser) throws Exception {
        try (ChevetProcess chevet = ChevetProcess.start(folder, MarkupIT::hospital)) {
            plant(chevet);
            try (BoardPage board = BoardPage.open(browser, chevet.address("/"), PAYLOADS.get(1))) {
                Page page = board.page();
                page.onDialog(dialog -> {
                    attempted.add("dialog " + dialog.message());
                    dialog.dismiss();
                });
                page.onRequest(request -> {
                    if (!request.url().startsWith(chevet.address("/"))
                                    && !request.url().startsWith("blob:")
                            || request.url().endsWith("/x")) {
                        attempted.add("request " + request.url());
                    }
                });
                visit(chevet, board);
                assertThat(attempted).isEmpty();
                assertThat(board.errors()).isEmpty();
            }
        }
    }

    /** A page redraws itself in the other language: it is loaded once for both. */
    private void visit(ChevetProcess chevet, BoardPage board) throws Exception {
        Page page = board.page();
        StringBuilder french = new StringBuilder();
        StringBuilder english = new StringBuilder();
        for (String address : addresses(chevet)) {
            page.navigate(chevet.address(address));
            assertThat(page.getByTestId("who")).isVisible();
            // Whatever the page asks for is there.
            page.waitForLoadState(LoadState.NETWORKIDLE);
            look(page, address, "fr", french);
            look(page, address, "en", english);
        }
        for (StringBuilder seen : List.of(french, english)) {
            for (String payload :
                    List.of(PAYLOADS.get(0), PAYLOADS.get(2), PAYLOADS.get(4), PAYLOADS.get(5), PAYLOADS.get(6))) {
                assertThat(seen.toString().toLowerCase(Locale.ROOT))
                        .as("shown as it was sent")
                        .contains(payload.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static void look(Page page, String address, String language, StringBuilder seen) {
        page.locator("button[lang=" + language + "]").click();
        assertThat(page.locator("html")).hasAttribute("lang", language);
        seen.append(allText(page));
        assertThat(page.evaluate("() => window.owned === undefined"))
                .as("%s in %s", address, language)
                .isEqualTo(true);
        assertThat(foreignElements(page)).as("%s in %s", address, language).isEmpty();
    }

    private List<String> addresses(ChevetProcess chevet) throws Exception {
        Set<String> addresses = new LinkedHashSet<>();
        for (String view : VIEWS) {
            addresses.add("/hospitals/BROWSER" + (view.isEmpty() ? "" : "/" + view));
        }
        for (String bed : List.of("101", "102", "103", "201")) {
            addresses.add("/hospitals/BROWSER/beds/" + bed);
        }
        addresses.add("/hospitals/BROWSER/services/CARDIO");
        addresses.add("/hospitals/BROWSER/requests/R0");
        String quarantine =
                send(chevet, "/quarantine", HttpRequest.newBuilder()).body();
        int at = quarantine.indexOf("\"id\":\"");
        assertThat(at).as(quarantine).isPositive();
        addresses.add("/hospitals/BROWSER/quarantine/" + quarantine.substring(at + 6, quarantine.indexOf('"', at + 6)));
        addresses.add("/hospitals/BROWSER/beds/" + encoded(PAYLOADS.get(1)));
        addresses.add("/hospitals/" + encoded(PAYLOADS.get(0)));
        return List.copyOf(addresses);
    }

    /** Of the page and of every component in it. */
    private static String allText(Page page) {
        return (String) page.evaluate("""
                () => {
                  const texts = [];
                  const walk = (node) => {
                    if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
                    if (node.shadowRoot) walk(node.shadowRoot);
                    if (node.value !== undefined) texts.push(String(node.value));
                    if (node.title) texts.push(node.title);
                    node.childNodes.forEach(walk);
                  };
                  walk(document);
                  return texts.join(' ');
                }""");
    }

    /** Elements, handlers and addresses that only a payload can have made. */
    private static String foreignElements(Page page) {
        return (String) page.evaluate("""
                () => {
                  const found = [];
                  const walk = (node) => {
                    if (node.nodeType === Node.ELEMENT_NODE) {
                      for (const attribute of node.attributes) {
                        if (attribute.name.startsWith('on')) found.push(node.tagName + ' ' + attribute.name);
                        if (['href', 'src', 'action', 'srcdoc'].includes(attribute.name)
                            && /owned/.test(attribute.value) && !attribute.value.startsWith('/')) found.push(node.tagName + ' ' + attribute.value);
                      }
                      if (node.tagName === 'IFRAME') found.push('IFRAME');
                      if (node.tagName === 'SCRIPT' && /owned/.test(node.textContent)) found.push('SCRIPT');
                      if (node.tagName === 'IMG' && node.getAttribute('src') === 'x') found.push('IMG');
                    }
                    if (node.shadowRoot) walk(node.shadowRoot);
                    node.childNodes.forEach(walk);
                  };
                  walk(document);
                  return found.join(', ');
                }""");
    }

    /** Names of the hospital, its services, specialties, equipment, floors and beds. */
    private static String hospital(String yaml) {
        return yaml.replace("Hôpital d'essai", quoted(PAYLOADS.get(0)))
                .replace("Cardiologie", quoted(PAYLOADS.get(1)))
                .replace("Médecine polyvalente", quoted(PAYLOADS.get(2)))
                .replace("Médecine", quoted(PAYLOADS.get(4)))
                .replace("Scope", quoted(PAYLOADS.get(5)));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void plant(ChevetProcess chevet) throws Exception {
        try (Socket feed = new Socket("127.0.0.1", chevet.mllpPort())) {
            feed.setSoTimeout(30_000);
            for (int i = 0; i < PAYLOADS.size(); i++) {
                String payload = escaped(PAYLOADS.get(i));
                // In beds, without a bed, in a place that is not known, and in one bed with another.
                String place = List.of("3110^101^101", "3110", payload + "^" + payload + "^" + payload, "3110^102^102")
                        .get(i % 4);
                mllp(
                        feed,
                        "MSH|^~\\&|PAS|CHU|CHEVET|CHU|20261124120000||ADT^A01^ADT_A01|M" + i
                                + "|P|2.5|||||FRA|UNICODE UTF-8\rEVN||20261124120000\rPID|1||" + i + "^^^CHU^PI||"
                                + payload
                                + "^" + payload + "||19550302|F\rPV1|1|I|" + place + "||||||||||||||||X" + i + "\r");
                mllp(
                        feed,
                        "MSH|^~\\&|" + payload + "|CHU|CHEVET|CHU|20261124120000||ADT^A01^ADT_A01|" + payload
                                + "|P|2.5|||||FRA|UNICODE UTF-8\rEVN||20261124120000\rPID|1||" + i + "^^^CHU^PI||"
                                + payload
                                + "\rPV1|1|I|3110\rZBE|" + payload + "|" + payload + "||" + payload + "|N\r");
            }
        }
        for (int i = 0; i < PAYLOADS.size(); i++) {
            String text = "\"" + PAYLOADS.get(i).replace("\"", "\\\"") + "\"";
            String actor = PAYLOADS.get(i);
            act(
                    chevet,
                    actor,
                    "request-bed",
                    "{\"request\":\"R" + i + "\",\"origin\":\"ELECTIVE\",\"needs\":" + NEEDS
                            + ",\"priority\":2,\"note\":" + text + "}");
            act(
                    chevet,
                    actor,
                    "block-bed",
                    "{\"bed\":\"" + List.of("103", "201", "202", "203P").get(i % 4)
                            + "\",\"reason\":\"OTHER\",\"note\":" + text + "}");
            act(chevet, actor, "undo-act", "{\"act\":" + (i + 2) + ",\"reason\":" + text + "}");
            act(
                    chevet,
                    actor,
                    "register-stay",
                    "{\"stay\":\"P" + i + "\",\"patient\":{\"identifier\":" + text
                            + ",\"familyName\":" + text + ",\"givenName\":" + text + ",\"sex\":\"FEMALE\"},\"needs\":"
                            + NEEDS
                            + ",\"patientClass\":\"INPATIENT\"}");
            act(chevet, actor, "admit-stay", "{\"stay\":\"P" + i + "\",\"service\":\"CARDIO\"}");
        }
        act(
                chevet,
                PAYLOADS.get(2),
                "cancel-bed-request",
                "{\"request\":\"R9\",\"reason\":\"<img src=x onerror=window.owned=1>\"}");
    }

    /** As HL7 wants its own delimiters written. */
    private static String escaped(String text) {
        return text.replace("\\", "\\E\\")
                .replace("|", "\\F\\")
                .replace("^", "\\S\\")
                .replace("&", "\\T\\")
                .replace("~", "\\R\\");
    }

    private static void mllp(Socket feed, String message) throws IOException {
        feed.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(StandardCharsets.UTF_8));
        int next = feed.getInputStream().read();
        while (next >= 0 && next != 0x1c) {
            next = feed.getInputStream().read();
        }
        feed.getInputStream().read();
    }

    private void act(ChevetProcess chevet, String actor, String act, String body) throws Exception {
        HttpResponse<String> response = send(
                chevet,
                "/acts/" + act,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .header("Chevet-Actor", "name=" + encoded(actor) + "; role=BED_MANAGER")
                        .POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 409);
    }

    private HttpResponse<String> send(ChevetProcess chevet, String path, HttpRequest.Builder request) throws Exception {
        return client.send(
                request.uri(URI.create(chevet.address("/api/v1/hospitals/BROWSER" + path)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
