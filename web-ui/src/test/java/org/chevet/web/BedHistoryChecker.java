package org.chevet.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether what several people were told about one bed can have happened in some order, each act somewhere between its sending
 * and its answer (Wing and Gong 1993, with Lowe's memory of configurations that were tried). The model knows nothing of
 * Chevet: a bed has one occupant, is soiled by a departure, and is cleaned.
 */
final class BedHistoryChecker {
    static final String CLEAN = "clean";
    static final String SOILED = "soiled";

    /** With one bit each for who was put in order. */
    private static final int OPERATIONS_MAX = Long.SIZE;

    enum Kind {
        PLACE,
        LEAVE,
        CLEAN,
        READ
    }

    /**
     * @param stay who is placed or leaves; for a read what was seen
     * @param done whether it was granted
     */
    record Operation(long sentNanos, long answeredNanos, Kind kind, String stay, boolean done) {}

    private record Configuration(long ordered, String state) {}

    private final List<Operation> operations;
    private final Set<Configuration> tried = new HashSet<>();
    private final Set<String> ends = new HashSet<>();

    private BedHistoryChecker(List<Operation> operations) {
        if (operations.size() > OPERATIONS_MAX) {
            throw new IllegalArgumentException(operations.size() + " operations, more than " + OPERATIONS_MAX);
        }
        this.operations = operations;
    }

    /**
     * In which states the bed may be after these operations; none when they contradict each other.
     *
     * @param starts in which it may be before: an occupant, {@link #CLEAN} or {@link #SOILED}
     */
    static Set<String> ends(List<Operation> operations, Set<String> starts) {
        BedHistoryChecker checker = new BedHistoryChecker(List.copyOf(operations));
        starts.forEach(start -> checker.search(0, start));
        return checker.ends;
    }

    private void search(long ordered, String state) {
        if (!tried.add(new Configuration(ordered, state))) {
            return;
        }
        long firstAnswer = Long.MAX_VALUE;
        boolean complete = true;
        for (int i = 0; i < operations.size(); i++) {
            if ((ordered & 1L << i) == 0) {
                complete = false;
                firstAnswer = Math.min(firstAnswer, operations.get(i).answeredNanos());
            }
        }
        if (complete) {
            ends.add(state);
            return;
        }
        for (int i = 0; i < operations.size(); i++) {
            Operation next = operations.get(i);
            // Nothing that was sent after another one's answer can come before it.
            if ((ordered & 1L << i) == 0 && next.sentNanos() <= firstAnswer && isPossible(next, state)) {
                search(ordered | 1L << i, after(next, state));
            }
        }
    }

    private static boolean isPossible(Operation operation, String state) {
        return switch (operation.kind()) {
            case PLACE -> operation.done() == state.equals(CLEAN);
            case LEAVE -> operation.done() == state.equals(operation.stay());
            case CLEAN -> operation.done() == state.equals(SOILED);
            case READ -> operation.stay().equals(state);
        };
    }

    private static String after(Operation operation, String state) {
        if (!operation.done()) {
            return state;
        }
        return switch (operation.kind()) {
            case PLACE -> operation.stay();
            case LEAVE -> SOILED;
            case CLEAN -> CLEAN;
            case READ -> state;
        };
    }
}
