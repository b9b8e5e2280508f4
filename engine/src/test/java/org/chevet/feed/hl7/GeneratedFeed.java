package org.chevet.feed.hl7;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A feed of the French profile with the proportions counted on a real one: which events, how many corrections and cancellations, how
 * much history, how often back in time, how few beds. A function of its seed. Every statement about one visit is made at a second of its own, and so
 * is every statement about persons: of two made at once nobody can tell which holds.
 */
final class GeneratedFeed {
    /** @param stated when it was stated, and sent by a feed that is in order */
    record Sent(Instant stated, String text) {}

    /** What comes in, per 1,000 messages. */
    private static final Map<String, Integer> MIX = Map.ofEntries(
            Map.entry("Z99", 290),
            Map.entry("A28", 220),
            Map.entry("A03", 140),
            Map.entry("A05", 100),
            Map.entry("A04", 90),
            Map.entry("A01", 70),
            Map.entry("A31", 30),
            Map.entry("A02", 20),
            Map.entry("A13", 15),
            Map.entry("A06", 3),
            Map.entry("A07", 2),
            Map.entry("A11", 5),
            Map.entry("A12", 3),
            Map.entry("A14", 1),
            Map.entry("A15", 3),
            Map.entry("A16", 3),
            Map.entry("A21", 2),
            Map.entry("A22", 1),
            Map.entry("A25", 1),
            Map.entry("A26", 2),
            Map.entry("A27", 1),
            Map.entry("A38", 3),
            Map.entry("A40", 2),
            Map.entry("A44", 1),
            Map.entry("A47", 1),
            Map.entry("A52", 1),
            Map.entry("A53", 1),
            Map.entry("A54", 2),
            Map.entry("A55", 1));

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final int SECONDS_BETWEEN_MESSAGES = 20;
    private static final int VISITS_OPEN_MAX = 400;

    private enum Phase {
        EXPECTED,
        HERE,
        GONE,
        CLOSED
    }

    private static final class Movement {
        final String id;
        final String trigger;
        LocalDateTime at;

        Movement(String id, String trigger, LocalDateTime at) {
            this.id = id;
            this.trigger = trigger;
            this.at = at;
        }
    }

    private static final class Visit {
        final String number;
        int patient;
        Phase phase;
        String patientClass;
        LocalDateTime lastStated = START;
        boolean away;
        final List<Movement> movements = new ArrayList<>();

        Visit(String number, int patient, Phase phase, String patientClass) {
            this.number = number;
            this.patient = patient;
            this.phase = phase;
            this.patientClass = patientClass;
        }

        @Nullable
        Movement last(String trigger) {
            return movements.stream()
                    .filter(movement -> movement.trigger.equals(trigger))
                    .reduce((first, second) -> second)
                    .orElse(null);
        }
    }

    private final Random random;
    private final List<String> units;
    private final NavigableMap<Integer, String> mix = new TreeMap<>();
    private final int mixTotal;
    private final List<Visit> visits = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private LocalDateTime now = START;
    private LocalDateTime lastStatedOfPerson = START;
    private int numbers;

    private GeneratedFeed(long seed, List<String> units) {
        this.random = new Random(seed);
        this.units = units;
        int total = 0;
        for (Map.Entry<String, Integer> entry : new TreeMap<>(MIX).entrySet()) {
            total += entry.getValue();
            mix.put(total, entry.getKey());
        }
        this.mixTotal = total;
    }

    /** @param units "unit^room^bed" of the hospital's beds */
    static List<Sent> of(long seed, int messages, List<String> units) {
        GeneratedFeed feed = new GeneratedFeed(seed, units);
        while (feed.sent.size() < messages) {
            feed.now = feed.now.plusSeconds(1 + feed.random.nextInt(2 * SECONDS_BETWEEN_MESSAGES));
            feed.send(feed.mix.higherEntry(feed.random.nextInt(feed.mixTotal)).getValue());
        }
        feed.sent.sort(Comparator.comparing(Sent::stated));
        return List.copyOf(feed.sent);
    }

