package org.chevet.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.TransferId;
import org.chevet.occupancy.InterhospitalTransfer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each hospital what the others did about transfers with it. What is to be told is read off the state of the hospital that did it: every
 * step that the other one is not known to have. It is told again, with growing patience, until the other one has it in its journal, and that
 * is then noted in the journal of the first. So nothing is lost with a process, and nothing here needs to be kept.
 *
 * <p>Each process carries for the hospitals that it writes. Two that believe so of one hospital tell the same twice, which changes nothing.
 */
final class TransferCourier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransferCourier.class);

    /** Hospitals are looked at this often even when nothing tells of a change: others may have come. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** @param steps how many of its steps the hospital tells */
    private record Parcel(HospitalId from, TransferId transfer, int steps) {
        /** The receiving hospital does under one key what it does once. */
        private String key() {
            return "transfer:" + transfer + ":" + from + ":" + steps;
        }
    }

    private record Pause(Duration length, long sinceNanos) {
        private long leftNanos() {
            return length.toNanos() - (System.nanoTime() - sinceNanos);
        }
    }

    private final Supplier<Collection<TransferDoor>> doors;
    private final Limits limits;

    /** Holds nothing: it is woken, and closed. */
    private final Mailbox<Object> bell = new Mailbox<>(1);

    private final Map<Parcel, Pause> paused = new ConcurrentHashMap<>();
    private final Set<Parcel> underWay = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().name("chevet-transfers").daemon().unstarted(this::run);
    private boolean started;

    // Of the courier's thread.
    private final Map<HospitalAccess, Subscription> followed = new HashMap<>();

    /**
     * @param doors the hospitals of this process as they are at that moment
     * @param limits how long after a failure it is tried again: as with the journal
     */
    TransferCourier(Supplier<Collection<TransferDoor>> doors, Limits limits) {
        this.doors = doors;
        this.limits = limits;
    }

    /** There is a hospital to carry for. Never blocks. */
    synchronized void hospitalOpened() {
        if (!started) {
            started = true;
            thread.start();
        }
        bell.wake();
    }

    private void run() {
        while (!bell.isClosed()) {
            try {
                round();
            } catch (RuntimeException bug) { // the loop's edge
                LOG.error("transfers between hospitals: a round failed", WithoutMessage.of(bug));
            }
            bell.await(untilNext());
        }
        followed.values().forEach(Subscription::close);
    }

    private void round() {
        Map<HospitalId, TransferDoor> open = new HashMap<>();
        doors.get().forEach(door -> open.put(door.hospital().id(), door));
        follow(open.values());
        Set<Parcel> waiting = new HashSet<>();
        for (TransferDoor door : open.values()) {
            if (door.isWrittenHere().getAsBoolean()) {
                for (InterhospitalTransfer transfer : door.hospital().view().transfers()) {
                    if (!transfer.isAcknowledged()) {
                        Parcel parcel = new Parcel(
                                door.hospital().id(),
                                transfer.id(),
                                transfer.ownSteps().size());
                        waiting.add(parcel);
                        carry(parcel, transfer, door, open.get(transfer.otherHospital()));
                    }
                }
            }
        }
        paused.keySet().retainAll(waiting);
    }

    /** The bell rings when a hospital's transfers change. */
    private void follow(Collection<TransferDoor> open) {
        Set<HospitalAccess> gone = new HashSet<>(followed.keySet());
        for (TransferDoor door : open) {
            gone.remove(door.hospital());
            followed.computeIfAbsent(door.hospital(), hospital -> {
                var last = new Object() {
                    List<InterhospitalTransfer> seen = List.of();
                };
                return hospital.subscribe(view -> {
                    if (last.seen != view.transfers()) {
                        last.seen = view.transfers();
                        bell.wake();
                    }
                });
            });
        }
        gone.forEach(hospital -> {
            Subscription subscription = followed.remove(hospital);
            if (subscription != null) {
                subscription.close();
            }
        });
    }

    /** @param to null when this process has no such hospital, or no longer */
    private void carry(Parcel parcel, InterhospitalTransfer transfer, TransferDoor from, @Nullable TransferDoor to) {
        Pause pause = paused.get(parcel);
        if (pause != null && pause.leftNanos() > 0 || !underWay.add(parcel)) {
            return;
        }
        if (to == null) {
            delivered(parcel, false);
            return;
        }
        Command.Fact told = new Command.ReportTransferSteps(
                transfer.id(), parcel.from(), transfer.side(), transfer.wish(), transfer.ownSteps());
        Submission telling = new Submission(List.of(told), new Origin.OtherHospital(parcel.from()), parcel.key());
        CompletableFuture.completedFuture(telling)
                .thenCompose(to::take)
                .thenCompose(answer -> answer instanceof Answer.Done
                        ? from.take(new Submission(
                                List.of(new Command.AcknowledgeTransferSteps(transfer.id(), parcel.steps())),
                                new Origin.Engine(),
                                null))
                        : CompletableFuture.completedFuture(answer))
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        Throwable bug = failure.getCause() == null ? failure : failure.getCause();
                        LOG.error("transfers between hospitals: a step was not told", WithoutMessage.of(bug));
                    }
                    delivered(parcel, answer instanceof Answer.Done);
                });
    }

    private void delivered(Parcel parcel, boolean done) {
        if (!done) {
            paused.compute(parcel, (one, last) -> new Pause(after(last), System.nanoTime()));
        }
        underWay.remove(parcel);
        bell.wake();
    }

    private Duration after(@Nullable Pause last) {
        if (last == null) {
            return limits.probeAfterMin();
        }
        Duration twice = last.length().multipliedBy(2);
        return twice.compareTo(limits.probeAfterMax()) < 0 ? twice : limits.probeAfterMax();
    }

    private Duration untilNext() {
        long next = LOOK_EVERY.toNanos();
        for (Map.Entry<Parcel, Pause> one : paused.entrySet()) {
            // One that is under way rings the bell when it is answered.
            if (!underWay.contains(one.getKey())) {
                next = Math.min(next, Math.max(0, one.getValue().leftNanos()));
            }
        }
        return Duration.ofNanos(next);
    }

    /** Carries nothing more. What is under way is answered, or told again by whoever comes after. */
    @Override
    public void close() {
        bell.close();
    }
}
