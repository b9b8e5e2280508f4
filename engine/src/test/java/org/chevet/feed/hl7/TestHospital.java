package org.chevet.feed.hl7;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.Stay;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;

/** A small hospital with a real live state, that remembers what it was told. Its disk never fails unless told to. */
final class TestHospital implements FactDoor {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final Instant NOW = Instant.parse("2024-03-12T08:00:00Z");

    final Occupancy occupancy = new Occupancy();
    final List<List<Command.Fact>> reported = new ArrayList<>();
    final List<BedEvent> events = new ArrayList<>();
    final Set<String> keys = new HashSet<>();
    Instant now = NOW;

    /** What to answer instead of doing it, null to do it. */
    @Nullable
    CompletionStage<Answer> instead;

    TestHospital() {
        this(layout());
    }

    TestHospital(Hospital hospital) {
        carryOut(new Command.DefineHospital(hospital), new Origin.Engine());
        events.clear();
    }

    @Override
    public synchronized CompletionStage<Answer> report(
            List<Command.Fact> facts, Origin.Feed origin, @Nullable String idempotencyKey) {
        if (instead != null) {
            return instead;
        }
        reported.add(facts);
        if (idempotencyKey != null && !keys.add(idempotencyKey)) {
            return CompletableFuture.completedFuture(new Answer.Done(0, occupancy.sequence(), true));
        }
        for (Command.Fact fact : facts) {
            carryOut(fact, origin);
        }
        return CompletableFuture.completedFuture(new Answer.Done(0, occupancy.sequence(), false));
    }

    @Override
    public synchronized HospitalView view() {
        return occupancy.view();
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    BedView bed(String id) {
        return Objects.requireNonNull(view().bed(new BedId(id)), id);
    }

    Stay stay(String id) {
        return Objects.requireNonNull(view().stays().get(new StayId(id)), id);
    }

    List<Command.Fact> lastReported() {
        return reported.getLast();
    }

    void act(Command.Act act) {
        carryOut(act, new Origin.Person("Jeanne Roux", Role.BED_MANAGER));
    }

    private void carryOut(Command command, Origin origin) {
        if (!(occupancy.decide(command, now) instanceof Decision.Accepted accepted)) {
            throw new AssertionError("refused: " + command);
        }
        long act = occupancy.sequence() + 1;
        for (BedEvent event : accepted.events()) {
            occupancy.apply(new Recorded(occupancy.sequence() + 1, act, now, origin, event));
            events.add(event);
        }
    }

    static Hospital layout() {
        return new Hospital(
                new HospitalId("750000001"),
                "Hôpital d'essai",
                PARIS,
                Map.of("CAR", "Cardiologie", "GER", "Gériatrie", "URG", "Urgences"),
                Map.of(),
                List.of(
                        service(
                                "CARDIO",
                                List.of("CAR"),
                                List.of("CARD", "6268"),
                                room("12", "P", "F"),
                                room("14", "")),
                        service("GERIATRIE", List.of("GER"), List.of("GERI"), room("31", "P", "F")),
                        service("UHCD", List.of("URG"), List.of("URG", "8782"), room("U1", ""))));
    }

    private static Service service(String id, List<String> specialties, List<String> codes, Room... rooms) {
        int beds = 0;
        for (Room room : rooms) {
            beds += room.beds().size();
        }
        return new Service(
                new ServiceId(id),
                id,
                null,
                null,
                specialties,
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                beds,
                codes,
                withHl7(List.of(rooms), codes.getFirst()));
    }

    private static List<Room> withHl7(List<Room> rooms, String unit) {
        List<Room> named = new ArrayList<>();
        for (Room room : rooms) {
            List<Bed> beds = new ArrayList<>();
            for (Bed bed : room.beds()) {
                String hl7Bed = bed.label().isEmpty() ? "1" : bed.label();
                PointOfCare place = new PointOfCare(unit, "CH" + room.id(), hl7Bed);
                beds.add(new Bed(bed.id(), bed.label(), false, List.of(), place));
            }
            named.add(new Room(room.id(), room.capacity(), room.sexPolicy(), room.isolation(), beds));
        }
        return named;
    }

    private static Room room(String id, String... labels) {
        List<Bed> beds = new ArrayList<>();
        for (String label : labels) {
            beds.add(new Bed(new BedId(id + label), label, false, List.of(), null));
        }
        return new Room(new RoomId(id), beds.size(), SexPolicy.MIXED, IsolationAbility.NONE, beds);
    }
}
