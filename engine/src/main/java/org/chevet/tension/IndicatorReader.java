package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Tally;
import org.jspecify.annotations.Nullable;

/** Reads all indicators off an {@link IndicatorBook}: its sums, and what lasts at this moment. Takes as long as there are patients here. */
public final class IndicatorReader {
    public static final int DAYS_MAX = 35;

    private static final int NIGHT_ENDS_HOUR = 6;
    private static final int NOON_HOUR = 12;

    private final IndicatorBook.Kept kept;
    private final HospitalView view;
    private final Instant now;
    private final LocalDate today;
    private final LocalDate first;

    /** The first day that the journal knows as a whole. */
    private final LocalDate known;

    private final int days;
    private final long sequence;
    private final Duration age;

    /** What lasts, posted up to now. */
    private final Ledger moment;

    private IndicatorReader(IndicatorBook book, IndicatorBook.Kept kept, HospitalView view, Instant now, int days) {
        this.kept = kept;
        this.view = view;
        this.now = Ledger.later(now, book.recordedAt());
        this.days = days;
        sequence = book.sequence();
        age = Duration.between(book.recordedAt(), this.now);
        today = kept.ledger.day(this.now);
        first = today.minusDays(days - 1L);
        moment = new Ledger(kept.ledger.zone);
        known = moment.day(kept.begin).plusDays(1);
        postLasting();
    }

