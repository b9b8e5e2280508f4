package org.chevet.placement.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of a problem, beds that are alike gathered: a tree in which every node has a limit on how many patients lie below it.
 * The root is the hospital, then services (staff), classes of rooms, companies within them, and leaves of beds of one kind.
 * A node's number is higher than its parent's.
 */
final class PlaceTree {
    static final int ROOT = 0;

    private static final int NONE = -1;

    /**
     * Beds that stand alone: their room, if they share one, is no matter of choice.
     *
     * @param kind beds of one kind cost every request the same
     */
    private record LooseKey(int service, long companies, int kind) {}

    /** @param companies one entry for each that is to be told from the others */
    private record RoomKey(int service, List<Long> companies, int places, List<Integer> kinds) {}

    private final AssignmentProblem problem;
    private final int[] kindOfBed;
    private final long[] sharedByAll;
    private final long[] ofAny;
    private final boolean[] wanted;
    private final int[] nodeOfService;

    final int[] parents;
    final int[] capacities;

    /** By node, of leaves only: a bed that stands for all of it, and the companies whose patients may lie there. */
    final int[] bedOfLeaf;

    final long[] companiesOfLeaf;

    /** Leaves whose beds are given out one by one. */
    final Map<Integer, List<Integer>> looseBeds = new LinkedHashMap<>();

    final List<RoomClass> roomClasses = new ArrayList<>();

    int nodes;

    PlaceTree(AssignmentProblem problem) {
        this.problem = problem;
        int rooms = problem.serviceOfRoom().length;
        kindOfBed = new int[problem.beds()];
        wanted = new boolean[problem.beds()];
        sharedByAll = problem.companiesOfRoom().clone();
        ofAny = new long[rooms];
        int[] bedOrder = AssignmentProblem.order(problem.bedKeys());
        findWanted();
        findKinds(bedOrder);

        Map<LooseKey, List<Integer>> loose = new LinkedHashMap<>();
        Map<RoomKey, List<List<Integer>>> classed = new LinkedHashMap<>();
        for (List<Integer> beds : bedsByRoom(bedOrder)) {
            gather(beds, loose, classed);
        }
        int services = problem.placesOfService().length;
        int size = 1 + services + loose.size();
        for (RoomKey key : classed.keySet()) {
            size += 1 + key.companies.size() * (1 + key.kinds.size());
        }
        parents = new int[size];
        capacities = new int[size];
        bedOfLeaf = new int[size];
        companiesOfLeaf = new long[size];
        add(NONE, Integer.MAX_VALUE);
        nodeOfService = new int[services];
        for (int bed : bedOrder) {
            int service = problem.serviceOfRoom()[problem.roomOfBed()[bed]];
            if (nodeOfService[service] == 0) {
                nodeOfService[service] = add(ROOT, Math.max(0, problem.placesOfService()[service]));
            }
        }
        loose.forEach((key, beds) -> {
            int leaf = add(nodeOfService[key.service], beds.size());
            makeLeaf(leaf, beds.getFirst(), key.companies);
            looseBeds.put(leaf, beds);
        });
        classed.forEach((key, members) -> roomClasses.add(roomClass(key, members)));
    }

    private int add(int parent, int capacity) {
        parents[nodes] = parent;
        capacities[nodes] = capacity;
        return nodes++;
    }

    private void makeLeaf(int node, int bed, long companies) {
        bedOfLeaf[node] = bed;
        companiesOfLeaf[node] = companies;
    }

    /** Which beds anybody may have, and which companies those who may be in a room share. */
    private void findWanted() {
        int[] roomOfBed = problem.roomOfBed();
        long[] companiesOfRoom = problem.companiesOfRoom();
        for (int request = 0; request < problem.requests(); request++) {
            int[] row = problem.costs()[request];
            long companies = problem.companiesOfRequest()[request];
            for (int bed = 0; bed < row.length; bed++) {
                int room = roomOfBed[bed];
                if (row[bed] != AssignmentProblem.FORBIDDEN && (companies & companiesOfRoom[room]) != 0) {
                    wanted[bed] = true;
                    sharedByAll[room] &= companies;
                    ofAny[room] |= companies;
                }
            }
        }
    }

