package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CohortsTest {
    private static final int HOURS = FlowForecast.HOURS_AHEAD_MAX;

    /** The last seeds empty a service nearly within hours, again and again. */
    @Test
    void shouldKnowWhoIsThereAsIfEachHoursEntriesWereFollowedAlone() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double often = seed < 15 ? 0.05 : 1.2;
            double[] rates = random.doubles(StayPattern.BUCKET_HOURS.length)
                    .map(draw -> often * draw)
                    .toArray();
            Cohorts cohorts = new Cohorts(rates, HOURS);
            double[] alone = new double[HOURS];
            for (int hour = 0; hour < HOURS; hour++) {
                double factor = random.nextDouble(0.2, 2);
                double leaves = 0;
                for (int entry = 0; entry < hour; entry++) {
                    double chance = Math.min(StayPattern.CHANCE_MAX, rates[StayPattern.bucket(hour - entry)] * factor);
                    leaves += alone[entry] * chance;
                    alone[entry] *= 1 - chance;
                }
                String when = "seed " + seed + ", hour " + hour;
                assertThat(cohorts.leave(hour, factor)).as(when).isCloseTo(leaves, within(1e-9));
                double enters = random.nextDouble(3);
                alone[hour] = enters;
                cohorts.enter(hour, enters / 3);
                cohorts.enter(hour, 2 * enters / 3);
                double there = 0;
                for (double patients : alone) {
                    there += patients;
                }
                assertThat(cohorts.there()).as(when).isCloseTo(there, within(1e-9));
            }
        }
    }
}
