package org.chevet.placement.queue;

import java.util.Arrays;
import org.chevet.event.BedRequest;

/**
 * The cheapest way to put each request at a leaf of a {@link PlaceTree}, or to leave it without a bed: a flow of one unit for each request
 * to the tree's root. It is kept optimal while requests are added and while nodes lose capacity.
 *
 * <p>Successive shortest paths with potentials. Every edge {@code x → y} of the residual network has
 * {@code cost + potential(y) − potential(x) ≥ 0}, and 0 where flow could be taken back, so Dijkstra's method finds the next path. A
 * leaf's potential is what a place there is worth to the others. It is never below 0 (the root's), so that a request's leaves, in
 * the order of their cost, need only be looked at until cost alone is too much.
 *
 * <p>Being left without a bed is being held by the root, at a cost that depends on the priority: more than all that the less
 * urgent and the costs can add up to. So the least cost is the best plan place by place, as {@link AssignmentPlan.Value} compares.
 */
final class PlaceFlow {
    private static final int ROOT = PlaceTree.ROOT;
    private static final int NONE = -1;

    private final AssignmentProblem problem;
    private final PlaceTree tree;
    private final int[] requestOrder;
    private final int places;

    /** By priority: what it costs to leave such a request without a bed. */
    private final long[] costsUnplaced;

    private final long costsPlacedMax;

    /** By request, in the order of keys: {@code cost << 32 | leaf}, ascending. */
    private final long[][] choices;

    private final int[] childrenStart;
    private final int[] children;
    private final int[] capacities;

    /** By place: how many patients lie there or below. */
    private final int[] flows;

    /** By request: its leaf, the root when it has no bed, NONE while it is not in the flow. */
    private final int[] held;

    private final int[] firstHeld;
    private final int[] nextHeld;
    private final int[] previousHeld;

    /** By node: places first, then requests. */
    private final long[] potentials;

    private final long[] distances;
    private final int[] before;
    private final boolean[] settled;
    private final int[] labelled;
    private int labelledCount;
    private final NodeHeap heap = new NodeHeap();

    /** No path of this length or longer is of use. */
    private long limit;

    private int target;

    /** @throws IllegalArgumentException when priorities and costs together are more than a {@code long} can keep apart */
    PlaceFlow(AssignmentProblem problem, PlaceTree tree) {
        this.problem = problem;
        this.tree = tree;
        requestOrder = AssignmentProblem.order(problem.requestKeys());
        places = tree.nodes;
        int requests = problem.requests();
        choices = new long[requests][];
        long[] buffer = new long[places];
        long costsMax = 0;
        for (int i = 0; i < requests; i++) {
            choices[i] = choices(requestOrder[i], buffer);
            costsMax += choices[i].length == 0 ? 0 : cost(choices[i][choices[i].length - 1]);
        }
        costsPlacedMax = costsMax;
        costsUnplaced = costsUnplaced(problem.priorities(), costsMax);

        childrenStart = new int[places + 1];
        children = new int[places];
        listChildren();
        capacities = Arrays.copyOf(tree.capacities, places);
        flows = new int[places];
        held = new int[requests];
        firstHeld = new int[places];
        nextHeld = new int[requests];
        previousHeld = new int[requests];
        Arrays.fill(held, NONE);
        Arrays.fill(firstHeld, NONE);
        int nodes = places + requests;
        potentials = new long[nodes];
        distances = new long[nodes];
        before = new int[nodes];
        settled = new boolean[nodes];
        labelled = new int[nodes];
        Arrays.fill(distances, Long.MAX_VALUE);
    }

    private static long cost(long choice) {
        return choice >>> 32;
    }

    private static int leaf(long choice) {
        return (int) choice;
    }

    private long[] choices(int request, long[] buffer) {
        int[] row = problem.costs()[request];
        long companies = problem.companiesOfRequest()[request];
        int count = 0;
        for (int leaf = 0; leaf < places; leaf++) {
            if ((tree.companiesOfLeaf[leaf] & companies) != 0) {
                int cost = row[tree.bedOfLeaf[leaf]];
                if (cost < 0) {
                    throw new IllegalArgumentException("request " + request + " costs " + cost + " points in bed "
                            + tree.bedOfLeaf[leaf] + ": less than 0");
                }
                if (cost != AssignmentProblem.FORBIDDEN) {
                    buffer[count++] = (long) cost << 32 | leaf;
                }
            }
        }
        long[] choices = Arrays.copyOf(buffer, count);
        Arrays.sort(choices);
        return choices;
    }

