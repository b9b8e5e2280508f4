package org.chevet.simulations.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.event.OrdinaryCare;
import org.chevet.event.OrdinaryHours;
import org.chevet.event.Share;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Service;
import org.chevet.occupancy.DrillLog;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.flow.LengthOfStay;
import org.chevet.simulations.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/** A scenario's care, as a drill's first event keeps it: the file that it comes from is not kept. */
final class KeptCare {
    private KeptCare() {}

    /** Of the services that the hospital has of it. */
    static List<OrdinaryCare> of(Hospital hospital, Scenario scenario) {
        List<OrdinaryCare> kept = new ArrayList<>();
        for (Service service : hospital.services()) {
            Scenario.Care care = scenario.care().get(service.id());
            if (care != null) {
                kept.add(kept(service, care));
            }
        }
        return kept;
    }

    private static OrdinaryCare kept(Service service, Scenario.Care care) {
        CareProfile profile = care.profile();
        Scenario.Needs needs = care.needs();
        Map<Isolation, Double> isolation = needs.isolation();
        return new OrdinaryCare(
                service.id(),
                care.lengthOfStay() instanceof LengthOfStay.Empirical seen ? seen.days() : List.of(),
                profile.lengthDays(),
                profile.lengthSpread(),
                profile.death(),
                profile.ageYears(),
                profile.ageYearsSpread(),
                profile.onward().stream()
                        .map(next -> new Share(next.service(), next.probability()))
                        .toList(),
                needs.female(),
                isolation == null ? null : shares(isolation),
                shares(needs.equipment()),
                care.leaving() == null ? null : hours(care.leaving()));
    }

    private static List<Share> shares(Map<?, Double> shares) {
        return shares.entrySet().stream()
                .map(share -> new Share(share.getKey().toString(), share.getValue()))
                .toList();
    }

    private static OrdinaryHours hours(Leaving leaving) {
        return leaving.isAnytime()
                ? OrdinaryHours.ANYTIME
                : new OrdinaryHours(list(leaving.byHour()), list(leaving.byWeekday()));
    }

    /** Null for what is usual. */
    static @Nullable OrdinaryHours hours(ArrivalProfile profile, ArrivalProfile usual) {
        return profile == usual ? null : new OrdinaryHours(list(profile.byHour()), list(profile.byWeekday()));
    }

    private static List<Double> list(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    static ArrivalProfile profile(OrdinaryHours hours) {
        return new ArrivalProfile(array(hours.byHour()), array(hours.byWeekday()));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** As the scenario has it, or as usual. */
    static Scenario.Care of(DrillLog drill, Service service) {
        for (OrdinaryCare kept : drill.drill().care()) {
            if (kept.service().equals(service.id())) {
                return of(kept, CareProfile.of(service));
            }
        }
        return new Scenario.Care(CareProfile.of(service));
    }

    /** @param usual who comes in which way, which is not asked any more once it is known how many come */
    private static Scenario.Care of(OrdinaryCare kept, CareProfile usual) {
        CareProfile profile = new CareProfile(
                kept.medianDays(),
                kept.spread(),
                usual.targetOccupancy(),
                usual.fromEmergency(),
                usual.elective(),
                kept.death(),
                kept.ageYears(),
                kept.ageYearsSpread(),
                kept.onward().stream()
                        .map(next -> new CareProfile.Onward(next.of(), next.share()))
                        .toList());
        Map<String, Double> equipment = new TreeMap<>();
        kept.equipment().forEach(share -> equipment.put(share.of(), share.share()));
        OrdinaryHours leaving = kept.leaving();
        return new Scenario.Care(
                profile,
                kept.daysSeen().isEmpty() ? profile.lengthOfStay() : new LengthOfStay.Empirical(kept.daysSeen()),
                null,
                leaving == null
                        ? null
                        : leaving.equals(OrdinaryHours.ANYTIME)
                                ? Leaving.ANYTIME
                                : new Leaving(array(leaving.byHour()), array(leaving.byWeekday())),
                new Scenario.Needs(kept.female(), isolation(kept.isolation()), equipment));
    }

    private static @Nullable Map<Isolation, Double> isolation(@Nullable List<Share> shares) {
        if (shares == null) {
            return null;
        }
        Map<Isolation, Double> isolation = new EnumMap<>(Isolation.class);
        shares.forEach(share -> isolation.put(Isolation.valueOf(share.of()), share.share()));
        return isolation;
    }
}
