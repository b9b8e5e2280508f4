package org.chevet.forecast;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * How many beds of a hospital and of its services were occupied at each midnight, and what is foreseen from nothing but that: for as long as too little is known of
 * who comes and how long they stay. Owned by one thread.
 */
public final class DailyCensus {
    /** So many days that nobody counted are believed to have been as their weekdays were; after more, counting begins anew. */
    static final int UNCOUNTED_DAYS_MAX = 28;

    /**
     * Of a service or the whole hospital.
     *
     * @param service null for the whole hospital
     * @param lastDay the last that was counted
     * @param days from today on, the nearest first; none while too little is known
     */
    public record Series(@Nullable ServiceId service, LocalDate lastDay, List<Day> days) {
        public Series {
            days = List.copyOf(days);
        }
    }

    /**
     * @param occupied beds when the day ends
     * @param rapid whether the census grows or falls fast, so that the band is wider
     */
    public record Day(LocalDate day, CountDistribution occupied, boolean rapid) {}

    private static final class Counted {
        private CensusForecaster forecaster = new CensusForecaster();
        private final int[] byWeekday = new int[CensusMethod.WEEK];
        private @Nullable LocalDate last;

        void observe(LocalDate day, int occupied) {
            LocalDate before = last;
            if (before != null && !day.isAfter(before)) {
                return;
            }
            if (before != null && ChronoUnit.DAYS.between(before, day) > UNCOUNTED_DAYS_MAX) {
                forecaster = new CensusForecaster();
                before = null;
            }
            for (LocalDate gap = before == null ? day : before.plusDays(1); gap.isBefore(day); gap = gap.plusDays(1)) {
                forecaster.observe(byWeekday[gap.getDayOfWeek().ordinal()]);
            }
            if (before == null) {
                Arrays.fill(byWeekday, occupied);
            }
            byWeekday[day.getDayOfWeek().ordinal()] = occupied;
            forecaster.observe(occupied);
            last = day;
        }
    }

    /** Made when it is first counted, as those of services are: each takes 50 kB. */
    private @Nullable Counted whole;

    private final Map<ServiceId, Counted> services = new TreeMap<>();

    /**
     * One after the other; a day that is known already, or that later ones are known of, is passed over.
     *
     * @param occupied by service, of those that were counted
     * @param all of the whole hospital, null where nobody counted it
     */
    public void observe(LocalDate day, Map<ServiceId, Integer> occupied, @Nullable Integer all) {
        occupied.forEach((service, beds) ->
                services.computeIfAbsent(service, none -> new Counted()).observe(day, beds));
        if (all != null) {
            if (whole == null) {
                whole = new Counted();
            }
            whole.observe(day, all);
        }
    }

    /** The whole hospital first, then its services by their ids; of those of which anything is foreseen. */
    public List<Series> forecast(LocalDate today) {
        List<Series> all = new ArrayList<>();
        if (whole != null) {
            add(all, null, whole, today);
        }
        services.forEach((service, counted) -> add(all, service, counted, today));
        return all;
    }

    private static void add(List<Series> all, @Nullable ServiceId service, Counted counted, LocalDate today) {
        LocalDate last = counted.last;
        if (last == null) {
            return;
        }
        List<Day> days = new ArrayList<>();
        for (int ahead = 1; ahead <= CensusForecaster.DAYS_AHEAD_MAX; ahead++) {
            LocalDate day = last.plusDays(ahead);
            if (!day.isBefore(today)
                    && counted.forecaster.forecast(ahead) instanceof CensusForecast.Foreseen foreseen) {
                days.add(new Day(day, foreseen.census(), foreseen.rapid()));
            }
        }
        if (!days.isEmpty()) {
            all.add(new Series(service, last, days));
        }
    }
}