    private void send(String trigger) {
        switch (trigger) {
            case "A28" -> emit(Adt.of(trigger).withoutVisit().patient(patient(++numbers, false)), now);
            case "A31" -> update();
            case "A05", "A14" -> expect(trigger);
            case "A01" -> admit();
            case "A04" -> open(trigger, random.nextInt(3) == 0 ? "O" : "E");
            case "A02", "A06", "A07", "A21", "A22", "A54" -> move(trigger);
            case "A03" -> leave();
            case "A15", "A16" -> plan(trigger);
            case "Z99" -> correct();
            case "A11" -> cancel(any(Phase.HERE), trigger, "A01", "A04");
            case "A12" -> cancel(withMovement("A02"), trigger, "A02");
            case "A13" -> cancel(any(Phase.GONE), trigger, "A03");
            case "A38" -> cancel(expecting("A05"), trigger, "A05");
            case "A27" -> cancel(expecting("A14"), trigger, "A14");
            case "A25" -> cancel(withMovement("A16"), trigger, "A16");
            case "A26" -> cancel(withMovement("A15"), trigger, "A15");
            case "A52" -> cancel(withMovement("A21"), trigger, "A21");
            case "A53" -> cancel(withMovement("A22"), trigger, "A22");
            case "A55" -> cancel(withMovement("A54"), trigger, "A54");
            case "A40" -> join();
            case "A44" -> giveToAnother();
            case "A47" -> joinPersons(trigger, ++numbers);
            default -> throw new IllegalStateException(trigger);
        }
    }

    /** Of a visit, or of a person whatever their visits. */
    private void update() {
        Visit visit = any(Phase.HERE, Phase.EXPECTED);
        if (visit != null && random.nextBoolean()) {
            emit(of("A31", visit, stated(visit)).pv1(2, "N"), visit.lastStated);
        } else if (visit != null) {
            emit(Adt.of("A31").withoutVisit().patient(patient(visit.patient, true)), statedOfPerson());
        }
    }

    private void join() {
        Visit other = any(Phase.HERE, Phase.EXPECTED);
        if (other != null && random.nextBoolean()) {
            joinPersons("A40", other.patient);
        } else {
            merge();
        }
    }

    /** Visits go on being sent under the number that was given up. */
    private void joinPersons(String trigger, int into) {
        Visit visit = any(Phase.HERE, Phase.EXPECTED);
        if (visit != null && visit.patient != into) {
            Adt message = Adt.of(trigger).withoutVisit().patient(patient(into, random.nextInt(3) == 0));
            emit(message.segment("MRG|P" + visit.patient + "^^^CHU^PI"), statedOfPerson());
        }
    }

    private void expect(String trigger) {
        Visit visit = opened(Phase.EXPECTED, "I");
        Movement movement = added(visit, trigger, now.minusMinutes(random.nextInt(30)));
        LocalDateTime stated = stated(visit);
        String expected = text(now.plusDays(random.nextInt(20)));
        Adt message = of(trigger, visit, stated).pv2(8, expected).at(place(false));
        emit(withMovement(message, movement, "INSERT", false), stated);
    }

    private void admit() {
        Visit expected = random.nextInt(3) == 0 ? null : any(Phase.EXPECTED);
        if (expected == null) {
            open("A01", "I");
        } else {
            expected.phase = Phase.HERE;
            insert(expected, "A01", now.minusMinutes(random.nextInt(60)), false);
        }
    }

    private void open(String trigger, String patientClass) {
        insert(opened(Phase.HERE, patientClass), trigger, now.minusMinutes(random.nextInt(120)), false);
    }

    private Visit opened(Phase phase, String patientClass) {
        Visit before = random.nextInt(8) == 0 ? any(Phase.GONE) : null;
        Visit visit = new Visit("V" + ++numbers, before == null ? ++numbers : before.patient, phase, patientClass);
        visits.add(visit);
        if (visits.size() > VISITS_OPEN_MAX) {
            visits.remove(random.nextInt(VISITS_OPEN_MAX / 4));
        }
        return visit;
    }

