package org.chevet.simulations.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;

/**
 * Who comes to a hospital, from one seed: patients of each service's first specialty, so many that the service would on average be as full
 * as {@code load} says if each of them lay in it. Those who step down from more
 * intensive care come on top. Made up, of the size one finds: log-normal lengths, emergencies around the clock with a
 * peak in the afternoon, elective patients on the mornings of working days.
 */
final class Demand {
    private static final double LENGTH_SPREAD = 0.6;

    /** What waiting for the day's discharges and cleaning add to a stretch. */
    private static final double DAYS_TO_TURN = 0.4;

    private static final double EXPECTED_LENGTH_SPREAD = 0.3;
    private static final double ELECTIVE_SHARE = 0.4;
    private static final double WELL_ENOUGH_TO_STEP_DOWN = 0.85;
    private static final double CONTACT = 0.06;
    private static final double DROPLET = 0.02;
    private static final double AIRBORNE = 0.005;
    private static final double SINGLE_PREFERRED = 0.25;
    private static final double SINGLE_PRESCRIBED = 0.03;
    private static final int ADULT_YEARS = 18;
    private static final int OLD_YEARS = 95;

    /** Emergencies by hour of the day, relative. */
    private static final int[] BY_HOUR = {3, 2, 2, 1, 1, 1, 2, 3, 5, 7, 9, 10, 10, 10, 10, 10, 10, 9, 9, 8, 7, 6, 5, 4};

    private static final int ELECTIVE_HOUR_FROM = 7;
    private static final int ELECTIVE_HOURS = 6;

    private final Hospital hospital;
    private final SplittableRandom random;
    private final List<Arrival> arrivals = new ArrayList<>();

    private Demand(Hospital hospital, long seed) {
        this.hospital = hospital;
        random = new SplittableRandom(seed);
    }

    /**
     * By the time they come.
     *
     * @param load of each service's staffed beds, 1 for as many patients as beds
     */
    static List<Arrival> of(Hospital hospital, LocalDate first, int days, double load, long seed) {
        Demand demand = new Demand(hospital, seed);
        for (int day = 0; day < days; day++) {
            for (Service service : hospital.services()) {
                if (!service.specialties().isEmpty()) {
                    demand.day(first.plusDays(day), service, load);
                }
            }
        }
        demand.arrivals.sort(Comparator.comparing(Arrival::at).thenComparing(Arrival::number));
        return List.copyOf(demand.arrivals);
    }

    private void day(LocalDate day, Service service, double load) {
        double days = medianDays(service.levelOfCare()) * Math.exp(LENGTH_SPREAD * LENGTH_SPREAD / 2) + DAYS_TO_TURN;
        double perDay = load * service.staffedBeds() / days;
        boolean plannedHere = service.levelOfCare().compareTo(LevelOfCare.INTERMEDIATE) < 0;
        double elective = plannedHere ? ELECTIVE_SHARE : 0;
        int emergencies = poisson(perDay * (1 - elective));
        for (int i = 0; i < emergencies; i++) {
            add(service, emergencyTime(day), RequestOrigin.EMERGENCY_DEPARTMENT);
        }
        boolean worked = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
        int planned = worked ? poisson(perDay * elective * 7 / 5) : 0;
        for (int i = 0; i < planned; i++) {
            double hour = ELECTIVE_HOUR_FROM + ELECTIVE_HOURS * random.nextDouble();
            add(service, at(day, hour), RequestOrigin.ELECTIVE);
        }
    }

    private static double medianDays(LevelOfCare level) {
        return switch (level) {
            case REHABILITATION -> 12;
            case ACUTE -> 5;
            case INTERMEDIATE -> 2.6;
            case INTENSIVE -> 4;
        };
    }

