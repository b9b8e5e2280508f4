package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.chevet.event.Location;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.ServiceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two senders that call the same places differently. */
class FeedPlacesTest {
    private final TestHospital hospital = new TestHospital();
    private final AdtFeed own = new AdtFeed(
            "other",
            hospital,
            AdtFeedOptions.defaults()
                    .withPlaces(new FeedPlaces(
                            Map.of("UF1", new ServiceId("CARDIO"), "GERI", new ServiceId("UHCD")),
                            Map.of(
                                    new PointOfCare("UF1", "A12", ""), new RoomId("12"),
                                    new PointOfCare("UF3", "B14", ""), new RoomId("14")),
                            Map.of(
                                    new PointOfCare("UF9", "Z", "7"), new BedId("31P"),
                                    new PointOfCare("UF9", "Z", "8"), new BedId("gone")))));
    private final AdtFeed usual = new AdtFeed("usual", hospital, AdtFeedOptions.defaults());

    @ParameterizedTest
    @CsvSource({
        "UF1, CARDIO, ''",
        "UF1^A12^P, CARDIO, 12P",
        "uf1^a12^f, CARDIO, 12F",
        "UF1^A12, CARDIO, ''",
        "UF3^B14, CARDIO, 14",
        "UF3^B14^1, CARDIO, 14",
        "UF9^Z^7, GERIATRIE, 31P",
        "CARD^CH12^P, CARDIO, 12P",
        // What the file calls so, this sender calls otherwise.
        "GERI, UHCD, ''"
    })
    void shouldFindTheSendersOwnPlacesBesideThoseOfTheHospitalsFile(String stated, String service, String bed) {
        receive(own, Adt.of("A01").at(stated));
        assertThat(hospital.stay("V1").location())
                .isEqualTo(new Location(new ServiceId(service), bed.isEmpty() ? null : new BedId(bed)));
        assertThat(hospital.view().anomalies()).isEmpty();
    }

    @Test
    void shouldNotLendOneSendersCodesToAnother() {
        receive(usual, Adt.of("A01").at("UF1^A12^P"));
        assertThat(hospital.stay("V1").location()).isEqualTo(Location.ELSEWHERE);
        receive(usual, Adt.of("A01").numbered("M2").at("GERI").pv1(19, "V2"));
        assertThat(hospital.stay("V2").location()).isEqualTo(new Location(new ServiceId("GERIATRIE"), null));
    }

    @Test
    void shouldCallAPlaceUnknownThatIsInTheHospitalNoMore() {
        receive(own, Adt.of("A01").at("UF9^Z^8"));
        assertThat(hospital.stay("V1").location()).isEqualTo(Location.ELSEWHERE);
        assertThat(hospital.view().anomalies()).hasSize(1);
    }

    private static void receive(AdtFeed feed, Adt message) {
        feed.receive(message.bytes()).toCompletableFuture().join();
    }
}
