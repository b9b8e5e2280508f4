package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.chevet.event.BedEvent;
import org.chevet.event.MovementKind;
import org.chevet.event.Recorded;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.forecast.FlowRecord.Score;
import org.chevet.forecast.FlowRecord.Scored;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class FlowRecordTest {
    /** The first day tells who is here: what comes on it did not come. */
    private static final int TAKING_OVER_HOURS = 24;

    private static final int SHOWN_FROM_HOUR = 24 * FlowHistory.DAYS_NEEDED;
    private static final Map<ServiceId, String> POLES =
            Map.of(SimulatedJournal.MEDICINE, "Médecine", SimulatedJournal.SMALL, "Médecine");

    private static Instant at(int hour) {
        return SimulatedJournal.START.plus(Duration.ofHours(hour));
    }

    private enum Scope {
        HOSPITAL,
        MEDICINE,
        POLE
    }

    /** A journal that is lived hour by hour, looked at at each full hour, and counted by hand: hours are numbered from its beginning. */
    private static final class Lived {
        private final SimulatedJournal journal = new SimulatedJournal(11, POLES);
        private final FlowRecord record = new FlowRecord(SimulatedJournal.START);
        private final FlowHistory history = new FlowHistory(record);
        private final Occupancy occupancy = new Occupancy();
        private final Map<StayId, ServiceId> where = new HashMap<>();
        private final List<Foretold> foretold = new ArrayList<>();
        private final int[][] patients;
        private final int[][] entries;
        private final int[][] exits;
        private final int hours;
        private int learned;

        Lived(int days) {
            hours = 24 * days;
            patients = new int[Scope.values().length][hours + 1];
            entries = new int[Scope.values().length][hours + 1];
            exits = new int[Scope.values().length][hours + 1];
            take(0);
            for (int hour = 1; hour <= hours; hour++) {
                history.advance(at(hour));
                for (ServiceId service : where.values()) {
                    patients[Scope.HOSPITAL.ordinal()][hour]++;
                    patients[Scope.MEDICINE.ordinal()][hour] += service.equals(SimulatedJournal.MEDICINE) ? 1 : 0;
                    patients[Scope.POLE.ordinal()][hour] += POLES.containsKey(service) ? 1 : 0;
                }
                look(hour);
                journal.live(1);
                take(hour);
            }
        }

        private void take(int hour) {
            List<Recorded> all = journal.events();
            for (; learned < all.size(); learned++) {
                Recorded recorded = all.get(learned);
                history.learn(recorded);
                occupancy.apply(recorded);
                if (recorded.event() instanceof BedEvent.MovementRecorded moved) {
                    ServiceId to = moved.movement().to().service();
                    ServiceId from = to == null ? where.remove(moved.stay()) : where.put(moved.stay(), to);
                    entries[Scope.HOSPITAL.ordinal()][hour] += from == null ? 1 : 0;
                    exits[Scope.HOSPITAL.ordinal()][hour] += to == null ? 1 : 0;
                    entries[Scope.MEDICINE.ordinal()][hour] += SimulatedJournal.MEDICINE.equals(to) ? 1 : 0;
                    exits[Scope.MEDICINE.ordinal()][hour] += SimulatedJournal.MEDICINE.equals(from) ? 1 : 0;
                }
            }
        }

        private void look(int hour) {
            HospitalView view = occupancy.view();
            int[] scored = FlowRecord.HOURS.stream().mapToInt(hours -> hours).toArray();
            if (!(FlowForecaster.forecast(view, history, record, at(hour), WhatIf.NOTHING, scored)
                    instanceof Foreseen foreseen)) {
                return;
            }
            Series medicine = foreseen.services().stream()
                    .filter(series -> SimulatedJournal.MEDICINE.equals(series.service()))
                    .findFirst()
                    .orElseThrow();
            PoleForecast pole = PoleForecast.of(foreseen, view.hospital()).getFirst();
            for (int i = 0; i < medicine.ahead().size(); i++) {
                Ahead whole = foreseen.hospital().ahead().get(i);
                Ahead service = medicine.ahead().get(i);
                int due = hour + whole.hours();
                if (due <= hours) {
                    tell(Scope.HOSPITAL, whole, due);
                    tell(Scope.MEDICINE, service, due);
                    foretold.add(new Foretold(
                            Scope.POLE,
                            Quantity.PATIENTS,
                            whole.hours(),
                            due,
                            pole.ahead().get(i)));
                }
            }
        }

        private void tell(Scope scope, Ahead ahead, int due) {
            foretold.add(new Foretold(scope, Quantity.PATIENTS, ahead.hours(), due, ahead.patients()));
            foretold.add(new Foretold(scope, Quantity.ENTRIES, ahead.hours(), due, ahead.entries()));
            foretold.add(new Foretold(scope, Quantity.EXITS, ahead.hours(), due, ahead.exits()));
        }

        /** Null when it was not counted. */
        @Nullable
        Integer truth(Scope scope, Quantity quantity, int due, int ahead) {
            if (quantity == Quantity.PATIENTS) {
                return due < 1 ? null : patients[scope.ordinal()][due];
            }
            if (due - ahead < TAKING_OVER_HOURS) {
                return null;
            }
            int sum = 0;
            int[] moved = (quantity == Quantity.ENTRIES ? entries : exits)[scope.ordinal()];
            for (int hour = due - ahead; hour < due; hour++) {
                sum += moved[hour];
            }
            return sum;
        }

        /** Of those that came due in the last days, as the record's documentation says it. */
        @Nullable
        Score score(Scope scope, Quantity quantity, int ahead, int days) {
            List<Foretold> due = foretold.stream()
                    .filter(one -> one.scope() == scope && one.quantity() == quantity && one.hours() == ahead)
                    .filter(one -> wallDay(one.due()) > wallDay(hours) - days)
                    .toList();
            double error = 0;
            double bias = 0;
            double pinball = 0;
            int[] within = new int[3];
            int compared = 0;
            double comparedError = 0;
            double naiveError = 0;
            for (Foretold one : due) {
                int truth = Objects.requireNonNull(truth(scope, quantity, one.due(), ahead));
                CountDistribution count = one.count();
                double distance = count.quantile(0.5) - truth;
                error += Math.abs(distance);
                bias += distance;
                pinball += Scores.pinball(0.025, count.quantile(0.025), truth) / 21;
                pinball += Scores.pinball(0.975, count.quantile(0.975), truth) / 21;
                for (int twentieth = 1; twentieth < 20; twentieth++) {
                    double level = twentieth / 20.0;
                    pinball += Scores.pinball(level, count.quantile(level), truth) / 21;
                }
                within[0] += count.quantile(0.25) <= truth && truth <= count.quantile(0.75) ? 1 : 0;
                within[1] += count.quantile(0.1) <= truth && truth <= count.quantile(0.9) ? 1 : 0;
                within[2] += count.quantile(0.025) <= truth && truth <= count.quantile(0.975) ? 1 : 0;
                Double naive = naive(one);
                if (naive != null) {
                    compared++;
                    comparedError += Math.abs(distance);
                    naiveError += Math.abs(naive - truth);
                }
            }
            int n = due.size();
            return n == 0
                    ? null
                    : new Score(
                            ahead,
                            n,
                            error / n,
                            bias / n,
                            pinball / n,
                            2 * pinball / n,
                            (double) within[0] / n,
                            (double) within[1] / n,
                            (double) within[2] / n,
                            compared == 0 ? null : naiveError / compared,
                            compared == 0 ? null : 1 - comparedError / naiveError);
        }

        /** Paris is an hour ahead all winter. */
        private static int wallDay(int hour) {
            return (hour + 1) / 24;
        }

        /** The mean of the same weekday's same hours in the four weeks before that were over when it was made. */
        @Nullable
        private Double naive(Foretold one) {
            int sum = 0;
            int weeks = 0;
            for (int due = one.due() - 168; weeks < 4; due -= 168) {
                if (due <= one.due() - one.hours()) {
                    Integer truth = truth(one.scope(), one.quantity(), due, one.hours());
                    if (truth == null) {
                        return null;
                    }
                    sum += truth;
                    weeks++;
                }
            }
            return sum / 4.0;
        }
    }

    private record Foretold(Scope scope, Quantity quantity, int hours, int due, CountDistribution count) {}

    private static Scope scope(Scored scored) {
        return scored.pole() != null ? Scope.POLE : scored.service() != null ? Scope.MEDICINE : Scope.HOSPITAL;
    }

    @Test
    void shouldScoreWhatWasShownEveryHourByWhatWasCounted() {
        Lived lived = new Lived(51);

        int scored = 0;
        for (int days : new int[] {14, FlowRecord.DAYS_MAX}) {
            for (Scored told : lived.record.scores(lived.history, days)) {
                if (told.service() != null && !told.service().equals(SimulatedJournal.MEDICINE)) {
                    continue;
                }
                assertThat(told.ahead()).extracting(Score::hours).isEqualTo(FlowRecord.HOURS);
                for (Score score : told.ahead()) {
                    String what = scope(told) + " " + told.quantity() + " " + score.hours() + " h, " + days + " days";
                    assertThat(score.naiveError()).as(what).isNotNull();
                    assertSame(what, score, lived.score(scope(told), told.quantity(), score.hours(), days));
                    scored++;
                }
            }
        }
        assertThat(scored).isEqualTo(2 * (3 + 3 + 1) * FlowRecord.HOURS.size());
    }

    private static void assertSame(String what, Score score, @Nullable Score wanted) {
        assertThat(wanted).as(what).isNotNull();
        assertThat(score.forecasts()).as(what).isEqualTo(wanted.forecasts());
        assertThat(List.of(
                        score.error(),
                        score.bias(),
                        score.pinball(),
                        score.crps(),
                        score.coverage50(),
                        score.coverage80(),
                        score.coverage95(),
                        orBelow(score.naiveError()),
                        orBelow(score.skill())))
                .as(what)
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-4 ? 0 : Double.compare(one, other))
                .containsExactly(
                        wanted.error(),
                        wanted.bias(),
                        wanted.pinball(),
                        wanted.crps(),
                        wanted.coverage50(),
                        wanted.coverage80(),
                        wanted.coverage95(),
                        orBelow(wanted.naiveError()),
                        orBelow(wanted.skill()));
    }

    private static double orBelow(@Nullable Double value) {
        return value == null ? -1_000 : value;
    }

    @Test
    void shouldTellThePastAsItWasCounted() {
        Lived lived = new Lived(20);
        Instant now = at(lived.hours).plus(Duration.ofMinutes(40));

        FlowRecord.Past past = lived.record.past(lived.history, now);

        List<Integer> hours = new ArrayList<>();
        for (int daysAgo = FlowRecord.PAST_DAYS; daysAgo > 1; daysAgo--) {
            hours.add(lived.hours - 24 * daysAgo);
        }
        for (int hoursAgo = FlowRecord.PAST_HOURS; hoursAgo >= 0; hoursAgo--) {
            hours.add(lived.hours - hoursAgo);
        }
        assertThat(past.at())
                .containsExactlyElementsOf(
                        hours.stream().map(FlowRecordTest::at).toList());
        for (Quantity quantity : Quantity.values()) {
            assertCounted(lived, past.find(null, null, quantity), Scope.HOSPITAL, hours);
            assertCounted(lived, past.find(SimulatedJournal.MEDICINE, null, quantity), Scope.MEDICINE, hours);
        }
        assertCounted(lived, past.find(null, "Médecine", Quantity.PATIENTS), Scope.POLE, hours);
        assertThat(past.find(null, "Médecine", Quantity.ENTRIES)).isNull();

        FlowRecord restarted = new FlowRecord(now);
        FlowHistory history = new FlowHistory(restarted);
        lived.journal.events().forEach(history::learn);
        assertThat(restarted.past(history, now)).as("after a restart").isEqualTo(past);
    }

    private static void assertCounted(
            Lived lived, FlowRecord.@Nullable Counted counted, Scope scope, List<Integer> hours) {
        FlowRecord.Counted told = Objects.requireNonNull(counted);
        List<@Nullable Integer> truth = new ArrayList<>();
        for (int hour : hours) {
            truth.add(
                    told.quantity() == Quantity.PATIENTS
                            ? lived.truth(scope, Quantity.PATIENTS, hour, 0)
                            : lived.truth(scope, told.quantity(), lived.hours, lived.hours - hour));
        }
        assertThat(told.counts()).as(scope + " " + told.quantity()).isEqualTo(truth);
    }

    @Test
    void shouldTellOfAShortPastWhatThereIs() {
        assertThat(new FlowRecord(SimulatedJournal.START)
                        .past(new FlowHistory(null), at(0))
                        .at())
                .as("before the first event")
                .isEmpty();
        Learned learned = new Learned(POLES, TAKING_OVER_HOURS + 5);
        learned.advance(0);

        assertThat(learned.past(0).at())
                .as("the first day tells who is here already")
                .containsExactlyElementsOf(IntStream.rangeClosed(TAKING_OVER_HOURS, TAKING_OVER_HOURS + 5)
                        .mapToObj(FlowRecordTest::at)
                        .toList());
    }

    /** Two hours without an event are quiet ones; of ten, where no hour is without, nobody knows. */
    @Test
    void shouldTellNothingOfHoursThatNobodyWatched() {
        Learned learned = new Learned(POLES, 24 * 15);

        FlowRecord.Past quiet = learned.past(2);
        assertThat(quiet.at().getLast()).isEqualTo(at(24 * 15 + 2));
        List<@Nullable Integer> counts = Objects.requireNonNull(quiet.find(null, null, Quantity.PATIENTS))
                .counts();
        assertThat(counts.getLast())
                .isEqualTo(Arrays.stream(learned.history.present()).sum());
        assertThat(learned.past(10).at().getLast()).isBefore(at(24 * 15 + 1));
    }

    /** Nor is it known of them in the hour in which somebody watches again; who came and left before is counted all the same. */
    @Test
    void shouldTellNothingOfHoursThatNobodyWatchedOnceSomethingHappensAgain() {
        for (int silent : List.of(10, 100)) {
            Learned learned = new Learned(POLES, 24 * 15);
            FlowRecord.Past before = learned.past(2);

            learned.comesAfter(silent);
            FlowRecord.Past after = learned.past(0);

            assertThat(after.at())
                    .as("after %s hours", silent)
                    .allSatisfy(hour -> assertThat(hour).isBeforeOrEqualTo(at(24 * 15 + 1)));
            List<Instant> both =
                    after.at().stream().filter(before.at()::contains).toList();
            assertThat(both).isNotEmpty();
            for (Quantity quantity : Quantity.values()) {
                assertThat(counts(after, quantity, both))
                        .as("%s, after %s hours", quantity, silent)
                        .isEqualTo(counts(before, quantity, both));
            }
        }
    }

    private static List<@Nullable Integer> counts(FlowRecord.Past past, Quantity quantity, List<Instant> hours) {
        List<@Nullable Integer> counts =
                Objects.requireNonNull(past.find(null, null, quantity)).counts();
        List<@Nullable Integer> ofHours = new ArrayList<>();
        hours.forEach(hour -> ofHours.add(counts.get(past.at().indexOf(hour))));
        return ofHours;
    }

    /** A feed that breaks off while it tells who is here has told of nobody's past. */
    @Test
    void shouldTellNothingOfAFirstDayThatWasInterrupted() {
        Learned learned = new Learned(POLES, 5);
        learned.comesAfter(100);
        learned.live(TAKING_OVER_HOURS - 5 + 1);

        assertThat(learned.past(0).at())
                .isNotEmpty()
                .allSatisfy(hour -> assertThat(hour).isAfterOrEqualTo(at(100 + TAKING_OVER_HOURS)));
    }

    /** What a hospital lived, and was learned. */
    private static final class Learned {
        private final SimulatedJournal journal;
        private final FlowRecord record = new FlowRecord(SimulatedJournal.START);
        private final FlowHistory history = new FlowHistory(record);

        Learned(Map<ServiceId, String> poles, int hours) {
            journal = new SimulatedJournal(3, poles);
            live(hours);
        }

        void define(Hospital hospital) {
            journal.add(new BedEvent.HospitalDefined(journal.now(), hospital));
            history.learn(journal.events().getLast());
        }

        /** Nothing happens for some hours; then somebody comes. */
        void comesAfter(int hours) {
            for (int i = 0; i < hours; i++) {
                journal.pass();
            }
            journal.move(journal.newStay(), MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
            history.learn(journal.events().getLast());
        }

        void live(int hours) {
            journal.live(hours);
            journal.events().forEach(history::learn);
        }

        /** Some hours after the last event. */
        FlowRecord.Past past(int hours) {
            return record.past(history, journal.now().plus(Duration.ofHours(hours)));
        }

        void advance(int hours) {
            history.advance(journal.now().plus(Duration.ofHours(hours)));
        }

        List<@Nullable String> poles() {
            return record.scores(history, 14).stream()
                    .filter(scored -> scored.pole() != null)
                    .map(Scored::pole)
                    .toList();
        }

        List<@Nullable ServiceId> services() {
            return record.scores(history, 14).stream().map(Scored::service).toList();
        }

        int forecasts(ServiceId service) {
            return record.scores(history, FlowRecord.DAYS_MAX).stream()
                    .filter(scored -> scored.quantity() == Quantity.PATIENTS)
                    .filter(scored -> service.equals(scored.service()))
                    .mapToInt(scored -> scored.ahead().getFirst().forecasts())
                    .sum();
        }
    }

    /** One in five would do for the scores' means, but who looks at an hour wants to find it there. */
    @Test
    void shouldKeepEveryHoursForecastFromTheFirstThatIsShown() {
        Learned learned = new Learned(Map.of(), 24 * 30);
        learned.advance(0);

        for (Scored scored : learned.record.scores(learned.history, FlowRecord.DAYS_MAX)) {
            for (Score score : scored.ahead()) {
                assertThat(score.forecasts())
                        .as(scored.service() + " " + scored.quantity() + " " + score.hours())
                        .isEqualTo(24 * 30 - score.hours() - SHOWN_FROM_HOUR + 1);
            }
        }
    }

    /** One comes to medicine every third hour, and when there are twenty who is there longest leaves: so it was in every week before. */
    @Test
    void shouldCompareEntriesAndExitsWithThoseOfTheSameHoursBefore() {
        SimulatedJournal journal = new SimulatedJournal(3);
        Deque<StayId> there = new ArrayDeque<>();
        for (int hour = 1; hour <= 24 * 66; hour++) {
            journal.pass();
            if (hour % 3 == 0) {
                there.add(journal.newStay());
                journal.move(there.getLast(), MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
                if (there.size() > 20) {
                    journal.move(there.remove(), MovementKind.DISCHARGE, null);
                }
            }
        }
        FlowRecord record = new FlowRecord(SimulatedJournal.START);
        FlowHistory history = new FlowHistory(record);
        journal.events().forEach(history::learn);

        List<Scored> flows = record.scores(history, 14).stream()
                .filter(scored -> SimulatedJournal.MEDICINE.equals(scored.service()))
                .filter(scored -> scored.quantity() != Quantity.PATIENTS)
                .toList();
        assertThat(flows).extracting(Scored::quantity).containsExactly(Quantity.ENTRIES, Quantity.EXITS);
        for (Scored flow : flows) {
            assertThat(flow.ahead()).extracting(Score::hours).isEqualTo(FlowRecord.HOURS);
            for (Score score : flow.ahead()) {
                assertThat(score.naiveError())
                        .as("%s within %d", flow.quantity(), score.hours())
                        .isZero();
                assertThat(score.skill()).as("beside what errs by nothing").isNull();
            }
        }
        assertThat(flows.getFirst().ahead().get(4).bias())
                .as("eight come in 24 hours")
                .isCloseTo(0, within(1.0));
    }

    @Test
    void shouldBeginAnewWithAPoleThatHasOtherServices() {
        Learned learned =
                new Learned(Map.of(SimulatedJournal.MEDICINE, "Médecine", SimulatedJournal.SURGERY, "Bloc"), 24 * 16);
        assertThat(learned.poles()).containsExactly("Médecine", "Bloc");

        learned.define(SimulatedJournal.hospital(Map.of(
                SimulatedJournal.MEDICINE,
                "Médecine",
                SimulatedJournal.SMALL,
                "Médecine",
                SimulatedJournal.SURGERY,
                "Bloc")));
        learned.advance(1);
        assertThat(learned.poles()).containsExactly("Bloc");

        learned.advance(3);
        assertThat(learned.poles()).containsExactly("Médecine", "Bloc");
    }

    @Test
    void shouldTellOnlyOfServicesThatTheHospitalHas() {
        Hospital hospital = SimulatedJournal.hospital(POLES);
        Learned learned = new Learned(POLES, 24 * 16);
        int before = learned.forecasts(SimulatedJournal.SMALL);
        assertThat(before).isPositive();

        learned.define(withServices(
                hospital,
                hospital.services().stream()
                        .filter(service -> !service.id().equals(SimulatedJournal.SMALL))
                        .toList()));
        learned.advance(3);
        assertThat(learned.services()).contains(SimulatedJournal.MEDICINE).doesNotContain(SimulatedJournal.SMALL);

        learned.journal.pass();
        learned.journal.pass();
        learned.journal.pass();
        learned.define(hospital);
        learned.advance(3);
        assertThat(learned.services()).contains(SimulatedJournal.SMALL);
        assertThat(learned.forecasts(SimulatedJournal.SMALL))
                .as("of two of the three hours since")
                .isEqualTo(before + 2);
    }

    @Test
    void shouldKeepThePolesRecordWhenTheFilesLinesAreSwapped() {
        Hospital hospital = SimulatedJournal.hospital(POLES);
        Learned learned = new Learned(POLES, 24 * 16);
        assertThat(learned.poles()).containsExactly("Médecine");

        learned.define(withServices(hospital, hospital.services().reversed()));
        learned.advance(1);
        assertThat(learned.poles()).containsExactly("Médecine");
    }

    private static Hospital withServices(Hospital hospital, List<Service> services) {
        return new Hospital(
                hospital.id(),
                hospital.name(),
                hospital.zone(),
                hospital.specialties(),
                hospital.equipment(),
                services);
    }

    @Test
    void shouldScoreAfterARestartAllThatCameDueInTheLastDays() {
        int days = FlowHistory.DAYS_NEEDED + 14 + FlowRecord.DAYS_MAX + 2;
        SimulatedJournal journal = new SimulatedJournal(11);
        for (int day = 0; day < days; day++) {
            for (int hour = 0; hour < 24; hour++) {
                journal.pass();
            }
            journal.move(journal.newStay(), MovementKind.ADMISSION, SimulatedJournal.SMALL);
        }
        FlowRecord restarted = new FlowRecord(journal.now().minus(Duration.ofDays(FlowRecord.DAYS_MAX)));
        FlowHistory history = new FlowHistory(restarted);
        journal.events().forEach(history::learn);

        for (Scored scored : restarted.scores(history, FlowRecord.DAYS_MAX)) {
            for (Score score : scored.ahead()) {
                assertThat(score.forecasts())
                        .as(scored.service() + " " + scored.quantity() + " " + score.hours()
                                + " h, until 1 in the morning in Paris")
                        .isEqualTo((FlowRecord.DAYS_MAX - 1) * 24 + 2);
            }
        }
    }

    /** Of a member that was restarted and of one that ran on, when the first forecast is made that both still score. */
    @Test
    void shouldLearnFromEnoughOfThePastHowWideBandsAreToBe() {
        int days = 290;
        SimulatedJournal journal = new SimulatedJournal(11);
        journal.live(24 * days);
        FlowRecord running = FlowRecord.unscored(SimulatedJournal.START);
        FlowRecord restarted = new FlowRecord(at(24 * (days + 14)));
        for (FlowRecord record : List.of(running, restarted)) {
            FlowHistory history = new FlowHistory(record);
            journal.events().forEach(history::learn);
        }

        int small = FlowRecord.WHOLE + 4; // Hardly anybody is there: each patient changes it.
        List<Double> differences = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            for (int number = FlowRecord.WHOLE; number < small; number++) {
                for (int hours : FlowRecord.HOURS) {
                    double needed = running.factor(quantity, number, hours);
                    double known = restarted.factor(quantity, number, hours);
                    assertThat(known / needed)
                            .as(quantity + " of " + number + ", " + hours + " h ahead")
                            .isCloseTo(1, within(0.25));
                    differences.add(Math.abs(known / needed - 1));
                }
            }
        }
        assertThat(differences.stream().mapToDouble(one -> one).average().orElseThrow())
                .isLessThan(0.06);
    }

    /** The journal tells nothing for twelve hours, and then all that happened meanwhile. */
    @Test
    void shouldScoreNothingOfHoursInWhichNobodyWatched() {
        Learned learned = new Learned(Map.of(), 24 * 20);
        learned.advance(0);
        int known = learned.forecasts(SimulatedJournal.MEDICINE);
        Instant back = at(24 * 20 + 12);
        SimulatedJournal journal = learned.journal;
        int before = journal.events().size();
        journal.live(24);
        for (Recorded recorded :
                journal.events().subList(before, journal.events().size())) {
            Instant told = recorded.recordedAt().isBefore(back) ? back : recorded.recordedAt();
            learned.history.learn(
                    new Recorded(recorded.sequence(), recorded.act(), told, recorded.origin(), recorded.event()));
        }
        learned.advance(0);

        // One comes due when the outage begins; afterwards the first is made an hour after the feed is back, and comes
        // due an hour later.
        assertThat(learned.forecasts(SimulatedJournal.MEDICINE)).isEqualTo(known + 1 + 11);
    }

    @Test
    void shouldTakeLittleMemoryBeforeAnythingIsShown() {
        allocatedByAnHour(new FlowRecord(SimulatedJournal.START)); // classes are loaded

        long without = allocatedByAnHour(null);
        long with = allocatedByAnHour(new FlowRecord(SimulatedJournal.START));
        assertThat(with - without).as("bytes of four services").isLessThan(200_000);
    }

    private static long allocatedByAnHour(@Nullable FlowRecord record) {
        SimulatedJournal journal = new SimulatedJournal(3);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        FlowHistory history = new FlowHistory(record);
        journal.events().forEach(history::learn);
        history.advance(at(1));
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldTellOfDaysOfTheWallsCalendar() {
        Learned learned = new Learned(Map.of(), 24 * 20 + 23);
        learned.advance(0);

        assertThat(learned.record
                        .scores(learned.history, 1)
                        .getFirst()
                        .ahead()
                        .getFirst()
                        .forecasts())
                .as("at midnight in Paris")
                .isOne();
    }

    /** From 8 to 18 in Paris, where clocks are set forward on 29 March, medicine has one patient more than the week before. */
    @Test
    void shouldCompareWithTheSameHoursOnTheWallAcrossAClockChange() {
        SimulatedJournal journal = new SimulatedJournal(3);
        Deque<StayId> there = new ArrayDeque<>();
        Instant end = Instant.parse("2026-04-11T21:00:00Z");
        while (journal.now().isBefore(end)) {
            journal.pass();
            int hour = journal.now().atZone(ZoneId.of("Europe/Paris")).getHour();
            long weeks = Duration.between(SimulatedJournal.START, journal.now()).toDays() / 7;
            for (int i = 0; hour == 8 && i <= weeks; i++) {
                there.add(journal.newStay());
                journal.move(there.getLast(), MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
            }
            while (hour == 18 && !there.isEmpty()) {
                journal.move(there.remove(), MovementKind.DISCHARGE, null);
            }
        }
        FlowRecord record = new FlowRecord(SimulatedJournal.START);
        FlowHistory history = new FlowHistory(record);
        journal.events().forEach(history::learn);
        history.advance(end);

        Scored patients = record.scores(history, 14).stream()
                .filter(scored -> scored.quantity() == Quantity.PATIENTS)
                .filter(scored -> SimulatedJournal.MEDICINE.equals(scored.service()))
                .findFirst()
                .orElseThrow();
        // From 29 March to 11 April, 23 o'clock. A week before the first of these weeks, the hour is not over yet when
        // the forecast is made.
        double hours = 24 * 14 - 1;
        for (Score score : patients.ahead()) {
            double difference = switch (score.hours()) {
                case 336 -> 14 * 10 * (3 + 1.5);
                case 168 -> 7 * 10 * (2 + 1.5) + 7 * 10 * (1 + 1.5);
                default -> 14 * 10 * (1 + 1.5);
            };
            assertThat(score.naiveError()).as(score.hours() + " h").isCloseTo(difference / hours, within(1e-4));
        }
    }
}
