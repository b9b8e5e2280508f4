package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes values out of a configuration's tree and collects what is wrong with them, each mistake with its path. After a mistake
 * it gives something harmless, so that reading goes on and finds the others.
 */
final class ConfigurationReader {
    private static final int PORT_MAX = 65_535;

    /** Where the configuration's own relative paths start. */
    private final Path folder;

    private final List<String> problems = new ArrayList<>();

    ConfigurationReader(Path folder) {
        this.folder = folder;
    }

    List<String> problems() {
        return problems;
    }

    @Nullable
    Path path(String place, JsonNode node, @Nullable String fallback) {
        String path = text(place, node, fallback);
        try {
            return path.isEmpty() ? null : folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            problem(place, "'" + path + "' is no path: " + e.getReason() + ".");
            return null;
        }
    }

    int port(String place, JsonNode node, @Nullable Integer fallback) {
        if (node.isMissingNode() && fallback != null) {
            return fallback;
        }
        if (!node.isIntegralNumber() || node.asLong() < 0 || node.asLong() > PORT_MAX) {
            String seen = node.isMissingNode() ? "a port is missing" : node + " is not a port";
            problem(place, seen + ". Write a number from 0 (any free one) to " + PORT_MAX + ".");
            return 0;
        }
        return node.asInt();
    }

    /** The whole number there, or the fallback. */
    int number(String place, JsonNode node, int fallback, int min, int max) {
        if (node.isMissingNode()) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < min || node.asInt() > max) {
            problem(place, node + " is not possible here. Write a number from " + min + " to " + max + ".");
            return fallback;
        }
        return node.asInt();
    }

    /** The text there, or the fallback; empty after a mistake. */
    String text(String place, JsonNode node, @Nullable String fallback) {
        if (node.isMissingNode() && fallback != null) {
            return fallback;
        }
        boolean scalar = node.isTextual() || node.isNumber();
        if (!scalar || node.asText().isBlank()) {
            problem(place, node.isMissingNode() ? "is missing. Write a text." : "a text is wanted, not " + node);
            return "";
        }
        return node.asText();
    }

    boolean isListOrMissing(String place, JsonNode node) {
        if (node.isMissingNode() || node.isArray()) {
            return true;
        }
        problem(place, "a list is wanted, not " + node);
        return false;
    }

    void checkMembers(String place, JsonNode node, List<String> allowed) {
        if (node instanceof MissingNode) {
            return;
        }
        if (!node.isObject()) {
            problem(place, "a group of " + allowed + " is wanted");
            return;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                problem(
                        place.isEmpty() ? name : place + "." + name,
                        "is not known here. Write one of " + allowed + ".");
            }
        });
    }

    void problem(String place, String message) {
        problems.add(place.isEmpty() ? message : place + ": " + message);
    }
}
