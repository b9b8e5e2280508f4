package org.chevet.feed.hl7;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.StatedBedStatus;
import org.chevet.feed.hl7.AdtMessage.BedStatusSegment;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.chevet.feed.hl7.AdtMessage.Visit;
import org.chevet.feed.hl7.Translation.Code;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.feed.hl7.Translation.Stated;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * Turns a message into facts. A function of the message, the hospital's layout and what is known of the stay; without a clock, so
 * that the same message says the same whenever it comes. Knowing the stay serves only to leave alone what the message does not
 * speak of, and to tell patients without a bed from patients who need none; a movement's number and kind never depend on it.
 */
final class AdtTranslator {
    private static final DateTimeFormatter BASIC_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int UNIT_CHARS_MAX = 24;
    private static final int HASH_BYTES = 4;

    /** PMSI: the French modes of leaving (ZFM-2) that are not an ordinary discharge. */
    private static final Map<String, Ending> EXIT_MODES =
            Map.of("0", Ending.TRANSFERRED_OUT, "7", Ending.TRANSFERRED_OUT, "9", Ending.DIED);

    private static final LocationMap.Found NOWHERE = new LocationMap.Found(Location.ELSEWHERE, null);

    private final AdtFeedOptions options;

    AdtTranslator(AdtFeedOptions options) {
        this.options = options;
    }

    /** @param stays what is known of a stay, null when nothing is */
    Translation translate(AdtMessage message, LocationMap places, Function<StayId, @Nullable Stay> stays) {
        if (message.movements().size() > 1) {
            return new NotUnderstood(
                    "ZBE",
                    Code.SEGMENT_MISSING,
                    message.movements().size() + " ZBE segments in one message: send one movement per message");
        }
        MovementSegment segment =
                message.movements().isEmpty() ? null : message.movements().getFirst();
        Statement statement = Statement.of(message.trigger(), segment);
        if (statement == null) {
            return new NotForUs("event " + message.trigger() + " does not concern beds");
        }
        NotUnderstood wrong = segment == null ? null : wrongAction(message.trigger(), segment.action());
        wrong = wrong == null ? timeMissing(message) : wrong;
        if (wrong != null) {
            return wrong;
        }
        if (statement.subject() == Statement.Subject.BED_STATUS) {
            return bedStatus(message, places);
        }
        Visit visit = message.visit();
        if (visit.number().isEmpty()) {
            boolean concernsIdentity = statement.subject() == Statement.Subject.MERGE
                    || (statement.subject() == Statement.Subject.STAY
                            && !message.trigger().equals("A08"));
            return concernsIdentity
                    ? new NotForUs(
                            "event " + message.trigger() + " without a visit number concerns an identity, not a bed")
                    : new NotUnderstood(
                            "PV1-19",
                            Code.FIELD_MISSING,
                            "PV1-19 and PID-18 are empty: event " + message.trigger() + " needs the visit's number");
        }
        String number = visit.number();
        if (!Identifiers.isValid(number)) {
            return new NotUnderstood(
                    "PV1-19",
                    Code.NOT_READABLE,
                    "PV1-19 holds no visit number: its " + number.length() + " characters do not match "
                            + Identifiers.PATTERN);
        }
        StayId stay = new StayId(number);
        return new OfStay(message, statement, places, stay, stays.apply(stay)).translate();
    }

    private static @Nullable NotUnderstood wrongAction(String trigger, String action) {
        boolean known = action.isEmpty() || Statement.ACTIONS.contains(action);
        if (!known) {
            return new NotUnderstood(
                    "ZBE-4", Code.NOT_IN_TABLE, "ZBE-4 '" + action + "' is none of " + Statement.ACTIONS);
        }
        return trigger.equals("Z99") && action.equals("CANCEL")
                ? new NotUnderstood(
                        "ZBE-4",
                        Code.NOT_IN_TABLE,
                        "a Z99 cannot cancel (PAM-FR 5.3): send the event that cancels the movement, for example A12 for an A02")
                : null;
    }

