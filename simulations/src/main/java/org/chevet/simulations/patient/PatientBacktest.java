package org.chevet.simulations.patient;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedEvent;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.FlowForecaster;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowRecord;
import org.chevet.forecast.Scores;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;

/** Tells a history what happened, as a journal would, foresees the whole hospital's patients every midnight, and judges by who was there. */
public final class PatientBacktest {
    /** Days ahead of the published figures. */
    public static final List<Integer> DAYS_AHEAD = List.of(1, 3, 7, 14);

    private static final int WEEK = 7;

    /** Fewest past errors of persistence from which its band is made. */
    private static final int ERRORS_MIN = 28;

    /** Days of origins whose errors may hang together: as many as the longest forecast reaches ahead, twice. */
    private static final int BLOCK = 28;

    /**
     * Of forecasts of so many days ahead.
     *
     * @param crps continuous ranked probability score, in patients
     * @param ratioError standard error of crps / persistenceCrps: by the ratio's residuals, summed by blocks of four weeks
     * @param coverage80 share of truths within the band from 10 to 90 %
     * @param persistenceCrps of "as today", with the band of its own past errors
     * @param weekdayCrps of "as today but for the weekday", likewise
     * @param published what the forecast data's own methods made of the same
     */
    public record Result(
            int forecasts,
            double crps,
            double ratioError,
            double coverage80,
            double coverage95,
            double persistenceCrps,
            double weekdayCrps,
            List<Published> published) {}

    /**
     * @param ratio our score by the method's
     * @param ratioError standard error of it, as above
     */
    public record Published(String method, double crps, double coverage80, double ratio, double ratioError) {}

    /** Of arrivals, as the published methods learn them: of four weeks and of half a year. */
    private static final int[] LEVEL_DAYS = {28, 180};

    private final List<CountDistribution[]> foreseen = new ArrayList<>();
    private final List<Integer> census = new ArrayList<>();
    private final int firstOrigin;
    private final Map<String, PublishedMethod> published = new LinkedHashMap<>();

    private PatientBacktest(int firstOrigin) {
        this.firstOrigin = firstOrigin;
    }

    /**
     * @param firstOrigin days that only teach
     * @param days all of them
     */
    public static List<Result> run(Trajectories trajectories, int firstOrigin, int days) {
        PatientBacktest backtest = new PatientBacktest(firstOrigin);
        backtest.live(trajectories, days);
        for (PublishedMethod.Stays stays : PublishedMethod.Stays.values()) {
            for (int levelDays : LEVEL_DAYS) {
                backtest.published.put(
                        stays + ", level of " + levelDays + " days",
                        new PublishedMethod(stays, levelDays, trajectories, correctedFrom(firstOrigin), days));
            }
        }
        return DAYS_AHEAD.stream().map(backtest::judge).toList();
    }

    /** The day from which on past errors correct the spread. */
    private static int correctedFrom(int firstOrigin) {
        return firstOrigin / 2;
    }

    private void live(Trajectories trajectories, int days) {
        Instant midnight = trajectories.steps().getFirst().at().truncatedTo(ChronoUnit.DAYS);
        FlowRecord record = FlowRecord.unscored(midnight.plus(correctedFrom(firstOrigin), ChronoUnit.DAYS));
        FlowHistory history = new FlowHistory(record);
        history.learn(recorded(0, midnight, new BedEvent.HospitalDefined(midnight, hospital(trajectories.services()))));
        int[] hours = DAYS_AHEAD.stream().mapToInt(day -> day * 24).toArray();
        Map<String, String> whereabouts = new HashMap<>();
        int next = 0;
        for (int day = 0; day < days; day++) {
            while (next < trajectories.steps().size()
                    && trajectories.steps().get(next).at().isBefore(midnight)) {
                Trajectories.Step step = trajectories.steps().get(next++);
                history.learn(recorded(next, step.at(), movement(next, step, whereabouts)));
            }
            history.advance(midnight);
            census.add(whereabouts.size());
            foreseen.add(
                    day < firstOrigin
                            ? new CountDistribution[0]
                            : FlowForecaster.patients(history, record, hours)
                                    .getLast()
                                    .toArray(CountDistribution[]::new));
            midnight = midnight.plus(1, ChronoUnit.DAYS);
        }
    }

    private static Recorded recorded(long before, Instant at, BedEvent event) {
        return new Recorded(before + 1, before + 1, at, new Origin.Engine(), event);
    }

    private static BedEvent movement(int number, Trajectories.Step step, Map<String, String> whereabouts) {
        boolean gone = step.service().isEmpty();
        String before = gone ? whereabouts.remove(step.patient()) : whereabouts.put(step.patient(), step.service());
        MovementKind kind =
                gone ? MovementKind.DISCHARGE : before == null ? MovementKind.ADMISSION : MovementKind.TRANSFER;
        return new BedEvent.MovementRecorded(
                new StayId(step.patient()),
                new Movement(
                        Integer.toString(number),
                        kind,
                        step.at(),
                        gone ? Location.ELSEWHERE : new Location(new ServiceId(step.service()), null),
                        PatientClass.INPATIENT,
                        step.at(),
                        gone ? Ending.DISCHARGED : null));
    }

