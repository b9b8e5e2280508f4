package org.chevet.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to change a hospital. A thread of its own takes commands one at a time, decides them on the live state and
 * applies what comes of them, and hands events to the {@link JournalThread}. It may run a few batches ahead of the disk;
 * nothing is answered or shown before the disk has it, refusals included, since they may rest on what runs ahead.
 *
 * <p>Public methods may be called from any thread and never block. Whatever follows an answer runs on a virtual thread of
 * its own.
 */
public final class HospitalWriter {
    public static final int IDEMPOTENCY_KEY_CHARS_MAX = 255;

    private static final Logger LOG = LoggerFactory.getLogger(HospitalWriter.class);

    /** Deadlines are looked at this often even when nothing happens: the wall's clock may have been set. */
    private static final Duration DEADLINE_CHECK_MAX = Duration.ofMinutes(1);

    /** What follows an answer must hold up neither the journal nor other answers. */
    private static final Executor ANSWERING = Thread::startVirtualThread;

    private final HospitalId id;
    private final HospitalClock clock;
    private final Journal journal;
    private final JournalThread journalThread;
    private final Snapshots snapshots;
    private final Limits limits;

    private final Mailbox<Pending> mailbox;
    private final Semaphore batchesAhead;
    private final List<Consumer<HospitalView>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile @Nullable HospitalView published;
    private volatile Era era;

    // Of the writer's thread.
    private final RecentKeys keys;
    private Draft draft = new Draft();
    private long lastSnapshot;
    private long upkeepNotBeforeNanos = System.nanoTime();

    /** What somebody waits to be told about. */
    private record Pending(
            List<? extends Command> commands,
            Origin origin,
            @Nullable String key,
            CompletableFuture<Answer> answer) {
        void answer(Answer given) {
            answer.completeAsync(() -> given, ANSWERING);
        }
    }

    private record Reply(Pending pending, Answer answer) {}

    /** What was decided since the last batch was handed over. */
    private record Draft(List<Journal.Entry> entries, List<Reply> replies) {
        Draft() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The state as folded since it was last read from the journal. Once it failed, it is never decided on again. */
    private static final class Era {
        final Occupancy occupancy;
        volatile @Nullable JournalException failure;

        Era(Occupancy occupancy) {
            this.occupancy = occupancy;
        }
    }

    /** Reads the hospital's state back; {@link #start} sets it going. */
    HospitalWriter(
            HospitalId id,
            HospitalClock clock,
            Journal journal,
            JournalThread journalThread,
            Snapshots snapshots,
            Limits limits) {
        this.id = id;
        this.clock = clock;
        this.journal = journal;
        this.journalThread = journalThread;
        this.snapshots = snapshots;
        this.limits = limits;
        mailbox = new Mailbox<>(limits.mailboxCommandsMax());
        batchesAhead = new Semaphore(limits.batchesAheadMax());
        keys = new RecentKeys(limits.idempotencyKeysMax());
        era = new Era(restore());
    }

    public HospitalId id() {
        return id;
    }

    public HospitalClock clock() {
        return clock;
    }

    /** The last durable state. */
    public HospitalView view() {
        return Objects.requireNonNull(published, "a writer is open once its hospital is defined");
    }

    /**
     * @param idempotencyKey the sender's number for this act: sent again, it is answered again and not done again. Another
     *     act, or another person's, under the same number is one of its own: it must not be called done.
     */
    public CompletableFuture<Answer> submit(Command.Act act, Origin.Person actor, @Nullable String idempotencyKey) {
        checkLength(idempotencyKey);
        String content = Integer.toHexString(List.of(actor, act).toString().hashCode());
        return enqueue(List.of(act), actor, idempotencyKey == null ? null : idempotencyKey + "#" + content);
    }

    /** All facts of one message, in one piece: the journal has all that came of them or nothing. */
    public CompletableFuture<Answer> report(
            List<Command.Fact> facts, Origin.Feed feed, @Nullable String idempotencyKey) {
        checkLength(idempotencyKey);
        return enqueue(List.copyOf(facts), feed, idempotencyKey);
    }

    /**
     * The hospital's file changed: its services, rooms and beds are these from now on. Nothing happens when they are the same.
     *
     * @throws IllegalArgumentException when it is another hospital's
     */
    public CompletableFuture<Answer> redefine(Hospital hospital) {
        if (!hospital.id().equals(id)) {
            throw new IllegalArgumentException("the layout of hospital " + hospital.id() + " is not one of " + id);
        }
        return enqueue(List.of(new Command.DefineHospital(hospital)), new Origin.Engine(), null);
    }

