package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.chevet.event.Command;
import org.chevet.event.QuarantineCause;
import org.chevet.event.StatedBedStatus;
import org.chevet.feed.FeedCounts.Ignored;
import org.chevet.feed.hl7.AdtMessage.BedStatusSegment;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.chevet.feed.hl7.Translation.Code;
import org.chevet.feed.hl7.Translation.NotAcceptable;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.feed.hl7.Translation.Stated;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/**
 * Turns a message into facts. A function of the message and the hospital's layout, without a clock, so that the same message says
 * the same whenever it comes. What is known of the stay serves only where a message leaves out the patient class, or cancels a
 * movement without naming it.
 */
final class AdtTranslator {
    private final AdtFeedOptions options;

    AdtTranslator(AdtFeedOptions options) {
        this.options = options;
    }

    /** @param stays what is known of a stay, null when nothing is */
    Translation translate(AdtMessage message, LocationMap places, Function<StayId, @Nullable Stay> stays) {
        List<Statement> statements = new ArrayList<>();
        for (MovementSegment segment : message.movements()) {
            addTo(statements, Statement.of(message.trigger(), segment));
        }
        if (message.movements().isEmpty()) {
            addTo(statements, Statement.of(message.trigger(), null));
        }
        if (statements.isEmpty()) {
            return new NotForUs(Ignored.UNKNOWN_TRIGGER, "event " + message.trigger() + " is none that we know");
        }
        NotUnderstood wrong = wrong(message);
        if (wrong != null) {
            return wrong;
        }
        return switch (statements.getFirst().subject()) {
            case NO_BED -> new NotForUs(Ignored.NO_BED, "event " + message.trigger() + " does not concern beds");
            case SWAP ->
                new NotUnderstood(
                        "",
                        Code.INTERNAL,
                        "event A17 swaps two patients, and is not read: send an A02 for each",
                        QuarantineCause.of(QuarantineCause.Code.SWAP_NOT_READ));
            case BED_STATUS -> bedStatus(message, places);
            case IDENTITY, VISIT_MERGE, VISIT_MOVE -> identity(message, statements.getFirst(), places);
            case ADMISSION,
                    REGISTRATION,
                    PREADMISSION,
                    TRANSFER,
                    PENDING_TRANSFER,
                    CHANGE_TO_INPATIENT,
                    CHANGE_TO_OUTPATIENT,
                    DISCHARGE,
                    LEAVE,
                    RETURN,
                    DISCHARGE_PLAN,
                    STAY -> visit(message, statements, places, stays);
        };
    }

    private static void addTo(List<Statement> statements, @Nullable Statement statement) {
        if (statement != null) {
            statements.add(statement);
        }
    }

    private static @Nullable NotUnderstood wrong(AdtMessage message) {
        if (message.movements().size() > AdtReader.MOVEMENTS_MAX) {
            return new NotUnderstood(
                    "ZBE",
                    Code.SEGMENT_MISSING,
                    "more than " + AdtReader.MOVEMENTS_MAX + " ZBE segments in one message: send them in several",
                    QuarantineCause.of(
                            QuarantineCause.Code.TOO_MANY_MOVEMENTS, "movementsMax", AdtReader.MOVEMENTS_MAX + ""));
        }
        for (MovementSegment segment : message.movements()) {
            NotUnderstood wrong = wrongAction(message.trigger(), segment);
            if (wrong != null) {
                return wrong;
            }
        }
        return wrongTime(message);
    }

    private static @Nullable NotUnderstood wrongAction(String trigger, MovementSegment segment) {
        String action = segment.action();
        if (!action.isEmpty() && !Statement.ACTIONS.contains(action)) {
            return new NotUnderstood(
                    "ZBE-4",
                    Code.NOT_IN_TABLE,
                    "ZBE-4 '" + action + "' is none of " + Statement.ACTIONS,
                    QuarantineCause.of(QuarantineCause.Code.ACTION_UNKNOWN));
        }
        if (!trigger.equals("Z99") || !action.equals("CANCEL")) {
            return null;
        }
        String instead = Statement.cancelling(segment.originalTrigger());
        return new NotUnderstood(
                "ZBE-4",
                Code.NOT_IN_TABLE,
                "a Z99 cannot cancel (PAM-FR 5.3): send "
                        + (instead.isEmpty()
                                ? "the event that cancels the movement, for example A12 for an A02"
                                : "an " + instead + " with ZBE-4 = CANCEL"),
                QuarantineCause.of(QuarantineCause.Code.Z99_CANNOT_CANCEL, "instead", instead));
    }

    /** A movement at an unknown time cannot be put in order, and the time of its arrival would differ when it is sent again. */
    private static @Nullable NotUnderstood wrongTime(AdtMessage message) {
        for (String unreadable : message.unreadableTimes()) {
            if (unreadable.startsWith("ZBE-2 ") || unreadable.startsWith("EVN-2 ") || unreadable.startsWith("EVN-6 ")) {
                String field = unreadable.substring(0, unreadable.indexOf(' '));
                return new NotUnderstood(
                        field,
                        Code.NOT_READABLE,
                        unreadable + " is not a time: write it as YYYYMMDDHHMMSS",
                        QuarantineCause.of(QuarantineCause.Code.TIME_NOT_READABLE, "field", field));
            }
        }
        return message.statedAt() == null
                ? new NotUnderstood(
                        "EVN-2",
                        Code.FIELD_MISSING,
                        "neither EVN-2 nor MSH-7 says when this was stated",
                        QuarantineCause.of(QuarantineCause.Code.TIME_MISSING))
                : null;
    }

