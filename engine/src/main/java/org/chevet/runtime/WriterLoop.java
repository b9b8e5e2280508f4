package org.chevet.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;
import org.chevet.occupancy.HospitalView;
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

    private final HospitalId id;
    private final HospitalClock clock;
    private final Journal journal;
    private final JournalThread journalThread;
    private final Snapshots snapshots;
    private final Limits limits;
    private final Mailbox<Pending> mailbox;
    private final Published published;
    private final Semaphore batchesAhead;
    private final RecentKeys keys;
    private final Decider decider;
    private final Deadlines deadlines;

    private volatile Era era;
    private Draft draft = new Draft();
    private long lastSnapshot;

    /** Reads the hospital's state back; {@link #run} sets it going. */
    WriterLoop(
            HospitalId id,
            HospitalClock clock,
            Journal journal,
            JournalThread journalThread,
            Snapshots snapshots,
            Limits limits,
            Mailbox<Pending> mailbox,
            Published published) {
        this.id = id;
        this.clock = clock;
        this.journal = journal;
        this.journalThread = journalThread;
        this.snapshots = snapshots;
        this.limits = limits;
        this.mailbox = mailbox;
        this.published = published;
        batchesAhead = new Semaphore(limits.batchesAheadMax());
        keys = new RecentKeys(limits.idempotencyKeysMax());
        decider = new Decider(id, clock, keys);
        deadlines = new Deadlines(clock);
        era = new Era(restore());
    }

    /** Why nothing is taken at present, null while it is. From any thread. */
    @Nullable
    JournalException failure() {
        return era.failure();
    }

    /** Until the mailbox is closed and what it held is dealt with. */
    void run() {
        try (Subscription ignored = clock.onChange(mailbox::wake)) {
            while (!mailbox.isSpent()) {
                if (era.failure() == null) {
                    turn();
                } else {
                    recover();
                }
            }
            keepLastSnapshot();
        } finally {
            awaitInFlight();
        }
    }

    /** Waits for something to do, decides what time brings and then what waits, and hands it over as one batch. */
    private void turn() {
        Iterator<Pending> waiting = Collections.emptyIterator();
        try {
            mailbox.await(deadlines.untilNext(era.occupancy));
            awaitSlot();
            waiting = mailbox.drain(limits.batchCommandsMax()).iterator();
            passTime();
            while (waiting.hasNext()) {
                decide(waiting.next());
            }
            handOver(era.occupancy.sequence() - lastSnapshot >= limits.snapshotEveryEvents());
        } catch (Throwable failure) { // the loop's edge
            JournalException described = Bug.described(id, "a turn", failure);
            era.fail(described);
            Answer answer = Answer.Unavailable.because(described);
            draft.replies().forEach(reply -> reply.pending().answer(answer));
            draft = new Draft();
            waiting.forEachRemaining(pending -> pending.answer(answer));
        }
    }

    private void keepLastSnapshot() {
        try {
            if (era.failure() == null && era.occupancy.sequence() > lastSnapshot) {
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
        decide(new Pending(List.of(new Command.PassTime()), new Origin.Engine(), null));
        if (era.occupancy.sequence() == before) {
            deadlines.rest();
        }
    }

    private void decide(Pending pending) {
        if (!decider.decide(pending, era.occupancy, draft)) {
            dropHalfApplied();
        }
    }

    /** What was decided before is made durable, and the state is read back with it. Its answers leave with the next batch. */
    private void dropHalfApplied() {
        List<Draft.Reply> replies = draft.replies();
        draft = new Draft(draft.entries(), new ArrayList<>());
        hand(new Step(era, draft, null, null, 0));
        draft = new Draft(new ArrayList<>(), replies);
        awaitInFlight();
        JournalException failure = era.failure();
        if (failure != null) {
            throw failure;
        }
        era = new Era(restore());
    }

    private void handOver(boolean withSnapshot) {
        if (draft.replies().isEmpty() && !withSnapshot) {
            return;
        }
        Occupancy occupancy = era.occupancy;
        Step step = new Step(
                era,
                draft,
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
        batchesAhead.acquireUninterruptibly();
        journalThread.hand(step);
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
        while (!mailbox.isClosed()) {
            refuseWaiting();
            mailbox.await(patience);
            try {
                journal.probe();
                era = new Era(restore());
                LOG.info("hospital {}: the journal is back, going on after event {}", id, era.occupancy.sequence());
                return;
            } catch (Throwable e) {
                era.fail(Bug.described(id, "the restart", e));
                patience = patience.multipliedBy(2).compareTo(limits.probeAfterMax()) < 0
                        ? patience.multipliedBy(2)
                        : limits.probeAfterMax();
            }
        }
        refuseWaiting();
    }

    private void refuseWaiting() {
        Answer answer = Answer.Unavailable.because(Objects.requireNonNull(era.failure()));
        mailbox.drain(Integer.MAX_VALUE).forEach(pending -> pending.answer(answer));
    }

    /** Called while nothing is in flight. */
    private Occupancy restore() {
        Snapshots.Restored restored = snapshots.restore(id);
        Occupancy occupancy = restored.occupancy();
        if (occupancy.sequence() < published.sequence()) {
            throw new JournalException(
                    "hospital " + id + " has durable events up to " + published.sequence()
                            + " but the journal now ends at " + occupancy.sequence(),
                    "Restore the journal from a backup.",
                    null);
        }
        if (occupancy.sequence() > 0) {
            published.publish(occupancy.view());
        }
        keys.refill(journal.recentKeyedActs(id, limits.idempotencyKeysMax()));
        lastSnapshot = restored.snapshot();
        return occupancy;
    }

    /** A batch on its way to the disk, and what is to follow. Runs on the journal's thread. */
    private final class Step implements JournalThread.Handover {
        private final Era builtOn;
        private final Journal.Batch batch;
        private final List<Draft.Reply> replies;
        private final @Nullable HospitalView view;
        private final @Nullable OccupancyState state;
        private final long digest;

        Step(Era builtOn, Draft draft, @Nullable HospitalView view, @Nullable OccupancyState state, long digest) {
            this.builtOn = builtOn;
            this.batch = new Journal.Batch(id, draft.entries());
            this.replies = draft.replies();
            this.view = view;
            this.state = state;
            this.digest = digest;
        }

        @Override
        public Journal.Batch batch() {
            return batch;
        }

        @Override
        public boolean isOrphaned() {
            return builtOn.failure() != null;
        }

        @Override
        public void durable() {
            try {
                if (view != null) {
                    published.publish(view);
                }
                if (state != null) {
                    snapshots.saveLater(id, state, digest);
                }
            } finally {
                // Whatever a listener does: it is on disk, and its senders wait.
                replies.forEach(reply -> reply.pending().answer(reply.answer()));
                batchesAhead.release();
            }
        }

        @Override
        public void failed(JournalException failure) {
            if (builtOn.failure() == null) {
                builtOn.fail(failure);
            }
            Answer answer = Answer.Unavailable.because(failure);
            replies.forEach(reply -> reply.pending().answer(answer));
            batchesAhead.release();
            mailbox.wake();
        }
    }
}