    /** A movement at an unknown time cannot be put in order, and the time of its arrival would differ when it is sent again. */
    private static @Nullable NotUnderstood timeMissing(AdtMessage message) {
        for (String unreadable : message.unreadableTimes()) {
            if (unreadable.startsWith("ZBE-2 ") || unreadable.startsWith("EVN-2 ") || unreadable.startsWith("EVN-6 ")) {
                return new NotUnderstood(
                        unreadable.substring(0, unreadable.indexOf(' ')),
                        Code.NOT_READABLE,
                        unreadable + " is not a time: write it as YYYYMMDDHHMMSS");
            }
        }
        return message.statedAt() == null
                ? new NotUnderstood("EVN-2", Code.FIELD_MISSING, "neither EVN-2 nor MSH-7 says when this was stated")
                : null;
    }

    private Translation bedStatus(AdtMessage message, LocationMap places) {
        BedStatusSegment said = message.bedStatus();
        if (said == null) {
            return new NotUnderstood("NPU", Code.SEGMENT_MISSING, "event A20 needs an NPU segment");
        }
        StatedBedStatus status = options.bedStatusCodes().get(said.status());
        if (status == null) {
            return new NotUnderstood(
                    "NPU-2",
                    Code.NOT_IN_TABLE,
                    "bed status '" + said.status() + "' is none of "
                            + new TreeSet<>(options.bedStatusCodes().keySet())
                            + ". Maybe the site's own codes must be given in the feed's configuration.");
        }
        BedId bed = places.bed(said.location());
        if (bed == null) {
            return new NotUnderstood(
                    "NPU-1",
                    Code.UNKNOWN_KEY,
                    "bed '" + said.location()
                            + "' is not in the hospital's file. Maybe its HL7 location is missing there.");
        }
        Instant occurred = message.occurredAt();
        return new Stated(
                List.of(new Command.ReportBedStatus(bed, status, occurred != null ? occurred : stated(message))));
    }

    private static Instant stated(AdtMessage message) {
        Instant at = message.statedAt();
        if (at == null) {
            throw new IllegalStateException("a message without a time was not turned away");
        }
        return at;
    }

    /** What one message says of one stay. */
    private final class OfStay {
        private final AdtMessage message;
        private final Visit visit;
        private final Statement statement;
        private final LocationMap places;
        private final StayId stay;
        private final @Nullable Stay known;
        private final @Nullable MovementSegment segment;
        private final Instant statedAt;
        private final LocationMap.Found place;

        OfStay(AdtMessage message, Statement statement, LocationMap places, StayId stay, @Nullable Stay known) {
            this.message = message;
            this.visit = message.visit();
            this.statement = statement;
            this.places = places;
            this.stay = stay;
            this.known = known;
            this.segment = statement.segment();
            this.statedAt = stated(message);
            this.place = places.find(visit.location(), segment == null ? List.of() : segment.units());
        }

        Translation translate() {
            return switch (statement.action()) {
                case INSERT -> insert();
                case UPDATE -> update();
                case CANCEL -> cancel();
            };
        }

        private Translation insert() {
            return switch (statement.subject()) {
                case ADMISSION -> admission(PatientClass.INPATIENT);
                case REGISTRATION -> admission(PatientClass.EMERGENCY);
                case PREADMISSION -> new Stated(withPlan(List.of(report(PatientClass.INPATIENT))));
                case STAY -> new Stated(withPlan(List.of(report(classKnown()))));
                case TRANSFER -> transfer();
                case CHANGE_TO_INPATIENT -> changeToInpatient();
                case CHANGE_TO_OUTPATIENT -> changeToOutpatient();
                case DISCHARGE -> discharge();
                case LEAVE -> moved(MovementKind.LEAVE, classStated(classKnown()), NOWHERE);
                case RETURN -> moved(MovementKind.RETURN, classStated(classKnown()), place);
                case DISCHARGE_PLAN -> dischargePlan();
                case MERGE -> merge();
                case BED_STATUS -> throw new IllegalStateException("a bed's status is of no stay");
            };
        }

