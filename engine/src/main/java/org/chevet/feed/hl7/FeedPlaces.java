package org.chevet.feed.hl7;

import java.util.Map;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.ServiceId;

/**
 * What one sender calls places, beside what the hospital's file says; where the two differ, for this sender this holds.
 *
 * @param services by the unit that the sender writes (PV1-3.1)
 * @param rooms by unit and room, with an empty bed
 * @param beds by unit, room and bed
 */
public record FeedPlaces(
        Map<String, ServiceId> services, Map<PointOfCare, RoomId> rooms, Map<PointOfCare, BedId> beds) {
    public static final FeedPlaces NONE = new FeedPlaces(Map.of(), Map.of(), Map.of());

    public FeedPlaces {
        services = Map.copyOf(services);
        rooms = Map.copyOf(rooms);
        beds = Map.copyOf(beds);
    }
}
