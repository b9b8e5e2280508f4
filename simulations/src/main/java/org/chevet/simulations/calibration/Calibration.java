package org.chevet.simulations.calibration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Service;
import org.chevet.simulations.calibration.Observed.End;
import org.chevet.simulations.calibration.Observed.Stretch;
import org.chevet.simulations.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * What is fitted to a hospital that was seen, service by service: who comes when and from where, how long they stay, on which days and at which hours
 * they leave, where they go on to, how many die, and, where the history tells, in which months they come and what they need. What a small service does
 * not tell leans on the whole hospital.
 */
public final class Calibration {
    /** Fewer stays that are over do not tell how long a service's stays are. */
    static final int STAYS_MIN = 10;

    /** Arrivals, or leavings, of the whole hospital that the hours of a service lean on, and its weekdays. */
    private static final double STRENGTH = 24;

    /** Where half of the patients stay for less, they leave at any hour. */
    private static final double ANYTIME_DAYS = 1;

    /** Fewer patients whose sex, age, isolation or equipment is told do not tell what the others need. */
    static final int NEEDS_MIN = 30;

    private static final double SHORTEST_DAYS = 0.02;
    private static final int QUANTILES = 99;
    private static final int HOURS = 24;
    private static final int WEEKDAYS = 7;

    /**
     * Those who come from outside by one way.
     *
     * @param byHour shares, from midnight on
     * @param byWeekday times an average day, from Monday on
     * @param byMonth times an average month, from January on; null where the season tells, or the history is too short to
     */
    record Coming(double perDay, double[] byHour, double[] byWeekday, double @Nullable [] byMonth) {}

    /**
     * One service.
     *
     * @param days quantiles of stays until nothing keeps the patient but the weekday; empty when too few were seen
     * @param leavingByHour null when patients leave at any hour
     * @param onward by service, of those who do not die
     * @param present on average at midnight
     * @param wanted what those need who come from outside
     */
    record Fitted(
            Map<RequestOrigin, Coming> comings,
            double[] days,
            double @Nullable [] leavingByHour,
            double[] leavingByWeekday,
            double death,
            Map<Integer, Double> onward,
            double present,
            Wanted wanted) {}

    /**
     * Shares of patients.
     *
     * @param female null where the history does not tell
     * @param ageYears likewise
     * @param ageYearsSpread likewise
     * @param isolation empty where the history does not tell
     * @param equipment likewise
     */
    record Wanted(
            @Nullable Double female,
            @Nullable Double ageYears,
            @Nullable Double ageYearsSpread,
            Map<Isolation, Double> isolation,
            Map<String, Double> equipment) {}

    private final Hospital hospital;
    private final Observed seen;
    private final double[] weekdaysSeen = new double[WEEKDAYS];
    private final List<List<Stretch>> byService = new ArrayList<>();
    private final boolean[] anytime;
    private final Nights nights;
    private final double[] leavingHours;
    private final int settled;
    private final Needs needs;
    private final double @Nullable [] season;

    /** Of those who are no emergencies, by service; empty where the history is too short to tell. */
    private final Map<RequestOrigin, Map<Integer, double[]>> months = new EnumMap<>(RequestOrigin.class);

