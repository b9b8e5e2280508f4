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

    /** By service: the numbers that its patients have in the presence. */
    private final int[][] here;

    /** By horizon: {@link #cameVariance(int)}, which each service asks for. */
    private final double[] cameVariances;

    private FlowForecaster(
            FlowHistory history, FlowRecord record, FlowProjection projection, int[] beds, int[] thresholds) {
        this.history = history;
        this.record = record;
        this.projection = projection;
        this.beds = beds;
        this.thresholds = thresholds;
        here = new int[projection.services][];
        for (int service = 0; service < here.length; service++) {
            here[service] = projection.presence.numbersIn(service);
        }
        cameVariances = IntStream.range(0, projection.hours.length)
                .mapToDouble(this::cameVariance)
                .toArray();
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
        for (int service = 0; service <= services; service++) {
            List<CountDistribution> ahead = new ArrayList<>();
            for (int horizon = 0; horizon < hours.length; horizon++) {
                ahead.add(
                        service == services
                                ? forecaster.inHospital(horizon, forecaster.still(horizon))
                                : forecaster.inService(service, horizon, forecaster.still(horizon, service)));
            }
            told.add(ahead);
        }
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
                for (int hour = 0; change.influx() > 0 && hour < change.influxHours(); hour++) {
                    influx[service][hour] += change.influx() / (double) change.influxHours();
                }
                apply(change, service, presence);
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

    static int usable(ServiceView service) {
        return service.counts().open() - service.counts().blocked();
    }

    /** In each service those who lie in its beds first. */
    static Presence presence(HospitalView view, FlowHistory history) {
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
                boolean late = WallHours.hour(view.recordedAt()) - expected > Announcements.LATE_HOURS_MAX;
                if (service != Presence.OUT && !late) {
                    presence.announce(service, expected, history.isAnnouncedSoon(stay.id()));
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
                Standing.heldUntilDay(stay.barriers(), history.wall()),
                milestone,
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

    /** Who does not come, and who leaves early. */
    static void apply(WhatIf.Change change, int service, Presence presence) {
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
                Series series = series(number, here[number].length, drivers(number, sums), ofService(number));
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
        List<Ahead> all = new ArrayList<>(projection.hours.length);
        for (int horizon = 0; horizon < projection.hours.length; horizon++) {
            CountDistribution still = still(horizon, service);
            all.add(ahead(
                    horizon,
                    service,
                    inService(service, horizon, still),
                    intoService(service, horizon),
                    outOfService(service, horizon, still)));
        }
        return all;
    }

    private CountDistribution still(int horizon, int service) {
        double[] stays = new double[here[service].length];
        for (int i = 0; i < stays.length; i++) {
            stays[i] = projection.still[horizon][here[service][i]];
        }
        return CountDistribution.poissonBinomial(stays);
    }

    private CountDistribution inService(int service, int horizon, CountDistribution still) {
        double outside = projection.unknownCame[horizon][service];
        double all = outside + projection.unknownMovedIn[horizon][service];
        double there = projection.unknown[horizon][service];
        double direct = all == 0 ? 0 : outside / all;
        double share = all == 0 ? 0 : there / all;
        double level = square(direct) * cameVariance(horizon, service) + square(1 - direct) * cameVariances[horizon];
        return still.plus(followers(projection.arrived[horizon], service, false))
                .plus(CountDistribution.poisson(projection.moved[horizon][service]))
                .plus(burst(there, there * share * direct * bursts(horizon, service) + square(there) * level))
                .uncertain(staysVariance(horizon, service))
                .stretched(record.dispersion(service, projection.hours[horizon]));
    }

    private CountDistribution intoService(int service, int horizon) {
        double outside = projection.unknownCame[horizon][service];
        double inside = projection.knownMovedIn[horizon][service] + projection.unknownMovedIn[horizon][service];
        return followers(projection.came[horizon], service, false)
                .plus(CountDistribution.poisson(inside))
                .plus(burst(
                        outside,
                        outside * bursts(horizon, service) + square(outside) * cameVariance(horizon, service)));
    }

    private CountDistribution outOfService(int service, int horizon, CountDistribution still) {
        double outside = projection.unknownCame[horizon][service];
        double all = outside + projection.unknownMovedIn[horizon][service];
        double gone = Math.max(0, all - projection.unknown[horizon][service]);
        double direct = all == 0 ? 0 : outside / all;
        double share = all == 0 ? 0 : gone / all;
        double level = square(direct) * cameVariance(horizon, service) + square(1 - direct) * cameVariances[horizon];
        return still.negated()
                .shifted(here[service].length)
                .plus(CountDistribution.poisson(Math.max(0, projection.laterExits[horizon][service] - gone)))
                .plus(burst(gone, gone * share * direct * bursts(horizon, service) + square(gone) * level))
                .uncertain(staysVariance(horizon, service));
    }

    /** By how much the variance of the number who come from outside is above its mean, divided by it. */
    private double bursts(int horizon, int service) {
        double came = projection.unknownCame[horizon][service];
        return came == 0 || projection.hours[horizon] < BURST_HOURS ? 0 : moreVariance(horizon, service) / came;
    }

    private double moreVariance(int horizon, int service) {
        List<ArrivalPattern> arrivals = history.flows().get(service).arrivals();
        double more = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            more += sum(projection.cameOn[horizon][service][i])
                    * (arrivals.get(i).dispersion() - 1);
        }
        return more;
    }

    /** Of the number who come from outside, divided by its square, as far as it was not learned for sure. */
    private double cameVariance(int horizon, int service) {
        List<ArrivalPattern> arrivals = history.flows().get(service).arrivals();
        double variance = levelVariance(horizon, service);
        for (int i = 0; i < arrivals.size(); i++) {
            double[] onWeekday = projection.cameOn[horizon][service][i];
            ArrivalPattern pattern = arrivals.get(i);
            variance += square(sum(onWeekday)) * pattern.dispersion() * pattern.weekdaysVariance(onWeekday);
        }
        double came = projection.unknownCame[horizon][service];
        return came == 0 ? 1 : variance / square(came);
    }

    private double levelVariance(int horizon, int service) {
        List<ArrivalPattern> arrivals = history.flows().get(service).arrivals();
        double variance = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            variance += square(sum(projection.cameOn[horizon][service][i]))
                    * arrivals.get(i).relativeVariance();
        }
        return variance;
    }

    /** Of the number who are still there, as far as it was not learned for sure how soon they leave. */
    private double staysVariance(int horizon, int service) {
        return history.flows()
                .get(service)
                .stays
                .variance(projection.dependences[horizon][service], projection.partKnown());
    }

    private List<Ahead> ofHospital() {
        List<Ahead> all = new ArrayList<>(projection.hours.length);
        for (int horizon = 0; horizon < projection.hours.length; horizon++) {
            CountDistribution still = still(horizon);
            double came = sum(projection.unknownCame[horizon]);
            double gone = Math.max(0, came - sum(projection.unknown[horizon]));
            double share = came == 0 ? 0 : gone / came;
            CountDistribution entries = followers(projection.came[horizon], Presence.OUT, true)
                    .plus(burst(came, came * bursts(horizon) + square(came) * cameVariances[horizon]));
            CountDistribution exits = still.negated()
                    .shifted(projection.presence.count)
                    .plus(CountDistribution.poisson(announcedGone(horizon)))
                    .plus(burst(gone, gone * share * bursts(horizon) + square(gone) * cameVariances[horizon]))
                    .uncertain(staysVariance(horizon));
            all.add(ahead(horizon, projection.services, inHospital(horizon, still), entries, exits));
        }
        return all;
    }

    private CountDistribution still(int horizon) {
        return CountDistribution.poissonBinomial(stillInHospital(horizon));
    }

    private CountDistribution inHospital(int horizon, CountDistribution still) {
        double came = sum(projection.unknownCame[horizon]);
        double there = sum(projection.unknown[horizon]);
        double share = came == 0 ? 0 : there / came;
        return still.plus(followers(projection.arrived[horizon], Presence.OUT, true))
                .plus(burst(there, there * share * bursts(horizon) + square(there) * cameVariances[horizon]))
                .uncertain(staysVariance(horizon))
                .stretched(record.dispersion(FlowRecord.WHOLE, projection.hours[horizon]));
    }

    private double bursts(int horizon) {
        double came = sum(projection.unknownCame[horizon]);
        double more = 0;
        for (int service = 0; service < projection.services; service++) {
            more += moreVariance(horizon, service);
        }
        return came == 0 || projection.hours[horizon] < BURST_HOURS ? 0 : more / came;
    }

    /** Services' levels and bursts do not know of each other, but their weekdays are learned together. */
    private double cameVariance(int horizon) {
        double variance = 0;
        for (int service = 0; service < projection.services; service++) {
            variance += levelVariance(horizon, service);
        }
        double came = sum(projection.unknownCame[horizon]);
        for (int i = 0; i < FlowProjection.PATTERNS; i++) {
            double[] onWeekday = new double[7];
            for (double[][] ofService : projection.cameOn[horizon]) {
                for (int weekday = 0; weekday < onWeekday.length; weekday++) {
                    onWeekday[weekday] += ofService[i][weekday];
                }
            }
            variance += square(sum(onWeekday)) * history.anyArrivals().get(i).weekdaysVariance(onWeekday);
        }
        return came == 0 ? 1 : variance / square(came);
    }

    /** Whoever leaves a service for another one is still in the hospital. */
    private double staysVariance(int horizon) {
        double[] onward = onward();
        double[] dependences = new double[StayPattern.DEPENDENCES];
        for (int service = 0; service < projection.services; service++) {
            double[] ofService = projection.dependences[horizon][service];
            for (int i = 0; i < dependences.length; i++) {
                dependences[i] += ofService[i] * (1 - onward[service]);
            }
        }
        return history.anyStay().variance(dependences, projection.partKnown());
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
    private double[] stillInHospital(int horizon) {
        Presence presence = projection.presence;
        double[] chances = new double[presence.count];
        System.arraycopy(projection.still[horizon], 0, chances, 0, chances.length);
        for (int i = 0; i < projection.followers; i++) {
            if (projection.followerPatient[i] != Presence.OUT) {
                chances[projection.followerPatient[i]] += projection.arrived[horizon][i];
            }
        }
        double[] onward = onward();
        double mayBe = 0;
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

    /** By service, the share of those who leave it that goes to another one. */
    private double[] onward() {
        double[] onward = new double[projection.services];
        for (int service = 0; service < onward.length; service++) {
            for (int to = 0; to < onward.length; to++) {
                onward[service] += history.flows().get(service).route(to);
            }
        }
        return onward;
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
