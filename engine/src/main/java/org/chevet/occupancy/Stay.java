package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * One patient's hospitalisation. Where it stands is read off its timeline, never stored.
 *
 * @param announced whether anybody registered it: false when only its movements are known
 * @param registrationCancelledAt when it was stated that the patient is not to come, null while that is not so
 * @param plans every statement of the expected discharge, oldest first; the last one holds
 * @param mergedInto the number that took over its movements, null normally
 * @param updatedAt when anything about it was last recorded
 */
public record Stay(
        StayId id,
        boolean announced,
        Patient patient,
        CareNeeds needs,
        PatientClass patientClass,
        @Nullable Instant expectedArrival,
        @Nullable Instant registrationCancelledAt,
        Timeline timeline,
        List<DischargePlan> plans,
        @Nullable Instant medicallyReadyAt,
        @Nullable Instant administrativelyClosedAt,
        @Nullable StayId mergedInto,
        Instant updatedAt) {
    /** How many statements of the expected discharge are kept: the first, and the latest ones. */
    public static final int DISCHARGE_PLANS_MAX = 50;

    public Stay {
        plans = List.copyOf(plans);
    }

    static Stay unannounced(StayId id) {
        return new Stay(
                id,
                false,
                Patient.UNKNOWN,
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null,
                null,
                Timeline.EMPTY,
                List.of(),
                null,
                null,
                null,
                Instant.EPOCH);
    }

    public StayStatus status() {
        if (mergedInto != null) {
            return StayStatus.MERGED;
        }
        Movement last = timeline.last();
        if (last == null) {
            return registrationCancelledAt != null ? StayStatus.CANCELLED : StayStatus.EXPECTED;
        }
        return switch (last.kind()) {
            case ADMISSION, TRANSFER, RETURN -> StayStatus.PRESENT;
            case LEAVE -> StayStatus.ON_LEAVE;
            case DISCHARGE -> StayStatus.ENDED;
        };
    }

    /** Whether the patient holds a place in the hospital, on leave included. */
    public boolean isHere() {
        StayStatus status = status();
        return status == StayStatus.PRESENT || status == StayStatus.ON_LEAVE;
    }

    public @Nullable Location location() {
        return mergedInto == null ? timeline.location() : null;
    }

    public @Nullable Ending ending() {
        Movement last = timeline.last();
        return mergedInto == null && last != null && last.kind() == MovementKind.DISCHARGE ? last.ending() : null;
    }

    /** As the last movement says, or as registered. */
    public PatientClass currentClass() {
        Movement last = timeline.last();
        return last == null ? patientClass : last.patientClass();
    }

    public Sex sex() {
        return patient.sex() != Sex.UNKNOWN ? patient.sex() : needs.sex();
    }

    public @Nullable Instant expectedDischarge() {
        return plans.isEmpty() ? null : plans.getLast().expected();
    }

    Stay withRegistration(
            Patient newPatient,
            CareNeeds newNeeds,
            PatientClass newClass,
            @Nullable Instant newExpectedArrival,
            Instant recordedAt) {
        return new Stay(
                id,
                true,
                newPatient,
                newNeeds,
                newClass,
                newExpectedArrival,
                null,
                timeline,
                plans,
                medicallyReadyAt,
                administrativelyClosedAt,
                mergedInto,
                recordedAt);
    }

    /** Known by what was known of another number. */
    Stay named(Stay other, Instant recordedAt) {
        return withRegistration(other.patient, other.needs, other.patientClass, other.expectedArrival, recordedAt);
    }

    Stay withRegistrationCancelled(Instant cancelledAt, Instant recordedAt) {
        return copy(patient, needs, expectedArrival, cancelledAt, timeline, plans, recordedAt);
    }

    Stay withPatient(Patient newPatient, @Nullable Instant newExpectedArrival, Instant recordedAt) {
        return copy(newPatient, needs, newExpectedArrival, registrationCancelledAt, timeline, plans, recordedAt);
    }

    Stay withNeeds(CareNeeds newNeeds, Instant recordedAt) {
        return copy(patient, newNeeds, expectedArrival, registrationCancelledAt, timeline, plans, recordedAt);
    }

    /** As it is, something having been recorded about it. */
    Stay recordedAgain(Instant recordedAt) {
        return withTimeline(timeline, recordedAt);
    }

    Stay withTimeline(Timeline newTimeline, Instant recordedAt) {
        return copy(patient, needs, expectedArrival, registrationCancelledAt, newTimeline, plans, recordedAt);
    }

    Stay withPlan(DischargePlan plan, Instant recordedAt) {
        List<DischargePlan> changed = new ArrayList<>(plans);
        if (changed.size() == DISCHARGE_PLANS_MAX) {
            changed.remove(1);
        }
        changed.add(plan);
        return copy(patient, needs, expectedArrival, registrationCancelledAt, timeline, changed, recordedAt);
    }

    Stay withMilestones(
            @Nullable Instant newMedicallyReadyAt, @Nullable Instant newAdministrativelyClosedAt, Instant recordedAt) {
        return new Stay(
                id,
                announced,
                patient,
                needs,
                patientClass,
                expectedArrival,
                registrationCancelledAt,
                timeline,
                plans,
                newMedicallyReadyAt,
                newAdministrativelyClosedAt,
                mergedInto,
                recordedAt);
    }

    Stay withMergedInto(StayId other, Instant recordedAt) {
        return new Stay(
                id,
                announced,
                patient,
                needs,
                patientClass,
                expectedArrival,
                registrationCancelledAt,
                Timeline.EMPTY,
                plans,
                medicallyReadyAt,
                administrativelyClosedAt,
                other,
                recordedAt);
    }

    private Stay copy(
            Patient newPatient,
            CareNeeds newNeeds,
            @Nullable Instant newExpectedArrival,
            @Nullable Instant newRegistrationCancelledAt,
            Timeline newTimeline,
            List<DischargePlan> newPlans,
            Instant recordedAt) {
        return new Stay(
                id,
                announced,
                newPatient,
                newNeeds,
                patientClass,
                newExpectedArrival,
                newRegistrationCancelledAt,
                newTimeline,
                newPlans,
                medicallyReadyAt,
                administrativelyClosedAt,
                mergedInto,
                recordedAt);
    }
}
