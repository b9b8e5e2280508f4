package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.placement.BedPlannerTest.expect;
import static org.chevet.placement.BedPlannerTest.hospital;
import static org.chevet.placement.BedPlannerTest.keeping;
import static org.chevet.placement.BedPlannerTest.needs;
import static org.chevet.placement.BedPlannerTest.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Layout;
import org.chevet.placement.stay.StayPlan;
import org.chevet.placement.stay.StayPlanProblem;
import org.chevet.placement.stay.StayPlanner;
import org.junit.jupiter.api.Test;

/** How many patients the solver may put in which beds: as many as a problem takes in which nothing else is in their way. */
class NightRoomsTest {
    private static final int NIGHTS = BedPlanner.NIGHTS;
    private static final List<Sex> FOUR_MEN = Collections.nCopies(4, Sex.MALE);
    private static final CareNeeds MAN = needs("a", Sex.MALE, Isolation.NONE);

    private static Room mixed(String id, int capacity, int beds, int surgeBeds) {
        List<Bed> all = new ArrayList<>();
        for (int i = 0; i < beds + surgeBeds; i++) {
            all.add(new Bed(new BedId(id + i), "" + i, i >= beds, List.of(), null));
        }
        return new Room(new RoomId(id), capacity, SexPolicy.MIXED, IsolationAbility.NONE, all);
    }

    private static NightRooms rooms(PlacementWard ward, String... neededOnEachNight) {
        PlacementWorld vacant = PlacementWorld.vacant(ward.view(), ward.now);
        NightCalendar calendar =
                NightCalendar.from(ward.now, ward.view().hospital().zone(), NIGHTS);
        List<PlannedStay> stays = PlannedStays.of(vacant, calendar);
        int[][] before = new BedsBefore(vacant, calendar, null).of(stays);
        NightDeal deal = new NightDeal(vacant, calendar, stays, new NightPrices(vacant.hospital().policy), before);
        NightRooms rooms = new NightRooms(vacant, calendar, stays, deal.kept());
        int[] needed = new int[rooms.count() * NIGHTS];
        for (String bed : neededOnEachNight) {
            int from = rooms.unitOf(vacant.layout().bed(new BedId(bed))) * NIGHTS;
            Arrays.fill(needed, from, from + NIGHTS, 1);
        }
        rooms.count(needed);
        return rooms;
    }

    private static int places(PlacementWard ward, NightRooms rooms, String bed, int night, List<Sex> probes) {
        int unit = rooms.unitOf(ward.view().layout().bed(new BedId(bed)));
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(NIGHTS);
        rooms.addTo(builder);
        int[] anyNumber = new int[NIGHTS];
        Arrays.fill(anyNumber, probes.size());
        builder.room(anyNumber, 0);
        int[] prices = new int[rooms.count() + 1];
        Arrays.fill(prices, StayPlanProblem.NEVER);
        prices[unit] = 0;
        prices[rooms.count()] = 10;
        probes.forEach(sex -> builder.stay(sex, StayPlanProblem.HARD, 0).part(night, night + 1, prices, 0));
        StayPlan plan = new StayPlanner(builder.build(), 1, (stay, of) -> StayPlanProblem.NOWHERE).plan();
        return (int) IntStream.range(0, probes.size())
                .filter(probe -> plan.room(probe, night) == unit)
                .count();
    }

    private static List<Integer> places(PlacementWard ward, int night, String... beds) {
        return places(ward, rooms(ward), night, beds);
    }

    private static List<Integer> places(PlacementWard ward, NightRooms rooms, int night, String... beds) {
        return Arrays.stream(beds)
                .map(bed -> places(ward, rooms, bed, night, FOUR_MEN))
                .toList();
    }

    /** Where its beds depend on each other, a room is given as a whole; surge beds, and beds that cannot be used, by themselves. */
    @Test
    void shouldGiveWholeRoomsOnlyWhereTheirBedsDependOnEachOther() {
        PlacementWard ward = new PlacementWard(
                hospital(room("A1", 3), mixed("A2", 2, 2, 0), mixed("A3", 2, 3, 0), mixed("A4", 1, 1, 1)));
        ward.must(new Command.CloseBed(new BedId("A12")));
        NightRooms rooms = rooms(ward);
        Layout layout = ward.view().layout();

        assertThat(Arrays.stream(rooms.beds(rooms.unitOf(layout.bed(new BedId("A11"))))))
                .containsExactly(layout.bed(new BedId("A10")), layout.bed(new BedId("A11")));
        assertThat(places(ward, rooms, 0, "A10", "A12", "A20", "A21", "A30", "A40", "B1"))
                .containsExactly(2, 0, 1, 1, 2, 1, 1);
        assertThat(rooms.unitOf(layout.bed(new BedId("A32")))).isEqualTo(rooms.unitOf(layout.bed(new BedId("A30"))));
        assertThat(rooms.unitOf(layout.bed(new BedId("A41")))).isNotEqualTo(rooms.unitOf(layout.bed(new BedId("A40"))));
    }

