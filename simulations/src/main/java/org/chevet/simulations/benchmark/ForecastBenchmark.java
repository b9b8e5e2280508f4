package org.chevet.simulations.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.chevet.event.BedEvent;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.forecast.FlowForecast;
import org.chevet.forecast.FlowForecaster;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowRecord;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hospital of 1,000 beds in 28 services, nine tenths full, stays of a week, one in five with a transfer, 90 days of it: all forecasts at once (83
 * different horizons of 29 series, entries, exits and patients each), and how fast its journal is learned, an event an operation.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="ForecastBenchmark"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ForecastBenchmark {
    private static final int SERVICES = 28;
    private static final int BEDS = 1_008;
    private static final int STAYS_PER_DAY = 130;
    private static final int DAYS = 90;
    private static final int EVENTS = 20_000;
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private final FlowRecord record = new FlowRecord(Instant.MAX);
    private final FlowHistory history = new FlowHistory(record);
    private final List<Recorded> events = new ArrayList<>();
    private @Nullable HospitalView view;

    /** What happens is drawn first and then told in the order of time. */
    private record Step(Instant at, StayId stay, MovementKind kind, int service) {}

    @Setup
    public void live() {
        add(START, new BedEvent.HospitalDefined(START, hospital()));
        SplittableRandom random = new SplittableRandom(1);
        List<Step> steps = new ArrayList<>();
        for (int number = 0; number < DAYS * STAYS_PER_DAY; number++) {
            StayId stay = new StayId("S" + number);
            Instant enters = START.plus(Duration.ofMinutes(random.nextInt(DAYS * 24 * 60)));
            Instant leaves =
                    enters.plus(Duration.ofMinutes((long) (-Math.log(random.nextDouble()) * 7 * 24 * 60) + 61));
            int service = random.nextInt(SERVICES);
            steps.add(new Step(enters, stay, MovementKind.ADMISSION, service));
            if (random.nextInt(5) == 0) {
                steps.add(new Step(
                        enters.plus(Duration.ofHours(1)), stay, MovementKind.TRANSFER, (service + 1) % SERVICES));
            }
            steps.add(new Step(leaves, stay, MovementKind.DISCHARGE, service));
        }
        Instant end = START.plus(Duration.ofDays(DAYS));
        steps.stream()
                .filter(step -> step.at().isBefore(end))
                .sorted(Comparator.comparing(Step::at))
                .limit(EVENTS - 1)
                .forEach(this::tell);
        Occupancy occupancy = new Occupancy();
        events.forEach(occupancy::apply);
        view = occupancy.view();
        events.forEach(history::learn);
    }

    private void tell(Step step) {
        boolean leaves = step.kind() == MovementKind.DISCHARGE;
        add(
                step.at(),
                new BedEvent.MovementRecorded(
                        step.stay(),
                        new Movement(
                                Integer.toString(events.size()),
                                step.kind(),
                                step.at(),
                                leaves ? Location.ELSEWHERE : new Location(id(step.service()), null),
                                PatientClass.INPATIENT,
                                step.at(),
                                leaves ? Ending.DISCHARGED : null)));
    }

    private void add(Instant at, BedEvent event) {
        events.add(new Recorded(events.size() + 1, events.size() + 1, at, new Origin.Engine(), event));
    }

    private static ServiceId id(int service) {
        return new ServiceId("S" + service);
    }

    private static Hospital hospital() {
        List<Service> services = IntStream.range(0, SERVICES)
                .mapToObj(number -> new Service(
                        id(number),
                        "S" + number,
                        null,
                        null,
                        List.of(),
                        LevelOfCare.ACUTE,
                        AgeRange.ALL,
                        SexPolicy.MIXED,
                        BEDS / SERVICES,
                        List.of(),
                        rooms(number)))
                .toList();
        return new Hospital(new HospitalId("BENCH"), "Bench", ZoneId.of("Europe/Paris"), Map.of(), Map.of(), services);
    }

    private static List<Room> rooms(int service) {
        return IntStream.range(0, BEDS / SERVICES)
                .mapToObj(number -> service + "-" + number)
                .map(name -> new Room(
                        new RoomId(name),
                        1,
                        SexPolicy.MIXED,
                        IsolationAbility.NONE,
                        List.of(new Bed(new BedId(name), "", false, List.of(), null))))
                .toList();
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public FlowForecast forecast() {
        HospitalView now = Objects.requireNonNull(view, "set up");
        return FlowForecaster.forecast(now, history, record, now.recordedAt(), WhatIf.NOTHING);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(EVENTS)
    public FlowHistory learn() {
        FlowHistory learned = new FlowHistory(null);
        events.forEach(learned::learn);
        return learned;
    }
}
