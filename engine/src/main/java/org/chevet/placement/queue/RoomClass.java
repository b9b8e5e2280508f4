package org.chevet.placement.queue;

import java.util.List;

/**
 * Rooms that are alike to every request, and in which who goes where is not each bed's affair alone: they are open to more than one
 * company, or take fewer patients than they have beds.
 *
 * <p>What it takes is a part of the {@link PlaceTree}: a node for each company, of as many places as that many rooms have, and under it
 * a leaf for each kind of bed. Patients who fit these nodes fit that many rooms, dealt to them one after the other.
 *
 * @param rooms the beds of each room, by kind
 * @param bedsPerRoom by kind
 * @param placesPerRoom by company
 * @param companyNodes by company
 * @param leaves by company and kind; the company's node itself where there is one kind
 */
record RoomClass(List<int[][]> rooms, int[] bedsPerRoom, int[] placesPerRoom, int[] companyNodes, int[][] leaves) {

    int companies() {
        return companyNodes.length;
    }

    /**
     * How many rooms a company takes.
     *
     * @param patients by node
     */
    int roomsFor(int company, int[] patients) {
        int rooms = ceil(patients[companyNodes[company]], placesPerRoom[company]);
        for (int kind = 0; kind < bedsPerRoom.length; kind++) {
            rooms = Math.max(rooms, ceil(patients[leaves[company][kind]], bedsPerRoom[kind]));
        }
        return rooms;
    }

    private static int ceil(int patients, int places) {
        return (patients + places - 1) / places;
    }
}
