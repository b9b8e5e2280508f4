package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.chevet.event.Barrier;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.forecast.FlowForecast.TooLittleHistory;
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class FlowForecasterTest {
    private static final int DAYS = 60;
    private static final SimulatedJournal JOURNAL = journal();

    private static SimulatedJournal journal() {
        SimulatedJournal journal = new SimulatedJournal(7);
        journal.live(24 * DAYS);
        return journal;
    }

    private static FlowRecord noRecord() {
        return new FlowRecord(Instant.MAX);
    }

    private static FlowHistory learned(List<Recorded> events, FlowRecord record) {
        FlowHistory history = new FlowHistory(record);
        events.forEach(history::learn);
        return history;
    }

    private static HospitalView view(List<Recorded> events) {
        Occupancy occupancy = new Occupancy();
        events.forEach(occupancy::apply);
        return occupancy.view();
    }

    private static FlowForecast forecast(SimulatedJournal journal, WhatIf whatIf) {
        FlowRecord record = noRecord();
        FlowHistory history = learned(journal.events(), record);
        history.advance(journal.now());
        return FlowForecaster.forecast(view(journal.events()), history, record, journal.now(), whatIf);
    }

    private static Foreseen foreseen(WhatIf whatIf) {
        return (Foreseen) forecast(JOURNAL, whatIf);
    }

    private static Series of(Foreseen foreseen, ServiceId service) {
        return foreseen.services().stream()
                .filter(series -> service.equals(series.service()))
                .findFirst()
                .orElseThrow();
    }

    private static Ahead at(Series series, int hours) {
        return series.ahead().stream()
                .filter(ahead -> ahead.hours() == hours)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldForeseeEachHourOfThreeDaysAndEachDayOfTwoWeeksForEveryService() {
        Foreseen foreseen = foreseen(WhatIf.NOTHING);

        assertThat(foreseen.services())
                .extracting(Series::service)
                .containsExactly(
                        SimulatedJournal.EMERGENCY,
                        SimulatedJournal.MEDICINE,
                        SimulatedJournal.SURGERY,
                        SimulatedJournal.SMALL);
        List<Integer> hours =
                new ArrayList<>(IntStream.rangeClosed(1, 72).boxed().toList());
        IntStream.rangeClosed(4, 14).forEach(day -> hours.add(day * 24));
        List<Series> all = new ArrayList<>(foreseen.services());
        all.add(foreseen.hospital());
        for (Series series : all) {
            assertThat(series.ahead()).extracting(Ahead::hours).isEqualTo(hours);
            for (Ahead ahead : series.ahead()) {
                for (CountDistribution told : List.of(ahead.patients(), ahead.entries(), ahead.exits())) {
                    double sum = IntStream.rangeClosed(told.lowest(), told.highest())
                            .mapToDouble(told::probability)
                            .sum();
                    assertThat(sum).isCloseTo(1, within(1e-9));
                    assertThat(told.lowest()).isNotNegative();
                }
                assertThat(ahead.patients().mean())
                        .as("whoever is there was there or came, and did not leave")
                        .isCloseTo(
                                series.patients()
                                        + ahead.entries().mean()
                                        - ahead.exits().mean(),
                                within(1e-2 * (1 + ahead.entries().mean())));
            }
        }
        assertThat(at(foreseen.hospital(), 24).patients().mean())
                .isCloseTo(
                        foreseen.services().stream()
                                .mapToDouble(series -> at(series, 24).patients().mean())
                                .sum(),
                        within(0.1));
    }

    @Test
    void shouldAgreeWithDirectSimulationOfWhatItLearned() {
        FlowRecord record = noRecord();
        FlowHistory history = learned(JOURNAL.events(), record);
        history.advance(JOURNAL.now());
        int[] hours = {6, 48};
        List<List<CountDistribution>> foreseen = FlowForecaster.patients(history, record, hours);
        int rounds = 4_000;
        int[][][] seen = new int[rounds][hours.length][];
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < rounds; round++) {
            seen[round] = new DirectSimulation(history, random).run(hours);
        }
        for (int horizon = 0; horizon < hours.length; horizon++) {
            for (int number = 0; number < foreseen.size(); number++) {
                CountDistribution told = foreseen.get(number).get(horizon);
                double mean = 0;
                double atMost = 0;
                int low = told.quantile(0.1);
                for (int round = 0; round < rounds; round++) {
                    mean += seen[round][horizon][number] / (double) rounds;
                    atMost += seen[round][horizon][number] <= low ? 1.0 / rounds : 0;
                }
                String what = "number " + number + " in " + hours[horizon] + " hours";
                double noise = 5 * Math.sqrt(told.variance() / rounds) + 0.05;
                assertThat(mean).as(what).isCloseTo(told.mean(), within(noise));
                // An uncertain level is in the forecast, not in the simulation, which has the level that is most
                // likely.
                assertThat(atMost).as(what).isCloseTo(told.atMost(low), within(0.05));
            }
        }
    }

    /** Every patient walks alone, by the chances that the history has. */
    private static final class DirectSimulation {
        private final FlowHistory history;
        private final SplittableRandom random;
        private final List<long[]> walkers = new ArrayList<>();
        private final double[] soonNotYetAnnounced;
        private final double[] notYetAnnounced;

        DirectSimulation(FlowHistory history, SplittableRandom random) {
            this.history = history;
            this.random = random;
            soonNotYetAnnounced = history.announcements(true).notYetAnnounced(FlowForecast.HOURS_AHEAD_MAX);
            notYetAnnounced = history.announcements(false).notYetAnnounced(FlowForecast.HOURS_AHEAD_MAX);
        }

        int[][] run(int[] hours) {
            Presence presence = history.presence();
            for (int i = 0; i < presence.count; i++) {
                walkers.add(new long[] {presence.service[i], presence.sinceHour[i], Standing.WAITS});
            }
            int services = history.flows().size();
            int[][] told = new int[hours.length][services + 1];
            for (int v = 0; v < hours[hours.length - 1]; v++) {
                step(presence, v);
                for (int horizon = 0; horizon < hours.length; horizon++) {
                    if (hours[horizon] == v + 1) {
                        for (long[] walker : walkers) {
                            told[horizon][(int) walker[0]]++;
                            told[horizon][services]++;
                        }
                    }
                }
            }
            return told;
        }

        private void step(Presence presence, int v) {
            long hour = history.hour() + v;
            int weekday = history.wall().weekday(hour);
            int ofDay = history.wall().hourOfDay(hour);
            walkers.removeIf(walker -> {
                ServiceFlow flow = history.flows().get((int) walker[0]);
                int bucket = StayPattern.bucket(hour - walker[1]);
                int standing = Standing.ofWhat(
                        Standing.lead(v), Standing.partOfDay(history.wall().hourOfDay(history.hour())));
                int what = Standing.what(Standing.NO_PLAN, history.wall().day(hour), (int) walker[2]);
                double known = walker[1] < history.hour() ? flow.stays.standing.values(what)[standing] : 1;
                double chance = flow.stays.rate.value[bucket]
                        * known
                        * flow.stays.weekday.value[weekday]
                        * flow.stays.hour.value[ofDay];
                if (random.nextDouble() >= chance) {
                    return false;
                }
                double draw = random.nextDouble();
                for (int to = 0; to < history.flows().size(); to++) {
                    draw -= flow.route(to);
                    if (draw < 0) {
                        walker[0] = to;
                        walker[1] = hour;
                        return false;
                    }
                }
                return true;
            });
            for (int service = 0; service < history.flows().size(); service++) {
                ServiceFlow flow = history.flows().get(service);
                double mean = flow.unplanned.mean(weekday, ofDay)
                        + flow.soon.mean(weekday, ofDay) * soonNotYetAnnounced[v]
                        + flow.planned.mean(weekday, ofDay) * notYetAnnounced[v];
                for (double time = -Math.log(1 - random.nextDouble()); time < mean; ) {
                    walkers.add(new long[] {service, hour, Standing.WAITS});
                    time -= Math.log(1 - random.nextDouble());
                }
            }
            for (int i = 0; i < presence.announced; i++) {
                // In this journal whoever comes, comes in the hour announced.
                boolean due = presence.expectedHour[i] - history.hour() == v;
                if (due
                        && random.nextDouble()
                                < history.announcements(presence.announcedSoon[i])
                                        .coming(0, 0)) {
                    walkers.add(new long[] {presence.announcedService[i], hour, Standing.WAITS});
                }
            }
        }
    }

    @Test
    void shouldSayBitForBitTheSameWhenNothingIsChanged() {
        WhatIf idle = new WhatIf(List.of(new WhatIf.Change(SimulatedJournal.MEDICINE, 0, 0, 0, 0, 1)));

        assertThat(foreseen(idle)).isEqualTo(foreseen(WhatIf.NOTHING));
    }

    @Test
    void shouldForeseeAnHourTheSameWhicheverOthersAreForeseen() {
        FlowRecord record = noRecord();
        FlowHistory history = learned(JOURNAL.events(), record);
        history.advance(JOURNAL.now());
        Foreseen few = (Foreseen) FlowForecaster.forecast(
                view(JOURNAL.events()), history, record, JOURNAL.now(), WhatIf.NOTHING, 6, 48, 336);

        Series all = foreseen(WhatIf.NOTHING).hospital();
        assertThat(few.hospital().ahead()).containsExactly(at(all, 6), at(all, 48), at(all, 336));
    }

    @Test
    void shouldAnswerWhatWouldBeIf() {
        Foreseen as = foreseen(WhatIf.NOTHING);

        Foreseen closed = foreseen(new WhatIf(List.of(new WhatIf.Change(SimulatedJournal.MEDICINE, -20, 0, 0, 0, 1))));
        assertThat(of(closed, SimulatedJournal.MEDICINE).beds()).isEqualTo(40);
        assertThat(closed.hospital().beds()).isEqualTo(as.hospital().beds() - 20);
        assertThat(at(of(closed, SimulatedJournal.MEDICINE), 24).noFreeBed())
                .isGreaterThan(at(of(as, SimulatedJournal.MEDICINE), 24).noFreeBed());
        assertThat(at(of(closed, SimulatedJournal.MEDICINE), 24).patients())
                .isEqualTo(at(of(as, SimulatedJournal.MEDICINE), 24).patients());

        Foreseen influx = foreseen(new WhatIf(List.of(new WhatIf.Change(SimulatedJournal.SMALL, 0, 0, 0, 12, 6))));
        assertThat(mean(influx, SimulatedJournal.SMALL, 6) - mean(as, SimulatedJournal.SMALL, 6))
                .isBetween(10.0, 12.0);

        Foreseen cancelled = foreseen(new WhatIf(List.of(new WhatIf.Change(SimulatedJournal.SURGERY, 0, 3, 0, 0, 1))));
        assertThat(mean(as, SimulatedJournal.SURGERY, 24) - mean(cancelled, SimulatedJournal.SURGERY, 24))
                .isBetween(1.2, 3.0);

        Foreseen early = foreseen(new WhatIf(List.of(new WhatIf.Change(SimulatedJournal.SURGERY, 0, 0, 4, 0, 1))));
        assertThat(mean(as, SimulatedJournal.SURGERY, 4) - mean(early, SimulatedJournal.SURGERY, 4))
                .isBetween(3.0, 4.0);
        assertThat(at(early.hospital(), 4).exits().mean())
                .as("who is sent home goes nowhere else")
                .isGreaterThan(at(as.hospital(), 4).exits().mean() + 3);
    }

    @Test
    void shouldExpectWhoWaitsAtAnEmergencyDepartmentThatIsNoServiceWhereABedIsAskedFor() {
        SimulatedJournal journal = journal();
        double before = entries(journal, SimulatedJournal.SMALL, 2);
        StayId stay = journal.newStay();
        journal.move(stay, MovementKind.ADMISSION, null);
        assertThat(entries(journal, SimulatedJournal.SMALL, 2))
                .as("nobody knows where they go")
                .isCloseTo(before, within(1e-3));

        BedRequest request = asked(stay, journal.now());
        journal.add(new BedEvent.BedRequested(journal.now(), request));
        assertThat(entries(journal, SimulatedJournal.SMALL, 2) - before).isBetween(0.7, 1.0);
        WhatIf.Change none = new WhatIf.Change(SimulatedJournal.SMALL, 0, 1, 0, 0, 1);
        assertThat(at(of((Foreseen) forecast(journal, new WhatIf(List.of(none))), SimulatedJournal.SMALL), 2)
                                .entries()
                                .mean()
                        - before)
                .as("who is here is no elective patient who could be put off")
                .isBetween(0.7, 1.0);

        FlowRecord record = noRecord();
        FlowHistory history = learned(journal.events(), record);
        history.advance(journal.now().plus(Duration.ofHours(1)));
        assertThat(history.presence().announced).as("as it is scored").isEqualTo(announcedIn(journal, history));

        journal.add(new BedEvent.BedRequestCancelled(journal.now(), request, null));
        assertThat(entries(journal, SimulatedJournal.SMALL, 2)).isCloseTo(before, within(1e-3));
    }

    private static int announcedIn(SimulatedJournal journal, FlowHistory history) {
        return FlowForecaster.presence(view(journal.events()), history).announced;
    }

    private static double entries(SimulatedJournal journal, ServiceId service, int hours) {
        return at(of((Foreseen) forecast(journal, WhatIf.NOTHING), service), hours)
                .entries()
                .mean();
    }

    /** Who comes from the emergency department comes within some hours of being asked for, most of them at once. */
    @Test
    void shouldLearnHowSoonWhoWaitsAtTheEmergencyDepartmentComes() {
        SimulatedJournal journal = new SimulatedJournal(12);
        for (int i = 0; i < 24 * 20; i++) {
            journal.live(1);
            if (i % 6 == 0) {
                StayId stay = journal.newStay();
                journal.move(stay, MovementKind.ADMISSION, null);
                journal.add(new BedEvent.BedRequested(journal.now(), asked(stay, journal.now())));
                journal.live(3);
                journal.enter(stay, SimulatedJournal.SMALL, MovementKind.TRANSFER);
                journal.add(new BedEvent.BedRequestFulfilled(
                        journal.now(), asked(stay, journal.now()), stay, new BedId("SMALL-0")));
            }
        }
        journal.live(1);
        FlowHistory history = learned(journal.events(), noRecord());

        Announcements soon = history.announcements(true);
        assertThat(soon.coming(3, 0)).isGreaterThan(0.6);
        assertThat(soon.coming(3, 2)).isGreaterThan(0.8);
    }

    private static BedRequest asked(StayId stay, Instant at) {
        return new BedRequest(
                new RequestId("of-" + stay),
                stay,
                SimulatedJournal.SMALL,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                CareNeeds.UNSPECIFIED,
                3,
                at,
                at,
                null,
                null);
    }

    private static double mean(Foreseen foreseen, ServiceId service, int hours) {
        return at(of(foreseen, service), hours).patients().mean();
    }

    /** Those who came for a session: one to a bed, one who was kept afterwards. */
    @Test
    void shouldTakeOutpatientsForNobodyAsItsHistoryDoes() {
        SimulatedJournal journal = new SimulatedJournal(7);
        journal.live(24);
        StayId kept = journal.newStay();
        Location bed = new Location(SimulatedJournal.SMALL, new BedId("SMALL-0"));
        Location nowhere = new Location(SimulatedJournal.MEDICINE, null);
        journal.move(journal.newStay(), MovementKind.ADMISSION, bed, PatientClass.OUTPATIENT);
        journal.move(kept, MovementKind.ADMISSION, nowhere, PatientClass.OUTPATIENT);
        for (int hour = 0; hour < 5; hour++) {
            journal.pass();
        }
        journal.move(kept, MovementKind.TRANSFER, nowhere, PatientClass.INPATIENT);
        FlowHistory history = learned(journal.events(), noRecord());

        assertThat(servicesAndHours(FlowForecaster.presence(view(journal.events()), history)))
                .containsExactlyInAnyOrderElementsOf(servicesAndHours(history.presence()));
    }

    private static List<String> servicesAndHours(Presence presence) {
        return IntStream.range(0, presence.count)
                .mapToObj(patient -> presence.service[patient] + " since " + presence.sinceHour[patient])
                .toList();
    }

    @Test
    void shouldAbstainUntilEveryWeekdayWasSeenTwice() {
        SimulatedJournal young = new SimulatedJournal(1);
        young.live(24 * FlowHistory.DAYS_NEEDED - 1);

        assertThat(forecast(young, WhatIf.NOTHING))
                .isEqualTo(new TooLittleHistory(FlowHistory.DAYS_NEEDED - 1, FlowHistory.DAYS_NEEDED));

        young.live(1);

        assertThat(forecast(young, WhatIf.NOTHING)).isInstanceOf(Foreseen.class);
    }

    @Test
    void shouldKnowNothingOfTheFuture() {
        List<Recorded> events = JOURNAL.events();
        Instant divide = SimulatedJournal.START.plus(Duration.ofDays(40));
        List<List<Object>> before = daily(events, divide);

        List<Recorded> otherFuture = new ArrayList<>(events.stream()
                .filter(event -> event.recordedAt().isBefore(divide))
                .toList());
        StayId longHere = new StayId("S0");
        otherFuture.add(new Recorded(
                otherFuture.size() + 1,
                1,
                divide,
                otherFuture.getLast().origin(),
                new BedEvent.DischargePlanned(divide.minusSeconds(86_400), longHere, divide, null)));

        assertThat(daily(otherFuture, divide)).isEqualTo(before);
        assertThat(before).hasSizeGreaterThan(30);
    }

    /** What is foreseen, and what past errors of entries and exits make of their bands. */
    private static List<List<Object>> daily(List<Recorded> events, Instant until) {
        FlowRecord record = new FlowRecord(Instant.EPOCH);
        FlowHistory history = new FlowHistory(record);
        List<List<Object>> told = new ArrayList<>();
        Instant next = SimulatedJournal.START.plus(Duration.ofDays(1));
        for (Recorded event : events) {
            while (next.isBefore(event.recordedAt()) && next.isBefore(until)) {
                history.advance(next);
                told.add(List.of(
                        FlowForecaster.patients(history, record, 24).getLast(),
                        record.factor(Quantity.ENTRIES, FlowRecord.WHOLE, 24),
                        record.factor(Quantity.EXITS, FlowRecord.WHOLE, 24)));
                next = next.plus(Duration.ofDays(1));
            }
            if (!next.isBefore(until)) {
                return told;
            }
            history.learn(event);
        }
        return told;
    }

    @Test
    void shouldLeanOnOthersWhereAServiceIsHardlyKnown() {
        FlowHistory history = learned(JOURNAL.events(), noRecord());
        int third = StayPattern.bucket(30);

        double medicine = history.flows().get(history.number(SimulatedJournal.MEDICINE)).stays.rate.value[third];
        double surgery = history.flows().get(history.number(SimulatedJournal.SURGERY)).stays.rate.value[third];
        double small = history.flows().get(history.number(SimulatedJournal.SMALL)).stays.rate.value[third];

        assertThat(medicine).as("as it is").isCloseTo(0.01, within(0.003));
        assertThat(surgery).as("as it is").isCloseTo(0.02, within(0.006));
        assertThat(small)
                .as("with three patients in two months, near the other service of its specialty")
                .isCloseTo(medicine, within(0.006));
    }

    @Test
    void shouldBelievePlannedDischargesAsFarAsTheServiceKeepsThem() {
        assertThat(leavesOnThePlannedDay(1.0)).isGreaterThan(0.75);
        assertThat(leavesOnThePlannedDay(0.0)).isLessThan(0.6);
    }

    /** In a service where each patient stays two to six days, announced on the first; the last patient's plan is tomorrow. */
    private static double leavesOnThePlannedDay(double kept) {
        SimulatedJournal journal = new SimulatedJournal(5);
        SplittableRandom random = new SplittableRandom(11);
        List<Object[]> plans = new ArrayList<>();
        for (int hour = 0; hour < 24 * 80; hour++) {
            journal.live(1);
            Instant now = journal.now();
            for (Object[] plan : List.copyOf(plans)) {
                if (!now.isBefore((Instant) plan[1])) {
                    journal.move((StayId) plan[0], MovementKind.DISCHARGE, null);
                    plans.remove(plan);
                }
            }
            if (hour % 6 == 0) {
                StayId stay = journal.newStay();
                Instant leaves = now.plus(Duration.ofHours(random.nextInt(48, 144)));
                boolean isKept = random.nextDouble() < kept;
                Instant planned = isKept ? leaves : now.plus(Duration.ofHours(random.nextInt(48, 144)));
                journal.move(stay, MovementKind.ADMISSION, SimulatedJournal.SMALL);
                journal.add(new BedEvent.DischargePlanned(now, stay, planned, null));
                plans.add(new Object[] {stay, leaves});
            }
        }
        FlowHistory history = learned(journal.events(), noRecord());
        history.advance(journal.now());
        long day = history.wall().day(history.hour()) + 1;
        Presence one = new Presence();
        int small = history.number(SimulatedJournal.SMALL);
        one.add(small, history.hour() - 72, day, Standing.NOT_HELD, Standing.WAITS, Presence.OUT);
        int morning = 24 - history.wall().hourOfDay(history.hour());
        FlowProjection projection =
                new FlowProjection(history, one, history.hour(), new int[] {morning, morning + 24}, new double[4][72]);
        return 1 - projection.still[1][0] / projection.still[0][0];
    }

    /** Everybody leaves at ten, but every other of those who were planned the evening before at four: whoever of these is left by then goes. */
    @Test
    void shouldLearnTheHoursOfThoseWhoArePlannedForTheDayApart() {
        SplittableRandom random = new SplittableRandom(17);
        StayPattern stays = learnedOfDepartures(random, (stay, day) -> {
            boolean isPlanned = random.nextBoolean();
            Instant leaves = day.plus(Duration.ofHours(isPlanned && random.nextBoolean() ? 16 : 10));
            return new Leaving(stay, leaves, isPlanned ? day.minus(Duration.ofHours(7)) : null, leaves, null);
        });
        double[] everybody = stays.hour.value;
        double[] planned = stays.hour(Standing.what(0, 0, Standing.WAITS)).value;
        assertThat(highest(everybody, 0, 13)).isGreaterThan(2 * highest(everybody, 13, 24));
        assertThat(highest(planned, 13, 24)).isGreaterThan(highest(planned, 0, 13));
    }

    /** Everybody leaves at ten, and nobody was planned yet. */
    @Test
    void shouldTakeEverybodysHoursForThoseWhoArePlannedWhereNobodyWasYet() {
        StayPattern stays = learnedOfDepartures(new SplittableRandom(17), (stay, day) -> {
            Instant leaves = day.plus(Duration.ofHours(10));
            return new Leaving(stay, leaves, null, leaves, null);
        });
        double[] planned = stays.hour(Standing.what(0, 0, Standing.WAITS)).value;
        assertThat(highest(planned, 0, 13)).isGreaterThan(2 * highest(planned, 13, 24));
    }

    /**
     * Of 40 days in which somebody comes every hour.
     *
     * @param leaving how who came leaves on the day, which is some days later
     */
    private static StayPattern learnedOfDepartures(
            SplittableRandom random, BiFunction<StayId, Instant, Leaving> leaving) {
        SimulatedJournal journal = new SimulatedJournal(5);
        List<Leaving> here = new ArrayList<>();
        for (int hour = 0; hour < 24 * 40; hour++) {
            journal.pass();
            here.removeIf(one -> one.goOn(journal));
            StayId stay = journal.newStay();
            journal.move(stay, MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
            Instant day = journal.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(random.nextInt(2, 7)));
            here.add(leaving.apply(stay, day));
        }
        FlowHistory history = learned(journal.events(), noRecord());
        return history.flows().get(history.number(SimulatedJournal.MEDICINE)).stays;
    }

    private static double highest(double[] values, int from, int until) {
        return Arrays.stream(values, from, until).max().orElseThrow();
    }

    /** Everybody is ready after two to five days. Half leave then; for the others something is awaited for one to four days more. */
    @Test
    void shouldForeseeWhoIsReadyAsTheBarriersInTheirWayLetThem() {
        SimulatedJournal journal = new SimulatedJournal(5);
        SplittableRandom random = new SplittableRandom(11);
        List<Ready> here = new ArrayList<>();
        for (int hour = 0; hour < 24 * 80; hour++) {
            journal.pass();
            here.removeIf(one -> one.goOn(journal));
            if (hour % 3 == 0) {
                StayId stay = journal.newStay();
                journal.move(stay, MovementKind.ADMISSION, SimulatedJournal.SMALL);
                here.add(Ready.drawn(stay, journal.now(), random));
            }
        }
        FlowHistory history = learned(journal.events(), noRecord());
        history.advance(journal.now());
        int small = history.number(SimulatedJournal.SMALL);
        Presence three = new Presence();
        long today = history.wall().day(history.hour());
        for (long heldUntilDay : new long[] {Standing.NOT_HELD, Standing.HELD, today + 1}) {
            three.add(
                    small, history.hour() - 96, Standing.NO_PLAN, heldUntilDay, Standing.MEDICALLY_READY, Presence.OUT);
        }
        int midnight = 24 - history.wall().hourOfDay(history.hour());

        double[][] still = new FlowProjection(
                        history,
                        three,
                        history.hour(),
                        new int[] {midnight, midnight + 24},
                        new double[4][midnight + 24])
                .still;

        assertThat(still[0][0]).as("nothing in the way").isLessThan(0.3);
        assertThat(still[0][1]).as("something in the way").isGreaterThan(0.6);
        assertThat(still[0][2]).as("not yet at its end").isEqualTo(still[0][1]);
        assertThat(still[1][2]).as("after its end").isLessThan(0.5 * still[1][1]);
    }

    /** @param lifted when what keeps them here ends, which is known half of the time; null for who is not kept */
    private record Ready(StayId stay, Instant at, @Nullable Instant lifted, boolean endIsKnown, Instant leaves) {
        static Ready drawn(StayId stay, Instant now, SplittableRandom random) {
            Instant ready = now.plus(Duration.ofHours(random.nextInt(48, 120)));
            Instant lifted = random.nextBoolean() ? ready.plus(Duration.ofHours(random.nextInt(24, 96))) : null;
            Instant free = lifted == null ? ready : lifted;
            return new Ready(
                    stay, ready, lifted, random.nextBoolean(), free.plus(Duration.ofHours(random.nextInt(1, 6))));
        }

        boolean goOn(SimulatedJournal journal) {
            Instant now = journal.now();
            Barrier barrier = new Barrier(BarrierKind.NURSING_HOME, at, null, null, endIsKnown ? lifted : null);
            if (now.equals(at)) {
                journal.add(new BedEvent.MedicalReadinessChanged(now, stay, true));
                if (lifted != null) {
                    journal.add(new BedEvent.BarrierSet(now, stay, barrier, null));
                }
            }
            if (now.equals(lifted)) {
                journal.add(new BedEvent.BarrierLifted(now, stay, barrier));
            }
            if (now.equals(leaves)) {
                journal.move(stay, MovementKind.DISCHARGE, null);
            }
            return now.equals(leaves);
        }
    }

    /** Most leave on a day and after a sign that nobody knew of some hours before: who is not ready now may well be gone tonight. */
    @Test
    void shouldForeseeDeparturesThatNobodyHasAnnouncedYet() {
        SimulatedJournal journal = new SimulatedJournal(5);
        SplittableRandom random = new SplittableRandom(13);
        FlowRecord record = noRecord();
        FlowHistory history = new FlowHistory(record);
        int[] hours = {4, 8, 24, 72};
        List<double[]> foreseen = new ArrayList<>();
        List<Integer> patients = new ArrayList<>();
        List<Leaving> here = new ArrayList<>();
        int told = 0;
        for (int hour = 0; hour < 24 * 60; hour++) {
            journal.pass();
            history.advance(journal.now());
            patients.add(here.size());
            foreseen.add(
                    hour < 24 * 28 || hour % 7 != 0
                            ? new double[0]
                            : FlowForecaster.patients(history, record, hours).getLast().stream()
                                    .mapToDouble(CountDistribution::mean)
                                    .toArray());
            here.removeIf(one -> one.goOn(journal));
            StayId stay = journal.newStay();
            journal.move(stay, MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
            here.add(Leaving.drawn(stay, journal.now(), random));
            journal.events().subList(told, journal.events().size()).forEach(history::learn);
            told = journal.events().size();
        }

        for (int horizon = 0; horizon < hours.length; horizon++) {
            double bias = 0;
            int count = 0;
            for (int hour = 0; hour + hours[horizon] < patients.size(); hour++) {
                if (foreseen.get(hour).length > 0) {
                    bias += foreseen.get(hour)[horizon] - patients.get(hour + hours[horizon]);
                    count++;
                }
            }
            assertThat(bias / count)
                    .as("of as many as leave within %d hours", hours[horizon])
                    .isCloseTo(0, within(0.16 * hours[horizon]));
        }
    }

    /** Planned the evening before or on the morning, which three in ten do not keep; said ready some hours before, or nothing of it. */
    private record Leaving(
            StayId stay,
            Instant at,
            @Nullable Instant plannedAt,
            Instant planned,
            @Nullable Instant readyAt) {
        static Leaving drawn(StayId stay, Instant now, SplittableRandom random) {
            Instant day = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(random.nextInt(2, 7)));
            Instant at = day.plus(Duration.ofHours(random.nextInt(8, 20)));
            double plan = random.nextDouble();
            Instant leaves = random.nextDouble() < 0.7 ? at : at.plus(Duration.ofDays(1));
            return new Leaving(
                    stay,
                    leaves,
                    plan < 0.2 ? null : day.plus(Duration.ofHours(plan < 0.7 ? -7 : 7)),
                    at,
                    random.nextDouble() < 0.4 ? null : leaves.minus(Duration.ofHours(random.nextInt(1, 6))));
        }

        boolean goOn(SimulatedJournal journal) {
            Instant now = journal.now();
            if (now.equals(plannedAt)) {
                journal.add(new BedEvent.DischargePlanned(now, stay, planned, null));
            }
            if (now.equals(readyAt)) {
                journal.add(new BedEvent.MedicalReadinessChanged(now, stay, true));
            }
            if (now.equals(at)) {
                journal.move(stay, MovementKind.DISCHARGE, null);
            }
            return now.equals(at);
        }
    }

    @Test
    void shouldLearnNothingFromAMovementThatIsTakenBackWithinTheHour() {
        SimulatedJournal journal = new SimulatedJournal(9);
        journal.live(24 * 20);
        SimulatedJournal mistaken = new SimulatedJournal(9);
        mistaken.live(24 * 20);
        StayId stay = mistaken.in(SimulatedJournal.MEDICINE).getFirst();
        String number = mistaken.move(stay, MovementKind.DISCHARGE, null);
        mistaken.add(new BedEvent.MovementCancelled(mistaken.now(), stay, number, mistaken.now(), null, null));
        Instant later = journal.now().plus(Duration.ofHours(30));

        FlowRecord record = noRecord();
        FlowHistory history = learned(journal.events(), record);
        FlowHistory other = learned(mistaken.events(), record);
        history.advance(later);
        other.advance(later);

        assertThat(FlowForecaster.patients(other, record, 24, 72))
                .isEqualTo(FlowForecaster.patients(history, record, 24, 72));
    }

    @Test
    void shouldKeepItsOwnRecord() {
        FlowRecord record = new FlowRecord(SimulatedJournal.START);
        FlowHistory history = learned(JOURNAL.events(), record);

        List<FlowRecord.Scored> scores = record.scores(history, 14);

        assertThat(scores).hasSize(5 * Quantity.values().length);
        assertThat(scores.getFirst().service()).isNull();
        assertThat(scores.getFirst().quantity()).isEqualTo(Quantity.PATIENTS);
        FlowRecord.Score dayAhead = scores.getFirst().ahead().stream()
                .filter(score -> score.hours() == 24)
                .findFirst()
                .orElseThrow();
        assertThat(dayAhead.error()).isBetween(1.0, 8.0);
        assertThat(dayAhead.crps()).isBetween(0.5 * dayAhead.error(), dayAhead.error());
        assertThat(dayAhead.coverage50()).isBetween(0.3, 0.8);
        assertThat(dayAhead.coverage95()).isBetween(0.85, 1.0);
        assertThat(dayAhead.skill()).as("better than the same weekday's mean").isPositive();
        assertThatIllegalArgumentException().isThrownBy(() -> record.scores(history, 91));
    }

    /** Twelve come at once, on average twice a day: of a week ahead nothing is known yet, of hours ahead that bands were too narrow. */
    @Test
    void shouldWidenBandsOfFarHoursByWhatNearOnesNeeded() {
        SimulatedJournal journal = new SimulatedJournal(3);
        SplittableRandom random = new SplittableRandom(17);
        for (int hour = 0; hour < 24 * 20; hour++) {
            journal.live(1);
            for (int i = random.nextInt(12) == 0 ? 12 : 0; i > 0; i--) {
                journal.enter(journal.newStay(), SimulatedJournal.EMERGENCY, MovementKind.ADMISSION);
            }
        }
        FlowRecord record = new FlowRecord(SimulatedJournal.START);
        FlowHistory history = learned(journal.events(), record);

        assertThat(record.scores(history, 14))
                .flatExtracting(FlowRecord.Scored::ahead)
                .extracting(FlowRecord.Score::hours)
                .contains(24)
                .doesNotContain(168);
        for (Quantity quantity : List.of(Quantity.PATIENTS, Quantity.ENTRIES)) {
            assertThat(record.factor(quantity, FlowRecord.WHOLE, 24)).isGreaterThan(1.5);
            assertThat(record.factor(quantity, FlowRecord.WHOLE, 168)).isGreaterThan(1.5);
        }
        int small = history.number(SimulatedJournal.SMALL);
        assertThat(record.factor(Quantity.PATIENTS, small, 24))
                .as("a service of which hardly anything is known leans on all of them")
                .isGreaterThan(1.2);
    }

    /** The level of arrivals rises or falls by an eighth every day: of a week ahead nothing is known yet, of days that the further they were, the more was missed. */
    @Test
    void shouldGoOnWideningWithTheDistanceWhereNearHoursDid() {
        FlowRecord record = new FlowRecord(SimulatedJournal.START);
        SimulatedJournal journal = new SimulatedJournal(3);
        SplittableRandom random = new SplittableRandom(6);
        double level = 1;
        for (int hour = 0; hour <= 24 * 16; hour++) {
            level *= hour % 24 == 0 ? Math.exp(random.nextBoolean() ? 0.12 : -0.12) : 1;
            journal.pass();
            for (double time = -Math.log(1 - random.nextDouble()); time < level; ) {
                journal.move(journal.newStay(), MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
                time -= Math.log(1 - random.nextDouble());
            }
        }
        learned(journal.events(), record).advance(journal.now());

        double before = 1;
        for (int hours : new int[] {24, 48, 72, 168, 336}) {
            double factor = record.factor(Quantity.ENTRIES, FlowRecord.WHOLE, hours);
            assertThat(factor).as("entries within " + hours).isGreaterThan(1.02 * before);
            before = factor;
        }
    }

    /** One comes every hour. */
    @Test
    void shouldHaveLearnedOfErrorsWhenTheFirstForecastIsShown() {
        FlowRecord record = new FlowRecord(SimulatedJournal.START);
        SimulatedJournal journal = new SimulatedJournal(3);
        for (int hour = 0; hour < 24 * FlowHistory.DAYS_NEEDED; hour++) {
            journal.pass();
            journal.move(journal.newStay(), MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
        }
        FlowHistory history = learned(journal.events(), record);

        for (int hours : new int[] {24, 72, 336}) {
            assertThat(record.factor(Quantity.ENTRIES, FlowRecord.WHOLE, hours)).isLessThan(0.5);
        }
        assertThat(record.scores(history, 14)).as("of what nobody was shown").isEmpty();
    }

    /** Each hour one of twenty leaves and another comes: nothing of what bands leave room for happens. */
    @Test
    void shouldNarrowBandsWherePastErrorsWereSmall() {
        SimulatedJournal journal = new SimulatedJournal(3);
        SplittableRandom random = new SplittableRandom(5);
        List<StayId> there = new ArrayList<>();
        for (int hour = 0; hour < 24 * 40; hour++) {
            journal.pass();
            if (there.size() == 20) {
                journal.move(there.remove(random.nextInt(20)), MovementKind.DISCHARGE, null);
            }
            there.add(journal.newStay());
            journal.move(there.getLast(), MovementKind.ADMISSION, SimulatedJournal.MEDICINE);
        }
        HospitalView view = view(journal.events());
        Series told =
                recorded(new FlowRecord(SimulatedJournal.START), view, journal).hospital();
        Series unheeded = recorded(noRecord(), view, journal).hospital();

        for (int hours : new int[] {12, 48}) {
            assertThat(at(told, hours).patients().variance())
                    .as("patients after " + hours)
                    .isLessThan(0.5 * at(unheeded, hours).patients().variance());
        }
        for (int hours : new int[] {12, 48, 120, 336}) {
            assertThat(at(told, hours).entries().variance())
                    .as("entries within " + hours)
                    .isLessThan(0.5 * at(unheeded, hours).entries().variance());
            assertThat(at(told, hours).exits().variance())
                    .as("exits within " + hours)
                    .isLessThan(0.5 * at(unheeded, hours).exits().variance());
        }
    }

    private static Foreseen recorded(FlowRecord record, HospitalView view, SimulatedJournal journal) {
        FlowHistory history = learned(journal.events(), record);
        history.advance(journal.now());
        return (Foreseen) FlowForecaster.forecast(view, history, record, journal.now(), WhatIf.NOTHING);
    }

    /** Emergencies are registered an hour before they come, on all days alike; the others three days before, for weekdays alone. */
    @Test
    void shouldExpectEmergenciesAtWeekendsToo() {
        SimulatedJournal journal = new SimulatedJournal(31);
        SplittableRandom random = new SplittableRandom(19);
        FlowRecord record = noRecord();
        FlowHistory history = new FlowHistory(record);
        List<Object[]> coming = new ArrayList<>();
        double[] sums = new double[2];
        int told = 0;
        for (int hour = 0; hour < 24 * 56; hour++) {
            journal.pass();
            Instant now = journal.now();
            for (Object[] one : List.copyOf(coming)) {
                if (!now.isBefore((Instant) one[1])) {
                    journal.move((StayId) one[0], MovementKind.ADMISSION, SimulatedJournal.SURGERY);
                    coming.remove(one);
                }
            }
            if (random.nextInt(4) == 0) {
                coming.add(announced(journal, 1));
            }
            if (hour % 2 == 0 && history.hour() > 0 && history.wall().weekday(history.hour() + 72) < 5) {
                coming.add(announced(journal, 72));
            }
            journal.events().subList(told, journal.events().size()).forEach(history::learn);
            told = journal.events().size();
            history.advance(now);
            boolean weekend = history.wall().weekday(history.hour()) == 5
                    && history.wall().hourOfDay(history.hour()) == 0;
            if (weekend && hour > 24 * 28) {
                FlowProjection projection = new FlowProjection(
                        history, history.presence(), history.hour(), new int[] {48}, new double[4][48]);
                sums[0] += projection.plannedCame[0][history.number(SimulatedJournal.SURGERY)];
                sums[1]++;
            }
        }

        assertThat(sums[0] / sums[1])
                .as("twelve, of whom none is announced yet")
                .isBetween(9.0, 15.0);
    }

    private static Object[] announced(SimulatedJournal journal, int hours) {
        StayId stay = journal.newStay();
        Instant expected = journal.now().plus(Duration.ofHours(hours));
        journal.add(new BedEvent.StayRegistered(
                journal.now(),
                stay,
                Patient.UNKNOWN,
                CareNeeds.UNSPECIFIED.withSpecialty("chir"),
                PatientClass.INPATIENT,
                expected,
                null));
        return new Object[] {stay, expected};
    }

    @Test
    void shouldBeSurerOfWeekdaysTheMoreOftenItSawThem() {
        double[] widths = new double[2];
        for (int i = 0; i < widths.length; i++) {
            SimulatedJournal journal = new SimulatedJournal(21);
            journal.live(24 * (i == 0 ? 15 : 90));
            FlowRecord record = noRecord();
            FlowHistory history = learned(journal.events(), record);
            history.advance(journal.now());
            Presence presence = history.presence();
            FlowProjection projection = new FlowProjection(
                    history,
                    presence,
                    history.hour(),
                    new int[] {48},
                    new double[history.flows().size()][48]);
            int medicine = history.number(SimulatedJournal.MEDICINE);
            int there = presence.numbersIn(medicine).length;
            widths[i] = Math.sqrt(history.flows()
                            .get(medicine)
                            .stays
                            .variance(projection.dependences[0][medicine], projection.partKnown()))
                    / there;
        }

        assertThat(widths[0]).as("share of those there, after two weeks").isBetween(0.03, 0.3);
        assertThat(widths[1]).as("after three months").isLessThan(0.75 * widths[0]);
    }

    /** Always thirty, who leave ten times as seldom as the other patients of their specialty; nobody has seen a fourth week. */
    @Test
    void shouldNotHurryASlowServiceBecauseOthersAreQuick() {
        Foreseen foreseen = (Foreseen) forecast(withASlowService(21), WhatIf.NOTHING);

        assertThat(mean(foreseen, SimulatedJournal.SMALL, 336)).isBetween(25.0, 33.0);
    }

    /** A dozen departures tell that a service is ten times slower than the others, though each class of time since entry saw few of them. */
    @Test
    void shouldSoonSeeHowSlowAServiceIs() {
        FlowHistory history = learned(withASlowService(15).events(), noRecord());

        double[] rates = history.flows().get(history.number(SimulatedJournal.SMALL)).stays.rate.value;
        assertThat(rates[StayPattern.bucket(200)]).isCloseTo(0.001, within(0.0005));
    }

    /** One in which 30 patients stay for 1,000 hours each, on the mean. */
    private static SimulatedJournal withASlowService(int days) {
        SimulatedJournal journal = new SimulatedJournal(8);
        SplittableRandom random = new SplittableRandom(4);
        List<StayId> slow = new ArrayList<>();
        for (int hour = 0; hour < 24 * days; hour++) {
            journal.live(1);
            slow.removeIf(stay -> {
                boolean leaves = random.nextInt(1_000) == 0;
                if (leaves) {
                    journal.move(stay, MovementKind.DISCHARGE, null);
                }
                return leaves;
            });
            while (slow.size() < 30) {
                slow.add(journal.newStay());
                journal.move(slow.getLast(), MovementKind.ADMISSION, SimulatedJournal.SMALL);
            }
        }
        return journal;
    }

    @Test
    void shouldStretchASpreadAboutItsMean() {
        CountDistribution poisson = CountDistribution.poisson(40);

        for (double factor : new double[] {0.5, 2, 4}) {
            CountDistribution stretched = poisson.stretched(factor);
            assertThat(stretched.mean()).isCloseTo(40, within(0.01));
            assertThat(stretched.variance()).isCloseTo(40 * factor, within(0.4 * factor));
        }
        CountDistribution few = CountDistribution.poisson(0.3).stretched(3);
        assertThat(few.lowest()).isZero();
        assertThat(few.mean()).isCloseTo(0.3, within(1e-9));
        assertThat(few.variance()).isGreaterThan(0.5);
    }
}
