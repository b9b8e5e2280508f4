package org.chevet.web;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the check against the contract found, field by field. The checker reports a mistake once for every schema around it;
 * only the innermost is told.
 */
final class ContractErrors {
    private static final int ERRORS_MAX = 20;
    private static final Pattern PARAMETER = Pattern.compile("(?:query|path|header) parameter (\\S+)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** Keywords that only say that something within is wrong. */
    private static final Set<String> WRAPPERS = Set.of("properties", "$ref", "anyOf", "items");

    private static final String EXTRA = "additionalProperties";

    private ContractErrors() {}

    static List<HttpProblem.FieldError> of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaValidationException invalid) {
                return of(invalid);
            }
            if (cause instanceof ValidatorException invalid) {
                String message = String.valueOf(invalid.getMessage());
                Matcher parameter = PARAMETER.matcher(message);
                return List.of(
                        parameter.find()
                                ? new HttpProblem.FieldError(parameter.group(1), "is missing")
                                : new HttpProblem.FieldError("", message));
            }
        }
        return List.of();
    }

    private static List<HttpProblem.FieldError> of(SchemaValidationException invalid) {
        List<OutputUnit> units = invalid.getOutputUnit().getErrors();
        if (units == null) {
            return List.of();
        }
        Matcher parameter = PARAMETER.matcher(String.valueOf(invalid.getMessage()));
        String root = parameter.find() ? parameter.group(1) : "";
        Set<String> wrongWithin = new HashSet<>();
        for (OutputUnit unit : units) {
            if (keyword(unit).equals("properties")) {
                wrongWithin.add(unit.getInstanceLocation());
            }
        }
        List<HttpProblem.FieldError> errors = new ArrayList<>();
        for (OutputUnit unit : units) {
            boolean wrapper = WRAPPERS.contains(keyword(unit))
                    || keyword(unit).equals(EXTRA) && wrongWithin.contains(unit.getInstanceLocation())
                    || isNullBranch(unit);
            if (!wrapper) {
                errors.add(error(root, unit));
            }
        }
        return new LinkedHashSet<>(errors).stream().limit(ERRORS_MAX).toList();
    }

    /** Of "this or null", only "this" is worth a word. */
    private static boolean isNullBranch(OutputUnit unit) {
        return unit.getKeywordLocation().contains("/anyOf/")
                && String.valueOf(unit.getError()).endsWith("Expected null");
    }

    private static HttpProblem.FieldError error(String root, OutputUnit unit) {
        String field = root + unit.getInstanceLocation().substring(1);
        String message = String.valueOf(unit.getError());
        Matcher name = QUOTED.matcher(message);
        return switch (keyword(unit)) {
            case "required" ->
                new HttpProblem.FieldError(name.find() ? field + "/" + name.group(1) : field, "is missing");
            case EXTRA -> new HttpProblem.FieldError(field, "is not known here");
            case "enum" -> new HttpProblem.FieldError(field, "is none of " + message.substring(message.indexOf('[')));
            case "pattern" -> new HttpProblem.FieldError(field, "does not have the form that the contract wants");
            case "format" -> new HttpProblem.FieldError(field, "is not a " + (name.find() ? name.group(1) : "value"));
            case "type" ->
                new HttpProblem.FieldError(field, "is not of type " + message.substring(message.lastIndexOf(' ') + 1));
            default -> new HttpProblem.FieldError(field, message);
        };
    }

    private static String keyword(OutputUnit unit) {
        String location = unit.getKeywordLocation();
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
