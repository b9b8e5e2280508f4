package org.chevet.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;

/**
 * A hospital's coming hours as its history has them, for who draws futures one by one: who is here and how long each may stay, who is announced, and
 * how those whom nobody knows yet come, stay and move on. The laws are the forecast's own, but a forecast adds chances up and so cannot know of
 * full beds; nor does what past forecasts erred by make these wider. Services are known by their place in the list. Shares nothing with the history: any thread may draw.
 *
 * @param services in the order of the hospital's file
 * @param granting the chance that who leaves while a bed is asked for goes there
 * @param plans what is compared, in the order in which it was asked for
 */
public record FlowLaws(
        Instant at,
        List<OfService> services,
        List<Here> here,
        List<Awaited> awaited,
        double granting,
        List<Plan> plans) {
    /** How far they reach. */
    public static final int HOURS = FlowForecast.HOURS_AHEAD_MAX;

    /** The place of whoever is in no service. */
    public static final int HOME = Presence.OUT;

    /**
     * @param lying how many of those here lie in its beds: the first ones; the others wait for one
     * @param coming how many are expected from outside within each hour, those who are announced apart
     * @param levelVariance of what is expected, divided by its square: how little the level of arrivals is known
     * @param dispersion variance of a day's number divided by its mean, at least 1
     * @param routes the share of those who leave that goes to each service; the rest leaves the hospital
     * @param leaving by class of time since entry and hour ahead, the chance to leave within that hour
     */
    public record OfService(
            ServiceId service,
            int lying,
            double[] coming,
            double levelVariance,
            double dispersion,
            double[] routes,
            float[][] leaving) {
        /**
         * The chance to leave.
         *
         * @param hoursSince entry
         * @param hour ahead, from 0
         */
        public double leaves(int hoursSince, int hour) {
            return leaving[StayPattern.bucket(hoursSince)][hour];
        }
    }

    /**
     * A patient who is here.
     *
     * @param still the chance to be still there at the end of each hour
     * @param destination where a bed is asked for, {@link #HOME} when none is
     */
    public record Here(int service, float[] still, int destination) {}

    /**
     * A patient who is announced.
     *
     * @param come the chance to have come by the end of each hour
     */
    public record Awaited(int service, float[] come) {}

    /**
     * What is done, and what happens besides.
     *
     * @param beds of each service, neither closed nor blocked
     * @param influx by service and hour, how many come besides
     * @param goneWithin by patient here: hours within which they are sent home, {@link Integer#MAX_VALUE} for who is not
     * @param cancelled by patient announced
     */
    public record Plan(int[] beds, int[][] influx, int[] goneWithin, boolean[] cancelled) {}

    public FlowLaws {
        services = List.copyOf(services);
        here = List.copyOf(here);
        awaited = List.copyOf(awaited);
        plans = List.copyOf(plans);
    }

    /**
     * @param history knows at least what the view has, and enough days for a forecast
     * @param now not before the view
     * @param whatIfs one for each plan; the laws of those who come unannounced are the same in all, whoever is cancelled
     */
    public static FlowLaws of(HospitalView view, FlowHistory history, Instant now, List<WhatIf> whatIfs) {
        Presence presence = FlowForecaster.presence(view, history);
        long start = WallHours.hour(now);
        FlowProjection projection = new FlowProjection(
                history,
                presence,
                start,
                IntStream.rangeClosed(1, HOURS).toArray(),
                new double[history.flows().size()][HOURS]);
        List<ServiceView> shown = view.services().stream()
                .filter(service -> history.number(service.service().id()) != HOME)
                .toList();
        int[] numbers = shown.stream()
                .mapToInt(service -> history.number(service.service().id()))
                .toArray();
        int[] places = new int[history.flows().size()];
        Arrays.fill(places, HOME);
        for (int place = 0; place < numbers.length; place++) {
            places[numbers[place]] = place;
        }
        List<OfService> services = new ArrayList<>();
        for (ServiceView service : shown) {
            services.add(service(service, numbers, history, projection));
        }
        return new FlowLaws(
                now,
                services,
                here(presence, projection, places),
                awaited(presence, history, start, places),
                history.granting(),
                whatIfs.stream()
                        .map(whatIf -> plan(whatIf, FlowForecaster.presence(view, history), history, shown, places))
                        .toList());
    }

    private static OfService service(ServiceView view, int[] numbers, FlowHistory history, FlowProjection projection) {
        int number = history.number(view.service().id());
        ServiceFlow flow = history.flows().get(number);
        return new OfService(
                flow.id,
                view.beds().stream()
                        .mapToInt(bed -> FlowForecaster.lying(bed).size())
                        .sum(),
                projection.outside[number],
                levelVariance(flow),
                dispersion(flow),
                Arrays.stream(numbers)
                        .mapToDouble(to -> to == number ? 0 : flow.route(to))
                        .toArray(),
                projection.leavingChances(number));
    }

    /** As if the patterns of its arrivals did not know of each other. */
    private static double levelVariance(ServiceFlow flow) {
        double level = 0;
        double variance = 0;
        for (ArrivalPattern pattern : flow.arrivals()) {
            level += pattern.level();
            variance += pattern.level() * pattern.level() * pattern.relativeVariance();
        }
        return level == 0 ? 0 : variance / (level * level);
    }

    private static double dispersion(ServiceFlow flow) {
        double level = 0;
        double more = 0;
        for (ArrivalPattern pattern : flow.arrivals()) {
            level += pattern.level();
            more += pattern.level() * (pattern.dispersion() - 1);
        }
        return level == 0 ? 1 : 1 + more / level;
    }

    private static List<Here> here(Presence presence, FlowProjection projection, int[] places) {
        List<Here> here = new ArrayList<>();
        for (int patient = 0; patient < presence.count; patient++) {
            float[] still = new float[HOURS];
            for (int hour = 0; hour < HOURS; hour++) {
                still[hour] = (float) projection.still[hour][patient];
            }
            int destination = presence.destination[patient];
            here.add(new Here(
                    places[presence.service[patient]], still, destination == HOME ? HOME : places[destination]));
        }
        return here;
    }

    private static List<Awaited> awaited(Presence presence, FlowHistory history, long start, int[] places) {
        List<Awaited> awaited = new ArrayList<>();
        for (int i = 0; i < presence.announced; i++) {
            double[] comes = FlowProjection.coming(
                    history.announcements(presence.announcedSoon[i]), presence.expectedHour[i] - start, HOURS);
            float[] come = new float[HOURS];
            double sum = 0;
            for (int hour = 0; hour < HOURS; hour++) {
                sum += comes[hour];
                come[hour] = (float) sum;
            }
            awaited.add(new Awaited(places[presence.announcedService[i]], come));
        }
        return awaited;
    }

    private static Plan plan(
            WhatIf whatIf, Presence presence, FlowHistory history, List<ServiceView> shown, int[] places) {
        int[] beds = shown.stream().mapToInt(FlowForecaster::usable).toArray();
        int[][] influx = new int[beds.length][HOURS];
        for (WhatIf.Change change : whatIf.changes()) {
            int number = history.number(change.service());
            int place = number == HOME ? HOME : places[number];
            if (place != HOME) {
                beds[place] += change.beds();
                for (int hour = 0; hour < change.influxHours(); hour++) {
                    influx[place][hour] += (hour + 1) * change.influx() / change.influxHours()
                            - hour * change.influx() / change.influxHours();
                }
                FlowForecaster.apply(change, number, presence);
            }
        }
        boolean[] cancelled = new boolean[presence.announced];
        for (int i = 0; i < cancelled.length; i++) {
            cancelled[i] = presence.expectedHour[i] == Presence.CANCELLED;
        }
        return new Plan(
                Arrays.stream(beds).map(count -> Math.max(0, count)).toArray(),
                influx,
                Arrays.copyOf(presence.goneAfter, presence.count),
                cancelled);
    }
}
