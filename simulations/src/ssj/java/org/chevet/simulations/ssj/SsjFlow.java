package org.chevet.simulations.ssj;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.chevet.simulations.flow.FlowModel;
import org.chevet.simulations.flow.FlowService;
import org.chevet.simulations.flow.LengthOfStay;
import umontreal.ssj.randvar.ExponentialGen;
import umontreal.ssj.randvar.NormalACRGen;
import umontreal.ssj.randvar.RandomVariateGen;
import umontreal.ssj.rng.LFSR113;
import umontreal.ssj.rng.RandomStream;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;

/**
 * A hospital of flows as one would write it with SSJ when speed counts: the fast generators it has, and events used again. Patients wait,
 * first come first, and keep their bed meanwhile.
 */
public final class SsjFlow {
    private static final int OUTSIDE = -1;

    private final Simulator simulator;
    private final int[] beds;
    private final int[] occupied;
    private final double[] occupiedDays;
    private final double[] since;
    private final double[] mus;
    private final double[] sigmas;
    private final double[] cumulativeArrivals;
    private final double[][] cumulativeTransfers;
    private final List<ArrayDeque<Integer>> waiting;
    private final ArrayDeque<StayEnd> spare = new ArrayDeque<>();
    private final RandomStream routing = new LFSR113();
    private final RandomVariateGen normal = new NormalACRGen(new LFSR113(), 0, 1);
    private final RandomVariateGen between;
    private double talliedFrom;
    private long events;

    /** Streams go on from one history to the next, so each is another one. */
    public SsjFlow(FlowModel model, EventList eventList) {
        simulator = new Simulator(eventList);
        List<FlowService> services = model.services();
        int count = services.size();
        beds = services.stream().mapToInt(FlowService::beds).toArray();
        occupied = new int[count];
        occupiedDays = new double[count];
        since = new double[count];
        mus = new double[count];
        sigmas = new double[count];
        cumulativeArrivals = new double[count];
        cumulativeTransfers = new double[count][count];
        waiting = services.stream().map(service -> new ArrayDeque<Integer>()).toList();
        double arrivals = 0;
        List<String> names = services.stream().map(FlowService::name).toList();
        for (int service = 0; service < count; service++) {
            FlowService one = services.get(service);
            if (!(one.lengthOfStay() instanceof LengthOfStay.LogNormal stay)) {
                throw new IllegalArgumentException("service " + one.name() + ": only lognormal stays are compared");
            }
            sigmas[service] = Math.sqrt(Math.log1p(stay.cv() * stay.cv()));
            mus[service] = Math.log(stay.meanDays()) - sigmas[service] * sigmas[service] / 2;
            arrivals += one.externalArrivalsPerDay();
            cumulativeArrivals[service] = arrivals;
            double[] shares = new double[count];
            for (Map.Entry<String, Double> share : one.transfers().entrySet()) {
                shares[names.indexOf(share.getKey())] = share.getValue();
            }
            Arrays.parallelPrefix(shares, Double::sum);
            cumulativeTransfers[service] = shares;
        }
        between = new ExponentialGen(new LFSR113(), arrivals);
    }

    /** @return beds occupied on average between the two days */
    public double run(double warmUpDays, double days) {
        Arrays.fill(occupied, 0);
        Arrays.fill(occupiedDays, 0);
        Arrays.fill(since, 0);
        waiting.forEach(ArrayDeque::clear);
        events = 0;
        simulator.init();
        new Arrival().schedule(between.nextDouble());
        at(warmUpDays, () -> {
            Arrays.fill(occupiedDays, 0);
            Arrays.fill(since, warmUpDays);
            talliedFrom = warmUpDays;
        });
        at(days, simulator::stop);
        simulator.start();
        for (int service = 0; service < beds.length; service++) {
            passed(service);
        }
        return Arrays.stream(occupiedDays).sum() / (days - talliedFrom);
    }

    public long events() {
        return events;
    }


    private void at(double day, Runnable action) {
        new Event(simulator) {
            @Override
            public void actions() {
                action.run();
            }
        }.schedule(day);
    }

    private final class Arrival extends Event {
        Arrival() {
            super(simulator);
        }

        @Override
        public void actions() {
            events++;
            double drawn = routing.nextDouble() * cumulativeArrivals[beds.length - 1];
            int service = 0;
            while (cumulativeArrivals[service] < drawn) {
                service++;
            }
            schedule(between.nextDouble());
            askForBed(service, OUTSIDE);
        }
    }

    private final class StayEnd extends Event {
        private int service;

        StayEnd() {
            super(simulator);
        }

        @Override
        public void actions() {
            events++;
            spare.push(this);
            double drawn = routing.nextDouble();
            double[] cumulative = cumulativeTransfers[service];
            if (drawn >= cumulative[cumulative.length - 1]) {
                free(service);
                return;
            }
            int destination = 0;
            while (cumulative[destination] <= drawn) {
                destination++;
            }
            askForBed(destination, service);
        }
    }

    private void askForBed(int service, int from) {
        if (occupied[service] == beds[service]) {
            waiting.get(service).add(from);
            return;
        }
        passed(service);
        occupied[service]++;
        stay(service);
        if (from != OUTSIDE) {
            free(from);
        }
    }

    private void free(int freed) {
        int service = freed;
        while (service != OUTSIDE) {
            Integer from = waiting.get(service).poll();
            if (from == null) {
                passed(service);
                occupied[service]--;
                return;
            }
            stay(service);
            service = from;
        }
    }

    private void stay(int service) {
        StayEnd end = spare.isEmpty() ? new StayEnd() : spare.pop();
        end.service = service;
        end.schedule(Math.exp(mus[service] + sigmas[service] * normal.nextDouble()));
    }

    private void passed(int service) {
        double now = simulator.time();
        occupiedDays[service] += occupied[service] * (now - since[service]);
        since[service] = now;
    }
}
