package org.chevet.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.chevet.cluster.Member;
import org.chevet.cluster.MemberId;
import org.chevet.cluster.Membership;
import org.chevet.cluster.Messenger;
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
 */
public final class SharedHospital extends Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(SharedHospital.class);

    /** Of what the writer tells; more than that is read in the journal. */
    private static final int EVENTS_WAITING_MAX = 1_000;

    private final HospitalId id;
    private final HospitalClock clock;
    private final WriterParts parts;
    private final Membership membership;
    private final Messenger messenger;
    private final Patience patience;
    private final Published published;
    private final Mailbox<Wire.Events> heard = new Mailbox<>(EVENTS_WAITING_MAX);
    private final AtomicLong losses = new AtomicLong();

    /** Whether there is something to show, once the journal was read for the first time. */
    private final CompletableFuture<Boolean> loaded = new CompletableFuture<>();

    private final Thread thread;
    private final Dispatch dispatch;

    private volatile @Nullable HospitalWriter writer;
    private volatile @Nullable Told told;
    private volatile long writerHeardNanos;
    private volatile long freshNanos = System.nanoTime();
    private volatile @Nullable JournalException unreadable;
    private volatile @Nullable JournalException damage;
    private volatile boolean wanted;
    private volatile boolean closed;

    /** How far the journal was when it was last looked at while no writer was heard. */
    private volatile long journalSequence;

    /** Whose hospital another member writes, as the journal says. */
    private volatile @Nullable HospitalWriter outdated;

    // Of the hospital's thread.
    private long lostNanos;
    private boolean written;

    /** What a writer elsewhere said of itself, and when. */
    private record Told(WriterStatus status, long nanos) {}

    SharedHospital(
            HospitalId id,
            HospitalClock clock,
            WriterParts parts,
            Membership membership,
            Messenger messenger,
            Patience patience) {
        this.id = id;
        this.clock = clock;
        this.parts = parts;
        this.membership = membership;
        this.messenger = messenger;
        this.patience = patience;
        long longAgo = System.nanoTime()
                - patience.holdOff().toNanos()
                - patience.silenceMax().toNanos();
        writerHeardNanos = longAgo;
        lostNanos = longAgo;
        published = new Published(id);
        dispatch = new Dispatch(id, here(), membership, messenger, patience, parts, published);
        thread = Thread.ofVirtual().name("chevet-hospital-" + id).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether the hospital is in the journal; false also when that could not be read in time. */
    boolean isKnown() {
        return loaded.copy()
                .completeOnTimeout(false, patience.submissionMax().toMillis(), TimeUnit.MILLISECONDS)
                .join();
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
    CompletableFuture<Answer> take(Submission submission) {
        return dispatch.send(submission);
    }

    /** The listener is called on whichever thread learns of it. */
    @Override
    public Subscription subscribe(Consumer<HospitalView> listener) {
        return published.subscribe(listener);
    }

    @Override
    public WriterStatus status() {
        if (closed) {
            return new WriterStatus(
                    WriterStatus.Condition.CLOSED,
                    "hospital " + id + " is not served by this member any more",
                    "Ask another member, or try again once it is back.",
                    0,
                    published.sequence(),
                    0);
        }
        HospitalWriter own = writer;
        if (own != null) {
            return ofWriter(own.status());
        }
        Told elsewhere = told;
        if (elsewhere != null && !isSilent()) {
            WriterStatus its = elsewhere.status();
            return new WriterStatus(
                    its.condition(), its.reason(), its.advice(), 0, published.sequence(), its.lastAppendNanos());
        }
        JournalException why = unreadable;
        return new WriterStatus(
                WriterStatus.Condition.WITHOUT_WRITER,
                "hospital " + id + " has no writer that this member hears"
                        + (why == null ? "" : ", and " + why.detail()),
                "What is shown is as old as it says. Acts are taken again once a member writes it.",
                0,
                published.sequence(),
                0);
    }

    /** Nothing may have been asked of it since the journal was last reached. */
    private WriterStatus ofWriter(WriterStatus its) {
        Duration unreached = unreached();
        if (!its.writable() || unreached.isZero()) {
            return its;
        }
        return new WriterStatus(
                WriterStatus.Condition.FAILING,
                "the journal did not answer for " + unreached.toSeconds() + " s",
                "What is shown is as old as it says, and another member may write the hospital. Look at the way to the database.",
                its.queued(),
                its.sequence(),
                its.lastAppendNanos());
    }

    /** For how long its writer has not known that no other member writes; zero for no longer than usual. */
    private Duration unreached() {
        Duration since = Duration.ofNanos(System.nanoTime() - freshNanos);
        return since.compareTo(patience.journalSilenceMax()) < 0 ? Duration.ZERO : since;
    }

    /** Who writes the hospital as far as this member knows, and how far behind it may be. */
    public Following following() {
        Told elsewhere = told;
        boolean writes = writer != null;
        long behind =
                writes || elsewhere == null ? 0 : Math.max(0, elsewhere.status().sequence() - published.sequence());
        return new Following(
                writes || !isSilent() ? name(membership.writerOf(id)) : null,
                writes,
                writes ? unreached() : Duration.ofNanos(System.nanoTime() - freshNanos),
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
        writerHeardNanos = System.nanoTime();
        if (!heard.offer(events)) {
            // What is left out here is found missing by the next one, and read in the journal.
            heard.wake();
        }
    }

    /** Another member writes it. Never blocks. */
    void hear(Wire.Writing writing) {
        long now = System.nanoTime();
        writerHeardNanos = now;
        told = new Told(writing.status(), now);
        if (writing.status().sequence() <= published.sequence()) {
            freshNanos = now;
        } else {
            heard.wake();
        }
    }

    /**
     * How far the journal is. So a split of the cluster is found even while nothing is to be written here. Never blocks.
     *
     * @param askedNanos since when that may be past
     */
    void looked(long last, long askedNanos) {
        HospitalWriter own = writer;
        boolean known = last <= (own == null ? published.sequence() : own.decidedSequence());
        if (known) {
            freshNanos = Math.max(freshNanos, askedNanos);
            unreadable = null;
        } else if (own != null) {
            outdated = own;
            heard.wake();
        } else if (isSilent()) {
            journalSequence = last;
            heard.wake();
        }
    }

    /** Nor does it know how far the journal is. Never blocks. */
    void unreached(JournalException why) {
        unreadable = why;
    }

    /** Never blocks. */
    void membershipChanged() {
        dispatch.membershipChanged();
        heard.wake();
    }

    private Dispatch.Here here() {
        return new Dispatch.Here() {
            @Override
            public @Nullable HospitalWriter writer() {
                return writer;
            }

            @Override
            public void want() {
                SharedHospital.this.want();
            }
        };
    }

    /** Somebody waits for this member to write it. */
    private void want() {
        wanted = true;
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
            if (membership.self().equals(membership.writerOf(id))) {
                want();
            }
            return CompletableFuture.completedFuture(new Wire.Heard(null));
        }
        return own.take(submission).handle((answer, gone) -> new Wire.Heard(gone == null ? answer : null));
    }

    /** Writes no more; {@link #awaitEnd} returns once what was taken is done. */
    void close() {
        closed = true;
        dispatch.close();
        heard.close();
    }

    void awaitEnd() {
        parts.verification().end(id);
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
                    loaded.complete(published.view() != null);
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
        keys.refill(parts.journal(), id, restored.occupancy().sequence());
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
            if (!complete || isBehind(replica)) {
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
        Told elsewhere = told;
        long known = elsewhere == null ? 0 : elsewhere.status().sequence();
        return Math.max(known, journalSequence) > replica.occupancy().sequence();
    }

    private boolean isSilent() {
        return System.nanoTime() - writerHeardNanos > patience.silenceMax().toNanos();
    }

    private void catchUp(Replica replica) {
        parts.journal().readEntries(id, replica.occupancy().sequence(), replica::apply);
        read();
    }

    private void read() {
        freshNanos = System.nanoTime();
        unreadable = null;
    }

    private void show(Replica replica) {
        Told elsewhere = told;
        if (replica.occupancy().sequence() > published.sequence()) {
            published.publish(replica.occupancy().view());
        }
        if (elsewhere != null
                && elsewhere.status().sequence() <= replica.occupancy().sequence()) {
            freshNanos = Math.max(freshNanos, elsewhere.nanos());
        }
    }

    private @Nullable Replica write(Replica replica) {
        catchUp(replica);
        show(replica);
        long silentNanos = System.nanoTime() - writerHeardNanos;
        boolean heardBefore = told != null;
        told = null;
        Occupancy occupancy = replica.occupancy();
        Replica start = parts.soundness().sinceMade(occupancy) == null
                ? replica
                : new Replica(new Occupancy(occupancy.state()), replica.keys(), replica.snapshot());
        HospitalWriter own = new HospitalWriter(id, clock, parts, published, new Shared(start, this::tell));
        LOG.info("hospital {}: written here from event {} on", id, occupancy.sequence() + 1);
        if (heardBefore) {
            parts.journalThread().measurements().handedOver(id, silentNanos);
        }
        own.start();
        own.ended().thenRun(heard::wake);
        boolean lost;
        try {
            begin(own);
            lost = !supervise(own);
        } finally {
            writer = null;
            own.close();
            own.awaitEnd();
        }
        LOG.info("hospital {}: no longer written here, after event {}", id, own.decidedSequence());
        if (!lost) {
            return own.remains();
        }
        losses.incrementAndGet();
        lostNanos = System.nanoTime()
                + ThreadLocalRandom.current().nextLong(patience.holdOffWanted().toNanos());
        return null;
    }

    private void begin(HospitalWriter own) {
        writer = own;
        wanted = false;
        // Read after the writer is known: whoever finds damage from now on tells it.
        JournalException found = damage;
        if (found != null) {
            own.damaged(found);
        }
        dispatch.writerIsHere();
        if (!written) {
            written = true;
            parts.verification().begin(id, own.decidedSequence(), this::damaged);
        }
    }

    /** The journal is damaged where it was not looked at before. Whatever writer this member has from now on is read-only. */
    private void damaged(JournalException found) {
        damage = found;
        HospitalWriter own = writer;
        if (own != null) {
            own.damaged(found);
        }
    }

    /** Until it is for another member to write, or this one closes; false when another one does already. */
    private boolean supervise(HospitalWriter own) {
        while (!closed) {
            heard.await(patience.lookEvery());
            heard.drain(EVENTS_WAITING_MAX);
            if (own.ended().isDone() || outdated == own) {
                return false;
            }
            MemberId chosen = membership.writerOf(id);
            if (chosen != null && !chosen.equals(membership.self())) {
                return true;
            }
        }
        return true;
    }

    /** What cannot be told is read in the journal by those who miss it. */
    private void tell(EncodedBatch batch) {
        try {
            messenger.tell(Wire.EVENTS, Wire.encode(new Wire.Events(id, batch.events())));
        } catch (RuntimeException e) {
            LOG.warn("hospital {}: the other members were not told of {} events", id, batch.size(), e);
        }
    }
}
