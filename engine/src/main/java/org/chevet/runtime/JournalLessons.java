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
 * What one hospital's journal teaches on this member, beside its writer and never on its thread: it is read once for all who learn from it, from its
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
    private final List<Pupil> pupils;
    private boolean begun;
    private long sequence;

    /** Folds the journal until the hospital's own view is reached; then it is not needed any more. */
    private @Nullable Occupancy replica = new Occupancy();

    /** @param shown the hospital as this member knows it: no more than that is taught */
    public JournalLessons(HospitalId hospital, Journal journal, Supplier<HospitalView> shown, Pupil... pupils) {
        this.hospital = hospital;
        this.journal = journal;
        this.shown = shown;
        this.pupils = List.of(pupils);
    }

    /** The state up to which everybody has learned, null before the hospital's first event. */
    public synchronized @Nullable HospitalView catchUp() {
        HospitalView target = shown.get();
        if (target.sequence() == 0) {
            return null;
        }
        try {
            if (!begun) {
                begun = true;
                pupils.forEach(Pupil::begin);
            }
            return read(target);
        } catch (RuntimeException e) {
            beginAnew();
            throw e;
        }
    }

    /** What was learned is to be learned again, for half of something may have been taken in, or there is more to learn from. */
    public synchronized void beginAnew() {
        begun = false;
        sequence = 0;
        replica = new Occupancy();
    }

    private @Nullable HospitalView read(HospitalView target) {
        List<Recorded> news = new ArrayList<>();
        Occupancy folded = replica;
        if (folded == null) {
            if (target.sequence() > sequence) {
                journal.read(hospital, sequence, recorded -> {
                    if (recorded.sequence() <= target.sequence()) {
                        news.add(recorded);
                    }
                });
                teach(news, target);
            }
            return target;
        }
        journal.read(hospital, sequence, recorded -> fold(folded, recorded, target, news));
        if (folded.sequence() == 0) {
            return null;
        }
        teach(news, folded.view());
        // What this member shows may be ahead of what is durable.
        replica = folded.sequence() == target.sequence() ? null : folded;
        return folded.view();
    }

    private void fold(Occupancy folded, Recorded recorded, HospitalView target, List<Recorded> news) {
        if (recorded.sequence() > target.sequence()) {
            return;
        }
        Recorded last = news.isEmpty() ? null : news.getLast();
        if (last != null && (news.size() >= BATCH_EVENTS_MAX || endsHour(last, recorded, target))) {
            teach(news, folded.view());
        }
        folded.apply(recorded);
        news.add(recorded);
    }

    private static boolean endsHour(Recorded last, Recorded next, HospitalView target) {
        ZoneId zone = target.hospital().zone();
        return !hour(last.recordedAt(), zone).equals(hour(next.recordedAt(), zone));
    }

    private static Instant hour(Instant time, ZoneId zone) {
        return time.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    private void teach(List<Recorded> news, HospitalView after) {
        if (!news.isEmpty()) {
            pupils.forEach(pupil -> pupil.learn(news, after));
            sequence = news.getLast().sequence();
            news.clear();
        }
    }
}
