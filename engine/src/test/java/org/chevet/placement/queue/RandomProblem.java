package org.chevet.placement.queue;

import java.util.Random;

/** Small problems in which places are short, rooms shared and costs often equal, so that everything that can go wrong does. */
final class RandomProblem {
    static final long WOMEN = 1;
    static final long MEN = 2;
    static final long ANYBODY = 4;
    static final long COHORT = 8;
    static final long ALONE = 16;

    private RandomProblem() {}

    static AssignmentProblem of(Random random, int requests, int beds) {
        int services = 1 + random.nextInt(3);
        int rooms = 1 + random.nextInt(Math.max(1, beds));
        int kinds = 1 + random.nextInt(beds);
        int costMax = 1 + random.nextInt(20);
        int[] kindOfBed = random.ints(beds, 0, kinds).toArray();
        int[][] costs = new int[requests][beds];
        for (int[] row : costs) {
            int[] byKind = new int[kinds];
            for (int kind = 0; kind < kinds; kind++) {
                byKind[kind] = random.nextInt(4) == 0 ? AssignmentProblem.FORBIDDEN : random.nextInt(costMax);
            }
            for (int bed = 0; bed < beds; bed++) {
                row[bed] = byKind[kindOfBed[bed]];
            }
        }
        return new AssignmentProblem(
                keys(random, requests),
                keys(random, beds),
                random.ints(requests, 1, 6).toArray(),
                random.longs(requests, 0, 20)
                        .map(RandomProblem::companiesOfRequest)
                        .toArray(),
                costs,
                random.ints(beds, 0, rooms).toArray(),
                random.ints(rooms, 0, services).toArray(),
                random.longs(rooms, 0, 10).map(RandomProblem::companiesOfRoom).toArray(),
                random.ints(rooms, 0, 4).toArray(),
                random.ints(services, 0, beds + 1).toArray(),
                ALONE);
    }

    private static long companiesOfRequest(long dice) {
        return dice < 8
                ? WOMEN | ANYBODY
                : dice < 15 ? MEN | ANYBODY : dice < 17 ? WOMEN | MEN | ANYBODY : dice < 19 ? COHORT : ALONE;
    }

    private static long companiesOfRoom(long dice) {
        return dice < 7 ? WOMEN | MEN | COHORT | ALONE : dice == 7 ? WOMEN : dice == 8 ? MEN : ANYBODY;
    }

    private static long[] keys(Random random, int count) {
        return random.longs().distinct().limit(count).toArray();
    }
}
