package org.chevet.tension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.chevet.event.BedEvent;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.EventfulLife;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline.Stretch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is kept from event to event is what is computed from all stays at the end. {@code -Dchevet.seeds=500} runs more seeds, {@code
 * -Dchevet.seed=N} starts at another.
 */
class IndicatorBookPropertiesTest {
    private static final long FIRST_SEED = Long.getLong("chevet.seed", 1);
    private static final int SEEDS = Integer.getInteger("chevet.seeds", 4);
    private static final int COMMANDS = 250;

    /** Every stay that there ever was, as last known. */
    private static final class Everybody {
        final Occupancy occupancy = new Occupancy();
        final IndicatorBook book = new IndicatorBook();
        final List<Stay> gone = new ArrayList<>();
        final Map<StayId, Stay> known = new HashMap<>();

        /** Act by act: a stay is archived in an act of its own, after it was last known. */
        void read(List<Recorded> journal, Random random) {
            List<Recorded> batch = new ArrayList<>();
            for (int i = 0; i < journal.size(); i++) {
                Recorded recorded = journal.get(i);
                occupancy.apply(recorded);
                batch.add(recorded);
                boolean actEnds = i + 1 == journal.size() || journal.get(i + 1).act() != recorded.act();
                if (!actEnds) {
                    continue;
                }
                HospitalView view = occupancy.view();
                for (Recorded event : batch) {
                    Stay archived = event.event() instanceof BedEvent.StayArchived e ? known.remove(e.stay()) : null;
                    if (archived != null) {
                        gone.add(archived);
                    }
                }
                known.putAll(view.stays());
                book.apply(batch, view);
                batch.clear();
                if (random.nextInt(50) == 0) {
                    compare(occupancy.recordedAt().plusSeconds(random.nextInt(100_000)), 1 + random.nextInt(35));
                }
            }
        }

        void compare(Instant now, int days) {
            List<Stay> all = new ArrayList<>(gone);
            all.addAll(known.values());
            Indicators read = Objects.requireNonNull(IndicatorReader.read(book, now, days));
            Naive naive = new Naive(occupancy.view().hospital(), now, days);
            all.forEach(naive::add);
            naive.compare(read.hospital(), null);
            read.services().forEach(scope -> naive.compare(scope, scope.service()));
        }
    }

    /** Adds up one window, stretch by stretch. */
    private static final class Naive {
        private final Hospital hospital;
        private final Instant from;
        private final Instant now;
        private final Map<String, Double> sums = new HashMap<>();

        Naive(Hospital hospital, Instant now, int days) {
            this.hospital = hospital;
            this.now = now;
            LocalDate today = now.atZone(hospital.zone()).toLocalDate();
            from = today.minusDays(days - 1L).atStartOfDay(hospital.zone()).toInstant();
        }

        void add(Stay stay) {
            List<Movement> movements = stay.timeline().movements();
            Stretch leftAs = null;
            for (Stretch stretch : stay.timeline().stretches()) {
                Instant to = stretch.to() == null ? now : stretch.to();
                for (int i = 0; i < movements.size(); i++) {
                    Movement movement = movements.get(i);
                    Instant next =
                            i + 1 < movements.size() ? movements.get(i + 1).at() : Instant.MAX;
                    boolean inpatient = movement.patientClass() == PatientClass.INPATIENT;
                    if (movement.kind() != MovementKind.DISCHARGE && inpatient) {
                        double seconds = overlap(later(stretch.from(), movement.at()), earlier(to, next));
                        ServiceId service = service(stretch);
                        sum("patient", service, seconds);
                        if (isOutlier(service, stay.needs().specialty())) {
                            sum("outlier", service, seconds);
                        }
                    }
                }
                leftAs = stretch;
            }
            Movement last = stay.timeline().last();
            Movement before = lastWithLength(movements);
            boolean ended = last != null && last.kind() == MovementKind.DISCHARGE;
            if (ended && before != null && before.patientClass() == PatientClass.INPATIENT) {
                // A patient who is said to have left twice left the first time.
                Instant left = movements.get(movements.indexOf(before) + 1).at();
                if (!isInWindow(left)) {
                    return;
                }
                ServiceId service = service(Objects.requireNonNull(atEnd(stay, leftAs)));
                sum("discharge", service, 1);
                sum("hour" + left.atZone(hospital.zone()).getHour(), service, 1);
            }
        }

        /** The movement that the patient was under until the discharge. */
        private static @Nullable Movement lastWithLength(List<Movement> movements) {
            Movement found = null;
            for (int i = 0; i + 1 < movements.size(); i++) {
                if (movements.get(i).at().isBefore(movements.get(i + 1).at())
                        && movements.get(i).kind() != MovementKind.DISCHARGE) {
                    found = movements.get(i);
                }
            }
            return found;
        }

        private static @Nullable Stretch atEnd(Stay stay, @Nullable Stretch last) {
            return stay.timeline().stretches().stream()
                    .filter(stretch -> stretch.from().isBefore(Objects.requireNonNull(stretch.to())))
                    .reduce((one, other) -> other)
                    .orElse(last);
        }

