package org.chevet.runtime;

import java.util.ArrayList;
import java.util.List;
import org.chevet.journal.Journal;

/** What was decided since the last batch was handed over. */
record Draft(List<Journal.Entry> entries, List<Reply> replies) {
    /** To be given once the batch is durable. */
    record Reply(Pending pending, Answer answer) {}

    Draft() {
        this(new ArrayList<>(), new ArrayList<>());
    }
}
