package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.chevet.event.Drill;
import org.chevet.event.Illness;
import org.chevet.event.OrdinaryCare;
import org.chevet.event.OrdinaryFlow;
import org.chevet.event.OrdinaryHours;
import org.chevet.event.OrdinaryRoutine;
import org.chevet.event.OrdinaryShare;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Victims;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Draws;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.demand.Precautions;
import org.chevet.simulations.flow.LengthOfStay;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.scenario.Routine;
import org.chevet.simulations.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * What the hospital of one drill would live through on any other day: who comes, and when those who lie there are to go on or to leave; and beside
 * them the casualties of its injects. All of it is drawn by the drill's seed and by the name of what is drawn, so it is the same in every life of the drill; what was drawn is only kept
 * because it is asked for again and again. Of one thread.
 */
public final class OrdinaryLife {
    /** Whose time to come is longer past is not caught up with: the clock is not set forward by more at once. */
    private static final Duration CAUGHT_UP = Duration.ofDays(7);

    private static final Duration CALLED_IN = Duration.ofDays(1);
    private static final Duration ASKED_FOR = Duration.ofHours(2);
    private static final Duration SEEN_MIN = Duration.ofMinutes(90);
    private static final Duration SEEN_MAX = Duration.ofHours(5);
    private static final Duration REMAINS_MAX = Duration.ofDays(5);

    /** Arrivals of a week are those of an average day on average. */
    private static final int DAYS_COUNTED = 28;

    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int PER_HOUR_MAX = 100;
    private static final int LENGTHS_TRIED_MAX = 100;
    private static final int DAYS_TRIED_MAX = 100;
    private static final int PARTS_KEPT_MAX = 20_000;
    static final int OLDEST_YEARS = 105;

    /** On average, from any hour of a day to that of letting go. */
    private static final double WAITS_FOR_HOUR_DAYS = 0.5;

    private static final double LOGISTIC_AS_NORMAL = 1.702;
    private static final double AGE_SHARE_MIN = 0.05;
    private static final int ELECTIVE_PRIORITY = 4;
    private static final double FIRST_SPECIALTY = 0.75;
    private static final double SINGLE_PREFERRED = 0.15;
    private static final double URGENT = 0.35;

    /** Of the hours that are still looked at. */
    final Map<Integer, List<OrdinaryPatient>> byHour = new HashMap<>();

    private final Map<DrillLog.Planned, List<Casualty>> casualties = new HashMap<>();
    private final Map<Lying, Part> parts = new HashMap<>();

    private record Lying(StayId stay, ServiceId service, int stretches) {}

    /**
     * What a stay is in one service for.
     *
     * @param number from 0, of the parts of the stay
     * @param meant where they were to go on to when it began; null in the first part, in one that began before the drill, and for home
     * @param since when it could begin: the part before was over, or they were moved sooner
     * @param over from when on the illness keeps nobody there
     * @param dies whether it ends in death, at that time and wherever they lie then
     * @param next null for home, and for who dies
     */
    record Part(
            int number,
            @Nullable Next meant,
            Instant since,
            Instant over,
            boolean dies,
            @Nullable Next next) {}

    /** Where somebody is to go on to, and what they need there. */
    record Next(ServiceId service, CareNeeds needs, int priority) {}

    /**
     * Who comes to a hospital from outside on an ordinary day, as the simulator has it: those who go on from one service to another are not among
     * them.
     *
     * @param scenario whose load, season and care hold; null for what is usual
     * @param day in whose month it is
     */
    public static List<OrdinaryFlow> flows(Hospital hospital, @Nullable Scenario scenario, LocalDate day) {
        FullModel model = new FullModel(new FullModel.Plan(
                hospital,
                day,
                0,
                DAYS_COUNTED,
                scenario == null ? 1 : scenario.load(),
                scenario == null
                        ? new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
                        : scenario.season().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                scenario == null ? Map.of() : scenario.care(),
                Routine.USUAL,
                null,
                List.of(),
                List.of()));
        List<OrdinaryFlow> flows = new ArrayList<>();
        for (Service service : hospital.services()) {
            Scenario.Care own = scenario == null ? null : scenario.care().get(service.id());
            double days = own == null
                    ? CareProfile.of(service).lengthOfStay().meanDays()
                    : own.lengthOfStay().meanDays();
            for (RequestOrigin origin : RequestOrigin.values()) {
                double perDay = model.perDay(service.id(), origin);
                if (perDay > 0) {
                    flows.add(new OrdinaryFlow(
                            service.id(), origin, ofDays(1 / perDay), ofDays(days), hours(own, origin)));
                }
            }
        }
        return flows;
    }

