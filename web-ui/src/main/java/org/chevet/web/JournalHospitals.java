package org.chevet.web;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the journal is of the hospitals that are to be run. A hospital whose id was changed would begin with an empty board
 * beside its own past.
 */
final class JournalHospitals {
    private static final Logger LOG = LoggerFactory.getLogger(JournalHospitals.class);

    private JournalHospitals() {}

    /**
     * @param expected those to be run
     * @param fresh those of them that may begin beside others
     * @throws JournalException when one of them begins while the journal has others that nobody names
     */
    static void check(Journal journal, Collection<HospitalId> expected, Set<HospitalId> fresh) {
        Set<HospitalId> kept = new TreeSet<>(journal.hospitals());
        // Nobody names those: the journal itself says what they are.
        kept.removeIf(id -> isDrill(journal, id));
        Set<HospitalId> unnamed = new TreeSet<>(kept);
        expected.forEach(unnamed::remove);
        if (unnamed.isEmpty()) {
            return;
        }
        for (HospitalId id : expected) {
            if (!kept.contains(id) && !fresh.contains(id)) {
                throw new JournalException(
                        "hospital " + id + " has no event in the journal, which has those of " + unnamed
                                + " that the configuration does not name",
                        "Maybe its id was changed: write the old one. If it is a new hospital, start once with"
                                + " --new-hospital " + id + ".",
                        null);
            }
        }
        LOG.warn(
                "the journal has hospitals that the configuration does not name: {}; they are kept and not shown",
                unnamed);
    }

    private static boolean isDrill(Journal journal, HospitalId id) {
        try {
            return journal.isDrill(id);
        } catch (JournalException damaged) {
            LOG.error(
                    "hospital {}: its id is a drill's, and its first event cannot be read: {}",
                    id,
                    damaged.getMessage());
            return false;
        }
    }
}
