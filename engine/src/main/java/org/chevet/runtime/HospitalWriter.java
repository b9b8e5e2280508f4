package org.chevet.runtime;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;

/**
 * The one way to change a hospital. What is asked goes through a mailbox to a thread of its own ({@link WriterLoop}), which
 * decides one command at a time on the live state.
 *
 * <p>Public methods may be called from any thread and never block. Whatever follows an answer runs on a virtual thread, where it
 * holds up nothing but the answers that became durable with this one and come after it.
 */
public final class HospitalWriter {
    public static final int IDEMPOTENCY_KEY_CHARS_MAX = 255;

    private final HospitalId id;
    private final HospitalClock clock;
    private final WriterParts parts;
    private final Mailbox<Pending> mailbox;
    private final Published published;
    private final ReadOnly readOnly;
    private final WriterLoop loop;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Reads the hospital's state back; {@link #start} sets it going. */
    HospitalWriter(HospitalId id, HospitalClock clock, WriterParts parts) {
        this.id = id;
        this.clock = clock;
        this.parts = parts;
        mailbox = new Mailbox<>(parts.limits().mailboxCommandsMax());
        published = new Published(id);
        readOnly = new ReadOnly(id, clock, parts.breaches());
        loop = new WriterLoop(id, clock, parts, mailbox, published, readOnly);
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
     * What follows the answer must not wait for another answer: that may come after it on the same thread.
     *
     * @param idempotencyKey the sender's number for this act: sent again, it is answered again and not done again. Another
     *     act, or another person's, under the same number is one of its own: it must not be called done.
     */
    public CompletableFuture<Answer> submit(Command.Act act, Origin.Person actor, @Nullable String idempotencyKey) {
        checkLength(idempotencyKey);
        String content = Integer.toHexString(List.of(actor, act).toString().hashCode());
        return enqueue(List.of(act), actor, idempotencyKey == null ? null : idempotencyKey + "#" + content);
    }

    /**
     * All facts of one message, in one piece: the journal has all that came of them or nothing. What follows the answer must not wait for
     * another answer: that may come after it on the same thread.
     */
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
        return published.subscribe(listener);
    }

    public WriterStatus status() {
        Answer.Unavailable why = whyNot();
        return new WriterStatus(
                condition(),
                why == null ? null : why.detail(),
                why == null ? null : why.advice(),
                mailbox.size(),
                published.sequence(),
                parts.journalThread().figures().lastAppendNanos());
    }

    private WriterStatus.Condition condition() {
        if (mailbox.isClosed()) {
            return WriterStatus.Condition.CLOSED;
        }
        if (readOnly.why() != null) {
            return WriterStatus.Condition.READ_ONLY;
        }
        return loop.failure() == null ? WriterStatus.Condition.WRITABLE : WriterStatus.Condition.FAILING;
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
        return redefine(hospital);
    }

    /** The journal was found damaged where it was not looked at before: from now on the hospital can only be read. */
    void damaged(JournalException damage) {
        readOnly.after(damage);
        mailbox.wake();
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
        Pending pending = new Pending(commands, origin, key);
        Answer.Unavailable why = whyNot();
        if (why == null && mailbox.offer(pending)) {
            return pending.answer();
        }
        return CompletableFuture.completedFuture(why != null ? why : mailbox.isClosed() ? closed() : full());
    }

    /** Why nothing is taken at present, null while it is. */
    private Answer.@Nullable Unavailable whyNot() {
        if (mailbox.isClosed()) {
            return closed();
        }
        Answer.Unavailable why = readOnly.why();
        JournalException failure = loop.failure();
        return why != null || failure == null ? why : Answer.Unavailable.because(failure);
    }

    private static Answer.Unavailable closed() {
        return new Answer.Unavailable("the engine is stopping", "Try again once it is back.");
    }

    private Answer.Unavailable full() {
        return new Answer.Unavailable(
                "hospital " + id + " has " + parts.limits().mailboxCommandsMax()
                        + " commands waiting, the most it takes",
                "Try again in a moment.");
    }
}
