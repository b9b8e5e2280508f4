package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.ServiceId;
import org.junit.jupiter.api.Test;

class DailyCensusTest {
    private static final ServiceId WARD = new ServiceId("WARD");
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
    private static final int DAYS = 70;

    private final DailyCensus census = new DailyCensus();

    private static int usual(LocalDate day) {
        return 30 + day.getDayOfWeek().getValue();
    }

    private void observe(LocalDate from, int days) {
        for (int i = 0; i < days; i++) {
            LocalDate day = from.plusDays(i);
            census.observe(day, Map.of(WARD, usual(day)), 2 * usual(day));
        }
    }

    private List<String> medians(LocalDate today) {
        return census.forecast(today).stream()
                .flatMap(series -> series.days().stream()
                        .map(day -> series.service() + " " + day.day() + " "
                                + day.occupied().quantile(0.5)))
                .toList();
    }

    @Test
    void shouldForeseeFromTodayOn() {
        observe(FIRST, DAYS);
        LocalDate last = FIRST.plusDays(DAYS - 1);

        List<DailyCensus.Series> foreseen = census.forecast(last.plusDays(3));

        assertThat(foreseen).extracting(DailyCensus.Series::service).containsExactly(null, WARD);
        assertThat(foreseen.getFirst().lastDay()).isEqualTo(last);
        assertThat(foreseen.getFirst().days())
                .first()
                .extracting(DailyCensus.Day::day)
                .isEqualTo(last.plusDays(3));
        assertThat(foreseen.getLast().days())
                .hasSize(12)
                .allSatisfy(day ->
                        assertThat(day.occupied().quantile(0.5)).isBetween(usual(day.day()) - 1, usual(day.day()) + 1));
    }

    @Test
    void shouldCountNoDayTwice() {
        observe(FIRST, DAYS);
        List<String> before = medians(FIRST.plusDays(DAYS));

        for (int i = DAYS - 10; i < DAYS; i++) {
            census.observe(FIRST.plusDays(i), Map.of(WARD, 99), 99);
        }

        assertThat(before).isNotEmpty();
        assertThat(medians(FIRST.plusDays(DAYS))).isEqualTo(before);
    }

    @Test
    void shouldBelieveThatAFewUncountedDaysWereAsTheirWeekdaysAreAndNotManyDays() {
        observe(FIRST, DAYS);
        LocalDate later = FIRST.plusDays(DAYS + 10);
        observe(later, 1);
        DailyCensus.Series ward = census.forecast(later).getLast();
        assertThat(ward.lastDay()).isEqualTo(later);
        assertThat(ward.days())
                .allSatisfy(day ->
                        assertThat(day.occupied().quantile(0.5)).isBetween(usual(day.day()) - 1, usual(day.day()) + 1));

        LocalDate muchLater = later.plusDays(DailyCensus.UNCOUNTED_DAYS_MAX + 1);
        observe(muchLater, 1);
        assertThat(census.forecast(muchLater)).isEmpty();
    }
}
