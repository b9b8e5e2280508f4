package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.chevet.event.Anomaly;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/**
 * What the indicators are computed from, kept from the events of a hospital's journal and the state after them. Each patient, bed and
 * anomaly adds to daily sums as a function of what is known of it now; what an event names is taken back and added anew. So a late or
 * corrected movement changes the days that it belongs to, and the sums never depend on the order of arrival. An event costs what the stays
 * and beds that it names cost, whatever the length of the history.
 *
 * <p>Owned by one thread at a time. Knows no clock: time comes with events and questions.
 */
public final class IndicatorBook {
    /** As long as ended stays are known: waits are told of no longer than that. */
    static final Duration WAITS_KEPT = Duration.ofDays(35);

    private static final int NOON_HOUR = 12;

    private @Nullable Kept kept;
    private long sequence;
    private Instant recordedAt = Instant.EPOCH;

    /** What there is once the hospital is defined. */
    static final class Kept {
        final Ledger ledger;
        Premises premises;
        boolean defined;
        final Instant begin;
        final Map<StayId, Subject> subjects = new HashMap<>();
        final Map<RequestId, Subject> strangers = new HashMap<>();
        final Map<RequestId, Wait> waits = new HashMap<>();
        final Map<StayId, Set<RequestId>> waitsOf = new HashMap<>();
        final Map<BedId, BedRecord> beds = new HashMap<>();
        final Map<String, Anomaly> mixed = new HashMap<>();
        final Set<StayId> lasting = new HashSet<>();
        final Set<RequestId> lastingStrangers = new HashSet<>();

        @Nullable
        HospitalView before;

        Kept(Premises premises, Instant begin) {
            this.premises = premises;
            this.begin = begin;
            ledger = new Ledger(premises.hospital.zone());
        }
    }

    /** The last event that it contains, 0 before the first. */
    public long sequence() {
        return sequence;
    }

    public Instant recordedAt() {
        return recordedAt;
    }

    /** Null while no event defined the hospital. */
    @Nullable
    Kept kept() {
        return kept;
    }

    /**
     * Takes in the events that follow those taken in.
     *
     * @param after the state after the last of them
     * @throws IllegalArgumentException when they do not follow, or are not those that lead to that state
     */
    public void apply(List<Recorded> events, HospitalView after) {
        if (events.isEmpty()) {
            return;
        }
        if (events.getFirst().sequence() != sequence + 1 || events.getLast().sequence() != after.sequence()) {
            throw new IllegalArgumentException("events " + events.getFirst().sequence() + " to "
                    + events.getLast().sequence() + " do not lead from " + sequence + " to " + after.sequence());
        }
        if (kept == null) {
            kept = begin(events.getFirst());
        }
        Kept book = kept;
        seeNoon(book, events.getFirst().recordedAt());
        new Page(book, after).write(events);
        book.before = after;
        sequence = after.sequence();
        recordedAt = after.recordedAt();
    }

    private static Kept begin(Recorded first) {
        if (first.event() instanceof BedEvent.HospitalDefined defined) {
            return new Kept(new Premises(defined.hospital()), first.recordedAt());
        }
        throw new IllegalArgumentException("a journal begins with the hospital's definition, this one with "
                + first.event().getClass().getSimpleName());
    }

    /** The state before the first event after noon is the state at noon. */
    private void seeNoon(Kept book, Instant next) {
        HospitalView before = book.before;
        if (before == null) {
            return;
        }
        Ledger ledger = book.ledger;
        for (LocalDate day = ledger.day(recordedAt); !day.isAfter(ledger.day(next)); day = day.plusDays(1)) {
            Instant noon = ledger.at(day, NOON_HOUR);
            if (recordedAt.isBefore(noon) && !next.isBefore(noon)) {
                FreeBeds free = FreeBeds.of(before);
                ledger.postToHospital(day, Figure.FREE_SHORT_STAY_BEDS_AT_NOON, free.shortStay());
                ledger.postToHospital(day, Figure.FOR_EMERGENCY_BEDS_AT_NOON, free.forEmergency());
                ledger.postToHospital(day, Figure.NOONS_SEEN, 1);
            }
        }
        if (!ledger.day(recordedAt).equals(ledger.day(next))) {
            forget(book, next);
        }
    }

