package org.chevet.feed;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a feed stands. A silent one greys what it feeds: old figures are never shown as if they were fresh.
 *
 * @param connections how many senders are connected now
 * @param lastMessageAt the hospital's time of the last message, null before the first since the start
 * @param silent whether nothing came for longer than this feed is expected to be quiet
 * @param door what came in, whether or not it was a message
 */
public record FeedStatus(
        String name,
        int connections,
        @Nullable Instant lastMessageAt,
        boolean silent,
        FeedCounts counts,
        DoorStatus door) {
    /** Of a feed that has a door at other members only. What becomes of its messages is known there. */
    public static FeedStatus elsewhere(String name, int connections, @Nullable Instant lastMessageAt, boolean silent) {
        return new FeedStatus(
                name,
                connections,
                lastMessageAt,
                silent,
                new FeedCounts(0, 0, 0, Map.of(), 0, Map.of()),
                new DoorStatus(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null));
    }

    /** Together with its doors at other members. */
    public FeedStatus with(int connectionsElsewhere, @Nullable Instant lastElsewhere, boolean silentElsewhere) {
        boolean later = lastMessageAt == null || lastElsewhere != null && lastElsewhere.isAfter(lastMessageAt);
        return new FeedStatus(
                name,
                connections + connectionsElsewhere,
                later ? lastElsewhere : lastMessageAt,
                silent && silentElsewhere,
                counts,
                door);
    }

    public long received() {
        return counts.received();
    }

    public long applied() {
        return counts.applied();
    }

    public long ignored() {
        return counts.ignoredInAll();
    }

    public long quarantined() {
        return counts.quarantined();
    }
}
