package org.chevet.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.AskedCard;
import org.chevet.forecast.WhatIf;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.Answer;
import org.chevet.runtime.HospitalClock;
import org.chevet.runtime.HospitalWriter;
import org.chevet.runtime.JournalLessons;
import org.chevet.tension.Indicators;
import org.chevet.tension.RaisedCard;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this member learned of one hospital from its journal: levels and indicators of tension, and forecasts. Each reads the journal by itself, a thread at a
 * time, under the lock of its lessons: forecasts are made again to be scored, and no level waits for that. The first reading of a long journal takes seconds, so
 * this is not for an event loop, and never for the writer's thread.
 */
final class LearnedHospital {
    private static final Logger LOG = LoggerFactory.getLogger(LearnedHospital.class);

    private final LiveHospital hospital;
    private final TensionDesk tension;
    private final ForecastDesk forecasts;
    private final JournalLessons tensionLessons;
    private final JournalLessons forecastLessons;
    private final HospitalClock clock;
    private volatile @Nullable List<AskedCard> notKept;
    private volatile Ahead ahead = new Ahead(List.of(), Instant.MIN);

    private record Ahead(List<GroupAhead> all, Instant at) {}

    LearnedHospital(LiveHospital hospital) {
        this.hospital = hospital;
        clock = hospital.writer().clock();
        forecasts = new ForecastDesk(hospital);
        tension = new TensionDesk(clock, forecasts::shortage);
        tensionLessons = new JournalLessons(hospital.id(), hospital.journal(), hospital::view, tension);
        forecastLessons = new JournalLessons(hospital.id(), hospital.journal(), hospital::view, forecasts);
    }

    /** What was foreseen last, without waiting for anything; nothing when that was long ago. */
    List<GroupAhead> ahead() {
        Ahead last = ahead;
        return ForecastDesk.isTold(last.at, clock) ? last.all : List.of();
    }

    /** Whether what was foreseen last was so long ago that it is not told any more, as after the clock was set forward. Waits for nothing. */
    boolean isForecastOutdated() {
        return !ForecastDesk.isTold(ahead.at, clock);
    }

    /** Null before the hospital's first event. */
    @Nullable
    Indicators indicators(int days) {
        synchronized (tensionLessons) {
            return tensionLessons.catchUp() == null ? null : tension.indicators(days);
        }
    }

    /** Null before the hospital's first event. */
    @Nullable
    TensionBoard board() {
        synchronized (tensionLessons) {
            HospitalView view = tensionLessons.catchUp();
            if (view == null) {
                return null;
            }
            boolean foreseen = !isForecastOutdated();
            TensionBoard board = tension.board(view);
            // A card is no more asked for than before while nobody knows whether it would be foreseen, and that may
            // have changed while the board was made.
            if (view.drill() != null && foreseen && !isForecastOutdated()) {
                keep(board, view.drill());
            }
            return board;
        }
    }

    /** What the screens of a drill ask for is to be told afterwards, and no journal says what was foreseen. */
    private void keep(TensionBoard board, DrillLog drill) {
        List<AskedCard> asked = new ArrayList<>();
        for (RaisedCard card : board.cards()) {
            if (card.raisedAt() != null) {
                asked.add(new AskedCard(card.card().id(), card.raisedAt()));
            }
        }
        if (!drill.shows(asked) && hospital.writer() instanceof HospitalWriter writer) {
            // Tried again at every look, and said once.
            boolean said = asked.equals(notKept);
            writer.showCards(asked).whenComplete((answer, failure) -> {
                if (answer instanceof Answer.Done) {
                    notKept = null;
                } else if (!said) {
                    notKept = asked;
                    LOG.warn(
                            "hospital {}: the cards that its screens ask for could not be kept: {}",
                            hospital.id(),
                            answer instanceof Answer.Unavailable unavailable
                                    ? unavailable.detail()
                                    : String.valueOf(failure));
                }
            });
        }
    }

    /** Null before the hospital's first event. */
    ForecastDesk.@Nullable Told forecast(WhatIf whatIf) {
        synchronized (forecastLessons) {
            if (whatIf.equals(WhatIf.NOTHING) && forecasts.isOutdated()) {
                forecastLessons.beginAnew();
            }
            HospitalView view = forecastLessons.catchUp();
            if (view == null) {
                return null;
            }
            ForecastDesk.Told told = forecasts.look(view, whatIf);
            if (whatIf.equals(WhatIf.NOTHING)) {
                ahead = new Ahead(GroupAhead.of(told.forecast()), told.at());
            }
            return told;
        }
    }

    /** Null before the hospital's first event. */
    ForecastDesk.@Nullable Taught taught(List<WhatIf> plans) {
        synchronized (forecastLessons) {
            HospitalView view = forecastLessons.catchUp();
            return view == null ? null : forecasts.taught(view, plans);
        }
    }
}
