package org.chevet.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** A clock for demos and drills: it runs at its own speed, can be paused and set forward, and never goes back. Thread-safe. */
public final class AdjustableClock implements HospitalClock {
    /** A day a second. */
    public static final double SPEED_MAX = 86_400;

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier wallNanos;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** What this clock showed when it was last touched, and when that was. */
    private Instant shown;

    private long shownAtNanos;
    private double speed;
    private boolean paused;

    /** @param speed seconds of the hospital per second of the wall */
    public AdjustableClock(Instant start, double speed) {
        this(start, speed, System::nanoTime);
    }

    AdjustableClock(Instant start, double speed, LongSupplier wallNanos) {
        this.wallNanos = wallNanos;
        this.shown = start;
        this.shownAtNanos = wallNanos.getAsLong();
        this.speed = checked(speed);
    }

    @Override
    public synchronized Instant now() {
        return exactNow().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public synchronized Duration wallTimeUntil(Instant time) {
        Duration remaining = Duration.between(exactNow(), WallClock.ceilMillis(time));
        if (!remaining.isPositive()) {
            return Duration.ZERO;
        }
        double wallSeconds = (remaining.getSeconds() + remaining.getNano() / NANOS_PER_SECOND) / speed;
        if (paused || wallSeconds >= Mailbox.FOREVER.getSeconds()) {
            return Mailbox.FOREVER;
        }
        return Duration.ofNanos((long) Math.ceil(wallSeconds * NANOS_PER_SECOND));
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public synchronized double speed() {
        return speed;
    }

    public synchronized boolean isPaused() {
        return paused;
    }

    public void setSpeed(double newSpeed) {
        checked(newSpeed);
        change(() -> speed = newSpeed);
    }

    public void pause() {
        change(() -> paused = true);
    }

    public void resume() {
        change(() -> paused = false);
    }

    /** Sets it forward. A time that is past already changes nothing. */
    public void advanceTo(Instant time) {
        change(() -> shown = time.isAfter(shown) ? time : shown);
    }

    private void change(Runnable change) {
        synchronized (this) {
            shown = exactNow();
            shownAtNanos = wallNanos.getAsLong();
            change.run();
        }
        listeners.forEach(Runnable::run);
    }

    private Instant exactNow() {
        return paused ? shown : shown.plusNanos((long) ((wallNanos.getAsLong() - shownAtNanos) * speed));
    }

    private static double checked(double speed) {
        if (!(speed > 0 && speed <= SPEED_MAX)) {
            throw new IllegalArgumentException("clock speed " + speed + " is outside 0 (not included) to " + SPEED_MAX
                    + ". To stop the clock, pause it");
        }
        return speed;
    }
}
