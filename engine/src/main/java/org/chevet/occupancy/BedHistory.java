package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Who lay in one bed, when. Stretches are kept by their start; a look-up walks back no further than the longest stretch
 * there is, which in a bed that holds one patient at a time is a step or two.
 */
final class BedHistory {
    /** @param to null while it lasts */
    record Lying(StayId stay, Instant from, @Nullable Instant to) {}

    private record Start(Instant from, StayId stay) implements Comparable<Start> {
        @Override
        public int compareTo(Start other) {
            int order = from.compareTo(other.from);
            return order != 0 ? order : stay.compareTo(other.stay);
        }
    }

    /** Sorts before every visit number. */
    private static final StayId BEFORE_ANY = new StayId("-");

    private final NavigableMap<Start, Instant> ended = new TreeMap<>();
    private final NavigableSet<Start> lasting = new TreeSet<>();
    private Duration longest = Duration.ZERO;

    void add(StayId stay, Instant from, @Nullable Instant to) {
        if (to == null) {
            lasting.add(new Start(from, stay));
        } else {
            ended.put(new Start(from, stay), to);
            Duration length = Duration.between(from, to);
            if (length.compareTo(longest) > 0) {
                longest = length;
            }
        }
    }

    void remove(StayId stay, Instant from, @Nullable Instant to) {
        if (to == null) {
            lasting.remove(new Start(from, stay));
        } else {
            ended.remove(new Start(from, stay));
        }
    }

    /**
     * The stretches that share time with [from, to).
     *
     * @param to null for no end
     */
    List<Lying> during(Instant from, @Nullable Instant to) {
        List<Lying> found = new ArrayList<>(2);
        for (Start start : lasting) {
            if (to == null || start.from().isBefore(to)) {
                found.add(new Lying(start.stay(), start.from(), null));
            }
        }
        NavigableMap<Start, Instant> startedBefore =
                to == null ? ended : ended.headMap(new Start(to, BEFORE_ANY), false);
        for (var entry : startedBefore.descendingMap().entrySet()) {
            Instant start = entry.getKey().from();
            if (entry.getValue().isAfter(from)) {
                found.add(new Lying(entry.getKey().stay(), start, entry.getValue()));
            } else if (start.plus(longest).isBefore(from)) {
                break;
            }
        }
        return found;
    }
}
