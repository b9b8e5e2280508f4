package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.chevet.journal.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentKeysTest {
    /** What is remembered, in the plainest way. */
    private static final class Naive extends LinkedHashMap<String, Answer.Done> {
        private static final long serialVersionUID = 1;

        private final int keysMax;

        Naive(int keysMax) {
            super(16, 0.75f, true);
            this.keysMax = keysMax;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer.Done> eldest) {
            return size() > keysMax;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 33, 100, 1_000})
    void shouldRememberWhatANaiveMapDoes(int keysMax) {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        Random random = new Random(seed);
        RecentKeys keys = new RecentKeys(keysMax);
        Naive naive = new Naive(keysMax);
        for (int step = 0; step < 20_000; step++) {
            String key = "K" + random.nextInt(2 * keysMax + 1);
            if (random.nextInt(3) > 0) {
                keys.remember(key, new Answer.Done(step, step + 1, false));
                naive.put(key, new Answer.Done(step, step + 1, true));
            } else {
                assertThat(keys.find(key))
                        .as("seed %d step %d %s", seed, step, key)
                        .isEqualTo(naive.get(key));
            }
        }
        for (int number = 0; number <= 2 * keysMax; number++) {
            assertThat(keys.find("K" + number)).as("seed %d", seed).isEqualTo(naive.get("K" + number));
        }
    }

    @Test
    void shouldForgetWhatItKnewWhenItIsRefilled() {
        RecentKeys keys = new RecentKeys(3);
        keys.remember("lost", new Answer.Done(1, 1, false));

        keys.refill(IntStream.rangeClosed(1, 4)
                .mapToObj(number -> new Journal.KeyedAct("K" + number, number, number))
                .toList());

        assertThat(keys.find("lost")).isNull();
        assertThat(keys.find("K1")).isNull();
        assertThat(List.of("K2", "K3", "K4"))
                .allSatisfy(key -> assertThat(keys.find(key)).isNotNull());
        assertThat(keys.find(null)).isNull();
    }
}
