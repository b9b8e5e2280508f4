package org.chevet.simulations.patient;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chevet.forecast.CountDistribution;

/**
 * The forecast data's own methods for patients one by one, its formulas 1 to 3, beside which ours is seen: by whole days from midnight to midnight, of one
 * place, with the windows and strengths that it says. How the level of arrivals is learned it leaves open: here it is the mean of so many days, times a weekday's factor by the formula
 * for departures. Whoever comes and goes between two midnights is neither there nor expected.
 */
final class PublishedMethod {
    /** How patients leave. */
    enum Stays {
        HAZARD_BY_WEEKDAY,

        /** Kaplan and Meier's, by whole days of stay: these know no weekday. */
        KAPLAN_MEIER
    }

    private static final int[] BUCKET_DAYS = {0, 1, 2, 3, 4, 6, 9, 14, 21, 35};
    private static final int RATE_DAYS = 180;
    private static final int WEEKDAY_DAYS = 112;
    private static final double WEEKDAY_STRENGTH = 8;
    private static final double HAZARD_MAX = 0.98;
    private static final int ERRORS = 150;
    private static final double DISPERSION_MIN = 0.5;

    /** A forecast of hardly anybody is surer than any error shows. */
    private static final double VARIANCE_MIN = 0.05;

    private static final int WEEK = 7;

    private final Stays stays;
    private final int levelDays;
    private final int firstOrigin;

    /** By day: who was there at the midnight that begins it. */
    private final List<List<Stay>> there;

    /** By day: how many came who were still there at its end. */
    private final double[] came;

    /** By day from the first origin on: what was learned before it. */
    private final List<Learned> learned;

    /** @param left the day within which, or {@link Integer#MAX_VALUE} */
    private record Stay(int entered, int left) {
        boolean isThere(int midnight) {
            return entered < midnight && left >= midnight;
        }
    }

    /**
     * @param levelDays of which the mean is the level of arrivals
     * @param firstOrigin the first midnight from which is foreseen
     * @param days all of them
     */
    PublishedMethod(Stays stays, int levelDays, Trajectories trajectories, int firstOrigin, int days) {
        this.stays = stays;
        this.levelDays = levelDays;
        this.firstOrigin = firstOrigin;
        List<Stay> patients = patients(trajectories);
        there = IntStream.range(0, days)
                .mapToObj(midnight ->
                        patients.stream().filter(stay -> stay.isThere(midnight)).toList())
                .toList();
        came = IntStream.range(0, days)
                .mapToDouble(day -> patients.stream()
                        .filter(stay -> stay.entered() == day && stay.isThere(day + 1))
                        .count())
                .toArray();
        learned = IntStream.range(firstOrigin, days).mapToObj(Learned::new).toList();
    }

    private static List<Stay> patients(Trajectories trajectories) {
        Instant opens = trajectories.steps().getFirst().at().truncatedTo(ChronoUnit.DAYS);
        Map<String, Stay> patients = new HashMap<>();
        for (Trajectories.Step step : trajectories.steps()) {
            int day = (int) Duration.between(opens, step.at()).toDays();
            Stay before = patients.getOrDefault(step.patient(), new Stay(day, Integer.MAX_VALUE));
            int left = step.service().equals(Trajectories.GONE) ? day : before.left();
            patients.put(step.patient(), new Stay(before.entered(), left));
        }
        return List.copyOf(patients.values());
    }

    /** By midnight from the first origin on, with what was known then. */
    List<CountDistribution> foreseen(int daysAhead) {
        List<CountDistribution> plain = new ArrayList<>();
        List<CountDistribution> foreseen = new ArrayList<>();
        for (int today = firstOrigin; today + daysAhead < there.size(); today++) {
            plain.add(learned.get(today - firstOrigin).foreseen(daysAhead));
            int last = today - daysAhead;
            double dispersion = IntStream.rangeClosed(Math.max(firstOrigin, last - ERRORS + 1), last)
                    .mapToDouble(then -> {
                        CountDistribution past = plain.get(then - firstOrigin);
                        double error = there.get(then + daysAhead).size() - past.mean();
                        return error * error / Math.max(VARIANCE_MIN, past.variance());
                    })
                    .average()
                    .orElse(1);
            foreseen.add(stretched(plain.getLast(), Math.sqrt(Math.max(DISPERSION_MIN, dispersion))));
        }
        return foreseen;
    }