    /** When they come who were seen to; null for what is usual. */
    private static @Nullable OrdinaryHours hours(Scenario.@Nullable Care own, RequestOrigin origin) {
        List<Scenario.Coming> seen = own == null ? null : own.comings();
        for (Scenario.Coming coming : seen == null ? List.<Scenario.Coming>of() : seen) {
            if (coming.origin() == origin) {
                return KeptCare.hours(coming.profile(), profile(origin));
            }
        }
        return null;
    }

    /** How services live where the scenario says so. */
    public static List<OrdinaryCare> care(Hospital hospital, @Nullable Scenario scenario) {
        return scenario == null ? List.of() : KeptCare.of(hospital, scenario);
    }

    /** Share of those called in who cancel. */
    public static double cancellations(@Nullable Scenario scenario) {
        return (scenario == null ? Routine.USUAL : scenario.routine()).cancellations();
    }

    /** How often services refuse, and how long patients wait. */
    public static OrdinaryRoutine routine(@Nullable Scenario scenario) {
        Routine routine = scenario == null ? Routine.USUAL : scenario.routine();
        return new OrdinaryRoutine(
                routine.refusals(),
                patience(routine.emergencyPatienceHours()),
                patience(routine.electivePatienceHours()));
    }

    private static @Nullable Duration patience(double hours) {
        return Double.isInfinite(hours) ? null : Duration.ofSeconds(Math.round(hours * SECONDS_PER_HOUR));
    }

    private static Duration ofDays(double days) {
        return Duration.ofSeconds(
                Math.max(1, Math.round(days * Duration.ofDays(1).toSeconds())));
    }

    // Who comes

    /** Whom an inject brings, the first first; nobody before its time has come. */
    List<Casualty> casualties(Hospital hospital, DrillLog drill, DrillLog.Planned planned) {
        Instant from = planned.doneAt();
        return from == null
                ? List.of()
                : casualties.computeIfAbsent(
                        planned,
                        done -> Casualty.of(hospital, new Lot(drill.drill().seed()), done.inject(), ill(drill), from));
    }

    /** As the simulator lets those of a wave come; evenly in drills of a former release, which have no routine. */
    private static ArrivalProfile ill(DrillLog drill) {
        return drill.drill().routine() == null ? ArrivalProfile.FLAT : ArrivalProfile.EMERGENCY;
    }

    /** Those of the last days whom the hospital knows of by now, hour by hour. */
    List<OrdinaryPatient> known(Hospital hospital, DrillLog drill, Instant now) {
        List<OrdinaryPatient> known = new ArrayList<>();
        int first = Math.max(0, hours(drill, now.minus(CAUGHT_UP)));
        int last = hours(drill, now.plus(CALLED_IN));
        byHour.keySet().removeIf(hour -> hour < first);
        for (int hour = first; hour <= last; hour++) {
            int asked = hour;
            for (OrdinaryPatient patient : byHour.computeIfAbsent(hour, it -> ofHour(hospital, drill, asked))) {
                if (!patient.known().isAfter(now)) {
                    known.add(patient);
                }
            }
        }
        return known;
    }

    /** Since it began. */
    private static int hours(DrillLog drill, Instant at) {
        return (int) Duration.between(drill.begunAt(), at).toHours();
    }

    private static List<OrdinaryPatient> ofHour(Hospital hospital, DrillLog drill, int hour) {
        Lot lot = new Lot(drill.drill().seed());
        Instant begin = drill.begunAt().plus(Duration.ofHours(hour));
        ZonedDateTime local = begin.atZone(hospital.zone());
        List<OrdinaryPatient> all = new ArrayList<>();
        List<OrdinaryFlow> flows = drill.drill().ordinary();
        for (int i = 0; i < flows.size(); i++) {
            OrdinaryFlow flow = flows.get(i);
            Service service = hospital.services().stream()
                    .filter(one -> one.id().equals(flow.service()))
                    .findFirst()
                    .orElse(null);
            if (service == null) {
                continue;
            }
            OrdinaryHours hours = flow.hours();
            ArrivalProfile profile = hours == null ? profile(flow.origin()) : KeptCare.profile(hours);
            double expected = (double) Duration.ofDays(1).toSeconds()
                    / flow.every().toSeconds()
                    * profile.share(local.getHour(), local.getDayOfWeek().getValue() - 1, 0);
            String name = i + "-" + hour;
            int count = poisson(expected, lot.draw("ordinary/" + name));
            for (int number = 1; number <= count; number++) {
                all.add(one(hospital, drill, service, flow.origin(), begin, name + "-" + number));
            }
        }
        return all;
    }

