package org.chevet.simulations.full;

import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.simulations.demand.Draws;
import org.jspecify.annotations.Nullable;

/** Somebody who comes, or came and is not gone. Times are seconds of {@link SimulatedDays}. */
final class Person {
    /** What is drawn of a person, each by itself. */
    enum Chance {
        NEEDS,
        PRIORITY,
        EMERGENCY_STAY,
        CANCELS,
        PUT_OFF,
        KEPT_AWAY,
        STAY,
        REMAINS,
        ERROR,
        END,
        LEAVING_DAY,
        REFUSAL,
        TRANSPORT,
        CLEANING,
        EARLY;

        Draws of(Draws draws, Person person, int index) {
            return draws.about(person.seed, ordinal(), index);
        }
    }

    final long seed;
    final Cause cause;
    final StayId stay;
    final long comes;

    CareNeeds needs;

    /** Where they need to be now, which need not be where they are. */
    int service;

    /** How many stretches of the stay are over. */
    int stretch;

    int priority;

    /** Bed requests so far. */
    int requests;

    /** Whether they were there when the history began. */
    boolean lay;

    int refusals;

    @Nullable
    RequestId request;

    long askedAt;

    /** Nobody looks for a bed again before. */
    long notBefore;

    @Nullable
    BedId bed;

    @Nullable
    BedId held;

    long inBedSince;
    boolean outlier;
    boolean isDead;

    /** {@link Long#MAX_VALUE} while they do not know. */
    long leavesAt = Long.MAX_VALUE;

    /** Whether the bed is to be left though the stretch is not over. */
    boolean evacuated;

    boolean gone;

    Person(long seed, Cause cause, StayId stay, long comes, CareNeeds needs) {
        this.seed = seed;
        this.cause = cause;
        this.stay = stay;
        this.comes = comes;
        this.needs = needs;
        service = cause.service();
    }
}
