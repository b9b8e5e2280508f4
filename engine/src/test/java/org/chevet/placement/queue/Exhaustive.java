package org.chevet.placement.queue;

import java.util.Arrays;
import org.chevet.placement.queue.AssignmentPlan.Value;
import org.jspecify.annotations.Nullable;

/** Tries every way to give the beds out, and says what a plan is worth; by the definitions, and nothing of the solver's. */
final class Exhaustive {
    private final AssignmentProblem problem;
    private final int[] beds;
    private Value best;

    private Exhaustive(AssignmentProblem problem) {
        this.problem = problem;
        beds = new int[problem.requests()];
        Arrays.fill(beds, AssignmentPlan.NONE);
        best = value(problem, beds);
    }

    static Value best(AssignmentProblem problem) {
        Exhaustive search = new Exhaustive(problem);
        search.place(0);
        return search.best;
    }

    private void place(int request) {
        if (request == beds.length) {
            Value value = value(problem, beds);
            if (value.compareTo(best) < 0) {
                best = value;
            }
            return;
        }
        place(request + 1);
        for (int bed = 0; bed < problem.beds(); bed++) {
            beds[request] = bed;
            if (breach(problem, beds) == null) {
                place(request + 1);
            }
        }
        beds[request] = AssignmentPlan.NONE;
    }

    static Value value(AssignmentProblem problem, int[] beds) {
        int[] unplaced = new int[5];
        long cost = 0;
        for (int request = 0; request < beds.length; request++) {
            if (beds[request] == AssignmentPlan.NONE) {
                unplaced[problem.priorities()[request] - 1]++;
            } else {
                cost += problem.costs()[request][beds[request]];
            }
        }
        return new Value(unplaced, cost);
    }

    /** @return the first rule that the plan breaks, null for none */
    static @Nullable String breach(AssignmentProblem problem, int[] beds) {
        int rooms = problem.serviceOfRoom().length;
        boolean[] taken = new boolean[problem.beds()];
        int[] inRoom = new int[rooms];
        int[] inService = new int[problem.placesOfService().length];
        long[] companies = problem.companiesOfRoom().clone();
        for (int request = 0; request < beds.length; request++) {
            int bed = beds[request];
            if (bed == AssignmentPlan.NONE) {
                continue;
            }
            if (problem.costs()[request][bed] == AssignmentProblem.FORBIDDEN) {
                return "request " + request + " may not have bed " + bed;
            }
            if (taken[bed]) {
                return "bed " + bed + " is given twice";
            }
            taken[bed] = true;
            int room = problem.roomOfBed()[bed];
            inRoom[room]++;
            inService[problem.serviceOfRoom()[room]]++;
            companies[room] &= problem.companiesOfRequest()[request];
        }
        for (int room = 0; room < rooms; room++) {
            boolean inCompany = (companies[room] & ~problem.companiesOfOne()) != 0;
            if (inRoom[room] > problem.placesOfRoom()[room]) {
                return "room " + room + " is too full";
            }
            if (inRoom[room] > 0 && companies[room] == 0 || inRoom[room] > 1 && !inCompany) {
                return "room " + room + " has who may not lie together";
            }
        }
        for (int service = 0; service < inService.length; service++) {
            if (inService[service] > problem.placesOfService()[service]) {
                return "service " + service + " is too full";
            }
        }
        return null;
    }
}
