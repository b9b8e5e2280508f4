package org.chevet.forecast;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/** What other programs computed, kept with the forecast data. */
final class GoldenVectors {
    private GoldenVectors() {}

    static JsonNode read() throws IOException {
        Path file = Path.of(System.getProperty("chevet.data", ""), "forecast", "golden_vectors.json");
        assumeTrue(Files.isRegularFile(file), () -> "no golden vectors: there is no file " + file.toAbsolutePath());
        return new ObjectMapper().readTree(file.toFile());
    }

    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
