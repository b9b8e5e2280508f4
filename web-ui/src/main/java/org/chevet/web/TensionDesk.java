package org.chevet.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.chevet.event.Recorded;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.tension.BedShortage;
import org.chevet.tension.IndicatorBook;
import org.chevet.tension.IndicatorReader;
import org.chevet.tension.Indicators;
import org.chevet.tension.Levels;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/**
 * One hospital's indicators and levels, kept from its journal on whichever member is asked, beside its writer and never on its thread. The
 * first look reads the whole journal, each other what has come since. Of whoever holds its lock; everything blocks on the disk.
 */
final class TensionDesk {
    /** Events are taken in at the end of each hour, so that noon is seen as it was, and before there are more than this. */
    private static final int BATCH_EVENTS_MAX = 500;

    private final LiveHospital hospital;
    private final Supplier<BedShortage> shortage;
    private IndicatorBook book = new IndicatorBook();
    private Levels levels = new Levels();

    /** Folds the journal until the hospital's own view is reached; then it is not needed any more. */
    private @Nullable Occupancy replica = new Occupancy();

    /** @param shortage what is foreseen now */
    TensionDesk(LiveHospital hospital, Supplier<BedShortage> shortage) {
        this.hospital = hospital;
        this.shortage = shortage;
    }

    synchronized @Nullable Indicators indicators(int days) {
        catchUp();
        return IndicatorReader.read(book, hospital.writer().clock().now(), days);
    }

    /** Null before the hospital's first event. */
    synchronized @Nullable TensionBoard board() {
        HospitalView view = catchUp();
        if (view == null) {
            return null;
        }
        Instant now = hospital.writer().clock().now();
        levels.look(view, shortage.get(), now);
        return TensionBoard.of(view, levels, now);
    }

    /** The state up to which the events were taken in. */
    private @Nullable HospitalView catchUp() {
        HospitalView target = hospital.view();
        try {
            List<Recorded> news = new ArrayList<>();
            Occupancy folded = replica;
            if (folded != null) {
                hospital.journal()
                        .read(hospital.id(), book.sequence(), recorded -> fold(folded, recorded, target, news));
                take(news, folded.view());
                // What is durable may be ahead of what this member shows.
                replica = folded.sequence() == target.sequence() ? null : folded;
                return folded.sequence() == 0 ? null : folded.view();
            }
            if (target.sequence() > book.sequence()) {
                hospital.journal().read(hospital.id(), book.sequence(), recorded -> {
                    if (recorded.sequence() <= target.sequence()) {
                        news.add(recorded);
                    }
                });
                take(news, target);
            }
            return target;
        } catch (RuntimeException e) {
            // Half of the news may have been taken in: the next look begins anew.
            book = new IndicatorBook();
            levels = new Levels();
            replica = new Occupancy();
            throw e;
        }
    }

    private void fold(Occupancy folded, Recorded recorded, HospitalView target, List<Recorded> news) {
        if (recorded.sequence() > target.sequence()) {
            return;
        }
        Recorded last = news.isEmpty() ? null : news.getLast();
        if (last != null && (news.size() >= BATCH_EVENTS_MAX || endsHour(last, recorded, target))) {
            take(news, folded.view());
        }
        folded.apply(recorded);
        news.add(recorded);
    }

    private static boolean endsHour(Recorded last, Recorded next, HospitalView target) {
        ZoneId zone = target.hospital().zone();
        return !last.recordedAt()
                .atZone(zone)
                .truncatedTo(ChronoUnit.HOURS)
                .equals(next.recordedAt().atZone(zone).truncatedTo(ChronoUnit.HOURS));
    }

    private void take(List<Recorded> news, HospitalView after) {
        if (!news.isEmpty()) {
            book.apply(news, after);
            // What was foreseen in a past that is read again is not known.
            BedShortage known = replica == null ? shortage.get() : BedShortage.UNKNOWN;
            levels.look(after, known, after.recordedAt());
            news.clear();
        }
    }
}
