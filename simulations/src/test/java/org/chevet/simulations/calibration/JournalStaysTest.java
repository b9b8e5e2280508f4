package org.chevet.simulations.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.chevet.archive.JournalExport;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;
import org.chevet.simulations.calibration.Observed.End;
import org.chevet.simulations.calibration.Observed.Stretch;
import org.chevet.simulations.scenario.DescribedHospital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStaysTest {
    private static final CareNeeds NEEDS = CareNeeds.UNSPECIFIED;
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");

    private final Occupancy occupancy = new Occupancy();
    private final List<Recorded> journal = new ArrayList<>();

    /** One patient moves and dies, another one comes and stays. */
    private Hospital live() {
        Hospital hospital = DescribedHospital.of(
                "H",
                List.of(
                        new DescribedHospital.Ward("MED", LevelOfCare.ACUTE, 4, 4, 0, List.of()),
                        new DescribedHospital.Ward("REA", LevelOfCare.INTENSIVE, 2, 2, 0, List.of())));
        at(0, new Command.DefineHospital(hospital));
        StayId gone = new StayId("GONE");
        StayId here = new StayId("HERE");
        RequestId request = new RequestId("R1");
        at(1, register(gone));
        at(
                1,
                new Command.RequestBed(
                        request,
                        gone,
                        null,
                        RequestOrigin.OTHER_HOSPITAL,
                        CareNeeds.UNSPECIFIED,
                        3,
                        time(1),
                        null,
                        null));
        at(2, new Command.AdmitStay(gone, null, new BedId("MED-1-1"), null, request, null));
        at(3, register(here));
        at(3, new Command.AdmitStay(here, null, new BedId("MED-2-1"), null, null, null));
        at(10, new Command.TransferStay(gone, null, new BedId("REA-1-1"), null, null, null));
        at(20, new Command.DischargeStay(gone, Ending.DIED, null));
        for (int day = 2; day < 40; day++) {
            at(24 * day, new Command.PassTime());
        }
        at(1_000, register(new StayId("EXPECTED")));
        return hospital;
    }

    @Test
    void shouldReadAJournalWhereItIsAndAsItWasExported(@TempDir Path folder) throws IOException {
        Hospital hospital = live();
        Path data = folder.resolve("data");
        Path exported = folder.resolve("journal.ndjson");
        try (JdbcJournal written = JdbcJournal.sqlite(data);
                BufferedWriter out = Files.newBufferedWriter(exported)) {
            written.append(List.of(new Journal.Batch(
                    hospital.id(),
                    journal.stream()
                            .map(recorded -> new Journal.Entry(recorded, null))
                            .toList())));
            JournalExport.write(written, List.of(hospital.id()), out);
        }
        Source source = Source.read(data, null, null);
        assertThat(source.hospital()).isEqualTo(hospital);
        assertThat(source.observed().days()).isEqualTo(41);
        assertThat(source.observed().stretches()).hasSize(3);
        assertThat(Source.read(exported, null, "H")).isEqualTo(source);
        assertThatThrownBy(() -> Source.read(data, null, "G"))
                .hasMessageContaining("has no hospital 'G'. Write id=ID with one of: H.");
        assertThatThrownBy(() -> Source.read(data, hospital, null)).hasMessageContaining("Leave hospital out");
    }

    @Test
    void shouldTellOfThoseWhoAreArchivedAndOfThoseWhoAreStillThere() {
        Hospital hospital = live();
        assertThat(journal).anyMatch(recorded -> recorded.event() instanceof BedEvent.StayArchived);

        JournalStays stays = new JournalStays();
        journal.forEach(stays::take);
        assertThat(stays.finish().services()).hasSize(2);
        Observed observed = stays.gathering().observed(hospital.zone(), LocalDate.of(2026, 3, 2), 30);
        assertThat(observed.stretches())
                .containsExactly(
                        new Stretch(0, RequestOrigin.OTHER_HOSPITAL, second(2), second(10), End.MOVED, 1, NEEDS),
                        new Stretch(
                                0, RequestOrigin.EMERGENCY_DEPARTMENT, second(3), second(1_000), End.LASTS, -1, NEEDS),
                        new Stretch(1, null, second(10), second(20), End.DIED, -1, NEEDS));
        assertThat(observed.visits()).extracting(Stretch::end).containsExactly(End.DIED, End.LASTS);
    }

    private static Command register(StayId stay) {
        return new Command.RegisterStay(stay, Patient.UNKNOWN, CareNeeds.UNSPECIFIED, PatientClass.INPATIENT, null);
    }

    private static Instant time(int hour) {
        return BEGIN.plus(Duration.ofHours(hour));
    }

    private static long second(int hour) {
        return time(hour).getEpochSecond();
    }

    private void at(int hour, Command command) {
        Decision decision = occupancy.decide(command, time(hour));
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        for (BedEvent event : ((Decision.Accepted) decision).events()) {
            long sequence = occupancy.sequence() + 1;
            Recorded recorded = new Recorded(sequence, sequence, time(hour), new Origin.Engine(), event);
            occupancy.apply(recorded);
            journal.add(recorded);
        }
    }
}
