package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.chevet.event.BedEvent;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PastStretch;
import org.chevet.event.Recorded;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What another system remembers of the time before the journal. */
class PastStaysTest {
    private static final int DAYS = 60;
    private static final Instant GOES_LIVE = SimulatedJournal.START.plus(Duration.ofDays(40));
    private static final int[] HOURS = {4, 24, 72, 168};
    private static final List<Recorded> WHOLE = whole();
    private static final List<PastStretch> PAST = past(WHOLE);

    private static List<Recorded> whole() {
        SimulatedJournal journal = new SimulatedJournal(7);
        journal.live(24 * DAYS);
        return journal.events();
    }

    /** The stays of a journal as an export has them. */
    private static List<PastStretch> past(List<Recorded> events) {
        Map<StayId, PastStretch> open = new HashMap<>();
        Map<StayId, PastStretch> announced = new HashMap<>();
        List<PastStretch> past = new ArrayList<>();
        for (Recorded recorded : events) {
            switch (recorded.event()) {
                case BedEvent.StayRegistered registered ->
                    announced.put(
                            registered.stay(),
                            stretch(
                                    registered.stay(),
                                    SimulatedJournal.SURGERY,
                                    null,
                                    recorded.recordedAt(),
                                    registered.expectedArrival()));
                case BedEvent.MovementRecorded moved -> {
                    Movement movement = moved.movement();
                    PastStretch before = open.remove(moved.stay());
                    if (before != null) {
                        past.add(ending(before, movement.at()));
                    }
                    ServiceId service = movement.to().service();
                    if (service != null) {
                        PastStretch expected = announced.remove(moved.stay());
                        open.put(
                                moved.stay(),
                                stretch(
                                        moved.stay(),
                                        service,
                                        movement.at(),
                                        expected == null ? null : expected.announced(),
                                        expected == null ? null : expected.expected()));
                    }
                }
                default -> {}
            }
        }
        past.addAll(open.values());
        past.addAll(announced.values());
        return past;
    }

