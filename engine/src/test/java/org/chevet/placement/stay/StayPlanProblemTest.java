package org.chevet.placement.stay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.chevet.hospital.Sex;
import org.junit.jupiter.api.Test;

class StayPlanProblemTest {
    private static final int NEVER = StayPlanProblem.NEVER;

    /** A room of two beds and one of one, four nights. */
    private static StayPlanProblem.Builder rooms(int sexPrice) {
        return new StayPlanProblem.Builder(4)
                .room(new int[] {2, 2, 2, 2}, sexPrice)
                .room(new int[] {1, 1, 1, 1}, sexPrice);
    }

    private static long cost(StayPlanProblem.Builder builder) {
        StayPlanner planner = new StayPlanner(builder.build(), 1);
        planner.search(StayPlanner.Budget.ofMoves(100));
        return planner.plan().cost();
    }

    @Test
    void shouldChargeNightsAndTheMoveBetweenTwoParts() {
        StayPlanProblem.Builder builder = rooms(0);
        builder.stay(Sex.MALE, 900, 100).part(0, 1, new int[] {3, NEVER}, 11).part(1, 4, new int[] {NEVER, 5}, 7);
        assertThat(cost(builder)).isEqualTo(3 + 3 * 5 + 7);
    }

    @Test
    void shouldChargeTheFirstPartsMoveToWhoLiesElsewhereBefore() {
        StayPlanProblem.Builder builder = rooms(0);
        builder.stay(Sex.MALE, 900, 100).roomBefore(1).part(0, 2, new int[] {3, NEVER}, 11);
        assertThat(cost(builder)).isEqualTo(2 * 3 + 11);
        builder = rooms(0);
        builder.stay(Sex.MALE, 900, 100).roomBefore(0).part(0, 2, new int[] {3, NEVER}, 11);
        assertThat(cost(builder)).isEqualTo(2 * 3);
    }

    @Test
    void shouldChargeEachNightOfTheSexThatIsFewerAndOfWhoHasNoRoom() {
        StayPlanProblem.Builder builder = rooms(50);
        builder.stay(Sex.FEMALE, StayPlanProblem.HARD, 0).part(0, 3, new int[] {1, NEVER}, 0);
        builder.stay(Sex.MALE, StayPlanProblem.HARD, 0).part(1, 4, new int[] {1, NEVER}, 0);
        builder.stay(Sex.MALE, 70, 0).part(2, 4, new int[] {NEVER, NEVER}, 0);
        assertThat(cost(builder)).isEqualTo(6 + 2 * 50 + 2 * 70);
    }

    @Test
    void shouldRefuseARoomThatDoesNotFitTheHorizon() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StayPlanProblem.Builder(0))
                .withMessageContaining("nights is 0");
        assertThat(new StayPlanProblem.Builder(1).build().nights()).isEqualTo(1);
        StayPlanProblem.Builder builder = rooms(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.room(new int[3], 0))
                .withMessageContaining("room 2 has beds for 3 nights");
        builder.stay(Sex.MALE, 0, 0).part(0, 4, new int[2], 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.room(new int[4], 0))
                .withMessageContaining("rooms come before stays");
    }

    @Test
    void shouldRefuseAPartThatIsNotWithinTheHorizonOrDoesNotFollow() {
        StayPlanProblem.Builder builder = rooms(0).stay(Sex.MALE, 0, 0);
        int[][] wrong = {{-1, 2}, {2, 5}, {2, 2}, {3, 2}};
        for (int[] nights : wrong) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.part(nights[0], nights[1], new int[2], 0))
                    .withMessageContaining("a part from night " + nights[0] + " to " + nights[1]);
        }
        builder.part(0, 2, new int[2], 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.part(3, 4, new int[2], 0))
                .withMessageContaining("a part from night 3 after one to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.part(2, 4, new int[3], 0))
                .withMessageContaining("prices for 3 rooms, there are 2");
        assertThat(builder.part(2, 4, new int[2], 0).build().endNight(0)).isEqualTo(4);
    }

    @Test
    void shouldRefuseAStayWithoutAPart() {
        StayPlanProblem.Builder builder = rooms(0).stay(Sex.MALE, 0, 0);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("stay 0 has no part");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.stay(Sex.MALE, 0, 0))
                .withMessageContaining("stay 0 has no part");
    }
}
