package org.chevet.simulations.calibration;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chevet.archive.HistoryImport;
import org.chevet.archive.JournalImport;
import org.chevet.event.PastStretch;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.ServiceId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal.PastKind;
import org.chevet.journal.JournalException;
import org.chevet.simulations.full.Witness.Then;
import org.jspecify.annotations.Nullable;

/**
 * Where a real hospital was seen: a CSV of stays as {@code history import} takes it, or a journal, exported or where it is.
 *
 * @param hospital as its file, or its journal, has it
 */
public record Source(Hospital hospital, Observed observed) {
    /** Fewest whole days: every weekday was seen twice. */
    static final int DAYS_MIN = 14;

    private static final String CSV = ".csv";

    /**
     * @param history a CSV file, a file that {@code journal export} wrote, or a data folder
     * @param hospital of a CSV file, null for a journal, which has it
     * @param id of the hospital in a journal, null when there is one
     * @throws IllegalArgumentException when there is nothing to be learned from it; the message says why, line by line, and what to do
     */
    public static Source read(Path history, @Nullable Hospital hospital, @Nullable String id) throws IOException {
        if (!Files.exists(history)) {
            throw new IllegalArgumentException("there is no file " + history
                    + ". Name a CSV of stays, an exported journal, or a folder with a journal.");
        }
        boolean isCsv = String.valueOf(history.getFileName()).endsWith(CSV) && !Files.isDirectory(history);
        if (isCsv != (hospital != null)) {
            throw new IllegalArgumentException(
                    isCsv
                            ? "a CSV of stays does not say which beds there are. Write hospital=FILE with the hospital's YAML file."
                            : "a journal has its hospital itself. Leave hospital out.");
        }
        if (Files.isDirectory(history)) {
            try (JdbcJournal journal = JdbcJournal.besideSqlite(history)) {
                return journal(journal, history, id);
            } catch (JournalException e) {
                throw new IllegalArgumentException(history + ": " + e.getMessage(), e);
            }
        }
        Path scratch = Files.createTempDirectory("chevet-calibration");
        try (JdbcJournal journal = JdbcJournal.sqlite(scratch);
                BufferedReader lines = Files.newBufferedReader(history)) {
            if (hospital != null) {
                return stays(journal, hospital, lines);
            }
            JournalImport.read(journal, lines);
            return journal(journal, history, id);
        } catch (JournalImport.RefusedException e) {
            throw new IllegalArgumentException(
                    "nothing can be learned from " + history + ":\n  " + String.join("\n  ", e.problems()), e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(history + " is not in UTF-8. Convert it first.", e);
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // The journal removes files of its own as it closes.
        }
    }

    private static Source stays(JdbcJournal journal, Hospital hospital, BufferedReader lines) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        HistoryImport.Imported imported = HistoryImport.read(journal, hospital, lines, now, false);
        if (imported.kind() != PastKind.STAYS) {
            throw new IllegalArgumentException(
                    "it is a census, which does not say how long anybody stays. Give a CSV of stays: stay, service, entry, exit.");
        }
        Map<ServiceId, Integer> places = places(hospital);
        Observed.Gathering gathering = new Observed.Gathering();
        journal.readPastStays(hospital.id(), stretch -> add(stretch, places, imported.until(), gathering));
        return new Source(hospital, whole(gathering, hospital.zone(), imported.from(), imported.until()));
    }

    private static void add(
            PastStretch stretch, Map<ServiceId, Integer> places, Instant until, Observed.Gathering gathering) {
        Instant entry = stretch.entry();
        Integer service = places.get(stretch.service());
        if (entry != null && service != null) {
            Instant exit = stretch.exit();
            gathering.lay(
                    stretch.stay(),
                    stretch.planned() ? RequestOrigin.ELECTIVE : RequestOrigin.EMERGENCY_DEPARTMENT,
                    CareNeeds.UNSPECIFIED,
                    service,
                    entry,
                    exit == null ? later(entry, until) : exit,
                    exit == null ? Then.STAYS : Then.LEAVES);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Map<ServiceId, Integer> places(Hospital hospital) {
        Map<ServiceId, Integer> places = new HashMap<>();
        hospital.services().forEach(service -> places.put(service.id(), places.size()));
        return places;
    }

    private static Source journal(JdbcJournal journal, Path named, @Nullable String id) {
        List<HospitalId> known = journal.hospitals();
        List<HospitalId> meant = id == null
                ? known
                : known.stream().filter(one -> one.value().equals(id)).toList();
        if (meant.size() != 1) {
            throw new IllegalArgumentException((known.isEmpty()
                            ? "the journal of " + named + " has no hospital"
                            : id == null
                                    ? "the journal of " + named + " has several hospitals"
                                    : "the journal of " + named + " has no hospital '" + id + "'")
                    + known.stream()
                            .map(HospitalId::value)
                            .collect(Collectors.joining(", ", ". Write id=ID with one of: ", ".")));
        }
        JournalStays stays = new JournalStays();
        journal.read(meant.getFirst(), 0, stays::take);
        Hospital hospital = stays.finish();
        // On the first day a feed tells who is here already: these are no arrivals.
        return new Source(hospital, whole(stays.gathering(), hospital.zone(), stays.from(), stays.until()));
    }

    private static Observed whole(Observed.Gathering gathering, ZoneId zone, Instant from, Instant until) {
        LocalDate first = from.atZone(zone).toLocalDate().plusDays(1);
        LocalDate end = until.atZone(zone).toLocalDate();
        long days = ChronoUnit.DAYS.between(first, end);
        if (days < DAYS_MIN) {
            throw new IllegalArgumentException(
                    "it tells of " + Math.max(0, days) + " whole days of which everybody is known; there must be "
                            + DAYS_MIN + " at least, for every weekday to be seen twice. Give a longer time.");
        }
        return gathering.observed(zone, first, (int) days);
    }
}