    /** Each priority's cost is one more than what those after it and the costs add up to, were nobody of them placed. */
    private static long[] costsUnplaced(int[] priorities, long costsMax) {
        int[] counts = new int[BedRequest.PRIORITY_LEAST_URGENT + 1];
        for (int priority : priorities) {
            counts[priority]++;
        }
        long[] costs = new long[counts.length];
        long cost = costsMax + 1;
        for (int priority = BedRequest.PRIORITY_LEAST_URGENT; priority >= BedRequest.PRIORITY_MOST_URGENT; priority--) {
            costs[priority] = cost;
            if (cost > AssignmentProblem.VALUE_MAX / (counts[priority] + 1)) {
                throw new IllegalArgumentException(priorities.length + " requests of priorities "
                        + Arrays.toString(Arrays.copyOfRange(counts, 1, counts.length)) + " with costs of up to "
                        + costsMax
                        + " points in all are too many to be weighed at once. Maybe leave the least urgent out.");
            }
            cost *= counts[priority] + 1;
        }
        return costs;
    }

    private void listChildren() {
        for (int place = 1; place < places; place++) {
            childrenStart[tree.parents[place] + 1]++;
        }
        for (int place = 0; place < places; place++) {
            childrenStart[place + 1] += childrenStart[place];
        }
        int[] end = childrenStart.clone();
        for (int place = 1; place < places; place++) {
            children[end[tree.parents[place]]++] = place;
        }
    }

    /** Adds every request, the most urgent first. */
    void addAll() {
        for (int priority = BedRequest.PRIORITY_MOST_URGENT; priority <= BedRequest.PRIORITY_LEAST_URGENT; priority++) {
            for (int i = 0; i < requestOrder.length; i++) {
                if (problem.priorities()[requestOrder[i]] == priority) {
                    route(places + i, ROOT);
                }
            }
        }
    }

    /** @return how many patients lie at or below each place */
    int[] flows() {
        return flows;
    }

    int capacity(int place) {
        return capacities[place];
    }

    /** @return where each request is, by its place in the order of keys: a leaf, or the root */
    int[] held() {
        return held;
    }

    int requestAt(int i) {
        return requestOrder[i];
    }

    long total() {
        long total = 0;
        for (int i = 0; i < held.length; i++) {
            total += held[i] == ROOT ? costUnplaced(i) : problem.costs()[requestOrder[i]][tree.bedOfLeaf[held[i]]];
        }
        return total;
    }

    private long costUnplaced(int i) {
        return costsUnplaced[problem.priorities()[requestOrder[i]]];
    }

    /** What a total stands for: it is a number whose digits are the requests unplaced by priority, and their cost. */
    AssignmentPlan.Value value(long total) {
        int[] unplaced = new int[BedRequest.PRIORITY_LEAST_URGENT];
        long rest = total;
        for (int priority = BedRequest.PRIORITY_MOST_URGENT; priority <= BedRequest.PRIORITY_LEAST_URGENT; priority++) {
            unplaced[priority - 1] = (int) (rest / costsUnplaced[priority]);
            rest %= costsUnplaced[priority];
        }
        assert rest <= costsPlacedMax;
        return new AssignmentPlan.Value(unplaced, rest);
    }

    /** Takes capacity away, and puts those who no longer fit where they cost least. */
    void tighten(int place, int capacity) {
        capacities[place] = capacity;
        while (flows[place] > capacity) {
            flows[place]--;
            // One patient too many here, and one too few above: there the place left empty is filled, by this patient
            // or another.
            route(place, tree.parents[place]);
            normalise();
        }
    }

    /** Sends one patient along the shortest path from a request or a place to a place, and keeps the potentials true. */
    private void route(int source, int to) {
        target = to;
        limit = Long.MAX_VALUE;
        heap.clear();
        labelledCount = 0;
        label(source, 0, NONE);
        while (heap.nearestDistance() < distances[to]) {
            int node = heap.take();
            if (!settled[node]) {
                settled[node] = true;
                if (node < places) {
                    expandPlace(node);
                } else {
                    expandRequest(node);
                }
            }
        }
        long length = distances[to];
        for (int node = to; node != source; node = before[node]) {
            push(before[node], node);
        }
        for (int i = 0; i < labelledCount; i++) {
            int node = labelled[i];
            potentials[node] += Math.max(0, length - distances[node]);
            distances[node] = Long.MAX_VALUE;
            settled[node] = false;
        }
    }

