package org.chevet.placement.stay;

import java.util.Arrays;

/**
 * Beds for a plan of rooms. The nights of a stay in a room are an interval; taken by their beginnings, each finds a bed free
 * until its end as long as there is one on each night, so nobody changes bed within a room.
 */
final class BedDeal {
    private BedDeal() {}

    static int[] deal(StayPlanProblem problem, int[] roomOf) {
        int[] bedOf = new int[roomOf.length];
        Arrays.fill(bedOf, StayPlanProblem.NOWHERE);
        boolean[] taken = new boolean[problem.rooms * problem.bedsMost * problem.nights];
        for (int night = 0; night < problem.nights; night++) {
            for (int stay = 0; stay < problem.stays; stay++) {
                if (problem.from[stay] <= night && night < problem.to[stay]) {
                    int index = problem.firstIndex[stay] + night - problem.from[stay];
                    int room = roomOf[index];
                    boolean begins = night == problem.from[stay] || roomOf[index - 1] != room;
                    if (room != problem.rooms && begins) {
                        dealRun(problem, roomOf, bedOf, taken, stay, night);
                    }
                }
            }
        }
        return bedOf;
    }

    private static void dealRun(
            StayPlanProblem problem, int[] roomOf, int[] bedOf, boolean[] taken, int stay, int night) {
        int first = problem.firstIndex[stay] + night - problem.from[stay];
        int room = roomOf[first];
        int bed = 0;
        while (taken[(room * problem.bedsMost + bed) * problem.nights + night]) {
            bed++;
        }
        for (int index = first; index < problem.firstIndex[stay + 1] && roomOf[index] == room; index++) {
            bedOf[index] = bed;
            taken[(room * problem.bedsMost + bed) * problem.nights + night + index - first] = true;
        }
    }
}
