package org.chevet.simulations.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.chevet.archive.JournalFork;
import org.chevet.event.AskedCard;
import org.chevet.event.Author;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Ending;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.Share;
import org.chevet.event.SimulatedRole;
import org.chevet.event.Victims;
import org.chevet.event.Wounds;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.Stay;
import org.chevet.placement.Demand;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.Proposals;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Answer;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalAccess;
import org.chevet.runtime.HospitalWriter;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DrillTest {
    private static final Hospital REAL = DemoLayout.neighbourOf(DemoLayout.read());
    private static final HospitalId ID = REAL.id().drill(1);
    private static final Instant BEGIN = Instant.parse("2026-03-03T09:00:00Z");
    private static final Origin.Person DIRECTOR = new Origin.Person("Anne Roy", Role.DIRECTOR_ON_DUTY);
    private static final ServiceId CARDIO = new ServiceId("CARDIO");
    private static final long SEED = 7;

    private final JdbcJournal journal;
    private final Engine engine;
    private final AdjustableClock clock = new AdjustableClock(BEGIN, 1);
    private final HospitalWriter drill;
    private final DrillPlayer player;

    DrillTest(@TempDir Path folder) {
        journal = JdbcJournal.sqlite(folder);
        engine = new Engine(journal);
        clock.pause();
        engine.open(REAL, clock);
        long past = journal.lastSequence(REAL.id());
        assertThat(JournalFork.begin(journal, Objects.requireNonNull(journal.find(REAL.id(), 1)), ID))
                .isTrue();
        JournalFork.copy(journal, REAL.id(), past, ID, copied -> {});
        drill = engine.openDrill(ID, clock, new Drill("Essai", REAL.id(), past, null, SEED, Author.of(DIRECTOR)));
        player = DrillPlayer.start(drill);
    }

    @AfterEach
    void close() {
        player.close();
        engine.close();
        journal.close();
    }

    @Test
    void shouldBringCasualtiesAskForTheirBedsAndPutThoseIntoBedWhoHaveOne() {
        does(new Command.SimulateRoles(List.of(SimulatedRole.EMERGENCY, SimulatedRole.TRANSPORT)));
        does(plan(InjectKind.VICTIMS, null, null, new Victims(2, 0, 1, 0)));
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(10)));
        await("three have come", () -> present() == 3);

        clock.advanceTo(BEGIN.plus(Duration.ofHours(3)));
        await("two wait, one went home", () -> drill.view().requests().size() == 2 && present() == 2);
        HospitalView.OpenRequest first = drill.view().requests().getFirst();
        var free = drill.view().services().stream()
                .flatMap(service -> service.beds().stream())
                .filter(bed -> bed.status().state() == BedState.READY)
                .filter(bed -> drill.submit(
                                        new Command.ReserveBed(
                                                first.request().id(),
                                                bed.bed().id(),
                                                clock.now().plus(Duration.ofHours(2))),
                                        DIRECTOR,
                                        null)
                                .join()
                        instanceof Answer.Done)
                .findFirst()
                .orElseThrow();
        clock.advanceTo(BEGIN.plus(Duration.ofHours(4)));
        await("one lies there", () -> !occupants(free.bed().id()).isEmpty());

        DrillRecord record = new DrillRecord();
        journal.read(ID, log().drill().startSequence(), record::accept);
        List<Victim> victims = record.victims(drill.view());
        assertThat(victims).hasSize(3);
        assertThat(record.victims(drill.view()).getFirst().casualty())
                .as("drawn once, for it is asked for every second")
                .isSameAs(victims.getFirst().casualty());
        assertThat(victims)
                .filteredOn(victim -> victim.placed() != null)
                .singleElement()
                .satisfies(victim -> {
                    assertThat(victim.asked())
                            .isBetween(victim.casualty().arrival(), Objects.requireNonNull(victim.held()));
                    assertThat(victim.bed()).isEqualTo(free.bed().id());
                });
        assertThat(record.decisions()).extracting(DrillRecord.Decision::by).containsOnly("Anne Roy");
    }

    @Test
    void shouldLetThoseHomeWhoWereAtTheEmergencyDepartmentAndNeedNoBed() {
        StayId home = atEmergency("V1", BEGIN.minus(Duration.ofHours(2)));
        StayId asked = atEmergency("V2", BEGIN.minus(Duration.ofHours(2)));
        StayId later = atEmergency("V3", clock.now());
        does(new Command.RequestBed(
                new RequestId("R"),
                asked,
                null,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                CareNeeds.UNSPECIFIED,
                3,
                null,
                null,
                null));
        does(new Command.SimulateRoles(List.of(SimulatedRole.EMERGENCY)));
        assertThat(drill.view().elsewhere()).hasSize(3);

        clock.advanceTo(BEGIN.plus(Duration.ofHours(6)));
        await("they have gone home", () -> drill.view().elsewhere().size() < 3);
        assertThat(drill.view().elsewhere()).extracting(Stay::id).containsExactly(asked, later);
        assertThat(Objects.requireNonNull(drill.view().stays().get(home)).ending())
                .isEqualTo(Ending.DISCHARGED);
    }

    private StayId atEmergency(String id, Instant since) {
        StayId stay = new StayId(id);
        Movement in = new Movement(
                "M-" + id, MovementKind.ADMISSION, since, Location.ELSEWHERE, PatientClass.EMERGENCY, BEGIN, null);
        assertThat(drill.report(List.of(new Command.ReportMovement(stay, in, null)), new Origin.Feed("adt", id), null)
                        .join())
                .isInstanceOf(Answer.Done.class);
        return stay;
    }

    @Test
    void shouldLeaveARequestToPlayersThatAPlayerCancelled() {
        does(new Command.SimulateRoles(List.of(SimulatedRole.EMERGENCY)));
        does(plan(InjectKind.VICTIMS, null, null, new Victims(1, 0, 0, 0)));
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(10)));
        await("one has come", () -> present() == 1);
        clock.advanceTo(BEGIN.plus(Duration.ofHours(3)));
        await("a bed is asked for", () -> drill.view().requests().size() == 1);
        does(new Command.CancelBedRequest(
                drill.view().requests().getFirst().request().id(), null));
        player.close();

        AtomicInteger looks = new AtomicInteger();
        AtomicInteger acts = new AtomicInteger();
        DrillPlayer counted = DrillPlayer.start((HospitalAccess) Proxy.newProxyInstance(
                DrillTest.class.getClassLoader(), new Class<?>[] {HospitalAccess.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "view" -> looks.incrementAndGet();
                        case "submit" -> acts.incrementAndGet();
                        default -> {}
                    }
                    return method.invoke(drill, arguments);
                }));
        await("it has looked several times", () -> looks.get() >= 8);
        counted.close();

        assertThat(acts.get()).as("it is not asked again at every look").isLessThan(4);
        assertThat(drill.view().requests()).isEmpty();
    }

    @Test
    void shouldCloseAWardWhenItsTimeHasComeAndNotBefore() {
        does(plan(InjectKind.WARD_CLOSED, CARDIO, null, null));
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(4)));
        assertThat(Unplayed.due(drill.view(), new OrdinaryLife(), clock.now())).isEmpty();

        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(6)));
        await("the ward is closed", () -> openBeds(drill) == 0);
        await("it is done", this::isAllDone);
        assertThat(openBeds(Objects.requireNonNull(engine.hospital(REAL.id())))).isPositive();
    }

    /** By the drill's clock, and by a process that knows nothing but the journal. */
    @Test
    void shouldOpenAWardAgainWhenTheInjectIsOverInAnotherProcessToo() {
        int before = openBeds(drill);
        does(closing("I1", CARDIO, 60));
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(6)));
        await("the ward is closed", () -> openBeds(drill) == 0);
        player.close();
        engine.close(ID);
        HospitalWriter again = engine.openDrill(ID, clock, null);
        try (DrillPlayer other = DrillPlayer.start(again)) {
            clock.advanceTo(BEGIN.plus(Duration.ofMinutes(65)));
            assertThat(Unplayed.due(again.view(), new OrdinaryLife(), clock.now()))
                    .as("a minute too early")
                    .isEmpty();
            clock.advanceTo(BEGIN.plus(Duration.ofMinutes(67)));
            await("the ward is open again", () -> openBeds(again) == before);
        }
        DrillLog.Planned over = Objects.requireNonNull(
                Objects.requireNonNull(again.view().drill()).inject("I1"));
        assertThat(over.endedAt()).isEqualTo(clock.now());
        int cardio = REAL.services().stream().map(Service::id).toList().indexOf(CARDIO);
        assertThat(Debrief.of(journal, ID, Objects.requireNonNull(again.view().drill()), clock.now())
                        .course())
                .as("a sample a minute, and one of the end")
                .hasSize(68)
                .allSatisfy(sample -> {
                    long minute = Duration.between(BEGIN, sample.at()).toMinutes();
                    assertThat(sample.open().get(cardio))
                            .as("minute %d", minute)
                            .isEqualTo(minute < 6 || minute == 67 ? before : 0);
                });
        assertThat(Unplayed.due(again.view(), new OrdinaryLife(), clock.now())).isEmpty();
    }

    /** Beds can be given only once the wards are open again: by the rule, or because the director said so. */
    @Test
    void shouldEndInjectsInTheOtherLivesAsInThePlayers() {
        for (Service service : REAL.services()) {
            does(closing("R-" + service.id(), service.id(), 180));
        }
        does(plan(InjectKind.VICTIMS, null, null, new Victims(6, 0, 0, 0)));
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(10)));
        await("all have come", () -> present() == 6);
        assertThat(placedWithin(Duration.ofMinutes(170))).isZero();
        assertThat(placedWithin(Duration.ofHours(7))).as("by the rule").isEqualTo(6);

        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(60)));
        for (Service service : REAL.services()) {
            does(new Command.EndInject("R-" + service.id()));
        }
        assertThat(placedWithin(Duration.ofMinutes(59))).isZero();
        assertThat(placedWithin(Duration.ofMinutes(170)))
                .as("when the director ended them")
                .isEqualTo(6);
    }

    /** Nor do they if wards were full: whoever leaves is followed by nobody until they are open again. */
    @Test
    void shouldLetNobodyIntoFullWardsThatWereClosedInTheOtherLivesEither() {
        HospitalWriter real = Objects.requireNonNull(engine.hospital(REAL.id()));
        List<BedId> beds = real.view().services().stream()
                .flatMap(service -> service.beds().stream())
                .filter(bed -> bed.status().open())
                .map(bed -> bed.bed().id())
                .toList();
        for (BedId bed : beds) {
            StayId stay = new StayId("P-" + bed);
            Movement in = new Movement(
                    "M-" + bed,
                    MovementKind.ADMISSION,
                    BEGIN.minus(Duration.ofDays(2)),
                    new Location(null, bed),
                    PatientClass.INPATIENT,
                    BEGIN,
                    null);
            assertThat(real.report(
                                    List.of(
                                            new Command.ReportMovement(stay, in, null),
                                            new Command.ReportDischargePlan(
                                                    stay, BEGIN.plus(Duration.ofMinutes(30)), BEGIN)),
                                    new Origin.Feed("ADT", in.id()),
                                    in.id())
                            .join())
                    .isInstanceOf(Answer.Done.class);
        }
        HospitalId id = REAL.id().drill(2);
        long past = journal.lastSequence(REAL.id());
        assertThat(JournalFork.begin(journal, Objects.requireNonNull(journal.find(REAL.id(), 1)), id))
                .isTrue();
        JournalFork.copy(journal, REAL.id(), past, id, copied -> {});
        HospitalWriter full =
                engine.openDrill(id, clock, new Drill("Essai", REAL.id(), past, null, SEED, Author.of(DIRECTOR)));
        List<Command.PlanInject> injects = new ArrayList<>();
        injects.add(plan(InjectKind.VICTIMS, null, null, new Victims(6, 0, 0, 0)));
        for (Service service : REAL.services()) {
            injects.add(closing("R-" + service.id(), service.id(), 360));
        }
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(5)));
        for (Command.PlanInject inject : injects) {
            for (Command.Act act :
                    List.of(inject, new Command.CompleteInject(inject.inject().id()))) {
                assertThat(full.submit(act, DIRECTOR, null).join()).isInstanceOf(Answer.Done.class);
            }
        }

        assertThat(placedWithin(Duration.ofHours(6), full)).isZero();
        assertThat(placedWithin(Duration.ofHours(10), full)).isEqualTo(6);
    }

    private int placedWithin(Duration time) {
        return placedWithin(time, drill);
    }

    /** Of the life in which proposals are taken as they come. */
    private int placedWithin(Duration time, HospitalWriter of) {
        DrillLog log = Objects.requireNonNull(of.view().drill());
        return Debrief.of(journal, of.id(), log, BEGIN.plus(time))
                .proposals()
                .categories()
                .getFirst()
                .placed();
    }

    private static Command.PlanInject closing(String id, ServiceId service, int minutes) {
        Instant due = BEGIN.plus(Duration.ofMinutes(5));
        return new Command.PlanInject(
                new Inject(id, due, InjectKind.WARD_CLOSED, null, service, null, null, null, minutes));
    }

    private boolean isAllDone() {
        return log().injects().stream().allMatch(planned -> planned.doneAt() != null);
    }

    @Test
    void shouldSetThePlayersBesideTheProposalsAndNobodyOnTheSameLots() {
        does(plan(InjectKind.VICTIMS, null, null, new Victims(3, 8, 2, 30)));
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(5)));
        await("its time has come", this::isAllDone);
        clock.advanceTo(BEGIN.plus(Duration.ofHours(1)));
        await("all have come", () -> present() == 13);
        Instant end = BEGIN.plus(Duration.ofHours(7));

        Debrief debrief = Debrief.of(journal, ID, log(), end);

        assertThat(debrief.players().categories())
                .allSatisfy(category -> assertThat(category.placed()).isZero());
        assertThat(debrief.nothing().categories())
                .allSatisfy(category -> assertThat(category.placed()).isZero());
        for (int i = 0; i < 3; i++) {
            Outcome.OfCategory proposed = debrief.proposals().categories().get(i);
            assertThat(proposed.arrived())
                    .isEqualTo(debrief.players().categories().get(i).arrived());
            assertThat(proposed.needing())
                    .isEqualTo(debrief.nothing().categories().get(i).needing());
        }
        Outcome.OfCategory graves = debrief.proposals().categories().getFirst();
        assertThat(graves.needing()).isEqualTo(3);
        assertThat(graves.placed()).isEqualTo(3);
        assertThat(graves.placedWithin()).isSorted();
        assertThat(debrief.proposals().waitingMax())
                .isLessThanOrEqualTo(debrief.nothing().waitingMax());
        assertThat(Debrief.of(journal, ID, log(), end).proposals()).isEqualTo(debrief.proposals());
    }

    @Test
    void shouldTellHowLongActionCardsWaitedForSomebodyAfterTheAlertAndTheInject() {
        does(plan(InjectKind.VICTIMS, null, null, new Victims(0, 0, 9, 0)));
        Instant alert = BEGIN.plus(Duration.ofMinutes(30));
        clock.advanceTo(BEGIN.plus(Duration.ofMinutes(5)));
        await("they have come", () -> present() == 9);
        clock.advanceTo(alert);
        assertThat(drill.showCards(List.of(new AskedCard("surge-beds", alert), new AskedCard("crisis-cell", alert)))
                        .join())
                .isInstanceOf(Answer.Done.class);
        clock.advanceTo(alert.plus(Duration.ofMinutes(20)));
        does(new Command.AcknowledgeActionCard("crisis-cell"));
        clock.advanceTo(alert.plus(Duration.ofMinutes(90)));
        long late = done(new Command.AcknowledgeActionCard("surge-beds"));
        does(new Command.CloseActionCard("crisis-cell", "réunie"));
        does(new Command.UndoAct(late, "erreur"));

        List<CardDelays.Delay> delays =
                Debrief.of(journal, ID, log(), clock.now()).cards();

        assertThat(delays).extracting(delay -> delay.card().id()).contains("crisis-cell", "surge-beds");
        assertThat(delays).allSatisfy(delay -> {
            assertThat(delay.alert()).isEqualTo(alert);
            assertThat(delay.inject()).isBetween(BEGIN, alert);
        });
        assertThat(delays)
                .filteredOn(delay -> delay.takenOn() != null)
                .singleElement()
                .satisfies(delay -> {
                    assertThat(delay.card().id()).isEqualTo("crisis-cell");
                    assertThat(delay.takenOn()).isEqualTo(alert.plus(Duration.ofMinutes(20)));
                    assertThat(delay.by()).isEqualTo("Anne Roy");
                    assertThat(delay.closed()).isEqualTo(alert.plus(Duration.ofMinutes(90)));
                });
    }

    @Test
    void shouldDrawTheSameCasualtiesFromASeedWhereverThereIsAServiceForThem() {
        Inject inject =
                ((Command.PlanInject) plan(InjectKind.VICTIMS, null, null, new Victims(20, 30, 10, 90))).inject();
        List<Casualty> casualties = Casualty.of(REAL, new Lot(SEED), inject, ArrivalProfile.EMERGENCY, BEGIN);

        assertThat(casualties).isEqualTo(Casualty.of(REAL, new Lot(SEED), inject, ArrivalProfile.EMERGENCY, BEGIN));
        assertThat(casualties)
                .isNotEqualTo(Casualty.of(REAL, new Lot(SEED + 1), inject, ArrivalProfile.EMERGENCY, BEGIN));
        assertThat(casualties)
                .hasSize(60)
                .allSatisfy(casualty ->
                        assertThat(casualty.arrival()).isBetween(BEGIN, BEGIN.plus(Duration.ofMinutes(90))));
        assertThat(casualties)
                .filteredOn(one -> one.category() == Casualty.Category.ABSOLUTE)
                .hasSize(20)
                .allSatisfy(one -> assertThat(REAL.services())
                        .anyMatch(service -> takes(service, Objects.requireNonNull(one.needs()))));
        assertThat(casualties)
                .filteredOn(one -> one.needs() != null)
                .anySatisfy(
                        one -> assertThat(Objects.requireNonNull(one.needs()).equipmentRequired())
                                .isNotEmpty())
                .anySatisfy(
                        one -> assertThat(Objects.requireNonNull(one.needs()).equipmentRequired())
                                .isEmpty());
        assertThat(casualties)
                .filteredOn(one -> one.category() == Casualty.Category.INVOLVED)
                .hasSize(10)
                .allMatch(one -> one.needs() == null);
    }

    @Test
    void shouldTakeTheWoundedOfAScenarioWhereItSaysMostOfThemEarly() {
        Hospital demo = DemoLayout.read();
        Inject attack = Objects.requireNonNull(DrillScenario.of("mass-casualties")).injects(demo, BEGIN).stream()
                .filter(inject -> inject.kind() == InjectKind.VICTIMS)
                .findFirst()
                .orElseThrow();

        List<Casualty> casualties = Casualty.of(demo, new Lot(SEED), attack, ArrivalProfile.EMERGENCY, attack.due());

        assertThat(casualties)
                .filteredOn(one -> one.category() == Casualty.Category.ABSOLUTE)
                .hasSize(24)
                .allSatisfy(one -> assertThat(level(one)).isGreaterThan(LevelOfCare.ACUTE));
        assertThat(casualties)
                .filteredOn(one -> one.category() == Casualty.Category.RELATIVE)
                .hasSize(53)
                .allSatisfy(one -> assertThat(specialty(one))
                        .isIn(specialties(demo, "ORTHO", "CHIR-DIG", "CHIR-VT", "NEUROCHIR")));
        Instant half = attack.due().plus(Duration.ofHours(3));
        assertThat(casualties.stream()
                        .filter(one -> one.arrival().isBefore(half))
                        .count())
                .as("three quarters of %s in the first half of the time", casualties.size())
                .isBetween(90L, 115L);
    }

    @Test
    void shouldTakeTheWoundedToTheWardsThatTreatWoundsWhereNobodySays() {
        Hospital demo = DemoLayout.read();

        assertThat(Casualty.of(
                        demo, new Lot(SEED), victims(new Victims(100, 200, 0, 0)), ArrivalProfile.EMERGENCY, BEGIN))
                .filteredOn(one -> one.needs() != null && level(one) == LevelOfCare.ACUTE)
                .hasSizeGreaterThan(100)
                .allSatisfy(one -> assertThat(specialty(one)).containsAnyOf("chir", "ortho", "trauma", "urgences"));
    }

    private static LevelOfCare level(Casualty casualty) {
        return Objects.requireNonNull(casualty.needs()).levelOfCare();
    }

    private static String specialty(Casualty casualty) {
        return Objects.requireNonNull(Objects.requireNonNull(casualty.needs()).specialty());
    }

    private static List<String> specialties(Hospital hospital, String... services) {
        return hospital.services().stream()
                .filter(service -> List.of(services).contains(service.id().value()))
                .map(service -> service.specialties().getFirst())
                .toList();
    }

    /** With a single room, and with none that isolates. */
    @ParameterizedTest
    @EnumSource(names = {"SINGLE", "NONE"})
    void shouldBringNobodyWhomNoBedOfTheEmptyHospitalFits(IsolationAbility ability) {
        Service cardio = REAL.services().stream()
                .filter(service -> service.id().equals(CARDIO))
                .findFirst()
                .orElseThrow();
        Service sparse = new Service(
                CARDIO,
                "Cardiologie",
                null,
                null,
                cardio.specialties(),
                LevelOfCare.ACUTE,
                cardio.ages(),
                SexPolicy.MIXED,
                2,
                List.of(),
                List.of(
                        room("A", ability, false, List.of()),
                        room("B", IsolationAbility.NONE, false, List.of("scope")),
                        room("C", IsolationAbility.NONE, true, List.of("telemetrie"))));
        Hospital small =
                new Hospital(REAL.id(), "Essai", REAL.zone(), REAL.specialties(), REAL.equipment(), List.of(sparse));
        Illness illness = new Illness(List.of(new Share("CARDIO", 1)), null, 60, 25, Isolation.DROPLET, "grippe");
        Occupancy empty = new Occupancy();
        apply(empty, new Command.DefineHospital(small));
        PlacementWorld world = null;
        List<Casualty> casualties = new ArrayList<>(Casualty.of(
                small, new Lot(SEED), victims(new Victims(150, 150, 0, 0)), ArrivalProfile.EMERGENCY, BEGIN));
        casualties.addAll(Casualty.of(
                small,
                new Lot(SEED),
                victims(new Victims(50, 50, 0, 0, illness, null)),
                ArrivalProfile.EMERGENCY,
                BEGIN));
        for (Casualty casualty : casualties) {
            if (casualty.needs() != null) {
                apply(
                        empty,
                        new Command.RequestBed(
                                casualty.request(),
                                null,
                                null,
                                RequestOrigin.EMERGENCY_DEPARTMENT,
                                casualty.needs(),
                                1,
                                null,
                                null,
                                null));
                HospitalView view = empty.view();
                world = PlacementWorld.renewed(world, view, BEGIN);
                Demand demand = Demand.of(view, view.requests().getFirst().request(), BEGIN);
                assertThat(new Proposals(world).best(demand, Set.of()))
                        .as(() -> casualty.toString())
                        .isNotNull();
                apply(empty, new Command.CancelBedRequest(casualty.request(), null));
            }
        }
    }

    private static Inject victims(Victims victims) {
        return ((Command.PlanInject) plan(InjectKind.VICTIMS, null, null, victims)).inject();
    }

    @Test
    void shouldBringThoseWhomAnEpidemicBrings() {
        Hospital hospital = DemoLayout.read();
        Inject peak = Objects.requireNonNull(DrillScenario.of("epidemic-wave")).injects(hospital, BEGIN).stream()
                .max(Comparator.comparing(
                        inject -> Objects.requireNonNull(inject.victims()).count()))
                .orElseThrow();
        Victims victims = Objects.requireNonNull(peak.victims());
        assertThat(victims.absolute()).isEqualTo((int) Math.round(victims.count() * 0.22));
        assertThat(victims.involved()).isZero();

        List<Casualty> casualties = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            casualties.addAll(Casualty.of(hospital, new Lot(seed), peak, ArrivalProfile.EMERGENCY, BEGIN));
        }

        assertThat(casualties).allSatisfy(casualty -> {
            CareNeeds needs = Objects.requireNonNull(casualty.needs(), "nobody is sent home");
            assertThat(needs.levelOfCare())
                    .isEqualTo(
                            casualty.category() == Casualty.Category.ABSOLUTE
                                    ? LevelOfCare.INTENSIVE
                                    : LevelOfCare.ACUTE);
            assertThat(needs.specialty()).isIn("reanimation", "pneumologie", "infectiologie", "medecine-polyvalente");
            assertThat(needs.organism()).isEqualTo(needs.isolation() == Isolation.DROPLET ? "covid" : null);
        });
        assertThat(casualties)
                .filteredOn(casualty -> Objects.requireNonNull(casualty.needs()).isolation() == Isolation.DROPLET)
                .hasSizeGreaterThan(casualties.size() / 2);
        assertThat(casualties.stream().mapToInt(Casualty::ageYears).average().orElse(0))
                .isBetween(64.0, 72.0);
    }

    private static Room room(String id, IsolationAbility isolation, boolean surge, List<String> equipment) {
        return new Room(
                new RoomId(id),
                1,
                SexPolicy.MIXED,
                isolation,
                List.of(new Bed(new BedId(id), "", surge, equipment, null)));
    }

    private static void apply(Occupancy occupancy, Command command) {
        Decision.Accepted accepted = (Decision.Accepted) occupancy.decide(command, BEGIN);
        accepted.events().forEach(event -> {
            long sequence = occupancy.sequence() + 1;
            occupancy.apply(new Recorded(sequence, sequence, BEGIN, DIRECTOR, event));
        });
    }

    @Test
    void shouldPlanScenariosOfTheSimulatorThatAnyHospitalAccepts() {
        assertThat(DrillScenario.shipped()).hasSizeGreaterThanOrEqualTo(8);
        for (DrillScenario scenario : DrillScenario.shipped()) {
            assertThat(DrillScenario.of(scenario.id())).isEqualTo(scenario);
            List<Inject> injects = scenario.injects(REAL, BEGIN);
            assertThat(injects).as(scenario.id()).isNotEmpty().isSortedAccordingTo(Comparator.comparing(Inject::due));
            assertThat(injects.getFirst().due()).isBetween(BEGIN, BEGIN.plus(Duration.ofDays(14)));
            for (Inject inject : injects) {
                does(new Command.PlanInject(new Inject(
                        scenario.id() + inject.id(),
                        inject.due().plus(Duration.ofDays(1)),
                        inject.kind(),
                        inject.text(),
                        inject.service(),
                        inject.beds(),
                        inject.victims())));
            }
        }
    }

    @Test
    void shouldPlayAScenarioInAnotherHospitalThanItsOwn() throws ScenarioException {
        DrillScenario scenario = DrillScenario.parse("""
                name: {fr: Essai, en: Trial}
                hospital:
                  services:
                    - {id: MED-GRANDE, beds: 60}
                    - {id: CARDIO, beds: 40}
                days: 7
                injects:
                  - {kind: massCasualties, atHours: 30, graves: {CARDIO: 4}, others: {CARDIO: 6}, involved: 8, overHours: 2}
                  - {kind: bedsLost, name: Closed, atHours: 32, days: 3, services: [MED-GRANDE, CARDIO]}
                  - {kind: informationLost, name: Down, atHours: 33.5, days: 3}
                messages:
                  - {atHours: 29.5, text: "Le SAMU appelle"}
                """);

        List<Inject> injects = scenario.injects(REAL, BEGIN);

        assertThat(injects)
                .extracting(Inject::kind)
                .containsExactly(
                        InjectKind.MESSAGE,
                        InjectKind.VICTIMS,
                        InjectKind.WARD_CLOSED,
                        InjectKind.WARD_CLOSED,
                        InjectKind.OUTAGE);
        assertThat(injects)
                .extracting(inject -> Duration.between(BEGIN, inject.due()).toMinutes())
                .containsExactly(10L, 40L, 160L, 160L, 250L);
        assertThat(injects)
                .extracting(Inject::minutes)
                .containsExactly(null, null, 3 * 24 * 60, 3 * 24 * 60, 3 * 24 * 60);
        int beds = REAL.services().stream().mapToInt(Service::staffedBeds).sum();
        Victims victims = Objects.requireNonNull(injects.get(1).victims());
        assertThat(victims.relative()).isEqualTo(Math.max(1, Math.round(6 * beds / 100f)));
        assertThat(victims.minutes()).isEqualTo(120);
        Service largest = REAL.services().stream()
                .filter(service -> service.levelOfCare() == LevelOfCare.ACUTE)
                .max(Comparator.comparing(Service::staffedBeds))
                .orElseThrow();
        assertThat(injects.get(2).service()).isEqualTo(largest.id());
        assertThat(injects.get(3).service()).isEqualTo(CARDIO);
    }

    @Test
    void shouldScaleAWaveBeforeItIsRounded() throws ScenarioException {
        assertThat(victimsOfWave(1, 0.4))
                .as("few come to a hospital of one bed, many to this one")
                .isPositive();
        assertThat(victimsOfWave(3_000, 2))
                .as("some come to a very large hospital, nobody to this one")
                .isZero();
    }

    /** Day by day: at noon of the first of these days, three before the peak, two and a half are behind. */
    @Test
    void shouldBringThePatientsOfAWaveWhereTheyNeedABedOnThatDay() throws ScenarioException {
        List<Illness> illnesses = wave(1, 5, ", servicesLater: {M0: 0}, laterAfterDays: 12.5").stream()
                .map(inject -> Objects.requireNonNull(inject.victims()).illness())
                .filter(Objects::nonNull)
                .toList();
        assertThat(illnesses).hasSizeGreaterThan(5);
        for (int day = 0; day < illnesses.size(); day++) {
            assertThat(illnesses.get(day).services())
                    .singleElement()
                    .extracting(Share::share, InstanceOfAssertFactories.DOUBLE)
                    .isCloseTo(1 - (2 + day + 0.5) / 12.5, within(1e-6));
        }
    }

    /** In a hospital so small that nobody comes of the wave itself. */
    @Test
    void shouldKeepOthersAwayByAWaveThatBringsNobody() throws ScenarioException {
        List<Inject> injects = wave(3_000, 2, ", otherEmergencies: 0.5");
        assertThat(injects).hasSizeGreaterThan(5).allSatisfy(inject -> {
            assertThat(inject.kind()).isEqualTo(InjectKind.MESSAGE);
            assertThat(inject.text()).isEqualTo("Vague");
            assertThat(inject.victims()).isNull();
            assertThat(Objects.requireNonNull(inject.ordinary()).isPossible()).isTrue();
        });
        assertThat(injects.stream()
                        .mapToDouble(inject ->
                                Objects.requireNonNull(inject.ordinary()).emergencies())
                        .min()
                        .orElse(1))
                .isBetween(0.5, 0.6);
        injects.forEach(inject -> does(new Command.PlanInject(inject)));
    }

    @Test
    void shouldSendNobodyOnFromIntensiveCareToTheDoorOrToTheDying() {
        Hospital hospital = DemoLayout.read();
        Illness illness = new Illness(
                List.of(new Share("UHCD", 1), new Share("PALLIATIF", 1)), null, 60, 5, Isolation.NONE, null);
        Wounds wounds = new Wounds(List.of(new Share("REA-CHIR", 1)), List.of(new Share("CHIR-DIG", 1)));

        assertThat(wards(hospital, new Victims(1, 0, 0, 0, illness, null)))
                .contains("ORTHO", "MED-POLY")
                .doesNotContain("UHCD", "PALLIATIF");
        assertThat(wards(hospital, new Victims(1, 0, 0, 0)))
                .contains("ORTHO", "CHIR-DIG")
                .doesNotContain("MED-POLY", "UHCD", "PALLIATIF");
        assertThat(wards(hospital, new Victims(1, 0, 0, 0, null, wounds))).containsExactly("CHIR-DIG");
    }

    private static Set<String> wards(Hospital hospital, Victims victims) {
        Set<String> wards = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Service ward = Objects.requireNonNull(Casualty.ward(hospital, victims, i / 1_000.0, Sex.FEMALE, 60));
            assertThat(ward.levelOfCare()).isEqualTo(LevelOfCare.ACUTE);
            wards.add(ward.id().value());
        }
        return wards;
    }

    /** Whose inject's id begins with another's. */
    @Test
    void shouldKnowFromWhichInjectACasualtyIs() {
        Illness flu = new Illness(List.of(new Share("CARDIO", 1)), 5.0, 60, 5, Isolation.NONE, null);
        Illness covid = new Illness(List.of(new Share("CARDIO", 1)), 9.0, 60, 5, Isolation.NONE, null);
        DrillLog two = new DrillLog(
                log().drill(),
                BEGIN,
                List.of(
                        new DrillLog.Planned(inject("S1", flu), BEGIN),
                        new DrillLog.Planned(inject("S1-2", covid), BEGIN)),
                List.of(),
                List.of());
        assertThat(Casualty.victims(two, new StayId("EX-S1-3")))
                .extracting(Victims::illness)
                .isEqualTo(flu);
        assertThat(Casualty.victims(two, new StayId("EX-S1-2-3")))
                .extracting(Victims::illness)
                .isEqualTo(covid);
        assertThat(Casualty.victims(two, new StayId("EX"))).isNull();
    }

    private static Inject inject(String id, Illness illness) {
        return new Inject(id, BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(0, 9, 0, 0, illness, null));
    }

    private static int victimsOfWave(int beds, double peakPerDay) throws ScenarioException {
        return wave(beds, peakPerDay, "").stream()
                .mapToInt(inject -> Objects.requireNonNull(inject.victims()).relative())
                .sum();
    }

    private static List<Inject> wave(int beds, double peakPerDay, String more) throws ScenarioException {
        String scenario = """
                name: {fr: Vague, en: Wave}
                hospital: {services: [%s]}
                days: 20
                injects:
                  - {kind: wave, atHours: 0, peakPerDay: %s, peakAfterDays: 5, doublingDays: 3, halvingDays: 5, services: {M0: 1}%s}
                """.formatted("{id: M0, beds: " + beds + "}", peakPerDay, more);
        return DrillScenario.parse(scenario).injects(REAL, BEGIN);
    }

    private static boolean takes(Service service, CareNeeds needs) {
        List<String> there = service.rooms().stream()
                .flatMap(room -> room.beds().stream())
                .flatMap(bed -> bed.equipment().stream())
                .toList();
        return service.specialties().contains(needs.specialty())
                && there.containsAll(needs.equipmentRequired())
                && service.levelOfCare() == needs.levelOfCare()
                && service.ages().contains(Objects.requireNonNull(needs.ageYears()));
    }

    private DrillLog log() {
        return Objects.requireNonNull(drill.view().drill());
    }

    private static int openBeds(HospitalWriter hospital) {
        return Objects.requireNonNull(hospital.view().service(CARDIO)).counts().open();
    }

    private static Command.PlanInject plan(
            InjectKind kind, @Nullable ServiceId service, @Nullable Integer beds, @Nullable Victims victims) {
        return new Command.PlanInject(
                new Inject("I1", BEGIN.plus(Duration.ofMinutes(5)), kind, null, service, beds, victims));
    }

    private void does(Command.Act act) {
        assertThat(drill.submit(act, DIRECTOR, null).join()).isInstanceOf(Answer.Done.class);
    }

    private long done(Command.Act act) {
        return ((Answer.Done) drill.submit(act, DIRECTOR, null).join()).act();
    }

    private long present() {
        return drill.view().stays().values().stream().filter(Stay::isHere).count();
    }

    private List<Stay> occupants(BedId bed) {
        return Objects.requireNonNull(drill.view().bed(bed)).occupants();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
