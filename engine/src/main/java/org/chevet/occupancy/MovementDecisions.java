package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Anomaly;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.jspecify.annotations.Nullable;

/** What feeds state of movements. Appends the events to a decision in the making. */
final class MovementDecisions {
    private final LiveState live;
    private final Instant now;
    private final List<BedEvent> events;
    private final Contradictions contradictions;

    MovementDecisions(LiveState live, Instant now, List<BedEvent> events) {
        this.live = live;
        this.now = now;
        this.events = events;
        this.contradictions = new Contradictions(live, now, events);
    }

    void report(Command.ReportMovement fact) {
        Stay before = FactDecisions.known(live, fact.stay());
        Movement movement = withPlaceIfStated(fact.movement(), fact.unmapped());
        Movement same = before.timeline().find(movement.id());
        if (same != null) {
            restate(before, same, same.with(movement, false), fact.unmapped());
        } else {
            record(before, new Timeline.Awaiting(movement, false), fact.unmapped());
        }
    }

    void correct(Command.ReportCorrection fact) {
        Stay before = FactDecisions.known(live, fact.stay());
        Movement stated = withPlaceIfStated(fact.movement(), fact.unmapped()).withoutNature();
        Movement same = before.timeline().find(stated.id());
        if (same != null) {
            // Of two statements of one second, the correction is the later.
            restate(before, same, same.with(stated, true), fact.unmapped());
            return;
        }
        boolean saysWhere = switch (stated.kind()) {
            case ADMISSION, TRANSFER -> stated.to().service() != null;
            case LEAVE, RETURN, DISCHARGE -> true;
        };
        // It overtook what it corrects. Being the later statement, it will hold against it.
        boolean waits = !saysWhere || !fact.natureStated();
        record(before, new Timeline.Awaiting(stated, waits), fact.unmapped());
    }

    /** A movement whose number is new. */
    private void record(Stay before, Timeline.Awaiting stated, @Nullable String unmapped) {
        Timeline timeline = before.timeline();
        String number = stated.movement().id();
        if (timeline.isCancelled(number, stated.movement().statedAt())) {
            contradictions.anomalies().resolve("movement:" + before.id() + ":" + number);
            return;
        }
        Timeline.Awaiting known = timeline.awaited(number);
        Timeline.Awaiting early = stated.with(known);
        Movement movement = early.movement();
        if (early.correction() || timeline.isEmpty() && Timeline.passesBy(movement)) {
            if (!early.equals(known)) {
                events.add(new BedEvent.MovementAwaited(before.id(), movement, early.correction()));
            }
            return;
        }
        events.add(new BedEvent.MovementRecorded(before.id(), movement));
        follow(before, before.withTimeline(timeline.with(movement), now), movement, unmapped);
    }

    private void restate(Stay before, Movement previous, Movement movement, @Nullable String unmapped) {
        boolean placed = !movement.to().equals(previous.to());
        Stay after = before.withTimeline(before.timeline().with(movement), now);
        if (!movement.equals(previous)) {
            events.add(new BedEvent.MovementCorrected(before.id(), movement, previous));
        }
        if (sameContent(movement, previous)) {
            contradictions.afterSamePlacement(before, movement, unmapped);
            contradictions.pendingTransfers().settle(after);
        } else {
            follow(before, after, movement, placed ? unmapped : null);
        }
    }

    /** Whether two statements of one movement say the same, whenever they were made. */
    private static boolean sameContent(Movement one, Movement other) {
        return one.kind() == other.kind()
                && one.at().equals(other.at())
                && one.to().equals(other.to())
                && one.patientClass() == other.patientClass()
                && one.ending() == other.ending();
    }

    /** Who names no place, mapped or not, does not say where the patient is. */
    private static Movement withPlaceIfStated(Movement stated, @Nullable String unmapped) {
        boolean placeStated = !stated.to().equals(Location.ELSEWHERE) || unmapped != null;
        return switch (stated.kind()) {
            case ADMISSION, TRANSFER, RETURN -> placeStated ? stated : stated.withoutPlace();
            case LEAVE, DISCHARGE -> stated;
        };
    }

    private void follow(Stay before, Stay after, Movement movement, @Nullable String unmapped) {
        if (live.anomalies.name(after.id())) {
            contradictions.anomalies().resolve("movement:" + after.id() + ":" + movement.id());
        }
        contradictions.afterTimelineChange(before, after, false);
        contradictions.afterMove(before, after, null);
        contradictions.afterHistoricInsert(after, movement);
        contradictions.afterPlacement(after, movement, unmapped);
    }

    void cancel(Command.ReportCancellation fact) {
        Stay before = FactDecisions.known(live, fact.stay());
        Movement stated = fact.movement() != null
                ? before.timeline().find(fact.movement())
                : before.timeline().lastOf(fact.kinds());
        if (stated == null) {
            cancelUnknown(fact, before);
            return;
        }
        if (stated.statedAt().isAfter(fact.statedAt())) {
            return;
        }
        events.add(new BedEvent.MovementCancelled(fact.at(), before.id(), stated.id(), fact.statedAt(), stated, null));
        Stay after = before.withTimeline(before.timeline().without(stated.id(), fact.statedAt()), now);
        if (isOfAdmission(fact)) {
            FactDecisions.cancelRegistration(before, fact.statedAt(), events);
        }
        contradictions.afterTimelineChange(before, after, true);
        contradictions.afterMove(before, after, null);
    }

    private void cancelUnknown(Command.ReportCancellation fact, Stay before) {
        String movement = fact.movement();
        boolean outdated = movement != null
                && (before.timeline().isCancelled(movement, fact.statedAt())
                        || before.timeline().awaitsSince(movement, fact.statedAt()));
        if (outdated) {
            return;
        }
        if (movement != null) {
            events.add(new BedEvent.MovementCancelled(fact.at(), before.id(), movement, fact.statedAt(), null, null));
        }
        if (isOfAdmission(fact)) {
            FactDecisions.cancelRegistration(before, fact.statedAt(), events);
        }
        // Who comes to a consultation was registered, and has no movement to cancel.
        boolean registeredOnly = isOfAdmission(fact)
                && before.announced()
                && before.timeline().isEmpty()
                && (movement == null || before.patientClass() != PatientClass.INPATIENT);
        boolean awaited = movement != null && before.timeline().awaited(movement) != null;
        if (!registeredOnly && !awaited) {
            contradictions
                    .anomalies()
                    .raise(
                            Anomaly.Kind.UNKNOWN_MOVEMENT,
                            "movement:" + before.id() + ":" + (movement == null ? fact.kinds() : movement),
                            before.id(),
                            null,
                            null,
                            movement == null ? fact.kinds().toString() : movement);
        }
    }

    /** PAM-FR: a visit number is not used again after its admission was cancelled. It counts once no movement is left. */
    private static boolean isOfAdmission(Command.ReportCancellation fact) {
        return fact.kinds().equals(List.of(MovementKind.ADMISSION));
    }
}
