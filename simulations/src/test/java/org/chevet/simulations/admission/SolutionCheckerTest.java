package org.chevet.simulations.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.chevet.simulations.admission.SolutionChecker.Verdict;
import org.junit.jupiter.api.Test;

/** Each term of the published cost by a hospital of four rooms and one or two patients. */
class SolutionCheckerTest {
    /** Beds 1 and 2 in room 1 (one sex a night), 3 in room 2 (men), 4 in room 3 (any, the other department), 5 in room 4 (women). */
    static String instance(String... patients) {
        return """
                ARTICLE BENCHMARK DATA SET
                Rooms: 4
                Roomproperties: 2
                Beds: 5
                Departments: 2
                Specialisms: 2
                Patients: %d
                Planning horizon: 3

                SPECIALISMS:
                1 Heart
                2 Bone

                DEPARTMENTS:
                1 Adults 16 65 | 1 1 2 2
                2 Others 0 0 | 1 2 1 0

                ROOMPROPERTIES:
                1 oxygen
                2 television

                ROOMS:
                1 11 | 2 | 1 | D | 1 1 3 2 | 1 1
                2 12 | 1 | 1 | M | 1 1 1 2 | 1 0
                3 13 | 1 | 2 | N | 1 2 | 0 0
                4 14 | 1 | 1 | F | 1 1 1 2 | 1 1

                BEDS:
                1 1
                2 1
                3 2
                4 3
                5 4

                PATIENTS:
                %s
                END.
                """.formatted(patients.length, String.join("\n", patients));
    }

    static final String MAN = "1 Ada 40 M | 0 2 | 1 1 2 | 0 | 0 0 | 0 0";

    private static Verdict verdict(String solution, String... patients) {
        return SolutionChecker.check(instance(patients), solution);
    }

    @Test
    void shouldCostNothingWhereAllIsAsWished() {
        Verdict verdict = verdict("1 1 1", MAN);

        assertThat(verdict.cost(true)).isZero();
        assertThat(verdict.infeasibilities()).isZero();
    }

    @Test
    void shouldCountTheFewerSexInARoomOfOneSexANight() {
        String woman = "2 Bea 40 F | 1 3 | 1 1 2 | 0 | 0 0 | 0 0";

        assertThat(verdict("1 1 1\n2 2 2", MAN, woman).sex()).isEqualTo(50);
    }

    @Test
    void shouldCountEachOfTheOtherSexInARoomForOne() {
        String woman = "1 Bea 40 F | 0 2 | 1 1 2 | 0 | 0 0 | 0 0";

        assertThat(verdict("1 3 3", woman).sex()).isEqualTo(100);
        assertThat(verdict("1 5 5", MAN).sex()).isEqualTo(100);
    }

    @Test
    void shouldCountPropertiesNeededOnceAndPreferredBesideThem() {
        assertThat(verdict("1 4 4", "1 Ada 40 M | 0 2 | 1 2 2 | 0 | 1 0 | 1 1"))
                .returns(100L, Verdict::needed)
                .returns(40L, Verdict::preferred);
    }

    @Test
    void shouldCountAgeOnBothSidesOfTheDepartment() {
        assertThat(verdict("1 1", "1 Ada 15 M | 0 1 | 1 1 1 | 0 | 0 0 | 0 0").age())
                .isEqualTo(100);
        assertThat(verdict("1 1", "1 Ada 16 M | 0 1 | 1 1 1 | 0 | 0 0 | 0 0").age())
                .isZero();
        assertThat(verdict("1 1", "1 Ada 65 M | 0 1 | 1 1 1 | 0 | 0 0 | 0 0").age())
                .isZero();
        assertThat(verdict("1 1", "1 Ada 66 M | 0 1 | 1 1 1 | 0 | 0 0 | 0 0").age())
                .isEqualTo(100);
        assertThat(verdict("1 4", "1 Ada 99 M | 0 1 | 1 2 1 | 0 | 0 0 | 0 0").age())
                .isZero();
    }

    @Test
    void shouldCountARoomLargerThanPreferredAtOnePrice() {
        assertThat(verdict("1 1", "1 Ada 40 M | 0 1 | 1 1 1 | 1 | 0 0 | 0 0").capacity())
                .isEqualTo(8);
        assertThat(verdict("1 1", "1 Ada 40 M | 0 1 | 1 1 1 | 2 | 0 0 | 0 0").capacity())
                .isZero();
    }

    @Test
    void shouldCountSpecialismsOfDepartmentAndRoom() {
        assertThat(verdict("1 4 4", MAN))
                .returns(20L, Verdict::departmentSpecialism)
                .returns(40L, Verdict::roomSpecialism);
        assertThat(verdict("1 1", "1 Ada 40 M | 0 1 | 1 2 1 | 0 | 0 0 | 0 0"))
                .returns(0L, Verdict::departmentSpecialism)
                .returns(20L, Verdict::roomSpecialism);
    }

    @Test
    void shouldCountTransfersAndThosePlannedApart() {
        String inTurn = "1 Ada 40 M | 0 3 | 2 1 2 2 1 | 0 | 0 0 | 0 0";

        assertThat(verdict("1 1 2 3", inTurn))
                .returns(220L, Verdict::transfers)
                .returns(110L, Verdict::plannedTransfers);
        assertThat(verdict("1 1 1 3", inTurn).cost(false)).isZero();
    }

    @Test
    void shouldCutStaysAtTheHorizonAndIgnoreThoseBehindIt() {
        Verdict verdict = verdict(
                "1 1",
                "1 Ada 40 M | 2 9 | 1 1 7 | 0 | 0 0 | 0 0",
                "2 Bob 40 M | 3 4 | 1 1 1 | 0 | 0 0 | 0 0",
                "3 Cat 40 F | 1 1 | 1 1 0 | 0 | 0 0 | 0 0");

        assertThat(verdict.infeasibilities()).isZero();
        assertThat(verdict.cost(true)).isZero();
    }

    @Test
    void shouldSeeSharedAndMissingBeds() {
        String other = "2 Bob 40 M | 1 3 | 1 1 2 | 0 | 0 0 | 0 0";

        assertThat(verdict("1 1 1\n2 1 1", MAN, other))
                .returns(1, Verdict::doubleBeds)
                .returns(0, Verdict::missingNights);
        assertThat(verdict("1 1\n2 77 2", MAN, other))
                .returns(0, Verdict::doubleBeds)
                .returns(2, Verdict::missingNights);
    }
}
