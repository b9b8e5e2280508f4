package org.chevet.simulations.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.chevet.event.Author;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.SimulatedRole;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
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
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.junit.jupiter.api.Test;

/** Those who lie in the beds of a drill move on and leave, and what players say about it holds. */
class OnwardTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant BEGIN =
            DAY.atTime(8, 0).atZone(ZoneId.of("Europe/Paris")).toInstant();
    private static final Duration STEP = Duration.ofHours(1);
    private static final Origin.Person PLAYER = new Origin.Person("Anne Roy", Role.BED_MANAGER);
    private static final Hospital HOSPITAL = hospital();

    private final Occupancy occupancy = new Occupancy();
    private final OrdinaryLife life = new OrdinaryLife();
    private final Set<String> done = new HashSet<>();
    private int internal;
    private Instant now = BEGIN;

    private static Hospital hospital() {
        try {
            return DrillScenario.parse("""
                    name: {fr: Essai, en: Trial}
                    hospital:
                      services:
                        - {id: UHCD, beds: 20, singleRooms: 20}
                        - {id: MED-POLY, beds: 40, singleRooms: 40}
                        - {id: CARDIO, beds: 40, singleRooms: 40}
                        - {id: GERIATRIE, beds: 40, singleRooms: 40}
                        - {id: SMR-GER, beds: 40, singleRooms: 40, level: REHABILITATION}
                    days: 14
                    messages: [{atHours: 3, text: "Le SAMU appelle"}]
                    """).scenario().hospital();
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
            DrillLog log = new DrillLog(other, now, List.of(), List.of());
            OrdinaryLife drawn = new OrdinaryLife();
            for (Stay stay : occupants()) {
                ZonedDateTime over = drawn.part(
                                HOSPITAL, log, stay, HOSPITAL.services().getFirst())
                        .over()
                        .atZone(HOSPITAL.zone());
                days.add(over.toLocalDate());
                assertThat(over.getHour()).as(over.toString()).isBetween(9, 18);
            }
        }
        assertThat(days).contains(LocalDate.of(2026, 3, 29));
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
        submit(new Command.DefineHospital(HOSPITAL), new Origin.Engine());
        submit(
                new Command.BeginDrill(new Drill(
                        "Essai",
                        null,
                        occupancy.sequence(),
                        null,
                        seed,
                        new Author("Anne Roy", Role.BED_MANAGER),
                        OrdinaryLife.flows(HOSPITAL, null, DAY))),
                new Origin.Engine());
        submit(new Command.SimulateRoles(Arrays.asList(SimulatedRole.values())), PLAYER);
    }

    /** As full as services mean to be, with patients at any point of their stays. */
    private void fill(Lot lot) {
        for (Service service : HOSPITAL.services()) {
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
                occupancy.apply(new Recorded(sequence, sequence, now, origin, event));
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
