package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.placement.BedPlannerTest.expect;
import static org.chevet.placement.BedPlannerTest.hospital;
import static org.chevet.placement.BedPlannerTest.needs;
import static org.chevet.placement.BedPlannerTest.plan;
import static org.chevet.placement.BedPlannerTest.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.placement.BedPlan.Kind;
import org.chevet.placement.BedPlan.Lying;
import org.chevet.placement.BedPlan.Who;
import org.junit.jupiter.api.Test;

class BedsBeforeTest {
    private static final CareNeeds OF_A = needs("a", Sex.MALE, Isolation.NONE);
    private static final StayId P = new StayId("P");
    private static final int NIGHTS = BedPlanner.NIGHTS;

    private final PlacementWard ward =
            new PlacementWard(hospital(room("A1", 1), room("A2", 1), room("A3", 1), room("A4", 1)));

    /** A plan made now in which P lies in these beds, in each from its night on. */
    private BedPlan before(Kind kind, int[] fromNights, String... beds) {
        BedPlan like = plan(ward, null);
        List<Lying> lying = new ArrayList<>();
        for (int i = 0; i < beds.length; i++) {
            int to = i + 1 < beds.length ? fromNights[i + 1] : NIGHTS;
            lying.add(new Lying(
                    new Who(kind, P, null), new BedId(beds[i]), fromNights[i], to, ward.now, ward.now, true, false));
        }
        return new BedPlan(
                like.sequence(), like.at(), like.firstNight(), like.nights(), 0, 0, lying, List.of(), List.of());
    }

    /** P's bed of each night. */
    private List<String> known(BedPlan before) {
        PlacementWorld vacant = PlacementWorld.vacant(ward.view(), ward.now);
        NightCalendar calendar =
                NightCalendar.from(ward.now, ward.view().hospital().zone(), NIGHTS);
        List<PlannedStay> stays = PlannedStays.of(vacant, calendar).stream()
                .filter(stay -> P.equals(stay.who.stay()))
                .toList();
        List<String> known = new ArrayList<>();
        for (int bed : new BedsBefore(vacant, calendar, before).of(stays)[0]) {
            known.add(vacant.bed(bed).bed().id().value());
        }
        return known;
    }

    /** Of one bed, and from a night on of the other. */
    private static List<String> nights(String one, int from, String other) {
        List<String> nights = new ArrayList<>(Collections.nCopies(from, one));
        nights.addAll(Collections.nCopies(NIGHTS - from, other));
        return nights;
    }

    @Test
    void shouldTakeTheNightsOfAnOlderPlanByTheirDays() {
        expect(ward, "P", OF_A, 6, 6);
        BedPlan before = before(Kind.EXPECTED, new int[] {6, 8}, "A3", "A4");
        assertThat(known(before)).isEqualTo(nights("A3", 8, "A4"));
        ward.pass(Duration.ofDays(2));
        assertThat(known(before)).isEqualTo(nights("A3", 6, "A4"));
        ward.must(new Command.AdmitStay(P, null, new BedId("A4"), null, null));
        ward.pass(Duration.ofDays(12));
        assertThat(known(before)).isEqualTo(nights("A4", 0, "A4"));
        ward.pass(Duration.ofDays(12));
        assertThat(known(before)).isEqualTo(nights("A4", 0, "A4"));
    }

    @Test
    void shouldNotCallBackWhoWasMovedElsewhere() {
        ward.admit("P", OF_A, "A1");
        BedPlan before = before(Kind.PRESENT, new int[] {2, 5}, "A1", "A3");
        assertThat(known(before)).isEqualTo(nights("A1", 5, "A3"));
        ward.must(new Command.TransferStay(P, null, new BedId("A2"), null, null));

        assertThat(known(before)).isEqualTo(nights("A2", 0, "A2"));
    }

    @Test
    void shouldForgetABedThatIsNoMore() {
        expect(ward, "P", OF_A, 1, 6);

        assertThat(known(before(Kind.EXPECTED, new int[] {1, 4}, "A3", "GONE"))).isEqualTo(nights("A3", 0, "A3"));
    }

    /** Of beds of one room that are alike the one is kept that was told before. */
    @Test
    void shouldKeepTheBedWithinARoom() {
        PlacementWard shared = new PlacementWard(hospital(room("A1", 2)));
        expect(shared, "P", OF_A, 1, 3);
        BedPlan first = plan(shared, null);
        assertThat(first.lying()).extracting(Lying::bed).containsExactly(new BedId("A10"));
        Lying other = first.lying().getFirst();
        BedPlan before = new BedPlan(
                first.sequence(),
                first.at(),
                first.firstNight(),
                first.nights(),
                0,
                0,
                List.of(new Lying(other.who(), new BedId("A11"), 1, 4, other.from(), other.to(), true, false)),
                List.of(),
                List.of());

        assertThat(plan(shared, before).lying()).extracting(Lying::bed).containsExactly(new BedId("A11"));
    }
}
