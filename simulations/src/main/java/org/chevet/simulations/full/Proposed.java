package org.chevet.simulations.full;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.chevet.event.BedRequest;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.Demand;
import org.chevet.placement.Fit;
import org.chevet.placement.Proposal;
import org.jspecify.annotations.Nullable;

/**
 * Chevet's proposals, taken as they come: the most urgent request first, each the best bed that is left. Who is proposed a bed that is not
 * ready yet waits for it, and it is kept for them. Whoever was looked for is looked for again once a bed that they may have has become ready.
 */
final class Proposed implements BedPolicy {
    private final Map<RequestId, Wait> waiting = new HashMap<>();

    private final Set<BedId> kept = new HashSet<>();
    private long round;

    /** Somebody who was looked for. */
    private static final class Wait {
        final Demand demand;

        /** That is kept for them, null where no bed will do. */
        final @Nullable BedId bed;

        /** The last round in which they still waited. */
        long round;

        Wait(Demand demand, @Nullable BedId bed) {
            this.demand = demand;
            this.bed = bed;
        }
    }

    @Override
    public void choose(Desk desk) {
        List<HospitalView.OpenRequest> requests = desk.view().requests();
        forgetAllBut(requests);
        for (int i = 0; i < requests.size(); i++) {
            HospitalView.OpenRequest open = requests.get(i);
            if (open.bed() == null && isWorthALook(desk, open.request())) {
                look(desk, open.request());
            }
        }
    }

    private void forgetAllBut(List<HospitalView.OpenRequest> requests) {
        round++;
        int still = 0;
        for (int i = 0; !waiting.isEmpty() && i < requests.size(); i++) {
            Wait wait = waiting.get(requests.get(i).request().id());
            if (wait != null && requests.get(i).bed() == null) {
                wait.round = round;
                still++;
            }
        }
        if (still < waiting.size()) {
            waiting.values().removeIf(this::isOver);
        }
    }

    private boolean isOver(Wait wait) {
        boolean over = wait.round < round;
        if (over && wait.bed != null) {
            kept.remove(wait.bed);
        }
        return over;
    }

    private boolean isWorthALook(Desk desk, BedRequest request) {
        Wait wait = waiting.get(request.id());
        return desk.isAllNew()
                || wait == null
                || !desk.becameReady().isEmpty()
                        && desk.proposals().firstAllowed(wait.demand, desk.becameReady()) != null;
    }

    private void look(Desk desk, BedRequest request) {
        Wait before = waiting.remove(request.id());
        if (before != null && before.bed != null) {
            kept.remove(before.bed);
        }
        HospitalView view = desk.view();
        Demand demand = Demand.of(view, request, desk.now());
        Proposal best = desk.proposals().best(demand, kept);
        if (best == null) {
            waiting.put(request.id(), new Wait(demand, null));
        } else if (!isReady(view, best)) {
            kept.add(best.bed());
            waiting.put(request.id(), new Wait(demand, best.bed()));
        } else if (!isBetterInTheMorning(view, best, desk.now())) {
            desk.give(new Choice(Objects.requireNonNull(request.stay()), best.bed(), request.id()));
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
