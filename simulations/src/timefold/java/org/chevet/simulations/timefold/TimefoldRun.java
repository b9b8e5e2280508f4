package org.chevet.simulations.timefold;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.chevet.hospital.Sex;
import org.chevet.simulations.admission.AdmissionInstance.Room;
import org.chevet.simulations.admission.AdmissionProblem;
import org.chevet.simulations.admission.AdmissionProblem.PricedPart;
import org.chevet.simulations.timefold.PlacedPart.PlannedBed;
import org.chevet.simulations.timefold.PlacedStays.OneSexNight;

/**
 * One run of Timefold on one thread.
 *
 * @param cost in tenths
 * @param sharedBedNights bed-nights with two patients, which no plan may have
 */
public record TimefoldRun(long cost, long sharedBedNights) {
    private static final int LATE_ACCEPTANCE_SIZE = 400;
    private static final int ACCEPTED_COUNT_LIMIT = 4;

    /** How Timefold is set up. */
    public enum Configuration {
        DEFAULT,
        LATE_ACCEPTANCE,
        SIMULATED_ANNEALING
    }

    public static TimefoldRun run(AdmissionProblem problem, int seconds, Configuration configuration) {
        SolverConfig solver = new SolverConfig()
                .withSolutionClass(PlacedStays.class)
                .withEntityClasses(PlacedPart.class)
                .withConstraintProviderClass(PlacedStaysConstraints.class)
                .withTerminationSpentLimit(Duration.ofSeconds(seconds));
        switch (configuration) {
            case DEFAULT -> {}
            case LATE_ACCEPTANCE ->
                setPhases(solver, new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE_ACCEPTANCE_SIZE));
            case SIMULATED_ANNEALING ->
                setPhases(
                        solver,
                        new LocalSearchAcceptorConfig().withSimulatedAnnealingStartingTemperature("2hard/100soft"));
        }
        PlacedStays placed = SolverFactory.<PlacedStays>create(solver)
                .buildSolver()
                .solve(unplaced(problem));
        HardSoftLongScore score = Objects.requireNonNull(placed.score(), "Timefold gave no score");
        return new TimefoldRun(-score.softScore(), -score.hardScore());
    }

    private static void setPhases(SolverConfig solver, LocalSearchAcceptorConfig acceptor) {
        solver.withPhases(
                new ConstructionHeuristicPhaseConfig(),
                new LocalSearchPhaseConfig()
                        .withMoveSelectorConfig(new UnionMoveSelectorConfig()
                                .withMoveSelectors(new ChangeMoveSelectorConfig(), new SwapMoveSelectorConfig()))
                        .withAcceptorConfig(acceptor)
                        .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(ACCEPTED_COUNT_LIMIT)));
    }

    private static PlacedStays unplaced(AdmissionProblem problem) {
        List<Room> rooms = problem.instance().rooms();
        List<PlannedBed> beds = problem.instance().beds().stream()
                .map(bed -> new PlannedBed(bed.id(), bed.room()))
                .toList();
        List<OneSexNight> nights = IntStream.range(0, rooms.size())
                .filter(room -> AdmissionProblem.sexPrice(rooms.get(room)) > 0)
                .boxed()
                .flatMap(room -> IntStream.range(0, problem.instance().nights())
                        .mapToObj(night -> new OneSexNight(room, night, AdmissionProblem.sexPrice(rooms.get(room)))))
                .toList();
        List<PlacedPart> parts = new ArrayList<>();
        for (PricedPart part : problem.parts()) {
            parts.add(new PlacedPart(
                    parts.size(),
                    part.stay(),
                    part.sex() == Sex.FEMALE,
                    part.from(),
                    part.to(),
                    part.prices().stream().mapToInt(Integer::intValue).toArray(),
                    part.movePrice()));
        }
        return new PlacedStays(beds, nights, parts);
    }
}
