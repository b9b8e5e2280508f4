package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;

/** What changed since the last view was made, so that the next one shares the rest with it. */
final class ViewMarks {
    /** Beyond this many stays or requests their marks are not worth their memory: nobody has asked for a view for long. */
    static final int MARKED_MAX = 100_000;

    private final BitSet services = new BitSet();

    /** What is true of them, or of who lies in them. */
    private final BitSet beds = new BitSet();

    /** One that changed again may be here again: to replace it twice costs a view less than to look for it here would cost an event. */
    private final List<StayId> stays = new ArrayList<>();

    private Set<RequestId> requests = new HashSet<>();
    private boolean elsewhere;
    private boolean transfers;
    private boolean anomalies;
    private boolean quarantine;
    private boolean recentActs;
    private boolean tallies;
    private boolean everything = true;

    void service(int service) {
        services.set(service);
    }

    /** And its service. */
    void bed(int bed, int service) {
        beds.set(bed);
        services.set(service);
    }

    void stay(StayId stay) {
        boolean marked = !stays.isEmpty() && stays.getLast().equals(stay);
        if (!everything && !marked) {
            stays.add(stay);
            everything = stays.size() > MARKED_MAX;
        }
    }

    void elsewhere() {
        elsewhere = true;
    }

    /** Or the bed that is held for it. */
    void request(RequestId request) {
        if (!everything) {
            requests.add(request);
            everything = requests.size() > MARKED_MAX;
        }
    }

    void transfers() {
        transfers = true;
    }

    void anomalies() {
        anomalies = true;
    }

    void quarantine() {
        quarantine = true;
    }

    void recentActs() {
        recentActs = true;
    }

    void tallies() {
        tallies = true;
    }

    void everything() {
        everything = true;
    }

    /** From this one on, the first that is marked; less than 0 for none. Of no use where everything is, as the following. */
    int nextService(int from) {
        return services.nextSetBit(from);
    }

    int nextBed(int from) {
        return beds.nextSetBit(from);
    }

    List<StayId> stays() {
        return stays;
    }

    Set<RequestId> requests() {
        return requests;
    }

    boolean hasElsewhere() {
        return everything || elsewhere;
    }

    boolean hasTransfers() {
        return everything || transfers;
    }

    boolean hasAnomalies() {
        return everything || anomalies;
    }

    boolean hasQuarantine() {
        return everything || quarantine;
    }

    boolean hasRecentActs() {
        return everything || recentActs;
    }

    boolean hasTallies() {
        return everything || tallies;
    }

    boolean hasEverything() {
        return everything;
    }

    void clear() {
        services.clear();
        beds.clear();
        stays.clear();
        // Emptied in place it would keep its largest table, and every later view would walk that.
        requests = new HashSet<>();
        elsewhere = false;
        transfers = false;
        anomalies = false;
        quarantine = false;
        recentActs = false;
        tallies = false;
        everything = false;
    }
}
