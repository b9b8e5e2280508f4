package org.chevet.runtime;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.OccupancyState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a hospital may only be read, and why. Once it is so it stays so until the process is started again and folds the
 * journal to a sound state. Thread-safe.
 */
final class ReadOnly {
    private static final Logger LOG = LoggerFactory.getLogger(ReadOnly.class);

    private final HospitalId id;
    private final HospitalClock clock;
    private final Breaches kept;
    private volatile Answer.@Nullable Unavailable why;

    ReadOnly(HospitalId id, HospitalClock clock, Breaches kept) {
        this.id = id;
        this.clock = clock;
        this.kept = kept;
    }

    /** Null while it may be written. */
    Answer.@Nullable Unavailable why() {
        return why;
    }

    /**
     * The live state contradicts itself.
     *
     * @param before the state that the journal has, null when it cannot be read
     * @param asked what was decided on it since
     * @param events what came of that
     */
    void after(List<Breach> breaches, @Nullable OccupancyState before, List<Asked> asked, List<Recorded> events) {
        Instant now = clock.now();
        Path file = kept.keep(new BreachFile(id, now, breaches, before, asked, events));
        Breach first = breaches.getFirst();
        become(new Answer.Unavailable(
                "hospital " + id + " is read-only since " + now + ": its live state contradicts itself ("
                        + first.invariant() + " after event " + first.sequence() + ": " + first.detail() + ")",
                "Nothing of the act that did this was written, and nothing else is until Chevet is started again. "
                        + (file == null
                                ? "The log says more."
                                : "What is needed to reproduce it is in " + file
                                        + ": give it to whoever maintains Chevet. It holds patients' data.")));
    }

    /** The journal is damaged where it was not looked at before. */
    void after(JournalException damage) {
        become(new Answer.Unavailable(
                "hospital " + id + " is read-only since " + clock.now() + ": " + damage.detail(),
                "Nothing is written until Chevet is started again on a sound journal. " + damage.advice()));
    }

    private synchronized void become(Answer.Unavailable reason) {
        if (why == null) {
            why = reason;
            LOG.error("{}. {}", reason.detail(), reason.advice());
        }
    }
}
