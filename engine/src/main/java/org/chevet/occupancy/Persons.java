package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import org.chevet.hospital.Patient;
import org.jspecify.annotations.Nullable;

/**
 * What feeds said of persons by their numbers (HL7 A31, A40, A47 …). It is kept beside the stays' own papers, so that it holds for stays that
 * become known later, and so that a stay given to somebody else keeps nothing of it.
 */
final class Persons {
    /** How many numbers are kept; of more, the ones said something of the longest ago are forgotten, unless a stay of theirs is known. */
    static final int PERSONS_MAX = 20_000;

    /** How long a number is kept of which no stay is known. */
    static final Duration PERSON_RETENTION = Duration.ofDays(35);

    /** How many numbers one statement may make known, and how many are looked at for it to be forgotten. */
    private static final int LOOKED_AT_MAX = 4;

    /** The one recorded about the longest ago first. */
    private final SequencedMap<String, Person> byNumber = new LinkedHashMap<>();

    /** From a snapshot. */
    void restore(List<Person> persons) {
        persons.forEach(person -> byNumber.put(person.number(), person));
    }

    List<Person> inOrder() {
        return List.copyOf(byNumber.values());
    }

    /** The number that stands for this one, as joins say. */
    private String standing(String number) {
        return chain(number, byNumber::get).getLast();
    }

    /**
     * From a number to the one that stands for it. Of joins that lead back to where they began the oldest does not hold; it is left out here
     * rather than forgotten, as another one may still turn out to be outdated.
     */
    private static List<String> chain(String number, Function<String, @Nullable Person> known) {
        SequencedSet<String> numbers = new LinkedHashSet<>();
        String next = number;
        while (next != null && numbers.add(next)) {
            Person person = known.apply(next);
            next = person == null ? null : person.joinedInto();
        }
        List<String> chain = List.copyOf(numbers);
        if (next == null) {
            return chain;
        }
        String standing = chain.subList(chain.indexOf(next), chain.size()).stream()
                .min(Comparator.comparing((String member) -> joinedAt(known.apply(member)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        return chain.subList(0, chain.indexOf(standing) + 1);
    }

    private static Instant joinedAt(@Nullable Person person) {
        return person == null || person.joinedAt() == null ? Instant.MIN : person.joinedAt();
    }

    /** The stay, with what is known of its patient as a person. */
    Stay in(Stay stay) {
        return byNumber.isEmpty() ? stay.withPerson(null) : in(stay, byNumber::get);
    }

    private static Stay in(Stay stay, Function<String, @Nullable Person> known) {
        String own = stay.patient().identifier();
        Person person = own == null ? null : known.apply(own);
        if (own == null || person == null) {
            return stay.withPerson(null);
        }
        if (person.joinedInto() == null) {
            return stay.withPerson(person.in(stay));
        }
        return stay.withPerson(joined(own, known).in(stay));
    }

    /** What was said under this number and under those it leads to, by the number that stands. */
    private static Person joined(String number, Function<String, @Nullable Person> known) {
        List<String> chain = chain(number, known);
        Person all = Person.unknown(chain.getLast());
        for (String member : chain) {
            Person next = known.apply(member);
            all = next == null ? all : all.with(next);
        }
        return all;
    }

    /** When a correction made now counts from: a sender's clock may run ahead of ours, and the correction comes after all that was stated. */
    Instant timeOfCorrection(Stay stay, Patient corrected, Instant now) {
        Instant ofStay = stay.times().patientStatedLast(Instant.EPOCH);
        String number = corrected.identifier();
        Instant last =
                number == null ? ofStay : joined(number, byNumber::get).times().patientStatedLast(ofStay);
        return last.isBefore(now) ? now : last.plusMillis(1);
    }

    /** What a statement changes about persons: nothing when all of it was said before. Whose number it joins to is whom its details describe. */
    Change stated(String number, Patient patient, Instant at) {
        Change change = new Change(number);
        String into = patient.identifier() == null ? number : patient.identifier();
        if (!into.equals(number)) {
            Person joined = change.person(number);
            boolean outdated = joined.joinedAt() != null && joined.joinedAt().isAfter(at);
            change.put(outdated ? joined : joined.joined(into, at));
        }
        change.put(change.person(into).with(patient, at));
        return change;
    }

    final class Change {
        private final String number;
        private final Map<String, Person> persons = new LinkedHashMap<>();

        private Change(String number) {
            this.number = number;
        }

        private @Nullable Person get(String number) {
            Person changed = persons.get(number);
            return changed != null ? changed : byNumber.get(number);
        }

        private Person person(String number) {
            Person known = get(number);
            return known != null ? known : Person.unknown(number);
        }

        private void put(Person person) {
            if (person.equals(byNumber.get(person.number()))) {
                persons.remove(person.number());
            } else {
                persons.put(person.number(), person);
            }
        }

        boolean isNothing() {
            return persons.isEmpty();
        }

        /** Every number whose stays it may concern. */
        Set<String> numbers() {
            Set<String> numbers = new HashSet<>();
            for (String number : persons.keySet()) {
                numbers.add(number);
                numbers.add(Persons.this.standing(number));
            }
            return numbers;
        }

        /** The stay as it will be. */
        Stay in(Stay stay) {
            return Persons.in(stay, this::get);
        }

        /** @param stays to know whose numbers are to be kept */
        void apply(Instant recordedAt, Stays stays) {
            persons.values().forEach(person -> keep(person, recordedAt));
            // What leads to the number that stands is kept as long as what was said under it.
            for (String joined : chain(number, byNumber::get)) {
                Person person = byNumber.get(joined);
                if (person != null) {
                    keep(person, recordedAt);
                }
            }
            forget(recordedAt, stays);
        }
    }

    private void keep(Person person, Instant recordedAt) {
        byNumber.remove(person.number());
        byNumber.put(person.number(), person.recorded(recordedAt));
    }

    private void forget(Instant now, Stays stays) {
        for (int looked = 0; looked < LOOKED_AT_MAX && !byNumber.isEmpty(); looked++) {
            Person eldest = byNumber.firstEntry().getValue();
            if (byNumber.size() <= PERSONS_MAX
                    && !eldest.recordedAt().plus(PERSON_RETENTION).isBefore(now)) {
                return;
            }
            boolean needed = stays.hasPatient(standing(eldest.number()));
            if (needed) {
                keep(eldest, now);
            } else {
                byNumber.remove(eldest.number());
            }
        }
    }
}
