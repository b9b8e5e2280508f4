package org.chevet.simulations.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.chevet.archive.JournalFork;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.OrdinaryCare;
import org.chevet.event.OrdinaryFlow;
import org.chevet.event.OrdinaryHours;
import org.chevet.event.OrdinaryRoutine;
import org.chevet.event.OrdinaryShare;
import org.chevet.event.Origin;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.Share;
import org.chevet.event.SimulatedRole;
import org.chevet.event.Victims;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.occupancy.DrillLog;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Answer;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdinaryLifeTest {
    private static final int ROUNDS_MAX = 100;
    private static final Hospital HOSPITAL = DemoLayout.read();
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant BEGIN =
            DAY.atTime(8, 0).atZone(ZoneId.of("Europe/Paris")).toInstant();
    private static final Author DIRECTOR = new Author("Anne Roy", Role.DIRECTOR_ON_DUTY);
    private static final Origin.Person PERSON = new Origin.Person("Anne Roy", Role.DIRECTOR_ON_DUTY);

    @Test
    void shouldLetAsManyComeAsTheSimulatorDoes() {
        List<OrdinaryFlow> flows = OrdinaryLife.flows(HOSPITAL, null, DAY);
        double perDay = flows.stream()
                .mapToDouble(flow -> 86_400.0 / flow.every().toSeconds())
                .sum();
        // Through the doors of a hospital of some 900 beds.
        assertThat(perDay).isBetween(80.0, 200.0);

        List<OrdinaryPatient> week = new OrdinaryLife().known(HOSPITAL, log(flows, 7), BEGIN.plus(Duration.ofDays(7)));
        long come = week.stream()
                .filter(patient -> patient.arrival().isBefore(BEGIN.plus(Duration.ofDays(7))))
                .count();
        assertThat((double) come).isCloseTo(7 * perDay, within(5 * Math.sqrt(7 * perDay)));
        assertThat(week)
                .allSatisfy(patient -> assertThat(HOSPITAL.services()).anyMatch(service -> takes(service, patient)));
        long atNight = week.stream()
                .filter(OrdinaryPatient::isAnnounced)
                .filter(OrdinaryLifeTest::comesAtNight)
                .count();
        long electives = week.stream()
                .filter(patient -> patient.origin() == RequestOrigin.ELECTIVE)
                .count();
        assertThat(atNight).isLessThan(electives / 5);
    }

    private static boolean comesAtNight(OrdinaryPatient patient) {
        return patient.arrival().atZone(HOSPITAL.zone()).getHour() < 5;
    }

    private static boolean takes(Service service, OrdinaryPatient patient) {
        return service.specialties()
                        .contains(Objects.requireNonNull(patient.needs().specialty()))
                && service.levelOfCare() == patient.needs().levelOfCare()
                && service.ages()
                        .contains(Objects.requireNonNull(patient.needs().ageYears()))
                && service.sexPolicy().admits(patient.needs().sex());
    }

    @Test
    void shouldBeTheSameForASeedHoweverOftenItIsLookedAt() {
        List<OrdinaryFlow> flows = OrdinaryLife.flows(HOSPITAL, null, DAY);
        Instant end = BEGIN.plus(Duration.ofDays(2));
        OrdinaryLife watched = new OrdinaryLife();
        Set<OrdinaryPatient> seen = new HashSet<>();
        for (Instant at = BEGIN; !at.isAfter(end); at = at.plus(Duration.ofMinutes(30))) {
            seen.addAll(watched.known(HOSPITAL, log(flows, 7), at));
        }

        List<OrdinaryPatient> atOnce = new OrdinaryLife().known(HOSPITAL, log(flows, 7), end);
        assertThat(atOnce).containsExactlyInAnyOrderElementsOf(seen);
        assertThat(atOnce.stream().map(OrdinaryPatient::stay)).doesNotHaveDuplicates();
        assertThat(new OrdinaryLife().known(HOSPITAL, log(flows, 8), end)).isNotEqualTo(atOnce);
    }

    @Test
    void shouldFollowTheLoadAndTheCareOfAScenario() throws ScenarioException {
        DrillScenario scenario = DrillScenario.parse("""
                name: {fr: Essai, en: Trial}
                hospital: {services: [{id: MED, beds: 60}, {id: REA, beds: 12, level: INTENSIVE}]}
                days: 7
                load: 1.5
                messages: [{atHours: 3, text: "Le SAMU appelle"}]
                """);
        Hospital described = scenario.scenario().hospital();
        double usual = perDay(OrdinaryLife.flows(described, null, DAY));
        assertThat(perDay(OrdinaryLife.flows(described, scenario.scenario(), DAY)))
                .isCloseTo(1.5 * usual, within(0.01 * usual));
    }

    /** Hours, weekdays, sexes, ages, precautions and equipment of a calibrated scenario, in a drill whose file is not kept. */
    @Test
    void shouldLetThoseComeWhomTheScenarioHasWhenItHasThem() throws ScenarioException {
        DrillScenario scenario = DrillScenario.parse("""
                name: {fr: Essai, en: Trial}
                hospital: {services: [{id: MED, beds: 60, singleRooms: 60, equipment: {scope: 20}}]}
                days: 14
                care:
                  MED:
                    ageYears: 30
                    ageYearsSpread: 2
                    needs: {female: 1, isolation: {CONTACT: 0.5}, equipment: {scope: 0.3}}
                    arrivals:
                      emergency: {perDay: 40, byHour: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], byWeekday: [2, 2, 2, 1, 0, 0, 0]}
                      direct: {perDay: 5}
                messages: [{atHours: 3, text: "Le SAMU appelle"}]
                """);
        Hospital described = scenario.scenario().hospital();
        List<OrdinaryFlow> flows = OrdinaryLife.flows(described, scenario.scenario(), DAY);
        DrillLog log = log(flows, OrdinaryLife.care(described, scenario.scenario()), 7);

        List<OrdinaryPatient> week = new OrdinaryLife().known(described, log, BEGIN.plus(Duration.ofDays(7)));

        List<OrdinaryPatient> emergencies =
                week.stream().filter(patient -> !patient.isAnnounced()).toList();
        assertThat(emergencies).hasSizeBetween(7 * 40 - 85, 7 * 40 + 85).allSatisfy(patient -> {
            ZonedDateTime comes = patient.arrival().atZone(described.zone());
            assertThat(comes.getHour()).isEqualTo(3);
            assertThat(comes.getDayOfWeek()).isLessThan(DayOfWeek.FRIDAY);
        });
        assertThat(week).filteredOn(OrdinaryPatient::isAnnounced).hasSizeBetween(15, 70);
        assertThat(week).allSatisfy(patient -> {
            assertThat(patient.needs().sex()).isEqualTo(Sex.FEMALE);
            assertThat(patient.needs().ageYears()).isBetween(20, 40);
        });
        assertThat(share(week, patient -> patient.needs().isolation() == Isolation.CONTACT))
                .isCloseTo(0.5, within(0.12));
        assertThat(share(week, patient -> !patient.needs().equipmentRequired().isEmpty()))
                .isCloseTo(0.3, within(0.12));
    }

    /** A drill that an older release began goes on with the same people. */
    @Test
    void shouldBringTheWomenAndMenWhomItAlwaysBrought() {
        OrdinaryFlow flow = new OrdinaryFlow(
                new ServiceId("CARDIO"), RequestOrigin.ELECTIVE, Duration.ofMinutes(30), Duration.ofDays(3), null);
        StringBuilder sexes = new StringBuilder();
        new OrdinaryLife()
                .known(HOSPITAL, log(List.of(flow), 7), BEGIN.plus(Duration.ofHours(6))).stream()
                        .sorted(Comparator.comparing(OrdinaryPatient::stay))
                        .limit(30)
                        .forEach(patient ->
                                sexes.append(patient.needs().sex().name().charAt(0)));
        assertThat(sexes.toString()).isEqualTo("FFMFMMMMMMFMFFMMFMMMMFMMMFFMFM");
    }

    /** A tenth come from midnight to six, as to an emergency department, wherever the day of the inject begins; the wounded come evenly. */
    @Test
    void shouldLetTheIllOfAWaveComeByTheHourOfTheDay() {
        Illness flu = new Illness(List.of(new Share("CARDIO", 1)), null, 60, 5, Isolation.NONE, null);
        OrdinaryRoutine routine = OrdinaryLife.routine(null);
        assertThat(atNight(routine, flu)).isBetween(0.07, 0.15);
        assertThat(atNight(null, flu)).as("as in the release that began it").isBetween(0.2, 0.3);
        assertThat(atNight(routine, null)).isBetween(0.2, 0.3);
    }

    private static double atNight(@Nullable OrdinaryRoutine routine, @Nullable Illness illness) {
        Drill drill = new Drill("Essai", null, 1, null, 7, DIRECTOR, null, null, null, routine);
        Instant from = BEGIN.plus(Duration.ofMinutes(1_000));
        Inject inject = new Inject(
                "I1",
                from,
                InjectKind.VICTIMS,
                null,
                null,
                null,
                new Victims(0, 500, 0, 24 * 60, illness, null),
                null,
                null);
        DrillLog.Planned done = new DrillLog.Planned(inject, from);
        DrillLog log = new DrillLog(drill, BEGIN, List.of(done), List.of(), List.of());
        List<Casualty> all = new OrdinaryLife().casualties(HOSPITAL, log, done);
        assertThat(all)
                .hasSize(500)
                .allSatisfy(one -> assertThat(one.arrival()).isBetween(from, from.plus(Duration.ofDays(1))));
        return all.stream()
                        .filter(one -> one.arrival().atZone(HOSPITAL.zone()).getHour() < 6)
                        .count()
                / 500.0;
    }

    /** Ended by the director, before the share itself is over. */
    @Test
    void shouldKeepNobodyAwayOnceTheInjectIsOver() {
        DrillLog usual = log(OrdinaryLife.flows(HOSPITAL, null, DAY), 7);
        Inject inject = new Inject(
                "I1",
                BEGIN,
                InjectKind.OUTAGE,
                "Panne",
                null,
                null,
                null,
                new OrdinaryShare(0, 0, 6 * 24 * 60),
                6 * 24 * 60);
        Instant ended = BEGIN.plus(Duration.ofDays(2));
        DrillLog crisis = new DrillLog(
                usual.drill(), BEGIN, List.of(new DrillLog.Planned(inject, BEGIN, null, ended)), List.of(), List.of());
        List<OrdinaryPatient> others = new OrdinaryLife()
                .known(HOSPITAL, usual, BEGIN.plus(Duration.ofDays(5))).stream()
                        .filter(patient -> patient.origin() != RequestOrigin.OTHER_HOSPITAL
                                && patient.known().isAfter(BEGIN))
                        .toList();
        assertThat(others)
                .filteredOn(patient -> !patient.known().isAfter(ended))
                .isNotEmpty()
                .allMatch(patient -> OrdinaryLife.isKeptAway(patient, crisis));
        assertThat(others)
                .filteredOn(patient -> patient.known().isAfter(ended))
                .isNotEmpty()
                .noneMatch(patient -> OrdinaryLife.isKeptAway(patient, crisis));
    }

    private static double share(List<OrdinaryPatient> patients, Predicate<OrdinaryPatient> which) {
        return patients.stream().filter(which).count() / (double) patients.size();
    }

    /** Of a wave and of a cyber attack: whom they keep away, and for how long. */
    @Test
    void shouldKeepThoseAwayWhoDoNotComeWhileSomethingGoesOn() {
        List<OrdinaryFlow> flows = OrdinaryLife.flows(HOSPITAL, null, DAY);
        DrillLog usual = log(flows, 7);
        OrdinaryShare share = new OrdinaryShare(0.5, 0, 2 * 24 * 60);
        Inject inject = new Inject("I1", BEGIN, InjectKind.MESSAGE, "Vague", null, null, null, share, null);
        Instant from = BEGIN.plus(Duration.ofDays(1));
        DrillLog crisis =
                new DrillLog(usual.drill(), BEGIN, List.of(new DrillLog.Planned(inject, from)), List.of(), List.of());
        DrillLog planned =
                new DrillLog(usual.drill(), BEGIN, List.of(new DrillLog.Planned(inject, null)), List.of(), List.of());

        List<OrdinaryPatient> week = new OrdinaryLife().known(HOSPITAL, usual, BEGIN.plus(Duration.ofDays(7)));
        assertThat(week).noneMatch(patient -> OrdinaryLife.isKeptAway(patient, planned));
        List<OrdinaryPatient> during = week.stream()
                .filter(patient ->
                        patient.known().isAfter(from) && !patient.known().isAfter(from.plus(Duration.ofDays(2))))
                .toList();
        assertThat(week)
                .filteredOn(patient -> !during.contains(patient))
                .isNotEmpty()
                .noneMatch(patient -> OrdinaryLife.isKeptAway(patient, crisis));
        assertThat(during)
                .filteredOn(patient -> patient.origin() == RequestOrigin.ELECTIVE)
                .isNotEmpty()
                .allMatch(patient -> OrdinaryLife.isKeptAway(patient, crisis));
        assertThat(during)
                .filteredOn(patient -> patient.origin() == RequestOrigin.OTHER_HOSPITAL)
                .isNotEmpty()
                .noneMatch(patient -> OrdinaryLife.isKeptAway(patient, crisis));
        List<OrdinaryPatient> emergencies = during.stream()
                .filter(patient -> patient.origin() == RequestOrigin.EMERGENCY_DEPARTMENT)
                .toList();
        assertThat(share(emergencies, patient -> OrdinaryLife.isKeptAway(patient, crisis)))
                .isCloseTo(0.5, within(0.15));
    }

    @Test
    void shouldTellWithTheInjectsOfAScenarioWhoStillComes() {
        Instant begin = BEGIN;
        List<Inject> wave =
                Objects.requireNonNull(DrillScenario.of("epidemic-wave")).injects(HOSPITAL, begin);
        assertThat(wave).hasSizeGreaterThan(5).allSatisfy(inject -> {
            OrdinaryShare share = Objects.requireNonNull(inject.ordinary());
            assertThat(share.emergencies()).isBetween(0.57, 0.9);
            assertThat(share.electives()).isEqualTo(1);
            assertThat(share.minutes()).isEqualTo(24 * 60);
        });
        List<Inject> attack =
                Objects.requireNonNull(DrillScenario.of("cyber-attack")).injects(HOSPITAL, begin);
        assertThat(attack)
                .filteredOn(inject -> inject.kind() == InjectKind.OUTAGE)
                .extracting(Inject::ordinary)
                .containsExactly(
                        new OrdinaryShare(0.45, 0.2, 21 * 24 * 60), new OrdinaryShare(0.73, 0.6, 14 * 24 * 60));
        assertThat(attack)
                .filteredOn(inject -> inject.kind() == InjectKind.OUTAGE)
                .extracting(Inject::minutes)
                .containsExactly(21 * 24 * 60, 14 * 24 * 60);
        assertThat(attack)
                .filteredOn(inject -> inject.kind() == InjectKind.STAFF_SHORTAGE)
                .isNotEmpty()
                .allMatch(inject -> Integer.valueOf(35 * 24 * 60).equals(inject.minutes()));
        assertThat(Objects.requireNonNull(DrillScenario.of("mass-casualties")).injects(HOSPITAL, begin))
                .allMatch(inject -> inject.ordinary() == null && inject.minutes() == null);
    }

    /** Of electives, whose months a calibration finds, and of emergencies. */
    @Test
    void shouldFollowTheMonthInWhichADrillBegins() throws ScenarioException {
        DrillScenario scenario = DrillScenario.parse("""
                name: {fr: Essai, en: Trial}
                hospital: {services: [{id: MED, beds: 60}]}
                days: 14
                season: [2, 1, 1, 1, 1, 1, 0.5, 1, 1, 1, 1, 1]
                care:
                  MED:
                    arrivals:
                      emergency: {perDay: 10}
                      elective: {perDay: 10, byMonth: [1, 1, 1, 1, 1, 1, 0.2, 1, 1, 1, 1, 1]}
                messages: [{atHours: 3, text: "Le SAMU appelle"}]
                """);
        Hospital described = scenario.scenario().hospital();
        Map<RequestOrigin, Double> january =
                byOrigin(OrdinaryLife.flows(described, scenario.scenario(), LocalDate.of(2027, 1, 1)));
        Map<RequestOrigin, Double> july =
                byOrigin(OrdinaryLife.flows(described, scenario.scenario(), LocalDate.of(2027, 7, 1)));

        assertThat(january.get(RequestOrigin.EMERGENCY_DEPARTMENT)).isCloseTo(20, within(0.5));
        assertThat(july.get(RequestOrigin.EMERGENCY_DEPARTMENT)).isCloseTo(5, within(0.5));
        assertThat(january.get(RequestOrigin.ELECTIVE)).isCloseTo(10, within(0.5));
        assertThat(july.get(RequestOrigin.ELECTIVE)).isCloseTo(2, within(0.2));
    }

    private static Map<RequestOrigin, Double> byOrigin(List<OrdinaryFlow> flows) {
        Map<RequestOrigin, Double> perDay = new EnumMap<>(RequestOrigin.class);
        for (OrdinaryFlow flow : flows) {
            perDay.merge(flow.origin(), 86_400.0 / flow.every().toSeconds(), Double::sum);
        }
        return perDay;
    }

    private static double perDay(List<OrdinaryFlow> flows) {
        return flows.stream()
                .mapToDouble(flow -> 86_400.0 / flow.every().toSeconds())
                .sum();
    }

    /** From their coming to their leaving, with nobody but simulated ones; lived again by the debrief. */
    @Test
    void shouldGoOnAroundACrisisInEveryLifeOfTheDrill(@TempDir Path folder) {
        Hospital small = DemoLayout.neighbourOf(HOSPITAL);
        HospitalId id = small.id().drill(1);
        AdjustableClock clock = new AdjustableClock(BEGIN, 1);
        clock.pause();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            engine.open(small, clock);
            JournalFork.begin(journal, Objects.requireNonNull(journal.find(small.id(), 1)), id);
            List<OrdinaryFlow> flows = OrdinaryLife.flows(small, null, DAY);
            HospitalWriter drill = engine.openDrill(
                    id, clock, new Drill("Essai", small.id(), 1, null, 7, DIRECTOR, flows, null, null, null));
            assertThat(drill.submit(
                                    new Command.SimulateRoles(List.of(SimulatedRole.ARRIVALS, SimulatedRole.EMERGENCY)),
                                    PERSON,
                                    null)
                            .join())
                    .isInstanceOf(Answer.Done.class);
            OrdinaryLife life = new OrdinaryLife();
            clock.advanceTo(BEGIN.plus(Duration.ofMinutes(61)).plusSeconds(20));
            OrdinaryShare fewer = new OrdinaryShare(0.4, 0.4, 36 * 60);
            Inject inject = new Inject("I1", clock.now(), InjectKind.MESSAGE, "Panne", null, null, null, fewer, null);
            assertThat(drill.submit(new Command.PlanInject(inject), PERSON, null)
                            .join())
                    .isInstanceOf(Answer.Done.class);
            letHappen(drill, life);
            clock.advanceTo(BEGIN.plus(Duration.ofHours(12)));
            letHappen(drill, life);

            DrillLog log = Objects.requireNonNull(drill.view().drill());
            List<OrdinaryPatient> known = life.known(small, log, clock.now());
            assertThat(known).anyMatch(patient -> OrdinaryLife.isKeptAway(patient, log));
            assertThat(drill.view().stays().keySet())
                    .containsExactlyInAnyOrderElementsOf(stays(known.stream()
                            .filter(patient -> !OrdinaryLife.isKeptAway(patient, log))
                            .toList()));
            assertThat(drill.view().requests())
                    .isNotEmpty()
                    .allSatisfy(open -> assertThat(open.request().stay()).matches(OrdinaryPatient::is));

            Instant end = BEGIN.plus(Duration.ofDays(2));
            Debrief debrief = Debrief.of(journal, id, log, end);
            assertThat(debrief.proposals().ordinary().needing())
                    .isEqualTo(debrief.nothing().ordinary().needing())
                    .isGreaterThan(20);
            assertThat(debrief.nothing().ordinary().placed()).isZero();
            assertThat(debrief.proposals().ordinary().placed())
                    .isGreaterThan(debrief.proposals().ordinary().needing() / 2);
            assertThat(debrief.players().ordinary().placed()).isZero();
            assertThat(Debrief.of(journal, id, log, end).proposals()).isEqualTo(debrief.proposals());

            assertThat(drill.submit(new Command.SimulateRoles(List.of(SimulatedRole.EMERGENCY)), PERSON, null)
                            .join())
                    .isInstanceOf(Answer.Done.class);
            clock.advanceTo(BEGIN.plus(Duration.ofHours(20)));
            letHappen(drill, life);
            Debrief switchedOff = Debrief.of(journal, id, log, end);
            assertThat(switchedOff.nothing().ordinary().needing())
                    .as("nobody comes in another life after the director let nobody come")
                    .isEqualTo(switchedOff.players().ordinary().needing())
                    .isEqualTo(switchedOff.proposals().ordinary().needing())
                    .isLessThan(debrief.nothing().ordinary().needing());
        }
    }

    /** In the hospital that refuses and waits as the simulator's does: nobody who gives beds, proposals, and players who do nothing. */
    @Test
    void shouldRefuseAndLetGoInEveryLifeOfTheDrill(@TempDir Path folder) {
        OrdinaryRoutine routine = OrdinaryLife.routine(null);
        assertThat(routine).isEqualTo(new OrdinaryRoutine(0.03, Duration.ofHours(24), Duration.ofHours(10)));
        Hospital small = DemoLayout.neighbourOf(HOSPITAL);
        HospitalId id = small.id().drill(1);
        AdjustableClock clock = new AdjustableClock(BEGIN, 1);
        clock.pause();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            engine.open(small, clock);
            JournalFork.begin(journal, Objects.requireNonNull(journal.find(small.id(), 1)), id);
            List<OrdinaryFlow> flows = OrdinaryLife.flows(small, null, DAY);
            HospitalWriter drill = engine.openDrill(
                    id, clock, new Drill("Essai", small.id(), 1, null, 7, DIRECTOR, flows, null, 0.04, routine));
            assertThat(drill.submit(new Command.SimulateRoles(Arrays.asList(SimulatedRole.values())), PERSON, null)
                            .join())
                    .isInstanceOf(Answer.Done.class);
            OrdinaryLife life = new OrdinaryLife();
            Instant end = BEGIN.plus(Duration.ofDays(4));
            while (clock.now().isBefore(end)) {
                clock.advanceTo(clock.now().plus(Duration.ofMinutes(20)));
                letHappen(drill, life);
            }

            Set<StayId> registered = new HashSet<>();
            Set<StayId> notComing = new HashSet<>();
            journal.read(id, 0, recorded -> {
                if (recorded.event() instanceof BedEvent.StayRegistered event) {
                    assertThat(registered.add(event.stay()))
                            .as("%s comes once", event.stay())
                            .isTrue();
                } else if (recorded.event() instanceof BedEvent.RegistrationCancelled event) {
                    notComing.add(event.stay());
                }
            });
            assertThat(notComing).hasSizeGreaterThan(20);

            DrillLog log = Objects.requireNonNull(drill.view().drill());
            Debrief debrief = Debrief.of(journal, id, log, end);
            assertThat(debrief.nothing().sentElsewhere()).isGreaterThan(20);
            assertThat(debrief.nothing().putOff()).isGreaterThan(20);
            assertThat(debrief.players().sentElsewhere())
                    .isCloseTo(debrief.nothing().sentElsewhere(), within(2));
            assertThat(debrief.players().putOff()).isCloseTo(debrief.nothing().putOff(), within(2));
            assertThat(debrief.proposals().refusals()).isBetween(1, 30);
            assertThat(debrief.nothing().refusals()).isZero();
            assertThat(debrief.proposals().sentElsewhere() + debrief.proposals().putOff())
                    .isLessThan(debrief.nothing().putOff());
            assertThat(debrief.proposals().ordinary().needing())
                    .isCloseTo(debrief.nothing().ordinary().needing(), within(2));
            Debrief again = Debrief.of(journal, id, log, end);
            assertThat(again.proposals()).isEqualTo(debrief.proposals());
            assertThat(again.nothing()).isEqualTo(debrief.nothing());
        }
    }

    /** Whatever the minute in which they are kept away: those who are called in for nine o'clock are six in every one. */
    @Test
    void shouldKeepTheSamePeopleAwayInEveryLife(@TempDir Path folder) {
        Hospital small = DemoLayout.neighbourOf(HOSPITAL);
        HospitalId id = small.id().drill(1);
        AdjustableClock clock = new AdjustableClock(BEGIN, 1);
        clock.pause();
        OrdinaryHours nine = new OrdinaryHours(
                IntStream.range(0, 24).mapToObj(hour -> hour == 9 ? 1.0 : 0.0).toList(), Collections.nCopies(7, 1.0));
        List<OrdinaryFlow> flows = small.services().stream()
                .limit(4)
                .map(service -> new OrdinaryFlow(
                        service.id(), RequestOrigin.ELECTIVE, Duration.ofMinutes(16), Duration.ofDays(3), nine))
                .toList();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            engine.open(small, clock);
            JournalFork.begin(journal, Objects.requireNonNull(journal.find(small.id(), 1)), id);
            HospitalWriter drill = engine.openDrill(
                    id, clock, new Drill("Essai", small.id(), 1, null, 7, DIRECTOR, flows, null, null, null));
            OrdinaryLife life = new OrdinaryLife();
            clock.advanceTo(BEGIN.plus(Duration.ofMinutes(80)).plusSeconds(20));
            Inject inject = new Inject(
                    "I1",
                    clock.now(),
                    InjectKind.MESSAGE,
                    "Panne",
                    null,
                    null,
                    null,
                    new OrdinaryShare(1, 0, 3 * 24 * 60),
                    null);
            for (Command.Act act : List.of(
                    new Command.SimulateRoles(List.of(SimulatedRole.ARRIVALS)), new Command.PlanInject(inject))) {
                assertThat(drill.submit(act, PERSON, null).join()).isInstanceOf(Answer.Done.class);
            }
            letHappen(drill, life);
            DrillLog log = Objects.requireNonNull(drill.view().drill());
            Instant end = BEGIN.plus(Duration.ofHours(27));
            List<OrdinaryPatient> known = life.known(small, log, end);
            long needing = known.stream()
                    .filter(patient -> !OrdinaryLife.isKeptAway(patient, log))
                    .filter(patient -> !patient.arrival().isAfter(end))
                    .count();
            assertThat(needing).isLessThan(known.size()).isGreaterThan(300);
            assertThat(Debrief.of(journal, id, log, end).nothing().ordinary().needing())
                    .isEqualTo((int) needing);
        }
    }

    private static void letHappen(HospitalWriter drill, OrdinaryLife life) {
        List<Deed> deeds = Unplayed.due(drill.view(), life, drill.clock().now());
        for (int round = 0; !deeds.isEmpty(); round++) {
            // What was done and is due again would be so for ever: it is not done twice.
            assertThat(round).as("rounds until nothing is due; now %s", deeds).isLessThan(ROUNDS_MAX);
            deeds.forEach(deed -> does(drill, deed));
            deeds = Unplayed.due(drill.view(), life, drill.clock().now());
        }
    }

    private static void does(HospitalWriter drill, Deed deed) {
        Answer answer = switch (deed) {
            case Deed.Act act -> drill.submit(act.act(), act.actor(), act.key()).join();
            case Deed.Facts facts ->
                drill.report(facts.facts(), new Origin.Feed(Unplayed.SOURCE, facts.key()), facts.key())
                        .join();
        };
        assertThat(answer).as(deed.toString()).isInstanceOf(Answer.Done.class);
    }

    private static List<StayId> stays(List<OrdinaryPatient> patients) {
        return new ArrayList<>(patients.stream().map(OrdinaryPatient::stay).toList());
    }

    private static DrillLog log(List<OrdinaryFlow> flows, long seed) {
        return log(flows, List.of(), seed);
    }

    private static DrillLog log(List<OrdinaryFlow> flows, List<OrdinaryCare> care, long seed) {
        return new DrillLog(new Drill("Essai", null, 1, null, seed, DIRECTOR, flows, care, null, null), BEGIN);
    }
}
