package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chevet.runtime.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told what, and when (v2.5, 2.9.2). */
class AcknowledgementTest {
    private static final Pattern CODE = Pattern.compile("\\rMSA\\|(\\w\\w)\\|M1");

    private final TestHospital hospital = new TestHospital();
    private final AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // MSH-15, MSH-16, done, not understood, not kept
                "'', '', AA, AE, AR",
                "AL, '', CA, CA, CR",
                "AL, NE, CA, CA, CR",
                "AL, AL, CA AA, CA AE, CR",
                "AL, ER, CA, CA AE, CR",
                "AL, SU, CA AA, CA, CR",
                "NE, AL, AA, AE, AR",
                "'', AL, AA, AE, AR",
                "NE, ER, -, AE, AR",
                "NE, SU, AA, -, -",
                "NE, NE, -, -, -",
                "ER, AL, AA, AE, CR",
                "ER, NE, -, -, CR",
                "ER, ER, -, AE, CR",
                "SU, AL, CA AA, CA AE, AR",
                "SU, NE, CA, CA, -",
                "XX, NE, CA, CA, CR"
            })
    void shouldAnswerOnTheConditionsThatTheSenderSet(
            String accept, String application, String done, String wrong, String unavailable) {
        String asked =
                Adt.of("A01").at("CARD").text().replace("|P|2.5|||||", "|P|2.5|||" + accept + "|" + application + "|");
        assertThat(codes(asked)).isEqualTo(expected(done));
        assertThat(codes(asked.replace("V1^", "^"))).isEqualTo(expected(wrong));
        hospital.instead = CompletableFuture.completedFuture(new Answer.Unavailable("the journal fails", "Try again"));
        assertThat(codes(asked.replace("V1^", "V2^"))).isEqualTo(expected(unavailable));
        hospital.instead = null;
        assertThat(hospital.view().quarantine()).hasSize(1);
        assertThat(hospital.view().stays()).hasSize(1);
    }

    private static String expected(String codes) {
        return codes == null ? "" : codes;
    }

    @Test
    void shouldTellTheReasonOnceAndWhereItBelongs() {
        String wrong = Adt.of("A01").pv1(19, "").text();
        String both = receive(wrong.replace("|P|2.5|||||", "|P|2.5|||AL|AL|"));
        String accept = both.substring(0, both.indexOf("MSH", 3));
        String application = both.substring(accept.length());
        assertThat(accept).contains("MSA|CA|M1\r").doesNotContain("ERR|");
        assertThat(application)
                .contains("MSA|AE|M1|PV1-19")
                .contains("ERR||PV1^1^19|101^Required field missing^HL70357|E|");
        String alone = receive(wrong.replace("|P|2.5|||||", "|P|2.5|||AL|NE|").replace("|M1|", "|M2|"));
        assertThat(alone).contains("MSA|CA|M2|PV1-19").contains("ERR||PV1^1^19|101^Required field missing^HL70357|W|");
    }

    @Test
    void shouldAskForNoAnswerToAnApplicationAcknowledgement() {
        String both = receive(Adt.of("A28").text().replace("|P|2.5|||||", "|P|2.5|||AL|AL|"));
        String accept = both.substring(0, both.indexOf("MSH", 3));
        String application = both.substring(accept.length());
        assertThat(field(accept, 15)).isEmpty();
        assertThat(field(application, 15)).isEqualTo("NE");
        assertThat(field(application, 16)).isEqualTo("NE");
        assertThat(field(accept, 10))
                .isNotEmpty()
                .isNotEqualTo(field(application, 10))
                .isNotEqualTo("M1");
        assertThat(field(application, 3)).isEqualTo("CHEVET");
        assertThat(field(application, 5)).isEqualTo("PAS");
        assertThat(field(application, 7)).isEqualTo("20240312090000+0100");
        assertThat(field(application, 18)).isEqualTo("UNICODE UTF-8");
        // One without a table's value would be asked for by nobody, and answered for ever.
        assertThat(receive(both)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "P, 2.5, AA",
        "T, 2.3.1, AA",
        "D, 2.8, AA",
        "'', '', AA",
        "P^T, 2.5^FRA^2.11, AA",
        "P, 2, AA",
        "X, 2.5, AR",
        "P, 3.0, AR",
        "P, FHIR, AR",
        "P, 22, AR"
    })
    void shouldSendBackWhatItsHeaderRulesOut(String processing, String version, String code) {
        String answer = receive("MSH|^~\\&|A|B|C|D|20240101||ADT^A28|M1|" + processing + "|" + version + "\r");
        assertThat(answer).contains("MSA|" + code + "|M1");
        assertThat(hospital.view().quarantine()).isEmpty();
    }

    @Test
    void shouldTakeWhatIsSentInTrainingOnlyWhereItMay() {
        AdtFeed production =
                new AdtFeed("live", hospital, AdtFeedOptions.defaults().withProcessingIds(Set.of("P")));
        String training = Adt.of("A01").at("CARD").text().replace("|P|2.5|", "|T|2.5|");
        assertThat(receive(production, training))
                .contains("MSA|AR|M1|MSH-11 is T, this feed takes [P]")
                .contains("ERR||MSH^1^11|202^Unsupported processing id^HL70357|E|");
        assertThat(hospital.view().stays()).isEmpty();
        assertThat(receive(feed, training)).contains("MSA|AA|");
    }

    @Test
    void shouldKeepWhatIsSentAgainAndAgainThoughItsHeaderRulesItOut() {
        String typeless = "MSH|^~\\&|||||20240101|||M1|P|2.5\r";
        for (int i = 1; i < Delivery.REJECTIONS_MAX; i++) {
            assertThat(receive(typeless)).contains("MSA|AR|M1|MSH-9 is empty");
        }
        assertThat(receive(typeless)).contains("MSA|AE|M1|").contains("ERR||MSH^1^9|200^");
        assertThat(hospital.view().quarantine()).hasSize(1);
    }

    @Test
    void shouldNotCallWhatIsCutStoredSafely() {
        String long1 = Adt.of("A01").text().replace("|P|2.5|||||", "|P|2.5|||AL|AL|");
        byte[] head = long1.getBytes(StandardCharsets.UTF_8);
        Conversation.Answer answer = feed.conversation(Runnable::run)
                .takeOversized(head, 5_000_000, 1_048_576)
                .toCompletableFuture()
                .join();
        assertThat(answer.payloads()).hasSize(1);
        assertThat(new String(answer.payloads().getFirst(), StandardCharsets.UTF_8))
                .contains("MSA|CE|M1|the message has 5000000 bytes, frameBytesMax is 1048576");
    }

    @Test
    void shouldAnswerInTheSendersOwnEncodingAndDelimiters() {
        Charset latin = Charset.forName("ISO-8859-15");
        String text =
                "MSH#*~?@#P\u00c9DIATRIE*\u0153#CHU#CHEVET#CHU#20240101##ADT*A01#n\u00b01#P#2.5######8859/15\rPV1#1#I\r";
        String answer = new String(
                feed.receive(text.getBytes(latin)).toCompletableFuture().join(), latin);
        assertThat(answer)
                .startsWith("MSH#*~?@#CHEVET#CHU#P\u00c9DIATRIE*\u0153#CHU#")
                .contains("\rMSA#AE#n\u00b01#");
        String sixteen = Adt.of("A28").text().replace("UNICODE UTF-8", "UNICODE UTF-16");
        byte[] wide = feed.receive(sixteen.getBytes(StandardCharsets.UTF_16LE))
                .toCompletableFuture()
                .join();
        assertThat(new String(wide, StandardCharsets.UTF_16LE))
                .startsWith("MSH|")
                .contains("MSA|AA|M1");
    }

    private String codes(String message) {
        StringBuilder codes = new StringBuilder();
        Matcher matcher = CODE.matcher(receive(message));
        while (matcher.find()) {
            codes.append(codes.isEmpty() ? "" : " ").append(matcher.group(1));
        }
        return codes.toString();
    }

    private static String field(String message, int number) {
        MessageHeader header = Hl7Text.of(message, StandardCharsets.UTF_8).header();
        assertThat(header).isNotNull();
        return header.field(number);
    }

    private String receive(String text) {
        return receive(feed, text);
    }

    private static String receive(AdtFeed feed, String text) {
        byte[] answer = feed.receive(text.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .join();
        return new String(answer, StandardCharsets.UTF_8);
    }
}
