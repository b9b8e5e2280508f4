package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.NavigableSet;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.chevet.hospital.StayId;

/**
 * Stays that are not here, in the order in which they leave the live state. Nearly all do so a fixed time after what was
 * recorded last about them, and are therefore in order without being sorted.
 */
final class Departures {
    /** A stay that is not here leaves the live state this long after the last thing recorded about it. */
    static final Duration STAY_RETENTION = Duration.ofDays(35);

    /** A stay awaited later than the last thing recorded about it: it is kept that much longer. */
    record Awaited(Instant archival, StayId stay) implements Comparable<Awaited> {
        private static final Comparator<Awaited> ORDER =
                Comparator.comparing(Awaited::archival).thenComparing(Awaited::stay);

        @Override
        public int compareTo(Awaited other) {
            return ORDER.compare(this, other);
        }
    }

    private final SequencedSet<StayId> byLastRecord = new LinkedHashSet<>();
    private final NavigableSet<Awaited> awaited = new TreeSet<>();

    /** When a stay that is not here leaves the live state, if nothing else is recorded about it. */
    static Instant archival(Stay stay) {
        Instant expected = stay.expectedArrival();
        Instant last = expected != null && expected.isAfter(stay.updatedAt()) ? expected : stay.updatedAt();
        return last.plus(STAY_RETENTION);
    }

    private static boolean isAwaited(Stay stay) {
        Instant expected = stay.expectedArrival();
        return expected != null && expected.isAfter(stay.updatedAt());
    }

    /** Something was recorded about a stay that is not here. */
    void add(Stay stay) {
        if (isAwaited(stay)) {
            awaited.add(new Awaited(archival(stay), stay.id()));
        } else {
            byLastRecord.addLast(stay.id());
        }
    }

    void remove(Stay stay) {
        if (isAwaited(stay)) {
            awaited.remove(new Awaited(archival(stay), stay.id()));
        } else {
            byLastRecord.remove(stay.id());
        }
    }

    void clear() {
        byLastRecord.clear();
        awaited.clear();
    }

    boolean contains(Stay stay) {
        return isAwaited(stay)
                ? awaited.contains(new Awaited(archival(stay), stay.id()))
                : byLastRecord.contains(stay.id());
    }

    /** Not awaited any more, the one recorded about the longest ago first. */
    SequencedSet<StayId> byLastRecord() {
        return byLastRecord;
    }

    /** Those awaited, the first to leave first. */
    NavigableSet<Awaited> awaited() {
        return awaited;
    }
}
