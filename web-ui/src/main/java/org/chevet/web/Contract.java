package org.chevet.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What the API takes and answers.
 *
 * @param yaml as it is served
 * @param checked as requests are held against it
 */
record Contract(String yaml, OpenAPIContract checked) {
    private static final String FILE = "openapi.yaml";

    /**
     * Reads it, which takes most of a second in a young process. Reading unpacks the schemas of schemas to a folder that only an
     * orderly end removes: so it is done by an event loop that ends at once.
     */
    static Contract read() {
        String yaml = text();
        Vertx reader = Vertx.vertx();
        try {
            return new Contract(
                    yaml,
                    ChevetServer.await(OpenAPIContract.from(reader, parsed(yaml)), "the contract cannot be read"));
        } finally {
            ChevetServer.await(reader.close(), "the contract's reader did not stop");
        }
    }

    /** As the router wants it: it does not know the media type of RFC 9457, and checks requests only. */
    static JsonObject parsed(String yaml) {
        try {
            JsonNode tree = new YAMLMapper().readTree(yaml.replace(HttpProblem.CONTENT_TYPE, "application/json"));
            return new JsonObject(Json.MAPPER.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the contract is not YAML", e);
        }
    }

    private static String text() {
        try (InputStream file = Contract.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