    private void move(String trigger) {
        Visit visit = trigger.equals("A22") ? away() : any(Phase.HERE);
        boolean fits = visit != null
                && switch (trigger) {
                    case "A06" -> !visit.patientClass.equals("I");
                    case "A07" -> visit.patientClass.equals("I");
                    case "A21" -> !visit.away;
                    case "A22" -> visit.away;
                    default -> true;
                };
        if (visit == null || !fits) {
            return;
        }
        switch (trigger) {
            case "A06" -> visit.patientClass = "I";
            case "A07" -> visit.patientClass = "O";
            case "A21" -> visit.away = true;
            case "A22" -> visit.away = false;
            default -> {}
        }
        boolean history = random.nextInt(4) == 0;
        insert(visit, trigger, history ? before(visit) : now.minusMinutes(random.nextInt(60)), history);
    }

    private void leave() {
        Visit visit = any(Phase.HERE);
        if (visit != null) {
            visit.phase = Phase.GONE;
            boolean history = random.nextInt(4) == 0;
            insert(visit, "A03", history ? before(visit).plusHours(1) : now.minusMinutes(random.nextInt(60)), history);
        }
    }

    private void plan(String trigger) {
        Visit visit = any(Phase.HERE);
        if (visit != null) {
            Movement movement = added(visit, trigger, now.minusMinutes(random.nextInt(30)));
            LocalDateTime stated = stated(visit);
            Adt message = of(trigger, visit, stated).planned(text(now.plusDays(1 + random.nextInt(9))));
            emit(
                    withMovement(
                            trigger.equals("A15") ? message.pv1(42, place(false)) : message, movement, "INSERT", false),
                    stated);
        }
    }

    private void correct() {
        Visit visit = visits.isEmpty() ? null : visits.get(random.nextInt(visits.size()));
        if (visit == null || visit.movements.isEmpty()) {
            return;
        }
        boolean history = random.nextInt(100) < 55;
        Movement movement = history && random.nextInt(3) > 0
                ? visit.movements.get(random.nextInt(visit.movements.size()))
                : visit.movements.getLast();
        if (random.nextInt(5) == 0) {
            movement.at = movement.at.minusMinutes(random.nextInt(90));
        }
        LocalDateTime stated = stated(visit);
        Adt message = of("Z99", visit, stated);
        if (random.nextInt(5) > 0) {
            message.at(place(movement.trigger.equals("A05")));
        }
        emit(withMovement(message, movement, "UPDATE", history), stated);
    }

    private void cancel(@Nullable Visit visit, String trigger, String... originals) {
        if (visit == null) {
            return;
        }
        for (String original : originals) {
            Movement movement = visit.last(original);
            if (movement != null) {
                visit.movements.remove(movement);
                visit.phase = switch (original) {
                    case "A01", "A04", "A05", "A14" -> Phase.CLOSED;
                    case "A03" -> Phase.HERE;
                    default -> visit.phase;
                };
                visit.away = original.equals("A22") || visit.away && !original.equals("A21");
                LocalDateTime stated = stated(visit);
                emit(withMovement(of(trigger, visit, stated).at(place(false)), movement, "CANCEL", false), stated);
                return;
            }
        }
    }

    private void merge() {
        Visit from = any(Phase.HERE);
        Visit into = any(Phase.HERE);
        if (from != null && into != null && from != into) {
            LocalDateTime stated = stated(from);
            stated = stated.isAfter(into.lastStated) ? stated : into.lastStated.plusSeconds(1);
            into.lastStated = stated;
            into.movements.addAll(from.movements);
            from.movements.clear();
            visits.remove(from);
            emit(of("A40", into, stated).segment("MRG|P" + from.patient + "^^^CHU^PI||||" + from.number), stated);
        }
    }

    private void giveToAnother() {
        Visit visit = any(Phase.HERE);
        if (visit != null) {
            int prior = visit.patient;
            visit.patient = ++numbers;
            LocalDateTime stated = stated(visit);
            emit(of("A44", visit, stated).segment("MRG|P" + prior + "^^^CHU^PI"), stated);
        }
    }

