package org.chevet.runtime;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.chevet.event.AskedCard;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;

/**
 * The one way to change a hospital. What is asked goes through a mailbox to a virtual thread of its own ({@link WriterLoop}),
 * which decides one command at a time on the live state.
 *
 * <p>Public methods may be called from any thread and never block. Whatever follows an answer runs on a virtual thread, where it
 * holds up nothing but the answers that became durable with this one and come after it.
 */
public final class HospitalWriter extends Entrance {
    private final HospitalId id;
    private final HospitalClock clock;
    private final WriterParts parts;
    private final Mailbox<Pending> mailbox;
    private final Published published;
    private final ReadOnly readOnly;
    private final WriterLoop loop;
    private final boolean shared;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Reads the hospital's state back; {@link #start} sets it going. */
    HospitalWriter(HospitalId id, HospitalClock clock, WriterParts parts) {
        this(id, clock, parts, new Published(id), null);
    }

    /**
     * @param published where its states are shown
     * @param shared null when nobody else is to write the hospital: then its state is read back here
     */
    HospitalWriter(
            HospitalId id, HospitalClock clock, WriterParts parts, Published published, @Nullable Shared shared) {
        this.id = id;
        this.clock = clock;
        this.parts = parts;
        this.published = published;
        this.shared = shared != null;
        mailbox = new Mailbox<>(parts.limits().mailboxCommandsMax());
        readOnly = new ReadOnly(id, clock, parts.breaches());
        loop = new WriterLoop(id, clock, parts, mailbox, published, readOnly, shared);
    }

    @Override
    public HospitalId id() {
        return id;
    }

    @Override
    public HospitalClock clock() {
        return clock;
    }

    /** Whether there is a state of it to be read: not while it is being opened. */
    boolean isShown() {
        return published.view() != null;
    }

    @Override
    public HospitalView view() {
        return Objects.requireNonNull(published.view(), "a writer is open once its hospital is defined");
    }

    /** The listener is called on the journal's thread. */
    @Override
    public Subscription subscribe(Consumer<HospitalView> listener) {
        return published.subscribe(listener);
    }

    @Override
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

    /** What the screens of a drill ask for now is kept in its journal. Nothing happens when it is the same, or in a hospital that is no drill. */
    public CompletableFuture<Answer> showCards(List<AskedCard> cards) {
        return take(new Submission(List.of(new Command.ShowCards(cards)), new Origin.Engine(), null));
    }

    /** Starts deciding. */
    void start() {
        Thread.ofVirtual().name("chevet-writer-" + id).start(() -> {
            try {
                loop.run();
            } finally {
                ended.complete(null);
            }
        });
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

    CompletableFuture<Void> ended() {
        return ended;
    }

    /** The state to go on from, once this has ended; null when it has to be read from the journal. */
    @Nullable
    Replica remains() {
        return loop.remains();
    }

    /** The latest that was decided, durable or not. */
    long decidedSequence() {
        return loop.decidedSequence();
    }

    /** Where the hospital is shared, completed with a {@link WriterGoneException} once this one has given it up. */
    @Override
    CompletableFuture<Answer> take(Submission submission) {
        Pending pending = new Pending(submission);
        Answer.Unavailable why = whyNot();
        if (why == null && mailbox.offer(pending)) {
            return pending.answer();
        }
        if (shared && (mailbox.isClosed() || loop.hasLost())) {
            pending.handBack();
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

    private Answer.Unavailable closed() {
        return new Answer.Unavailable(
                "hospital " + id
                        + " is not served here any more: it was taken out of the configuration, or Chevet is stopping",
                "Try again once it is back.");
    }

    private Answer.Unavailable full() {
        return new Answer.Unavailable(
                "hospital " + id + " has " + parts.limits().mailboxCommandsMax()
                        + " commands waiting, the most it takes",
                "Try again in a moment.");
    }
}
