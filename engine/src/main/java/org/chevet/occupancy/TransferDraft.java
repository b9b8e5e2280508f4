package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Anomaly;
import org.chevet.event.BedEvent;
import org.chevet.event.BedEvent.ReservationReleased;
import org.chevet.event.BedRequest;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.RequestOrigin;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.event.TransferStep.Cause;
import org.chevet.event.TransferStep.Kind;
import org.chevet.event.TransferWish;
import org.chevet.event.Whereabouts;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.jspecify.annotations.Nullable;

/**
 * What a decision in the making does to transfers between hospitals, on top of how they stand: this hospital's steps, whoever made them, and
 * what follows here from those of the other one. Appends its events.
 */
final class TransferDraft {
    /** How long a bed is held for somebody who is on the way, whatever its deadline was. */
    static final Duration JOURNEY_MAX = Duration.ofHours(12);

    private final LiveState live;
    private final Instant now;
    private final List<BedEvent> events;
    private final Contradictions contradictions;

    TransferDraft(LiveState live, Instant now, List<BedEvent> events, Contradictions contradictions) {
        this.live = live;
        this.now = now;
        this.events = events;
        this.contradictions = contradictions;
    }

    /** As it will be after what was decided so far; null when nobody knows of it. */
    @Nullable
    InterhospitalTransfer current(TransferId id) {
        InterhospitalTransfer transfer = live.transfers.get(id);
        for (BedEvent event : events) {
            if (event instanceof BedEvent.InterhospitalTransferOpened opened
                    && opened.transfer().equals(id)) {
                transfer = Transfers.opened(opened, now);
            } else if (event instanceof BedEvent.InterhospitalTransferStepped stepped
                    && transfer != null
                    && stepped.transfer().equals(id)) {
                transfer = transfer.with(stepped.by(), stepped.step(), now);
            }
        }
        return transfer;
    }

    private InterhospitalTransfer known(TransferId id) {
        return Objects.requireNonNull(current(id), "its number was found here");
    }

    /** A step of this hospital, with what follows from it here. */
    void step(InterhospitalTransfer before, TransferStep step) {
        record(before, step);
        settle(before, before.with(before.side(), step, now));
    }

    /** A step of this hospital that says what has happened here already. */
    private void record(InterhospitalTransfer transfer, TransferStep step) {
        events.add(new BedEvent.InterhospitalTransferStepped(now, transfer.id(), transfer.side(), step));
    }

    // What the other hospital says

    /** Steps that are known say nothing new. */
    void hear(TransferId id, HospitalId from, TransferSide by, TransferWish wish, List<TransferStep> steps) {
        InterhospitalTransfer before = current(id);
        if (before == null) {
            if (by == TransferSide.RECEIVING || steps.isEmpty()) {
                // This hospital asked, and has long forgotten it.
                return;
            }
            events.add(new BedEvent.InterhospitalTransferOpened(
                    steps.getFirst().at(), id, TransferSide.RECEIVING, from, wish, null, freeRequest()));
            before = known(id);
            request(before);
        } else if (before.side() == by || !before.otherHospital().equals(from)) {
            return;
        }
        InterhospitalTransfer after = before;
        for (TransferStep step : steps) {
            if (step.number() == after.steps(by).size() + 1) {
                events.add(new BedEvent.InterhospitalTransferStepped(now, id, by, step));
                after = after.with(by, step, now);
            }
        }
        if (after != before) {
            settle(before, after);
        }
    }

    /** A number that nobody has given to a request of theirs; it is kept from others as long as the transfer is known. */
    private RequestId freeRequest() {
        RequestId number = new RequestId("transfer-" + (live.sequence + 1));
        while (live.requests.get(number) != null) {
            number = new RequestId(number + "-x");
        }
        return number;
    }

    // What follows from a step, of whichever hospital

    private void settle(InterhospitalTransfer before, InterhospitalTransfer after) {
        switch (after.side()) {
            case SENDING -> settleStay(before, after);
            case RECEIVING -> settleRequest(before, after);
        }
    }

