package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chevet.hospital.ServiceId;
import org.junit.jupiter.api.Test;

/** What is learned of a patient's day at once is what is learned of it hour by hour. */
class HoursAtRiskTest {
    private static final WallHours WALL = new WallHours(ZoneId.of("Europe/Paris"));

    /** The midnights that begin a usual day, the one of 23 hours and the one of 25. */
    private static final List<Instant> DAYS = List.of(
            Instant.parse("2026-02-09T23:00:00Z"),
            Instant.parse("2026-03-28T23:00:00Z"),
            Instant.parse("2026-10-24T22:00:00Z"));

    @Test
    void shouldLearnAtOnceWhatHoursTeachOneByOne() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long midnight = WallHours.hour(DAYS.get(seed % DAYS.size()));
            long first = midnight + random.nextInt(20);
            long end = midnight + 23 + seed % DAYS.size() / 2;
            long hoursKnown = random.nextInt(400);
            ServiceFlow fast = flow(seed);
            ServiceFlow naive = flow(seed);
            HoursAtRisk hours = new HoursAtRisk(WALL, first, hoursKnown, List.of(fast));
            for (int patient = 0; patient < 20; patient++) {
                long sinceHour = first - random.nextInt(500);
                Known known = known(random, first, sinceHour, end);
                long from = random.nextLong(first, end);
                long until = random.nextLong(from, end) + 1;
                boolean leaves = random.nextBoolean();
                hours.atRisk(0, known, sinceHour, from, until);
                for (long hour = from; hour < until; hour++) {
                    long today = WALL.day(hour);
                    HourByHour.learn(
                            naive.stays,
                            WALL,
                            sinceHour,
                            hour,
                            hoursKnown + hour - first,
                            then -> known.what(known.at(then, known.latest()), today),
                            leaves && hour == until - 1);
                }
                if (leaves) {
                    hours.left(0, known, sinceHour, until - 1);
                }
            }
            hours.learn();

            requireSame(seed, fast.stays.rate, naive.stays.rate);
            requireSame(seed, fast.stays.weekday, naive.stays.weekday);
            for (int what = 0; what < Standing.WHATS; what++) {
                requireSame(seed, fast.stays.hour(what), naive.stays.hour(what));
                requireSame(seed, fast.stays.standing.use(what), naive.stays.standing.use(what));
            }
        }
    }

    private static ServiceFlow flow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ServiceFlow flow = new ServiceFlow(new ServiceId("S"));
        Factor wherePlanned = flow.stays.hour(Standing.what(0, 0, Standing.WAITS));
        for (Factor factor : List.of(flow.stays.rate, flow.stays.weekday, flow.stays.hour, wherePlanned)) {
            Arrays.setAll(factor.value, i -> random.nextDouble(0.1, 2));
        }
        return flow;
    }

    private static Known known(SplittableRandom random, long first, long sinceHour, long end) {
        Known known = new Known();
        long at = Math.max(sinceHour, first - 250);
        for (int i = random.nextInt(9); i > 0; i--) {
            at += random.nextInt(1, 60);
            if (at < end) {
                long plan = random.nextInt(3) == 0 ? Standing.NO_PLAN : WALL.day(first) + random.nextInt(-1, 4);
                long held = random.nextBoolean() ? Standing.NOT_HELD : WALL.day(first) + random.nextInt(-1, 4);
                known.become(plan, held, random.nextInt(4), at);
            }
        }
        return known;
    }

    private static void requireSame(int seed, Factor fast, Factor naive) {
        assertThat(fast.observed).as("seed " + seed).isEqualTo(naive.observed);
        for (int i = 0; i < naive.expected.length; i++) {
            assertThat(fast.expected[i]).as("seed " + seed + ", place " + i).isCloseTo(naive.expected[i], within(1e-9));
        }
    }
}