    /** Numbers the kinds of beds in the order of {@code bedOrder}. */
    private void findKinds(int[] bedOrder) {
        long[] hashes = new long[problem.beds()];
        for (int[] row : problem.costs()) {
            for (int bed = 0; bed < hashes.length; bed++) {
                hashes[bed] = (Long.rotateLeft(hashes[bed], 29) ^ row[bed]) * 0x9E3779B97F4A7C15L;
            }
        }
        Map<Long, Integer> firstOfHash = new HashMap<>();
        for (int bed : bedOrder) {
            if (wanted[bed]) {
                kindOfBed[bed] = firstOfHash.computeIfAbsent(hashes[bed], hash -> bed);
            }
        }
        // Two columns that only hash alike are told apart.
        for (int[] row : problem.costs()) {
            for (int bed = 0; bed < hashes.length; bed++) {
                if (wanted[bed] && row[bed] != row[kindOfBed[bed]]) {
                    kindOfBed[bed] = bed;
                }
            }
        }
    }

    /** The wanted beds of each room that takes somebody, rooms and beds in the order of the beds' keys. */
    private Iterable<List<Integer>> bedsByRoom(int[] bedOrder) {
        Map<Integer, List<Integer>> byRoom = new LinkedHashMap<>();
        for (int bed : bedOrder) {
            int room = problem.roomOfBed()[bed];
            if (wanted[bed] && problem.placesOfRoom()[room] > 0) {
                byRoom.computeIfAbsent(room, key -> new ArrayList<>()).add(bed);
            }
        }
        return byRoom.values();
    }

    private void gather(
            List<Integer> beds, Map<LooseKey, List<Integer>> loose, Map<RoomKey, List<List<Integer>>> classed) {
        int room = problem.roomOfBed()[beds.getFirst()];
        int service = problem.serviceOfRoom()[room];
        long companies = problem.companiesOfRoom()[room];
        int places = Math.min(problem.placesOfRoom()[room], beds.size());
        boolean oneCompanyWillDo = (sharedByAll[room] & ~problem.companiesOfOne()) != 0;
        if (sharedByAll[room] != 0 && !oneCompanyWillDo) {
            places = 1;
        }
        boolean chosen = places > 1 && !oneCompanyWillDo;
        if (!chosen && places == beds.size()) {
            for (int bed : beds) {
                loose.computeIfAbsent(new LooseKey(service, companies, kindOfBed[bed]), key -> new ArrayList<>())
                        .add(bed);
            }
            return;
        }
        List<Long> told = chosen ? bits(companies & ofAny[room]) : List.of(companies);
        List<Integer> byKind = new ArrayList<>(beds);
        byKind.sort((one, other) -> Long.compare(keyOfKind(one), keyOfKind(other)));
        List<Integer> kinds = byKind.stream().map(bed -> kindOfBed[bed]).toList();
        classed.computeIfAbsent(new RoomKey(service, told, places, kinds), key -> new ArrayList<>())
                .add(byKind);
    }

    private long keyOfKind(int bed) {
        return problem.bedKeys()[kindOfBed[bed]];
    }

    private static List<Long> bits(long mask) {
        List<Long> bits = new ArrayList<>();
        for (long left = mask; left != 0; left &= left - 1) {
            bits.add(Long.lowestOneBit(left));
        }
        return bits;
    }

    private RoomClass roomClass(RoomKey key, List<List<Integer>> members) {
        List<int[][]> rooms = members.stream().map(this::byKind).toList();
        int[][] sample = rooms.getFirst();
        int[] bedsPerRoom = Arrays.stream(sample).mapToInt(beds -> beds.length).toArray();
        int companies = key.companies.size();
        int[] placesPerRoom = new int[companies];
        int[] companyNodes = new int[companies];
        int[][] leaves = new int[companies][sample.length];
        int above = nodeOfService[key.service];
        if (companies > 1) {
            above = add(above, key.places * rooms.size());
        }
        for (int company = 0; company < companies; company++) {
            long mask = key.companies.get(company);
            placesPerRoom[company] = (mask & ~problem.companiesOfOne()) == 0 ? 1 : key.places;
            int node = add(above, placesPerRoom[company] * rooms.size());
            companyNodes[company] = node;
            for (int kind = 0; kind < sample.length; kind++) {
                int leaf = sample.length == 1 ? node : add(node, bedsPerRoom[kind] * rooms.size());
                makeLeaf(leaf, sample[kind][0], mask);
                leaves[company][kind] = leaf;
            }
        }
        return new RoomClass(rooms, bedsPerRoom, placesPerRoom, companyNodes, leaves);
    }

    private int[][] byKind(List<Integer> beds) {
        Map<Integer, List<Integer>> kinds = new LinkedHashMap<>();
        for (int bed : beds) {
            kinds.computeIfAbsent(kindOfBed[bed], kind -> new ArrayList<>()).add(bed);
        }
        return kinds.values().stream()
                .map(alike -> alike.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }
}
