package org.chevet.runtime;

import org.chevet.journal.JournalException;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;

/** The state as folded since it was last read from the journal. Once it failed, it is never decided on again. */
final class Era {
    /** Of the writer's thread. */
    final Replica replica;

    /** The replica's. */
    final Occupancy occupancy;

    private volatile @Nullable JournalException failure;

    Era(Replica replica) {
        this.replica = replica;
        occupancy = replica.occupancy();
    }

    /** Why it must not be built on, null while it may. */
    @Nullable
    JournalException failure() {
        return failure;
    }

    void fail(JournalException why) {
        failure = why;
    }
}