    private static ArrivalProfile profile(RequestOrigin origin) {
        return switch (origin) {
            case EMERGENCY_DEPARTMENT -> ArrivalProfile.EMERGENCY;
            case ELECTIVE -> ArrivalProfile.ELECTIVE;
            case OTHER_HOSPITAL, INTERNAL -> ArrivalProfile.DIRECT;
        };
    }

    /** The number whose cumulated probability first exceeds what was drawn. */
    private static int poisson(double expected, double drawn) {
        int count = 0;
        double probability = Math.exp(-expected);
        double below = probability;
        while (drawn >= below && count < PER_HOUR_MAX) {
            count++;
            probability *= expected / count;
            below += probability;
        }
        return count;
    }

    /** Whether something that goes on keeps somebody away who would have come on any other day. */
    static boolean isKeptAway(OrdinaryPatient patient, DrillLog drill) {
        double share = 1;
        for (DrillLog.Planned planned : drill.injects()) {
            OrdinaryShare still = planned.inject().ordinary();
            Instant from = planned.doneAt();
            if (still != null
                    && from != null
                    && patient.known().isAfter(from)
                    && !patient.known().isAfter(from.plus(Duration.ofMinutes(still.minutes())))
                    && (planned.endedAt() == null || !patient.known().isAfter(planned.endedAt()))) {
                share *= switch (patient.origin()) {
                    case EMERGENCY_DEPARTMENT -> still.emergencies();
                    case ELECTIVE -> still.electives();
                    case OTHER_HOSPITAL, INTERNAL -> 1;
                };
            }
        }
        return share < 1 && new Lot(drill.drill().seed()).draw("comes/" + patient.stay()) >= share;
    }

    /** Whether who was called in does not come after all. */
    static boolean cancels(OrdinaryPatient patient, DrillLog drill) {
        return patient.origin() == RequestOrigin.ELECTIVE && cancels(patient.stay(), drill.drill());
    }

    /** @param calledIn an ordinary patient */
    static boolean cancels(StayId calledIn, Drill drill) {
        Double share = drill.cancellations();
        return share != null && new Lot(drill.seed()).draw("cancels/" + calledIn) < share;
    }

    private static OrdinaryPatient one(
            Hospital hospital, DrillLog drill, Service service, RequestOrigin origin, Instant hour, String name) {
        Lot lot = new Lot(drill.drill().seed());
        Draws chance = lot.chance("ordinary/" + name);
        Instant arrival = hour.plusSeconds(chance.nextInt(SECONDS_PER_HOUR));
        Instant seen = switch (origin) {
            case EMERGENCY_DEPARTMENT -> arrival.plus(lot.between("ordinary/seen/" + name, SEEN_MIN, SEEN_MAX));
            case ELECTIVE -> arrival.minus(CALLED_IN);
            case OTHER_HOSPITAL, INTERNAL -> arrival.minus(ASKED_FOR);
        };
        CareNeeds needs = needs(service, KeptCare.of(drill, service), chance);
        LocalDate born = arrival.atZone(hospital.zone())
                .toLocalDate()
                .minusYears(needs.ageYears() == null ? 0 : needs.ageYears())
                .minusDays(1);
        return new OrdinaryPatient(
                new StayId(OrdinaryPatient.STAY + name),
                new Patient(null, "EXERCICE-" + name, "Ordinaire", needs.sex(), born),
                origin,
                arrival,
                seen,
                needs,
                priority(origin, needs.levelOfCare(), chance));
    }

