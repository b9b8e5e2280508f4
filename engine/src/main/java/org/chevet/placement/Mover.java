package org.chevet.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.chevet.event.BedRequest;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.InterhospitalTransfer;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.placement.PlacementWorld.Tenant;
import org.jspecify.annotations.Nullable;

/** Who is to be put in a bed in the course of a cascade: a patient who lies in another, or the one who waits. */
final class Mover {
    /** Rules that no move of anybody else makes good. */
    private static final int FIXED = PlacementRule.BED_CLOSED.bit()
            | PlacementRule.BED_BLOCKED.bit()
            | PlacementRule.BED_RESERVED.bit()
            | PlacementRule.AGE.bit()
            | PlacementRule.EQUIPMENT.bit()
            | PlacementRule.LEVEL_OF_CARE.bit()
            | PlacementRule.SPECIALTY.bit()
            | PlacementRule.REFUSED.bit();

    /** Where they lie, NONE of the one who waits. */
    final int bed;

    final Demand demand;
    final Fit fit;
    final Tenant tenant;

    private final PlacementWorld world;
    private int @Nullable [] candidates;

    private Mover(PlacementWorld world, Demand demand, int bed, Tenant tenant) {
        this.world = world;
        this.demand = demand;
        this.bed = bed;
        this.tenant = tenant;
        fit = new Fit(world, demand);
    }

    static Mover waiting(PlacementWorld world, BedRequest request) {
        Demand demand = Demand.of(world.view(), request, world.now());
        CareNeeds needs = demand.needs();
        Tenant tenant = new Tenant(demand.stay(), request.id(), needs.sex(), world.knownCohort(needs), false);
        return new Mover(world, demand, Layout.NONE, tenant);
    }

    /**
     * Those who may be moved, by bed: present, alone in a bed that is reserved for nobody, without a bed request or a transfer to another hospital
     * that is under way, and not due to leave within these hours.
     */
    static @Nullable Mover[] allBut(PlacementWorld world, @Nullable StayId waiting, int hoursBeforeDischarge) {
        HospitalView view = world.view();
        Set<StayId> going = view.transfers().stream()
                .filter(transfer -> transfer.state().isOpen() && transfer.stay() != null)
                .map(InterhospitalTransfer::stay)
                .collect(Collectors.toSet());
        view.requests().forEach(open -> {
            if (open.request().stay() != null) {
                going.add(open.request().stay());
            }
        });
        Mover[] movers = new Mover[world.beds()];
        for (int bed = 0; bed < movers.length; bed++) {
            BedView is = world.bed(bed);
            Stay stay = is.occupants().size() == 1 ? is.occupants().getFirst() : null;
            if (stay != null
                    && is.status().reservation() == null
                    && stay.status() == StayStatus.PRESENT
                    && !stay.id().equals(waiting)
                    && !going.contains(stay.id())
                    && (stay.expectedDischarge() == null
                            || !stay.expectedDischarge()
                                    .isBefore(world.now().plusSeconds(hoursBeforeDischarge * 3_600L)))) {
                movers[bed] = new Mover(world, Demand.of(view, stay, world.now()), bed, world.tenants[bed][0]);
            }
        }
        return movers;
    }

    boolean knowsCandidates() {
        return candidates != null;
    }

    /** The beds that could be theirs, were everybody else anywhere. */
    int[] candidates() {
        int[] known = candidates;
        if (known == null) {
            known = findCandidates();
            candidates = known;
        }
        return known;
    }

    private int[] findCandidates() {
        List<Integer> found = new ArrayList<>();
        for (int service : fit.services()) {
            if (fit.bound(service) < 0) {
                continue;
            }
            int end = world.layout().endOfService(service);
            for (int other = world.layout().firstBedOfService(service); other < end; other++) {
                if (other != bed && couldHave(other)) {
                    found.add(other);
                }
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean couldHave(int other) {
        CareNeeds needs = demand.needs();
        Room room = world.hospital().rooms[world.layout().roomOfBed(other)];
        boolean mayIsolate =
                needs.isolation().isMetBy(room.isolation()) || world.knownCohort(needs) > PlacementWorld.NO_PRECAUTIONS;
        return mayIsolate && room.sexPolicy().admits(needs.sex()) && (fit.broken(other) & FIXED) == 0;
    }
}
