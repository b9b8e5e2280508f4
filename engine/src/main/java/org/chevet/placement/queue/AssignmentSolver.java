package org.chevet.placement.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the best plan for an {@link AssignmentProblem}: as many of the most urgent requests placed as can be, then of the next, …, at the
 * least cost.
 *
 * <p>Without the rooms' companies it is a flow ({@link PlaceFlow}), solved exactly. With them it is branch and bound: where a flow needs
 * more rooms of a class than there are, since two companies would share one, either a company gets fewer of these rooms, or at least
 * one more, and the others what is left. Rooms that are alike are never told apart.
 */
public final class AssignmentSolver {
    private final AssignmentProblem problem;
    private final PlaceTree tree;
    private final PlaceFlow flow;
    private final int branchesMax;

    /** By depth: the flow as it was before a branch. */
    private final List<PlaceFlow.Saved> trail = new ArrayList<>();

    /** By class and company: how many rooms it must and may have. */
    private final int[][] roomsLeast;

    private final int[][] roomsMost;

    private final int[] best;
    private int[] bestFlows = {};
    private long bestTotal = Long.MAX_VALUE;

    /** The least that a branch which was not looked at may come to. */
    private long openBound = Long.MAX_VALUE;

    private int branches;

    private AssignmentSolver(AssignmentProblem problem, int branchesMax) {
        this.problem = problem;
        this.branchesMax = branchesMax;
        tree = new PlaceTree(problem);
        flow = new PlaceFlow(problem, tree);
        int classes = tree.roomClasses.size();
        roomsLeast = new int[classes][];
        roomsMost = new int[classes][];
        for (int i = 0; i < classes; i++) {
            RoomClass rooms = tree.roomClasses.get(i);
            roomsLeast[i] = new int[rooms.companies()];
            roomsMost[i] = new int[rooms.companies()];
            Arrays.fill(roomsMost[i], rooms.rooms().size());
        }
        best = new int[problem.requests()];
    }

    /**
     * @param branchesMax after how many branches it stops with the best plan found and what no plan can be better than; it looks at as
     *     many as the first plan needs in any case
     * @throws IllegalArgumentException when a key is there twice, a cost is below 0, or the requests are too many and their costs too
     *     large to be weighed in a {@code long}
     */
    public static AssignmentPlan solve(AssignmentProblem problem, int branchesMax) {
        return new AssignmentSolver(problem, branchesMax).solve();
    }

    private AssignmentPlan solve() {
        flow.addAll();
        branch(0);
        return new AssignmentPlan(
                bedsOfBest(), flow.value(bestTotal), flow.value(Math.min(bestTotal, openBound)), branches);
    }

    private void branch(int depth) {
        branches++;
        long total = flow.total();
        if (total >= bestTotal) {
            return;
        }
        int crowded = mostCrowded();
        if (crowded < 0) {
            keep(total);
            return;
        }
        if (branches >= branchesMax && bestTotal < Long.MAX_VALUE) {
            openBound = Math.min(openBound, total);
            return;
        }
        RoomClass rooms = tree.roomClasses.get(crowded);
        int company = leastCompany(crowded);
        int fewer = rooms.roomsFor(company, flow.flows()) - 1;
        if (depth == trail.size()) {
            trail.add(new PlaceFlow.Saved(flow));
        }
        flow.save(trail.get(depth));

        int most = roomsMost[crowded][company];
        roomsMost[crowded][company] = fewer;
        branchInto(crowded, depth);
        roomsMost[crowded][company] = most;

        int least = roomsLeast[crowded][company];
        roomsLeast[crowded][company] = fewer + 1;
        branchInto(crowded, depth);
        roomsLeast[crowded][company] = least;
    }