    private static CareNeeds needs(Service service, Scenario.Care care, Draws chance) {
        CareProfile profile = care.profile();
        Scenario.Needs seen = care.needs();
        List<String> specialties = service.specialties();
        String specialty = specialties.isEmpty()
                ? null
                : chance.nextDouble() < FIRST_SPECIALTY
                        ? specialties.getFirst()
                        : specialties.get(chance.nextInt(specialties.size()));
        double ofIsolation = chance.nextDouble();
        Isolation isolation = seen.isolation(
                specialty == null ? Isolation.NONE : Precautions.of(specialty, ofIsolation), ofIsolation);
        double male = 1 - (seen.female() == null ? 0.5 : seen.female());
        Sex drawn = chance.nextDouble() < male ? Sex.MALE : Sex.FEMALE;
        Sex sex = service.sexPolicy() == SexPolicy.WOMEN || specialties.contains("obstetrique")
                ? Sex.FEMALE
                : service.sexPolicy() == SexPolicy.MEN ? Sex.MALE : drawn;
        double age = profile.ageYears() + profile.ageYearsSpread() * gaussian(chance);
        return new CareNeeds(
                specialty,
                service.levelOfCare(),
                canIsolate(service, isolation) ? isolation : Isolation.NONE,
                sex,
                Math.clamp(
                        Math.round(age),
                        service.ages().fromYears(),
                        Math.min(OLDEST_YEARS, service.ages().toYears())),
                equipment(service, seen, chance),
                List.of(),
                chance.nextDouble() < SINGLE_PREFERRED ? SingleRoom.PREFERRED : SingleRoom.INDIFFERENT);
    }

    private static boolean canIsolate(Service service, Isolation isolation) {
        return service.rooms().stream().anyMatch(room -> room.isSingle() && isolation.isMetBy(room.isolation()));
    }

    /** What somebody needs in another service who is isolated now, as far as it can. */
    static CareNeeds isolated(CareNeeds next, CareNeeds now, Service service) {
        return now.isolation() == Isolation.NONE || !canIsolate(service, now.isolation())
                ? next
                : new CareNeeds(
                        next.specialty(),
                        next.levelOfCare(),
                        now.isolation(),
                        next.sex(),
                        next.ageYears(),
                        next.equipmentRequired(),
                        next.equipmentPreferred(),
                        next.singleRoom(),
                        now.organism());
    }

    /** Nobody needs what no bed of the service has. */
    private static List<String> equipment(Service service, Scenario.Needs seen, Draws chance) {
        return seen.equipment().entrySet().stream()
                .filter(code -> chance.nextDouble() < code.getValue())
                .map(Map.Entry::getKey)
                .filter(code -> service.rooms().stream()
                        .flatMap(room -> room.beds().stream())
                        .anyMatch(bed -> !bed.surge() && bed.equipment().contains(code)))
                .toList();
    }

    private static int priority(RequestOrigin origin, LevelOfCare level, Draws chance) {
        if (origin == RequestOrigin.ELECTIVE) {
            return ELECTIVE_PRIORITY;
        }
        return switch (level) {
            case INTENSIVE -> 1;
            case INTERMEDIATE -> 2;
            case ACUTE, REHABILITATION -> chance.nextDouble() < URGENT ? 2 : 3;
        };
    }

    private static double gaussian(Draws chance) {
        return ZigguratSampler.NormalizedGaussian.of(chance).sample();
    }

    // Who moves on, and who leaves

    /** Of somebody who lies in a service, as far as nobody says otherwise. */
    Part part(Hospital hospital, DrillLog drill, Stay stay, Service here) {
        Lying lying =
                new Lying(stay.id(), here.id(), stay.timeline().stretches().size());
        Part known = parts.get(lying);
        if (known == null) {
            known = drawn(hospital, drill, stay, here);
            if (parts.size() >= PARTS_KEPT_MAX) {
                // Of many who have left; what is asked for again is drawn the same.
                parts.clear();
            }
            parts.put(lying, known);
        }
        return known;
    }

