package org.chevet.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;

/** A hospital as one process has it: to be read, and to be changed by whoever writes it. Thread-safe; nothing here blocks. */
public interface HospitalAccess {
    int IDEMPOTENCY_KEY_CHARS_MAX = 255;

    HospitalId id();

    HospitalClock clock();

    /** The last durable state that this process knows. */
    HospitalView view();

    /**
     * What follows the answer must not wait for another answer: that may come after it on the same thread.
     *
     * @param idempotencyKey the sender's number for this act: sent again, it is answered again and not done again. Another
     *     act, or another person's, under the same number is one of its own: it must not be called done.
     * @return cancelled, it takes back what is still on its way to the writer; what is done stays done
     */
    CompletableFuture<Answer> submit(Command.Act act, Origin.Person actor, @Nullable String idempotencyKey);

    /** All facts of one message, in one piece: the journal has all that came of them or nothing. For what follows, see {@link #submit}. */
    CompletableFuture<Answer> report(List<Command.Fact> facts, Origin.Feed feed, @Nullable String idempotencyKey);

    /**
     * The hospital's file changed: its services, rooms and beds are these from now on. Nothing happens when they are the same.
     *
     * @throws IllegalArgumentException when it is another hospital's
     */
    CompletableFuture<Answer> redefine(Hospital hospital);

    /**
     * Each durable state from now on, in order. The listener must not block. To start from a state without missing one,
     * subscribe first and then take {@link #view}.
     */
    Subscription subscribe(Consumer<HospitalView> listener);

    WriterStatus status();
}
