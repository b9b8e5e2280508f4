package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.feed.hl7.MllpSender.frame;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.chevet.event.Location;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.runtime.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and batches (v2.5, 2.10.3). */
@Timeout(120)
class BatchTest {
    private static final String FILE = "FHS|^~\\&|PAS|CHU|CHEVET|HOP|20240306||nightly||F7\r";
    private static final String BATCH = "BHS|^~\\&|PAS|CHU|CHEVET|HOP|20240306||||B1\r";

    private final TestHospital hospital = new TestHospital();
    private final AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());

    @Test
    void shouldApplyEveryMessageInOrderAndAnswerWithABatch() {
        String answer = receive(FILE + BATCH + admission(1) + transfer(1) + admission(2) + "BTS|3\rFTS|1\r");

        assertThat(names(answer)).containsExactly("FHS", "BHS", "MSH", "MSA", "MSH", "MSA", "MSH", "MSA", "BTS", "FTS");
        List<String> lines = answer.lines().toList();
        assertThat(lines.getFirst())
                .startsWith("FHS|^~\\&|CHEVET|HOP|PAS|CHU|20240312090000+0100||||")
                .endsWith("|F7");
        assertThat(answer)
                .contains("MSA|AA|A1\r")
                .contains("MSA|AA|T1\r")
                .contains("MSA|AA|A2\r")
                .endsWith("\rBTS|3\rFTS|1\r");
        assertThat(hospital.stay("V1").location()).isEqualTo(new Location(new ServiceId("CARDIO"), new BedId("12F")));
        assertThat(feed.status().applied()).isEqualTo(3);
        assertThat(feed.status().door().batchMismatches()).isZero();
    }

    @Test
    void shouldNotBeStoppedByABrokenMessage() {
        String broken = Adt.of("A01").numbered("X").pv1(19, "").text();
        String answer = receive(BATCH + admission(1) + broken + "MSH|garbage\r" + "MSH\r" + admission(2) + "BTS|5\r");

        assertThat(answer)
                .contains("MSA|AA|A1\r")
                .contains("MSA|AE|X|PV1-19")
                .contains("MSA|AR||MSH-9 is empty")
                .contains("MSA|AE||no MSH segment")
                .contains("MSA|AA|A2\r")
                .endsWith("BTS|5\r");
        assertThat(hospital.view().stays()).hasSize(2);
        assertThat(hospital.view().quarantine()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, '', ''",
        "'', '', '', ''",
        "4, 1, 'BTS-1 says 4, 3 came: maybe a message was lost on the way', ''",
        "2, 1, 'BTS-1 says 2, 3 came: maybe a message was lost on the way', ''",
        "x, 1, 'BTS-1 is not a number, 3 came', ''",
        "3, 2, '', 'FTS-1 says 2, 1 came: maybe a batch was lost on the way'"
    })
    void shouldCompareTheCounts(String messages, String batches, String batchComment, String fileComment) {
        String answer = receive(FILE + BATCH + admission(1) + admission(2) + admission(3) + "BTS|" + messages + "\rFTS|"
                + batches + "\r");

        assertThat(answer)
                .endsWith("\rBTS|3" + (batchComment.isEmpty() ? "" : "|" + batchComment) + "\rFTS|1"
                        + (fileComment.isEmpty() ? "" : "|" + fileComment) + "\r");
        assertThat(feed.status().door().batchMismatches())
                .isEqualTo((batchComment.isEmpty() ? 0 : 1) + (fileComment.isEmpty() ? 0 : 1));
    }

    @Test
    void shouldAnswerOnlyWhatTheSenderAskedFor() {
        String errorsOnly = "|P|2.5|||NE|ER|";
        String good = admission(1).replace("|P|2.5|||||", errorsOnly);
        String wrong = Adt.of("A01").numbered("X").pv1(19, "").text().replace("|P|2.5|||||", errorsOnly);

        assertThat(names(receive(BATCH + good + "BTS|1\r"))).containsExactly("BHS", "BTS");
        assertThat(receive(BATCH + good + wrong + "BTS|2\r"))
                .contains("MSA|AE|X|")
                .endsWith("BTS|1\r");
    }

    @Test
    void shouldTakeSeveralMessagesWithoutAnEnvelopeToo() {
        String answer = receive("\r\n" + admission(1) + "\n" + admission(2));

        assertThat(answer).contains("MSA|AA|A1\r").contains("MSA|AA|A2\r").doesNotContain("BHS");
        assertThat(hospital.view().stays()).hasSize(2);
    }

    @Test
    void shouldKeepWhatStandsBetweenMessagesAndIsNone() {
        String answer = receive("junk before\r" + BATCH + "junk within\r" + admission(1) + "BTS|1\r");

        assertThat(answer).contains("MSA|AA|A1\r");
        assertThat(hospital.view().quarantine()).hasSize(2);
        assertThat(feed.status().applied()).isEqualTo(1);
    }

    @Test
    void shouldReadEachMessageInItsOwnEncoding() {
        String latin = admission(1).replace("DURAND", "H\u00c9L\u00c8NE").replace("UNICODE UTF-8", "8859/1");
        String unicode = admission(2).replace("DURAND", "\u0141UKASZ");
        java.io.ByteArrayOutputStream payload = new java.io.ByteArrayOutputStream();
        payload.writeBytes(("\uFEFF" + BATCH).getBytes(StandardCharsets.UTF_8));
        payload.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
        payload.writeBytes((unicode + "BTS|2\r").getBytes(StandardCharsets.UTF_8));

        assertThat(new String(
                        feed.receive(payload.toByteArray())
                                .toCompletableFuture()
                                .join(),
                        StandardCharsets.UTF_8))
                .startsWith("BHS|")
                .endsWith("BTS|2\r");
        assertThat(hospital.stay("V1").knownPatient().familyName()).isEqualTo("H\u00c9L\u00c8NE");
        assertThat(hospital.stay("V2").knownPatient().familyName()).isEqualTo("\u0141UKASZ");
    }

    @Test
    void shouldSurviveTenThousandMessagesInOneBatch() {
        StringBuilder all = new StringBuilder(BATCH);
        for (int i = 0; i < 10_000; i++) {
            all.append("MSH|^~\\&|||||||ORU^R01|").append(i).append("|P|2.5\r");
        }
        assertThat(receive(all + "BTS|10000\r")).endsWith("\rMSA|AA|9999\rBTS|10000\r");
    }

    @Test
    void shouldSayWhichOfABatchToSendAgain() {
        hospital.instead = CompletableFuture.completedFuture(new Answer.Unavailable("the journal fails", "Try again"));
        assertThat(receive(BATCH + admission(1) + "BTS|1\r"))
                .contains("MSA|AR|A1|the journal fails")
                .endsWith("BTS|1\r");
        hospital.instead = null;
        assertThat(receive(BATCH + admission(1) + "BTS|1\r")).contains("MSA|AA|A1\r");
    }

    @Test
    void shouldAnswerABatchThatIsStreamedFrameByFrame() throws IOException {
        Vertx vertx = Vertx.vertx();
        try {
            int port = new MllpServer(vertx, feed, MllpOptions.on(0))
                    .start()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .port();
            try (MllpSender sender = new MllpSender(port)) {
                assertThat(sender.send(frame(FILE + BATCH)).answer())
                        .startsWith("FHS|")
                        .contains("\rBHS|");
                for (int i : IntStream.range(0, 5).toArray()) {
                    assertThat(sender.send(frame(admission(i))).answer())
                            .startsWith("MSH|")
                            .contains("MSA|AA|A" + i);
                }
                assertThat(sender.send(frame("BTS|6\r")).answer())
                        .isEqualTo("BTS|5|BTS-1 says 6, 5 came: maybe a message was lost on the way\r");
                assertThat(sender.send(frame(BATCH + admission(7) + "BTS|1\rFTS|2"))
                                .answer())
                        .startsWith("BHS|")
                        .endsWith("\rBTS|1\rFTS|2\r");
                assertThat(sender.send(frame(BATCH)).answer()).startsWith("BHS|");
            }
            Eventually.is(() -> feed.status().door().batchMismatches() == 2);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        assertThat(feed.status().applied()).isEqualTo(6);
    }

    private static String admission(int i) {
        return Adt.of("A01")
                .numbered("A" + i)
                .at("CARD^CH12^P")
                .pv1(19, "V" + i + "^^^CHU^VN")
                .text();
    }

    private static String transfer(int i) {
        return Adt.of("A02")
                .numbered("T" + i)
                .stated("20240307080000")
                .at("CARD^CH12^F")
                .pv1(19, "V" + i + "^^^CHU^VN")
                .text();
    }

    private static List<String> names(String answer) {
        List<String> names = new ArrayList<>();
        answer.lines().forEach(line -> names.add(line.substring(0, 3)));
        return names;
    }

    private String receive(String text) {
        return new String(
                feed.receive(text.getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture()
                        .join(),
                StandardCharsets.UTF_8);
    }
}
