package org.chevet.simulations.flow;

import java.util.Map;

/**
 * A service as a flow sees it.
 *
 * @param externalArrivalsPerDay mean number of patients a day who do not come from another service of the hospital; Poisson
 * @param transfers share of its stays that go on in another service, by that service's name; the rest leaves the hospital
 */
public record FlowService(
        String name,
        int beds,
        LengthOfStay lengthOfStay,
        double externalArrivalsPerDay,
        Map<String, Double> transfers) {
    public FlowService {
        transfers = Map.copyOf(transfers);
        if (beds < 1) {
            throw new IllegalArgumentException("service " + name + " has " + beds + " beds, it must have 1 or more");
        }
        if (!(externalArrivalsPerDay >= 0 && Double.isFinite(externalArrivalsPerDay))) {
            throw new IllegalArgumentException("service " + name + ": externalArrivalsPerDay is "
                    + externalArrivalsPerDay + ", it must be 0 or more");
        }
        double leavesTo = 0;
        for (double share : transfers.values()) {
            if (!(share >= 0)) {
                throw new IllegalArgumentException(
                        "service " + name + ": a share of transfers is " + share + ", it must be 0 or more");
            }
            leavesTo += share;
        }
        if (leavesTo > 1 + 1e-9) {
            throw new IllegalArgumentException(
                    "service " + name + ": its transfers add up to " + leavesTo + ", they must not pass 1");
        }
    }
}
