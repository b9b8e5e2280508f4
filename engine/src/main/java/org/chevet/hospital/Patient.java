package org.chevet.hospital;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The little of a person's identity that placing them needs. Never logged.
 *
 * @param identifier the hospital's patient number (IPP) with its authority, as the feed gives it
 */
public record Patient(
        @Nullable String identifier,
        @Nullable String familyName,
        @Nullable String givenName,
        Sex sex,
        @Nullable LocalDate birthDate) {
    public static final Patient UNKNOWN = new Patient(null, null, null, Sex.UNKNOWN, null);

    /** Whether its number names the same person in every hospital: a bare one is each hospital's own. */
    public boolean hasAssigningAuthority() {
        return identifier != null && identifier.contains("^^^");
    }
}
