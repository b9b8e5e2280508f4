package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
    private static final long SEED = 1;
    private static final int TIMES = 20_000;
    private static final long FIRST_SECOND = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;
    private static final long LAST_SECOND = LocalDate.of(9999, 12, 31).toEpochDay() * 86_400;

    @Test
    void shouldReadWhatAnInstantWrites() {
        Random random = new Random(SEED);
        for (int i = 0; i < TIMES; i++) {
            int nanos = new int[] {0, 400_000_000, 123_456_000, random.nextInt(1_000_000_000)}[i % 4];
            Instant time = Instant.ofEpochSecond(random.nextLong(FIRST_SECOND, LAST_SECOND), nanos);
            assertThat(InstantText.read(time.toString())).as("seed %d", SEED).isEqualTo(time);
        }
    }

    @Test
    void shouldWriteAsAnInstantDoes() {
        Random random = new Random(SEED);
        int[] nanos = {0, 1, 400_000_000, 999_000_000, 123_456_000, 7_000, 999_999_999};
        for (int i = 0; i < TIMES; i++) {
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(FIRST_SECOND, LAST_SECOND),
                    i % 8 < nanos.length ? nanos[i % 8] : random.nextInt(1_000_000_000));
            assertThat(InstantText.write(time)).as("seed %d", SEED).isEqualTo(time.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59.999999999Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "1969-12-31T23:59:59.500Z",
                "2024-02-29T00:00:00Z"
            })
    void shouldWriteTimesAtTheEdgesAsWell(String text) {
        assertThat(InstantText.write(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void shouldReadEveryDayOfFourHundredYears() {
        for (LocalDate day = LocalDate.of(1799, 12, 31); day.getYear() < 2201; day = day.plusDays(1)) {
            String text = day + "T23:59:59Z";
            assertThat(InstantText.read(text)).isEqualTo(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01T00:00:00",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:00.12x4Z",
                "2026-01-01T00:00:00+01:00",
                "2026-01-01t00:00:00Z",
                "+12026-01-01T00:00:00Z",
                "2026-1-01T00:00:00Z"
            })
    void shouldLeaveEverythingElseToWhoCanDoMore(String text) {
        assertThat(InstantText.read(text)).isNull();
    }
}
