package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.chevet.event.Command;
import org.chevet.event.Recorded;
import org.chevet.event.StatedPapers;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonsTest {
    private static final Instant NOON = SmallHospital.NOON;

    private final Ward ward = new Ward();

    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void shouldRememberOnlySoManyPersonsOfWhomNoStayIsKnown(int more, boolean remembered) {
        for (int i = 0; i < Persons.PERSONS_MAX + more; i++) {
            state("P" + i, "NOM" + i);
        }
        assertThat(ward.occupancy.state().persons()).hasSizeLessThanOrEqualTo(Persons.PERSONS_MAX);
        register("S1", "P0");
        assertThat(ward.stay("S1").knownPatient().familyName()).isEqualTo(remembered ? "NOM0" : "ANCIEN");
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void shouldForgetPersonsAfterAWhileUnlessAStayOfTheirsIsKnown(int secondsMore, boolean remembered) {
        register("S0", "KNOWN");
        state("KNOWN", "NOM");
        state("P0", "NOM0");
        ward.now = ward.now.plus(Persons.PERSON_RETENTION).plusSeconds(secondsMore);
        state("ANYBODY", "AUTRE");
        register("S1", "P0");
        assertThat(ward.stay("S1").knownPatient().familyName()).isEqualTo(remembered ? "NOM0" : "ANCIEN");
        register("S2", "KNOWN");
        assertThat(ward.stay("S2").knownPatient().familyName()).isEqualTo("NOM");
    }

    @Test
    void shouldGoOnKnowingPersonsAfterARestartFromASnapshot() {
        register("S0", "P0");
        state("P0", "NOM0");
        state("P1", "NOM1");
        Occupancy restarted = new Occupancy(ward.occupancy.state());
        assertThat(restarted.digest()).isEqualTo(ward.occupancy.digest());
        Occupancy replayed = new Occupancy();
        for (Recorded recorded : ward.journal) {
            replayed.apply(recorded);
        }
        assertThat(replayed.digest()).isEqualTo(ward.occupancy.digest());
        assertThat(restarted.decide(statement("P1", "NOM1"), NOON))
                .isEqualTo(new Decision.Accepted(java.util.List.of()));
    }

    @Test
    void shouldLeaveAPersonsOwnCorrectionUntilSomethingIsSaidAfterIt() {
        register("S0", "P0");
        state("P0", "NOM0");
        ward.pass(Duration.ofMinutes(5));
        ward.accepted(correction());
        assertThat(ward.stay("S0").knownPatient().familyName()).isEqualTo("CORRIGE");
        ward.accepted(Ward.undo(ward.lastAct()));
        assertThat(ward.stay("S0").knownPatient().familyName()).isEqualTo("NOM0");
        ward.pass(Duration.ofMinutes(5));
        state("P0", "ENCORE");
        assertThat(ward.stay("S0").knownPatient().familyName()).isEqualTo("ENCORE");
    }

    @Test
    void shouldNotTakeBackACorrectionThatSomethingElseWasSaidAfter() {
        register("S0", "P0");
        state("P0", "NOM0");
        ward.pass(Duration.ofMinutes(5));
        ward.accepted(correction());
        long act = ward.lastAct();
        ward.pass(Duration.ofMinutes(5));
        state("P0", "ENCORE");
        assertThat(ward.refused(Ward.undo(act)).rule()).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(ward.stay("S0").knownPatient().familyName()).isEqualTo("ENCORE");
    }

    @Test
    void shouldHoldAPersonsCorrectionAndItsUndoAgainstASenderWhoseClockIsAhead() {
        register("S0", "P0");
        ward.accepted(new Command.ReportPatient(
                "P0", new Patient("P0", "NOM0", null, Sex.UNKNOWN, null), NOON.plusSeconds(90)));
        ward.accepted(correction());
        assertThat(ward.stay("S0").knownPatient().familyName()).isEqualTo("CORRIGE");
        ward.accepted(Ward.undo(ward.lastAct()));
        assertThat(ward.stay("S0").knownPatient().familyName()).isEqualTo("NOM0");
    }

    private static Command.UpdatePatient correction() {
        return new Command.UpdatePatient(new StayId("S0"), new Patient("P0", "CORRIGE", null, Sex.FEMALE, null));
    }

    private void register(String stay, String number) {
        Patient patient = new Patient(number, "ANCIEN", null, Sex.UNKNOWN, null);
        ward.accepted(new Command.ReportStay(
                new StayId(stay), StatedPapers.ofPatient(patient), NOON.minus(Duration.ofHours(1))));
    }

    private void state(String number, String name) {
        ward.accepted(statement(number, name));
    }

    private Command.ReportPatient statement(String number, String name) {
        return new Command.ReportPatient(number, new Patient(number, name, null, Sex.UNKNOWN, null), ward.now);
    }
}
