package org.chevet.simulations.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Sex;

/**
 * What those who came from outside into a service, or into the hospital, were seen to need.
 *
 * @param sexKnown of these patients
 * @param women among them
 * @param ageYears of those whose age is known, in order
 * @param isolated by kind, nobody without
 * @param equipped by the code of what their bed must have
 */
public record Needs(
        int patients,
        int sexKnown,
        int women,
        double[] ageYears,
        Map<Isolation, Integer> isolated,
        Map<String, Integer> equipped) {
    /** Of whichever service. */
    static Needs of(List<CareNeeds> seen) {
        Map<Isolation, Integer> isolated = new EnumMap<>(Isolation.class);
        Map<String, Integer> equipped = new TreeMap<>();
        int sexKnown = 0;
        int women = 0;
        List<Integer> ages = new ArrayList<>();
        for (CareNeeds needs : seen) {
            sexKnown += needs.sex() == Sex.FEMALE || needs.sex() == Sex.MALE ? 1 : 0;
            women += needs.sex() == Sex.FEMALE ? 1 : 0;
            Integer age = needs.ageYears();
            if (age != null) {
                ages.add(age);
            }
            if (needs.isolation() != Isolation.NONE) {
                isolated.merge(needs.isolation(), 1, Integer::sum);
            }
            needs.equipmentRequired().forEach(code -> equipped.merge(code, 1, Integer::sum));
        }
        return new Needs(
                seen.size(),
                sexKnown,
                women,
                ages.stream().mapToDouble(Integer::doubleValue).sorted().toArray(),
                isolated,
                equipped);
    }

    /** Of all of them together. */
    static Needs sum(List<Needs> all) {
        Map<Isolation, Integer> isolated = new EnumMap<>(Isolation.class);
        Map<String, Integer> equipped = new TreeMap<>();
        all.forEach(one -> {
            one.isolated.forEach((kind, count) -> isolated.merge(kind, count, Integer::sum));
            one.equipped.forEach((code, count) -> equipped.merge(code, count, Integer::sum));
        });
        return new Needs(
                all.stream().mapToInt(Needs::patients).sum(),
                all.stream().mapToInt(Needs::sexKnown).sum(),
                all.stream().mapToInt(Needs::women).sum(),
                all.stream()
                        .flatMapToDouble(one -> Arrays.stream(one.ageYears))
                        .sorted()
                        .toArray(),
                isolated,
                equipped);
    }

    /** NaN where nobody's sex is known. */
    public double femaleShare() {
        return sexKnown == 0 ? Double.NaN : (double) women / sexKnown;
    }

    /** NaN where nobody's age is known. */
    public double meanAgeYears() {
        return Arrays.stream(ageYears).average().orElse(Double.NaN);
    }

    /** Standard deviation. */
    double ageYearsSpread() {
        double mean = meanAgeYears();
        return Math.sqrt(Arrays.stream(ageYears)
                .map(age -> (age - mean) * (age - mean))
                .average()
                .orElse(Double.NaN));
    }

    public double isolatedShare(Isolation kind) {
        return patients == 0 ? Double.NaN : (double) isolated.getOrDefault(kind, 0) / patients;
    }

    public double equippedShare(String code) {
        return patients == 0 ? Double.NaN : (double) equipped.getOrDefault(code, 0) / patients;
    }
}
