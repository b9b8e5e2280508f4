package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.OrdinaryShare;
import org.chevet.event.Share;
import org.chevet.event.Victims;
import org.chevet.event.Wounds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.scenario.Inject.BedsLost;
import org.chevet.simulations.scenario.Inject.InformationLost;
import org.chevet.simulations.scenario.Inject.MassCasualties;
import org.chevet.simulations.scenario.Inject.StaffShortage;
import org.chevet.simulations.scenario.Inject.Wave;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.jspecify.annotations.Nullable;

/**
 * A scenario of the simulator as a drill plays it, in any hospital: what happens in it becomes injects by the minute, which the director may withdraw and
 * add to; what the hospital does about it is for the players. It begins shortly before the first thing that happens. Casualties come as many for a
 * bed as in the scenario's own hospital; a service that the hospital has not is the one of the same level of care with as many beds for its hospital.
 */
public record DrillScenario(Scenario scenario) {
    /** From the beginning of a drill to the first thing that happens. */
    static final Duration LEAD = Duration.ofMinutes(10);

    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;
    private static final double DAYS_BEFORE_PEAK = 3;

    /** Nobody is told of a wave that brings nobody and keeps a smaller share of emergencies away. */
    private static final double KEPT_AWAY_MIN = 0.01;

    /** A service that loses a larger share of its beds takes nobody any more. */
    private static final double CLOSED_SHARE_MIN = 0.5;

    /** Read once, when the first is asked for: that takes a moment. */
    private static final class Shipped {
        static final List<DrillScenario> ALL = ScenarioFile.SHIPPED.stream()
                .map(Shipped::read)
                .filter(shipped -> !shipped.scenario.injects().isEmpty())
                .toList();

        private static DrillScenario read(String name) {
            try {
                return new DrillScenario(ScenarioFile.read(name, List.of()));
            } catch (ScenarioException wrong) {
                throw new IllegalStateException("a scenario of this jar is wrong", wrong);
            }
        }
    }

    /** Those in the jar in which something happens. */
    public static List<DrillScenario> shipped() {
        return Shipped.ALL;
    }

