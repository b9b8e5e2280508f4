package org.chevet.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chevet.event.BedRequest;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.Layout;
import org.chevet.placement.QueuePlan.Placed;
import org.chevet.placement.QueuePlan.Reason;
import org.chevet.placement.QueuePlan.Unplaced;
import org.chevet.placement.queue.AssignmentPlan;
import org.chevet.placement.queue.AssignmentProblem;
import org.chevet.placement.queue.AssignmentSolver;

/**
 * Plans a hospital's queue: every request without a reserved bed against every bed that is usable now or soon. Which bed may be whose, and at what
 * cost, is the scorer's word for each on its own; what they are to each other is the {@link AssignmentProblem}'s: who shares a room,
 * how many the room takes, and how many the staff can look after.
 *
 * <p>Costs are those of the hospital as it is: that one newcomer fills a service, or opens a room for a sex, is not in another's cost.
 * Who comes to a bed that somebody leaves, or stays in the service, takes no more staff; where a room has such beds and free ones, or the plan has such
 * patients and others, all are counted as if they did. What may be lost by it is in the bound, which counts none of these. Owns scratch: not thread-safe.
 */
public final class QueuePlanner {
    /** How many requests are planned at once, the most urgent; with the points of any usual policy they can be weighed. */
    public static final int REQUESTS_MAX = 500;

    private static final int PROPOSALS_MAX = 3;

    private final PlacementWorld world;
    private final Proposals proposals;

    public QueuePlanner(PlacementWorld world) {
        this.world = world;
        proposals = new Proposals(world);
    }

