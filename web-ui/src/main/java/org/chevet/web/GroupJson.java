package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.Service;
import org.chevet.occupancy.FreeBeds;
import org.chevet.web.MemberAddresses.Told;
import org.jspecify.annotations.Nullable;

/** The group's board as JSON: figures of hospitals, nobody in them. */
final class GroupJson {
    private GroupJson() {}

    /** The beginning of a snapshot, to be followed by its tail. */
    static String snapshotHead(Instant now, @Nullable Told members) {
        return "{\"type\":\"snapshot\"," + Json.members(json -> writeNow(json, now, members));
    }

    /**
     * @param rows each as {@link #row} made it
     * @param ahead of all of them together
     */
    static String snapshotTail(long revision, Collection<String> rows, List<GroupAhead> ahead) {
        return ",\"revision\":" + revision + ",\"hospitals\":[" + String.join(",", rows) + "],"
                + Json.members(json -> GroupAhead.write(json, ahead)) + "}";
    }

    static String heartbeat(long revision, Instant now, @Nullable Told members) {
        return Json.object(json -> {
            json.writeStringField("type", "heartbeat");
            json.writeNumberField("revision", revision);
            writeNow(json, now, members);
        });
    }

    private static void writeNow(JsonGenerator json, Instant now, @Nullable Told members) throws IOException {
        Json.writeInstant(json, "now", now);
        if (members != null) {
            json.writeObjectField("member", members);
        }
    }

    static String row(GroupRow row) {
        return Json.object(json -> {
            json.writeStringField("id", row.view().hospital().id().value());
            json.writeStringField("name", row.view().hospital().name());
            json.writeStringField("timeZone", row.view().hospital().zone().getId());
            json.writeBooleanField("demo", row.demo());
            json.writeObjectFieldStart("specialties");
            for (Map.Entry<String, String> label :
                    row.view().hospital().specialties().entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
            writeFigures(json, row);
            json.writeArrayFieldStart("services");
            for (GroupRow.ServiceFree service : row.services()) {
                json.writeStartObject();
                writeService(json, service.view().service());
                writeFree(json, service.free());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** @param before what clients have; of the same layout */
    static String change(GroupRow before, GroupRow row) {
        return Json.object(json -> {
            json.writeStringField("id", row.view().hospital().id().value());
            writeFigures(json, row);
            json.writeArrayFieldStart("services");
            for (int i = 0; i < row.services().size(); i++) {
                GroupRow.ServiceFree service = row.services().get(i);
                if (!service.free().equals(before.services().get(i).free())) {
                    json.writeStartObject();
                    json.writeStringField("id", service.view().service().id().value());
                    writeFree(json, service.free());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    /**
     * @param changed each as {@link #row} or {@link #change} made it
     * @param ahead of all hospitals together
     */
    static String patch(long from, long to, List<String> changed, List<String> removed, List<GroupAhead> ahead) {
        return "{\"type\":\"patch\",\"from\":" + from + ",\"to\":" + to + ",\"hospitals\":[" + String.join(",", changed)
                + "],"
                + Json.members(json -> {
                    json.writeObjectField("removed", removed);
                    GroupAhead.write(json, ahead);
                })
                + "}";
    }

    private static void writeFigures(JsonGenerator json, GroupRow row) throws IOException {
        json.writeNumberField("sequence", row.view().sequence());
        Json.writeInstant(json, "recordedAt", row.view().recordedAt());
        BoardJson.writeCounts(json, row.counts());
        json.writeObjectField("tension", row.tension());
        json.writeNumberField("waiting", row.waiting());
        GroupRow.Standing standing = row.standing();
        json.writeStringField("writerCondition", standing.condition().name());
        Json.writeNullable(json, "writer", standing.writer());
        json.writeNumberField("ageSeconds", standing.ageSeconds());
        json.writeNumberField("silentFeeds", standing.silentFeeds());
        GroupAhead.write(json, row.ahead());
    }

    private static void writeService(JsonGenerator json, Service service) throws IOException {
        json.writeStringField("id", service.id().value());
        json.writeStringField("name", service.name());
        json.writeObjectField("specialties", service.specialties());
        json.writeStringField("levelOfCare", service.levelOfCare().name());
        json.writeObjectField("ages", service.ages());
    }

    private static void writeFree(JsonGenerator json, List<FreeBeds> free) throws IOException {
        json.writeObjectField("free", free);
    }
}
