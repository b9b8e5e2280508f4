package org.chevet.simulations.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.StatedBedStatus;
import org.chevet.event.StatedPapers;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;

/**
 * What a feed states of a hospital that is filled to nine tenths and stays so: admissions, transfers, departures, beds being
 * cleaned and clean again, on a clock of its own. The same seed gives the same traffic.
 */
final class GeneratedTraffic {
    private static final long SEED = 1;
    private static final double FULL = 0.9;
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    /** How far the clock goes on with each command: the days are as busy, per bed, whatever the size. */
    private static final Duration BED_TIME_PER_COMMAND = Duration.ofHours(16);

    private final Random random = new Random(SEED);
    private final Duration step;
    private Instant now = BEGINNING;
    private long stays;
    private long movements;

    /** Where everybody is, and which beds are free: what a feed would know. */
    private final List<Occupied> occupied = new ArrayList<>();

    private final List<Place> free = new ArrayList<>();

    /** What is still to be told of the life of which a part has been told. */
    private final List<Command> pending = new ArrayList<>();

    private int pendingAt;

    private record Place(ServiceId service, BedId bed) {}

    private record Occupied(StayId stay, Place place) {}

    /** Begins with the hospital's definition and the admissions that fill it. */
    GeneratedTraffic(Hospital hospital) {
        int beds = 0;
        for (Service service : hospital.services()) {
            for (Room room : service.rooms()) {
                for (Bed bed : room.beds()) {
                    free.add(new Place(service.id(), bed.id()));
                    beds++;
                }
            }
        }
        step = BED_TIME_PER_COMMAND.dividedBy(beds);
        pending.add(new Command.DefineHospital(hospital));
        for (int i = 0; i < beds * FULL; i++) {
            admit();
        }
    }

    /** Whether the hospital is defined and full. */
    boolean isFilled() {
        return pendingAt == pending.size() || now.isAfter(BEGINNING);
    }

    /** The time of the command given last. */
    Instant now() {
        return now;
    }

    /** @param occupancy to which the command will be given; its deadlines are kept now and then */
    Command next(Occupancy occupancy) {
        if (pendingAt == pending.size()) {
            pending.clear();
            pendingAt = 0;
            now = now.plus(step);
            discharge();
            admit();
            transfer();
            Instant deadline = occupancy.nextDeadline();
            if (deadline != null && !deadline.isAfter(now)) {
                pending.add(new Command.PassTime());
            }
        }
        if (isFilled()) {
            now = now.plus(step);
        }
        return pending.get(pendingAt++);
    }

    private void admit() {
        StayId stay = new StayId("V" + ++stays);
        Patient patient = new Patient("P" + stays, "NOM", "Prenom", Sex.UNKNOWN, null);
        Place place = take();
        pending.add(new Command.ReportStay(stay, StatedPapers.ofPatient(patient), now));
        pending.add(movement(stay, MovementKind.ADMISSION, new Location(place.service(), place.bed()), null));
        occupied.add(new Occupied(stay, place));
    }

    private void transfer() {
        int index = random.nextInt(occupied.size());
        Occupied from = occupied.get(index);
        Place place = take();
        pending.add(movement(from.stay(), MovementKind.TRANSFER, new Location(place.service(), place.bed()), null));
        occupied.set(index, new Occupied(from.stay(), place));
        clean(from.place());
    }

    private void discharge() {
        int index = random.nextInt(occupied.size());
        Occupied leaving = occupied.set(index, occupied.getLast());
        occupied.removeLast();
        pending.add(movement(leaving.stay(), MovementKind.DISCHARGE, Location.ELSEWHERE, Ending.DISCHARGED));
        clean(leaving.place());
    }

    private void clean(Place place) {
        pending.add(new Command.ReportBedStatus(place.bed(), StatedBedStatus.HOUSEKEEPING, now));
        pending.add(new Command.ReportBedStatus(place.bed(), StatedBedStatus.UNOCCUPIED, now));
        free.add(place);
    }

    private Place take() {
        int index = random.nextInt(free.size());
        Place place = free.set(index, free.getLast());
        free.removeLast();
        return place;
    }

    private Command movement(StayId stay, MovementKind kind, Location to, @Nullable Ending ending) {
        return new Command.ReportMovement(
                stay, new Movement("m" + ++movements, kind, now, to, PatientClass.INPATIENT, now, ending), null);
    }
}
