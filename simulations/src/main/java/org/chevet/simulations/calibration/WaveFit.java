package org.chevet.simulations.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.simulations.flow.Replications;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.FullSimulation;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.Inject;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.chevet.simulations.scenario.ScenarioFile.Change;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;

/**
 * The wave of a scenario, fitted to the beginning of a real one: how high, when, how fast it comes and goes, and, unless the file knows it from a source, how
 * long its patients stay. What is least is
 *
 * <pre>√( (Σ over days (census / real census − 1)² + Σ over weeks w · (admissions / real admissions − 1)²) / (days + Σ w) ), w the days of a week</pre>
 *
 * of the mean of some histories at the flow level, which are the same people for every parameter that is tried; found by the simplex of Nelder and Mead.
 * How much stays differ is not fitted: a beginning hardly tells, as few long stays are over. It stays what the file says, and what others would make
 * of the beginning is found as well. The fitted numbers as they stand in the file are not looked at, and neither is a later day: none is handed in.
 */
public final class WaveFit {
    /** At which hospitals told their census. */
    public static final int CENSUS_HOUR = 14;

    /** Of the logarithm of stays, beside the one of the file. */
    private static final double[] SPREADS = {1.2, 1.6, 2, 2.4};

    private static final double[] FIRST_STAY_DAYS = {4, 8, 16};
    private static final double FIRST_DOUBLING_DAYS = 5;
    private static final double FIRST_HALVING_DAYS = 15;
    private static final int EVALUATIONS_MAX = 250;

    /** Errors that differ by less are the same. */
    private static final double FLAT = 1e-3;

    private static final int SIMPLEXES = 3;
    private static final double FIRST_STEP = 0.15;
    private static final MathContext DIGITS = new MathContext(4);
    private static final int WEEK = 7;
    private static final int HOURS = 24;

    /**
     * What is known of the real wave, by day from the scenario's beginning until the last day that counts; NaN where nothing is.
     *
     * @param census patients present
     */
    public record Beginning(double[] census, double[] admissions) {
        int days() {
            return census.length;
        }
    }

    /**
     * The best of one spread.
     *
     * @param error root of the mean square, as a share
     * @param changes to the scenario's file
     */
    public record Fitted(double spread, double error, List<Change> changes) {}

    private final String name;
    private final List<Change> given;
    private final Scenario scenario;
    private final double patientsPerBed;
    private final Beginning real;
    private final long seed;
    private final int replications;
    private final int threads;
    private final Inject.Wave wave;
    private final boolean fitsStays;
    private final List<String> fittedPaths;
    private final String spreadPath;
    private final double givenSpread;

    /**
     * @param name of a scenario that has a wave and names a real census
     * @param given changes to it
     * @param about the real census that it names
     * @throws IllegalArgumentException when there is nothing in it that can be fitted
     */
    public WaveFit(
            String name,
            List<Change> given,
            Scenario scenario,
            Scenario.Real about,
            Beginning real,
            long seed,
            int replications,
            int threads) {
        this.name = name;
        this.given = List.copyOf(given);
        this.scenario = scenario;
        patientsPerBed = about.patientsPerBed();
        this.real = real;
        this.seed = seed;
        this.replications = replications;
        this.threads = threads;
        int place = 0;
        while (place < scenario.injects().size() && !(scenario.injects().get(place) instanceof Inject.Wave)) {
            place++;
        }
        if (place == scenario.injects().size()) {
            throw new IllegalArgumentException("scenario " + scenario.code() + " has no wave. Add one to its injects.");
        }
        wave = (Inject.Wave) scenario.injects().get(place);
        String wavePath = "injects[" + place + "].";
        ServiceId most = wave.services().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        List<String> paths = new ArrayList<>();
        for (String number : List.of("peakPerDay", "peakAfterDays", "doublingDays", "halvingDays")) {
            paths.add(wavePath + number);
        }
        fitsStays = !about.staysKnown();
        if (fitsStays) {
            paths.add(wave.stayDays() == null ? "care." + most.value() + ".stayDays" : wavePath + "stayDays");
        }
        fittedPaths = List.copyOf(paths);
        spreadPath = "care." + most.value() + ".spread";
        Scenario.Care care = scenario.care().get(most);
        if (care == null) {
            throw new IllegalArgumentException("scenario " + scenario.code() + " does not say how long stays in " + most
                    + " are. Write care: {" + most + ": {stayDays: …, spread: …}}.");
        }
        givenSpread = care.profile().lengthSpread();
    }

