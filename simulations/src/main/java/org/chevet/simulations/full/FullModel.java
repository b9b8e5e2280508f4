package org.chevet.simulations.full;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.demand.ArrivalCurve;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.flow.LengthOfStay;
import org.chevet.simulations.scenario.Inject;
import org.chevet.simulations.scenario.Measure;
import org.chevet.simulations.scenario.Routine;
import org.chevet.simulations.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/** A hospital, who comes to it, what happens to it and what it does then. Immutable: threads share it. */
public final class FullModel {
    /** Longer stays end after every run. */
    private static final int DAYS_AFTER_THE_END = 120;

    private static final double HOURS_PER_DAY = 24;

    /**
     * What a model is made of.
     *
     * @param warmUpDays before what happens is counted
     * @param days that are counted
     * @param load times the patients that the services are meant for
     * @param season emergencies by month, times an average month
     * @param care of the services that do not live as {@link CareProfile} knows them
     * @param profiles null for the usual hours and weekdays; otherwise whoever comes, comes by this one
     */
    public record Plan(
            Hospital hospital,
            LocalDate first,
            int warmUpDays,
            int days,
            double load,
            double[] season,
            Map<ServiceId, Scenario.Care> care,
            Routine routine,
            @Nullable ArrivalProfile profiles,
            List<Inject> injects,
            List<Measure> measures) {}

    final Plan plan;
    final SimulatedDays days;
    final long countedFrom;
    final long end;
    final List<Service> services;
    final Scenario.Care[] care;
    final Leaving[] leaving;
    final int[][] onward;
    final List<Cause> causes = new ArrayList<>();

    /** As it is written. */
    public static FullModel of(Scenario scenario) {
        return new FullModel(new Plan(
                scenario.hospital(),
                scenario.begins().minusDays(scenario.warmUpDays()),
                scenario.warmUpDays(),
                scenario.days(),
                scenario.load(),
                scenario.season().stream().mapToDouble(Double::doubleValue).toArray(),
                scenario.care(),
                scenario.routine(),
                null,
                scenario.injects(),
                scenario.measures()));
    }

    public FullModel(Plan plan) {
        this.plan = plan;
        services = plan.hospital().services();
        days = new SimulatedDays(
                plan.hospital().zone(), plan.first(), plan.warmUpDays() + plan.days() + DAYS_AFTER_THE_END);
        countedFrom = days.second(plan.warmUpDays(), 0);
        end = days.second(plan.warmUpDays() + plan.days(), 0);
        care = new Scenario.Care[services.size()];
        leaving = new Leaving[services.size()];
        onward = new int[services.size()][];
        for (int service = 0; service < care.length; service++) {
            Service one = services.get(service);
            Scenario.Care own = plan.care().get(one.id());
            care[service] = own == null ? new Scenario.Care(CareProfile.of(one)) : own;
            leaving[service] = leaving(one, care[service]);
            onward[service] = care[service].profile().onward().stream()
                    .mapToInt(next -> indexOf(new ServiceId(next.service())))
                    .toArray();
        }
        usualCauses();
        for (Inject inject : plan.injects()) {
            switch (inject) {
                case Inject.MassCasualties casualties -> causesOf(casualties);
                case Inject.Wave wave -> causesOf(wave);
                case Inject.BedsLost lost -> {}
                case Inject.InformationLost lost -> {}
                case Inject.StaffShortage shortage -> {}
            }
        }
    }

    private Leaving leaving(Service service, Scenario.Care lives) {
        if (plan.routine().aroundTheClock()) {
            return Leaving.ANYTIME;
        }
        Leaving seen = lives.leaving();
        return seen != null ? seen : CareProfile.turnsDayAndNight(service) ? Leaving.ANYTIME : Leaving.USUAL;
    }

    /** {@code -1} for a service that is not there: nobody goes on to it. */
    int indexOf(ServiceId id) {
        for (int service = 0; service < services.size(); service++) {
            if (services.get(service).id().equals(id)) {
                return service;
            }
        }
        return -1;
    }

    /** Whom the services are meant for, one by one, those counted who come from another service. */
    private double[] entriesPerDay() {
        double[] entries = new double[services.size()];
        for (int service = 0; service < entries.length; service++) {
            CareProfile profile = care[service].profile();
            entries[service] = plan.load()
                    * profile.targetOccupancy()
                    * services.get(service).staffedBeds()
                    / care[service].lengthOfStay().meanDays();
        }
        return entries;
    }

    private double[] fromOutsidePerDay() {
        double[] entries = entriesPerDay();
        double[] fromOutside = entries.clone();
        for (int from = 0; from < entries.length; from++) {
            CareProfile profile = care[from].profile();
            for (int i = 0; i < onward[from].length; i++) {
                if (onward[from][i] >= 0) {
                    fromOutside[onward[from][i]] -= entries[from]
                            * (1 - profile.death())
                            * profile.onward().get(i).probability();
                }
            }
        }
        for (int service = 0; service < entries.length; service++) {
            fromOutside[service] = Math.max(0, fromOutside[service]);
        }
        return fromOutside;
    }

