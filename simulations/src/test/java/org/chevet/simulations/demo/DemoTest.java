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
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.runtime.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo: real doors, real sockets, a clock that the test moves. */
class DemoTest {
    private static final long SEED = 7;
    private static final Instant BEGINNING = Instant.parse("2026-03-09T06:00:00Z");
    private static final double SPEED = 3_600;
    private static final Instant PRESENT = BEGINNING.plus(Duration.ofHours(4));
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void shouldPlayThroughTheMllpDoorAndGoOnAtOnceAfterARestart(@TempDir Path directory) throws Exception {
        HospitalView first = play(directory, PRESENT, (demo, run) -> {
            long heardOfThePast = run.adt().status().received();
            run.clock().advanceTo(PRESENT.plus(Duration.ofHours(2)));
            playAllThatIsDue(demo);
            assertThat(run.adt().status().received()).isGreaterThan(heardOfThePast + 50);
        });
        assertThat(first.census().isConserved()).isTrue();
        assertThat(first.census().present()).isGreaterThan(800);

        HospitalView second = play(directory, PRESENT, (demo, run) -> {
            awaitConnections(run);
            assertThat(run.adt().status().received()).isZero();
            run.clock().advanceTo(first.recordedAt().plus(Duration.ofMinutes(15)));
            playAllThatIsDue(demo);
            assertThat(run.adt().status().received()).isGreaterThan(5);
            run.clock().advanceTo(first.recordedAt().plus(Duration.ofHours(2)));
            playAllThatIsDue(demo);
            assertThat(run.adt().status().received()).isGreaterThan(100);
            assertThat(run.housekeeping().status().received()).isGreaterThan(3);
        });
        assertThat(second.census().isConserved()).isTrue();
        // Nobody was invented anew: two more hours of a hospital are some fifty patients, not a thousand.
        assertThat(second.census().admitted() - first.census().admitted()).isBetween(5L, 300L);
        assertThat(second.census().discharged() - first.census().discharged()).isBetween(5L, 300L);
    }

    @Test
    void shouldFinishAPastThatWasCutShort(@TempDir Path directory) throws Exception {
        Instant cut = BEGINNING.plus(Duration.ofHours(1));
        HospitalView begun = play(directory, cut, (demo, run) -> {});
        assertThat(begun.recordedAt()).isBeforeOrEqualTo(cut);

        HospitalView lived = play(directory, PRESENT, (demo, run) -> {
            assertThat(run.clock().now()).isEqualTo(PRESENT);
            // Lived as past: not through the sockets.
            awaitConnections(run);
        });
        assertThat(lived.recordedAt()).isAfter(PRESENT.minus(Duration.ofMinutes(30)));
        assertThat(lived.census().admitted() - begun.census().admitted()).isBetween(10L, 400L);
    }

    @Test
    void shouldDoNothingWhileTheClockIsPaused(@TempDir Path directory) throws Exception {
        play(directory, PRESENT, (demo, run) -> {
            run.clock().advanceTo(PRESENT.plus(Duration.ofMinutes(20)));
            playAllThatIsDue(demo);
            long heard =
                    run.adt().status().received() + run.housekeeping().status().received();
            long sequence = run.writer().view().sequence();
            for (int look = 0; look < 100; look++) {
                assertThat(demo.step()).isPositive();
            }
            assertThat(run.adt().status().received()
                            + run.housekeeping().status().received())
                    .isEqualTo(heard);
            assertThat(run.writer().view().sequence()).isEqualTo(sequence);
        });
    }

    @Test
    void shouldPlayInAThreadOfItsOwn(@TempDir Path directory) throws Exception {
        Run run = Run.open(directory);
        try (run;
                Demo demo =
                        Demo.start(run.writer(), run.clock(), run.adtDoor(), run.housekeepingDoor(), SEED, PRESENT)) {
            Instant later = PRESENT.plus(Duration.ofHours(1));
            CountDownLatch passed = new CountDownLatch(1);
            try (Subscription watching = run.writer().subscribe(view -> {
                if (view.recordedAt().isAfter(later)) {
                    passed.countDown();
                }
            })) {
                run.clock().resume();
                assertThat(passed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(run.writer().view().census().isConserved()).isTrue();
    }

    private interface Part {
        void play(Demo demo, Run run) throws Exception;
    }

    /** One start of the whole; the clock stands still unless it is set forward. */
    private static HospitalView play(Path directory, Instant presentBegins, Part part) throws Exception {
        Run run = Run.open(directory);
        try (run;
                Demo demo = Demo.prepare(
                        run.writer(), run.clock(), run.adtDoor(), run.housekeepingDoor(), SEED, presentBegins)) {
            part.play(demo, run);
        }
        return run.writer().view();
    }

    private static void playAllThatIsDue(Demo demo) throws InterruptedException {
        Duration rest = demo.step();
        while (!rest.isPositive()) {
            rest = demo.step();
        }
    }

    /** The server counts a connection a moment after the client has it. */
    private static void awaitConnections(Run run) {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (run.adt().status().connections() == 0
                || run.housekeeping().status().connections() == 0) {
            assertThat(System.nanoTime()).as("connected at once").isLessThan(giveUpAt);
            Thread.onSpinWait();
        }
    }

    /** Chevet as the demo meets it: journal, writer, and two doors that listen. */
    private record Run(
            Journal journal,
            Engine engine,
            Vertx vertx,
            AdjustableClock clock,
            HospitalWriter writer,
            AdtFeed adt,
            AdtFeed housekeeping,
            Demo.Door adtDoor,
            Demo.Door housekeepingDoor)
            implements AutoCloseable {
        static Run open(Path directory) throws Exception {
            AdjustableClock clock = new AdjustableClock(BEGINNING, SPEED);
            clock.pause();
            Journal journal = JdbcJournal.sqlite(directory);
            Engine engine = new Engine(journal);
            HospitalWriter writer = engine.open(DemoLayout.read(), clock);
            AdtFeed adt = new AdtFeed("ADT", writer, AdtFeedOptions.defaults());
            AdtFeed housekeeping = new AdtFeed("BIONET", writer, AdtFeedOptions.defaults());
            Vertx vertx = Vertx.vertx();
            return new Run(
                    journal,
                    engine,
                    vertx,
                    clock,
                    writer,
                    adt,
                    housekeeping,
                    door(adt, listen(vertx, adt)),
                    door(housekeeping, listen(vertx, housekeeping)));
        }

        @Override
        public void close() throws Exception {
            vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            engine.close();
            journal.close();
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
        return new MllpServer(vertx, feed, MllpOptions.on(0)).start().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Demo.Door door(AdtFeed feed, MllpServer server) {
        return new Demo.Door(feed, new InetSocketAddress("127.0.0.1", server.port()));
    }
}
