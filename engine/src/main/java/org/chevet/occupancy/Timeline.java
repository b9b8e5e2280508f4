package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.jspecify.annotations.Nullable;

/**
 * A stay's movements in order of effect, and the numbers of those cancelled. Its content does not depend on the order in
 * which statements arrived: of two statements about one movement the one made later holds, and a cancellation holds
 * against every statement made before it.
 *
 * @param awaiting what was stated and does not count yet
 */
public record Timeline(List<Movement> movements, List<Cancelled> cancelled, List<Awaiting> awaiting) {
    public record Cancelled(String movement, Instant statedAt) {}

    /**
     * A statement that counts when another one comes.
     *
     * @param correction whether it waits for the movement that it corrects, without saying where the patient is; otherwise it is of
     *     somebody who {@linkplain #passesBy passes by}, and counts as long as they have a place in the hospital as well
     */
    public record Awaiting(Movement movement, boolean correction) {
        /** Together with what waits under the same number. */
        Awaiting with(@Nullable Awaiting known) {
            return known == null
                    ? this
                    : new Awaiting(known.movement.with(movement, correction), correction && known.correction);
        }
    }

    /**
     * A stretch of the stay in one place.
     *
     * @param to null while it lasts
     * @param outpatient whether the patient came for a consultation, a session: to nobody's bed
     */
    public record Stretch(Instant from, @Nullable Instant to, Location location, boolean outpatient) {
        public boolean covers(Instant time) {
            return !time.isBefore(from) && (to == null || time.isBefore(to));
        }

        private boolean isLike(Stretch other) {
            return location.equals(other.location) && outpatient == other.outpatient;
        }
    }

    public static final Timeline EMPTY = new Timeline(List.of(), List.of(), List.of());

    private static int inOrder(Movement one, Movement other) {
        int order = one.at().compareTo(other.at());
        if (order == 0) {
            order = one.kind().compareTo(other.kind());
        }
        if (order == 0) {
            order = one.statedAt().compareTo(other.statedAt());
        }
        return order != 0 ? order : one.id().compareTo(other.id());
    }

    public Timeline {
        movements = List.copyOf(movements);
        cancelled = List.copyOf(cancelled);
        awaiting = List.copyOf(awaiting);
    }

    public boolean isEmpty() {
        return movements.isEmpty();
    }

    public @Nullable Movement last() {
        return movements.isEmpty() ? null : movements.getLast();
    }

    public @Nullable Movement find(String movement) {
        for (int i = 0; i < movements.size(); i++) {
            if (movements.get(i).id().equals(movement)) {
                return movements.get(i);
            }
        }
        return null;
    }

