package org.chevet.event;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a hospital. The state is the fold of these; nothing else changes it. An event says what it
 * replaces ({@code previous}), so that it can be read, and undone, alone.
 */
public sealed interface BedEvent {
    /** When it took effect, which may be long before it was recorded. */
    Instant at();

    /** The layout was read for the first time, or changed. */
    record HospitalDefined(Instant at, Hospital hospital) implements BedEvent {}

    /**
     * @param patientClass null while nobody said, which is taken for an inpatient
     * @param expectedArrival when a pre-admitted patient is awaited, null for one who is here or unannounced
     * @param assumedSpecialty of the service that the patient enters, where the needs name no specialty
     */
    record StayRegistered(
            Instant at,
            StayId stay,
            Patient patient,
            CareNeeds needs,
            @Nullable PatientClass patientClass,
            @Nullable Instant expectedArrival,
            @Nullable String assumedSpecialty)
            implements BedEvent {}

    /**
     * A feed said more of a registered stay. Each detail holds against what was stated of it before {@code at}, and gives way to what was
     * stated after.
     *
     * @param registers whether it says that the patient is to come, or is here
     */
    record PapersStated(Instant at, StayId stay, StatedPapers papers, boolean registers) implements BedEvent {}

    /**
     * A feed said who the person with this number is, whatever stays they have. It holds for those as their own papers do, and for stays
     * that become known later.
     *
     * @param identifier as {@link Patient#identifier()} has it
     * @param patient another identifier in it is the number that the person is known by from now on
     */
    record PersonStated(Instant at, String identifier, Patient patient) implements BedEvent {}

    record RegistrationCancelled(Instant at, StayId stay) implements BedEvent {}

    record PatientUpdated(
            Instant at,
            StayId stay,
            Patient patient,
            @Nullable Instant expectedArrival,
            Patient previous,
            @Nullable Instant previousExpectedArrival)
            implements BedEvent {}

    /** The two numbers are one stay: the movements of {@code from} now belong to {@code into}. */
    record StaysMerged(Instant at, StayId from, StayId into) implements BedEvent {}

    record NeedsChanged(Instant at, StayId stay, CareNeeds needs, CareNeeds previous) implements BedEvent {}

    /** A movement entered the stay's timeline, at its end or in its past. */
    record MovementRecorded(StayId stay, Movement movement) implements BedEvent {
        @Override
        public Instant at() {
            return movement.at();
        }
    }

    /**
     * A movement, or the correction of one, was stated before what it builds on. It counts once that has come.
     *
     * @param correction whether it waits for the movement that it corrects, rather than for the patient to have a place here
     */
    record MovementAwaited(StayId stay, Movement movement, boolean correction) implements BedEvent {
        @Override
        public Instant at() {
            return movement.at();
        }
    }

    /** The movement with the same number is replaced. */
    record MovementCorrected(StayId stay, Movement movement, Movement previous) implements BedEvent {
        @Override
        public Instant at() {
            return movement.at();
        }
    }

    /**
     * The movement did not take place. Its number stays known as cancelled, so that a late statement of it has no effect.
     *
     * @param previous what is cancelled, null when the cancellation arrived before the movement
     */
    record MovementCancelled(
            Instant at,
            StayId stay,
            String movement,
            Instant statedAt,
            @Nullable Movement previous,
            @Nullable String reason)
            implements BedEvent {}

    /** Two patients changed places: each movement goes to where the other lay. */
    record StaysSwapped(Instant at, StayId first, Movement firstMovement, StayId second, Movement secondMovement)
            implements BedEvent {}

    /** @param expected when the patient is expected to leave, null when the plan is withdrawn */
    record DischargePlanned(
            Instant at,
            StayId stay,
            @Nullable Instant expected,
            @Nullable Instant previous) implements BedEvent {}

    record MedicalReadinessChanged(Instant at, StayId stay, boolean ready) implements BedEvent {}

    record AdministrativeClosureChanged(Instant at, StayId stay, boolean closed) implements BedEvent {}

