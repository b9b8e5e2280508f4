package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.chevet.hospital.StayId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StayTrieTest {
    private static final int SEEDS = Integer.getInteger("chevet.seeds", 20);
    private static final int STEPS = 2_000;
    private static final StayId DEEP_ONE = new StayId("S1659");
    private static final StayId DEEP_OTHER = new StayId("S7605");

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    /** Among the numbers, some whose hashes are equal: those of "Aa" and "BB" are. */
    private static List<StayId> numbers(Random random) {
        List<StayId> numbers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            numbers.add(new StayId("S" + random.nextInt(100_000)));
        }
        for (String number : List.of("AaAaAa", "AaAaBB", "AaBBAa", "BBAaAa", "BBBBAa", "BBBBBB")) {
            numbers.add(new StayId(number));
        }
        // And two whose hashes, as the trie mixes them, differ only far down.
        numbers.add(DEEP_ONE);
        numbers.add(DEEP_OTHER);
        Collections.shuffle(numbers, random);
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldSayWhatAHashMapSaysAndLeaveEarlierOnesAsTheyWere(int seed) {
        Random random = new Random(seed);
        List<StayId> numbers = numbers(random);
        Map<StayId, Stay> expected = new HashMap<>();
        StayTrie trie = StayTrie.EMPTY;
        List<StayTrie> earlier = new ArrayList<>();
        List<Map<StayId, Stay>> asTheyWere = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            StayId number = numbers.get(random.nextInt(numbers.size()));
            boolean grows = step < STEPS / 2;
            if (random.nextInt(4) < (grows ? 3 : 1)) {
                Stay stay = Stay.unannounced(number);
                expected.put(number, stay);
                trie = trie.plus(stay);
            } else {
                expected.remove(number);
                trie = trie.minus(number);
            }
            assertThat(trie.get(number)).isSameAs(expected.get(number));
            assertThat(trie).hasSameSizeAs(expected);
            if (step % 200 == 0) {
                earlier.add(trie);
                asTheyWere.add(Map.copyOf(expected));
            }
        }
        earlier.add(trie);
        asTheyWere.add(expected);
        for (int i = 0; i < earlier.size(); i++) {
            Map<StayId, Stay> was = asTheyWere.get(i);
            StayTrie is = earlier.get(i);
            numbers.forEach(number -> assertThat(is.get(number)).isSameAs(was.get(number)));
            assertThat(new ArrayList<>(is.values())).containsExactlyInAnyOrderElementsOf(was.values());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBeInTheSameOrderHoweverItCameToBe(int seed) {
        Random random = new Random(seed);
        List<StayId> numbers =
                new ArrayList<>(numbers(random).stream().distinct().toList());
        List<StayId> kept = List.copyOf(numbers.subList(100, numbers.size()));
        StayTrie one = StayTrie.EMPTY;
        for (StayId number : numbers) {
            one = one.plus(Stay.unannounced(number));
        }
        for (StayId number : numbers.subList(0, 100)) {
            one = one.minus(number);
        }
        List<StayId> shuffled = new ArrayList<>(kept);
        Collections.shuffle(shuffled, random);
        StayTrie other = StayTrie.EMPTY;
        for (StayId number : shuffled) {
            other = other.plus(Stay.unannounced(number));
        }
        assertThat(new ArrayList<>(one.keySet())).isEqualTo(new ArrayList<>(other.keySet()));
        assertThat(one.keySet()).containsExactlyInAnyOrderElementsOf(kept);
    }
}
