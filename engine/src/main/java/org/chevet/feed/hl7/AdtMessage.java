package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.List;
import org.chevet.event.PatientClass;
import org.chevet.hospital.Patient;
import org.chevet.hospital.PointOfCare;
import org.jspecify.annotations.Nullable;

/**
 * What an ADT message says that beds care about, before it is compared with the hospital. Texts are empty, and times null, when
 * the message does not say.
 *
 * @param trigger its event: A01, A02, …
 * @param statedAt when the sender recorded it (EVN-2, else MSH-7)
 * @param plannedAt EVN-3
 * @param occurredAt EVN-6
 * @param dead whether PID-30 or PID-29 says the patient died
 * @param movements its ZBE segments; none where the movements of the French and IHE profile are not in use
 * @param exitMode ZFM-2, the French mode of leaving
 * @param priorPatient MRG-1, as {@link Patient#identifier()} has it
 * @param priorVisitNumber MRG-5
 * @param priorAccountNumber MRG-3
 * @param unreadableTimes fields that should hold a time and hold something else, as "EVN-2 (12 characters)": not what it holds, which may be
 *     anything
 */
record AdtMessage(
        MessageHeader header,
        String trigger,
        @Nullable Instant statedAt,
        @Nullable Instant plannedAt,
        @Nullable Instant occurredAt,
        Patient patient,
        boolean dead,
        Visit visit,
        List<MovementSegment> movements,
        @Nullable BedStatusSegment bedStatus,
        String exitMode,
        String priorPatient,
        String priorVisitNumber,
        String priorAccountNumber,
        List<String> unreadableTimes) {

    /**
     * PV1 and PV2.
     *
     * @param number PV1-19, else the account number
     * @param account PID-18
     * @param location PV1-3
     * @param priorLocation PV1-6
     * @param pendingLocation PV1-42
     * @param hospitalService PV1-10
     * @param dischargeDisposition PV1-36
     * @param dischargedTo PV1-37
     * @param admittedAt PV1-44
     * @param dischargedAt PV1-45
     * @param admissionExpected PV2-8
     * @param dischargeExpected PV2-9
     */
    record Visit(
            String number,
            String account,
            @Nullable PatientClass patientClass,
            PointOfCare location,
            PointOfCare priorLocation,
            PointOfCare pendingLocation,
            String hospitalService,
            String dischargeDisposition,
            String dischargedTo,
            @Nullable Instant admittedAt,
            @Nullable Instant dischargedAt,
            @Nullable Instant admissionExpected,
            @Nullable Instant dischargeExpected) {}

    /**
     * ZBE.
     *
     * @param id ZBE-1, its number
     * @param authority who gave out that number
     * @param at ZBE-2
     * @param action ZBE-4: INSERT, UPDATE or CANCEL
     * @param originalTrigger ZBE-6, the event that first stated an updated or cancelled movement
     * @param units the names of the unit that cares for the patient (ZBE-8), then of the one responsible (ZBE-7)
     */
    record MovementSegment(
            String id,
            String authority,
            @Nullable Instant at,
            String action,
            String originalTrigger,
            List<String> units) {
        MovementSegment {
            units = List.copyOf(units);
        }
    }

    /** NPU. */
    record BedStatusSegment(PointOfCare location, String status) {}

    AdtMessage {
        movements = List.copyOf(movements);
        unreadableTimes = List.copyOf(unreadableTimes);
    }
}
