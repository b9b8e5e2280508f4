package org.chevet.feed;

import java.util.Map;

/**
 * What became of a feed's messages since the start.
 *
 * @param received each is applied, ignored, quarantined, or was sent back to be sent again
 * @param duplicates of those applied, messages that had been applied before
 * @param ignored understood to change nothing, by why
 * @param unknownTriggers of those ignored, by event; the events beyond the first {@link #TRIGGERS_MAX} together as {@link #OTHER_TRIGGERS}
 */
public record FeedCounts(
        long received,
        long applied,
        long duplicates,
        Map<Ignored, Long> ignored,
        long quarantined,
        Map<String, Long> unknownTriggers) {
    /** How many unknown events are counted by name: a metric's labels must be few. */
    public static final int TRIGGERS_MAX = 30;

    public static final String OTHER_TRIGGERS = "other";

    /** Why a message is acknowledged and changes nothing. */
    public enum Ignored {
        /** ORU, MDM, SIU and the like. */
        OTHER_TYPE,
        /** An event that no profile we know has. */
        UNKNOWN_TRIGGER,
        /** A known event that moves nobody, or a person without a stay. */
        NO_BED,
        /** It says only what was said before. */
        NOTHING_NEW
    }

    public FeedCounts {
        ignored = Map.copyOf(ignored);
        unknownTriggers = Map.copyOf(unknownTriggers);
    }

    public long ignoredInAll() {
        return ignored.values().stream().mapToLong(Long::longValue).sum();
    }
}
