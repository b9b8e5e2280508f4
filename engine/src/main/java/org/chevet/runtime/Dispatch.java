package org.chevet.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.chevet.cluster.MemberId;
import org.chevet.cluster.Membership;
import org.chevet.cluster.Messenger;
import org.chevet.hospital.HospitalId;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is submitted to this member to whoever writes the hospital, wherever that is, again and again under one key until it is
 * answered or {@link Patience#submissionMax} is over: it is done once. Thread-safe; nothing here blocks.
 */
final class Dispatch {
    /** The hospital as this member has it. */
    interface Here {
        /** Null while another member writes it, or none. */
        @Nullable
        HospitalWriter writer();

        /** Somebody waits for this member to write it. */
        void want();
    }

    private final HospitalId id;
    private final Here here;
    private final Membership membership;
    private final Messenger messenger;
    private final Patience patience;
    private final JournalThread measured;
    private final Published published;
    private final Executor later;
    private final Set<Asking> askings = ConcurrentHashMap.newKeySet();
    private final Set<Journey> resting = ConcurrentHashMap.newKeySet();
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A question on its way to another member. */
    private record Asking(MemberId member, CompletableFuture<byte[]> answer) {}

    /** Somebody who was told that it is done, and is to see it here. */
    private record Waiting(long sequence, CompletableFuture<Void> seen) {}

    Dispatch(
            HospitalId id,
            Here here,
            Membership membership,
            Messenger messenger,
            Patience patience,
            JournalThread measured,
            Published published) {
        this.id = id;
        this.here = here;
        this.membership = membership;
        this.messenger = messenger;
        this.patience = patience;
        this.measured = measured;
        this.published = published;
        later = CompletableFuture.delayedExecutor(
                patience.askAgainAfter().toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
        published.subscribe(this::seen);
    }

    /** Once its answer is cancelled, it is not asked again. */
    CompletableFuture<Answer> send(Submission submission) {
        // Asked again under no key, it would be done again.
        Submission keyed = submission.key() != null ? submission : submission.withKey("cluster-" + UUID.randomUUID());
        Journey journey =
                new Journey(keyed, System.nanoTime() + patience.submissionMax().toNanos());
        journey.go();
        return journey.answer;
    }

    /** Who was asked and is gone will not answer: whoever comes after is asked. */
    void membershipChanged() {
        MemberId chosen = membership.writerOf(id);
        for (Asking asking : askings) {
            if (!asking.member().equals(chosen)) {
                asking.answer().completeExceptionally(new WriterGoneException());
            }
        }
    }

    /**
     * This member writes from now on. What waits for that is submitted at once: where another member writes as well, every moment
     * between the reading of the journal and the first append is one in which the other may be faster, again and again.
     */
    void writerIsHere() {
        resting.forEach(Journey::goOn);
    }

    /** What is on its way is not asked again. */
    void close() {
        closed = true;
    }

    /** One submission. */
    private final class Journey {
        private final Submission submission;
        private final long startNanos = System.nanoTime();
        private final long deadlineNanos;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile boolean forwarded;

        Journey(Submission submission, long deadlineNanos) {
            this.submission = submission;
            this.deadlineNanos = deadlineNanos;
        }

        void go() {
            try {
                step();
            } catch (RuntimeException bug) { // the journey's edge: nobody else would answer
                Bug.described(id, "the way to its writer", bug);
                rest();
            }
        }

        private void rest() {
            resting.add(this);
            later.execute(this::goOn);
        }

        private void goOn() {
            if (resting.remove(this)) {
                go();
            }
        }

        private void step() {
            if (answer.isDone()) {
                return;
            }
            long leftNanos = deadlineNanos - System.nanoTime();
            if (closed || leftNanos <= 0) {
                give(unanswered(), "unanswered");
                return;
            }
            HospitalWriter own = here.writer();
            MemberId chosen = membership.writerOf(id);
            if (own != null) {
                // One whose journal keeps silent may not be the writer any more: who asks it goes on to the next.
                own.take(submission)
                        .copy()
                        .orTimeout(askMaxNanos(leftNanos), TimeUnit.NANOSECONDS)
                        .whenComplete((given, gone) -> conclude(given));
            } else if (chosen == null || chosen.equals(membership.self())) {
                here.want();
                rest();
            } else {
                forwarded = true;
                ask(chosen, Duration.ofNanos(askMaxNanos(leftNanos)));
            }
        }

        private long askMaxNanos(long leftNanos) {
            return Math.min(patience.askMax().toNanos(), leftNanos);
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
                case null -> rest();
                case Answer.Done done -> awaitView(done.sequence()).whenComplete((seen, late) -> give(done, "done"));
                case Answer.Refused refused -> give(refused, "refused");
                case Answer.Unavailable unavailable -> give(unavailable, "unavailable");
            }
        }

        private void give(Answer given, String outcome) {
            if (forwarded) {
                measured.measurements().forwarded(outcome, System.nanoTime() - startNanos);
            }
            answer.complete(given);
        }

        private Answer.Unavailable unanswered() {
            return closed && !forwarded
                    ? new Answer.Unavailable(
                            "hospital " + id + " is not served by this member any more: it was taken out of the"
                                    + " configuration, or the member is stopping",
                            "Ask another member, or try again once it is back.")
                    : new Answer.Unavailable(
                            "no member that writes hospital " + id
                                    + " answered in time; whether this was done is not known",
                            "Send it again with the same idempotency key: it is not done twice.");
        }
    }

    /** Whoever was told "done" reads it here too; one that does not come in time is no reason to say otherwise. */
    private CompletableFuture<Void> awaitView(long sequence) {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        if (published.sequence() >= sequence) {
            seen.complete(null);
            return seen;
        }
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
