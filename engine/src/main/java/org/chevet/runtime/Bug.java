package org.chevet.runtime;

import java.util.concurrent.ThreadLocalRandom;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of a failure that nobody foresaw. */
final class Bug {
    private static final Logger LOG = LoggerFactory.getLogger(Bug.class);

    private Bug() {}

    /** The journal's own failures say what they are. Others are logged, and told to the sender as a reference to that log. */
    static JournalException described(HospitalId id, String what, Throwable failure) {
        if (failure instanceof JournalException known) {
            return known;
        }
        String reference = Long.toHexString(ThreadLocalRandom.current().nextLong());
        LOG.error("hospital {}: {} failed, reference {}", id, what, reference, WithoutMessage.of(failure));
        return new JournalException(
                "hospital " + id + ": this failed inside Chevet, reference " + reference,
                "Nothing was done. Report the reference: the log says more under it.",
                null);
    }
}
