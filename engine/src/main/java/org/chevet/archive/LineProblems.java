package org.chevet.archive;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the lines of a file that is imported. */
final class LineProblems {
    private static final int PROBLEMS_MAX = 100;

    private final List<String> told = new ArrayList<>();
    private long count;

    void add(long line, String what) {
        add("line " + line + ": " + what);
    }

    /** Of the file as a whole. */
    void add(String what) {
        count++;
        if (told.size() < PROBLEMS_MAX) {
            told.add(what);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** @throws JournalImport.RefusedException when there is any */
    void refuseIfAny() {
        if (count == 0) {
            return;
        }
        List<String> all = new ArrayList<>(told);
        if (count > told.size()) {
            all.add("… and " + (count - told.size()) + " more");
        }
        throw new JournalImport.RefusedException(all);
    }
}
