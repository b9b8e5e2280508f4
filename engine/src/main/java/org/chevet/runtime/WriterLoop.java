package org.chevet.runtime;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.EncodedBatch;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalConflictException;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a writer's thread does: takes what waits, has it decided, hands it to the {@link JournalThread} in batches, and after
 * a failure of the journal starts again from what that then has. It may run a few batches ahead of the disk; nothing is
 * answered or shown before the disk has it, refusals included, since they may rest on what runs ahead.
 */
final class WriterLoop {
    private static final Logger LOG = LoggerFactory.getLogger(WriterLoop.class);

    /** The whole state is checked with each snapshot, and after this long if anything happened in it. */
    private static final Duration CHECK_EVERYTHING_AFTER = Duration.ofMinutes(10);

    /**
     * After a snapshot, so many times what it took the writer, before the next: under a flood of events snapshots would otherwise
     * take more of the machine than the events. The tail to replay grows by what is written meanwhile, which is read many times faster.
     */
    static final int SNAPSHOT_REST = 50;

    /** A disk that keeps it waiting is no reason to rest for longer. */
    private static final Duration SNAPSHOT_REST_MAX = Duration.ofSeconds(5);

    private final HospitalId id;
    private final HospitalClock clock;
    private final WriterParts parts;
    private final Limits limits;
    private final Mailbox<Pending> mailbox;
    private final Published published;
    private final ReadOnly readOnly;
    private final Semaphore batchesAhead;
    private final Decider decider;
    private final Deadlines deadlines;

    /** Null when nobody else is to write the hospital. */
    private final @Nullable Shared shared;

    private volatile Era era;
    private Draft draft = new Draft();
    private volatile long decidedSequence;
    private long lastSnapshot;
    private long nextSnapshotNanos = System.nanoTime();
    private long checkedSequence;
    private long checkedNanos;

    /**
     * {@link #run} sets it going.
     *
     * @param shared null when nobody else is to write the hospital: then its state is read back here
     */
    WriterLoop(
            HospitalId id,
            HospitalClock clock,
            WriterParts parts,
            Mailbox<Pending> mailbox,
            Published published,
            ReadOnly readOnly,
            @Nullable Shared shared) {
        this.id = id;
        this.clock = clock;
        this.parts = parts;
        this.limits = parts.limits();
        this.mailbox = mailbox;
        this.published = published;
        this.readOnly = readOnly;
        batchesAhead = new Semaphore(limits.batchesAheadMax());
        decider = new Decider(id, clock, parts.soundness(), shared != null);
        deadlines = new Deadlines(clock);
        this.shared = shared;
        era = new Era(shared != null ? shared.start() : restore());
        lastSnapshot = era.replica.snapshot();
        decidedSequence = era.occupancy.sequence();
    }

    /** Why the journal cannot be written at present, null while it can. From any thread. */
    @Nullable
    JournalException failure() {
        return era.failure();
    }

    /** Until the mailbox is closed and what it held is dealt with. */
    void run() {
        try (Subscription ignored = clock.onChange(mailbox::wake)) {
            while (!mailbox.isSpent()) {
                Answer.Unavailable why = readOnly.why();
                if (why != null) {
                    refuseWaiting(why);
                    mailbox.await(Mailbox.FOREVER);
                } else if (hasLost()) {
                    giveUp();
                } else if (era.failure() != null) {
                    recover();
                } else {
                    turn();
                }
            }
            keepLastSnapshot();
        } finally {
            awaitInFlight();
        }
    }

    /** Whether somebody else has appended an event that was to be this writer's. From any thread. */
    boolean hasLost() {
        return shared != null && era.failure() instanceof JournalConflictException;
    }

    /** The latest that was decided, durable or not. From any thread. */
    long decidedSequence() {
        return decidedSequence;
    }

    /** The state to go on from, once the loop has ended; null when it has to be read from the journal. */
    @Nullable
    Replica remains() {
        return era.failure() == null && readOnly.why() == null ? era.replica : null;
    }

    /** Whoever won goes on; what waits here is for them. */
    private void giveUp() {
        LOG.info("hospital {}: another member writes it, so this one no longer does", id);
        mailbox.close();
        mailbox.drain(Integer.MAX_VALUE).forEach(Pending::handBack);
    }

    /** Waits for something to do, decides what time brings and then what waits, and hands it over as one batch. */
    private void turn() {
        Iterator<Pending> waiting = Collections.emptyIterator();
        try {
            mailbox.await(deadlines.untilNext(era.occupancy));
            awaitSlot();
            List<Pending> drained = mailbox.drain(limits.batchCommandsMax());
            waiting = drained.iterator();
            long start = System.nanoTime();
            passTime();
            while (waiting.hasNext() && readOnly.why() == null) {
                decide(waiting.next());
            }
            if (!drained.isEmpty()) {
                parts.journalThread().measurements().decided(id, drained.size(), System.nanoTime() - start);
            }
            if (isSnapshotDue()) {
                long began = System.nanoTime();
                checkEverything();
                handOver(readOnly.why() == null);
                long ended = System.nanoTime();
                nextSnapshotNanos = ended + Math.min(SNAPSHOT_REST * (ended - began), SNAPSHOT_REST_MAX.toNanos());
            } else {
                if (isCheckDue()) {
                    checkEverything();
                }
                handOver(false);
            }
        } catch (Throwable failure) { // the loop's edge
            JournalException described = Bug.described(id, "a turn", failure);
            era.fail(described);
            refuseDraft(Answer.Unavailable.because(described));
        }
        Answer.Unavailable why = readOnly.why() != null ? readOnly.why() : notWritable();
        waiting.forEachRemaining(pending -> pending.answer(Objects.requireNonNull(why)));
    }

