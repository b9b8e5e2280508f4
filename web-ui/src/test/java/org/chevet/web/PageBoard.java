package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a page knows of the board, by the rules of its own {@code core/store.js}. */
final class PageBoard {
    private static final List<String> STATICS = List.of("label", "surge", "equipment", "room", "service");
    private static final Comparator<JsonNode> BY_SINCE = Comparator.comparing(
                    (JsonNode anomaly) -> anomaly.path("since").asText())
            .thenComparing(anomaly -> anomaly.path("key").asText());

    private static final Comparator<JsonNode> BY_URGENCY = Comparator.comparingInt(
                    (JsonNode request) -> request.path("priority").asInt())
            .thenComparing(request -> request.path("requestedAt").asText())
            .thenComparing(request -> request.path("id").asText());

    private @Nullable ObjectNode known;

    static PageBoard of(JsonNode snapshot) {
        PageBoard board = new PageBoard();
        board.applySnapshot(snapshot);
        return board;
    }

    /** Everything that a view may show. */
    ObjectNode known() {
        return Objects.requireNonNull(known);
    }

    long sequence() {
        return known == null ? -1 : known.path("sequence").asLong();
    }

    void applySnapshot(JsonNode snapshot) {
        ObjectNode board = Json.MAPPER.createObjectNode();
        for (String name : List.of("sequence", "recordedAt", "hospital", "census", "elsewhere")) {
            board.set(name, snapshot.path(name).deepCopy());
        }
        board.set("quarantine", snapshot.path("quarantine").deepCopy());
        board.set("transfers", snapshot.path("transfers").deepCopy());
        board.set("requests", sorted(snapshot.path("requests"), BY_URGENCY));
        board.set("anomalies", sorted(snapshot.path("anomalies"), BY_SINCE));
        ArrayNode services = snapshot.path("services").deepCopy();
        Set<String> troubled = bedsIn(snapshot.path("anomalies"));
        for (JsonNode service : services) {
            for (JsonNode room : service.path("rooms")) {
                for (JsonNode bed : room.path("beds")) {
                    ((ObjectNode) bed)
                            .put("room", room.path("id").asText())
                            .put("service", service.path("id").asText())
                            .put("anomaly", isTroubled(bed, troubled));
                }
            }
        }
        board.set("services", services);
        known = board;
    }

    /** @return false when patches are missing before this one */
    boolean applyPatch(JsonNode patch) {
        if (known == null || sequence() != patch.path("from").asLong()) {
            return false;
        }
        ObjectNode board = known.deepCopy();
        board.set("sequence", patch.path("to"));
        for (String name : List.of("recordedAt", "census", "elsewhere")) {
            if (patch.has(name)) {
                board.set(name, patch.path(name));
            }
        }
        board.set("anomalies", sorted(merge(board.path("anomalies"), patch.path("anomalies"), "key"), BY_SINCE));
        board.set("transfers", merge(board.path("transfers"), patch.path("transfers"), "id"));
        board.set("quarantine", merge(board.path("quarantine"), patch.path("quarantine"), "id"));
        board.set("requests", sorted(merge(board.path("requests"), patch.path("requests"), "id"), BY_URGENCY));
        Map<String, JsonNode> patched = byKey(patch.path("services"), "id");
        Set<String> troubled = bedsIn(board.path("anomalies"));
        for (JsonNode service : board.path("services")) {
            JsonNode news = patched.get(service.path("id").asText());
            for (String name : List.of("counts", "withoutBed")) {
                if (news != null && news.has(name)) {
                    ((ObjectNode) service).set(name, news.path(name));
                }
            }
            Map<String, JsonNode> cells = news == null ? Map.of() : byKey(news.path("beds"), "id");
            for (JsonNode room : service.path("rooms")) {
                ArrayNode beds = (ArrayNode) room.path("beds");
                for (int i = 0; i < beds.size(); i++) {
                    beds.set(i, withCell(beds.path(i), cells, troubled));
                }
            }
        }
        known = board;
        return true;
    }

    private static ObjectNode withCell(JsonNode bed, Map<String, JsonNode> cells, Set<String> troubled) {
        JsonNode cell = cells.get(bed.path("id").asText());
        ObjectNode replaced = bed.deepCopy();
        if (cell != null) {
            replaced.retain(STATICS);
            replaced.setAll((ObjectNode) cell);
        }
        return replaced.put("anomaly", isTroubled(replaced, troubled));
    }

    private static ArrayNode merge(JsonNode known, JsonNode change, String key) {
        Map<String, JsonNode> changed = byKey(change.path("changed"), key);
        Set<String> removed = new HashSet<>();
        change.path("removed").forEach(id -> removed.add(id.asText()));
        ArrayNode merged = Json.MAPPER.createArrayNode();
        for (JsonNode one : known) {
            String id = one.path(key).asText();
            JsonNode replaced = changed.remove(id);
            if (replaced != null) {
                merged.add(replaced);
            } else if (!removed.contains(id)) {
                merged.add(one);
            }
        }
        return merged.addAll(changed.values());
    }

    private static Map<String, JsonNode> byKey(JsonNode list, String key) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        list.forEach(one -> byKey.put(one.path(key).asText(), one));
        return byKey;
    }

    private static ArrayNode sorted(JsonNode entries, Comparator<JsonNode> order) {
        List<JsonNode> sorted = new ArrayList<>();
        entries.forEach(sorted::add);
        sorted.sort(order);
        return Json.MAPPER.createArrayNode().addAll(sorted);
    }

    private static Set<String> bedsIn(JsonNode anomalies) {
        Set<String> beds = new HashSet<>();
        StreamSupport.stream(anomalies.spliterator(), false)
                .filter(anomaly -> anomaly.hasNonNull("bed"))
                .forEach(anomaly -> beds.add(anomaly.path("bed").asText()));
        return beds;
    }

    private static boolean isTroubled(JsonNode bed, Set<String> troubled) {
        return troubled.contains(bed.path("id").asText()) || bed.path("stays").size() > 1;
    }
}
