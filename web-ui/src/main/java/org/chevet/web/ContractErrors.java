package org.chevet.web;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the check against the contract found, field by field. */
final class ContractErrors {
    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']{1,200})[\"']");
    private static final int ERRORS_MAX = 20;

    private ContractErrors() {}

    static List<HttpProblem.FieldError> of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaValidationException invalid) {
                return of(invalid);
            }
            if (cause instanceof ValidatorException invalid) {
                return List.of(new HttpProblem.FieldError("", String.valueOf(invalid.getMessage())));
            }
        }
        return List.of();
    }

    private static List<HttpProblem.FieldError> of(SchemaValidationException invalid) {
        Set<HttpProblem.FieldError> errors = new LinkedHashSet<>();
        for (OutputUnit unit : leaves(invalid.getOutputUnit())) {
            errors.add(new HttpProblem.FieldError(pointer(unit), String.valueOf(unit.getError())));
        }
        return errors.stream().limit(ERRORS_MAX).toList();
    }

    private static List<OutputUnit> leaves(OutputUnit unit) {
        List<OutputUnit> leaves = new ArrayList<>();
        for (OutputUnit error : unit.getErrors() == null ? List.<OutputUnit>of() : unit.getErrors()) {
            leaves.add(error);
        }
        return leaves;
    }

    private static String pointer(OutputUnit unit) {
        String location = unit.getInstanceLocation();
        Matcher name = QUOTED.matcher(String.valueOf(unit.getError()));
        return location + (name.find() ? "|" + name.group(1) : "");
    }
}
