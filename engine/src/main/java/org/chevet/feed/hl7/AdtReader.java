package org.chevet.feed.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.ModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.event.PatientClass;
import org.chevet.event.QuarantineCause;
import org.chevet.feed.hl7.AdtMessage.BedStatusSegment;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.chevet.feed.hl7.AdtMessage.Visit;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.hospital.Patient;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Sex;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of any version and structure: segments are found by their names wherever they stand, and nothing is validated,
 * because real feeds are full of what the standard does not allow. HAPI does the cutting and the escapes. Thread-safe: one
 * message is read at a time.
 */
final class AdtReader {
    /** "Expected on Tuesday" means its noon. */
    static final int EXPECTED_HOUR_UNSTATED = 12;

    /** How long a segment that is read may be. Real ones have a few hundred characters. */
    static final int SEGMENT_CHARS_MAX = 8192;

    /** Into how many subcomponents: the parser's time grows with the square of their number. */
    static final int SEGMENT_SUBCOMPONENTS_MAX = 1000;

    /** How many movements one message may state. */
    static final int MOVEMENTS_MAX = 50;

    private static final int NAME_CHARS = 3;

    /** What is longer is cut, and told apart by a digest: the number itself must stay readable. */
    private static final int AUTHORITY_CHARS_MAX = 24;

    private static final Set<String> SEGMENTS_READ =
            Set.of("MSH", "EVN", "PID", "MRG", "PV1", "PV2", "NPU", "ZBE", "ZFM");

    private static final String HL7_NULL = "\"\"";

    private final ModelClassFactory segmentsOfAnyKind = new GenericModelClassFactory();
    private final PipeParser parser;
    private final Set<String> authorities;

