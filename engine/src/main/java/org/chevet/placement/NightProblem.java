package org.chevet.placement;

import java.util.Arrays;
import java.util.List;
import org.chevet.hospital.Sex;
import org.chevet.occupancy.Layout;
import org.chevet.placement.stay.StayPlan;
import org.chevet.placement.stay.StayPlanProblem;

/** A hospital's nights as the solver takes them. */
final class NightProblem {
    private final List<PlannedStay> stays;
    private final NightPrices prices;
    private final NightDeal deal;
    private final NightRooms rooms;
    private final int[][] bedsBefore;

    /** By stay: its number in the solver's problem; those who have no nights are not in it. */
    private final int[] numbers;

    private final int[] stayOf;
    private final StayPlanProblem problem;
    private long bound;

    NightProblem(
            PlacementWorld vacant,
            NightCalendar calendar,
            List<PlannedStay> stays,
            NightPrices prices,
            NightDeal deal,
            int[][] bedsBefore) {
        this.stays = stays;
        this.prices = prices;
        this.deal = deal;
        this.bedsBefore = bedsBefore;
        rooms = new NightRooms(vacant, calendar, stays, deal.kept());
        rooms.count(needed(calendar));
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(calendar.nights());
        rooms.addTo(builder);
        numbers = new int[stays.size()];
        stayOf = new int[stays.size()];
        int count = 0;
        for (int stay = 0; stay < numbers.length; stay++) {
            if (stays.get(stay).nights() > 0) {
                stayOf[count] = stay;
                numbers[stay] = count++;
                add(stay, builder);
            }
        }
        problem = builder.build();
    }

    /** The places that those to come have in the plan before, by unit and night. */
    private int[] needed(NightCalendar calendar) {
        int[] needed = new int[rooms.count() * calendar.nights()];
        for (int stay = 0; stay < stays.size(); stay++) {
            PlannedStay who = stays.get(stay);
            for (int night = who.from; night < who.to; night++) {
                int bed = bedsBefore[stay][night];
                if (bed != Layout.NONE && bed != who.ownBed && bed != deal.promised(stay)) {
                    needed[rooms.unitOf(bed) * calendar.nights() + night]++;
                }
            }
        }
        return needed;
    }

    private void add(int stay, StayPlanProblem.Builder builder) {
        PlannedStay who = stays.get(stay);
        int promised = deal.promised(stay);
        if (who.isPresent()) {
            builder.stay(sex(who), StayPlanProblem.HARD, prices.move()).roomBefore(rooms.unitOf(who.ownBed));
            if (who.boundUntil > 0) {
                builder.part(0, who.boundUntil, only(who, who.ownBed), prices.move());
                bound += (long) who.boundUntil * prices.night(who, who.ownBed);
            }
            if (who.boundUntil < who.to) {
                addFree(who, promised, builder);
            }
        } else if (promised != Layout.NONE) {
            builder.stay(sex(who), StayPlanProblem.HARD, prices.move()).part(who.from, who.to, only(who, promised), 0);
            bound += (long) who.nights() * prices.night(who, promised);
        } else {
            int before = bedsBefore[stay][who.from];
            builder.stay(sex(who), prices.nowhere(who), prices.move());
            if (before != Layout.NONE) {
                builder.roomBefore(rooms.unitOf(before));
            }
            builder.part(who.from, who.to, rooms.prices(who, prices), prices.changedPromise());
            bound += (long) who.nights() * Math.min(prices.nowhere(who), prices.least(who));
        }
    }

    /** The nights on which somebody who is here may lie elsewhere. */
    private void addFree(PlannedStay who, int promised, StayPlanProblem.Builder builder) {
        int nights = who.to - who.boundUntil;
        if (promised != Layout.NONE) {
            builder.part(who.boundUntil, who.to, only(who, promised), 0);
            bound += (long) nights * prices.night(who, promised);
            return;
        }
        int[] all = rooms.prices(who, prices);
        long least = (long) nights * prices.least(who);
        if (who.waitsInOwnBed()) {
            all[rooms.unitOf(who.ownBed)] = prices.waiting(who);
            builder.part(who.boundUntil, who.to, all, 0);
            bound += Math.min(least, (long) nights * prices.waiting(who));
        } else {
            all[rooms.unitOf(who.ownBed)] = prices.night(who, who.ownBed);
            builder.part(who.boundUntil, who.to, all, prices.move());
            bound += Math.min(least + prices.move(), (long) nights * prices.night(who, who.ownBed));
        }
    }

    private int[] only(PlannedStay who, int bed) {
        int[] all = new int[rooms.count()];
        Arrays.fill(all, StayPlanProblem.NEVER);
        all[rooms.unitOf(bed)] = prices.night(who, bed);
        return all;
    }

    /** Whose sex nobody said is given rooms as a man; what that leaves out is asked for bed by bed. */
    private static Sex sex(PlannedStay who) {
        return who.sex == Sex.FEMALE ? Sex.FEMALE : Sex.MALE;
    }

    StayPlanProblem compiled() {
        return problem;
    }

    /** What no plan can cost less than: as if everybody were alone in the hospital. */
    long bound() {
        return bound;
    }

    /** The room that the plan before gives, as the solver asks for it. */
    int unitBefore(int number, int night) {
        int bed = bedsBefore[stayOf[number]][night];
        return bed == Layout.NONE ? StayPlanProblem.NOWHERE : rooms.unitOf(bed);
    }

    NightDeal.Wish beds(StayPlan plan) {
        return (stay, night) -> {
            int unit = plan.room(numbers[stay], night);
            return unit == StayPlanProblem.NOWHERE ? null : rooms.beds(unit);
        };
    }
}
