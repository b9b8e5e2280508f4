package org.chevet.archive;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.file.Nearest;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.JdbcJournal.PastPeriod;
import org.chevet.journal.Journal.PastKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a hospital's other systems remember of the time before its journal, a CSV file of stays or of a daily census, and keeps it beside the journal:
 * all of it or nothing. A file of any length takes the same memory.
 */
public final class HistoryImport {
    /** Different unknown services that are named; of a file whose columns are mixed up each line has another. */
    private static final int UNKNOWN_SERVICES_MAX = 50;

    /** A column that a file may have. */
    interface Column {
        String title();

        boolean required();
    }

    /** What kind of line a file is made of. */
    interface Kind {
        /** One line, which has as many fields as the header. */
        void take(CsvLines.Line line, Fields fields);

        /** Every line was taken and none is wrong by itself. */
        PastPeriod finish();

        /** How many patients' stays, or days, they tell of. */
        long told();
    }

    /**
     * What was imported.
     *
     * @param lines of the file, without its header
     * @param told stays, or days
     * @param ignoredColumns that the file has and nothing is learned from
     */
    public record Imported(
            PastKind kind, long lines, long told, Instant from, Instant until, List<String> ignoredColumns) {}

    /** One line's fields by column. */
    final class Fields {
        private final CsvLines.Line line;

        Fields(CsvLines.Line line) {
            this.line = line;
        }

        /** Null when it is empty, or the file has no such column. */
        @Nullable
        String get(Column column) {
            Integer place = places.get(column.title());
            String text = place == null ? "" : line.fields().get(place);
            return text.isEmpty() ? null : text;
        }

        boolean has(Column column) {
            return places.containsKey(column.title());
        }

        /** Null when it is none of the hospital's, which is then said once for all lines that name it. */
        @Nullable
        ServiceId service(String name) {
            ServiceId service = services.get(name);
            if (service == null) {
                unknownServices
                        .computeIfAbsent(unknownServices.size() < UNKNOWN_SERVICES_MAX ? name : "", none ->
                                new long[] {line.number(), 0})[1]++;
            }
            return service;
        }
    }

    private final Hospital hospital;
    private final LineProblems problems = new LineProblems();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, ServiceId> services = new LinkedHashMap<>();

    /** By name the first line that has it, and how many do. */
    private final Map<String, long[]> unknownServices = new LinkedHashMap<>();

    private final List<String> ignoredColumns = new ArrayList<>();
    private long lines;

    private HistoryImport(Hospital hospital) {
        this.hospital = hospital;
        for (Service service : hospital.services()) {
            service.hl7Codes().forEach(code -> services.putIfAbsent(code, service.id()));
        }
        hospital.services().forEach(service -> services.put(service.id().value(), service.id()));
    }

    /**
     * @param hospital with the services that the file may name, by their id or as feeds name them, and the zone of its times
     * @param file read to its end and left open
     * @param replace whether it takes the place of what was imported before
     * @throws JournalImport.RefusedException when a line is not as it should be; then nothing has changed
     */
    public static Imported read(JdbcJournal journal, Hospital hospital, Reader file, Instant now, boolean replace)
            throws IOException {
        HistoryImport reading = new HistoryImport(hospital);
        try {
            CsvLines csv = new CsvLines(file);
            PastKind kind = reading.header(csv);
            Imported[] imported = new Imported[1];
            journal.importPast(hospital.id(), kind, now, replace, to -> {
                Kind taking = switch (kind) {
                    case STAYS -> new StayLines(reading.problems, to, hospital.zone(), now);
                    case CENSUS -> new CensusLines(reading.problems, to, hospital.zone(), now);
                };
                PastPeriod period = reading.takeAll(csv, taking);
                imported[0] = new Imported(
                        kind, reading.lines, taking.told(), period.from(), period.until(), reading.ignoredColumns);
                return period;
            });
            return imported[0];
        } catch (CsvLines.BrokenException e) {
            reading.problems.add(e.line, e.how);
            reading.problems.refuseIfAny();
            throw new IllegalStateException("a problem was not refused", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private PastKind header(CsvLines csv) throws IOException, CsvLines.BrokenException {
        CsvLines.Line header = csv.next();
        List<String> names = header == null
                ? List.of()
                : header.fields().stream().map(CsvLines::columnName).toList();
        PastKind kind = isCensus(names) ? PastKind.CENSUS : PastKind.STAYS;
        Column[] columns = kind == PastKind.CENSUS ? CensusLines.Field.values() : StayLines.Field.values();
        List<String> known = Arrays.stream(columns).map(Column::title).toList();
        for (int place = 0; place < names.size(); place++) {
            String name = names.get(place);
            if (!known.contains(name)) {
                ignoredColumns.add(name);
            } else if (places.putIfAbsent(name, place) != null) {
                problems.add(1, "has column '" + name + "' twice. Leave one out.");
            }
        }
        for (Column column : columns) {
            if (column.required() && !places.containsKey(column.title())) {
                problems.add(1, "has no column '" + column.title() + "'. " + advice(column, names));
            }
        }
        problems.refuseIfAny();
        return kind;
    }

    /** Stays may have a column of dates too, which is ignored as any other that is not known. */
    private static boolean isCensus(List<String> names) {
        return names.contains(CensusLines.Field.OCCUPIED.title())
                || names.contains(CensusLines.Field.DATE.title()) && !names.contains(StayLines.Field.STAY.title());
    }

    private String advice(Column missing, List<String> names) {
        String nearest = Nearest.find(missing.title(), ignoredColumns);
        if (nearest != null) {
            return "Maybe '" + nearest + "'.";
        }
        return names.isEmpty()
                ? "Begin the file with a line of column names."
                : "The file has " + String.join(", ", names) + ".";
    }

    private PastPeriod takeAll(CsvLines csv, Kind kind) {
        try {
            CsvLines.Line line;
            while ((line = csv.next()) != null) {
                take(line, kind);
            }
        } catch (CsvLines.BrokenException e) {
            problems.add(e.line, e.how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tellUnknownServices();
        if (lines == 0) {
            problems.add("There is nothing to import: no line follows the header.");
        }
        problems.refuseIfAny();
        PastPeriod period = kind.finish();
        problems.refuseIfAny();
        return period;
    }

    private void take(CsvLines.Line line, Kind kind) {
        lines++;
        int header = places.size() + ignoredColumns.size();
        if (line.fields().size() == header) {
            kind.take(line, new Fields(line));
        } else {
            problems.add(
                    line.number(),
                    "has " + line.fields().size() + " fields where the header has " + header
                            + ". Maybe a field has a separator in it: quote it.");
        }
    }

    private void tellUnknownServices() {
        List<String> known = Stream.concat(
                        hospital.services().stream().map(service -> service.id().value()), services.keySet().stream())
                .distinct()
                .toList();
        unknownServices.forEach((name, seen) -> problems.add(
                seen[0],
                (name.isEmpty() ? "one of more unknown services" : "service '" + name + "'") + " is not in hospital "
                        + hospital.id() + " (" + seen[1] + (seen[1] == 1 ? " line). " : " lines). ")
                        + Nearest.advice(name, known)));
    }
}