        private Translation admission(PatientClass usual) {
            PatientClass patientClass = classStated(usual);
            Command.Fact registration = report(patientClass);
            boolean registeredOnly = !place.inAService()
                    && (patientClass == PatientClass.OUTPATIENT
                            || statement.subject() == Statement.Subject.REGISTRATION);
            return new Stated(
                    registeredOnly
                            ? List.of(registration)
                            : withPlan(List.of(
                                    registration, movement(MovementKind.ADMISSION, patientClass, place, null))));
        }

        private Translation transfer() {
            PatientClass patientClass = classStated(classKnown());
            if (place.location().equals(Location.ELSEWHERE) && place.unmapped() == null) {
                return new NotUnderstood(
                        "PV1-3", Code.FIELD_MISSING, "PV1-3, ZBE-7 and ZBE-8 are empty: a transfer must say where to");
            }
            if (patientClass == PatientClass.OUTPATIENT && !place.inAService() && !hasMovements()) {
                return new NotForUs("an outpatient moves between places that are not in the hospital's file");
            }
            return moved(MovementKind.TRANSFER, patientClass, place);
        }

        /**
         * Whether this is the first movement cannot be known when messages come in any order, and the answer must be the same
         * each time: who says where the patient was (PV1-6) states a transfer, who does not states an admission.
         */
        private Translation changeToInpatient() {
            return new Stated(withPlan(List.of(
                    report(PatientClass.INPATIENT), movement(kindOfChange(), PatientClass.INPATIENT, place, null))));
        }

        private MovementKind kindOfChange() {
            PointOfCare prior = visit.priorLocation();
            return prior.unit().isEmpty()
                            && prior.room().isEmpty()
                            && prior.bed().isEmpty()
                    ? MovementKind.ADMISSION
                    : MovementKind.TRANSFER;
        }

        private Translation changeToOutpatient() {
            if (!place.inAService() && known != null && !hasMovements()) {
                return new Stated(List.of(report(PatientClass.OUTPATIENT)));
            }
            return moved(MovementKind.TRANSFER, PatientClass.OUTPATIENT, place);
        }

        private Translation discharge() {
            PatientClass patientClass = visit.patientClass();
            boolean neverHere = known == null ? patientClass == PatientClass.OUTPATIENT : !hasMovements();
            if (neverHere && !place.inAService() && patientClass != null && patientClass != PatientClass.INPATIENT) {
                return new NotForUs("the end of a visit that took no place in the hospital's file");
            }
            Ending ending = ending();
            return new Stated(List.of(movement(
                    MovementKind.DISCHARGE,
                    classStated(classKnown()),
                    NOWHERE,
                    ending == null ? Ending.DISCHARGED : ending)));
        }

        private Translation dischargePlan() {
            Instant expected = message.plannedAt();
            if (expected == null) {
                expected = visit.dischargeExpected();
            }
            if (expected == null && segment != null) {
                expected = segment.at();
            }
            return expected == null
                    ? new NotUnderstood(
                            "EVN-3",
                            Code.FIELD_MISSING,
                            "EVN-3 and PV2-9 are empty: event A16 must say when the patient leaves")
                    : plan(expected);
        }

        private Translation plan(@Nullable Instant expected) {
            return laterPlanKnown()
                    ? new NotForUs("a later statement of the expected discharge is known")
                    : new Stated(List.of(new Command.ReportDischargePlan(stay, expected, statedAt)));
        }

        private boolean laterPlanKnown() {
            return known != null
                    && !known.plans().isEmpty()
                    && known.plans().getLast().statedAt().isAfter(statedAt);
        }

        private Translation merge() {
            String number = message.priorVisitNumber();
            if (number.isEmpty() || number.equals(visit.number())) {
                return new NotForUs("event " + message.trigger() + " joins identities, not visits");
            }
            if (!Identifiers.isValid(number)) {
                return new NotUnderstood(
                        "MRG-5",
                        Code.NOT_READABLE,
                        "MRG-5 holds no visit number: its " + number.length() + " characters do not match "
                                + Identifiers.PATTERN);
            }
            return new Stated(List.of(new Command.ReportMerge(new StayId(number), stay, statedAt)));
        }