    /** @param previous the one of the same kind that it takes the place of, null for none */
    record BarrierSet(
            Instant at,
            StayId stay,
            Barrier barrier,
            @Nullable Barrier previous) implements BedEvent {}

    record BarrierLifted(Instant at, StayId stay, Barrier barrier) implements BedEvent {}

    /** A stay ended long ago; it leaves the live state and remains in the journal. */
    record StayArchived(Instant at, StayId stay) implements BedEvent {}

    record BedRequested(Instant at, BedRequest request) implements BedEvent {}

    record BedRequestCancelled(
            Instant at, BedRequest request, @Nullable String reason) implements BedEvent {}

    record BedRequestFulfilled(Instant at, BedRequest request, StayId stay, BedId bed) implements BedEvent {}

    /** @param acceptance who expects the patient since when; null in journals from before it was kept */
    record BedReserved(
            Instant at,
            BedId bed,
            RequestId request,
            Instant until,
            @AddedLater @Nullable Acceptance acceptance) implements BedEvent {}

    /** @param acceptance as it was kept with the reservation */
    record ReservationReleased(
            Instant at,
            BedId bed,
            RequestId request,
            Instant until,
            Cause cause,
            @AddedLater @Nullable Acceptance acceptance)
            implements BedEvent {
        public enum Cause {
            RELEASED,
            EXPIRED,
            FULFILLED,
            REQUEST_CANCELLED,
            /** A fact put somebody else there, or the bed is gone, or an inject of a drill closed its ward. */
            OVERRIDDEN,
            /** Another reservation for the same request takes its place. */
            REPLACED,
            /** The bed's service does not take the patient. */
            REFUSED
        }
    }

    /** A service does not take who is asked for. */
    record BedRefused(Instant at, RequestId request, Refusal refusal) implements BedEvent {}

    /** It was undone, or was for needs that have changed. */
    record BedRefusalWithdrawn(Instant at, RequestId request, Refusal refusal) implements BedEvent {}

    /** A service would rather give another bed, or at another time. */
    record BedCounterProposed(
            Instant at,
            RequestId request,
            CounterProposal proposal,
            @Nullable CounterProposal previous) implements BedEvent {}

    record CounterProposalSettled(
            Instant at,
            RequestId request,
            CounterProposal proposal,
            CounterProposal.Outcome outcome,
            @Nullable String note)
            implements BedEvent {}

    /** Somebody was put where rules forbid it. That a bed was reserved so, {@link BedReserved} says. */
    record RulesOverridden(Instant at, StayId stay, BedId bed, RuleOverride override) implements BedEvent {}

    /** @param contaminated whether it needs more than the usual cleaning (HL7 table 0116: K) */
    record CleaningRequested(
            Instant at, BedId bed, boolean contaminated, BedCondition previous, boolean previouslyContaminated)
            implements BedEvent {}

    record CleaningStarted(Instant at, BedId bed, BedCondition previous) implements BedEvent {}

    record CleaningFinished(Instant at, BedId bed, BedCondition previous, boolean previouslyContaminated)
            implements BedEvent {}

    /** @param expectedEnd when it should be usable again, null when nobody knows */
    record BedBlocked(
            Instant at,
            BedId bed,
            BlockReason reason,
            @Nullable String note,
            @Nullable Instant expectedEnd) implements BedEvent {}

    record BedUnblocked(
            Instant at,
            BedId bed,
            BlockReason reason,
            @Nullable String note,
            @Nullable Instant expectedEnd) implements BedEvent {}

    record BedClosed(Instant at, BedId bed) implements BedEvent {}

    record BedOpened(Instant at, BedId bed) implements BedEvent {}

    record StaffedCapacityChanged(Instant at, ServiceId service, int beds, int previous) implements BedEvent {}