    /** One in the jar; null when there is no such one. */
    public static @Nullable DrillScenario of(String id) {
        return shipped().stream()
                .filter(shipped -> shipped.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** @throws ScenarioException whose message says of each mistake in which line it is, and what is allowed there */
    public static DrillScenario parse(String text) throws ScenarioException {
        return new DrillScenario(ScenarioFile.parse(text));
    }

    public String id() {
        return scenario.code();
    }

    /** What is to happen in a hospital, the first due first. */
    public List<Inject> injects(Hospital hospital, Instant begin) {
        double firstHour = Stream.concat(
                        scenario.injects().stream().map(DrillScenario::beginsAtHours),
                        scenario.messages().stream().map(Scenario.Message::atHours))
                .min(Comparator.naturalOrder())
                .orElse(0.0);
        Plan plan = new Plan(hospital, begin.plus(LEAD), firstHour);
        for (Scenario.Message message : scenario.messages()) {
            plan.add(message.atHours(), InjectKind.MESSAGE, message.text(), null, null, null, null, 0);
        }
        scenario.injects().forEach(plan::add);
        return plan.inOrder();
    }

    /** When the players are to meet it: a wave shortly before its peak, for it is nearly nothing before. */
    private static double beginsAtHours(org.chevet.simulations.scenario.Inject inject) {
        double daysBefore = inject instanceof Wave wave ? Math.max(0, wave.peakAfterDays() - DAYS_BEFORE_PEAK) : 0;
        return inject.atHours() + daysBefore * HOURS_PER_DAY;
    }

    private final class Plan {
        private final Hospital hospital;
        private final Instant first;
        private final double firstHour;
        private final double perBed;
        private final List<Inject> injects = new ArrayList<>();

        Plan(Hospital hospital, Instant first, double firstHour) {
            this.hospital = hospital;
            this.first = first;
            this.firstHour = firstHour;
            perBed = (double) beds(hospital) / Math.max(1, beds(scenario.hospital()));
        }

        private static int beds(Hospital hospital) {
            return hospital.services().stream().mapToInt(Service::staffedBeds).sum();
        }

        void add(org.chevet.simulations.scenario.Inject inject) {
            double hours = beginsAtHours(inject);
            switch (inject) {
                case MassCasualties hurt ->
                    victims(
                            hours,
                            new Victims(
                                    scaled(sum(hurt.graves())),
                                    scaled(sum(hurt.others())),
                                    scaled(hurt.involved()),
                                    (int) Math.round(hurt.overHours() * MINUTES_PER_HOUR),
                                    null,
                                    wounds(hurt)),
                            null);
                case Wave wave -> wave(wave, hours);
                case BedsLost lost ->
                    lost.services().stream()
                            .flatMap(this::counterparts)
                            .distinct()
                            .forEach(service -> lose(lost, service));
                case InformationLost lost ->
                    add(
                            hours,
                            InjectKind.OUTAGE,
                            told(),
                            null,
                            null,
                            null,
                            share(lost.emergencies(), lost.electives(), lost.days()),
                            lost.days());
                case StaffShortage shortage ->
                    hospital.services().forEach(service -> staff(hours, service, shortage.share(), shortage.days()));
            }
        }

        private void wave(Wave wave, double begin) {
            double daysMax = Math.min(Debrief.LASTS_MAX.toDays(), scenario.days() - begin / HOURS_PER_DAY);
            double daysPassed = (begin - wave.atHours()) / HOURS_PER_DAY;
            for (int day = 0; day < daysMax; day++) {
                double noon = daysPassed + day + 0.5;
                Map<Service, Double> services = services(wave, noon);
                double all = services.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                double grave = services.entrySet().stream()
                        .filter(service -> service.getKey().levelOfCare() == LevelOfCare.INTENSIVE)
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
                double height = wave.height(noon);
                double needABed = wave.everyService().stream()
                        .mapToDouble(id -> wave.share(id, noon))
                        .sum();
                int come = (int) Math.round(wave.peakPerDay() * height * needABed * perBed);
                int absolute = all == 0 ? 0 : (int) Math.round(come * grave / all);
                double keptAway = (1 - wave.otherEmergencies()) * height;
                OrdinaryShare others = share(1 - keptAway, 1, 1);
                double hours = begin + day * HOURS_PER_DAY;
                victims(
                        hours,
                        new Victims(
                                absolute,
                                come - absolute,
                                0,
                                HOURS_PER_DAY * MINUTES_PER_HOUR,
                                services.isEmpty() ? null : illness(wave, services),
                                null),
                        others);
                if (come == 0 && keptAway >= KEPT_AWAY_MIN) {
                    add(hours, InjectKind.MESSAGE, told(), null, null, null, others, 0);
                }
            }
        }

        private Map<Service, Double> services(Wave wave, double day) {
            Map<ServiceId, Double> shares = new LinkedHashMap<>();
            wave.everyService().forEach(id -> shares.put(id, wave.share(id, day)));
            return here(shares);
        }

        private Wounds wounds(MassCasualties hurt) {
            return new Wounds(
                    shares(here(hurt.graves()), sum(hurt.graves())), shares(here(hurt.others()), sum(hurt.others())));
        }

        /** By the hospital's own services, as many as in the scenario's. */
        private Map<Service, Double> here(Map<ServiceId, ? extends Number> services) {
            Map<Service, Double> here = new LinkedHashMap<>();
            services.forEach((id, many) -> counterparts(id)
                    .filter(service -> many.doubleValue() > 0)
                    .forEach(service -> here.merge(service, many.doubleValue(), Double::sum)));
            return here;
        }

        /** @param all of whom they are shares */
        private static List<Share> shares(Map<Service, Double> services, double all) {
            return services.entrySet().stream()
                    .map(service -> new Share(service.getKey().id().value(), Math.min(1, service.getValue() / all)))
                    .toList();
        }

        private static Illness illness(Wave wave, Map<Service, Double> services) {
            return new Illness(
                    shares(services, 1),
                    wave.stayDays(),
                    wave.ageYears(),
                    wave.ageYearsSpread(),
                    wave.isolation(),
                    wave.organism());
        }

        /** Of the others who come in these days; null when all of them do. */
        private static @Nullable OrdinaryShare share(double emergencies, double electives, double days) {
            long minutes = Math.round(days * HOURS_PER_DAY * MINUTES_PER_HOUR);
            return minutes == 0 || emergencies == 1 && electives == 1
                    ? null
                    : new OrdinaryShare(emergencies, electives, (int) Math.min(minutes, OrdinaryShare.MINUTES_MAX));
        }

        private void lose(BedsLost lost, Service service) {
            if (lost.evacuated()) {
                add(lost.atHours(), InjectKind.OUTAGE, told(), service.id(), null, null, null, lost.days());
            } else if (lost.share() >= CLOSED_SHARE_MIN) {
                add(lost.atHours(), InjectKind.WARD_CLOSED, told(), service.id(), null, null, null, lost.days());
            } else {
                staff(lost.atHours(), service, lost.share(), lost.days());
            }
        }

        private void staff(double hours, Service service, double share, double days) {
            int left = (int) Math.floor(service.staffedBeds() * (1 - share));
            if (left < service.staffedBeds()) {
                add(hours, InjectKind.STAFF_SHORTAGE, told(), service.id(), left, null, null, days);
            }
        }

        /** Nobody comes of a wave that has not begun to be felt. */
        private void victims(double hours, Victims victims, @Nullable OrdinaryShare ordinary) {
            if (victims.count() > 0) {
                add(hours, InjectKind.VICTIMS, null, null, null, possible(victims), ordinary, 0);
            }
        }

        private static Victims possible(Victims victims) {
            int absolute = Math.min(victims.absolute(), Victims.VICTIMS_MAX);
            int relative = Math.min(victims.relative(), Victims.VICTIMS_MAX - absolute);
            return new Victims(
                    absolute,
                    relative,
                    Math.min(victims.involved(), Victims.VICTIMS_MAX - absolute - relative),
                    Math.min(victims.minutes(), Victims.MINUTES_MAX),
                    victims.illness(),
                    victims.wounds());
        }

        /** One at least of those who came at all. */
        private int scaled(int count) {
            return count == 0 ? 0 : Math.max(1, (int) Math.round(count * perBed));
        }

        private String told() {
            return scenario.name().french();
        }

        /** @param days that it lasts, if it is of a kind that does */
        void add(
                double hours,
                InjectKind kind,
                @Nullable String text,
                @Nullable ServiceId service,
                @Nullable Integer beds,
                @Nullable Victims victims,
                @Nullable OrdinaryShare ordinary,
                double days) {
            Instant due = first.plusSeconds(Math.round((hours - firstHour) * 3_600));
            Integer minutes = kind.lasts()
                    ? Math.clamp(Math.round(days * HOURS_PER_DAY * MINUTES_PER_HOUR), 1, Inject.MINUTES_MAX)
                    : null;
            injects.add(
                    new Inject("S" + (injects.size() + 1), due, kind, text, service, beds, victims, ordinary, minutes));
        }

        List<Inject> inOrder() {
            return injects.stream().sorted(Comparator.comparing(Inject::due)).toList();
        }

        /** Itself, or the one of its level and rank; none when the hospital has none of its level. */
        private Stream<Service> counterparts(ServiceId id) {
            Service meant = find(scenario.hospital(), id);
            Service own = find(hospital, id);
            if (own != null || meant == null) {
                return Stream.ofNullable(own);
            }
            List<Service> alike = ofLevel(hospital, meant);
            int rank = ofLevel(scenario.hospital(), meant).indexOf(meant);
            return alike.stream()
                    .skip(Math.clamp(rank, 0, Math.max(0, alike.size() - 1)))
                    .limit(1);
        }

        private static @Nullable Service find(Hospital hospital, ServiceId id) {
            return hospital.services().stream()
                    .filter(service -> service.id().equals(id))
                    .findFirst()
                    .orElse(null);
        }

        /** The largest first. */
        private static List<Service> ofLevel(Hospital hospital, Service meant) {
            return hospital.services().stream()
                    .filter(service -> service.levelOfCare() == meant.levelOfCare())
                    .sorted(Comparator.comparing(Service::staffedBeds).reversed())
                    .toList();
        }
    }

    private static int sum(Map<ServiceId, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
