package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Stay;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From bytes to the journal and back after a restart. */
class DurableFeedTest {
    @Test
    void shouldFindAgainAfterARestartWhatWasAcknowledged(@TempDir Path folder) {
        try (Journal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            AdtFeed feed = feed(open(engine));
            assertThat(receive(feed, Adt.of("A01").at("CARD^CH12^P"))).contains("MSA|AA|M1");
            assertThat(receive(feed, Adt.of("A01").numbered("M2").pv1(19, ""))).contains("MSA|AE|M2");
        }
        try (Journal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            HospitalWriter writer = open(engine);
            Stay stay = writer.view().stays().get(new StayId("V1"));
            assertThat(stay).isNotNull();
            assertThat(stay.location()).isNotNull();
            assertThat(stay.location().bed()).isEqualTo(new BedId("12P"));
            assertThat(writer.view().quarantine())
                    .extracting(HospitalView.QuarantineEntry::messageId)
                    .containsExactly("M2");

            long before = journal.lastSequence(writer.id());
            AdtFeed feed = feed(writer);
            assertThat(receive(feed, Adt.of("A01").at("CARD^CH12^P"))).contains("MSA|AA|M1");
            assertThat(receive(feed, Adt.of("A01").numbered("M2").pv1(19, ""))).contains("MSA|AE|M2");
            assertThat(journal.lastSequence(writer.id())).isEqualTo(before);
        }
    }

    @Test
    void shouldKeepTheOrderOfACallerThatDoesNotWait(@TempDir Path folder) {
        try (Journal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            HospitalWriter writer = open(engine);
            AdtFeed feed = feed(writer);
            List<CompletableFuture<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                answers.add(feed.receive(Adt.of("A01")
                                .at("CARD")
                                .numbered("M" + i)
                                .pv1(19, "V" + i)
                                .bytes())
                        .toCompletableFuture());
            }
            answers.forEach(answer -> assertThat(text(answer.join())).contains("MSA|AA|"));
            assertThat(feed.status().applied()).isEqualTo(2000);
            List<String> origins = new ArrayList<>();
            journal.read(writer.id(), 0, recorded -> origins.add(messageId(recorded)));
            assertThat(origins.stream().filter(id -> !id.isEmpty()).distinct().toList())
                    .hasSize(2000)
                    .first()
                    .isEqualTo("M0");
            assertThat(origins.getLast()).isEqualTo("M1999");
        }
    }

    private static String messageId(Recorded recorded) {
        return recorded.origin() instanceof org.chevet.event.Origin.Feed feed ? feed.messageId() : "";
    }

    private static HospitalWriter open(Engine engine) {
        return engine.open(TestHospital.layout(), new AdjustableClock(TestHospital.NOW, 1));
    }

    private static AdtFeed feed(HospitalWriter writer) {
        return new AdtFeed("pas", writer, AdtFeedOptions.defaults());
    }

    private static String receive(AdtFeed feed, Adt message) {
        return text(feed.receive(message.bytes()).toCompletableFuture().join());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
