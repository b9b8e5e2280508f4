package org.chevet.forecast;

import java.time.Instant;
import java.util.ArrayList;
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
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.forecast.Outlooks.Outlook;
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

    private final FlowHistory history;
    private final FlowRecord record;
    private final FlowProjection projection;
    private final Outlooks outlooks;
    private final int[] beds;
    private final int[] thresholds;

    private FlowForecaster(
            FlowHistory history, FlowRecord record, FlowProjection projection, int[] beds, int[] thresholds) {
        this.history = history;
        this.record = record;
        this.projection = projection;
        this.outlooks = new Outlooks(history, projection);
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
        Outlooks outlooks = Outlooks.of(history, hours);
        List<List<CountDistribution>> told = new ArrayList<>();
        for (int i = 0; i <= history.flows().size(); i++) {
            int number = i == history.flows().size() ? FlowRecord.WHOLE : i;
            List<CountDistribution> ahead = new ArrayList<>();
            for (int horizon = 0; horizon < hours.length; horizon++) {
                Outlook outlook = outlooks.of(number, horizon);
                ahead.add(record.shown(Quantity.PATIENTS, number, hours[horizon], outlook));
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
        return forecast(view, history, record, now, whatIf, HOURS);
    }

    /** @param hours ahead, ascending, up to {@value FlowForecast#HOURS_AHEAD_MAX} as the last: each is foreseen the same whichever others are */
    static FlowForecast forecast(
            HospitalView view, FlowHistory history, FlowRecord record, Instant now, WhatIf whatIf, int... hours) {
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
        FlowProjection projection = new FlowProjection(history, presence, start, hours, influx);
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

    /**
     * Of whom a bed is asked for.
     *
     * @param destination OUT where nobody said to which service
     */
    private record Asked(int destination, Instant neededAt) {}

    /** In each service those who lie in its beds first. */
    static Presence presence(HospitalView view, FlowHistory history) {
        Presence presence = new Presence();
        Map<StayId, Asked> asked = asked(view, history);
        for (ServiceView service : view.services()) {
            int number = history.number(service.service().id());
            if (number == Presence.OUT) {
                continue;
            }
            for (BedView bed : service.beds()) {
                for (Stay stay : lying(bed)) {
                    add(presence, stay, number, asked.get(stay.id()), history, view);
                }
            }
            for (Stay stay : service.withoutBed()) {
                if (isCounted(stay)) {
                    add(presence, stay, number, asked.get(stay.id()), history, view);
                }
            }
        }
        for (Stay stay : view.stays().values()) {
            Asked bed = asked.get(stay.id());
            Instant expected = expected(stay, bed, view);
            if (expected != null) {
                announce(presence, stay, expected, bed, history, view);
            }
        }
        return presence;
    }

    /** Who comes for a consultation or a session is nobody of whom anything is learned, whatever they lie in meanwhile. */
    private static boolean isCounted(Stay stay) {
        return stay.currentClass() != PatientClass.OUTPATIENT;
    }

    /** Those of a bed who are counted. */
    static List<Stay> lying(BedView bed) {
        return bed.occupants().stream().filter(FlowForecaster::isCounted).toList();
    }

    /** When who is in no service comes to one, as announced or as a bed is asked for; null when neither is. */
    private static @Nullable Instant expected(Stay stay, @Nullable Asked asked, HospitalView view) {
        if (stay.status() == StayStatus.EXPECTED) {
            return stay.expectedArrival();
        }
        boolean inNoService = stay.isHere() && (view.serviceOf(stay) == null || !isCounted(stay));
        return asked != null && inNoService ? asked.neededAt() : null;
    }

    private static void announce(
            Presence presence, Stay stay, Instant at, @Nullable Asked asked, FlowHistory history, HospitalView view) {
        int service = asked == null || asked.destination() == Presence.OUT
                ? history.serviceOf(stay.needs().specialty())
                : asked.destination();
        long expected = WallHours.hour(at);
        boolean late = WallHours.hour(view.recordedAt()) - expected > Announcements.LATE_HOURS_MAX;
        if (service != Presence.OUT && !late) {
            presence.announce(service, expected, history.isAnnouncedSoon(stay.id()), stay.isHere());
        }
    }

    private static Map<StayId, Asked> asked(HospitalView view, FlowHistory history) {
        Map<StayId, Asked> asked = new HashMap<>();
        for (HospitalView.OpenRequest open : view.requests()) {
            BedRequest request = open.request();
            if (request.stay() != null) {
                int reserved = open.bed() == null ? Presence.OUT : history.serviceOf(open.bed());
                int destination = reserved == Presence.OUT ? history.number(request.service()) : reserved;
                asked.put(request.stay(), new Asked(destination, request.neededAt()));
            }
        }
        return asked;
    }

    private static void add(
            Presence presence, Stay stay, int service, @Nullable Asked asked, FlowHistory history, HospitalView view) {
        Instant planned = stay.expectedDischarge();
        int milestone = stay.administrativelyClosedAt() != null
                ? Standing.CLOSED
                : stay.medicallyReadyAt() != null
                        ? Standing.MEDICALLY_READY
                        : asked != null ? Standing.BED_ASKED : Standing.WAITS;
        presence.add(
                service,
                WallHours.hour(since(stay, service, history, view)),
                planned == null ? Standing.NO_PLAN : history.wall().day(planned),
                Standing.heldUntilDay(stay.barriers(), history.wall()),
                milestone,
                asked == null ? Presence.OUT : asked.destination());
    }

    private static Instant since(Stay stay, int service, FlowHistory history, HospitalView view) {
        Instant since = view.recordedAt();
        for (Stretch stretch : stay.timeline().stretches().reversed()) {
            if (stretch.outpatient() || history.service(stretch.location()) != service) {
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
                Series series = series(number, outlooks.patientsNow(number), drivers(number, sums));
                services.add(series);
                patients += series.patients();
            }
        }
        Drivers drivers = new Drivers(sums[0], sums[1], sums[2], sums[3], sums[4]);
        return new Foreseen(now, series(projection.services, patients, drivers), services);
    }

    private Series series(int number, int patients, Drivers drivers) {
        List<Ahead> ahead = IntStream.range(0, projection.hours.length)
                .mapToObj(horizon -> ahead(number, horizon))
                .toList();
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

    private Ahead ahead(int number, int horizon) {
        int recorded = number == projection.services ? FlowRecord.WHOLE : number;
        Outlook outlook = outlooks.of(recorded, horizon);
        int hours = projection.hours[horizon];
        CountDistribution patients = record.shown(Quantity.PATIENTS, recorded, hours, outlook);
        return new Ahead(
                hours,
                patients,
                record.shown(Quantity.ENTRIES, recorded, hours, outlook),
                record.shown(Quantity.EXITS, recorded, hours, outlook),
                patients.atLeast(beds[number]),
                patients.atLeast(thresholds[number]));
    }
}
