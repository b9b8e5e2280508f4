package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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
    String standing(String number) {
        return standing(number, byNumber::get);
    }

    private static String standing(String number, Function<String, @Nullable Person> known) {
        String standing = number;
        Person person = known.apply(number);
        while (person != null && person.joinedInto() != null) {
            standing = person.joinedInto();
            person = known.apply(standing);
        }
        return standing;
    }

    /** The stay, with what is known of its patient as a person. */
    Stay in(Stay stay) {
        return byNumber.isEmpty() ? stay.withPerson(null) : in(stay, byNumber::get);
    }

    private static Stay in(Stay stay, Function<String, @Nullable Person> known) {
        String own = stay.patient().identifier();
        if (own == null) {
            return stay.withPerson(null);
        }
        String number = standing(own, known);
        Person person = known.apply(number);
        if (person == null && number.equals(own)) {
            return stay.withPerson(null);
        }
        return stay.withPerson((person == null ? Person.unknown(number) : person).in(stay));
    }

    /** What a statement changes about persons: nothing when all of it was said before. */
    Change stated(String number, Patient patient, Instant at) {
        Change change = new Change(number);
        String into = patient.identifier();
        if (into != null && !into.equals(number)) {
            change.join(into, at);
        }
        String standing = standing(number, change::get);
        change.put(change.person(standing).with(patient, at));
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

        /** Of two joins of one number the one stated later holds; of joins that lead back to where they began, the oldest does not. */
        private void join(String into, Instant at) {
            Person from = person(number);
            Instant known = from.joinedAt();
            if (known != null && known.isAfter(at)) {
                return;
            }
            Person joined = from.joined(into, at);
            Person oldest = joined;
            String standingNow = into;
            Person next = get(into);
            while (next != null && next.joinedInto() != null && !standingNow.equals(number)) {
                oldest = isOlder(next, oldest) ? next : oldest;
                standingNow = next.joinedInto();
                next = get(standingNow);
            }
            put(joined);
            if (standingNow.equals(number)) {
                put(oldest.joined(null, null));
            }
            String standing = standing(number, this::get);
            if (!standing.equals(number)) {
                put(person(standing).with(from));
            }
        }

        private static boolean isOlder(Person one, Person other) {
            Instant at = one.joinedAt();
            Instant otherAt = other.joinedAt();
            return at != null && otherAt != null && at.isBefore(otherAt);
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
            for (Person person = byNumber.get(number); person != null; person = byNumber.get(person.joinedInto())) {
                keep(person, recordedAt);
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
