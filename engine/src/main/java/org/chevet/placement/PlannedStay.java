package org.chevet.placement;

import java.time.Instant;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.occupancy.Layout;
import org.chevet.placement.BedPlan.Who;

/** Somebody who is to lie in beds on some of a plan's nights, with what each bed is for them whatever the others do. */
final class PlannedStay {
    final Who who;

    final Demand demand;
    final CareNeeds needs;
    final Sex sex;
    final int priority;

    /** The first night, and the one after the last. */
    final int from;

    final int to;
    final Instant begins;
    final Instant ends;
    final boolean endKnown;

    /** Where they lie now. */
    final int ownBed;

    /** Until this night they stay in their own bed, whatever else would be better. */
    final int boundUntil;

    /** The bed reserved for them, or NONE. */
    final int promisedBed;

    /** Whether those beside them are in the way of the isolation or the single room that they need. */
    final boolean isDisturbed;

    /** By bed: the points of a proposal, or the rules that exclude it as a mask, complemented. */
    private final int[] fit;

    /** The points of the own bed and of the reserved one, whether a rule excludes them or not. */
    private final int ownPoints;

    private final int promisedPoints;

    PlannedStay(Draft draft, PlacementWorld vacant) {
        who = draft.who;
        demand = draft.demand;
        needs = demand.needs();
        sex = needs.sex();
        priority = draft.priority;
        from = draft.from;
        to = draft.to;
        begins = draft.begins;
        ends = draft.ends;
        endKnown = draft.endKnown;
        ownBed = draft.ownBed;
        boundUntil = draft.boundUntil;
        promisedBed = draft.promisedBed;
        isDisturbed = draft.isDisturbed;
        Fit scorer = new Fit(vacant, demand.lyingNowhere());
        fit = new int[vacant.beds()];
        int own = 0;
        int promised = 0;
        for (int bed = 0; bed < fit.length; bed++) {
            int broken = scorer.broken(bed);
            fit[bed] = broken == 0 ? scorer.costPoints() : ~broken;
            own = bed == ownBed ? scorer.costPoints() : own;
            promised = bed == promisedBed ? scorer.costPoints() : promised;
        }
        ownPoints = own;
        promisedPoints = promised;
    }

    /** @param demand as the request says where there is one, else as the stay does */
    record Draft(
            Who who,
            Demand demand,
            int priority,
            int from,
            int to,
            Instant begins,
            Instant ends,
            boolean endKnown,
            int ownBed,
            int boundUntil,
            int promisedBed,
            boolean isDisturbed) {}

    int beds() {
        return fit.length;
    }

    int nights() {
        return to - from;
    }

    boolean isPresent() {
        return ownBed != Layout.NONE;
    }

    /** Whether they are here, wait for another bed, and lie on in their own until they have it. */
    boolean waitsInOwnBed() {
        return isPresent() && who.request() != null;
    }

    /** Whether they can share a room with nobody, as long as no cohort is made. */
    boolean isAlone() {
        return needs.isolation() != Isolation.NONE || needs.singleRoom() == SingleRoom.PRESCRIBED;
    }

    /** The rules by which the bed excludes them on any night. */
    int broken(int bed) {
        return fit[bed] < 0 ? ~fit[bed] : 0;
    }

    /** Of a bed that is not excluded, of their own, or of the one reserved for them. */
    int points(int bed) {
        return bed == ownBed ? ownPoints : bed == promisedBed ? promisedPoints : fit[bed];
    }
}