    /** The request is open, and its bed held, as long as the transfer is open. */
    private void settleRequest(InterhospitalTransfer before, InterhospitalTransfer after) {
        RequestId id = Objects.requireNonNull(after.request());
        BedRequest open = isFulfilledHere(id) ? null : live.requests.get(id);
        if (!after.state().isOpen()) {
            if (open != null) {
                BedId reserved = live.bedOfRequest(id);
                if (reserved != null) {
                    contradictions.release(reserved, ReservationReleased.Cause.REQUEST_CANCELLED);
                }
                events.add(new BedEvent.BedRequestCancelled(now, open, null));
            } else if (isRequestedHere(id)) {
                events.add(new BedEvent.BedRequestCancelled(now, bedRequest(after), null));
            }
        } else if (open == null && !isRequestedHere(id)) {
            request(after);
        } else if (after.hasDeparted() && !before.hasDeparted()) {
            holdForTheJourney(id);
        }
    }

    private void holdForTheJourney(RequestId request) {
        BedId bed = live.bedOfRequest(request);
        if (bed == null) {
            return;
        }
        BedStatus.Reservation held =
                Objects.requireNonNull(live.bed(live.layout().bed(bed)).reservation());
        Instant until = now.plus(JOURNEY_MAX);
        if (held.until().isBefore(until)) {
            events.add(new BedEvent.BedReserved(now, bed, request, until, held.acceptance()));
        }
    }

    private void request(InterhospitalTransfer transfer) {
        events.add(new BedEvent.BedRequested(now, bedRequest(transfer)));
    }

    private BedRequest bedRequest(InterhospitalTransfer transfer) {
        TransferWish wish = transfer.wish();
        boolean known = wish.service() != null && live.layout().service(wish.service()) != Layout.NONE;
        return new BedRequest(
                Objects.requireNonNull(transfer.request()),
                null,
                known ? wish.service() : null,
                RequestOrigin.OTHER_HOSPITAL,
                wish.needs(),
                wish.priority(),
                now,
                wish.neededAt(),
                null,
                wish.note());
    }

    private boolean isRequestedHere(RequestId id) {
        return events.stream()
                .anyMatch(event -> event instanceof BedEvent.BedRequested requested
                        && requested.request().id().equals(id));
    }

    private boolean isFulfilledHere(RequestId id) {
        return events.stream()
                .anyMatch(event -> event instanceof BedEvent.BedRequestFulfilled fulfilled
                        && fulfilled.request().id().equals(id));
    }

    /** Who has arrived there has left here, and who comes back is here again. */
    private void settleStay(InterhospitalTransfer before, InterhospitalTransfer after) {
        Stay stay = after.stay() == null ? null : live.stay(after.stay());
        boolean asBefore = before.state() == after.state() && before.isArrivalTakenBack() == after.isArrivalTakenBack();
        if (stay == null || asBefore) {
            return;
        }
        if (after.state() == TransferState.ARRIVED) {
            settleArrived(after, stay);
        } else if (after.state() == TransferState.CANCELLED
                && after.whereabouts() == Whereabouts.SENDING_HOSPITAL
                && stay.status() == StayStatus.ENDED) {
            comeBack(stay);
        }
    }

    private void settleArrived(InterhospitalTransfer transfer, Stay stay) {
        if (stay.isHere() == transfer.isArrivalTakenBack()) {
            contradictions.anomalies().resolve(anomaly(transfer.id()));
        } else if (transfer.isArrivalTakenBack()
                || transfer.hasDeparted()
                || transfer.knows(TransferSide.SENDING, Kind.CANCELLED)) {
            contradict(transfer, stay);
        } else {
            leave(stay, Objects.requireNonNull(transfer.end()).at());
        }
    }

    private void contradict(InterhospitalTransfer transfer, Stay stay) {
        contradictions
                .anomalies()
                .raise(
                        Anomaly.Kind.TRANSFER_CONTRADICTED,
                        anomaly(transfer.id()),
                        stay.id(),
                        null,
                        null,
                        transfer.otherHospital().value());
    }

    private static String anomaly(TransferId transfer) {
        return "transfer:" + transfer;
    }

    private void leave(Stay stay, Instant arrivedAt) {
        Movement last = Objects.requireNonNull(stay.timeline().last(), "who is here came");
        Instant at = arrivedAt.isAfter(now) ? now : arrivedAt;
        follow(
                stay,
                new Movement(
                        StayActs.movementNumber(live),
                        MovementKind.DISCHARGE,
                        at.isBefore(last.at()) ? last.at() : at,
                        Location.ELSEWHERE,
                        stay.currentClass(),
                        now,
                        Ending.TRANSFERRED_OUT));
    }

