package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;

/** What the event being folded touched, for its {@link Invariants}. */
final class Touched {
    private int[] beds = new int[8];
    private int bedCount;
    private final List<StayId> stays = new ArrayList<>();
    private final List<RequestId> requests = new ArrayList<>();
    private final List<TransferId> transfers = new ArrayList<>();
    private boolean everything;

    void addBed(int bed) {
        // An event says so of one bed or two, several times each.
        if (bed == Layout.NONE || isAt(bedCount - 1, bed) || isAt(bedCount - 2, bed)) {
            return;
        }
        if (bedCount == beds.length) {
            beds = Arrays.copyOf(beds, bedCount * 2);
        }
        beds[bedCount++] = bed;
    }

    private boolean isAt(int index, int bed) {
        return index >= 0 && beds[index] == bed;
    }

    void addStay(StayId stay) {
        stays.add(stay);
    }

    void addRequest(RequestId request) {
        requests.add(request);
    }

    void addTransfer(TransferId transfer) {
        transfers.add(transfer);
    }

    void addEverything() {
        everything = true;
    }

    int beds() {
        return bedCount;
    }

    int bed(int index) {
        return beds[index];
    }

    List<StayId> stays() {
        return stays;
    }

    List<RequestId> requests() {
        return requests;
    }

    List<TransferId> transfers() {
        return transfers;
    }

    boolean hasEverything() {
        return everything;
    }

    void clear() {
        bedCount = 0;
        stays.clear();
        requests.clear();
        transfers.clear();
        everything = false;
    }
}
