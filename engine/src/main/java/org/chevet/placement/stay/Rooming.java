package org.chevet.placement.stay;

import java.util.Arrays;

/** Who lies in which room on which night, counted by sex so that a change is priced by looking at its own nights only. */
final class Rooming {
    final StayPlanProblem problem;
    final int nowhere;

    /** In place of a room for a night that is not placed yet. */
    static final int NOT_YET = -2;

    /** Room by stay-night. */
    final int[] roomOf;

    /** By room and night. */
    final int[] present;

    final int[] women;

    final int[] men;

    /** By room: what the search pays now for a patient of the sex that is fewer. */
    final int[] sexPrice;

    /** The stays in a room on a night, in no order: {@code (room * nights + night) * bedsMost + k}. Nobody is kept of nowhere. */
    final int[] occupants;

    /** By room and night: how much cheaper those who lie there would lie elsewhere at best, whoever is there. */
    final int[] regret;

    private final int[] leastPrice;
    private final int nights;
    private final int bedsMost;

    Rooming(StayPlanProblem problem) {
        this.problem = problem;
        nowhere = problem.rooms;
        nights = problem.nights;
        bedsMost = problem.bedsMost;
        roomOf = new int[problem.partAt.length];
        present = new int[(problem.rooms + 1) * nights];
        women = new int[(problem.rooms + 1) * nights];
        men = new int[(problem.rooms + 1) * nights];
        sexPrice = problem.sexPrice.clone();
        occupants = new int[problem.rooms * nights * bedsMost];
        Arrays.fill(roomOf, NOT_YET);
        regret = new int[(problem.rooms + 1) * nights];
        leastPrice = new int[problem.parts];
        for (int part = 0; part < problem.parts; part++) {
            leastPrice[part] = leastPrice(part);
        }
    }

    private int leastPrice(int part) {
        int least = Integer.MAX_VALUE;
        for (int room = 0; room <= problem.rooms; room++) {
            if (problem.allows(part, room)) {
                least = Math.min(least, problem.price[part * (problem.rooms + 1) + room]);
            }
        }
        return least;
    }

    private int regret(int index, int room) {
        int part = problem.partAt[index];
        return problem.price[part * (problem.rooms + 1) + room] - leastPrice[part];
    }

    /** At most what a night in the room could become cheaper by a change of who lies there. */
    int gainMost(int room, int night) {
        int place = room * nights + night;
        return regret[place] + minority(room, night);
    }

    /** What the patients of the sex that is fewer in the room cost that night. */
    int minority(int room, int night) {
        int place = room * nights + night;
        return sexPrice[room] * Math.min(women[place], men[place]);
    }

    /**
     * Lets the sexes cost a share of their price, of at most {@code most}; all of it at 1.
     *
     * @return whether anything costs another price than before
     */
    boolean priceSexes(double share, double most) {
        boolean changed = false;
        for (int room = 0; room < problem.rooms; room++) {
            int full = problem.sexPrice[room];
            int price = share >= 1 ? full : (int) (share * Math.min(full, most));
            changed |= price != sexPrice[room];
            sexPrice[room] = price;
        }
        return changed;
    }

    int indexOf(int stay, int night) {
        return problem.firstIndex[stay] + night - problem.from[stay];
    }

    /** The first night of those before {@code night} that the stay spends in the same room in the same part without a break. */
    int runFrom(int stay, int night) {
        int index = indexOf(stay, night);
        int room = roomOf[index];
        int least = problem.partFrom[problem.partAt[index]];
        int from = night;
        while (from > least && roomOf[index - 1] == room) {
            from--;
            index--;
        }
        return from;
    }

    int runTo(int stay, int night) {
        int index = indexOf(stay, night);
        int room = roomOf[index];
        int end = problem.partTo[problem.partAt[index]];
        int to = night + 1;
        while (to < end && roomOf[index + 1] == room) {
            to++;
            index++;
        }
        return to;
    }

    /** What the moves into and out of these nights would cost more if they were spent in another room. */
    int moveDelta(int stay, int from, int to, int room, int other) {
        int index = indexOf(stay, from);
        int before = from > problem.from[stay] ? roomOf[index - 1] : problem.roomBefore[stay];
        int delta = 0;
        if (before == room) {
            delta += problem.movePrice[index];
        } else if (before == other) {
            delta -= problem.movePrice[index];
        }
        if (to < problem.to[stay]) {
            int end = index + to - from;
            int after = roomOf[end];
            if (after == room) {
                delta += problem.movePrice[end];
            } else if (after == other) {
                delta -= problem.movePrice[end];
            }
        }
        return delta;
    }

    void leave(int stay, int from, int to) {
        int index = indexOf(stay, from);
        int room = roomOf[index];
        int woman = problem.woman[stay];
        int man = problem.man[stay];
        for (int night = from; night < to; night++, index++) {
            int place = room * nights + night;
            int last = --present[place];
            women[place] -= woman;
            men[place] -= man;
            regret[place] -= regret(index, room);
            roomOf[index] = NOT_YET;
            if (room != nowhere) {
                int slot = place * bedsMost;
                int lastSlot = slot + last;
                while (occupants[slot] != stay) {
                    slot++;
                }
                occupants[slot] = occupants[lastSlot];
            }
        }
    }

    void enter(int stay, int from, int to, int room) {
        int index = indexOf(stay, from);
        int woman = problem.woman[stay];
        int man = problem.man[stay];
        for (int night = from; night < to; night++, index++) {
            int place = room * nights + night;
            if (room != nowhere) {
                occupants[place * bedsMost + present[place]] = stay;
            }
            present[place]++;
            women[place] += woman;
            men[place] += man;
            regret[place] += regret(index, room);
            roomOf[index] = room;
        }
    }

    boolean hasBed(int room, int night) {
        return present[room * nights + night] < problem.beds[room * nights + night];
    }

    /** What one more patient of the stay's sex in the room on these nights would cost in minorities. */
    int sexDelta(int stay, int from, int to, int room) {
        int price = sexPrice[room];
        if (price == 0) {
            return 0;
        }
        int woman = problem.woman[stay];
        int man = problem.man[stay];
        int more = 0;
        for (int night = from; night < to; night++) {
            int place = room * nights + night;
            more += Math.min(women[place] + woman, men[place] + man) - Math.min(women[place], men[place]);
        }
        return more * price;
    }
}