    private Translation bedStatus(AdtMessage message, LocationMap places) {
        BedStatusSegment said = message.bedStatus();
        if (said == null) {
            return new NotUnderstood(
                    "NPU",
                    Code.SEGMENT_MISSING,
                    "event A20 needs an NPU segment",
                    QuarantineCause.of(QuarantineCause.Code.SEGMENT_MISSING, "segment", "NPU", "trigger", "A20"));
        }
        StatedBedStatus status = options.bedStatusCodes().get(said.status());
        if (status == null) {
            return new NotUnderstood(
                    "NPU-2",
                    Code.NOT_IN_TABLE,
                    "bed status '" + said.status() + "' is none of "
                            + new TreeSet<>(options.bedStatusCodes().keySet())
                            + ". Maybe the site's own codes must be given in the feed's configuration.",
                    QuarantineCause.of(QuarantineCause.Code.BED_STATUS_UNKNOWN, "status", said.status()));
        }
        BedId bed = places.bed(said.location());
        if (bed == null) {
            String location = said.location().toString();
            return new NotUnderstood(
                    "NPU-1",
                    Code.UNKNOWN_KEY,
                    "bed '" + location + "' is not in the hospital's file. Maybe its HL7 location is missing there.",
                    QuarantineCause.of(QuarantineCause.Code.BED_UNKNOWN, "location", location));
        }
        Instant occurred = message.occurredAt();
        return new Stated(
                List.of(new Command.ReportBedStatus(bed, status, occurred != null ? occurred : stated(message))));
    }

    private static Translation identity(AdtMessage message, Statement statement, LocationMap places) {
        Instant statedAt = stated(message);
        IdentityFacts facts = new IdentityFacts(message, statedAt);
        return switch (statement.subject()) {
            case VISIT_MOVE -> {
                StayId stay = facts.movedVisit();
                yield stay == null
                        ? facts.ofPatient()
                        : facts.moved(of(message, statement, stay, statedAt, places, null, false));
            }
            default -> facts.joined(statement.subject() == Statement.Subject.IDENTITY);
        };
    }

    private static Translation visit(
            AdtMessage message,
            List<Statement> statements,
            LocationMap places,
            Function<StayId, @Nullable Stay> stays) {
        String number = message.visit().number();
        if (number.isEmpty()) {
            boolean ofAPerson =
                    message.trigger().equals("A31") || message.trigger().equals("Z99");
            return ofAPerson
                    ? new IdentityFacts(message, stated(message)).ofPatient()
                    : NotUnderstood.fieldMissing(
                            "PV1-19",
                            message.trigger(),
                            "PV1-19 and PID-18 are empty: event " + message.trigger() + " needs the visit's number");
        }
        if (!Identifiers.isValid(number)) {
            return IdentityFacts.notAVisitNumber("PV1-19", number);
        }
        StayId stay = new StayId(number);
        Stay known = stays.apply(stay);
        Statement current = currentOf(statements);
        List<Command.Fact> facts = new ArrayList<>();
        Translation other = null;
        for (Statement statement : statements) {
            StayMessage part = of(message, statement, stay, stated(message), places, known, statement != current);
            switch (new VisitFacts(part).translate()) {
                case Stated stated ->
                    stated.facts().stream()
                            .filter(fact -> !facts.contains(fact))
                            .forEach(facts::add);
                case NotForUs nothing -> other = other == null ? nothing : other;
                case NotUnderstood wrong -> {
                    return wrong;
                }
                case NotAcceptable wrong -> {
                    return wrong;
                }
            }
        }
        return facts.isEmpty() && other != null ? other : new Stated(facts);
    }

    /** The movement that PV1-3 speaks of, when a message has several: the last to take effect. */
    private static Statement currentOf(List<Statement> statements) {
        return statements.stream()
                .max(Comparator.comparing(AdtTranslator::effectiveAt))
                .orElseThrow();
    }

    private static Instant effectiveAt(Statement statement) {
        MovementSegment segment = statement.segment();
        return segment == null || segment.at() == null ? Instant.MIN : segment.at();
    }

    private static StayMessage of(
            AdtMessage message,
            Statement statement,
            StayId stay,
            Instant statedAt,
            LocationMap places,
            @Nullable Stay known,
            boolean past) {
        MovementSegment segment = statement.segment();
        PointOfCare location =
                past ? new PointOfCare("", "", "") : message.visit().location();
        LocationMap.Found place = places.find(location, segment == null ? List.of() : segment.units());
        return new StayMessage(message, statement, stay, statedAt, places, place, known);
    }

    private static Instant stated(AdtMessage message) {
        Instant at = message.statedAt();
        if (at == null) {
            throw new IllegalStateException("a message without a time was not turned away");
        }
        return at;
    }
}