    private void label(int node, long distance, int from) {
        if (distance >= distances[node] || distance >= limit) {
            return;
        }
        if (distances[node] == Long.MAX_VALUE) {
            labelled[labelledCount++] = node;
        }
        distances[node] = distance;
        before[node] = from;
        heap.add(distance, node);
        if (node == target) {
            limit = distance;
        } else if (node == ROOT) {
            // From the root there is a way down to the target, whose place has to be filled.
            limit = Math.min(limit, distance + potentials[target] - potentials[ROOT] + 1);
        }
    }

    private void expandRequest(int node) {
        int request = node - places;
        long start = distances[node] - potentials[node];
        label(ROOT, start + costUnplaced(request) + potentials[ROOT], node);
        for (long choice : choices[request]) {
            long distance = start + cost(choice);
            if (distance >= limit) {
                break;
            }
            int leaf = leaf(choice);
            label(leaf, distance + potentials[leaf], node);
        }
    }

    private void expandPlace(int place) {
        long start = distances[place] - potentials[place];
        for (int request = firstHeld[place]; request != NONE; request = nextHeld[request]) {
            label(places + request, distances[place], place);
        }
        if (place != ROOT && flows[place] < capacities[place]) {
            int parent = tree.parents[place];
            label(parent, start + potentials[parent], place);
        }
        for (int at = childrenStart[place]; at < childrenStart[place + 1]; at++) {
            int child = children[at];
            if (flows[child] > 0) {
                label(child, start + potentials[child], place);
            }
        }
    }

    /** One more patient from a node of a path to the next. */
    private void push(int from, int to) {
        if (from >= places) {
            int request = from - places;
            release(request);
            hold(request, to);
        } else if (to < places) {
            if (to == tree.parents[from]) {
                flows[from]++;
            } else {
                flows[to]--;
            }
        }
    }

    private void hold(int request, int place) {
        int next = firstHeld[place];
        held[request] = place;
        nextHeld[request] = next;
        previousHeld[request] = NONE;
        if (next != NONE) {
            previousHeld[next] = request;
        }
        firstHeld[place] = request;
    }

    private void release(int request) {
        int place = held[request];
        if (place == NONE) {
            return;
        }
        int next = nextHeld[request];
        int previous = previousHeld[request];
        if (next != NONE) {
            previousHeld[next] = previous;
        }
        if (previous != NONE) {
            nextHeld[previous] = next;
        } else {
            firstHeld[place] = next;
        }
        held[request] = NONE;
    }

    /** Gives the root potential 0 again and no place less than its parent's: where nobody lies it may be any that is not more. */
    private void normalise() {
        long root = potentials[ROOT];
        for (int node = 0; node < potentials.length; node++) {
            potentials[node] -= root;
        }
        for (int place = 1; place < places; place++) {
            potentials[place] = Math.max(potentials[place], potentials[tree.parents[place]]);
        }
    }

    /** A flow kept for later. */
    static final class Saved {
        private final int[] capacities;
        private final int[] flows;
        private final int[] held;
        private final long[] potentials;

        Saved(PlaceFlow flow) {
            capacities = new int[flow.capacities.length];
            flows = new int[flow.flows.length];
            held = new int[flow.held.length];
            potentials = new long[flow.potentials.length];
        }
    }

    void save(Saved saved) {
        copy(capacities, saved.capacities);
        copy(flows, saved.flows);
        copy(held, saved.held);
        System.arraycopy(potentials, 0, saved.potentials, 0, potentials.length);
    }

    void restore(Saved saved) {
        copy(saved.capacities, capacities);
        copy(saved.flows, flows);
        System.arraycopy(saved.potentials, 0, potentials, 0, potentials.length);
        Arrays.fill(firstHeld, NONE);
        for (int request = held.length - 1; request >= 0; request--) {
            hold(request, saved.held[request]);
        }
    }

    private static void copy(int[] from, int[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }
}
