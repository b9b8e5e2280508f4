package org.chevet.tension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.chevet.tension.Told.CHIR;
import static org.chevet.tension.Told.MED;
import static org.chevet.tension.Told.time;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractDoubleAssert;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.OverrideReason;
import org.chevet.event.PatientClass;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each indicator over a history short enough to be counted by hand. 2 March 2026 is a Monday. */
class IndicatorsTest {
    private static AbstractDoubleAssert<?> of(Indicators indicators, Indicator indicator) {
        return assertThat(indicators.hospital().value(indicator)).as("%s", indicator);
    }

    private static AbstractDoubleAssert<?> of(Indicators indicators, ServiceId service, Indicator indicator) {
        return assertThat(Objects.requireNonNull(indicators.service(service)).value(indicator))
                .as("%s of %s", indicator, service);
    }

    @Test
    void shouldDivideOccupiedBedsByEachCapacity() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1").admit("2", "M2").admit("3", "C1");
        told.run(new Command.OpenBed(new BedId("C3"))).run(new Command.SetStaffedCapacity(CHIR, 1));

        Indicators read = told.read("2026-03-02T09:00", 1);

        of(read, Indicator.OCCUPANCY_PHYSICAL).isEqualTo(75);
        of(read, Indicator.OCCUPANCY_OPEN).isEqualTo(60);
        of(read, Indicator.OCCUPANCY_STAFFED).isEqualTo(100);
        of(read, CHIR, Indicator.OCCUPANCY_OPEN).isCloseTo(100.0 / 3, within(1e-9));
        of(read, MED, Indicator.OCCUPANCY_OPEN).isEqualTo(100);
    }

    @Test
    void shouldIntegrateOccupancyOverThePeriod() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T06:00").admit("1", "M1");
        told.at("2026-03-02T12:00").run(new Command.CloseBed(new BedId("C1")));
        told.at("2026-03-02T18:00").discharge("1").admit("2", "M2");

        Indicators read = told.read("2026-03-03T00:00", 2);

        // 12 h in M1 and 6 h in M2, of 4 beds for 24 h but C1 for 12 h only.
        of(read, Indicator.OCCUPANCY_PERIOD).isCloseTo(100.0 * 18 / 84, within(1e-9));
        of(read, MED, Indicator.OCCUPANCY_PERIOD).isCloseTo(100.0 * 18 / 48, within(1e-9));
        of(read, Indicator.LENGTH_OF_STAY).isCloseTo(18 / 24.0 / 2, within(1e-9));
        of(read, Indicator.ROTATION).isEqualTo(0.25);
        of(read, Indicator.TURNOVER_INTERVAL).isCloseTo((84 - 18) / 24.0, within(1e-9));
        of(read, Indicator.ADMISSIONS).isEqualTo(2);
    }

    @Test
    void shouldCountADayOf23HoursAs23Hours() {
        Told told = new Told("2026-03-28T00:00");
        told.at("2026-03-28T12:00").admit("1", "M1");

        // The clocks go forward in the night to 29 March.
        Indicators read = told.read("2026-03-30T00:00", 2);

        of(read, MED, Indicator.OCCUPANCY_PERIOD).isCloseTo(100.0 * 23 / 46, within(1e-9));
    }

    @Test
    void shouldCutTheIdleTimeOfABedInThree() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1");
        told.at("2026-03-02T10:00").discharge("1");
        told.clean("M1", "2026-03-02T11:30", "2026-03-02T12:00");
        told.at("2026-03-02T15:00").admit("2", "M1");

        Indicators read = told.read("2026-03-02T16:00", 1);

        of(read, Indicator.IDLE_BED).isEqualTo(5);
        of(read, Indicator.IDLE_DIRTY).isEqualTo(1.5);
        of(read, MED, Indicator.IDLE_CLEANING).isEqualTo(0.5);
        of(read, MED, Indicator.IDLE_READY).isEqualTo(3);
        of(read, CHIR, Indicator.IDLE_BED).isNull();
    }

    @Test
    void shouldTellTheFourClocksOfAWaitApart() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T07:00").admit("1", "M1");
        told.at("2026-03-02T08:00").request("A", RequestOrigin.ELECTIVE).request("B", RequestOrigin.ELECTIVE);
        told.at("2026-03-02T10:00").discharge("1");
        told.run(new Command.ReserveBed(
                new RequestId("A"), new BedId("M1"), time("2026-03-02T10:30"), time("2026-03-02T20:00"), null));
        told.clean("M1", "2026-03-02T10:30", "2026-03-02T11:00");
        told.at("2026-03-02T12:30").admitFor("A", "2", "M1");

        Indicators read = told.read("2026-03-02T13:00", 1);

        of(read, MED, Indicator.WAIT_MEDIAN).isEqualTo(4.5);
        of(read, MED, Indicator.WAIT_P90).isEqualTo(4.5);
        of(read, MED, Indicator.WAIT_DECIDED_MEDIAN).isEqualTo(2);
        of(read, MED, Indicator.WAIT_READY_MEDIAN).isEqualTo(1);
        of(read, MED, Indicator.WAIT_MOVED_MEDIAN).isEqualTo(1.5);
        of(read, Indicator.WAITED_OVER_4_H).isEqualTo(1);
        of(read, Indicator.WAITED_OVER_8_H).isZero();
        of(read, Indicator.WAITING).isEqualTo(1);
        of(read, Indicator.WAITING_OVER_4_H).isEqualTo(1);
        of(read, Indicator.WAITING_OVER_8_H).isZero();
    }

    @Test
    void shouldForgetADecisionThatDidNotHold() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").request("A", RequestOrigin.ELECTIVE);
        told.at("2026-03-02T09:00").reserve("A", "M1", "2026-03-02T20:00");
        told.at("2026-03-02T09:30").run(new Command.ReleaseReservation(new BedId("M1")));
        told.at("2026-03-02T11:00").reserve("A", "M2", "2026-03-02T20:00");
        told.at("2026-03-02T12:00").admitFor("A", "1", "M2");

        of(told.read("2026-03-02T13:00", 1), Indicator.WAIT_DECIDED_MEDIAN).isEqualTo(3);
    }

    @Test
    void shouldTakeBackAWaitWhoseMoveIsUndone() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").request("A", RequestOrigin.EMERGENCY_DEPARTMENT);
        told.at("2026-03-02T13:00").admitFor("A", "1", "M1");
        long admission = told.journal.getLast().act();
        told.at("2026-03-02T13:30").run(new Command.UndoAct(admission, "mauvais patient"));

        Indicators read = told.read("2026-03-02T14:00", 1);

        of(read, Indicator.WAIT_MEDIAN).isNull();
        of(read, Indicator.WAITING).isEqualTo(1);
        of(read, Indicator.ADMISSIONS).isZero();
    }

    @Test
    void shouldCountOutliersTheirShareAndTheirDays() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T12:00").admit("1", "C1").admit("2", "M1");

        Indicators read = told.read("2026-03-03T12:00", 2);

        of(read, CHIR, Indicator.OUTLIERS).isEqualTo(1);
        of(read, MED, Indicator.OUTLIERS).isZero();
        of(read, Indicator.OUTLIER_SHARE).isEqualTo(50);
        of(read, Indicator.OUTLIER_DAYS).isEqualTo(1);
    }

    @Test
    void shouldNoLongerCountAnOutlierWhoseSpecialtyWasWrong() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T12:00").admit("1", "C1");
        told.at("2026-03-02T18:00")
                .run(new Command.ChangeNeeds(new StayId("1"), CareNeeds.UNSPECIFIED.withSpecialty("chir")));

        Indicators read = told.read("2026-03-03T12:00", 2);

        of(read, Indicator.OUTLIERS).isZero();
        of(read, Indicator.OUTLIER_DAYS).isZero();
    }

    @Test
    void shouldCountLongStaysByTheirDays() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T12:00").admit("1", "C1");
        told.at("2026-03-09T11:00").transfer("1", "M1");

        of(told.read("2026-03-09T11:59", 1), Indicator.STAYS_OVER_7_DAYS).isZero();
        of(told.read("2026-03-09T12:00", 1), Indicator.STAYS_OVER_7_DAYS).isEqualTo(1);
        of(told.read("2026-03-16T12:00", 1), MED, Indicator.STAYS_OVER_14_DAYS).isEqualTo(1);
        of(told.read("2026-03-16T12:00", 1), Indicator.STAYS_OVER_21_DAYS).isZero();
    }

    @Test
    void shouldShowTheShareOfMorningDischargesWithItsCurve() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00")
                .admit("1", "M1")
                .admit("2", "M2")
                .admit("3", "C1")
                .admit("4", "C2");
        told.at("2026-03-02T11:59").discharge("1");
        told.at("2026-03-02T12:00").discharge("2");
        told.at("2026-03-02T16:10").discharge("3");
        told.at("2026-03-02T16:20").discharge("4");

        Indicators read = told.read("2026-03-02T18:00", 1);

        of(read, Indicator.DISCHARGES).isEqualTo(4);
        of(read, Indicator.DISCHARGES_BEFORE_NOON).isEqualTo(25);
        assertThat(read.hospital().dischargesByHour()).hasSize(24);
        assertThat(read.hospital().dischargesByHour().get(11)).isEqualTo(1);
        assertThat(read.hospital().dischargesByHour().get(12)).isEqualTo(1);
        assertThat(read.hospital().dischargesByHour().get(16)).isEqualTo(2);
        of(read, CHIR, Indicator.DISCHARGES_BEFORE_NOON).isZero();
    }

    @Test
    void shouldCountNightMovesAmongMoves() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1");
        told.at("2026-03-02T22:59").transfer("1", "C1");
        told.at("2026-03-02T23:00").transfer("1", "C2");
        told.at("2026-03-03T06:00").transfer("1", "M2");
        told.at("2026-03-03T09:00").discharge("1");

        Indicators read = told.read("2026-03-03T12:00", 2);

        of(read, Indicator.MOVES_PER_STAY).isEqualTo(3);
        of(read, Indicator.NIGHT_MOVES).isEqualTo(1);
        of(read, CHIR, Indicator.NIGHT_MOVES).isEqualTo(1);
    }

    @Test
    void shouldPutALateMovementInTheDayThatItBelongsTo() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1");
        Movement late = new Movement(
                "9",
                MovementKind.DISCHARGE,
                time("2026-03-02T20:00"),
                Location.ELSEWHERE,
                PatientClass.INPATIENT,
                time("2026-03-04T09:00"),
                Ending.DISCHARGED);
        told.at("2026-03-04T09:00").run(new Command.ReportMovement(new StayId("1"), late, null));

        of(told.read("2026-03-04T10:00", 1), Indicator.DISCHARGES).isZero();
        of(told.read("2026-03-04T10:00", 3), Indicator.DISCHARGES).isEqualTo(1);
        // 12 h of the two beds that MED had for 58 h.
        of(told.read("2026-03-04T10:00", 3), MED, Indicator.OCCUPANCY_PERIOD).isCloseTo(100.0 * 12 / 116, within(1e-9));
    }

    @Test
    void shouldCountNightsOnAStretcher() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T22:00").request("A", RequestOrigin.EMERGENCY_DEPARTMENT);
        told.request("B", RequestOrigin.EMERGENCY_DEPARTMENT).request("C", RequestOrigin.ELECTIVE);
        told.admitWithoutBed("1", "MED");
        told.at("2026-03-03T05:59").admitFor("B", "2", "C1");
        told.at("2026-03-03T07:00").admitFor("A", "3", "C2");

        Indicators read = told.read("2026-03-03T10:00", 1);

        of(read, Indicator.NO_BED_LAST_NIGHT).isEqualTo(2);
        of(read, MED, Indicator.NO_BED_LAST_NIGHT).isEqualTo(1);
        of(read, Indicator.NO_BED).isEqualTo(2);
    }

    @Test
    void shouldCountTheHoursThatARoomHeldBothSexes() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1");
        told.run(new Command.RegisterStay(
                new StayId("2"),
                new Patient("ipp", "NOM", "Prénom", Sex.MALE, null),
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null));
        Movement mixed = new Movement(
                "1",
                MovementKind.ADMISSION,
                time("2026-03-02T10:00"),
                new Location(MED, new BedId("M2")),
                PatientClass.INPATIENT,
                time("2026-03-02T10:00"),
                null);
        told.at("2026-03-02T10:00").run(new Command.ReportMovement(new StayId("2"), mixed, null));

        of(told.read("2026-03-02T11:30", 1), MED, Indicator.SEX_MIXED_BAY_HOURS).isEqualTo(1.5);

        told.at("2026-03-02T12:00").transfer("2", "C1");

        of(told.read("2026-03-02T20:00", 1), Indicator.SEX_MIXED_BAY_HOURS).isEqualTo(2);
    }

    @Test
    void shouldDivideRefusalsByAllAnswers() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").request("A", RequestOrigin.ELECTIVE);
        told.run(new Command.RefuseBedRequest(new RequestId("A"), MED, null, RefusalReason.values()[0], "non"));
        told.reserve("A", "C1", "2026-03-02T20:00");

        Indicators read = told.read("2026-03-02T09:00", 1);

        of(read, Indicator.REFUSALS).isEqualTo(50);
        of(read, MED, Indicator.REFUSALS).isEqualTo(100);
        of(read, CHIR, Indicator.REFUSALS).isZero();
    }

    @Test
    void shouldDivideBedsGivenAgainstARuleByAcceptances() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1");
        told.request("A", RequestOrigin.ELECTIVE).request("B", RequestOrigin.ELECTIVE);
        told.reserve("A", "C1", "2026-03-02T20:00").reserve("B", "M2", "2026-03-02T20:00");
        told.run(new Command.RegisterStay(
                new StayId("2"),
                new Patient("ipp", "NOM", "Prénom", Sex.MALE, null),
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null));
        RuleOverride besideAWoman = new RuleOverride(OverrideReason.CRISIS, null, List.of("sex"));
        told.run(new Command.AdmitStay(new StayId("2"), null, new BedId("M2"), null, new RequestId("B"), besideAWoman));

        Indicators read = told.read("2026-03-02T09:00", 1);

        of(read, Indicator.OVERRIDES).isEqualTo(50);
        of(read, MED, Indicator.OVERRIDES).isEqualTo(100);
        of(read, CHIR, Indicator.OVERRIDES).isZero();
    }

    @Test
    void shouldDivideTheHospitalisedByTheVisits() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").register("1", PatientClass.EMERGENCY, "med");
        told.run(emergency("1", "a", MovementKind.ADMISSION, "2026-03-02T08:00", PatientClass.EMERGENCY, null));
        told.register("2", PatientClass.EMERGENCY, "med");
        told.run(emergency("2", "a", MovementKind.ADMISSION, "2026-03-02T08:30", PatientClass.EMERGENCY, null));
        told.at("2026-03-02T14:00")
                .run(emergency("1", "b", MovementKind.TRANSFER, "2026-03-02T14:00", PatientClass.INPATIENT, "M1"));

        Indicators read = told.read("2026-03-02T18:00", 1);

        of(read, Indicator.HOSPITALISATION_RATE).isEqualTo(50);
        of(read, Indicator.ADMISSIONS).isEqualTo(1);
    }

    /** In a department that is none of the services. */
    @Test
    void shouldCountWhoWaitsForABedAtTheEmergencyDepartment() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1").register("2", PatientClass.EMERGENCY, "med");
        told.run(new Command.ReportMovement(
                new StayId("2"),
                new Movement(
                        "a",
                        MovementKind.ADMISSION,
                        time("2026-03-02T08:00"),
                        Location.ELSEWHERE,
                        PatientClass.EMERGENCY,
                        time("2026-03-02T08:00"),
                        null),
                null));
        assertThat(Tension.of(told.occupancy.view()).needed()).isEqualTo(1);

        told.at("2026-03-02T12:00")
                .run(new Command.RequestBed(
                        new RequestId("R"),
                        new StayId("2"),
                        MED,
                        RequestOrigin.EMERGENCY_DEPARTMENT,
                        CareNeeds.UNSPECIFIED,
                        3,
                        null,
                        null,
                        null));
        assertThat(Tension.of(told.occupancy.view()).needed()).isEqualTo(2);

        told.at("2026-03-02T14:00")
                .run(new Command.TransferStay(new StayId("2"), null, new BedId("M2"), null, new RequestId("R")));
        assertThat(Tension.of(told.occupancy.view()).needed()).isEqualTo(2);

        Indicators read = told.read("2026-03-02T18:00", 1);
        of(read, Indicator.HOSPITALISATION_RATE).isEqualTo(100);
        of(read, Indicator.ADMISSIONS).isEqualTo(2);
    }

    static Command emergency(
            String stay, String id, MovementKind kind, String at, PatientClass patientClass, @Nullable String bed) {
        Location to = bed == null ? new Location(CHIR, null) : new Location(MED, new BedId(bed));
        return new Command.ReportMovement(
                new StayId(stay), new Movement(id, kind, time(at), to, patientClass, time(at), null), null);
    }

    @Test
    void shouldNotCallAFigureNoneThatIsNotKnown() {
        Indicators read = new Told("2026-03-02T00:00").read("2026-03-02T09:00", 1);

        of(read, Indicator.HOSPITALISATION_RATE).isNull();
        of(read, Indicator.BJML).isNull();
        of(read, Indicator.BJML_COVERAGE).isNull();
        of(read, Indicator.HET_1).isNull();
        of(read, Indicator.HET_OVER_3).isNull();
        of(read, Indicator.LENGTH_OF_STAY).isNull();
    }

    @Test
    void shouldExpectTheHospitalisationsOfThreeDaysInFourOfTheSameWeekOfFormerYears() {
        Told told = new Told("2025-02-20T00:00");
        // 1 to 7 hospitalisations on the days of ISO week 10 of 2025; the first quarter of seven is the second
        // smallest.
        int patient = 0;
        for (int day = 3; day <= 9; day++) {
            for (int i = 0; i < day - 2; i++) {
                String stay = Integer.toString(patient++);
                told.at("2025-03-0" + day + "T10:00").request(stay, RequestOrigin.EMERGENCY_DEPARTMENT);
                told.admitFor(stay, stay, "M1")
                        .discharge(stay)
                        .clean("M1", "2025-03-0" + day + "T10:00", "2025-03-0" + day + "T10:00");
            }
        }
        told.at("2026-03-04T11:00").admit("last", "M1");
        told.at("2026-03-04T13:00").admit("later", "M2");

        Indicators read = told.read("2026-03-04T14:00", 1);

        of(read, Indicator.BJML).isEqualTo(2);
        // At noon M2, C1 and C2 were free.
        of(read, Indicator.BJML_COVERAGE).isEqualTo(150);
    }

    @Test
    void shouldTellByHowManyDeviationsADayDiffersFromTheHospitalsOwn() {
        Told told = new Told("2026-01-01T00:00");
        // 30 days of one or two visits in turn, and a day of five: mean 1.5, deviation 0.51.
        int visit = 0;
        for (int day = 1; day <= 31; day++) {
            String date = String.format("2026-01-%02dT", day);
            for (int i = 0; i < (day == 31 ? 5 : 1 + day % 2); i++) {
                String stay = Integer.toString(visit++);
                told.at(date + "14:00").register(stay, PatientClass.EMERGENCY, "med");
                told.run(emergency(stay, "a", MovementKind.ADMISSION, date + "14:00", PatientClass.EMERGENCY, null));
                told.at(date + "17:00").discharge(stay);
            }
        }
        told.at("2026-02-01T08:00").request("A", RequestOrigin.ELECTIVE);

        Indicators read = told.read("2026-02-01T09:00", 1);

        of(read, Indicator.HET_2).isEqualTo(4);
        of(read, Indicator.HET_5).isEqualTo(4);
        of(read, Indicator.HET_1).as("as many beds free as ever").isZero();
        of(read, Indicator.HET_4).as("nobody hospitalised, as ever").isZero();
        of(read, Indicator.HET_3).as("nobody hospitalised").isNull();
        of(read, Indicator.HET_OVER_3).isEqualTo(2);

        HospitalInTension inTension = read.inTension();
        assertThat(inTension.day()).isEqualTo("2026-01-31");
        HospitalInTension.Measure visits = inTension.six().get(1);
        assertThat(visits.figure()).isEqualTo(5);
        // From the first whole day on: 15 days of one visit, 14 of two.
        assertThat(visits.historyDays()).isEqualTo(29);
        assertThat(visits.historySince()).isEqualTo("2026-01-02");
        HospitalInTension.Reference reference = Objects.requireNonNull(visits.reference());
        assertThat(reference.mean()).isCloseTo(43 / 29.0, within(1e-9));
        assertThat(reference.deviation()).isCloseTo(0.50855, within(1e-4));
        assertThat(reference.limit()).isCloseTo(1.48276 + 3 * 0.50855, within(1e-3));
        assertThat(reference.milderDays()).isEqualTo(29);
        HospitalInTension.Measure beds = inTension.six().getFirst();
        assertThat(beds.figure()).as("M1, M2, C1 and C2").isEqualTo(4);
        assertThat(Objects.requireNonNull(beds.reference()).limit()).isEqualTo(4);
        assertThat(Objects.requireNonNull(beds.reference()).milderDays()).isZero();
        HospitalInTension.Measure stay = inTension.six().get(2);
        assertThat(stay.figure()).isNull();
        assertThat(stay.unknown()).isEqualTo(HospitalInTension.Unknown.NOBODY_HOSPITALISED);
        // The one that is unknown would decide.
        assertThat(inTension.above()).isEqualTo(2);
        assertThat(inTension.unknown()).isEqualTo(1);
        assertThat(inTension.verdict()).isEqualTo(HospitalInTension.Verdict.UNDECIDED);
    }

    @Test
    void shouldSayOfEachFigureInItsOwnUnitWhatItIsComparedWith() {
        Told told = new Told("2026-01-01T00:00");
        for (int day = 1; day <= 31; day++) {
            hospitaliseOneOfTwo(told, day);
        }

        List<HospitalInTension.Measure> six =
                told.read("2026-02-01T09:00", 1).inTension().six();

        assertThat(six)
                .extracting(HospitalInTension.Measure::unit)
                .containsExactly(
                        Indicator.Unit.BEDS,
                        Indicator.Unit.COUNT,
                        Indicator.Unit.HOURS,
                        Indicator.Unit.PERCENT,
                        Indicator.Unit.PATIENTS,
                        Indicator.Unit.COUNT);
        assertThat(six).extracting(HospitalInTension.Measure::figure).containsExactly(3.0, 2.0, 8.0, 100.0, 2.0, 2.0);
        assertThat(six.get(2).reference()).isNotNull().satisfies(stay -> {
            // 15 of the 29 days 2 h, 14 of them 3 h.
            assertThat(stay.mean()).isCloseTo(72 / 29.0, within(1e-9));
            assertThat(stay.milderDays()).isEqualTo(29);
        });
        assertThat(six.get(3).reference())
                .isNotNull()
                .satisfies(rate -> assertThat(rate.limit()).isEqualTo(50));
    }

    @Test
    void shouldDecideWhetherADayWasInGlobalTensionOnlyWhereWhatIsUnknownCannotChangeIt() {
        assertThat(verdict(4, 3.5, 3.1, null, null, null)).isEqualTo(HospitalInTension.Verdict.GLOBAL_TENSION);
        assertThat(verdict(4, 3.5, 3.0, 0, 0, 0))
                .as("3 does not exceed 3")
                .isEqualTo(HospitalInTension.Verdict.NO_GLOBAL_TENSION);
        assertThat(verdict(4, 3.5, 0, 0, 0, null)).isEqualTo(HospitalInTension.Verdict.UNDECIDED);
        assertThat(verdict(4, 0, 0, 0, 0, null)).isEqualTo(HospitalInTension.Verdict.NO_GLOBAL_TENSION);
        assertThat(verdict(0, 0, 0, 0, null, null)).isEqualTo(HospitalInTension.Verdict.NO_GLOBAL_TENSION);
        assertThat(verdict(0, 0, 0, null, null, null)).isEqualTo(HospitalInTension.Verdict.UNDECIDED);
        assertThat(verdict(null, null, null, null, null, null)).isEqualTo(HospitalInTension.Verdict.UNDECIDED);
    }

    private static HospitalInTension.Verdict verdict(@Nullable Number... levels) {
        List<HospitalInTension.Measure> six = Stream.of(levels)
                .map(level -> new HospitalInTension.Measure(
                        Indicator.HET_2,
                        Indicator.Unit.COUNT,
                        null,
                        0,
                        null,
                        null,
                        level == null ? null : Double.valueOf(level.doubleValue()),
                        level == null ? HospitalInTension.Unknown.NO_VISIT : null))
                .toList();
        return new HospitalInTension(LocalDate.of(2026, 1, 31), six).verdict();
    }

    @Test
    void shouldFindADayInGlobalTension() {
        Told told = new Told("2026-01-01T00:00");
        for (int day = 1; day <= 31; day++) {
            hospitaliseOneOfTwo(told, day);
        }

        HospitalInTension inTension = told.read("2026-02-01T09:00", 1).inTension();

        // HET3 to HET5: longer stays, more of them hospitalised, both present at 15:00 where there was nobody ever.
        assertThat(inTension.above()).isEqualTo(3);
        assertThat(inTension.verdict()).isEqualTo(HospitalInTension.Verdict.GLOBAL_TENSION);
    }

    @Test
    void shouldSayOfALevelWhyItIsUnknown() {
        Told told = new Told("2026-01-01T10:00");
        assertThat(unknown(told.read("2026-01-01T11:00", 1))).containsOnly(HospitalInTension.Unknown.DAY_NOT_WHOLE);

        assertThat(unknown(told.at("2026-01-02T08:00").admit("1", "M1").read("2026-01-03T08:00", 1)))
                .containsExactly(
                        HospitalInTension.Unknown.NOON_NOT_SEEN,
                        HospitalInTension.Unknown.EMERGENCY_NEVER_TOLD,
                        HospitalInTension.Unknown.EMERGENCY_NEVER_TOLD,
                        HospitalInTension.Unknown.EMERGENCY_NEVER_TOLD,
                        HospitalInTension.Unknown.EMERGENCY_NEVER_TOLD,
                        HospitalInTension.Unknown.EMERGENCY_NEVER_TOLD);

        visit(told, "2", "2026-01-03T09:00", false);
        Indicators read = told.read("2026-01-04T09:00", 1);
        assertThat(unknown(read))
                .containsExactly(
                        HospitalInTension.Unknown.NOON_NOT_SEEN,
                        HospitalInTension.Unknown.TOO_LITTLE_HISTORY,
                        HospitalInTension.Unknown.NOBODY_HOSPITALISED,
                        HospitalInTension.Unknown.TOO_LITTLE_HISTORY,
                        HospitalInTension.Unknown.TOO_LITTLE_HISTORY,
                        HospitalInTension.Unknown.TOO_LITTLE_HISTORY);
        HospitalInTension.Measure visits = read.inTension().six().get(1);
        assertThat(visits.figure()).isEqualTo(1);
        assertThat(visits.historyDays()).isZero();
        assertThat(visits.reference()).isNull();

        told.at("2026-01-04T15:00").discharge("2");
        assertThat(unknown(told.read("2026-01-05T09:00", 1)))
                .containsExactly(
                        HospitalInTension.Unknown.TOO_LITTLE_HISTORY,
                        HospitalInTension.Unknown.NO_VISIT,
                        HospitalInTension.Unknown.NO_VISIT,
                        HospitalInTension.Unknown.NO_VISIT,
                        HospitalInTension.Unknown.NO_VISIT,
                        HospitalInTension.Unknown.NO_VISIT);
    }

    private static List<HospitalInTension.@Nullable Unknown> unknown(Indicators read) {
        List<HospitalInTension.@Nullable Unknown> why = new ArrayList<>();
        read.inTension().six().forEach(measure -> why.add(measure.unknown()));
        return why;
    }

    @Test
    void shouldCompareHowLongAndHowOldTheHospitalisedWereWithTheDaysBefore() {
        Told told = new Told("2026-01-01T00:00");
        for (int day = 1; day <= 31; day++) {
            hospitaliseOneOfTwo(told, day);
        }

        Indicators read = told.read("2026-02-01T09:00", 1);

        of(read, Indicator.HET_3).isEqualTo(4);
        of(read, Indicator.HET_4).as("always half of them, but yesterday").isEqualTo(4);
        // 15 of the 29 whole days before had one: mean 0.5172, deviation 0.5085.
        of(read, Indicator.HET_6).isCloseTo((2 - 0.51724) / 0.50855, within(1e-3));
    }

    /**
     * One day of January: two visits, one of them hospitalised, after 2 or 3 h in turn, and old every other day; on the 31st both are, after 8 h, and both are
     * old.
     */
    private static void hospitaliseOneOfTwo(Told told, int day) {
        String date = String.format("2026-01-%02dT", day);
        boolean last = day == 31;
        visit(told, "a" + day, date + "08:00", last || day % 2 == 0);
        visit(told, "b" + day, date + "09:00", last);
        String moved = date + (last ? "16:00" : day % 2 == 0 ? "10:00" : "11:00");
        told.at(moved).run(emergency("a" + day, "b", MovementKind.TRANSFER, moved, PatientClass.INPATIENT, "M1"));
        if (last) {
            told.at(date + "17:00")
                    .run(emergency(
                            "b" + day, "b", MovementKind.TRANSFER, date + "17:00", PatientClass.INPATIENT, "M2"));
        } else {
            told.at(date + "12:00").discharge("b" + day);
        }
        told.at(date + "20:00").discharge("a" + day);
    }

    private static void visit(Told told, String stay, String at, boolean old) {
        Patient patient =
                new Patient("ipp-" + stay, "NOM", "Prénom", Sex.FEMALE, LocalDate.of(old ? 1940 : 1990, 1, 1));
        told.at(at)
                .run(new Command.RegisterStay(
                        new StayId(stay), patient, CareNeeds.UNSPECIFIED, PatientClass.EMERGENCY, null))
                .run(emergency(stay, "a", MovementKind.ADMISSION, at, PatientClass.EMERGENCY, null));
    }

    @Test
    void shouldSayHowOldItsDataIs() {
        Told told = new Told("2026-03-02T00:00");
        told.at("2026-03-02T08:00").admit("1", "M1");

        Indicators.Value value =
                told.read("2026-03-02T08:20", 1).hospital().values().get(Indicator.OCCUPANCY_OPEN);

        assertThat(Objects.requireNonNull(value).sequence()).isEqualTo(told.occupancy.sequence());
        assertThat(value.age()).isEqualTo(Duration.ofMinutes(20));
    }
}
