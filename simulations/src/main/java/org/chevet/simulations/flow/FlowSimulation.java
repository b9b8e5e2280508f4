package org.chevet.simulations.flow;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.Draws;

/**
 * One hospital of flows, one history of it. Its events are arrivals from outside and ends of stays in a service. Deterministic for a
 * model, a seed and the number of the replication; arrivals, stays and routing draw from streams of their own, so that hospitals which
 * are compared meet the same arrivals. Not thread-safe; may be used again for the next replication.
 */
public final class FlowSimulation {
    /** One tick is a millisecond: a key of {@link StayEnds} then holds 70,000 years. */
    public static final long TICKS_PER_DAY = 86_400_000;

    private static final int HOURS_PER_DAY = 24;
    private static final long TICKS_PER_HOUR = TICKS_PER_DAY / HOURS_PER_DAY;
    private static final RandomSource SOURCE = RandomSource.XO_RO_SHI_RO_128_PP;

    private enum Stream {
        ARRIVALS,
        STAYS,
        ROUTING
    }

    private final FlowModel model;
    private final WhenFull whenFull;
    private final int services;
    private final int[] beds;
    private final double arrivalsPerTick;

    /** Times an average hour, by hour of the week; empty when all hours are alike. */
    private final double[] arrivalsByHour;

    private final double[] arrivalShares;
    private final int[] occupied;
    private final Waiting[] waiting;
    private final StayEnds ends = new StayEnds();
    private final Tally tally;
    private final DiscreteSampler[] destinations;
    private final ContinuousSampler[] stays;
    private final ContinuousSampler[] remainders;

    private ContinuousSampler untilNext;
    private DiscreteSampler arrivalService;
    private long now;
    private long nextArrival;
    private long events;

    public FlowSimulation(FlowModel model, WhenFull whenFull) {
        this.model = model;
        this.whenFull = whenFull;
        services = model.services().size();
        beds = model.services().stream().mapToInt(FlowService::beds).toArray();
        arrivalShares = model.services().stream()
                .mapToDouble(FlowService::externalArrivalsPerDay)
                .toArray();
        arrivalsPerTick = Arrays.stream(arrivalShares).sum() / TICKS_PER_DAY;
        arrivalsByHour = model.arrivals() == ArrivalProfile.FLAT ? new double[0] : byHourOfWeek(model.arrivals());
        occupied = new int[services];
        waiting = new Waiting[services];
        Arrays.setAll(waiting, service -> new Waiting());
        tally = new Tally(services);
        destinations = new DiscreteSampler[services];
        stays = new ContinuousSampler[services];
        remainders = new ContinuousSampler[services];
        UniformRandomProvider any = stream(0, 0, Stream.ARRIVALS);
        untilNext = ZigguratSampler.Exponential.of(any);
        arrivalService = AliasMethodDiscreteSampler.of(any, arrivalShares);
    }

    /** Begins a history with empty services. */
    public void start(long seed, long replication) {
        now = 0;
        events = 0;
        ends.clear();
        Arrays.fill(occupied, 0);
        for (Waiting queue : waiting) {
            queue.clear();
        }
        tally.restart(0);
        UniformRandomProvider arrivals = stream(seed, replication, Stream.ARRIVALS);
        UniformRandomProvider lengths = stream(seed, replication, Stream.STAYS);
        UniformRandomProvider routing = stream(seed, replication, Stream.ROUTING);
        untilNext = ZigguratSampler.Exponential.of(arrivals, 1 / arrivalsPerTick);
        arrivalService = AliasMethodDiscreteSampler.of(arrivals, arrivalShares);
        for (int service = 0; service < services; service++) {
            LengthOfStay lengthOfStay = model.services().get(service).lengthOfStay();
            stays[service] = lengthOfStay.whole(lengths);
            remainders[service] = lengthOfStay.remaining(lengths);
            destinations[service] = AliasMethodDiscreteSampler.of(routing, destinationShares(service));
        }
        nextArrival = arrivalAfter(0);
    }

    /**
     * Begins a history with patients who are there already, met in the middle of their stays.
     *
     * @param present how many by service, no more than its beds
     */
    public void start(long seed, long replication, int[] present) {
        start(seed, replication);
        for (int service = 0; service < services; service++) {
            if (present[service] < 0 || present[service] > beds[service]) {
                throw new IllegalArgumentException(
                        "service " + model.services().get(service).name() + " has " + beds[service] + " beds, "
                                + present[service] + " patients cannot lie in it");
            }
            occupied[service] = present[service];
            for (int patient = 0; patient < present[service]; patient++) {
                ends.add(ticks(remainders[service]), service);
            }
        }
    }

