package org.chevet.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.JournalException;
import org.chevet.journal.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link JournalExport} wrote into a journal that has none of its hospitals: all of it, with the digest it had where
 * it comes from, or nothing.
 */
public final class JournalImport {
    private final JdbcJournal.Loader loader;
    private final Set<HospitalId> present;
    private final Set<HospitalId> seen = new HashSet<>();
    private final List<HospitalRecord> records = new ArrayList<>();
    private final LineProblems problems = new LineProblems();
    private long lineNumber;

    private JournalLines.@Nullable Header header;
    private @Nullable Replay replay;
    private long sequence;

    /** Not imported, and why: each problem begins with the line it is in. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<String> problems;

        RefusedException(List<String> problems) {
            super(String.join("\n", problems));
            this.problems = List.copyOf(problems);
        }

        public List<String> problems() {
            return problems;
        }
    }

    private JournalImport(JdbcJournal.Loader loader, Set<HospitalId> present) {
        this.loader = loader;
        this.present = present;
    }

    /** @throws RefusedException when a line is not as it should be, or a hospital is there already */
    public static List<HospitalRecord> read(JdbcJournal journal, BufferedReader lines) throws IOException {
        Set<HospitalId> present = Set.copyOf(journal.hospitals());
        List<HospitalRecord> records = new ArrayList<>();
        try {
            journal.load(loader -> {
                JournalImport reading = new JournalImport(loader, present);
                reading.readAll(lines);
                records.addAll(reading.records);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return records;
    }

    private void readAll(BufferedReader lines) {
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                lineNumber++;
                take(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JournalLines.Header unfinished = header;
        if (unfinished != null) {
            problem("hospital " + unfinished.hospital() + " has no footer: the file ends too early");
        } else if (records.isEmpty() && problems.isEmpty()) {
            problem("there is nothing to import");
        }
        problems.refuseIfAny();
    }

    private void take(String text) {
        JournalLines.Header current = header;
        switch (JournalLines.read(text, current == null ? null : current.hospital())) {
            case JournalLines.Header next -> begin(next);
            case JournalLines.Event event -> add(event.stored());
            case JournalLines.Footer footer -> end(footer);
            case JournalLines.Bad bad -> {
                problem(bad.how());
                sequence++; // what follows is not to be blamed for it
                replay = null;
            }
        }
    }

    private void begin(JournalLines.Header next) {
        if (header != null) {
            problem("begins hospital " + next.hospital() + " before the footer of the one before");
        }
        if (present.contains(next.hospital())) {
            problem("hospital " + next.hospital() + " is in the journal already: import into one without it");
        }
        if (!seen.add(next.hospital())) {
            problem("hospital " + next.hospital() + " comes a second time");
        }
        header = next;
        replay = problems.isEmpty() ? new Replay(next.hospital()) : null;
        sequence = 0;
    }

    private void add(StoredEvent event) {
        if (event.sequence() != sequence + 1) {
            problem("is event " + event.sequence() + " where event " + (sequence + 1) + " is due");
            replay = null;
        }
        sequence = event.sequence();
        Replay fold = replay;
        if (fold == null || !problems.isEmpty()) {
            return; // Only looked through for more of the kind.
        }
        try {
            Recorded recorded = loader.add(event);
            fold.apply(recorded);
        } catch (JournalException e) {
            problem(e.detail());
            replay = null;
        }
    }

    private void end(JournalLines.Footer footer) {
        JournalLines.Header begun = header;
        Replay fold = replay;
        header = null;
        replay = null;
        if (begun == null || !begun.hospital().equals(footer.hospital())) {
            problem("is the footer of hospital " + footer.hospital() + ", which was not begun");
        } else if (sequence != begun.events() || sequence != footer.events()) {
            problem("hospital " + footer.hospital() + " has " + sequence + " events where its header announced "
                    + begun.events() + " and its footer counts " + footer.events());
        } else if (fold != null) {
            if (!Digests.text(fold.digest()).equals(footer.digest())) {
                problem("hospital " + footer.hospital() + " folds to digest " + Digests.text(fold.digest())
                        + " where the footer has " + footer.digest());
            }
            records.add(fold.record(0));
        }
    }

    private void problem(String what) {
        problems.add(lineNumber, what);
    }
}
