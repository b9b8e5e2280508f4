package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chevet.forecast.CensusForecast.Foreseen;
import org.chevet.forecast.CensusForecast.TooLittleHistory;
import org.junit.jupiter.api.Test;

class CensusForecasterTest {
    @Test
    void shouldChangeNoForecastWhenTheFutureChanges() {
        int[] values = ward(5, 200);
        int[] otherwise = values.clone();
        int today = 120;
        for (int day = today + 1; day < otherwise.length; day++) {
            otherwise[day] = 3 * otherwise[day] + day;
        }
        List<List<CensusForecast>> made = forecasts(values);
        List<List<CensusForecast>> madeOtherwise = forecasts(otherwise);

        assertThat(madeOtherwise.subList(0, today + 1)).isEqualTo(made.subList(0, today + 1));
        assertThat(madeOtherwise.get(today + 1)).isNotEqualTo(made.get(today + 1));
    }

    @Test
    void shouldForeseeTheSameAfterARestart() {
        int[] values = ward(6, 150);
        CensusForecaster asked = new CensusForecaster();
        CensusForecaster restarted = new CensusForecaster();
        for (int value : values) {
            asked.observe(value);
            all(asked);
        }
        for (int value : values) {
            restarted.observe(value);
        }

        assertThat(all(restarted)).isEqualTo(all(asked));
    }

    @Test
    void shouldAbstainUntilItKnowsHowWrongItIs() {
        CensusForecaster forecaster = new CensusForecaster();
        int[] values = ward(7, 60);
        for (int days = 1; days <= values.length; days++) {
            forecaster.observe(values[days - 1]);
            assertThat(forecaster.forecast(1) instanceof Foreseen)
                    .as(days + " days")
                    .isEqualTo(days >= 36);
            assertThat(forecaster.forecast(14) instanceof Foreseen)
                    .as(days + " days")
                    .isEqualTo(days >= 49);
            if (days == 20) {
                assertThat(forecaster.forecast(14)).isEqualTo(new TooLittleHistory(20, 49));
            }
        }
    }

    @Test
    void shouldCoverWhatComesOnWardsItHasNeverSeen() {
        int within80 = 0;
        int within95 = 0;
        int forecasts = 0;
        for (long seed = 0; seed < 4; seed++) {
            int[] values = ward(seed, 400);
            CensusForecaster forecaster = new CensusForecaster();
            for (int day = 0; day < values.length; day++) {
                forecaster.observe(values[day]);
                if (day + 3 < values.length && forecaster.forecast(3) instanceof Foreseen(var census, var rapid)) {
                    int came = values[day + 3];
                    forecasts++;
                    within80 += census.quantile(0.1) <= came && came <= census.quantile(0.9) ? 1 : 0;
                    within95 += census.quantile(0.025) <= came && came <= census.quantile(0.975) ? 1 : 0;
                }
            }
        }
        assertThat((double) within80 / forecasts).isBetween(0.76, 0.87);
        assertThat((double) within95 / forecasts).isBetween(0.92, 0.98);
    }

    @Test
    void shouldKnowTheWeekend() {
        CensusForecaster forecaster = new CensusForecaster();
        for (int day = 0; day < 140; day++) {
            forecaster.observe(day % 7 < 5 ? 100 : 80);
        }
        for (int ahead = 1; ahead <= 14; ahead++) {
            assertThat(median(forecaster, ahead))
                    .as(ahead + " days ahead")
                    .isCloseTo((139 + ahead) % 7 < 5 ? 100 : 80, within(2));
        }
    }

    @Test
    void shouldHardlyBeMovedByOneOddDay() {
        int lost = 80;
        for (long seed = 0; seed < 5; seed++) {
            CensusForecaster ordinary = new CensusForecaster();
            CensusForecaster withHoliday = new CensusForecaster();
            SplittableRandom random = new SplittableRandom(seed);
            int days = 150;
            for (int day = 0; day < days; day++) {
                int discharges = (int) Math.round((day % 7 < 5 ? 200 : 120) + 8 * random.nextGaussian());
                ordinary.observe(discharges);
                withHoliday.observe(day == days - 1 ? discharges - lost : discharges);
            }
            assertThat(median(withHoliday, 14)).as("seed " + seed).isCloseTo(median(ordinary, 14), within(15));
        }
    }

    @Test
    void shouldFollowWhatNeverMovedBefore() {
        DampedTrend level = DampedTrend.robustLevel(0.15);
        IntStream.range(0, 60).forEach(day -> level.observe(4));
        IntStream.range(0, 60).forEach(day -> level.observe(7));
        double[] ahead = new double[14];
        level.expect(ahead);

        assertThat(ahead[13]).isCloseTo(7, within(0.1));
    }

    @Test
    void shouldElectForAFortnightByErrorsOfOneDayWhileNoOthersAreKnown() {
        Election election = new Election(2, 14, 60, 16, 0);
        for (int day = 0; day < 5; day++) {
            double[][] expected = election.score(100);
            Arrays.fill(expected[0], 100);
            Arrays.fill(expected[1], 130);
        }

        assertThat(election.result(14).mean()).isCloseTo(100, within(0.1));
    }

    @Test
    void shouldElectByErrorsOfThatDistanceRatherThanOfOthers() {
        Election election = new Election(2, 14, 60, 16, 0);
        for (int day = 0; day < 60; day++) {
            double[][] expected = election.score(100);
            for (int ahead = 1; ahead <= 14; ahead++) {
                expected[0][ahead - 1] = ahead < 7 ? 101 : 120;
                expected[1][ahead - 1] = ahead < 7 ? 120 : 101;
            }
        }

        assertThat(election.result(1).mean()).isCloseTo(101, within(0.5));
        assertThat(election.result(14).mean()).isCloseTo(101, within(0.5));
    }

