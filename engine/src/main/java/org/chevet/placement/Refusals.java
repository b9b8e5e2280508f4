package org.chevet.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.chevet.event.BedRequest;
import org.chevet.event.CounterProposal;
import org.chevet.event.Refusal;
import org.chevet.event.RefusalReason.About;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.jspecify.annotations.Nullable;

/**
 * What services answered to somebody's requests, and against which beds it stands. A refusal for a lasting reason stands until the request is over or
 * the patient's needs change, any other for {@value #STANDING_HOURS} hours or until the bed has changed as the service waited for. None stands against a bed that the
 * service has proposed since, or that is held for the patient.
 */
final class Refusals {
    /** About a shift: whoever answered has been relieved by then. */
    static final int STANDING_HOURS = 8;

    static final Refusals NONE = new Refusals(List.of());

    private static final int SECONDS_PER_HOUR = 3_600;

    /** @param bed that was named, NONE where all of the service are meant */
    private record Standing(Refusal refusal, int service, int bed, int proposedSince, int held) {}

    private final List<Standing> all;

    private Refusals(List<Standing> all) {
        this.all = all;
    }

    static Refusals of(PlacementWorld world, Set<RequestId> requests) {
        List<HospitalView.OpenRequest> refused = new ArrayList<>(0);
        for (RequestId own : requests) {
            HospitalView.OpenRequest open = world.requests.get(own);
            if (open != null && !open.refusals().isEmpty()) {
                refused.add(open);
            }
        }
        if (refused.isEmpty()) {
            return NONE;
        }
        // A set's own order differs from process to process.
        refused.sort(Comparator.comparing(open -> open.request().id()));
        List<Standing> found = new ArrayList<>();
        refused.forEach(open -> add(world.layout(), open, found));
        found.sort(Comparator.comparing(standing -> standing.refusal.at()));
        return new Refusals(found);
    }

    private static void add(Layout layout, HospitalView.OpenRequest open, List<Standing> found) {
        BedRequest request = open.request();
        CounterProposal proposal = request.counterProposal();
        int held = open.bed() == null ? Layout.NONE : layout.bed(open.bed());
        for (Refusal refusal : request.refusals()) {
            boolean since = proposal != null && !proposal.at().isBefore(refusal.at());
            found.add(new Standing(
                    refusal,
                    layout.service(refusal.service()),
                    refusal.bed() == null ? Layout.NONE : layout.bed(refusal.bed()),
                    since ? layout.bed(Objects.requireNonNull(proposal).bed()) : Layout.NONE,
                    held));
        }
    }

    boolean isNone() {
        return all.isEmpty();
    }

    /**
     * The refusal that stands against a bed, the last of those for a lasting reason before any other; null for none.
     *
     * @param second of the epoch from which the patient would lie in it
     */
    @Nullable
    Refusal against(PlacementWorld world, int bed, long second) {
        Refusal strongest = null;
        for (Standing standing : all) {
            if (standing.held != bed
                    && standing.proposedSince != bed
                    && concerns(standing, world.layout(), bed)
                    && stands(standing.refusal, world.bed(bed).status(), second)
                    && (strongest == null || isLasting(standing.refusal) || !isLasting(strongest))) {
                strongest = standing.refusal;
            }
        }
        return strongest;
    }

    static boolean isLasting(Refusal refusal) {
        return refusal.reason().about().isLasting();
    }

    private static boolean concerns(Standing standing, Layout layout, int bed) {
        About about = standing.refusal.reason().about();
        if (about == About.PATIENT || about == About.SERVICE || standing.refusal.bed() == null) {
            return layout.serviceOfBed(bed) == standing.service;
        }
        return about == About.BED
                ? bed == standing.bed
                : standing.bed != Layout.NONE && layout.roomOfBed(bed) == layout.roomOfBed(standing.bed);
    }

    private static boolean stands(Refusal refusal, BedStatus status, long second) {
        boolean changed = status.since().isAfter(refusal.at());
        boolean stillStands = switch (refusal.reason()) {
            case WRONG_SPECIALTY, NEEDS_TOO_HEAVY, ISOLATION_IMPOSSIBLE, NO_STAFF, OTHER -> true;
            case BED_BEING_PREPARED -> !(changed && status.state() == BedState.READY);
            case DISCHARGE_NOT_SURE -> !(changed && status.occupants().isEmpty());
        };
        return stillStands
                && (isLasting(refusal)
                        || second < refusal.at().getEpochSecond() + (long) STANDING_HOURS * SECONDS_PER_HOUR);
    }
}
