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

    /** A bed and its service as they are not: before the change, or after it while it is taken back. */
    private final class Change {
        private final int bed;
        private final int service;
        private int broken;
        private int flags;
        private long freeAtSecond;
        private int cleaningSeconds;
        private Tenant[] tenants;
        private int load;
        private int forEmergencies;

        Change(int bed) {
            this.bed = bed;
            service = world.layout().serviceOfBed(bed);
            broken = world.broken[bed];
            flags = world.flags[bed];
            freeAtSecond = world.freeAtSecond[bed];
            cleaningSeconds = world.cleaningSeconds[bed];
            tenants = world.tenants[bed];
            load = world.load[service];
            forEmergencies = world.forEmergencies[service];
        }

        void swap() {
            Change now = new Change(bed);
            world.broken[bed] = broken;
            world.flags[bed] = flags;
            world.freeAtSecond[bed] = freeAtSecond;
            world.cleaningSeconds[bed] = cleaningSeconds;
            world.tenants[bed] = tenants;
            world.load[service] = load;
            world.forEmergencies[service] = forEmergencies;
            world.compileRoom(world.layout().roomOfBed(bed));
            broken = now.broken;
            flags = now.flags;
            freeAtSecond = now.freeAtSecond;
            cleaningSeconds = now.cleaningSeconds;
            tenants = now.tenants;
            load = now.load;
            forEmergencies = now.forEmergencies;
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
        Change change = changed(bed);
        Tenant[] before = world.tenants[bed];
        boolean blocked = (world.flags[bed] & PlacementWorld.BLOCK) != 0;
        world.freeAtSecond[bed] = blocked ? Math.max(atSecond, world.freeAtSecond[bed]) : atSecond;
        world.cleaningSeconds[bed] = world.policy().cleaningMinutes() * 60;
        if (before.length > 1) {
            world.tenants[bed] = new Tenant[] {before[1].comingAfter(NOBODY)};
        } else {
            world.broken[bed] &= ~PlacementRule.BED_OCCUPIED.bit();
            world.flags[bed] &= ~PlacementWorld.TAKEN;
            world.tenants[bed] = NOBODY;
            world.load[change.service]--;
        }
        world.compileRoom(world.layout().roomOfBed(bed));
    }

    /** Somebody is put in the bed, after whoever is due to leave it and is counted until they have. */
    void occupy(int bed, Tenant tenant) {
        Change change = changed(bed);
        boolean wasFree = (world.flags[bed] & PlacementWorld.FREE) != 0;
        world.broken[bed] |= PlacementRule.BED_OCCUPIED.bit();
        world.flags[bed] = world.flags[bed] & ~PlacementWorld.FREE | PlacementWorld.TAKEN;
        world.load[change.service] += world.tenants[bed].length > 0 ? 0 : 1;
        world.forEmergencies[change.service] -= wasFree ? 1 : 0;
        Tenant[] before = world.tenants[bed];
        world.tenants[bed] = Arrays.copyOf(before, before.length + 1);
        world.tenants[bed][before.length] = tenant.comingAfter(before);
        world.compileRoom(world.layout().roomOfBed(bed));
    }

    private Change changed(int bed) {
        Change change = new Change(bed);
        changes.add(change);
        return change;
    }
}
