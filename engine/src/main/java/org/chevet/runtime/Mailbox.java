package org.chevet.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded queue whose one reader can also be woken for other reasons. Thread-safe. */
final class Mailbox<T> {
    /** A wait that only something happening ends. */
    static final Duration FOREVER = Duration.ofDays(365 * 100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<T> letters = new ArrayDeque<>();
    private final int lettersMax;
    private boolean woken;
    private boolean closed;

    Mailbox(int lettersMax) {
        this.lettersMax = lettersMax;
    }

    /** Whether there was room, and nobody closed it. */
    boolean offer(T letter) {
        lock.lock();
        try {
            if (closed || letters.size() >= lettersMax) {
                return false;
            }
            letters.add(letter);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out up to that many, without waiting. */
    List<T> drain(int countMax) {
        lock.lock();
        try {
            List<T> drained = new ArrayList<>(Math.min(countMax, letters.size()));
            while (drained.size() < countMax && !letters.isEmpty()) {
                drained.add(letters.remove());
            }
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a letter, somebody wakes the reader or closes the box, or the time is over. */
    void await(Duration timeMax) {
        lock.lock();
        try {
            long nanos = timeMax.toNanos();
            while (letters.isEmpty() && !woken && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
        } catch (InterruptedException e) {
            // Nobody interrupts a writer to stop it: closing the mailbox does that.
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No more letters; those inside can still be taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed and nothing is left inside. */
    boolean isSpent() {
        lock.lock();
        try {
            return closed && letters.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return letters.size();
        } finally {
            lock.unlock();
        }
    }
}
