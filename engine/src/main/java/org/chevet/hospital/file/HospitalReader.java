package org.chevet.hospital.file;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Turns the file's nodes into a hospital, top down. Wherever something is wrong, the problem is noted and reading goes on;
 * what it returns is of use only when no problem was noted.
 */
final class HospitalReader {
    private static final List<String> HOSPITAL_KEYS =
            List.of("id", "name", "timeZone", "specialties", "equipment", "services", "placement", "tension");
    private static final List<String> SERVICE_KEYS = List.of(
            "id",
            "name",
            "site",
            "floor",
            "pole",
            "specialties",
            "fallbackSpecialties",
            "levelOfCare",
            "ages",
            "sexPolicy",
            "staffedBeds",
            "hl7",
            "rooms");
    private static final List<String> ROOM_KEYS =
            List.of("id", "isolation", "sexPolicy", "capacity", "equipment", "beds");
    private static final List<String> BED_KEYS = List.of("label", "id", "equipment", "hl7", "surge");
    private static final List<String> AGES_KEYS = List.of("from", "to");

    /** Instead of an identifier with a problem. */
    private static final String STAND_IN = "problem";

    private static final int STAFFED_BEDS_MAX = 100_000;
    private static final int HL7_PARTS = 3;
    private static final Pattern HL7_TEXT = Pattern.compile("[^|^~\\\\&\\p{Cntrl}]{1,64}");
    private static final String HL7_TEXT_ADVICE = "Write it as the feed does: 1 to 64 characters, none of |^~\\&.";

    private final Problems problems;

    private final Map<String, Place> serviceIds = new HashMap<>();
    private final Map<String, Place> roomIds = new HashMap<>();
    private final Map<String, Place> bedIds = new HashMap<>();
    private final Map<String, Place> hl7Codes = new HashMap<>();
    private final Map<String, Place> hl7Locations = new HashMap<>();

    private Map<String, String> specialties = Map.of();
    private Map<String, String> equipment = Map.of();

