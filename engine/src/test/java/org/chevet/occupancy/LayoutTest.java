package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.junit.jupiter.api.Test;

/** Whoever folds a hospital's events in one process shares what its file says, in the order in which each was told it. */
class LayoutTest {
    @Test
    void shouldBeOneForAllWhoFoldEqualHospitals() {
        Occupancy writer = defined(SmallHospital.hospital());
        Occupancy follower = defined(SmallHospital.hospital());
        Occupancy restored = new Occupancy(writer.state());

        assertThat(follower.view().layout()).isSameAs(writer.view().layout());
        assertThat(follower.view().hospital()).isSameAs(writer.view().hospital());
        assertThat(restored.view().layout()).isSameAs(writer.view().layout());
    }

    @Test
    void shouldDifferWhereFilesDifferInTheOrderOfTheirListsAlone() {
        List<String> codes = List.of("cardio", "ped", "rea");
        Occupancy forwards = defined(withSpecialties(codes));
        Occupancy backwards = defined(withSpecialties(codes.reversed()));
        Occupancy again = defined(withSpecialties(codes));

        assertThat(forwards.view().hospital()).isEqualTo(backwards.view().hospital());
        assertThat(codesOf(forwards)).isEqualTo(codes);
        assertThat(codesOf(backwards)).isEqualTo(codes.reversed());
        assertThat(codesOf(again)).isEqualTo(codes);
        assertThat(again.digest()).isEqualTo(forwards.digest()).isNotEqualTo(backwards.digest());
    }

    @Test
    void shouldNotBeThatOfAHospitalWithOtherBeds() {
        Occupancy small = defined(SmallHospital.hospital());
        Occupancy rebuilt = defined(SmallHospital.rebuilt());

        assertThat(rebuilt.view().layout()).isNotSameAs(small.view().layout());
        assertThat(rebuilt.view().hospital()).isEqualTo(SmallHospital.rebuilt());
    }

    private static List<String> codesOf(Occupancy occupancy) {
        return List.copyOf(occupancy.view().hospital().specialties().keySet());
    }

    private static Hospital withSpecialties(List<String> codes) {
        Map<String, String> specialties = new LinkedHashMap<>();
        codes.forEach(code -> specialties.put(code, code));
        Hospital small = SmallHospital.hospital();
        return new Hospital(
                new HospitalId("ORDERED"),
                small.name(),
                small.zone(),
                specialties,
                small.equipment(),
                small.services());
    }

    private static Occupancy defined(Hospital hospital) {
        Occupancy occupancy = new Occupancy();
        occupancy.apply(new Recorded(
                1,
                1,
                SmallHospital.NOON,
                new Origin.Engine(),
                new BedEvent.HospitalDefined(SmallHospital.NOON, hospital)));
        return occupancy;
    }
}
