package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.BedEvent;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.jspecify.annotations.Nullable;

/** Transfers between this hospital and others, in the order in which they began here, by number, stay and bed request. */
final class Transfers {
    /** One that is over, as both hospitals know, leaves the live state this long after the last thing recorded about it. */
    static final Duration RETENTION = Duration.ofDays(7);

    /** The same when the other hospital has not heard of it: it is told for so long. */
    static final Duration RETENTION_UNHEARD = Duration.ofDays(35);

    /** One that is over, and when it leaves the live state. */
    record Ended(Instant archival, TransferId transfer) implements Comparable<Ended> {
        private static final Comparator<Ended> ORDER =
                Comparator.comparing(Ended::archival).thenComparing(Ended::transfer);

        @Override
        public int compareTo(Ended other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<TransferId, InterhospitalTransfer> byNumber = new LinkedHashMap<>();
    private final Map<StayId, NavigableSet<TransferId>> ofStay = new HashMap<>();
    private final Map<RequestId, TransferId> ofRequest = new HashMap<>();
    private final NavigableSet<Ended> ended = new TreeSet<>();
    private final ViewMarks marks;
    private final Touched touched;

    Transfers(ViewMarks marks, Touched touched) {
        this.marks = marks;
        this.touched = touched;
    }

    @Nullable
    InterhospitalTransfer get(TransferId id) {
        return byNumber.get(id);
    }

    Collection<InterhospitalTransfer> all() {
        return Collections.unmodifiableCollection(byNumber.values());
    }

    /** Those by which this stay is to leave, or has left. */
    Set<TransferId> of(StayId stay) {
        return ofStay.isEmpty() ? Set.of() : ofStay.getOrDefault(stay, Collections.emptyNavigableSet());
    }

    /** The one that this bed request stands for, null when it is an ordinary one. */
    @Nullable
    InterhospitalTransfer ofRequest(RequestId request) {
        TransferId id = ofRequest.get(request);
        return id == null ? null : byNumber.get(id);
    }

    /** Those that are over, the first to leave the live state first. */
    NavigableSet<Ended> ended() {
        return ended;
    }

    boolean isListedEnded(InterhospitalTransfer transfer) {
        return ended.contains(endOf(transfer));
    }

    static InterhospitalTransfer opened(BedEvent.InterhospitalTransferOpened event, Instant recordedAt) {
        return new InterhospitalTransfer(
                event.transfer(),
                event.side(),
                event.otherHospital(),
                event.wish(),
                event.stay(),
                event.request(),
                List.of(TransferStep.asked(event.at())),
                List.of(),
                0,
                recordedAt);
    }

    void put(InterhospitalTransfer transfer) {
        InterhospitalTransfer before = byNumber.put(transfer.id(), transfer);
        if (before != null) {
            unlink(before);
        }
        if (transfer.stay() != null) {
            ofStay.computeIfAbsent(transfer.stay(), stay -> new TreeSet<>()).add(transfer.id());
        }
        if (transfer.request() != null) {
            ofRequest.put(transfer.request(), transfer.id());
        }
        if (!transfer.state().isOpen()) {
            ended.add(endOf(transfer));
        }
        touched.addTransfer(transfer.id());
        marks.transfers();
    }

    private void unlink(InterhospitalTransfer transfer) {
        if (transfer.stay() != null) {
            ofStay.computeIfPresent(transfer.stay(), (stay, transfers) -> {
                transfers.remove(transfer.id());
                return transfers.isEmpty() ? null : transfers;
            });
        }
        if (transfer.request() != null) {
            ofRequest.remove(transfer.request());
        }
        ended.remove(endOf(transfer));
    }

    private static Ended endOf(InterhospitalTransfer transfer) {
        return new Ended(
                transfer.updatedAt().plus(transfer.isAcknowledged() ? RETENTION : RETENTION_UNHEARD), transfer.id());
    }

    void step(TransferId id, TransferSide by, TransferStep step, Instant recordedAt) {
        put(known(id).with(by, step, recordedAt));
    }

    void acknowledge(TransferId id, int steps, Instant recordedAt) {
        put(known(id).acknowledged(steps, recordedAt));
    }

    private InterhospitalTransfer known(TransferId id) {
        InterhospitalTransfer transfer = byNumber.get(id);
        if (transfer == null) {
            throw new IllegalStateException("transfer " + id + " is not known");
        }
        return transfer;
    }

    void archive(TransferId id) {
        unlink(known(id));
        byNumber.remove(id);
        marks.transfers();
    }

    /** A stay's number is given up for another: who was to leave under it leaves under the other. */
    void pass(StayId from, StayId into) {
        for (TransferId id : List.copyOf(of(from))) {
            put(known(id).ofStay(into));
        }
    }
}