    /** Each count so many times as far from the mean, shared by the whole numbers on both sides. */
    private static CountDistribution stretched(CountDistribution counts, double scale) {
        double mean = counts.mean();
        int lowest = (int) Math.max(0, Math.floor(mean + (counts.lowest() - mean) * scale));
        int highest = (int) Math.ceil(mean + (counts.highest() - mean) * scale);
        double[] weights = new double[highest - lowest + 2];
        for (int count = counts.lowest(); count <= counts.highest(); count++) {
            double at = Math.max(0, mean + (count - mean) * scale) - lowest;
            double above = at - (int) at;
            weights[(int) at] += (1 - above) * counts.probability(count);
            weights[(int) at + 1] += above * counts.probability(count);
        }
        return CountDistribution.of(lowest, weights);
    }

    /** Of the days before one. */
    private final class Learned {
        private final int today;
        private final double[] hazard;
        private final double[] leavingFactor;
        private final double level;
        private final double[] comingFactor;

        Learned(int today) {
            this.today = today;
            hazard = hazards();
            double usual = cameDaily(WEEKDAY_DAYS);
            double[][] left = new double[2][WEEK];
            double[][] come = new double[2][WEEK];
            for (int day = Math.max(0, today - WEEKDAY_DAYS); day < today; day++) {
                for (Stay stay : there.get(day)) {
                    left[0][day % WEEK] += stay.left() == day ? 1 : 0;
                    left[1][day % WEEK] += hazard[bucket(day - stay.entered() - 1)];
                }
                come[0][day % WEEK] += came[day];
                come[1][day % WEEK] += usual;
            }
            leavingFactor = factors(left[0], left[1]);
            comingFactor = factors(come[0], come[1]);
            level = cameDaily(levelDays);
        }

        private double[] hazards() {
            boolean byBucket = stays == Stays.HAZARD_BY_WEEKDAY;
            double[] departures = new double[byBucket ? BUCKET_DAYS.length : there.size()];
            double[] atRisk = new double[departures.length];
            for (int day = Math.max(0, today - RATE_DAYS); day < today; day++) {
                for (Stay stay : there.get(day)) {
                    int bucket = bucket(day - stay.entered() - 1);
                    departures[bucket] += stay.left() == day ? 1 : 0;
                    atRisk[bucket]++;
                }
            }
            return IntStream.range(0, departures.length)
                    .mapToDouble(i -> byBucket
                            ? (departures[i] + 0.5) / (atRisk[i] + 1.5)
                            : departures[i] / Math.max(1, atRisk[i]))
                    .toArray();
        }

        private double cameDaily(int days) {
            return Arrays.stream(came, Math.max(0, today - days), today)
                    .average()
                    .orElse(0);
        }

        private double[] factors(double[] observed, double[] expected) {
            return IntStream.range(0, WEEK)
                    .mapToDouble(i -> (observed[i] + WEEKDAY_STRENGTH) / (expected[i] + WEEKDAY_STRENGTH))
                    .toArray();
        }

        private int bucket(int elapsedDays) {
            if (stays == Stays.KAPLAN_MEIER) {
                return elapsedDays;
            }
            int bucket = BUCKET_DAYS.length - 1;
            while (BUCKET_DAYS[bucket] > elapsedDays) {
                bucket--;
            }
            return bucket;
        }

        private double stillThere(int entered, int from, int until) {
            double there = 1;
            for (int day = from; day < until; day++) {
                double factor = stays == Stays.KAPLAN_MEIER ? 1 : leavingFactor[day % WEEK];
                there *= 1 - Math.min(HAZARD_MAX, hazard[bucket(day - entered - 1)] * factor);
            }
            return there;
        }

        CountDistribution foreseen(int daysAhead) {
            int then = today + daysAhead;
            double[] still = there.get(today).stream()
                    .mapToDouble(stay -> stillThere(stay.entered(), today, then))
                    .toArray();
            double arrived = IntStream.range(today, then)
                    .mapToDouble(day -> level * comingFactor[day % WEEK] * stillThere(day, day + 1, then))
                    .sum();
            return CountDistribution.poissonBinomial(still).plus(CountDistribution.poisson(arrived));
        }
    }
}