    private void insert(Visit visit, String trigger, LocalDateTime at, boolean history) {
        Movement movement = added(visit, trigger, at);
        LocalDateTime stated = stated(visit);
        Adt message = of(trigger, visit, stated).at(place(false));
        if (trigger.equals("A06")) {
            message.pv1(6, place(false));
        }
        if (trigger.equals("A01") && random.nextInt(3) == 0) {
            message.pv2(9, text(now.plusDays(random.nextInt(12))));
        }
        if (trigger.equals("A03")) {
            message.pv1(36, random.nextInt(9) == 0 ? "20" : random.nextInt(4) == 0 ? "02" : "01");
        }
        emit(withMovement(message, movement, "INSERT", history), stated);
    }

    private Movement added(Visit visit, String trigger, LocalDateTime at) {
        Movement movement = new Movement("M" + ++numbers, trigger, at);
        visit.movements.add(movement);
        return movement;
    }

    /** Somewhere in what is known of the visit. */
    private LocalDateTime before(Visit visit) {
        LocalDateTime first = visit.movements.getFirst().at;
        LocalDateTime last = first.isBefore(now) ? now : first.plusHours(1);
        long seconds = java.time.Duration.between(first, last).toSeconds();
        return first.plusSeconds(seconds <= 1 ? 1 : random.nextLong(seconds));
    }

    private @Nullable Visit any(Phase... phases) {
        List<Phase> wanted = List.of(phases);
        for (int tries = 0; tries < 40 && !visits.isEmpty(); tries++) {
            Visit visit = visits.get(random.nextInt(visits.size()));
            if (wanted.contains(visit.phase) && !visit.movements.isEmpty()) {
                return visit;
            }
        }
        return null;
    }

    private @Nullable Visit away() {
        return visits.stream()
                .filter(visit -> visit.away && visit.phase == Phase.HERE)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Visit expecting(String trigger) {
        return visits.stream()
                .filter(visit -> visit.phase == Phase.EXPECTED && visit.last(trigger) != null)
                .findAny()
                .orElse(null);
    }

    private @Nullable Visit withMovement(String trigger) {
        return visits.stream()
                .filter(visit -> visit.last(trigger) != null)
                .findFirst()
                .orElse(null);
    }

    private LocalDateTime stated(Visit visit) {
        visit.lastStated = now.isAfter(visit.lastStated) ? now : visit.lastStated.plusSeconds(1);
        return visit.lastStated;
    }

    private LocalDateTime statedOfPerson() {
        lastStatedOfPerson = now.isAfter(lastStatedOfPerson) ? now : lastStatedOfPerson.plusSeconds(1);
        return lastStatedOfPerson;
    }

    private Adt of(String trigger, Visit visit, LocalDateTime stated) {
        return Adt.of(trigger)
                .stated(text(stated))
                .patient(patient(visit.patient, random.nextInt(6) == 0))
                .pv1(2, visit.patientClass)
                .pv1(10, random.nextInt(4) == 0 ? "SP" + random.nextInt(5) : "")
                .pv1(19, visit.number + "^^^CHU^VN");
    }

    /** @param changed whether something about the person is told otherwise than before, or left out */
    private String patient(int number, boolean changed) {
        String name = "NOM" + number + (changed ? "-" + random.nextInt(5) : "");
        String birth = changed && random.nextBoolean() ? "" : 1930 + number % 90 + "0328";
        return "P" + number + "^^^CHU^PI||" + name + "^Anne||" + birth + "|" + (number % 2 == 0 ? "F" : "M");
    }

    private String place(boolean nowhere) {
        int dice = random.nextInt(100);
        String bed = units.get(random.nextInt(units.size()));
        String unit = bed.substring(0, bed.indexOf('^'));
        if (nowhere || dice < 8) {
            return "CONSULT";
        }
        return dice < 25 ? bed : unit;
    }

    private Adt withMovement(Adt message, Movement movement, String action, boolean history) {
        String original = action.equals("INSERT") ? "" : movement.trigger;
        return message.segment("ZBE|" + movement.id + "^CHU|" + text(movement.at) + "||" + action + "|"
                + (history ? "Y" : "N") + "|" + original + "|||HMS");
    }

    private void emit(Adt message, LocalDateTime stated) {
        String text = message.numbered("C" + sent.size()).stated(text(stated)).text();
        sent.add(new Sent(stated.toInstant(ZoneOffset.UTC), text));
    }

    private static String text(LocalDateTime time) {
        return SECONDS.format(time);
    }
}
