package org.chevet.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.chevet.archive.HistoryImport;
import org.chevet.archive.JournalImport;
import org.chevet.event.Recorded;
import org.chevet.hospital.Hospital;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From a CSV file. */
@Command(
        name = "import",
        description = {
            "Imports past stays, or a daily census, so that a hospital has forecasts on the day it starts: all of the file or nothing.",
            "",
            "Stays, a line for each service that somebody was in: stay,service,entry,exit and, where known, arrival (planned or"
                    + " unplanned), announced, expected, planned_exit, planned_exit_stated, barrier, barrier_lifted,"
                    + " medically_ready, specialty.",
            "Census, a line for each day: date,occupied and service (empty for the whole hospital).",
            "Times as 2026-01-31T14:30, in the hospital's zone where they have none."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:imported",
            "1:nothing is imported: a line is not as it should be, or the disk or the database failed",
            "2:the command line is wrong"
        })
final class HistoryImportCommand extends JournalSubcommand {
    private static final String STANDARD_INPUT = "-";
    private static final DateTimeFormatter IMPORTED_AT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd 'at' HH:mm", Locale.ROOT);

    @Option(
            names = "--hospital",
            paramLabel = "ID",
            description = "Of this hospital of the configuration, when it has several.")
    private @Nullable String hospital;

    @Option(names = "--replace", description = "In the place of what was imported before.")
    private boolean replace;

    @Parameters(paramLabel = "FILE", description = "The CSV file, in UTF-8; - for standard input.")
    private String file = STANDARD_INPUT;

    @Override
    int run() throws IOException {
        Hospital described = described(configuration().hospitals());
        if (described == null) {
            return ChevetCommand.WRONG;
        }
        if (!file.equals(STANDARD_INPUT) && Files.notExists(Path.of(file))) {
            err().println("Nothing was imported: there is no file "
                    + Path.of(file).toAbsolutePath()
                    + ". Maybe it is in another folder, or its name is another; - reads standard input.");
            return ChevetCommand.FAILED;
        }
        try (Reader csv = csv();
                JdbcJournal journal = open()) {
            Journal.Past before = journal.past(described.id());
            if (before != null && !replace) {
                err().println("Nothing was imported: hospital " + described.id() + " has "
                        + String.format(Locale.ROOT, "%,d", before.lines()) + " lines that were imported on "
                        + IMPORTED_AT.format(before.importedAt().atZone(described.zone()))
                        + ". To import these in their place, give --replace.");
                return ChevetCommand.FAILED;
            }
            print(described, HistoryImport.read(journal, described, csv, Instant.now(), replace));
            tellOverlap(described, journal);
            return 0;
        } catch (JournalImport.RefusedException e) {
            err().println("Nothing was imported:");
            e.problems().forEach(problem -> err().println("  " + problem));
            return ChevetCommand.FAILED;
        }
    }

    private @Nullable Hospital described(List<Hospital> hospitals) {
        for (Hospital one : hospitals) {
            if (one.id().value().equals(hospital) || hospital == null && hospitals.size() == 1) {
                return one;
            }
        }
        String known = String.join(
                ", ", hospitals.stream().map(one -> one.id().value()).toList());
        err().println(
                        hospital == null
                                ? "Of which hospital? Give --hospital with one of " + known + "."
                                : "The configuration has no hospital " + hospital + ". It has " + known + ".");
        return null;
    }

    private Reader csv() throws IOException {
        InputStream bytes = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
        return new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private void print(Hospital described, HistoryImport.Imported imported) {
        ZoneId zone = described.zone();
        out().println(String.format(
                Locale.ROOT,
                "%s: imported %,d lines, %s. Forecasts learn from %s to %s of them.",
                described.id(),
                imported.lines(),
                String.format(
                        Locale.ROOT,
                        imported.kind() == Journal.PastKind.STAYS ? "%,d stays" : "the census of %,d days",
                        imported.told()),
                LocalDate.ofInstant(imported.from(), zone),
                LocalDate.ofInstant(imported.until().minusSeconds(1), zone)));
        if (!imported.ignoredColumns().isEmpty()) {
            out().println("Nothing is learned from these columns: " + String.join(", ", imported.ignoredColumns())
                    + ".");
        }
    }

    private void tellOverlap(Hospital described, Journal journal) {
        Recorded first = journal.find(described.id(), 1);
        if (first != null) {
            out().println("The journal begins on "
                    + LocalDate.ofInstant(first.recordedAt(), described.zone())
                    + ": of what is later, forecasts learn from it alone.");
        }
    }
}