    private static Hospital hospital(List<String> services) {
        return new Hospital(
                new HospitalId("PAST"),
                "Past",
                ZoneId.of("UTC"),
                Map.of(),
                Map.of(),
                services.stream()
                        .map(id -> new Service(
                                new ServiceId(id),
                                id,
                                null,
                                null,
                                List.of(),
                                LevelOfCare.ACUTE,
                                AgeRange.ALL,
                                SexPolicy.MIXED,
                                1,
                                List.of(),
                                List.of()))
                        .toList());
    }

    private Result judge(int daysAhead) {
        int horizon = DAYS_AHEAD.indexOf(daysAhead);
        List<Integer> errors = new ArrayList<>();
        List<Integer> weekdayErrors = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        Map<String, Peer> peers = new LinkedHashMap<>();
        published.forEach((name, method) -> peers.put(name, new Peer(method.foreseen(daysAhead))));
        double[] sums = new double[5];
        for (int today = 0; today + daysAhead < census.size(); today++) {
            // What was foreseen so many days ago is known to be wrong or right today, not before.
            int then = today - daysAhead;
            if (then >= WEEK) {
                errors.add(census.get(today) - census.get(then));
                weekdayErrors.add(census.get(today) - weekdayMean(then, daysAhead));
            }
            if (today < firstOrigin || errors.size() < ERRORS_MIN) {
                continue;
            }
            CountDistribution ours = foreseen.get(today)[horizon];
            int truth = census.get(today + daysAhead);
            double[] score = {Scores.crps(ours, truth), Scores.crps(around(census.get(today), errors), truth)};
            scores.add(score);
            int origin = today - correctedFrom(firstOrigin);
            peers.values().forEach(peer -> peer.judge(origin, truth, score[0]));
            sums[0] += score[0];
            sums[1] += covers(ours, 0.1, truth) ? 1 : 0;
            sums[2] += covers(ours, 0.025, truth) ? 1 : 0;
            sums[3] += score[1];
            sums[4] += Scores.crps(around(weekdayMean(today, daysAhead), weekdayErrors), truth);
        }
        int count = scores.size();
        return new Result(
                count,
                sums[0] / count,
                ratioError(scores, sums[0] / sums[3], sums[3]),
                sums[1] / count,
                sums[2] / count,
                sums[3] / count,
                sums[4] / count,
                peers.entrySet().stream()
                        .map(peer -> peer.getValue().result(peer.getKey()))
                        .toList());
    }

    private static boolean covers(CountDistribution counts, double below, int truth) {
        return counts.quantile(below) <= truth && truth <= counts.quantile(1 - below);
    }

    private static final class Peer {
        private final List<CountDistribution> foreseen;

        /** Ours and its own. */
        private final List<double[]> scores = new ArrayList<>();

        private int covered;

        Peer(List<CountDistribution> foreseen) {
            this.foreseen = foreseen;
        }

        void judge(int origin, int truth, double ours) {
            CountDistribution counts = foreseen.get(origin);
            scores.add(new double[] {ours, Scores.crps(counts, truth)});
            covered += covers(counts, 0.1, truth) ? 1 : 0;
        }

        Published result(String method) {
            double ours = scores.stream().mapToDouble(score -> score[0]).sum();
            double own = scores.stream().mapToDouble(score -> score[1]).sum();
            int count = scores.size();
            return new Published(
                    method, own / count, covered / (double) count, ours / own, ratioError(scores, ours / own, own));
        }
    }

    private static double ratioError(List<double[]> scores, double ratio, double persistence) {
        double squares = 0;
        for (int from = 0; from < scores.size(); from += BLOCK) {
            double block = scores.subList(from, Math.min(from + BLOCK, scores.size())).stream()
                    .mapToDouble(score -> score[0] - ratio * score[1])
                    .sum();
            squares += block * block;
        }
        return Math.sqrt(squares) / persistence;
    }

    /** As today, but for how far both weekdays are from the mean in the weeks so far. */
    private int weekdayMean(int today, int daysAhead) {
        double[] sums = new double[WEEK];
        int[] counts = new int[WEEK];
        for (int day = Math.max(0, today - 112); day <= today; day++) {
            sums[day % WEEK] += census.get(day);
            counts[day % WEEK]++;
        }
        int from = today % WEEK;
        int to = (today + daysAhead) % WEEK;
        double change = sums[to] / counts[to] - sums[from] / counts[from];
        return (int) Math.round(census.get(today) + change);
    }

    private static CountDistribution around(int centre, List<Integer> errors) {
        int lowest = errors.stream().mapToInt(Integer::intValue).min().orElse(0);
        int highest = errors.stream().mapToInt(Integer::intValue).max().orElse(0);
        double[] weights = new double[highest - lowest + 1];
        errors.forEach(error -> weights[error - lowest]++);
        return CountDistribution.of(centre + lowest, weights);
    }
}
