package org.chevet.hospital;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a patient needs of a bed.
 *
 * @param specialty code of the specialty responsible, null while nobody said
 * @param levelOfCare the least the service must offer
 * @param ageYears age in completed years, null when unknown
 * @param equipmentRequired codes without which a bed will not do
 * @param equipmentPreferred codes that make a bed better
 * @param organism the hospital's own short code of what the isolation is for (BMR, BHRe, grippe …), null when unknown
 */
public record CareNeeds(
        @Nullable String specialty,
        LevelOfCare levelOfCare,
        Isolation isolation,
        Sex sex,
        @Nullable Integer ageYears,
        List<String> equipmentRequired,
        List<String> equipmentPreferred,
        SingleRoom singleRoom,
        @AddedLater @Nullable String organism) {
    public static final int ORGANISM_CHARS_MAX = 32;

    /** Nothing said yet: an acute bed, no precautions. */
    public static final CareNeeds UNSPECIFIED = new CareNeeds(
            null, LevelOfCare.ACUTE, Isolation.NONE, Sex.UNKNOWN, null, List.of(), List.of(), SingleRoom.INDIFFERENT);

    public CareNeeds {
        equipmentRequired = inOrder(equipmentRequired);
        equipmentPreferred = inOrder(equipmentPreferred);
        if (organism != null) {
            Identifiers.check("organism", organism, ORGANISM_CHARS_MAX);
        }
    }

    private static List<String> inOrder(List<String> codes) {
        return List.copyOf(codes.size() < 2 ? codes : new TreeSet<>(codes));
    }

    /** With no organism known. */
    public CareNeeds(
            @Nullable String specialty,
            LevelOfCare levelOfCare,
            Isolation isolation,
            Sex sex,
            @Nullable Integer ageYears,
            List<String> equipmentRequired,
            List<String> equipmentPreferred,
            SingleRoom singleRoom) {
        this(specialty, levelOfCare, isolation, sex, ageYears, equipmentRequired, equipmentPreferred, singleRoom, null);
    }

    public CareNeeds withSpecialty(@Nullable String responsible) {
        return Objects.equals(responsible, specialty)
                ? this
                : new CareNeeds(
                        responsible,
                        levelOfCare,
                        isolation,
                        sex,
                        ageYears,
                        equipmentRequired,
                        equipmentPreferred,
                        singleRoom,
                        organism);
    }

    public CareNeeds withIsolation(Isolation wanted) {
        return new CareNeeds(
                specialty,
                levelOfCare,
                wanted,
                sex,
                ageYears,
                equipmentRequired,
                equipmentPreferred,
                singleRoom,
                organism);
    }

    /** With the patient's own sex and age. */
    public CareNeeds of(Sex patientSex, @Nullable Integer patientAgeYears) {
        return patientSex == sex && Objects.equals(patientAgeYears, ageYears)
                ? this
                : new CareNeeds(
                        specialty,
                        levelOfCare,
                        isolation,
                        patientSex,
                        patientAgeYears,
                        equipmentRequired,
                        equipmentPreferred,
                        singleRoom,
                        organism);
    }
}
