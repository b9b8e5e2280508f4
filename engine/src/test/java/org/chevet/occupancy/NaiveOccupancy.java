package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedEvent;
import org.chevet.event.Ending;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.Refusal;
import org.chevet.hospital.Bed;

/**
 * The same state by the slowest and plainest means: every question goes through the whole journal again, with no index, and
 * knows only a few sets and maps of strings. What it says must be what {@link Occupancy} says.
 */
final class NaiveOccupancy {
    private final List<Recorded> journal;

    NaiveOccupancy(List<Recorded> journal) {
        this.journal = journal;
    }

    /** Every stay's movements in order of effect, merged stays under the number that stands. */
    Map<String, List<Movement>> timelines() {
        Map<String, Map<String, Movement>> byStay = new TreeMap<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.MovementRecorded e ->
                    of(byStay, e.stay()).put(e.movement().id(), e.movement());
                case BedEvent.MovementAwaited e -> {
                    if (!e.correction()) {
                        of(byStay, e.stay()).put(e.movement().id(), e.movement());
                    }
                }
                case BedEvent.MovementCorrected e ->
                    of(byStay, e.stay()).put(e.movement().id(), e.movement());
                case BedEvent.MovementCancelled e -> of(byStay, e.stay()).remove(e.movement());
                case BedEvent.StaysSwapped e -> {
                    of(byStay, e.first()).put(e.firstMovement().id(), e.firstMovement());
                    of(byStay, e.second()).put(e.secondMovement().id(), e.secondMovement());
                }
                case BedEvent.StaysMerged e -> {
                    Map<String, Movement> into = of(byStay, e.into());
                    for (Movement movement : of(byStay, e.from()).values()) {
                        Movement same = into.get(movement.id());
                        if (same == null || same.statedAt().isBefore(movement.statedAt())) {
                            into.put(movement.id(), movement);
                        }
                    }
                    byStay.remove(e.from().value());
                }
                case BedEvent.StayArchived e -> byStay.remove(e.stay().value());
                default -> {}
            }
        }
        Map<String, List<Movement>> sorted = new TreeMap<>();
        byStay.forEach((stay, movements) -> {
            boolean here = movements.values().stream().anyMatch(NaiveOccupancy::isOfThisHospital);
            sorted.put(stay, here ? inOrder(movements.values()) : List.of());
        });
        return sorted;
    }

    private static boolean isOfThisHospital(Movement movement) {
        boolean outpatient = movement.patientClass() == PatientClass.OUTPATIENT;
        return movement.kind() == MovementKind.DISCHARGE
                ? movement.patientClass() == PatientClass.INPATIENT
                : !outpatient || movement.to().service() != null;
    }

    private static Map<String, Movement> of(Map<String, Map<String, Movement>> byStay, Object stay) {
        return byStay.computeIfAbsent(stay.toString(), id -> new HashMap<>());
    }

    private static List<Movement> inOrder(Iterable<Movement> movements) {
        List<Movement> sorted = new ArrayList<>();
        movements.forEach(sorted::add);
        sorted.sort(Comparator.comparing(Movement::at)
                .thenComparing(Movement::kind)
                .thenComparing(Movement::statedAt)
                .thenComparing(Movement::id));
        return sorted;
    }

    /** Where each stay lies now: its bed's code, its service's code, or "elsewhere". */
    Map<String, String> places() {
        return placesAt(Instant.MAX);
    }

    /** Where each stay lay at a time. */
    Map<String, String> placesAt(Instant time) {
        Map<String, String> places = new TreeMap<>();
        timelines().forEach((stay, movements) -> {
            String place = null;
            for (Movement movement : movements) {
                if (movement.at().isAfter(time)) {
                    break;
                }
                boolean named = movement.to().bed() != null || movement.to().service() != null;
                if (movement.kind() == MovementKind.DISCHARGE) {
                    place = null;
                } else if (movement.kind() == MovementKind.ADMISSION
                        || movement.kind() == MovementKind.TRANSFER
                        || movement.kind() == MovementKind.RETURN && named) {
                    place = movement.to().bed() != null
                            ? "bed " + movement.to().bed()
                            : movement.to().service() != null
                                    ? "service " + movement.to().service()
                                    : "elsewhere";
                } else if (place == null) {
                    place = "elsewhere";
                }
            }
            if (place != null) {
                places.put(stay, place);
            }
        });
        return places;
    }

    Set<String> occupants(String bed) {
        Set<String> found = new TreeSet<>();
        places().forEach((stay, place) -> {
            if (place.equals("bed " + bed)) {
                found.add(stay);
            }
        });
        return found;
    }

    Set<String> occupantsAt(String bed, Instant time) {
        Set<String> found = new TreeSet<>();
        placesAt(time).forEach((stay, place) -> {
            if (place.equals("bed " + bed)) {
                found.add(stay);
            }
        });
        return found;
    }

    /** Of the stays not archived. */
    Census census() {
        long admitted = 0;
        long present = 0;
        long discharged = 0;
        long transferredOut = 0;
        long died = 0;
        for (List<Movement> movements : timelines().values()) {
            Ending ending = movements.isEmpty() ? null : movements.getLast().ending();
            admitted += movements.isEmpty() ? 0 : 1;
            present += movements.isEmpty() || ending != null ? 0 : 1;
            discharged += ending == Ending.DISCHARGED ? 1 : 0;
            transferredOut += ending == Ending.TRANSFERRED_OUT ? 1 : 0;
            died += ending == Ending.DIED ? 1 : 0;
        }
        return new Census(admitted, present, discharged, transferredOut, died);
    }

    Set<String> openRequests() {
        Set<String> open = new TreeSet<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.BedRequested e -> open.add(e.request().id().value());
                case BedEvent.BedRequestCancelled e ->
                    open.remove(e.request().id().value());
                case BedEvent.BedRequestFulfilled e ->
                    open.remove(e.request().id().value());
                default -> {}
            }
        }
        return open;
    }

    /** Of each open request that has any: which service, and why. */
    Map<String, List<String>> refusals() {
        Map<String, List<String>> refusals = new TreeMap<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.BedRequested e -> {
                    List<String> again = new ArrayList<>();
                    e.request().refusals().forEach(refusal -> again.add(inWords(refusal)));
                    refusals.put(e.request().id().value(), again);
                }
                case BedEvent.BedRequestCancelled e ->
                    refusals.remove(e.request().id().value());
                case BedEvent.BedRequestFulfilled e ->
                    refusals.remove(e.request().id().value());
                case BedEvent.BedRefused e ->
                    refusals.getOrDefault(e.request().value(), List.of()).add(inWords(e.refusal()));
                case BedEvent.BedRefusalWithdrawn e -> {
                    List<String> made = refusals.getOrDefault(e.request().value(), List.of());
                    made.remove(made.lastIndexOf(inWords(e.refusal())));
                }
                default -> {}
            }
        }
        refusals.values().removeIf(List::isEmpty);
        return refusals;
    }

    private static String inWords(Refusal refusal) {
        return refusal.service() + " " + refusal.reason();
    }

    /** Service, kind and reason to how often; acts that were taken back, and those that took them back, left out. */
    Map<String, Long> tallies() {
        Set<Long> undone = new HashSet<>();
        for (Recorded recorded : journal) {
            if (recorded.event() instanceof BedEvent.ActUndone e) {
                undone.add(e.undone());
                undone.add(recorded.act());
            }
        }
        Map<String, String> serviceOfBed = new HashMap<>();
        Map<String, Long> tallies = new TreeMap<>();
        for (Recorded recorded : journal) {
            if (recorded.event() instanceof BedEvent.HospitalDefined e) {
                e.hospital()
                        .services()
                        .forEach(service -> service.rooms()
                                .forEach(room -> room.beds()
                                        .forEach(bed -> serviceOfBed.put(
                                                bed.id().value(), service.id().value()))));
            }
            if (undone.contains(recorded.act()) || !(recorded.origin() instanceof Origin.Person)) {
                continue;
            }
            switch (recorded.event()) {
                case BedEvent.BedReserved e -> {
                    String service = serviceOfBed.get(e.bed().value());
                    tallies.merge(service + " ACCEPTED ", 1L, Long::sum);
                    if (e.acceptance() != null && e.acceptance().override() != null) {
                        tallies.merge(
                                service + " OVERRIDDEN "
                                        + e.acceptance().override().reason(),
                                1L,
                                Long::sum);
                    }
                }
                case BedEvent.BedRefused e ->
                    tallies.merge(
                            e.refusal().service() + " REFUSED " + e.refusal().reason(), 1L, Long::sum);
                case BedEvent.RulesOverridden e ->
                    tallies.merge(
                            serviceOfBed.get(e.bed().value()) + " OVERRIDDEN "
                                    + e.override().reason(),
                            1L,
                            Long::sum);
                default -> {}
            }
        }
        return tallies;
    }

    /** Transfers between hospitals that are not archived, and whether they have ended. */
    Map<String, Boolean> transfers() {
        Map<String, List<String>> said = new TreeMap<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.InterhospitalTransferOpened e ->
                    said.put(e.transfer().value(), new ArrayList<>());
                case BedEvent.InterhospitalTransferStepped e ->
                    said.computeIfAbsent(e.transfer().value(), unknown -> new ArrayList<>())
                            .add(e.by() + " " + e.step().kind() + (e.step().whereabouts() == null ? "" : " WHERE"));
                case BedEvent.InterhospitalTransferArchived e ->
                    said.remove(e.transfer().value());
                default -> {}
            }
        }
        Map<String, Boolean> ended = new TreeMap<>();
        said.forEach((transfer, words) -> {
            List<String> answers =
                    words.stream().filter(word -> word.startsWith("RECEIVING")).toList();
            String last = answers.isEmpty() ? "" : answers.getLast();
            boolean departed = words.contains("SENDING DEPARTED");
            ended.put(
                    transfer,
                    words.contains("RECEIVING ARRIVED")
                            || words.stream().anyMatch(word -> word.startsWith("SENDING CANCELLED"))
                            || departed && answers.stream().anyMatch(word -> word.endsWith("WHERE"))
                            || !departed && (last.contains("DECLINED") || last.contains("CANCELLED")));
        });
        return ended;
    }

    /** Bed to request. */
    Map<String, String> reservations() {
        Map<String, String> reservations = new TreeMap<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.BedReserved e ->
                    reservations.put(e.bed().value(), e.request().value());
                case BedEvent.ReservationReleased e ->
                    reservations.remove(e.bed().value());
                default -> {}
            }
        }
        return reservations;
    }

    /** Stay to the kinds of its barriers and what is noted of each, merged stays under the number that stands. */
    Map<String, Map<BarrierKind, String>> barriers() {
        Map<String, Map<BarrierKind, String>> byStay = new TreeMap<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.BarrierSet e ->
                    byStay.computeIfAbsent(e.stay().value(), id -> new TreeMap<>())
                            .put(e.barrier().kind(), "" + e.barrier().note());
                case BedEvent.BarrierLifted e ->
                    byStay.getOrDefault(e.stay().value(), new TreeMap<>())
                            .remove(e.barrier().kind());
                case BedEvent.StaysMerged e -> {
                    Map<BarrierKind, String> into =
                            byStay.computeIfAbsent(e.into().value(), id -> new TreeMap<>());
                    byStay.getOrDefault(e.from().value(), Map.of()).forEach(into::putIfAbsent);
                    byStay.remove(e.from().value());
                }
                case BedEvent.StayArchived e -> byStay.remove(e.stay().value());
                default -> {}
            }
        }
        byStay.values().removeIf(Map::isEmpty);
        return byStay;
    }

    Set<String> closedBeds() {
        Set<String> closed = new HashSet<>();
        Set<String> beds = new HashSet<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.HospitalDefined e -> {
                    Set<String> defined = new HashSet<>();
                    for (Bed bed : beds(e)) {
                        defined.add(bed.id().value());
                        if (bed.surge() && !beds.contains(bed.id().value())) {
                            closed.add(bed.id().value());
                        }
                    }
                    closed.retainAll(defined);
                    beds = defined;
                }
                case BedEvent.BedClosed e -> closed.add(e.bed().value());
                case BedEvent.BedOpened e -> closed.remove(e.bed().value());
                default -> {}
            }
        }
        return closed;
    }

    Set<String> blockedBeds() {
        Set<String> blocked = new HashSet<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.HospitalDefined e ->
                    blocked.retainAll(
                            beds(e).stream().map(bed -> bed.id().value()).toList());
                case BedEvent.BedBlocked e -> blocked.add(e.bed().value());
                case BedEvent.BedUnblocked e -> blocked.remove(e.bed().value());
                default -> {}
            }
        }
        return blocked;
    }

    private static List<Bed> beds(BedEvent.HospitalDefined defined) {
        return defined.hospital().services().stream()
                .flatMap(service -> service.rooms().stream())
                .flatMap(room -> room.beds().stream())
                .toList();
    }

    Set<String> openAnomalies() {
        Set<String> open = new TreeSet<>();
        for (Recorded recorded : journal) {
            switch (recorded.event()) {
                case BedEvent.AnomalyRaised e -> open.add(e.anomaly().key());
                case BedEvent.AnomalyResolved e -> open.remove(e.anomaly().key());
                default -> {}
            }
        }
        return open;
    }
}
