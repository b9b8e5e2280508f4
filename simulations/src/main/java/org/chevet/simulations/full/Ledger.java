package org.chevet.simulations.full;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.chevet.event.RequestOrigin;
import org.chevet.simulations.scenario.Indicator;

/** What is written down of one history while it runs. Times are seconds of {@link SimulatedDays}. */
final class Ledger {
    private static final double HOUR = SimulatedDays.SECONDS_PER_HOUR;
    private static final int GRAVE = 1;

    /** No Bed is counted in the morning, of those who asked before midnight. */
    static final int NO_BED_HOUR = 8;

    private static final int NIGHT_HOURS = 8;

    private final FullModel model;
    private final int[] occupiedByService;
    private final double[] occupiedSeconds;
    private final long[] since;
    private final long[] emptySince;
    private final long[] cleaningSince;
    private final int[][] series;
    private final List<String> log = new ArrayList<>();
    private final Waits waits = new Waits();
    private final Waits graves = new Waits();

    /** Who came through the emergency department, needs a bed and has none. */
    private final Set<Person> boarders = new HashSet<>();

    int occupied;
    int waiting;
    int refused;
    int putOff;
    int transferredOut;
    int dischargedEarly;
    int offers;
    int refusals;
    private int hour;
    private int noBedNights;
    private int placed;
    private int outliers;
    private int admissions;
    private int departures;
    private int departuresHome;
    private int departuresBeforeNoon;
    private int deaths;
    private int moves;
    private int nightMoves;
    private int fillings;
    private int cleanings;
    private double staySeconds;
    private double emptySeconds;
    private double waitForCleaningSeconds;
    private double cleaningSeconds;
    private double outlierSeconds;
    private double inBedSeconds;

    /** Hours, as many as there are. */
    private static final class Waits {
        private double[] hours = new double[256];
        private int count;

        void add(double waited) {
            if (count == hours.length) {
                hours = Arrays.copyOf(hours, 2 * count);
            }
            hours[count++] = waited;
        }

        double[] sorted() {
            return Arrays.stream(hours, 0, count).sorted().toArray();
        }
    }

    Ledger(FullModel model) {
        this.model = model;
        int beds = model.services.stream()
                .flatMap(service -> service.rooms().stream())
                .mapToInt(room -> room.beds().size())
                .sum();
        occupiedByService = new int[model.services.size()];
        occupiedSeconds = new double[occupiedByService.length];
        since = new long[occupiedByService.length];
        emptySince = new long[beds];
        cleaningSince = new long[beds];
        Arrays.fill(emptySince, -1);
        series = new int[Outcome.Series.values().length]
                [(int) ((model.end - model.countedFrom) / SimulatedDays.SECONDS_PER_HOUR)];
    }

    boolean isCounted(long now) {
        return now >= model.countedFrom;
    }

    void say(String what, long now) {
        log.add(String.format(Locale.ROOT, "%.1f h: %s", (now - model.countedFrom) / HOUR, what));
    }

    void entered(int bed, int service, long now, boolean first) {
        passed(service, now);
        occupied++;
        occupiedByService[service]++;
        if (isCounted(now)) {
            admissions += first ? 1 : 0;
            moves += first ? 0 : 1;
            if (emptySince[bed] >= 0) {
                fillings++;
                emptySeconds += now - emptySince[bed];
            }
            int hourOfDay = model.days.hourOfDay(now);
            nightMoves += !first && (hourOfDay >= 23 || hourOfDay < 6) ? 1 : 0;
        }
    }

    /** Of those who asked for the bed, in counted time. */
    void waited(Person person, long now) {
        if (isCounted(person.askedAt)) {
            placed++;
            outliers += person.outlier ? 1 : 0;
            double waited = (now - person.askedAt) / HOUR;
            waits.add(waited);
            if (person.priority == GRAVE) {
                graves.add(waited);
            }
        }
    }

    void left(Person person, int bed, int service, long now) {
        passed(service, now);
        occupied--;
        occupiedByService[service]--;
        emptySince[bed] = now;
        bedDays(person, now);
    }

    /** Also at the end, of those who are still there. */
    void bedDays(Person person, long now) {
        if (isCounted(now)) {
            double seconds = now - Math.max(person.inBedSince, model.countedFrom);
            inBedSeconds += seconds;
            outlierSeconds += person.outlier ? seconds : 0;
        }
    }

    void departed(Person person, long now) {
        if (isCounted(now)) {
            if (!person.lay) {
                departures++;
                staySeconds += now - person.comes;
            }
            deaths += person.isDead ? 1 : 0;
            if (!person.isDead) {
                departuresHome++;
                departuresBeforeNoon += model.days.hourOfDay(now) < 12 ? 1 : 0;
            }
        }
    }

    void cleaningBegan(int bed, long now) {
        cleaningSince[bed] = now;
    }

    void cleaningEnded(int bed, long now) {
        if (isCounted(now) && emptySince[bed] >= 0) {
            cleanings++;
            waitForCleaningSeconds += cleaningSince[bed] - emptySince[bed];
            cleaningSeconds += now - cleaningSince[bed];
        }
    }

    private void passed(int service, long now) {
        if (isCounted(now)) {
            occupiedSeconds[service] +=
                    (double) occupiedByService[service] * (now - Math.max(since[service], model.countedFrom));
        }
        since[service] = now;
    }

