package org.chevet.hospital.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers mistakes, so that all are told at once. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(Place place, String message, String advice) {
        add(place.path(), place.node(), message, advice);
    }

    public void add(String path, Node node, String message, String advice) {
        Mark mark = node.getStartMark();
        found.add(new Problem(path, mark.getLine() + 1, mark.getColumn() + 1, message, advice));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Problem> inFileOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