        private Translation update() {
            return switch (statement.subject()) {
                case PREADMISSION -> new Stated(withPlan(List.of(report(PatientClass.INPATIENT))));
                case DISCHARGE_PLAN -> dischargePlan();
                case MERGE -> merge();
                case BED_STATUS -> throw new IllegalStateException("a bed's status is of no stay");
                case STAY,
                        ADMISSION,
                        REGISTRATION,
                        TRANSFER,
                        CHANGE_TO_INPATIENT,
                        CHANGE_TO_OUTPATIENT,
                        DISCHARGE,
                        LEAVE,
                        RETURN -> correction();
            };
        }

        /** The movement as it now is; what this message leaves out stays as it was. */
        private Translation correction() {
            String number = segment == null || segment.id().isEmpty() ? null : movementNumber(segment);
            Movement before =
                    number == null || known == null ? null : known.timeline().find(number);
            MovementKind kind = correctedKind(before);
            boolean registeredOnly = before == null
                    && !place.inAService()
                    && (statement.subject() == Statement.Subject.REGISTRATION
                            || classStated(classKnown()) == PatientClass.OUTPATIENT);
            if (number == null || kind == null || registeredOnly) {
                return new Stated(withPlan(List.of(report(classKnown()))));
            }
            LocationMap.Found to = kind == MovementKind.DISCHARGE || kind == MovementKind.LEAVE ? NOWHERE : place;
            Movement corrected = new Movement(
                    number,
                    kind,
                    effectiveAt(kind),
                    to.location(),
                    correctedClass(before),
                    statedAt,
                    correctedEnding(kind, before));
            return new Stated(withPlan(List.of(new Command.ReportCorrection(stay, corrected, to.unmapped()))));
        }

        private @Nullable MovementKind correctedKind(@Nullable Movement before) {
            MovementKind keptKind = before == null ? null : before.kind();
            return switch (statement.subject()) {
                case ADMISSION, REGISTRATION -> MovementKind.ADMISSION;
                case TRANSFER, CHANGE_TO_OUTPATIENT -> MovementKind.TRANSFER;
                case CHANGE_TO_INPATIENT -> keptKind != null ? keptKind : kindOfChange();
                case DISCHARGE -> MovementKind.DISCHARGE;
                case LEAVE -> MovementKind.LEAVE;
                case RETURN -> MovementKind.RETURN;
                case STAY -> keptKind;
                case PREADMISSION, DISCHARGE_PLAN, MERGE, BED_STATUS -> null;
            };
        }

        private PatientClass correctedClass(@Nullable Movement before) {
            return switch (statement.subject()) {
                case CHANGE_TO_INPATIENT -> PatientClass.INPATIENT;
                case CHANGE_TO_OUTPATIENT -> PatientClass.OUTPATIENT;
                default -> classStated(before != null ? before.patientClass() : classKnown());
            };
        }

        private @Nullable Ending correctedEnding(MovementKind kind, @Nullable Movement before) {
            if (kind != MovementKind.DISCHARGE) {
                return null;
            }
            Ending ending = ending();
            if (ending != null) {
                return ending;
            }
            return before != null && before.ending() != null ? before.ending() : Ending.DISCHARGED;
        }

        /** PV1-3 of a cancellation is where the patient was before (PAM-FR 5.3.4): it is not read. */
        private Translation cancel() {
            return switch (statement.subject()) {
                case PREADMISSION -> new Stated(List.of(new Command.ReportRegistrationCancelled(stay, statedAt)));
                case DISCHARGE_PLAN -> plan(null);
                case ADMISSION, REGISTRATION -> cancelAdmission();
                case TRANSFER, CHANGE_TO_OUTPATIENT -> cancelMovement(MovementKind.TRANSFER);
                case CHANGE_TO_INPATIENT -> cancelMovement(MovementKind.TRANSFER, MovementKind.ADMISSION);
                case DISCHARGE -> cancelMovement(MovementKind.DISCHARGE);
                case LEAVE -> cancelMovement(MovementKind.LEAVE);
                case RETURN -> cancelMovement(MovementKind.RETURN);
                case STAY, MERGE, BED_STATUS ->
                    new NotForUs("event " + message.trigger() + " cancels nothing about beds");
            };
        }

