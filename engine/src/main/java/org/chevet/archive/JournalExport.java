package org.chevet.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.JournalException;

/** Writes a journal as lines of JSON, verifying what it reads. A process that is writing the journal goes on meanwhile. */
public final class JournalExport {
    private JournalExport() {}

    /**
     * Each hospital up to the event that is its last when its turn comes.
     *
     * @param out left open
     * @throws JournalException when the journal is damaged; what was written then has no footer and cannot be imported
     */
    public static List<HospitalRecord> write(JdbcJournal journal, List<HospitalId> hospitals, Writer out)
            throws IOException {
        List<HospitalRecord> records = new ArrayList<>();
        for (HospitalId hospital : hospitals) {
            records.add(write(journal, hospital, out));
        }
        out.flush();
        return records;
    }

    private static HospitalRecord write(JdbcJournal journal, HospitalId hospital, Writer out) throws IOException {
        long last = journal.lastSequence(hospital);
        Replay replay = new Replay(hospital);
        try {
            line(out, JournalLines.header(hospital, last));
            journal.readStored(hospital, last, (stored, recorded) -> {
                replay.apply(recorded);
                line(out, JournalLines.event(stored));
            });
            line(out, JournalLines.footer(hospital, replay.sequence(), replay.digest()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return replay.record(0);
    }

    private static void line(Writer out, String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
