package org.chevet.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * A newcomer to a bed that somebody leaves takes no more staff; where a room has such beds and free ones, all are
 * counted as if they did. Owns scratch: not thread-safe.
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
        AssignmentPlan plan = AssignmentSolver.solve(problem(planned, costs), branchesMax);
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
        return new QueuePlan(placed, unplaced, plan.value(), plan.bound());
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

    private AssignmentProblem problem(List<BedRequest> planned, int[][] costs) {
        Companies companies = new Companies();
        long[] companiesOfRequest = planned.stream()
                .mapToLong(request -> companies.of(demand(request).needs()))
                .toArray();
        Layout layout = world.layout();
        int rooms = world.rooms.length;
        int[] roomOfBed = new int[world.beds()];
        Arrays.setAll(roomOfBed, layout::roomOfBed);
        long[] companiesOfRoom = new long[rooms];
        int[] placesOfRoom = new int[rooms];
        int[] serviceOfRoom = new int[rooms];
        boolean[] offered = offered(costs);
        for (int room = 0; room < rooms; room++) {
            companiesOfRoom[room] = Companies.of(world.rooms[room]);
            placesOfRoom[room] = places(room);
            serviceOfRoom[room] = takesNoMoreStaff(room, offered)
                    ? world.services()
                    : layout.serviceOfBed(layout.firstBedOfRoom(room));
        }
        return new AssignmentProblem(
                ranks(planned),
                Arrays.stream(world.rankOfBed).asLongStream().toArray(),
                planned.stream().mapToInt(BedRequest::priority).toArray(),
                companiesOfRequest,
                costs,
                roomOfBed,
                serviceOfRoom,
                companiesOfRoom,
                placesOfRoom,
                placesOfService(),
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

    private boolean takesNoMoreStaff(int room, boolean[] offered) {
        Layout layout = world.layout();
        for (int bed = layout.firstBedOfRoom(room); bed < layout.endOfRoom(room); bed++) {
            if (offered[bed] && (world.flags[bed] & PlacementWorld.TAKEN) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Of a room with no more beds than places, surge beds left out, each bed has its own. */
    private int places(int room) {
        Room is = world.rooms[room];
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
            places[service] = world.staffed[service] + world.policy().staffingMarginBeds() - world.load[service];
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
