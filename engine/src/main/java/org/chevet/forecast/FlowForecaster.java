package org.chevet.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chevet.event.BedRequest;
import org.chevet.event.PatientClass;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Drivers;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.forecast.FlowForecast.TooLittleHistory;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TensionPolicy;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.occupancy.Timeline.Stretch;
import org.jspecify.annotations.Nullable;

/**
 * Distributions of how many patients each service, and the hospital, will have, from who is here and what its history taught. Those who are here now are
 * added up one by one (Poisson's binomial), those to come by a Poisson number, or a negative binomial one where bursts and an uncertain level
 * make it wider; the spread is then what past forecasts needed.
 */
public final class FlowForecaster {
    /** Every hour of the first three days, then every day at the same hour. */
    private static final int HOURLY_MAX = 72;

    private static final int[] HOURS = IntStream.concat(
                    IntStream.rangeClosed(1, HOURLY_MAX),
                    IntStream.rangeClosed(4, FlowForecast.HOURS_AHEAD_MAX / 24).map(day -> day * 24))
            .toArray();

    /** Bursts of arrivals are seen in windows of so many hours or longer. */
    private static final int BURST_HOURS = 8;

    private static final double DISPERSION_MAX = 100;

    private final FlowHistory history;
    private final FlowRecord record;
    private final FlowProjection projection;
    private final int[] beds;
    private final int[] thresholds;

    private FlowForecaster(
            FlowHistory history, FlowRecord record, FlowProjection projection, int[] beds, int[] thresholds) {
        this.history = history;
        this.record = record;
        this.projection = projection;
        this.beds = beds;
        this.thresholds = thresholds;
    }

