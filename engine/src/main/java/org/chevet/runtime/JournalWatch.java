package org.chevet.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.chevet.cluster.MemberId;
import org.chevet.cluster.Membership;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the journal, once for all hospitals, how far it is, and so whether this member reaches it. While it does not and another member does, its hospitals are left to the others: the cluster
 * would otherwise go on naming it their writer. Where nobody reaches the journal nothing is moved, as nobody could write.
 */
final class JournalWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWatch.class);

    /** Is told what the journal answered. Must not block. */
    interface Listener {
        /**
         * @param last sequence of each hospital's last event
         * @param askedNanos since when that may be past
         */
        void looked(Map<HospitalId, Long> last, long askedNanos);

        void unreached(JournalException why);
    }

    private final Journal journal;
    private final Membership membership;
    private final Patience patience;
    private final Listener listener;
    private final Map<MemberId, Told> others = new ConcurrentHashMap<>();
    private final Thread reader =
            Thread.ofVirtual().name("chevet-journal-watch").unstarted(this::read);
    private final Thread decider =
            Thread.ofVirtual().name("chevet-journal-watch-decider").unstarted(this::decide);
    private volatile long reachedNanos = System.nanoTime();

    /** Held while the cluster takes its time; a monitor would hold a processor's thread as well before JDK 24. */
    private final ReentrantLock deciding = new ReentrantLock();

    // Guarded by that.
    private boolean takesPart;
    private boolean cutOff;

    /** What another member said of itself, and when. */
    private record Told(Duration unreached, long nanos) {}

    JournalWatch(Journal journal, Membership membership, Patience patience, Listener listener) {
        this.journal = journal;
        this.membership = membership;
        this.patience = patience;
        this.listener = listener;
    }

    void start() {
        reader.start();
        decider.start();
    }

    /** How long ago the journal last answered. */
    Duration unreached() {
        return Duration.ofNanos(System.nanoTime() - reachedNanos);
    }

    /** Never blocks. */
    void hear(MemberId member, Duration unreached) {
        others.put(member, new Told(unreached, System.nanoTime()));
    }

    /** Hospitals are this member's to write from now on, whenever it reaches the journal. */
    void takePart() {
        deciding.lock();
        try {
            takesPart = true;
            look();
        } finally {
            deciding.unlock();
        }
    }

    /** They are no longer. Returns once they are the others', if another member takes them. */
    void handOver() {
        deciding.lock();
        try {
            takesPart = false;
            membership.handOver();
        } catch (RuntimeException alone) { // where all leave, the last one is not let go
            LOG.info("no other member takes the hospitals of this one over now: {}", alone.getMessage());
        } finally {
            deciding.unlock();
        }
    }

    /** The read may take as long as the network lets it; its age is what counts. */
    private void read() {
        while (pause()) {
            long askedNanos = System.nanoTime();
            try {
                Map<HospitalId, Long> last = journal.lastSequences();
                reachedNanos = System.nanoTime();
                listener.looked(last, askedNanos);
            } catch (JournalException away) {
                LOG.debug("the journal is not reached", away);
                listener.unreached(away);
            } catch (RuntimeException bug) { // the loop's edge
                LOG.error("the journal is not looked at", bug);
            }
        }
    }

    private void decide() {
        while (pause()) {
            deciding.lock();
            try {
                look();
            } finally {
                deciding.unlock();
            }
        }
    }

    private void look() {
        others.keySet()
                .retainAll(
                        membership.members().stream().map(member -> member.id()).toList());
        boolean reached = unreached().compareTo(patience.journalSilenceMax()) <= 0;
        boolean before = cutOff;
        cutOff = !reached && (cutOff || anotherReachesIt());
        if (cutOff && !before) {
            LOG.warn("the journal is not reached from here but from another member: hospitals are left to the others");
        } else if (before && !cutOff) {
            LOG.info("the journal is reached again: hospitals may be written here");
        }
        settle();
    }

    /** Done at every look: another member may take part only now, and Hazelcast refuses both while its oldest member changes. */
    private void settle() {
        try {
            if (cutOff) {
                membership.handOver();
            } else if (takesPart) {
                membership.takePart();
            }
        } catch (RuntimeException notNow) { // the loop's edge
            LOG.warn(
                    "the cluster does not let this member {} now: tried again",
                    cutOff ? "leave its hospitals" : "take part",
                    notNow);
        }
    }

    private boolean anotherReachesIt() {
        return others.values().stream()
                .anyMatch(told -> System.nanoTime() - told.nanos()
                                < patience.silenceMax().toNanos()
                        && told.unreached()
                                        .compareTo(patience.journalSilenceMax().dividedBy(2))
                                < 0);
    }

    /** @return whether to go on */
    private boolean pause() {
        try {
            Thread.sleep(patience.lookEvery());
            return true;
        } catch (InterruptedException closing) {
            return false;
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        decider.interrupt();
    }
}
