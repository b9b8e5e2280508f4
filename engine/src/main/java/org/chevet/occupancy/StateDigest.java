package org.chevet.occupancy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.AddedLater;
import org.jspecify.annotations.Nullable;

/**
 * A 64-bit digest of a tree of records, equal for equal trees on every machine: {@code hashCode} is not, for it is free to
 * differ between runs. Walks the record's own components, so a field added later cannot be forgotten.
 */
final class StateDigest {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    /** @param addedLater whether it is left out while it says nothing */
    private record Component(MethodHandle accessor, boolean addedLater) {}

    private static final ClassValue<Component[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected Component[] computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Component[] handles = new Component[components.length];
            for (int i = 0; i < components.length; i++) {
                try {
                    components[i].getAccessor().setAccessible(true);
                    MethodHandle accessor = MethodHandles.lookup()
                            .unreflect(components[i].getAccessor())
                            .asType(java.lang.invoke.MethodType.methodType(Object.class, Object.class));
                    handles[i] = new Component(accessor, components[i].isAnnotationPresent(AddedLater.class));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("cannot read " + components[i] + " for the digest", e);
                }
            }
            return handles;
        }
    };

    private StateDigest() {}

    static long of(@Nullable Object value) {
        return switch (value) {
            case null -> PRIME;
            case Record record -> ofRecord(record);
            case List<?> list -> {
                long hash = list.size();
                for (Object element : list) {
                    hash = mix(hash, of(element));
                }
                yield hash;
            }
            case Map<?, ?> map -> {
                long hash = map.size();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    hash = mix(mix(hash, of(entry.getKey())), of(entry.getValue()));
                }
                yield hash;
            }
            case Enum<?> constant -> ofText(constant.name());
            case Long number -> mix(1, number);
            case Integer number -> mix(2, number);
            case Boolean flag -> flag ? 3 : 4;
            // Instant, Duration, LocalDate, ZoneId and String: what they print is what they are.
            default -> ofText(value.toString());
        };
    }

    private static long ofRecord(Record record) {
        long hash = ofText(record.getClass().getSimpleName());
        for (Component component : COMPONENTS.get(record.getClass())) {
            Object value;
            try {
                value = (Object) component.accessor.invokeExact((Object) record);
            } catch (Throwable e) {
                throw new IllegalStateException(
                        "cannot read a " + record.getClass().getSimpleName() + " for the digest", e);
            }
            boolean saysNothing = value == null || value instanceof List<?> list && list.isEmpty();
            if (!component.addedLater || !saysNothing) {
                hash = mix(hash, of(value));
            }
        }
        return hash;
    }

    private static long ofText(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash + value) * PRIME;
        return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    }
}
