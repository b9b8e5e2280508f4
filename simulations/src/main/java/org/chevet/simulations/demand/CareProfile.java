package org.chevet.simulations.demand;

import java.util.List;
import java.util.Map;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.simulations.flow.LengthOfStay;

/**
 * How a service lives. Made up, but of the size one finds: for those of the demo hospital one by one, for others by their level of care.
 *
 * @param lengthDays median length of stay
 * @param lengthSpread standard deviation of its logarithm
 * @param targetOccupancy share of staffed beds its entries aim at
 * @param fromEmergency share of entries that come through the emergency department
 * @param elective share planned ahead; what is left comes directly (births, other hospitals)
 * @param death probability that the stay ends so
 * @param onward to which services patients go next, with the probability; the others leave the hospital
 */
public record CareProfile(
        double lengthDays,
        double lengthSpread,
        double targetOccupancy,
        double fromEmergency,
        double elective,
        double death,
        double ageYears,
        double ageYearsSpread,
        List<Onward> onward) {
    public record Onward(String service, double probability) {}

    private static final Map<String, CareProfile> BY_SERVICE = Map.ofEntries(
            profile(
                    "UHCD",
                    0.9,
                    0.45,
                    0.8,
                    1.0,
                    0.0,
                    0.01,
                    66,
                    20,
                    "MED-POLY .14, GERIATRIE .10, CARDIO .07, PNEUMO .06, GASTRO .05, NEURO .05, MED-INT .05, INFECTIO .03,"
                            + " NEPHRO .03, CHIR-DIG .04, URO .03, ORTHO .03"),
            profile(
                    "REA-MED",
                    4.5,
                    0.8,
                    0.82,
                    0.6,
                    0.0,
                    0.16,
                    62,
                    15,
                    "USC .3, PNEUMO .08, CARDIO .05, NEPHRO .04, NEURO .03"),
            profile(
                    "REA-CHIR",
                    3.5,
                    0.8,
                    0.82,
                    0.3,
                    0.2,
                    0.1,
                    60,
                    16,
                    "USC .28, CHIR-DIG .15, CHIR-VT .12, NEUROCHIR .1"),
            profile(
                    "USC",
                    2.6,
                    0.5,
                    0.82,
                    0.4,
                    0.15,
                    0.03,
                    63,
                    15,
                    "CHIR-DIG .2, PNEUMO .15, MED-POLY .15, CARDIO .1, CHIR-VT .1, NEPHRO .05, ORTHO .05"),
            profile("USIC", 2.6, 0.5, 0.82, 0.8, 0.05, 0.03, 68, 13, "CARDIO .6"),
            profile("UNV", 4.5, 0.5, 0.86, 0.9, 0.0, 0.05, 72, 13, "NEURO .35, SMR-LOC .06"),
            profile("CARDIO", 4.5, 0.6, 0.92, 0.4, 0.45, 0.02, 71, 13, "USIC .03, SMR-GER .01"),
            profile("CHIR-VT", 5.5, 0.6, 0.88, 0.15, 0.75, 0.01, 66, 12, "REA-CHIR .03, USC .03, SMR-LOC .01"),
            profile("NEURO", 6.5, 0.6, 0.92, 0.45, 0.4, 0.02, 64, 17, "SMR-LOC .03, SMR-GER .01"),
            profile("NEUROCHIR", 6.0, 0.6, 0.88, 0.3, 0.6, 0.02, 56, 17, "REA-CHIR .04, SMR-LOC .03"),
            profile("PNEUMO", 7.0, 0.6, 0.93, 0.55, 0.3, 0.04, 67, 14, "REA-MED .03, SMR-GER .02, PALLIATIF .01"),
            profile("INFECTIO", 7.0, 0.6, 0.9, 0.6, 0.15, 0.02, 57, 18, "SMR-GER .02"),
            profile("MED-POLY", 6.5, 0.55, 0.91, 0.85, 0.03, 0.04, 74, 14, "SMR-GER .04, GERIATRIE .04, PALLIATIF .01"),
            profile("MED-INT", 6.5, 0.6, 0.92, 0.4, 0.45, 0.02, 62, 17, "SMR-GER .02"),
            profile("GASTRO", 5.5, 0.6, 0.92, 0.5, 0.4, 0.03, 62, 16, "CHIR-DIG .05, PALLIATIF .01"),
            profile("CHIR-DIG", 4.8, 0.65, 0.9, 0.35, 0.6, 0.01, 60, 17, "REA-CHIR .03, USC .03, SMR-GER .01"),
            profile("NEPHRO", 6.0, 0.6, 0.91, 0.4, 0.45, 0.02, 66, 15, "SMR-GER .01"),
            profile("URO", 3.2, 0.6, 0.87, 0.25, 0.7, 0.005, 66, 14, ""),
            profile("ORL", 2.6, 0.6, 0.83, 0.15, 0.8, 0.003, 54, 19, ""),
            profile("ORTHO", 5.2, 0.6, 0.9, 0.5, 0.45, 0.01, 66, 19, "SMR-LOC .035, SMR-GER .025"),
            profile("HEMATO", 14.0, 0.6, 0.92, 0.15, 0.65, 0.04, 60, 15, "REA-MED .03, PALLIATIF .01"),
            profile("ONCO", 6.5, 0.6, 0.9, 0.25, 0.65, 0.06, 63, 12, "PALLIATIF .03"),
            profile("OBSTETRIQUE", 3.6, 0.3, 0.86, 0.0, 0.15, 0.0, 31, 5, ""),
            profile("GYNECO", 2.4, 0.5, 0.84, 0.2, 0.75, 0.001, 47, 15, ""),
            profile("NEONAT", 8.0, 0.7, 0.86, 0.0, 0.0, 0.005, 0, 0, ""),
            profile("PEDIATRIE", 2.6, 0.6, 0.84, 0.6, 0.35, 0.001, 6, 5, ""),
            profile("PALLIATIF", 12.0, 0.7, 0.88, 0.0, 0.2, 0.75, 73, 12, ""),
            profile("SMR-GER", 26.0, 0.45, 0.94, 0.0, 0.2, 0.02, 84, 6, "GERIATRIE .04"),
            profile("SMR-LOC", 28.0, 0.45, 0.92, 0.0, 0.15, 0.003, 62, 16, "ORTHO .02"),
            profile("GERIATRIE", 9.5, 0.5, 0.92, 0.7, 0.05, 0.06, 86, 6, "SMR-GER .1, PALLIATIF .01"));

    public static CareProfile of(Service service) {
        CareProfile known = BY_SERVICE.get(service.id().value());
        return known != null ? known : of(service.levelOfCare());
    }

    private static CareProfile of(LevelOfCare level) {
        return switch (level) {
            case REHABILITATION -> new CareProfile(26, 0.45, 0.92, 0.0, 0.2, 0.02, 80, 12, List.of());
            case ACUTE -> new CareProfile(5, 0.6, 0.9, 0.5, 0.4, 0.01, 60, 18, List.of());
            case INTERMEDIATE -> new CareProfile(2.6, 0.5, 0.82, 0.7, 0.1, 0.03, 63, 15, List.of());
            case INTENSIVE -> new CareProfile(4, 0.8, 0.82, 0.6, 0.1, 0.16, 62, 15, List.of());
        };
    }

    public LengthOfStay lengthOfStay() {
        return LengthOfStay.LogNormal.ofMedian(lengthDays, lengthSpread);
    }

    /** Of a log-normal length, with the hours that waiting for the day's discharges adds. */
    public double meanLengthDays() {
        return lengthDays * Math.exp(lengthSpread * lengthSpread / 2) + 0.2;
    }

    /** Where patients move on at any hour, because the next one is waiting. */
    public static boolean turnsDayAndNight(Service service) {
        return service.levelOfCare().compareTo(LevelOfCare.INTERMEDIATE) >= 0
                || service.specialties().contains("urgences");
    }

    private static Map.Entry<String, CareProfile> profile(
            String service,
            double lengthDays,
            double lengthSpread,
            double targetOccupancy,
            double fromEmergency,
            double elective,
            double death,
            double ageYears,
            double ageYearsSpread,
            String onward) {
        List<Onward> next = onward.isEmpty()
                ? List.of()
                : List.of(onward.split(", *")).stream()
                        .map(entry -> entry.split(" "))
                        .map(entry -> new Onward(entry[0], Double.parseDouble(entry[1])))
                        .toList();
        return Map.entry(
                service,
                new CareProfile(
                        lengthDays,
                        lengthSpread,
                        targetOccupancy,
                        fromEmergency,
                        elective,
                        death,
                        ageYears,
                        ageYearsSpread,
                        next));
    }
}
