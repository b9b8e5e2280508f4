package org.chevet.simulations.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chevet.hospital.file.Fields;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.hospital.file.Place;
import org.chevet.hospital.file.Problem;
import org.chevet.hospital.file.Problems;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Scenarios as people write them: one YAML file each. Either all of it is right, or none of it is used. */
public final class ScenarioFile {
    /** Those in the jar. */
    public static final List<String> SHIPPED = List.of(
            "ordinary",
            "mass-casualties",
            "epidemic-wave",
            "flu-winter",
            "bronchiolitis",
            "heat",
            "ward-outbreak",
            "cyber-attack",
            "staff-shortage",
            "power-cut",
            "france-first-wave");

    private static final String ENDING = ".yaml";

    /** Of a hospital in a scenario that is handed in, surge beds among them. */
    private static final int BEDS_MAX = 3_000;

    private ScenarioFile() {}

    /** A scenario cannot be used; the message says where in the file what is wrong, and what is allowed there. */
    public static final class ScenarioException extends Exception {
        private static final long serialVersionUID = 1;

        ScenarioException(String message) {
            super(message);
        }
    }

    /** One number of a scenario, replaced: {@code measures[0].delayHours=6}. */
    public record Change(String path, String value) {}

    /**
     * @param name of one of {@link #SHIPPED}, or a file's
     * @param changes to numbers that are in the file
     */
    public static Scenario read(String name, List<Change> changes) throws ScenarioException {
        if (SHIPPED.contains(name)) {
            return parse(name, shipped(name), null, changes);
        }
        Path file = Path.of(name);
        return parse(withoutEnding(file), onDisk(name), folder(file), changes);
    }

    /**
     * The text of a file that {@link #read} takes, with these values in the place of those that stand there, the last one where there are several for one
     * place; everything else as it was written. It may be written into any folder.
     */
    public static String text(String name, List<Change> changes) throws ScenarioException {
        boolean isShipped = SHIPPED.contains(name);
        String text = isShipped ? shipped(name) : onDisk(name);
        Node root = Objects.requireNonNull(
                HospitalFile.compose(text, new Problems(), ""), "whoever asks for its text has read it");
        List<Change> all = new ArrayList<>(changes);
        Place hospital = isShipped ? null : hospitalFile(root);
        if (hospital != null) {
            Path path = Path.of(name)
                    .resolveSibling(String.valueOf(hospital.text()))
                    .toAbsolutePath();
            all.add(new Change(hospital.path(), '"' + path.toString().replace("\\", "\\\\") + '"'));
        }
        Map<Integer, ScalarNode> fromTheEnd = new TreeMap<>(Comparator.reverseOrder());
        for (Change change : all) {
            ScalarNode replaced = change(root, change, name);
            fromTheEnd.put(replaced.getStartMark().getIndex(), replaced);
        }
        StringBuilder written = new StringBuilder(text);
        for (ScalarNode node : fromTheEnd.values()) {
            written.replace(
                    text.offsetByCodePoints(0, node.getStartMark().getIndex()),
                    text.offsetByCodePoints(0, node.getEndMark().getIndex()),
                    node.getValue());
        }
        return written.toString();
    }

    /** Where the scenario names a file of its hospital, null when it does not. */
    private static @Nullable Place hospitalFile(Node root) {
        Problems ignored = new Problems();
        Fields scenario = Fields.of(new Place("", root), ignored);
        Place hospital = scenario == null ? null : scenario.get("hospital");
        Fields named = hospital == null || hospital.isScalar() ? null : Fields.of(hospital, ignored);
        return named == null ? null : named.get("file");
    }

    private static @Nullable Path folder(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private static String onDisk(String name) throws ScenarioException {
        try {
            return Files.readString(Path.of(name));
        } catch (NoSuchFileException e) {
            throw new ScenarioException(
                    "there is no scenario " + name + ". Name a file, or one of " + String.join(", ", SHIPPED) + ".");
        } catch (IOException e) {
            throw new ScenarioException("scenario " + name + " cannot be read: " + e);
        }
    }

    /** One that somebody hands in: it lies in no folder, names no other file, and its hospital is not too large to be lived in. */
    public static Scenario parse(String text) throws ScenarioException {
        return parse("scenario", text, null, List.of(), BEDS_MAX);
    }

    private static String withoutEnding(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static String shipped(String name) {
        try (InputStream content = ScenarioFile.class.getResourceAsStream(name + ENDING)) {
            if (content == null) {
                throw new IllegalStateException("scenario " + name + " is not in the jar");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("scenario " + name + " cannot be read", e);
        }
    }

    /** @param folder of which hospital files are named, null when there is none */
    static Scenario parse(String code, String text, @Nullable Path folder, List<Change> changes)
            throws ScenarioException {
        return parse(code, text, folder, changes, Integer.MAX_VALUE);
    }

    private static Scenario parse(String code, String text, @Nullable Path folder, List<Change> changes, int bedsMax)
            throws ScenarioException {
        Problems problems = new Problems();
        Node root = HospitalFile.compose(text, problems, "Write at least name, hospital and days.");
        Scenario scenario = null;
        if (root != null) {
            for (Change change : changes) {
                change(root, change, code + ENDING);
            }
            scenario = new ScenarioReader(problems, folder, bedsMax).read(code, root);
        }
        if (scenario == null || !problems.isEmpty()) {
            List<Problem> found = problems.inFileOrder();
            throw new ScenarioException((found.size() == 1 ? "1 mistake" : found.size() + " mistakes") + " in "
                    + code + ENDING + ":\n"
                    + found.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n")));
        }
        return scenario;
    }

    private static ScalarNode change(Node root, Change change, String file) throws ScenarioException {
        ScalarNode changed = changed(root, "", change);
        if (changed == null) {
            throw new ScenarioException(
                    file + ": there is no number '" + change.path() + "' in it. Name one as measures[0].delayHours.");
        }
        return changed;
    }

    /** Puts the value in the place of the one that stands there. @return what is there now, null when there is no such place */
    private static @Nullable ScalarNode changed(Node node, String path, Change change) {
        if (node instanceof MappingNode mapping) {
            List<NodeTuple> tuples = mapping.getValue();
            for (int i = 0; i < tuples.size(); i++) {
                Node key = tuples.get(i).getKeyNode();
                Node value = tuples.get(i).getValueNode();
                String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
                String at = path.isEmpty() ? name : path + "." + name;
                if (at.equals(change.path()) && value instanceof ScalarNode) {
                    ScalarNode replaced = replaced(value, change);
                    tuples.set(i, new NodeTuple(key, replaced));
                    return replaced;
                }
                ScalarNode below = changed(value, at, change);
                if (below != null) {
                    return below;
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            List<Place> items = Objects.requireNonNull(new Place(path, sequence).items());
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i).path().equals(change.path()) && items.get(i).node() instanceof ScalarNode value) {
                    ScalarNode replaced = replaced(value, change);
                    sequence.getValue().set(i, replaced);
                    return replaced;
                }
                ScalarNode below = changed(items.get(i).node(), items.get(i).path(), change);
                if (below != null) {
                    return below;
                }
            }
        }
        return null;
    }

    private static ScalarNode replaced(Node node, Change change) {
        return new ScalarNode(
                Tag.FLOAT, change.value(), node.getStartMark(), node.getEndMark(), DumperOptions.ScalarStyle.PLAIN);
    }
}