    /**
     * Of each service by the number that the history gives it, then of the whole hospital, by hours ahead: from what the history itself knows of who is
     * here. For trials on the past.
     *
     * @param hours ahead of the last full hour that the history passed, ascending
     */
    public static List<List<CountDistribution>> patients(FlowHistory history, FlowRecord record, int... hours) {
        int services = history.flows().size();
        double[][] noInflux = new double[services][hours[hours.length - 1]];
        FlowProjection projection = new FlowProjection(history, history.presence(), history.hour(), hours, noInflux);
        FlowForecaster forecaster =
                new FlowForecaster(history, record, projection, new int[services + 1], new int[services + 1]);
        List<List<CountDistribution>> told = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            told.add(forecaster.ofService(service).stream().map(Ahead::patients).toList());
        }
        told.add(forecaster.ofHospital().stream().map(Ahead::patients).toList());
        return told;
    }

    /**
     * @param history knows at least what the view has
     * @param now not before the view
     */
    public static FlowForecast forecast(
            HospitalView view, FlowHistory history, FlowRecord record, Instant now, WhatIf whatIf) {
        if (history.daysKnown() < FlowHistory.DAYS_NEEDED) {
            return new TooLittleHistory(history.daysKnown(), FlowHistory.DAYS_NEEDED);
        }
        Presence presence = presence(view, history);
        int services = history.flows().size();
        long start = WallHours.hour(now);
        double[][] influx = new double[services][FlowForecast.HOURS_AHEAD_MAX];
        int[] moreBeds = new int[services];
        for (WhatIf.Change change : whatIf.changes()) {
            int service = history.number(change.service());
            if (service != Presence.OUT) {
                moreBeds[service] += change.beds();
                apply(change, service, presence, influx[service]);
            }
        }
        FlowProjection projection = new FlowProjection(history, presence, start, HOURS, influx);
        int[] beds = new int[services + 1];
        int[] staffed = new int[services + 1];
        int[] thresholds = new int[services + 1];
        TensionPolicy policy = view.hospital().tensionPolicy();
        for (ServiceView service : view.services()) {
            int number = history.number(service.service().id());
            if (number != Presence.OUT) {
                beds[number] = Math.max(0, usable(service) + moreBeds[number]);
                beds[services] += beds[number];
                staffed[number] = Math.max(0, service.counts().staffed() + moreBeds[number]);
                staffed[services] += staffed[number];
                thresholds[number] = threshold(
                        staffed[number], policy.thresholds(service.service().id()));
            }
        }
        thresholds[services] = threshold(staffed[services], policy.hospital());
        return new FlowForecaster(history, record, projection, beds, thresholds).foreseen(view, now);
    }

    /** The first number of patients that is the hospital's own threshold of tension, or above it. */
    private static int threshold(int staffed, TensionPolicy.Thresholds thresholds) {
        return Math.ceilDiv(staffed * thresholds.tension(), 100);
    }

    private static int usable(ServiceView service) {
        return service.counts().open() - service.counts().blocked();
    }

    private static Presence presence(HospitalView view, FlowHistory history) {
        Presence presence = new Presence();
        Map<StayId, Integer> destinations = destinations(view, history);
        for (ServiceView service : view.services()) {
            int number = history.number(service.service().id());
            if (number == Presence.OUT) {
                continue;
            }
            for (BedView bed : service.beds()) {
                for (Stay stay : bed.occupants()) {
                    add(presence, stay, number, destinations.get(stay.id()), history, view);
                }
            }
            for (Stay stay : service.withoutBed()) {
                if (stay.currentClass() != PatientClass.OUTPATIENT) {
                    add(presence, stay, number, destinations.get(stay.id()), history, view);
                }
            }
        }
        for (Stay stay : view.stays().values()) {
            if (stay.expectedArrival() != null && stay.status() == StayStatus.EXPECTED) {
                Integer asked = destinations.get(stay.id());
                int service = asked == null || asked == Presence.OUT
                        ? history.serviceOf(stay.needs().specialty())
                        : asked;
                long expected = WallHours.hour(stay.expectedArrival());
                boolean late = WallHours.hour(view.recordedAt()) - expected > FlowHistory.LATE_HOURS_MAX;
                if (service != Presence.OUT && !late) {
                    presence.announce(service, expected);
                }
            }
        }
        return presence;
    }

    /** OUT where a bed is asked for, but nobody said where. */
    private static Map<StayId, Integer> destinations(HospitalView view, FlowHistory history) {
        Map<StayId, Integer> destinations = new HashMap<>();
        for (HospitalView.OpenRequest open : view.requests()) {
            BedRequest request = open.request();
            if (request.stay() != null) {
                int reserved = open.bed() == null ? Presence.OUT : history.serviceOf(open.bed());
                destinations.put(
                        request.stay(), reserved == Presence.OUT ? history.number(request.service()) : reserved);
            }
        }
        return destinations;
    }

    private static void add(
            Presence presence,
            Stay stay,
            int service,
            @Nullable Integer destination,
            FlowHistory history,
            HospitalView view) {
        Instant planned = stay.expectedDischarge();
        int milestone = stay.administrativelyClosedAt() != null
                ? Standing.CLOSED
                : stay.medicallyReadyAt() != null
                        ? Standing.MEDICALLY_READY
                        : destination != null ? Standing.BED_ASKED : Standing.WAITS;
        presence.add(
                service,
                WallHours.hour(since(stay, service, history, view)),
                planned == null ? Standing.NO_PLAN : history.wall().day(planned),
                milestone,
                Standing.heldUntil(stay.barriers()),
                destination == null ? Presence.OUT : destination);
    }

    private static Instant since(Stay stay, int service, FlowHistory history, HospitalView view) {
        Instant since = view.recordedAt();
        for (Stretch stretch : stay.timeline().stretches().reversed()) {
            if (history.service(stretch.location()) != service) {
                break;
            }
            since = stretch.from();
        }
        return since;
    }

    private static void apply(WhatIf.Change change, int service, Presence presence, double[] influx) {
        for (int hour = 0; change.influx() > 0 && hour < change.influxHours(); hour++) {
            influx[hour] += change.influx() / (double) change.influxHours();
        }
        for (int i = 0; i < change.electivesCancelled(); i++) {
            presence.cancelNext(service);
        }
        for (int i = 0; i < change.dischargesAdvanced(); i++) {
            presence.advanceNext(service, WhatIf.EARLY_HOURS);
        }
    }

    private Foreseen foreseen(HospitalView view, Instant now) {
        List<Series> services = new ArrayList<>();
        int patients = 0;
        double[] sums = new double[5];
        for (ServiceView service : view.services()) {
            int number = history.number(service.service().id());
            if (number != Presence.OUT) {
                Series series =
                        series(number, projection.presence.in(number), drivers(number, sums), ofService(number));
                services.add(series);
                patients += series.patients();
            }
        }
        Drivers drivers = new Drivers(sums[0], sums[1], sums[2], sums[3], sums[4]);
        return new Foreseen(now, series(projection.services, patients, drivers, ofHospital()), services);
    }

    private Series series(int number, int patients, Drivers drivers, List<Ahead> ahead) {
        Integer full = patients >= beds[number] ? Integer.valueOf(0) : null;
        for (int i = 0; full == null && i < ahead.size(); i++) {
            if (ahead.get(i).noFreeBed() >= 0.5) {
                full = ahead.get(i).hours();
            }
        }
        return new Series(
                number == projection.services ? null : history.flows().get(number).id,
                patients,
                beds[number],
                thresholds[number],
                full,
                drivers,
                ahead);
    }

    private Drivers drivers(int service, double[] sums) {
        int horizon = 0;
        while (projection.hours[horizon] < Drivers.DRIVER_HOURS) {
            horizon++;
        }
        double announced = 0;
        double asked = 0;
        for (int i = 0; i < projection.followers; i++) {
            if (projection.followerService[i] == service) {
                boolean here = projection.followerPatient[i] != Presence.OUT;
                asked += here ? projection.came[horizon][i] : 0;
                announced += here ? 0 : projection.came[horizon][i];
            }
        }
        double exits = projection.laterExits[horizon][service];
        for (int i = 0; i < projection.presence.count; i++) {
            exits += projection.presence.service[i] == service ? 1 - projection.still[horizon][i] : 0;
        }
        double usual = projection.plannedCame[horizon][service];
        double out = projection.movedOut[horizon][service];
        double[] parts = {
            projection.unknownCame[horizon][service] - usual,
            announced + usual,
            asked + projection.knownMovedIn[horizon][service] + projection.unknownMovedIn[horizon][service],
            out,
            Math.max(0, exits - out)
        };
        for (int i = 0; i < parts.length; i++) {
            sums[i] += parts[i];
        }
        return new Drivers(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    private List<Ahead> ofService(int service) {
        ServiceFlow flow = history.flows().get(service);
        List<Ahead> all = new ArrayList<>(projection.hours.length);
        int[] here = projection.presence.numbersIn(service);
        double known = flow.unplanned.relativeVariance();
        double anywhere = relativeVariance();
        for (int horizon = 0; horizon < projection.hours.length; horizon++) {
            double[] stays = new double[here.length];
            for (int i = 0; i < here.length; i++) {
                stays[i] = projection.still[horizon][here[i]];
            }
            CountDistribution still = CountDistribution.poissonBinomial(stays);
            double outside = projection.unknownCame[horizon][service];
            double inside = projection.unknownMovedIn[horizon][service];
            double there = projection.unknown[horizon][service];
            double direct = outside + inside == 0 ? 0 : outside / (outside + inside);
            double share = outside + inside == 0 ? 0 : there / (outside + inside);
            double bursts = projection.hours[horizon] < BURST_HOURS ? 0 : direct * (flow.unplanned.dispersion() - 1);
            double level = square(direct) * known + square(1 - direct) * anywhere;
            CountDistribution patients = still.plus(followers(projection.arrived[horizon], service, false))
                    .plus(CountDistribution.poisson(projection.moved[horizon][service]))
                    .plus(burst(there, there * share * bursts + square(there) * level))
                    .stretched(record.dispersion(service, projection.hours[horizon]));
            CountDistribution entries = followers(projection.came[horizon], service, false)
                    .plus(CountDistribution.poisson(projection.knownMovedIn[horizon][service] + inside))
                    .plus(burst(outside, outside * bursts + square(outside) * known));
            CountDistribution exits = still.negated()
                    .shifted(here.length)
                    .plus(CountDistribution.poisson(projection.laterExits[horizon][service]));
            all.add(ahead(horizon, service, patients, entries, exits));
        }
        return all;
    }

    private List<Ahead> ofHospital() {
        List<Ahead> all = new ArrayList<>(projection.hours.length);
        double bursts = bursts();
        double level = relativeVariance();
        for (int horizon = 0; horizon < projection.hours.length; horizon++) {
            CountDistribution still = CountDistribution.poissonBinomial(inHospital(horizon));
            double came = sum(projection.unknownCame[horizon]);
            double there = sum(projection.unknown[horizon]);
            double share = came == 0 ? 0 : there / came;
            double wider = projection.hours[horizon] < BURST_HOURS ? 0 : bursts;
            CountDistribution patients = still.plus(announcedThere(horizon))
                    .plus(burst(there, there * share * wider + square(there) * level))
                    .stretched(record.dispersion(FlowRecord.WHOLE, projection.hours[horizon]));
            CountDistribution entries = followers(projection.came[horizon], Presence.OUT, true)
                    .plus(burst(came, came * wider + square(came) * level));
            CountDistribution exits = still.negated()
                    .shifted(projection.presence.count)
                    .plus(CountDistribution.poisson(Math.max(0, came - there) + announcedGone(horizon)));
            all.add(ahead(horizon, projection.services, patients, entries, exits));
        }
        return all;
    }

    private Ahead ahead(
            int horizon, int number, CountDistribution patients, CountDistribution entries, CountDistribution exits) {
        return new Ahead(
                projection.hours[horizon],
                patients,
                entries,
                exits,
                patients.atLeast(beds[number]),
                patients.atLeast(thresholds[number]));
    }

    /**
     * Of each patient here, the chance to be still in the hospital: where they are, where they are awaited, or anywhere else. How many are anywhere else is
     * known in sum; each has the part that the routes of where they left from give.
     */
    private double[] inHospital(int horizon) {
        Presence presence = projection.presence;
        double[] chances = new double[presence.count];
        System.arraycopy(projection.still[horizon], 0, chances, 0, chances.length);
        for (int i = 0; i < projection.followers; i++) {
            if (projection.followerPatient[i] != Presence.OUT) {
                chances[projection.followerPatient[i]] += projection.arrived[horizon][i];
            }
        }
        double[] onward = new double[projection.services];
        double mayBe = 0;
        for (int service = 0; service < onward.length; service++) {
            for (int to = 0; to < onward.length; to++) {
                onward[service] += history.flows().get(service).route(to);
            }
        }
        for (int i = 0; i < chances.length; i++) {
            mayBe += (1 - chances[i]) * onward[presence.service[i]];
        }
        double share = mayBe == 0 ? 0 : sum(projection.moved[horizon]) / mayBe;
        for (int i = 0; i < chances.length; i++) {
            double elsewhere = Math.min(1, share * onward[presence.service[i]]);
            chances[i] = Math.clamp(chances[i] + (1 - chances[i]) * elsewhere, 0, 1);
        }
        return chances;
    }

    private double announcedGone(int horizon) {
        double gone = 0;
        for (int i = 0; i < projection.followers; i++) {
            if (projection.followerPatient[i] == Presence.OUT) {
                gone += projection.came[horizon][i] - projection.arrived[horizon][i];
            }
        }
        return gone;
    }

    private CountDistribution announcedThere(int horizon) {
        return followers(projection.arrived[horizon], Presence.OUT, true);
    }

    /** @param announcedOnly of the whole hospital those who are not here yet; otherwise all of one service */
    private CountDistribution followers(double[] chances, int service, boolean announcedOnly) {
        double[] chosen = new double[projection.followers];
        int count = 0;
        for (int i = 0; i < chosen.length; i++) {
            boolean counts = announcedOnly
                    ? projection.followerPatient[i] == Presence.OUT
                    : projection.followerService[i] == service;
            if (counts) {
                chosen[count++] = Math.clamp(chances[i], 0, 1);
            }
        }
        return CountDistribution.poissonBinomial(Arrays.copyOf(chosen, count));
    }

    private static CountDistribution burst(double mean, double moreVariance) {
        return CountDistribution.negativeBinomial(mean, mean + Math.min(moreVariance, mean * DISPERSION_MAX));
    }

    /** Of the level of all arrivals: services' levels do not know of each other. */
    private double relativeVariance() {
        double level = 0;
        double variance = 0;
        for (ServiceFlow flow : history.flows()) {
            level += flow.unplanned.level();
            variance += square(flow.unplanned.level()) * flow.unplanned.relativeVariance();
        }
        return level == 0 ? 1 : variance / square(level);
    }

    /** Weighted by arrivals, as if services' bursts did not know of each other. */
    private double bursts() {
        double level = 0;
        double weighted = 0;
        for (ServiceFlow flow : history.flows()) {
            level += flow.unplanned.level();
            weighted += flow.unplanned.level() * (flow.unplanned.dispersion() - 1);
        }
        return level == 0 ? 0 : weighted / level;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double square(double value) {
        return value * value;
    }
}