    /**
     * A transfer between this hospital and another began: it was asked for here, or this hospital heard that it is asked.
     *
     * @param side which of the two this hospital is
     * @param stay who is to leave, where this hospital is the sending one
     * @param request the bed request that stands for it, where this hospital is the receiving one
     */
    record InterhospitalTransferOpened(
            Instant at,
            TransferId transfer,
            TransferSide side,
            HospitalId otherHospital,
            TransferWish wish,
            @Nullable StayId stay,
            @Nullable RequestId request)
            implements BedEvent {}

    /**
     * One of the two hospitals made a step: this one, or the other one, of which this one heard. The first step is in
     * {@link InterhospitalTransferOpened}.
     */
    record InterhospitalTransferStepped(Instant at, TransferId transfer, TransferSide by, TransferStep step)
            implements BedEvent {}

    /** @param steps how many of this hospital's steps the other one has in its journal */
    record InterhospitalTransferAcknowledged(Instant at, TransferId transfer, int steps) implements BedEvent {}

    /** It ended long ago; it leaves the live state and remains in the journal. */
    record InterhospitalTransferArchived(Instant at, TransferId transfer) implements BedEvent {}

    record AnomalyRaised(Instant at, Anomaly anomaly) implements BedEvent {}

    /** @param note what the bed manager found, null when the contradiction went away by itself */
    record AnomalyResolved(
            Instant at, Anomaly anomaly, @Nullable String note) implements BedEvent {}

    /** A person took back what they did; the compensating events follow in the same act. */
    record ActUndone(Instant at, long undone, String reason) implements BedEvent {}

    /**
     * What a person asked for was refused. Journaled where members write a hospital one after the other: a copy of it that is still on its
     * way to another of them is refused there too, and one that waits at a former writer can no longer be appended.
     *
     * @param key its idempotency key
     * @param rule code of what it broke
     * @param about the values that the rule's texts name
     */
    record ActRefused(Instant at, String key, String rule, Map<String, String> about) implements BedEvent {
        public ActRefused {
            about = Collections.unmodifiableMap(new TreeMap<>(about));
        }
    }

    /** A message that could not be understood is kept whole, to be replayed once the cause is mended. */
    record MessageQuarantined(Instant at, QuarantinedMessage message) implements BedEvent {}

    record QuarantineClosed(Instant at, String id, boolean replayed, String reason) implements BedEvent {}

    /**
     * Somebody took an action card on, or closed it.
     *
     * @param progress null when that was taken back
     */
    record ActionCardChanged(
            Instant at,
            String card,
            @Nullable CardProgress progress,
            @Nullable CardProgress previous) implements BedEvent {}

    /** @param snooze null when that was taken back */
    record AlertSnoozed(
            Instant at,
            String alert,
            @Nullable Snooze snooze,
            @Nullable Snooze previous) implements BedEvent {}

    /** From here on it is an exercise: what came before is the past that it goes on from. */
    record DrillBegun(Instant at, Drill drill) implements BedEvent {}

    record InjectPlanned(Instant at, Inject inject) implements BedEvent {}

    record InjectWithdrawn(Instant at, Inject inject) implements BedEvent {}

    /**
     * Its time has come. What comes of it are events of their own.
     *
     * @param effect null where there is nothing that its end puts back
     */
    record InjectDone(
            Instant at, String inject, @AddedLater @Nullable InjectEffect effect) implements BedEvent {}

    /** It is over. What that puts back are events of their own. */
    record InjectEnded(Instant at, String inject) implements BedEvent {}

    record SimulatedRolesChanged(Instant at, List<SimulatedRole> roles, List<SimulatedRole> previous)
            implements BedEvent {
        public SimulatedRolesChanged {
            roles = List.copyOf(roles);
            previous = List.copyOf(previous);
        }
    }

    /**
     * From here on the screens of the drill ask for these action cards, and for no others: with what was foreseen, which no journal says.
     *
     * @param cards in the order of the hospital's file
     */
    record CardsShown(Instant at, List<AskedCard> cards) implements BedEvent {
        public CardsShown {
            cards = List.copyOf(cards);
        }
    }
}
