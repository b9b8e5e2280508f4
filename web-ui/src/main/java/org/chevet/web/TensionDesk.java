package org.chevet.web;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.chevet.event.Recorded;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.HospitalClock;
import org.chevet.runtime.JournalLessons;
import org.chevet.tension.BedShortage;
import org.chevet.tension.IndicatorBook;
import org.chevet.tension.IndicatorReader;
import org.chevet.tension.Indicators;
import org.chevet.tension.Levels;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/** One hospital's indicators and levels, as its journal teaches them. Owned by whoever holds the lock of its lessons in {@link LearnedHospital}. */
final class TensionDesk implements JournalLessons.Pupil {
    private final HospitalClock clock;
    private final Function<Instant, BedShortage> shortage;
    private IndicatorBook book = new IndicatorBook();
    private Levels levels = new Levels();

    /** @param shortage what was foreseen at that time; of any thread */
    TensionDesk(HospitalClock clock, Function<Instant, BedShortage> shortage) {
        this.clock = clock;
        this.shortage = shortage;
    }

    @Override
    public void begin() {
        book = new IndicatorBook();
        levels = new Levels();
    }

    @Override
    public void learn(List<Recorded> news, HospitalView after) {
        book.apply(news, after);
        levels.look(after, shortage.apply(after.recordedAt()), after.recordedAt());
    }

    @Nullable
    Indicators indicators(int days) {
        return IndicatorReader.read(book, clock.now(), days);
    }

    /** @param view up to which it learned */
    TensionBoard board(HospitalView view) {
        Instant now = clock.now();
        levels.look(view, shortage.apply(now), now);
        return TensionBoard.of(view, levels, now);
    }
}