        private Translation cancelAdmission() {
            boolean numbered = segment != null && !segment.id().isEmpty();
            if (known != null
                    && !hasMovements()
                    && (!numbered || statement.subject() == Statement.Subject.REGISTRATION)) {
                return new Stated(List.of(new Command.ReportRegistrationCancelled(stay, statedAt)));
            }
            return cancelMovement(MovementKind.ADMISSION);
        }

        private Translation cancelMovement(MovementKind... kinds) {
            List<MovementKind> meant = List.of(kinds);
            String number = segment == null || segment.id().isEmpty() ? null : movementNumber(segment);
            if (number == null && wasCancelledByThis(meant)) {
                return new NotForUs("this cancellation was received before");
            }
            Instant at = segment == null ? null : segment.at();
            return new Stated(List.of(new Command.ReportCancellation(
                    stay, number, meant, at != null ? at : occurredElse(statedAt), statedAt)));
        }

        /**
         * A cancellation without a number means "the last one": said again under another message number it would take back one
         * more. It is the same when it was stated at the same moment about the same kind.
         */
        private boolean wasCancelledByThis(List<MovementKind> kinds) {
            if (known == null) {
                return false;
            }
            for (Timeline.Cancelled cancelled : known.timeline().cancelled()) {
                for (MovementKind kind : kinds) {
                    if (cancelled.statedAt().equals(statedAt)
                            && cancelled.movement().startsWith(kind.name() + ".")) {
                        return true;
                    }
                }
            }
            return false;
        }

        private Translation moved(MovementKind kind, PatientClass patientClass, LocationMap.Found to) {
            return new Stated(List.of(movement(kind, patientClass, to, null)));
        }

        private Command.Fact movement(
                MovementKind kind, PatientClass patientClass, LocationMap.Found to, @Nullable Ending ending) {
            Instant at = effectiveAt(kind);
            String number = segment != null && !segment.id().isEmpty() ? movementNumber(segment) : numberFor(kind, at);
            return new Command.ReportMovement(
                    stay, new Movement(number, kind, at, to.location(), patientClass, statedAt, ending), to.unmapped());
        }

        private String movementNumber(MovementSegment numbered) {
            return tidy(
                    numbered.authority().isEmpty() ? numbered.id() : numbered.id() + "." + numbered.authority(),
                    Identifiers.IDENTIFIER_CHARS_MAX);
        }

        /**
         * For senders that do not number movements: nature, time and unit, which no two movements of a stay share (PAM-FR
         * 5.3.2). Not the bed: who gives it later states the same movement again. Not the message's number: the same fact sent
         * twice is one.
         */
        private String numberFor(MovementKind kind, Instant at) {
            String number = kind.name() + "." + BASIC_TIME.format(at);
            boolean placed = kind == MovementKind.ADMISSION || kind == MovementKind.TRANSFER;
            String unit = visit.location().unit();
            return placed && !unit.isEmpty() ? number + "." + tidy(unit, UNIT_CHARS_MAX) : number;
        }

        private Instant effectiveAt(MovementKind kind) {
            if (segment != null && segment.at() != null) {
                return segment.at();
            }
            Instant stamped = switch (kind) {
                case ADMISSION -> visit.admittedAt();
                case DISCHARGE -> visit.dischargedAt();
                case TRANSFER, LEAVE, RETURN -> null;
            };
            return occurredElse(stamped != null ? stamped : statedAt);
        }

        private Instant occurredElse(Instant other) {
            Instant occurred = message.occurredAt();
            return occurred != null ? occurred : other;
        }

        private Command.Fact report(PatientClass usual) {
            return new Command.ReportStay(
                    stay,
                    message.patient(),
                    needs(),
                    statement.subject() == Statement.Subject.CHANGE_TO_INPATIENT
                            ? PatientClass.INPATIENT
                            : statement.subject() == Statement.Subject.CHANGE_TO_OUTPATIENT
                                    ? PatientClass.OUTPATIENT
                                    : classStated(usual),
                    expectedArrival(),
                    statedAt);
        }