    /**
     * The last part that has begun. The first is in the service where they lay when the drill began, or were put first; another begins where
     * they are put when that is over, or in the service that they were to go on to. Whoever is moved otherwise is as ill as before; a
     * casualty whom somebody puts among the gravely ill goes on from there like the others.
     */
    private static Part drawn(Hospital hospital, DrillLog drill, Stay stay, Service here) {
        Part part = null;
        Service service = here;
        for (Timeline.Stretch stretch : stay.timeline().stretches()) {
            if (stretch.location().bed() == null) {
                continue;
            }
            Service there = service(hospital, stretch.location().service(), here);
            if (part == null
                    || !there.equals(service)
                            && (!stretch.from().isAfter(drill.begunAt())
                                    || !stretch.from().isBefore(part.over())
                                    || part.next() != null
                                            && part.next().service().equals(there.id()))) {
                part = part(hospital, drill, stay, there, part, stretch.from());
            } else if (part.next() == null && !part.dies() && isKeptFromHome(stay, there)) {
                Next next = next(hospital, drill, stay, there, stay.id() + "/" + part.number());
                part = new Part(part.number(), part.meant(), part.since(), part.over(), false, next);
            }
            service = there;
        }
        return part != null ? part : part(hospital, drill, stay, here, null, drill.begunAt());
    }

    private static Service service(Hospital hospital, @Nullable ServiceId id, Service otherwise) {
        return hospital.services().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(otherwise);
    }

    private static Part part(
            Hospital hospital, DrillLog drill, Stay stay, Service service, @Nullable Part before, Instant from) {
        int number = before == null ? 0 : before.number() + 1;
        String name = stay.id() + "/" + number;
        Scenario.Care care = KeptCare.of(drill, service);
        // The end of the lot that says where they go on to: the others go on as if nobody died.
        boolean dies = new Lot(drill.drill().seed()).draw("onward/" + name)
                >= 1 - care.profile().death();
        return new Part(
                number,
                before == null || !from.isAfter(drill.begunAt()) ? null : before.next(),
                before == null || from.isBefore(before.over()) ? from : before.over(),
                over(hospital, drill, service, number == 0 ? illness(drill, stay) : null, name, from, dies),
                dies,
                dies ? null : next(hospital, drill, stay, service, name));
    }

    private static @Nullable Illness illness(DrillLog drill, Stay stay) {
        Victims victims = Casualty.victims(drill, stay.id());
        return victims == null ? null : victims.illness();
    }

    /**
     * After a stay of a usual length that was not over when the drill began.
     *
     * @param illness whose stays may be its own, null for what is usual in the service
     * @param dies at any hour; others leave when patients are let go
     */
    private static Instant over(
            Hospital hospital,
            DrillLog drill,
            Service service,
            @Nullable Illness illness,
            String name,
            Instant from,
            boolean dies) {
        Lot lot = new Lot(drill.drill().seed());
        Draws chance = lot.chance("leaves/" + name);
        Scenario.Care care = KeptCare.of(drill, service);
        LengthOfStay length = illness == null || illness.stayDays() == null
                ? days(drill, service, care)
                : LengthOfStay.LogNormal.ofMedian(
                        illness.stayDays(), care.profile().lengthSpread());
        ContinuousSampler days = length.whole(chance);
        Instant over = drill.begunAt().plus(lot.between("remains/" + name, Duration.ZERO, REMAINS_MAX));
        for (int tried = 0; tried < LENGTHS_TRIED_MAX; tried++) {
            Instant then = from.plus(ofDays(days.sample()));
            if (then.isAfter(drill.begunAt())) {
                over = then;
                break;
            }
        }
        return dies ? over : letGo(hospital, service, care, over, chance);
    }

    /** Those that were seen are without the waiting for the hour at which patients are let go; of others it is a part. */
    private static LengthOfStay days(DrillLog drill, Service service, Scenario.Care care) {
        if (care.lengthOfStay() instanceof LengthOfStay.Empirical seen) {
            return seen;
        }
        double mean = meanDays(drill, service);
        double spread = care.profile().lengthSpread();
        return new LengthOfStay.LogNormal(
                CareProfile.turnsDayAndNight(service) ? mean : Math.max(mean / 2, mean - WAITS_FOR_HOUR_DAYS),
                Math.sqrt(Math.expm1(spread * spread)));
    }

    private static double meanDays(DrillLog drill, Service service) {
        return drill.drill().ordinary().stream()
                .filter(flow -> flow.service().equals(service.id()))
                .mapToDouble(flow ->
                        flow.stay().toSeconds() / (double) Duration.ofDays(1).toSeconds())
                .findFirst()
                .orElseGet(() -> KeptCare.of(drill, service).lengthOfStay().meanDays());
    }

