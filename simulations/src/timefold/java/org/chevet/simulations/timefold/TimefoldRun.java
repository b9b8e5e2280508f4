package org.chevet.simulations.timefold;

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
import java.util.stream.IntStream;
import org.chevet.hospital.Sex;
import org.chevet.simulations.admission.AdmissionInstance.Bed;
import org.chevet.simulations.admission.AdmissionInstance.Room;
import org.chevet.simulations.admission.AdmissionProblem;
import org.chevet.simulations.admission.AdmissionProblem.PricedPart;
import org.chevet.simulations.timefold.PlacedPart.PlannedBed;
import org.chevet.simulations.timefold.PlacedStays.OneSexNight;

/** Runs of Timefold on one thread. */
public final class TimefoldRun {
    private static final int LATE_ACCEPTANCE_SIZE = 400;
    private static final int ACCEPTED_COUNT_LIMIT = 4;

    private TimefoldRun() {}

    /** How Timefold is set up. */
    public enum Configuration {
        DEFAULT("default"),
        LATE_ACCEPTANCE("late"),
        SIMULATED_ANNEALING("annealing");

        private final String title;

        Configuration(String title) {
            this.title = title;
        }

        /** In a table's head. */
        public String title() {
            return title;
        }
    }

    /** @return the bed's place in the instance by part, -1 for none yet; parts may share a bed, which no plan may have */
    public static List<Integer> run(AdmissionProblem problem, int seconds, Configuration configuration) {
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
        return placed.parts().stream()
                .map(part -> part.getBed() == null ? -1 : part.getBed().place())
                .toList();
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
        List<Bed> instanceBeds = problem.instance().beds();
        List<PlannedBed> beds = IntStream.range(0, instanceBeds.size())
                .mapToObj(place -> new PlannedBed(place, instanceBeds.get(place).room()))
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
