package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.chevet.event.Anomaly;
import org.chevet.event.Barrier;
import org.chevet.event.BedCondition;
import org.chevet.event.BedRequest;
import org.chevet.event.PatientClass;
import org.chevet.event.QuarantineCause;
import org.chevet.feed.FeedStatus;
import org.chevet.hospital.Bed;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.Census;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.HospitalView.QuarantineEntry;
import org.chevet.occupancy.InterhospitalTransfer;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.chevet.runtime.Following;
import org.chevet.runtime.WriterStatus;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/**
 * The board as JSON, whole and as the difference of two views. A board is read by whoever passes a screen: it carries
 * initials, age and sex, never a name. Members of a bed and of a stay that are null, false or empty are left out.
 */
final class BoardJson {
    private static final String NO_NAME = "?";

    private BoardJson() {}

    /** The beginning of a snapshot, to be followed by its tail. */
    static String snapshotHead(HospitalNow now) {
        return "{\"type\":\"snapshot\"," + Json.members(json -> writeNow(json, now));
    }

    /** @param viewMembers what {@link #viewMembers} made, which is worth keeping: it is the same for every reader */
    static String snapshotTail(String viewMembers) {
        return "," + viewMembers + "}";
    }

    /** @param tension null while it is not known */
    static String heartbeat(long sequence, HospitalNow now, @Nullable TensionBoard tension) {
        return Json.object(json -> {
            json.writeStringField("type", "heartbeat");
            json.writeNumberField("sequence", sequence);
            writeNow(json, now);
            if (tension != null && !tension.levels().isEmpty()) {
                TensionJson.writeSummary(json, "tension", tension);
            }
        });
    }

    static String clock(HospitalNow now) {
        return Json.object(json -> writeClockMembers(json, now));
    }

