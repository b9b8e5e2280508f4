package org.chevet.runtime;

import org.chevet.event.Recorded;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;

/**
 * A hospital as folded from its events, and what became of the keyed acts among them. Whoever has it has it alone: the writer
 * runs it ahead of the disk, a follower keeps it behind.
 *
 * @param snapshot sequence of the snapshot that it was rebuilt from, 0 without one
 */
record Replica(Occupancy occupancy, RecentKeys keys, long snapshot) {
    /** Folds one more, the next in sequence. */
    void apply(Recorded recorded, @Nullable String key) {
        occupancy.apply(recorded);
        keys.learn(recorded, key);
    }

    void apply(Journal.Entry entry) {
        apply(entry.recorded(), entry.idempotencyKey());
    }
}