    /**
     * @param branchesMax see {@link AssignmentSolver#solve}
     * @throws IllegalArgumentException when the policy's points are too large to be weighed for so many requests
     */
    public QueuePlan plan(int branchesMax) {
        List<BedRequest> waiting = new ArrayList<>();
        for (OpenRequest open : world.view().requests()) {
            if (open.bed() == null) {
                waiting.add(open.request());
            }
        }
        List<BedRequest> planned = waiting.subList(0, Math.min(REQUESTS_MAX, waiting.size()));
        int[][] costs = costs(planned);
        boolean[] offered = offered(costs);
        Places sure = sure(offered);
        Places most = most(offered, planned);
        AssignmentPlan plan = AssignmentSolver.solve(problem(planned, costs, sure), branchesMax);
        AssignmentPlan.Value bound = most.isSameAs(sure)
                ? plan.bound()
                : AssignmentSolver.solve(problem(planned, costs, most), branchesMax)
                        .bound();
        List<Placed> placed = new ArrayList<>();
        List<Unplaced> unplaced = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            BedRequest request = planned.get(i);
            int bed = plan.beds()[i];
            if (bed == AssignmentPlan.NONE) {
                unplaced.add(unplaced(request, othersIn(costs[i], planned, plan.beds()), costs[i]));
            } else {
                placed.add(new Placed(request.id(), proposal(request, bed)));
            }
        }
        for (BedRequest request : waiting.subList(planned.size(), waiting.size())) {
            unplaced.add(new Unplaced(request.id(), Reason.TOO_MANY_WAIT, ranking(request), List.of()));
        }
        return new QueuePlan(placed, unplaced, plan.value(), bound);
    }

    private Demand demand(BedRequest request) {
        return Demand.of(world.view(), request, world.now());
    }

    private Ranking ranking(BedRequest request) {
        return proposals.rank(demand(request), PROPOSALS_MAX);
    }

    private Proposal proposal(BedRequest request, int bed) {
        BedId id = world.bed(bed).bed().id();
        Proposal proposal = proposals.explain(demand(request), id).proposal();
        if (proposal == null) {
            throw new IllegalStateException(
                    "request " + request.id() + " was planned for bed " + id + ", which a rule excludes");
        }
        return proposal;
    }

    private Unplaced unplaced(BedRequest request, List<RequestId> others, int[] costs) {
        boolean fits = Arrays.stream(costs).anyMatch(cost -> cost != AssignmentProblem.FORBIDDEN);
        return new Unplaced(request.id(), fits ? Reason.GIVEN_TO_OTHERS : Reason.NO_BED, ranking(request), others);
    }

    private static List<RequestId> othersIn(int[] costs, List<BedRequest> planned, int[] beds) {
        List<RequestId> others = new ArrayList<>();
        for (int i = 0; i < beds.length; i++) {
            if (beds[i] != AssignmentPlan.NONE && costs[beds[i]] != AssignmentProblem.FORBIDDEN) {
                others.add(planned.get(i).id());
            }
        }
        return others;
    }

    private int[][] costs(List<BedRequest> planned) {
        int[][] costs = new int[planned.size()][world.beds()];
        for (int i = 0; i < costs.length; i++) {
            Fit fit = new Fit(world, demand(planned.get(i)));
            for (int bed = 0; bed < costs[i].length; bed++) {
                costs[i][bed] = fit.broken(bed) == 0 ? fit.costPoints() : AssignmentProblem.FORBIDDEN;
            }
        }
        return costs;
    }

    /** How many may come, and where their staff is counted; the last service is of those who take none. */
    private record Places(int[] serviceOfRoom, int[] ofRoom, int[] ofService) {
        boolean isSameAs(Places other) {
            return Arrays.equals(serviceOfRoom, other.serviceOfRoom)
                    && Arrays.equals(ofRoom, other.ofRoom)
                    && Arrays.equals(ofService, other.ofService);
        }
    }

    /** As many as may come whoever they are. */
    private Places sure(boolean[] offered) {
        Places places = new Places(
                new int[world.hospital().rooms.length], new int[world.hospital().rooms.length], placesOfService());
        for (int room = 0; room < world.hospital().rooms.length; room++) {
            boolean onlyLeft = offers(room, offered, true) && !offers(room, offered, false);
            places.serviceOfRoom[room] = onlyLeft ? world.services() : serviceOfRoom(room);
            places.ofRoom[room] = placesOfRoom(room);
        }
        return places;
    }

    /** No fewer than may come, if those come who take the least. */
    private Places most(boolean[] offered, List<BedRequest> planned) {
        Layout layout = world.layout();
        Places places = new Places(
                new int[world.hospital().rooms.length], new int[world.hospital().rooms.length], placesOfService());
        Set<Integer> own = new HashSet<>();
        for (BedRequest request : planned) {
            own.addAll(ownBeds(demand(request)));
        }
        Set<Integer> ownRooms = new HashSet<>();
        for (int bed : own) {
            places.ofService[layout.serviceOfBed(bed)]++;
            ownRooms.add(layout.roomOfBed(bed));
        }
        for (int room = 0; room < world.hospital().rooms.length; room++) {
            boolean left = offers(room, offered, true);
            places.serviceOfRoom[room] = left ? world.services() : serviceOfRoom(room);
            places.ofRoom[room] = left || ownRooms.contains(room)
                    ? layout.endOfRoom(room) - layout.firstBedOfRoom(room)
                    : placesOfRoom(room);
        }
        return places;
    }

    /** That somebody lies in, or that is held for another request of theirs. */
    private List<Integer> ownBeds(Demand demand) {
        List<Integer> own = new ArrayList<>();
        if (demand.bed() != null) {
            own.add(world.layout().bed(demand.bed()));
        }
        for (RequestId request : demand.requests()) {
            OpenRequest open = world.requests.get(request);
            if (open != null && open.bed() != null) {
                own.add(world.layout().bed(open.bed()));
            }
        }
        return own;
    }

    private int serviceOfRoom(int room) {
        return world.layout().serviceOfBed(world.layout().firstBedOfRoom(room));
    }

    private AssignmentProblem problem(List<BedRequest> planned, int[][] costs, Places places) {
        Companies companies = new Companies();
        long[] companiesOfRequest = planned.stream()
                .mapToLong(request -> companies.of(demand(request).needs()))
                .toArray();
        int[] roomOfBed = new int[world.beds()];
        Arrays.setAll(roomOfBed, world.layout()::roomOfBed);
        return new AssignmentProblem(
                ranks(planned),
                Arrays.stream(world.hospital().rankOfBed).asLongStream().toArray(),
                planned.stream().mapToInt(BedRequest::priority).toArray(),
                companiesOfRequest,
                costs,
                roomOfBed,
                places.serviceOfRoom,
                Arrays.stream(world.hospital().rooms).mapToLong(Companies::of).toArray(),
                places.ofRoom,
                places.ofService,
                Companies.ALONE);
    }

    private boolean[] offered(int[][] costs) {
        boolean[] offered = new boolean[world.beds()];
        for (int[] row : costs) {
            for (int bed = 0; bed < row.length; bed++) {
                offered[bed] |= row[bed] != AssignmentProblem.FORBIDDEN;
            }
        }
        return offered;
    }

    /** Whether a bed of the room may be had that somebody leaves, or one where nobody lies. */
    private boolean offers(int room, boolean[] offered, boolean left) {
        Layout layout = world.layout();
        for (int bed = layout.firstBedOfRoom(room); bed < layout.endOfRoom(room); bed++) {
            if (offered[bed] && (world.flags[bed] & PlacementWorld.TAKEN) != 0 == left) {
                return true;
            }
        }
        return false;
    }

    /** Of a room with no more beds than places, surge beds left out, each bed has its own. */
    private int placesOfRoom(int room) {
        Room is = world.hospital().rooms[room];
        Layout layout = world.layout();
        int beds = 0;
        for (int bed = layout.firstBedOfRoom(room); bed < layout.endOfRoom(room); bed++) {
            beds += (world.flags[bed] & PlacementWorld.SURGE) == 0 ? 1 : 0;
        }
        return beds <= is.capacity()
                ? layout.endOfRoom(room) - layout.firstBedOfRoom(room)
                : Math.max(1, is.capacity() - world.roomTenants[room]);
    }

    /** The last one is of the rooms that take no more staff. */
    private int[] placesOfService() {
        int[] places = new int[world.services() + 1];
        for (int service = 0; service < world.services(); service++) {
            places[service] =
                    world.staffed[service] + world.hospital().policy.staffingMarginBeds() - world.load[service];
        }
        places[world.services()] = world.beds();
        return places;
    }

    private static long[] ranks(List<BedRequest> planned) {
        List<RequestId> sorted = planned.stream().map(BedRequest::id).sorted().toList();
        long[] ranks = new long[planned.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = sorted.indexOf(planned.get(i).id());
        }
        return ranks;
    }
}
