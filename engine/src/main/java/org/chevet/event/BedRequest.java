package org.chevet.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody needs a bed.
 *
 * @param stay whose bed, null when the patient is not registered here yet
 * @param service the service wished for, null when any that fits will do
 * @param priority 1 (vital) to 5 (can wait)
 * @param neededAt when the bed is needed
 * @param expectedLength how long the stay is expected to last, null when nobody said
 * @param negotiation what services answered to it, null while none did
 */
public record BedRequest(
        RequestId id,
        @Nullable StayId stay,
        @Nullable ServiceId service,
        RequestOrigin origin,
        CareNeeds needs,
        int priority,
        Instant requestedAt,
        Instant neededAt,
        @Nullable Duration expectedLength,
        @Nullable String note,
        @AddedLater @Nullable Negotiation negotiation) {
    public static final int PRIORITY_MOST_URGENT = 1;
    public static final int PRIORITY_LEAST_URGENT = 5;

    public BedRequest {
        if (priority < PRIORITY_MOST_URGENT || priority > PRIORITY_LEAST_URGENT) {
            throw new IllegalArgumentException("priority " + priority + " of bed request " + id + " is outside "
                    + PRIORITY_MOST_URGENT + " to " + PRIORITY_LEAST_URGENT);
        }
        if (negotiation != null && negotiation.isNone()) {
            negotiation = null;
        }
    }

    /** As it is made, before any service has answered. */
    public BedRequest(
            RequestId id,
            @Nullable StayId stay,
            @Nullable ServiceId service,
            RequestOrigin origin,
            CareNeeds needs,
            int priority,
            Instant requestedAt,
            Instant neededAt,
            @Nullable Duration expectedLength,
            @Nullable String note) {
        this(id, stay, service, origin, needs, priority, requestedAt, neededAt, expectedLength, note, null);
    }

    /** Who refused it, when and why, the first first. */
    public List<Refusal> refusals() {
        return answers().refusals();
    }

    /** What a service would rather give, null when nothing waits for an answer. */
    public @Nullable CounterProposal counterProposal() {
        return answers().counterProposal();
    }

    public BedRequest with(Refusal refusal) {
        return with(answers().with(refusal));
    }

    public BedRequest without(Refusal refusal) {
        return with(answers().without(refusal));
    }

    /** @param proposal null when none waits for an answer any longer */
    public BedRequest withCounterProposal(@Nullable CounterProposal proposal) {
        return with(answers().with(proposal));
    }

    private Negotiation answers() {
        return negotiation == null ? Negotiation.NONE : negotiation;
    }

    private BedRequest with(Negotiation answers) {
        return new BedRequest(
                id, stay, service, origin, needs, priority, requestedAt, neededAt, expectedLength, note, answers);
    }

    /** The same request, for another number of its patient. */
    public BedRequest forStay(StayId other) {
        return new BedRequest(
                id, other, service, origin, needs, priority, requestedAt, neededAt, expectedLength, note, negotiation);
    }
}
