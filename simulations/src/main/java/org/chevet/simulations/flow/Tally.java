package org.chevet.simulations.flow;

import java.util.Arrays;

/** What is counted of a history, by service, since it was last restarted. */
public final class Tally {
    private final long[] occupiedTicks;
    private final long[] waitingTicks;
    private final long[] since;
    private final long[] arrivals;
    private final long[] lost;
    private final long[] waits;
    private final long[] waitedTicks;
    private long from;

    Tally(int services) {
        occupiedTicks = new long[services];
        waitingTicks = new long[services];
        since = new long[services];
        arrivals = new long[services];
        lost = new long[services];
        waits = new long[services];
        waitedTicks = new long[services];
    }

    void restart(long now) {
        from = now;
        Arrays.fill(since, now);
        for (long[] counts : new long[][] {occupiedTicks, waitingTicks, arrivals, lost, waits, waitedTicks}) {
            Arrays.fill(counts, 0);
        }
    }

    void passed(int service, long now, int occupied, int waiting) {
        long ticks = now - since[service];
        occupiedTicks[service] += ticks * occupied;
        waitingTicks[service] += ticks * waiting;
        since[service] = now;
    }

    void arrived(int service) {
        arrivals[service]++;
    }

    void turnedAway(int service) {
        lost[service]++;
    }

    void waited(int service, long ticks) {
        waits[service]++;
        waitedTicks[service] += ticks;
    }

    /** Beds occupied on average over the time, those kept by who waits for another service among them. */
    public double meanOccupied(int service) {
        return (double) occupiedTicks[service] / (since[service] - from);
    }

    /** Patients who waited for a bed of this service, on average over the time. */
    public double meanWaiting(int service) {
        return (double) waitingTicks[service] / (since[service] - from);
    }

    /** Patients for whom a bed of this service was asked, from outside or from other services. */
    public long arrivals(int service) {
        return arrivals[service];
    }

    public long lost(int service) {
        return lost[service];
    }

    /** Patients who got a bed after a wait. */
    public long waits(int service) {
        return waits[service];
    }

    /** In days, of all who asked for a bed, most of whom may not have waited. */
    public double meanWaitDays(int service) {
        return (double) waitedTicks[service] / FlowSimulation.TICKS_PER_DAY / arrivals[service];
    }
}