    /**
     * The best of the spread of the file; then those of others, from the least spread on.
     *
     * @throws ScenarioException when a number to be fitted does not stand in the file
     */
    public List<Fitted> fit() throws ScenarioException {
        ScenarioFile.text(name, changes(starts().getFirst(), givenSpread));
        List<Fitted> fitted = new ArrayList<>();
        double[] best = least(firstOf(givenSpread), givenSpread);
        fitted.add(fitted(best, givenSpread));
        for (double spread : SPREADS) {
            if (spread != givenSpread) {
                fitted.add(fitted(leastNear(best, spread), spread));
            }
        }
        return fitted;
    }

    private Fitted fitted(double[] logs, double spread) {
        return new Fitted(spread, error(logs, spread), changes(logs, spread));
    }

    /** Begun anew where it came to rest: a simplex that has shrunk too soon finds on from there. */
    private double[] least(double[] first, double spread) {
        double[] from = first;
        for (int times = 0; times < SIMPLEXES; times++) {
            from = leastNear(from, spread);
        }
        return from;
    }

    private double[] leastNear(double[] from, double spread) {
        Least least = new Least(from.clone(), Double.POSITIVE_INFINITY);
        double[] steps = new double[from.length];
        Arrays.fill(steps, FIRST_STEP);
        try {
            new SimplexOptimizer(FLAT, 0)
                    .optimize(
                            new MaxEval(EVALUATIONS_MAX),
                            GoalType.MINIMIZE,
                            new InitialGuess(from),
                            new NelderMeadSimplex(steps),
                            new ObjectiveFunction(logs -> least.of(logs, error(logs, spread))));
        } catch (TooManyEvaluationsException enough) {
            // The best of those that were tried is as good as what is looked for.
        }
        return least.place;
    }

    private static final class Least {
        private double[] place;
        private double error;

        Least(double[] place, double error) {
            this.place = place;
            this.error = error;
        }

        double of(double[] tried, double itsError) {
            if (itsError < error) {
                place = tried.clone();
                error = itsError;
            }
            return itsError;
        }
    }

    private double[] firstOf(double spread) {
        Least least = new Least(starts().getFirst(), Double.POSITIVE_INFINITY);
        for (double[] start : starts()) {
            least.of(start, error(start, spread));
        }
        return least.place;
    }

    /** Logarithms, in the order of the paths; the peak is where a week's admissions were most. */
    private List<double[]> starts() {
        int peak = 0;
        double most = 0;
        for (int day = 0; day + WEEK <= real.days(); day++) {
            double week = Part.of(real.admissions(), day, day + WEEK).mean();
            if (week > most) {
                most = week;
                peak = day;
            }
        }
        if (most == 0) {
            throw new IllegalArgumentException("nobody was admitted until the last day that counts, or nobody knows.");
        }
        double peakAfterDays = Math.max(1, peak + WEEK / 2.0 - wave.atHours() / HOURS);
        DoubleStream wave =
                DoubleStream.of(most / patientsPerBed, peakAfterDays, FIRST_DOUBLING_DAYS, FIRST_HALVING_DAYS);
        double[] ofWave = wave.map(Math::log).toArray();
        if (!fitsStays) {
            return List.of(ofWave);
        }
        return Arrays.stream(FIRST_STAY_DAYS)
                .mapToObj(stayDays -> {
                    double[] start = Arrays.copyOf(ofWave, ofWave.length + 1);
                    start[ofWave.length] = Math.log(stayDays);
                    return start;
                })
                .toList();
    }

