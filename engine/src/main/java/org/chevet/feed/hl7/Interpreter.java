package org.chevet.feed.hl7;

import ca.uhn.hl7v2.HL7Exception;
import org.chevet.event.QuarantineCause;
import org.chevet.feed.FeedCounts;
import org.chevet.feed.hl7.Translation.NotAcceptable;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a received text means to the hospital as it now is. Never fails. Thread-safe. */
final class Interpreter {
    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

    private final String feed;
    private final FactDoor door;
    private final AdtFeedOptions options;
    private final AdtReader reader;
    private final AdtTranslator translator;
    private volatile @Nullable LocationMap places;

    Interpreter(String feed, FactDoor door, AdtFeedOptions options) {
        this.feed = feed;
        this.door = door;
        this.options = options;
        this.reader = new AdtReader(options.authorities());
        this.translator = new AdtTranslator(options);
    }

    Translation interpret(Hl7Text text) {
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
            LOG.error("feed {} failed on a message: {}", feed, withoutContent(bug));
            return failed(bug);
        }
    }

    static NotUnderstood failed(Throwable cause) {
        String failure = cause.getClass().getSimpleName();
        return new NotUnderstood(
                "",
                Translation.Code.INTERNAL,
                "Chevet failed on this message (" + failure + "). Maybe report it to its makers.",
                QuarantineCause.of(QuarantineCause.Code.FAILED, "failure", failure));
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
    static String withoutContent(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
