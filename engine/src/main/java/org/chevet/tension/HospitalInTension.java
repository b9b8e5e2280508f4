package org.chevet.tension;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HET, hôpital en tension (domain.md, "Indicators"): six figures of a day, each with its level, which is by how many standard deviations (of the sample) it lies
 * above the mean of the hospital's own days before (HET1: below), at least 0 and at most {@value #LEVEL_MAX}. A day is in global tension when at least
 * {@value #ABOVE_FOR_GLOBAL} of the six exceed level {@value #LEVEL_EXCEEDED}.
 *
 * @param day the last one that is over
 * @param six HET1 to HET6
 */
public record HospitalInTension(LocalDate day, List<Measure> six) {
    public static final int LEVEL_MAX = 4;
    public static final int LEVEL_EXCEEDED = 3;
    public static final int ABOVE_FOR_GLOBAL = 3;
    public static final int HISTORY_DAYS_MIN = 28;
    static final int HISTORY_DAYS_MAX = 365;

    /** Whether the day was in global tension. */
    public enum Verdict {
        GLOBAL_TENSION,
        /** Even if all that is unknown exceeded the level, too few would. */
        NO_GLOBAL_TENSION,
        /** It depends on what is unknown. */
        UNDECIDED
    }

    /** Why there is no level: the first of these that holds. */
    public enum Unknown {
        /** The journal does not know the day as a whole: it began on that day or since. */
        DAY_NOT_WHOLE,
        /** No event came between that noon and now, so nothing tells that what was known before was still so. */
        NOON_NOT_SEEN,
        /** In all the days compared with, nobody came to the emergency department: the feeds do not tell of it. */
        EMERGENCY_NEVER_TOLD,
        /** Nobody came on that day, though on others they did: not to be told from a feed that was silent. */
        NO_VISIT,
        /** Nobody who was hospitalised left the emergency department on that day. */
        NOBODY_HOSPITALISED,
        /** Fewer than {@value #HISTORY_DAYS_MIN} days before have the figure. */
        TOO_LITTLE_HISTORY
    }

    /**
     * One of the six.
     *
     * @param indicator whose value is the level
     * @param unit of all figures here
     * @param figure of the day; null when it is unknown
     * @param historyDays of the {@value #HISTORY_DAYS_MAX} before, how many have the figure
     * @param historySince the first of them, null without any
     * @param reference null with fewer than {@value #HISTORY_DAYS_MIN}
     * @param level null when it is unknown
     * @param unknown why, null when it is known
     */
    public record Measure(
            Indicator indicator,
            Indicator.Unit unit,
            @Nullable Double figure,
            int historyDays,
            @Nullable LocalDate historySince,
            @Nullable Reference reference,
            @Nullable Double level,
            @Nullable Unknown unknown) {
        boolean isAbove() {
            return level != null && level > LEVEL_EXCEEDED;
        }
    }

    /**
     * What a figure is compared with: the days before.
     *
     * @param deviation of the sample
     * @param limit beyond which level {@value #LEVEL_EXCEEDED} is exceeded (HET1: below which); null when no figure can be
     * @param milderDays how many of them were in less tension than the day, by this figure; null when that is unknown
     */
    public record Reference(
            double mean,
            double deviation,
            @Nullable Double limit,
            @Nullable Integer milderDays) {}

    public HospitalInTension {
        six = List.copyOf(six);
    }

    /** How many are known to exceed level {@value #LEVEL_EXCEEDED}. */
    public int above() {
        return (int) six.stream().filter(Measure::isAbove).count();
    }

    public int unknown() {
        return (int) six.stream().filter(measure -> measure.level() == null).count();
    }

    public Verdict verdict() {
        if (above() >= ABOVE_FOR_GLOBAL) {
            return Verdict.GLOBAL_TENSION;
        }
        return above() + unknown() >= ABOVE_FOR_GLOBAL ? Verdict.UNDECIDED : Verdict.NO_GLOBAL_TENSION;
    }

    /**
     * @param lasting what is not over yet, of the last days
     * @param first day that the journal knows as a whole
     */
    static HospitalInTension of(Ledger ledger, Ledger lasting, LocalDate first, LocalDate day) {
        LocalDate begin = day.minusDays(HISTORY_DAYS_MAX);
        List<Day> before = new ArrayList<>();
        for (LocalDate past = first.isAfter(begin) ? first : begin; past.isBefore(day); past = past.plusDays(1)) {
            before.add(new Day(ledger, lasting, past));
        }
        Day asked = new Day(ledger, lasting, day);
        boolean isTold = asked.visits() > 0 || before.stream().anyMatch(past -> past.visits() > 0);
        List<Measure> six = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Unknown missing = day.isBefore(first) ? Unknown.DAY_NOT_WHOLE : kind.missing(asked, isTold);
            six.add(kind.measure(missing == null ? kind.figure.apply(asked) : null, missing, before));
        }
        return new HospitalInTension(day, six);
    }

    private record Day(Ledger ledger, Ledger lasting, LocalDate date) {
        long of(Figure figure) {
            return ledger.of(null, date, figure) + lasting.of(null, date, figure);
        }

        /** A hospital whose feeds do not tell of its emergency department has none on any day: that is not known, not none. */
        long visits() {
            return of(Figure.EMERGENCY_VISITS);
        }

        @Nullable
        Double ofVisited(Figure figure) {
            return visits() == 0 ? null : (double) of(figure);
        }

        @Nullable
        Double freeBeds() {
            return of(Figure.NOONS_SEEN) == 0 ? null : (double) of(Figure.FREE_SHORT_STAY_BEDS_AT_NOON);
        }

        @Nullable
        Double hoursOfHospitalised() {
            long left = of(Figure.EMERGENCY_LEFT_HOSPITALISED);
            return left == 0 ? null : Ledger.hours((double) of(Figure.EMERGENCY_SECONDS_HOSPITALISED) / left);
        }

        @Nullable
        Double percentHospitalised() {
            return visits() == 0 ? null : 100.0 * of(Figure.EMERGENCY_VISITS_HOSPITALISED) / visits();
        }
    }

    private enum Kind {
        FREE_BEDS(Indicator.HET_1, Indicator.Unit.BEDS, Day::freeBeds),
        VISITS(Indicator.HET_2, Indicator.Unit.COUNT, day -> day.ofVisited(Figure.EMERGENCY_VISITS)),
        STAY(Indicator.HET_3, Indicator.Unit.HOURS, Day::hoursOfHospitalised),
        HOSPITALISED(Indicator.HET_4, Indicator.Unit.PERCENT, Day::percentHospitalised),
        PRESENT(Indicator.HET_5, Indicator.Unit.PATIENTS, day -> day.ofVisited(Figure.EMERGENCY_PRESENT_AT_15)),
        OLD(Indicator.HET_6, Indicator.Unit.COUNT, day -> day.ofVisited(Figure.EMERGENCY_VISITS_OLD));

        private final Indicator indicator;
        private final Indicator.Unit unit;
        private final Function<Day, @Nullable Double> figure;

        Kind(Indicator indicator, Indicator.Unit unit, Function<Day, @Nullable Double> figure) {
            this.indicator = indicator;
            this.unit = unit;
            this.figure = figure;
        }

        /** Fewer free beds are worse; of all else, more is. */
        private int worse() {
            return this == FREE_BEDS ? -1 : 1;
        }

        /** @param isTold whether the feeds tell of the emergency department at all */
        @Nullable
        Unknown missing(Day day, boolean isTold) {
            if (figure.apply(day) != null) {
                return null;
            }
            if (this == FREE_BEDS) {
                return Unknown.NOON_NOT_SEEN;
            }
            if (!isTold) {
                return Unknown.EMERGENCY_NEVER_TOLD;
            }
            return this == STAY && day.visits() > 0 ? Unknown.NOBODY_HOSPITALISED : Unknown.NO_VISIT;
        }

        Measure measure(@Nullable Double value, @Nullable Unknown missing, List<Day> before) {
            int days = 0;
            int milder = 0;
            double mean = 0;
            double squares = 0;
            LocalDate since = null;
            for (Day past : before) {
                Double known = figure.apply(past);
                if (known != null) {
                    since = since == null ? past.date() : since;
                    days++;
                    milder += value != null && worse() * (value - known) > 0 ? 1 : 0;
                    double off = known - mean;
                    mean += off / days;
                    squares += off * (known - mean);
                }
            }
            if (days < HISTORY_DAYS_MIN) {
                Unknown why = missing == null ? Unknown.TOO_LITTLE_HISTORY : missing;
                return new Measure(indicator, unit, value, days, since, null, null, why);
            }
            double deviation = Math.sqrt(squares / (days - 1));
            Reference reference = new Reference(
                    mean, deviation, limit(mean, deviation), value == null ? null : Integer.valueOf(milder));
            Double level = value == null ? null : level(worse() * (value - mean), deviation);
            return new Measure(indicator, unit, value, days, since, reference, level, missing);
        }

        private static Double level(double above, double deviation) {
            if (deviation == 0) {
                return above > 0 ? (double) LEVEL_MAX : 0;
            }
            return Math.clamp(above / deviation, 0, LEVEL_MAX);
        }

        private @Nullable Double limit(double mean, double deviation) {
            double limit = mean + worse() * LEVEL_EXCEEDED * deviation;
            boolean beyondAll = this == FREE_BEDS ? limit <= 0 : unit == Indicator.Unit.PERCENT && limit >= 100;
            return beyondAll ? null : limit;
        }
    }
}
