package org.chevet.runtime;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;

/**
 * The one way to change a hospital. What is asked goes through a mailbox to a thread of its own ({@link WriterLoop}), which
 * decides one command at a time on the live state.
 *
 * <p>Public methods may be called from any thread and never block. Whatever follows an answer runs on a virtual thread of
 * its own.
 */
public final class HospitalWriter {
    public static final int IDEMPOTENCY_KEY_CHARS_MAX = 255;

    private final HospitalId id;
    private final HospitalClock clock;
    private final JournalThread journalThread;
    private final Limits limits;
    private final Mailbox<Pending> mailbox;
    private final Published published;
    private final WriterLoop loop;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

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
        this.journalThread = journalThread;
        this.limits = limits;
        mailbox = new Mailbox<>(limits.mailboxCommandsMax());
        published = new Published(id);
        loop = new WriterLoop(id, clock, journal, journalThread, snapshots, limits, mailbox, published);
    }

    public HospitalId id() {
        return id;
    }

    public HospitalClock clock() {
        return clock;
    }

    /** The last durable state. */
    public HospitalView view() {
        return Objects.requireNonNull(published.view(), "a writer is open once its hospital is defined");
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
     * Each durable state from now on, in order. The listener is called on the journal's thread and must not block. To start
     * from a state without missing one, subscribe first and then take {@link #view}.
     */
    public Subscription subscribe(Consumer<HospitalView> listener) {
        return published.subscribe(listener);
    }

    public WriterStatus status() {
        JournalException failure = loop.failure();
        return new WriterStatus(
                failure == null && !mailbox.isClosed(),
                failure != null ? failure.detail() : mailbox.isClosed() ? "closed" : null,
                mailbox.size(),
                published.sequence(),
                journalThread.figures().lastAppendNanos());
    }

    /** Starts deciding, beginning with the hospital's file as it is now. */
    CompletableFuture<Answer> start(Hospital hospital) {
        Thread.ofPlatform().name("chevet-writer-" + id).daemon().start(() -> {
            try {
                loop.run();
            } finally {
                ended.complete(null);
            }
        });
        return enqueue(List.of(new Command.DefineHospital(hospital)), new Origin.Engine(), null);
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
        JournalException failure = loop.failure();
        if (failure != null) {
            return CompletableFuture.completedFuture(Answer.Unavailable.because(failure));
        }
        Pending pending = new Pending(commands, origin, key);
        if (!mailbox.offer(pending)) {
            return CompletableFuture.completedFuture(mailbox.isClosed() ? closed() : full());
        }
        return pending.answer();
    }

    private static Answer closed() {
        return new Answer.Unavailable("the engine is stopping", "Try again once it is back.");
    }

    private Answer full() {
        return new Answer.Unavailable(
                "hospital " + id + " has " + limits.mailboxCommandsMax() + " commands waiting, the most it takes",
                "Try again in a moment.");
    }
}
