package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chevet.event.QuarantineCause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract and the sealed interface of acts say the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private final Vertx vertx = Vertx.vertx();
    private @Nullable OpenAPIContract contract;

    @BeforeAll
    void read() throws IOException {
        try (InputStream file = Objects.requireNonNull(WebServer.class.getResourceAsStream("openapi.yaml"))) {
            String yaml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            contract = ChevetServer.await(OpenAPIContract.from(vertx, Contract.parsed(yaml)), "contract");
        }
    }

    @AfterAll
    void close() {
        vertx.close();
    }

    static Set<String> acts() {
        return new TreeSet<>(ActOperations.ACTS.keySet());
    }

    @Test
    void shouldHaveAnOperationForEveryActAndNoOther() {
        Set<String> posts = contract().operations().stream()
                .filter(operation -> operation.getOpenAPIPath().contains("/acts/"))
                .map(Operation::getOperationId)
                .collect(Collectors.toSet());
        assertThat(posts).isEqualTo(acts());
    }

    @ParameterizedTest
    @MethodSource("acts")
    void shouldNameEveryComponentOfAnActAndRequireThoseThatMayNotBeNull(String act) {
        RecordComponent[] components =
                Objects.requireNonNull(ActOperations.ACTS.get(act)).getRecordComponents();
        JsonObject schema = schema(act);
        assertThat(schema.getJsonObject("properties").fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(components).map(RecordComponent::getName).toList());
        assertThat(schema.getJsonArray("required", new JsonArray()).stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(components)
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(schema.getBoolean("additionalProperties")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("acts")
    void shouldPutAnActUnderItsNameInKebabCase(String act) {
        String kebab = act.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        assertThat(Objects.requireNonNull(contract().operation(act)).getOpenAPIPath())
                .isEqualTo("/hospitals/{hospital}/acts/" + kebab);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void shouldListEveryWordOfAnActsEnumerations(String act) {
        for (RecordComponent component :
                Objects.requireNonNull(ActOperations.ACTS.get(act)).getRecordComponents()) {
            if (component.getType().isEnum()) {
                JsonObject listed = schema(component.getType().getSimpleName());
                assertThat(listed.getJsonArray("enum").stream().map(String::valueOf))
                        .containsExactlyElementsOf(
                                Arrays.stream(component.getType().getEnumConstants())
                                        .map(String::valueOf)
                                        .toList());
            }
        }
    }

    @Test
    void shouldListEveryCauseOfQuarantine() {
        assertThat(schema("QuarantineCauseCode").getJsonArray("enum").stream().map(String::valueOf))
                .containsExactlyElementsOf(Arrays.stream(QuarantineCause.Code.values())
                        .map(String::valueOf)
                        .toList());
    }

    private JsonObject schema(String name) {
        return contract()
                .getRawContract()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(name);
    }

    private OpenAPIContract contract() {
        return Objects.requireNonNull(contract);
    }
}