    private static PastStretch stretch(
            StayId stay,
            ServiceId service,
            @Nullable Instant entry,
            @Nullable Instant announced,
            @Nullable Instant expected) {
        return new PastStretch(
                1,
                stay,
                service,
                entry,
                null,
                announced != null,
                announced,
                expected,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static PastStretch ending(PastStretch stretch, @Nullable Instant exit) {
        return new PastStretch(
                stretch.line(),
                stretch.stay(),
                stretch.service(),
                stretch.entry(),
                exit,
                stretch.planned(),
                stretch.announced(),
                stretch.expected(),
                stretch.plannedExit(),
                stretch.plannedExitStated(),
                stretch.medicallyReady(),
                stretch.barrier(),
                stretch.barrierLifted(),
                stretch.specialty());
    }

    private static List<PastStretch> byTime(List<PastStretch> past) {
        return past.stream()
                .sorted(Comparator.comparing(PastStretch::begins)
                        .thenComparing(PastStretch::entry, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())))
                .toList();
    }

    private static void learn(FlowHistory history, List<PastStretch> past, Instant until) {
        PastStays stays = new PastStays(history, SimulatedJournal.hospital(), SimulatedJournal.START, until);
        byTime(past).forEach(stays::learn);
        stays.finish();
    }

    /** The journal of a hospital that begins with Chevet: first a feed says who is here and who is announced, then things happen. */
    private static List<Recorded> begunLate(List<Recorded> whole) {
        Map<StayId, BedEvent> here = new HashMap<>();
        List<BedEvent> first = new ArrayList<>();
        List<Recorded> later = new ArrayList<>();
        for (Recorded recorded : whole) {
            if (!recorded.recordedAt().isBefore(GOES_LIVE)) {
                later.add(recorded);
                continue;
            }
            switch (recorded.event()) {
                case BedEvent.HospitalDefined defined -> first.add(defined);
                case BedEvent.StayRegistered registered -> here.put(registered.stay(), registered);
                case BedEvent.MovementRecorded moved -> {
                    if (moved.movement().kind() == MovementKind.DISCHARGE) {
                        here.remove(moved.stay());
                    } else {
                        here.put(moved.stay(), moved);
                    }
                }
                default -> {}
            }
        }
        here.values().stream().sorted(Comparator.comparing(BedEvent::at)).forEach(first::add);
        List<Recorded> journal = new ArrayList<>();
        first.forEach(event -> journal.add(recorded(journal.size() + 1, GOES_LIVE, event)));
        later.forEach(one -> journal.add(recorded(journal.size() + 1, one.recordedAt(), one.event())));
        return journal;
    }

    private static Recorded recorded(long sequence, Instant at, BedEvent event) {
        return new Recorded(sequence, sequence, at, new org.chevet.event.Origin.Engine(), event);
    }

    private static List<List<CountDistribution>> foreseen(List<PastStretch> past, List<Recorded> journal) {
        FlowRecord record = new FlowRecord(Instant.MAX);
        FlowHistory history = new FlowHistory(record);
        if (!past.isEmpty()) {
            learn(history, past, GOES_LIVE);
        }
        journal.forEach(history::learn);
        return FlowForecaster.patients(history, record, HOURS);
    }

    /** One a day, and more on the morning of the third Monday. */
    private static List<PastStretch> daily(int onTheMorning) {
        List<PastStretch> past = new ArrayList<>();
        for (int day = 0; day < 15; day++) {
            Instant entry = SimulatedJournal.START.plus(Duration.ofDays(day)).plus(Duration.ofHours(5));
            for (int i = 0; i < (day < 14 ? 1 : onTheMorning); i++) {
                past.add(ready(day + "-" + i, entry, null, null, null, entry.plus(Duration.ofHours(5))));
            }
        }
        return past;
    }

    /** Expected, by weekday and hour. */
    private static double[] arrivals(FlowHistory history) {
        ArrivalPattern arrivals = history.flows().get(history.number(SimulatedJournal.MEDICINE)).unplanned;
        return IntStream.range(0, 7 * 24)
                .mapToDouble(hour -> arrivals.mean(hour / 24, hour % 24))
                .toArray();
    }

    private static double[] arrivalsWithAJournalFromTwoInTheAfternoon(int onTheMorning) {
        FlowHistory history = new FlowHistory(null);
        Instant begins = SimulatedJournal.START.plus(Duration.ofDays(14)).plus(Duration.ofHours(13));
        learn(history, daily(onTheMorning), begins);
        history.learn(recorded(1, begins, new BedEvent.HospitalDefined(begins, SimulatedJournal.hospital())));
        history.advance(begins.plus(Duration.ofDays(2)));
        return arrivals(history);
    }

    @Test
    void shouldMakeNoWholeDayOfTheMorningBeforeTheJournalBegins() {
        double[] quiet = arrivalsWithAJournalFromTwoInTheAfternoon(1);

        assertThat(Arrays.stream(quiet).sum()).isPositive();
        assertThat(arrivalsWithAJournalFromTwoInTheAfternoon(30)).containsExactly(quiet);
    }

    private static double[] arrivalsWithSilenceFromMondayToFriday(int onTheMorning) {
        FlowHistory history = new FlowHistory(null);
        List<PastStretch> past = daily(onTheMorning);
        Instant friday = SimulatedJournal.START.plus(Duration.ofDays(18)).plus(Duration.ofHours(10));
        Instant saturday = friday.plus(Duration.ofHours(20));
        past.add(ready("F", friday, null, null, null, saturday));
        learn(history, past, saturday.plus(Duration.ofHours(1)));
        return arrivals(history);
    }

    @Test
    void shouldMakeNoWholeDayOfTheHalvesBeforeAndAfterASilence() {
        double[] quiet = arrivalsWithSilenceFromMondayToFriday(1);

        assertThat(Arrays.stream(quiet).sum()).isPositive();
        assertThat(arrivalsWithSilenceFromMondayToFriday(30)).containsExactly(quiet);
    }

    private static double[][] figures(List<List<CountDistribution>> foreseen) {
        return foreseen.stream()
                .map(service -> service.stream()
                        .flatMap(count -> java.util.stream.Stream.of(count.mean(), count.variance()))
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toArray(double[][]::new);
    }

    @Test
    void shouldTeachWhatAJournalOfTheSameDaysWouldHaveTaught() {
        List<List<CountDistribution>> whole = foreseen(List.of(), WHOLE);
        List<List<CountDistribution>> joined = foreseen(PAST, begunLate(WHOLE));

        for (int service = 0; service < whole.size(); service++) {
            for (int i = 0; i < HOURS.length; i++) {
                double expected = whole.get(service).get(i).mean();
                assertThat(joined.get(service).get(i).mean())
                        .as("service %d, %d hours ahead", service, HOURS[i])
                        .isCloseTo(expected, within(0.3 + 0.06 * expected));
            }
        }
    }

    @Test
    void shouldForeseeOnTheDayTheJournalBegins() {
        FlowRecord record = new FlowRecord(Instant.MAX);
        FlowHistory history = new FlowHistory(record);
        learn(history, PAST, GOES_LIVE);

        assertThat(history.daysKnown()).isBetween(38, 40);
        begunLate(WHOLE).stream()
                .filter(one -> one.recordedAt().isBefore(GOES_LIVE.plus(Duration.ofHours(2))))
                .forEach(history::learn);
        List<CountDistribution> hospital =
                FlowForecaster.patients(history, record, HOURS).getLast();
        assertThat(hospital.getFirst().mean())
                .as("whoever the feed told of at first did not arrive just then")
                .isCloseTo(history.presence().count, within(0.15 * history.presence().count));
    }

    @Test
    void shouldCountNoDayOfTheJournalTwice() {
        List<PastStretch> cut = PAST.stream()
                .filter(stretch -> stretch.begins().isBefore(GOES_LIVE))
                .map(stretch ->
                        stretch.exit() == null || stretch.exit().isBefore(GOES_LIVE) ? stretch : ending(stretch, null))
                .toList();
        List<Recorded> journal = begunLate(WHOLE);

        assertThat(PAST).hasSizeGreaterThan(cut.size() + 100);
        assertThat(figures(foreseen(PAST, journal))).isDeepEqualTo(figures(foreseen(cut, journal)));
    }

    /** Trolleys take their time. */
    @Test
    void shouldTakeWhoIsOnTheWayFromOneServiceToAnotherForMoved() {
        List<PastStretch> late = PAST.stream()
                .map(stretch -> stretch.service().equals(SimulatedJournal.EMERGENCY) && stretch.exit() != null
                        ? ending(
                                stretch,
                                movesOn(stretch) ? stretch.exit().minus(Duration.ofMinutes(59)) : stretch.exit())
                        : stretch)
                .toList();
        List<Recorded> journal = begunLate(WHOLE);

        assertThat(late).isNotEqualTo(PAST);
        assertThat(figures(foreseen(late, journal))).isDeepEqualTo(figures(foreseen(PAST, journal)));
    }

    private static boolean movesOn(PastStretch stretch) {
        return PAST.stream()
                .anyMatch(other -> other.stay().equals(stretch.stay())
                        && other.service().equals(SimulatedJournal.MEDICINE)
                        && !other.equals(stretch));
    }

    /** A file that says who was planned, but not since when, teaches nothing of how long before. */
    @Test
    void shouldNotInventWhenPeopleWereAnnounced() {
        UnaryOperator<PastStretch> flagOnly = stretch -> new PastStretch(
                1,
                stretch.stay(),
                stretch.service(),
                stretch.entry(),
                stretch.exit(),
                stretch.planned(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        FlowHistory history = new FlowHistory(null);
        learn(
                history,
                PAST.stream()
                        .filter(stretch -> stretch.entry() != null)
                        .map(flagOnly)
                        .toList(),
                GOES_LIVE);
        FlowHistory known = new FlowHistory(null);
        learn(known, PAST, GOES_LIVE);

        assertThat(history.announcements(false).notYetAnnounced(25)[24]).isEqualTo(1);
        assertThat(known.announcements(false).notYetAnnounced(25)[24])
                .as("all were announced three days before")
                .isZero();
        int surgery = history.number(SimulatedJournal.SURGERY);
        assertThat(history.flows().get(surgery).planned.level())
                .isCloseTo(known.flows().get(surgery).planned.level(), within(0.01));
        assertThat(plannedUnannounced(history, 100))
                .as("who is announced is one of those who are planned")
                .isLessThan(0.7 * plannedUnannounced(history, 0));
    }

    /** Of two who are ready after two days one leaves at once, and one when what stood in the way is gone. */
    @Test
    void shouldLearnOfBarriersWhileTheyStood() {
        List<PastStretch> past = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            Instant entry = SimulatedJournal.START.plus(Duration.ofDays(day));
            Instant ready = entry.plus(Duration.ofHours(48));
            Instant lifted = ready.plus(Duration.ofHours(48));
            past.add(ready("R" + day, entry, ready, null, null, ready.plus(Duration.ofHours(2))));
            past.add(ready("H" + day, entry, ready, ready, lifted, lifted.plus(Duration.ofHours(2))));
        }

        StandingFactor standing = standing(past);
        assertThat(left(standing::observed, Standing.MEDICALLY_READY)).isGreaterThan(40);
        assertThat(left(standing::observed, Standing.READY_BUT_HELD)).isZero();
        assertThat(left(standing::expected, Standing.READY_BUT_HELD)).isGreaterThan(5);
    }

    /** Whoever left comes back two days later, and is ready after another one. */
    @Test
    void shouldNotTakeWhatWasWrittenAfterTheExitForTheNextTimeHere() {
        List<PastStretch> ready = new ArrayList<>();
        List<PastStretch> held = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            Instant entry = SimulatedJournal.START.plus(Duration.ofDays(day));
            Instant exit = entry.plus(Duration.ofHours(48));
            Instant after = exit.plus(Duration.ofHours(2));
            Instant again = exit.plus(Duration.ofHours(48));
            Instant lifted = again.plus(Duration.ofHours(48));
            ready.add(ready("R" + day, entry, after, null, null, exit));
            ready.add(ready("R" + day, again, null, null, null, lifted));
            held.add(ready("H" + day, entry, null, after, lifted, exit));
            held.add(ready("H" + day, again, again.plus(Duration.ofHours(24)), null, null, lifted));
        }

        assertThat(left(standing(ready)::expected, Standing.WAITS)).isGreaterThan(20);
        assertThat(left(standing(ready)::expected, Standing.MEDICALLY_READY)).isZero();
        assertThat(left(standing(held)::expected, Standing.MEDICALLY_READY)).isGreaterThan(5);
        assertThat(left(standing(held)::expected, Standing.READY_BUT_HELD)).isZero();
    }

    private static StandingFactor standing(List<PastStretch> past) {
        FlowHistory history = new FlowHistory(null);
        learn(history, past, SimulatedJournal.START.plus(Duration.ofDays(40)));
        return history.flows().get(history.number(SimulatedJournal.MEDICINE)).stays.standing;
    }

    private static PastStretch ready(
            String stay,
            Instant entry,
            @Nullable Instant ready,
            @Nullable Instant barrier,
            @Nullable Instant lifted,
            Instant exit) {
        return new PastStretch(
                1,
                new StayId(stay),
                SimulatedJournal.MEDICINE,
                entry,
                exit,
                false,
                null,
                null,
                null,
                null,
                ready,
                barrier,
                lifted,
                null);
    }

    /** In hours of which that was known at their beginning. */
    private static double left(ToDoubleBiFunction<Integer, Integer> events, int milestone) {
        double all = 0;
        for (int part = 0; part < Standing.PARTS_OF_DAY; part++) {
            all += events.applyAsDouble(Standing.what(Standing.NO_PLAN, 0, milestone), Standing.ofWhat(0, part));
        }
        return all;
    }

    /** Of surgery, within a day. */
    private static double plannedUnannounced(FlowHistory history, int announced) {
        Presence presence = new Presence();
        int surgery = history.number(SimulatedJournal.SURGERY);
        for (int i = 0; i < announced; i++) {
            presence.announce(surgery, history.hour() + i % 24, false, false);
        }
        double[][] noInflux = new double[history.flows().size()][24];
        return new FlowProjection(history, presence, history.hour(), new int[] {24}, noInflux).plannedCame[0][surgery];
    }
}
