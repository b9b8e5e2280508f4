package org.chevet.occupancy;

import java.time.Instant;
import java.time.LocalDate;
import org.chevet.event.BedEvent;
import org.chevet.event.PatientClass;
import org.chevet.event.StatedPapers;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Sex;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stay apart from its movements, each detail with the time of the statement that it comes from. Of two statements of one
 * detail the later holds, so papers do not depend on the order in which statements arrive.
 */
record Papers(
        Patient patient,
        @Nullable PatientClass patientClass,
        @Nullable Instant expectedArrival,
        @Nullable String specialty,
        PaperTimes times) {

    /** One detail, as one source has it. */
    private record Detail<T>(@Nullable T value, @Nullable Instant statedAt) {
        /** At equal times what came later holds: nothing else tells them apart. */
        Detail<T> laterOf(Detail<T> other) {
            boolean holds = other.statedAt != null && (statedAt == null || !other.statedAt.isBefore(statedAt));
            return holds ? other : this;
        }
    }

    /** @param registers whether it says that the patient is to come, or is here */
    static Papers of(StatedPapers stated, Instant at, boolean registers) {
        Patient patient = stated.patient();
        boolean whole = stated.wholePatient();
        boolean assumed = stated.specialty() == null && stated.assumedSpecialty() != null;
        String specialty = assumed ? stated.assumedSpecialty() : stated.specialty();
        return new Papers(
                patient,
                stated.patientClass(),
                stated.expectedArrival(),
                specialty,
                new PaperTimes(
                        time(patient.identifier(), at, whole),
                        time(patient.familyName(), at, whole),
                        time(patient.givenName(), at, whole),
                        time(patient.sex() == Sex.UNKNOWN ? null : patient.sex(), at, whole),
                        time(patient.birthDate(), at, whole),
                        time(stated.patientClass(), at, false),
                        time(stated.expectedArrival(), at, false),
                        time(specialty, at, false),
                        assumed,
                        registers ? at : null));
    }

    /** What a registration says. */
    static Papers of(BedEvent.StayRegistered registered) {
        StatedPapers stated = new StatedPapers(
                registered.patient(),
                false,
                registered.patientClass(),
                registered.expectedArrival(),
                registered.needs().specialty(),
                registered.assumedSpecialty());
        return of(stated, registered.at(), true);
    }

    private static @Nullable Instant time(@Nullable Object value, Instant at, boolean evenUnknown) {
        return value == null && !evenUnknown ? null : at;
    }

    /** What both say together. */
    Papers with(Papers other) {
        Detail<String> identifier = new Detail<>(patient.identifier(), times.identifier())
                .laterOf(new Detail<>(other.patient.identifier(), other.times.identifier()));
        Detail<String> familyName = new Detail<>(patient.familyName(), times.familyName())
                .laterOf(new Detail<>(other.patient.familyName(), other.times.familyName()));
        Detail<String> givenName = new Detail<>(patient.givenName(), times.givenName())
                .laterOf(new Detail<>(other.patient.givenName(), other.times.givenName()));
        Detail<Sex> sex =
                new Detail<>(patient.sex(), times.sex()).laterOf(new Detail<>(other.patient.sex(), other.times.sex()));
        Detail<LocalDate> birthDate = new Detail<>(patient.birthDate(), times.birthDate())
                .laterOf(new Detail<>(other.patient.birthDate(), other.times.birthDate()));
        Detail<PatientClass> ofClass = new Detail<>(patientClass, times.patientClass())
                .laterOf(new Detail<>(other.patientClass, other.times.patientClass()));
        Detail<Instant> arrival = new Detail<>(expectedArrival, times.expectedArrival())
                .laterOf(new Detail<>(other.expectedArrival, other.times.expectedArrival()));
        Papers specialtyFrom = holdsSpecialtyAgainst(other) ? this : other;
        Detail<Boolean> registered =
                new Detail<>(true, times.registered()).laterOf(new Detail<>(true, other.times.registered()));
        return new Papers(
                new Patient(
                        identifier.value(),
                        familyName.value(),
                        givenName.value(),
                        sex.value() == null ? Sex.UNKNOWN : sex.value(),
                        birthDate.value()),
                ofClass.value(),
                arrival.value(),
                specialtyFrom.specialty,
                new PaperTimes(
                        identifier.statedAt(),
                        familyName.statedAt(),
                        givenName.statedAt(),
                        sex.statedAt(),
                        birthDate.statedAt(),
                        ofClass.statedAt(),
                        arrival.statedAt(),
                        specialtyFrom.times.specialty(),
                        specialtyFrom.times.specialtyAssumed(),
                        registered.statedAt()));
    }

    /** What was stated holds against what was assumed; of assumptions the first, which is about the service that the stay began in. */
    private boolean holdsSpecialtyAgainst(Papers other) {
        Instant own = times.specialty();
        Instant others = other.times.specialty();
        if (own == null || others == null) {
            return others == null;
        }
        if (times.specialtyAssumed() != other.times.specialtyAssumed()) {
            return other.times.specialtyAssumed();
        }
        return times.specialtyAssumed() ? !own.isAfter(others) : own.isAfter(others);
    }
}
