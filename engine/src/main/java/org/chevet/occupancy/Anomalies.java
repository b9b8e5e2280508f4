package org.chevet.occupancy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.event.Anomaly;
import org.jspecify.annotations.Nullable;

/** Open anomalies in the order in which they were first raised, found by key and by the stays and beds they name. */
final class Anomalies {
    private final Map<String, Anomaly> open = new LinkedHashMap<>();

    /** Keys by {@code StayId} and {@code BedId}: most moves concern none, and need not ask for each key in turn. */
    private final Map<Object, Set<String>> keysNaming = new HashMap<>();

    private final ViewMarks marks;

    Anomalies(ViewMarks marks) {
        this.marks = marks;
    }

    @Nullable
    Anomaly get(String key) {
        return open.get(key);
    }

    Collection<Anomaly> all() {
        return open.values();
    }

    /** Whether there are any that name this stay or bed. */
    boolean name(Object stayOrBed) {
        return !keysNaming.isEmpty() && keysNaming.containsKey(stayOrBed);
    }

    /** Those that name this stay or bed. */
    List<Anomaly> naming(Object stayOrBed) {
        Set<String> keys = keysNaming.get(stayOrBed);
        return keys == null ? List.of() : keys.stream().map(open::get).toList();
    }

    void put(Anomaly anomaly) {
        Anomaly before = open.put(anomaly.key(), anomaly);
        if (before != null) {
            unlink(before);
        }
        link(anomaly.stay(), anomaly);
        link(anomaly.otherStay(), anomaly);
        link(anomaly.bed(), anomaly);
        marks.anomalies();
    }

    void remove(String key) {
        Anomaly anomaly = open.remove(key);
        if (anomaly != null) {
            unlink(anomaly);
        }
        marks.anomalies();
    }

    private void link(@Nullable Object stayOrBed, Anomaly anomaly) {
        if (stayOrBed != null) {
            keysNaming.computeIfAbsent(stayOrBed, id -> new LinkedHashSet<>()).add(anomaly.key());
        }
    }

    private void unlink(Anomaly anomaly) {
        unlink(anomaly.stay(), anomaly);
        unlink(anomaly.otherStay(), anomaly);
        unlink(anomaly.bed(), anomaly);
    }

    private void unlink(@Nullable Object stayOrBed, Anomaly anomaly) {
        if (stayOrBed != null) {
            keysNaming.computeIfPresent(stayOrBed, (id, keys) -> {
                keys.remove(anomaly.key());
                return keys.isEmpty() ? null : keys;
            });
        }
    }
}
