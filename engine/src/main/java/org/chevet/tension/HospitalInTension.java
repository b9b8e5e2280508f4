package org.chevet.tension;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HET, hôpital en tension: six figures of a day, each as how many standard deviations it lies above the mean of the hospital's own days before
 * (HET1: below), at least 0 and at most 4. A day is in global tension when at least three exceed 3.
 */
final class HospitalInTension {
    static final double LEVEL_MAX = 4;
    static final double LEVEL_EXCEEDED = 3;
    static final int HISTORY_DAYS_MIN = 28;
    static final int HISTORY_DAYS_MAX = 365;

    /** HET1 to HET6 of one day, null for what is not known of it. */
    private static final List<Function<Day, @Nullable Double>> SIX = List.of(
            Day::freeBedsLacking,
            day -> day.visits() == 0 ? null : (double) day.visits(),
            day -> day.ratio(Figure.EMERGENCY_SECONDS_HOSPITALISED, Figure.EMERGENCY_LEFT_HOSPITALISED),
            day -> day.ratio(Figure.EMERGENCY_VISITS_HOSPITALISED, Figure.EMERGENCY_VISITS),
            day -> day.visits() == 0 ? null : (double) day.of(Figure.EMERGENCY_PRESENT_AT_15),
            day -> day.visits() == 0 ? null : (double) day.of(Figure.EMERGENCY_VISITS_OLD));

    private record Day(Ledger ledger, Ledger lasting, LocalDate date) {
        long of(Figure figure) {
            return ledger.of(null, date, figure) + lasting.of(null, date, figure);
        }

        /** A hospital whose feeds do not tell of its emergency department has none on any day: that is not known, not none. */
        long visits() {
            return of(Figure.EMERGENCY_VISITS);
        }

        @Nullable
        Double freeBedsLacking() {
            return of(Figure.NOONS_SEEN) == 0 ? null : (double) -of(Figure.FREE_SHORT_STAY_BEDS_AT_NOON);
        }

        @Nullable
        Double ratio(Figure of, Figure by) {
            long divisor = of(by);
            return divisor == 0 ? null : (double) of(of) / divisor;
        }
    }

    private HospitalInTension() {}

    /**
     * @param lasting what is not over yet, of the last days
     * @param first day that the journal knows as a whole
     * @return six levels, null for each that is unknown: no figure, or fewer than {@value #HISTORY_DAYS_MIN} days before
     */
    static List<@Nullable Double> levels(Ledger ledger, Ledger lasting, LocalDate first, LocalDate day) {
        List<@Nullable Double> levels = new ArrayList<>();
        for (Function<Day, @Nullable Double> figure : SIX) {
            levels.add(level(ledger, lasting, first, day, figure));
        }
        return levels;
    }

    private static @Nullable Double level(
            Ledger ledger, Ledger lasting, LocalDate first, LocalDate day, Function<Day, @Nullable Double> figure) {
        Double value = figure.apply(new Day(ledger, lasting, day));
        LocalDate begin = day.minusDays(HISTORY_DAYS_MAX);
        int days = 0;
        double mean = 0;
        double squares = 0;
        for (LocalDate past = first.isAfter(begin) ? first : begin; past.isBefore(day); past = past.plusDays(1)) {
            Double known = figure.apply(new Day(ledger, lasting, past));
            if (known != null) {
                days++;
                double before = known - mean;
                mean += before / days;
                squares += before * (known - mean);
            }
        }
        if (value == null || days < HISTORY_DAYS_MIN) {
            return null;
        }
        double deviation = Math.sqrt(squares / (days - 1));
        double above = value - mean;
        if (deviation == 0) {
            return above > 0 ? LEVEL_MAX : 0;
        }
        return Math.clamp(above / deviation, 0, LEVEL_MAX);
    }
}