        /**
         * The responsible specialty is the message's (PV1-10), else the first one of the service that the patient enters. Whatever
         * else is known of the needs, people said it, and a message does not unsay it.
         */
        private @Nullable CareNeeds needs() {
            String stated = visit.hospitalService();
            boolean statedHere = places.hospital().specialties().containsKey(stated);
            CareNeeds before = known == null ? null : known.needs();
            String specialtyBefore = before == null ? null : before.specialty();
            String specialty = statedHere ? stated : specialtyBefore;
            if (specialty == null) {
                Service entered =
                        statement.subject() == Statement.Subject.PREADMISSION ? null : places.service(place.location());
                specialty = entered == null || entered.specialties().isEmpty()
                        ? null
                        : entered.specialties().getFirst();
            }
            CareNeeds base = before == null ? CareNeeds.UNSPECIFIED : before;
            CareNeeds needs = new CareNeeds(
                    specialty,
                    base.levelOfCare(),
                    base.isolation(),
                    base.sex() != Sex.UNKNOWN ? base.sex() : message.patient().sex(),
                    base.ageYears() != null ? base.ageYears() : ageYears(),
                    base.equipmentRequired(),
                    base.equipmentPreferred(),
                    base.singleRoom());
            return needs.equals(before) ? null : needs;
        }

        private @Nullable Integer ageYears() {
            LocalDate born = message.patient().birthDate();
            if (born == null) {
                return null;
            }
            LocalDate then = statedAt.atZone(places.hospital().zone()).toLocalDate();
            int years = Period.between(born, then).getYears();
            return born.isAfter(then) || years > AgeRange.AGE_YEARS_MAX ? null : years;
        }

        /** @return null when the message does not say, which leaves what was known */
        private @Nullable Instant expectedArrival() {
            return switch (statement.subject()) {
                case PREADMISSION -> {
                    Instant planned =
                            message.plannedAt() != null || segment == null ? message.plannedAt() : segment.at();
                    yield visit.admissionExpected() != null ? visit.admissionExpected() : planned;
                }
                case STAY -> isAwaited() ? visit.admissionExpected() : null;
                default -> null;
            };
        }

        /** PV2-8 goes on being sent once the patient is here. */
        private boolean isAwaited() {
            return known != null && known.expectedArrival() != null && !hasMovements();
        }

        /** PV2-9 of any message is a plan too, unless a later one is known. */
        private List<Command.Fact> withPlan(List<Command.Fact> facts) {
            Instant expected = visit.dischargeExpected();
            if (expected == null || laterPlanKnown()) {
                return facts;
            }
            List<Command.Fact> all = new ArrayList<>(facts);
            all.add(new Command.ReportDischargePlan(stay, expected, statedAt));
            return all;
        }

        /** @return null when the message does not say */
        private @Nullable Ending ending() {
            if (message.dead()) {
                return Ending.DIED;
            }
            Ending byMode = EXIT_MODES.get(message.exitMode());
            if (byMode != null) {
                return byMode;
            }
            Ending byDisposition = AdtFeedOptions.TABLE_0112.get(visit.dischargeDisposition());
            if (byDisposition != null) {
                return byDisposition;
            }
            if (!visit.dischargedTo().isEmpty()) {
                return Ending.TRANSFERRED_OUT;
            }
            return visit.dischargeDisposition().isEmpty() && message.exitMode().isEmpty() ? null : Ending.DISCHARGED;
        }

        private PatientClass classStated(PatientClass usual) {
            PatientClass stated = visit.patientClass();
            return stated == null ? usual : stated;
        }

        private PatientClass classKnown() {
            return known == null ? PatientClass.INPATIENT : known.currentClass();
        }

        private boolean hasMovements() {
            return known != null && !known.timeline().isEmpty();
        }
    }

    /** As an identifier: what is not allowed in one, or too long, is replaced by a digest that keeps different texts different. */
    private static String tidy(String text, int charsMax) {
        String allowed = text.replaceAll("[^A-Za-z0-9._:-]", "_");
        if (allowed.equals(text) && text.length() <= charsMax) {
            return text;
        }
        String digest = "-" + digest(text);
        return allowed.substring(0, Math.min(allowed.length(), charsMax - digest.length())) + digest;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