    private List<Change> changes(double[] logs, double spread) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < logs.length; i++) {
            changes.add(new Change(
                    fittedPaths.get(i),
                    new BigDecimal(Math.exp(logs[i]), DIGITS)
                            .stripTrailingZeros()
                            .toPlainString()));
        }
        changes.add(new Change(spreadPath, Double.toString(spread)));
        return changes;
    }

    private double error(double[] logs, double spread) {
        List<Change> changes = new ArrayList<>(given);
        changes.addAll(changes(logs, spread));
        changes.add(new Change("days", Integer.toString(real.days())));
        try {
            return error(ScenarioFile.read(name, changes));
        } catch (ScenarioException outsideLimits) {
            return Double.POSITIVE_INFINITY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the fit was interrupted", e);
        }
    }

    private double error(Scenario tried) throws InterruptedException {
        FullModel model = FullModel.of(tried);
        List<Beginning> histories = Replications.run(
                () -> model, replications, threads, (shared, replication) -> history(shared, replication));
        double[] census = new double[real.days()];
        double[] admissions = new double[real.days()];
        for (Beginning history : histories) {
            for (int day = 0; day < real.days(); day++) {
                census[day] += history.census()[day] * patientsPerBed / replications;
                admissions[day] += history.admissions()[day] * patientsPerBed / replications;
            }
        }
        double squares = 0;
        int weight = 0;
        for (int day = 0; day < real.days(); day++) {
            Part one = Part.of(real.census(), day, day + 1);
            squares += one.square(census);
            weight += one.days();
        }
        for (int day = 0; day < real.days(); day += WEEK) {
            Part week = Part.of(real.admissions(), day, Math.min(real.days(), day + WEEK));
            squares += week.days() * week.square(admissions);
            weight += week.days();
        }
        return Math.sqrt(squares / weight);
    }

    private Beginning history(FullModel model, int replication) {
        Map<StayId, Instant> entries = new HashMap<>();
        Outcome outcome = FullSimulation.run(
                model,
                Level.FLOW,
                Policy.CHEVET,
                seed,
                replication,
                (stay, origin, needs, service, from, to, then) ->
                        entries.merge(stay, from, (one, other) -> one.isBefore(other) ? one : other));
        int[] hourly = outcome.series()[Outcome.Series.OCCUPIED.ordinal()];
        double[] census = new double[real.days()];
        for (int day = 0; day < census.length; day++) {
            census[day] = hourly[day * HOURS + CENSUS_HOUR];
        }
        return new Beginning(census, byDay(entries));
    }

    private double[] byDay(Map<StayId, Instant> entries) {
        ZoneId zone = scenario.hospital().zone();
        LocalDate begins = scenario.begins();
        double[] admissions = new double[real.days()];
        for (Instant entry : entries.values()) {
            long day = ChronoUnit.DAYS.between(begins, entry.atZone(zone).toLocalDate());
            if (day >= 0 && day < admissions.length) {
                admissions[(int) day]++;
            }
        }
        return admissions;
    }

    /**
     * Some days of the real wave, those of which nothing is known left out.
     *
     * @param sum of the days that are known
     */
    private record Part(double[] real, int from, int to, int days, double sum) {
        static Part of(double[] real, int from, int to) {
            int days = 0;
            double sum = 0;
            for (int day = from; day < to; day++) {
                if (Double.isFinite(real[day])) {
                    days++;
                    sum += real[day];
                }
            }
            return new Part(real, from, to, sum == 0 ? 0 : days, sum);
        }

        double mean() {
            return days == 0 ? 0 : sum / days;
        }

        /** Of the relative error on the same days; 0 where there was nobody, which has none. */
        double square(double[] simulated) {
            double other = 0;
            for (int day = from; day < to; day++) {
                other += Double.isFinite(real[day]) ? simulated[day] : 0;
            }
            return days == 0 ? 0 : (other / sum - 1) * (other / sum - 1);
        }
    }
}