    static String viewMembers(HospitalView view) {
        LocalDate today = today(view);
        return Json.members(json -> {
            json.writeNumberField("sequence", view.sequence());
            Json.writeInstant(json, "recordedAt", view.recordedAt());
            writeHospital(json, view);
            writeCensus(json, view.census());
            json.writeArrayFieldStart("services");
            for (ServiceView service : view.services()) {
                writeService(json, service, today);
            }
            json.writeEndArray();
            writeStays(json, "elsewhere", view.elsewhere(), null, today);
            json.writeArrayFieldStart("requests");
            for (OpenRequest request : view.requests()) {
                writeRequest(json, request);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("transfers");
            for (InterhospitalTransfer transfer : view.transfers()) {
                TransferJson.write(json, transfer);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("anomalies");
            for (Anomaly anomaly : view.anomalies()) {
                writeAnomaly(json, anomaly);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("quarantine");
            for (QuarantineEntry entry : view.quarantine()) {
                writeQuarantined(json, entry, null);
            }
            json.writeEndArray();
        });
    }

    /** Whether a patch can lead from one view to the other; otherwise a whole snapshot must. Ages change at midnight. */
    static boolean isPatchable(HospitalView from, HospitalView to) {
        return same(from.hospital(), to.hospital()) && today(from).equals(today(to));
    }

    /** What changed, found by comparing references: a view keeps the objects of the one before that did not change. */
    static String patch(HospitalView from, HospitalView to) {
        LocalDate today = today(to);
        return Json.object(json -> {
            json.writeStringField("type", "patch");
            json.writeNumberField("from", from.sequence());
            json.writeNumberField("to", to.sequence());
            Json.writeInstant(json, "recordedAt", to.recordedAt());
            if (!from.census().equals(to.census())) {
                writeCensus(json, to.census());
            }
            writeChangedServices(json, from.services(), to.services(), today);
            if (!sameElements(from.elsewhere(), to.elsewhere())) {
                writeStays(json, "elsewhere", to.elsewhere(), null, today);
            }
            writeChanges(
                    json,
                    "requests",
                    from.requests(),
                    to.requests(),
                    request -> request.request().id().value(),
                    BoardJson::writeRequest);
            writeChanges(
                    json,
                    "transfers",
                    from.transfers(),
                    to.transfers(),
                    transfer -> transfer.id().value(),
                    TransferJson::write);
            writeChanges(json, "anomalies", from.anomalies(), to.anomalies(), Anomaly::key, BoardJson::writeAnomaly);
            writeChanges(
                    json,
                    "quarantine",
                    from.quarantine(),
                    to.quarantine(),
                    QuarantineEntry::id,
                    (generator, entry) -> writeQuarantined(generator, entry, null));
        });
    }

    static String service(HospitalView view, ServiceView service) {
        return Json.object(json -> {
            json.writeNumberField("sequence", view.sequence());
            Json.writeInstant(json, "recordedAt", view.recordedAt());
            json.writeFieldName("service");
            writeService(json, service, today(view));
            json.writeArrayFieldStart("arrivals");
            for (OpenRequest arrival : service.arrivals()) {
                writeRequest(json, arrival);
            }
            json.writeEndArray();
        });
    }

    static String bed(ServiceView service, BedView bed, LocalDate today) {
        return Json.object(json -> {
            json.writeStringField("service", service.service().id().value());
            json.writeStringField("room", bed.room().id().value());
            json.writeFieldName("bed");
            writeBed(json, bed, service.service(), today, true);
        });
    }

    /** @param text the message itself, null where a list does not carry it */
    static String quarantined(QuarantineEntry entry, @Nullable String text) {
        return Json.object(json -> writeQuarantinedMembers(json, entry, text));
    }

    static String quarantine(List<QuarantineEntry> entries) {
        return Json.object(json -> {
            json.writeArrayFieldStart("messages");
            for (QuarantineEntry entry : entries) {
                writeQuarantined(json, entry, null);
            }
            json.writeEndArray();
        });
    }

    /** The date in the hospital when the view was recorded. */
    static LocalDate today(HospitalView view) {
        return view.recordedAt().atZone(view.hospital().zone()).toLocalDate();
    }

    /** "D. A." for Alice Dupont. */
    static String initials(Patient patient) {
        String family = initial(patient.familyName());
        String given = initial(patient.givenName());
        if (family.isEmpty() && given.isEmpty()) {
            return NO_NAME;
        }
        return family.isEmpty() || given.isEmpty() ? family + given : family + " " + given;
    }

    static @Nullable Integer ageYears(Stay stay, LocalDate today) {
        LocalDate birthDate = stay.knownPatient().birthDate();
        if (birthDate == null || birthDate.isAfter(today)) {
            return stay.needs().ageYears();
        }
        return Period.between(birthDate, today).getYears();
    }

    /** Hébergé: in the care of a specialty that the service does not accept. */
    static boolean isOutlier(Stay stay, Service service) {
        String specialty = stay.needs().specialty();
        return specialty != null && !service.specialties().contains(specialty);
    }

    private static String initial(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return "";
        }
        String first = name.strip();
        return first.substring(0, first.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT) + ".";
    }

    private static void writeNow(JsonGenerator json, HospitalNow now) throws IOException {
        json.writeObjectFieldStart("clock");
        writeClockMembers(json, now);
        json.writeEndObject();
        json.writeArrayFieldStart("feeds");
        for (FeedStatus feed : now.feeds()) {
            json.writeStartObject();
            json.writeStringField("name", feed.name());
            json.writeNumberField("connections", feed.connections());
            Json.writeNullable(json, "lastMessageAt", feed.lastMessageAt());
            json.writeBooleanField("silent", feed.silent());
            json.writeNumberField("received", feed.received());
            json.writeNumberField("applied", feed.applied());
            json.writeNumberField("ignored", feed.ignored());
            json.writeNumberField("quarantined", feed.quarantined());
            json.writeEndObject();
        }
        json.writeEndArray();
        WriterStatus writer = now.writer();
        json.writeBooleanField("writable", writer.writable());
        json.writeStringField("writerCondition", writer.condition().name());
        Json.writeNullable(json, "notWritableReason", writer.reason());
        Json.writeNullable(json, "notWritableAdvice", writer.advice());
        json.writeObjectField("layoutFile", now.layoutFile());
        Following following = now.following();
        if (following != null && now.members() != null) {
            json.writeObjectFieldStart("member");
            json.writeStringField("name", now.members().name());
            json.writeObjectField("members", now.members().members());
            Json.writeNullable(json, "writer", following.writer());
            json.writeBooleanField("writes", following.writes());
            json.writeNumberField("ageMillis", following.age().toMillis());
            json.writeNumberField("behind", following.behind());
            json.writeEndObject();
        }
    }

    private static void writeClockMembers(JsonGenerator json, HospitalNow now) throws IOException {
        Json.writeInstant(json, "now", now.now());
        json.writeNumberField("speed", now.speed());
        json.writeBooleanField("paused", now.paused());
        json.writeBooleanField("adjustable", now.adjustable());
    }

    private static void writeHospital(JsonGenerator json, HospitalView view) throws IOException {
        json.writeObjectFieldStart("hospital");
        json.writeStringField("id", view.hospital().id().value());
        json.writeStringField("name", view.hospital().name());
        json.writeStringField("timeZone", view.hospital().zone().getId());
        writeLabels(json, "specialties", view.hospital().specialties());
        writeLabels(json, "equipment", view.hospital().equipment());
        if (view.drill() != null) {
            json.writeStringField("drill", view.drill().drill().title());
        }
        json.writeEndObject();
    }

    private static void writeLabels(JsonGenerator json, String name, Map<String, String> labels) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
    }

    private static void writeCensus(JsonGenerator json, Census census) throws IOException {
        json.writeObjectFieldStart("census");
        json.writeNumberField("admitted", census.admitted());
        json.writeNumberField("present", census.present());
        json.writeNumberField("discharged", census.discharged());
        json.writeNumberField("transferredOut", census.transferredOut());
        json.writeNumberField("died", census.died());
        json.writeEndObject();
    }

    private static void writeService(JsonGenerator json, ServiceView view, LocalDate today) throws IOException {
        Service service = view.service();
        json.writeStartObject();
        json.writeStringField("id", service.id().value());
        json.writeStringField("name", service.name());
        Json.writeNullable(json, "site", service.site());
        Json.writeNullable(json, "floor", service.floor());
        writeStrings(json, "specialties", service.specialties());
        json.writeStringField("levelOfCare", service.levelOfCare().name());
        json.writeStringField("sexPolicy", service.sexPolicy().name());
        json.writeObjectFieldStart("ages");
        json.writeNumberField("fromYears", service.ages().fromYears());
        json.writeNumberField("toYears", service.ages().toYears());
        json.writeEndObject();
        writeCounts(json, view.counts());
        writeRooms(json, view, today);
        writeStays(json, "withoutBed", view.withoutBed(), service, today);
        json.writeEndObject();
    }

    private static void writeRooms(JsonGenerator json, ServiceView view, LocalDate today) throws IOException {
        Map<RoomId, List<BedView>> bedsByRoom = new LinkedHashMap<>();
        for (BedView bed : view.beds()) {
            bedsByRoom
                    .computeIfAbsent(bed.room().id(), room -> new ArrayList<>())
                    .add(bed);
        }
        json.writeArrayFieldStart("rooms");
        for (List<BedView> beds : bedsByRoom.values()) {
            Room room = beds.getFirst().room();
            json.writeStartObject();
            json.writeStringField("id", room.id().value());
            json.writeNumberField("capacity", room.capacity());
            json.writeStringField("sexPolicy", room.sexPolicy().name());
            json.writeStringField("isolation", room.isolation().name());
            json.writeArrayFieldStart("beds");
            for (BedView bed : beds) {
                writeBed(json, bed, view.service(), today, true);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void writeCounts(JsonGenerator json, Counts counts) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("physical", counts.physical());
        json.writeNumberField("open", counts.open());
        json.writeNumberField("staffed", counts.staffed());
        json.writeNumberField("surgeOpen", counts.surgeOpen());
        json.writeNumberField("surge", counts.surge());
        json.writeNumberField("occupied", counts.occupied());
        json.writeNumberField("ready", counts.ready());
        json.writeNumberField("reserved", counts.reserved());
        json.writeNumberField("toClean", counts.toClean());
        json.writeNumberField("cleaning", counts.cleaning());
        json.writeNumberField("blocked", counts.blocked());
        json.writeNumberField("closed", counts.closed());
        json.writeNumberField("present", counts.present());
        json.writeNumberField("withoutBed", counts.withoutBed());
        json.writeEndObject();
    }

    /** @param withStatics also what the hospital's file says of it, which patches leave out */
    private static void writeBed(
            JsonGenerator json, BedView view, Service service, LocalDate today, boolean withStatics)
            throws IOException {
        BedStatus status = view.status();
        json.writeStartObject();
        json.writeStringField("id", view.bed().id().value());
        json.writeStringField("state", status.state().name());
        Json.writeInstant(json, "since", status.since());
        if (status.condition() != BedCondition.CLEAN) {
            json.writeStringField("condition", status.condition().name());
        }
        Json.writeIfTrue(json, "contaminated", status.contaminated());
        BedStatus.Block block = status.block();
        if (block != null) {
            json.writeObjectFieldStart("block");
            json.writeStringField("reason", block.reason().name());
            Json.writeIfPresent(json, "note", block.note());
            Json.writeIfPresent(json, "expectedEnd", block.expectedEnd());
            json.writeEndObject();
        }
        BedStatus.Reservation reservation = status.reservation();
        if (reservation != null) {
            json.writeObjectFieldStart("reservation");
            json.writeStringField("request", reservation.request().value());
            Json.writeInstant(json, "until", reservation.until());
            json.writeEndObject();
        }
        if (!view.occupants().isEmpty()) {
            writeStays(json, "stays", view.occupants(), service, today);
        }
        if (withStatics) {
            writeStatics(json, view.bed());
        }
        json.writeEndObject();
    }

    private static void writeStatics(JsonGenerator json, Bed bed) throws IOException {
        json.writeStringField("label", bed.label());
        Json.writeIfTrue(json, "surge", bed.surge());
        if (!bed.equipment().isEmpty()) {
            writeStrings(json, "equipment", bed.equipment());
        }
    }

    private static void writeStays(
            JsonGenerator json, String name, List<Stay> stays, @Nullable Service service, LocalDate today)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Stay stay : stays) {
            writeStay(json, stay, service, today);
        }
        json.writeEndArray();
    }

    private static void writeStay(JsonGenerator json, Stay stay, @Nullable Service service, LocalDate today)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", stay.id().value());
        json.writeStringField("initials", initials(stay.knownPatient()));
        json.writeStringField("sex", stay.sex().name());
        Integer age = ageYears(stay, today);
        if (age != null) {
            json.writeNumberField("age", age);
        }
        Json.writeIfPresent(json, "specialty", stay.needs().specialty());
        if (stay.needs().isolation() != Isolation.NONE) {
            json.writeStringField("isolation", stay.needs().isolation().name());
        }
        json.writeStringField("status", stay.status().name());
        List<Timeline.Stretch> stretches = stay.timeline().stretches();
        if (!stretches.isEmpty()) {
            Json.writeInstant(json, "since", stretches.getLast().from());
        }
        Json.writeIfPresent(json, "expectedDischarge", stay.expectedDischarge());
        Json.writeIfTrue(json, "medicallyReady", stay.medicallyReadyAt() != null);
        Json.writeIfPresent(json, "medicallyReadyAt", stay.medicallyReadyAt());
        writeBarriers(json, stay.barriers());
        Json.writeIfTrue(json, "closed", stay.administrativelyClosedAt() != null);
        Json.writeIfTrue(json, "outlier", service != null && isOutlier(stay, service));
        if (stay.currentClass() != PatientClass.INPATIENT) {
            json.writeStringField("class", stay.currentClass().name());
        }
        json.writeEndObject();
    }

