package org.chevet.simulations.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.ScenarioFile;
import org.jspecify.annotations.Nullable;

/** What was asked on the command line: a verb, what it is about, and {@code key=value} pairs. */
final class Arguments {
    private static final List<String> COMMON =
            List.of("replications", "seed", "threads", "policy", "level", "out", "set");
    private static final int REPLICATIONS = 20;
    private static final int REPLICATIONS_MAX = 100_000;

    private final List<String> names = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<ScenarioFile.Change> changes = new ArrayList<>();

    /** @throws IllegalArgumentException for what is unknown, or cannot be read; its message says what is known */
    Arguments(List<String> words, List<String> ownKeys) {
        this(
                words,
                ownKeys,
                "no scenario is named. Name a file, or one of " + String.join(", ", ScenarioFile.SHIPPED) + ".");
    }

    /** @param nothingNamed said when the words name nothing */
    Arguments(List<String> words, List<String> ownKeys, String nothingNamed) {
        List<String> known = new ArrayList<>(COMMON);
        known.addAll(ownKeys);
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                names.add(word);
                continue;
            }
            String key = word.substring(0, equals);
            String value = word.substring(equals + 1);
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "'" + key + "' is unknown; known are " + String.join(", ", known) + ".");
            }
            if (key.equals("set")) {
                int second = value.indexOf('=');
                if (second < 0) {
                    throw new IllegalArgumentException("'" + word + "' is no set=PATH=NUMBER.");
                }
                changes.add(new ScenarioFile.Change(value.substring(0, second), value.substring(second + 1)));
            } else {
                options.put(key, value);
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(nothingNamed);
        }
    }

    /** What is named first. */
    String scenario() {
        return names.getFirst();
    }

    /** The one to compare with, null when it is the same. */
    @Nullable
    String other() {
        return names.size() > 1 ? names.get(1) : null;
    }

    List<ScenarioFile.Change> changes() {
        return changes;
    }

    int replications() {
        return (int) wholeNumber("replications", REPLICATIONS, 1, REPLICATIONS_MAX);
    }

    long seed() {
        return wholeNumber("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    int threads() {
        return (int) wholeNumber("threads", Runtime.getRuntime().availableProcessors(), 1, 1_024);
    }

    Policy policy() {
        return policy(options.getOrDefault("policy", Policy.CHEVET.code()));
    }

    Level level() {
        return Level.of(options.getOrDefault("level", Level.FULL.code()));
    }

    static Policy policy(String code) {
        return Arrays.stream(Policy.values())
                .filter(policy -> policy.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("policy '" + code + "' is unknown; known are "
                        + Arrays.stream(Policy.values()).map(Policy::code).collect(Collectors.joining(", ")) + "."));
    }

    Path folder() {
        String code = String.valueOf(Path.of(scenario()).getFileName()).replaceFirst("\\.(yaml|csv|ndjson)$", "");
        return Path.of(options.getOrDefault("out", "target/simulation/" + code));
    }

    @Nullable
    String text(String key) {
        return options.get(key);
    }

    /** Separated by commas; empty when the key is not there. */
    List<String> list(String key) {
        String text = options.get(key);
        return text == null ? List.of() : List.of(text.split(","));
    }

    private long wholeNumber(String key, long absent, long min, long max) {
        String text = options.get(key);
        if (text == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        throw new IllegalArgumentException(key + "=" + text + " is no whole number from " + min + " to " + max + ".");
    }
}
