package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.OverrideReason;
import org.chevet.event.PatientClass;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Weeks of a small hospital, at random: each thing is done through the hospital's commands and written down in plain lists beside, from which
 * {@link WeeksByHand} counts. Nothing of the live state is read, so the two agree only where both are right.
 */
final class RandomWeeks {
    static final List<String> BEDS = List.of("M1", "M2", "C1", "C2", "C3");

    /** Where a patient was, as what. */
    static final class Lying {
        final PatientClass patientClass;
        final String service;
        final @Nullable String bed;
        final Instant from;

        @Nullable
        Instant to;

        Lying(PatientClass patientClass, String service, @Nullable String bed, Instant from) {
            this.patientClass = patientClass;
            this.service = service;
            this.bed = bed;
            this.from = from;
        }
    }

    static final class Person {
        final String id;
        final String specialty;
        final Sex sex;
        final int birthYear;
        final List<Lying> lyings = new ArrayList<>();
        boolean transferredOut;

        Person(String id, String specialty, Sex sex, int birthYear) {
            this.id = id;
            this.specialty = specialty;
            this.sex = sex;
            this.birthYear = birthYear;
        }

        boolean isHere() {
            return !lyings.isEmpty() && lyings.getLast().to == null;
        }
    }

    static final class Asked {
        final RequestOrigin origin;
        final @Nullable String wished;
        final Instant requestedAt;
        final Instant neededAt;

        @Nullable
        String bed;

        @Nullable
        Instant decidedAt;

        @Nullable
        Instant movedAt;

        @Nullable
        Instant cancelledAt;
        /** When the bed moved to was last cleaned before. */
        @Nullable
        Instant cleanedAt;

        Asked(RequestOrigin origin, @Nullable String wished, Instant requestedAt, Instant neededAt) {
            this.origin = origin;
            this.wished = wished;
            this.requestedAt = requestedAt;
            this.neededAt = neededAt;
        }

        boolean isOpen() {
            return movedAt == null && cancelledAt == null;
        }
    }

    /** @param forEmergency free, or reserved for the emergency department */
    record Noon(int free, int forEmergency) {}

    record Span(Instant from, @Nullable Instant to) {}

    final Told told;
    final Map<String, Person> persons = new LinkedHashMap<>();
    final Map<String, Asked> asked = new LinkedHashMap<>();
    final Map<String, List<Span>> open = new HashMap<>();
    final Map<String, List<Instant>> begun = new HashMap<>();
    final Map<String, List<Instant>> cleaned = new HashMap<>();
    final Map<String, Integer> staffed = new HashMap<>(Map.of("MED", 2, "CHIR", 2));
    final Map<String, Integer> refused = new HashMap<>();
    final Map<String, Integer> accepted = new HashMap<>();
    final Map<String, Integer> overridden = new HashMap<>();
    final Map<LocalDate, Noon> noons = new HashMap<>();
    final Instant begin;
    private final Set<String> dirty = new HashSet<>();
    private final Set<String> cleaning = new HashSet<>();
    private final Random random;
    private Instant now;
    private Instant lastEventAt;
    private int number;

    RandomWeeks(long seed, String firstDay) {
        random = new Random(seed);
        told = new Told(firstDay);
        begin = Told.time(firstDay);
        now = begin;
        lastEventAt = begin;
        for (String bed : BEDS) {
            open.put(bed, new ArrayList<>(bed.equals("C3") ? List.of() : List.of(new Span(begin, null))));
            begun.put(bed, new ArrayList<>());
            cleaned.put(bed, new ArrayList<>());
        }
    }

    static String serviceOf(String bed) {
        return bed.startsWith("M") ? "MED" : "CHIR";
    }

    static <T> T of(Map<String, T> all, String key) {
        return Objects.requireNonNull(all.get(key), key);
    }

    Instant now() {
        return now;
    }

    /** Time in which nothing happens. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    void step() {
        pass(Duration.ofMinutes(5 + random.nextInt(240)));
        Noon before = free();
        long sequence = told.occupancy.sequence();
        act();
        if (told.occupancy.sequence() > sequence) {
            seeNoons(before);
            lastEventAt = now;
        }
    }

    private void act() {
        told.at(now);
        switch (random.nextInt(16)) {
            case 0, 1 -> admit();
            case 2 -> move();
            case 3, 4 -> leave();
            case 5 -> clean();
            case 6 -> finishCleaning();
            case 7 -> request();
            case 8 -> reserve();
            case 9 -> fulfil();
            case 10 -> giveUp();
            case 11 -> refuse();
            case 12 -> changeCapacity();
            case 13, 14 -> visit();
            default -> endVisit();
        }
    }

    /** What was so at noon is known when the next thing happens. */
    private void seeNoons(Noon before) {
        for (LocalDate day = lastEventAt.atZone(Told.PARIS).toLocalDate(); ; day = day.plusDays(1)) {
            Instant noon = day.atTime(LocalTime.NOON).atZone(Told.PARIS).toInstant();
            if (noon.isAfter(now)) {
                return;
            }
            if (noon.isAfter(lastEventAt)) {
                noons.put(day, before);
            }
        }
    }