    private void add(Service service, Instant at, RequestOrigin origin) {
        CareNeeds needs = needs(service);
        Duration length = length(service.levelOfCare());
        boolean stepsDown = service.levelOfCare().compareTo(LevelOfCare.INTERMEDIATE) >= 0
                && random.nextDouble() < WELL_ENOUGH_TO_STEP_DOWN;
        Duration expected = Duration.ofSeconds(
                Math.round(length.toSeconds() * Math.exp(EXPECTED_LENGTH_SPREAD * random.nextGaussian())));
        int priority = origin == RequestOrigin.ELECTIVE
                ? 4
                : service.levelOfCare() == LevelOfCare.INTENSIVE ? 1 : random.nextDouble() < 0.4 ? 2 : 3;
        arrivals.add(new Arrival(
                arrivals.size(),
                at,
                origin,
                priority,
                needs,
                length,
                expected,
                stepsDown ? new Arrival.Stretch(onAWard(needs), length(LevelOfCare.ACUTE)) : null));
    }

    /** As a patient of one of the wards. */
    private CareNeeds onAWard(CareNeeds needs) {
        List<Service> wards = hospital.services().stream()
                .filter(service -> service.levelOfCare() == LevelOfCare.ACUTE
                        && !service.specialties().isEmpty()
                        && service.sexPolicy() == SexPolicy.MIXED
                        && service.ages().contains(Objects.requireNonNull(needs.ageYears())))
                .toList();
        return new CareNeeds(
                wards.get(random.nextInt(wards.size())).specialties().getFirst(),
                LevelOfCare.ACUTE,
                needs.isolation(),
                needs.sex(),
                needs.ageYears(),
                List.of(),
                List.of(),
                needs.singleRoom());
    }

    private Duration length(LevelOfCare level) {
        double days = medianDays(level) * Math.exp(LENGTH_SPREAD * random.nextGaussian());
        return Duration.ofSeconds(Math.round(days * 86_400));
    }

    private CareNeeds needs(Service service) {
        Sex sex = service.sexPolicy() == SexPolicy.WOMEN
                ? Sex.FEMALE
                : service.sexPolicy() == SexPolicy.MEN || random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
        return new CareNeeds(
                service.specialties().getFirst(),
                service.levelOfCare(),
                isolation(service),
                sex,
                age(service.ages()),
                List.of(),
                List.of(),
                singleRoom());
    }

    private int age(AgeRange ages) {
        int from = ages.fromYears() == 0 && ages.toYears() > OLD_YEARS ? ADULT_YEARS : ages.fromYears();
        int to = Math.min(OLD_YEARS, ages.toYears());
        return from + random.nextInt(Math.max(1, to - from + 1));
    }

    private Isolation isolation(Service service) {
        double drawn = random.nextDouble();
        if (drawn < CONTACT) {
            return Isolation.CONTACT;
        }
        if (drawn < CONTACT + DROPLET) {
            return Isolation.DROPLET;
        }
        boolean airborne = drawn < CONTACT + DROPLET + AIRBORNE
                && service.rooms().stream().anyMatch(room -> Isolation.AIRBORNE.isMetBy(room.isolation()));
        return airborne ? Isolation.AIRBORNE : Isolation.NONE;
    }

    private SingleRoom singleRoom() {
        double drawn = random.nextDouble();
        return drawn < SINGLE_PRESCRIBED
                ? SingleRoom.PRESCRIBED
                : drawn < SINGLE_PRESCRIBED + SINGLE_PREFERRED ? SingleRoom.PREFERRED : SingleRoom.INDIFFERENT;
    }

    private Instant emergencyTime(LocalDate day) {
        int total = 0;
        for (int weight : BY_HOUR) {
            total += weight;
        }
        int drawn = random.nextInt(total);
        int hour = 0;
        while (drawn >= BY_HOUR[hour]) {
            drawn -= BY_HOUR[hour];
            hour++;
        }
        return at(day, hour + random.nextDouble());
    }

    private Instant at(LocalDate day, double hour) {
        ZonedDateTime midnight = day.atStartOfDay(hospital.zone());
        return midnight.toInstant().plusSeconds(Math.round(hour * 3_600));
    }

    /** Knuth's, for small means. */
    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            count++;
            product *= random.nextDouble();
        }
        return count;
    }
}