    /** To the bed that they left when nobody has it, and otherwise to its service. */
    private void comeBack(Stay stay) {
        Movement last = Objects.requireNonNull(stay.timeline().last(), "who has ended came");
        Location left = stay.timeline().stretches().isEmpty()
                ? Location.ELSEWHERE
                : stay.timeline().stretches().getLast().location();
        int bed = live.layout().bedAt(left);
        BedChecks checks = new BedChecks(live);
        boolean free = bed != Layout.NONE && checks.refusalToReturn(bed, checks.candidate(stay, null, now)) == null;
        follow(
                stay,
                new Movement(
                        StayActs.movementNumber(live),
                        MovementKind.ADMISSION,
                        now.isAfter(last.at()) ? now : last.at().plusMillis(1),
                        free ? left : new Location(left.service(), null),
                        stay.currentClass(),
                        now,
                        null));
    }

    private void follow(Stay stay, Movement movement) {
        events.add(new BedEvent.MovementRecorded(stay.id(), movement));
        Stay after = stay.withTimeline(stay.timeline().with(movement), now);
        contradictions.afterTimelineChange(stay, after, false);
        contradictions.afterMove(stay, after, null);
        contradictions.afterKnownPlacement(stay.id(), movement.to());
    }

    // What happens here by other ways

    /**
     * A stay moved, left or came back, whoever said so. Who leaves while a bed elsewhere is accepted for them has departed for it; any other
     * end takes back what was asked.
     *
     * @param cancellation whether what is so now was so all along
     */
    void afterTimelineChange(StayId number, Stay before, Stay after, boolean cancellation) {
        afterArrival(number, after, cancellation);
        for (TransferId id : live.transfers.of(number)) {
            InterhospitalTransfer transfer = known(id);
            if (transfer.isArrivalTakenBack()) {
                afterArrivalTakenBackThere(transfer, after, cancellation);
            } else if (after.isHere()) {
                if (transfer.state() == TransferState.DEPARTED) {
                    record(
                            transfer,
                            TransferStep.cancelled(
                                    transfer.nextStep(), now, null, Cause.PATIENT_BACK, Whereabouts.SENDING_HOSPITAL));
                } else if (cancellation && !before.isHere() && transfer.state() == TransferState.ARRIVED) {
                    contradict(transfer, after);
                }
            } else {
                contradictions.anomalies().resolve(anomaly(id));
                left(transfer, after);
            }
        }
    }

    /** They are in neither hospital until they are here again. Who then leaves, leaves as anybody does. */
    private void afterArrivalTakenBackThere(InterhospitalTransfer transfer, Stay after, boolean cancellation) {
        if (after.isHere()) {
            contradictions.anomalies().resolve(anomaly(transfer.id()));
        } else if (cancellation) {
            contradict(transfer, after);
        }
    }

    /** Whose arrival here is taken back is in neither hospital: the other one let them go, and is told. */
    private void afterArrival(StayId number, Stay after, boolean cancellation) {
        if (!cancellation && !live.anomalies.name(number)) {
            return;
        }
        boolean came = after.isHere() || after.status() == StayStatus.ENDED;
        for (InterhospitalTransfer one : live.transfers.all()) {
            if (!hasArrivedHereAs(number, one)) {
                continue;
            }
            InterhospitalTransfer transfer = known(one.id());
            if (came) {
                contradictions.anomalies().resolve(anomaly(transfer.id()));
                if (transfer.isArrivalTakenBack()) {
                    record(transfer, TransferStep.arrived(transfer.nextStep(), now, number));
                }
            } else if (cancellation) {
                contradict(transfer, after);
                if (!transfer.isArrivalTakenBack() && transfer.nextStep() <= TransferActs.STEPS_MAX) {
                    record(transfer, TransferStep.arrivalTakenBack(transfer.nextStep(), now));
                }
            }
        }
    }

    private boolean hasArrivedHereAs(StayId number, InterhospitalTransfer transfer) {
        if (transfer.side() != TransferSide.RECEIVING || transfer.state() != TransferState.ARRIVED) {
            return false;
        }
        StayId arrived = Objects.requireNonNull(transfer.end()).stay();
        return arrived != null && live.stays.standingNumber(arrived).equals(number);
    }

