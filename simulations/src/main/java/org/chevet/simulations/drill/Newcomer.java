package org.chevet.simulations.drill;

import java.time.Instant;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Somebody who comes to the hospital of a drill. Invented, and the same for one drill whatever happens. */
sealed interface Newcomer permits Casualty, OrdinaryPatient {
    StayId stay();

    Patient patient();

    /** At the hospital's door. */
    Instant arrival();

    /** When it is known what they need: the emergency department has seen them, or they were called in. */
    Instant seen();

    /** Of a bed, null for one who goes home. */
    @Nullable
    CareNeeds needs();

    /** 1 (vital) to 5 (can wait). */
    int priority();

    default RequestId request() {
        return new RequestId(stay().value() + "-LIT");
    }
}
