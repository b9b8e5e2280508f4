package org.chevet.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chevet.event.BedEvent;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.jspecify.annotations.Nullable;

/** Made-up records of any type, so that no kind of event is forgotten by a test. */
public final class Samples {
    public static final Instant TIME = Instant.parse("2026-03-29T01:30:00.125Z");

    private Samples() {}

    /** Each kind of event twice: with everything said, and with nothing said that may be left out. */
    public static Stream<BedEvent> events() {
        return Arrays.stream(BedEvent.class.getPermittedSubclasses())
                .flatMap(type -> Stream.of(sample(type, true), sample(type, false)))
                .map(BedEvent.class::cast);
    }

    static Object sample(Class<?> type, boolean full) {
        try {
            return value(type, full);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type.getName(), e);
        }
    }

    private static Object value(Type type, boolean full) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Object element = value(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1], full);
            return generic.getRawType() == List.class
                    ? (full ? List.of(element) : List.of())
                    : (full ? Map.of("é", element) : Map.of());
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Movement.class) {
            // One of the few records with a rule of its own.
            return new Movement(
                    "M1",
                    full ? MovementKind.DISCHARGE : MovementKind.LEAVE,
                    TIME,
                    Location.ELSEWHERE,
                    PatientClass.INPATIENT,
                    TIME,
                    full ? Ending.DIED : null);
        }
        if (plain.isRecord()) {
            return record(plain, full);
        }
        if (plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            return constants[full ? constants.length - 1 : 0];
        }
        return switch (plain.getName()) {
            case "java.lang.String" -> "A1";
            case "java.time.Instant" -> TIME;
            case "java.time.LocalDate" -> LocalDate.of(1931, 2, 28);
            case "java.time.Duration" -> Duration.ofHours(36);
            case "java.time.ZoneId" -> ZoneId.of("Europe/Paris");
            case "int", "java.lang.Integer" -> 1;
            case "long" -> 1L;
            case "double", "java.lang.Double" -> 0.25;
            case "boolean" -> full;
            default -> throw new AssertionError("no sample of " + plain.getName());
        };
    }

    private static Object record(Class<?> type, boolean full) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean optional = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = optional && !full ? null : value(components[i].getGenericType(), full);
        }
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values);
    }
}