    void hour(int staffed, long now) {
        if (!isCounted(now) || hour == series[0].length) {
            return;
        }
        series[Outcome.Series.OCCUPIED.ordinal()][hour] = occupied;
        series[Outcome.Series.NEEDED.ordinal()][hour] = occupied + waiting;
        series[Outcome.Series.STAFFED.ordinal()][hour] = staffed;
        series[Outcome.Series.BOARDERS.ordinal()][hour] = boarders();
        hour++;
    }

    /** Who spent the night in the emergency department for lack of a bed. */
    void morning(long now) {
        if (isCounted(now)) {
            for (Person person : boarders) {
                noBedNights += now - person.askedAt >= NIGHT_HOURS * HOUR ? 1 : 0;
            }
        }
    }

    int boarders() {
        return boarders.size();
    }

    /** Those who need a bed and have none, the ones who wait for another bed left out. */
    void asks(Person person, int sign) {
        if (person.bed == null) {
            waiting += sign;
            if (person.cause.origin() != RequestOrigin.EMERGENCY_DEPARTMENT) {
                return;
            }
            if (sign > 0) {
                boarders.add(person);
            } else {
                boarders.remove(person);
            }
        }
    }

    Outcome outcome(long end, long events) {
        double[] mean = new double[occupiedSeconds.length];
        for (int service = 0; service < mean.length; service++) {
            passed(service, end);
            mean[service] = occupiedSeconds[service] / (end - model.countedFrom);
        }
        double[] values = new double[Indicator.values().length];
        for (Indicator indicator : Indicator.values()) {
            values[indicator.ordinal()] = value(indicator, mean);
        }
        return new Outcome(values, series, mean, List.copyOf(log), events);
    }

    private double value(Indicator indicator, double[] occupiedMean) {
        return switch (indicator) {
            case OCCUPANCY -> 100 * Arrays.stream(occupiedMean).sum() / mean(Outcome.Series.STAFFED);
            case PEAK -> 100 * peakLoad();
            case HOURS_SATURATED -> hoursSaturated();
            case BOARDERS -> mean(Outcome.Series.BOARDERS);
            case BOARDERS_PEAK ->
                Arrays.stream(series[Outcome.Series.BOARDERS.ordinal()]).max().orElse(0);
            case NO_BED -> noBedNights;
            case WAIT_MEDIAN -> quantile(waits, 0.5);
            case WAIT_P90 -> quantile(waits, 0.9);
            case WAIT_OVER_4 -> over(4);
            case WAIT_OVER_8 -> over(8);
            case WAIT_OVER_12 -> over(12);
            case GRAVE_MEDIAN -> quantile(graves, 0.5);
            case GRAVE_WITHIN_1 -> gravesWithin(1);
            case GRAVE_WITHIN_2 -> gravesWithin(2);
            case GRAVE_WITHIN_6 -> gravesWithin(6);
            case REFUSED -> refused;
            case PUT_OFF -> putOff;
            case TRANSFERRED_OUT -> transferredOut;
            case DISCHARGED_EARLY -> dischargedEarly;
            case OUTLIERS -> 100.0 * outliers / placed;
            case OUTLIER_DAYS -> 100 * outlierSeconds / inBedSeconds;
            case ADMISSIONS -> admissions;
            case LENGTH_OF_STAY -> staySeconds / departures / 24 / HOUR;
            case TURNOVER_INTERVAL -> emptySeconds / fillings / HOUR;
            case WAIT_FOR_CLEANING -> waitForCleaningSeconds / cleanings / HOUR;
            case CLEANING -> cleaningSeconds / cleanings / HOUR;
            case BEFORE_NOON -> 100.0 * departuresBeforeNoon / departuresHome;
            case MOVES -> (double) moves / admissions;
            case NIGHT_MOVES -> nightMoves;
            case REFUSALS -> 100.0 * refusals / offers;
            case DEATHS -> deaths;
        };
    }

    private double mean(Outcome.Series of) {
        return Arrays.stream(series[of.ordinal()]).average().orElse(0);
    }

    private double peakLoad() {
        double peak = 0;
        for (int at = 0; at < series[0].length; at++) {
            peak = Math.max(peak, load(at));
        }
        return peak;
    }

    private int hoursSaturated() {
        int hours = 0;
        for (int at = 0; at < series[0].length; at++) {
            hours += load(at) > 1 ? 1 : 0;
        }
        return hours;
    }

    private double load(int at) {
        return (double) series[Outcome.Series.NEEDED.ordinal()][at]
                / Math.max(1, series[Outcome.Series.STAFFED.ordinal()][at]);
    }

    private static double quantile(Waits of, double share) {
        double[] sorted = of.sorted();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private int over(double hours) {
        int count = 0;
        for (int i = 0; i < waits.count; i++) {
            count += waits.hours[i] > hours ? 1 : 0;
        }
        return count;
    }

    private double gravesWithin(double hours) {
        int count = 0;
        for (int i = 0; i < graves.count; i++) {
            count += graves.hours[i] <= hours ? 1 : 0;
        }
        return graves.count == 0 ? Double.NaN : 100.0 * count / graves.count;
    }
}