    private void branchInto(int roomClass, int depth) {
        RoomClass rooms = tree.roomClasses.get(roomClass);
        int spare = rooms.rooms().size() - Arrays.stream(roomsLeast[roomClass]).sum();
        for (int company = 0; company < rooms.companies(); company++) {
            int most = Math.min(roomsMost[roomClass][company], roomsLeast[roomClass][company] + spare);
            limit(rooms, company, most);
        }
        branch(depth + 1);
        flow.restore(trail.get(depth));
    }

    private void limit(RoomClass rooms, int company, int most) {
        int node = rooms.companyNodes()[company];
        int capacity = most * rooms.placesPerRoom()[company];
        if (capacity >= flow.capacity(node)) {
            return;
        }
        flow.tighten(node, capacity);
        int[] leaves = rooms.leaves()[company];
        for (int kind = 0; leaves.length > 1 && kind < leaves.length; kind++) {
            flow.tighten(leaves[kind], most * rooms.bedsPerRoom()[kind]);
        }
    }

    /** The class whose flow needs the most rooms above those there are, or -1 when there is none. */
    private int mostCrowded() {
        int crowded = -1;
        int excessMost = 0;
        for (int i = 0; i < roomsMost.length; i++) {
            RoomClass rooms = tree.roomClasses.get(i);
            int excess = -rooms.rooms().size();
            for (int company = 0; company < rooms.companies(); company++) {
                excess += rooms.roomsFor(company, flow.flows());
            }
            if (excess > excessMost) {
                excessMost = excess;
                crowded = i;
            }
        }
        return crowded;
    }

    /** Of the companies that a branch makes a difference to, the one with the fewest patients: the first plan is found by its leaving. */
    private int leastCompany(int roomClass) {
        RoomClass rooms = tree.roomClasses.get(roomClass);
        int least = -1;
        int patientsLeast = Integer.MAX_VALUE;
        for (int company = 0; company < rooms.companies(); company++) {
            int patients = flow.flows()[rooms.companyNodes()[company]];
            if (rooms.roomsFor(company, flow.flows()) > roomsLeast[roomClass][company] && patients < patientsLeast) {
                least = company;
                patientsLeast = patients;
            }
        }
        return least;
    }

    private void keep(long total) {
        bestTotal = total;
        System.arraycopy(flow.held(), 0, best, 0, best.length);
        bestFlows = flow.flows().clone();
    }

    /** Gives the patients of each leaf its beds, both in the order of their keys. */
    private int[] bedsOfBest() {
        int[][] bedsByLeaf = new int[tree.nodes][];
        for (Map.Entry<Integer, List<Integer>> loose : tree.looseBeds.entrySet()) {
            bedsByLeaf[loose.getKey()] =
                    loose.getValue().stream().mapToInt(Integer::intValue).toArray();
        }
        for (RoomClass rooms : tree.roomClasses) {
            share(rooms, bestFlows, bedsByLeaf);
        }
        int[] beds = new int[best.length];
        int[] given = new int[tree.nodes];
        for (int i = 0; i < best.length; i++) {
            int leaf = best[i];
            beds[flow.requestAt(i)] = leaf == PlaceTree.ROOT ? AssignmentPlan.NONE : bedsByLeaf[leaf][given[leaf]++];
        }
        return beds;
    }

    /** Deals each company's patients, kind of bed by kind, to its rooms one after the other: so no room gets too many of any kind or in all. */
    private static void share(RoomClass rooms, int[] patients, int[][] bedsByLeaf) {
        int first = 0;
        for (int company = 0; company < rooms.companies(); company++) {
            int needed = rooms.roomsFor(company, patients);
            int dealt = 0;
            for (int kind = 0; kind < rooms.bedsPerRoom().length; kind++) {
                int leaf = rooms.leaves()[company][kind];
                int[] used = new int[needed];
                bedsByLeaf[leaf] = new int[patients[leaf]];
                for (int i = 0; i < patients[leaf]; i++) {
                    int room = dealt++ % needed;
                    bedsByLeaf[leaf][i] = rooms.rooms().get(first + room)[kind][used[room]++];
                }
            }
            first += needed;
        }
    }
}
