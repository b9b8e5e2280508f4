package org.chevet.simulations.benchmark;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chevet.placement.queue.AssignmentProblem;

/**
 * Patients who wait and a hospital's beds, as the queue plan has them: services of 36 beds with specialties of their own and fallbacks,
 * rooms of one and two beds, a part of them empty and open to either sex, staff for a few patients more, and beds that become
 * usable over the day.
 */
final class GeneratedQueue {
    private static final int BEDS_PER_SERVICE = 36;
    private static final int SPECIALTIES = 12;
    private static final long WOMEN = 1;
    private static final long MEN = 2;

    private GeneratedQueue() {}

    /** @param crowding patients for each place that the staff leaves, in hundredths */
    static AssignmentProblem of(long seed, int requests, int beds, int crowding) {
        Random random = new Random(seed);
        int services = (beds + BEDS_PER_SERVICE - 1) / BEDS_PER_SERVICE;
        int[] roomOfBed = roomOfBed(random, beds);
        int rooms = roomOfBed[beds - 1] + 1;
        int[] serviceOfRoom = new int[rooms];
        int[] bedsOfRoom = new int[rooms];
        for (int bed = 0; bed < beds; bed++) {
            serviceOfRoom[roomOfBed[bed]] = bed / BEDS_PER_SERVICE;
            bedsOfRoom[roomOfBed[bed]]++;
        }
        long[] companiesOfRoom = random.ints(rooms, 0, 4)
                .mapToLong(dice -> dice < 2 ? WOMEN | MEN : dice == 2 ? WOMEN : MEN)
                .toArray();
        int placesMean = Math.max(1, 100 * requests / (services * crowding));
        return new AssignmentProblem(
                LongStream.range(0, requests).toArray(),
                LongStream.range(0, beds).toArray(),
                random.ints(requests, 1, 6).toArray(),
                random.ints(requests, 0, 20)
                        .mapToLong(dice -> dice == 0 ? WOMEN | MEN : dice % 2 == 0 ? WOMEN : MEN)
                        .toArray(),
                costs(random, requests, roomOfBed, bedsOfRoom, companiesOfRoom),
                roomOfBed,
                serviceOfRoom,
                companiesOfRoom,
                bedsOfRoom,
                random.ints(services, 0, 2 * placesMean + 1).toArray(),
                0);
    }

    /**
     * As many free beds as patients, all of them in empty rooms of two that are open to either sex: who lies in one decides who else may, so that
     * a flow alone mixes the sexes, and the solver has to branch.
     *
     * @param requests even
     * @param beds a multiple of {@code requests}
     */
    static AssignmentProblem contested(long seed, int requests, int beds) {
        Random random = new Random(seed);
        int[] roomOfBed = IntStream.range(0, beds).map(bed -> bed / 2).toArray();
        int[] serviceOfRoom = IntStream.range(0, beds / 2)
                .map(room -> 2 * room / BEDS_PER_SERVICE)
                .toArray();
        int[] bedsOfRoom = IntStream.range(0, beds / 2).map(room -> 2).toArray();
        long[] companiesOfRoom =
                IntStream.range(0, beds / 2).mapToLong(room -> WOMEN | MEN).toArray();
        int[][] costs = costs(random, requests, roomOfBed, bedsOfRoom, companiesOfRoom);
        int roomsForEachFree = beds / requests;
        for (int[] row : costs) {
            for (int bed = 0; bed < beds; bed++) {
                row[bed] = roomOfBed[bed] % roomsForEachFree == 0 ? row[bed] : AssignmentProblem.FORBIDDEN;
            }
        }
        return new AssignmentProblem(
                LongStream.range(0, requests).toArray(),
                LongStream.range(0, beds).toArray(),
                random.ints(requests, 1, 6).toArray(),
                random.ints(requests, 0, 2)
                        .mapToLong(dice -> dice == 0 ? WOMEN : MEN)
                        .toArray(),
                costs,
                roomOfBed,
                serviceOfRoom,
                companiesOfRoom,
                bedsOfRoom,
                IntStream.rangeClosed(0, 2 * beds / BEDS_PER_SERVICE)
                        .map(service -> BEDS_PER_SERVICE)
                        .toArray(),
                0);
    }

    /** Two rooms in three have two beds; no room is in two services. */
    private static int[] roomOfBed(Random random, int beds) {
        int[] roomOfBed = new int[beds];
        int room = -1;
        for (int bed = 0; bed < beds; bed++) {
            room++;
            roomOfBed[bed] = room;
            boolean hasTwo = random.nextInt(3) < 2 && bed + 1 < beds && (bed + 1) % BEDS_PER_SERVICE != 0;
            if (hasTwo) {
                roomOfBed[++bed] = room;
            }
        }
        return roomOfBed;
    }

    private static int[][] costs(
            Random random, int requests, int[] roomOfBed, int[] bedsOfRoom, long[] companiesOfRoom) {
        int[] hoursToWait = IntStream.range(0, roomOfBed.length)
                .map(bed -> random.nextInt(3) == 0 ? random.nextInt(24) : 0)
                .toArray();
        int[][] costs = new int[requests][roomOfBed.length];
        for (int[] row : costs) {
            int specialty = random.nextInt(SPECIALTIES);
            boolean alone = random.nextInt(4) == 0;
            for (int bed = 0; bed < row.length; bed++) {
                int distance = Math.floorMod(bed / BEDS_PER_SERVICE - specialty, SPECIALTIES);
                boolean single = bedsOfRoom[roomOfBed[bed]] == 1;
                boolean opens = Long.bitCount(companiesOfRoom[roomOfBed[bed]]) > 1 && !single;
                row[bed] = distance > 3
                        ? AssignmentProblem.FORBIDDEN
                        : 40 * distance + 10 * hoursToWait[bed] + (single == alone ? 0 : 15) + (opens ? 10 : 0);
            }
        }
        return costs;
    }
}
