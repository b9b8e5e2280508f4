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
    record Reply(Pending pending, Answer answer) {
        /** In their order, by a thread for all of them: one for each would cost more than deciding it did. */
        static void giveAll(List<Reply> replies) {
            Thread.startVirtualThread(
                    () -> replies.forEach(reply -> reply.pending().answer().complete(reply.answer())));
        }
    }

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
