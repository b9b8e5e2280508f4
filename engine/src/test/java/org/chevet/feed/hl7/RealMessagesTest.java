package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chevet.feed.FeedCounts;
import org.chevet.feed.FeedStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that other systems really sent, or publish as examples. They are not part of this project. */
class RealMessagesTest {
    private static final Pattern MESSAGE_START = Pattern.compile("(?<=[\\r\\n])(?=MSH\\|)");

    private static Path folder;

    @BeforeAll
    static void findData() {
        String data = System.getProperty("chevet.data", "");
        folder = Path.of(data, "adt");
        assumeTrue(
                !data.isEmpty() && Files.isDirectory(folder),
                "no real messages: set the system property chevet.data to a folder that has adt/");
    }

    @Test
    void shouldAnswerEveryRealMessageWithWhatBecameOfIt() throws IOException {
        Map<String, Integer> table = new TreeMap<>();
        TestHospital hospital = new TestHospital();
        AdtFeed feed = new AdtFeed("real", hospital, AdtFeedOptions.defaults());
        int sent = 0;
        for (Path file : files()) {
            for (byte[] message : messages(Files.readAllBytes(file))) {
                sent++;
                FeedCounts before = feed.status().counts();
                String answer =
                        new String(feed.receive(message).toCompletableFuture().join(), StandardCharsets.UTF_8);
                String outcome = outcome(before, feed.status().counts(), hospital);
                if (wantsAnAnswer(message)) {
                    assertThat(answer).containsPattern(outcome.startsWith("quarantined") ? "MSA.[AC]E" : "MSA.[AC]A");
                }
                table.merge(
                        folder.relativize(file).getParent() + " | " + kind(message) + " | " + outcome, 1, Integer::sum);
            }
        }
        table.forEach((row, count) -> System.out.println(row + " | " + count));
        FeedStatus status = feed.status();
        System.out.println(status);
        assertThat(sent).isGreaterThan(600);
        assertThat(status.received()).isEqualTo(sent);
        assertThat(status.applied() + status.ignored() + status.quarantined()).isEqualTo(sent);
        assertThat(table.keySet()).noneMatch(row -> row.contains("code=FAILED") || row.contains("code=OTHER"));
        assertThat(status.counts().unknownTriggers()).isEmpty();
    }

    @Test
    void shouldApplyTheExamplesOfTheFrenchProfile() throws IOException {
        TestHospital hospital = new TestHospital();
        AdtFeed feed = new AdtFeed("real", hospital, AdtFeedOptions.defaults());
        try (Stream<Path> files = Files.list(folder.resolve("pam-fr"))) {
            for (Path file : files.sorted().toList()) {
                feed.receive(Files.readAllBytes(file)).toCompletableFuture().join();
            }
        }
        assertThat(feed.status().applied()).isEqualTo(feed.status().received());
        assertThat(hospital.view().anomalies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CHU-X, false", "000897406, false", "CLINIQUE, true"})
    void shouldTellWhoGaveOutTheVisitNumbersOfTheFrenchProfile(String ours, boolean prefixed) throws IOException {
        TestHospital hospital = new TestHospital();
        AdtFeed feed = new AdtFeed("real", hospital, AdtFeedOptions.defaults().withAuthorities(Set.of(ours)));
        try (Stream<Path> files = Files.list(folder.resolve("pam-fr"))) {
            for (Path file : files.sorted().toList()) {
                feed.receive(Files.readAllBytes(file)).toCompletableFuture().join();
            }
        }
        assertThat(hospital.view().stays().keySet())
                .isNotEmpty()
                .allSatisfy(
                        stay -> assertThat(stay.value().startsWith("CHU-X:")).isEqualTo(prefixed));
    }

    private static String outcome(FeedCounts before, FeedCounts after, TestHospital hospital) {
        if (after.applied() > before.applied()) {
            return after.duplicates() > before.duplicates() ? "applied before" : "applied";
        }
        if (after.quarantined() > before.quarantined()) {
            return "quarantined: " + hospital.view().quarantine().getLast().cause();
        }
        return "ignored: "
                + after.ignored().keySet().stream()
                        .filter(why -> !Objects.equals(
                                after.ignored().get(why), before.ignored().get(why)))
                        .toList();
    }

    /** In enhanced mode (MSH-15, MSH-16) a sender may want none. */
    private static boolean wantsAnAnswer(byte[] message) {
        MessageHeader header =
                Hl7Text.decode(message, StandardCharsets.ISO_8859_1).header();
        return header == null
                || !header.field(MessageHeader.ACCEPT_ACKNOWLEDGEMENT).equals("NE");
    }

    private static String kind(byte[] message) {
        MessageHeader header =
                Hl7Text.decode(message, StandardCharsets.ISO_8859_1).header();
        return header == null ? "no header" : header.type() + "^" + header.trigger();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** A file may hold several messages, one after the other. */
    private static List<byte[]> messages(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<byte[]> messages = new ArrayList<>();
        for (String message : MESSAGE_START.split(text, -1)) {
            messages.add(message.getBytes(StandardCharsets.ISO_8859_1));
        }
        return messages;
    }
}
