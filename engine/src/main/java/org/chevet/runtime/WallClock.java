package org.chevet.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's clock. */
final class WallClock implements HospitalClock {
    static final WallClock INSTANCE = new WallClock();

    /** There is no millisecond after this one. */
    private static final Instant LAST = Instant.MAX.minusMillis(1);

    private WallClock() {}

    @Override
    public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Duration wallTimeUntil(Instant time) {
        Instant now = Instant.now();
        Instant shown = ceilMillis(time);
        return shown.isAfter(now) ? Duration.between(now, shown) : Duration.ZERO;
    }

    /** The first time that a clock of milliseconds shows and that is not before this one. */
    static Instant ceilMillis(Instant time) {
        Instant floor = time.truncatedTo(ChronoUnit.MILLIS);
        return floor.equals(time) || floor.isAfter(LAST) ? time : floor.plusMillis(1);
    }
}
