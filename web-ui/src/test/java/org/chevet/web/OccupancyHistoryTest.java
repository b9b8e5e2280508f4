package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.PaperTimes;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.chevet.web.OccupancyHistory.Hour;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OccupancyHistoryTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:20:00Z");
    private static final int HOURS = 30;
    private static final int MINUTES_PER_HOUR = 60;
    private static final ServiceId CARDIO = new ServiceId("CARDIO");
    private static final ServiceId PNEUMO = new ServiceId("PNEUMO");
    private static final Hospital HOSPITAL = new Hospital(
            new HospitalId("SMALL"),
            "Petit hôpital",
            ZoneId.of("Europe/Paris"),
            Map.of(),
            Map.of(),
            List.of(service(CARDIO, "C1", "C2"), service(PNEUMO, "P1", "P2", "P3")));

    /** Where anybody may be: beds of both services, services without a bed, a bed that was removed, somewhere unknown. */
    private static final List<Location> PLACES = List.of(
            new Location(CARDIO, new BedId("C1")),
            new Location(CARDIO, new BedId("C2")),
            new Location(CARDIO, null),
            new Location(PNEUMO, new BedId("P1")),
            new Location(PNEUMO, new BedId("P2")),
            new Location(PNEUMO, null),
            new Location(PNEUMO, new BedId("REMOVED")),
            Location.ELSEWHERE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldCountAsOneWhoWalksAroundEveryMinute(long seed) {
        List<Stay> stays = stays(new Random(seed));
        OccupancyHistory history = OccupancyHistory.of(HOSPITAL, stays, NOW, HOURS);
        for (@Nullable ServiceId service : new ServiceId[] {null, CARDIO, PNEUMO}) {
            assertThat(history.last(service, HOURS))
                    .as("seed %d, service %s", seed, service)
                    .isEqualTo(counted(stays, service));
        }
    }

    @Test
    void shouldTellTheLastHoursOfALongerHistory() {
        OccupancyHistory history = OccupancyHistory.of(HOSPITAL, stays(new Random(1)), NOW, HOURS);
        List<Hour> all = history.last(null, HOURS);
        assertThat(history.last(null, 2)).isEqualTo(all.subList(all.size() - 3, all.size()));
        assertThat(history.last(null, HOURS + 5)).isEqualTo(all);
        assertThat(all.getLast().at()).isEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
    }

    @Test
    void shouldCountTwoPatientsInOneBedAsOneOccupiedBed() {
        Timeline timeline = Timeline.EMPTY.with(
                movement("1", MovementKind.ADMISSION, NOW.minus(Duration.ofHours(1)), PLACES.getFirst()));
        Hour last = OccupancyHistory.of(HOSPITAL, List.of(stay(1, timeline), stay(2, timeline)), NOW, 1)
                .last(CARDIO, 1)
                .getLast();
        assertThat(last.occupied()).isEqualTo(1);
        assertThat(last.present()).isEqualTo(2);
    }

    @Test
    void shouldNotCountOutpatientsButTheBedsInWhichTheyLie() {
        Timeline outpatient = Timeline.EMPTY
                .with(outpatient("1", NOW.minus(Duration.ofHours(3)), new Location(CARDIO, null)))
                .with(outpatient("2", NOW.minus(Duration.ofHours(2)), PLACES.getFirst()));
        Timeline kept = outpatient.with(
                movement("3", MovementKind.TRANSFER, NOW.minus(Duration.ofHours(1)), PLACES.getFirst()));
        assertThat(cardio(outpatient)).containsExactly("0 0 0", "0 0 0", "1 0 0", "1 0 0");
        assertThat(cardio(kept)).as("kept as an inpatient").containsExactly("0 0 0", "0 0 0", "1 0 1", "1 1 0");
    }

    private static List<String> cardio(Timeline timeline) {
        return OccupancyHistory.of(HOSPITAL, List.of(stay(1, timeline)), NOW, 3).last(CARDIO, 3).stream()
                .map(hour -> hour.occupied() + " " + hour.present() + " " + hour.entries())
                .toList();
    }

    private static Movement outpatient(String id, Instant at, Location to) {
        return new Movement(id, MovementKind.ADMISSION, at, to, PatientClass.OUTPATIENT, at, null);
    }

    /** Minute by minute, from the movements themselves. */
    private static List<Hour> counted(List<Stay> stays, @Nullable ServiceId service) {
        List<Hour> hours = new ArrayList<>();
        Instant first = Instant.parse("2026-03-02T12:00:00Z").minus(Duration.ofHours(HOURS));
        for (int i = 0; i <= HOURS; i++) {
            Instant at = first.plus(Duration.ofHours(i));
            int present = 0;
            int entries = 0;
            int exits = 0;
            Set<BedId> beds = new HashSet<>();
            for (Stay stay : stays) {
                Location place = placeAt(stay, at);
                if (isIn(place, service)) {
                    present++;
                    if (place != null && place.bed() != null) {
                        beds.add(place.bed());
                    }
                }
                for (int minute = 0; minute < MINUTES_PER_HOUR; minute++) {
                    Instant time = at.plus(Duration.ofMinutes(minute));
                    boolean before = isIn(placeAt(stay, time.minus(Duration.ofMinutes(1))), service);
                    boolean after = isIn(placeAt(stay, time), service);
                    entries += !before && after ? 1 : 0;
                    exits += before && !after ? 1 : 0;
                }
            }
            hours.add(new Hour(at, beds.size(), present, entries, exits));
        }
        return hours;
    }

    private static boolean isIn(@Nullable Location place, @Nullable ServiceId service) {
        return place != null && (service == null || service.equals(place.service()));
    }

    /** Null when the patient is not here. */
    private static @Nullable Location placeAt(Stay stay, Instant time) {
        Location place = null;
        for (Movement movement : stay.timeline().movements()) {
            if (movement.at().isAfter(time)) {
                break;
            }
            switch (movement.kind()) {
                case ADMISSION, TRANSFER -> place = movement.to();
                case DISCHARGE -> place = null;
                case LEAVE, RETURN -> {}
            }
        }
        return place;
    }

    private static List<Stay> stays(Random random) {
        List<Stay> stays = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Timeline timeline = Timeline.EMPTY;
            // Some begin before the first hour, some last beyond now.
            Instant at = NOW.minus(Duration.ofMinutes(random.nextInt((HOURS + 20) * MINUTES_PER_HOUR)));
            timeline = timeline.with(movement("0", MovementKind.ADMISSION, at, any(random)));
            for (int step = 1; step <= random.nextInt(6); step++) {
                // Sometimes none at all: two movements at one instant.
                at = at.plus(Duration.ofMinutes(random.nextInt(5) == 0 ? 0 : random.nextInt(600)));
                MovementKind kind = random.nextInt(4) == 0 ? MovementKind.LEAVE : MovementKind.TRANSFER;
                timeline = timeline.with(movement(String.valueOf(step), kind, at, any(random)));
            }
            if (random.nextBoolean()) {
                at = at.plus(Duration.ofMinutes(random.nextInt(600)));
                timeline = timeline.with(movement("9", MovementKind.DISCHARGE, at, Location.ELSEWHERE));
            }
            stays.add(stay(i, timeline));
        }
        return stays;
    }

    private static Location any(Random random) {
        return PLACES.get(random.nextInt(PLACES.size()));
    }

    private static Movement movement(String id, MovementKind kind, Instant at, Location to) {
        Ending ending = kind == MovementKind.DISCHARGE ? Ending.DISCHARGED : null;
        return new Movement(id, kind, at, to, PatientClass.INPATIENT, at, ending);
    }

    private static Stay stay(int number, Timeline timeline) {
        return new Stay(
                new StayId("S" + number),
                true,
                Patient.UNKNOWN,
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null,
                PaperTimes.NEVER,
                null,
                timeline,
                List.of(),
                null,
                null,
                null,
                NOW,
                null,
                null);
    }

    private static Service service(ServiceId id, String... beds) {
        List<Room> rooms = new ArrayList<>();
        for (String bed : beds) {
            rooms.add(new Room(
                    new RoomId(bed),
                    1,
                    SexPolicy.MIXED,
                    IsolationAbility.NONE,
                    List.of(new Bed(new BedId(bed), "", false, List.of(), null))));
        }
        return new Service(
                id,
                id.value(),
                null,
                null,
                List.of(),
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                beds.length,
                List.of(),
                rooms);
    }
}
