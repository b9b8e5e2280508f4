package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.chevet.feed.hl7.FeedPlaces;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;

/** Reads {@code places} of a feed: a unit to a service, {@code unit^room} to a room, {@code unit^room^bed} to a bed. */
final class PlacesSection {
    private final ConfigurationReader reader;
    private final Hospital hospital;
    private final Set<String> services = new HashSet<>();
    private final Set<String> rooms = new HashSet<>();
    private final Set<String> beds = new HashSet<>();

    PlacesSection(ConfigurationReader reader, Hospital hospital) {
        this.reader = reader;
        this.hospital = hospital;
        for (Service service : hospital.services()) {
            services.add(service.id().value());
            for (Room room : service.rooms()) {
                rooms.add(room.id().value());
                for (Bed bed : room.beds()) {
                    beds.add(bed.id().value());
                }
            }
        }
    }

    FeedPlaces places(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return FeedPlaces.NONE;
        }
        if (!node.isObject()) {
            reader.problem(
                    place,
                    "the sender's codes and what they mean here are wanted. Write for example {\"UF12\": CARDIO,"
                            + " \"UF12^401\": \"401\", \"UF12^402^1\": 402P}.");
            return FeedPlaces.NONE;
        }
        Map<String, ServiceId> ofServices = new HashMap<>();
        Map<PointOfCare, RoomId> ofRooms = new HashMap<>();
        Map<PointOfCare, BedId> ofBeds = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String at = place + "." + entry.getKey();
            String meant = reader.text(at, entry.getValue(), null);
            String[] stated = entry.getKey().strip().split("\\^", -1);
            if (meant.isEmpty()) {
                continue;
            }
            switch (stated.length) {
                case 1 -> {
                    if (isKnown(at, "service", meant, services)) {
                        ofServices.put(stated[0], new ServiceId(meant));
                    }
                }
                case 2 -> {
                    if (isKnown(at, "room", meant, rooms)) {
                        ofRooms.put(new PointOfCare(stated[0], stated[1], ""), new RoomId(meant));
                    }
                }
                case 3 -> {
                    if (isKnown(at, "bed", meant, beds)) {
                        ofBeds.put(new PointOfCare(stated[0], stated[1], stated[2]), new BedId(meant));
                    }
                }
                default ->
                    reader.problem(at, "is no place. Write unit, unit^room or unit^room^bed, as PV1-3 has them.");
            }
        }
        return new FeedPlaces(ofServices, ofRooms, ofBeds);
    }

    private boolean isKnown(String place, String kind, String meant, Set<String> known) {
        if (known.contains(meant)) {
            return true;
        }
        String seen = Identifiers.isValid(meant) ? "'" + meant + "'" : "this";
        reader.problem(
                place, seen + " is no " + kind + " of hospital " + hospital.id() + ". Write one of its file's ids.");
        return false;
    }
}
