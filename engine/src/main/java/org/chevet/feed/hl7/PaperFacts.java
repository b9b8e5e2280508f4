package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.PatientClass;
import org.chevet.event.StatedPapers;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.jspecify.annotations.Nullable;

/** What a message says of a stay besides its movements: whose it is, what it needs, and what is planned. */
final class PaperFacts {
    private final StayMessage stay;

    PaperFacts(StayMessage stay) {
        this.stay = stay;
    }

    /** @param patientClass null when it is not stated */
    Command.Fact stay(@Nullable PatientClass patientClass) {
        return papers(patientClass, false);
    }

    /** The stay is this patient's, whoever's it was. */
    Command.Fact stayOfAnother() {
        return papers(stay.visit().patientClass(), true);
    }

    private Command.Fact papers(@Nullable PatientClass patientClass, boolean wholePatient) {
        return new Command.ReportStay(
                stay.stay(),
                new StatedPapers(
                        stay.message().patient(),
                        wholePatient,
                        patientClass,
                        expectedArrival(),
                        specialty(),
                        assumedSpecialty()),
                stay.statedAt());
    }

    private @Nullable String specialty() {
        String stated = stay.visit().hospitalService();
        return stay.places().hospital().specialties().containsKey(stated) ? stated : null;
    }

    /** The first one of the service that the patient enters. */
    private @Nullable String assumedSpecialty() {
        boolean enters = switch (stay.statement().subject()) {
            case ADMISSION, REGISTRATION, CHANGE_TO_INPATIENT ->
                stay.statement().action() == Statement.Action.INSERT;
            case PREADMISSION,
                    TRANSFER,
                    PENDING_TRANSFER,
                    CHANGE_TO_OUTPATIENT,
                    DISCHARGE,
                    LEAVE,
                    RETURN,
                    DISCHARGE_PLAN,
                    STAY,
                    IDENTITY,
                    VISIT_MERGE,
                    VISIT_MOVE,
                    SWAP,
                    BED_STATUS,
                    NO_BED -> false;
        };
        Service entered = enters ? stay.places().service(stay.place().location()) : null;
        return entered == null || entered.specialties().isEmpty()
                ? null
                : entered.specialties().getFirst();
    }

    /** @return null when the message does not say */
    private @Nullable Instant expectedArrival() {
        Instant stated = stay.visit().admissionExpected();
        if (stated != null || stay.statement().subject() != Statement.Subject.PREADMISSION) {
            return stated;
        }
        MovementSegment segment = stay.segment();
        Instant planned = stay.message().plannedAt();
        return planned != null || segment == null ? planned : segment.at();
    }

    /** PV2-9 of any message is a plan too. */
    List<Command.Fact> withPlan(List<Command.Fact> facts) {
        Instant expected = stay.visit().dischargeExpected();
        if (expected == null) {
            return facts;
        }
        List<Command.Fact> all = new ArrayList<>(facts);
        all.add(plan(expected));
        return all;
    }

    /** @param expected null withdraws the plan */
    Command.Fact plan(@Nullable Instant expected) {
        return new Command.ReportDischargePlan(stay.stay(), expected, stay.statedAt());
    }

    /** When an A16 says that the patient is to leave, null when it does not. */
    @Nullable
    Instant dischargePlanned() {
        Instant planned = stay.message().plannedAt();
        Instant expected = planned != null ? planned : stay.visit().dischargeExpected();
        MovementSegment segment = stay.segment();
        return expected != null || segment == null ? expected : segment.at();
    }

    /** A patient who is here is to have another bed: somebody has to find it. */
    Command.Fact pendingTransfer() {
        LocationMap.Found wished = stay.places().find(stay.visit().pendingLocation(), List.of());
        MovementSegment segment = stay.segment();
        Instant planned = stay.message().plannedAt();
        if (planned == null) {
            planned = segment != null && segment.at() != null ? segment.at() : stay.statedAt();
        }
        return new Command.ReportPendingTransfer(
                request(), stay.stay(), wished.location().service(), planned, stay.statedAt());
    }

    Command.Fact pendingTransferCancelled() {
        return new Command.ReportPendingTransferCancelled(request(), stay.stay(), stay.statedAt());
    }

    /** One for each stay: who is to move again is to move elsewhere. */
    private RequestId request() {
        return new RequestId(MovementNumber.tidy("A15." + stay.stay().value(), Identifiers.IDENTIFIER_CHARS_MAX));
    }
}
