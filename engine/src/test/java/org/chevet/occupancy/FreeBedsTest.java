package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.junit.jupiter.api.Test;

class FreeBedsTest {
    private static final long FIRST_SEED = Long.getLong("chevet.seed", 1);
    private static final int SEEDS = Integer.getInteger("chevet.seeds", 20);
    private static final int STEPS = 250;

    /** Whoever is told of a free bed and asks for it gets it, and nobody else would. */
    @Test
    void shouldCountTheBedsThatWouldBeGiven() {
        int compared = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            RandomTraffic traffic = new RandomTraffic(seed);
            Random sample = new Random(seed);
            Ward ward = new Ward();
            for (int step = 0; step < STEPS; step++) {
                ward.pass(traffic.pause());
                ward.run(traffic.next(ward));
                if (sample.nextInt(20) == 0) {
                    compare(ward, "seed " + seed + ", step " + step);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(SEEDS);
    }

    private static void compare(Ward ward, String where) {
        for (Sex sex : List.of(Sex.FEMALE, Sex.MALE)) {
            RequestId request = new RequestId("FREE-" + sex + ward.occupancy.sequence());
            ward.accepted(new Command.RequestBed(
                    request, null, null, RequestOrigin.ELECTIVE, needs(sex), 3, null, null, null));
            for (ServiceView service : ward.occupancy.view().services()) {
                long given = service.beds().stream()
                        .filter(bed -> ward.occupancy.decide(
                                        new Command.ReserveBed(
                                                request, bed.bed().id(), ward.now.plus(Duration.ofHours(1))),
                                        ward.now)
                                instanceof Decision.Accepted)
                        .count();
                long told = FreeBeds.of(service).stream()
                        .filter(free -> free.sex() == Sex.UNKNOWN || free.sex() == sex)
                        .mapToInt(FreeBeds::beds)
                        .sum();
                assertThat(told)
                        .as("%s, %s in %s", where, sex, service.service().id())
                        .isEqualTo(given);
            }
            ward.run(new Command.CancelBedRequest(request, null));
        }
    }

    private static CareNeeds needs(Sex sex) {
        return new CareNeeds(
                null, LevelOfCare.ACUTE, Isolation.NONE, sex, null, List.of(), List.of(), SingleRoom.INDIFFERENT);
    }

    @Test
    void shouldCountARoomForIsolationWhileItIsEmptyAndForOneSexOnceItIsNot() {
        Hospital hospital = SmallHospital.hospital();
        List<Service> services = new ArrayList<>(hospital.services());
        Service cardio = services.getFirst();
        Room first = cardio.rooms().getFirst();
        Room isolating =
                new Room(first.id(), first.capacity(), SexPolicy.SAME_SEX, IsolationAbility.SINGLE, first.beds());
        services.set(
                0,
                new Service(
                        cardio.id(),
                        cardio.name(),
                        null,
                        null,
                        cardio.specialties(),
                        cardio.levelOfCare(),
                        cardio.ages(),
                        cardio.sexPolicy(),
                        cardio.staffedBeds(),
                        cardio.hl7Codes(),
                        List.of(isolating)));
        Ward ward = new Ward(new Hospital(
                hospital.id(),
                hospital.name(),
                hospital.zone(),
                hospital.specialties(),
                hospital.equipment(),
                services));
        assertThat(free(ward)).containsExactly(new FreeBeds(IsolationAbility.SINGLE, Sex.UNKNOWN, 2));

        ward.admit("S1", Sex.FEMALE, first.beds().getFirst().id().value());

        assertThat(free(ward)).containsExactly(new FreeBeds(IsolationAbility.NONE, Sex.FEMALE, 1));
    }

    private static List<FreeBeds> free(Ward ward) {
        return FreeBeds.of(ward.occupancy.view().services().getFirst());
    }
}
