package org.chevet.feed.hl7;

import ca.uhn.hl7v2.HL7Exception;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import java.util.regex.Pattern;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.QuarantineCause;
import org.chevet.event.QuarantinedMessage;
import org.chevet.feed.FeedCounts;
import org.chevet.feed.FeedStatus;
import org.chevet.feed.hl7.Acknowledgement.Code;
import org.chevet.feed.hl7.Acknowledgement.Verdict;
import org.chevet.feed.hl7.Translation.NotAcceptable;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.feed.hl7.Translation.Stated;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.QuarantineEntry;
import org.chevet.occupancy.Stay;
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

    /** How often the same message is answered AR before it is put in quarantine, if that works. */
    static final int REJECTIONS_MAX = 5;

    private static final int QUARANTINE_ID_BYTES = 8;
    private static final int MESSAGE_ID_CHARS_MAX = 199;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");
    private static final int SESSION_BYTES = 4;

    private final String name;
    private final FactDoor door;
    private final AdtFeedOptions options;
    private final AdtReader reader = new AdtReader();
    private final AdtTranslator translator;
    private final Instant startedAt;

    /** Makes the numbers of our own acknowledgements differ from those of before a restart. */
    private final String session = session();

    private final Rejections rejections = new Rejections();
    private final AtomicLong acknowledgements = new AtomicLong();
    private final DoorFigures doorFigures = new DoorFigures();
    private final FeedCounters counters = new FeedCounters();
    private volatile @Nullable Instant lastMessageAt;
    private volatile @Nullable LocationMap places;

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
        this.translator = new AdtTranslator(options);
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
        return answer(new Message(text, true), understand(text));
    }

    /** A message longer than the limit, of which only the beginning was kept. */
    CompletionStage<Reply> receiveOversized(Hl7Text beginning, long bytes, int bytesMax) {
        heard(beginning);
        return answer(
                new Message(beginning, false),
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
        return switch (understand(decoded)) {
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
        return door.report(all, new Message(text, true).origin(), null).thenApply(Replay.Answered::new);
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

    private Translation understand(Hl7Text text) {
        MessageHeader header = text.header();
        if (header == null) {
            return new NotUnderstood(
                    "MSH",
                    Translation.Code.SEGMENT_MISSING,
                    "no MSH segment: this is not an HL7 v2 message",
                    QuarantineCause.of(QuarantineCause.Code.NOT_HL7));
        }
        if (text.messages() > 1) {
            return new NotUnderstood(
                    "MSH",
                    Translation.Code.SEGMENT_MISSING,
                    text.messages() + " messages in one frame: send each in its own",
                    QuarantineCause.of(QuarantineCause.Code.SEVERAL_MESSAGES, "messages", text.messages() + ""));
        }
        NotUnderstood unacceptable = Acceptance.refusal(header, options.processingIds());
        if (unacceptable != null) {
            return new NotAcceptable(unacceptable);
        }
        if (!header.type().equals("ADT")) {
            return new NotForUs(
                    FeedCounts.Ignored.OTHER_TYPE, "messages of type " + header.type() + " do not concern beds");
        }
        NotUnderstood tooLong = AdtReader.tooLong(text, header);
        if (tooLong != null) {
            return tooLong;
        }
        try {
            HospitalView view = door.view();
            AdtMessage message = reader.read(text, header, view.hospital().zone());
            return translator.translate(message, places(view.hospital()), number -> stay(view, number));
        } catch (HL7Exception unreadable) {
            // Its own message may quote a field, hence a name.
            return new NotUnderstood(
                    "MSH-2",
                    Translation.Code.NOT_READABLE,
                    "the message's structure cannot be read ("
                            + unreadable.getClass().getSimpleName()
                            + "). Maybe its delimiters in MSH-2 are not those it uses.",
                    QuarantineCause.of(QuarantineCause.Code.STRUCTURE_NOT_READABLE));
        } catch (RuntimeException bug) {
            LOG.error("feed {} failed on a message: {}", name, withoutContent(bug));
            return failed(bug);
        }
    }

    private static NotUnderstood failed(Throwable cause) {
        String failure = cause.getClass().getSimpleName();
        return new NotUnderstood(
                "",
                Translation.Code.INTERNAL,
                "Chevet failed on this message (" + failure + "). Maybe report it to its makers.",
                QuarantineCause.of(QuarantineCause.Code.FAILED, "failure", failure));
    }

    private CompletionStage<Reply> answer(Message message, Translation translation) {
        return switch (translation) {
            case NotForUs nothing -> {
                counters.ignored(nothing.why(), message.trigger());
                LOG.debug("feed {} ignored a message: {}", name, nothing.why());
                yield CompletableFuture.completedFuture(message.reply(Verdict.DONE));
            }
            case NotAcceptable wrong ->
                rejectOrSetAside(message, wrong.why(), wrong.why().reason());
            case NotUnderstood wrong -> quarantine(message, wrong);
            case Stated stated -> report(message, stated);
        };
    }

    private CompletionStage<Reply> report(Message message, Stated stated) {
        return attempt(stated.facts(), message.origin(), message.key()).thenCompose(outcome -> switch (outcome) {
            case Outcome.Answered(Answer.Done done) -> {
                counters.applied(done);
                yield CompletableFuture.completedFuture(message.reply(Verdict.DONE));
            }
            case Outcome.Answered(Answer.Unavailable unavailable) ->
                rejectOrSetAside(message, null, unavailable.detail() + ". " + unavailable.advice());
            case Outcome.Answered(Answer.Refused refused) ->
                quarantine(
                        message,
                        new NotUnderstood(
                                "",
                                Translation.Code.UNKNOWN_KEY,
                                refused.refusal().detail()));
            case Outcome.Failed(Throwable cause) -> {
                LOG.error("feed {}: a message could not be applied: {}", name, withoutContent(cause));
                yield quarantine(message, failed(cause));
            }
        });
    }

    /**
     * A sender repeats what was rejected and lets the rest wait. When the same message fails again and again although others can be
     * written, it is the message: it is set aside.
     */
    private CompletionStage<Reply> rejectOrSetAside(Message message, @Nullable NotUnderstood wrong, String reason) {
        if (rejections.count(message.key()) < REJECTIONS_MAX) {
            return CompletableFuture.completedFuture(message.reply(new Verdict(Code.REJECT, false, wrong, reason)));
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

    private CompletionStage<Reply> quarantine(Message message, NotUnderstood wrong) {
        QuarantinedMessage kept = new QuarantinedMessage(
                message.quarantineId(),
                name,
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
                                name,
                                kept.id(),
                                wrong.code(),
                                wrong.where());
                        return message.reply(new Verdict(Code.ERROR, message.whole(), wrong, ""));
                    }
                    LOG.error("feed {} could not keep message {} in quarantine", name, kept.id());
                    return message.reply(
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

    /** A number whose movements were joined to another's speaks of that other one. */
    private static @Nullable Stay stay(HospitalView view, StayId number) {
        Stay stay = view.stays().get(number);
        StayId joined = stay == null ? null : stay.mergedInto();
        return joined == null ? stay : view.stays().get(joined);
    }

    /** Made anew only when the layout is another object: comparing a thousand beds for each message would cost more. */
    @SuppressWarnings("ReferenceEquality")
    private LocationMap places(Hospital hospital) {
        LocationMap current = places;
        if (current == null || current.hospital() != hospital) {
            current = new LocationMap(hospital, options.places());
            places = current;
        }
        return current;
    }

    /** Where it happened, without what it was about: messages of exceptions may quote the text. */
    private static String withoutContent(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static String session() {
        byte[] bytes = new byte[SESSION_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
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

    /** A received message, as its answer needs it. */
    private final class Message {
        private final Hl7Text text;
        private final @Nullable MessageHeader header;
        private final boolean whole;
        private final String fingerprint;

        /** @param whole false when only the beginning of it was kept */
        Message(Hl7Text text, boolean whole) {
            this.text = text;
            this.whole = whole;
            this.header = text.header();
            this.fingerprint = fingerprint(text);
        }

        Hl7Text text() {
            return text;
        }

        /** For people and the journal; the acknowledgement repeats the number as it came. */
        String id() {
            String id = header == null
                    ? ""
                    : UNPRINTABLE.matcher(header.controlId()).replaceAll("_");
            return id.length() <= MESSAGE_ID_CHARS_MAX ? id : id.substring(0, MESSAGE_ID_CHARS_MAX);
        }

        String trigger() {
            return header == null ? "" : header.trigger();
        }

        Origin.Feed origin() {
            return new Origin.Feed(name, id());
        }

        /**
         * The same for a message sent again: who sent it, its number, and what it says. The number alone would do if no sender
         * ever began counting anew; then a new message would be taken for an old one, answered AA, and lost.
         */
        String key() {
            return name + ":" + fingerprint;
        }

        String quarantineId() {
            return "Q-" + fingerprint.substring(0, 2 * QUARANTINE_ID_BYTES);
        }

        boolean whole() {
            return whole;
        }

        Reply reply(Verdict verdict) {
            Acknowledgement acknowledgement = new Acknowledgement(
                    header, door.now(), door.view().hospital().zone());
            return new Reply(acknowledgement.write(verdict, AdtFeed.this::acknowledgementId), text.charset());
        }

        private static String fingerprint(Hl7Text text) {
            MessageHeader header = text.header();
            // MSH-7 may be the time of sending, which differs when the same message is sent again.
            String said = header == null
                    ? text.text()
                    : String.join(
                                    "\n",
                                    header.field(MessageHeader.SENDING_APPLICATION),
                                    header.field(MessageHeader.SENDING_FACILITY),
                                    header.controlId(),
                                    header.field(MessageHeader.MESSAGE_TYPE))
                            + text.segments().subList(1, text.segments().size());
            try {
                return HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8)),
                                0,
                                16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
