package org.chevet.feed;

import java.time.Instant;
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
