package org.chevet.hospital.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.chevet.hospital.Bed;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** A hospital's layout as its staff write it: one YAML file. Either all of it is right, or none of it is used. */
public final class HospitalFile {
    public static final int HOSPITAL_FILE_BYTES_MAX = 4 * 1024 * 1024;

    private static final int NESTING_DEPTH_MAX = 20;

    private HospitalFile() {}

    /** What came of reading a file. */
    public sealed interface Result {
        /** A text for the console: the hospital's size, or what to mend. */
        String describe();
    }

    public record Loaded(Hospital hospital) implements Result {
        @Override
        public String describe() {
            List<Service> services = hospital.services();
            List<Bed> beds = services.stream()
                    .flatMap(service -> service.rooms().stream())
                    .flatMap(room -> room.beds().stream())
                    .toList();
            long surge = beds.stream().filter(Bed::surge).count();
            int rooms = services.stream()
                    .mapToInt(service -> service.rooms().size())
                    .sum();
            int staffed = services.stream().mapToInt(Service::staffedBeds).sum();
            return "%s (%s, %s): %d services, %d rooms, %d beds + %d surge, %d staffed"
                    .formatted(
                            hospital.name(),
                            hospital.id(),
                            hospital.zone(),
                            services.size(),
                            rooms,
                            beds.size() - surge,
                            surge,
                            staffed);
        }
    }

    /** @param problems all of them, in the file's order; at least one */
    public record Invalid(List<Problem> problems) implements Result {
        public Invalid {
            problems = List.copyOf(problems);
        }

        @Override
        public String describe() {
            String count = problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes";
            return count + " in the hospital's file; nothing of it is used until mended:\n"
                    + problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n"));
        }
    }

    public static Result read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return read(content);
        } catch (NoSuchFileException e) {
            return invalid("there is no file " + file, "Check the path, seen from where Chevet was started.");
        } catch (IOException e) {
            return invalid("file " + file + " cannot be read: " + e, "Check that it is a file and who may read it.");
        }
    }

    /** Reads to the end; closing stays with the caller. */
    public static Result read(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(HOSPITAL_FILE_BYTES_MAX + 1);
        if (bytes.length > HOSPITAL_FILE_BYTES_MAX) {
            return invalid(
                    "the file is larger than " + HOSPITAL_FILE_BYTES_MAX + " bytes",
                    "Check that it is the right file: 1,000 beds take about 100,000 bytes.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return invalid("the file is not UTF-8", "Save it as UTF-8 (the editor's \"encoding\" setting).");
        }
    }

    public static Result parse(String text) {
        if (text.length() > HOSPITAL_FILE_BYTES_MAX) {
            return invalid(
                    "the text has more than " + HOSPITAL_FILE_BYTES_MAX + " characters",
                    "Check that it is the right file.");
        }
        Problems problems = new Problems();
        Node root = compose(text, problems, "Write at least id, name, timeZone, specialties and services.");
        Hospital hospital = root == null ? null : new HospitalReader(problems).read(root);
        return hospital == null || !problems.isEmpty() ? new Invalid(problems.inFileOrder()) : new Loaded(hospital);
    }

    /**
     * The nodes of a YAML text, which know where they stand; null, and reported, when it is none.
     *
     * @param whenEmpty what to write into an empty one
     */
    public static @Nullable Node compose(String text, Problems problems, String whenEmpty) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(text));
            if (root == null) {
                problems.add(new Problem("", 0, 0, "the file is empty", whenEmpty));
            }
            return root;
        } catch (MarkedYAMLException e) {
            problems.add(syntaxProblem(e));
        } catch (YAMLException e) {
            problems.add(new Problem(
                    "", 0, 0, "this is not YAML: " + e.getMessage(), "Remove the character or structure it names."));
        }
        return null;
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(HOSPITAL_FILE_BYTES_MAX);
        options.setNestingDepthLimit(NESTING_DEPTH_MAX);
        return options;
    }

    private static Problem syntaxProblem(MarkedYAMLException e) {
        Mark mark = e.getProblemMark();
        String context = e.getContext() == null ? "" : " " + e.getContext();
        return new Problem(
                "",
                mark == null ? 0 : mark.getLine() + 1,
                mark == null ? 0 : mark.getColumn() + 1,
                "this is not YAML: " + e.getProblem() + context,
                "Look at this line and the one before: indentation by spaces, closing brackets and quotes, a space after each colon.");
    }

    private static Invalid invalid(String message, String advice) {
        return new Invalid(List.of(new Problem("", 0, 0, message, advice)));
    }
}
