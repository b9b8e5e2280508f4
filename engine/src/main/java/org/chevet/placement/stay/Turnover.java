package org.chevet.placement.stay;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A change of who a room is for: a stay goes into a room where others are in the way, because there is no bed or they are of the
 * other sex. Each of them goes to the cheapest free place of any room, and the nights that come free are filled by stays from any
 * room that are cheaper here. Between two rooms alone a room's sex hardly ever changes: who would follow lies scattered, and
 * each step by itself would cost too much. It is made step by step and undone when it comes to more than it may.
 */
final class Turnover {
    private static final int STAYS_MOST = 32;
    private static final int NOBODY = -1;

    private final Rooming rooming;
    private final StayPlanProblem problem;
    private final SearchRandom random;
    private final int[][] allowed;
    private final int[] stayOfPart;

    /** Parts in the order of their first nights, and where among them those of each night begin. */
    private final int[] partsByFrom;

    private final int[] beginnings;

    private int room;
    private int freedFrom;
    private int freedTo;
    private int size;
    private final int[] stays = new int[STAYS_MOST];
    private final int[] from = new int[STAYS_MOST];
    private final int[] to = new int[STAYS_MOST];
    private final int[] roomBefore = new int[STAYS_MOST];
    private long delta;

    /** @param allowed by part, the rooms allowed, the cheapest first */
    Turnover(Rooming rooming, SearchRandom random, int[][] allowed) {
        this.rooming = rooming;
        this.problem = rooming.problem;
        this.random = random;
        this.allowed = allowed;
        stayOfPart = problem.stayOfPart();
        partsByFrom = IntStream.range(0, problem.parts)
                .boxed()
                .sorted(Comparator.comparingInt(part -> problem.partFrom[part]))
                .mapToInt(Integer::intValue)
                .toArray();
        beginnings = new int[problem.nights + 1];
        for (int part = 0; part < problem.parts; part++) {
            beginnings[problem.partFrom[part] + 1]++;
        }
        Arrays.parallelPrefix(beginnings, Integer::sum);
    }

    /** Makes the change if it costs no more than {@code limit}; otherwise everything is as before. */
    boolean make(int stay, int first, int end, int target, double limit) {
        room = target;
        freedFrom = first;
        freedTo = end;
        size = 0;
        delta = 0;
        boolean possible = clear(stay, first, end);
        if (possible) {
            boolean othersLeft = size > 0;
            go(stay, first, end, room);
            if (othersLeft) {
                fill();
            }
        }
        if (possible && delta <= limit) {
            return true;
        }
        undo();
        return false;
    }

    /** What the change made last costs. */
    long delta() {
        return delta;
    }

    private boolean clear(int stay, int first, int end) {
        for (int night = first; night < end; night++) {
            int other;
            while ((other = inTheWay(stay, night)) != NOBODY) {
                if (size == STAYS_MOST - 1 || !sendAway(other, night)) {
                    return false;
                }
            }
            if (!rooming.hasBed(room, night)) {
                return false;
            }
        }
        return true;
    }

    private int inTheWay(int stay, int night) {
        int place = room * problem.nights + night;
        boolean mixed = problem.sexPrice[room] > 0
                && problem.woman[stay] * rooming.men[place] + problem.man[stay] * rooming.women[place] > 0;
        if (!mixed && rooming.hasBed(room, night)) {
            return NOBODY;
        }
        int present = rooming.present[place];
        int start = random.below(present);
        for (int k = 0; k < present; k++) {
            int slot = start + k < present ? start + k : start + k - present;
            int other = rooming.occupants[place * problem.bedsMost + slot];
            if (!mixed || problem.woman[stay] * problem.man[other] + problem.man[stay] * problem.woman[other] > 0) {
                return other;
            }
        }
        return NOBODY;
    }

    private boolean sendAway(int stay, int night) {
        int first = rooming.runFrom(stay, night);
        int end = rooming.runTo(stay, night);
        int part = problem.partAt[rooming.indexOf(stay, night)];
        int row = part * (problem.rooms + 1);
        int cheapest = rooming.nowhere;
        long least = Long.MAX_VALUE;
        for (int other : allowed[part]) {
            long price = (long) problem.price[row + other] * (end - first);
            if (price >= least) {
                break;
            }
            if (other != room && hasBed(other, first, end)) {
                long whole = price + rooming.sexDelta(stay, first, end, other);
                if (whole < least) {
                    least = whole;
                    cheapest = other;
                }
            }
        }
        if (cheapest == rooming.nowhere) {
            return false;
        }
        go(stay, first, end, cheapest);
        freedFrom = Math.min(freedFrom, first);
        freedTo = Math.max(freedTo, end);
        return true;
    }

    private boolean hasBed(int target, int first, int end) {
        for (int night = first; night < end; night++) {
            if (!rooming.hasBed(target, night)) {
                return false;
            }
        }
        return true;
    }

    private void go(int stay, int first, int end, int target) {
        int index = rooming.indexOf(stay, first);
        int source = rooming.roomOf[index];
        int row = problem.partAt[index] * (problem.rooms + 1);
        delta += (long) (problem.price[row + target] - problem.price[row + source]) * (end - first)
                + rooming.moveDelta(stay, first, end, source, target);
        rooming.leave(stay, first, end);
        delta += rooming.sexDelta(stay, first, end, target) - rooming.sexDelta(stay, first, end, source);
        rooming.enter(stay, first, end, target);
        stays[size] = stay;
        from[size] = first;
        to[size] = end;
        roomBefore[size] = source;
        size++;
    }

    /** With whole parts that begin on the nights that came free, in turn from a random one. */
    private void fill() {
        int begin = beginnings[freedFrom];
        int count = beginnings[freedTo] - begin;
        int start = random.below(count);
        for (int k = 0; k < count && size < STAYS_MOST; k++) {
            int part = partsByFrom[begin + (start + k < count ? start + k : start + k - count)];
            if (isCheaperHere(part)) {
                go(stayOfPart[part], problem.partFrom[part], problem.partTo[part], room);
            }
        }
    }

    private boolean isCheaperHere(int part) {
        int stay = stayOfPart[part];
        int first = problem.partFrom[part];
        int end = problem.partTo[part];
        int source = rooming.roomOf[rooming.indexOf(stay, first)];
        int row = part * (problem.rooms + 1);
        int price = problem.price[row + room];
        return price != StayPlanProblem.NEVER
                && price < problem.price[row + source]
                && hasBed(room, first, end)
                && rooming.runTo(stay, first) == end
                && (long) (price - problem.price[row + source]) * (end - first)
                                + rooming.moveDelta(stay, first, end, source, room)
                                + rooming.sexDelta(stay, first, end, room)
                        < 0;
    }

    private void undo() {
        while (size > 0) {
            size--;
            rooming.leave(stays[size], from[size], to[size]);
            rooming.enter(stays[size], from[size], to[size], roomBefore[size]);
        }
    }
}
