package org.chevet.placement;

import java.util.HashMap;
import java.util.Map;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Room;
import org.chevet.hospital.SexPolicy;

/**
 * Who may lie in a room together, as bits: for those without precautions and for each cohort, the women, the men, and anybody, which is
 * what a room is open to in which sexes mix.
 */
final class Companies {
    /** Of who shares a room with nobody. */
    static final long ALONE = 1;

    private static final int BITS_PER_COHORT = 3;

    /** What a {@code long} has room for. Who would be of one more is taken to lie alone: that fits too, if less well. */
    private static final int COHORTS_MAX = (Long.SIZE - 1) / BITS_PER_COHORT;

    private static final long WOMEN = 2;
    private static final long MEN = 4;
    private static final long ANYBODY = 8;

    private final Map<String, Integer> cohorts = new HashMap<>();

    long of(CareNeeds needs) {
        int cohort = 0;
        if (needs.isolation() != Isolation.NONE) {
            String name = PlacementWorld.cohortName(needs);
            if (name == null || cohorts.size() + 1 == COHORTS_MAX && !cohorts.containsKey(name)) {
                return ALONE;
            }
            cohort = cohorts.computeIfAbsent(name, none -> cohorts.size() + 1);
        }
        long sexes = switch (needs.sex()) {
            case FEMALE -> WOMEN;
            case MALE -> MEN;
            case UNKNOWN -> WOMEN | MEN;
        };
        return (sexes | ANYBODY) << BITS_PER_COHORT * cohort;
    }

    static long of(Room room) {
        long sexes = room.sexPolicy() == SexPolicy.SAME_SEX ? WOMEN | MEN : ANYBODY;
        long companies = ALONE;
        for (int cohort = 0; cohort < COHORTS_MAX; cohort++) {
            companies |= sexes << BITS_PER_COHORT * cohort;
        }
        return companies;
    }
}
