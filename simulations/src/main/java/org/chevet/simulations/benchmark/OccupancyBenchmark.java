package org.chevet.simulations.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.StatedPapers;
import org.chevet.event.Recorded;
import org.chevet.event.StatedBedStatus;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decides and applies one command, in a hospital nine tenths full that stays so. The commands are those of a stay's life in their
 * usual order: register and admit, transfer, discharge, bed being cleaned, bed clean. The cost should not grow with the hospital.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="OccupancyBenchmark -prof gc"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class OccupancyBenchmark {
    private static final long SEED = 1;
    private static final double FULL = 0.9;
    private static final Origin FEED = new Origin.Feed("benchmark", "1");
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    /** How far the hospital's clock goes on with each command: the days are as busy, per bed, whatever the size. */
    private static final Duration BED_TIME_PER_COMMAND = Duration.ofHours(16);

    @Param({"1000", "10000", "400000"})
    int beds;

    private Occupancy occupancy = new Occupancy();
    private Random random = new Random(SEED);
    private Instant now = BEGINNING;
    private Duration step = Duration.ZERO;
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

    @Setup
    public void fill() {
        Hospital hospital = GeneratedLayout.ofBeds(beds);
        occupancy = new Occupancy();
        random = new Random(SEED);
        now = BEGINNING;
        step = BED_TIME_PER_COMMAND.dividedBy(beds);
        run(new Command.DefineHospital(hospital));
        for (Service service : hospital.services()) {
            for (Room room : service.rooms()) {
                for (Bed bed : room.beds()) {
                    free.add(new Place(service.id(), bed.id()));
                }
            }
        }
        for (int i = 0; i < beds * FULL; i++) {
            admit();
        }
        pending.forEach(this::run);
        pending.clear();
    }

    /** A writer makes a view after each batch; without any, the marks of what changed would pile up. */
    @Setup(Level.Iteration)
    public void makeView() {
        occupancy.view();
    }

    @Benchmark
    public long decideAndApply() {
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
        now = now.plus(step);
        return run(pending.get(pendingAt++));
    }

    private long run(Command command) {
        if (!(occupancy.decide(command, now) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("a fact was refused: " + command);
        }
        for (BedEvent event : accepted.events()) {
            long sequence = occupancy.sequence() + 1;
            occupancy.apply(new Recorded(sequence, sequence, now, FEED, event));
        }
        return occupancy.sequence();
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
