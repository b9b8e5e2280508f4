package org.chevet.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.chevet.forecast.Outlooks.Outlook;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * How good a hospital's forecasts were, and how much wider or narrower they should have been. Every forecast of a full hour is kept until the hours that it
 * speaks of, and scored then by who was there, came and left. It is told every full hour. Takes some 220 kilobytes for each service and 70 for each pole once
 * forecasts are shown and {@value #DAYS_MAX} days of them scored, and a tenth of that before. What is scored, and how wide bands are, is of the services that
 * the hospital has now. Owned by one thread.
 */
public final class FlowRecord {
    /** Hours ahead for which scores are kept. */
    public static final List<Integer> HOURS = List.of(1, 4, 8, 12, 24, 48, 72, 168, 336);

    /** Days for which scores are kept. */
    public static final int DAYS_MAX = 90;

    /**
     * From then on forecasts are made for what their errors teach, before any is shown: of the first day, on which a feed tells who is here, hardly anything is
     * foreseen again. So what is needed a week ahead is known three days after the first forecast is shown.
     */
    private static final int TEACHING_FROM_DAYS = 10;

    /** How wide bands are hardly depends on errors of so many days before the first forecast that is scored. */
    private static final int TEACHING_DAYS = 90;

    /** What is foreseen: who is there then, who comes and who leaves until then. */
    public enum Quantity {
        PATIENTS,
        ENTRIES,
        EXITS
    }

    /**
     * @param service null for a pole and for the whole hospital
     * @param pole null for a service and for the whole hospital; of a pole only patients are foreseen
     * @param ahead the nearest first; only distances of which at least one forecast came due
     */
    public record Scored(
            @Nullable ServiceId service, @Nullable String pole, Quantity quantity, List<Score> ahead) {
        public Scored {
            ahead = List.copyOf(ahead);
        }
    }

    /**
     * @param forecasts how many came due
     * @param error mean absolute error of the median, in patients
     * @param bias mean of median − truth: above 0 too many were expected
     * @param pinball mean pinball loss over the levels, in patients
     * @param crps twice that: approximately the continuous ranked probability score
     * @param coverage50 share of truths within the band from 25 to 75 %
     * @param naiveError mean absolute error of the mean of the same weekday and hours in the last four weeks, where four were known; else null
     * @param skill 1 − error / naiveError of the forecasts for which both are known; null where none is
     */
    public record Score(
            int hours,
            int forecasts,
            double error,
            double bias,
            double pinball,
            double crps,
            double coverage50,
            double coverage80,
            double coverage95,
            @Nullable Double naiveError,
            @Nullable Double skill) {}

    /** Of each full hour so many hours back, and before these of one a day, it is told what was counted. */
    public static final int PAST_HOURS = 24;

    /** So many days back. */
    public static final int PAST_DAYS = 14;

    /**
     * What was counted before now: what forecasts are scored by. Everything is as it was known at each hour; who came or left by then and was stated later is
     * in the hours after that.
     *
     * @param at the full hours of which it was counted, ascending: each of the last {@value #PAST_HOURS} hours, and before these the same hour {@value #PAST_DAYS} days
     *     back, by 24 hours a day
     */
    public record Past(List<Instant> at, List<Counted> series) {
        public Past {
            at = List.copyOf(at);
            series = List.copyOf(series);
        }

        /** Null where it was not counted at all. */
        public @Nullable Counted find(@Nullable ServiceId service, @Nullable String pole, Quantity quantity) {
            for (Counted counted : series) {
                if (counted.quantity == quantity
                        && Objects.equals(counted.service, service)
                        && Objects.equals(counted.pole, pole)) {
                    return counted;
                }
            }
            return null;
        }
    }

    /**
     * @param service null for a pole and for the whole hospital
     * @param pole null for a service and for the whole hospital; of a pole only patients are counted
     * @param counts by hour: how many patients were there; or how many came, or left, from then to the last full hour. Null where that was not counted
     */
    public record Counted(
            @Nullable ServiceId service, @Nullable String pole, Quantity quantity, List<@Nullable Integer> counts) {
        public Counted {
            counts = Collections.unmodifiableList(new ArrayList<>(counts));
        }
    }

    /** The number of the whole hospital, beside those that the history gives to services. */
    static final int WHOLE = -1;

    private static final int[] HOURS_AHEAD =
            HOURS.stream().mapToInt(Integer::intValue).toArray();

    /** Of the whole hospital first, then of each service. */
    private final List<Map<Quantity, CountRecord>> series = new ArrayList<>();

    /** The services of each pole, as the hospital last said. */
    private Map<String, List<Integer>> poles = Map.of();

    private Map<String, CountRecord> ofPoles = Map.of();
    private final BandWidths widths = new BandWidths();
    private final long taughtFromHour;
    private final long keptFromHour;
    private long hour = Long.MIN_VALUE;

    /** Of {@link #hour} on the wall's calendar. */
    private long day;

    /** The first and the last of the hours in which a feed told last who is here: their counts are no past. */
    private long takenOverFrom = Long.MAX_VALUE;

    private long takenOverUntil = Long.MIN_VALUE;

    private FlowRecord(long taughtFromHour, long keptFromHour) {
        this.taughtFromHour = taughtFromHour;
        this.keptFromHour = keptFromHour;
    }

    /**
     * @param scoredFrom what comes due from then on is scored as if all of the past had been, but that bands may differ by a little: forecasts are kept from the
     *     furthest that comes due then, and teach from {@value #TEACHING_DAYS} days before. That none is made before saves most of the time that a long past takes
     */
    public FlowRecord(Instant scoredFrom) {
        this(
                WallHours.hour(scoredFrom) - FlowForecast.HOURS_AHEAD_MAX - 24L * TEACHING_DAYS,
                WallHours.hour(scoredFrom) - FlowForecast.HOURS_AHEAD_MAX);
    }

    /** Where nobody asks for scores: only the forecasts that teach how wide bands are to be are made, one in five. */
    public static FlowRecord unscored(Instant taughtFrom) {
        return new FlowRecord(WallHours.hour(taughtFrom), Long.MAX_VALUE);
    }

    /** The history passed a full hour, of which it knows who was there: what spoke of it is scored, and a forecast is made to be kept. Others are left out. */
    void passed(FlowHistory history) {
        hour = history.hour();
        day = history.wall().day(hour);
        if (history.isTakingOver()) {
            takenOverFrom = Math.min(takenOverFrom, hour);
            takenOverUntil = hour;
        }
        count(history);
        dropGone(history);
        long[][] naiveHours = new long[HOURS_AHEAD.length][];
        for (int horizon = 0; horizon < HOURS_AHEAD.length; horizon++) {
            naiveHours[horizon] = HourlyCounts.naiveHours(history.wall(), hour, HOURS_AHEAD[horizon]);
        }
        series.forEach(counts -> counts.values().forEach(count -> count.score(hour, day, naiveHours)));
        ofPoles.values().forEach(count -> count.score(hour, day, naiveHours));
        widths.learn(hour, series);
        if (history.isTakingOver()) {
            return;
        }
        boolean shown = history.daysKnown() >= FlowHistory.DAYS_NEEDED;
        boolean kept = shown && hour >= keptFromHour;
        boolean teaches =
                hour >= taughtFromHour && BandWidths.teaches(hour) && history.daysKnown() >= TEACHING_FROM_DAYS;
        if (teaches || kept) {
            keep(history, shown, teaches, kept);
        }
    }

    /** A service that the hospital does not have any more is not what its forecasts spoke of. */
    private void dropGone(FlowHistory history) {
        for (int number = 0; number < series.size() - 1; number++) {
            if (!history.has(number)) {
                series.get(number + 1).values().forEach(CountRecord::dropDue);
                widths.dropDue(number + 1);
            }
        }
    }

    /** What was foreseen so far is not scored: who is here is counted by somebody else from now on. */
    void dropDue() {
        series.forEach(counts -> counts.values().forEach(CountRecord::dropDue));
        ofPoles.values().forEach(CountRecord::dropDue);
        widths.dropDue();
        takenOverFrom = Long.MAX_VALUE;
    }

    private void count(FlowHistory history) {
        int[] present = history.present();
        while (series.size() <= present.length) {
            Map<Quantity, CountRecord> counts = new EnumMap<>(Quantity.class);
            for (Quantity quantity : Quantity.values()) {
                counts.put(quantity, new CountRecord(quantity));
            }
            series.add(counts);
        }
        int whole = 0;
        for (int number = 0; number < present.length; number++) {
            whole += present[number];
            count(history, number, present[number]);
        }
        count(history, WHOLE, whole);
        follow(history.poles());
        poles.forEach((pole, services) -> ofPole(pole)
                .put(hour, services.stream().mapToInt(number -> present[number]).sum()));
    }

    private void count(FlowHistory history, int number, int present) {
        of(number, Quantity.PATIENTS).put(hour, present);
        if (!history.isTakingOver()) { // Who is told to be here already did not come.
            of(number, Quantity.ENTRIES).put(hour, history.turnover().entries(number));
            of(number, Quantity.EXITS).put(hour, history.turnover().exits(number));
        }
    }

    private CountRecord of(int number, Quantity quantity) {
        return Objects.requireNonNull(series.get(number + 1).get(quantity));
    }

    private CountRecord ofPole(String pole) {
        return Objects.requireNonNull(ofPoles.get(pole));
    }

    /** One whose services change is another one: what was foreseen of it spoke of others. */
    private void follow(Map<String, List<Integer>> now) {
        if (!now.equals(poles)) {
            Map<String, CountRecord> kept = new LinkedHashMap<>();
            now.forEach((pole, services) -> kept.put(
                    pole, services.equals(poles.get(pole)) ? ofPole(pole) : new CountRecord(Quantity.PATIENTS)));
            ofPoles = kept;
            poles = now;
        }
    }

    private void keep(FlowHistory history, boolean shown, boolean teaches, boolean kept) {
        Outlooks outlooks = Outlooks.of(history, HOURS_AHEAD);
        for (int horizon = 0; horizon < HOURS_AHEAD.length; horizon++) {
            Map<Integer, CountDistribution> patients = new HashMap<>();
            for (int number = WHOLE; number < history.flows().size(); number++) {
                if (number != WHOLE && !history.has(number)) {
                    continue;
                }
                Outlook outlook = outlooks.of(number, horizon);
                if (teaches) {
                    widths.expect(number + 1, horizon, hour, outlook, shown);
                }
                if (kept) {
                    patients.put(number, keep(number, horizon, outlook));
                }
            }
            if (kept) {
                keepPoles(horizon, patients);
            }
        }
    }

    /** @return of patients */
    private CountDistribution keep(int number, int horizon, Outlook outlook) {
        CountDistribution patients = shown(Quantity.PATIENTS, number, HOURS_AHEAD[horizon], outlook);
        of(number, Quantity.PATIENTS).keep(horizon, hour, patients);
        for (Quantity flow : List.of(Quantity.ENTRIES, Quantity.EXITS)) {
            of(number, flow).keep(horizon, hour, shown(flow, number, HOURS_AHEAD[horizon], outlook));
        }
        return patients;
    }

    /** As {@link PoleForecast} adds them up. */
    private void keepPoles(int horizon, Map<Integer, CountDistribution> patients) {
        poles.forEach((pole, services) -> {
            CountDistribution sum = CountDistribution.certain(0);
            for (int number : services) {
                sum = sum.plus(Objects.requireNonNull(patients.get(number)));
            }
            ofPole(pole).keep(horizon, hour, sum);
        });
    }

    /**
     * As wide as past errors needed.
     *
     * @param number of a service, or {@link #WHOLE}
     */
    CountDistribution shown(Quantity quantity, int number, int hours, Outlook outlook) {
        return outlook.of(quantity).sum().stretched(factor(quantity, number, hours));
    }

    /**
     * By how much a variance is multiplied, as past errors needed it.
     *
     * @param number of a service, or {@link #WHOLE}
     */
    double factor(Quantity quantity, int number, int hours) {
        return widths.factor(quantity, number + 1, hours);
    }

    /**
     * The whole hospital first, then each service, then each pole. Only what at least one forecast came due for.
     *
     * @param days the last ones of the wall's calendar, today among them, up to {@value #DAYS_MAX}
     */
    public List<Scored> scores(FlowHistory history, int days) {
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException("scores of " + days + " days are asked for, not of 1 to " + DAYS_MAX);
        }
        List<Scored> scores = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            if (i > 0 && !history.has(i - 1)) {
                continue;
            }
            ServiceId service = i == 0 ? null : history.flows().get(i - 1).id;
            series.get(i)
                    .forEach((quantity, count) ->
                            scores.add(new Scored(service, null, quantity, count.scores(day, days))));
        }
        ofPoles.forEach(
                (pole, count) -> scores.add(new Scored(null, pole, Quantity.PATIENTS, count.scores(day, days))));
        scores.removeIf(scored -> scored.ahead().isEmpty());
        return scores;
    }

    /** The whole hospital first, then each service, then each pole. */
    public Past past(FlowHistory history, Instant now) {
        if (series.isEmpty()) {
            return new Past(List.of(), List.of());
        }
        long last = WallHours.hour(now);
        long watched = history.hour();
        boolean quiet = history.isQuiet(last);
        long[] hours = LongStream.concat(
                        LongStream.rangeClosed(-PAST_DAYS, -PAST_HOURS / 24 - 1).map(days -> last + days * 24),
                        LongStream.rangeClosed(last - PAST_HOURS, last))
                .filter(at -> at > watched ? quiet : isKnown(at))
                .toArray();
        int[] present = history.present();
        Turnover turnover = history.turnover();
        Turnover since = quiet && last > watched ? history.turnoverSinceHour() : new Turnover();
        List<Counted> counted = new ArrayList<>();
        for (int number = WHOLE; number < series.size() - 1; number++) {
            if (number != WHOLE && !history.has(number)) {
                continue;
            }
            ServiceId service = number == WHOLE ? null : history.flows().get(number).id;
            Map<Quantity, Integer> latest = Map.of(
                    Quantity.PATIENTS, number == WHOLE ? Arrays.stream(present).sum() : present[number],
                    Quantity.ENTRIES, turnover.entries(number) + since.entries(number),
                    Quantity.EXITS, turnover.exits(number) + since.exits(number));
            series.get(number + 1)
                    .forEach((quantity, count) -> counted.add(new Counted(
                            service,
                            null,
                            quantity,
                            counts(count, quantity, hours, watched, Objects.requireNonNull(latest.get(quantity))))));
        }
        ofPoles.forEach((pole, count) -> counted.add(new Counted(
                null, pole, Quantity.PATIENTS, counts(count, Quantity.PATIENTS, hours, watched, sum(present, pole)))));
        return new Past(
                Arrays.stream(hours)
                        .mapToObj(at -> Instant.ofEpochSecond(at * WallHours.HOUR_SECONDS))
                        .toList(),
                counted);
    }

    private int sum(int[] present, String pole) {
        return Objects.requireNonNull(poles.get(pole)).stream()
                .mapToInt(number -> present[number])
                .sum();
    }

    private boolean isKnown(long at) {
        return (at < takenOverFrom || at > takenOverUntil)
                && of(WHOLE, Quantity.PATIENTS).counted(at) != HourlyCounts.UNKNOWN;
    }

    /**
     * @param watched the hour that the last event is in
     * @param latest what is counted at the last full hour
     */
    private static List<@Nullable Integer> counts(
            CountRecord count, Quantity quantity, long[] hours, long watched, int latest) {
        List<@Nullable Integer> counts = new ArrayList<>();
        for (long at : hours) {
            int then = at > watched ? latest : count.counted(at);
            if (then == HourlyCounts.UNKNOWN) {
                counts.add(null);
            } else {
                counts.add(quantity == Quantity.PATIENTS ? then : latest - then);
            }
        }
        return counts;
    }
}
