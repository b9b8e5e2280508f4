package org.chevet.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.chevet.hospital.SexPolicy;
import org.chevet.occupancy.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Deals beds to those whom the solver gave rooms, by their beginnings, each bed asked for by every rule. A patient who is here and finds the bed that
 * they should move to excluded stays where they are, and all is dealt again. Whoever else has none in the end gets the cheapest bed of all that is left,
 * if any.
 */
final class NightDeal {
    /** @param beds by stay and night of the stay, NONE for no bed */
    record Dealt(int[][] beds, Nights nights, long cost) {}

    /** The beds of which a stay is to have one on a night; null for none. */
    @FunctionalInterface
    interface Wish {
        int @Nullable [] beds(int stay, int night);
    }

    private record Run(int stay, int from, int to) {}

    private final PlacementWorld vacant;
    private final NightCalendar calendar;
    private final List<PlannedStay> stays;
    private final NightPrices prices;
    private final int[][] bedsBefore;

    /** By stay: the bed reserved for it, unless somebody lies there longer. */
    private final int[] promised;

    /** @param bedsBefore by stay and night of the plan: what is to be kept if it can */
    NightDeal(
            PlacementWorld vacant,
            NightCalendar calendar,
            List<PlannedStay> stays,
            NightPrices prices,
            int[][] bedsBefore) {
        this.vacant = vacant;
        this.calendar = calendar;
        this.stays = stays;
        this.prices = prices;
        this.bedsBefore = bedsBefore;
        promised = new int[stays.size()];
        for (int stay = 0; stay < promised.length; stay++) {
            promised[stay] = isKept(stay) ? stays.get(stay).promisedBed : Layout.NONE;
        }
    }

    private boolean isKept(int stay) {
        PlannedStay who = stays.get(stay);
        return who.promisedBed != Layout.NONE
                && who.nights() > 0
                && stays.stream().noneMatch(other -> other.ownBed == who.promisedBed && other.to > who.boundUntil);
    }

    int promised(int stay) {
        return promised[stay];
    }

    /** Everybody who is here in their own bed as long as they stay, and everybody with a reserved bed in that. */
    Nights kept() {
        Nights kept = new Nights(vacant, calendar, stays);
        for (int stay = 0; stay < stays.size(); stay++) {
            PlannedStay who = stays.get(stay);
            if (who.isPresent()) {
                kept.enter(stay, who.ownBed, 0, promised[stay] == Layout.NONE ? who.to : who.boundUntil);
            }
        }
        hold(kept);
        return kept;
    }

    /** A reserved bed is held from now, or from when whoever lies in it leaves. */
    private void hold(Nights nights) {
        for (int stay = 0; stay < stays.size(); stay++) {
            int bed = promised[stay];
            for (int night = 0; bed != Layout.NONE && night < stays.get(stay).to; night++) {
                if (nights.lodgers(bed, night).length == 0) {
                    nights.enter(stay, bed, night, night + 1);
                }
            }
        }
    }

    Dealt deal(Wish wish) {
        boolean[] staying = new boolean[stays.size()];
        while (true) {
            Round round = new Round(wish, staying);
            int homeless = round.deal();
            if (homeless == Layout.NONE) {
                round.complete();
                return new Dealt(round.beds, round.nights, cost(round.beds) + mixed(round.nights));
            }
            staying[homeless] = true;
        }
    }

    private final class Round {
        private final Wish wish;
        private final boolean[] staying;
        private final Nights nights = new Nights(vacant, calendar, stays);
        private final int[][] beds = new int[stays.size()][];
        private final List<Run> without = new ArrayList<>();

        Round(Wish wish, boolean[] staying) {
            this.wish = wish;
            this.staying = staying;
            for (int stay = 0; stay < beds.length; stay++) {
                beds[stay] = new int[stays.get(stay).nights()];
                Arrays.fill(beds[stay], Layout.NONE);
            }
        }