    private static void forget(Kept book, Instant now) {
        Instant oldest = now.minus(WAITS_KEPT);
        List<RequestId> old = book.strangers.keySet().stream()
                .filter(request -> isOver(Objects.requireNonNull(book.waits.get(request), "indexed"), oldest))
                .toList();
        for (RequestId request : old) {
            book.waits.remove(request);
            book.strangers.remove(request);
        }
        book.ledger.forgetBefore(book.ledger.day(now).minusDays(Ledger.DAYS_KEPT));
    }

    private static boolean isOver(Wait wait, Instant oldest) {
        Instant end = wait.movedAt() == null ? wait.cancelledAt() : wait.movedAt();
        return end != null && end.isBefore(oldest);
    }

    /** One batch of events, on the state after it. */
    private static final class Page {
        private final Kept book;
        private final HospitalView after;
        private final Set<StayId> touched = new LinkedHashSet<>();

        Page(Kept book, HospitalView after) {
            this.book = book;
            this.after = after;
        }

        void write(List<Recorded> events) {
            for (Recorded recorded : events) {
                write(recorded.event());
            }
            touched.forEach(this::rewrite);
        }

        private void write(BedEvent event) {
            switch (event) {
                case BedEvent.HospitalDefined e -> defined(e);
                case BedEvent.StayRegistered e -> touched.add(e.stay());
                case BedEvent.PapersStated e -> touched.add(e.stay());
                case BedEvent.PersonStated e -> touched.addAll(book.subjects.keySet());
                case BedEvent.RegistrationCancelled e -> touched.add(e.stay());
                case BedEvent.PatientUpdated e -> touched.add(e.stay());
                case BedEvent.StaysMerged e -> {
                    touched.add(e.from());
                    touched.add(e.into());
                }
                case BedEvent.NeedsChanged e -> touched.add(e.stay());
                case BedEvent.MovementRecorded e -> touched.add(e.stay());
                case BedEvent.MovementAwaited e -> touched.add(e.stay());
                case BedEvent.MovementCorrected e -> touched.add(e.stay());
                case BedEvent.MovementCancelled e -> touched.add(e.stay());
                case BedEvent.StaysSwapped e -> {
                    touched.add(e.first());
                    touched.add(e.second());
                }
                case BedEvent.StayArchived e -> archived(e.stay());
                case BedEvent.BedRequested e -> requested(e);
                case BedEvent.BedRequestCancelled e -> change(e.request().id(), wait -> wait.cancelled(e.at()));
                case BedEvent.BedRequestFulfilled e -> fulfilled(e);
                case BedEvent.BedReserved e ->
                    change(e.request(), wait -> wait.decided(e.at(), e.bed(), book.premises.serviceOf(e.bed())));
                case BedEvent.ReservationReleased e -> released(e);
                case BedEvent.CleaningStarted e ->
                    record(e.bed()).begun(book.ledger, book.premises.serviceOf(e.bed()), e.at());
                case BedEvent.CleaningFinished e ->
                    record(e.bed()).done(book.ledger, book.premises.serviceOf(e.bed()), e.at());
                case BedEvent.BedClosed e -> closed(e.bed(), e.at());
                case BedEvent.BedOpened e -> opened(e.bed(), e.at());
                case BedEvent.AnomalyRaised e -> raised(e.anomaly());
                case BedEvent.AnomalyResolved e -> resolved(e.anomaly(), e.at());
                case BedEvent.DischargePlanned e -> touched.add(e.stay());
                case BedEvent.MedicalReadinessChanged e -> touched.add(e.stay());
                case BedEvent.AdministrativeClosureChanged e -> touched.add(e.stay());
                case BedEvent.BarrierSet e -> touched.add(e.stay());
                case BedEvent.BarrierLifted e -> touched.add(e.stay());
                case BedEvent.BedRefused e -> {}
                case BedEvent.BedRefusalWithdrawn e -> {}
                case BedEvent.BedCounterProposed e -> {}
                case BedEvent.CounterProposalSettled e -> {}
                case BedEvent.RulesOverridden e -> {}
                case BedEvent.CleaningRequested e -> {}
                case BedEvent.BedBlocked e -> {}
                case BedEvent.BedUnblocked e -> {}
                case BedEvent.StaffedCapacityChanged e -> {}
                case BedEvent.InterhospitalTransferOpened e -> {}
                case BedEvent.InterhospitalTransferStepped e -> {}
                case BedEvent.InterhospitalTransferAcknowledged e -> {}
                case BedEvent.InterhospitalTransferArchived e -> {}
                case BedEvent.ActUndone e -> {}
                case BedEvent.ActRefused e -> {}
                case BedEvent.MessageQuarantined e -> {}
                case BedEvent.QuarantineClosed e -> {}
                case BedEvent.ActionCardChanged e -> {}
                case BedEvent.AlertSnoozed e -> {}
                case BedEvent.DrillBegun e -> {}
                case BedEvent.InjectPlanned e -> {}
                case BedEvent.InjectWithdrawn e -> {}
                case BedEvent.InjectDone e -> {}
                case BedEvent.InjectEnded e -> {}
                case BedEvent.SimulatedRolesChanged e -> {}
                case BedEvent.CardsShown e -> {}
            }
        }

