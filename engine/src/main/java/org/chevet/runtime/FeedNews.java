package org.chevet.runtime;

import java.time.Instant;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * How a feed stands at a member of a cluster, as it tells the others.
 *
 * @param connections how many senders are connected there
 * @param lastMessageAt the hospital's time of the last message there, null before the first since that member's start
 * @param silent whether nothing came there for longer than this feed is expected to be quiet
 */
public record FeedNews(
        HospitalId hospital,
        String feed,
        int connections,
        @Nullable Instant lastMessageAt,
        boolean silent) {}