    /** Whether it is a casualty where the gravely ill lie: they go on to a ward, and stay where no ward takes them. */
    static boolean isKeptFromHome(Stay stay, Service service) {
        return service.levelOfCare().compareTo(LevelOfCare.ACUTE) > 0 && Casualty.is(stay.id());
    }

    /** As often as the service's profile says, of those who do not die. */
    private static @Nullable Next next(Hospital hospital, DrillLog drill, Stay stay, Service service, String name) {
        Lot lot = new Lot(drill.drill().seed());
        CareProfile profile = KeptCare.of(drill, service).profile();
        Integer ageYears = stay.ageYears(drill.begunAt(), hospital.zone());
        double left = lot.draw("onward/" + name);
        for (CareProfile.Onward onward : profile.onward()) {
            Service next = service(hospital, new ServiceId(onward.service()), service);
            if (!next.equals(service)
                    && (ageYears == null || next.ages().contains(ageYears))
                    && next.sexPolicy().admits(stay.sex())) {
                left -= (1 - profile.death()) * onward.probability() / shareOfAge(profile, next.ages());
                if (left < 0) {
                    return next(drill, stay, next, ageYears, name, lot);
                }
            }
        }
        Service ward = isKeptFromHome(stay, service) && ageYears != null
                ? Casualty.ward(
                        hospital,
                        Casualty.victims(drill, stay.id()),
                        lot.draw("onward/ward/" + name),
                        stay.sex(),
                        ageYears)
                : null;
        return ward == null ? null : next(drill, stay, ward, ageYears, name, lot);
    }

    private static Next next(
            DrillLog drill, Stay stay, Service service, @Nullable Integer ageYears, String name, Lot lot) {
        Draws chance = lot.chance("onward/needs/" + name);
        CareNeeds needs = needs(service, KeptCare.of(drill, service), chance).of(stay.sex(), ageYears);
        return new Next(service.id(), needs, priority(RequestOrigin.INTERNAL, needs.levelOfCare(), chance));
    }

    /** How many of a service's patients another takes by their age: they go there the more often. The normal law, nearly: a logistic one. */
    private static double shareOfAge(CareProfile profile, AgeRange ages) {
        double scale = LOGISTIC_AS_NORMAL / Math.max(1, profile.ageYearsSpread());
        double from = 1 / (1 + Math.exp(-scale * (ages.fromYears() - profile.ageYears())));
        double to = 1 / (1 + Math.exp(-scale * (ages.toYears() + 1 - profile.ageYears())));
        return Math.max(AGE_SHARE_MIN, ages.fromYears() == 0 ? to : to - from);
    }

    /** At the next hour at which patients are let go; where days were seen as well, on such a day. */
    private static Instant letGo(Hospital hospital, Service service, Scenario.Care care, Instant over, Draws chance) {
        Leaving seen = care.leaving();
        if (seen != null) {
            return letGo(hospital, seen, over, chance);
        }
        if (CareProfile.turnsDayAndNight(service)) {
            return over;
        }
        LocalTime hour = hour(Leaving.USUAL, chance);
        LocalDate thatDay = over.atZone(hospital.zone()).toLocalDate();
        Instant then = thatDay.atTime(hour).atZone(hospital.zone()).toInstant();
        return then.isBefore(over)
                ? thatDay.plusDays(1).atTime(hour).atZone(hospital.zone()).toInstant()
                : then;
    }

    private static Instant letGo(Hospital hospital, Leaving seen, Instant over, Draws chance) {
        if (seen.isAnytime()) {
            return over;
        }
        LocalDate first = over.atZone(hospital.zone()).toLocalDate();
        for (int later = 0; later < DAYS_TRIED_MAX; later++) {
            LocalDate day = first.plusDays(later);
            boolean thatDay = seen.letsGo(day.getDayOfWeek().getValue() - 1, chance);
            Instant then =
                    day.atTime(hour(seen, chance)).atZone(hospital.zone()).toInstant();
            if (thatDay && !then.isBefore(over)) {
                return then;
            }
        }
        return over;
    }

    /** By the clock on the wall, on days of 23 and 25 hours as well. */
    private static LocalTime hour(Leaving leaving, Draws chance) {
        return LocalTime.MIDNIGHT.plusSeconds((long) (leaving.hour(chance) * SECONDS_PER_HOUR));
    }
}
