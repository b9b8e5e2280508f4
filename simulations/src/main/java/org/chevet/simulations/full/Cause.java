package org.chevet.simulations.full;

import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Isolation;
import org.chevet.simulations.demand.ArrivalCurve;
import org.chevet.simulations.flow.LengthOfStay;
import org.jspecify.annotations.Nullable;

/**
 * Why patients come: a stream of them, with its own chance.
 *
 * @param name of the stream; its chance is drawn from it, so another stream beside it changes nothing
 * @param service where they need a bed first, by its place in the hospital
 * @param priority 1 to 5, null when the level of care and chance say
 * @param lengthOfStay there, null for what is usual in the service
 * @param isolation null when specialty and chance say
 */
record Cause(
        String name,
        int service,
        RequestOrigin origin,
        @Nullable Integer priority,
        ArrivalCurve curve,
        @Nullable LengthOfStay lengthOfStay,
        double ageYears,
        double ageYearsSpread,
        @Nullable Isolation isolation,
        @Nullable String organism) {}