    Noon free() {
        int free = ready().size();
        int reserved = (int) asked.values().stream()
                .filter(one -> one.isOpen() && one.bed != null && one.origin == RequestOrigin.EMERGENCY_DEPARTMENT)
                .count();
        return new Noon(free, free + reserved);
    }

    boolean isOpen(String bed) {
        List<Span> spans = of(open, bed);
        return !spans.isEmpty() && spans.getLast().to() == null;
    }

    private List<String> ready() {
        return BEDS.stream()
                .filter(bed -> isOpen(bed)
                        && !dirty.contains(bed)
                        && persons.values().stream()
                                .noneMatch(person -> person.isHere() && bed.equals(person.lyings.getLast().bed))
                        && asked.values().stream().noneMatch(one -> one.isOpen() && bed.equals(one.bed)))
                .toList();
    }

    private <T> @Nullable T any(List<T> all) {
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private @Nullable Person anybody(PatientClass patientClass) {
        return any(persons.values().stream()
                .filter(person -> person.isHere() && person.lyings.getLast().patientClass == patientClass)
                .toList());
    }

    private Person newcomer(PatientClass patientClass) {
        Person person = new Person(
                "S" + number++,
                random.nextInt(3) == 0 ? "chir" : "med",
                random.nextBoolean() ? Sex.MALE : Sex.FEMALE,
                1930 + random.nextInt(60));
        Patient patient =
                new Patient("ipp-" + person.id, "NOM", "Prénom", person.sex, LocalDate.of(person.birthYear, 1, 1));
        told.run(new Command.RegisterStay(
                new StayId(person.id),
                patient,
                CareNeeds.UNSPECIFIED.withSpecialty(person.specialty),
                patientClass,
                null));
        persons.put(person.id, person);
        return person;
    }

    private void lie(Person person, PatientClass patientClass, String service, @Nullable String bed) {
        if (person.isHere()) {
            go(person);
        }
        person.lyings.add(new Lying(patientClass, service, bed, now));
    }

    private void go(Person person) {
        Lying last = person.lyings.getLast();
        last.to = now;
        if (last.bed != null) {
            dirty.add(last.bed);
        }
    }

    private void report(
            Person person,
            MovementKind kind,
            PatientClass patientClass,
            String service,
            @Nullable String bed,
            @Nullable Ending ending) {
        BedId to = bed == null ? null : new BedId(bed);
        Location location =
                kind == MovementKind.DISCHARGE ? Location.ELSEWHERE : new Location(new ServiceId(service), to);
        told.run(new Command.ReportMovement(
                new StayId(person.id),
                new Movement("M" + number++, kind, now, location, patientClass, now, ending),
                null));
    }

    /** To a free bed, whoever lies beside it; or to a service without one. */
    private void admit() {
        String bed = random.nextInt(4) == 0 ? null : any(ready());
        String service = bed == null ? random.nextBoolean() ? "MED" : "CHIR" : serviceOf(bed);
        Person person = newcomer(PatientClass.INPATIENT);
        report(person, MovementKind.ADMISSION, PatientClass.INPATIENT, service, bed, null);
        lie(person, PatientClass.INPATIENT, service, bed);
    }

    private void move() {
        Person person = anybody(PatientClass.INPATIENT);
        String bed = any(ready());
        if (person != null && bed != null) {
            report(person, MovementKind.TRANSFER, PatientClass.INPATIENT, serviceOf(bed), bed, null);
            lie(person, PatientClass.INPATIENT, serviceOf(bed), bed);
        }
    }

    private void leave() {
        Person person = anybody(PatientClass.INPATIENT);
        if (person != null) {
            report(person, MovementKind.DISCHARGE, PatientClass.INPATIENT, "", null, Ending.DISCHARGED);
            go(person);
        }
    }

    private void clean() {
        String bed = any(dirty.stream()
                .filter(one -> isOpen(one) && !cleaning.contains(one) && isEmpty(one))
                .sorted()
                .toList());
        if (bed != null) {
            told.run(new Command.StartCleaning(new BedId(bed)));
            of(begun, bed).add(now);
            cleaning.add(bed);
        }
    }

    private boolean isEmpty(String bed) {
        return persons.values().stream()
                .noneMatch(person -> person.isHere() && bed.equals(person.lyings.getLast().bed));
    }

    private void finishCleaning() {
        for (String bed : cleaning.stream().sorted().toList()) {
            told.run(new Command.FinishCleaning(new BedId(bed)));
            of(cleaned, bed).add(now);
            cleaning.remove(bed);
            dirty.remove(bed);
        }
    }

    private void request() {
        String id = "R" + number++;
        RequestOrigin origin = random.nextBoolean() ? RequestOrigin.EMERGENCY_DEPARTMENT : RequestOrigin.ELECTIVE;
        String wished = any(List.of("MED", "CHIR", ""));
        Instant needed = random.nextInt(3) == 0 ? now.plus(Duration.ofMinutes(random.nextInt(2_000))) : null;
        ServiceId service = wished == null || wished.isEmpty() ? null : new ServiceId(wished);
        told.run(new Command.RequestBed(
                new RequestId(id), null, service, origin, CareNeeds.UNSPECIFIED, 3, needed, null, null));
        asked.put(id, new Asked(origin, service == null ? null : service.value(), now, needed == null ? now : needed));
    }

    private @Nullable String anyAsked(boolean decided) {
        return any(asked.keySet().stream()
                .filter(id -> of(asked, id).isOpen() && (of(asked, id).bed != null) == decided)
                .toList());
    }

    private void reserve() {
        String id = anyAsked(false);
        String bed = any(ready());
        Asked one = id == null ? null : asked.get(id);
        if (id != null && one != null && bed != null) {
            Instant until = now.plus(Duration.ofDays(6));
            place(bed, override -> new Command.ReserveBed(new RequestId(id), new BedId(bed), null, until, override));
            one.bed = bed;
            one.decidedAt = now;
            accepted.merge(serviceOf(bed), 1, Integer::sum);
        }
    }

    /** The room C has three beds for two, and M is of one sex: some come against a rule. */
    private void place(String bed, Function<@Nullable RuleOverride, Command> command) {
        Command kept = command.apply(null);
        if (told.occupancy.decide(kept, now) instanceof Decision.Accepted) {
            told.run(kept);
        } else {
            told.run(command.apply(new RuleOverride(OverrideReason.CRISIS, null, List.of("room-full", "sex"))));
            overridden.merge(serviceOf(bed), 1, Integer::sum);
        }
    }

    private void fulfil() {
        String id = anyAsked(random.nextBoolean());
        Asked one = id == null ? null : asked.get(id);
        if (id == null || one == null) {
            return;
        }
        String bed = one.bed == null ? any(ready()) : one.bed;
        if (bed != null) {
            Person person = newcomer(PatientClass.INPATIENT);
            place(
                    bed,
                    override -> new Command.AdmitStay(
                            new StayId(person.id), null, new BedId(bed), null, new RequestId(id), override));
            lie(person, PatientClass.INPATIENT, serviceOf(bed), bed);
            one.decidedAt = one.decidedAt == null ? now : one.decidedAt;
            one.bed = bed;
            one.movedAt = now;
            List<Instant> done = of(cleaned, bed);
            one.cleanedAt = done.isEmpty() ? null : done.getLast();
        }
    }

    private void giveUp() {
        String id = anyAsked(random.nextBoolean());
        Asked one = id == null ? null : asked.get(id);
        if (id == null || one == null) {
            return;
        }
        if (one.bed != null && random.nextBoolean()) {
            told.run(new Command.ReleaseReservation(new BedId(one.bed)));
            one.bed = null;
            one.decidedAt = null;
        } else {
            told.run(new Command.CancelBedRequest(new RequestId(id), null));
            one.cancelledAt = now;
        }
    }

    private void refuse() {
        String id = anyAsked(false);
        String service = random.nextBoolean() ? "MED" : "CHIR";
        if (id != null) {
            told.run(new Command.RefuseBedRequest(
                    new RequestId(id), new ServiceId(service), null, RefusalReason.NO_STAFF, null));
            refused.merge(service, 1, Integer::sum);
        }
    }

    private void changeCapacity() {
        String closed = any(BEDS.stream().filter(bed -> !isOpen(bed)).toList());
        String bed = any(ready());
        if (random.nextInt(3) == 0) {
            String service = random.nextBoolean() ? "MED" : "CHIR";
            int beds = 1 + random.nextInt(2);
            if (!Objects.equals(staffed.put(service, beds), beds)) {
                told.run(new Command.SetStaffedCapacity(new ServiceId(service), beds));
            }
        } else if (closed != null) {
            told.run(new Command.OpenBed(new BedId(closed)));
            of(open, closed).add(new Span(now, null));
        } else if (bed != null) {
            told.run(new Command.CloseBed(new BedId(bed)));
            List<Span> spans = of(open, bed);
            spans.set(spans.size() - 1, new Span(spans.getLast().from(), now));
        }
    }

    private void visit() {
        Person person = newcomer(PatientClass.EMERGENCY);
        report(person, MovementKind.ADMISSION, PatientClass.EMERGENCY, "CHIR", null, null);
        lie(person, PatientClass.EMERGENCY, "CHIR", null);
    }

    /** Home, to another hospital, or into a bed. */
    private void endVisit() {
        Person person = anybody(PatientClass.EMERGENCY);
        if (person == null) {
            return;
        }
        String bed = any(ready());
        if (bed != null && random.nextBoolean()) {
            report(person, MovementKind.TRANSFER, PatientClass.INPATIENT, serviceOf(bed), bed, null);
            lie(person, PatientClass.INPATIENT, serviceOf(bed), bed);
        } else {
            person.transferredOut = random.nextInt(3) == 0;
            report(
                    person,
                    MovementKind.DISCHARGE,
                    PatientClass.EMERGENCY,
                    "",
                    null,
                    person.transferredOut ? Ending.TRANSFERRED_OUT : Ending.DISCHARGED);
            go(person);
        }
    }
}
