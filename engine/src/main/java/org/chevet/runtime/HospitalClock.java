package org.chevet.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * A hospital's own time, to the millisecond. A real hospital's is the wall's; a demo's or a drill's runs at its own speed.
 * Thread-safe.
 */
public interface HospitalClock {
    Instant now();

    /** How long to wait in wall time until this clock shows {@code time}; a very long time while it is paused. */
    Duration wallTimeUntil(Instant time);

    /** Calls back, on whatever thread, when a wait as told by {@link #wallTimeUntil} no longer holds. */
    default Subscription onChange(Runnable listener) {
        return () -> {};
    }

    /** The wall's time. */
    static HospitalClock wall() {
        return WallClock.INSTANCE;
    }
}
