package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is shipped for those who run Chevet, where tests find it. Tests run in their module's folder. */
final class Operations {
    /** Where docker-compose.yml stands. */
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    static final Path FOLDER = TOP.resolve("web-ui/operations");

    private Operations() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
