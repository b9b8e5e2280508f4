package org.chevet.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.chevet.archive.HistoryImport.Column;
import org.chevet.archive.HistoryImport.Fields;
import org.chevet.event.PastStretch;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal.PastPeriod;
import org.chevet.journal.JdbcJournal.PastWriter;
import org.jspecify.annotations.Nullable;

/** Lines of stays: each the time that somebody spent in one service. */
final class StayLines implements HistoryImport.Kind {
    enum Field implements Column {
        STAY(true),
        SERVICE(true),
        ENTRY(true),
        EXIT(true),
        ARRIVAL(false),
        ANNOUNCED(false),
        EXPECTED(false),
        PLANNED_EXIT(false),
        PLANNED_EXIT_STATED(false),
        MEDICALLY_READY(false),
        BARRIER(false),
        BARRIER_LIFTED(false),
        SPECIALTY(false);

        private final boolean required;

        Field(boolean required) {
            this.required = required;
        }

        @Override
        public String title() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean required() {
            return required;
        }
    }

    /** No hospital's records of stays with hours are older. */
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private static final String PLANNED = "planned";
    private static final String UNPLANNED = "unplanned";

    private final LineProblems problems;
    private final PastWriter to;
    private final ZoneId zone;
    private final Instant now;
    private @Nullable Instant firstExit;
    private @Nullable Instant lastEntry;
    private @Nullable PastStretch before;
    private long stays;

    StayLines(LineProblems problems, PastWriter to, ZoneId zone, Instant now) {
        this.problems = problems;
        this.to = to;
        this.zone = zone;
        this.now = now;
    }

    /** One line's way through all that may be wrong with it: everything is told, not only the first. */
    private final class Reading {
        private final long number;
        private final Fields fields;
        private boolean wrong;

        Reading(long number, Fields fields) {
            this.number = number;
            this.fields = fields;
        }

        void problem(String what) {
            wrong = true;
            problems.add(number, what);
        }

        @Nullable
        String needed(Field field) {
            String text = fields.get(field);
            if (text == null) {
                problem("has no " + field.title() + ".");
            }
            return text;
        }

        @Nullable
        ZonedDateTime time(Field field) {
            String text = fields.get(field);
            if (text == null) {
                return null;
            }
            ZonedDateTime time = Times.read(text, zone);
            LocalDate day = time == null && field == Field.PLANNED_EXIT ? Times.day(text) : null;
            if (day != null) {
                return day.atTime(12, 0).atZone(zone);
            }
            if (time == null && Times.isSkipped(text, zone)) {
                problem(
                        field.title() + Times.quoted(text) + " does not exist in " + zone
                                + ": clocks were set forward over it. Write what the clock showed, or the time with its offset.");
            } else if (time == null) {
                problem(field.title() + Times.quoted(text) + " is no time. Write it as 2026-01-31T14:30.");
            } else if (time.toInstant().isBefore(EARLIEST)) {
                problem(field.title() + " is before 1990.");
                return null;
            }
            return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
        }

        /** Of what has happened already. */
        @Nullable
        Instant past(Field field) {
            ZonedDateTime time = time(field);
            if (time != null && time.toInstant().isAfter(now)) {
                problem(field.title() + " is in the future.");
                return null;
            }
            return instant(time);
        }

        /** Of the two hours that are called alike in autumn, the one after the entry. */
        @Nullable
        Instant exit(@Nullable Instant entry) {
            ZonedDateTime time = time(Field.EXIT);
            if (time == null) {
                return null;
            }
            if (entry != null && time.toInstant().isBefore(entry)) {
                time = time.withLaterOffsetAtOverlap();
            }
            if (time.toInstant().isAfter(now)) {
                problem("exit is in the future. Leave it empty for somebody who is still there.");
            } else if (entry != null && time.toInstant().isBefore(entry)) {
                problem("exit is before entry.");
            }
            return time.toInstant();
        }

        boolean planned(@Nullable Instant announced) {
            String arrival = fields.get(Field.ARRIVAL);
            if (arrival == null) {
                return announced != null;
            }
            boolean planned = arrival.equalsIgnoreCase(PLANNED);
            if (!planned && !arrival.equalsIgnoreCase(UNPLANNED)) {
                problem("arrival is neither '" + PLANNED + "' nor '" + UNPLANNED + "'. Write one of them.");
            } else if (!planned && announced != null) {
                problem("arrival is unplanned, but it was announced. Leave announced empty, or write planned.");
            } else if (planned && announced == null && fields.has(Field.ANNOUNCED)) {
                problem("arrival is planned, but announced is empty. Write since when, or leave the column out.");
            }
            return planned;
        }
    }

    private static @Nullable Instant instant(@Nullable ZonedDateTime time) {
        return time == null ? null : time.toInstant();
    }

