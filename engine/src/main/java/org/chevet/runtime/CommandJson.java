package org.chevet.runtime;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.chevet.event.Command;

/** Commands as JSON, beside events and states. */
final class CommandJson {
    static final JsonMapper MAPPER = SnapshotFormat.MAPPER
            .rebuild()
            .addMixIn(Command.class, TypedCommand.class)
            .registerSubtypes(types(Command.class)
                    .map(type -> new NamedType(type, type.getSimpleName()))
                    .toArray(NamedType[]::new))
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypedCommand {}

    private CommandJson() {}

    private static Stream<Class<?>> types(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CommandJson::types)
                : Stream.of(type);
    }
}
