package org.chevet.occupancy;

import java.time.Instant;
import org.chevet.event.StatedPapers;
import org.chevet.hospital.Patient;
import org.jspecify.annotations.Nullable;

/**
 * What was said of somebody by their patient number, whatever their stays.
 *
 * @param number as {@link Patient#identifier()} has it
 * @param joinedInto the number that took over, as was stated last; null while nobody said so
 * @param joinedAt when that was stated
 * @param patient the number apart
 * @param times when each of these details was stated
 * @param recordedAt when anything about it was last recorded
 */
public record Person(
        String number,
        @Nullable String joinedInto,
        @Nullable Instant joinedAt,
        Patient patient,
        PaperTimes times,
        Instant recordedAt) {
    static Person unknown(String number) {
        return new Person(number, null, null, Patient.UNKNOWN, PaperTimes.NEVER, Instant.EPOCH);
    }

    private Papers papers() {
        return new Papers(patient, null, null, null, times);
    }

    /** With one more statement. */
    Person with(Patient stated, Instant at) {
        return with(Papers.of(StatedPapers.ofPatient(withNumber(stated, null)), at, false));
    }

    /** With what was said under another number. */
    Person with(Person other) {
        return with(other.papers());
    }

    private Person with(Papers stated) {
        Papers all = papers().with(stated);
        return new Person(number, joinedInto, joinedAt, all.patient(), all.times(), recordedAt);
    }

    Person joined(String into, Instant at) {
        return new Person(number, into, at, patient, times, recordedAt);
    }

    Person recorded(Instant at) {
        return new Person(number, joinedInto, joinedAt, patient, times, at);
    }

    /** Whose stay this is: as its own papers have it, but for what was said of the person later. */
    Patient in(Stay stay) {
        return withNumber(stay.papers().with(papers()).patient(), number);
    }

    private static Patient withNumber(Patient patient, @Nullable String number) {
        return new Patient(number, patient.familyName(), patient.givenName(), patient.sex(), patient.birthDate());
    }
}
