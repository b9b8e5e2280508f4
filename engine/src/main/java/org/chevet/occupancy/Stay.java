package org.chevet.occupancy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Barrier;
import org.chevet.event.BarrierKind;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * One patient's hospitalisation. Where it stands is read off its timeline, never stored.
 *
 * @param announced whether anybody registered it: false when only its movements are known
 * @param patient as the stay's own papers have it
 * @param times when each of its papers was stated
 * @param registrationCancelledAt when it was stated that the patient is not to come, null while that is not so; it holds unless the patient was
 *     registered later
 * @param plans every statement of the expected discharge, by the time it was made; the last one holds
 * @param mergedInto the number that took over its movements, null normally
 * @param updatedAt when anything about it was last recorded
 * @param person the patient with what was said of the person whatever the stay, null while that is what the stay's own papers say
 * @param barriers what keeps the patient here, in the order of the kinds
 */
public record Stay(
        StayId id,
        boolean announced,
        Patient patient,
        CareNeeds needs,
        PatientClass patientClass,
        @Nullable Instant expectedArrival,
        PaperTimes times,
        @Nullable Instant registrationCancelledAt,
        Timeline timeline,
        List<DischargePlan> plans,
        @Nullable Instant medicallyReadyAt,
        @Nullable Instant administrativelyClosedAt,
        @Nullable StayId mergedInto,
        Instant updatedAt,
        @AddedLater @Nullable Patient person,
        @AddedLater @Nullable List<Barrier> barriers) {
    public Stay {
        plans = List.copyOf(plans);
        // A snapshot of a former release has none, and is read all the same.
        barriers = barriers == null ? List.of() : List.copyOf(barriers);
    }

    static Stay unannounced(StayId id) {
        return new Stay(
                id,
                false,
                Patient.UNKNOWN,
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null,
                PaperTimes.NEVER,
                null,
                Timeline.EMPTY,
                List.of(),
                null,
                null,
                null,
                Instant.EPOCH,
                null,
                null);
    }

    public StayStatus status() {
        if (mergedInto != null) {
            return StayStatus.MERGED;
        }
        Movement last = timeline.last();
        if (last == null) {
            return isRegistrationCancelled() ? StayStatus.CANCELLED : StayStatus.EXPECTED;
        }
        return switch (last.kind()) {
            case ADMISSION, TRANSFER, RETURN -> StayStatus.PRESENT;
            case LEAVE -> StayStatus.ON_LEAVE;
            case DISCHARGE -> StayStatus.ENDED;
        };
    }

    private boolean isRegistrationCancelled() {
        Instant registered = times.registered();
        return registrationCancelledAt != null && (registered == null || !registered.isAfter(registrationCancelledAt));
    }

    /** Whether the patient holds a place in the hospital, on leave included. */
    public boolean isHere() {
        StayStatus status = status();
        return status == StayStatus.PRESENT || status == StayStatus.ON_LEAVE;
    }

    /** Whether the patient is registered to come to a bed at a known time, and has not come yet. */
    public boolean isExpected() {
        return status() == StayStatus.EXPECTED && patientClass == PatientClass.INPATIENT && expectedArrival != null;
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

    /** Who the patient is, as far as anybody said. */
    public Patient knownPatient() {
        return person == null ? patient : person;
    }

    public Sex sex() {
        Sex known = knownPatient().sex();
        return known != Sex.UNKNOWN ? known : needs.sex();
    }

    /** In completed years, by the date of birth or else as said with the needs; null when unknown. */
    public @Nullable Integer ageYears(Instant now, ZoneId zone) {
        LocalDate birth = knownPatient().birthDate();
        if (birth == null) {
            return needs.ageYears();
        }
        return Math.max(0, Period.between(birth, now.atZone(zone).toLocalDate()).getYears());
    }

    public @Nullable Instant expectedDischarge() {
        return plans.isEmpty() ? null : plans.getLast().expected();
    }

    @Override
    public List<Barrier> barriers() {
        return Objects.requireNonNull(barriers, "made by the constructor when there were none");
    }

    public @Nullable Barrier barrier(BarrierKind kind) {
        return barriers().stream()
                .filter(barrier -> barrier.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    Papers papers() {
        return new Papers(patient, patientClass, expectedArrival, needs.specialty(), times);
    }

    /** Registered, for the first time or again: what was known of it before no longer counts. */
    Stay withRegistration(Papers papers, CareNeeds newNeeds, Instant recordedAt) {
        Stay registered = new Stay(
                id,
                true,
                patient,
                newNeeds,
                patientClass,
                expectedArrival,
                times,
                null,
                timeline,
                plans,
                medicallyReadyAt,
                administrativelyClosedAt,
                mergedInto,
                recordedAt,
                person,
                barriers);
        return registered.withPapers(papers, recordedAt);
    }

    Stay withPapers(Papers papers, Instant recordedAt) {
        return new Stay(
                id,
                announced,
                papers.patient(),
                needs.withSpecialty(papers.specialty()),
                papers.patientClass() == null ? PatientClass.INPATIENT : papers.patientClass(),
                papers.expectedArrival(),
                papers.times(),
                registrationCancelledAt,
                timeline,
                plans,
                medicallyReadyAt,
                administrativelyClosedAt,
                mergedInto,
                recordedAt,
                person,
                barriers);
    }

    /** With what was known of another number as well, its movements included. */
    Stay joined(Stay other, Instant recordedAt) {
        boolean needsKnown = announced || !other.announced;
        Stay known = new Stay(
                id,
                announced || other.announced,
                patient,
                needsKnown ? needs : other.needs,
                patientClass,
                expectedArrival,
                times,
                later(registrationCancelledAt, other.registrationCancelledAt),
                timeline.merge(other.timeline),
                DischargePlan.joined(plans, other.plans),
                medicallyReadyAt,
                administrativelyClosedAt,
                mergedInto,
                recordedAt,
                person,
                Barrier.joined(barriers(), other.barriers()));
        return known.withPapers(papers().with(other.papers()), recordedAt);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    Stay withRegistrationCancelled(Instant cancelledAt, Instant recordedAt) {
        return copy(
                patient,
                needs,
                expectedArrival,
                times,
                later(registrationCancelledAt, cancelledAt),
                timeline,
                plans,
                recordedAt);
    }

    Stay withPatient(Patient newPatient, @Nullable Instant newExpectedArrival, Instant statedAt, Instant recordedAt) {
        PaperTimes ofPatient = times.ofPatient(statedAt);
        PaperTimes newTimes =
                Objects.equals(newExpectedArrival, expectedArrival) ? ofPatient : ofPatient.ofExpectedArrival(statedAt);
        return copy(
                newPatient, needs, newExpectedArrival, newTimes, registrationCancelledAt, timeline, plans, recordedAt);
    }

    Stay withNeeds(CareNeeds newNeeds, Instant statedAt, Instant recordedAt) {
        PaperTimes newTimes =
                Objects.equals(newNeeds.specialty(), needs.specialty()) ? times : times.ofSpecialty(statedAt);
        return copy(patient, newNeeds, expectedArrival, newTimes, registrationCancelledAt, timeline, plans, recordedAt);
    }

    /** As it is, something having been recorded about it. */
    Stay recordedAgain(Instant recordedAt) {
        return withTimeline(timeline, recordedAt);
    }

    Stay withTimeline(Timeline newTimeline, Instant recordedAt) {
        return copy(patient, needs, expectedArrival, times, registrationCancelledAt, newTimeline, plans, recordedAt);
    }

    Stay withPlan(DischargePlan plan, Instant recordedAt) {
        return copy(
                patient,
                needs,
                expectedArrival,
                times,
                registrationCancelledAt,
                timeline,
                DischargePlan.with(plans, plan),
                recordedAt);
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
                times,
                registrationCancelledAt,
                timeline,
                plans,
                newMedicallyReadyAt,
                newAdministrativelyClosedAt,
                mergedInto,
                recordedAt,
                person,
                barriers);
    }

    Stay withBarriers(List<Barrier> newBarriers, Instant recordedAt) {
        return new Stay(
                id,
                announced,
                patient,
                needs,
                patientClass,
                expectedArrival,
                times,
                registrationCancelledAt,
                timeline,
                plans,
                medicallyReadyAt,
                administrativelyClosedAt,
                mergedInto,
                recordedAt,
                person,
                newBarriers);
    }

    Stay withMergedInto(StayId other, Instant recordedAt) {
        return new Stay(
                id,
                announced,
                patient,
                needs,
                patientClass,
                expectedArrival,
                times,
                registrationCancelledAt,
                Timeline.EMPTY,
                plans,
                medicallyReadyAt,
                administrativelyClosedAt,
                other,
                recordedAt,
                person,
                barriers);
    }

    /** @param known what is known of the patient as a person; null when nothing is */
    Stay withPerson(@Nullable Patient known) {
        Patient other = patient.equals(known) ? null : known;
        return Objects.equals(person, other)
                ? this
                : new Stay(
                        id,
                        announced,
                        patient,
                        needs,
                        patientClass,
                        expectedArrival,
                        times,
                        registrationCancelledAt,
                        timeline,
                        plans,
                        medicallyReadyAt,
                        administrativelyClosedAt,
                        mergedInto,
                        updatedAt,
                        other,
                        barriers);
    }

    private Stay copy(
            Patient newPatient,
            CareNeeds newNeeds,
            @Nullable Instant newExpectedArrival,
            PaperTimes newTimes,
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
                newTimes,
                newRegistrationCancelledAt,
                newTimeline,
                newPlans,
                medicallyReadyAt,
                administrativelyClosedAt,
                mergedInto,
                recordedAt,
                person,
                barriers);
    }
}
