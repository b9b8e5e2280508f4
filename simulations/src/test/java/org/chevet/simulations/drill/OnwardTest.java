package org.chevet.simulations.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Ending;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.OrdinaryCare;
import org.chevet.event.OrdinaryFlow;
import org.chevet.event.OrdinaryRoutine;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.Share;
import org.chevet.event.SimulatedRole;
import org.chevet.event.Victims;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Those who lie in the beds of a drill move on and leave, and what players say about it holds. */
class OnwardTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant BEGIN =
            DAY.atTime(8, 0).atZone(ZoneId.of("Europe/Paris")).toInstant();
    private static final Duration STEP = Duration.ofHours(1);
    private static final Origin.Person PLAYER = new Origin.Person("Anne Roy", Role.BED_MANAGER);
    private static final Hospital HOSPITAL = hospital("");
    private static final Hospital WITH_INTENSIVE_CARE =
            hospital("    - {id: REA, beds: 12, singleRooms: 12, level: INTENSIVE}\n");

    private Hospital hospital = HOSPITAL;

    private Occupancy occupancy = new Occupancy();
    private OrdinaryLife life = new OrdinaryLife();
    private Consumer<Recorded> recorder = recorded -> {};
    private final Set<String> done = new HashSet<>();
    private @Nullable Double cancellations;
    private @Nullable OrdinaryRoutine routine;
    private int internal;
    private int layAtTheBeginning;
    private Instant now = BEGIN;

    private static Hospital hospital(String more) {
        return hospitalOf("""
                    - {id: UHCD, beds: 20, singleRooms: 20}
                    - {id: MED-POLY, beds: 40, singleRooms: 40}
                    - {id: CARDIO, beds: 40, singleRooms: 40}
                    - {id: GERIATRIE, beds: 40, singleRooms: 40}
                    - {id: SMR-GER, beds: 40, singleRooms: 40, level: REHABILITATION}
                """ + more);
    }

    private static Hospital hospitalOf(String services) {
        try {
            return DrillScenario.parse("""
                    name: {fr: Essai, en: Trial}
                    hospital:
                      services:
                    %sdays: 14
                    messages: [{atHours: 3, text: "Le SAMU appelle"}]
                    """.formatted(services)).scenario().hospital();
        } catch (ScenarioException wrong) {
            throw new AssertionError(wrong);
        }
    }

    @Test
    void shouldKeepServicesAsFullAsTheyWereThatLiveOnThoseOfOthers() {
        begin(41);
        fill(new Lot(41));
        TreeMap<String, Integer> before = census();

        while (now.isBefore(BEGIN.plus(Duration.ofDays(14)))) {
            pass(STEP);
            giveBeds();
        }

        TreeMap<String, Integer> after = census();
        assertThat(internal).isGreaterThan(30);
        assertThat(sum(after)).as("%s, %s before", after, before).isCloseTo(sum(before), within(sum(before) / 8));
        before.forEach((service, beds) -> assertThat(after.get(service))
                .as("%s: %s, %s before", service, after, before)
                .isCloseTo(beds, within(beds / 4 + 2)));
        assertThat(life.byHour).as("hours that are past are forgotten").hasSizeLessThan(9 * 24);
    }

    /** From intensive care, of which no profile says where to. */
    @Test
    void shouldLetCasualtiesGoOnToAWardAndHomeAtTheSameHoursInEveryLife() {
        Map<StayId, List<String>> once = courses(11);
        assertThat(once).hasSize(10);
        assertThat(once.values())
                .filteredOn(course ->
                        course.getFirst().startsWith("REA") && !course.getLast().startsWith("died"))
                .hasSizeGreaterThan(2)
                .allSatisfy(course -> {
                    assertThat(course).hasSizeGreaterThan(2);
                    assertThat(course.get(1)).doesNotStartWith("SMR").doesNotStartWith("UHCD");
                    assertThat(course.getLast()).startsWith("left");
                });
        assertThat(courses(11)).isEqualTo(once);
        assertThat(courses(12)).isNotEqualTo(once);
    }

    /** Of casualties alone: in which services they lay, and when they came there. */
    private Map<StayId, List<String>> courses(long seed) {
        restart();
        hospital = WITH_INTENSIVE_CARE;
        DrillRecord record = new DrillRecord();
        recorder = record::accept;
        begin(seed, List.of());
        submit(
                new Command.PlanInject(
                        new Inject("I1", BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(10, 0, 0, 0))),
                PLAYER);
        Map<StayId, List<String>> courses = new TreeMap<>();
        while (now.isBefore(BEGIN.plus(Duration.ofDays(45)))) {
            pass(STEP);
            for (ServiceView service : occupancy.view().services()) {
                for (BedView bed : service.beds()) {
                    for (Stay stay : bed.occupants()) {
                        List<String> course = courses.computeIfAbsent(stay.id(), it -> new ArrayList<>());
                        String here = service.service().id().value();
                        if (course.isEmpty() || !course.getLast().startsWith(here)) {
                            course.add(here + " " + now);
                        }
                        assertThat(service.service().specialties())
                                .as("who is theirs is no outlier")
                                .contains(stay.needs().specialty());
                    }
                }
            }
            for (Victim victim : record.victims(occupancy.view())) {
                assertThat(victim.outlier()).isFalse();
                List<String> course = courses.get(victim.casualty().stay());
                String left = (victim.died() ? "died " : "left ") + victim.left();
                if (course != null && victim.left() != null && !course.getLast().equals(left)) {
                    course.add(left);
                }
            }
            giveBeds();
        }
        return courses;
    }

    @Test
    void shouldKeepCasualtiesAsLongAsTheirIllnessTakes() {
        assertThat(leftWithin20Days(300.0)).isZero();
        assertThat(leftWithin20Days(null)).isGreaterThan(5);
    }

    private long leftWithin20Days(@Nullable Double stayDays) {
        restart();
        begin(3, List.of());
        Illness flu = new Illness(List.of(new Share("CARDIO", 1)), stayDays, 60, 5, Isolation.NONE, null);
        submit(
                new Command.PlanInject(new Inject(
                        "I1", BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(0, 10, 0, 0, flu, null))),
                PLAYER);
        while (now.isBefore(BEGIN.plus(Duration.ofDays(20)))) {
            pass(STEP);
            giveBeds();
        }
        assertThat(occupants().stream()
                        .map(stay -> Objects.requireNonNull(stay.location()).service()))
                .allMatch(service -> new ServiceId("CARDIO").equals(service));
        return 10 - occupants().size();
    }

    @Test
    void shouldIsolateThemInTheNextServiceWhoAreIsolatedInThis() {
        hospital = WITH_INTENSIVE_CARE;
        begin(5, List.of());
        Illness flu = new Illness(List.of(new Share("REA", 1)), 1.0, 60, 5, Isolation.DROPLET, "grippe");
        submit(
                new Command.PlanInject(new Inject(
                        "I1", BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(8, 0, 0, 0, flu, null))),
                PLAYER);
        Set<StayId> onward = new HashSet<>();
        while (now.isBefore(BEGIN.plus(Duration.ofDays(8)))) {
            pass(STEP);
            for (HospitalView.OpenRequest open : occupancy.view().requests()) {
                if (open.request().origin() == RequestOrigin.INTERNAL) {
                    onward.add(Objects.requireNonNull(open.request().stay()));
                    assertThat(open.request().needs().isolation()).isEqualTo(Isolation.DROPLET);
                    assertThat(open.request().needs().organism()).isEqualTo("grippe");
                }
            }
            giveBeds();
        }
        assertThat(onward).hasSizeGreaterThan(5);
    }

    /** Where no ward takes them, a player has to find them a place. */
    @Test
    void shouldKeepCasualtiesInIntensiveCareWhomNoWardTakes() {
        hospital = hospitalOf("""
                    - {id: REA, beds: 12, singleRooms: 12, level: INTENSIVE}
                    - {id: SMR-GER, beds: 10, singleRooms: 10, level: REHABILITATION}
                """);
        begin(5, List.of(), dying(0));
        Illness flu = new Illness(List.of(new Share("REA", 1)), 1.0, 60, 5, Isolation.NONE, null);
        submit(
                new Command.PlanInject(new Inject(
                        "I1", BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(8, 0, 0, 0, flu, null))),
                PLAYER);
        while (now.isBefore(BEGIN.plus(Duration.ofDays(12)))) {
            pass(STEP);
            giveBeds();
        }
        assertThat(occupants())
                .hasSize(8)
                .allSatisfy(stay -> assertThat(stay.expectedDischarge()).isNull());

        StayId moved = occupants().getFirst().id();
        submit(new Command.TransferStay(moved, null, bed("SMR-GER", 0), null, null), PLAYER);
        while (now.isBefore(BEGIN.plus(Duration.ofDays(150)))) {
            pass(Duration.ofHours(6));
        }
        assertThat(occupants())
                .as("goes home from elsewhere")
                .hasSize(7)
                .noneMatch(stay -> stay.id().equals(moved));
    }

    /** Who was to go home from a ward, and is put into intensive care. */
    @Test
    void shouldLetCasualtiesLeaveIntensiveCareWhomAPlayerPutThere() {
        hospital = WITH_INTENSIVE_CARE;
        begin(5, List.of(), dying(0));
        Illness flu = new Illness(List.of(new Share("CARDIO", 1)), 5.0, 60, 5, Isolation.NONE, null);
        submit(
                new Command.PlanInject(new Inject(
                        "I1", BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(0, 8, 0, 0, flu, null))),
                PLAYER);
        while (occupants().size() < 8) {
            pass(STEP);
            giveBeds();
        }
        List<StayId> casualties = occupants().stream().map(Stay::id).toList();
        for (int i = 0; i < 8; i++) {
            submit(new Command.PlanDischarge(casualties.get(i), null), PLAYER);
            submit(new Command.TransferStay(casualties.get(i), null, bed("REA", i), null, null), PLAYER);
        }
        Set<StayId> onWards = new HashSet<>();
        while (now.isBefore(BEGIN.plus(Duration.ofDays(60)))) {
            pass(STEP);
            giveBeds();
            occupants().stream()
                    .filter(stay -> !new ServiceId("REA")
                            .equals(Objects.requireNonNull(stay.location()).service()))
                    .forEach(stay -> {
                        onWards.add(stay.id());
                        assertThat(stay.needs().specialty())
                                .isEqualTo(String.valueOf(
                                        Objects.requireNonNull(stay.location()).service()));
                    });
        }
        assertThat(onWards).containsExactlyInAnyOrderElementsOf(casualties);
        assertThat(occupants()).isEmpty();
    }

    /** At any hour, wherever they lie then, planned by nobody, and as often as their service's profile says. */
    @Test
    void shouldLetAsManyDieAsTheProfileSaysAtTheSameHoursInEveryLife() {
        Map<StayId, Instant> half = deaths(0.5);
        int lay = layAtTheBeginning;
        assertThat(lay).isGreaterThan(150);
        assertThat((double) half.size()).isCloseTo(0.5 * lay, within(4 * Math.sqrt(0.25 * lay)));
        assertThat(half.values())
                .anySatisfy(
                        at -> assertThat(at.atZone(hospital.zone()).getHour()).isBetween(0, 5));
        assertThat(deaths(0.5)).isEqualTo(half);
        Map<StayId, Instant> few = deaths(0.02);
        assertThat(half).containsAllEntriesOf(few);
        assertThat(few.size()).isBetween(1, lay / 10);
        assertThat(deaths(0)).isEmpty();
    }

    /** Of those who lay there, when and who. */
    private Map<StayId, Instant> deaths(double share) {
        restart();
        Map<StayId, Instant> deaths = new TreeMap<>();
        recorder = recorded -> {
            if (recorded.event() instanceof BedEvent.MovementRecorded moved
                    && moved.movement().ending() == Ending.DIED) {
                deaths.put(moved.stay(), moved.movement().at());
            }
        };
        begin(17, List.of(), dying(share));
        fill(new Lot(17));
        layAtTheBeginning = occupants().size();
        while (now.isBefore(BEGIN.plus(Duration.ofDays(200)))) {
            for (Stay stay : occupants()) {
                Instant planned = stay.expectedDischarge();
                boolean dies = life.part(
                                hospital,
                                Objects.requireNonNull(occupancy.view().drill()),
                                stay,
                                hospital.services().getFirst())
                        .dies();
                assertThat(dies && planned != null).as("planned to die").isFalse();
            }
            pass(Duration.ofHours(3));
        }
        assertThat(occupants()).isEmpty();
        return deaths;
    }

    /** As usual, but that so many stays end in death and nobody goes on elsewhere. */
    private List<OrdinaryCare> dying(double share) {
        return hospital.services().stream()
                .map(service -> {
                    CareProfile usual = CareProfile.of(service);
                    return new OrdinaryCare(
                            service.id(),
                            List.of(),
                            usual.lengthDays(),
                            usual.lengthSpread(),
                            share,
                            usual.ageYears(),
                            usual.ageYearsSpread(),
                            List.of(),
                            null,
                            null,
                            List.of(),
                            null);
                })
                .toList();
    }

    /** Of one for whom another bed is asked for and held, until the end. */
    @Test
    void shouldHoldNoBedForWhoHasDied() {
        begin(17, List.of(), dying(1));
        submit(new Command.SimulateRoles(List.of(SimulatedRole.DISCHARGES)), PLAYER);
        StayId stay = new StayId("P-1");
        lies(stay, "CARDIO", "CARDIO", 0, Duration.ofHours(3));
        RequestId request = new RequestId("R1");
        assertThat(submit(
                        new Command.RequestBed(
                                request,
                                stay,
                                null,
                                RequestOrigin.INTERNAL,
                                CareNeeds.UNSPECIFIED,
                                3,
                                null,
                                null,
                                null),
                        PLAYER))
                .isTrue();
        while (now.isBefore(BEGIN.plus(Duration.ofDays(60))) && !occupants().isEmpty()) {
            if (occupancy.view().requests().getFirst().bed() == null) {
                assertThat(submit(
                                new Command.ReserveBed(request, bed("CARDIO", 1), now.plus(Duration.ofHours(4))),
                                PLAYER))
                        .isTrue();
            }
            pass(Duration.ofHours(1));
        }

        assertThat(stay(stay).status()).isEqualTo(StayStatus.ENDED);
        assertThat(occupancy.view().requests()).isEmpty();
        assertThat(view(new ServiceId("CARDIO"), 1).status().reservation()).isNull();
    }

    /** At the hour for which they were called in: the bed that is held for them is free again, and nobody counts them as waiting. */
    @Test
    void shouldLetAShareOfThoseWhoWereCalledInNotCome() {
        DrillRecord record = new DrillRecord();
        Map<StayId, Instant> cancelled = new TreeMap<>();
        recorder = recorded -> {
            record.accept(recorded);
            if (recorded.event() instanceof BedEvent.RegistrationCancelled cancel) {
                cancelled.put(cancel.stay(), recorded.recordedAt());
            }
        };
        cancellations = 0.3;
        begin(
                9,
                List.of(new OrdinaryFlow(
                        new ServiceId("CARDIO"),
                        RequestOrigin.ELECTIVE,
                        Duration.ofMinutes(80),
                        Duration.ofDays(1),
                        null)));
        while (now.isBefore(BEGIN.plus(Duration.ofDays(6)))) {
            pass(Duration.ofMinutes(10));
            giveBeds();
        }
        List<OrdinaryPatient> came =
                life.known(hospital, Objects.requireNonNull(occupancy.view().drill()), now).stream()
                        .filter(patient -> !patient.arrival().isAfter(now))
                        .toList();
        assertThat(came).hasSizeGreaterThan(60);
        assertThat((double) cancelled.size() / came.size()).isBetween(0.15, 0.45);
        assertThat(came)
                .filteredOn(patient -> cancelled.containsKey(patient.stay()))
                .allSatisfy(patient -> assertThat(cancelled.get(patient.stay()))
                        .isBetween(patient.arrival(), patient.arrival().plus(Duration.ofHours(1))));
        assertThat(occupants()).noneMatch(stay -> cancelled.containsKey(stay.id()));
        assertThat(occupancy.view().requests())
                .noneMatch(open -> cancelled.containsKey(
                        Objects.requireNonNull(open.request().stay())));
        Outcome.Ordinary outcome = record.ordinary(now);
        assertThat(outcome.needing()).isEqualTo(came.size() - cancelled.size());
        assertThat(outcome.placed()).isGreaterThan(outcome.needing() - 5);
    }

    /** As often as the scenario says, at most three times, and whoever gives beds sooner or later meets the same answers. */
    @Test
    void shouldRefuseTheShareOfBedsThatServicesRefuseToTheSamePatientsInEveryLife() {
        routine = new OrdinaryRoutine(0.3, null, null);
        Map<RequestId, List<Integer>> prompt = refusals(Duration.ofMinutes(10));
        Map<RequestId, List<Integer>> slow = refusals(Duration.ofMinutes(50));

        List<Integer> holds = prompt.values().stream().flatMap(List::stream).toList();
        assertThat(holds).hasSizeGreaterThan(150);
        assertThat(holds.stream().mapToInt(refused -> refused).sum() / (double) holds.size())
                .isCloseTo(0.3, within(0.1));
        assertThat(prompt.values())
                .allSatisfy(course -> assertThat(
                                course.stream().mapToInt(refused -> refused).sum())
                        .isLessThanOrEqualTo(3))
                .allSatisfy(course ->
                        assertThat(course.getLast()).as("taken at last").isZero());
        assertThat(slow)
                .hasSizeGreaterThan(100)
                .allSatisfy((request, course) -> assertThat(course).isEqualTo(prompt.get(request)));
    }

    /** For each request whose patient lies in a bed, bed by bed that was held: whether it was refused. */
    private Map<RequestId, List<Integer>> refusals(Duration givesBedsEvery) {
        restart();
        Map<RequestId, List<Integer>> courses = new TreeMap<>();
        Map<RequestId, List<Integer>> served = new TreeMap<>();
        recorder = recorded -> {
            switch (recorded.event()) {
                case BedEvent.BedReserved held ->
                    courses.computeIfAbsent(held.request(), it -> new ArrayList<>())
                            .add(0);
                case BedEvent.BedRefused refused -> {
                    assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.NO_STAFF);
                    assertThat(recorded.origin()).isInstanceOf(Origin.Person.class);
                    List<Integer> course = Objects.requireNonNull(courses.get(refused.request()));
                    course.set(course.size() - 1, 1);
                }
                case BedEvent.BedRequestFulfilled filled ->
                    served.put(
                            filled.request().id(),
                            Objects.requireNonNull(courses.get(filled.request().id())));
                default -> {}
            }
        };
        begin(
                9,
                List.of(new OrdinaryFlow(
                        new ServiceId("CARDIO"),
                        RequestOrigin.EMERGENCY_DEPARTMENT,
                        Duration.ofMinutes(60),
                        Duration.ofDays(1),
                        null)));
        while (now.isBefore(BEGIN.plus(Duration.ofDays(6)))) {
            for (long minutes = 0; minutes < givesBedsEvery.toMinutes(); minutes += 10) {
                pass(Duration.ofMinutes(10));
            }
            giveBeds();
        }
        return served;
    }

    @Test
    void shouldRefuseNothingWherePlayersAnswerForTheServices() {
        routine = new OrdinaryRoutine(1, null, null);
        DrillRecord record = new DrillRecord();
        recorder = record::accept;
        begin(9, OrdinaryLife.flows(hospital, null, DAY));
        submit(
                new Command.SimulateRoles(Arrays.stream(SimulatedRole.values())
                        .filter(role -> role != SimulatedRole.ANSWERS)
                        .toList()),
                PLAYER);
        while (now.isBefore(BEGIN.plus(Duration.ofDays(1)))) {
            pass(Duration.ofMinutes(10));
            giveBeds();
        }
        assertThat(occupants()).isNotEmpty();
        assertThat(record.refusals()).isZero();
    }

    /** What was talked round is not said again, nor is the patient left in the corridor. */
    @Test
    void shouldBringWhoseRefusalWasTakenBack() {
        routine = new OrdinaryRoutine(1, null, null);
        AtomicLong refusal = new AtomicLong();
        recorder = recorded -> {
            if (recorded.event() instanceof BedEvent.BedRefused) {
                refusal.set(recorded.act());
            }
        };
        begin(9, List.of());
        plan(new Inject("I1", BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(1, 0, 0, 0)));
        passes(60);
        for (int refused = 1; refused <= 3; refused++) {
            giveBeds();
            passes(10);
            assertThat(occupants()).isEmpty();
            if (refused < 3) {
                submit(new Command.UndoAct(refusal.get(), "le cadre accepte"), PLAYER);
            }
        }
        giveBeds();
        passes(30);
        assertThat(occupants()).hasSize(1);
    }

    /** A day, or ten hours of those called in; for whom a bed is held waits for it. */
    @Test
    void shouldLetNobodyWaitForEver() {
        Duration emergencies = Duration.ofHours(24);
        Duration electives = Duration.ofHours(10);
        routine = new OrdinaryRoutine(0, emergencies, electives);
        DrillRecord record = new DrillRecord();
        Map<StayId, Instant> gone = new TreeMap<>();
        recorder = recorded -> {
            record.accept(recorded);
            switch (recorded.event()) {
                case BedEvent.RegistrationCancelled cancelled -> gone.put(cancelled.stay(), recorded.recordedAt());
                case BedEvent.MovementRecorded moved
                when moved.movement().ending() == Ending.TRANSFERRED_OUT ->
                    gone.put(moved.stay(), recorded.recordedAt());
                default -> {}
            }
        };
        begin(9, OrdinaryLife.flows(hospital, null, DAY));
        plan(new Inject("I1", BEGIN, InjectKind.VICTIMS, null, null, null, new Victims(4, 0, 0, 0)));
        passes(120);
        HospitalView.OpenRequest held = occupancy.view().requests().stream()
                .filter(open ->
                        Casualty.is(Objects.requireNonNull(open.request().stay())))
                .findFirst()
                .orElseThrow();
        submit(new Command.ReserveBed(held.request().id(), bed("MED-POLY", 0), now.plus(Duration.ofDays(5))), PLAYER);
        while (now.isBefore(BEGIN.plus(Duration.ofDays(3)))) {
            pass(Duration.ofMinutes(10));
        }

        Duration step = Duration.ofMinutes(20);
        int calledIn = 0;
        for (OrdinaryPatient patient :
                life.known(hospital, Objects.requireNonNull(occupancy.view().drill()), now)) {
            boolean elective = patient.origin() == RequestOrigin.ELECTIVE;
            Instant needs = patient.isAnnounced() ? patient.arrival() : patient.seen();
            Instant leaves = needs.plus(elective ? electives : emergencies);
            Instant left = gone.get(patient.stay());
            if (leaves.isBefore(now.minus(step)) && needs.isAfter(BEGIN.plus(Duration.ofHours(3)))) {
                assertThat(left).as(patient.toString()).isBetween(leaves, leaves.plus(step));
                calledIn += elective ? 1 : 0;
            } else if (leaves.isAfter(now)) {
                assertThat(left).as(patient.toString()).isNull();
            }
        }
        assertThat(calledIn).isGreaterThan(5);
        assertThat(gone.keySet()).filteredOn(Casualty::is).hasSize(3);
        assertThat(gone).doesNotContainKey(Objects.requireNonNull(held.request().stay()));
        Outcome outcome = Outcome.of(record, record.victims(occupancy.view()), now, 0);
        assertThat(outcome.sentElsewhere() + outcome.putOff()).isEqualTo(gone.size());
        assertThat(outcome.putOff()).isGreaterThanOrEqualTo(calledIn);
        assertThat(outcome.ordinary().needing()).as("who gave up needed a bed").isGreaterThan(gone.size() - 4);
    }

    /** A ward that is full when it closes empties while everybody else gets beds, in another process from the middle on. */
    @Test
    void shouldLetNobodyIntoAWardThatWasFullWhenItClosed() {
        ServiceId closed = new ServiceId("MED-POLY");
        List<Recorded> journal = new ArrayList<>();
        recorder = journal::add;
        begin(5);
        fill(new Lot(5));
        for (int bed = 0; bed < 40; bed++) {
            if (view(closed, bed).occupants().isEmpty()) {
                lies(new StayId("P-" + bed), "MED-POLY", "MED-POLY", bed, Duration.ofHours(30));
            }
        }
        Instant end = BEGIN.plus(Duration.ofDays(4));
        plan(new Inject("I1", BEGIN, InjectKind.WARD_CLOSED, null, closed, null, null, null, 4 * 24 * 60));
        pass(Duration.ofSeconds(1));
        Set<StayId> lay = in(closed);
        assertThat(lay).hasSize(40);
        BedId reopened = null;
        while (now.isBefore(BEGIN.plus(Duration.ofDays(3)))) {
            pass(STEP);
            giveBeds();
            assertThat(lay).as("nobody came").containsAll(in(closed));
            if (now.isBefore(BEGIN.plus(Duration.ofDays(2)))) {
                continue;
            }
            if (reopened == null) {
                reopened = bedsIn(BedState.CLOSED, closed).getFirst();
                occupancy = new Occupancy();
                journal.forEach(occupancy::apply);
                life = new OrdinaryLife();
                done.clear();
            }
        }
        assertThat(in(closed)).hasSizeLessThan(30);
        assertThat(bedsIn(BedState.CLOSED, closed)).hasSize(40 - in(closed).size());
        submit(new Command.OpenBed(Objects.requireNonNull(reopened)), PLAYER);
        Set<StayId> came = new HashSet<>();
        while (now.isBefore(end.minus(STEP))) {
            pass(STEP);
            giveBeds();
            came.addAll(in(closed));
        }
        came.removeAll(lay);
        assertThat(came).as("into the bed that a player opened").isNotEmpty();
        assertThat(bedsIn(BedState.CLOSED, closed)).doesNotContain(reopened);

        pass(STEP);

        assertThat(bedsIn(BedState.CLOSED, closed)).isEmpty();
    }

    /** Nothing is held for later in a ward that closes, nor given to the next patient when a player holds it again. */
    @Test
    void shouldHoldNothingInAClosedWardForWhenItsPatientsHaveLeft() {
        ServiceId closed = new ServiceId("CARDIO");
        begin(7, List.of());
        lies(new StayId("P-1"), "CARDIO", "CARDIO", 0, Duration.ofHours(3));
        submit(new Command.SimulateRoles(List.of()), PLAYER);
        submit(new Command.PlanDischarge(new StayId("P-1"), now.plus(Duration.ofMinutes(30))), PLAYER);
        submit(
                new Command.RequestBed(
                        new RequestId("R1"),
                        null,
                        null,
                        RequestOrigin.ELECTIVE,
                        CareNeeds.UNSPECIFIED,
                        3,
                        null,
                        null,
                        null),
                PLAYER);
        plan(new Inject("I1", now, InjectKind.WARD_CLOSED, null, closed, null, null));
        passes(1);
        for (int hours = 2; hours < 4; hours++) {
            assertThat(submit(
                            new Command.ReserveBed(
                                    new RequestId("R1"),
                                    bed("CARDIO", 0),
                                    now.plus(Duration.ofHours(1)),
                                    now.plus(Duration.ofHours(hours)),
                                    null),
                            PLAYER))
                    .isTrue();
            passes(1);
            assertThat(view(closed, 0).status().reservation()).isNull();
        }
    }

    /** Equipment that fails: a bed that is cleaned meanwhile is no more usable than the others. */
    @Test
    void shouldBlockABedOnceItIsReadyWhileAnOutageLasts() {
        ServiceId failing = new ServiceId("CARDIO");
        begin(7, List.of());
        lies(new StayId("P-1"), "CARDIO", "CARDIO", 0, Duration.ofHours(3));
        plan(new Inject("I1", now, InjectKind.OUTAGE, "Panne", failing, null, null, null, 24 * 60));
        passes(1);
        assertThat(bedsIn(BedState.BLOCKED, failing)).hasSize(39);
        submit(new Command.DischargeStay(new StayId("P-1"), Ending.DISCHARGED, null), PLAYER);
        passes(3 * 60);
        assertThat(bedsIn(BedState.BLOCKED, failing)).hasSize(40);
        assertThat(Objects.requireNonNull(view(failing, 0).status().block()).expectedEnd())
                .isEqualTo(BEGIN.plus(Duration.ofMinutes(1)).plus(Duration.ofDays(1)));

        pass(Duration.ofDays(1));

        assertThat(bedsIn(BedState.READY, failing)).hasSize(40);
    }

    private void plan(Inject inject) {
        assertThat(submit(new Command.PlanInject(inject), PLAYER)).isTrue();
    }

    private Set<StayId> in(ServiceId service) {
        Set<StayId> stays = new HashSet<>();
        for (BedView bed :
                Objects.requireNonNull(occupancy.view().service(service)).beds()) {
            bed.occupants().forEach(stay -> stays.add(stay.id()));
        }
        return stays;
    }

    private BedView view(ServiceId service, int index) {
        return Objects.requireNonNull(occupancy.view().service(service)).beds().get(index);
    }

    private List<BedId> bedsIn(BedState state, ServiceId service) {
        return Objects.requireNonNull(occupancy.view().service(service)).beds().stream()
                .filter(bed -> bed.status().state() == state)
                .map(bed -> bed.bed().id())
                .toList();
    }

    private void restart() {
        occupancy = new Occupancy();
        life = new OrdinaryLife();
        done.clear();
        now = BEGIN;
    }

    /** A scenario's care: they go on where it says, at any hour, after stays as long as were seen. */
    @Test
    void shouldLetPatientsGoOnAsTheScenarioHasIt() throws ScenarioException {
        DrillScenario scenario = DrillScenario.parse("""
                name: {fr: Essai, en: Trial}
                hospital: {services: [{id: UHCD, beds: 20}, {id: MED-POLY, beds: 40}, {id: CARDIO, beds: 40}]}
                days: 14
                care:
                  UHCD: {staysSeen: [2, 2.2], death: 0, onward: {CARDIO: 1}, leaving: anytime}
                  CARDIO: {staysSeen: [1], death: 0, onward: {}, leaving: {byHour: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], byWeekday: [0, 0, 0, 0, 0, 0, 1]}}
                messages: [{atHours: 3, text: "Le SAMU appelle"}]
                """);
        begin(41, List.of(), OrdinaryLife.care(hospital, scenario.scenario()));
        fill(new Lot(41));
        DrillLog log = Objects.requireNonNull(occupancy.view().drill());
        Service emergency = hospital.services().getFirst();
        Service ward = hospital.services().get(2);

        for (Stay stay : occupants()) {
            String here = String.valueOf(Objects.requireNonNull(stay.location()).service());
            OrdinaryLife.Part part = life.part(hospital, log, stay, here.equals("UHCD") ? emergency : ward);
            Duration lies = Duration.between(
                    Objects.requireNonNull(stay.timeline().last()).at(), part.over());
            if (here.equals("UHCD")) {
                assertThat(Objects.requireNonNull(part.next()).service()).isEqualTo(ward.id());
                assertThat(lies).isBetween(Duration.ofHours(47), Duration.ofHours(54));
            } else if (here.equals("CARDIO")) {
                assertThat(part.next()).isNull();
                ZonedDateTime over = part.over().atZone(hospital.zone());
                assertThat(over.getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
                assertThat(over.getHour()).isEqualTo(5);
            }
        }
    }

    @Test
    void shouldLeaveAPatientWhomAPlayerKeepsForADay() {
        begin(7);
        fill(new Lot(7));
        pass(STEP);
        Stay planned = occupants().stream()
                .filter(stay -> stay.expectedDischarge() != null)
                .findFirst()
                .orElseThrow();

        submit(new Command.PlanDischarge(planned.id(), null), PLAYER);
        Instant takenBack = now;
        while (now.isBefore(takenBack.plus(Duration.ofHours(23)))) {
            pass(STEP);
            assertThat(stay(planned.id()).expectedDischarge()).isNull();
            assertThat(stay(planned.id()).isHere()).isTrue();
        }
        pass(Duration.ofHours(2));
        assertThat(stay(planned.id()).expectedDischarge())
                .as("its services see the patient again")
                .isNotNull();
    }

    @Test
    void shouldLetPatientsGoByTheClockOnTheWallOnTheDayThatHas23Hours() {
        now = Instant.parse("2026-03-28T20:00:00Z");
        begin(1);
        fill(new Lot(1));

        Set<LocalDate> days = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            Drill other = new Drill("Essai", null, 0, null, seed, new Author("Anne Roy", Role.BED_MANAGER));
            DrillLog log = new DrillLog(other, now);
            OrdinaryLife drawn = new OrdinaryLife();
            for (Stay stay : occupants()) {
                OrdinaryLife.Part part =
                        drawn.part(hospital, log, stay, hospital.services().getFirst());
                ZonedDateTime over = part.over().atZone(hospital.zone());
                if (!part.dies()) {
                    days.add(over.toLocalDate());
                    assertThat(over.getHour()).as(over.toString()).isBetween(9, 18);
                }
            }
        }
        assertThat(days).contains(LocalDate.of(2026, 3, 29));
    }

    /** Who came from another service before the drill began lies rightly where they lie. */
    @Test
    void shouldLeaveTheNeedsOfThoseWhoMovedBeforeTheDrillBegan() {
        for (long seed = 1; seed <= 5; seed++) {
            restart();
            begin(seed, List.of());
            for (int number = 1; number <= 20; number++) {
                StayId id = new StayId("P-" + number);
                lies(id, "CARDIO", "UHCD", number - 1, Duration.ofHours(60));
                moved(id, "CARDIO", number - 1, Duration.ofHours(40));
            }
            pass(Duration.ofMinutes(1));
            assertThat(occupants())
                    .hasSize(20)
                    .allSatisfy(stay -> assertThat(stay.needs().specialty()).isEqualTo("CARDIO"));
        }
    }

    @Test
    void shouldLeaveTheNeedsThatAPlayerSays() {
        StayId id = asksForCardiology();
        submit(new Command.CancelBedRequest(suite(id), null), PLAYER);
        submit(new Command.ChangeNeeds(id, stay(id).needs().withSpecialty("GERIATRIE")), PLAYER);
        submit(new Command.TransferStay(id, null, bed("GERIATRIE", 0), null, null), PLAYER);
        passes(10);
        assertThat(stay(id).needs().specialty()).isEqualTo("GERIATRIE");

        StayId outlier = asksForCardiology();
        submit(new Command.CancelBedRequest(suite(outlier), null), PLAYER);
        submit(new Command.ChangeNeeds(outlier, stay(outlier).needs().withSpecialty("GERIATRIE")), PLAYER);
        submit(new Command.TransferStay(outlier, null, bed("CARDIO", 0), null, null), PLAYER);
        passes(10);
        assertThat(stay(outlier).needs().specialty()).isEqualTo("GERIATRIE");
    }

    /** Nobody but who was to be in the next service is theirs. */
    @Test
    void shouldTakeOverOnlyThoseWhoCameAsWasAskedFor() {
        StayId id = asksForCardiology();
        submit(new Command.CancelBedRequest(suite(id), null), PLAYER);
        submit(new Command.TransferStay(id, null, bed("GERIATRIE", 0), null, null), PLAYER);
        passes(10);
        assertThat(stay(id).needs().specialty()).isEqualTo("UHCD");

        StayId other = asksForCardiology();
        submit(new Command.TransferStay(other, null, bed("GERIATRIE", 0), null, suite(other)), PLAYER);
        passes(10);
        assertThat(stay(other).needs().specialty()).as("an outlier").isEqualTo("CARDIO");
    }

    /** The first of many in the emergency department's beds whose service asks for a bed of cardiology. */
    private StayId asksForCardiology() {
        restart();
        begin(7, List.of());
        for (int number = 1; number <= 20; number++) {
            lies(new StayId("P-" + number), "UHCD", "UHCD", number - 1, Duration.ofHours(3));
        }
        while (now.isBefore(BEGIN.plus(Duration.ofDays(10)))) {
            passes(1);
            for (HospitalView.OpenRequest open : occupancy.view().requests()) {
                StayId stay = Objects.requireNonNull(open.request().stay());
                if ("CARDIO".equals(open.request().needs().specialty())) {
                    assertThat(open.request().id()).isEqualTo(suite(stay));
                    return stay;
                }
            }
        }
        throw new AssertionError("nobody goes on to cardiology");
    }

    private static RequestId suite(StayId stay) {
        return new RequestId(stay + "-SUITE-0");
    }

    private void passes(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            pass(Duration.ofMinutes(1));
        }
    }

    private BedId bed(String service, int index) {
        return Objects.requireNonNull(occupancy.view().service(new ServiceId(service)))
                .beds()
                .get(index)
                .bed()
                .id();
    }

    private void lies(StayId id, String specialty, String service, int bed, Duration since) {
        submit(
                new Command.RegisterStay(
                        id,
                        new Patient(null, "P", "P", Sex.FEMALE, LocalDate.of(1960, 1, 1)),
                        CareNeeds.UNSPECIFIED.withSpecialty(specialty),
                        PatientClass.INPATIENT,
                        null),
                PLAYER);
        report(id, MovementKind.ADMISSION, service, bed, since);
    }

    private void moved(StayId id, String service, int bed, Duration since) {
        report(id, MovementKind.TRANSFER, service, bed, since);
    }

    private void report(StayId id, MovementKind kind, String service, int bed, Duration since) {
        Movement movement = new Movement(
                id + "-" + kind,
                kind,
                now.minus(since),
                new Location(new ServiceId(service), bed(service, bed)),
                PatientClass.INPATIENT,
                now.minus(since),
                null);
        submit(new Command.ReportMovement(id, movement, null), new Origin.Feed("ADT", movement.id()));
    }

    private Stay stay(StayId id) {
        return Objects.requireNonNull(occupancy.view().stays().get(id));
    }

    private List<Stay> occupants() {
        List<Stay> all = new ArrayList<>();
        for (ServiceView service : occupancy.view().services()) {
            service.beds().forEach(bed -> all.addAll(bed.occupants()));
        }
        return all;
    }

    private void begin(long seed) {
        begin(seed, OrdinaryLife.flows(hospital, null, DAY));
    }

    private void begin(long seed, List<OrdinaryFlow> flows) {
        begin(seed, flows, List.of());
    }

    private void begin(long seed, List<OrdinaryFlow> flows, List<OrdinaryCare> care) {
        submit(new Command.DefineHospital(hospital), new Origin.Engine());
        submit(
                new Command.BeginDrill(new Drill(
                        "Essai",
                        null,
                        occupancy.sequence(),
                        null,
                        seed,
                        new Author("Anne Roy", Role.BED_MANAGER),
                        flows,
                        care,
                        cancellations,
                        routine)),
                new Origin.Engine());
        submit(new Command.SimulateRoles(Arrays.asList(SimulatedRole.values())), PLAYER);
    }

    /** As full as services mean to be, with patients at any point of their stays. */
    private void fill(Lot lot) {
        for (Service service : hospital.services()) {
            CareProfile profile = CareProfile.of(service);
            List<BedView> beds = Objects.requireNonNull(occupancy.view().service(service.id()))
                    .beds();
            for (BedView bed : beds.subList(0, (int) Math.round(beds.size() * profile.targetOccupancy()))) {
                StayId id = new StayId("P-" + bed.bed().id());
                Duration since = Duration.ofHours(
                        1 + Math.round(24 * profile.lengthOfStay().meanDays() * lot.draw("since/" + id)));
                submit(
                        new Command.RegisterStay(
                                id,
                                new Patient(null, "P", "P", Sex.FEMALE, LocalDate.of(1940, 1, 1)),
                                CareNeeds.UNSPECIFIED,
                                PatientClass.INPATIENT,
                                null),
                        PLAYER);
                Movement in = new Movement(
                        id + "-1",
                        MovementKind.ADMISSION,
                        now.minus(since),
                        new Location(service.id(), bed.bed().id()),
                        PatientClass.INPATIENT,
                        now.minus(since),
                        null);
                submit(new Command.ReportMovement(id, in, null), new Origin.Feed("ADT", id.value()));
            }
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        submit(new Command.PassTime(), new Origin.Engine());
        boolean happened = true;
        for (int round = 0; happened && round < 10; round++) {
            happened = false;
            for (Deed deed : Unplayed.due(occupancy.view(), life, now)) {
                happened |= !done.contains(deed.key()) && does(deed);
            }
        }
    }

    private boolean does(Deed deed) {
        boolean did = switch (deed) {
            case Deed.Act act -> submit(act.act(), act.actor());
            case Deed.Facts facts ->
                facts.facts().stream().allMatch(fact -> submit(fact, new Origin.Feed(Unplayed.SOURCE, facts.key())));
        };
        if (did) {
            done.add(deed.key());
            internal += deed instanceof Deed.Act(String key, Origin.Person actor, Command.RequestBed act)
                            && act.origin() == RequestOrigin.INTERNAL
                    ? 1
                    : 0;
        }
        return did;
    }

    /** Everybody a bed of their own specialty's service, if there is one. */
    private void giveBeds() {
        for (HospitalView.OpenRequest open : occupancy.view().requests()) {
            if (open.bed() == null) {
                occupancy.view().services().stream()
                        .filter(service -> service.service()
                                .specialties()
                                .contains(open.request().needs().specialty()))
                        .flatMap(service -> service.beds().stream())
                        .filter(bed -> bed.status().state() == BedState.READY)
                        .findFirst()
                        .ifPresent(bed -> submit(
                                new Command.ReserveBed(
                                        open.request().id(), bed.bed().id(), now.plus(Duration.ofHours(48))),
                                PLAYER));
            }
        }
    }

    private boolean submit(Command command, Origin origin) {
        if (occupancy.decide(command, now) instanceof Decision.Accepted accepted) {
            accepted.events().forEach(event -> {
                long sequence = occupancy.sequence() + 1;
                Recorded recorded = new Recorded(sequence, sequence, now, origin, event);
                occupancy.apply(recorded);
                recorder.accept(recorded);
            });
            return !accepted.events().isEmpty();
        }
        return false;
    }

    private TreeMap<String, Integer> census() {
        TreeMap<String, Integer> census = new TreeMap<>();
        for (ServiceView service : occupancy.view().services()) {
            census.put(service.service().id().value(), (int) service.beds().stream()
                    .filter(bed -> !bed.occupants().isEmpty())
                    .count());
        }
        return census;
    }

    private static int sum(TreeMap<String, Integer> census) {
        return census.values().stream().mapToInt(Integer::intValue).sum();
    }
}