        // Stays

        private void rewrite(StayId id) {
            Stay now = after.stays().get(id);
            Subject was = book.subjects.get(id);
            if (now == null && was == null) {
                return;
            }
            put(id, now == null && was != null ? was.stay() : now);
        }

        private void put(StayId id, @Nullable Stay stay) {
            Subject was = book.subjects.get(id);
            List<Wait> waits = book.waitsOf.getOrDefault(id, Set.of()).stream()
                    .map(request -> Objects.requireNonNull(book.waits.get(request), "indexed"))
                    .toList();
            Subject is = new Subject(stay, waits);
            if (was != null && was.stay() == stay && was.waits().equals(waits)) {
                return;
            }
            takeBack(id, was);
            book.subjects.put(id, is);
            is.post(book.ledger, 1, book.premises);
            lie(id, is, true);
            if (is.lasts()) {
                book.lasting.add(id);
            }
        }

        private void takeBack(StayId id, @Nullable Subject was) {
            if (was != null) {
                was.post(book.ledger, -1, book.premises);
                lie(id, was, false);
                book.lasting.remove(id);
            }
        }

        private void lie(StayId id, Subject subject, boolean adds) {
            for (Piece piece : subject.pieces(book.premises)) {
                BedId bed = piece.bed();
                if (bed == null) {
                    continue;
                }
                ServiceId service = book.premises.serviceOf(bed);
                BedRecord record = record(bed);
                BedRecord.Lying lying = new BedRecord.Lying(id, piece.from(), piece.to());
                if (adds) {
                    record.add(book.ledger, service, lying);
                } else {
                    record.remove(book.ledger, service, lying);
                }
            }
        }

        private BedRecord record(BedId bed) {
            return book.beds.computeIfAbsent(bed, any -> new BedRecord());
        }

        /** It is known no longer; what it added stands. */
        private void archived(StayId stay) {
            rewrite(stay);
            touched.remove(stay);
            book.subjects.remove(stay);
            book.lasting.remove(stay);
            Set<RequestId> requests = book.waitsOf.remove(stay);
            if (requests != null) {
                requests.forEach(book.waits::remove);
            }
        }

        // Requests

        private void requested(BedEvent.BedRequested event) {
            BedRequest request = event.request();
            setWait(
                    request.id(),
                    new Wait(
                            request.stay(),
                            request.service(),
                            request.service(),
                            request.origin(),
                            request.requestedAt(),
                            request.neededAt(),
                            null,
                            null,
                            null,
                            null,
                            null));
        }

        private void fulfilled(BedEvent.BedRequestFulfilled event) {
            BedRecord bed = record(event.bed());
            change(
                    event.request().id(),
                    wait -> wait.moved(
                            event.at(),
                            event.stay(),
                            event.bed(),
                            book.premises.serviceOf(event.bed()),
                            bed.cleanedBefore(event.at())));
        }

        private void released(BedEvent.ReservationReleased event) {
            switch (event.cause()) {
                case RELEASED, EXPIRED, OVERRIDDEN, REFUSED -> change(event.request(), Wait::undecided);
                case FULFILLED, REQUEST_CANCELLED, REPLACED -> {}
            }
        }

        private void change(RequestId id, UnaryOperator<Wait> how) {
            Wait known = book.waits.get(id);
            if (known != null) {
                setWait(id, how.apply(known));
            }
        }

