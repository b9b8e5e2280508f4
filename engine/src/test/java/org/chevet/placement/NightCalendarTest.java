package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class NightCalendarTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static NightCalendar from(String now) {
        return NightCalendar.from(Instant.parse(now), PARIS, 14);
    }

    @Test
    void shouldCountTheHoursBeforeSixToTheNightBefore() {
        assertThat(from("2026-03-02T04:59:59Z").first()).isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(from("2026-03-02T05:00:00Z").first()).isEqualTo(LocalDate.of(2026, 3, 2));
        NightCalendar calendar = from("2026-03-02T12:00:00Z");
        assertThat(calendar.night(Instant.parse("2026-03-03T04:59:59Z"))).isZero();
        assertThat(calendar.night(Instant.parse("2026-03-03T05:00:00Z"))).isOne();
        assertThat(calendar.night(Instant.parse("2026-03-02T04:59:59Z"))).isEqualTo(-1);
    }

    /** The night from the 28th to the 29th of March has an hour less, that from the 24th to the 25th of October one more. */
    @Test
    void shouldKeepTheHospitalsOwnTimeWhenTheClocksChange() {
        for (String eve : new String[] {"2026-03-28", "2026-10-24"}) {
            boolean spring = eve.startsWith("2026-03");
            NightCalendar calendar = from(eve + "T12:00:00Z");
            Instant sixInTheMorning = calendar.change(1).minus(Duration.ofHours(10));
            assertThat(Duration.between(calendar.change(0), calendar.change(1)))
                    .isEqualTo(Duration.ofHours(spring ? 23 : 25));
            assertThat(sixInTheMorning.atZone(PARIS).getHour()).isEqualTo(6);
            assertThat(calendar.night(sixInTheMorning)).isOne();
            assertThat(calendar.night(sixInTheMorning.minusSeconds(1))).isZero();
        }
    }

    @Test
    void shouldChangeBedsAtFourInTheAfternoon() {
        assertThat(from("2026-03-02T12:00:00Z").change(3)).isEqualTo(Instant.parse("2026-03-05T15:00:00Z"));
    }

    @Test
    void shouldBeginTheDayAtSix() {
        assertThat(NightCalendar.dayBegan(Instant.parse("2026-03-02T04:59:59Z"), PARIS))
                .isEqualTo(Instant.parse("2026-03-01T05:00:00Z"));
        assertThat(NightCalendar.dayBegan(Instant.parse("2026-03-02T05:00:00Z"), PARIS))
                .isEqualTo(Instant.parse("2026-03-02T05:00:00Z"));
    }

    @Test
    void shouldCountNoFurtherThanTwoPlansAheadAndOneBack() {
        NightCalendar calendar = from("2026-03-02T12:00:00Z");
        assertThat(calendar.night(Instant.parse("2036-03-02T12:00:00Z"))).isEqualTo(28);
        assertThat(calendar.night(Instant.parse("2016-03-02T12:00:00Z"))).isEqualTo(-14);
    }
}