    @Override
    public void take(CsvLines.Line line, Fields fields) {
        Reading reading = new Reading(line.number(), fields);
        String stay = reading.needed(Field.STAY);
        if (stay != null && !Identifiers.isValid(stay)) {
            reading.problem("stay is no number of a stay. Letters, digits and ._:- only: " + Identifiers.PATTERN + ".");
        }
        String name = reading.needed(Field.SERVICE);
        ServiceId service = name == null ? null : fields.service(name);
        Instant entry = reading.past(Field.ENTRY);
        Instant exit = reading.exit(entry);
        Instant announced = reading.past(Field.ANNOUNCED);
        Instant expected = instant(reading.time(Field.EXPECTED));
        boolean planned = reading.planned(announced);
        Instant plannedExit = instant(reading.time(Field.PLANNED_EXIT));
        Instant stated = reading.past(Field.PLANNED_EXIT_STATED);
        Instant ready = reading.past(Field.MEDICALLY_READY);
        Instant barrier = reading.past(Field.BARRIER);
        Instant lifted = reading.past(Field.BARRIER_LIFTED);
        String specialty = fields.get(Field.SPECIALTY);
        checkOrder(reading, entry, exit, announced, expected);
        checkBarrier(reading, exit, barrier, lifted);
        if (specialty != null && !Identifiers.isValid(specialty)) {
            reading.problem("specialty is no code.");
        }
        if (reading.wrong || stay == null || service == null) {
            return;
        }
        PastStretch stretch = new PastStretch(
                line.number(),
                new StayId(stay),
                service,
                entry,
                exit,
                planned,
                announced,
                announced == null ? null : expected,
                stated == null ? null : plannedExit,
                plannedExit == null ? null : stated,
                ready,
                barrier,
                lifted,
                specialty);
        watched(entry, exit);
        if (problems.isEmpty()) {
            to.add(stretch);
        }
    }

    private static void checkOrder(
            Reading reading,
            @Nullable Instant entry,
            @Nullable Instant exit,
            @Nullable Instant announced,
            @Nullable Instant expected) {
        if (reading.fields.get(Field.ENTRY) == null) {
            if (announced == null || expected == null || exit != null) {
                reading.problem(
                        "has no entry. Only who was announced and never came has none: then write announced and expected.");
            }
        } else if (entry != null && announced != null && announced.isAfter(entry)) {
            reading.problem("announced is after entry.");
        }
    }

    private static void checkBarrier(
            Reading reading, @Nullable Instant exit, @Nullable Instant barrier, @Nullable Instant lifted) {
        if (barrier != null && exit != null && !barrier.isBefore(exit)) {
            reading.problem(
                    "barrier is not before exit. Leave it empty where nothing stood in the way out, or write since when it did.");
        }
        if (reading.fields.get(Field.BARRIER) == null && lifted != null) {
            reading.problem(
                    "has no barrier that was lifted. Write since when it stood in the way, or leave barrier_lifted empty.");
        } else if (barrier != null && lifted != null && lifted.isBefore(barrier)) {
            reading.problem("barrier_lifted is before barrier.");
        }
    }

    private void watched(@Nullable Instant entry, @Nullable Instant exit) {
        if (exit != null && (firstExit == null || exit.isBefore(firstExit))) {
            firstExit = exit;
        }
        if (entry != null && (lastEntry == null || entry.isAfter(lastEntry))) {
            lastEntry = entry;
        }
    }

    /** Before the first exit those are missing who had left when the records begin, and after the last entry who came later. */
    @Override
    public PastPeriod finish() {
        to.readByStay(this::compare);
        Instant from = firstExit;
        Instant until = lastEntry;
        if (from == null || until == null || !from.isBefore(until)) {
            problems.add("Nothing can be learned: nobody comes after the first has left. Import a longer time.");
            return new PastPeriod(now, now);
        }
        return new PastPeriod(from, until);
    }

    private void compare(PastStretch stretch) {
        PastStretch last = before;
        before = stretch;
        if (last == null || !last.stay().equals(stretch.stay())) {
            stays++;
            return;
        }
        if (last.entry() == null) {
            return;
        }
        Instant entry = Objects.requireNonNull(stretch.entry(), "those without come first");
        if (last.exit() == null) {
            problems.add(
                    last.line(),
                    "has no exit, but line " + stretch.line()
                            + " of the same stay begins after it. Write when it ended.");
        } else if (entry.isBefore(last.exit())) {
            problems.add(
                    stretch.line(),
                    "begins before line " + last.line()
                            + " of the same stay has ended. A stay is in one service at a time: correct one of them.");
        }
    }

    @Override
    public long told() {
        return stays;
    }
}
