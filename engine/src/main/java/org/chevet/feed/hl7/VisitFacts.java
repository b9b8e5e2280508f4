package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.feed.FeedCounts.Ignored;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.feed.hl7.Translation.Stated;
import org.jspecify.annotations.Nullable;

/** What one message, or one of its movements, states of one visit. */
final class VisitFacts {
    private final StayMessage stay;
    private final MovementFacts movement;
    private final PaperFacts papers;

    VisitFacts(StayMessage stay) {
        this.stay = stay;
        this.movement = new MovementFacts(stay);
        this.papers = new PaperFacts(stay);
    }

    Translation translate() {
        return switch (stay.statement().action()) {
            case INSERT -> insert();
            case UPDATE -> update();
            case CANCEL -> cancel();
        };
    }

    private Translation insert() {
        PatientClass stated = stay.visit().patientClass();
        return switch (stay.statement().subject()) {
            case ADMISSION -> admission(stay.classStated(PatientClass.INPATIENT), false);
            case REGISTRATION -> admission(stay.classStated(PatientClass.EMERGENCY), true);
            case PREADMISSION -> planned(papers.stay(stay.classStated(PatientClass.INPATIENT)));
            case STAY -> planned(papers.stay(stated));
            case TRANSFER -> transfer();
            case PENDING_TRANSFER -> new Stated(List.of(papers.pendingTransfer()));
            case CHANGE_TO_INPATIENT ->
                planned(
                        papers.stay(PatientClass.INPATIENT),
                        movement.stated(movement.kindOfChange(), PatientClass.INPATIENT));
            case CHANGE_TO_OUTPATIENT ->
                planned(
                        papers.stay(PatientClass.OUTPATIENT),
                        movement.stated(MovementKind.TRANSFER, PatientClass.OUTPATIENT));
            case DISCHARGE -> new Stated(List.of(movement.stated(MovementKind.DISCHARGE, stay.classStated())));
            case LEAVE -> new Stated(List.of(movement.stated(MovementKind.LEAVE, stay.classStated())));
            case RETURN -> new Stated(List.of(movement.stated(MovementKind.RETURN, stay.classStated())));
            case DISCHARGE_PLAN -> dischargePlan();
            case IDENTITY, VISIT_MERGE, VISIT_MOVE, SWAP, BED_STATUS, NO_BED -> throw notOfAVisit();
        };
    }

    /**
     * Who is only registered, at a place that is not in the hospital's file, has no movement in it, but at the emergency department: it need
     * not be in the file, and whoever comes to it is in the hospital.
     */
    private Translation admission(PatientClass patientClass, boolean registration) {
        boolean registeredOnly = !stay.place().inAService()
                && (registration && stay.visit().patientClass() != PatientClass.EMERGENCY
                        || patientClass == PatientClass.OUTPATIENT);
        Command.Fact registered = papers.stay(patientClass);
        return registeredOnly
                ? new Stated(List.of(registered))
                : planned(registered, movement.stated(MovementKind.ADMISSION, patientClass));
    }

    private Translation transfer() {
        LocationMap.Found place = stay.place();
        return place.location().equals(Location.ELSEWHERE) && place.unmapped() == null
                ? NotUnderstood.fieldMissing(
                        "PV1-3", "A02", "PV1-3, ZBE-7 and ZBE-8 are empty: a transfer must say where to")
                : new Stated(List.of(movement.stated(MovementKind.TRANSFER, stay.classStated())));
    }

    private Translation dischargePlan() {
        Instant expected = papers.dischargePlanned();
        return expected == null
                ? NotUnderstood.fieldMissing(
                        "EVN-3", "A16", "EVN-3 and PV2-9 are empty: event A16 must say when the patient leaves")
                : new Stated(List.of(papers.plan(expected)));
    }

    private Translation update() {
        boolean numbered = stay.movementNumber() != null;
        return switch (stay.statement().subject()) {
            case PREADMISSION -> planned(papers.stay(stay.visit().patientClass()));
            case PENDING_TRANSFER -> new Stated(List.of(papers.pendingTransfer()));
            case DISCHARGE_PLAN -> dischargePlan();
            case STAY -> correction(numbered, MovementKind.TRANSFER, stay.classStated());
            case ADMISSION, REGISTRATION -> correction(numbered, MovementKind.ADMISSION, stay.classStated());
            case TRANSFER -> correction(numbered, MovementKind.TRANSFER, stay.classStated());
            case CHANGE_TO_INPATIENT -> correction(numbered, movement.kindOfChange(), PatientClass.INPATIENT);
            case CHANGE_TO_OUTPATIENT -> correction(numbered, MovementKind.TRANSFER, PatientClass.OUTPATIENT);
            case DISCHARGE -> correction(numbered, MovementKind.DISCHARGE, stay.classStated());
            case LEAVE -> correction(numbered, MovementKind.LEAVE, stay.classStated());
            case RETURN -> correction(numbered, MovementKind.RETURN, stay.classStated());
            case IDENTITY, VISIT_MERGE, VISIT_MOVE, SWAP, BED_STATUS, NO_BED -> throw notOfAVisit();
        };
    }

    /** The movement as it now is, and the stay: the French profile has no A08, so what changed besides comes with a Z99. */
    private Translation correction(boolean numbered, MovementKind kind, PatientClass patientClass) {
        List<Command.Fact> facts = new ArrayList<>();
        facts.add(papers.stay(stay.visit().patientClass()));
        if (numbered) {
            facts.add(movement.corrected(kind, patientClass, stay.statement().subject() != Statement.Subject.STAY));
        }
        return new Stated(papers.withPlan(facts));
    }

    private Translation cancel() {
        return switch (stay.statement().subject()) {
            case PREADMISSION ->
                new Stated(List.of(new Command.ReportRegistrationCancelled(stay.stay(), stay.statedAt())));
            case PENDING_TRANSFER -> new Stated(List.of(papers.pendingTransferCancelled()));
            case DISCHARGE_PLAN -> new Stated(List.of(papers.plan(null)));
            case ADMISSION, REGISTRATION -> cancelled(movement.cancelled(MovementKind.ADMISSION));
            case TRANSFER, CHANGE_TO_OUTPATIENT -> cancelled(movement.cancelled(MovementKind.TRANSFER));
            case CHANGE_TO_INPATIENT -> cancelled(movement.cancelled(MovementKind.TRANSFER, MovementKind.ADMISSION));
            case DISCHARGE -> cancelled(movement.cancelled(MovementKind.DISCHARGE));
            case LEAVE -> cancelled(movement.cancelled(MovementKind.LEAVE));
            case RETURN -> cancelled(movement.cancelled(MovementKind.RETURN));
            case STAY ->
                new NotForUs(Ignored.NO_BED, "event " + stay.message().trigger() + " cancels nothing about beds");
            case IDENTITY, VISIT_MERGE, VISIT_MOVE, SWAP, BED_STATUS, NO_BED -> throw notOfAVisit();
        };
    }

    private static Translation cancelled(Command.@Nullable Fact cancellation) {
        return cancellation == null
                ? new NotForUs(Ignored.NOTHING_NEW, "this cancellation was received before")
                : new Stated(List.of(cancellation));
    }

    private Translation planned(Command.Fact... facts) {
        return new Stated(papers.withPlan(List.of(facts)));
    }

    private IllegalStateException notOfAVisit() {
        return new IllegalStateException(stay.statement().subject() + " is of no visit");
    }
}
