package org.chevet.runtime;

import org.chevet.journal.Journal;

/** What the writers of one process share. */
record WriterParts(
        Journal journal,
        JournalThread journalThread,
        Snapshots snapshots,
        Verification verification,
        Soundness soundness,
        Breaches breaches,
        Limits limits) {}