    @Test
    void shouldSayThatItIsRapidAndFollowAWave() {
        CensusForecaster forecaster = new CensusForecaster();
        for (int day = 0; day < 90; day++) {
            forecaster.observe((int) Math.round(50 * (day < 60 ? 1 : Math.exp(0.06 * (day - 60)))));
        }
        assertThat(forecaster.forecast(7)).isInstanceOfSatisfying(Foreseen.class, foreseen -> {
            assertThat(foreseen.rapid()).isTrue();
            assertThat(foreseen.census().quantile(0.5)).isBetween(350, 480);
        });
    }

    @Test
    void shouldNotTakeForAWaveHowAFewBedsWaver() {
        int rapid = 0;
        int forecasts = 0;
        for (long seed = 0; seed < 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CensusForecaster forecaster = new CensusForecaster();
            int here = 22;
            for (int day = 0; day < 400; day++) {
                // Sixteen come or not, each with a quarter's chance, and each who is here leaves with two elevenths'.
                int leave = (int)
                        random.doubles(here).filter(chance -> chance < 2 / 11.0).count();
                here += (int) random.doubles(16).filter(chance -> chance < 0.25).count() - leave;
                forecaster.observe(here);
                if (forecaster.forecast(7) instanceof Foreseen foreseen) {
                    forecasts++;
                    rapid += foreseen.rapid() ? 1 : 0;
                }
            }
            int doubled = 2 * here + 10;
            IntStream.range(0, 7).forEach(day -> forecaster.observe(doubled));
            assertThat(forecaster.forecast(7))
                    .isInstanceOfSatisfying(
                            Foreseen.class,
                            foreseen -> assertThat(foreseen.rapid()).isTrue());
        }
        assertThat((double) rapid / forecasts).isLessThan(0.06);
    }

    @Test
    void shouldNotForeseeACrowdWhereAWardHasClosed() {
        for (int beds : new int[] {40, 400, 1_000}) {
            for (long seed = 0; seed < 5; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                CensusForecaster forecaster = new CensusForecaster();
                for (int day = 0; day < 120; day++) {
                    forecaster.observe((int) Math.round(random.nextGaussian(beds, Math.sqrt(beds) / 2)));
                }
                for (int day = 0; day < 20; day++) {
                    forecaster.observe(0);
                    for (int ahead = 1; ahead <= CensusForecaster.DAYS_AHEAD_MAX; ahead++) {
                        assertThat(median(forecaster, ahead))
                                .as("%d beds, seed %d, %d days ahead on day %d", beds, seed, ahead, day)
                                .isLessThanOrEqualTo(beds);
                    }
                }
            }
        }
    }

    @Test
    void shouldBearASeriesThatNeverMoves() {
        for (int value : new int[] {0, 40, CensusForecaster.CENSUS_MAX}) {
            CensusForecaster forecaster = new CensusForecaster();
            IntStream.range(0, 100).forEach(day -> forecaster.observe(value));
            assertThat(median(forecaster, 14)).isEqualTo(value);
        }
    }

    @Test
    void shouldRefuseWhatIsNoCensus() {
        CensusForecaster forecaster = new CensusForecaster();
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.observe(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.observe(CensusForecaster.CENSUS_MAX + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.forecast(0));
        assertThatIllegalArgumentException().isThrownBy(() -> forecaster.forecast(15));
        assertThat(forecaster.forecast(1)).isEqualTo(new TooLittleHistory(0, 36));
    }

    @Test
    void shouldSmoothAsTheGoldenVectorDoes() throws IOException {
        JsonNode golden = GoldenVectors.read().get("ets_AAdA");
        DampedTrend trend = new DampedTrend(
                golden.get("alpha").asDouble(),
                golden.get("beta").asDouble(),
                golden.get("gamma").asDouble(),
                golden.get("phi").asDouble());
        trend.resume(
                golden.get("state_level").asDouble(),
                golden.get("state_trend").asDouble(),
                GoldenVectors.numbers(golden.get("seasonal_oldest_first")));
        double[] ahead = new double[14];
        trend.expect(ahead);

        assertThat(ahead).containsExactly(GoldenVectors.numbers(golden.get("forecast_1_14")), within(1e-9));
    }

    private static int median(CensusForecaster forecaster, int daysAhead) {
        return switch (forecaster.forecast(daysAhead)) {
            case Foreseen foreseen -> foreseen.census().quantile(0.5);
            case TooLittleHistory tooLittle -> throw new AssertionError(tooLittle);
        };
    }

    private static List<List<CensusForecast>> forecasts(int... values) {
        CensusForecaster forecaster = new CensusForecaster();
        List<List<CensusForecast>> made = new ArrayList<>();
        for (int value : values) {
            forecaster.observe(value);
            made.add(all(forecaster));
        }
        return made;
    }

    private static List<CensusForecast> all(CensusForecaster forecaster) {
        return IntStream.rangeClosed(1, CensusForecaster.DAYS_AHEAD_MAX)
                .mapToObj(forecaster::forecast)
                .toList();
    }

    /** A ward of about 200 beds: what is above or below passes in a week. */
    private static int[] ward(long seed, int days) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] excess = {0};
        return Arrays.stream(new int[days])
                .map(zero -> {
                    excess[0] = 0.85 * excess[0] + 8 * random.nextGaussian();
                    return (int) Math.round(200 + excess[0]);
                })
                .toArray();
    }
}
