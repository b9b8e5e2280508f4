package org.chevet.placement.stay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What exchanges and turnovers say that they cost is what the whole plan costs more, counted anew; what is given up leaves no trace. */
class ChangesTest {
    private static final int CHANGES = 400;
    private static final double LIMIT = 150;

    @Test
    void shouldCostWhatTheySay() {
        int allMade = 0;
        int allGivenUp = 0;
        for (long seed = 0; seed < StayPlannerTest.SEEDS; seed++) {
            Changes changes = new Changes(seed);
            changes.run();
            allMade += changes.made;
            allGivenUp += changes.givenUp;
        }
        assertThat(allMade).isGreaterThan(StayPlannerTest.SEEDS);
        assertThat(allGivenUp).isGreaterThan(StayPlannerTest.SEEDS);
    }

    private static final class Changes {
        private final Random random;
        private final StayPlanProblem problem;
        private final Rooming rooming;
        private final Exchange exchange;
        private final Turnover turnover;
        private long cost;
        private int made;
        private int givenUp;

        Changes(long seed) {
            random = new Random(seed);
            problem = StayPlannerTest.hospital(seed, StayPlannerTest.STAYS);
            rooming = new Rooming(problem);
            int[][] allowed = IntStream.range(0, problem.parts)
                    .mapToObj(part -> IntStream.range(0, problem.rooms)
                            .filter(room -> problem.allows(part, room))
                            .toArray())
                    .toArray(int[][]::new);
            exchange = new Exchange(rooming, new SearchRandom(seed));
            turnover = new Turnover(rooming, new SearchRandom(seed), allowed);
            Placing placing = new Placing(rooming, allowed);
            placing.keep((stay, night) -> StayPlanProblem.NOWHERE);
            placing.placeOthers();
            cost = problem.cost(rooming.roomOf);
        }

        void run() {
            for (int i = 0; i < CHANGES; i++) {
                int stay = random.nextInt(problem.stays);
                int night = problem.from[stay] + random.nextInt(problem.to[stay] - problem.from[stay]);
                int from = random.nextBoolean() ? night : rooming.runFrom(stay, night);
                int to = random.nextBoolean() ? night + 1 : rooming.runTo(stay, night);
                int target = random.nextInt(problem.rooms);
                int index = rooming.indexOf(stay, night);
                if (target == rooming.roomOf[index] || !problem.allows(problem.partAt[index], target)) {
                    continue;
                }
                int[] before = rooming.roomOf.clone();
                @Nullable
                Long delta = i % 3 == 0 ? turnedOver(stay, from, to, target) : exchanged(stay, from, to, target);
                if (delta == null) {
                    assertThat(rooming.roomOf).isEqualTo(before);
                    givenUp++;
                } else {
                    assertThat(problem.cost(rooming.roomOf) - cost).isEqualTo(delta);
                    made++;
                }
                cost = problem.cost(rooming.roomOf);
                assertCounted();
            }
        }

        private @Nullable Long turnedOver(int stay, int from, int to, int target) {
            return turnover.make(stay, from, to, target, LIMIT) ? turnover.delta() : null;
        }

        private @Nullable Long exchanged(int stay, int from, int to, int target) {
            long price = exchange.price(stay, from, to, target, LIMIT);
            if (price > LIMIT) {
                return null;
            }
            exchange.make();
            return price;
        }

        /** Who lies where by the counts of each room and night. */
        private void assertCounted() {
            int[] present = new int[(problem.rooms + 1) * problem.nights];
            int[] women = present.clone();
            int[] men = present.clone();
            for (int stay = 0; stay < problem.stays; stay++) {
                for (int night = problem.from[stay]; night < problem.to[stay]; night++) {
                    int place = rooming.roomOf[rooming.indexOf(stay, night)] * problem.nights + night;
                    present[place]++;
                    women[place] += problem.woman[stay];
                    men[place] += problem.man[stay];
                    assertThat(present[place]).isLessThanOrEqualTo(problem.beds[place]);
                }
            }
            assertThat(rooming.present).isEqualTo(present);
            assertThat(rooming.women).isEqualTo(women);
            assertThat(rooming.men).isEqualTo(men);
        }
    }
}
