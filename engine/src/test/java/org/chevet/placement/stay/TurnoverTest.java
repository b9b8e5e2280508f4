package org.chevet.placement.stay;

import static org.assertj.core.api.Assertions.assertThat;

import org.chevet.hospital.Sex;
import org.junit.jupiter.api.Test;

class TurnoverTest {
    private static final int SEX_PRICE = 50;
    /** The two men gain 7 each on two nights, the woman loses 3. */
    private static final int DELTA = 2 * (3 - 7 - 7);

    private final StayPlanProblem problem = problem();
    private final Rooming rooming = rooming(problem);
    private final Turnover turnover =
            new Turnover(rooming, new SearchRandom(1), new int[][] {{0, 3, 1, 2}, {0, 1, 2, 3}, {0, 1, 2, 3}});

    /** A woman in the room of two that two men would rather have, who lie in two other rooms; a free room, dearer to her. */
    private static StayPlanProblem problem() {
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(2);
        for (int beds : new int[] {2, 1, 1, 1}) {
            builder.room(new int[] {beds, beds}, SEX_PRICE);
        }
        builder.stay(Sex.FEMALE, 900, 0).part(0, 2, new int[] {0, 9, 9, 3}, 0);
        builder.stay(Sex.MALE, 900, 0).part(0, 2, new int[] {0, 7, 7, 9}, 0);
        builder.stay(Sex.MALE, 900, 0).part(0, 2, new int[] {0, 7, 7, 9}, 0);
        return builder.build();
    }

    private static Rooming rooming(StayPlanProblem problem) {
        Rooming rooming = new Rooming(problem);
        for (int stay = 0; stay < 3; stay++) {
            rooming.enter(stay, 0, 2, stay);
        }
        return rooming;
    }

    @Test
    void shouldTurnARoomOverToTheOtherSex() {
        long before = problem.cost(rooming.roomOf);

        assertThat(turnover.make(1, 0, 2, 0, DELTA)).isTrue();
        assertThat(turnover.delta()).isEqualTo(DELTA).isEqualTo(problem.cost(rooming.roomOf) - before);
        assertThat(rooming.roomOf).containsExactly(3, 3, 0, 0, 0, 0);
    }

    @Test
    void shouldLeaveAllAsItWasWhenItWouldCostTooMuch() {
        assertThat(turnover.make(1, 0, 2, 0, DELTA - 1)).isFalse();
        assertThat(rooming.roomOf).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(rooming.women).isEqualTo(rooming(problem).women);
        assertThat(rooming.men).isEqualTo(rooming(problem).men);
        assertThat(rooming.present).isEqualTo(rooming(problem).present);
    }

    @Test
    void shouldLeaveAllAsItWasWhenThereIsNoPlaceForWhoIsInTheWay() {
        rooming.leave(2, 0, 2);
        rooming.enter(2, 0, 2, 3);
        Turnover nowhereElse =
                new Turnover(rooming, new SearchRandom(1), new int[][] {{0, 3}, {0, 1, 2, 3}, {0, 1, 2, 3}});

        assertThat(nowhereElse.make(1, 0, 2, 0, Double.MAX_VALUE)).isFalse();
        assertThat(rooming.roomOf).containsExactly(0, 0, 1, 1, 3, 3);
    }
}