    private void left(InterhospitalTransfer transfer, Stay after) {
        Movement last = after.timeline().last();
        Instant goneAt =
                last == null || after.status() != StayStatus.ENDED || after.ending() == Ending.DIED ? null : last.at();
        switch (transfer.state()) {
            case ASKED, OFFERED -> takeBack(transfer, after);
            case ACCEPTED -> {
                if (goneAt != null) {
                    record(transfer, TransferStep.departed(transfer.nextStep(), goneAt));
                } else {
                    takeBack(transfer, after);
                }
            }
            case ARRIVED -> {
                boolean told = transfer.hasDeparted() || transfer.knows(TransferSide.SENDING, Kind.CANCELLED);
                if (goneAt != null && !told) {
                    record(transfer, TransferStep.departed(transfer.nextStep(), goneAt));
                }
            }
            case DEPARTED, DECLINED, CANCELLED -> {}
        }
    }

    private void takeBack(InterhospitalTransfer transfer, Stay after) {
        boolean promised = live.transfers.of(Objects.requireNonNull(transfer.stay())).stream()
                .map(this::known)
                .anyMatch(other -> switch (other.state()) {
                    case ACCEPTED, DEPARTED, ARRIVED -> !other.id().equals(transfer.id());
                    case ASKED, OFFERED, DECLINED, CANCELLED -> false;
                });
        Cause cause = after.ending() == Ending.DIED ? Cause.DIED : promised ? Cause.GONE_ELSEWHERE : Cause.STAY_ENDED;
        record(transfer, TransferStep.cancelled(transfer.nextStep(), now, null, cause, null));
    }

    /** A bed is held for a request: where that stands for a transfer, it is offered. */
    void reserved(RequestId request, BedId bed, Instant until) {
        InterhospitalTransfer transfer = ofRequest(request);
        if (transfer != null) {
            Layout layout = live.layout();
            step(
                    transfer,
                    TransferStep.offered(
                            transfer.nextStep(),
                            now,
                            layout.services
                                    .get(layout.serviceOfBed(layout.bed(bed)))
                                    .id(),
                            bed,
                            until));
        }
    }

    void released(RequestId request, ReservationReleased.Cause why) {
        InterhospitalTransfer transfer = ofRequest(request);
        if (transfer == null) {
            return;
        }
        switch (why) {
            case RELEASED, REPLACED, REFUSED -> step(transfer, TransferStep.withdrawn(transfer.nextStep(), now, null));
            case EXPIRED -> step(transfer, TransferStep.withdrawn(transfer.nextStep(), now, Cause.DEADLINE_PASSED));
            case OVERRIDDEN -> step(transfer, TransferStep.withdrawn(transfer.nextStep(), now, Cause.BED_LOST));
            // What used the bed up, or ended the request, is a step of its own.
            case FULFILLED, REQUEST_CANCELLED -> {}
        }
    }

    void fulfilled(RequestId request, StayId stay) {
        InterhospitalTransfer transfer = ofRequest(request);
        if (transfer != null) {
            step(transfer, TransferStep.arrived(transfer.nextStep(), now, stay));
        }
    }

    private @Nullable InterhospitalTransfer ofRequest(RequestId request) {
        InterhospitalTransfer transfer = live.transfers.ofRequest(request);
        return transfer == null ? null : current(transfer.id());
    }

    /** Whether a bed is held for the very patient who was put there: a feed says who lies where, and nothing of requests. */
    boolean isFor(RequestId request, Stay stay) {
        InterhospitalTransfer transfer = live.transfers.ofRequest(request);
        Patient awaited = transfer == null ? null : transfer.patient();
        return awaited != null && isSame(awaited, stay.knownPatient());
    }

    private static boolean isSame(Patient one, Patient other) {
        if (one.birthDate() != null
                && one.birthDate().equals(other.birthDate())
                && isSame(one.familyName(), other.familyName())
                && isSame(one.givenName(), other.givenName())) {
            return true;
        }
        return one.hasAssigningAuthority()
                && Objects.equals(one.identifier(), other.identifier())
                && (one.birthDate() == null
                        || other.birthDate() == null
                        || one.birthDate().equals(other.birthDate()))
                && mayBeSame(one.familyName(), other.familyName())
                && mayBeSame(one.givenName(), other.givenName());
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one != null && one.equalsIgnoreCase(other);
    }

    private static boolean mayBeSame(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equalsIgnoreCase(other);
    }
}
