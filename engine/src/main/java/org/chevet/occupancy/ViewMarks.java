package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.chevet.hospital.StayId;

/** What changed since the last view was made, so that the next one shares the rest with it. */
final class ViewMarks {
    /** Beyond this many marks they are not worth their memory: nobody has asked for a view for long. */
    static final int STAYS_MARKED_MAX = 100_000;

    private final BitSet services = new BitSet();

    /** What is true of them, or of who lies in them. */
    private final BitSet beds = new BitSet();

    /** One that changed again may be here again: to replace it twice costs a view less than to look for it here would cost an event. */
    private final List<StayId> stays = new ArrayList<>();

    private boolean elsewhere;
    private boolean requests;
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
            everything = stays.size() > STAYS_MARKED_MAX;
        }
    }

    void elsewhere() {
        elsewhere = true;
    }

    void requests() {
        requests = true;
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

    boolean hasService(int service) {
        return everything || services.get(service);
    }

    boolean hasBed(int bed) {
        return everything || beds.get(bed);
    }

    List<StayId> stays() {
        return stays;
    }

    boolean hasElsewhere() {
        return everything || elsewhere;
    }

    boolean hasRequests() {
        return everything || requests;
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
        elsewhere = false;
        requests = false;
        transfers = false;
        anomalies = false;
        quarantine = false;
        recentActs = false;
        tallies = false;
        everything = false;
    }
}
