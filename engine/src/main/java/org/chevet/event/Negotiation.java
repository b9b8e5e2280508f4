package org.chevet.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What services answered to a bed request. It goes where the request goes.
 *
 * @param refusals the first made first
 * @param counterProposal the one that waits for an answer
 */
public record Negotiation(List<Refusal> refusals, @Nullable CounterProposal counterProposal) {
    static final Negotiation NONE = new Negotiation(List.of(), null);

    public Negotiation {
        refusals = List.copyOf(refusals);
    }

    boolean isNone() {
        return refusals.isEmpty() && counterProposal == null;
    }

    Negotiation with(Refusal refusal) {
        List<Refusal> more = new ArrayList<>(refusals);
        more.add(refusal);
        return new Negotiation(more, counterProposal);
    }

    /** Without the last that is this one. */
    Negotiation without(Refusal refusal) {
        List<Refusal> fewer = new ArrayList<>(refusals);
        int index = fewer.lastIndexOf(refusal);
        if (index >= 0) {
            fewer.remove(index);
        }
        return new Negotiation(fewer, counterProposal);
    }

    Negotiation with(@Nullable CounterProposal proposal) {
        return new Negotiation(refusals, proposal);
    }
}
