package org.chevet.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Foresees a daily census (occupied beds of a hospital, a service, a group; discharges a day) from its own past, by one method for all series: what seven
 * simple methods expect, weighted by how little each erred lately for about that many days ahead. All reckon on the {@linkplain RootScale root scale}: two slow
 * levels that one odd day hardly moves and a quick one that follows it, two trends, and two regressions of a short and a long memory. The band around it has the
 * shape of the past errors of that mean, each in units of the spread expected when it was made:
 *
 * <p>s² = h·v² + (0.3·g)² + d², where v is the mean absolute error one day ahead lately, g the change expected in h days, d how far the
 * methods are apart. In quiet times v rules; in a wave g, which grows with the wave, so errors are multiplicative there. While the weekly
 * mean grows or falls by more than a tenth in a week, and by more than chance moves so few beds, the band is half wider still, since no past error knows the next turn.
 *
 * <p>Everything is a fold of the values in their order, in constant memory and time per day: telling a new forecaster the same values makes the same
 * forecasts, bit for bit. Owned by one thread.
 */
public final class CensusForecaster {
    /** Furthest day ahead. */
    public static final int DAYS_AHEAD_MAX = 14;

    /** Largest census, in beds; forecasts end there too. */
    public static final int CENSUS_MAX = 1_000_000;

    /** Forecasts of the first days, when methods know no month yet, tell nothing of later errors. */
    private static final int UNSCORED_DAYS = 28;

    /** Fewest past errors for that many days ahead from which a band is made. */
    private static final int ERRORS_MIN = 7;

    private static final double ELECTION_HALF_LIFE_DAYS = 60;
    private static final double ELECTION_POWER = 16;
    private static final int ELECTION_FIRST_DAY = 14;

    private static final double NOISE_HALF_LIFE_DAYS = 14;
    private static final double CHANGE_SHARE = 0.3;
    private static final int CHANGE_DAYS = CensusMethod.WEEK;

    /** Beds of spread below which none is believed: a count moves by whole beds. */
    private static final double SPREAD_MIN = 0.3;

    /** Beds added before growth is reckoned: from one bed to three is not a threefold epidemic. */
    private static final double FEW_BEDS = 5;

    private static final double RAPID_WEEKLY_LOG_GROWTH = 0.1;

    /**
     * Least growth from one week's mean to the next that is believed, on the root scale: chance alone seldom makes as much in a ward that nothing
     * happens to. From three beds to six is less.
     */
    private static final double RAPID_ROOT_GROWTH = 1;

    private static final double RAPID_WIDENING = 1.5;

    private static final double[] LEVELS = levels();

    private final List<CensusMethod> methods = List.of(
            DampedTrend.robustLevel(0.03),
            DampedTrend.robustLevel(0.15),
            DampedTrend.level(0.6),
            DampedTrend.trend(0.5, 0.15, 0.95),
            DampedTrend.trend(1, 0.1, 0.95),
            new GrowthRidge(60, 20, true, DAYS_AHEAD_MAX),
            new GrowthRidge(700, 3, false, DAYS_AHEAD_MAX));
    private final Election election =
            new Election(methods.size(), DAYS_AHEAD_MAX, ELECTION_HALF_LIFE_DAYS, ELECTION_POWER, ELECTION_FIRST_DAY);
    private final PastErrors[] errors =
            IntStream.rangeClosed(1, DAYS_AHEAD_MAX).mapToObj(PastErrors::new).toArray(PastErrors[]::new);
    private final RecentValues values = new RecentValues();

    /** What was expected on each of the last days, by day modulo its length, then by days ahead − 1. */
    private final double[][] expected = new double[DAYS_AHEAD_MAX + 1][DAYS_AHEAD_MAX];

    private final double[][] spreads = new double[DAYS_AHEAD_MAX + 1][DAYS_AHEAD_MAX];
    private double noise;
    private double noiseWeight;

    /** Levels at which the distribution is drawn; between them it is a straight line. */
    private static double[] levels() {
        double[] inner = IntStream.range(1, 40).mapToDouble(i -> i / 40.0).toArray();
        double[] levels = new double[inner.length + 4];
        levels[0] = 0.001;
        levels[1] = 0.005;
        System.arraycopy(inner, 0, levels, 2, inner.length);
        levels[levels.length - 2] = 0.995;
        levels[levels.length - 1] = 0.999;
        return levels;
    }

    /** The census of the next day. A day that nobody counted must be told too, as whatever is believed of it. */
    public void observe(int census) {
        if (census < 0 || census > CENSUS_MAX) {
            throw new IllegalArgumentException("a census is " + census + ", not within 0 and " + CENSUS_MAX);
        }
        learn(census);
        values.add(census);
        double root = RootScale.of(census);
        double[][] expectations = election.score(census);
        for (int i = 0; i < expectations.length; i++) {
            methods.get(i).observe(root);
            methods.get(i).expect(expectations[i]);
            toBeds(expectations[i]);
        }
        expectNext();
    }