    HospitalReader(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Hospital read(Node root) {
        Fields fields = Fields.of(new Place("", root), problems, HOSPITAL_KEYS);
        if (fields == null) {
            return null;
        }
        Place idPlace = fields.require("id", "the FINESS number or a short code");
        String id = identifier(idPlace);
        if (idPlace != null && id != null && new HospitalId(id).isDrill()) {
            problems.add(idPlace, "'" + id + "' is an id that drills have", "Give the hospital another one.");
        }
        String name = fields.requireText("name", "the hospital's name");
        ZoneId zone = zone(fields);
        specialties = catalogue(fields.require("specialties", "a mapping of code: label"));
        equipment = catalogue(fields.get("equipment"));
        List<Service> services = services(fields);
        Place placement = fields.get("placement");
        Place tension = fields.get("tension");
        return new Hospital(
                new HospitalId(id == null ? STAND_IN : id),
                name == null ? STAND_IN : name,
                zone == null ? ZoneOffset.UTC : zone,
                specialties,
                equipment,
                services,
                placement == null ? null : new PlacementReader(problems).read(placement, serviceIds.keySet()),
                tension == null ? null : new TensionReader(problems, serviceIds.keySet()).read(tension));
    }

    private @Nullable ZoneId zone(Fields fields) {
        Place place = fields.require("timeZone", "Europe/Paris");
        String name = place == null ? null : fields.text(place);
        if (place == null || name == null) {
            return null;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            problems.add(
                    place,
                    "unknown time zone '" + name + "'",
                    Nearest.advice(name, new TreeSet<>(ZoneId.getAvailableZoneIds())));
            return null;
        }
    }

    private Map<String, String> catalogue(@Nullable Place place) {
        Fields fields = place == null ? null : Fields.of(place, problems);
        if (fields == null) {
            return Map.of();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        fields.forEach((code, value) -> {
            if (!Identifiers.isValid(code)) {
                problems.add(value, "code '" + code + "' is no code", "Write it with " + Identifiers.PATTERN + ".");
            }
            // A code whose label is wrong still counts as defined, so that its uses are not reported too.
            String label = fields.text(value);
            labels.put(code, label == null ? code : label);
        });
        return labels;
    }

    private List<Service> services(Fields fields) {
        Place place = fields.require("services", "a list of services, each beginning with \"- id:\"");
        List<Service> services = new ArrayList<>();
        List<Place> items = fields.items("services");
        for (Place item : items) {
            Service service = service(item);
            if (service != null) {
                services.add(service);
            }
        }
        if (place != null && items.isEmpty() && place.items() != null) {
            problems.add(place, "there is no service", "Write at least one service.");
        }
        return services;
    }

    private @Nullable Service service(Place place) {
        Fields fields = Fields.of(place, problems, SERVICE_KEYS);
        if (fields == null) {
            return null;
        }
        Place idPlace = fields.require("id", "a short code such as CARDIO");
        String id = unique("service id", identifier(idPlace), idPlace, serviceIds);
        String name = fields.requireText("name", "the service's name");
        fields.require("specialties", "[the preferred, then others]");
        List<String> accepted = fields.codes("specialties", "specialty", specialties);
        LevelOfCare level = fields.choice("levelOfCare", LevelOfCare.class, LevelOfCare.ACUTE);
        SexPolicy sexPolicy = fields.choice("sexPolicy", SexPolicy.class, SexPolicy.MIXED);
        List<String> codes = hl7Codes(fields);
        List<Room> rooms = rooms(fields, codes.isEmpty() ? null : codes.getFirst());
        int beds = rooms.stream().mapToInt(room -> room.beds().size()).sum();
        Integer staffed = staffedBeds(fields, beds);
        return new Service(
                new ServiceId(id == null ? STAND_IN : id),
                name == null ? STAND_IN : name,
                fields.text("site"),
                fields.text("floor"),
                accepted,
                level,
                ages(fields),
                sexPolicy,
                staffed == null ? regularBeds(rooms) : staffed,
                codes,
                rooms,
                fallbacks(fields, accepted),
                fields.text("pole"));
    }

    private List<String> fallbacks(Fields fields, List<String> accepted) {
        List<String> fallbacks = fields.codes("fallbackSpecialties", "specialty", specialties);
        Place place = fields.get("fallbackSpecialties");
        for (String fallback : fallbacks) {
            if (place != null && accepted.contains(fallback)) {
                problems.add(
                        place,
                        "specialty '" + fallback + "' is accepted and a fallback",
                        "Leave it in specialties or in fallbackSpecialties.");
            }
        }
        return fallbacks;
    }

    private @Nullable Integer staffedBeds(Fields fields, int beds) {
        Integer staffed = fields.wholeNumber("staffedBeds", 0, STAFFED_BEDS_MAX);
        Place place = fields.get("staffedBeds");
        if (place != null && staffed != null && staffed > beds) {
            problems.add(
                    place,
                    "staffedBeds is " + staffed + ", but the rooms have " + beds + " beds",
                    "Write a number from 0 to " + beds + ", or add the missing beds.");
        }
        return staffed;
    }

    private AgeRange ages(Fields service) {
        Place place = service.get("ages");
        Fields fields = place == null ? null : Fields.of(place, problems, AGES_KEYS);
        if (place == null || fields == null) {
            return AgeRange.ALL;
        }
        Integer from = fields.wholeNumber("from", 0, AgeRange.AGE_YEARS_MAX);
        Integer to = fields.wholeNumber("to", 0, AgeRange.AGE_YEARS_MAX);
        int fromYears = from == null ? 0 : from;
        int toYears = to == null ? AgeRange.AGE_YEARS_MAX : to;
        if (fromYears > toYears) {
            problems.add(place, "no age is from " + fromYears + " to " + toYears + " years", "Exchange the two.");
            return AgeRange.ALL;
        }
        return new AgeRange(fromYears, toYears);
    }

    private List<String> hl7Codes(Fields fields) {
        List<String> codes = new ArrayList<>();
        for (Place item : fields.items("hl7")) {
            String code = fields.text(item);
            if (code == null) {
                continue;
            }
            if (!HL7_TEXT.matcher(code).matches()) {
                problems.add(item, "HL7 code '" + code + "' cannot stand in a message", HL7_TEXT_ADVICE);
            } else if (unique("HL7 code", code, item, hl7Codes) != null) {
                codes.add(code);
            }
        }
        return codes;
    }

    private List<Room> rooms(Fields fields, @Nullable String unit) {
        Place place = fields.require("rooms", "a list of rooms, each beginning with \"- id:\"");
        List<Room> rooms = new ArrayList<>();
        List<Place> items = fields.items("rooms");
        for (Place item : items) {
            Room room = room(item, unit);
            if (room != null) {
                rooms.add(room);
            }
        }
        if (place != null && items.isEmpty() && place.items() != null) {
            problems.add(place, "there is no room", "Write at least one room.");
        }
        return rooms;
    }

    private @Nullable Room room(Place place, @Nullable String unit) {
        Fields fields = Fields.of(place, problems, ROOM_KEYS);
        if (fields == null) {
            return null;
        }
        Place idPlace = fields.require("id", "the room's number");
        String id = unique("room id", identifier(idPlace), idPlace, roomIds);
        IsolationAbility isolation = fields.choice("isolation", IsolationAbility.class, IsolationAbility.NONE);
        List<String> roomEquipment = fields.codes("equipment", "equipment", equipment);
        List<Bed> beds = beds(fields, new RoomOfBeds(id, unit, roomEquipment));
        if (beds.isEmpty()) {
            return null;
        }
        int regular = (int) beds.stream().filter(bed -> !bed.surge()).count();
        if (isolation == IsolationAbility.SINGLE && regular > 1) {
            problems.add(
                    place,
                    "isolation SINGLE, but the room has " + regular + " beds",
                    "Leave one bed (others may be surge: true), or leave isolation out.");
        }
        Integer stated = fields.wholeNumber("capacity", 1, beds.size());
        int capacity = stated == null ? Math.max(1, regular) : stated;
        SexPolicy sexPolicy =
                fields.choice("sexPolicy", SexPolicy.class, capacity > 1 ? SexPolicy.SAME_SEX : SexPolicy.MIXED);
        return new Room(new RoomId(id == null ? STAND_IN : id), capacity, sexPolicy, isolation, beds);
    }

    /** What a room gives its beds. */
    private record RoomOfBeds(@Nullable String id, @Nullable String unit, List<String> equipment) {}

    private List<Bed> beds(Fields fields, RoomOfBeds room) {
        Place place = fields.get("beds");
        if (place == null) {
            return List.of(bed(fields.place(), room, null, ""));
        }
        List<Bed> beds = new ArrayList<>();
        List<Place> items = fields.items("beds");
        for (Place item : items) {
            Bed bed = bed(item, room, fields);
            if (bed != null) {
                beds.add(bed);
            }
        }
        if (items.isEmpty() && place.items() != null) {
            problems.add(
                    place, "the room has no bed", "Write at least one, or leave beds out for one bed without a label.");
        }
        return beds;
    }

    private @Nullable Bed bed(Place place, RoomOfBeds room, Fields roomFields) {
        if (place.isScalar()) {
            String label = roomFields.text(place);
            return bed(place, room, null, label == null ? STAND_IN : label);
        }
        Fields fields = Fields.of(place, problems, BED_KEYS);
        if (fields == null) {
            return null;
        }
        String label = fields.text("label");
        return bed(place, room, fields, label == null ? "" : label);
    }

    private Bed bed(Place place, RoomOfBeds room, @Nullable Fields fields, String label) {
        Place idPlace = fields == null ? null : fields.get("id");
        String id =
                idPlace != null ? identifier(idPlace) : room.id() == null ? null : checked(room.id() + label, place);
        id = unique("bed id", id, idPlace == null ? place : idPlace, bedIds);
        List<String> bedEquipment = new ArrayList<>(room.equipment());
        if (fields != null) {
            bedEquipment.addAll(fields.codes("equipment", "equipment", equipment));
        }
        boolean surge = fields != null && fields.flag("surge");
        Place hl7Place = fields == null ? null : fields.get("hl7");
        PointOfCare hl7 = hl7Place != null && fields != null ? pointOfCare(hl7Place, fields) : defaultHl7(room, label);
        if (hl7 != null && (id != null || hl7Place != null)) {
            unique("HL7 location", hl7.toString(), hl7Place == null ? place : hl7Place, hl7Locations);
        }
        return new Bed(new BedId(id == null ? STAND_IN : id), label, surge, bedEquipment, hl7);
    }

    /** A bed without a label is named by its room: an empty bed component would read as "no bed". */
    private static @Nullable PointOfCare defaultHl7(RoomOfBeds room, String label) {
        return room.unit() == null || room.id() == null
                ? null
                : new PointOfCare(room.unit(), room.id(), label.isEmpty() ? room.id() : label);
    }

    private @Nullable PointOfCare pointOfCare(Place place, Fields fields) {
        String text = fields.text(place);
        if (text == null) {
            return null;
        }
        String[] parts = text.split("\\^", -1);
        if (parts.length != HL7_PARTS) {
            problems.add(place, "'" + text + "' is not an HL7 location", "Write UNIT^ROOM^BED, as in PV1-3.");
            return null;
        }
        for (String part : parts) {
            if (!HL7_TEXT.matcher(part).matches()) {
                problems.add(place, "'" + part + "' cannot be a part of HL7 location '" + text + "'", HL7_TEXT_ADVICE);
                return null;
            }
        }
        return new PointOfCare(parts[0], parts[1], parts[2]);
    }

    private @Nullable String identifier(@Nullable Place place) {
        if (place == null) {
            return null;
        }
        String text = place.text();
        if (text == null) {
            problems.add(place, "expected an identifier, got " + place.shown(), "Write one word.");
            return null;
        }
        return checked(text, place);
    }

    private @Nullable String checked(String text, Place place) {
        if (Identifiers.isValid(text)) {
            return text;
        }
        problems.add(
                place,
                "'" + text + "' is not an identifier",
                "Write 1 to " + Identifiers.IDENTIFIER_CHARS_MAX + " letters without accents, digits or . _ : -");
        return null;
    }

    /** The value, or null, and reported, when another place took it. */
    private @Nullable String unique(
            String kind, @Nullable String value, @Nullable Place place, Map<String, Place> taken) {
        if (value == null || place == null) {
            return null;
        }
        Place earlier = taken.putIfAbsent(value, place);
        if (earlier == null) {
            return value;
        }
        problems.add(
                place,
                kind + " '" + value + "' is taken by " + earlier.path() + " on line " + earlier.line(),
                "Give each its own.");
        return null;
    }

    private static int regularBeds(List<Room> rooms) {
        return (int) rooms.stream()
                .flatMap(room -> room.beds().stream())
                .filter(bed -> !bed.surge())
                .count();
    }
}
