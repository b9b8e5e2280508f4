package org.chevet.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final List<Thread> threads = new ArrayList<>();

    /** @param againAfter how long after a failure it is tried again */
    Verification(Journal journal, Duration againAfter) {
        this.journal = journal;
        this.againAfter = againAfter;
    }

    /** Returns at once. */
    synchronized void begin(HospitalWriter writer) {
        long oldest = writer.status().sequence() - Journal.EVENTS_VERIFIED_AT_OPENING;
        if (oldest > 0) {
            threads.add(Thread.ofPlatform()
                    .name("chevet-verification-" + writer.id())
                    .daemon()
                    .start(() -> verify(writer, oldest)));
        }
    }

    void verify(HospitalWriter writer, long upToSequence) {
        long after = 0;
        int tries = 0;
        while (after < upToSequence && stopping.getCount() > 0) {
            long upTo = Math.min(after + CHUNK_EVENTS, upToSequence);
            try {
                journal.verify(writer.id(), after, upTo);
                after = upTo;
                tries = 0;
            } catch (JournalException failure) {
                tries += isReadable(writer.id()) ? 1 : 0;
                if (failure.getCause() == null || tries >= TRIES_MAX) {
                    writer.damaged(failure);
                    return;
                }
                LOG.warn(
                        "hospital {}: events {} to {} could not be verified yet",
                        writer.id(),
                        after + 1,
                        upTo,
                        failure);
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
    public synchronized void close() {
        stopping.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
