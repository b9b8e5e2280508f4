package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.MovementKind;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Breach.Invariant;
import org.junit.jupiter.api.Test;

/** Events that no decision makes, and states that no journal leads to, are noticed. */
class InvariantsTest {
    private static final Instant NOON = SmallHospital.NOON;

    private final Ward ward = new Ward();

    private void fold(BedEvent event) {
        long sequence = ward.occupancy.sequence() + 1;
        ward.occupancy.apply(new Recorded(sequence, sequence, ward.now, Ward.FEED, event));
    }

    private void request(String id) {
        ward.accepted(new Command.RequestBed(
                new RequestId(id),
                null,
                null,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                CareNeeds.UNSPECIFIED,
                3,
                null,
                null,
                null));
    }

    private void assertBreached(Invariant invariant) {
        Breach breach = ward.occupancy.breach();
        assertThat(breach).isNotNull();
        assertThat(breach.invariant()).isEqualTo(invariant);
        assertThat(breach.sequence()).isEqualTo(ward.occupancy.sequence());
        assertThat(ward.occupancy.breaches()).extracting(Breach::invariant).contains(invariant);
    }

    @Test
    void shouldFindNothingWrongWithWhatIsRight() {
        ward.admit("A", Sex.FEMALE, "101P");
        request("R");
        ward.accepted(new Command.ReserveBed(new RequestId("R"), new BedId("102P"), NOON.plus(Duration.ofHours(1))));
        assertThat(ward.occupancy.breach()).isNull();
        assertThat(ward.occupancy.breaches()).isEmpty();
    }

    @Test
    void shouldNoticeABedHeldForNobody() {
        fold(new BedEvent.BedReserved(NOON, new BedId("101P"), new RequestId("R"), NOON.plusSeconds(60), null));
        assertBreached(Invariant.RESERVATIONS);
    }

    @Test
    void shouldNoticeARequestClosedWhileABedIsHeldForIt() {
        request("R");
        ward.accepted(new Command.ReserveBed(new RequestId("R"), new BedId("102P"), NOON.plus(Duration.ofHours(1))));
        BedRequest request = ward.occupancy.view().requests().getFirst().request();
        fold(new BedEvent.BedRequestCancelled(NOON, request, null));
        assertBreached(Invariant.RESERVATIONS);
    }

    @Test
    void shouldNoticeABedLainInByAForgottenStay() {
        ward.admit("A", Sex.FEMALE, "101P");
        fold(new BedEvent.StayArchived(NOON, new StayId("A")));
        assertBreached(Invariant.OCCUPANTS);
    }

    @Test
    void shouldNoticeAStayThatIsCountedTwiceAndListedOnce() {
        ward.accepted(Ward.fact("A", "m1", MovementKind.ADMISSION, NOON, "CARDIO", null));
        fold(new BedEvent.StayArchived(NOON, new StayId("A")));
        assertThat(ward.occupancy.breach()).isNull();
        fold(new BedEvent.MovementRecorded(
                new StayId("A"), Ward.movement("m1", MovementKind.ADMISSION, NOON, "CARDIO", null, NOON)));
        assertBreached(Invariant.CONSERVATION);
    }

    @Test
    void shouldKeepTheFirstBreach() {
        fold(new BedEvent.BedReserved(NOON, new BedId("101P"), new RequestId("R"), NOON.plusSeconds(60), null));
        Breach first = ward.occupancy.breach();
        fold(new BedEvent.ReservationReleased(
                NOON,
                new BedId("101P"),
                new RequestId("R"),
                NOON.plusSeconds(60),
                BedEvent.ReservationReleased.Cause.RELEASED,
                null));
        assertThat(ward.occupancy.breach()).isSameAs(first);
        assertThat(ward.occupancy.breaches()).isEmpty();
    }

    @Test
    void shouldNoticeAStateThatLostAStay() {
        ward.admit("A", Sex.FEMALE, "101P").admit("B", Sex.MALE, "103");
        OccupancyState state = ward.occupancy.state();
        OccupancyState without = new OccupancyState(
                state.sequence(),
                state.recordedAt(),
                state.hospital(),
                state.census(),
                state.beds(),
                state.staffing(),
                List.of(state.stays().getFirst()),
                state.requests(),
                state.anomalies(),
                state.quarantine(),
                state.recentActs(),
                state.persons(),
                state.transfers(),
                state.tallies(),
                state.crisis(),
                state.drill());
        assertThat(new Occupancy(without).breaches())
                .extracting(Breach::invariant)
                .contains(Invariant.CONSERVATION);
    }
}
