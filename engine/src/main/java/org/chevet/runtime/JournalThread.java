package org.chevet.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.EncodedBatch;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalConflictException;
import org.chevet.journal.JournalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes events, for all hospitals: whatever batches have gathered while the disk was busy go in one
 * transaction, so that they share its fsync. What a batch brings about for views and listeners it does on this thread
 * too, in order; answers are given on a virtual thread, in order within a batch only.
 */
final class JournalThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalThread.class);

    /** More than this many gather in no healthy house; the rest go in the next transaction. */
    private static final int GROUP_BATCHES_MAX = 1_000;

    private static final JournalException ORPHANED =
            new JournalException("an earlier write of this hospital failed", "Try again in a moment.", null);

    /** What a writer hands over. */
    interface Handover {
        EncodedBatch batch();

        /** Whether an earlier batch of its writer failed, on which this one was built. */
        boolean isOrphaned();

        /**
         * Called where none of its hospital's events was appended with it: what is said without one may rest on a state that is no
         * longer the journal's.
         *
         * @throws JournalConflictException when it does
         */
        void check();

        void durable();

        /** Its events are not durable, or it is not known whether they are. */
        void failed(JournalException failure);
    }

    private final Journal journal;

    /** Never full: each writer may be only so many batches ahead. */
    private final Mailbox<Handover> mailbox = new Mailbox<>(Integer.MAX_VALUE);

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong conflicts = new AtomicLong();
    private volatile long lastAppendNanos;
    private volatile Measurements measurements = Measurements.NONE;

    JournalThread(Journal journal) {
        this.journal = journal;
        Thread.ofPlatform().name("chevet-journal").daemon().start(this::run);
    }

    void hand(Handover handover) {
        if (!mailbox.offer(handover)) {
            throw new IllegalStateException("the journal thread was closed before hospital "
                    + handover.batch().hospital() + " was done with it");
        }
    }

    void measureWith(Measurements told) {
        measurements = told;
    }

    Measurements measurements() {
        return measurements;
    }

    JournalFigures figures() {
        return new JournalFigures(transactions.get(), events.get(), failures.get(), conflicts.get(), lastAppendNanos);
    }

    /** Once everything handed over before is dealt with. */
    @Override
    public void close() {
        mailbox.close();
        ended.join();
    }

    private void run() {
        try {
            while (!mailbox.isSpent()) {
                mailbox.await(Mailbox.FOREVER);
                write(mailbox.drain(GROUP_BATCHES_MAX));
            }
        } finally {
            ended.complete(null);
        }
    }

    private void write(List<Handover> group) {
        List<Handover> sound = new ArrayList<>(group.size());
        for (Handover handover : group) {
            if (handover.isOrphaned()) {
                conclude(() -> handover.failed(ORPHANED));
            } else {
                sound.add(handover);
            }
        }
        while (!sound.isEmpty()) {
            JournalException failure = failureOf(sound);
            if (failure == null) {
                follow(sound);
                return;
            }
            // After a conflict it is known that nothing was written: whoever did not lose it is written without the one
            // who did.
            List<Handover> failed = failure instanceof JournalConflictException conflict
                    ? sound.stream()
                            .filter(handover -> handover.batch().hospital().equals(conflict.hospital()))
                            .toList()
                    : List.copyOf(sound);
            failed.forEach(handover -> conclude(() -> handover.failed(failure)));
            sound.removeAll(failed);
        }
    }

    private void follow(List<Handover> group) {
        Set<HospitalId> appended = new HashSet<>();
        for (Handover handover : group) {
            if (handover.batch().size() > 0) {
                appended.add(handover.batch().hospital());
            }
        }
        for (Handover handover : group) {
            JournalException outdated =
                    appended.contains(handover.batch().hospital()) ? null : failure(handover::check);
            if (outdated == null) {
                publish(handover);
            } else {
                conclude(() -> handover.failed(outdated));
            }
        }
    }

    private void publish(Handover handover) {
        long start = System.nanoTime();
        conclude(handover::durable);
        long nanos = System.nanoTime() - start;
        conclude(() -> measurements.published(nanos));
    }

    /** Null when all of it is durable. */
    private @Nullable JournalException failureOf(List<Handover> group) {
        return failure(() -> append(group.stream()
                .map(Handover::batch)
                .filter(batch -> batch.size() > 0)
                .toList()));
    }

    /** Null when there is none. */
    private @Nullable JournalException failure(Runnable work) {
        try {
            work.run();
            return null;
        } catch (JournalConflictException conflict) {
            conflicts.incrementAndGet();
            LOG.warn("journal: {}", conflict.detail());
            return conflict;
        } catch (Throwable e) { // the loop's edge
            failures.incrementAndGet();
            LOG.error("journal: a group of batches failed", WithoutMessage.of(e));
            return e instanceof JournalException known
                    ? known
                    : new JournalException(
                            "the journal failed (" + e.getClass().getName() + ")", "Look at the log.", e);
        }
    }

    private void append(List<EncodedBatch> batches) {
        if (batches.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        journal.appendEncoded(batches);
        lastAppendNanos = System.nanoTime() - start;
        transactions.incrementAndGet();
        int appended = batches.stream().mapToInt(EncodedBatch::size).sum();
        events.addAndGet(appended);
        conclude(() -> measurements.appended(appended, lastAppendNanos));
    }

    /** The loop's edge: what goes wrong for one hospital does not stop the others. */
    private static void conclude(Runnable conclusion) {
        try {
            conclusion.run();
        } catch (Throwable e) {
            LOG.error("journal: what should follow a batch failed", WithoutMessage.of(e));
        }
    }
}