    /**
     * @param days 1 (today) to {@value #DAYS_MAX}
     * @return null while the book has no event
     */
    public static @Nullable Indicators read(IndicatorBook book, Instant now, int days) {
        IndicatorBook.Kept kept = book.kept();
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException("a period of " + days + " days is outside 1 to " + DAYS_MAX);
        }
        if (kept == null || kept.before == null) {
            return null;
        }
        return new IndicatorReader(book, kept, kept.before, now, days).read();
    }

    private void postLasting() {
        Instant since = Ledger.earlier(moment.midnight(first), moment.midnight(today.minusDays(1)));
        for (StayId stay : kept.lasting) {
            subject(stay).postLasting(moment, kept.premises, since, now);
        }
        for (RequestId request : kept.lastingStrangers) {
            Objects.requireNonNull(kept.strangers.get(request), "indexed")
                    .postLasting(moment, kept.premises, since, now);
        }
        kept.beds.forEach((bed, record) -> {
            if (record.openSince != null) {
                Instant from = Ledger.later(record.openSince, since);
                moment.postTime(kept.premises.serviceOf(bed), Figure.OPEN_SECONDS, from, now, 1);
            }
        });
        kept.mixed
                .values()
                .forEach(anomaly -> moment.postTime(
                        kept.premises.serviceOf(anomaly.bed()),
                        Figure.SEX_MIXED_SECONDS,
                        Ledger.later(anomaly.since(), since),
                        now,
                        1));
    }

    private Subject subject(StayId stay) {
        return Objects.requireNonNull(kept.subjects.get(stay), "indexed");
    }

    private Indicators read() {
        Present everybody = new Present();
        Map<ServiceId, Present> byService = new HashMap<>();
        for (StayId stay : kept.lasting) {
            count(subject(stay), everybody, byService);
        }
        kept.waits.values().forEach(wait -> count(wait, everybody, byService));
        List<Indicators.Scope> services = new ArrayList<>();
        Counts whole = Counts.NONE;
        for (ServiceView service : view.services()) {
            ServiceId id = service.service().id();
            whole = whole.plus(service.counts());
            services.add(new ScopeReader(id, service.counts(), byService.getOrDefault(id, new Present())).scope());
        }
        // A day is compared with days that are over: yesterday is the last one that is.
        HospitalInTension inTension = HospitalInTension.of(kept.ledger, moment, known, today.minusDays(1));
        Indicators.Scope hospital = new ScopeReader(null, whole, everybody).hospital(inTension);
        return new Indicators(now, days, hospital, inTension, services);
    }

    /** Who is here, and who waits or waited. */
    private static final class Present {
        int inpatients;
        int outliers;
        int over7;
        int over14;
        int over21;
        int waiting;
        int waiting4;
        int waiting8;
        int waiting12;
        final List<Wait> moved = new ArrayList<>();

        void stay(boolean outlier, long dayCount) {
            inpatients++;
            outliers += outlier ? 1 : 0;
            over7 += dayCount >= 7 ? 1 : 0;
            over14 += dayCount >= 14 ? 1 : 0;
            over21 += dayCount >= 21 ? 1 : 0;
        }

        void waits(Duration soFar) {
            waiting++;
            waiting4 += isOver(soFar, 4) ? 1 : 0;
            waiting8 += isOver(soFar, 8) ? 1 : 0;
            waiting12 += isOver(soFar, 12) ? 1 : 0;
        }
    }

    private static boolean isOver(Duration wait, int hours) {
        return wait.compareTo(Duration.ofHours(hours)) > 0;
    }

    private void count(Subject subject, Present everybody, Map<ServiceId, Present> byService) {
        List<Piece> pieces = subject.pieces(kept.premises);
        Piece last = pieces.isEmpty() ? null : pieces.getLast();
        if (last == null || last.to() != null || !last.isInpatient() || subject.stay() == null) {
            return;
        }
        Instant admitted = last.from();
        for (int i = pieces.size() - 1; i >= 0 && pieces.get(i).isInpatient(); i--) {
            admitted = pieces.get(i).from();
        }
        long here = Duration.between(Ledger.earlier(admitted, now), now).toDays();
        boolean outlier =
                kept.premises.isOutlier(last.service(), subject.stay().needs().specialty());
        everybody.stay(outlier, here);
        if (last.service() != null) {
            byService.computeIfAbsent(last.service(), any -> new Present()).stay(outlier, here);
        }
    }

    private void count(Wait wait, Present everybody, Map<ServiceId, Present> byService) {
        List<Present> scopes = new ArrayList<>(List.of(everybody));
        if (wait.service() != null) {
            scopes.add(byService.computeIfAbsent(wait.service(), any -> new Present()));
        }
        Instant moved = wait.movedAt();
        for (Present scope : scopes) {
            if (wait.isOpen() && !moment.day(wait.neededAt()).isAfter(today)) {
                scope.waits(wait.soFar(now));
            } else if (moved != null && !moved.isBefore(moment.midnight(first))) {
                scope.moved.add(wait);
            }
        }
    }

    private final class ScopeReader {
        private final @Nullable ServiceId service;
        private final Counts counts;
        private final Present present;
        private final Map<Indicator, Indicators.Value> values = new EnumMap<>(Indicator.class);

        ScopeReader(@Nullable ServiceId service, Counts counts, Present present) {
            this.service = service;
            this.counts = counts;
            this.present = present;
        }

        Indicators.Scope scope() {
            occupancy();
            idle();
            waits();
            patients();
            flows();
            answers();
            List<Long> curve = new ArrayList<>();
            for (int hour = 0; hour < Figure.HOURS; hour++) {
                curve.add(kept.ledger.dischargesInHour(service, first, today, hour));
            }
            long morning = curve.subList(0, NOON_HOUR).stream()
                    .mapToLong(Long::longValue)
                    .sum();
            ratio(Indicator.DISCHARGES_BEFORE_NOON, 100.0 * morning, sum(Figure.DISCHARGES));
            return new Indicators.Scope(service, values, curve);
        }

        Indicators.Scope hospital(HospitalInTension inTension) {
            emergency(inTension);
            return scope();
        }

        private void occupancy() {
            double occupied = 100.0 * counts.occupied();
            ratio(Indicator.OCCUPANCY_PHYSICAL, occupied, counts.physical());
            ratio(Indicator.OCCUPANCY_OPEN, occupied, counts.open());
            ratio(Indicator.OCCUPANCY_STAFFED, occupied, counts.staffed());
            long lain = sum(Figure.OCCUPIED_SECONDS);
            long open = sum(Figure.OPEN_SECONDS);
            ratio(Indicator.OCCUPANCY_PERIOD, 100.0 * lain, open);
            long exits = service == null ? sum(Figure.DISCHARGES) : sum(Figure.EXITS);
            ratio(Indicator.ROTATION, exits, counts.physical());
            ratio(Indicator.TURNOVER_INTERVAL, Ledger.days((double) open - lain), exits);
            ratio(Indicator.LENGTH_OF_STAY, Ledger.days(sum(Figure.PATIENT_SECONDS)), sum(Figure.ADMISSIONS));
        }

        private void idle() {
            long gaps = sum(Figure.IDLE_GAPS);
            long dirty = sum(Figure.IDLE_DIRTY_SECONDS);
            long cleaning = sum(Figure.IDLE_CLEANING_SECONDS);
            long ready = sum(Figure.IDLE_READY_SECONDS);
            ratio(Indicator.IDLE_BED, Ledger.hours(dirty + cleaning + ready), gaps);
            ratio(Indicator.IDLE_DIRTY, Ledger.hours(dirty), gaps);
            ratio(Indicator.IDLE_CLEANING, Ledger.hours(cleaning), gaps);
            ratio(Indicator.IDLE_READY, Ledger.hours(ready), gaps);
        }

        private void waits() {
            put(Indicator.WAITING, (double) present.waiting);
            put(Indicator.WAITING_OVER_4_H, (double) present.waiting4);
            put(Indicator.WAITING_OVER_8_H, (double) present.waiting8);
            put(Indicator.WAITING_OVER_12_H, (double) present.waiting12);
            List<Duration> whole = clocks(wait -> between(wait.since(), wait.movedAt()));
            put(Indicator.WAIT_MEDIAN, rank(whole, 0.5));
            put(Indicator.WAIT_P90, rank(whole, 0.9));
            put(Indicator.WAIT_DECIDED_MEDIAN, rank(clocks(wait -> between(wait.since(), wait.decidedAt())), 0.5));
            put(Indicator.WAIT_READY_MEDIAN, rank(clocks(wait -> between(wait.decidedAt(), wait.readyAt())), 0.5));
            put(Indicator.WAIT_MOVED_MEDIAN, rank(clocks(wait -> between(wait.readyAt(), wait.movedAt())), 0.5));
            put(Indicator.WAITED_OVER_4_H, over(whole, 4));
            put(Indicator.WAITED_OVER_8_H, over(whole, 8));
            put(Indicator.WAITED_OVER_12_H, over(whole, 12));
        }

        private List<Duration> clocks(Function<Wait, Duration> clock) {
            return present.moved.stream().map(clock).sorted().toList();
        }

        private @Nullable Double rank(List<Duration> sorted, double share) {
            return sorted.isEmpty()
                    ? null
                    : Ledger.hours(Ranks.nearest(sorted, share).toSeconds());
        }

        private double over(List<Duration> waits, int hours) {
            return waits.stream().filter(wait -> isOver(wait, hours)).count();
        }

        private void patients() {
            put(Indicator.OUTLIERS, (double) present.outliers);
            ratio(Indicator.OUTLIER_SHARE, 100.0 * present.outliers, present.inpatients);
            put(Indicator.OUTLIER_DAYS, Ledger.days(sum(Figure.OUTLIER_SECONDS)));
            put(Indicator.STAYS_OVER_7_DAYS, (double) present.over7);
            put(Indicator.STAYS_OVER_14_DAYS, (double) present.over14);
            put(Indicator.STAYS_OVER_21_DAYS, (double) present.over21);
            put(Indicator.SEX_MIXED_BAY_HOURS, Ledger.hours(sum(Figure.SEX_MIXED_SECONDS)));
            put(Indicator.NO_BED, (double) sum(Figure.NIGHTS_WITHOUT_BED));
            LocalDate night = now.isBefore(moment.at(today, NIGHT_ENDS_HOUR)) ? today.minusDays(1) : today;
            put(Indicator.NO_BED_LAST_NIGHT, (double) on(night, Figure.NIGHTS_WITHOUT_BED));
        }

        private void flows() {
            put(Indicator.ADMISSIONS, (double) sum(Figure.ADMISSIONS));
            put(Indicator.DISCHARGES, (double) sum(Figure.DISCHARGES));
            ratio(Indicator.MOVES_PER_STAY, sum(Figure.MOVES), sum(Figure.DISCHARGES));
            put(Indicator.NIGHT_MOVES, (double) sum(Figure.NIGHT_MOVES));
        }

        private void answers() {
            long refused = tally(Tally.Kind.REFUSED);
            long accepted = tally(Tally.Kind.ACCEPTED);
            ratio(Indicator.REFUSALS, 100.0 * refused, refused + accepted);
            ratio(Indicator.OVERRIDES, 100.0 * tally(Tally.Kind.OVERRIDDEN), accepted);
        }

        private long tally(Tally.Kind kind) {
            return view.tallies().stream()
                    .filter(tally -> tally.kind() == kind
                            && (service == null || tally.service().equals(service)))
                    .mapToLong(Tally::count)
                    .sum();
        }

        private void emergency(HospitalInTension inTension) {
            ratio(
                    Indicator.HOSPITALISATION_RATE,
                    100.0 * sum(Figure.EMERGENCY_VISITS_HOSPITALISED),
                    sum(Figure.EMERGENCY_VISITS));
            Integer need = BedNeed.of(kept.ledger, known, today);
            put(Indicator.BJML, need == null ? null : (double) need);
            boolean noonSeen = kept.ledger.of(null, today, Figure.NOONS_SEEN) > 0;
            double beds = noonSeen
                    ? kept.ledger.of(null, today, Figure.FOR_EMERGENCY_BEDS_AT_NOON)
                    : IndicatorBook.FreeBeds.of(view).forEmergency();
            ratio(Indicator.BJML_COVERAGE, 100.0 * beds, need == null ? 0 : need);
            for (HospitalInTension.Measure measure : inTension.six()) {
                put(measure.indicator(), measure.level());
            }
            boolean any = inTension.unknown() < inTension.six().size();
            put(Indicator.HET_OVER_3, any ? (double) inTension.above() : null);
        }

        private long sum(Figure figure) {
            return kept.ledger.sum(service, first, today, figure) + moment.sum(service, first, today, figure);
        }

        private long on(LocalDate day, Figure figure) {
            return kept.ledger.of(service, day, figure) + moment.of(service, day, figure);
        }

        private void ratio(Indicator indicator, double amount, double by) {
            put(indicator, by <= 0 ? null : amount / by);
        }

        private void put(Indicator indicator, @Nullable Double value) {
            values.put(indicator, new Indicators.Value(value, sequence, age));
        }
    }

    private static Duration between(@Nullable Instant from, @Nullable Instant to) {
        return Duration.between(
                Objects.requireNonNull(from, "set when the patient moved"),
                Objects.requireNonNull(to, "set when the patient moved"));
    }
}
