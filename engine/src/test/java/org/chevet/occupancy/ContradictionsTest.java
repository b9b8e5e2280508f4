package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.event.MovementKind.ADMISSION;
import static org.chevet.event.MovementKind.DISCHARGE;
import static org.chevet.event.MovementKind.TRANSFER;
import static org.chevet.occupancy.Ward.fact;
import static org.chevet.occupancy.Ward.movement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.Acceptance;
import org.chevet.event.Anomaly;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.MovementKind;
import org.chevet.event.RequestOrigin;
import org.chevet.event.StatedPapers;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.junit.jupiter.api.Test;

/** What was wrong is said once, of the stay it is wrong with, and no longer than it is. */
class ContradictionsTest {
    private static final Instant NOON = SmallHospital.NOON;
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));
    private static final Instant TWO = NOON.plus(Duration.ofHours(2));

    private final Ward ward = new Ward();

    private void known(String stay, Sex sex) {
        ward.accepted(new Command.ReportStay(
                new StayId(stay), StatedPapers.ofPatient(new Patient(null, "N", "P", sex, null)), ward.now));
    }

    private void merge(String from, String into) {
        ward.accepted(new Command.ReportMerge(new StayId(from), new StayId(into), ward.now));
    }

    private void unmapped(String stay, String id, MovementKind kind, Instant at, String service, String place) {
        ward.accepted(new Command.ReportMovement(new StayId(stay), movement(id, kind, at, service, null, at), place));
    }

    private List<String> keys() {
        return ward.occupancy.view().anomalies().stream().map(Anomaly::key).toList();
    }

    private Anomaly only() {
        assertThat(ward.occupancy.view().anomalies()).hasSize(1);
        return ward.occupancy.view().anomalies().getFirst();
    }

    // Numbers merged away

    @Test
    void shouldKnowANumberMergedAwayAsLongAsTheStayThatStands() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        merge("B", "A");

        ward.pass(Departures.STAY_RETENTION.multipliedBy(2));
        ward.accepted(fact("B", "2", TRANSFER, ward.now, "REA", "301"));

        assertThat(ward.bed("301").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.bed("103").occupants()).isEmpty();
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldKnowANumberMergedAwayForAsLongAgainAndNotLonger() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        merge("B", "A");
        ward.accepted(fact("A", "2", DISCHARGE, ONE, null, null));

        ward.pass(Departures.STAY_RETENTION);
        assertThat(ward.occupancy.view().stays()).containsOnlyKeys(new StayId("B"));
        ward.pass(Departures.STAY_RETENTION.minusSeconds(1));
        ward.accepted(fact("B", "3", ADMISSION, ward.now, "CARDIO", "103"));
        assertThat(ward.bed("103").occupants())
                .as("said of the stay it is about")
                .containsExactly(new StayId("A"));
        ward.accepted(fact("B", "4", DISCHARGE, ward.now, null, null));

        ward.pass(Departures.STAY_RETENTION);
        assertThat(ward.occupancy.view().stays()).as("it was spoken of again").containsOnlyKeys(new StayId("B"));
        ward.pass(Departures.STAY_RETENTION);
        assertThat(ward.occupancy.view().stays()).isEmpty();
    }

    @Test
    void shouldPassOnWhatIsStillWrongToTheNumberThatStands() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", null));
        ward.accepted(fact("A", "2", DISCHARGE, ONE, null, null));
        ward.accepted(fact("A", "3", TRANSFER, TWO, "CARDIO", "103"));
        ward.accepted(
                new Command.ReportCancellation(new StayId("A"), "unheard", List.of(MovementKind.TRANSFER), TWO, TWO));
        assertThat(keys()).containsExactlyInAnyOrder("after-end:A", "movement:A:unheard");

        merge("A", "B");

        assertThat(keys()).containsExactlyInAnyOrder("after-end:B", "movement:B:unheard");
        ward.accepted(fact("A", "4", DISCHARGE, TWO.plusSeconds(1), null, null));
        ward.accepted(new Command.ReportMovement(
                new StayId("A"), movement("unheard", TRANSFER, ONE, "CARDIO", "103", ONE), null));
        assertThat(keys()).isEmpty();
    }

    @Test
    void shouldDropWhatTheMergeItselfSettles() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        unmapped("A", "1", ADMISSION, NOON, "CARDIO", "4410^999^");
        ward.accepted(fact("B", "2", TRANSFER, ONE, "CARDIO", "103"));
        assertThat(keys()).containsExactly("location:A");

        merge("A", "B");

        assertThat(keys()).isEmpty();
    }

    // Unknown places

    @Test
    void shouldSayTheUnknownPlaceStatedLast() {
        known("A", Sex.FEMALE);
        unmapped("A", "1", ADMISSION, NOON, "CARDIO", "4410^998^");
        unmapped("A", "2", TRANSFER, ONE, "CARDIO", "4410^999^");

        assertThat(only().detail()).isEqualTo("4410^999^");
    }

    @Test
    void shouldSayAnUnknownPlaceInItsCorrectedWords() {
        known("A", Sex.FEMALE);
        unmapped("A", "1", ADMISSION, NOON, "CARDIO", "4410^998^");

        ward.accepted(new Command.ReportCorrection(
                new StayId("A"), movement("1", ADMISSION, NOON, "CARDIO", null, ONE), "4410^999^", true));

        assertThat(only().detail()).isEqualTo("4410^999^");
        ward.accepted(new Command.ResolveAnomaly("location:A", "vu"));
        unmapped("A", "1", ADMISSION, NOON, "CARDIO", "4410^999^");
        assertThat(keys()).as("looked at").isEmpty();
    }

    // One decision

    @Test
    void shouldGoOnWithAContradictionThatAnotherRuleMakesToo() {
        ward.admit("A", Sex.FEMALE, "101P").admit("B", Sex.FEMALE, "101F");
        ward.accepted(new Command.UpdatePatient(new StayId("B"), new Patient(null, "N", "P", Sex.MALE, null)));
        Anomaly mixed = only();

        ward.accepted(new Command.DefineHospital(withRoom("101", SexPolicy.WOMEN)));

        assertThat(only()).as("since then, without a gap").isEqualTo(mixed);
    }

    @Test
    void shouldRaiseWhatTheSameDecisionResolvedWhenItIsSoAgain() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        unmapped("B", "1", ADMISSION, NOON, "PED", "4420^998^");
        unmapped("A", "2", TRANSFER, ONE, "CARDIO", "4410^999^");

        merge("A", "B");

        assertThat(only().key()).isEqualTo("location:B");
        assertThat(only().detail()).isEqualTo("4410^999^");
    }

    @Test
    void shouldGiveSwappedStaysNumbersThatNoMergeConfuses() {
        ward.admit("A", Sex.FEMALE, "103").admit("B", Sex.FEMALE, "301");
        ward.accepted(new Command.SwapStays(new StayId("A"), new StayId("B")));

        assertThat(ward.stay("A").timeline().movements().getLast().id())
                .isNotEqualTo(ward.stay("B").timeline().movements().getLast().id());
        merge("A", "B");
        assertThat(ward.stay("B").timeline().movements()).hasSize(4);
    }

    // Another file

    @Test
    void shouldLookAnewAtRoomsWhoseRuleChanged() {
        ward.admit("A", Sex.FEMALE, "103");

        ward.accepted(new Command.DefineHospital(withRoom("103", SexPolicy.MEN)));
        assertThat(keys()).containsExactly("sex:103");
        assertThat(only().bed()).isEqualTo(new BedId("103"));

        ward.accepted(new Command.DefineHospital(withRoom("103", SexPolicy.WOMEN)));
        assertThat(keys()).isEmpty();
    }

    @Test
    void shouldLookAnewAtRoomsThatHaveOtherBeds() {
        ward.admit("A", Sex.FEMALE, "101P").admit("B", Sex.MALE, "102P");

        ward.accepted(new Command.DefineHospital(withoutWallBetween("101", "102")));
        assertThat(keys()).containsExactly("sex:101");

        ward.accepted(new Command.DefineHospital(SmallHospital.hospital()));
        assertThat(keys()).isEmpty();
    }

    @Test
    void shouldSayAgainThatTwoLieInABedThatIsBack() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "102P"));
        ward.accepted(fact("B", "2", ADMISSION, ONE, "CARDIO", "102P"));

        ward.accepted(new Command.DefineHospital(SmallHospital.rebuilt()));
        assertThat(keys()).containsExactlyInAnyOrder("removed:A", "removed:B");
        ward.accepted(new Command.DefineHospital(SmallHospital.hospital()));

        assertThat(keys()).containsExactly("double:102P");
    }

    @Test
    void shouldSayThatABedWasTakenOutOfTheFileWhileItWasHeld() {
        ward.accepted(new Command.RequestBed(
                new RequestId("R"),
                null,
                null,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                CareNeeds.UNSPECIFIED,
                3,
                null,
                null,
                null));
        ward.accepted(new Command.ReserveBed(new RequestId("R"), new BedId("102P"), TWO));

        assertThat(ward.accepted(new Command.DefineHospital(SmallHospital.rebuilt())))
                .contains(new BedEvent.ReservationReleased(
                        ward.now,
                        new BedId("102P"),
                        new RequestId("R"),
                        TWO,
                        BedEvent.ReservationReleased.Cause.OVERRIDDEN,
                        new Acceptance(ward.now, null, null, Author.of(Ward.NURSE))));
    }

    @Test
    void shouldForgetTheRuleOfARoomThatIsGone() {
        ward.admit("A", Sex.FEMALE, "102P").admit("B", Sex.FEMALE, "102F");
        ward.accepted(new Command.UpdatePatient(new StayId("B"), new Patient(null, "N", "P", Sex.MALE, null)));
        assertThat(keys()).containsExactly("sex:102");

        ward.accepted(new Command.DefineHospital(SmallHospital.rebuilt()));

        assertThat(keys()).containsExactlyInAnyOrder("removed:A", "removed:B");
        ward.accepted(Ward.discharge("A"));
        assertThat(keys()).containsExactly("removed:B");
        ward.accepted(new Command.DefineHospital(SmallHospital.hospital()));
        assertThat(keys()).isEmpty();
    }

    @Test
    void shouldShowWhoIsInAServiceThatWasTakenOutOfTheFile() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "REA", null));

        ward.accepted(new Command.DefineHospital(withoutService("REA")));

        assertThat(only().kind()).isEqualTo(Anomaly.Kind.UNKNOWN_SERVICE);
        assertThat(only().stay()).isEqualTo(new StayId("A"));
        assertThat(only().detail()).isEqualTo("REA");
        ward.accepted(new Command.DefineHospital(SmallHospital.hospital()));
        assertThat(keys()).isEmpty();
    }

    private static Hospital withRoom(String id, SexPolicy policy) {
        return with(SmallHospital.hospital().services().stream()
                .map(service -> with(
                        service,
                        service.rooms().stream()
                                .map(room -> room.id().value().equals(id)
                                        ? new Room(room.id(), room.capacity(), policy, room.isolation(), room.beds())
                                        : room)
                                .toList()))
                .toList());
    }

    /** The beds of the second room are in the first. */
    private static Hospital withoutWallBetween(String first, String second) {
        return with(SmallHospital.hospital().services().stream()
                .map(service -> with(service, joined(service.rooms(), first, second)))
                .toList());
    }

    private static List<Room> joined(List<Room> rooms, String first, String second) {
        List<Bed> beds = rooms.stream()
                .filter(room -> List.of(first, second).contains(room.id().value()))
                .flatMap(room -> room.beds().stream())
                .toList();
        return rooms.stream()
                .filter(room -> !room.id().value().equals(second))
                .map(room -> room.id().value().equals(first)
                        ? new Room(room.id(), beds.size(), room.sexPolicy(), room.isolation(), beds)
                        : room)
                .toList();
    }

    private static Hospital withoutService(String id) {
        return with(SmallHospital.hospital().services().stream()
                .filter(service -> !service.id().value().equals(id))
                .toList());
    }

    private static Hospital with(List<Service> services) {
        Hospital was = SmallHospital.hospital();
        return new Hospital(was.id(), was.name(), was.zone(), was.specialties(), was.equipment(), services);
    }

    private static Service with(Service was, List<Room> rooms) {
        return new Service(
                was.id(),
                was.name(),
                was.site(),
                was.floor(),
                was.specialties(),
                was.levelOfCare(),
                was.ages(),
                was.sexPolicy(),
                was.staffedBeds(),
                was.hl7Codes(),
                rooms);
    }

    // Deadlines

    /** A state as no journal leads to: two reservations are due, the first of a bed that is not in the file. */
    @Test
    void shouldNotLetADeadlineThatCannotBeKeptHoldUpTheOthers() {
        ward.accepted(new Command.RequestBed(
                new RequestId("R"),
                null,
                null,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                CareNeeds.UNSPECIFIED,
                3,
                null,
                null,
                null));
        ward.accepted(new Command.ReserveBed(new RequestId("R"), new BedId("302"), TWO));
        OccupancyState state = ward.occupancy.state();
        List<BedStatus> beds = new ArrayList<>(state.beds());
        BedStatus first = beds.getFirst();
        beds.set(
                0,
                new BedStatus(
                        new BedId("gone"),
                        true,
                        first.condition(),
                        false,
                        null,
                        new BedStatus.Reservation(new RequestId("Q"), ONE, null),
                        List.of(),
                        NOON));
        Occupancy broken = new Occupancy(new OccupancyState(
                state.sequence(),
                state.recordedAt(),
                state.hospital(),
                state.census(),
                beds,
                state.staffing(),
                state.stays(),
                state.requests(),
                state.anomalies(),
                state.quarantine(),
                state.recentActs(),
                state.persons(),
                state.transfers(),
                state.tallies(),
                state.crisis(),
                state.drill()));

        assertThat(((Decision.Accepted) broken.decide(new Command.PassTime(), TWO)).events())
                .singleElement()
                .extracting(Object::toString)
                .asString()
                .contains("302");
        assertThatThrownBy(() -> broken.decide(new Command.PassTime(), ONE))
                .as("alone, it is reported")
                .isInstanceOf(RuntimeException.class);
    }

    /** Seed 973 of {@code OccupancyPropertiesTest}: as one stay after the other, they were of two sexes for a moment that never was. */
    @Test
    void shouldNotFindTwoSexesWhereTheSexOfOnePersonInTwoBedsIsCorrected() {
        Patient man = new Patient("P", "N", "P", Sex.MALE, null);
        ward.accepted(new Command.ReportStay(new StayId("A"), StatedPapers.ofPatient(man), ward.now));
        ward.accepted(new Command.ReportStay(new StayId("B"), StatedPapers.ofPatient(man), ward.now));
        ward.accepted(fact("A", "a1", ADMISSION, NOON, "CARDIO", "101P"));
        ward.accepted(fact("B", "b1", ADMISSION, NOON, "CARDIO", "101F"));

        ward.pass(Duration.ofMinutes(1));
        ward.accepted(new Command.ReportPatient("P", new Patient("P", "N", "P", Sex.FEMALE, null), ward.now));

        assertThat(ward.stay("A").sex()).isEqualTo(Sex.FEMALE);
        assertThat(keys()).isEmpty();
    }

    // Taken back

    /** Seed 81 of {@code OccupancyPropertiesTest}: the act that ended the double occupancy is undone when it could no longer be one. */
    @Test
    void shouldNotSayThatTwoLieInABedToWhichOneOfThemReturnsAlone() {
        ward.accepted(fact("A", "a1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("B", "b1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(Ward.transfer("A", "301"));
        long transfer = ward.lastAct();
        ward.accepted(fact("B", "b2", DISCHARGE, ONE, null, null));

        ward.accepted(Ward.undo(transfer));

        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"));
        assertThat(keys()).containsExactly("stay:A", "stay:B");
    }

    @Test
    void shouldRaiseAgainWhatWasSetAsideOnlyWhileItIsSo() {
        ward.accepted(fact("A", "a1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("B", "b1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(new Command.ResolveAnomaly("double:103", "vu"));
        long setAside = ward.lastAct();
        ward.accepted(Ward.undo(setAside));
        assertThat(keys()).contains("double:103");
        ward.accepted(new Command.ResolveAnomaly("double:103", "vu"));
        setAside = ward.lastAct();
        ward.accepted(fact("B", "b2", DISCHARGE, ONE, null, null));

        assertThat(ward.refused(Ward.undo(setAside)).rule()).isEqualTo(Rule.CANNOT_UNDO);

        assertThat(keys()).doesNotContain("double:103");
    }

    @Test
    void shouldNotCallABedUnusableOnceItIsOpenedUnderThePatient() {
        ward.accepted(new Command.CloseBed(new BedId("103")));
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.MAINTENANCE, null, null));
        ward.accepted(fact("A", "a1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(new Command.OpenBed(new BedId("103")));
        assertThat(keys()).as("still blocked").contains("unusable:103");

        ward.accepted(new Command.UnblockBed(new BedId("103")));

        assertThat(keys()).doesNotContain("unusable:103");
    }
}
