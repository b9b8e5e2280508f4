package org.chevet.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.PastDay;
import org.chevet.event.Recorded;
import org.chevet.forecast.DailyCensus;
import org.chevet.forecast.FlowForecast;
import org.chevet.forecast.FlowForecaster;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowLaws;
import org.chevet.forecast.FlowRecord;
import org.chevet.forecast.PastStays;
import org.chevet.forecast.PoleForecast;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.journal.DamagedPastException;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.HospitalClock;
import org.chevet.runtime.JournalLessons;
import org.chevet.tension.BedShortage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hospital's forecasts: what was imported of the time before its journal and what the journal taught since, and how good the forecasts were. All of it
 * is a fold of the two, so every member has the same, and after a restart too, but for the width of bands, by a
 * little: what taught it longest ago is not read again ({@link FlowRecord}). Forecasts of a drill are not scored. Owned by whoever holds the lock of its lessons in
 * {@link LearnedHospital}, but for the shortage.
 */
final class ForecastDesk implements JournalLessons.Pupil {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastDesk.class);

    /** The lengths of time of which scores are told. */
    static final List<Integer> RECORD_DAYS = List.of(14, FlowRecord.DAYS_MAX);

    /**
     * @param view what it was made on
     * @param age of what this member knew then; zero where it writes the hospital itself
     * @param poles of what is foreseen
     * @param census what the count of occupied beds alone foresees, as long as there is no other forecast
     * @param record by {@link #RECORD_DAYS}
     * @param past what was counted before
     */
    record Told(
            FlowForecast forecast,
            HospitalView view,
            Instant at,
            Duration age,
            List<PoleForecast> poles,
            List<DailyCensus.Series> census,
            List<List<FlowRecord.Scored>> record,
            FlowRecord.Past past) {}

    /**
     * What futures are drawn from.
     *
     * @param age of what this member knew then
     * @param laws null while fewer days are known than a forecast needs
     */
    record Taught(
            HospitalView view,
            Duration age,
            int daysKnown,
            @Nullable FlowLaws laws) {}

    /** How far ahead a shortage of beds is looked for. */
    private static final int SHORTAGE_HOURS = 24;

    /** What was foreseen longer ago, by the hospital's clock, is not told any more. */
    private static final Duration FORESEEN_AGE_MAX = Duration.ofMinutes(15);

    private static final Duration PAST_ASKED_EVERY = Duration.ofMinutes(1);

    private final LiveHospital hospital;
    private volatile Shortage shortage = new Shortage(BedShortage.UNKNOWN, Instant.MIN);
    private FlowRecord record;
    private FlowHistory history;
    private DailyCensus census = new DailyCensus();
    private Journal.@Nullable Past past;

    /** Why what was imported could not be read for now; null when it was. */
    private @Nullable JournalException unread;

    private @Nullable Instant pastAsked;

    /** The day on which the journal begins, and of which it does not know everything. */
    private LocalDate firstDay = LocalDate.MAX;

    /** The state before the events that come next. */
    private @Nullable HospitalView before;

    private record Shortage(BedShortage foreseen, Instant at) {}

    ForecastDesk(LiveHospital hospital) {
        this.hospital = hospital;
        record = record();
        history = new FlowHistory(record);
    }

    private FlowRecord record() {
        Instant scoredFrom = hospital.writer().clock().now().minus(Duration.ofDays(FlowRecord.DAYS_MAX));
        return hospital.isDrill() ? FlowRecord.unscored(scoredFrom) : new FlowRecord(scoredFrom);
    }

    @Override
    public void begin() {
        before = null;
        past = null;
        unread = null;
        forget();
        Recorded first = hospital.journal().find(hospital.id(), 1);
        if (first == null) {
            return;
        }
        Hospital described = hospital.view().hospital();
        firstDay = LocalDate.ofInstant(first.recordedAt(), described.zone());
        try {
            past = hospital.journal().past(hospital.id());
            learnPast(described, first.recordedAt());
        } catch (DamagedPastException e) {
            LOG.error("hospital {}: forecasts learn from its journal alone: {}", hospital.id(), e.getMessage());
            forget();
        } catch (JournalException e) {
            forget();
            unread = e;
        }
    }

    private void forget() {
        record = record();
        history = new FlowHistory(record);
        census = new DailyCensus();
    }

    private void learnPast(Hospital described, Instant journalBegins) {
        Journal.Past imported = past;
        if (imported == null) {
            return;
        }
        switch (imported.kind()) {
            case STAYS -> {
                Instant until = imported.until().isBefore(journalBegins) ? imported.until() : journalBegins;
                PastStays stays = new PastStays(history, described, imported.from(), until);
                hospital.journal().readPastStays(hospital.id(), stays::learn);
                stays.finish();
            }
            case CENSUS -> {
                PastDays days = new PastDays(described);
                hospital.journal().readPastCensus(hospital.id(), days::add);
                days.finish();
            }
        }
    }

    /** Lines of a day come together; those that the journal tells of itself are left to it. */
    private final class PastDays {
        private final Map<ServiceId, Integer> occupied = new HashMap<>();
        private @Nullable Integer all;
        private LocalDate day = LocalDate.MIN;
        private final List<ServiceId> every;

        PastDays(Hospital described) {
            every = described.services().stream().map(Service::id).toList();
        }

        void add(PastDay line) {
            if (!line.day().equals(day)) {
                finish();
                day = line.day();
            }
            if (line.service() == null) {
                all = line.occupied();
            } else {
                occupied.put(line.service(), line.occupied());
            }
        }

        void finish() {
            if (all == null && occupied.keySet().containsAll(every)) {
                all = occupied.values().stream().mapToInt(Integer::intValue).sum();
            }
            if (!day.equals(LocalDate.MIN) && !day.isAfter(firstDay)) {
                census.observe(day, occupied, all);
            }
            occupied.clear();
            all = null;
        }
    }

    @Override
    public void learn(List<Recorded> news, HospitalView after) {
        LocalDate day = day(news.getFirst().recordedAt(), after);
        HospitalView known = before;
        for (LocalDate over = known == null ? day : day(known.recordedAt(), after);
                known != null && over.isBefore(day);
                over = over.plusDays(1)) {
            count(over, known);
        }
        news.forEach(history::learn);
        before = after;
    }

    private static LocalDate day(Instant time, HospitalView view) {
        return LocalDate.ofInstant(time, view.hospital().zone());
    }

    /** When a day was over. */
    private void count(LocalDate day, HospitalView view) {
        if (day.isAfter(firstDay)) {
            Map<ServiceId, Integer> occupied = new HashMap<>();
            view.services()
                    .forEach(service -> occupied.put(
                            service.service().id(), service.counts().occupied()));
            Counts all = view.services().stream().map(ServiceView::counts).reduce(Counts.NONE, Counts::plus);
            census.observe(day, occupied, all.occupied());
        }
    }

    /** Whether there is more to learn of the time before the journal than when it began. Asks the database, once a minute of the hospital's clock. */
    boolean isOutdated() {
        Instant now = hospital.writer().clock().now();
        Instant asked = pastAsked;
        if (asked != null && !now.isBefore(asked) && now.isBefore(asked.plus(PAST_ASKED_EVERY))) {
            return false;
        }
        pastAsked = now;
        try {
            Journal.Past imported = hospital.journal().past(hospital.id());
            return unread != null || imported != null && !imported.equals(past);
        } catch (JournalException e) {
            LOG.warn("hospital {}: whether anything was imported cannot be told: {}", hospital.id(), e.detail());
            return false;
        }
    }

    /**
     * As of the last look, unless that was long ago; not known while forecasts abstain. Of any thread.
     *
     * @param at of what is looked at beside it
     */
    BedShortage shortage(Instant at) {
        Shortage last = shortage;
        boolean isOfThen = isTold(last.at, hospital.writer().clock())
                && !at.plus(FORESEEN_AGE_MAX).isBefore(last.at);
        return isOfThen ? last.foreseen : BedShortage.UNKNOWN;
    }

    /** Whether what was foreseen then is still told; a clock that runs fast does not wait for a forecast. */
    static boolean isTold(Instant foreseenAt, HospitalClock clock) {
        double speed = clock instanceof AdjustableClock adjustable ? Math.max(1, adjustable.speed()) : 1;
        return !foreseenAt.isBefore(clock.now().minusMillis((long) (FORESEEN_AGE_MAX.toMillis() * speed)));
    }

    /**
     * @param view up to which it learned
     * @throws JournalException while what was imported cannot be read
     */
    Told look(HospitalView view, WhatIf whatIf) {
        if (unread != null) {
            throw unread;
        }
        Instant now = hospital.writer().clock().now();
        FlowForecast forecast = FlowForecaster.forecast(view, history, record, now, whatIf);
        if (whatIf.equals(WhatIf.NOTHING)) {
            BedShortage found = switch (forecast) {
                case FlowForecast.TooLittleHistory tooLittle -> BedShortage.UNKNOWN;
                case FlowForecast.Foreseen foreseen -> shortage(foreseen);
            };
            shortage = new Shortage(found, now);
        }
        return new Told(
                forecast,
                view,
                now,
                hospital.age(),
                forecast instanceof FlowForecast.Foreseen foreseen
                        ? PoleForecast.of(foreseen, view.hospital())
                        : List.of(),
                forecast instanceof FlowForecast.TooLittleHistory ? census.forecast(day(now, view)) : List.of(),
                RECORD_DAYS.stream().map(days -> record.scores(history, days)).toList(),
                record.past(history, now));
    }

    /**
     * @param view up to which it learned
     * @param plans what is to be compared
     * @throws JournalException while what was imported cannot be read
     */
    Taught taught(HospitalView view, List<WhatIf> plans) {
        if (unread != null) {
            throw unread;
        }
        int daysKnown = history.daysKnown();
        FlowLaws laws = daysKnown < FlowHistory.DAYS_NEEDED
                ? null
                : FlowLaws.of(view, history, hospital.writer().clock().now(), plans);
        return new Taught(view, hospital.age(), daysKnown, laws);
    }

    /** A service that has no bed to be full is not among them. */
    private static BedShortage shortage(FlowForecast.Foreseen foreseen) {
        Map<ServiceId, BedShortage.Foreseen> services = new HashMap<>();
        for (FlowForecast.Series series : foreseen.services()) {
            if (series.service() != null && series.beds() > 0) {
                services.put(series.service(), ahead(series));
            }
        }
        return new BedShortage(SHORTAGE_HOURS, ahead(foreseen.hospital()), services);
    }

    private static BedShortage.Foreseen ahead(FlowForecast.Series series) {
        double highest = series.ahead().stream()
                .filter(ahead -> ahead.hours() <= SHORTAGE_HOURS)
                .mapToDouble(FlowForecast.Ahead::noFreeBed)
                .max()
                .orElse(0);
        return new BedShortage.Foreseen(highest, series.fullAfterHours());
    }
}
