package org.chevet.occupancy;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When each detail of a stay's papers was stated; null for one that nobody stated.
 *
 * @param specialtyAssumed whether the specialty is only that of the service where the stay began
 * @param registered when it was last stated that the patient is to come, or is here
 */
public record PaperTimes(
        @Nullable Instant identifier,
        @Nullable Instant familyName,
        @Nullable Instant givenName,
        @Nullable Instant sex,
        @Nullable Instant birthDate,
        @Nullable Instant patientClass,
        @Nullable Instant expectedArrival,
        @Nullable Instant specialty,
        boolean specialtyAssumed,
        @Nullable Instant registered) {
    public static final PaperTimes NEVER = new PaperTimes(null, null, null, null, null, null, null, null, false, null);

    /** All of the patient's details stated at once, the unknown ones too. */
    PaperTimes ofPatient(Instant at) {
        return new PaperTimes(
                at, at, at, at, at, patientClass, expectedArrival, specialty, specialtyAssumed, registered);
    }

    /** When any of the patient's details was stated last, but not before {@code earliest}. */
    Instant patientStatedLast(Instant earliest) {
        return Stream.of(identifier, familyName, givenName, sex, birthDate)
                .filter(Objects::nonNull)
                .reduce(earliest, (last, at) -> at.isAfter(last) ? at : last);
    }

    PaperTimes ofExpectedArrival(Instant at) {
        return new PaperTimes(
                identifier,
                familyName,
                givenName,
                sex,
                birthDate,
                patientClass,
                at,
                specialty,
                specialtyAssumed,
                registered);
    }

    PaperTimes ofSpecialty(Instant at) {
        return new PaperTimes(
                identifier,
                familyName,
                givenName,
                sex,
                birthDate,
                patientClass,
                expectedArrival,
                at,
                false,
                registered);
    }
}
