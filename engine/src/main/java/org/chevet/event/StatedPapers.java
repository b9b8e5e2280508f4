package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.Patient;
import org.jspecify.annotations.Nullable;

/**
 * What a feed says of a stay and its patient, movements apart. What is left out is not stated.
 *
 * @param patient its absent details are not stated, unless {@code wholePatient}
 * @param wholePatient whether absent details are unknown from now on: the stay is another person's
 * @param specialty code of the specialty responsible
 * @param assumedSpecialty that of the service which the patient enters, which holds as long as nobody states one
 */
public record StatedPapers(
        Patient patient,
        boolean wholePatient,
        @Nullable PatientClass patientClass,
        @Nullable Instant expectedArrival,
        @Nullable String specialty,
        @Nullable String assumedSpecialty) {
    /** What is said of a person, whatever the stay. */
    public static StatedPapers ofPatient(Patient patient) {
        return new StatedPapers(patient, false, null, null, null, null);
    }
}
