package org.chevet.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.archive.HistoryImport.Column;
import org.chevet.archive.HistoryImport.Fields;
import org.chevet.event.PastDay;
import org.chevet.hospital.ServiceId;
import org.chevet.journal.JdbcJournal.PastPeriod;
import org.chevet.journal.JdbcJournal.PastWriter;
import org.jspecify.annotations.Nullable;

/** Lines of a daily census: how many beds of a service, or of the hospital, were occupied when the day ended. */
final class CensusLines implements HistoryImport.Kind {
    enum Field implements Column {
        DATE(true),
        OCCUPIED(true),
        SERVICE(false);

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

    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);

    private final LineProblems problems;
    private final PastWriter to;
    private final ZoneId zone;
    private final LocalDate today;

    /** By service, empty for the hospital, its days with their lines. */
    private final Map<String, TreeMap<LocalDate, Long>> series = new TreeMap<>();

    CensusLines(LineProblems problems, PastWriter to, ZoneId zone, Instant now) {
        this.problems = problems;
        this.to = to;
        this.zone = zone;
        today = LocalDate.ofInstant(now, zone);
    }

    @Override
    public void take(CsvLines.Line line, Fields fields) {
        String name = fields.get(Field.SERVICE);
        ServiceId service = name == null ? null : fields.service(name);
        LocalDate day = day(line.number(), fields.get(Field.DATE));
        Integer occupied = occupied(line.number(), fields.get(Field.OCCUPIED));
        if (day == null || occupied == null || name != null && service == null) {
            return;
        }
        Long twice = series.computeIfAbsent(service == null ? "" : service.value(), none -> new TreeMap<>())
                .putIfAbsent(day, line.number());
        if (twice != null) {
            problems.add(line.number(), "is the same day of the same service as line " + twice + ". Leave one out.");
        } else if (problems.isEmpty()) {
            to.add(new PastDay(line.number(), service, day, occupied));
        }
    }

    private @Nullable LocalDate day(long line, @Nullable String text) {
        LocalDate day = text == null ? null : Times.day(text);
        if (day == null) {
            problems.add(
                    line, "date" + (text == null ? "" : Times.quoted(text)) + " is no day. Write it as 2026-01-31.");
        } else if (!day.isBefore(today)) {
            problems.add(line, "date is not over yet. End with yesterday.");
        } else if (day.isBefore(EARLIEST)) {
            problems.add(line, "date is before 1990.");
        }
        return day;
    }

    private @Nullable Integer occupied(long line, @Nullable String text) {
        try {
            int occupied = text == null ? -1 : Integer.parseInt(text);
            if (occupied >= 0 && occupied <= PastDay.OCCUPIED_MAX) {
                return occupied;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        problems.add(line, "occupied is no number of beds. Write 0 to " + PastDay.OCCUPIED_MAX + ".");
        return null;
    }

    @Override
    public PastPeriod finish() {
        LocalDate first = today;
        LocalDate last = EARLIEST;
        for (Map.Entry<String, TreeMap<LocalDate, Long>> one : series.entrySet()) {
            TreeMap<LocalDate, Long> days = one.getValue();
            LocalDate before = null;
            for (Map.Entry<LocalDate, Long> day : days.entrySet()) {
                if (before != null && !day.getKey().equals(before.plusDays(1))) {
                    problems.add(
                            day.getValue(),
                            "follows " + before + (one.getKey().isEmpty() ? "" : " of service " + one.getKey())
                                    + ", but every day is needed. Add those between.");
                }
                before = day.getKey();
            }
            first = first.isBefore(days.firstKey()) ? first : days.firstKey();
            last = last.isAfter(days.lastKey()) ? last : days.lastKey();
        }
        return new PastPeriod(
                first.atStartOfDay(zone).toInstant(),
                last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    @Override
    public long told() {
        return series.values().stream()
                .flatMap(days -> days.keySet().stream())
                .distinct()
                .count();
    }
}
