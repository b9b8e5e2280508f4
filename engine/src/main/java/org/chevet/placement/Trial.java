package org.chevet.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.hospital.PlacementRule;
import org.chevet.placement.PlacementWorld.Tenant;

/** What a world would be like: moves are made in its arrays and taken back. Whoever scored beds before asks anew after each. */
final class Trial {
    private static final Tenant[] NOBODY = {};

    private final PlacementWorld world;
    private final List<Change> changes = new ArrayList<>();

    Trial(PlacementWorld world) {
        this.world = world;
    }

    /** A bed as it is not: before the change, or after it while it is taken back. */
    private final class Change {
        private final int bed;
        private int broken;
        private int flags;
        private long freeAtSecond;
        private int cleaningSeconds;
        private Tenant[] tenants;

        Change(int bed) {
            this.bed = bed;
            broken = world.broken[bed];
            flags = world.flags[bed];
            freeAtSecond = world.freeAtSecond[bed];
            cleaningSeconds = world.cleaningSeconds[bed];
            tenants = world.tenants[bed];
        }

        void swap() {
            Change now = new Change(bed);
            world.leaveOut(bed);
            world.broken[bed] = broken;
            world.flags[bed] = flags;
            world.freeAtSecond[bed] = freeAtSecond;
            world.cleaningSeconds[bed] = cleaningSeconds;
            world.tenants[bed] = tenants;
            world.takeIn(bed);
            broken = now.broken;
            flags = now.flags;
            freeAtSecond = now.freeAtSecond;
            cleaningSeconds = now.cleaningSeconds;
            tenants = now.tenants;
        }
    }

    /** How many changes there are: to come back to. */
    int mark() {
        return changes.size();
    }

    void backTo(int mark) {
        while (changes.size() > mark) {
            changes.removeLast().swap();
        }
    }

    /** Takes everything back, until {@link #resume}. */
    void suspend() {
        for (int i = changes.size() - 1; i >= 0; i--) {
            changes.get(i).swap();
        }
    }

    /** What was done before {@link #suspend} is done again; nothing else may be left. */
    void resume() {
        changes.forEach(Change::swap);
    }

    /** Whoever lies in the bed leaves it to be cleaned, for who was put there to come after them, if anybody was. */
    void vacate(int bed, long atSecond) {
        begin(bed);
        Tenant[] before = world.tenants[bed];
        boolean blocked = (world.flags[bed] & PlacementWorld.BLOCK) != 0;
        world.freeAtSecond[bed] = blocked ? Math.max(atSecond, world.freeAtSecond[bed]) : atSecond;
        world.cleaningSeconds[bed] = world.hospital().policy.cleaningMinutes() * 60;
        if (before.length > 1) {
            world.tenants[bed] = new Tenant[] {before[1].comingAfter(NOBODY)};
        } else {
            world.broken[bed] &= ~PlacementRule.BED_OCCUPIED.bit();
            world.flags[bed] &= ~PlacementWorld.TAKEN;
            world.tenants[bed] = NOBODY;
        }
        world.takeIn(bed);
    }

    /** Somebody is put in the bed, after whoever is due to leave it and is counted until they have. */
    void occupy(int bed, Tenant tenant) {
        begin(bed);
        world.broken[bed] |= PlacementRule.BED_OCCUPIED.bit();
        world.flags[bed] = world.flags[bed] & ~PlacementWorld.FREE | PlacementWorld.TAKEN;
        Tenant[] before = world.tenants[bed];
        world.tenants[bed] = Arrays.copyOf(before, before.length + 1);
        world.tenants[bed][before.length] = tenant.comingAfter(before);
        world.takeIn(bed);
    }

    private void begin(int bed) {
        changes.add(new Change(bed));
        world.leaveOut(bed);
    }
}