    /** The last movement that is of one of these kinds. */
    public @Nullable Movement lastOf(List<MovementKind> kinds) {
        for (Movement candidate : movements.reversed()) {
            if (kinds.contains(candidate.kind())) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether this movement would come last. */
    public boolean wouldBeLast(Movement movement) {
        Movement last = last();
        return last == null || inOrder(last, movement) < 0;
    }

    public boolean isCancelled(String movement, Instant statedAt) {
        for (int i = 0; i < cancelled.size(); i++) {
            Cancelled candidate = cancelled.get(i);
            if (candidate.movement().equals(movement) && !candidate.statedAt().isBefore(statedAt)) {
                return true;
            }
        }
        return false;
    }

    /** With this movement instead of the one of the same number, if there was one, and cancelled no longer. */
    public Timeline with(Movement movement) {
        List<Movement> changed = new ArrayList<>(movements.size() + 1);
        for (int i = 0; i < movements.size(); i++) {
            Movement existing = movements.get(i);
            if (!existing.id().equals(movement.id())) {
                changed.add(existing);
            }
        }
        int place = changed.size();
        while (place > 0 && inOrder(movement, changed.get(place - 1)) < 0) {
            place--;
        }
        changed.add(place, movement);
        return settled(changed, cancelledExcept(movement.id()), awaitingExcept(movement.id()));
    }

    public Timeline without(String movement, Instant statedAt) {
        List<Movement> kept = new ArrayList<>(movements);
        kept.removeIf(existing -> existing.id().equals(movement));
        List<Cancelled> numbers = new ArrayList<>(cancelledExcept(movement));
        numbers.add(new Cancelled(movement, statedAt));
        numbers.sort(Comparator.comparing(Cancelled::movement));
        return settled(kept, numbers, awaitingExcept(movement));
    }

    /** What waits under this number, null when nothing does. */
    @Nullable
    Awaiting awaited(String movement) {
        for (Awaiting candidate : awaiting) {
            if (candidate.movement().id().equals(movement)) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether a later statement than this waits under the number. */
    boolean awaitsSince(String movement, Instant statedAt) {
        Awaiting early = awaited(movement);
        return early != null && early.movement().statedAt().isAfter(statedAt);
    }

    /** With this statement waiting, instead of what waits under its number. */
    Timeline awaiting(Awaiting early) {
        List<Awaiting> all = new ArrayList<>(awaitingExcept(early.movement().id()));
        all.add(early);
        return settled(movements, cancelled, all);
    }

    /** Who comes to a consultation is nowhere in the hospital's file, and leaves no place in it. */
    static boolean passesBy(Movement movement) {
        return movement.kind() == MovementKind.DISCHARGE
                ? movement.patientClass() != PatientClass.INPATIENT
                : movement.patientClass() == PatientClass.OUTPATIENT
                        && movement.to().service() == null;
    }

    /** Movements of who only passes by wait; all of them count as soon as one is of somebody who does not. */
    private static Timeline settled(List<Movement> movements, List<Cancelled> cancelled, List<Awaiting> awaiting) {
        boolean here = !allPassBy(movements);
        if (awaiting.isEmpty() && (here || movements.isEmpty())) {
            return new Timeline(movements, cancelled, awaiting);
        }
        List<Movement> counting = new ArrayList<>(movements);
        List<Awaiting> waiting = new ArrayList<>();
        for (Awaiting early : awaiting) {
            if (early.correction()) {
                waiting.add(early);
            } else {
                counting.add(early.movement());
            }
        }
        if (!here && allPassBy(counting)) {
            counting.forEach(movement -> waiting.add(new Awaiting(movement, false)));
            counting.clear();
        }
        counting.sort(Timeline::inOrder);
        waiting.sort((one, other) -> inOrder(one.movement(), other.movement()));
        return new Timeline(counting, cancelled, waiting);
    }

    private static boolean allPassBy(List<Movement> movements) {
        for (int i = 0; i < movements.size(); i++) {
            if (!passesBy(movements.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Awaiting> awaitingExcept(String movement) {
        if (awaiting.isEmpty()) {
            return awaiting;
        }
        return awaiting.stream()
                .filter(existing -> !existing.movement().id().equals(movement))
                .toList();
    }

    private List<Cancelled> cancelledExcept(String movement) {
        if (cancelled.isEmpty()) {
            return cancelled;
        }
        List<Cancelled> numbers = new ArrayList<>(cancelled);
        numbers.removeIf(existing -> existing.movement().equals(movement));
        return numbers;
    }

    /** All movements and cancellations of both. Numbers that both have are taken from the later statement. */
    public Timeline merge(Timeline other) {
        Timeline merged = this;
        for (Movement movement : other.movements) {
            Movement same = merged.find(movement.id());
            if (same != null) {
                merged = merged.with(same.with(movement, false));
            } else if (!merged.isCancelled(movement.id(), movement.statedAt())) {
                merged = merged.with(new Awaiting(movement, false)
                        .with(merged.awaited(movement.id()))
                        .movement());
            }
        }
        for (Cancelled number : other.cancelled) {
            Movement stated = merged.find(number.movement());
            boolean newer = stated == null
                    ? !merged.awaitsSince(number.movement(), number.statedAt())
                    : !stated.statedAt().isAfter(number.statedAt());
            if (newer && !merged.isCancelled(number.movement(), number.statedAt())) {
                merged = merged.without(number.movement(), number.statedAt());
            }
        }
        for (Awaiting early : other.awaiting) {
            Movement stated = early.movement();
            Movement same = merged.find(stated.id());
            if (same != null) {
                merged = merged.with(same.with(stated, early.correction()));
            } else if (!merged.isCancelled(stated.id(), stated.statedAt())) {
                merged = merged.awaiting(early.with(merged.awaited(stated.id())));
            }
        }
        return merged;
    }

    /** Where the patient's bed is now, null when the stay has not begun or has ended. A leave keeps the bed. */
    public @Nullable Location location() {
        Movement last = last();
        return last == null || last.kind() == MovementKind.DISCHARGE ? null : locationAfter(movements.size() - 1);
    }

    /** The stay's places in order; the last has no end while the patient is here. */
    public List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>(2);
        for (int i = 0; i < movements.size(); i++) {
            if (movements.get(i).kind() == MovementKind.DISCHARGE) {
                continue;
            }
            Instant from = movements.get(i).at();
            Instant to = i + 1 < movements.size() ? movements.get(i + 1).at() : null;
            Location location = locationAfter(i);
            boolean outpatient = movements.get(i).patientClass() == PatientClass.OUTPATIENT;
            Stretch next = new Stretch(from, to, location, outpatient);
            Stretch previous = stretches.isEmpty() ? null : stretches.getLast();
            if (previous != null && from.equals(previous.to()) && next.isLike(previous)) {
                stretches.set(stretches.size() - 1, new Stretch(previous.from(), to, location, outpatient));
            } else {
                stretches.add(next);
            }
        }
        return stretches;
    }

    /** How many movements, from the first, are the same in both. */
    int sameMovements(Timeline other) {
        int same = 0;
        int most = Math.min(movements.size(), other.movements.size());
        while (same < most && movements.get(same) == other.movements.get(same)) {
            same++;
        }
        return same;
    }

    /** Where the patient is after movement {@code index}: a leave and a return to no stated place keep what was. */
    Location locationAfter(int index) {
        for (int i = index; i >= 0; i--) {
            Movement movement = movements.get(i);
            switch (movement.kind()) {
                case ADMISSION, TRANSFER -> {
                    return movement.to();
                }
                case DISCHARGE -> {
                    return Location.ELSEWHERE;
                }
                case RETURN -> {
                    if (!movement.to().equals(Location.ELSEWHERE)) {
                        return movement.to();
                    }
                }
                case LEAVE -> {}
            }
        }
        return Location.ELSEWHERE;
    }
}
