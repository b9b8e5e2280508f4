package org.chevet.simulations.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.forecast.FlowForecaster;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowRecord;
import org.chevet.forecast.Scores;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;

/**
 * Weeks of the demo hospital, lived without a server, and what its forecasts were worth: every six hours one is made as the screen would show it, and its
 * entries, exits and patients are compared with what came. The same seed tells the same figures.
 */
public final class DemoForecast {
    /** Hours ahead that are judged. */
    public static final List<Integer> HOURS = FlowRecord.HOURS;

    private static final Instant BEGINNING = Instant.parse("2026-01-05T08:00:00Z");
    private static final int ORIGIN_HOURS = 6;

    /**
     * Means over all forecasts of so many hours ahead.
     *
     * @param truth what came
     * @param bias expected − came: above 0 too many were expected
     * @param crps continuous ranked probability score, in patients
     * @param coverage80 share of truths within the band from 10 to 90 %
     * @param coverage95 share of truths within the band from 2.5 to 97.5 %
     */
    public record Judged(int forecasts, double truth, double bias, double crps, double coverage80, double coverage95) {}

    /** By {@link #HOURS}: of the whole hospital, and of its services the mean of patients. */
    public record Result(
            List<Judged> entries, List<Judged> exits, List<Judged> patients, List<Judged> patientsByService) {}

    /** A forecast, until what it spoke of is known. */
    private record Made(int hour, Foreseen foreseen) {}

    private final List<Made> made = new ArrayList<>();
    private final List<Map<StayId, ServiceId>> whereabouts = new ArrayList<>();
    private final List<Integer> entries = new ArrayList<>();
    private final List<Integer> exits = new ArrayList<>();

    private DemoForecast() {}

    /** Lives so many days from one seed, and tells the journal's events to {@code reader}. */
    public static void live(Path directory, long seed, int days, Consumer<Recorded> reader) {
        Hospital hospital = DemoLayout.read();
        AdjustableClock clock = new AdjustableClock(BEGINNING, 1);
        clock.pause();
        try (Journal journal = JdbcJournal.sqlite(directory);
                Engine engine = new Engine(journal)) {
            HospitalWriter writer = engine.open(hospital, clock);
            AdtFeed adt = new AdtFeed("ADT", writer, AdtFeedOptions.defaults());
            AdtFeed housekeeping = new AdtFeed("BIONET", writer, AdtFeedOptions.defaults());
            DemoHospital life = new DemoHospital(hospital, seed);
            Instant end = BEGINNING.plus(days, ChronoUnit.DAYS);
            life.begin(BEGINNING, writer.view(), end);
            new Past(writer, clock, adt, housekeeping).live(life, end);
            journal.read(hospital.id(), 0, reader);
        }
    }

    /** @param events a whole journal */
    public static Result judge(List<Recorded> events) {
        DemoForecast forecast = new DemoForecast();
        forecast.replay(events);
        return forecast.result();
    }

    private void replay(List<Recorded> events) {
        FlowRecord record = new FlowRecord(Instant.EPOCH);
        FlowHistory history = new FlowHistory(record);
        Occupancy occupancy = new Occupancy();
        Instant next =
                events.getFirst().recordedAt().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        for (Recorded event : events) {
            while (!event.recordedAt().isBefore(next)) {
                history.advance(next);
                look(occupancy.view(), history, record, next);
                next = next.plus(Duration.ofHours(1));
            }
            history.learn(event);
            occupancy.apply(event);
        }
    }

    private void look(HospitalView view, FlowHistory history, FlowRecord record, Instant now) {
        Map<StayId, ServiceId> present = present(view);
        Map<StayId, ServiceId> before = whereabouts.isEmpty() ? present : whereabouts.getLast();
        entries.add((int) present.keySet().stream()
                .filter(stay -> !before.containsKey(stay))
                .count());
        exits.add((int) before.keySet().stream()
                .filter(stay -> !present.containsKey(stay))
                .count());
        whereabouts.add(present);
        int hour = whereabouts.size() - 1;
        if (hour % ORIGIN_HOURS == 0
                && FlowForecaster.forecast(view, history, record, now, WhatIf.NOTHING) instanceof Foreseen foreseen) {
            made.add(new Made(hour, foreseen));
        }
    }

    private static Map<StayId, ServiceId> present(HospitalView view) {
        Map<StayId, ServiceId> present = new HashMap<>();
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                bed.occupants()
                        .forEach(
                                stay -> present.put(stay.id(), service.service().id()));
            }
            for (Stay stay : service.withoutBed()) {
                if (stay.currentClass() != PatientClass.OUTPATIENT) {
                    present.put(stay.id(), service.service().id());
                }
            }
        }
        return present;
    }

    private Result result() {
        List<Judged> ofEntries = new ArrayList<>();
        List<Judged> ofExits = new ArrayList<>();
        List<Judged> ofPatients = new ArrayList<>();
        List<Judged> ofServices = new ArrayList<>();
        for (int hours : HOURS) {
            Sums came = new Sums();
            Sums left = new Sums();
            Sums there = new Sums();
            Sums inServices = new Sums();
            for (Made one : made) {
                int due = one.hour() + hours;
                if (due < whereabouts.size()) {
                    Ahead ahead = ahead(one.foreseen().hospital(), hours);
                    came.add(ahead.entries(), sum(entries, one.hour(), due));
                    left.add(ahead.exits(), sum(exits, one.hour(), due));
                    there.add(ahead.patients(), whereabouts.get(due).size());
                    for (Series series : one.foreseen().services()) {
                        int patients = (int) whereabouts.get(due).values().stream()
                                .filter(service -> service.equals(series.service()))
                                .count();
                        inServices.add(ahead(series, hours).patients(), patients);
                    }
                }
            }
            ofEntries.add(came.judged());
            ofExits.add(left.judged());
            ofPatients.add(there.judged());
            ofServices.add(inServices.judged());
        }
        return new Result(ofEntries, ofExits, ofPatients, ofServices);
    }

    private static Ahead ahead(Series series, int hours) {
        return series.ahead().stream()
                .filter(ahead -> ahead.hours() == hours)
                .findFirst()
                .orElseThrow();
    }

    private static int sum(List<Integer> hourly, int after, int until) {
        return hourly.subList(after + 1, until + 1).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static final class Sums {
        private int count;
        private double truths;
        private double bias;
        private double crps;
        private int within80;
        private int within95;

        void add(CountDistribution told, int truth) {
            count++;
            truths += truth;
            bias += told.mean() - truth;
            crps += Scores.crps(told, truth);
            within80 += told.quantile(0.1) <= truth && truth <= told.quantile(0.9) ? 1 : 0;
            within95 += told.quantile(0.025) <= truth && truth <= told.quantile(0.975) ? 1 : 0;
        }

        Judged judged() {
            double all = Math.max(1, count);
            return new Judged(count, truths / all, bias / all, crps / all, within80 / all, within95 / all);
        }
    }
}
