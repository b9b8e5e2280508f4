package org.chevet.simulations.full;

import java.time.Instant;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.StayId;

/** Is told who lay where in a history, stretch by stretch. */
@FunctionalInterface
public interface Witness {
    /** What comes after a stretch in one bed. */
    enum Then {
        MOVES,
        LEAVES,
        DIES,
        /** The history is over first. */
        STAYS
    }

    /** Wants to know nothing. */
    Witness NONE = (stay, origin, needs, service, from, to, then) -> {};

    /**
     * When it is over.
     *
     * @param origin whence the patient came into the hospital
     * @param needs as they were known when it was over
     * @param service of the bed, by its place in the hospital
     */
    void lay(StayId stay, RequestOrigin origin, CareNeeds needs, int service, Instant from, Instant to, Then then);
}