    private void usualCauses() {
        double[] perDay = fromOutsidePerDay();
        ArrivalProfile emergency = plan.profiles() == null ? ArrivalProfile.EMERGENCY : plan.profiles();
        ArrivalProfile elective = plan.profiles() == null ? ArrivalProfile.ELECTIVE : plan.profiles();
        ArrivalProfile direct = plan.profiles() == null ? ArrivalProfile.DIRECT : plan.profiles();
        IntToDoubleFunction others = hour -> emergenciesDuringWaves(hour);
        for (int service = 0; service < perDay.length; service++) {
            List<Scenario.Coming> seen = care[service].comings();
            if (seen != null) {
                seen(service, seen, others);
                continue;
            }
            CareProfile profile = care[service].profile();
            double other = Math.max(0, 1 - profile.fromEmergency() - profile.elective());
            usual(
                    service,
                    RequestOrigin.EMERGENCY_DEPARTMENT,
                    perDay[service] * profile.fromEmergency(),
                    emergency.inSeason(plan.season()),
                    others);
            usual(service, RequestOrigin.ELECTIVE, perDay[service] * profile.elective(), elective, hour -> 1);
            usual(service, RequestOrigin.OTHER_HOSPITAL, perDay[service] * other, direct, hour -> 1);
        }
    }

    /** How many come into a service in this way whatever happens to the hospital, on average over the days of the plan. */
    public double perDay(ServiceId service, RequestOrigin origin) {
        return causes.stream()
                .filter(cause -> cause.name().equals(service + "/" + origin))
                .mapToDouble(cause -> cause.curve().total() / (plan.warmUpDays() + plan.days()))
                .sum();
    }

    private void seen(int service, List<Scenario.Coming> comings, IntToDoubleFunction others) {
        for (Scenario.Coming coming : comings) {
            boolean emergency = coming.origin() == RequestOrigin.EMERGENCY_DEPARTMENT;
            usual(
                    service,
                    coming.origin(),
                    plan.load() * coming.perDay(),
                    emergency ? coming.profile().inSeason(plan.season()) : coming.profile(),
                    emergency ? others : hour -> 1);
        }
    }

    private void usual(
            int service, RequestOrigin origin, double perDay, ArrivalProfile profile, IntToDoubleFunction factor) {
        if (perDay > 0) {
            CareProfile lives = care[service].profile();
            causes.add(new Cause(
                    services.get(service).id() + "/" + origin,
                    service,
                    origin,
                    null,
                    curve(hour -> perDay * share(profile, hour) * factor.applyAsDouble(hour)),
                    null,
                    lives.ageYears(),
                    lives.ageYearsSpread(),
                    null,
                    null));
        }
    }

    private double share(ArrivalProfile profile, int hour) {
        return profile.share(days.hourOfDayOfHour(hour), days.weekdayOfHour(hour), days.monthOfHour(hour));
    }

    private ArrivalCurve curve(IntToDoubleFunction perHour) {
        double[] expected = new double[(int) (end / SimulatedDays.SECONDS_PER_HOUR)];
        for (int hour = 0; hour < expected.length; hour++) {
            expected[hour] = perHour.applyAsDouble(hour);
        }
        return new ArrivalCurve(expected);
    }

    private double daysSince(Inject inject, int hour) {
        return (hour - hoursBefore() - inject.atHours()) / HOURS_PER_DAY;
    }

    private double hoursBefore() {
        return countedFrom / (double) SimulatedDays.SECONDS_PER_HOUR;
    }

    private double emergenciesDuringWaves(int hour) {
        double share = 1;
        for (Inject inject : plan.injects()) {
            if (inject instanceof Inject.Wave wave) {
                share *= 1 - (1 - wave.otherEmergencies()) * wave.height(daysSince(wave, hour));
            }
        }
        return share;
    }

    private void causesOf(Inject.Wave wave) {
        double[] byHour = ArrivalProfile.EMERGENCY.byHour();
        wave.everyService().forEach(id -> {
            int service = indexOf(id);
            causes.add(new Cause(
                    wave.name() + "/" + id,
                    service,
                    RequestOrigin.EMERGENCY_DEPARTMENT,
                    null,
                    curve(hour -> wave.peakPerDay()
                            * wave.share(id, daysSince(wave, hour))
                            * wave.height(daysSince(wave, hour))
                            * byHour[days.hourOfDayOfHour(hour)]),
                    wave.stayDays() == null
                            ? null
                            : LengthOfStay.LogNormal.ofMedian(
                                    wave.stayDays(), care[service].profile().lengthSpread()),
                    wave.ageYears(),
                    wave.ageYearsSpread(),
                    wave.isolation(),
                    wave.organism()));
        });
    }

    private void causesOf(Inject.MassCasualties casualties) {
        casualties.graves().forEach((id, count) -> causesOf(casualties, id, count, 1));
        casualties.others().forEach((id, count) -> causesOf(casualties, id, count, 2));
    }

    /** As many as are named on average; fewer and fewer hour by hour. */
    private void causesOf(Inject.MassCasualties casualties, ServiceId id, int count, int priority) {
        int service = indexOf(id);
        double hours = casualties.overHours();
        causes.add(new Cause(
                casualties.name() + "/" + id + "/" + priority,
                service,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                priority,
                curve(hour -> {
                    double from = Math.clamp(daysSince(casualties, hour) * HOURS_PER_DAY / hours, 0, 1);
                    double to = Math.clamp((daysSince(casualties, hour) * HOURS_PER_DAY + 1) / hours, 0, 1);
                    return count * ((1 - from) * (1 - from) - (1 - to) * (1 - to));
                }),
                null,
                38,
                15,
                null,
                null));
    }

    /** Beds expected to be taken at any time by those the services are meant for. */
    int usuallyPresent(int service) {
        return (int) Math.round(Math.min(1, plan.load())
                * care[service].profile().targetOccupancy()
                * services.get(service).staffedBeds());
    }
}
