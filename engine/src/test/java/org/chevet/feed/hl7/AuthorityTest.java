package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.chevet.hospital.StayId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of visits are pairs: two authorities may give out the same one (CX-4). */
class AuthorityTest {
    private final TestHospital hospital = new TestHospital();
    private final AdtFeed feed =
            new AdtFeed("pas", hospital, AdtFeedOptions.defaults().withAuthorities(Set.of("CHU-X", "750000001")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1234                                     | 1234",
                "1234^^^CHU-X                             | 1234",
                "1234^^^CHU-X&000897406&M^VN^^20210409    | 1234",
                "1234^^^Le CHU&750000001&M^VN             | 1234",
                "1234^^^&750000001&M^VN                   | 1234",
                "1234^^^CLINIQUE^VN                       | CLINIQUE:1234",
                "1234^^^&1.2.250.1.71.4.2.2&ISO^VN        | 1.2.250.1.71.4.2.2:1234",
                "1234^^^chu-x^VN                          | chu-x:1234"
            })
    void shouldPutTheNameOfAnotherAuthorityInFrontOfItsNumbers(String field, String stay) {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, field));
        assertThat(hospital.view().stays()).containsOnlyKeys(new StayId(stay));
    }

    @Test
    void shouldTellTwoVisitsOfOneNumberApart() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "7^^^CHU-X^VN"));
        receive(Adt.of("A01").at("CARD^CH12^F").pv1(19, "7^^^CLINIQUE^VN").numbered("2"));
        receive(Adt.of("A03").stated("20240307080000").pv1(19, "7^^^CLINIQUE^VN"));

        assertThat(hospital.bed("12P").occupants()).hasSize(1);
        assertThat(hospital.bed("12F").occupants()).isEmpty();
    }

    @Test
    void shouldTellAColonInANameFromTheOneInFrontOfTheNumber() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "1^^^A:B^VN"));
        receive(Adt.of("A01").at("CARD^CH12^F").pv1(19, "B:1^^^A^VN").numbered("2"));

        assertThat(hospital.view().stays()).hasSize(2).containsKey(new StayId("A:B:1"));
    }

    @Test
    void shouldReadNumbersToMergeInTheSameWay() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "7^^^CLINIQUE^VN"));
        receive(Adt.of("A50").pv1(19, "8^^^CHU-X^VN").segment("MRG|||||7^^^CLINIQUE^VN"));

        assertThat(hospital.stay("8").timeline().movements()).hasSize(1);
    }

    @Test
    void shouldReadAccountsInTheSameWayWhereTheseAreVisits() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "").patient("3||DURAND" + "|".repeat(13) + "7^^^CLINIQUE^AN"));
        assertThat(hospital.view().stays()).containsOnlyKeys(new StayId("CLINIQUE:7"));
    }

    @Test
    void shouldKeepALongNameShortAndApartFromOthers() {
        String name = "GROUPEMENT HOSPITALIER DE TERRITOIRE ";
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "7^^^" + name + "NORD^VN"));
        receive(Adt.of("A01")
                .at("CARD^CH12^F")
                .pv1(19, "7^^^" + name + "SUD^VN")
                .numbered("2"));

        assertThat(hospital.view().stays().keySet())
                .hasSize(2)
                .allSatisfy(stay -> assertThat(stay.value())
                        .startsWith("GROUPEMENT_HOSP")
                        .endsWith(":7")
                        .hasSizeLessThan(30));
    }

    @Test
    void shouldLeaveAllNumbersAsTheyAreWhenNoAuthorityIsSet() {
        AdtFeed plain = new AdtFeed("plain", hospital, AdtFeedOptions.defaults());
        plain.receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "7^^^CLINIQUE^VN").bytes())
                .toCompletableFuture()
                .join();
        assertThat(hospital.view().stays()).containsOnlyKeys(new StayId("7"));
    }

    private void receive(Adt message) {
        byte[] answer = feed.receive(message.bytes()).toCompletableFuture().join();
        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("MSA|AA|");
    }
}
