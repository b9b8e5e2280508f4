package org.chevet.simulations.demo;

import java.time.Instant;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;

/**
 * Numbers that are never given twice, not even after a restart, with nothing to remember: each is the hospital's time in tenths
 * of a second, or the one after the last given.
 */
final class Numbers {
    private static final long TENTHS_PER_SECOND = 10;

    /** So that a stay's number keeps the nine digits that such numbers have. */
    private static final long STAYS_BEGIN_SECONDS = 1_700_000_000;

    private long last;
    private long lastStay;

    private long next(Instant at) {
        last = Math.max(last + 1, at.getEpochSecond() * TENTHS_PER_SECOND);
        return last;
    }

    StayId stay(Instant at) {
        lastStay = Math.max(lastStay + 1, at.getEpochSecond() - STAYS_BEGIN_SECONDS);
        return new StayId("%09d".formatted(lastStay));
    }

    RequestId request(Instant at) {
        return new RequestId("R" + next(at));
    }

    String movement(Instant at) {
        return Long.toString(next(at));
    }

    String message(Instant at) {
        return "G" + next(at);
    }

    String patient(Instant at) {
        return "8" + next(at);
    }
}
