package org.chevet.hospital.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in the file and how one gets to it. */
public record Place(String path, Node node) {
    private static final int SHOWN_CHARS_MAX = 40;

    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    public boolean isScalar() {
        return node instanceof ScalarNode && !isNull();
    }

    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** As written, whatever type YAML sees in it: room {@code 0412} keeps its zero. Null when it is no scalar. */
    public @Nullable String text() {
        return node instanceof ScalarNode scalar && !isNull()
                ? scalar.getValue().strip()
                : null;
    }

    /** The members of a sequence, each with its index in the path; null when it is no sequence. */
    public @Nullable List<Place> items() {
        if (!(node instanceof SequenceNode sequence)) {
            return null;
        }
        List<Place> items = new ArrayList<>(sequence.getValue().size());
        for (Node item : sequence.getValue()) {
            items.add(new Place(path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** What stands here, for a message. */
    public String shown() {
        if (node instanceof MappingNode) {
            return "a mapping (key: value)";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String text = text();
        if (text == null) {
            return "nothing";
        }
        return "'" + (text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) + "…" : text) + "'";
    }
}
