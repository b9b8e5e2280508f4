package org.chevet.simulations.full;

import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.simulations.demand.ArrivalCurve;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Draws;
import org.chevet.simulations.demand.Precautions;
import org.chevet.simulations.scenario.Scenario;

/** Who comes, stream by stream, and what they need. */
final class Newcomers {
    private static final double FIRST_SPECIALTY = 0.75;
    private static final double SINGLE_PREFERRED = 0.15;
    private static final double URGENT = 0.35;
    private static final int ELECTIVE_PRIORITY = 4;
    private static final int OLDEST_YEARS = 105;

    private final FullModel model;
    private final Draws draws;
    private final ContinuousSampler gaussian;
    private int persons;

    /** One cause and how far its patients have come. */
    final class Stream {
        final Cause cause;
        private final long seed;
        private final ArrivalCurve.Arrivals arrivals;
        private int count;

        /** {@link Long#MAX_VALUE} when nobody comes any more. */
        long next;

        private Stream(Cause cause, long seed) {
            this.cause = cause;
            this.seed = seed;
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
            arrivals = cause.curve().new Arrivals(random);
            next = arrivals.next();
        }

        Person take() {
            Person person = person(cause, Draws.mixed(seed + ++count), next);
            next = arrivals.next();
            return person;
        }
    }

    Newcomers(FullModel model, Draws draws) {
        this.model = model;
        this.draws = draws;
        gaussian = ZigguratSampler.NormalizedGaussian.of(draws);
    }

    /** Its chance is of its name alone. */
    Stream stream(Cause cause, long seed, long replication) {
        return new Stream(
                cause,
                Draws.mixed(Draws.mixed(Draws.mixed(seed) + replication)
                        + cause.name().hashCode()));
    }

    Person person(Cause cause, long seed, long comes) {
        StayId stay = new StayId("P" + persons++);
        Person person = new Person(seed, cause, stay, comes, CareNeeds.UNSPECIFIED);
        person.needs = firstNeeds(person);
        person.priority = priority(person);
        return person;
    }

    private int priority(Person person) {
        Cause cause = person.cause;
        if (cause.priority() != null) {
            return cause.priority();
        }
        if (cause.origin() == RequestOrigin.ELECTIVE) {
            return ELECTIVE_PRIORITY;
        }
        if (person.needs.levelOfCare().compareTo(LevelOfCare.INTERMEDIATE) >= 0) {
            return person.needs.levelOfCare() == LevelOfCare.INTENSIVE ? 1 : 2;
        }
        return Person.Chance.PRIORITY.of(draws, person, 0).nextDouble() < URGENT ? 2 : 3;
    }

    private CareNeeds firstNeeds(Person person) {
        Cause cause = person.cause;
        Service service = model.services.get(cause.service());
        Person.Chance.NEEDS.of(draws, person, 0);
        List<String> specialties = service.specialties();
        String specialty = draws.nextDouble() < FIRST_SPECIALTY
                ? specialties.getFirst()
                : specialties.get(draws.nextInt(specialties.size()));
        Scenario.Needs seen = model.care[cause.service()].needs();
        double ofIsolation = draws.nextDouble();
        Isolation usual = seen.isolation(Precautions.of(specialty, ofIsolation), ofIsolation);
        Isolation isolation = possible(service, cause.isolation() == null ? usual : cause.isolation());
        Sex drawn = isFemale(seen) ? Sex.FEMALE : Sex.MALE;
        SingleRoom single = draws.nextDouble() < SINGLE_PREFERRED ? SingleRoom.PREFERRED : SingleRoom.INDIFFERENT;
        int age = age(cause, service.ages());
        return new CareNeeds(
                specialty,
                service.levelOfCare(),
                isolation,
                allowed(service, drawn),
                age,
                equipment(service, seen),
                List.of(),
                single,
                isolation == Isolation.NONE ? null : cause.organism());
    }

    private boolean isFemale(Scenario.Needs seen) {
        return seen.female() == null ? draws.nextBoolean() : draws.nextDouble() < seen.female();
    }

    /** Nobody is sent to a service that has no such bed. */
    private List<String> equipment(Service service, Scenario.Needs seen) {
        return seen.equipment().entrySet().stream()
                .filter(code -> draws.nextDouble() < code.getValue())
                .map(Map.Entry::getKey)
                .filter(code -> service.rooms().stream()
                        .flatMap(room -> room.beds().stream())
                        .anyMatch(bed -> !bed.surge() && bed.equipment().contains(code)))
                .toList();
    }

    private static Sex allowed(Service service, Sex drawn) {
        return service.sexPolicy() == SexPolicy.WOMEN || service.specialties().contains("obstetrique")
                ? Sex.FEMALE
                : service.sexPolicy() == SexPolicy.MEN ? Sex.MALE : drawn;
    }

    private int age(Cause cause, AgeRange ages) {
        int drawn = (int) Math.round(cause.ageYears() + cause.ageYearsSpread() * gaussian.sample());
        return Math.clamp(drawn, ages.fromYears(), Math.min(OLDEST_YEARS, ages.toYears()));
    }

    /** Nobody is sent to a hospital whose service has no room for their precautions. */
    private static Isolation possible(Service service, Isolation wanted) {
        if (meets(service, wanted)) {
            return wanted;
        }
        return meets(service, Isolation.CONTACT) ? Isolation.CONTACT : Isolation.NONE;
    }

    private static boolean meets(Service service, Isolation isolation) {
        for (int room = 0; room < service.rooms().size(); room++) {
            if (service.rooms().get(room).isSingle()
                    && isolation.isMetBy(service.rooms().get(room).isolation())) {
                return true;
            }
        }
        return false;
    }

    /** Where they go on to once a stretch is over, {@code -1} for who leaves the hospital. */
    int next(Person person) {
        int from = person.service;
        CareProfile profile = model.care[from].profile();
        double drawn = Person.Chance.END.of(draws, person, person.stretch).nextDouble();
        person.isDead = drawn < profile.death();
        drawn -= profile.death();
        for (int i = 0; !person.isDead && i < model.onward[from].length; i++) {
            drawn -= (1 - profile.death()) * profile.onward().get(i).probability();
            int service = model.onward[from][i];
            if (drawn < 0) {
                return service >= 0 && accepts(model.services.get(service), person) ? service : -1;
            }
        }
        return -1;
    }

    private static boolean accepts(Service service, Person person) {
        Integer age = person.needs.ageYears();
        return service.sexPolicy().admits(person.needs.sex())
                && age != null
                && service.ages().contains(age);
    }

    /** What who goes on there needs. */
    CareNeeds needsIn(int service, CareNeeds before) {
        Service next = model.services.get(service);
        Isolation isolation = possible(next, before.isolation());
        return new CareNeeds(
                next.specialties().getFirst(),
                next.levelOfCare(),
                isolation,
                before.sex(),
                before.ageYears(),
                List.of(),
                List.of(),
                before.singleRoom(),
                isolation == Isolation.NONE ? null : before.organism());
    }
}
