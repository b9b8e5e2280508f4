package org.chevet.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/** What is asked of a hospital's live state. */
public sealed interface Command {

    /** What a person asks. Refused, with a reason they can act on, when it contradicts the state. */
    sealed interface Act extends Command {}

    /** What an outside system states as true. Never refused: a contradiction becomes an {@link Anomaly}. */
    sealed interface Fact extends Command {}

    /** What Chevet asks of itself. */
    sealed interface Upkeep extends Command {}

    // Acts on stays. Where `at` may be null, it means now.

    record RegisterStay(
            StayId stay,
            Patient patient,
            CareNeeds needs,
            PatientClass patientClass,
            @Nullable Instant expectedArrival) implements Act {}

    record UpdatePatient(StayId stay, Patient patient) implements Act {}

    record CancelRegistration(StayId stay) implements Act {}

    record MergeStays(StayId from, StayId into) implements Act {}

    /**
     * @param bed null admits to the service without a bed
     * @param request the bed request this answers, null when none or when the request names the stay
     * @param override the rules of placement that may be broken by it, null for none
     */
    record AdmitStay(
            StayId stay,
            @Nullable ServiceId service,
            @Nullable BedId bed,
            @Nullable Instant at,
            @Nullable RequestId request,
            @Nullable RuleOverride override)
            implements Act {
        public AdmitStay(
                StayId stay,
                @Nullable ServiceId service,
                @Nullable BedId bed,
                @Nullable Instant at,
                @Nullable RequestId request) {
            this(stay, service, bed, at, request, null);
        }
    }

    /** As for {@link AdmitStay}. */
    record TransferStay(
            StayId stay,
            @Nullable ServiceId service,
            @Nullable BedId bed,
            @Nullable Instant at,
            @Nullable RequestId request,
            @Nullable RuleOverride override)
            implements Act {
        public TransferStay(
                StayId stay,
                @Nullable ServiceId service,
                @Nullable BedId bed,
                @Nullable Instant at,
                @Nullable RequestId request) {
            this(stay, service, bed, at, request, null);
        }
    }

    /** @param override as for {@link AdmitStay}, for both of them */
    record SwapStays(StayId first, StayId second, @Nullable RuleOverride override) implements Act {
        public SwapStays(StayId first, StayId second) {
            this(first, second, null);
        }
    }

    record StartLeave(StayId stay, @Nullable Instant at) implements Act {}

    record EndLeave(StayId stay, @Nullable Instant at) implements Act {}

    /** @param expected null withdraws the plan */
    record PlanDischarge(StayId stay, @Nullable Instant expected) implements Act {}

    record SetMedicallyReady(StayId stay, boolean ready) implements Act {}

    record SetAdministrativelyClosed(StayId stay, boolean closed) implements Act {}

    /**
     * Something keeps the patient here, or what is known of it changed.
     *
     * @param note needed when the kind is another one than those listed
     */
    record SetBarrier(
            StayId stay,
            BarrierKind kind,
            @Nullable String owner,
            @Nullable String note,
            @Nullable Instant expectedEnd) implements Act {}

    record LiftBarrier(StayId stay, BarrierKind kind) implements Act {}

    /** The patient is physically gone. */
    record DischargeStay(
            StayId stay, Ending ending, @Nullable Instant at) implements Act {}

    /** Takes back the stay's last admission, transfer, leave, return or discharge. */
    record CancelMovement(StayId stay, String movement, String reason) implements Act {}

    record ChangeNeeds(StayId stay, CareNeeds needs) implements Act {}

    // Acts on requests and reservations

    record RequestBed(
            RequestId request,
            @Nullable StayId stay,
            @Nullable ServiceId service,
            RequestOrigin origin,
            CareNeeds needs,
            int priority,
            @Nullable Instant neededAt,
            @Nullable Duration expectedLength,
            @Nullable String note)
            implements Act {}

    record CancelBedRequest(RequestId request, @Nullable String reason) implements Act {}

    /**
     * Accepts a bed for a request: it is held until then, and its service expects the patient.
     *
     * @param from when the patient may come, null for at once; one that lies ahead lets a bed be held that is not ready yet
     * @param override as for {@link AdmitStay}
     */
    record ReserveBed(
            RequestId request,
            BedId bed,
            @Nullable Instant from,
            Instant until,
            @Nullable RuleOverride override) implements Act {
        public ReserveBed(RequestId request, BedId bed, Instant until) {
            this(request, bed, null, until, null);
        }
    }

    record ReleaseReservation(BedId bed) implements Act {}

