package org.chevet.simulations.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.chevet.simulations.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

/**
 * Random hospitals in random crises, with the whole state checked after every event and everybody counted. Every failure names its seed: {@code -Dchevet.seed=…
 * -Dchevet.seeds=1} lives it again. {@code -Dchevet.campaign.minutes=60}, as the profile {@code campaign} has it, goes on for so long, from another seed each time.
 */
class CampaignTest {
    private static final int MINUTES = Integer.getInteger("chevet.campaign.minutes", 0);
    private static final int SEEDS = Integer.getInteger("chevet.seeds", MINUTES > 0 ? Integer.MAX_VALUE : 15);
    private static final int THREADS = 2;

    @Test
    void shouldKeepTheStateSoundAndLoseNobodyInAnyCrisis() {
        long first = Long.getLong("chevet.seed", MINUTES > 0 ? System.currentTimeMillis() : 0);
        long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
        AtomicLong next = new AtomicLong(first);
        AtomicLong lived = new AtomicLong();
        AtomicReference<AssertionError> failure = new AtomicReference<>();
        IntStream.range(0, THREADS).parallel().forEach(thread -> {
            for (long seed = next.getAndIncrement();
                    seed < first + SEEDS && failure.get() == null && (MINUTES == 0 || System.nanoTime() < end);
                    seed = next.getAndIncrement()) {
                String text = RandomScenario.of(seed);
                try {
                    live(text, seed);
                    lived.incrementAndGet();
                } catch (Throwable e) { // A stack that is too deep is a failure of this seed as well.
                    failure.set(new AssertionError("-Dchevet.seed=" + seed + " -Dchevet.seeds=1\n" + text, e));
                }
            }
        });
        if (failure.get() != null) {
            throw failure.get();
        }
        System.out.println(lived + " histories from -Dchevet.seed=" + first + " on");
    }

    private static void live(String text, long seed) throws ScenarioFile.ScenarioException {
        FullModel model = FullModel.of(ScenarioFile.parse(text));
        Policy policy = Policy.values()[new SplittableRandom(seed).nextInt(Policy.values().length)];
        Outcome checked = FullSimulation.runChecked(model, Level.FULL, policy, seed, 0);
        requireSame(FullSimulation.run(model, policy, seed, 0), checked);
        FullSimulation.runChecked(model, Level.FLOW, policy, seed, 0);
    }

    /** What there was none of has no mean: no numbers, which are alike. */
    private static void requireSame(Outcome one, Outcome other) {
        assertThat(Arrays.toString(one.indicators())).isEqualTo(Arrays.toString(other.indicators()));
        assertThat(one.series()).isDeepEqualTo(other.series());
        assertThat(one.log()).isEqualTo(other.log());
        assertThat(one.events()).isEqualTo(other.events());
    }
}
