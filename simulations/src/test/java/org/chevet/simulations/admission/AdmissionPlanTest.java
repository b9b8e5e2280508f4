package org.chevet.simulations.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chevet.placement.stay.StayPlan;
import org.chevet.placement.stay.StayPlanner;
import org.chevet.simulations.admission.SolutionChecker.Verdict;
import org.junit.jupiter.api.Test;

/** Reader, prices, planner and writer together, held against the checker that shares no code with them. */
class AdmissionPlanTest {
    private static final long MOVES = 50_000;

    @Test
    void shouldAgreeWithTheCheckerOnSmallHospitals() {
        for (int seed = 0; seed < 200; seed++) {
            requireAgreement("seed " + seed, SolutionCheckerTest.instance(patients(seed)), MOVES / 50);
        }
    }

    @Test
    void shouldAgreeWithTheCheckerOnThePublishedInstances() throws IOException {
        Path folder = Path.of(System.getProperty("chevet.data", ""), "pas");
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no published instances: there is no folder " + folder.toAbsolutePath());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                requireAgreement(file.getFileName().toString(), Files.readString(file), MOVES);
            }
        }
    }

    private static void requireAgreement(String name, String text, long moves) {
        for (boolean plannedCount : List.of(true, false)) {
            AdmissionProblem problem = new AdmissionProblem(AdmissionReader.read(text), plannedCount);
            StayPlanner planner = new StayPlanner(problem.problem(), 1);
            planner.search(StayPlanner.Budget.ofMoves(moves));
            StayPlan plan = planner.plan();
            Verdict verdict = SolutionChecker.check(text, problem.solution(plan));

            assertThat(verdict.infeasibilities()).as(name).isEqualTo(plan.nightsNowhere());
            if (plan.nightsNowhere() > 0) {
                assertThat(name).as("an instance without beds enough").startsWith("overconstrained");
            } else {
                assertThat(verdict.cost(plannedCount))
                        .as(name)
                        .isEqualTo(plan.cost())
                        .isEqualTo(planner.cost());
            }
        }
    }

    @Test
    void shouldCostByPlainAnnealingWhatTheCheckerSays() {
        for (int seed = 0; seed < 200; seed++) {
            String text = SolutionCheckerTest.instance(patients(seed));
            AdmissionProblem problem = new AdmissionProblem(AdmissionReader.read(text), false);
            PlainAnnealing.Plan plan = PlainAnnealing.run(problem, StayPlanner.Budget.ofMoves(MOVES / 50), seed);
            Verdict verdict = SolutionChecker.check(text, problem.solution(plan.bedOf()));

            assertThat(verdict.infeasibilities()).as("seed %d", seed).isZero();
            assertThat(plan.cost()).as("seed %d", seed).isEqualTo(verdict.cost(false));
        }
    }

    /** At most two patients a night, so that there is always a bed. */
    private static String[] patients(int seed) {
        Random random = new Random(seed);
        return IntStream.rangeClosed(1, 5)
                .mapToObj(id -> {
                    int first = random.nextInt(3);
                    int nights = 1 + random.nextInt(2);
                    String treatments = nights == 2 && random.nextBoolean()
                            ? "2 1 1 2 1"
                            : "1 " + (1 + random.nextInt(2)) + " " + nights;
                    return "%d Name %d %s | %d %d | %s | %d | %d %d | %d %d"
                            .formatted(
                                    id,
                                    random.nextInt(90),
                                    random.nextBoolean() ? "F" : "M",
                                    first,
                                    first + nights,
                                    treatments,
                                    random.nextInt(3),
                                    random.nextInt(2),
                                    random.nextInt(2),
                                    random.nextInt(2),
                                    random.nextInt(2));
                })
                .toArray(String[]::new);
    }

    @Test
    void shouldTellTheLineOfADamagedFile() {
        String whole = SolutionCheckerTest.instance(SolutionCheckerTest.MAN);

        assertDamaged(whole.replace("40 M", "40 X"), "line 36 has sex X, expected F or M");
        assertDamaged(whole.replace("5 4\n", "5 9\n"), "line 33 has a bed in room 9, which is not among the rooms");
        assertDamaged(whole.replace("Beds: 5", "Beds: many"), "line 4 has \"many\", expected a whole number from 0");
        assertDamaged(
                whole.replace("| 1 1 2 |", "| 1 1 3 |"),
                "line 36 has patient 1 with specialisms for 3 nights and a stay of 2");
        assertDamaged(whole.replace("END.", ""), "the end of the file, expected \"END.\"");
        assertDamaged(whole.replace("| D |", "| Q |"), "line 23 has room policy Q, expected N, M, F or D");
    }

    private static void assertDamaged(String text, String message) {
        assertThatThrownBy(() -> AdmissionReader.read(text))
                .isInstanceOf(AdmissionFormatException.class)
                .hasMessageContaining(message);
    }
}