    /** @param authorities as {@link AdtFeedOptions} has them */
    AdtReader(Set<String> authorities) {
        this.authorities = authorities;
        // No resource is behind a context that neither listens nor sends: there is nothing to close.
        @SuppressWarnings("resource")
        DefaultHapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation());
        context.setModelClassFactory(segmentsOfAnyKind);
        parser = context.getPipeParser();
    }

    /** @return why it cannot be read in a short time, null when it can */
    static @Nullable NotUnderstood tooLong(Hl7Text text, MessageHeader header) {
        for (String segment : segmentsRead(text)) {
            String name = segment.substring(0, Math.min(NAME_CHARS, segment.length()));
            if (segment.length() > SEGMENT_CHARS_MAX) {
                return tooLong(name, segment.length(), "characters", SEGMENT_CHARS_MAX);
            }
            long subcomponents = segment.chars()
                    .filter(c -> c == header.subcomponentSeparator())
                    .count();
            if (subcomponents > SEGMENT_SUBCOMPONENTS_MAX) {
                return tooLong(name, subcomponents, "subcomponents", SEGMENT_SUBCOMPONENTS_MAX);
            }
        }
        return null;
    }

    private static NotUnderstood tooLong(String segment, long length, String what, int max) {
        return new NotUnderstood(
                segment,
                Translation.Code.NOT_READABLE,
                "a segment " + segment + " has " + length + " " + what + ", at most " + max + " are read",
                new QuarantineCause(
                        QuarantineCause.Code.SEGMENT_TOO_LONG,
                        Map.of("segment", segment, "length", length + "", "lengthMax", max + "")));
    }

    /** The segments that matter, each once but for ZBE; of those one too many, so that it can be told. The rest may be long and is not cut. */
    private static List<String> segmentsRead(Hl7Text text) {
        List<String> kept = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int movements = 0;
        for (String segment : text.segments()) {
            String name = segment.substring(0, Math.min(NAME_CHARS, segment.length()));
            boolean wanted =
                    name.equals("ZBE") ? movements++ <= MOVEMENTS_MAX : SEGMENTS_READ.contains(name) && names.add(name);
            if (wanted) {
                kept.add(segment);
            }
        }
        return kept;
    }

    /**
     * @param text none of whose segments is {@link #tooLong}
     * @param header of the text
     * @throws HL7Exception when the text's structure cannot be made out
     */
    synchronized AdtMessage read(Hl7Text text, MessageHeader header, ZoneId zone) throws HL7Exception {
        Message message = new GenericMessage.V25(segmentsOfAnyKind);
        String read = String.join(String.valueOf(Hl7Text.SEGMENT_END), segmentsRead(text));
        parser.parse(message, header.withAllDelimiters(Escapes.resolve(read, header, text.charset())));
        ZoneOffset offset = Hl7Time.offset(header.component(MessageHeader.TIME, 1));
        return new Reading(message, header, offset == null ? zone : offset, authorities).toMessage();
    }

    /** One message being read. */
    private static final class Reading {
        private final Message message;
        private final MessageHeader header;
        private final ZoneId zone;
        private final Set<String> authorities;
        private final List<String> unreadableTimes = new ArrayList<>();

        /** @param zone of the times that carry no offset: where MSH-7 has one, it is the whole message's (v2.5, 2.15.9.7) */
        Reading(Message message, MessageHeader header, ZoneId zone, Set<String> authorities) {
            this.message = message;
            this.header = header;
            this.zone = zone;
            this.authorities = authorities;
        }

        AdtMessage toMessage() throws HL7Exception {
            Segment event = segment("EVN");
            Segment person = segment("PID");
            Segment bedStatus = segment("NPU");
            Instant recordedAt = time(event, 2, 0);
            List<MovementSegment> movements = new ArrayList<>();
            for (Segment movement : segments("ZBE")) {
                movements.add(movement(movement));
            }
            String trigger = header.trigger();
            return new AdtMessage(
                    header,
                    trigger.isEmpty() ? text(event, 1, 1) : trigger,
                    recordedAt != null ? recordedAt : Hl7Time.instant(header.component(MessageHeader.TIME, 1), zone),
                    time(event, 3, EXPECTED_HOUR_UNSTATED),
                    time(event, 6, 0),
                    patient(person),
                    isDead(person),
                    visit(person),
                    movements,
                    bedStatus == null ? null : new BedStatusSegment(place(bedStatus, 1), text(bedStatus, 2, 1)),
                    text(segment("ZFM"), 2, 1),
                    identifier(segment("MRG"), 1),
                    visitNumber(segment("MRG"), 5),
                    visitNumber(segment("MRG"), 3),
                    unreadableTimes);
        }

        private Patient patient(@Nullable Segment person) throws HL7Exception {
            return new Patient(
                    orNull(identifier(person, 3)),
                    orNull(text(person, 5, 1)),
                    orNull(text(person, 5, 2)),
                    switch (text(person, 8, 1)) {
                        case "F" -> Sex.FEMALE;
                        case "M" -> Sex.MALE;
                        default -> Sex.UNKNOWN;
                    },
                    Hl7Time.date(text(person, 7, 1)));
        }

        /** A CX: its number, with who gave it out. */
        private static String identifier(@Nullable Segment segment, int field) throws HL7Exception {
            String number = text(segment, field, 1);
            String authority = text(segment, field, 4);
            return number.isEmpty() || authority.isEmpty() ? number : number + "^^^" + authority;
        }

        /** A CX too: two authorities may give out the same number. Where no authority is named, it is the hospital's own. */
        private String visitNumber(@Nullable Segment segment, int field) throws HL7Exception {
            String number = text(segment, field, 1);
            String namespace = text(segment, field, 4);
            String objectId = text(segment, field, 4, 2);
            String authority = namespace.isEmpty() ? objectId : namespace;
            boolean ours = authorities.isEmpty()
                    || authority.isEmpty()
                    || authorities.contains(namespace)
                    || authorities.contains(objectId);
            if (number.isEmpty() || ours) {
                return number;
            }
            // The first colon is where the number begins, so the name keeps none.
            return MovementNumber.tidy(authority.replace(':', '|'), AUTHORITY_CHARS_MAX) + ":" + number;
        }

        private static boolean isDead(@Nullable Segment person) throws HL7Exception {
            String indicator = text(person, 30, 1);
            return indicator.equals("Y")
                    || (indicator.isEmpty() && !text(person, 29, 1).isEmpty());
        }

        private Visit visit(@Nullable Segment person) throws HL7Exception {
            Segment visit = segment("PV1");
            Segment more = segment("PV2");
            String number = visitNumber(visit, 19);
            String account = visitNumber(person, 18);
            return new Visit(
                    number.isEmpty() ? account : number,
                    account,
                    patientClass(text(visit, 2, 1)),
                    place(visit, 3),
                    place(visit, 6),
                    place(visit, 42),
                    text(visit, 10, 1),
                    text(visit, 36, 1),
                    text(visit, 37, 1),
                    time(visit, 44, 0),
                    time(visit, 45, 0),
                    time(more, 8, EXPECTED_HOUR_UNSTATED),
                    time(more, 9, EXPECTED_HOUR_UNSTATED));
        }

        private MovementSegment movement(Segment movement) throws HL7Exception {
            List<String> units = new ArrayList<>();
            for (int field : new int[] {8, 7}) {
                // XON: the unit's identifier is its component 10, its name component 1; older senders put the code
                // there.
                for (int component : new int[] {10, 1, 3}) {
                    String unit = text(movement, field, component);
                    if (!unit.isEmpty()) {
                        units.add(unit);
                    }
                }
            }
            String namespace = text(movement, 1, 2);
            return new MovementSegment(
                    text(movement, 1, 1),
                    namespace.isEmpty() ? text(movement, 1, 3) : namespace,
                    time(movement, 2, 0),
                    text(movement, 4, 1),
                    text(movement, 6, 1),
                    units);
        }

        /** HL7 table 0004; what a site adds to it is left for the event to decide. */
        private static @Nullable PatientClass patientClass(String code) {
            return switch (code) {
                case "I", "B" -> PatientClass.INPATIENT;
                case "E" -> PatientClass.EMERGENCY;
                case "O", "R" -> PatientClass.OUTPATIENT;
                default -> null;
            };
        }

        private static PointOfCare place(@Nullable Segment segment, int field) throws HL7Exception {
            return new PointOfCare(text(segment, field, 1), text(segment, field, 2), text(segment, field, 3));
        }

        private @Nullable Instant time(@Nullable Segment segment, int field, int hourUnstated) throws HL7Exception {
            String text = text(segment, field, 1);
            if (segment == null || text.isEmpty()) {
                return null;
            }
            Instant time = Hl7Time.instant(text, zone, hourUnstated);
            if (time == null) {
                unreadableTimes.add(segment.getName() + "-" + field + " (" + text.length() + " characters)");
            }
            return time;
        }

        /** The component's first subcomponent, in the field's first repetition. */
        private static String text(@Nullable Segment segment, int field, int component) throws HL7Exception {
            return text(segment, field, component, 1);
        }

        /** In the field's first repetition. */
        private static String text(@Nullable Segment segment, int field, int component, int subcomponent)
                throws HL7Exception {
            if (segment == null) {
                return "";
            }
            String value = Terser.get(segment, field, 0, component, subcomponent);
            return value == null || value.equals(HL7_NULL) ? "" : value.strip();
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }

        private @Nullable Segment segment(String name) throws HL7Exception {
            List<Segment> all = segments(name);
            return all.isEmpty() ? null : all.getFirst();
        }

        private List<Segment> segments(String name) throws HL7Exception {
            List<Segment> found = new ArrayList<>();
            // HAPI numbers the second of two separated groups of equal segments: PV1, then PV12.
            for (String candidate : message.getNames()) {
                if (candidate.startsWith(name)) {
                    for (Structure structure : message.getAll(candidate)) {
                        if (structure instanceof Segment segment
                                && segment.getName().equals(name)) {
                            found.add(segment);
                        }
                    }
                }
            }
            return found;
        }
    }
}