    /** Goes on to that day, fractions allowed. */
    public void run(double untilDay) {
        long until = (long) (untilDay * TICKS_PER_DAY);
        while (true) {
            long end = ends.first();
            if (nextArrival < end) {
                if (nextArrival > until) {
                    break;
                }
                now = nextArrival;
                nextArrival = arrivalAfter(now);
                int service = arrivalService.sample();
                tally.arrived(service);
                askForBed(service, Waiting.OUTSIDE);
            } else {
                if (end > until) {
                    break;
                }
                now = end;
                endStay(ends.remove());
            }
            events++;
        }
        now = until;
        for (int service = 0; service < services; service++) {
            tally.passed(service, now, occupied[service], waiting[service].size());
        }
    }

    /** Forgets what was counted until now, after the days in which the hospital filled. */
    public void restartTally() {
        tally.restart(now);
    }

    public Tally tally() {
        return tally;
    }

    public int occupied(int service) {
        return occupied[service];
    }

    public int waiting(int service) {
        return waiting[service].size();
    }

    /** Arrivals and ends of stays since the start. */
    public long events() {
        return events;
    }

    private static double[] byHourOfWeek(ArrivalProfile profile) {
        double[] hours = new double[7 * HOURS_PER_DAY];
        for (int hour = 0; hour < hours.length; hour++) {
            hours[hour] = HOURS_PER_DAY * profile.share(hour % HOURS_PER_DAY, hour / HOURS_PER_DAY, 0);
        }
        return hours;
    }

    /** The time until the next of a steady stream, lived through faster or slower hour by hour. */
    private long arrivalAfter(long instant) {
        double steady = untilNext.sample();
        if (arrivalsByHour.length == 0) {
            return instant + (long) steady;
        }
        long hour = instant / TICKS_PER_HOUR;
        double from = instant;
        while (true) {
            double speed = arrivalsByHour[(int) (hour % arrivalsByHour.length)];
            double passes = ((hour + 1) * TICKS_PER_HOUR - from) * speed;
            if (steady < passes) {
                return (long) (from + steady / speed);
            }
            steady -= passes;
            hour++;
            from = hour * TICKS_PER_HOUR;
        }
    }

    private void endStay(int service) {
        int destination = destinations[service].sample();
        if (destination == services) {
            free(service);
        } else {
            tally.arrived(destination);
            askForBed(destination, service);
        }
    }

    private void askForBed(int service, int from) {
        if (occupied[service] < beds[service]) {
            admit(service);
            if (from != Waiting.OUTSIDE) {
                free(from);
            }
        } else if (whenFull == WhenFull.WAIT) {
            tally.passed(service, now, occupied[service], waiting[service].size());
            waiting[service].add(now, from);
        } else {
            tally.turnedAway(service);
            if (from != Waiting.OUTSIDE) {
                free(from);
            }
        }
    }

    private void admit(int service) {
        tally.passed(service, now, occupied[service], waiting[service].size());
        occupied[service]++;
        ends.add(now + ticks(stays[service]), service);
    }

    /** A bed that is freed goes to who waits longest for it, whose own bed is freed then, and so on. */
    private void free(int freed) {
        int service = freed;
        while (service != Waiting.OUTSIDE) {
            Waiting queue = waiting[service];
            tally.passed(service, now, occupied[service], queue.size());
            if (queue.size() == 0) {
                occupied[service]--;
                return;
            }
            tally.waited(service, now - queue.firstSince());
            int from = queue.remove();
            ends.add(now + ticks(stays[service]), service);
            service = from;
        }
    }

    private static long ticks(ContinuousSampler days) {
        return (long) (days.sample() * TICKS_PER_DAY);
    }

    /** By service, and last the share that leaves the hospital. Summed by place: a map's order is another in every process. */
    private double[] destinationShares(int service) {
        double[] shares = new double[services + 1];
        model.services().get(service).transfers().forEach((name, share) -> shares[model.indexOf(name)] = share);
        shares[services] = Math.max(0, 1 - Arrays.stream(shares).sum());
        return shares;
    }

    private static UniformRandomProvider stream(long seed, long replication, Stream stream) {
        return SOURCE.create(Draws.mixed(Draws.mixed(Draws.mixed(seed) + replication) + stream.ordinal()));
    }
}
