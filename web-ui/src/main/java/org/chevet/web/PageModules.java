package org.chevet.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which modules a page needs before it can do anything. Named in the page, they are all asked for at once; otherwise a browser asks for
 * each only when it has read what imports it, one after another through half a dozen levels.
 */
final class PageModules {
    /** What stands for a module in {@code import} and {@code export … from}; {@code import(…)} loads later and is not meant. */
    private static final Pattern IMPORTED =
            Pattern.compile("(?:^|;)(?:import|export)\\b(?:[^;\"=(]*?\\bfrom)?\\s*\"([^\"]+)\"", Pattern.MULTILINE);

    private PageModules() {}

    /**
     * Their addresses, the nearest first.
     *
     * @param scripts addresses of those that the page names
     * @param importMap what names of modules, or beginnings of names, stand for
     */
    static List<String> of(List<String> scripts, Map<String, String> importMap) {
        Set<String> found = new LinkedHashSet<>(scripts);
        Deque<String> unread = new ArrayDeque<>(scripts);
        while (!unread.isEmpty()) {
            String module = unread.remove();
            Matcher imported = IMPORTED.matcher(read(module));
            while (imported.find()) {
                String address = address(imported.group(1), module, importMap);
                if (found.add(address)) {
                    unread.add(address);
                }
            }
        }
        return List.copyOf(found);
    }

    private static String address(String name, String importedBy, Map<String, String> importMap) {
        if (name.startsWith(".")) {
            return URI.create(importedBy).resolve(name).getPath();
        }
        String whole = importMap.get(name);
        if (whole != null) {
            return whole;
        }
        String folder = name.substring(0, name.indexOf('/', name.startsWith("@") ? name.indexOf('/') + 1 : 0) + 1);
        return importMap.get(folder) + name.substring(folder.length());
    }

    private static String read(String address) {
        try (InputStream file = StaticFiles.open(address)) {
            if (file == null) {
                throw new IllegalStateException(address + " is imported, and is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(address + " cannot be read", e);
        }
    }
}
