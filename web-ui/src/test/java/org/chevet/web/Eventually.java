package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes bring about. */
final class Eventually {
    /** Of a machine that has other things to do too; who is not late waits no longer for it. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** Does not hold while somebody does not answer. */
    interface Condition {
        boolean holds() throws IOException;
    }

    private Eventually() {}

    /** @throws AssertionError when it does not come about in three minutes */
    static void eventually(String what, Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (IOException notAnswered) {
            return false;
        }
    }
}
