package org.chevet.feed.hl7;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.chevet.event.Command;
import org.chevet.event.QuarantineCause;
import org.chevet.feed.FeedStatus;
import org.chevet.feed.hl7.Translation.NotAcceptable;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.feed.hl7.Translation.Stated;
import org.chevet.hospital.Identifiers;
import org.chevet.occupancy.HospitalView.QuarantineEntry;
import org.chevet.runtime.Answer;
import org.chevet.runtime.HospitalAccess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One named feed of ADT messages into one hospital. A message is acknowledged with AA once its facts are durable, with AE once it is
 * durably in quarantine, with AR when neither could be had and it should be sent again ({@link Acknowledgement} for enhanced mode).
 *
 * <p>Thread-safe. Messages take effect in the order in which {@link #receive} is called; a caller that needs that order calls it from
 * one thread.
 */
public final class AdtFeed {
    private static final Logger LOG = LoggerFactory.getLogger(AdtFeed.class);

    private static final int SESSION_BYTES = 4;

    private final String name;
    private final FactDoor door;
    private final AdtFeedOptions options;
    private final Interpreter interpreter;
    private final Delivery delivery;
    private final Instant startedAt;

    /** Makes the numbers of our own acknowledgements differ from those of before a restart. */
    private final String session = session();

    private final AtomicLong acknowledgements = new AtomicLong();
    private final DoorFigures doorFigures = new DoorFigures();
    private final FeedCounters counters = new FeedCounters();
    private volatile @Nullable Instant lastMessageAt;

    /** @param name as operators know it; journaled with every fact */
    public AdtFeed(String name, HospitalAccess writer, AdtFeedOptions options) {
        this(name, FactDoor.of(writer), options);
    }

    AdtFeed(String name, FactDoor door, AdtFeedOptions options) {
        if (!Identifiers.isValid(name)) {
            throw new IllegalArgumentException("feed name '" + name + "' does not match " + Identifiers.PATTERN);
        }
        this.name = name;
        this.door = door;
        this.options = options;
        this.interpreter = new Interpreter(name, door, options);
        this.delivery = new Delivery(name, door, counters, this::acknowledgementId);
        this.startedAt = door.now();
    }

    public String name() {
        return name;
    }

    public FeedStatus status() {
        Instant last = lastMessageAt;
        Instant heard = last == null ? startedAt : last;
        return new FeedStatus(
                name,
                doorFigures.connections(),
                last,
                heard.plus(options.silentAfter()).isBefore(door.now()),
                counters.counts(),
                doorFigures.status());
    }

    /**
     * Takes in what one frame holds: a message, or a batch of them.
     *
     * @param payload what is between the frame's marks
     * @return what to send back, without frames: one acknowledgement after the other, nothing when the sender wants none (MSH-15 and
     *     MSH-16); never fails
     */
    public CompletionStage<byte[]> receive(byte[] payload) {
        return conversation(Runnable::run).take(payload).thenApply(answer -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            answer.payloads().forEach(all::writeBytes);
            return all.toByteArray();
        });
    }

    /** What one sender says on one connection. */
    Conversation conversation(Executor executor) {
        return new Conversation(this, options.defaultCharset(), executor);
    }

    /** Takes one message in. */
    CompletionStage<Reply> receive(Hl7Text text) {
        heard(text);
        return delivery.deliver(new ReceivedMessage(name, text, true), interpreter.interpret(text));
    }

    /** A message longer than the limit, of which only the beginning was kept. */
    CompletionStage<Reply> receiveOversized(Hl7Text beginning, long bytes, int bytesMax) {
        heard(beginning);
        return delivery.deliver(
                new ReceivedMessage(name, beginning, false),
                new NotUnderstood(
                        "",
                        Translation.Code.NOT_READABLE,
                        "the message has " + bytes + " bytes, frameBytesMax is " + bytesMax
                                + ": only its beginning was kept. Maybe raise the limit and send it again.",
                        QuarantineCause.of(
                                QuarantineCause.Code.MESSAGE_TOO_LONG,
                                "bytes",
                                bytes + "",
                                "bytesMax",
                                bytesMax + "")));
    }

    /** The header or trailer of a batch of acknowledgements. */
    String answerEnvelope(Batch batch, EnvelopeSegment segment) {
        String answer = batch.answer(
                segment, acknowledgementId(), door.now(), door.view().hospital().zone());
        for (String mismatch : batch.takeMismatches()) {
            doorFigures.batchMismatch();
            LOG.warn("feed {}: {}", name, mismatch);
        }
        return answer;
    }

    /**
     * Applies a quarantined message, once what was wrong is mended.
     *
     * @param message its number in quarantine
     * @param text as it was kept
     * @return what became of it: refused when it still cannot be applied, with nothing changed
     */
    public CompletionStage<Replay> replay(String message, String text) {
        Hl7Text decoded = Hl7Text.of(text, StandardCharsets.UTF_8);
        return switch (interpreter.interpret(decoded)) {
            case NotUnderstood wrong -> stillWrong(wrong);
            case NotAcceptable wrong -> stillWrong(wrong.why());
            case NotForUs nothing -> replay(message, decoded, List.of());
            case Stated stated -> replay(message, decoded, stated.facts());
        };
    }

    private static CompletionStage<Replay> stillWrong(NotUnderstood wrong) {
        return CompletableFuture.completedFuture(new Replay.StillWrong(wrong.reason(), wrong.cause()));
    }

    /** What became of a replay. */
    public sealed interface Replay {
        /** The answer for the facts and the closing of the quarantine, which stand or fall together. */
        record Answered(Answer answer) implements Replay {}

        /**
         * @param reason what is still to be mended
         * @param cause the same for programs
         */
        record StillWrong(String reason, QuarantineCause cause) implements Replay {}
    }

    /**
     * Applies all that this feed put in quarantine, the oldest first, each once the one before is answered. What is still wrong stays
     * there, and keeps nothing else from being applied.
     *
     * @param entries of any feed: those of others are left alone
     * @param text of a message as it was kept, null when the journal has it no more; called from the thread that answers
     * @return by the message's number in quarantine, in the order in which they were tried
     */
    public CompletionStage<Map<String, Replay>> replayAll(
            List<QuarantineEntry> entries, Function<QuarantineEntry, @Nullable String> text) {
        CompletionStage<Map<String, Replay>> all = CompletableFuture.completedFuture(new LinkedHashMap<>());
        List<QuarantineEntry> own = entries.stream()
                .filter(entry -> entry.feed().equals(name))
                .sorted(Comparator.comparingLong(QuarantineEntry::sequence))
                .toList();
        for (QuarantineEntry entry : own) {
            all = all.thenCompose(answered -> replay(entry, text.apply(entry)).thenApply(replay -> {
                answered.put(entry.id(), replay);
                return answered;
            }));
        }
        return all;
    }

    private CompletionStage<Replay> replay(QuarantineEntry entry, @Nullable String text) {
        return text == null
                ? CompletableFuture.completedFuture(new Replay.StillWrong(
                        "the journal has no text of this message. Maybe discard it.",
                        QuarantineCause.of(QuarantineCause.Code.OTHER)))
                : replay(entry.id(), text);
    }

    private CompletionStage<Replay> replay(String message, Hl7Text text, List<Command.Fact> facts) {
        List<Command.Fact> all = new ArrayList<>(facts);
        all.add(new Command.ReportReplayed(message, door.now()));
        // Without a key: the facts are the same however often they are stated, and the quarantine can be closed only
        // once.
        return door.report(all, new ReceivedMessage(name, text, true).origin(), null)
                .thenApply(Replay.Answered::new);
    }

    DoorFigures door() {
        return doorFigures;
    }

    private void heard(Hl7Text text) {
        counters.received();
        lastMessageAt = door.now();
        String contradiction = text.contradiction();
        if (contradiction != null && doorFigures.encodingContradicted()) {
            LOG.warn(
                    "feed {}: {}. Maybe mend the sender's MSH-18. Further ones are only counted.", name, contradiction);
        }
    }

    private String acknowledgementId() {
        return session + "-" + acknowledgements.incrementAndGet();
    }

    private static String session() {
        byte[] bytes = new byte[SESSION_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
