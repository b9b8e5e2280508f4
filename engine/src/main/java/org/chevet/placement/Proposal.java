package org.chevet.placement;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Refusal;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * A bed that breaks no rule, and what speaks against it.
 *
 * @param costPoints the sum of the parts; 0 is perfect
 * @param parts of the rules that cost something, in the rules' order
 * @param usableAt when the patient could lie in it, never before the time of the proposal
 * @param harms requests that would find what they need no more
 * @param refusal the service's answer that counts against it, null for none
 */
public record Proposal(
        BedId bed,
        ServiceId service,
        int costPoints,
        List<Part> parts,
        Instant usableAt,
        Readiness readiness,
        List<Harm> harms,
        @Nullable Refusal refusal) {
    public Proposal {
        parts = List.copyOf(parts);
        harms = List.copyOf(harms);
    }

    public record Part(PlacementRule rule, int points) {}

    /** What is waited for. */
    public enum Readiness {
        READY,
        CLEANING,
        DISCHARGE,
        END_OF_BLOCK
    }

    /** @param request the most urgent one for which none is left */
    public record Harm(Scarce scarce, RequestId request) {}

    /** What there are few of. */
    public enum Scarce {
        NEGATIVE_PRESSURE,
        PROTECTED_ROOM,
        INTENSIVE_CARE,
        INTERMEDIATE_CARE,
        SINGLE_ROOM
    }
}
