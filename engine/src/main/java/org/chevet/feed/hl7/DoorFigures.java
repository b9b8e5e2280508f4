package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.chevet.feed.DoorStatus;
import org.jspecify.annotations.Nullable;

/** Counts what comes through a feed's door. Thread-safe. */
final class DoorFigures {
    /** What is counted one by one. */
    enum Count {
        FRAMES,
        BYTES,
        SKIPPED_BYTES,
        OVERSIZED_FRAMES,
        REFUSED_CONNECTIONS,
        REFUSED_SENDERS,
        FAILED_HANDSHAKES,
        CLOSED_SLOW,
        CLOSED_NOISE,
        CLOSED_FULL,
        ENCODING_CONTRADICTIONS,
        BATCH_MISMATCHES
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bufferedBytes = new AtomicLong();
    private volatile @Nullable Instant certificateExpiresAt;

    DoorFigures() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    void count(Count count) {
        add(count, 1);
    }

    void add(Count count, long more) {
        adder(count).add(more);
    }

    /** @return how many connections are open now */
    int connected() {
        return connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    int connections() {
        return connections.get();
    }

    /** @return how many bytes are held now */
    long buffered(long more) {
        return bufferedBytes.addAndGet(more);
    }

    void certificateExpires(Instant at) {
        certificateExpiresAt = at;
    }

    void batchMismatch() {
        count(Count.BATCH_MISMATCHES);
    }

    /** @return whether it is the first */
    boolean encodingContradicted() {
        LongAdder contradictions = adder(Count.ENCODING_CONTRADICTIONS);
        contradictions.increment();
        return contradictions.sum() == 1;
    }

    DoorStatus status() {
        return new DoorStatus(
                sum(Count.FRAMES),
                sum(Count.BYTES),
                sum(Count.SKIPPED_BYTES),
                sum(Count.OVERSIZED_FRAMES),
                sum(Count.REFUSED_CONNECTIONS),
                sum(Count.REFUSED_SENDERS),
                sum(Count.FAILED_HANDSHAKES),
                sum(Count.CLOSED_SLOW),
                sum(Count.CLOSED_NOISE),
                sum(Count.CLOSED_FULL),
                bufferedBytes.get(),
                sum(Count.ENCODING_CONTRADICTIONS),
                sum(Count.BATCH_MISMATCHES),
                certificateExpiresAt);
    }

    private long sum(Count count) {
        return adder(count).sum();
    }

    private LongAdder adder(Count count) {
        LongAdder adder = counts.get(count);
        if (adder == null) {
            throw new IllegalStateException("nothing counts " + count);
        }
        return adder;
    }
}
