package org.chevet.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Occupancy;
import org.chevet.runtime.SnapshotFormat;

/**
 * Reads a journal from its first event to its last: that none is missing, each fits its checksum, can be read and follows from
 * those before it, and that each snapshot is the state its events fold to.
 */
public final class JournalVerification {
    private JournalVerification() {}

    /**
     * Verifies every hospital. A hospital's damage does not keep the others from being looked at.
     *
     * @param records of those that are sound
     * @param problems one for each that is not
     */
    public record Result(List<HospitalRecord> records, List<JournalException> problems) {
        public Result {
            records = List.copyOf(records);
            problems = List.copyOf(problems);
        }
    }

    public static Result verify(JdbcJournal journal) {
        List<HospitalRecord> records = new ArrayList<>();
        List<JournalException> problems = new ArrayList<>();
        for (HospitalId hospital : journal.hospitals()) {
            try {
                records.add(verify(journal, hospital));
            } catch (JournalException e) {
                problems.add(e);
            }
        }
        return new Result(records, problems);
    }

    /** @throws JournalException naming the first event, or else snapshot, that is not as it should be */
    private static HospitalRecord verify(JdbcJournal journal, HospitalId hospital) {
        // Before the events, of which there will then be no fewer.
        Map<Long, Journal.Snapshot> snapshots = new HashMap<>();
        journal.snapshots(hospital).forEach(snapshot -> snapshots.put(snapshot.sequence(), snapshot));
        Replay replay = new Replay(hospital);
        int[] sound = {0};
        journal.read(hospital, 0, recorded -> {
            replay.apply(recorded);
            Journal.Snapshot snapshot = snapshots.remove(recorded.sequence());
            if (snapshot != null && isReadable(snapshot)) {
                compare(snapshot, replay);
                sound[0]++;
            }
        });
        if (!snapshots.isEmpty()) {
            throw new JournalException(
                    "event " + (replay.sequence() + 1) + " of hospital " + hospital
                            + " is missing: there is a snapshot after it",
                    "Restore the journal from a backup.",
                    null);
        }
        return replay.record(sound[0]);
    }

    private static void compare(Journal.Snapshot snapshot, Replay replay) {
        if (snapshot.digest() != replay.digest()) {
            throw new JournalException(
                    "the snapshot of hospital " + snapshot.hospital() + " at event " + snapshot.sequence()
                            + " has digest " + Digests.text(snapshot.digest()) + ", its events fold to "
                            + Digests.text(replay.digest()),
                    "The events are what counts: delete that row of the table snapshot. If it comes back, report it.",
                    null);
        }
    }

    /** One of another release's shape, or a damaged one, is passed over at the start as well; it costs time and no more. */
    private static boolean isReadable(Journal.Snapshot snapshot) {
        try {
            return new Occupancy(SnapshotFormat.decode(snapshot.state())).digest() == snapshot.digest();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
