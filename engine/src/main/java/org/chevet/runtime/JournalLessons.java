package org.chevet.runtime;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;

/**
 * What one hospital's journal teaches on this member, beside its writer and never on its thread: it is read from its
 * beginning when the hospital is opened, and from then on what has come since. A thread at a time; everything blocks on the disk.
 */
public final class JournalLessons {
    /** Events are taught at the end of each hour, so that noon is seen as it was, and before there are more than this. */
    private static final int BATCH_EVENTS_MAX = 500;

    /** Who learns. Called by one thread at a time. */
    public interface Pupil {
        /** What was learned is forgotten: the journal begins. */
        void begin();

        /**
         * @param news of one hour at most, in their order
         * @param after the state that they led to
         */
        void learn(List<Recorded> news, HospitalView after);
    }

    private final HospitalId hospital;
    private final Journal journal;
    private final Supplier<HospitalView> shown;
    private final Pupil pupil;
    private boolean begun;

    /** Folds the journal beside the writer: what is taught at the end of an hour is the state as it was then, however late it is read. */
    private Occupancy replica = new Occupancy();

    /** Folded and not taught yet. */
    private final List<Recorded> news = new ArrayList<>();

    /** Whether an event is being folded or taught: one that fails may be half taken in. */
    private boolean isTakingIn;

    /** @param shown the hospital as this member knows it: no more than that is taught */
    public JournalLessons(HospitalId hospital, Journal journal, Supplier<HospitalView> shown, Pupil pupil) {
        this.hospital = hospital;
        this.journal = journal;
        this.shown = shown;
        this.pupil = pupil;
    }

    /**
     * The state up to which was learned, null before the hospital's first event. A journal that cannot be read loses nothing of what was
     * learned.
     */
    public synchronized @Nullable HospitalView catchUp() {
        HospitalView target = shown.get();
        if (target.sequence() == 0) {
            return null;
        }
        if (!begun) {
            pupil.begin();
            begun = true;
        }
        try {
            if (target.sequence() > replica.sequence()) {
                journal.read(hospital, replica.sequence(), target.sequence(), recorded -> fold(recorded, target));
            }
            teach();
        } catch (RuntimeException e) {
            if (isTakingIn) {
                beginAnew();
            }
            throw e;
        }
        if (replica.sequence() == 0) {
            // What this member shows may be ahead of what is durable; pupils begin with the journal.
            begun = false;
            return null;
        }
        return replica.view();
    }

    /** What was learned is to be learned again, for half of something may have been taken in, or there is more to learn from. */
    public synchronized void beginAnew() {
        begun = false;
        isTakingIn = false;
        replica = new Occupancy();
        news.clear();
    }

    private void fold(Recorded recorded, HospitalView target) {
        Recorded last = news.isEmpty() ? null : news.getLast();
        if (last != null && (news.size() >= BATCH_EVENTS_MAX || endsHour(last, recorded, target))) {
            teach();
        }
        isTakingIn = true;
        replica.apply(recorded);
        news.add(recorded);
        isTakingIn = false;
    }

    private static boolean endsHour(Recorded last, Recorded next, HospitalView target) {
        ZoneId zone = target.hospital().zone();
        return !hour(last.recordedAt(), zone).equals(hour(next.recordedAt(), zone));
    }

    private static Instant hour(Instant time, ZoneId zone) {
        return time.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    private void teach() {
        if (news.isEmpty()) {
            return;
        }
        isTakingIn = true;
        HospitalView after = replica.view();
        pupil.learn(List.copyOf(news), after);
        news.clear();
        isTakingIn = false;
    }
}
