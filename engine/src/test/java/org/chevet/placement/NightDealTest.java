package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.placement.BedPlannerTest.expect;
import static org.chevet.placement.BedPlannerTest.hospital;
import static org.chevet.placement.BedPlannerTest.keeping;
import static org.chevet.placement.BedPlannerTest.needs;
import static org.chevet.placement.BedPlannerTest.of;
import static org.chevet.placement.BedPlannerTest.plan;
import static org.chevet.placement.BedPlannerTest.room;

import java.time.Duration;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Sex;
import org.chevet.placement.BedPlan.Lying;
import org.junit.jupiter.api.Test;

/** Who is dealt which bed of those that are alike, and what is left when all is dealt. */
class NightDealTest {
    private static final CareNeeds OF_A = needs("a", Sex.MALE, Isolation.NONE);

    @Test
    void shouldDealTheBedsOfARoomByBeginnings() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 2)));
        expect(ward, "E", OF_A, 3, 4);
        expect(ward, "F", OF_A, 1, 4);

        BedPlan plan = plan(ward, null);

        assertThat(of(plan, "F")).extracting(Lying::bed).containsExactly(new BedId("A10"));
        assertThat(of(plan, "E")).extracting(Lying::bed).containsExactly(new BedId("A11"));
    }

    /** All of A's beds are kept for emergencies, and B is full: they go to who would have none, in the end. */
    private static PlacementWard full(Room... roomsOfA) {
        PlacementWard ward = new PlacementWard(keeping(roomsOfA.length, roomsOfA));
        for (String bed : List.of("B1", "B2")) {
            ward.admit("P" + bed, needs("b", Sex.MALE, Isolation.NONE), bed);
        }
        return ward;
    }

    private static void ask(PlacementWard ward, String request, int priority) {
        ward.must(new Command.RequestBed(
                new RequestId(request),
                null,
                null,
                RequestOrigin.ELECTIVE,
                OF_A,
                priority,
                null,
                Duration.ofDays(3),
                null));
    }

    @Test
    void shouldDealWhatIsLeftToTheMostUrgent() {
        PlacementWard ward = full(room("A1", 1));
        ask(ward, "R1", 4);
        ask(ward, "R2", 2);

        BedPlan plan = plan(ward, null);

        assertThat(plan.unplaced())
                .extracting(unplaced -> unplaced.who().request())
                .containsExactly(new RequestId("R1"));
        assertThat(plan.lying())
                .filteredOn(lying -> !lying.held())
                .extracting(lying -> lying.who().request())
                .containsExactly(new RequestId("R2"));
    }

    @Test
    void shouldDealTheFirstByNameOfThoseLeftThatCostTheSame() {
        PlacementWard ward = full(room("A2", 1), room("A1", 1), room("A3", 1));
        ask(ward, "R", 3);

        assertThat(plan(ward, null).lying())
                .filteredOn(lying -> !lying.held())
                .extracting(Lying::bed)
                .containsExactly(new BedId("A1"));
    }
}
