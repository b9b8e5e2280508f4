package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdjustableClockTest {
    private static final Instant START = Instant.parse("2026-03-29T00:59:00Z");

    private final AtomicLong wallNanos = new AtomicLong(-5);
    private final AdjustableClock clock = new AdjustableClock(START, 60, wallNanos::get);

    private void wall(Duration time) {
        wallNanos.addAndGet(time.toNanos());
    }

    @Test
    void shouldRunAtItsSpeed() {
        wall(Duration.ofSeconds(2));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(120));

        clock.setSpeed(0.5);
        wall(Duration.ofSeconds(2));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(121));
    }

    @Test
    void shouldStandStillWhilePaused() {
        clock.pause();
        wall(Duration.ofDays(3));
        assertThat(clock.now()).isEqualTo(START);
        assertThat(clock.isPaused()).isTrue();
        assertThat(clock.wallTimeUntil(START.plusMillis(1))).isGreaterThan(Duration.ofDays(365));
        assertThat(clock.wallTimeUntil(START)).isZero();

        clock.resume();
        wall(Duration.ofSeconds(1));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void shouldBeSetForwardAndNeverBack() {
        clock.pause();
        clock.advanceTo(START.plusSeconds(10));
        clock.advanceTo(START.plusSeconds(5));

        assertThat(clock.now()).isEqualTo(START.plusSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 1, 60, 77.7, 86_400})
    void shouldShowTheTimeOnceItsWaitIsOver(double speed) {
        clock.setSpeed(speed);
        Instant time = START.plusNanos(1_234_567_890_123L);

        wall(clock.wallTimeUntil(time));

        assertThat(clock.now()).isAfterOrEqualTo(time);
        assertThat(clock.wallTimeUntil(time)).isZero();
    }

    @Test
    void shouldWaitAlmostForeverForTheEndOfTime() {
        assertThat(clock.wallTimeUntil(Instant.MAX)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void shouldTellWhenWaitsNoLongerHold() {
        AtomicInteger changes = new AtomicInteger();
        Subscription subscription = clock.onChange(changes::incrementAndGet);

        clock.setSpeed(2);
        clock.pause();
        clock.resume();
        clock.advanceTo(START.plusSeconds(1));
        assertThat(changes).hasValue(4);

        subscription.close();
        clock.setSpeed(3);
        assertThat(changes).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 86_400.1, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseASpeedOutsideItsRange(double speed) {
        assertThatThrownBy(() -> clock.setSpeed(speed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Double.toString(speed))
                .hasMessageContaining("86400");
        assertThat(clock.speed()).isEqualTo(60);
    }

    @Test
    void shouldShowMilliseconds() {
        wall(Duration.ofNanos(1_234_567));
        assertThat(clock.now().getNano() % 1_000_000).isZero();
        assertThat(HospitalClock.wall().now().getNano() % 1_000_000).isZero();
        assertThat(HospitalClock.wall().wallTimeUntil(Instant.EPOCH)).isZero();
        assertThat(HospitalClock.wall().wallTimeUntil(Instant.now().plusSeconds(3_600)))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }
}