        private void setWait(RequestId id, Wait wait) {
            Wait known = book.waits.put(id, wait);
            if (known != null && known.stay() != null && !known.stay().equals(wait.stay())) {
                requests(known.stay()).remove(id);
                touched.add(known.stay());
            }
            Subject stranger = book.strangers.remove(id);
            book.lastingStrangers.remove(id);
            if (stranger != null) {
                stranger.post(book.ledger, -1, book.premises);
            }
            if (wait.stay() == null) {
                Subject unknown = new Subject(null, List.of(wait));
                book.strangers.put(id, unknown);
                unknown.post(book.ledger, 1, book.premises);
                if (wait.isOpen()) {
                    book.lastingStrangers.add(id);
                }
            } else {
                requests(wait.stay()).add(id);
                touched.add(wait.stay());
            }
        }

        private Set<RequestId> requests(StayId stay) {
            return book.waitsOf.computeIfAbsent(stay, any -> new LinkedHashSet<>());
        }

        // Beds and rooms

        private void closed(BedId bed, Instant at) {
            BedRecord record = record(bed);
            if (record.openSince != null) {
                book.ledger.postTime(book.premises.serviceOf(bed), Figure.OPEN_SECONDS, record.openSince, at, 1);
                record.openSince = null;
            }
        }

        private void opened(BedId bed, Instant at) {
            BedRecord record = record(bed);
            if (record.openSince == null) {
                record.openSince = at;
            }
        }

        private void raised(Anomaly anomaly) {
            if (anomaly.kind() == Anomaly.Kind.SEX_MIXED) {
                book.mixed.put(anomaly.key(), anomaly);
            }
        }

        private void resolved(Anomaly anomaly, Instant at) {
            Anomaly open = book.mixed.remove(anomaly.key());
            if (open != null) {
                book.ledger.postTime(
                        book.premises.serviceOf(open.bed()), Figure.SEX_MIXED_SECONDS, open.since(), at, 1);
            }
        }

        /** Beds may be in other services from now on, or in none: what is still known is counted as the file has it now. */
        private void defined(BedEvent.HospitalDefined event) {
            Premises is = new Premises(event.hospital());
            book.beds.forEach((bed, record) -> record.postGaps(book.ledger, book.premises.serviceOf(bed), -1));
            subjects().forEach(subject -> subject.post(book.ledger, -1, book.premises));
            Set<BedId> open = new HashSet<>();
            for (BedId bed : List.copyOf(book.beds.keySet())) {
                if (record(bed).openSince != null) {
                    open.add(bed);
                    closed(bed, event.at());
                }
            }
            Premises was = book.premises;
            book.premises = is;
            subjects().forEach(subject -> subject.post(book.ledger, 1, is));
            book.beds.forEach((bed, record) -> record.postGaps(book.ledger, is.serviceOf(bed), 1));
            for (Service service : is.hospital.services()) {
                service.rooms()
                        .forEach(room -> room.beds().forEach(bed -> {
                            boolean isNew = !book.defined || was.serviceOf(bed.id()) == null;
                            if (open.contains(bed.id()) || isNew && !bed.surge()) {
                                opened(bed.id(), event.at());
                            }
                        }));
            }
            book.defined = true;
        }

        private Collection<Subject> subjects() {
            List<Subject> all = new ArrayList<>(book.subjects.values());
            all.addAll(book.strangers.values());
            return all;
        }
    }

    /** Beds that a patient could have now. */
    record FreeBeds(int shortStay, int forEmergency) {
        /** Short stay: services that are not rehabilitation, nor intermediate nor intensive care (medicine and surgery). */
        static FreeBeds of(HospitalView view) {
            int shortStay = 0;
            int free = 0;
            for (ServiceView service : view.services()) {
                int here = service.counts().ready();
                free += here;
                if (service.service().levelOfCare() == LevelOfCare.ACUTE) {
                    shortStay += here;
                }
            }
            int reserved = (int) view.requests().stream()
                    .filter(open -> open.bed() != null && open.request().origin() == RequestOrigin.EMERGENCY_DEPARTMENT)
                    .filter(open -> isReserved(view, open))
                    .count();
            return new FreeBeds(shortStay, free + reserved);
        }

        private static boolean isReserved(HospitalView view, HospitalView.OpenRequest open) {
            BedView bed = open.bed() == null ? null : view.bed(open.bed());
            return bed != null && bed.status().state() == BedState.RESERVED;
        }
    }
}
