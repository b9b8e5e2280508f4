package org.chevet.simulations.drill;

import java.time.Instant;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.StayId;

/** Somebody who would have come on any other day as well. */
record OrdinaryPatient(
        StayId stay,
        Patient patient,
        RequestOrigin origin,
        Instant arrival,
        Instant seen,
        CareNeeds needs,
        int priority)
        implements Newcomer {
    static final String STAY = "ORD-";

    static boolean is(StayId stay) {
        return stay.value().startsWith(STAY);
    }

    /** Whether they come to a bed that is asked for beforehand, and not through the emergency department. */
    boolean isAnnounced() {
        return origin != RequestOrigin.EMERGENCY_DEPARTMENT;
    }

    /** From when on the hospital knows of them. */
    Instant known() {
        return isAnnounced() ? seen : arrival;
    }
}