        private @Nullable ServiceId service(Stretch stretch) {
            for (Service service : hospital.services()) {
                boolean hasBed = service.rooms().stream()
                        .flatMap(room -> room.beds().stream())
                        .anyMatch(bed -> bed.id().equals(stretch.location().bed()));
                if (hasBed) {
                    return service.id();
                }
            }
            ServiceId stated = stretch.location().service();
            return hospital.services().stream().anyMatch(service -> service.id().equals(stated)) ? stated : null;
        }

        private boolean isOutlier(@Nullable ServiceId id, @Nullable String specialty) {
            return specialty != null
                    && hospital.services().stream()
                            .anyMatch(service -> service.id().equals(id)
                                    && !service.specialties().contains(specialty));
        }

        private void sum(String what, @Nullable ServiceId service, double amount) {
            sums.merge(what, amount, Double::sum);
            if (service != null) {
                sums.merge(what + " " + service, amount, Double::sum);
            }
        }

        private boolean isInWindow(Instant at) {
            // Whole days: what is announced for later today counts already.
            LocalDate day = at.atZone(hospital.zone()).toLocalDate();
            return !at.isBefore(from)
                    && !day.isAfter(now.atZone(hospital.zone()).toLocalDate());
        }

        private double overlap(Instant begin, Instant end) {
            Instant first = later(begin, from);
            Instant last = earlier(end, now);
            return first.isBefore(last) ? Duration.between(first, last).toSeconds() : 0;
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }

        void compare(Indicators.Scope scope, @Nullable ServiceId service) {
            double discharges = told(scope, Indicator.DISCHARGES);
            assertThat(discharges).isEqualTo(of("discharge", service));
            for (int hour = 0; hour < 24; hour++) {
                assertThat((double) scope.dischargesByHour().get(hour)).isEqualTo(of("hour" + hour, service));
            }
            assertThat(told(scope, Indicator.OUTLIER_DAYS)).isCloseTo(of("outlier", service) / 86_400, within(1e-6));
            Double length = scope.value(Indicator.LENGTH_OF_STAY);
            if (length != null) {
                assertThat(length * told(scope, Indicator.ADMISSIONS))
                        .isCloseTo(of("patient", service) / 86_400, within(1e-6));
            }
        }

        private double of(String what, @Nullable ServiceId service) {
            return sums.getOrDefault(service == null ? what : what + " " + service, 0.0);
        }

        private static double told(Indicators.Scope scope, Indicator indicator) {
            return Objects.requireNonNull(scope.value(indicator));
        }
    }

    @Test
    void shouldBeWhatIsComputedFromScratch() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                Everybody everybody = new Everybody();
                everybody.read(EventfulLife.journal(seed, COMMANDS), new Random(seed));
                everybody.compare(everybody.occupancy.recordedAt(), 35);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Each indicator of the hospital and of each service, at random moments of weeks on both sides of a change of clocks, and a year after others of
     * the same weeks (BJML).
     */
    @Test
    void shouldBeWhatIsCountedByHandFromTheWholeHistory() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                RandomWeeks weeks = new RandomWeeks(seed, "2025-03-15T00:00");
                Random random = new Random(seed);
                live(weeks, 150, random);
                weeks.pass(Duration.ofDays(350));
                live(weeks, 450, random);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void live(RandomWeeks weeks, int steps, Random random) {
        for (int i = 0; i < steps; i++) {
            weeks.step();
            if (random.nextInt(30) == 0) {
                new WeeksByHand(weeks, 1 + random.nextInt(IndicatorReader.DAYS_MAX)).compare();
            }
        }
    }

    /** How many events are taken in at once tells nothing, as long as they are of one hour: noon is looked at between two batches. */
    @Test
    void shouldNotDependOnHowEventsAreBatched() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Random random = new Random(seed);
            Everybody oneByOne = new Everybody();
            IndicatorBook inBatches = new IndicatorBook();
            List<Recorded> waiting = new ArrayList<>();
            List<Recorded> journal = EventfulLife.journal(seed, COMMANDS);
            for (int i = 0; i < journal.size(); i++) {
                Recorded recorded = journal.get(i);
                oneByOne.occupancy.apply(recorded);
                HospitalView view = oneByOne.occupancy.view();
                oneByOne.book.apply(List.of(recorded), view);
                waiting.add(recorded);
                boolean hourEnds = i + 1 == journal.size()
                        || !journal.get(i + 1)
                                .recordedAt()
                                .truncatedTo(ChronoUnit.HOURS)
                                .equals(recorded.recordedAt().truncatedTo(ChronoUnit.HOURS));
                if (hourEnds || random.nextInt(5) == 0) {
                    inBatches.apply(waiting, view);
                    waiting.clear();
                }
            }
            Instant now = oneByOne.occupancy.recordedAt().plusSeconds(3_600);

            assertThat(IndicatorReader.read(inBatches, now, 35))
                    .as("seed %d", seed)
                    .isEqualTo(IndicatorReader.read(oneByOne.book, now, 35));
        }
    }
}
