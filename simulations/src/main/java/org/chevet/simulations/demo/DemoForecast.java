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
import org.jspecify.annotations.Nullable;

/**
 * Weeks of the demo hospital, lived without a server, and what its forecasts were worth: every six hours one is made as the screen would show it, and its
 * entries, exits and patients are compared with what came. The same seeds tell the same figures.
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
     * @param spread80 as {@code coverage80}, each truth being spread over its own probability (the randomised probability integral transform, its mean over
     *     all draws): patients are whole, so where they are few a band holds more than it says, and of this a right one still holds 80 %
     * @param spread95 likewise
     */
    public record Judged(
            int forecasts,
            double truth,
            double bias,
            double crps,
            double coverage80,
            double coverage95,
            double spread80,
            double spread95) {}

    /** By {@link #HOURS}. */
    public record Result(List<Judged> entries, List<Judged> exits, List<Judged> patients) {}

    /** A forecast, until what it spoke of is known: by service, the whole hospital last, and by {@link #HOURS}. */
    private record Made(int hour, List<List<Ahead>> ahead) {}

    private final Judgement ofHospital = new Judgement();
    private final Judgement ofServices = new Judgement();

    /**
     * By service in the order of the hospital's file, the whole hospital last.
     *
     * @param entries so far
     * @param exits so far
     */
    private record Hour(int[] patients, int[] entries, int[] exits) {}

    /** Of the life that is judged. */
    private final List<Hour> hours = new ArrayList<>();

    private final List<Made> made = new ArrayList<>();
    private Map<StayId, Integer> present = Map.of();

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
            DemoHospital life = new DemoHospital(hospital, seed, 0);
            Instant end = BEGINNING.plus(days, ChronoUnit.DAYS);
            life.begin(BEGINNING, writer.view(), end);
            new Past(writer, clock, adt, housekeeping).live(life, end);
            journal.read(hospital.id(), 0, reader);
        }
    }

    /**
     * Judges one more life.
     *
     * @param events a whole journal
     */
    public void judge(List<Recorded> events) {
        made.clear();
        hours.clear();
        present = Map.of();
        replay(events);
        score();
    }

    private void replay(List<Recorded> events) {
        FlowRecord record = FlowRecord.unscored(Instant.EPOCH);
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
        Map<StayId, Integer> before = present;
        present = present(view);
        int whole = view.services().size();
        Hour last = hours.isEmpty() ? new Hour(new int[0], new int[whole + 1], new int[whole + 1]) : hours.getLast();
        Hour counted = new Hour(
                new int[whole + 1], last.entries().clone(), last.exits().clone());
        present.forEach((stay, service) -> {
            counted.patients()[service]++;
            counted.patients()[whole]++;
            count(counted.entries(), service, before.get(stay));
        });
        before.forEach((stay, service) -> count(counted.exits(), service, present.get(stay)));
        hours.add(counted);
        int hour = hours.size() - 1;
        if (hour % ORIGIN_HOURS == 0
                && FlowForecaster.forecast(view, history, record, now, WhatIf.NOTHING) instanceof Foreseen foreseen) {
            List<List<Ahead>> ahead = new ArrayList<>();
            foreseen.services().forEach(series -> ahead.add(judged(series)));
            ahead.add(judged(foreseen.hospital()));
            made.add(new Made(hour, ahead));
        }
    }

    /** Who is in a service at one full hour and elsewhere at the other; null is outside. */
    private static void count(int[] counts, int service, @Nullable Integer elsewhere) {
        if (elsewhere == null) {
            counts[counts.length - 1]++;
        }
        if (elsewhere == null || elsewhere != service) {
            counts[service]++;
        }
    }

    private static Map<StayId, Integer> present(HospitalView view) {
        Map<StayId, Integer> present = new HashMap<>();
        for (int i = 0; i < view.services().size(); i++) {
            int number = i;
            ServiceView service = view.services().get(i);
            for (BedView bed : service.beds()) {
                bed.occupants().forEach(stay -> present.put(stay.id(), number));
            }
            for (Stay stay : service.withoutBed()) {
                if (stay.currentClass() != PatientClass.OUTPATIENT) {
                    present.put(stay.id(), number);
                }
            }
        }
        return present;
    }

    private static List<Ahead> judged(Series series) {
        return series.ahead().stream()
                .filter(ahead -> HOURS.contains(ahead.hours()))
                .toList();
    }

    private void score() {
        for (Made one : made) {
            int whole = one.ahead().size() - 1;
            for (int horizon = 0; horizon < HOURS.size(); horizon++) {
                for (int number = 0; number <= whole; number++) {
                    score(one, horizon, number, number == whole ? ofHospital : ofServices);
                }
            }
        }
    }

    private void score(Made one, int horizon, int number, Judgement judgement) {
        Ahead ahead = one.ahead().get(number).get(horizon);
        int due = one.hour() + ahead.hours();
        if (due < hours.size()) {
            Hour then = hours.get(one.hour());
            Hour now = hours.get(due);
            judgement.entries.get(horizon).add(ahead.entries(), now.entries()[number] - then.entries()[number]);
            judgement.exits.get(horizon).add(ahead.exits(), now.exits()[number] - then.exits()[number]);
            judgement.patients.get(horizon).add(ahead.patients(), now.patients()[number]);
        }
    }

    /** Of all lives so far. */
    public Result hospital() {
        return ofHospital.result();
    }

    /** Of all lives so far, the means of services. */
    public Result services() {
        return ofServices.result();
    }

    private static final class Judgement {
        private final List<Sums> entries = sums();
        private final List<Sums> exits = sums();
        private final List<Sums> patients = sums();

        private static List<Sums> sums() {
            return HOURS.stream().map(hours -> new Sums()).toList();
        }

        Result result() {
            return new Result(judged(entries), judged(exits), judged(patients));
        }

        private static List<Judged> judged(List<Sums> sums) {
            return sums.stream().map(Sums::judged).toList();
        }
    }

    private static final class Sums {
        private int count;
        private double truths;
        private double bias;
        private double crps;
        private int within80;
        private int within95;
        private double spread80;
        private double spread95;

        void add(CountDistribution told, int truth) {
            count++;
            truths += truth;
            bias += told.mean() - truth;
            crps += Scores.crps(told, truth);
            within80 += told.quantile(0.1) <= truth && truth <= told.quantile(0.9) ? 1 : 0;
            within95 += told.quantile(0.025) <= truth && truth <= told.quantile(0.975) ? 1 : 0;
            spread80 += spread(told, truth, 0.1, 0.9);
            spread95 += spread(told, truth, 0.025, 0.975);
        }

        private static double spread(CountDistribution told, int truth, double from, double to) {
            double begins = Scores.probabilityIntegralTransform(told, truth, 0);
            double ends = Scores.probabilityIntegralTransform(told, truth, 1);
            return ends > begins ? Math.max(0, Math.min(ends, to) - Math.max(begins, from)) / (ends - begins) : 0;
        }

        Judged judged() {
            double all = Math.max(1, count);
            return new Judged(
                    count,
                    truths / all,
                    bias / all,
                    crps / all,
                    within80 / all,
                    within95 / all,
                    spread80 / all,
                    spread95 / all);
        }
    }
}
