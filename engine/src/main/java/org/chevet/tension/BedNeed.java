package org.chevet.tension;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BJML, besoin journalier minimal en lits, in beds. See {@link Indicator#BJML}. */
final class BedNeed {
    static final int YEARS = 3;

    private static final double SHARE = 0.25;

    private BedNeed() {}

    /** @param first day that the journal knows as a whole */
    static @Nullable Integer of(Ledger ledger, LocalDate first, LocalDate day) {
        List<Long> hospitalisations = new ArrayList<>();
        for (int years = 1; years <= YEARS; years++) {
            LocalDate monday = sameWeek(day, years);
            if (monday == null || monday.isBefore(first)) {
                continue;
            }
            for (int i = 0; i < DayOfWeek.values().length; i++) {
                hospitalisations.add(ledger.of(null, monday.plusDays(i), Figure.HOSPITALISED_FROM_EMERGENCY));
            }
        }
        Collections.sort(hospitalisations);
        return hospitalisations.isEmpty()
                ? null
                : Ranks.nearest(hospitalisations, SHARE).intValue();
    }

    /** The Monday of the same ISO week; null in a year without a week 53. */
    private static @Nullable LocalDate sameWeek(LocalDate day, int yearsBefore) {
        int week = day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        int year = day.get(IsoFields.WEEK_BASED_YEAR) - yearsBefore;
        LocalDate inFirstWeek = LocalDate.of(year, 1, 4);
        LocalDate monday = inFirstWeek.with(DayOfWeek.MONDAY).plusWeeks(week - 1L);
        return monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) == week ? monday : null;
    }
}
