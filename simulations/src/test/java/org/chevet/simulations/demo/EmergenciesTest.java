package org.chevet.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.chevet.event.Ending;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.hospital.Hospital;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.Stay;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.tension.HospitalInTension;
import org.chevet.tension.IndicatorBook;
import org.chevet.tension.IndicatorReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole past of a demo hospital of two services, and what its emergency department was in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmergenciesTest {
    private static final long SEED = 20_261_128;
    private static final Hospital DEMO = DemoLayout.read();
    private static final ZoneId ZONE = DEMO.zone();
    private static final Instant BEGINNING = Demo.beginning(Instant.parse("2026-03-12T11:00:00Z"), ZONE);
    private static final Instant PRESENT = BEGINNING.plus(Demo.PAST);

    /** Beds that aim at some 21 entries a day from the department. */
    private static final Hospital HOSPITAL = new Hospital(
            DEMO.id(),
            DEMO.name(),
            ZONE,
            DEMO.specialties(),
            DEMO.equipment(),
            DEMO.services().stream()
                    .filter(service ->
                            Set.of("UHCD", "MED-POLY").contains(service.id().value()))
                    .toList());

    private final IndicatorBook book = new IndicatorBook();
    private final HospitalView end;

    private EmergenciesTest(@TempDir Path directory) {
        AdjustableClock clock = new AdjustableClock(BEGINNING, 1);
        clock.pause();
        try (Journal journal = JdbcJournal.sqlite(directory);
                Engine engine = new Engine(journal)) {
            HospitalWriter writer = engine.open(HOSPITAL, clock);
            AdtFeed feed = new AdtFeed("ADT", writer, AdtFeedOptions.defaults());
            DemoHospital life = new DemoHospital(HOSPITAL, SEED, 0);
            life.begin(BEGINNING, writer.view(), PRESENT.minus(Duration.ofDays(3)));
            new Past(writer, clock, feed, feed).live(life, PRESENT);
            end = writer.view();
            Occupancy occupancy = new Occupancy();
            journal.read(HOSPITAL.id(), 0, recorded -> follow(occupancy, recorded));
        }
    }

    private void follow(Occupancy occupancy, Recorded recorded) {
        occupancy.apply(recorded);
        book.apply(List.of(recorded), occupancy.view());
    }

    @BeforeAll
    void printSeed() {
        System.out.println("EmergenciesTest: seed " + SEED + ", " + end.sequence() + " events");
    }

    @Test
    void shouldLetTensionKnowAllSixOfHet() {
        HospitalInTension het =
                Objects.requireNonNull(IndicatorReader.read(book, PRESENT, 1)).inTension();
        System.out.println("EmergenciesTest: " + het);
        assertThat(het.six()).allSatisfy(measure -> {
            assertThat(measure.unknown()).isNull();
            assertThat(measure.historyDays()).isGreaterThanOrEqualTo(HospitalInTension.HISTORY_DAYS_MIN);
            assertThat(measure.level()).isBetween(0.0, 4.0);
        });
        assertThat(het.verdict()).isEqualTo(HospitalInTension.Verdict.NO_GLOBAL_TENSION);
    }

    @Test
    void shouldBeVisitedAsEmergencyDepartmentsAre() {
        Map<LocalDate, Integer> byDay = new TreeMap<>();
        int children = 0;
        int old = 0;
        int byNight = 0;
        List<Visit> visits = visits();
        for (Visit visit : visits) {
            byDay.merge(visit.came().atZone(ZONE).toLocalDate(), 1, Integer::sum);
            children += visit.ageYears() < 16 ? 1 : 0;
            old += visit.ageYears() >= 75 ? 1 : 0;
            byNight += visit.came().atZone(ZONE).getHour() < 8 ? 1 : 0;
        }
        double mean = visits.size() / (double) byDay.size();
        double squares = byDay.values().stream()
                .mapToDouble(count -> (count - mean) * (count - mean))
                .sum();
        double overMean = squares / (byDay.size() - 1) / mean;
        System.out.println("EmergenciesTest: " + byDay + ", variance over mean " + overMean);
        assertThat(mean).isBetween(60.0, 95.0);
        assertThat(overMean).as("days differ by more than chance").isBetween(1.05, 4.0);
        assertThat(children / (double) visits.size()).isBetween(0.2, 0.3);
        assertThat(old / (double) visits.size()).isBetween(0.13, 0.25);
        assertThat(byNight / (double) visits.size()).isBetween(0.1, 0.2);
    }

    @Test
    void shouldSendHomeOrHospitaliseAndKeepNobody() {
        List<Double> home = new ArrayList<>();
        List<Double> hospitalised = new ArrayList<>();
        for (Visit visit : visits()) {
            if (visit.left() == null) {
                assertThat(Duration.between(visit.came(), PRESENT)).isLessThan(Duration.ofHours(24));
            } else {
                (visit.hospitalised() ? hospitalised : home)
                        .add(Duration.between(visit.came(), visit.left()).toMinutes() / 60.0);
            }
        }
        double share = hospitalised.size() / (double) (home.size() + hospitalised.size());
        System.out.println("EmergenciesTest: hospitalised " + share + " after " + median(hospitalised)
                + " h, home after " + median(home) + " h");
        assertThat(share).isBetween(0.18, 0.33);
        assertThat(median(home)).isBetween(2.0, 3.6);
        assertThat(median(hospitalised)).isBetween(4.0, 9.0);
        assertThat(end.census().isConserved()).isTrue();
        assertThat(end.anomalies()).hasSizeLessThan(5);
    }

    /** Nobody is admitted twice, nobody has two numbers: one stay from the door of the department to the bed. */
    @Test
    void shouldHospitaliseUnderTheNumberOfTheVisit() {
        List<Stay> bedsAsked = end.stays().values().stream()
                .filter(stay -> stay.timeline().movements().stream()
                        .anyMatch(movement -> movement.patientClass() == PatientClass.EMERGENCY))
                .filter(stay -> stay.timeline().movements().stream()
                        .anyMatch(movement -> movement.patientClass() == PatientClass.INPATIENT))
                .toList();
        assertThat(bedsAsked).hasSizeGreaterThan(300).allSatisfy(stay -> {
            List<Movement> movements = stay.timeline().movements();
            assertThat(movements.getFirst().kind()).isEqualTo(MovementKind.ADMISSION);
            assertThat(movements.getFirst().to().service()).isNull();
            assertThat(movements.stream().filter(movement -> movement.kind() == MovementKind.ADMISSION))
                    .hasSize(1);
        });
    }

    private record Visit(
            Instant came, int ageYears, @Nullable Instant left, boolean hospitalised) {}

    /** Of whole days, the first left out. */
    private List<Visit> visits() {
        List<Visit> visits = new ArrayList<>();
        LocalDate first = BEGINNING.atZone(ZONE).toLocalDate();
        LocalDate last = PRESENT.atZone(ZONE).toLocalDate();
        for (Stay stay : end.stays().values()) {
            List<Movement> movements = stay.timeline().movements();
            if (movements.isEmpty() || movements.getFirst().patientClass() != PatientClass.EMERGENCY) {
                continue;
            }
            Instant came = movements.getFirst().at();
            LocalDate day = came.atZone(ZONE).toLocalDate();
            if (!day.isAfter(first) || !day.isBefore(last)) {
                continue;
            }
            Movement next = movements.size() == 1 ? null : movements.get(1);
            boolean hospitalised = next != null
                    && (next.patientClass() == PatientClass.INPATIENT || next.ending() == Ending.TRANSFERRED_OUT);
            visits.add(new Visit(
                    came,
                    Objects.requireNonNull(stay.ageYears(came, ZONE)),
                    next == null ? null : next.at(),
                    hospitalised));
        }
        return visits;
    }

    private static double median(List<Double> hours) {
        return hours.stream().sorted().skip(hours.size() / 2).findFirst().orElseThrow();
    }
}