    private Answer.@Nullable Unavailable notWritable() {
        JournalException failure = era.failure();
        return failure == null ? null : Answer.Unavailable.because(failure);
    }

    private void keepLastSnapshot() {
        try {
            if (era.failure() == null && readOnly.why() == null && era.occupancy.sequence() > lastSnapshot) {
                handOver(true);
            }
        } catch (Throwable failure) {
            Bug.described(id, "the last snapshot", failure);
        }
    }

    private void passTime() {
        if (!deadlines.areDue(era.occupancy)) {
            return;
        }
        long before = era.occupancy.sequence();
        decide(new Pending(new Submission(List.of(new Command.PassTime()), new Origin.Engine(), null)));
        if (era.occupancy.sequence() == before) {
            deadlines.rest();
        }
    }

    private void decide(Pending pending) {
        switch (decider.decide(pending, era.replica, draft)) {
            case Decider.Outcome.Settled settled -> {}
            case Decider.Outcome.HalfApplied half -> returnToDraft();
            case Decider.Outcome.Broke broke -> {
                OccupancyState before = null;
                try {
                    returnToDraft();
                    before = era.occupancy.state();
                } finally {
                    readOnly.after(List.of(broke.breach()), before, List.of(broke.asked()), broke.events());
                    pending.answer(Objects.requireNonNull(readOnly.why()));
                }
            }
        }
    }

    /**
     * The state went further than the draft: what was drafted is made durable, and the state is read back with it. The draft's
     * answers leave with the next batch.
     */
    private void returnToDraft() {
        List<Draft.Reply> replies = draft.replies();
        hand(new Step(era, draft, List.of(), null, null, 0));
        draft = new Draft(replies);
        awaitInFlight();
        JournalException failure = era.failure();
        if (failure != null) {
            throw failure;
        }
        era = new Era(restore());
    }

    private boolean isSnapshotDue() {
        return era.occupancy.sequence() - lastSnapshot >= limits.snapshotEveryEvents()
                && System.nanoTime() - nextSnapshotNanos >= 0;
    }

    private boolean isCheckDue() {
        return era.occupancy.sequence() > checkedSequence
                && System.nanoTime() - checkedNanos >= CHECK_EVERYTHING_AFTER.toNanos();
    }

    /** A breach that no act's own check saw: nobody knows which act did it, so nothing of the draft is written. */
    private void checkEverything() {
        List<Breach> breaches = breaches(era.occupancy);
        if (breaches.isEmpty() || readOnly.why() != null) {
            return;
        }
        Draft doubtful = draft;
        draft = new Draft(doubtful.replies());
        OccupancyState before = null;
        try {
            awaitInFlight();
            era = new Era(restore());
            before = era.occupancy.state();
        } finally {
            readOnly.after(breaches, before, doubtful.asked(), doubtful.events());
            refuseDraft(Objects.requireNonNull(readOnly.why()));
        }
    }

    private List<Breach> breaches(Occupancy occupancy) {
        checkedSequence = occupancy.sequence();
        checkedNanos = System.nanoTime();
        return parts.soundness().ofEverything(occupancy);
    }

    private void handOver(boolean withSnapshot) {
        if (draft.replies().isEmpty() && !withSnapshot) {
            return;
        }
        Occupancy occupancy = era.occupancy;
        Step step = new Step(
                era,
                draft,
                draft.replies(),
                draft.entries().isEmpty() ? null : occupancy.view(),
                withSnapshot ? occupancy.state() : null,
                withSnapshot ? occupancy.digest() : 0);
        draft = new Draft();
        if (withSnapshot) {
            lastSnapshot = occupancy.sequence();
        }
        hand(step);
    }

    private void hand(Step step) {
        decidedSequence = era.occupancy.sequence();
        batchesAhead.acquireUninterruptibly();
        parts.journalThread().hand(step);
    }

    /** While the disk is busy, commands gather. */
    private void awaitSlot() {
        batchesAhead.acquireUninterruptibly();
        batchesAhead.release();
    }

    private void awaitInFlight() {
        batchesAhead.acquireUninterruptibly(limits.batchesAheadMax());
        batchesAhead.release(limits.batchesAheadMax());
    }