    /** Without what people wrote of them: they write names. */
    private static void writeBarriers(JsonGenerator json, List<Barrier> barriers) throws IOException {
        if (barriers.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("barriers");
        for (Barrier barrier : barriers) {
            json.writeStartObject();
            json.writeStringField("kind", barrier.kind().name());
            Json.writeInstant(json, "since", barrier.since());
            Json.writeIfPresent(json, "expectedEnd", barrier.expectedEnd());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRequest(JsonGenerator json, OpenRequest open) throws IOException {
        BedRequest request = open.request();
        json.writeStartObject();
        json.writeStringField("id", request.id().value());
        Json.writeNullable(json, "stay", request.stay());
        Json.writeNullable(json, "service", request.service());
        json.writeStringField("origin", request.origin().name());
        writeNeeds(json, request.needs());
        json.writeNumberField("priority", request.priority());
        Json.writeInstant(json, "requestedAt", request.requestedAt());
        Json.writeInstant(json, "neededAt", request.neededAt());
        if (request.expectedLength() == null) {
            json.writeNullField("expectedLengthMinutes");
        } else {
            json.writeNumberField(
                    "expectedLengthMinutes", request.expectedLength().toMinutes());
        }
        Json.writeNullable(json, "note", request.note());
        Json.writeNullable(json, "bed", open.bed());
        Json.writeNullable(json, "reservedUntil", open.reservedUntil());
        NegotiationJson.writeMembers(json, open);
        json.writeEndObject();
    }

    static void writeNeeds(JsonGenerator json, CareNeeds needs) throws IOException {
        json.writeObjectFieldStart("needs");
        Json.writeNullable(json, "specialty", needs.specialty());
        json.writeStringField("levelOfCare", needs.levelOfCare().name());
        json.writeStringField("isolation", needs.isolation().name());
        json.writeStringField("sex", needs.sex().name());
        if (needs.ageYears() == null) {
            json.writeNullField("ageYears");
        } else {
            json.writeNumberField("ageYears", needs.ageYears());
        }
        writeStrings(json, "equipmentRequired", needs.equipmentRequired());
        writeStrings(json, "equipmentPreferred", needs.equipmentPreferred());
        json.writeStringField("singleRoom", needs.singleRoom().name());
        Json.writeNullable(json, "organism", needs.organism());
        json.writeEndObject();
    }

    private static void writeAnomaly(JsonGenerator json, Anomaly anomaly) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", anomaly.key());
        json.writeStringField("kind", anomaly.kind().name());
        Json.writeNullable(json, "stay", anomaly.stay());
        Json.writeNullable(json, "otherStay", anomaly.otherStay());
        Json.writeNullable(json, "bed", anomaly.bed());
        Json.writeNullable(json, "detail", anomaly.detail());
        Json.writeInstant(json, "since", anomaly.since());
        json.writeEndObject();
    }

    private static void writeQuarantined(JsonGenerator json, QuarantineEntry entry, @Nullable String text)
            throws IOException {
        json.writeStartObject();
        writeQuarantinedMembers(json, entry, text);
        json.writeEndObject();
    }

    private static void writeQuarantinedMembers(JsonGenerator json, QuarantineEntry entry, @Nullable String text)
            throws IOException {
        json.writeStringField("id", entry.id());
        json.writeStringField("feed", entry.feed());
        json.writeStringField("messageId", entry.messageId());
        Json.writeInstant(json, "receivedAt", entry.receivedAt());
        json.writeStringField("reason", entry.reason());
        writeCause(json, entry.cause());
        Json.writeIfPresent(json, "text", text);
    }

    /** Left out where none was kept. */
    static void writeCause(JsonGenerator json, @Nullable QuarantineCause cause) throws IOException {
        if (cause == null) {
            return;
        }
        json.writeObjectFieldStart("cause");
        json.writeStringField("code", cause.code().name());
        json.writeObjectFieldStart("details");
        for (Map.Entry<String, String> detail : cause.details().entrySet()) {
            json.writeStringField(detail.getKey(), detail.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeStrings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void writeChangedServices(
            JsonGenerator json, List<ServiceView> from, List<ServiceView> to, LocalDate today) throws IOException {
        if (sameElements(from, to)) {
            return;
        }
        json.writeArrayFieldStart("services");
        for (int i = 0; i < to.size(); i++) {
            if (!same(from.get(i), to.get(i))) {
                writeChangedService(json, from.get(i), to.get(i), today);
            }
        }
        json.writeEndArray();
    }

    private static void writeChangedService(JsonGenerator json, ServiceView from, ServiceView to, LocalDate today)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", to.service().id().value());
        writeCounts(json, to.counts());
        if (!sameElements(from.beds(), to.beds())) {
            json.writeArrayFieldStart("beds");
            for (int i = 0; i < to.beds().size(); i++) {
                if (!same(from.beds().get(i), to.beds().get(i))) {
                    writeBed(json, to.beds().get(i), to.service(), today, false);
                }
            }
            json.writeEndArray();
        }
        if (!sameElements(from.withoutBed(), to.withoutBed())) {
            writeStays(json, "withoutBed", to.withoutBed(), to.service(), today);
        }
        json.writeEndObject();
    }

    @FunctionalInterface
    private interface Writer<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    private static <T> void writeChanges(
            JsonGenerator json, String name, List<T> from, List<T> to, Function<T, String> key, Writer<T> writer)
            throws IOException {
        if (sameElements(from, to)) {
            return;
        }
        Set<T> known = new HashSet<>(from);
        List<T> changed = to.stream().filter(value -> !known.contains(value)).toList();
        Set<String> kept = new HashSet<>();
        to.forEach(value -> kept.add(key.apply(value)));
        List<String> removed =
                from.stream().map(key).filter(id -> !kept.contains(id)).toList();
        if (changed.isEmpty() && removed.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("changed");
        for (T value : changed) {
            writer.write(json, value);
        }
        json.writeEndArray();
        writeStrings(json, "removed", removed);
        json.writeEndObject();
    }

    @SuppressWarnings("ReferenceEquality") // the promise of HospitalView
    private static boolean same(Object first, Object second) {
        return first == second;
    }

    private static boolean sameElements(List<?> first, List<?> second) {
        if (same(first, second)) {
            return true;
        }
        if (first.size() != second.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            if (!same(first.get(i), second.get(i))) {
                return false;
            }
        }
        return true;
    }
}