    /**
     * The service does not take who is asked for. The bed that is held there for the request is released; the request stays open.
     *
     * @param service may be left out where the bed is named
     * @param bed null when none of the service's will do
     * @param text more of why, needed when the reason is another one than those listed
     */
    record RefuseBedRequest(
            RequestId request,
            @Nullable ServiceId service,
            @Nullable BedId bed,
            RefusalReason reason,
            @Nullable String text)
            implements Act {}

    /**
     * The service would rather give this bed, or from this time on. What is held for the request stays held until that is answered.
     *
     * @param from null for at once
     */
    record CounterProposeBed(
            RequestId request,
            BedId bed,
            @Nullable Instant from,
            @Nullable String note) implements Act {}

    /**
     * Holds the bed that was counter-proposed, in place of the one that is held, if any.
     *
     * @param override as for {@link AdmitStay}
     */
    record AcceptCounterProposal(
            RequestId request, Instant until, @Nullable RuleOverride override) implements Act {}

    record DeclineCounterProposal(
            RequestId request, @Nullable String note) implements Act {}

    // Acts on transfers between hospitals. Which of the two hospitals may do what, their steps say.

    /**
     * Asks another hospital for a bed for somebody who is here.
     *
     * @param service of the other hospital, null when any that fits will do
     * @param specialty by the code of the other hospital, null for the stay's own
     * @param neededAt null means now
     */
    record AskInterhospitalTransfer(
            StayId stay,
            HospitalId hospital,
            @Nullable ServiceId service,
            @Nullable String specialty,
            int priority,
            @Nullable Instant neededAt,
            @Nullable String note)
            implements Act {}

    /**
     * Holds a bed for who is asked for.
     *
     * @param override as for {@link AdmitStay}
     */
    record OfferInterhospitalTransfer(
            TransferId transfer,
            BedId bed,
            Instant until,
            @Nullable RuleOverride override) implements Act {
        public OfferInterhospitalTransfer(TransferId transfer, BedId bed, Instant until) {
            this(transfer, bed, until, null);
        }
    }

    record DeclineInterhospitalTransfer(TransferId transfer, String reason) implements Act {}

    record AcceptInterhospitalTransfer(TransferId transfer) implements Act {}

    /** The patient has physically left for the other hospital. */
    record RecordInterhospitalDeparture(
            TransferId transfer, @Nullable Instant at) implements Act {}

    /**
     * The patient is here.
     *
     * @param stay their number here; one that is here already, because a feed said so, is not admitted again
     * @param bed null for the one that is held
     * @param override as for {@link AdmitStay}
     */
    record RecordInterhospitalArrival(
            TransferId transfer,
            StayId stay,
            @Nullable BedId bed,
            @Nullable Instant at,
            @Nullable RuleOverride override)
            implements Act {
        public RecordInterhospitalArrival(TransferId transfer, StayId stay, @Nullable BedId bed, @Nullable Instant at) {
            this(transfer, stay, bed, at, null);
        }
    }

    /** @param whereabouts needed once the patient has departed, and only then */
    record CancelInterhospitalTransfer(
            TransferId transfer, String reason, @Nullable Whereabouts whereabouts) implements Act {}

    // Acts on beds and capacity

    record RequestCleaning(BedId bed, boolean contaminated) implements Act {}

    record StartCleaning(BedId bed) implements Act {}

    record FinishCleaning(BedId bed) implements Act {}

    record BlockBed(
            BedId bed,
            BlockReason reason,
            @Nullable String note,
            @Nullable Instant expectedEnd) implements Act {}

    record UnblockBed(BedId bed) implements Act {}

    record CloseBed(BedId bed) implements Act {}

    record OpenBed(BedId bed) implements Act {}

    record SetStaffedCapacity(ServiceId service, int beds) implements Act {}

    /** Opens that many of the service's surge beds and closes the others that are empty. */
    record SetSurgeBeds(ServiceId service, int beds) implements Act {}

    // Other acts

    record ResolveAnomaly(String anomaly, String note) implements Act {}

    /** @param act sequence of the first event of the act to take back */
    record UndoAct(long act, String reason) implements Act {}

    record DiscardQuarantined(String message, String reason) implements Act {}

    /** @param card its id in the hospital's file */
    record AcknowledgeActionCard(String card) implements Act {}

    record CloseActionCard(String card, @Nullable String note) implements Act {}

    /** @param alert its key, as the tension screen has it */
    record SnoozeAlert(String alert, Instant until, String reason) implements Act {}

    // Acts of who directs a drill

    record PlanInject(Inject inject) implements Act {}