    /** The journal failed: asks it again with growing patience, and goes on from what it then has. */
    private void recover() {
        awaitInFlight();
        Duration patience = limits.probeAfterMin();
        while (!mailbox.isClosed() && readOnly.why() == null) {
            refuseWaiting(Objects.requireNonNull(notWritable()));
            mailbox.await(patience);
            try {
                parts.journal().probe();
                era = new Era(restore());
                decidedSequence = era.occupancy.sequence();
                LOG.info("hospital {}: the journal is back, going on after event {}", id, era.occupancy.sequence());
                return;
            } catch (Throwable e) {
                era.fail(Bug.described(id, "the restart", e));
                patience = patience.multipliedBy(2).compareTo(limits.probeAfterMax()) < 0
                        ? patience.multipliedBy(2)
                        : limits.probeAfterMax();
            }
        }
        refuseWaiting(Objects.requireNonNull(notWritable()));
    }

    private void refuseWaiting(Answer.Unavailable why) {
        mailbox.drain(Integer.MAX_VALUE).forEach(pending -> pending.answer(why));
    }

    private void refuseDraft(Answer.Unavailable why) {
        draft.replies().forEach(reply -> reply.pending().answer(why));
        draft = new Draft();
    }

    /** Called while nothing is in flight. A state that contradicts itself is not shown in place of one that does not. */
    private Replica restore() {
        Snapshots.Restored restored = parts.snapshots().restore(id);
        List<Breach> breaches = breaches(restored.occupancy());
        if (!breaches.isEmpty() && restored.snapshot() > 0) {
            LOG.warn("hospital {}: its snapshot leads to {}, replaying everything", id, breaches.getFirst());
            restored = parts.snapshots().replay(id);
            breaches = breaches(restored.occupancy());
        }
        Occupancy occupancy = restored.occupancy();
        if (occupancy.sequence() < published.sequence()) {
            throw new JournalException(
                    "hospital " + id + " has durable events up to " + published.sequence()
                            + " but the journal now ends at " + occupancy.sequence(),
                    "Restore the journal from a backup.",
                    null);
        }
        if (!breaches.isEmpty()) {
            readOnly.after(breaches, occupancy.state(), List.of(), List.of());
        }
        if (occupancy.sequence() > 0 && (breaches.isEmpty() || published.view() == null)) {
            published.publish(occupancy.view());
        }
        RecentKeys keys = new RecentKeys(limits.idempotencyKeysMax());
        keys.refill(parts.journal(), id, occupancy.sequence());
        lastSnapshot = restored.snapshot();
        // What the journal's own past did is past: from here on a breach is of an act to come.
        return new Replica(
                parts.soundness().sinceMade(occupancy) == null ? occupancy : new Occupancy(occupancy.state()),
                keys,
                restored.snapshot());
    }

    /** A batch on its way to the disk, and what is to follow. Runs on the journal's thread. */
    private final class Step implements JournalThread.Handover {
        private final Era builtOn;
        private final EncodedBatch batch;
        private final List<Draft.Reply> replies;
        private final @Nullable HospitalView view;
        private final @Nullable OccupancyState state;
        private final long digest;

        /** Of the last event that its answers rest on. */
        private final long sequence;

        Step(
                Era builtOn,
                Draft draft,
                List<Draft.Reply> replies,
                @Nullable HospitalView view,
                @Nullable OccupancyState state,
                long digest) {
            this.builtOn = builtOn;
            this.batch = parts.journal().encode(new Journal.Batch(id, draft.entries()));
            this.replies = replies;
            this.view = view;
            this.state = state;
            this.digest = digest;
            sequence = builtOn.occupancy.sequence();
        }

        @Override
        public EncodedBatch batch() {
            return batch;
        }

        @Override
        public boolean isOrphaned() {
            return builtOn.failure() != null;
        }

        /** A member that others no longer follow would refuse, or call done, by a state that is past. */
        @Override
        public void check() {
            if (shared != null && !replies.isEmpty()) {
                long last = parts.journal().lastSequenceBeforeAppending(id);
                if (last > sequence) {
                    throw new JournalConflictException(
                            id, sequence + 1, parts.journal().toString());
                }
            }
        }

        @Override
        public void durable() {
            try {
                if (shared != null && batch.size() > 0) {
                    shared.durable().accept(batch);
                }
                if (view != null) {
                    published.publish(view);
                }
                if (state != null) {
                    parts.snapshots().saveLater(id, state, digest);
                }
            } finally {
                // Whatever a listener does: it is on disk, and its senders wait.
                Draft.Reply.giveAll(replies);
                batchesAhead.release();
            }
        }

        @Override
        public void failed(JournalException failure) {
            if (builtOn.failure() == null) {
                builtOn.fail(failure);
            }
            if (shared != null && builtOn.failure() instanceof JournalConflictException) {
                replies.forEach(reply -> reply.pending().handBack());
            } else {
                Answer answer = Answer.Unavailable.because(failure);
                replies.forEach(reply -> reply.pending().answer(answer));
            }
            batchesAhead.release();
            mailbox.wake();
        }
    }
}
