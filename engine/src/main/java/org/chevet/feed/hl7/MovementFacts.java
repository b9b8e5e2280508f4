package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.chevet.hospital.PointOfCare;
import org.chevet.occupancy.Timeline;
import org.jspecify.annotations.Nullable;

/** The movement that a message states, corrects or cancels. */
final class MovementFacts {
    /** PMSI: the French modes of leaving (ZFM-2) that are not an ordinary discharge. */
    private static final Map<String, Ending> EXIT_MODES =
            Map.of("0", Ending.TRANSFERRED_OUT, "7", Ending.TRANSFERRED_OUT, "9", Ending.DIED);

    private static final LocationMap.Found NOWHERE = new LocationMap.Found(Location.ELSEWHERE, null);

    private final StayMessage stay;

    MovementFacts(StayMessage stay) {
        this.stay = stay;
    }

    Command.Fact stated(MovementKind kind, PatientClass patientClass) {
        LocationMap.Found to = to(kind);
        return new Command.ReportMovement(stay.stay(), movement(kind, patientClass, to), to.unmapped());
    }

    /** @param natureStated whether the message says of what kind the movement is */
    Command.Fact corrected(MovementKind kind, PatientClass patientClass, boolean natureStated) {
        LocationMap.Found to = to(kind);
        return new Command.ReportCorrection(stay.stay(), movement(kind, patientClass, to), to.unmapped(), natureStated);
    }

    /**
     * PV1-3 of a cancellation is where the patient was before (PAM-FR 5.3.4): it is not read.
     *
     * @return null when it was received before
     */
    Command.@Nullable Fact cancelled(MovementKind... kinds) {
        List<MovementKind> meant = List.of(kinds);
        String number = stay.movementNumber();
        if (number == null && wasCancelledByThis(meant)) {
            return null;
        }
        MovementSegment segment = stay.segment();
        Instant at = segment == null ? null : segment.at();
        return new Command.ReportCancellation(
                stay.stay(), number, meant, at != null ? at : stay.occurredElse(stay.statedAt()), stay.statedAt());
    }

    /**
     * A change to inpatient may be the stay's first movement. Whether it is cannot be known when messages come in any order, and the
     * answer must be the same each time: who says where the patient was (PV1-6) states a transfer, who does not states an admission.
     */
    MovementKind kindOfChange() {
        PointOfCare prior = stay.visit().priorLocation();
        return prior.unit().isEmpty() && prior.room().isEmpty() && prior.bed().isEmpty()
                ? MovementKind.ADMISSION
                : MovementKind.TRANSFER;
    }

    private LocationMap.Found to(MovementKind kind) {
        return switch (kind) {
            case ADMISSION, TRANSFER, RETURN -> stay.place();
            case LEAVE, DISCHARGE -> NOWHERE;
        };
    }

    private Movement movement(MovementKind kind, PatientClass patientClass, LocationMap.Found to) {
        Instant at = effectiveAt(kind);
        String given = stay.movementNumber();
        String number = given != null
                ? given
                : MovementNumber.of(kind, at, stay.visit().location().unit());
        Ending stated = kind == MovementKind.DISCHARGE ? ending() : null;
        Ending ending = kind == MovementKind.DISCHARGE && stated == null ? Ending.DISCHARGED : stated;
        Movement movement = new Movement(number, kind, at, to.location(), patientClass, stay.statedAt(), ending);
        return ending != null && stated == null ? movement.withoutEnding() : movement;
    }

    private Instant effectiveAt(MovementKind kind) {
        MovementSegment segment = stay.segment();
        if (segment != null && segment.at() != null) {
            return segment.at();
        }
        Instant stamped = switch (kind) {
            case ADMISSION -> stay.visit().admittedAt();
            case DISCHARGE -> stay.visit().dischargedAt();
            case TRANSFER, LEAVE, RETURN -> null;
        };
        return stay.occurredElse(stamped != null ? stamped : stay.statedAt());
    }

    /** @return null when the message does not say */
    private @Nullable Ending ending() {
        AdtMessage message = stay.message();
        if (message.dead()) {
            return Ending.DIED;
        }
        Ending byMode = EXIT_MODES.get(message.exitMode());
        if (byMode != null) {
            return byMode;
        }
        String disposition = stay.visit().dischargeDisposition();
        Ending byDisposition = AdtFeedOptions.TABLE_0112.get(disposition);
        if (byDisposition != null) {
            return byDisposition;
        }
        if (!stay.visit().dischargedTo().isEmpty()) {
            return Ending.TRANSFERRED_OUT;
        }
        return disposition.isEmpty() && message.exitMode().isEmpty() ? null : Ending.DISCHARGED;
    }

    /**
     * A cancellation without a number means "the last one": said again under another message number it would take back one
     * more. It is the same when it was stated at the same moment about the same kind.
     */
    private boolean wasCancelledByThis(List<MovementKind> kinds) {
        if (stay.known() == null) {
            return false;
        }
        for (Timeline.Cancelled cancelled : stay.known().timeline().cancelled()) {
            for (MovementKind kind : kinds) {
                if (cancelled.statedAt().equals(stay.statedAt()) && MovementNumber.isOf(kind, cancelled.movement())) {
                    return true;
                }
            }
        }
        return false;
    }
}