    private static void toBeds(double[] roots) {
        for (int i = 0; i < roots.length; i++) {
            roots[i] = RootScale.census(roots[i]);
        }
    }

    private void learn(int census) {
        int today = values.lastDay() + 1;
        for (int ahead = 1; ahead <= DAYS_AHEAD_MAX && today - ahead >= ELECTION_FIRST_DAY; ahead++) {
            int then = (today - ahead) % expected.length;
            double error = census - expected[then][ahead - 1];
            if (ahead == 1) {
                double remembered = Math.pow(0.5, 1 / NOISE_HALF_LIFE_DAYS);
                noise = noise * remembered + Math.abs(error);
                noiseWeight = noiseWeight * remembered + 1;
            }
            if (today - ahead >= UNSCORED_DAYS) {
                errors[ahead - 1].add(error / spreads[then][ahead - 1]);
            }
        }
    }

    private void expectNext() {
        int today = values.lastDay();
        double[] means = expected[today % expected.length];
        double[] spread = spreads[today % spreads.length];
        double dayNoise = noiseWeight == 0 ? 1 : noise / noiseWeight;
        double weeklyChange = election.result(CHANGE_DAYS).mean() - values.on(today);
        for (int ahead = 1; ahead <= DAYS_AHEAD_MAX; ahead++) {
            Election.Result result = election.result(ahead);
            means[ahead - 1] = result.mean();
            double change = CHANGE_SHARE * weeklyChange * ahead / CHANGE_DAYS;
            spread[ahead - 1] = SPREAD_MIN
                    + Math.sqrt(ahead * dayNoise * dayNoise
                            + change * change
                            + result.disagreement() * result.disagreement());
        }
    }

    /** Of so many days ahead of the last day told, from 1 to {@value #DAYS_AHEAD_MAX}. */
    public CensusForecast forecast(int daysAhead) {
        if (daysAhead < 1 || daysAhead > DAYS_AHEAD_MAX) {
            throw new IllegalArgumentException(
                    "a forecast is " + daysAhead + " days ahead, not within 1 and " + DAYS_AHEAD_MAX);
        }
        int today = values.lastDay();
        PastErrors past = errors[daysAhead - 1];
        if (past.count() < ERRORS_MIN) {
            return new CensusForecast.TooLittleHistory(today + 1, UNSCORED_DAYS + daysAhead + ERRORS_MIN);
        }
        boolean rapid = isRapid();
        double mean = expected[today % expected.length][daysAhead - 1];
        double unit = spreads[today % spreads.length][daysAhead - 1] * (rapid ? RAPID_WIDENING : 1);
        double[] quantiles = Arrays.stream(past.quantiles(LEVELS))
                .map(quantile -> Math.clamp(mean + unit * quantile, 0, CENSUS_MAX))
                .toArray();
        return new CensusForecast.Foreseen(drawn(quantiles), rapid);
    }

    private boolean isRapid() {
        int today = values.lastDay();
        double week = values.mean(today, CensusMethod.WEEK);
        double weekBefore = values.mean(today - CensusMethod.WEEK, CensusMethod.WEEK);
        return Math.abs(Math.log((week + FEW_BEDS) / (weekBefore + FEW_BEDS))) > RAPID_WEEKLY_LOG_GROWTH
                && Math.abs(RootScale.of(week) - RootScale.of(weekBefore)) > RAPID_ROOT_GROWTH;
    }

    /** A census of k beds has the probability that the drawn curve has from k − ½ to k + ½. */
    private static CountDistribution drawn(double[] quantiles) {
        int lowest = (int) Math.round(quantiles[0]);
        int highest = (int) Math.round(quantiles[quantiles.length - 1]);
        double[] weights = new double[highest - lowest + 1];
        double below = 0;
        int above = 0;
        for (int i = 0; i < weights.length; i++) {
            double edge = lowest + i + 0.5;
            while (above < quantiles.length && quantiles[above] <= edge) {
                above++;
            }
            double level = i == weights.length - 1 ? 1 : level(quantiles, above, edge);
            weights[i] = Math.max(0, level - below);
            below = level;
        }
        return CountDistribution.of(lowest, weights);
    }

    private static double level(double[] quantiles, int above, double edge) {
        if (above == 0) {
            return 0;
        }
        if (above == quantiles.length) {
            return 1;
        }
        double share = (edge - quantiles[above - 1]) / (quantiles[above] - quantiles[above - 1]);
        return LEVELS[above - 1] + share * (LEVELS[above] - LEVELS[above - 1]);
    }
}
