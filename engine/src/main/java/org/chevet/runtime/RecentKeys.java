package org.chevet.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedEvent;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What became of the acts that came with an idempotency key, the least recently used forgotten first. It is a window and
 * not a unique key of the journal, because some systems use their control numbers again after months. Belongs to the
 * writer's thread.
 *
 * <p>Every member keeps these for every hospital, so of a key there are 16 bytes of its SHA-256 in arrays: with all that
 * belongs to it some 50 bytes, where the text in a map took 200. Two keys with the same 16 bytes do not occur.
 *
 * <p>Refusals are kept for a while, so that a copy of an act which is still on its way is not done after its sender was told that it is
 * refused. They come from whoever refuses, or from the journal where others may write next.
 */
final class RecentKeys {
    private static final int NONE = -1;
    private static final int PLACES_MIN = 16;

    /** Several times as long as it is tried to have an act answered. */
    private static final Duration COPIES_TRAVEL_MAX = Duration.ofMinutes(1);

    /** Nobody is refused a hundred times a second. */
    private static final int REFUSALS_MAX = 1_000;

    /** At first; then as many as reach back far enough. */
    private static final long EVENTS_READ_BACK = 2_000;

    private final int keysMax;
    private final MessageDigest digest = sha256();

    private final Map<String, Answer.Refused> refusals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer.Refused> eldest) {
            return size() > REFUSALS_MAX;
        }
    };

    private int count;
    private int oldest;
    private int newest;

    /** The first place of each bucket; as many as places, or up to twice that. */
    private int[] buckets;

    // By place.
    private long[] high;
    private long[] low;
    private long[] acts;
    private long[] sequences;
    private int[] nextOfBucket;
    private int[] older;
    private int[] newer;

    RecentKeys(int keysMax) {
        this.keysMax = keysMax;
        int places = Math.min(PLACES_MIN, keysMax);
        high = new long[places];
        low = new long[places];
        acts = new long[places];
        sequences = new long[places];
        nextOfBucket = new int[places];
        older = new int[places];
        newer = new int[places];
        buckets = emptyBuckets(places);
        clear();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What was answered: {@link Answer.Done} or {@link Answer.Refused}; null when nothing is known of it. */
    @Nullable
    Answer find(@Nullable String key) {
        if (key == null) {
            return null;
        }
        Answer.Refused refused = refusals.get(key);
        if (refused != null) {
            return refused;
        }
        ByteBuffer wanted = digest(key);
        int place = place(wanted.getLong(0), wanted.getLong(Long.BYTES));
        if (place == NONE) {
            return null;
        }
        leaveAge(place);
        becomeNewest(place);
        return new Answer.Done(acts[place], sequences[place], true);
    }

    void remember(@Nullable String key, Answer.Done answer) {
        if (key == null) {
            return;
        }
        refusals.remove(key);
        ByteBuffer wanted = digest(key);
        long wantedHigh = wanted.getLong(0);
        long wantedLow = wanted.getLong(Long.BYTES);
        int place = place(wantedHigh, wantedLow);
        if (place != NONE) {
            leaveAge(place);
        } else {
            place = freePlace();
            high[place] = wantedHigh;
            low[place] = wantedLow;
            enterBucket(place);
        }
        becomeNewest(place);
        acts[place] = answer.act();
        sequences[place] = answer.sequence();
    }

    void refused(@Nullable String key, Answer.Refused answer) {
        if (key != null) {
            refusals.put(key, answer);
        }
    }

    /** An event of the journal. */
    void learn(Recorded recorded, @Nullable String key) {
        if (recorded.event() instanceof BedEvent.ActRefused kept) {
            refused(kept.key(), new Answer.Refused(Decision.Refused.of(kept)));
        } else {
            remember(key, new Answer.Done(recorded.act(), recorded.sequence(), true));
        }
    }

    /** Forgets what was not durable. */
    void refill(Journal journal, HospitalId hospital, long lastSequence) {
        refill(journal.recentKeyedActs(hospital, keysMax));
        List<Journal.Entry> latest = new ArrayList<>();
        long back = 0;
        do {
            back = back == 0 ? EVENTS_READ_BACK : 4 * back;
            latest.clear();
            journal.readEntries(hospital, Math.max(0, lastSequence - back), latest::add);
        } while (back < lastSequence && isShort(latest));
        latest.forEach(entry -> learn(entry.recorded(), entry.idempotencyKey()));
    }

    /** Whether copies of what was refused before these may still be on their way. */
    private static boolean isShort(List<Journal.Entry> entries) {
        return entries.isEmpty()
                || Duration.between(
                                        entries.getFirst().recorded().recordedAt(),
                                        entries.getLast().recorded().recordedAt())
                                .compareTo(COPIES_TRAVEL_MAX)
                        < 0;
    }

    /** Forgets what was not durable. */
    void refill(List<Journal.KeyedAct> keyed) {
        clear();
        keyed.forEach(act -> remember(act.idempotencyKey(), new Answer.Done(act.act(), act.sequence(), true)));
    }

    private void clear() {
        refusals.clear();
        count = 0;
        oldest = NONE;
        newest = NONE;
        Arrays.fill(buckets, NONE);
    }

    private ByteBuffer digest(String key) {
        return ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    private int bucket(long ofHigh) {
        return (int) ofHigh & (buckets.length - 1);
    }

    private int place(long wantedHigh, long wantedLow) {
        int place = buckets[bucket(wantedHigh)];
        while (place != NONE && (high[place] != wantedHigh || low[place] != wantedLow)) {
            place = nextOfBucket[place];
        }
        return place;
    }

    private int freePlace() {
        if (count == keysMax) {
            int forgotten = oldest;
            leaveBucket(forgotten);
            leaveAge(forgotten);
            return forgotten;
        }
        if (count == high.length) {
            grow((int) Math.min(2L * count, keysMax));
        }
        return count++;
    }

    private void grow(int places) {
        high = Arrays.copyOf(high, places);
        low = Arrays.copyOf(low, places);
        acts = Arrays.copyOf(acts, places);
        sequences = Arrays.copyOf(sequences, places);
        nextOfBucket = Arrays.copyOf(nextOfBucket, places);
        older = Arrays.copyOf(older, places);
        newer = Arrays.copyOf(newer, places);
        buckets = emptyBuckets(places);
        for (int place = 0; place < count; place++) {
            enterBucket(place);
        }
    }

    private static int[] emptyBuckets(int places) {
        int[] empty = new int[places < 2 ? 1 : Integer.highestOneBit(places - 1) << 1];
        Arrays.fill(empty, NONE);
        return empty;
    }

    private void enterBucket(int place) {
        int bucket = bucket(high[place]);
        nextOfBucket[place] = buckets[bucket];
        buckets[bucket] = place;
    }

    private void leaveBucket(int place) {
        int bucket = bucket(high[place]);
        if (buckets[bucket] == place) {
            buckets[bucket] = nextOfBucket[place];
            return;
        }
        int before = buckets[bucket];
        while (nextOfBucket[before] != place) {
            before = nextOfBucket[before];
        }
        nextOfBucket[before] = nextOfBucket[place];
    }

    private void becomeNewest(int place) {
        older[place] = newest;
        newer[place] = NONE;
        if (newest == NONE) {
            oldest = place;
        } else {
            newer[newest] = place;
        }
        newest = place;
    }

    private void leaveAge(int place) {
        int before = older[place];
        int after = newer[place];
        if (before == NONE) {
            oldest = after;
        } else {
            newer[before] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            older[after] = before;
        }
    }
}
