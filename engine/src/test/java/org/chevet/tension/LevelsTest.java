package org.chevet.tension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.tension.Told.MED;
import static org.chevet.tension.Told.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.TensionLevel;
import org.chevet.hospital.TensionPolicy;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With the usual thresholds: 90, 97 and 105 %, a margin of 3 points and a dwell of an hour. */
class LevelsTest {
    private static final long SEEDS = Integer.getInteger("chevet.seeds", 20);

    private final Levels levels = new Levels();

    private Levels.Level med() {
        return Objects.requireNonNull(levels.of(MED));
    }

    private void look(Told told, String at) {
        levels.look(told.occupancy.view(), BedShortage.UNKNOWN, time(at));
    }

    @Test
    void shouldRiseAtOnceAndFallAfterItsDwell() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1");
        look(told, "2026-03-02T08:00");
        assertThat(med().level()).isEqualTo(TensionLevel.NORMAL);

        told.at("2026-03-02T09:00").admit("2", "M2");
        look(told, "2026-03-02T09:00");
        assertThat(med().level()).isEqualTo(TensionLevel.TENSION);
        assertThat(med().loadPercent()).isEqualTo(100);
        assertThat(med().thresholdPercent()).isEqualTo(97);
        assertThat(med().why()).isEqualTo(Levels.Why.LOAD);

        told.at("2026-03-02T09:30").discharge("2");
        look(told, "2026-03-02T09:59");
        assertThat(med().level()).isEqualTo(TensionLevel.TENSION);
        assertThat(med().why()).isEqualTo(Levels.Why.HELD);

        look(told, "2026-03-02T10:00");
        assertThat(med().level()).isEqualTo(TensionLevel.NORMAL);
        assertThat(levels.changes())
                .filteredOn(change -> MED.equals(change.service()))
                .extracting(Levels.Change::to)
                .containsExactly(TensionLevel.NORMAL, TensionLevel.TENSION);
    }

    @Test
    void shouldCountWhoWaitsWithoutABedInTheHospital() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1").admit("2", "M2").admit("3", "C1");
        look(told, "2026-03-02T08:00");
        assertThat(levels.all().getFirst().level()).isEqualTo(TensionLevel.NORMAL);

        told.request("A", RequestOrigin.EMERGENCY_DEPARTMENT).request("B", RequestOrigin.EMERGENCY_DEPARTMENT);
        look(told, "2026-03-02T08:01");

        assertThat(levels.all().getFirst().needed()).isEqualTo(5);
        assertThat(levels.all().getFirst().level()).isEqualTo(TensionLevel.CRISIS);
    }

    @Test
    void shouldBeVigilantWhenAShortageIsForeseen() {
        Told told = new Told("2026-03-02T00:00");
        HospitalView view = told.occupancy.view();

        levels.look(view, shortage(0.49, null), time("2026-03-02T08:00"));
        assertThat(med().level()).isEqualTo(TensionLevel.NORMAL);
        levels.look(view, shortage(0.5, null), time("2026-03-02T08:01"));

        assertThat(med().level()).isEqualTo(TensionLevel.WATCH);
        assertThat(med().why()).isEqualTo(Levels.Why.FORESEEN);
        assertThat(levels.all().getFirst().shortage()).isNull();
    }

    private static BedShortage shortage(double probability, @Nullable Integer saturationHours) {
        return new BedShortage(12, null, Map.of(MED, new BedShortage.Foreseen(probability, saturationHours)));
    }

    @Test
    void shouldRiseAsSaturationComesNearWhereTheHospitalSaysHowNear() {
        Told told = new Told("2026-03-02T00:00");
        levels.look(told.occupancy.view(), shortage(0, 1), time("2026-03-02T07:00"));
        assertThat(med().level()).as("no hours are set").isEqualTo(TensionLevel.NORMAL);

        told.thresholds(new TensionPolicy.Thresholds(90, 97, 105, 12, 3));
        levels.look(told.occupancy.view(), shortage(0, 13), time("2026-03-02T08:00"));
        assertThat(med().level()).isEqualTo(TensionLevel.NORMAL);

        levels.look(told.occupancy.view(), shortage(0, 12), time("2026-03-02T09:00"));
        assertThat(med().level()).isEqualTo(TensionLevel.WATCH);

        levels.look(told.occupancy.view(), shortage(1, 3), time("2026-03-02T10:00"));
        assertThat(med().level()).isEqualTo(TensionLevel.TENSION);
        assertThat(med().why()).isEqualTo(Levels.Why.SATURATION);
        assertThat(TensionBoard.of(told.occupancy.view(), levels, time("2026-03-02T10:00"))
                        .alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.reasons())
                        .containsExactly(
                                new Alert.Reason(MED, null, Levels.Why.SATURATION, 3, 3, time("2026-03-02T10:00"))));

        levels.look(told.occupancy.view(), shortage(0, null), time("2026-03-02T10:59"));
        assertThat(med().why()).as("not before its dwell").isEqualTo(Levels.Why.HELD);
        levels.look(told.occupancy.view(), shortage(0, null), time("2026-03-02T11:00"));
        assertThat(med().level()).isEqualTo(TensionLevel.NORMAL);
    }

    /** However the load jumps about: a level never falls within an hour of its last change, and never stands below what the load asks for. */
    @Test
    void shouldNotFlap() {
        Duration dwell = Duration.ofHours(1);
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Told told = new Told("2026-03-02T00:00");
            Levels looked = new Levels();
            Instant now = time("2026-03-02T00:00");
            List<Instant> falls = new ArrayList<>();
            Levels.Level before = null;
            told.admit("1", "M1");
            for (int step = 0; step < 200; step++) {
                now = now.plusSeconds(random.nextInt(1_200));
                int staffed = Objects.requireNonNull(told.occupancy.view().service(MED))
                        .counts()
                        .staffed();
                told.run(new Command.SetStaffedCapacity(MED, staffed == 1 ? 2 : 1));
                BedShortage shortage = shortage(random.nextDouble(), null);
                looked.look(told.occupancy.view(), shortage, now);
                Levels.Level level = Objects.requireNonNull(looked.of(MED));
                TensionLevel asked = level.loadPercent() >= 97 ? TensionLevel.TENSION : TensionLevel.NORMAL;
                assertThat(level.level()).as("seed %d", seed).isGreaterThanOrEqualTo(asked);
                if (before != null && level.level().compareTo(before.level()) < 0) {
                    assertThat(Duration.between(before.since(), now))
                            .as("seed %d", seed)
                            .isGreaterThanOrEqualTo(dwell);
                    falls.add(now);
                }
                before = level;
            }
            for (int i = 1; i < falls.size(); i++) {
                assertThat(Duration.between(falls.get(i - 1), falls.get(i))).isGreaterThanOrEqualTo(dwell);
            }
        }
    }
}
