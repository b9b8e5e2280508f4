package org.chevet.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.chevet.journal.JsonCursor.Unlike;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from JSON of the very form in which {@link ChevetJson} writes them: their components in their order, those
 * that are null left out, no space anywhere. A replay reads millions, and a reader of any JSON takes several times as long, the more so
 * in a process that has just begun. What is in another form may be right all the same: that is for {@link ChevetJson} to say.
 */
public final class WrittenJson {
    /** Reads one type. */
    private interface Shape {
        Object read(JsonCursor json) throws Unlike;
    }

    /** @param name as it is written after another one, from the comma to the colon */
    private record Component(byte[] name, boolean nullable, Shape shape) {}

    private static final Map<Type, Shape> SHAPES = new ConcurrentHashMap<>();

    private WrittenJson() {}

    /** Null when the bytes are not written as Chevet would write a value of that type. */
    public static <T> @Nullable T read(byte[] json, Class<T> type) {
        JsonCursor cursor = new JsonCursor(json);
        try {
            Object read = shape(type).read(cursor);
            return cursor.isAtEnd() ? type.cast(read) : null;
        } catch (Unlike e) {
            return null;
        }
    }

    private static Shape shape(Type type) {
        Shape known = SHAPES.get(type);
        if (known != null) {
            return known;
        }
        Shape made = make(type);
        SHAPES.put(type, made);
        return made;
    }

    private static Shape make(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return listOf(shape(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return mapOf(shape(arguments[1]));
            }
        }
        return type instanceof Class<?> plain ? makePlain(plain) : notYet(type);
    }

    private static Shape makePlain(Class<?> plain) {
        Shape scalar = scalar(plain);
        if (scalar != null) {
            return scalar;
        }
        if (plain.isRecord()) {
            return record(plain);
        }
        Map<String, Shape> choices = new LinkedHashMap<>();
        if (plain.isEnum()) {
            for (Object constant : plain.getEnumConstants()) {
                choices.put('"' + ((Enum<?>) constant).name() + '"', json -> constant);
            }
            return oneOf(choices);
        }
        if (plain.isSealed()) {
            for (Class<?> subtype : plain.getPermittedSubclasses()) {
                choices.put("{\"type\":\"" + typeName(plain, subtype) + '"', components(subtype, false));
            }
            return oneOf(choices);
        }
        return notYet(plain);
    }

    private static Shape notYet(Type type) {
        throw new IllegalArgumentException("a " + type.getTypeName() + " is not read from JSON yet");
    }

    private static @Nullable Shape scalar(Class<?> type) {
        return switch (type.getName()) {
            case "java.lang.String" -> JsonCursor::text;
            case "java.time.Instant" -> JsonCursor::time;
            case "java.time.LocalDate" -> json -> parsed(json, LocalDate::parse);
            case "java.time.Duration" -> json -> parsed(json, Duration::parse);
            case "java.time.ZoneId" -> json -> parsed(json, ZoneId::of);
            case "long" -> JsonCursor::number;
            case "int", "java.lang.Integer" -> WrittenJson::integer;
            case "double", "java.lang.Double" -> JsonCursor::decimal;
            case "boolean" -> oneOf(Map.of("true", json -> Boolean.TRUE, "false", json -> Boolean.FALSE));
            default -> null;
        };
    }

    private static Object parsed(JsonCursor json, Function<String, Object> parser) throws Unlike {
        try {
            return parser.apply(json.text());
        } catch (DateTimeException e) {
            throw Unlike.WRITTEN;
        }
    }

    private static Object integer(JsonCursor json) throws Unlike {
        long number = json.number();
        if (number != (int) number) {
            throw Unlike.WRITTEN;
        }
        return (int) number;
    }

    /** By what each begins with. */
    private static Shape oneOf(Map<String, Shape> choices) {
        byte[][] beginnings = choices.keySet().stream()
                .map(beginning -> beginning.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        Shape[] shapes = choices.values().toArray(Shape[]::new);
        return json -> {
            for (int i = 0; i < shapes.length; i++) {
                if (json.skip(beginnings[i], 0)) {
                    return shapes[i].read(json);
                }
            }
            throw Unlike.WRITTEN;
        };
    }

    private static String typeName(Class<?> sealed, Class<?> subtype) {
        JsonSubTypes named = sealed.getAnnotation(JsonSubTypes.class);
        if (named != null) {
            for (JsonSubTypes.Type type : named.value()) {
                if (type.value() == subtype) {
                    return type.name();
                }
            }
        }
        return subtype.getSimpleName();
    }

    private static Shape listOf(Shape element) {
        return json -> {
            json.expect('[');
            List<Object> list = new ArrayList<>();
            while (!json.skip(']')) {
                if (!list.isEmpty()) {
                    json.expect(',');
                }
                list.add(element.read(json));
            }
            return list;
        };
    }

    private static Shape mapOf(Shape value) {
        return json -> {
            json.expect('{');
            Map<String, Object> map = new LinkedHashMap<>();
            while (!json.skip('}')) {
                if (!map.isEmpty()) {
                    json.expect(',');
                }
                String key = json.text();
                json.expect(':');
                if (map.put(key, value.read(json)) != null) {
                    throw Unlike.WRITTEN;
                }
            }
            return map;
        };
    }

    private static Shape record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class)) {
            Shape value = shape(components[0].getGenericType());
            Constructor<?> constructor = constructor(type);
            return json -> made(constructor, value.read(json));
        }
        Shape rest = components(type, true);
        return json -> {
            json.expect('{');
            return rest.read(json);
        };
    }

    /** @param first whether nothing stands before them in their object */
    private static Shape components(Class<?> type, boolean first) {
        Component[] components = Arrays.stream(type.getRecordComponents())
                .map(component -> new Component(
                        (",\"" + component.getName() + "\":").getBytes(StandardCharsets.UTF_8),
                        component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                        shape(component.getGenericType())))
                .toArray(Component[]::new);
        Constructor<?> constructor = constructor(type);
        return json -> {
            @Nullable Object[] values = new Object[components.length];
            boolean begun = !first;
            for (int i = 0; i < components.length; i++) {
                Component component = components[i];
                if (json.skip(component.name(), begun ? 0 : 1)) {
                    values[i] = component.shape().read(json);
                    begun = true;
                } else if (!component.nullable()) {
                    throw Unlike.WRITTEN;
                }
            }
            json.expect('}');
            return made(constructor, values);
        };
    }

    private static Constructor<?> constructor(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has it", e);
        }
    }

    private static Object made(Constructor<?> constructor, @Nullable Object... values) throws Unlike {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw Unlike.WRITTEN;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "cannot make a " + constructor.getDeclaringClass().getSimpleName(), e);
        }
    }
}
