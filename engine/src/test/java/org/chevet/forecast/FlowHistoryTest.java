package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.chevet.event.Barrier;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a history learns of random weeks is what each hour of each patient teaches, the clocks' changes and hours without any news included. */
class FlowHistoryTest {
    private static final Hospital HOSPITAL = SimulatedJournal.hospital();
    private static final WallHours WALL = new WallHours(HOSPITAL.zone());
    private static final List<ServiceId> SERVICES =
            HOSPITAL.services().stream().map(service -> service.id()).toList();

    /** As of a full hour. */
    private record Seen(int service, long sinceHour, long planDay, long heldUntilDay, int milestone) {
        static final Seen UNKNOWN = new Seen(Presence.OUT, 0, Standing.NO_PLAN, Standing.NOT_HELD, Standing.WAITS);

        int what(long day) {
            return Standing.what(planDay, heldUntilDay, day, milestone);
        }
    }

    private static final class Patient {
        private final StayId id;
        private int service;
        private long sinceHour;
        private long planDay = Standing.NO_PLAN;
        private boolean ready;
        private boolean closed;
        private @Nullable BedRequest request;
        private List<Barrier> barriers = List.of();

        /** By the first hour of which it is true. */
        private final TreeMap<Long, Seen> seen = new TreeMap<>();

        Patient(StayId id) {
            this.id = id;
        }

        Seen now() {
            int milestone = closed
                    ? Standing.CLOSED
                    : ready ? Standing.MEDICALLY_READY : request != null ? Standing.BED_ASKED : Standing.WAITS;
            return new Seen(service, sinceHour, planDay, Standing.heldUntilDay(barriers, WALL), milestone);
        }

        Seen at(long hour) {
            Map.Entry<Long, Seen> last = seen.floorEntry(hour);
            return last == null ? Seen.UNKNOWN : last.getValue();
        }
    }

    /** Learns as is written in the classes' comments, hour by hour and patient by patient. */
    private static final class PlainHistory {
        private final List<StayPattern> services =
                SERVICES.stream().map(service -> new StayPattern()).toList();
        private long hoursKnown;

        PlainHistory() {
            settle();
        }

        void pass(long hour, List<Patient> patients) {
            long today = WALL.day(hour);
            for (Patient patient : patients) {
                Seen was = patient.at(hour);
                if (was.service() != Presence.OUT) {
                    HourByHour.learn(
                            services.get(was.service()),
                            WALL,
                            was.sinceHour(),
                            hour,
                            hoursKnown,
                            then -> patient.at(then).what(today),
                            patient.service != was.service());
                }
            }
            see(hour + 1, patients);
            hoursKnown++;
            if (WALL.day(hour + 1) != today) {
                services.forEach(pattern -> pattern.forget(Math.pow(0.5, 1.0 / FlowHistory.HALF_LIFE_DAYS)));
                settle();
            }
        }

        static void see(long hour, List<Patient> patients) {
            for (Patient patient : patients) {
                if (!patient.at(hour).equals(patient.now())) {
                    patient.seen.put(hour, patient.now());
                }
            }
        }

        private void settle() {
            StayPattern anywhere = new StayPattern();
            services.forEach(anywhere::add);
            anywhere.settle(new StayPattern(), StayPattern.FIRST_STRENGTH_EVENTS);
            anywhere.settlePlannedByEverybody();
            for (String specialty : List.of("urg", "med", "chir")) {
                StayPattern group = new StayPattern();
                List<StayPattern> members = services.stream()
                        .filter(pattern -> specialty.equals(HOSPITAL.services()
                                .get(services.indexOf(pattern))
                                .specialties()
                                .getFirst()))
                        .toList();
                members.forEach(group::add);
                group.settle(anywhere, StayPattern.STRENGTH_EVENTS);
                members.forEach(pattern -> pattern.settle(group, StayPattern.STRENGTH_EVENTS));
            }
        }
    }

    private final FlowHistory history = new FlowHistory(null);
    private final PlainHistory plain = new PlainHistory();
    private final List<Patient> patients = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom(0);
    private Instant now = Instant.EPOCH;
    private int told;