    /**
     * Each durable state from now on, in order. The listener is called on the journal's thread and must not block. To start
     * from a state without missing one, subscribe first and then take {@link #view}.
     */
    public Subscription subscribe(Consumer<HospitalView> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public WriterStatus status() {
        JournalException failure = era.failure;
        HospitalView view = published;
        return new WriterStatus(
                failure != null
                        ? WriterStatus.Condition.FAILING
                        : mailbox.isClosed() ? WriterStatus.Condition.CLOSED : WriterStatus.Condition.WRITABLE,
                failure != null ? failure.detail() : mailbox.isClosed() ? "closed" : null,
                failure != null ? failure.advice() : null,
                mailbox.size(),
                view == null ? 0 : view.sequence(),
                journalThread.figures().lastAppendNanos());
    }

    /** Starts deciding, beginning with the hospital's file as it is now. */
    CompletableFuture<Answer> start(Hospital hospital) {
        Thread.ofPlatform().name("chevet-writer-" + id).daemon().start(this::run);
        return redefine(hospital);
    }

    /** Takes no more commands; {@link #awaitEnd} returns once those taken are done. */
    void close() {
        mailbox.close();
    }

    void awaitEnd() {
        ended.join();
    }

    private static void checkLength(@Nullable String key) {
        if (key != null && key.length() > IDEMPOTENCY_KEY_CHARS_MAX) {
            throw new IllegalArgumentException("the idempotency key has " + key.length() + " characters, 1 to "
                    + IDEMPOTENCY_KEY_CHARS_MAX + " wanted");
        }
    }

    private CompletableFuture<Answer> enqueue(List<? extends Command> commands, Origin origin, @Nullable String key) {
        JournalException failure = era.failure;
        if (failure != null) {
            return CompletableFuture.completedFuture(unavailable(failure));
        }
        Pending pending = new Pending(commands, origin, key, new CompletableFuture<>());
        if (!mailbox.offer(pending)) {
            return CompletableFuture.completedFuture(mailbox.isClosed() ? closed() : full());
        }
        return pending.answer();
    }

    // From here on: the writer's thread.

    private void run() {
        try (Subscription ignored = clock.onChange(mailbox::wake)) {
            while (!mailbox.isSpent()) {
                if (era.failure == null) {
                    turn();
                } else {
                    recover();
                }
            }
            keepLastSnapshot();
        } finally {
            awaitInFlight();
            ended.complete(null);
        }
    }

    /** Waits for something to do, decides what time brings and then what waits, and hands it over as one batch. */
    private void turn() {
        Iterator<Pending> waiting = Collections.emptyIterator();
        try {
            mailbox.await(untilDeadline());
            awaitSlot();
            List<Pending> drained = mailbox.drain(limits.batchCommandsMax());
            waiting = drained.iterator();
            long start = System.nanoTime();
            passTime();
            while (waiting.hasNext()) {
                decide(waiting.next());
            }
            if (!drained.isEmpty()) {
                journalThread.measurements().decided(id, drained.size(), System.nanoTime() - start);
            }
            handOver(era.occupancy.sequence() - lastSnapshot >= limits.snapshotEveryEvents());
        } catch (Throwable failure) { // the loop's edge
            JournalException described = described("a turn", failure);
            era.failure = described;
            draft.replies().forEach(reply -> reply.pending().answer(unavailable(described)));
            draft = new Draft();
            waiting.forEachRemaining(pending -> pending.answer(unavailable(described)));
        }
    }

    private void keepLastSnapshot() {
        try {
            if (era.failure == null && era.occupancy.sequence() > lastSnapshot) {
                handOver(true);
            }
        } catch (Throwable failure) {
            described("the last snapshot", failure);
        }
    }

    private void decide(Pending pending) {
        Answer.Done before = keys.find(pending.key());
        if (before != null) {
            draft.replies().add(new Reply(pending, before));
            return;
        }
        List<Recorded> events = new ArrayList<>();
        try {
            Answer answer = apply(pending, era.occupancy, events);
            draft.replies().add(new Reply(pending, answer));
            if (answer instanceof Answer.Done done) {
                keys.remember(pending.key(), done);
            }
        } catch (Throwable bug) { // one poisonous command does not stop the others
            String what = pending.commands().stream()
                    .map(command -> command.getClass().getSimpleName())
                    .toList()
                    .toString();
            pending.answer(unavailable(described(what, bug)));
            if (!events.isEmpty()) {
                dropHalfApplied();
            }
            return;
        }
        for (Recorded recorded : events) {
            draft.entries()
                    .add(new Journal.Entry(
                            recorded, recorded.sequence() == era.occupancy.sequence() ? pending.key() : null));
        }
    }

    /** @param events receives each event before it is applied */
    private Answer apply(Pending pending, Occupancy occupancy, List<Recorded> events) {
        long act = occupancy.sequence() + 1;
        Instant clockNow = clock.now();
        Instant now = clockNow.isBefore(occupancy.recordedAt()) ? occupancy.recordedAt() : clockNow;
        for (Command command : pending.commands()) {
            switch (occupancy.decide(command, now)) {
                case Decision.Accepted accepted -> {
                    for (BedEvent event : accepted.events()) {
                        Recorded recorded = new Recorded(occupancy.sequence() + 1, act, now, pending.origin(), event);
                        events.add(recorded);
                        occupancy.apply(recorded);
                    }
                }
                case Decision.Refused refused -> {
                    if (command instanceof Command.Fact) {
                        throw new IllegalStateException("a fact was refused, by rule " + refused.rule());
                    }
                    return new Answer.Refused(refused);
                }
            }
        }
        return new Answer.Done(events.isEmpty() ? 0 : act, occupancy.sequence(), false);
    }

    /** What was decided before is made durable, and the state is read back with it. Its answers leave with the next batch. */
    private void dropHalfApplied() {
        List<Reply> replies = draft.replies();
        draft = new Draft(draft.entries(), new ArrayList<>());
        hand(new Step(era, draft, null, null, 0));
        draft = new Draft(new ArrayList<>(), replies);
        awaitInFlight();
        JournalException failure = era.failure;
        if (failure != null) {
            throw failure;
        }
        era = new Era(restore());
    }

    private void passTime() {
        Occupancy occupancy = era.occupancy;
        Instant deadline = occupancy.nextDeadline();
        if (deadline == null || clock.now().isBefore(deadline) || upkeepRestNanos() > 0) {
            return;
        }
        long before = occupancy.sequence();
        decide(new Pending(List.of(new Command.PassTime()), new Origin.Engine(), null, new CompletableFuture<>()));
        if (era.occupancy.sequence() == before) {
            // It should have had something to do. Asking again at once would turn the loop into a fire.
            upkeepNotBeforeNanos = System.nanoTime() + DEADLINE_CHECK_MAX.toNanos();
        }
    }

    private long upkeepRestNanos() {
        return upkeepNotBeforeNanos - System.nanoTime();
    }

    private Duration untilDeadline() {
        Instant deadline = era.failure == null ? era.occupancy.nextDeadline() : null;
        if (deadline == null) {
            return DEADLINE_CHECK_MAX;
        }
        Duration wait = clock.wallTimeUntil(deadline);
        Duration rest = Duration.ofNanos(Math.max(0, upkeepRestNanos()));
        Duration longer = wait.compareTo(rest) > 0 ? wait : rest;
        return longer.compareTo(DEADLINE_CHECK_MAX) < 0 ? longer : DEADLINE_CHECK_MAX;
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
                era.failure = described("the restart", e);
                patience = patience.multipliedBy(2).compareTo(limits.probeAfterMax()) < 0
                        ? patience.multipliedBy(2)
                        : limits.probeAfterMax();
            }
        }
        refuseWaiting();
    }

