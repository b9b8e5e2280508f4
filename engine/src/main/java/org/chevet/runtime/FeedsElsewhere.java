package org.chevet.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.chevet.cluster.MemberId;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * How feeds stand at the other members, as these told. When a member is gone, so are its connections; when the last message came
 * there is still known. Thread-safe.
 */
final class FeedsElsewhere {
    private record Key(HospitalId hospital, String feed) {}

    private final Map<MemberId, List<FeedNews>> told = new ConcurrentHashMap<>();

    /** As many as there are names of feeds. */
    private final Map<Key, Instant> lastMessages = new ConcurrentHashMap<>();

    void hear(MemberId member, List<FeedNews> feeds) {
        told.put(member, feeds);
        for (FeedNews feed : feeds) {
            Instant last = feed.lastMessageAt();
            if (last != null) {
                lastMessages.merge(new Key(feed.hospital(), feed.feed()), last, FeedsElsewhere::later);
            }
        }
    }

    void keep(Set<MemberId> members) {
        told.keySet().retainAll(members);
    }

    /** One for each name, of all other members together. */
    List<FeedNews> of(HospitalId hospital) {
        Map<String, FeedNews> byName = new TreeMap<>();
        lastMessages.forEach((key, last) -> {
            if (key.hospital().equals(hospital)) {
                byName.put(key.feed(), new FeedNews(hospital, key.feed(), 0, last, true));
            }
        });
        for (List<FeedNews> feeds : told.values()) {
            for (FeedNews feed : feeds) {
                if (feed.hospital().equals(hospital)) {
                    byName.merge(feed.feed(), feed, FeedsElsewhere::together);
                }
            }
        }
        return new ArrayList<>(byName.values());
    }

    private static FeedNews together(FeedNews one, FeedNews other) {
        return new FeedNews(
                one.hospital(),
                one.feed(),
                one.connections() + other.connections(),
                latest(one.lastMessageAt(), other.lastMessageAt()),
                one.silent() && other.silent());
    }

    private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        return one == null ? other : other == null ? one : later(one, other);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