    /** Six weeks each, up to a midnight, which is when a day is learned; the second hour of the night is left out in the first, and comes twice in the second. */
    @ParameterizedTest
    @CsvSource({"1, 2026-03-02T00:00:00Z", "2, 2026-10-05T13:00:00Z", "3, 2027-01-11T22:00:00Z"})
    void shouldLearnOfRandomWeeksWhatEachHourTeaches(long seed, Instant start) {
        random = new SplittableRandom(seed);
        now = start;
        tell(new BedEvent.HospitalDefined(now, HOSPITAL));
        for (int hour = 0; hour < 24 * 42 || WALL.hourOfDay(WallHours.hour(now)) > 0; hour++) {
            live();
            long lived = WallHours.hour(now);
            boolean silent = hour == 500;
            now = now.plus(Duration.ofHours(silent ? 100 : 1));
            history.advance(now);
            if (silent) {
                PlainHistory.see(WallHours.hour(now), patients);
            } else {
                plain.pass(lived, patients);
            }
        }

        FlowRecord record = new FlowRecord(Instant.MAX);
        List<List<CountDistribution>> foreseen = FlowForecaster.patients(history, record, 4, 24, 72, 336);
        for (int service = 0; service < SERVICES.size(); service++) {
            StayPattern learned = history.flows().get(history.number(SERVICES.get(service))).stays;
            StayPattern taught = plain.services.get(service);
            requireSame(SERVICES.get(service) + " rate", learned.rate, taught.rate);
            requireSame(SERVICES.get(service) + " weekday", learned.weekday, taught.weekday);
            for (int what = 0; what < Standing.WHATS; what++) {
                requireSame(SERVICES.get(service) + " hour " + what, learned.hour(what), taught.hour(what));
                requireSame(
                        SERVICES.get(service) + " standing " + what,
                        learned.standing.use(what),
                        taught.standing.use(what));
            }
        }
        List<List<CountDistribution>> taught = FlowForecaster.patients(history, record, 4, 24, 72, 336);
        for (int i = 0; i < foreseen.size(); i++) {
            for (int horizon = 0; horizon < 4; horizon++) {
                CountDistribution one = foreseen.get(i).get(horizon);
                assertThat(one.mean()).isCloseTo(taught.get(i).get(horizon).mean(), within(1e-9));
                assertThat(one.variance()).isCloseTo(taught.get(i).get(horizon).variance(), within(1e-7));
            }
        }
    }

    /** And from then on the plain ones are what the history goes by. */
    private static void requireSame(String of, Factor learned, Factor taught) {
        assertThat(learned.observed).as(of).containsExactly(taught.observed, within(1e-9));
        assertThat(learned.expected).as(of).containsExactly(taught.expected, within(1e-9));
        assertThat(learned.value).as(of).containsExactly(taught.value, within(1e-9));
        System.arraycopy(taught.value, 0, learned.value, 0, taught.value.length);
    }

    private void live() {
        for (Patient patient : patients) {
            if (patient.service != Presence.OUT) {
                live(patient);
            }
        }
        for (int coming = random.nextInt(3); coming > 0; coming--) {
            Patient patient = new Patient(new StayId("S" + patients.size()));
            patients.add(patient);
            move(patient, MovementKind.ADMISSION, random.nextInt(SERVICES.size()));
        }
    }

    private void live(Patient patient) {
        switch (random.nextInt(160)) {
            case 0 -> {
                boolean none = random.nextInt(4) == 0;
                Instant expected = none ? null : now.plus(Duration.ofHours(random.nextInt(-12, 100)));
                patient.planDay = expected == null ? Standing.NO_PLAN : WALL.day(expected);
                tell(new BedEvent.DischargePlanned(now, patient.id, expected, null));
            }
            case 1 -> {
                patient.ready = !patient.ready;
                tell(new BedEvent.MedicalReadinessChanged(now, patient.id, patient.ready));
            }
            case 2 -> {
                patient.closed = random.nextInt(3) == 0;
                tell(new BedEvent.AdministrativeClosureChanged(now, patient.id, patient.closed));
            }
            case 3 -> {
                Instant end = random.nextBoolean() ? null : now.plus(Duration.ofHours(random.nextInt(80)));
                Barrier barrier = new Barrier(BarrierKind.FAMILY, now, null, null, end);
                patient.barriers = List.of(barrier);
                tell(new BedEvent.BarrierSet(now, patient.id, barrier, null));
            }
            case 4 -> {
                if (!patient.barriers.isEmpty()) {
                    tell(new BedEvent.BarrierLifted(now, patient.id, patient.barriers.getFirst()));
                    patient.barriers = List.of();
                }
            }
            case 5 -> ask(patient);
            case 6 -> {
                if (patient.service < SERVICES.size() - 1) {
                    move(patient, MovementKind.TRANSFER, patient.service + 1);
                }
            }
            case 7 -> move(patient, MovementKind.DISCHARGE, Presence.OUT);
            default -> {}
        }
    }

    private void ask(Patient patient) {
        if (patient.request == null) {
            patient.request = new BedRequest(
                    new RequestId("R" + told),
                    patient.id,
                    SERVICES.getFirst(),
                    RequestOrigin.INTERNAL,
                    CareNeeds.UNSPECIFIED,
                    3,
                    now,
                    now,
                    null,
                    null);
            tell(new BedEvent.BedRequested(now, patient.request));
        } else {
            tell(new BedEvent.BedRequestCancelled(now, patient.request, null));
            patient.request = null;
        }
    }

    private void move(Patient patient, MovementKind kind, int service) {
        patient.service = service;
        patient.sinceHour = WallHours.hour(now);
        boolean leaves = service == Presence.OUT;
        tell(new BedEvent.MovementRecorded(
                patient.id,
                new Movement(
                        "M" + told,
                        kind,
                        now,
                        leaves ? Location.ELSEWHERE : new Location(SERVICES.get(service), null),
                        PatientClass.INPATIENT,
                        now,
                        leaves ? Ending.DISCHARGED : null)));
    }

    private void tell(BedEvent event) {
        told++;
        history.learn(new Recorded(told, told, now, new Origin.Engine(), event));
    }
}