    @Test
    void shouldPutNoManBesideAWomanWhereTheSexesDoNotMix() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 2), mixed("A2", 2, 3, 0)));
        NightRooms rooms = rooms(ward);

        assertThat(places(ward, rooms, "A10", 0, List.of(Sex.MALE, Sex.FEMALE))).isOne();
        assertThat(places(ward, rooms, "A20", 0, List.of(Sex.MALE, Sex.FEMALE))).isEqualTo(2);
    }

    /** However the hospital's file lists them. */
    @Test
    void shouldGiveBedsInTheOrderOfTheirIds() {
        Room asFiled = room("A1", 3);
        Room turned = new Room(
                asFiled.id(),
                3,
                asFiled.sexPolicy(),
                asFiled.isolation(),
                asFiled.beds().reversed());
        PlacementWard ward = new PlacementWard(hospital(turned));

        assertThat(rooms(ward).beds(rooms(ward).unitOf(0))).containsExactly(2, 1, 0);
    }

    @Test
    void shouldLeaveOutBedsAsLongAsTheyAreBlocked() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 2)));
        ward.must(new Command.BlockBed(
                new BedId("A11"), BlockReason.MAINTENANCE, null, ward.now.plus(Duration.ofDays(3))));

        assertThat(places(ward, 2, "A10")).containsExactly(1);
        assertThat(places(ward, 3, "A10")).containsExactly(2);
    }

    /** Of who is here the place is theirs, and counted. */
    @Test
    void shouldCloseARoomToOthersWhileSomebodyIsIsolatedInItOrBothSexesLieThere() {
        PlacementWard ward = new PlacementWard(
                hospital(room("A1", 3), room("A2", 3), room("A3", 3), mixed("A4", 3, 4, 0), room("A5", 2)));
        ward.admit("W", needs("a", Sex.FEMALE, Isolation.NONE), "A50");
        ward.admit("M", MAN, "A10").must(new Command.PlanDischarge(new StayId("M"), ward.now.plus(Duration.ofDays(3))));
        assertThat(places(ward, 0, "A10")).containsExactly(3);
        ward.admit("I", MAN, "A20")
                .must(new Command.ChangeNeeds(new StayId("I"), needs("a", Sex.MALE, Isolation.CONTACT)));
        for (String room : List.of("A3", "A4")) {
            CareNeeds unknown = needs("a", Sex.UNKNOWN, Isolation.NONE);
            ward.admit(room + "M", unknown, room + "0").admit(room + "F", unknown, room + "1");
            for (Sex sex : List.of(Sex.MALE, Sex.FEMALE)) {
                StayId stay = new StayId(room + sex.name().charAt(0));
                ward.must(new Command.UpdatePatient(stay, new Patient(null, null, null, sex, null)));
            }
        }
        assertThat(places(ward, 0, "A10", "A20", "A30", "A40", "A50")).containsExactly(3, 1, 2, 3, 2);
        ward.must(new Command.PlanDischarge(new StayId("I"), ward.now.plus(Duration.ofDays(3))));
        assertThat(places(ward, 2, "A20")).containsExactly(1);
        assertThat(places(ward, 3, "A20")).containsExactly(3);
    }

    /** What is taken off is taken of the largest rooms, of the last by name, and of none that the plan before needs. */
    @Test
    void shouldTakeOffWhatTheStaffCannotLookAfter() {
        PlacementWard ward = new PlacementWard(hospital(room("A2", 2), room("A3", 2), room("A4", 1)));
        ward.admit("P", MAN, "A20").must(new Command.PlanDischarge(new StayId("P"), ward.now.plus(Duration.ofDays(3))));
        ward.must(new Command.SetStaffedCapacity(new ServiceId("A"), 4));
        assertThat(places(ward, 0, "A4", "A20", "A30")).containsExactly(1, 2, 1);
        ward.must(new Command.SetStaffedCapacity(new ServiceId("A"), 2));
        assertThat(places(ward, 0, "A4", "A20", "A30")).containsExactly(1, 1, 0);
        assertThat(places(ward, 3, "A4", "A20", "A30")).containsExactly(1, 1, 0);
        assertThat(places(ward, rooms(ward, "A30"), 0, "A4", "A20", "A30")).containsExactly(0, 1, 1);
        ward.must(new Command.SetStaffedCapacity(new ServiceId("A"), 1));
        assertThat(places(ward, rooms(ward, "A30"), 0, "A4", "A20", "A30")).containsExactly(0, 1, 0);
    }

    /** One emergency that may need a bed is one bed that need not be kept. */
    @Test
    void shouldTakeOffTheBedsThatAreKeptForEmergencies() {
        PlacementWard ward = new PlacementWard(keeping(2, room("A1", 1), room("A2", 2)));
        expect(ward, "E", MAN, 0, 2);
        assertThat(places(ward, 0, "A1", "A20")).containsExactly(1, 0);
        assertThat(places(ward, rooms(ward, "A20"), 0, "A1", "A20")).containsExactly(0, 1);

        ward.must(new Command.RequestBed(
                new RequestId("R"),
                null,
                null,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                MAN,
                3,
                ward.now.plus(Duration.ofDays(1)),
                Duration.ofDays(2),
                null));

        assertThat(places(ward, 0, "A1", "A20")).containsExactly(1, 0);
        assertThat(places(ward, 1, "A1", "A20")).containsExactly(1, 1);
        assertThat(places(ward, 2, "A1", "A20")).containsExactly(1, 1);
        assertThat(places(ward, 3, "A1", "A20")).containsExactly(1, 0);
    }

    @Test
    void shouldKeepBedsThoughAnEmergencyWaitsThatCanHaveNoneOfThem() {
        PlacementWard ward = new PlacementWard(keeping(1, room("A1", 2)));
        ward.request("R", RequestOrigin.EMERGENCY_DEPARTMENT, needs("b", Sex.MALE, Isolation.NONE), null);

        assertThat(places(ward, 0, "A10")).containsExactly(1);
    }
}
