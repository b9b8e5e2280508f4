package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.Ending;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Every stay in the live state by its number, their census, and the order in which they leave it. */
final class Stays {
    private final Map<StayId, Stay> byNumber = new HashMap<>();

    /** Numbers that were merged away, by the number that took over. */
    private final Map<StayId, Set<StayId>> aliases = new HashMap<>();

    /** Nearly always one. */
    private final Map<String, Set<StayId>> ofPatient = new HashMap<>();

    private final Departures departures = new Departures();
    private final ViewMarks marks;

    private long admitted;
    private long present;
    private long discharged;
    private long transferredOut;
    private long died;

    Stays(ViewMarks marks) {
        this.marks = marks;
    }

    /** From a snapshot. */
    void restore(Census census, List<Stay> stays) {
        admitted = census.admitted();
        present = census.present();
        discharged = census.discharged();
        transferredOut = census.transferredOut();
        died = census.died();
        for (Stay stay : stays) {
            byNumber.put(stay.id(), stay);
            linkAlias(stay);
            linkPatient(null, stay);
        }
        stays.stream()
                .filter(this::isDeparting)
                .sorted(Comparator.comparing(Stay::updatedAt))
                .forEach(departures::add);
    }

    /** The stay of exactly this number, merged or not. */
    @Nullable
    Stay get(StayId id) {
        return byNumber.get(id);
    }

    Stay known(StayId id) {
        Stay stay = byNumber.get(id);
        if (stay == null) {
            throw new IllegalStateException("stay " + id + " is indexed but not known");
        }
        return stay;
    }

    /** The stay of this number, following merges; null when unknown. */
    @Nullable
    Stay standing(StayId id) {
        Stay stay = byNumber.get(id);
        for (int hops = 0; stay != null && stay.mergedInto() != null; hops++) {
            if (hops > byNumber.size()) {
                throw new IllegalStateException("stay " + id + " is merged into itself");
            }
            stay = byNumber.get(stay.mergedInto());
        }
        return stay;
    }

    /** The number that stands for this one as merges say, whether or not its stay is known. */
    StayId standingNumber(StayId id) {
        StayId number = id;
        Stay stay = byNumber.get(id);
        while (stay != null && stay.mergedInto() != null) {
            number = stay.mergedInto();
            stay = byNumber.get(number);
        }
        return number;
    }

    /** The stays, those merged away apart, of the patients with these numbers. */
    List<Stay> ofPatients(Set<String> identifiers) {
        return identifiers.stream()
                .flatMap(identifier -> ofPatient.getOrDefault(identifier, Set.of()).stream())
                .sorted()
                .map(byNumber::get)
                .toList();
    }

    boolean hasPatient(String identifier) {
        return ofPatient.containsKey(identifier);
    }

    Collection<Stay> all() {
        return Collections.unmodifiableCollection(byNumber.values());
    }

    Set<StayId> numbers() {
        return Collections.unmodifiableSet(byNumber.keySet());
    }

    List<Stay> inOrder() {
        List<Stay> ordered = new ArrayList<>(byNumber.values());
        ordered.sort(Comparator.comparing(Stay::id));
        return ordered;
    }

    Departures departures() {
        return departures;
    }

    Census census() {
        return new Census(admitted, present, discharged, transferredOut, died);
    }

    /** @return what it replaces */
    @Nullable
    Stay put(Stay after) {
        Stay before = byNumber.get(after.id());
        if (before == null) {
            aliasesOf(after.id()).forEach(departures::remove);
        } else if (isDeparting(before)) {
            departures.remove(before);
        }
        byNumber.put(after.id(), after);
        linkAlias(after);
        linkPatient(before, after);
        if (isDeparting(after)) {
            departures.add(after);
        }
        if (before == null || before.timeline() != after.timeline()) {
            count(before, -1);
            count(after, 1);
        }
        marks.stay(after.id());
        return before;
    }

    /**
     * Forgets a stay; the census goes on counting it. Numbers that stand for it are kept for as long again from now on, since
     * what is still sent under them is about this stay.
     *
     * @return what was forgotten
     */
    @Nullable
    Stay archive(StayId id, Instant at) {
        Stay stay = byNumber.get(id);
        if (stay == null) {
            return null;
        }
        if (isDeparting(stay)) {
            departures.remove(stay);
        }
        byNumber.remove(id);
        linkPatient(stay, null);
        if (stay.mergedInto() != null) {
            aliases.computeIfPresent(stay.mergedInto(), (into, numbers) -> {
                numbers.remove(id);
                return numbers.isEmpty() ? null : numbers;
            });
        }
        for (Stay alias : aliasesOf(id)) {
            put(alias.recordedAgain(at));
        }
        marks.stay(id);
        return stay;
    }

    private void linkPatient(@Nullable Stay before, @Nullable Stay after) {
        String was = patientOf(before);
        String is = patientOf(after);
        if (Objects.equals(was, is)) {
            return;
        }
        if (before != null && was != null) {
            ofPatient.computeIfPresent(was, (identifier, numbers) -> without(numbers, before.id()));
        }
        if (after != null && is != null) {
            ofPatient.merge(is, Set.of(after.id()), Stays::joined);
        }
    }

    private static @Nullable Set<StayId> without(Set<StayId> numbers, StayId number) {
        if (numbers.size() == 1) {
            return null;
        }
        Set<StayId> others = new TreeSet<>(numbers);
        others.remove(number);
        return others;
    }

    private static Set<StayId> joined(Set<StayId> some, Set<StayId> others) {
        Set<StayId> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static @Nullable String patientOf(@Nullable Stay stay) {
        return stay == null || stay.mergedInto() != null
                ? null
                : stay.knownPatient().identifier();
    }

    private void linkAlias(Stay stay) {
        if (stay.mergedInto() != null) {
            aliases.computeIfAbsent(stay.mergedInto(), into -> new TreeSet<>()).add(stay.id());
        }
    }

    private List<Stay> aliasesOf(StayId id) {
        Set<StayId> numbers = aliases.get(id);
        return numbers == null ? List.of() : numbers.stream().map(byNumber::get).toList();
    }

    /** A number merged away is kept as long as the one that took over. */
    boolean isDeparting(Stay stay) {
        return stay.mergedInto() != null ? !byNumber.containsKey(stay.mergedInto()) : !stay.isHere();
    }

    private void count(@Nullable Stay stay, int by) {
        if (stay == null || stay.mergedInto() != null || stay.timeline().isEmpty()) {
            return;
        }
        admitted += by;
        Ending ending = stay.ending();
        switch (ending) {
            case null -> present += by;
            case DISCHARGED -> discharged += by;
            case TRANSFERRED_OUT -> transferredOut += by;
            case DIED -> died += by;
        }
    }
}