        /** Returns a patient who cannot move as wished and must stay; NONE when all is dealt. */
        int deal() {
            for (int stay = 0; stay < beds.length; stay++) {
                keep(stay);
            }
            hold(nights);
            List<Run> runs = new ArrayList<>();
            for (int stay = 0; stay < beds.length; stay++) {
                addRuns(stay, runs);
            }
            runs.sort(Comparator.comparingInt(Run::from).thenComparingInt(Run::stay));
            for (Run run : runs) {
                int bed = firstFree(run);
                if (bed != Layout.NONE) {
                    give(run, bed);
                } else if (stays.get(run.stay).isPresent()) {
                    return run.stay;
                } else {
                    without.add(run);
                }
            }
            return Layout.NONE;
        }

        private void keep(int stay) {
            PlannedStay who = stays.get(stay);
            for (int night = who.from; night < who.to; night++) {
                boolean own = who.isPresent() && (night < who.boundUntil || staying[stay]);
                if (own || who.isPresent() && promised[stay] == Layout.NONE && isWished(stay, night, who.ownBed)) {
                    give(new Run(stay, night, night + 1), who.ownBed);
                } else if (promised[stay] != Layout.NONE && night >= who.boundUntil) {
                    beds[stay][night - who.from] = promised[stay];
                }
            }
        }

        private boolean isWished(int stay, int night, int bed) {
            int[] wished = wish.beds(stay, night);
            return wished == null || Arrays.stream(wished).anyMatch(each -> each == bed);
        }

        private void addRuns(int stay, List<Run> runs) {
            PlannedStay who = stays.get(stay);
            int night = who.from;
            while (night < who.to) {
                int from = night++;
                if (beds[stay][from - who.from] == Layout.NONE) {
                    int[] wished = wish.beds(stay, from);
                    while (night < who.to
                            && beds[stay][night - who.from] == Layout.NONE
                            && Arrays.equals(wished, wish.beds(stay, night))) {
                        night++;
                    }
                    runs.add(new Run(stay, from, night));
                }
            }
        }

        private int firstFree(Run run) {
            int[] wished = wish.beds(run.stay, run.from);
            if (wished == null) {
                return Layout.NONE;
            }
            int before = bedsBefore[run.stay][run.from];
            if (isAsGood(run, before, wished[0]) && fits(run, before)) {
                return before;
            }
            for (int bed : wished) {
                if (fits(run, bed)) {
                    return bed;
                }
            }
            return Layout.NONE;
        }

        /** Whether the bed of the plan before is as cheap as what is wished: then it is kept, also from another room. */
        private boolean isAsGood(Run run, int before, int wished) {
            PlannedStay who = stays.get(run.stay);
            return before != Layout.NONE
                    && before != who.ownBed
                    && who.broken(before) == 0
                    && (wished == who.ownBed || who.points(before) <= who.points(wished));
        }

        private boolean fits(Run run, int bed) {
            return nights.broken(run.stay, bed, run.from, run.to) == 0;
        }

        private void give(Run run, int bed) {
            nights.enter(run.stay, bed, run.from, run.to);
            Arrays.fill(beds[run.stay], run.from - stays.get(run.stay).from, run.to - stays.get(run.stay).from, bed);
        }

        /** Whoever has no bed yet, the most urgent first. */
        void complete() {
            for (int stay = 0; stay < beds.length; stay++) {
                PlannedStay who = stays.get(stay);
                if (who.waitsInOwnBed() && who.boundUntil < who.to && beds[stay][who.boundUntil] == who.ownBed) {
                    without.add(new Run(stay, who.boundUntil, who.to));
                }
            }
            without.sort(Comparator.comparingInt((Run run) -> stays.get(run.stay).priority)
                    .thenComparingInt(Run::from)
                    .thenComparingInt(Run::stay));
            List<Run> passedOver = new ArrayList<>();
            for (Run run : without) {
                BitSet left = new BitSet();
                if (!place(run, service -> true, left)) {
                    passedOver.add(run);
                } else if (!left.isEmpty()) {
                    offer(left, passedOver);
                }
            }
        }

