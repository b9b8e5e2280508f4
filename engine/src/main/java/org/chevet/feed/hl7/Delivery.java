package org.chevet.feed.hl7;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.QuarantineCause;
import org.chevet.event.QuarantinedMessage;
import org.chevet.feed.hl7.Acknowledgement.Code;
import org.chevet.feed.hl7.Acknowledgement.Verdict;
import org.chevet.feed.hl7.Translation.NotAcceptable;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.feed.hl7.Translation.Stated;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a message ends in one place: its facts are durable, or it is durably in quarantine, or its sender is told to send it again.
 * Thread-safe.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** How often the same message is answered AR before it is put in quarantine, if that works. */
    static final int REJECTIONS_MAX = 5;

    private final String feed;
    private final FactDoor door;
    private final FeedCounters counters;
    private final Acknowledgement.Numbers numbers;
    private final Rejections rejections = new Rejections();

    Delivery(String feed, FactDoor door, FeedCounters counters, Acknowledgement.Numbers numbers) {
        this.feed = feed;
        this.door = door;
        this.counters = counters;
        this.numbers = numbers;
    }

    CompletionStage<Reply> deliver(ReceivedMessage message, Translation translation) {
        return switch (translation) {
            case NotForUs nothing -> {
                counters.ignored(nothing.why(), message.trigger());
                LOG.debug("feed {} ignored a message: {}", feed, nothing.why());
                yield CompletableFuture.completedFuture(reply(message, Verdict.DONE));
            }
            case NotAcceptable wrong ->
                rejectOrSetAside(message, wrong.why(), wrong.why().reason());
            case NotUnderstood wrong -> quarantine(message, wrong);
            case Stated stated -> report(message, stated);
        };
    }

    private CompletionStage<Reply> report(ReceivedMessage message, Stated stated) {
        // Asked before: the journal may be back by the time that the failure is told.
        boolean othersCouldBeWritten = door.isWritable();
        return attempt(stated.facts(), message.origin(), message.key()).thenCompose(outcome -> switch (outcome) {
            case Outcome.Answered(Answer.Done done) -> {
                counters.applied(done);
                yield CompletableFuture.completedFuture(reply(message, Verdict.DONE));
            }
            case Outcome.Answered(Answer.Unavailable unavailable) -> {
                String reason = unavailable.detail() + ". " + unavailable.advice();
                yield othersCouldBeWritten
                        ? rejectOrSetAside(message, null, reason)
                        : CompletableFuture.completedFuture(rejection(message, null, reason));
            }
            case Outcome.Answered(Answer.Refused refused) ->
                quarantine(
                        message,
                        new NotUnderstood(
                                "",
                                Translation.Code.UNKNOWN_KEY,
                                refused.refusal().detail()));
            case Outcome.Failed(Throwable cause) -> {
                LOG.error("feed {}: a message could not be applied: {}", feed, Interpreter.withoutContent(cause));
                yield quarantine(message, Interpreter.failed(cause));
            }
        });
    }

    /**
     * A sender repeats what was rejected and lets the rest wait. When the same message fails again and again although others can be
     * written, it is the message: it is set aside. What is rejected while nothing can be written says nothing of the message.
     */
    private CompletionStage<Reply> rejectOrSetAside(
            ReceivedMessage message, @Nullable NotUnderstood wrong, String reason) {
        if (rejections.count(message.key()) < REJECTIONS_MAX) {
            return CompletableFuture.completedFuture(rejection(message, wrong, reason));
        }
        String said = "rejected " + REJECTIONS_MAX + " times: " + reason;
        return quarantine(
                message,
                wrong != null
                        ? new NotUnderstood(wrong.where(), wrong.code(), said, wrong.cause())
                        : new NotUnderstood(
                                "",
                                Translation.Code.INTERNAL,
                                said,
                                QuarantineCause.of(
                                        QuarantineCause.Code.SENT_BACK_TOO_OFTEN, "times", REJECTIONS_MAX + "")));
    }

    private Reply rejection(ReceivedMessage message, @Nullable NotUnderstood wrong, String reason) {
        return reply(message, new Verdict(Code.REJECT, false, wrong, reason));
    }

    private CompletionStage<Reply> quarantine(ReceivedMessage message, NotUnderstood wrong) {
        QuarantinedMessage kept = new QuarantinedMessage(
                message.quarantineId(),
                feed,
                message.id(),
                door.now(),
                wrong.reason(),
                message.text().text(),
                wrong.cause());
        // A key of its own: when the cause is mended and the message is sent again, its facts must not look already
        // done.
        return attempt(List.of(new Command.QuarantineMessage(kept)), message.origin(), message.key() + ":quarantine")
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Answered(Answer.Done done)) {
                        counters.quarantined();
                        // Not its number nor the reason: both quote what was sent, and a name may stand in any field.
                        LOG.warn(
                                "feed {} put a message in quarantine as {}: {} {}",
                                feed,
                                kept.id(),
                                wrong.code(),
                                wrong.where());
                        return reply(message, new Verdict(Code.ERROR, message.whole(), wrong, ""));
                    }
                    LOG.error("feed {} could not keep message {} in quarantine", feed, kept.id());
                    return reply(
                            message,
                            new Verdict(Code.REJECT, false, null, "the message could not be kept. Send it again."));
                });
    }

    /** What came of reporting facts. */
    private sealed interface Outcome {
        record Answered(Answer answer) implements Outcome {}

        record Failed(Throwable cause) implements Outcome {}
    }

    private CompletionStage<Outcome> attempt(List<Command.Fact> facts, Origin.Feed origin, String key) {
        CompletionStage<Answer> reported;
        try {
            reported = door.report(facts, origin, key);
        } catch (RuntimeException failed) {
            reported = CompletableFuture.failedFuture(failed);
        }
        return reported.handle(
                (answer, failed) -> failed != null ? new Outcome.Failed(failed) : new Outcome.Answered(answer));
    }

    private Reply reply(ReceivedMessage message, Verdict verdict) {
        Acknowledgement acknowledgement = new Acknowledgement(
                message.header(), door.now(), door.view().hospital().zone());
        return new Reply(acknowledgement.write(verdict, numbers), message.text().charset());
    }

    /** How often each of the messages rejected last was rejected. */
    private static final class Rejections {
        private static final int MESSAGES_MAX = 256;

        private final Map<String, Integer> counts = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > MESSAGES_MAX;
            }
        };

        synchronized int count(String key) {
            return counts.merge(key, 1, Integer::sum);
        }
    }
}
