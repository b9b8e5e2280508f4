package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.file.HospitalFile;

/** Reads {@code hospitals} of {@code chevet.yaml}: hospitals' files, and folders of them. */
final class HospitalsSection {
    private static final String FILES = ".yaml";

    private final ConfigurationReader reader;
    private final Map<HospitalId, Path> files = new HashMap<>();

    HospitalsSection(ConfigurationReader reader) {
        this.reader = reader;
    }

    /** Where those that were read are described. */
    Map<HospitalId, Path> files() {
        return files;
    }

    List<Hospital> hospitals(JsonNode node) {
        List<Hospital> hospitals = new ArrayList<>();
        Set<HospitalId> known = new HashSet<>();
        paths(node).forEach((file, place) -> {
            switch (HospitalFile.read(file)) {
                case HospitalFile.Loaded loaded -> {
                    HospitalId id = loaded.hospital().id();
                    if (!known.add(id)) {
                        reader.problem(
                                place,
                                "hospital " + id + " is there already, in " + files.get(id) + ". Give " + file
                                        + " its own id.");
                    }
                    hospitals.add(loaded.hospital());
                    files.putIfAbsent(id, file);
                }
                case HospitalFile.Invalid invalid ->
                    invalid.problems().forEach(mistake -> reader.problem(place, file + ": " + mistake));
            }
        });
        return hospitals;
    }

    /** The files, in their order, each with where it is named. At least one, or a problem. */
    Map<Path, String> paths(JsonNode node) {
        Map<Path, String> paths = new LinkedHashMap<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                String place = "hospitals[" + i + "]";
                Path path = reader.path(place, node.get(i), null);
                if (path != null && Files.isDirectory(path)) {
                    listed(place, path).forEach(file -> paths.putIfAbsent(file, place));
                } else if (path != null && paths.putIfAbsent(path, place) != null) {
                    reader.problem(place, path + " is named already. Name it once.");
                }
            }
        }
        if (paths.isEmpty() && reader.problems().isEmpty()) {
            reader.problem(
                    "hospitals",
                    "at least one hospital's file is wanted. Write for example: hospitals: [hospital.yaml], or a folder"
                            + " with files *" + FILES);
        }
        return paths;
    }

    private List<Path> listed(String place, Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(file -> String.valueOf(file.getFileName()).endsWith(FILES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            reader.problem(place, folder + " cannot be read: " + e);
            return List.of();
        }
    }
}
