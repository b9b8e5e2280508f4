package org.chevet.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the old part of each journal, which is not looked at before the doors open, against its checksums while the hospital
 * is already at work. What is damaged there makes the hospital read-only: what it stands on cannot be replayed any more.
 */
final class Verification implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    /** Verified at a time, between which it can be stopped. */
    private static final int CHUNK_EVENTS = 50_000;

    /** A failure that comes back although the journal can be read is no passing one. */
    private static final int TRIES_MAX = 3;

    private final Journal journal;
    private final Duration againAfter;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** One after the other: hundreds at a time would be all that the database does. */
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("chevet-verification").daemon().factory());

    private final Set<HospitalId> wanted = ConcurrentHashMap.newKeySet();

    /** @param againAfter how long after a failure it is tried again */
    Verification(Journal journal, Duration againAfter) {
        this.journal = journal;
        this.againAfter = againAfter;
    }

    /**
     * Returns at once.
     *
     * @param lastSequence the hospital's
     * @param damaged told what is found damaged, on the thread that finds it
     */
    void begin(HospitalId hospital, long lastSequence, Consumer<JournalException> damaged) {
        long oldest = lastSequence - Journal.EVENTS_VERIFIED_AT_OPENING;
        if (oldest > 0 && stopping.getCount() > 0) {
            wanted.add(hospital);
            worker.execute(() -> verify(hospital, oldest, damaged, () -> wanted.contains(hospital)));
        }
    }

    /** Nobody here wants to know it any more. */
    void end(HospitalId hospital) {
        wanted.remove(hospital);
    }

    void verify(HospitalId hospital, long upToSequence, Consumer<JournalException> damaged, BooleanSupplier asked) {
        long after = 0;
        int tries = 0;
        while (after < upToSequence && stopping.getCount() > 0 && asked.getAsBoolean()) {
            long upTo = Math.min(after + CHUNK_EVENTS, upToSequence);
            try {
                journal.verify(hospital, after, upTo);
                after = upTo;
                tries = 0;
            } catch (JournalException failure) {
                tries += isReadable(hospital) ? 1 : 0;
                if (failure.getCause() == null || tries >= TRIES_MAX) {
                    damaged.accept(failure);
                    return;
                }
                LOG.warn("hospital {}: events {} to {} could not be verified yet", hospital, after + 1, upTo, failure);
                pause();
            }
        }
    }

    /** Whether it is the events and not the database that fails. */
    private boolean isReadable(HospitalId hospital) {
        try {
            journal.lastSequence(hospital);
            return true;
        } catch (JournalException away) {
            return false;
        }
    }

    private void pause() {
        try {
            stopping.await(againAfter.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        worker.close();
    }
}
