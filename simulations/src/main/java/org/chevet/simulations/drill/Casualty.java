package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.Share;
import org.chevet.event.Victims;
import org.chevet.event.Wounds;
import org.chevet.hospital.Bed;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.DrillLog;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.Draws;
import org.chevet.simulations.demand.Precautions;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom an inject lets come. Invented, and the same for one drill and inject whatever happens.
 *
 * @param ageYears in completed years
 * @param arrival at the emergency department
 * @param seen when it is known what they need
 * @param needs of a bed, null for one who goes home
 */
public record Casualty(
        StayId stay,
        Category category,
        Patient patient,
        int ageYears,
        Instant arrival,
        Instant seen,
        @Nullable CareNeeds needs)
        implements Newcomer {
    /** Of the French plans for mass casualties. */
    public enum Category {
        /** Urgence absolue. */
        ABSOLUTE,
        /** Urgence relative. */
        RELATIVE,
        /** Impliqué: unhurt. */
        INVOLVED;

        int priority() {
            return switch (this) {
                case ABSOLUTE -> 1;
                case RELATIVE -> 2;
                case INVOLVED -> 4;
            };
        }
    }

    private static final String STAY = "EX-";
    private static final double ABSOLUTE_INTENSIVE = 0.5;
    private static final double ABSOLUTE_INTERMEDIATE = 0.2;
    private static final double RELATIVE_NEEDS_BED = 0.7;
    private static final double EQUIPPED = 0.5;
    private static final int AGE_YEARS_MIN = 18;
    private static final int AGE_YEARS_MAX = 85;

    /** Of specialties that the wounded need, the more so the earlier they stand. */
    private static final List<String> SURGICAL = List.of("ortho", "chir", "trauma", "urgences");

    /** Of first specialties that nobody goes on to from intensive care: of who comes through the door, and of who is dying. */
    private static final List<String> NO_WARD = List.of("urgences", "uhcd", "palliatif");

    static boolean is(StayId stay) {
        return stay.value().startsWith(STAY);
    }

    @Override
    public int priority() {
        return category.priority();
    }

    /**
     * Whom an inject lets come, the first first: the wounded evenly, but those of a scenario most of them early; the ill by the hour of the day.
     *
     * @param ill when the ill come
     * @param from when its time came
     */
    static List<Casualty> of(Hospital hospital, Lot lot, Inject inject, ArrivalProfile ill, Instant from) {
        Victims victims = inject.victims();
        if (victims == null) {
            return List.of();
        }
        List<Casualty> all = new ArrayList<>();
        for (int i = 0; i < victims.count(); i++) {
            Category category = i < victims.absolute()
                    ? Category.ABSOLUTE
                    : i < victims.absolute() + victims.relative() ? Category.RELATIVE : Category.INVOLVED;
            all.add(one(hospital, lot, inject.id() + "-" + (i + 1), category, ill, from, victims));
        }
        all.sort(Comparator.comparing(Casualty::arrival).thenComparing(Casualty::stay));
        return all;
    }

    private static Casualty one(
            Hospital hospital,
            Lot lot,
            String name,
            Category category,
            ArrivalProfile ill,
            Instant from,
            Victims victims) {
        Illness illness = victims.illness();
        Sex sex = lot.draw(name + "/sex") < 0.5 ? Sex.FEMALE : Sex.MALE;
        int age = illness == null
                ? AGE_YEARS_MIN + (int) (lot.draw(name + "/age") * (AGE_YEARS_MAX - AGE_YEARS_MIN))
                : ageYears(illness, lot.chance(name + "/age"));
        Duration within = Duration.ofMinutes(victims.minutes());
        double drawn = lot.draw(name + "/arrival");
        Instant arrival = illness == null
                ? from.plusSeconds(Math.round((victims.wounds() == null ? drawn : early(drawn)) * within.toSeconds()))
                : comes(from, within, ill, hospital.zone(), drawn);
        LocalDate born =
                arrival.atZone(hospital.zone()).toLocalDate().minusYears(age).minusDays(1);
        Instant seen = arrival.plus(
                switch (category) {
                    case ABSOLUTE -> lot.between(name + "/seen", Duration.ofMinutes(10), Duration.ofMinutes(40));
                    case RELATIVE -> lot.between(name + "/seen", Duration.ofMinutes(40), Duration.ofMinutes(150));
                    case INVOLVED -> lot.between(name + "/seen", Duration.ofMinutes(30), Duration.ofMinutes(120));
                });
        String family = "EXERCICE-" + name.substring(name.lastIndexOf('-') + 1);
        return new Casualty(
                new StayId(STAY + name),
                category,
                new Patient(null, family, "Victime", sex, born),
                age,
                arrival,
                seen,
                illness == null || category == Category.INVOLVED
                        ? needsOfWounded(hospital, lot, name, category, sex, age, victims.wounds())
                        : needsOfIll(hospital, lot, name, category, sex, age, illness));
    }

    /** Fewer and fewer come, and nobody at the end: as in the simulator, which plays the same scenario. */
    private static double early(double drawn) {
        return 1 - Math.sqrt(1 - drawn);
    }

    /** At the time before which the share that was drawn of all of them has come. */
    private static Instant comes(Instant from, Duration within, ArrivalProfile profile, ZoneId zone, double drawn) {
        double[] byHour = profile.byHour();
        Instant end = from.plus(within);
        double left = drawn * expected(from, end, byHour, zone);
        Instant hour = from;
        while (hour.isBefore(end)) {
            Instant next = nextHour(hour, end);
            double come = expected(hour, next, byHour, zone);
            if (left < come) {
                return hour.plusSeconds(
                        Math.round(left / come * Duration.between(hour, next).toSeconds()));
            }
            left -= come;
            hour = next;
        }
        return end;
    }

    private static double expected(Instant from, Instant end, double[] byHour, ZoneId zone) {
        double expected = 0;
        for (Instant hour = from; hour.isBefore(end); hour = nextHour(hour, end)) {
            expected += byHour[hour.atZone(zone).getHour()]
                    * Duration.between(hour, nextHour(hour, end)).toSeconds();
        }
        return expected;
    }

    private static Instant nextHour(Instant hour, Instant end) {
        Instant next = hour.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return next.isBefore(end) ? next : end;
    }

    private static int ageYears(Illness illness, Draws chance) {
        double drawn = ZigguratSampler.NormalizedGaussian.of(chance).sample();
        return Math.clamp(
                Math.round(illness.ageYears() + illness.ageYearsSpread() * drawn), 0, OrdinaryLife.OLDEST_YEARS);
    }

    /** The gravely ill in intensive care, the others elsewhere, as far as the illness brings them there. */
    private static @Nullable CareNeeds needsOfIll(
            Hospital hospital, Lot lot, String name, Category category, Sex sex, int age, Illness illness) {
        double draw = lot.draw(name + "/service");
        Service fitting = drawn(
                hospital,
                illness.services(),
                draw,
                service -> takes(service, sex, age)
                        && (service.levelOfCare() == LevelOfCare.INTENSIVE) == (category == Category.ABSOLUTE));
        Service service =
                fitting != null ? fitting : drawn(hospital, illness.services(), draw, other -> takes(other, sex, age));
        if (service == null) {
            return needsOfWounded(hospital, lot, name, category, sex, age, null);
        }
        Isolation isolation = beds(service, sex, illness.isolation()).isEmpty() ? Isolation.NONE : illness.isolation();
        return new CareNeeds(
                service.specialties().getFirst(),
                service.levelOfCare(),
                isolation,
                sex,
                age,
                List.of(),
                List.of(),
                SingleRoom.INDIFFERENT,
                isolation == Isolation.NONE ? null : illness.organism());
    }

    /** One of the services that are named, in proportion to its share; null of none. */
    private static @Nullable Service drawn(
            Hospital hospital, List<Share> named, double draw, Predicate<Service> mayBe) {
        Map<ServiceId, Double> shares = new LinkedHashMap<>();
        Map<ServiceId, Service> services = new HashMap<>();
        for (Share share : named) {
            hospital.services().stream()
                    .filter(service -> service.id().value().equals(share.of()) && mayBe.test(service))
                    .forEach(service -> {
                        shares.merge(service.id(), share.share(), Double::sum);
                        services.put(service.id(), service);
                    });
        }
        double left =
                draw * shares.values().stream().mapToDouble(Double::doubleValue).sum();
        Service last = null;
        for (Map.Entry<ServiceId, Double> share : shares.entrySet()) {
            last = services.get(share.getKey());
            left -= share.getValue();
            if (left < 0) {
                break;
            }
        }
        return last;
    }

    /** With whom somebody came; null for who is no casualty. */
    static @Nullable Victims victims(DrillLog drill, StayId stay) {
        // Without the number; an inject's id may begin with another's.
        String inject = stay.value().substring(0, Math.max(0, stay.value().lastIndexOf('-')));
        for (DrillLog.Planned planned : drill.injects()) {
            Victims victims = planned.inject().victims();
            if (victims != null && inject.equals(STAY + planned.inject().id())) {
                return victims;
            }
        }
        return null;
    }

    /** Where a casualty goes on to who need not lie among the gravely ill any more; null when no ward takes them. */
    static @Nullable Service ward(Hospital hospital, @Nullable Victims victims, double drawn, Sex sex, int ageYears) {
        Predicate<Service> mayBe = service ->
                service.levelOfCare() == LevelOfCare.ACUTE && takes(service, sex, ageYears) && isWard(service);
        Service ward = victims == null ? null : drawn(hospital, victims.services(), drawn, mayBe);
        if (ward != null) {
            return ward;
        }
        return victims != null && victims.illness() != null
                ? any(hospital, drawn, mayBe)
                : surgical(hospital, drawn, mayBe);
    }

    private static @Nullable Service any(Hospital hospital, double drawn, Predicate<Service> mayBe) {
        List<Service> fitting = hospital.services().stream().filter(mayBe).toList();
        return fitting.isEmpty() ? null : fitting.get((int) (drawn * fitting.size()));
    }

    /** A described hospital's specialties are the names of its services. */
    private static boolean isWard(Service service) {
        String specialty = service.specialties().getFirst().toLowerCase(Locale.ROOT);
        return NO_WARD.stream().noneMatch(specialty::contains);
    }

    private static @Nullable CareNeeds needsOfWounded(
            Hospital hospital, Lot lot, String name, Category category, Sex sex, int age, @Nullable Wounds wounds) {
        Service service = service(hospital, lot, name, category, sex, age, wounds);
        if (service == null) {
            return null;
        }
        Isolation isolation = isolation(service, sex, lot.draw(name + "/isolation"));
        List<String> equipment = equipment(beds(service, sex, isolation), lot, name);
        return new CareNeeds(
                service.specialties().getFirst(),
                service.levelOfCare(),
                isolation,
                sex,
                age,
                category == Category.ABSOLUTE ? equipment : List.of(),
                category == Category.ABSOLUTE ? List.of() : equipment,
                SingleRoom.INDIFFERENT);
    }

    /** Where they need a bed; null for who needs none. */
    private static @Nullable Service service(
            Hospital hospital, Lot lot, String name, Category category, Sex sex, int age, @Nullable Wounds wounds) {
        if (category == Category.INVOLVED) {
            return null;
        }
        double which = lot.draw(name + "/service");
        if (wounds != null) {
            List<Share> named = category == Category.ABSOLUTE ? wounds.absolute() : wounds.relative();
            Service service = drawn(hospital, named, which, one -> takes(one, sex, age));
            if (service != null) {
                return service;
            }
        }
        double drawn = lot.draw(name + "/level");
        LevelOfCare wanted = switch (category) {
            case ABSOLUTE ->
                drawn < ABSOLUTE_INTENSIVE
                        ? LevelOfCare.INTENSIVE
                        : drawn < ABSOLUTE_INTENSIVE + ABSOLUTE_INTERMEDIATE
                                ? LevelOfCare.INTERMEDIATE
                                : LevelOfCare.ACUTE;
            case RELATIVE, INVOLVED -> LevelOfCare.ACUTE;
        };
        return category == Category.RELATIVE && wounds == null && drawn >= RELATIVE_NEEDS_BED
                ? null
                : service(hospital, wanted, which, sex, age);
    }

    /** Those that are there without surge, where they may lie. */
    private static List<Bed> beds(Service service, Sex sex, Isolation isolation) {
        return service.rooms().stream()
                .filter(room -> room.sexPolicy().admits(sex)
                        && (isolation == Isolation.NONE || room.isSingle() && isolation.isMetBy(room.isolation())))
                .flatMap(room -> room.beds().stream())
                .filter(bed -> !bed.surge())
                .toList();
    }

    /** For every other one, something that one of these beds has. */
    private static List<String> equipment(List<Bed> beds, Lot lot, String name) {
        List<String> there =
                beds.get((int) (lot.draw(name + "/bed") * beds.size())).equipment();
        return there.isEmpty() || lot.draw(name + "/equipped") >= EQUIPPED
                ? List.of()
                : List.of(there.get((int) (lot.draw(name + "/equipment") * there.size())));
    }

    /** As of any patient of the specialty, where the service has a bed for it. */
    private static Isolation isolation(Service service, Sex sex, double drawn) {
        Isolation wanted = Precautions.of(service.specialties().getFirst(), drawn);
        return beds(service, sex, wanted).isEmpty() ? Isolation.NONE : wanted;
    }

    /** One that could take them, of the level wanted or the next below that the hospital has; null when none takes adults at all. */
    private static @Nullable Service service(Hospital hospital, LevelOfCare wanted, double drawn, Sex sex, int age) {
        for (int level = wanted.ordinal(); level >= LevelOfCare.ACUTE.ordinal(); level--) {
            LevelOfCare here = LevelOfCare.values()[level];
            Service service = surgical(hospital, drawn, one -> one.levelOfCare() == here && takes(one, sex, age));
            if (service != null) {
                return service;
            }
        }
        return null;
    }

    /** Squared: those that treat the wounded come first in the list, and of wards only they where there is one. Null of none. */
    private static @Nullable Service surgical(Hospital hospital, double drawn, Predicate<Service> mayBe) {
        List<Service> all = hospital.services().stream()
                .filter(mayBe)
                .sorted(Comparator.comparing(Casualty::surgicalRank))
                .toList();
        List<Service> treating = all.stream().filter(Casualty::treatsWounds).toList();
        List<Service> fitting = treating.isEmpty() ? all : treating;
        return fitting.isEmpty() ? null : fitting.get((int) (drawn * drawn * fitting.size()));
    }

    private static boolean takes(Service service, Sex sex, int age) {
        return service.ages().contains(age)
                && service.sexPolicy().admits(sex)
                && !service.specialties().isEmpty()
                && !beds(service, sex, Isolation.NONE).isEmpty();
    }

    private static boolean treatsWounds(Service service) {
        return service.levelOfCare() != LevelOfCare.ACUTE || surgicalRank(service) < SURGICAL.size();
    }

    private static int surgicalRank(Service service) {
        for (int rank = 0; rank < SURGICAL.size(); rank++) {
            String part = SURGICAL.get(rank);
            if (service.specialties().getFirst().toLowerCase(Locale.ROOT).contains(part)) {
                return rank;
            }
        }
        return SURGICAL.size();
    }
}
