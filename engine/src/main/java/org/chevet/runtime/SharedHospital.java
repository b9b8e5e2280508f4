package org.chevet.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.chevet.cluster.Member;
import org.chevet.cluster.MemberId;
import org.chevet.cluster.Membership;
import org.chevet.cluster.Messenger;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.EncodedBatch;
import org.chevet.journal.EventFormat;
import org.chevet.journal.JournalException;
import org.chevet.journal.StoredEvent;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hospital that the members of a cluster write one after the other. This member either writes it or follows: it folds what
 * the writer tells, and reads in the journal what it missed. Whoever the cluster says is to write it, does; where two believe
 * it of themselves, the journal's key lets one append and the other finds out, follows, and asks the first.
 *
 * <p>What is submitted goes to the writer, wherever it is, again and again under one key until it is answered or
 * {@link Patience#submissionMax} is over: it is done once.
 */
public final class SharedHospital implements HospitalAccess {
    private static final Logger LOG = LoggerFactory.getLogger(SharedHospital.class);

    /** Of what the writer tells; more than that is read in the journal. */
    private static final int EVENTS_WAITING_MAX = 1_000;

    private final HospitalId id;
    private final HospitalClock clock;
    private final WriterParts parts;
    private final Membership membership;
    private final Messenger messenger;
    private final Patience patience;
    private final Consumer<HospitalWriter> firstWritten;
    private final Published published;
    private final Mailbox<Wire.Events> heard = new Mailbox<>(EVENTS_WAITING_MAX);
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Set<Asking> askings = ConcurrentHashMap.newKeySet();
    private final AtomicLong losses = new AtomicLong();
    private final Thread thread;
    private final Executor later;

    private volatile @Nullable HospitalWriter writer;
    private volatile Wire.@Nullable Writing writerElsewhere;
    private volatile long writerHeardNanos;
    private volatile long freshNanos = System.nanoTime();
    private volatile @Nullable JournalException unreadable;
    private volatile boolean wanted;
    private volatile boolean closed;

    // Of the hospital's thread.
    private long lostNanos;
    private long readNanos;
    private boolean written;

    /** A question on its way to another member. */
    private record Asking(MemberId member, CompletableFuture<byte[]> answer) {}

    /** Somebody who was told that it is done, and is to see it here. */
    private record Waiting(long sequence, CompletableFuture<Void> seen) {}

    /** @param firstWritten told of the first writer that this member has for it */
    SharedHospital(
            HospitalId id,
            HospitalClock clock,
            WriterParts parts,
            Membership membership,
            Messenger messenger,
            Patience patience,
            Consumer<HospitalWriter> firstWritten) {
        this.id = id;
        this.clock = clock;
        this.parts = parts;
        this.membership = membership;
        this.messenger = messenger;
        this.patience = patience;
        this.firstWritten = firstWritten;
        later = CompletableFuture.delayedExecutor(
                patience.askAgainAfter().toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
        long longAgo = System.nanoTime()
                - patience.holdOff().toNanos()
                - patience.silenceMax().toNanos();
        writerHeardNanos = longAgo;
        lostNanos = longAgo;
        readNanos = longAgo;
        published = new Published(id);
        published.subscribe(this::seen);
        thread = Thread.ofVirtual().name("chevet-hospital-" + id).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public HospitalId id() {
        return id;
    }

    @Override
    public HospitalClock clock() {
        return clock;
    }

    @Override
    public HospitalView view() {
        return Objects.requireNonNull(published.view(), "a hospital is shared once it is defined");
    }

    @Override
    public CompletableFuture<Answer> submit(Command.Act act, Origin.Person actor, @Nullable String idempotencyKey) {
        return dispatch(Submission.ofAct(act, actor, idempotencyKey));
    }

    @Override
    public CompletableFuture<Answer> report(
            List<Command.Fact> facts, Origin.Feed feed, @Nullable String idempotencyKey) {
        return dispatch(Submission.ofFacts(facts, feed, idempotencyKey));
    }

    @Override
    public CompletableFuture<Answer> redefine(Hospital hospital) {
        return dispatch(Submission.ofDefinition(hospital, id));
    }

    /** The listener is called on whichever thread learns of it. */
    @Override
    public Subscription subscribe(Consumer<HospitalView> listener) {
        return published.subscribe(listener);
    }

    @Override
    public WriterStatus status() {
        HospitalWriter own = writer;
        if (own != null) {
            return own.status();
        }
        Wire.Writing elsewhere = writerElsewhere;
        if (elsewhere != null && !isSilent()) {
            WriterStatus told = elsewhere.status();
            return new WriterStatus(
                    told.condition(), told.reason(), told.advice(), 0, published.sequence(), told.lastAppendNanos());
        }
        JournalException why = unreadable;
        return new WriterStatus(
                closed ? WriterStatus.Condition.CLOSED : WriterStatus.Condition.WITHOUT_WRITER,
                "hospital " + id + " has no writer that this member hears"
                        + (why == null ? "" : ", and " + why.detail()),
                "What is shown is as old as it says. Acts are taken again once a member writes it.",
                0,
                published.sequence(),
                0);
    }

    /** Who writes the hospital as far as this member knows, and how far behind it may be. */
    public Following following() {
        Wire.Writing elsewhere = writerElsewhere;
        boolean writes = writer != null;
        long behind =
                writes || elsewhere == null ? 0 : Math.max(0, elsewhere.status().sequence() - published.sequence());
        return new Following(
                writes || !isSilent() ? name(membership.writerOf(id)) : null,
                writes,
                writes ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - freshNanos),
                behind,
                losses.get());
    }

    private @Nullable String name(@Nullable MemberId member) {
        return membership.members().stream()
                .filter(one -> one.id().equals(member))
                .map(Member::name)
                .findFirst()
                .orElse(null);
    }

    /** What another member tells of it. Never blocks. */
    void hear(Wire.Events events) {
        if (!heard.offer(events)) {
            // What is left out here is found missing by the next one, and read in the journal.
            heard.wake();
        }
    }

    /** Another member writes it. Never blocks. */
    void hear(Wire.Writing writing) {
        writerElsewhere = writing;
        writerHeardNanos = System.nanoTime();
        if (writing.status().sequence() <= published.sequence()) {
            freshNanos = writerHeardNanos;
        } else {
            heard.wake();
        }
    }

    /** Who was asked and is gone will not answer: whoever comes after is asked. Never blocks. */
    void membershipChanged() {
        MemberId chosen = membership.writerOf(id);
        for (Asking asking : askings) {
            if (!asking.member().equals(chosen)) {
                asking.answer().completeExceptionally(new WriterGoneException());
            }
        }
        heard.wake();
    }

    /** Whether there is a state of it here to be read. */
    boolean isShown() {
        return published.view() != null;
    }

    /** Null when this member does not write it. */
    Wire.@Nullable Writing writing() {
        HospitalWriter own = writer;
        return own == null ? null : new Wire.Writing(id, own.status());
    }

    /** What another member asks; answered with null when it is not for this one to answer. */
    CompletableFuture<Wire.Heard> takeHere(Submission submission) {
        HospitalWriter own = writer;
        if (own == null) {
            return CompletableFuture.completedFuture(new Wire.Heard(null));
        }
        return own.take(submission).handle((answer, gone) -> new Wire.Heard(gone == null ? answer : null));
    }

    /** Writes no more; {@link #awaitEnd} returns once what was taken is done. */
    void close() {
        closed = true;
        heard.close();
    }

    void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the hospital's thread

    private void run() {
        Replica replica = null;
        while (!closed) {
            try {
                if (replica == null) {
                    replica = load();
                }
                replica = isToWrite() ? write(replica) : follow(replica);
            } catch (JournalException failure) {
                unreadable = failure;
                heard.await(patience.lookEvery());
            } catch (Throwable bug) { // the loop's edge
                unreadable = Bug.described(id, "its thread", bug);
                replica = null;
                heard.await(patience.lookEvery());
            }
        }
    }

    private Replica load() {
        Snapshots.Restored restored = parts.snapshots().restore(id);
        RecentKeys keys = new RecentKeys(parts.limits().idempotencyKeysMax());
        keys.refill(parts.journal().recentKeyedActs(id, parts.limits().idempotencyKeysMax()));
        Replica replica = new Replica(restored.occupancy(), keys, restored.snapshot());
        read();
        show(replica);
        return replica;
    }

    private boolean isToWrite() {
        return membership.self().equals(membership.writerOf(id))
                && System.nanoTime() - lostNanos >= (wanted ? patience.holdOffWanted() : patience.holdOff()).toNanos();
    }

    private @Nullable Replica follow(Replica replica) {
        while (!closed && !isToWrite()) {
            heard.await(patience.lookEvery());
            boolean complete = true;
            for (Wire.Events events : heard.drain(EVENTS_WAITING_MAX)) {
                complete &= applied(replica, events);
            }
            if (!complete || isBehind(replica) || isSilent() && isReadDue()) {
                catchUp(replica);
            }
            show(replica);
        }
        return replica;
    }

    /** Whether they follow what is known; events that are known already do. */
    private static boolean applied(Replica replica, Wire.Events events) {
        if (events.first() > replica.occupancy().sequence() + 1) {
            return false;
        }
        for (StoredEvent event : events.events()) {
            if (event.sequence() == replica.occupancy().sequence() + 1) {
                replica.apply(EventFormat.CURRENT.decode(event));
            }
        }
        return true;
    }

    private boolean isBehind(Replica replica) {
        Wire.Writing elsewhere = writerElsewhere;
        return elsewhere != null
                && elsewhere.status().sequence() > replica.occupancy().sequence();
    }

    private boolean isSilent() {
        return System.nanoTime() - writerHeardNanos > patience.silenceMax().toNanos();
    }

    private boolean isReadDue() {
        return System.nanoTime() - readNanos >= patience.lookEvery().toNanos();
    }

    private void catchUp(Replica replica) {
        parts.journal().readEntries(id, replica.occupancy().sequence(), replica::apply);
        read();
    }

    private void read() {
        readNanos = System.nanoTime();
        freshNanos = readNanos;
        unreadable = null;
    }

    private void show(Replica replica) {
        if (replica.occupancy().sequence() > published.sequence()) {
            published.publish(replica.occupancy().view());
        }
    }

    private @Nullable Replica write(Replica replica) {
        catchUp(replica);
        show(replica);
        writerElsewhere = null;
        Occupancy occupancy = replica.occupancy();
        Replica start = parts.soundness().sinceMade(occupancy) == null
                ? replica
                : new Replica(new Occupancy(occupancy.state()), replica.keys(), replica.snapshot());
        HospitalWriter own = new HospitalWriter(id, clock, parts, published, new Shared(start, this::tell));
        LOG.info("hospital {}: written here from event {} on", id, occupancy.sequence() + 1);
        own.start();
        own.ended().thenRun(heard::wake);
        writer = own;
        wanted = false;
        if (!written) {
            written = true;
            firstWritten.accept(own);
        }
        boolean lost = !supervise(own);
        writer = null;
        own.close();
        own.awaitEnd();
        LOG.info("hospital {}: no longer written here, after event {}", id, own.decidedSequence());
        Replica remains = own.remains();
        if (lost || remains == null) {
            losses.incrementAndGet();
            lostNanos = System.nanoTime()
                    + ThreadLocalRandom.current()
                            .nextLong(patience.holdOffWanted().toNanos());
            return null;
        }
        return remains;
    }

    /** Until it is for another member to write, or this one closes; false when another one does already. */
    private boolean supervise(HospitalWriter own) {
        long lookedNanos = System.nanoTime();
        while (!closed) {
            heard.await(patience.lookEvery());
            heard.drain(EVENTS_WAITING_MAX);
            if (own.ended().isDone()) {
                return false;
            }
            MemberId chosen = membership.writerOf(id);
            if (chosen != null && !chosen.equals(membership.self())) {
                return true;
            }
            if (System.nanoTime() - lookedNanos > patience.lookForOthersEvery().toNanos()) {
                lookedNanos = System.nanoTime();
                if (isWrittenByAnother(own)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A split of the cluster is found even while nothing is to be written here. */
    private boolean isWrittenByAnother(HospitalWriter own) {
        try {
            return parts.journal().lastSequence(id) > own.decidedSequence();
        } catch (JournalException away) {
            return false;
        }
    }

    private void tell(EncodedBatch batch) {
        messenger.tell(Wire.EVENTS, Wire.encode(new Wire.Events(id, batch.events())));
    }

    // ---- what is submitted here

    CompletableFuture<Answer> dispatch(Submission submission) {
        // Asked again under no key, it would be done again.
        Submission keyed = submission.key() != null ? submission : submission.withKey("cluster-" + UUID.randomUUID());
        Dispatch dispatch =
                new Dispatch(keyed, System.nanoTime() + patience.submissionMax().toNanos());
        dispatch.go();
        return dispatch.answer;
    }

    /** One submission on its way to whoever writes the hospital. */
    private final class Dispatch {
        private final Submission submission;
        private final long deadlineNanos;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Dispatch(Submission submission, long deadlineNanos) {
            this.submission = submission;
            this.deadlineNanos = deadlineNanos;
        }

        void go() {
            long leftNanos = deadlineNanos - System.nanoTime();
            if (closed || leftNanos <= 0) {
                answer.complete(unanswered());
                return;
            }
            HospitalWriter own = writer;
            MemberId chosen = membership.writerOf(id);
            if (own != null) {
                own.take(submission).whenComplete((given, gone) -> conclude(given));
            } else if (chosen == null || chosen.equals(membership.self())) {
                wanted = true;
                heard.wake();
                later.execute(this::go);
            } else {
                ask(chosen, patience.askMax().toNanos() < leftNanos ? patience.askMax() : Duration.ofNanos(leftNanos));
            }
        }

        private void ask(MemberId chosen, Duration timeMax) {
            Asking asking = new Asking(
                    chosen,
                    messenger.ask(chosen, Wire.SUBMISSIONS, Wire.encode(new Wire.Submitted(id, submission)), timeMax));
            askings.add(asking);
            asking.answer()
                    .thenApply(bytes -> Wire.decode(bytes, Wire.Heard.class))
                    .whenComplete((told, lost) -> {
                        askings.remove(asking);
                        conclude(told == null ? null : told.answer());
                    });
            if (!chosen.equals(membership.writerOf(id))) {
                membershipChanged();
            }
        }

        /** @param given null when nobody answered who could */
        private void conclude(@Nullable Answer given) {
            switch (given) {
                case null -> later.execute(this::go);
                case Answer.Done done -> awaitView(done.sequence()).whenComplete((seen, late) -> answer.complete(done));
                case Answer.Refused refused -> answer.complete(refused);
                case Answer.Unavailable unavailable -> answer.complete(unavailable);
            }
        }

        private Answer.Unavailable unanswered() {
            return closed
                    ? new Answer.Unavailable(
                            "this member is stopping", "Ask another member, or try again once it is back.")
                    : new Answer.Unavailable(
                            "no member that writes hospital " + id + " answered within "
                                    + patience.submissionMax().toSeconds() + " s; whether this was done is not known",
                            "Send it again with the same idempotency key: it is not done twice.");
        }
    }

    /** Whoever was told "done" reads it here too; one that does not come in time is no reason to say otherwise. */
    private CompletableFuture<Void> awaitView(long sequence) {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        Waiting one = new Waiting(sequence, seen);
        waiting.add(one);
        seen(published.view());
        return seen.orTimeout(patience.viewMax().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, late) -> waiting.remove(one));
    }

    private void seen(@Nullable HospitalView view) {
        if (view != null && !waiting.isEmpty()) {
            for (Waiting one : waiting) {
                if (one.sequence() <= view.sequence()) {
                    one.seen().completeAsync(() -> null, Thread::startVirtualThread);
                }
            }
        }
    }
}
