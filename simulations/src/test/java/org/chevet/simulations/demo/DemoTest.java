package org.chevet.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.feed.hl7.MllpServer;
import org.chevet.hospital.Hospital;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.runtime.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo: real doors, real sockets, a fast clock. */
class DemoTest {
    private static final long SEED = 7;
    private static final Instant BEGINNING = Instant.parse("2026-03-09T06:00:00Z");
    private static final double SPEED = 3_600;
    private static final Duration PAST = Duration.ofHours(4);
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void shouldPlayThroughTheMllpDoorAndGoOnAfterARestart(@TempDir Path directory) throws Exception {
        HospitalView first = play(directory, BEGINNING);
        assertThat(first.census().isConserved()).isTrue();
        assertThat(first.census().present()).isGreaterThan(800);

        HospitalView second = play(directory, BEGINNING);
        assertThat(second.sequence()).isGreaterThan(first.sequence());
        assertThat(second.recordedAt()).isAfter(first.recordedAt());
        assertThat(second.census().isConserved()).isTrue();
        // Nobody was invented anew: one more hour of a hospital is some fifty patients, not a thousand.
        assertThat(second.census().admitted() - first.census().admitted()).isBetween(1L, 300L);
    }

    /** An hour or so of the hospital's life, seen to come through the sockets. */
    private static HospitalView play(Path directory, Instant beginning) throws Exception {
        Hospital hospital = DemoLayout.read();
        AdjustableClock clock = new AdjustableClock(beginning, SPEED);
        clock.pause();
        Vertx vertx = Vertx.vertx();
        try (Journal journal = JdbcJournal.sqlite(directory);
                Engine engine = new Engine(journal)) {
            HospitalWriter writer = engine.open(hospital, clock);
            AdtFeed adt = new AdtFeed("ADT", writer, AdtFeedOptions.defaults());
            AdtFeed housekeeping = new AdtFeed("BIONET", writer, AdtFeedOptions.defaults());
            MllpServer adtDoor = listen(vertx, adt);
            MllpServer housekeepingDoor = listen(vertx, housekeeping);
            try (Demo demo =
                    Demo.start(writer, clock, door(adt, adtDoor), door(housekeeping, housekeepingDoor), SEED, PAST)) {
                long heardBefore = adt.status().received();
                Instant hourLater = writer.view().recordedAt().plus(Duration.ofHours(2));
                CountDownLatch passed = new CountDownLatch(1);
                try (Subscription watching = writer.subscribe(view -> {
                    if (view.recordedAt().isAfter(hourLater) && adt.status().connections() > 0) {
                        passed.countDown();
                    }
                })) {
                    clock.resume();
                    assertThat(passed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                    assertThat(adt.status().received()).isGreaterThan(heardBefore + 10);
                }
            }
            return writer.view();
        } finally {
            vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldBeginSoThatTheNewcomerSeesAWeekdayMorning() {
        ZoneId zone = ZoneId.of("Europe/Paris");
        for (String now : new String[] {
            "2026-03-09T06:00:00Z", "2026-03-09T12:00:00Z", "2026-03-15T12:00:00Z", "2026-10-25T12:00:00Z"
        }) {
            Instant present = Demo.beginning(Instant.parse(now), zone).plus(Demo.PAST);
            assertThat(present)
                    .isBefore(Instant.parse(now))
                    .isAfter(Instant.parse(now).minus(Duration.ofDays(4)));
            assertThat(present.atZone(zone).getHour()).isBetween(9, 11);
            assertThat(present.atZone(zone).getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        }
    }

    private static MllpServer listen(Vertx vertx, AdtFeed feed) throws Exception {
        return new MllpServer(vertx, feed, MllpOptions.defaults().withPort(0))
                .start()
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Demo.Door door(AdtFeed feed, MllpServer server) {
        return new Demo.Door(feed, new InetSocketAddress("127.0.0.1", server.port()));
    }
}