    private void refuseWaiting() {
        Answer answer = unavailable(Objects.requireNonNull(era.failure));
        mailbox.drain(Integer.MAX_VALUE).forEach(pending -> pending.answer(answer));
    }

    /** Called while nothing is in flight. */
    private Occupancy restore() {
        Snapshots.Restored restored = snapshots.restore(id);
        Occupancy occupancy = restored.occupancy();
        HospitalView shown = published;
        if (shown != null && occupancy.sequence() < shown.sequence()) {
            throw new JournalException(
                    "hospital " + id + " has durable events up to " + shown.sequence() + " but the journal now ends at "
                            + occupancy.sequence(),
                    "Restore the journal from a backup.",
                    null);
        }
        if (occupancy.sequence() > 0) {
            publish(occupancy.view());
        }
        keys.refill(journal.recentKeyedActs(id, limits.idempotencyKeysMax()));
        lastSnapshot = restored.snapshot();
        return occupancy;
    }

    private void publish(HospitalView view) {
        HospitalView shown = published;
        if (shown != null && shown.sequence() >= view.sequence()) {
            return;
        }
        published = view;
        for (Consumer<HospitalView> listener : listeners) {
            try {
                listener.accept(view);
            } catch (RuntimeException e) {
                LOG.error("hospital {}: a listener failed at event {}", id, view.sequence(), WithoutMessage.of(e));
            }
        }
    }

    /** A batch on its way to the disk, and what is to follow. Runs on the journal's thread. */
    private final class Step implements JournalThread.Handover {
        private final Era builtOn;
        private final Journal.Batch batch;
        private final List<Reply> replies;
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
            return builtOn.failure != null;
        }

        @Override
        public void durable() {
            try {
                if (view != null) {
                    publish(view);
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
            if (builtOn.failure == null) {
                builtOn.failure = failure;
            }
            replies.forEach(reply -> reply.pending().answer(unavailable(failure)));
            batchesAhead.release();
            mailbox.wake();
        }
    }

    private static Answer unavailable(JournalException failure) {
        return new Answer.Unavailable(failure.detail(), failure.advice());
    }

    private static Answer closed() {
        return new Answer.Unavailable("the engine is stopping", "Try again once it is back.");
    }

    private Answer full() {
        return new Answer.Unavailable(
                "hospital " + id + " has " + limits.mailboxCommandsMax() + " commands waiting, the most it takes",
                "Try again in a moment.");
    }

    /** A bug is logged, and told to the sender as a reference to that log. */
    private JournalException described(String what, Throwable failure) {
        if (failure instanceof JournalException known) {
            return known;
        }
        String reference = Long.toHexString(ThreadLocalRandom.current().nextLong());
        LOG.error("hospital {}: {} failed, reference {}", id, what, reference, WithoutMessage.of(failure));
        return new JournalException(
                "hospital " + id + ": this failed inside Chevet, reference " + reference,
                "Nothing was done. Report the reference: the log says more under it.",
                null);
    }
}
