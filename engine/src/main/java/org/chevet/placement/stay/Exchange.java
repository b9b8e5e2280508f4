package org.chevet.placement.stay;

import java.util.Arrays;

/**
 * A change that can be priced before it is made: some nights of a stay go from one room to another, and who is in the way there
 * comes back in exchange, and who is in the way of those goes there, and so on until everybody has a bed. Built in place, so
 * that trying millions of them allocates nothing.
 */
final class Exchange {
    private static final int STAYS_MOST = 8;

    private final Rooming rooming;
    private final StayPlanProblem problem;
    private final SearchRandom random;
    private final int nights;

    private int here;
    private int there;
    private int size;
    private final int[] stays = new int[STAYS_MOST];
    private final int[] from = new int[STAYS_MOST];
    private final int[] to = new int[STAYS_MOST];
    private final boolean[] goes = new boolean[STAYS_MOST];
    private int firstNight;
    private int endNight;
    private long delta;

    /** By night: how many more there will be over there, women and men among them; as many fewer here. */
    private final int[] more;

    private final int[] moreWomen;

    private final int[] moreMen;

    Exchange(Rooming rooming, SearchRandom random) {
        this.rooming = rooming;
        this.problem = rooming.problem;
        this.random = random;
        nights = problem.nights;
        more = new int[nights];
        moreWomen = new int[nights];
        moreMen = new int[nights];
    }

    /**
     * The price of the change, or {@link Long#MAX_VALUE} when no exchange of a few stays makes room, or none that could come near
     * {@code limit}.
     */
    long price(int stay, int first, int end, int target, double limit) {
        here = rooming.roomOf[rooming.indexOf(stay, first)];
        there = target;
        size = 0;
        delta = 0;
        firstNight = first;
        endNight = end;
        boolean possible = add(stay, first, end, true) && delta - gainMost(first, end) <= limit && makeRoom();
        long price = possible ? delta + sexDelta() : Long.MAX_VALUE;
        Arrays.fill(more, firstNight, endNight, 0);
        Arrays.fill(moreWomen, firstNight, endNight, 0);
        Arrays.fill(moreMen, firstNight, endNight, 0);
        return price;
    }

    private int gainMost(int first, int end) {
        int gain = 0;
        for (int night = first; night < end; night++) {
            gain += rooming.minority(here, night) + rooming.gainMost(there, night);
        }
        return gain;
    }

    /** Makes the change priced last. */
    void make() {
        for (int i = 0; i < size; i++) {
            rooming.leave(stays[i], from[i], to[i]);
        }
        for (int i = 0; i < size; i++) {
            rooming.enter(stays[i], from[i], to[i], goes[i] ? there : here);
        }
    }

    private boolean add(int stay, int first, int end, boolean toThere) {
        int source = toThere ? here : there;
        int target = toThere ? there : here;
        int row = problem.partAt[rooming.indexOf(stay, first)] * (problem.rooms + 1);
        int price = problem.price[row + target];
        if (price == StayPlanProblem.NEVER) {
            return false;
        }
        delta += (long) (price - problem.price[row + source]) * (end - first)
                + rooming.moveDelta(stay, first, end, source, target);
        stays[size] = stay;
        from[size] = first;
        to[size] = end;
        goes[size] = toThere;
        size++;
        firstNight = Math.min(firstNight, first);
        endNight = Math.max(endNight, end);
        int one = toThere ? 1 : -1;
        int woman = one * problem.woman[stay];
        int man = one * problem.man[stay];
        for (int night = first; night < end; night++) {
            more[night] += one;
            moreWomen[night] += woman;
            moreMen[night] += man;
        }
        return true;
    }

    private boolean makeRoom() {
        int night = firstNight;
        while (night < endNight) {
            int surplus = more[night];
            boolean fullThere = surplus > 0
                    && rooming.present[there * nights + night] + surplus > problem.beds[there * nights + night];
            boolean fullHere = surplus < 0
                    && rooming.present[here * nights + night] - surplus > problem.beds[here * nights + night];
            if (!fullThere && !fullHere) {
                night++;
                continue;
            }
            if (size == STAYS_MOST || !expel(fullThere ? there : here, night)) {
                return false;
            }
            night = Math.min(night, from[size - 1]);
        }
        return true;
    }

    private boolean expel(int room, int night) {
        int place = room * nights + night;
        int present = rooming.present[place];
        int start = random.below(present);
        for (int k = 0; k < present; k++) {
            int slot = start + k < present ? start + k : start + k - present;
            int stay = rooming.occupants[place * problem.bedsMost + slot];
            if (!isMoved(stay) && add(stay, rooming.runFrom(stay, night), rooming.runTo(stay, night), room == here)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMoved(int stay) {
        for (int i = 0; i < size; i++) {
            if (stays[i] == stay) {
                return true;
            }
        }
        return false;
    }

    private long sexDelta() {
        int priceHere = rooming.sexPrice[here];
        int priceThere = rooming.sexPrice[there];
        if (priceHere == 0 && priceThere == 0) {
            return 0;
        }
        long minoritiesHere = 0;
        long minoritiesThere = 0;
        for (int night = firstNight; night < endNight; night++) {
            if (moreWomen[night] != 0 || moreMen[night] != 0) {
                minoritiesThere += minoritiesMore(there * nights + night, moreWomen[night], moreMen[night]);
                minoritiesHere += minoritiesMore(here * nights + night, -moreWomen[night], -moreMen[night]);
            }
        }
        return minoritiesHere * priceHere + minoritiesThere * priceThere;
    }

    private int minoritiesMore(int place, int womenMore, int menMore) {
        int women = rooming.women[place];
        int men = rooming.men[place];
        return Math.min(women + womenMore, men + menMore) - Math.min(women, men);
    }
}