    public Calibration(Source source) {
        hospital = source.hospital();
        seen = source.observed();
        for (int day = 0; day < seen.days(); day++) {
            weekdaysSeen[seen.first().plusDays(day).getDayOfWeek().getValue() - 1]++;
        }
        int services = hospital.services().size();
        for (int service = 0; service < services; service++) {
            byService.add(new ArrayList<>());
        }
        for (Stretch stretch : seen.stretches()) {
            if (seen.hasEntered(stretch)) {
                byService.get(stretch.service()).add(stretch);
            }
        }
        Seen all = Seen.of(seen, Observed.ANY);
        settled = whenSettled(all);
        needs = all.needs();
        season = seen.days() < Season.DAYS_MIN
                ? null
                : Season.alone(seen.first(), byDay(entries(seen.stretches(), RequestOrigin.EMERGENCY_DEPARTMENT)));
        if (season != null) {
            for (RequestOrigin origin : RequestOrigin.values()) {
                if (origin != RequestOrigin.EMERGENCY_DEPARTMENT) {
                    months.put(origin, months(origin));
                }
            }
        }
        anytime = new boolean[services];
        nights = new Nights(seen.zone(), services);
        List<Stretch> leaving = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            List<Stretch> own = byService.get(service);
            anytime[service] = !own.isEmpty() && new Survival(own).quantile(0.5) < ANYTIME_DAYS;
            if (!anytime[service]) {
                own.forEach(nights::add);
                own.stream().filter(stretch -> stretch.end() == End.LEFT).forEach(leaving::add);
            }
        }
        nights.fit();
        leavingHours = shares(hours(leaving.stream().map(Stretch::exit).toList()), uniform(HOURS), 1);
    }

    public Hospital hospital() {
        return hospital;
    }

    public Observed seen() {
        return seen;
    }

    /** Emergencies by month, times an average month; null where the history is too short to tell. */
    public double @Nullable [] season() {
        return season == null ? null : season.clone();
    }

    private Map<Integer, double[]> months(RequestOrigin origin) {
        double[] ofAll = Season.alone(seen.first(), byDay(entries(seen.stretches(), origin)));
        Map<Integer, Season> seasons = new TreeMap<>();
        for (int service = 0; service < byService.size(); service++) {
            List<Long> entries = entries(byService.get(service), origin);
            if (!entries.isEmpty()) {
                seasons.put(service, Season.of(seen.first(), byDay(entries), ofAll));
            }
        }
        double differing = Season.differing(seasons.values());
        Map<Integer, double[]> factors = new TreeMap<>();
        seasons.forEach((service, own) -> factors.put(service, own.factors(differing)));
        return factors;
    }

    private int[] byDay(List<Long> entries) {
        int[] byDay = new int[seen.days()];
        entries.forEach(entry -> byDay[seen.day(entry)]++);
        return byDay;
    }

    /** An average month's: as many as would have brought as many patients. */
    private double days(double @Nullable [] months) {
        double days = 0;
        for (int day = 0; day < seen.days(); day++) {
            days += months == null ? 1 : months[Season.month(seen.first(), day)];
        }
        return days;
    }

    /** What the history does not tell: the scenario keeps what is usual. */
    public List<Scenario.Words> untold() {
        List<Scenario.Words> untold = new ArrayList<>();
        if (season == null) {
            untold.add(new Scenario.Words(
                    "saison : " + seen.days() + " jours d’historique, il en faut " + Season.DAYS_MIN,
                    "season: " + seen.days() + " days of history, " + Season.DAYS_MIN + " are needed"));
        }
        untold(untold, "sexe", "sex", needs.sexKnown());
        untold(untold, "âge", "age", needs.ageYears().length);
        untold(untold, "isolement", "isolation", sum(needs.isolated()));
        untold(untold, "équipement", "equipment", sum(needs.equipped()));
        return untold;
    }

    private static void untold(List<Scenario.Words> untold, String french, String english, int patients) {
        if (patients < NEEDS_MIN) {
            untold.add(new Scenario.Words(
                    french + " : dit de " + patients + " patients, il en faut " + NEEDS_MIN,
                    english + ": told of " + patients + " patients, " + NEEDS_MIN + " are needed"));
        }
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Wanted wanted(int service) {
        Needs own = Seen.of(seen, service).needs();
        Map<Isolation, Double> isolation = new EnumMap<>(Isolation.class);
        if (sum(needs.isolated()) >= NEEDS_MIN) {
            needs.isolated()
                    .forEach((kind, all) -> isolation.put(
                            kind,
                            share(own.isolated().getOrDefault(kind, 0), own.patients(), needs.isolatedShare(kind))));
        }
        Map<String, Double> equipment = new TreeMap<>();
        if (sum(needs.equipped()) >= NEEDS_MIN) {
            needs.equipped().keySet().forEach(code -> {
                int count = own.equipped().getOrDefault(code, 0);
                // What a service has no bed for is no need of its patients, however many have it elsewhere.
                boolean hasBed = hasBed(hospital.services().get(service), code);
                if (hasBed || count > 0) {
                    equipment.put(code, share(count, own.patients(), hasBed ? needs.equippedShare(code) : 0));
                }
            });
        }
        boolean knowsAges = needs.ageYears().length >= NEEDS_MIN;
        Needs ofAges = own.ageYears().length >= STAYS_MIN ? own : needs;
        return new Wanted(
                needs.sexKnown() < NEEDS_MIN ? null : share(own.women(), own.sexKnown(), needs.femaleShare()),
                knowsAges ? ofAges.meanAgeYears() : null,
                knowsAges ? ofAges.ageYearsSpread() : null,
                isolation,
                equipment);
    }

    private static boolean hasBed(Service service, String equipment) {
        return service.rooms().stream()
                .flatMap(room -> room.beds().stream())
                .anyMatch(bed -> bed.equipment().contains(equipment));
    }

    private static double share(int count, int of, double elsewhere) {
        return (count + STRENGTH * elsewhere) / (of + STRENGTH);
    }

    Fitted service(int service) {
        List<Stretch> own = byService.get(service);
        List<Stretch> over =
                own.stream().filter(stretch -> stretch.end() != End.LASTS).toList();
        List<Stretch> left =
                over.stream().filter(stretch -> stretch.end() == End.LEFT).toList();
        long died = over.stream().filter(stretch -> stretch.end() == End.DIED).count();
        Map<Integer, Double> onward = new TreeMap<>();
        for (Stretch stretch : over) {
            if (stretch.end() == End.MOVED) {
                onward.merge(stretch.next(), 1.0 / (over.size() - died), Double::sum);
            }
        }
        return new Fitted(
                comings(service),
                over.size() < STAYS_MIN ? new double[0] : days(service, own),
                anytime[service]
                        ? null
                        : shares(hours(left.stream().map(Stretch::exit).toList()), leavingHours, STRENGTH),
                nights.letGo(service),
                over.isEmpty() ? 0 : (double) died / over.size(),
                onward,
                Arrays.stream(Seen.of(seen, service).census(), settled, seen.days())
                        .average()
                        .orElse(0),
                wanted(service));
    }

    /**
     * The first day on which nearly everybody who is there is known: of records that leave out who was there when they begin, the one by which nearly all
     * of these have left.
     */
    public int settled() {
        return settled;
    }

    private int whenSettled(Seen all) {
        int[] sorted = all.census().clone();
        Arrays.sort(sorted);
        boolean begins = all.census()[0] < sorted[sorted.length / 2] / 2.0;
        return begins ? (int) Math.min(seen.days() / 2.0, Math.ceil(all.quantile(0.95))) : 0;
    }

    private double[] days(int service, List<Stretch> own) {
        Survival survival = new Survival(own);
        return IntStream.range(0, QUANTILES)
                .mapToDouble(i -> (i + 0.5) / QUANTILES)
                .map(share -> anytime[service] ? survival.quantile(share) : nights.quantile(service, share))
                .map(days -> Math.max(SHORTEST_DAYS, days))
                .toArray();
    }

    private Map<RequestOrigin, Coming> comings(int service) {
        Map<RequestOrigin, Coming> comings = new EnumMap<>(RequestOrigin.class);
        for (RequestOrigin origin : RequestOrigin.values()) {
            List<Long> entries = entries(byService.get(service), origin);
            if (!entries.isEmpty()) {
                List<Long> ofAll = entries(seen.stretches(), origin);
                boolean emergency = origin == RequestOrigin.EMERGENCY_DEPARTMENT;
                double[] byMonth = months.getOrDefault(origin, Map.of()).get(service);
                comings.put(
                        origin,
                        new Coming(
                                entries.size() / days(emergency ? season : byMonth),
                                shares(hours(entries), shares(hours(ofAll), uniform(HOURS), 1), STRENGTH),
                                weekdays(entries, weekdays(ofAll, null)),
                                byMonth));
            }
        }
        return comings;
    }

    private List<Long> entries(List<Stretch> stretches, RequestOrigin origin) {
        return stretches.stream()
                .filter(stretch -> stretch.origin() == origin && seen.hasEntered(stretch))
                .map(Stretch::entry)
                .toList();
    }

    private double[] hours(List<Long> seconds) {
        double[] counts = new double[HOURS];
        seconds.forEach(second ->
                counts[Instant.ofEpochSecond(second).atZone(seen.zone()).getHour()]++);
        return counts;
    }

    private static double[] uniform(int count) {
        return IntStream.range(0, count).mapToDouble(i -> 1.0 / count).toArray();
    }

    /** Of counts, with so many more that are spread as others are. */
    private static double[] shares(double[] counts, double[] others, double strength) {
        double all = Arrays.stream(counts).sum() + strength;
        return IntStream.range(0, counts.length)
                .mapToDouble(i -> (counts[i] + strength * others[i]) / all)
                .toArray();
    }

    /** Times an average day, the days having been seen more or less often. */
    private double[] weekdays(List<Long> seconds, double @Nullable [] others) {
        double[] counts = new double[WEEKDAYS];
        seconds.forEach(second -> counts[
                Instant.ofEpochSecond(second).atZone(seen.zone()).getDayOfWeek().getValue() - 1]++);
        double[] times = new double[WEEKDAYS];
        for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
            double expected = seconds.size() * weekdaysSeen[weekday] / seen.days();
            double strength = STRENGTH / WEEKDAYS;
            times[weekday] =
                    (counts[weekday] + strength * (others == null ? 1 : others[weekday])) / (expected + strength);
        }
        double mean = Arrays.stream(times).average().orElse(1);
        return Arrays.stream(times).map(time -> time / mean).toArray();
    }
}
