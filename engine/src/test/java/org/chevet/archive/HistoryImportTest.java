package org.chevet.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chevet.event.PastDay;
import org.chevet.event.PastStretch;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryImportTest {
    private static final HospitalId NORTH = new HospitalId("north");
    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");
    private static final Hospital HOSPITAL = new Hospital(
            NORTH,
            "Nord",
            ZoneId.of("Europe/Paris"),
            Map.of(),
            Map.of(),
            List.of(service("CARDIO", "3110"), service("MEDECINE", "3120")));

    private final JdbcJournal journal;

    HistoryImportTest(@TempDir Path directory) {
        journal = JdbcJournal.sqlite(directory);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private static Service service(String id, String code) {
        return new Service(
                new ServiceId(id),
                id,
                null,
                null,
                List.of(),
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                10,
                List.of(code),
                List.of());
    }

    private HistoryImport.Imported read(String csv) throws IOException {
        return read(new StringReader(csv), false);
    }

    private HistoryImport.Imported read(Reader csv, boolean replace) throws IOException {
        return HistoryImport.read(journal, HOSPITAL, csv, NOW, replace);
    }

    private List<String> problems(String csv) {
        return problems(new StringReader(csv));
    }

    private List<String> problems(Reader csv) {
        Journal.Past before = journal.past(NORTH);
        JournalImport.RefusedException refused =
                catchThrowableOfType(JournalImport.RefusedException.class, () -> read(csv, before != null));
        assertThat(journal.past(NORTH)).as("all or nothing").isEqualTo(before);
        assertThat(stays().size() + days().size()).isEqualTo(before == null ? 0 : (int) before.lines());
        return refused.problems();
    }

    private List<PastStretch> stays() {
        List<PastStretch> stays = new ArrayList<>();
        Journal.Past past = journal.past(NORTH);
        if (past != null && past.kind() == Journal.PastKind.STAYS) {
            journal.readPastStays(NORTH, stays::add);
        }
        return stays;
    }

    private List<PastDay> days() {
        List<PastDay> days = new ArrayList<>();
        Journal.Past past = journal.past(NORTH);
        if (past != null && past.kind() == Journal.PastKind.CENSUS) {
            journal.readPastCensus(NORTH, days::add);
        }
        return days;
    }

    @Test
    void shouldReadStaysHoweverTheyAreWritten() throws IOException {
        HistoryImport.Imported imported = read("""
                \uFEFFEntry; Stay ;Exit;Service;Arrival;announced;expected;planned exit;planned-exit-stated;medically_ready;barrier;barrier_lifted;Remark
                2026-03-02T10:00;S2;2026-03-04 09:30:15;"CARDIO";PLANNED;2026-02-20T08:00Z;2026-03-02T09:00;2026-03-05;2026-03-03T12:00;2026-03-04T08:00+01:00;2026-03-03T09:00;2026-03-04T09:00;"fell; twice, ""they"" say
                and again"
                2026-03-01T23:00:00+01:00;S1;2026-03-02T06:00Z;3120;unplanned;;;;;;;;

                2026-03-02T07:20;S1;;CARDIO;unplanned;;;;;;;;
                ;S9;;CARDIO;planned;2026-03-01T00:00Z;2026-03-03T09:00;;;;;;
                """);

        assertThat(imported)
                .isEqualTo(new HistoryImport.Imported(
                        Journal.PastKind.STAYS,
                        4,
                        3,
                        Instant.parse("2026-03-02T06:00:00Z"),
                        Instant.parse("2026-03-02T09:00:00Z"),
                        List.of("remark")));
        assertThat(journal.past(NORTH))
                .isEqualTo(new Journal.Past(Journal.PastKind.STAYS, NOW, 4, imported.from(), imported.until()));
        assertThat(stays()).extracting(PastStretch::line).containsExactly(2L, 7L, 4L, 6L);
        assertThat(stays().getFirst())
                .isEqualTo(new PastStretch(
                        2,
                        new StayId("S2"),
                        new ServiceId("CARDIO"),
                        Instant.parse("2026-03-02T09:00:00Z"),
                        Instant.parse("2026-03-04T08:30:15Z"),
                        true,
                        Instant.parse("2026-02-20T08:00:00Z"),
                        Instant.parse("2026-03-02T08:00:00Z"),
                        Instant.parse("2026-03-05T11:00:00Z"),
                        Instant.parse("2026-03-03T11:00:00Z"),
                        Instant.parse("2026-03-04T07:00:00Z"),
                        Instant.parse("2026-03-03T08:00:00Z"),
                        Instant.parse("2026-03-04T08:00:00Z"),
                        null));
        assertThat(stays().get(2).service()).isEqualTo(new ServiceId("MEDECINE"));
    }

    @Test
    void shouldReadACensus() throws IOException {
        HistoryImport.Imported imported = read("""
                date,service,occupied
                2026-01-31,,40
                2026-02-01,,41
                2026-02-01,CARDIO,7
                """);

        assertThat(imported.told()).as("days").isEqualTo(2);
        assertThat(imported.from()).isEqualTo(Instant.parse("2026-01-30T23:00:00Z"));
        assertThat(imported.until()).isEqualTo(Instant.parse("2026-02-01T23:00:00Z"));
        assertThat(days())
                .containsExactly(
                        new PastDay(2, null, LocalDate.of(2026, 1, 31), 40),
                        new PastDay(3, null, LocalDate.of(2026, 2, 1), 41),
                        new PastDay(4, new ServiceId("CARDIO"), LocalDate.of(2026, 2, 1), 7));
    }

    @Test
    void shouldTellEverythingThatIsWrongWithStays() {
        assertThat(problems("""
                stay,service,entry,exit,arrival,announced
                S1,CARDIOO,2026-03-01T10:00,2026-03-02T10:00,,
                S2,CARDIO,2026-03-02T10:00,2026-03-01T10:00,,
                S3,CARDIO,01/03/2026 10:00,2026-13-01T10:00,,
                Jean Dupont,CARDIO,Dupont,,maybe,
                S5,CARDIO,2027-03-01T10:00,,,
                S6,CARDIO,2026-03-01T10:00,2026-06-02T10:00,,
                S7,CARDIO,,2026-03-01T10:00,,
                S8,CARDIO,2026-03-01T10:00,,unplanned,2026-02-01T10:00
                S9,CARDIO,2026-03-01T10:00,,planned,
                S10,CARDIO,2026-03-01T10:00,,,2026-03-02T10:00
                S11,CARDIO,2026-03-01T10:00
                S12,CARDIOO,1926-03-01T10:00,,,
                """))
                .containsExactly(
                        "line 3: exit is before entry.",
                        "line 4: entry '01/03/2026 10:00' is no time. Write it as 2026-01-31T14:30.",
                        "line 4: exit '2026-13-01T10:00' is no time. Write it as 2026-01-31T14:30.",
                        "line 5: stay is no number of a stay. Letters, digits and ._:- only: [A-Za-z0-9._:-]{1,64}.",
                        "line 5: entry is no time. Write it as 2026-01-31T14:30.",
                        "line 5: arrival is neither 'planned' nor 'unplanned'. Write one of them.",
                        "line 6: entry is in the future.",
                        "line 7: exit is in the future. Leave it empty for somebody who is still there.",
                        "line 8: has no entry. Only who was announced and never came has none: then write announced and expected.",
                        "line 9: arrival is unplanned, but it was announced. Leave announced empty, or write planned.",
                        "line 10: arrival is planned, but announced is empty. Write since when, or leave the column out.",
                        "line 11: announced is after entry.",
                        "line 12: has 3 fields where the header has 6. Maybe a field has a separator in it: quote it.",
                        "line 13: entry is before 1990.",
                        "line 2: service 'CARDIOO' is not in hospital north (2 lines). Maybe 'CARDIO'.");
    }

    @Test
    void shouldTellWhatIsWrongWithBarriers() {
        assertThat(problems("""
                stay,service,entry,exit,barrier,barrier_lifted
                S1,CARDIO,2026-03-01T10:00,2026-03-05T10:00,2026-03-03T10:00,2026-03-02T10:00
                S2,CARDIO,2026-03-01T10:00,2026-03-05T10:00,,2026-03-02T10:00
                S3,CARDIO,2026-03-01T10:00,2026-03-05T10:00,family,
                S4,CARDIO,2026-03-01T10:00,2026-03-05T10:00,2026-03-02T10:00,2027-03-02T10:00
                S5,CARDIO,2026-03-01T10:00,,2026-03-02T10:00,
                S6,CARDIO,2026-03-01T10:00,2026-03-05T10:00,2026-03-05T10:00,
                S7,CARDIO,2026-03-01T10:00,2026-03-05T10:00,2026-03-05T09:59,2026-03-06T10:00
                """))
                .containsExactly(
                        "line 2: barrier_lifted is before barrier.",
                        "line 3: has no barrier that was lifted. Write since when it stood in the way, or leave barrier_lifted empty.",
                        "line 4: barrier is no time. Write it as 2026-01-31T14:30.",
                        "line 5: barrier_lifted is in the future.",
                        "line 7: barrier is not before exit. Leave it empty where nothing stood in the way out, or write since when it did.");
    }

    @Test
    void shouldTellStretchesOfAStayThatContradictEachOther() {
        assertThat(problems("""
                stay,service,entry,exit
                S1,MEDECINE,2026-03-02T09:00,2026-03-04T10:00
                S1,CARDIO,2026-03-01T10:00,2026-03-02T10:00
                S2,CARDIO,2026-03-01T10:00,
                S2,MEDECINE,2026-03-03T10:00,2026-03-03T12:00
                S3,MEDECINE,2026-03-03T10:00,2026-03-03T12:00
                S3,MEDECINE,2026-03-03T12:00,2026-03-03T13:00
                """))
                .containsExactly(
                        "line 2: begins before line 3 of the same stay has ended. A stay is in one service at a time: correct one of them.",
                        "line 4: has no exit, but line 5 of the same stay begins after it. Write when it ended.");
    }

    @Test
    void shouldTellEverythingThatIsWrongWithACensus() {
        assertThat(problems("""
                date,occupied,service
                2026-03-01,40,
                2026-03-02,many,
                2026-03-02,-1,
                1/3/2026,40,
                2026-06-01,40,
                2026-03-01,41,
                2026-03-01,41,ORTHO
                """))
                .containsExactly(
                        "line 3: occupied is no number of beds. Write 0 to 1000000.",
                        "line 4: occupied is no number of beds. Write 0 to 1000000.",
                        "line 5: date '1/3/2026' is no day. Write it as 2026-01-31.",
                        "line 6: date is not over yet. End with yesterday.",
                        "line 7: is the same day of the same service as line 2. Leave one out.",
                        "line 8: service 'ORTHO' is not in hospital north (1 line). Write one of CARDIO, MEDECINE, 3110, 3120.");
        assertThat(problems("date,occupied\n2026-03-01,40\n2026-03-04,40\n"))
                .containsExactly("line 3: follows 2026-03-01, but every day is needed. Add those between.");
    }

    @Test
    void shouldTellWhatIsNoSuchFile() {
        assertThat(problems("")).first().asString().contains("line 1: has no column 'stay'", "Begin the file");
        assertThat(problems("stay,service,entri,exit\n"))
                .containsExactly("line 1: has no column 'entry'. Maybe 'entri'.");
        assertThat(problems("stay,service,entry\n"))
                .containsExactly("line 1: has no column 'exit'. The file has stay, service, entry.");
        assertThat(problems("stay,service,entry,date\n"))
                .as("stays with a column of dates")
                .containsExactly("line 1: has no column 'exit'. The file has stay, service, entry, date.");
        assertThat(problems("date,patients\n2026-03-01,40\n"))
                .containsExactly("line 1: has no column 'occupied'. The file has date, patients.");
        assertThat(problems("stay,stay,service,entry,exit\n"))
                .first()
                .asString()
                .contains("'stay' twice");
        assertThat(problems("stay,service,entry,exit\n"))
                .containsExactly("There is nothing to import: no line follows the header.");
        assertThat(problems("stay,service,entry,exit\nS1,\"CAR\"DIO,,\n"))
                .first()
                .asString()
                .startsWith("line 2: has a quote (\") amid a field.");
        assertThat(problems("stay,service,entry,exit\nS1,\"CARDIO,,\n" + "x".repeat(2 * CsvLines.LINE_CHARS_MAX)))
                .first()
                .asString()
                .contains("is longer than 65536 characters. Maybe a quote (\") is not closed.");
        assertThat(problems("stay,service,entry,exit\nS1,CARDIO,2026-03-01T10:00,\n"))
                .containsExactly(
                        "Nothing can be learned: nobody comes after the first has left. Import a longer time.");
        byte[] latin = "stay,service,entry,exit\nS1,M\u00c9DECINE,,\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problems(new InputStreamReader(
                        new ByteArrayInputStream(latin),
                        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT))))
                .first()
                .asString()
                .contains("is not UTF-8");
    }

    @Test
    void shouldTellTheFirstOfVeryManyMistakesAndHowManyMore() {
        StringBuilder csv = new StringBuilder("date,occupied\n");
        for (int i = 0; i < 250; i++) {
            csv.append("2026-03-01,none\n");
        }

        assertThat(problems(csv.toString())).hasSize(101).last().isEqualTo("… and 150 more");
    }

    @Test
    void shouldReplaceOnlyWhenToldTo() throws IOException {
        String census = "date,occupied\n2026-03-01,40\n";
        read(census);

        assertThatThrownBy(() -> read(census)).hasMessageContaining("cannot import");
        assertThat(days()).hasSize(1);
        assertThat(problems("date,occupied\n2026-03-01,none\n")).hasSize(1);
        read(new StringReader("date,occupied\n2026-03-01,40\n2026-03-02,41\n"), true);
        assertThat(days()).hasSize(2);
    }

    /** In Paris clocks were set forward on 29 March 2026, from 2:00 to 3:00. */
    @Test
    void shouldRefuseTimesThatNoClockShowed() {
        assertThat(problems("""
                stay,service,entry,exit,arrival,announced,expected
                S1,CARDIO,2026-03-28T10:00,2026-03-29T01:59:59,,,
                S2,CARDIO,2026-03-29T02:00,2026-03-29T10:00,,,
                S3,CARDIO,2026-03-28T10:00,2026-03-29 02:30,,,
                S4,CARDIO,2026-03-29T03:00,2026-03-29T10:00,,,
                S5,CARDIO,2026-03-29T02:30+02:00,2026-03-29T10:00,,,
                S6,CARDIO,2026-03-29T10:00,,planned,2026-03-01T10:00,2026-03-29T02:59:59
                """))
                .containsExactly(
                        "line 3: entry '2026-03-29T02:00' does not exist in Europe/Paris: clocks were set forward over it."
                                + " Write what the clock showed, or the time with its offset.",
                        "line 4: exit '2026-03-29 02:30' does not exist in Europe/Paris: clocks were set forward over it."
                                + " Write what the clock showed, or the time with its offset.",
                        "line 7: expected '2026-03-29T02:59:59' does not exist in Europe/Paris: clocks were set forward over it."
                                + " Write what the clock showed, or the time with its offset.");
    }

    /** In autumn two hours are called alike: who came before and left after them was there for a while. */
    @Test
    void shouldUnderstandTheHourThatComesTwice() throws IOException {
        read("""
                stay,service,entry,exit
                S1,CARDIO,2025-10-26T02:50,2025-10-26T02:10
                S2,CARDIO,2025-10-27T02:50,
                """);

        assertThat(stays().getFirst().exit()).isEqualTo(Instant.parse("2025-10-26T01:10:00Z"));
    }

    /** A pipe of any length, of which no more than a chunk is in memory at a time. */
    @Test
    void shouldTakeAFileInPieces() throws IOException {
        int lines = 5_000;
        Stream<String> days = Stream.iterate(LocalDate.of(2012, 1, 1), day -> day.plusDays(1))
                .limit(lines)
                .map(day -> day + ",40\n");
        StringBuilder csv = new StringBuilder("date,occupied\n");
        days.forEach(csv::append);

        assertThat(read(csv.toString()).lines()).isEqualTo(lines);
        assertThat(days()).hasSize(lines);
    }
}