        /** What somebody leaves may be what those wait for who found nothing before: the bed, its room, or its service's staff. */
        private void offer(BitSet left, List<Run> passedOver) {
            int next = 0;
            while (next < passedOver.size()) {
                if (place(passedOver.get(next), left::get, left)) {
                    passedOver.remove(next);
                    next = 0;
                } else {
                    next++;
                }
            }
        }

        /** @param left gets the services in which the patient leaves a bed for it */
        private boolean place(Run run, IntPredicate services, BitSet left) {
            int bed = cheapest(run, services);
            if (bed == Layout.NONE) {
                return false;
            }
            for (int night = run.from; stays.get(run.stay).isPresent() && night < run.to; night++) {
                int own = beds[run.stay][night - stays.get(run.stay).from];
                nights.leave(run.stay, own, night, night + 1);
                left.set(vacant.layout().serviceOfBed(own));
            }
            give(run, bed);
            return true;
        }

        private int cheapest(Run run, IntPredicate services) {
            PlannedStay who = stays.get(run.stay);
            int before = bedsBefore[run.stay][run.from];
            if (before != Layout.NONE && before != who.ownBed && fits(run, before)) {
                return before;
            }
            int best = Layout.NONE;
            for (int bed : vacant.hospital().bedOfRank) {
                if (bed != who.ownBed
                        && services.test(vacant.layout().serviceOfBed(bed))
                        && who.broken(bed) == 0
                        && (best == Layout.NONE || who.points(bed) < who.points(best))
                        && fits(run, bed)) {
                    best = bed;
                }
            }
            return best;
        }
    }

    /** In the units of {@link NightPrices}. */
    private long cost(int[][] beds) {
        long cost = 0;
        for (int stay = 0; stay < beds.length; stay++) {
            PlannedStay who = stays.get(stay);
            int last = who.isPresent() || who.nights() == 0 ? who.ownBed : bedsBefore[stay][who.from];
            cost += isOtherMove(who, beds[stay], bedsBefore[stay]) ? prices.changedPromise() : 0;
            for (int night = who.from; night < who.to; night++) {
                int bed = beds[stay][night - who.from];
                cost += night(stay, night, bed);
                if (bed != Layout.NONE && last != Layout.NONE && bed != last) {
                    cost += change(stay, night, last);
                }
                last = bed == Layout.NONE ? last : bed;
            }
        }
        return cost;
    }

    /** Whether somebody who lies in a bed was to move to another, and is not any more. */
    private static boolean isOtherMove(PlannedStay who, int[] beds, int[] before) {
        for (int night = who.boundUntil; who.isPresent() && night < who.to; night++) {
            if (before[night] != who.ownBed && before[night] != beds[night]) {
                return true;
            }
        }
        return false;
    }

    /** Of both sexes in rooms where they do not mix, which is so already. */
    private long mixed(Nights nights) {
        long mixed = 0;
        for (int room = 0; room < vacant.hospital().rooms.length; room++) {
            for (int night = 0;
                    vacant.hospital().rooms[room].sexPolicy() == SexPolicy.SAME_SEX && night < calendar.nights();
                    night++) {
                mixed += nights.fewer(room, night);
            }
        }
        return mixed * prices.mixed();
    }

    private int night(int stay, int night, int bed) {
        PlannedStay who = stays.get(stay);
        boolean waits = who.waitsInOwnBed() && night >= who.boundUntil && bed == who.ownBed;
        return bed == Layout.NONE ? prices.nowhere(who) : waits ? prices.waiting(who) : prices.night(who, bed);
    }

    /** The move that somebody waits for is theirs to have, and one promised by a person is made. */
    private int change(int stay, int night, int last) {
        PlannedStay who = stays.get(stay);
        if (promised[stay] != Layout.NONE || who.waitsInOwnBed() && last == who.ownBed) {
            return 0;
        }
        return night == who.from && !who.isPresent() ? prices.changedPromise() : prices.move();
    }
}