    record WithdrawInject(String inject) implements Act {}

    /** Its time has come: what it does to beds and staff is done with it. */
    record CompleteInject(String inject) implements Act {}

    /** It is over: what it did is put back, as far as nobody has changed it since. */
    record EndInject(String inject) implements Act {}

    /** Who is not played is simulated; everybody else is played. */
    record SimulateRoles(List<SimulatedRole> roles) implements Act {
        public SimulateRoles {
            roles = List.copyOf(roles);
        }
    }

    // Facts

    /** The stay exists, and this is what is known of it and of its patient. Creates or updates. */
    record ReportStay(StayId stay, StatedPapers papers, Instant at) implements Fact {}

    /**
     * The person known by this number is this one, in all of their stays.
     *
     * @param identifier as {@link Patient#identifier()} has it
     */
    record ReportPatient(String identifier, Patient patient, Instant at) implements Fact {}

    record ReportRegistrationCancelled(StayId stay, Instant at) implements Fact {}

    record ReportMerge(StayId from, StayId into, Instant at) implements Fact {}

    /**
     * A movement took place.
     *
     * @param unmapped the location as stated, when its unit or bed is not in the hospital's file; otherwise null
     */
    record ReportMovement(
            StayId stay, Movement movement, @Nullable String unmapped) implements Fact {}

    /**
     * The movement with this number was in truth this one.
     *
     * @param natureStated whether the sender said of what kind it is; otherwise the kind is that of the movement known
     */
    record ReportCorrection(
            StayId stay, Movement movement, @Nullable String unmapped, boolean natureStated) implements Fact {}

    /**
     * A movement did not take place.
     *
     * @param movement its number; null when the feed has no movement numbers: then the last of these kinds is meant
     */
    record ReportCancellation(
            StayId stay, @Nullable String movement, List<MovementKind> kinds, Instant at, Instant statedAt)
            implements Fact {
        public ReportCancellation {
            kinds = List.copyOf(kinds);
        }
    }

    /** @param expected null withdraws the plan */
    record ReportDischargePlan(StayId stay, @Nullable Instant expected, Instant at) implements Fact {}

    /**
     * HL7 A15: a patient who is here is to have another bed. It is asked for as long as they have not moved since it was stated.
     *
     * @param service where to, null when it is not stated or not in the hospital's file
     */
    record ReportPendingTransfer(
            RequestId request, StayId stay, @Nullable ServiceId service, Instant neededAt, Instant at)
            implements Fact {}

    /** HL7 A26: no longer. */
    record ReportPendingTransferCancelled(RequestId request, StayId stay, Instant at) implements Fact {}

    /** HL7 A20: the bed's state as housekeeping or another system sees it. */
    record ReportBedStatus(BedId bed, StatedBedStatus status, Instant at) implements Fact {}

    /** A message that could not be understood. */
    record QuarantineMessage(QuarantinedMessage message) implements Fact {}

    /** A message was taken out of quarantine and applied by the facts that come with this one. */
    record ReportReplayed(String message, Instant at) implements Fact {}

    /**
     * What another hospital says of a transfer with this one: all of its steps so far, those that are known included.
     *
     * @param from the hospital that says so
     * @param by which of the two it is
     */
    record ReportTransferSteps(
            TransferId transfer, HospitalId from, TransferSide by, TransferWish wish, List<TransferStep> steps)
            implements Fact {
        public ReportTransferSteps {
            steps = List.copyOf(steps);
        }
    }

    // Upkeep

    /** @param steps how many of this hospital's steps the other one was found to have */
    record AcknowledgeTransferSteps(TransferId transfer, int steps) implements Upkeep {}

    /** The hospital's file as it is now. No event when it is what was known. */
    record DefineHospital(Hospital hospital) implements Upkeep {}

    /** Whoever writes next is to know of it: see {@link BedEvent.ActRefused}. */
    record KeepRefusal(String key, String rule, Map<String, String> about) implements Upkeep {
        public KeepRefusal {
            about = Map.copyOf(about);
        }
    }

    /** What follows is an exercise. Nothing happens when one has begun. */
    record BeginDrill(Drill drill) implements Upkeep {}

    /** What the screens of a drill ask for now. Nothing happens when they are the same cards as before, or it is no drill. */
    record ShowCards(List<AskedCard> cards) implements Upkeep {
        public ShowCards {
            cards = List.copyOf(cards);
        }
    }

    /** Time passed: reservations past their deadline are released, stays and transfers long ended are archived. */
    record PassTime() implements Upkeep {}
}
