package org.chevet.simulations.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.chevet.event.BedRequest;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.Demand;
import org.chevet.placement.Fit;
import org.chevet.placement.Proposal;

/**
 * Chevet's proposals, taken as they come: the most urgent request first, each the best bed that is left. Who is proposed a bed that is not
 * ready yet waits for it, and it is kept for them.
 */
final class Proposed implements BedPolicy {
    @Override
    public String name() {
        return "Chevet";
    }

    @Override
    public void choose(Desk desk) {
        List<BedRequest> requests = new ArrayList<>();
        for (HospitalView.OpenRequest open : desk.view().requests()) {
            requests.add(open.request());
        }
        requests.sort(Comparator.comparing(BedRequest::priority).thenComparing(BedRequest::requestedAt));
        Set<BedId> kept = new HashSet<>();
        for (BedRequest request : requests) {
            HospitalView view = desk.view();
            Demand demand = Demand.of(view, request, desk.now());
            for (Proposal proposal :
                    desk.proposals().rank(demand, kept.size() + 1).proposals()) {
                if (!kept.contains(proposal.bed())) {
                    if (isReady(view, proposal) && !isBetterInTheMorning(view, proposal, desk.now())) {
                        desk.give(new Choice(Objects.requireNonNull(request.stay()), proposal.bed(), request.id()));
                    } else {
                        kept.add(proposal.bed());
                    }
                    break;
                }
            }
        }
    }

    private static boolean isReady(HospitalView view, Proposal proposal) {
        return Objects.requireNonNull(view.bed(proposal.bed())).status().state() == BedState.READY;
    }

    /** By the hospital's own weights: whether a night move costs more than to wait for the end of the night. */
    private static boolean isBetterInTheMorning(HospitalView view, Proposal proposal, Instant now) {
        int night = 0;
        for (Proposal.Part part : proposal.parts()) {
            night += part.rule() == PlacementRule.NIGHT_MOVE ? part.points() : 0;
        }
        if (night == 0) {
            return false;
        }
        ZonedDateTime local = now.atZone(view.hospital().zone());
        ZonedDateTime morning = local.toLocalTime().isBefore(Fit.NIGHT_TO)
                ? local.with(Fit.NIGHT_TO)
                : local.plusDays(1).with(Fit.NIGHT_TO);
        double hours = Duration.between(local, morning).toMinutes() / 60.0;
        return night > hours * view.hospital().placementPolicy().points(PlacementRule.READY_SOONER);
    }
}
