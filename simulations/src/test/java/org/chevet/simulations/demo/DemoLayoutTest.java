package org.chevet.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chevet.hospital.Bed;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.SexPolicy;
import org.junit.jupiter.api.Test;

class DemoLayoutTest {
    private final Hospital hospital = DemoLayout.read();

    @Test
    void shouldBeAUniversityHospitalOfAThousandBeds() {
        assertThat(hospital.id().value()).isEqualTo("CHU-DEMO");
        assertThat(hospital.services()).hasSizeBetween(25, 30);
        assertThat(beds()).hasSizeBetween(950, 1050);
        assertThat(beds()).filteredOn(Bed::surge).hasSizeBetween(20, 40);
    }

    @Test
    void shouldHaveASmallerNeighbour() {
        Hospital neighbour = DemoLayout.neighbourOf(hospital);
        assertThat(neighbour.id().value()).isEqualTo("CH-DEMO");
        assertThat(neighbour.services()).hasSize(6);
        assertThat(neighbour.services().stream().mapToInt(Service::staffedBeds).sum())
                .isBetween(150, 300);
    }

    @Test
    void shouldHaveEveryKindOfPlaceAPatientMayNeed() {
        assertThat(hospital.services()).extracting(Service::levelOfCare).contains(LevelOfCare.values());
        assertThat(rooms()).extracting(Room::isolation).contains(IsolationAbility.values());
        assertThat(hospital.services())
                .filteredOn(service -> service.sexPolicy() == SexPolicy.WOMEN)
                .hasSize(2);
        assertThat(hospital.specialties().keySet())
                .allSatisfy(specialty -> assertThat(hospital.services())
                        .anySatisfy(service -> assertThat(service.specialties()).contains(specialty)));
    }

    @Test
    void shouldBeKnownToItsFeedsByUnitAndBed() {
        assertThat(hospital.services())
                .allSatisfy(service -> assertThat(service.hl7Codes()).isNotEmpty());
        assertThat(beds()).allSatisfy(bed -> assertThat(bed.hl7()).isNotNull());
    }

    @Test
    void shouldLackStaffForSomeOfItsBeds() {
        assertThat(hospital.services())
                .filteredOn(service -> service.staffedBeds() < bedsOf(service))
                .hasSizeGreaterThan(5);
    }

    private static long bedsOf(Service service) {
        return service.rooms().stream()
                .flatMap(room -> room.beds().stream())
                .filter(bed -> !bed.surge())
                .count();
    }

    private List<Room> rooms() {
        return hospital.services().stream()
                .flatMap(service -> service.rooms().stream())
                .toList();
    }

    private List<Bed> beds() {
        return rooms().stream().flatMap(room -> room.beds().stream()).toList();
    }
}
