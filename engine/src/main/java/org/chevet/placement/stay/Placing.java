package org.chevet.placement.stay;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** The plan a search starts from: what an incumbent plan says as far as it still holds, the rest one by one as they come. */
final class Placing {
    private final StayPlanProblem problem;
    private final Rooming rooming;
    private final int[][] allowed;

    Placing(Rooming rooming, int[][] allowed) {
        this.problem = rooming.problem;
        this.rooming = rooming;
        this.allowed = allowed;
    }

    void keep(IntBinaryOperator incumbent) {
        for (int stay = 0; stay < problem.stays; stay++) {
            for (int night = problem.from[stay]; night < problem.to[stay]; night++) {
                int room = incumbent.applyAsInt(stay, night);
                int part = problem.partAt[rooming.indexOf(stay, night)];
                if (room >= 0 && room < problem.rooms && problem.allows(part, room) && rooming.hasBed(room, night)) {
                    rooming.enter(stay, night, night + 1, room);
                }
            }
        }
    }

    /** In the order of their beginnings: a bed free then is free afterwards, so that a hospital large enough takes everybody. */
    void placeOthers() {
        int[] stayOf = problem.stayOfPart();
        long[] order = new long[problem.parts];
        Arrays.setAll(order, part -> ((long) problem.partFrom[part] << Integer.SIZE) | part);
        Arrays.sort(order);
        for (long entry : order) {
            int part = (int) entry;
            int night = problem.partFrom[part];
            while (night < problem.partTo[part]) {
                boolean placed = rooming.roomOf[rooming.indexOf(stayOf[part], night)] != Rooming.NOT_YET;
                night = placed ? night + 1 : placeRun(stayOf[part], part, night);
            }
        }
    }

    /** Places as many of the coming nights as can be in one room, in the cheapest of those that take most. */
    private int placeRun(int stay, int part, int night) {
        int end = night + 1;
        while (end < problem.partTo[part] && rooming.roomOf[rooming.indexOf(stay, end)] == Rooming.NOT_YET) {
            end++;
        }
        int bestRoom = rooming.nowhere;
        int bestEnd = night;
        long bestPrice = Long.MAX_VALUE;
        for (int room : allowed[part]) {
            int to = night;
            while (to < end && rooming.hasBed(room, to)) {
                to++;
            }
            if (to > night && to >= bestEnd) {
                long price = (long) problem.price[part * (problem.rooms + 1) + room] * (to - night)
                        + rooming.sexDelta(stay, night, to, room);
                if (to > bestEnd || price < bestPrice) {
                    bestRoom = room;
                    bestEnd = to;
                    bestPrice = price;
                }
            }
        }
        int placedTo = Math.max(bestEnd, night + 1);
        rooming.enter(stay, night, placedTo, bestRoom);
        return placedTo;
    }
}
