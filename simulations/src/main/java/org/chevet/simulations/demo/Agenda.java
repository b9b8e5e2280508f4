package org.chevet.simulations.demo;

import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is going to happen, in order of time; plans for one instant run in the order in which they were made. */
final class Agenda {
    interface Plan {
        void run(Moment moment);
    }

    private record Entry(Instant at, long order, Plan plan) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long added;

    void add(Instant at, Plan plan) {
        entries.add(new Entry(at, added++, plan));
    }

    @Nullable Instant nextAt() {
        Entry next = entries.peek();
        return next == null ? null : next.at();
    }

    /** Runs the next plan if its time is not after {@code until}. */
    boolean runNext(Instant until, Moment moment) {
        Entry next = entries.peek();
        if (next == null || next.at().isAfter(until)) {
            return false;
        }
        entries.remove();
        moment.reach(next.at());
        next.plan().run(moment);
        return true;
    }
}
