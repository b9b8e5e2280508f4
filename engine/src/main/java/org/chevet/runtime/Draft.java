package org.chevet.runtime;

import java.util.ArrayList;
import java.util.List;
import org.chevet.event.Recorded;
import org.chevet.journal.Journal;

/**
 * What was decided since the last batch was handed over.
 *
 * @param asked what the entries came of
 */
record Draft(List<Journal.Entry> entries, List<Reply> replies, List<Asked> asked) {
    /** To be given once the batch is durable. */
    record Reply(Pending pending, Answer answer) {}

    Draft() {
        this(new ArrayList<>());
    }

    Draft(List<Reply> replies) {
        this(new ArrayList<>(), replies, new ArrayList<>());
    }

    List<Recorded> events() {
        return entries.stream().map(Journal.Entry::recorded).toList();
    }
}
