package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevTest {
    private static final ServiceId CARDIO = new ServiceId("CARDIO");
    private static final Instant SOON = SmallHospital.NOON.plusSeconds(60);
    private final Ward ward = new Ward();

    private void begin() {
        ward.accepted(
                new Command.BeginDrill(new Drill("x", null, 1, null, 1, new Author("Zoé", Role.DIRECTOR_ON_DUTY))));
    }

    private void plan(String id, int dueMinutes, InjectKind kind, @Nullable Integer beds) {
        ward.accepted(new Command.PlanInject(new Inject(
                id, SOON.plus(Duration.ofMinutes(dueMinutes)), kind, "vu", CARDIO, beds, null, null, null)));
    }

    private void happens(String id, InjectKind kind, @Nullable Integer beds) {
        plan(id, 0, kind, beds);
        ward.accepted(new Command.CompleteInject(id));
    }

    private List<String> states() {
        return Objects.requireNonNull(ward.occupancy.view().service(CARDIO)).beds().stream()
                .map(b -> b.status().state().name())
                .toList();
    }

    private int staffed() {
        return Objects.requireNonNull(ward.occupancy.view().service(CARDIO))
                .counts()
                .staffed();
    }

    @Test
    void undoGivesTheReservationBack() {
        begin();
        ward.run(new Command.RequestBed(
                new RequestId("R1"), null, null, RequestOrigin.ELECTIVE, CareNeeds.UNSPECIFIED, 3, null, null, null));
        ward.accepted(new Command.ReserveBed(
                new RequestId("R1"), new BedId("103"), SmallHospital.NOON.plus(Duration.ofHours(2))));
        happens("I1", InjectKind.WARD_CLOSED, null);
        ward.accepted(new Command.UndoAct(ward.journal.getLast().act(), "erreur"));
        assertThat(ward.occupancy.view().requests()).singleElement().matches(o -> o.bed() != null);
    }

    @Test
    void undoneInjectIsOverAndNoHeir() {
        begin();
        happens("A", InjectKind.WARD_CLOSED, null);
        ward.accepted(new Command.UndoAct(ward.journal.getLast().act(), "erreur"));
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(ward.occupancy.view().drill())
                                        .inject("A"))
                        .isInForce())
                .isFalse();
        happens("B", InjectKind.WARD_CLOSED, null);
        ward.accepted(new Command.EndInject("B"));
        assertThat(states()).contains("READY");
    }

    @Test
    void sameNumberTwice() {
        begin();
        happens("A", InjectKind.STAFF_SHORTAGE, 1);
        ward.accepted(new Command.SetStaffedCapacity(CARDIO, 4));
        happens("B", InjectKind.STAFF_SHORTAGE, 1);
        ward.accepted(new Command.EndInject("A"));
        assertThat(staffed()).isEqualTo(1);
        ward.accepted(new Command.EndInject("B"));
        assertThat(staffed()).isEqualTo(4);
    }

    @Test
    void shortageNeverRaises() {
        begin();
        happens("A", InjectKind.STAFF_SHORTAGE, 1);
        happens("B", InjectKind.STAFF_SHORTAGE, 3);
        assertThat(staffed()).isEqualTo(1);
    }

    @Test
    void doneInAnotherOrderThanDue() {
        begin();
        plan("A", 0, InjectKind.STAFF_SHORTAGE, 2);
        plan("B", 10, InjectKind.STAFF_SHORTAGE, 2);
        plan("C", 5, InjectKind.STAFF_SHORTAGE, 1);
        for (String i : List.of("A", "B", "C")) {
            ward.accepted(new Command.CompleteInject(i));
            ward.now = ward.now.plusSeconds(60);
        }
        ward.accepted(new Command.EndInject("A"));
        ward.accepted(new Command.EndInject("C"));
        assertThat(staffed()).as("B in force says 2").isEqualTo(2);
        ward.accepted(new Command.EndInject("B"));
        assertThat(staffed()).isEqualTo(4);
    }

    @Test
    void firstEventSaysWhoseItIs() {
        begin();
        happens("A", InjectKind.WARD_CLOSED, null);
        long act = ward.journal.getLast().act();
        assertThat(ward.journal)
                .filteredOn(r -> r.sequence() == act)
                .singleElement()
                .matches(r -> r.event() instanceof BedEvent.InjectDone);
    }
}
