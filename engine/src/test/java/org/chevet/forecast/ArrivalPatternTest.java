package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrivalPatternTest {
    private static final int[] COME_AT = {9, 12, 20};

    /** Three a day, all days alike; of the first one the hours from eight in the morning are watched, as when a feed is connected then. */
    @Test
    void shouldSeeNoBusyWeekdayInTheDayThatItBeganOn() {
        ArrivalPattern pattern = new ArrivalPattern();
        for (int hour = 8; hour < 15 * 24; hour++) {
            int weekday = hour / 24 % 7;
            pattern.hour(weekday, hour % 24);
            for (int at : COME_AT) {
                if (at == hour % 24) {
                    pattern.came(at);
                }
            }
            if (hour % 24 == 23) {
                pattern.endDay(1);
                pattern.settle(new ArrivalPattern());
            }
        }

        for (int weekday = 0; weekday < 7; weekday++) {
            assertThat(ofDay(pattern, weekday)).as("weekday " + weekday).isCloseTo(COME_AT.length, within(0.05));
        }
    }

    /** Twenty a day for a week, then sixty: that Monday is the first of the busy days makes no busy Mondays. */
    @Test
    void shouldJudgeAllOfTheFirstDaysByOneLevel() {
        ArrivalPattern pattern = new ArrivalPattern();
        for (int day = 0; day < 14; day++) {
            for (int hour = 0; hour < 24; hour++) {
                pattern.hour(day % 7, hour);
            }
            for (int i = 0; i < (day < 7 ? 20 : 60); i++) {
                pattern.came(12);
            }
            pattern.endDay(1);
            pattern.settle(new ArrivalPattern());
        }

        for (int weekday = 1; weekday < 7; weekday++) {
            assertThat(ofDay(pattern, weekday) / ofDay(pattern, 0)).isCloseTo(1, within(0.02));
        }
    }

    /** Five a day for four hundred days; twenty a day for four months and then thirty. */
    @Test
    void shouldHoldWhatIsSteadyAndFollowWhatRises() {
        double error = 0;
        double followed = 0;
        int seeds = 40;
        int judged = 200;
        for (int seed = 0; seed < seeds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ArrivalPattern steady = new ArrivalPattern();
            for (int day = 0; day < 2 * judged; day++) {
                live(steady, day, 5, random);
                error += day < judged ? 0 : Math.abs(24 * steady.level() / 5 - 1) / judged / seeds;
            }
            ArrivalPattern rising = new ArrivalPattern();
            for (int day = 0; day < 134; day++) {
                live(rising, day, day < 120 ? 20 : 30, random);
            }
            followed += 24 * rising.level() / seeds;
        }

        assertThat(error).as("mean error of the steady level").isLessThan(0.032);
        assertThat(followed).as("after a fortnight").isGreaterThan(26.5);
    }

    private static void live(ArrivalPattern pattern, int day, double mean, SplittableRandom random) {
        for (int hour = 0; hour < 24; hour++) {
            pattern.hour(day % 7, hour);
        }
        for (double time = -Math.log(1 - random.nextDouble()); time < mean; ) {
            pattern.came(12);
            time -= Math.log(1 - random.nextDouble());
        }
        pattern.endDay(Math.pow(0.5, 1.0 / FlowHistory.HALF_LIFE_DAYS));
        pattern.settle(new ArrivalPattern());
    }

    private static double ofDay(ArrivalPattern pattern, int weekday) {
        double sum = 0;
        for (int hour = 0; hour < 24; hour++) {
            sum += pattern.mean(weekday, hour);
        }
        return sum;
    }
}
