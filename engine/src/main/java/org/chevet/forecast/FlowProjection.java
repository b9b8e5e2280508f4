package org.chevet.forecast;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where patients are expected hour by hour, in one pass over the hours. Those who are here, those who are announced and those for whom a bed is asked
 * in a known service are followed one by one; whoever moved on from there, and whoever comes unannounced, flows on as a mean number by the hour
 * of entry, since few of many who each go somewhere with a small chance are Poisson's.
 *
 * <p>So a service's number of patients is a sum of independent ones: {@link #still} and {@link #arrived} one by one, {@link #moved} and
 * {@link #unknown} Poisson.
 */
final class FlowProjection {
    /** Of arrivals, of each service. */
    static final int PATTERNS = 3;

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

    final int[] followerService;
    final int[] followerPatient;

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

    /** By horizon, service, its pattern of arrivals and weekday, until then, what makes {@link #unknownCame}. */
    final double[][][][] cameOn;

    /** By horizon and service: by how much the sum of {@link #still} depends on what was learned, as {@link StayPattern#variance} takes it. */
    final double[][][] dependences;

    private final FlowHistory history;
    private final List<ServiceFlow> flows;
    private final int length;
    private final long start;
    private final long[] day;
    private final int[] weekday;
    private final int[] hourOfDay;
    private final double[][] chanceFactor;
    private final int[] lead;
    private final Map<Outset, Course> courses = new HashMap<>();

    /** By service and hour: how many come from outside who are not announced yet. */
    final double[][] outside;

    /** By service, its pattern of arrivals and hour. */
    private final double[][][] byPattern;

    private final double[][] announcedComing;

    /** Who left a service within an hour and goes on as its routes say; who leaves for another service as asked. */
    private final double[][] leaving;

    private final double[][] leavingLater;
    private final double[][] granted;
    private final double[][] influx;
    private final double granting;

    FlowProjection(FlowHistory history, Presence presence, long start, int[] hours, double[][] influx) {
        this.history = history;
        this.presence = presence;
        this.hours = hours;
        this.start = start;
        this.influx = influx;
        granting = history.granting();
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
        cameOn = new double[hours.length][services][][];
        dependences = new double[hours.length][services][StayPattern.DEPENDENCES];
        day = new long[length];
        weekday = new int[length];
        hourOfDay = new int[length];
        chanceFactor = new double[services][length];
        lead = new int[length];
        outside = new double[services][length];
        byPattern = new double[services][PATTERNS][length];
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
        double[] notYetAnnounced = history.announcements(false).notYetAnnounced(length);
        double[] notYetAnnouncedSoon = history.announcements(true).notYetAnnounced(length);
        for (int v = 0; v < length; v++) {
            day[v] = wall.day(start + v);
            weekday[v] = wall.weekday(start + v);
            hourOfDay[v] = wall.hourOfDay(start + v);
            lead[v] = Standing.lead(v);
        }
        for (int service = 0; service < services; service++) {
            ServiceFlow flow = flows.get(service);
            for (int v = 0; v < length; v++) {
                chanceFactor[service][v] = flow.stays.weekday.value[weekday[v]] * flow.stays.hour.value[hourOfDay[v]];
                double[][] arrivals = byPattern[service];
                arrivals[0][v] = flow.unplanned.mean(weekday[v], hourOfDay[v]);
                arrivals[1][v] = flow.soon.mean(weekday[v], hourOfDay[v]) * notYetAnnouncedSoon[v];
                arrivals[2][v] = flow.planned.mean(weekday[v], hourOfDay[v]) * notYetAnnounced[v];
                outside[service][v] = arrivals[0][v] + arrivals[1][v] + arrivals[2][v] + influx[service][v];
            }
        }
    }

    /** What is the same for many patients: where they are, and what is known of their departure. */
    private record Outset(int service, long planDay, long heldUntilDay, int milestone) {}

    /** By hour, what the rate of the time since entry is multiplied by, and where the dependence on what is known is noted. */
    private final class Course {
        private final double[] factors;
        private final int[] dependence = new int[length];

        Course(Outset outset) {
            factors = new double[length];
            StayPattern stays = flows.get(outset.service()).stays;
            for (int v = 0; v < length; v++) {
                int what = Standing.what(outset.planDay(), outset.heldUntilDay(), day[v], outset.milestone());
                factors[v] = stays.weekday.value[weekday[v]]
                        * stays.hour(what).value[hourOfDay[v]]
                        * stays.standing.values(what)[Standing.ofWhat(lead[v], partKnown())];
                dependence[v] = StayPattern.dependence(lead[v], what);
            }
        }
    }

    /** The part of the day that it is now. */
    int partKnown() {
        return Standing.partOfDay(hourOfDay[0]);
    }

    private void follow(int patient) {
        int service = presence.service[patient];
        double[] rates = flows.get(service).stays.rate.value;
        Course course = courses.computeIfAbsent(
                new Outset(
                        service,
                        presence.planDay[patient],
                        presence.heldUntilDay[patient],
                        presence.milestone[patient]),
                Course::new);
        int goneAfter = presence.goneAfter[patient];
        Follower next = presence.destination[patient] == Presence.OUT
                ? null
                : new Follower(presence.destination[patient], patient);
        Hazards hazards = new Hazards();
        double own = 1;
        long elapsed = start - presence.sinceHour[patient];
        for (int v = 0, horizon = 0; v < length; v++) {
            double leaves = own;
            if (v + 1 < goneAfter) {
                double chance =
                        Math.min(StayPattern.CHANCE_MAX, rates[StayPattern.bucket(elapsed + v)] * course.factors[v]);
                leaves *= chance;
                hazards.add(weekday[v], course.dependence[v], chance);
            }
            own -= leaves;
            double elsewhere = v + 1 < goneAfter ? leaves : 0;
            if (next != null) {
                double asAsked = elsewhere * granting;
                next.hour(v, asAsked);
                granted[service][v] += asAsked;
                elsewhere -= asAsked;
            }
            leaving[service][v] += elsewhere;
            if (hours[horizon] == v + 1) {
                still[horizon][patient] = own;
                hazards.tell(dependences[horizon][service], own);
                if (next != null) {
                    next.tell(horizon);
                }
                horizon++;
            }
        }
    }

    /** What the chance that a patient is still there owes to which factor. */
    private static final class Hazards {
        /** One for each class of foresight, one for each time that a planned day comes nearer, is there, or is over, and one for the last barrier's end. */
        private static final int RUNS_MAX = Standing.LEADS + 4;

        private final double[] byWeekday = new double[7];
        private final int[] dependence = new int[RUNS_MAX];
        private final double[] byKnown = new double[RUNS_MAX];
        private int runs;

        void add(int ofWeekday, int ofKnown, double chance) {
            byWeekday[ofWeekday] += chance;
            if (runs == 0 || dependence[runs - 1] != ofKnown) {
                dependence[runs] = ofKnown;
                runs++;
            }
            byKnown[runs - 1] += chance;
        }

        void tell(double[] dependences, double own) {
            for (int i = 0; i < byWeekday.length; i++) {
                dependences[i] += own * byWeekday[i];
            }
            for (int run = 0; run < runs; run++) {
                dependences[dependence[run]] += own * byKnown[run];
            }
        }
    }

    private void await(int awaited) {
        long expected = presence.expectedHour[awaited] - start;
        if (expected >= length) {
            return;
        }
        double[] comes = coming(history.announcements(presence.announcedSoon[awaited]), expected, length);
        Follower follower = new Follower(presence.announcedService[awaited], Presence.OUT);
        for (int v = 0, horizon = 0; v < length; v++) {
            announcedComing[follower.service][v] += comes[v];
            follower.hour(v, comes[v]);
            if (hours[horizon] == v + 1) {
                follower.tell(horizon);
                horizon++;
            }
        }
    }

    /**
     * The chance that who is announced comes within each of the coming hours.
     *
     * @param expected hours ahead for which they are announced, below zero for who is late
     */
    static double[] coming(Announcements announcements, long expected, int length) {
        double[] comes = new double[length];
        int lateNow = (int) Math.clamp(-expected, 0, Announcements.LATE_HOURS_MAX);
        long last = Math.min(length - 1, expected + Announcements.LATE_HOURS_MAX);
        for (long v = Math.max(0, expected + lateNow); v <= last; v++) {
            comes[(int) v] = announcements.coming((int) (v - expected), lateNow);
        }
        return comes;
    }

    /** Who is announced may be one of those that are planned on the mean, so each day has the more of the two and not both. */
    private void leaveOutAnnounced() {
        for (int service = 0; service < services; service++) {
            for (int first = 0, end; first < length; first = end) {
                double planned = 0;
                double announced = 0;
                for (end = first; end < length && day[end] == day[first]; end++) {
                    planned += planned(service, end);
                    announced += announcedComing[service][end];
                }
                double left = planned == 0 ? 0 : Math.max(0, 1 - announced / planned);
                for (int v = first; v < end; v++) {
                    outside[service][v] -= planned(service, v) * (1 - left);
                    byPattern[service][1][v] *= left;
                    byPattern[service][2][v] *= left;
                }
            }
        }
    }

    private double planned(int service, int v) {
        return byPattern[service][1][v] + byPattern[service][2][v];
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
        Cohorts[] known = cohorts();
        Cohorts[] others = cohorts();
        double[] knownOut = new double[services];
        double[] othersOut = new double[services];
        Totals totals = new Totals();
        for (int v = 0, horizon = 0; v < length; v++) {
            for (int service = 0; service < services; service++) {
                knownOut[service] = known[service].leave(v, chanceFactor[service][v]);
                othersOut[service] = others[service].leave(v, chanceFactor[service][v]);
                others[service].enter(v, outside[service][v]);
            }
            for (int from = 0; from < services; from++) {
                double knownLeaving = knownOut[from] + leaving[from][v] + leavingLater[from][v];
                totals.left(from, v, knownOut[from] + othersOut[from] + leavingLater[from][v]);
                for (int to = 0; to < services; to++) {
                    double route = routes[from][to];
                    if (route > 0) {
                        known[to].enter(v, knownLeaving * route);
                        others[to].enter(v, othersOut[from] * route);
                        totals.moved(from, to, knownLeaving * route, othersOut[from] * route);
                    }
                }
            }
            if (hours[horizon] == v + 1) {
                for (int service = 0; service < services; service++) {
                    moved[horizon][service] = known[service].there();
                    unknown[horizon][service] = others[service].there();
                }
                totals.tell(horizon);
                horizon++;
            }
        }
    }

    private Cohorts[] cohorts() {
        Cohorts[] cohorts = new Cohorts[services];
        for (int service = 0; service < services; service++) {
            cohorts[service] = new Cohorts(flows.get(service).stays.rate.value, length);
        }
        return cohorts;
    }

    /** By class of time since entry and hour ahead: the chance that who came there meanwhile leaves within it. */
    float[][] leavingChances(int service) {
        double[] rates = flows.get(service).stays.rate.value;
        float[][] chances = new float[rates.length][length];
        for (int bucket = 0; bucket < rates.length; bucket++) {
            for (int v = 0; v < length; v++) {
                chances[bucket][v] = (float) Math.min(StayPattern.CHANCE_MAX, rates[bucket] * chanceFactor[service][v]);
            }
        }
        return chances;
    }

    private final class Totals {
        private final double[] came = new double[services];
        private final double[][][] byWeekday = new double[services][PATTERNS][7];
        private final double[] planned = new double[services];
        private final double[] knownIn = new double[services];
        private final double[] othersIn = new double[services];
        private final double[] out = new double[services];
        private final double[] exits = new double[services];

        void left(int service, int v, double later) {
            came[service] += outside[service][v];
            for (int pattern = 0; pattern < PATTERNS; pattern++) {
                byWeekday[service][pattern][weekday[v]] += byPattern[service][pattern][v];
            }
            planned[service] += planned(service, v);
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
            for (int service = 0; service < services; service++) {
                cameOn[horizon][service] =
                        Arrays.stream(byWeekday[service]).map(double[]::clone).toArray(double[][]::new);
            }
            knownMovedIn[horizon] = Arrays.copyOf(knownIn, services);
            unknownMovedIn[horizon] = Arrays.copyOf(othersIn, services);
            movedOut[horizon] = Arrays.copyOf(out, services);
            laterExits[horizon] = Arrays.copyOf(exits, services);
        }
    }
}
