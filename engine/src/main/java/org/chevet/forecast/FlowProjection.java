package org.chevet.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Where patients are expected hour by hour, in one pass over the hours. Those who are here, those who are announced and those for whom a bed is asked
 * in a known service are followed one by one; whoever moved on from there, and whoever comes unannounced, flows on as a mean number by the hour
 * of entry, since few of many who each go somewhere with a small chance are Poisson's.
 *
 * <p>So a service's number of patients is a sum of independent ones: {@link #still} and {@link #arrived} one by one, {@link #moved} and
 * {@link #unknown} Poisson.
 */
final class FlowProjection {
    private static final int SERVICES_ASKED_FIRST = 16;

    final int services;
    final int[] hours;
    final Presence presence;

    /** By horizon and patient here: the chance to be where they are now, never having left. */
    final double[][] still;

    /** By horizon and follower: the chance to have come where they are awaited, and to be there. */
    final double[][] arrived;

    /** By horizon and follower: the chance to have come. */
    final double[][] came;

    /** Of each follower: where to, and which patient here it is; announced ones are {@link Presence#OUT}. */
    int followers;

    int[] followerService = new int[SERVICES_ASKED_FIRST];
    int[] followerPatient = new int[SERVICES_ASKED_FIRST];

    /** By horizon and service: how many of those followed one by one came there on further moves, and are there. */
    final double[][] moved;

    /** By horizon and service: how many who are neither here nor announced yet are there. */
    final double[][] unknown;

    /** By horizon and service, until then: entries of these from outside, and of these from other services. */
    final double[][] unknownCame;

    final double[][] unknownMovedIn;
    final double[][] knownMovedIn;

    /** By horizon and service, until then: exits of whoever was not there at first. */
    final double[][] laterExits;

    /** By horizon and service, until then: exits to other services. */
    final double[][] movedOut;

    /** By horizon and service, until then, of {@link #unknownCame} those for whom an announcement is usual. */
    final double[][] plannedCame;

    private final FlowHistory history;
    private final List<ServiceFlow> flows;
    private final int length;
    private final long start;
    private final long[] day;
    private final int[] weekday;
    private final int[] hourOfDay;
    private final double[][] chanceFactor;
    private final int[] lead;
    private final double[][] outside;
    private final double[][] plannedOutside;
    private final double[][] announcedComing;

    /** Who left a service within an hour and goes on as its routes say; who leaves for another service as asked. */
    private final double[][] leaving;

    private final double[][] leavingLater;
    private final double[][] granted;
    private final double[][] influx;

    FlowProjection(FlowHistory history, Presence presence, long start, int[] hours, double[][] influx) {
        this.history = history;
        this.presence = presence;
        this.hours = hours;
        this.start = start;
        this.influx = influx;
        flows = history.flows();
        services = flows.size();
        length = hours[hours.length - 1];
        still = new double[hours.length][presence.count];
        int followersMax = presence.count + presence.announced;
        arrived = new double[hours.length][followersMax];
        came = new double[hours.length][followersMax];
        followerService = new int[followersMax];
        followerPatient = new int[followersMax];
        moved = new double[hours.length][services];
        unknown = new double[hours.length][services];
        unknownCame = new double[hours.length][services];
        unknownMovedIn = new double[hours.length][services];
        knownMovedIn = new double[hours.length][services];
        laterExits = new double[hours.length][services];
        movedOut = new double[hours.length][services];
        plannedCame = new double[hours.length][services];
        day = new long[length];
        weekday = new int[length];
        hourOfDay = new int[length];
        chanceFactor = new double[services][length];
        lead = new int[length];
        outside = new double[services][length];
        plannedOutside = new double[services][length];
        leaving = new double[services][length];
        leavingLater = new double[services][length];
        granted = new double[services][length];
        prepare();
        for (int patient = 0; patient < presence.count; patient++) {
            follow(patient);
        }
        announcedComing = new double[services][length];
        for (int awaited = 0; awaited < presence.announced; awaited++) {
            await(awaited);
        }
        if (!history.knowsLeads()) {
            leaveOutAnnounced();
        }
        flow();
    }

    private void prepare() {
        WallHours wall = history.wall();
        double[] notYetAnnounced = new double[length];
        for (int v = 0; v < length; v++) {
            day[v] = wall.day(start + v);
            weekday[v] = wall.weekday(start + v);
            hourOfDay[v] = wall.hourOfDay(start + v);
            notYetAnnounced[v] = history.notYetAnnounced(v);
            lead[v] = Standing.lead(v);
        }
        for (int service = 0; service < services; service++) {
            ServiceFlow flow = flows.get(service);
            for (int v = 0; v < length; v++) {
                chanceFactor[service][v] = flow.stays.weekday.value[weekday[v]] * flow.stays.hour.value[hourOfDay[v]];
                plannedOutside[service][v] = flow.planned.mean(weekday[v], hourOfDay[v]) * notYetAnnounced[v];
                outside[service][v] =
                        flow.unplanned.mean(weekday[v], hourOfDay[v]) + plannedOutside[service][v] + influx[service][v];
            }
        }
    }

    private void follow(int patient) {
        int service = presence.service[patient];
        StayPattern pattern = flows.get(service).stays;
        long planDay = presence.planDay[patient];
        int reached = presence.milestone[patient];
        long heldUntil = presence.heldUntil[patient];
        int goneAfter = presence.goneAfter[patient];
        Follower next = presence.destination[patient] == Presence.OUT
                ? null
                : new Follower(presence.destination[patient], patient);
        double own = 1;
        long elapsed = start - presence.sinceHour[patient];
        for (int v = 0, horizon = 0; v < length; v++) {
            double leaves = own;
            if (v + 1 < goneAfter) {
                int bucket = StayPattern.bucket(elapsed + v);
                int milestone = Standing.milestone(reached, heldUntil, start, start + v);
                double known = pattern.standing.value[Standing.of(lead[v], hourOfDay[0], planDay, day[v], milestone)];
                leaves *=
                        Math.min(StayPattern.CHANCE_MAX, pattern.rate.value[bucket] * known * chanceFactor[service][v]);
            }
            own -= leaves;
            double elsewhere = v + 1 < goneAfter ? leaves : 0;
            if (next != null) {
                double asAsked = elsewhere * history.granting();
                next.hour(v, asAsked);
                granted[service][v] += asAsked;
                elsewhere -= asAsked;
            }
            leaving[service][v] += elsewhere;
            if (hours[horizon] == v + 1) {
                still[horizon][patient] = own;
                if (next != null) {
                    next.tell(horizon);
                }
                horizon++;
            }
        }
    }

    private void await(int awaited) {
        long expected = presence.expectedHour[awaited] - start;
        int lateNow = (int) Math.clamp(-expected, 0, FlowHistory.LATE_HOURS_MAX);
        if (expected >= length) {
            return;
        }
        Follower follower = new Follower(presence.announcedService[awaited], Presence.OUT);
        for (int v = 0, horizon = 0; v < length; v++) {
            long late = v - expected;
            boolean may = late >= lateNow && late <= FlowHistory.LATE_HOURS_MAX;
            double comes = may ? history.coming((int) late, lateNow) : 0;
            announcedComing[follower.service][v] += comes;
            follower.hour(v, comes);
            if (hours[horizon] == v + 1) {
                follower.tell(horizon);
                horizon++;
            }
        }
    }

    /** Who is announced may be one of those that are planned on the mean, so each day has the more of the two and not both. */
    private void leaveOutAnnounced() {
        for (int service = 0; service < services; service++) {
            for (int first = 0, end; first < length; first = end) {
                double planned = 0;
                double announced = 0;
                for (end = first; end < length && day[end] == day[first]; end++) {
                    planned += plannedOutside[service][end];
                    announced += announcedComing[service][end];
                }
                double left = planned == 0 ? 0 : Math.max(0, 1 - announced / planned);
                for (int v = first; v < end; v++) {
                    outside[service][v] -= plannedOutside[service][v] * (1 - left);
                    plannedOutside[service][v] *= left;
                }
            }
        }
    }

    /** Somebody in the service where they are awaited, as long as they have been there on the mean. */
    private final class Follower {
        private final int number = followers++;
        private final int service;
        private final StayPattern pattern;
        private double there;
        private double agedThere;
        private double everThere;

        Follower(int service, int patient) {
            this.service = service;
            followerService[number] = service;
            followerPatient[number] = patient;
            pattern = flows.get(service).stays;
        }

        void hour(int v, double comes) {
            if (there > 0) {
                double age = agedThere / there;
                double chance = Math.min(
                        StayPattern.CHANCE_MAX,
                        pattern.rate.value[StayPattern.bucket((long) age)] * chanceFactor[service][v]);
                leavingLater[service][v] += there * chance;
                there -= there * chance;
                agedThere -= agedThere * chance;
            }
            there += comes;
            everThere += comes;
            agedThere += there;
        }

        void tell(int horizon) {
            arrived[horizon][number] = there;
            came[horizon][number] = everThere;
        }
    }

    private void flow() {
        double[][] routes = new double[services][services];
        for (int from = 0; from < services; from++) {
            for (int to = 0; to < services; to++) {
                routes[from][to] = from == to ? 0 : flows.get(from).route(to);
            }
        }
        double[][] known = new double[services][length];
        double[][] others = new double[services][length];
        double[] knownOut = new double[services];
        double[] othersOut = new double[services];
        Totals totals = new Totals();
        for (int v = 0, horizon = 0; v < length; v++) {
            for (int service = 0; service < services; service++) {
                knownOut[service] = drain(known[service], service, v);
                othersOut[service] = drain(others[service], service, v);
                others[service][v] = outside[service][v];
            }
            for (int from = 0; from < services; from++) {
                double knownLeaving = knownOut[from] + leaving[from][v] + leavingLater[from][v];
                totals.left(from, v, knownOut[from] + othersOut[from] + leavingLater[from][v]);
                for (int to = 0; to < services; to++) {
                    double route = routes[from][to];
                    if (route > 0) {
                        known[to][v] += knownLeaving * route;
                        others[to][v] += othersOut[from] * route;
                        totals.moved(from, to, knownLeaving * route, othersOut[from] * route);
                    }
                }
            }
            if (hours[horizon] == v + 1) {
                for (int service = 0; service < services; service++) {
                    moved[horizon][service] = sum(known[service], v);
                    unknown[horizon][service] = sum(others[service], v);
                }
                totals.tell(horizon);
                horizon++;
            }
        }
    }

    /** Who leaves within the hour that begins {@code v} hours from now, of those who entered in the hours before. */
    private double drain(double[] byEntry, int service, int v) {
        double[] rates = flows.get(service).stays.rate.value;
        int[] begins = StayPattern.BUCKET_HOURS;
        double leaves = 0;
        for (int bucket = 0; bucket < begins.length && begins[bucket] <= v; bucket++) {
            int first = bucket + 1 == begins.length ? 0 : Math.max(0, v - begins[bucket + 1] + 1);
            int last = Math.min(v - 1, v - begins[bucket]);
            double chance = Math.min(StayPattern.CHANCE_MAX, rates[bucket] * chanceFactor[service][v]);
            double there = 0;
            for (int entry = first; entry <= last; entry++) {
                there += byEntry[entry];
                byEntry[entry] *= 1 - chance;
            }
            leaves += there * chance;
        }
        return leaves;
    }

    private static double sum(double[] byEntry, int last) {
        double sum = 0;
        for (int entry = 0; entry <= last; entry++) {
            sum += byEntry[entry];
        }
        return sum;
    }

    private final class Totals {
        private final double[] came = new double[services];
        private final double[] planned = new double[services];
        private final double[] knownIn = new double[services];
        private final double[] othersIn = new double[services];
        private final double[] out = new double[services];
        private final double[] exits = new double[services];

        void left(int service, int v, double later) {
            came[service] += outside[service][v];
            planned[service] += plannedOutside[service][v];
            exits[service] += later;
            out[service] += granted[service][v];
        }

        void moved(int from, int to, double knownNumber, double othersNumber) {
            out[from] += knownNumber + othersNumber;
            knownIn[to] += knownNumber;
            othersIn[to] += othersNumber;
        }

        void tell(int horizon) {
            unknownCame[horizon] = Arrays.copyOf(came, services);
            plannedCame[horizon] = Arrays.copyOf(planned, services);
            knownMovedIn[horizon] = Arrays.copyOf(knownIn, services);
            unknownMovedIn[horizon] = Arrays.copyOf(othersIn, services);
            movedOut[horizon] = Arrays.copyOf(out, services);
            laterExits[horizon] = Arrays.copyOf(exits, services);
        }
    }
}
