package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.chevet.event.Command;
import org.chevet.hospital.Patient;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.Stay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What identity messages and announced transfers come to, in whatever order they arrive among the messages of the stays. */
class ArrivalOrderTest {
    private static final String DURAND = "000003^^^CHU^PI||DURAND^Anne||19500328|F";
    private static final String MARTIN = "000009^^^CHU^PI||MARTIN^Jeanne||19610712|F";

    /** What is known in the end: of the stay's patient, and of the beds asked for. */
    private record Known(Patient patient, List<String> requests) {}

    private static Known known(List<Adt> messages) {
        TestHospital hospital = new TestHospital();
        AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());
        for (int i = 0; i < messages.size(); i++) {
            byte[] answer =
                    feed.receive(messages.get(i).bytes()).toCompletableFuture().join();
            assertThat(new String(answer, StandardCharsets.UTF_8)).contains("MSA|AA|");
        }
        Stay stay = hospital.stay("V1");
        return new Known(
                stay.knownPatient(),
                hospital.view().requests().stream()
                        .map(OpenRequest::request)
                        .map(request -> request.stay() + " to " + request.service() + " at " + request.neededAt())
                        .sorted()
                        .toList());
    }

    /** In the order given, which is that of the statements, and in others. */
    private static Known knownInAnyOrder(Adt... stated) {
        List<Adt> messages = List.of(stated);
        for (int i = 0; i < messages.size(); i++) {
            messages.get(i).numbered("C" + i);
        }
        Known known = known(messages);
        Set<List<Adt>> orders = new LinkedHashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            List<Adt> order = new ArrayList<>(messages);
            Collections.shuffle(order, random);
            orders.add(order);
        }
        for (List<Adt> order : orders) {
            assertThat(known(order))
                    .as(() -> String.join("\n", order.stream().map(Adt::text).toList()))
                    .isEqualTo(known);
        }
        return known;
    }

    private static Adt admission(String time) {
        return Adt.of("A01").at("GERI^CH31^P").stated(time).patient(DURAND);
    }

    private static Adt person(String time, String patient) {
        return Adt.of("A31").withoutVisit().stated(time).patient(patient);
    }

    private static Adt joined(String trigger, String time, String into, String prior) {
        return Adt.of(trigger).withoutVisit().stated(time).patient(into).segment("MRG|" + prior);
    }

    @Test
    void shouldHoldWhatWasSaidOfAPersonBeforeTheirStayIsKnown() {
        Known known = knownInAnyOrder(
                admission("20240306080000"), person("20240306090000", "000003^^^CHU^PI||DUPOND^Anne||19510328|F"));
        assertThat(known.patient())
                .isEqualTo(new Patient("000003^^^CHU", "DUPOND", "Anne", Sex.FEMALE, LocalDate.of(1951, 3, 28)));
    }

    @Test
    void shouldKeepWhatAStaySaysAfterWhatWasSaidOfItsPerson() {
        Known known = knownInAnyOrder(
                person("20240306070000", "000003^^^CHU^PI||DUPOND^Anne||19510328|F"),
                admission("20240306080000").patient("000003^^^CHU^PI||DURAND^Anne|||F"));
        assertThat(known.patient().familyName()).isEqualTo("DURAND");
        assertThat(known.patient().birthDate()).as("which the stay leaves out").isEqualTo(LocalDate.of(1951, 3, 28));
    }

    @Test
    void shouldKnowAPersonByTheNumberThatStandsWhateverNumberTheirStayIsSentUnder() {
        Known known = knownInAnyOrder(
                admission("20240306080000"),
                joined("A40", "20240306090000", MARTIN, "000003^^^CHU^PI"),
                joined("A47", "20240306100000", "000010^^^CHU^PI||MARTINEZ^Jeanne", "000009^^^CHU^PI"),
                Adt.of("Z99").stated("20240306110000").patient(DURAND));
        assertThat(known.patient().identifier()).isEqualTo("000010^^^CHU");
        assertThat(known.patient().familyName()).as("said last, of the visit").isEqualTo("DURAND");
    }

    @Test
    void shouldTakeTheLastWordWhenTwoNumbersAreJoinedEachWay() {
        Known known = knownInAnyOrder(
                admission("20240306080000"),
                joined("A40", "20240306090000", MARTIN, "000003^^^CHU^PI"),
                joined("A40", "20240306100000", DURAND, "000009^^^CHU^PI"));
        assertThat(known.patient().identifier()).isEqualTo("000003^^^CHU");
    }

    @Test
    void shouldKeepNothingOfAPersonWhoseNumberWasJoinedByMistake() {
        Known known = knownInAnyOrder(
                admission("20240306080000"),
                joined("A40", "20240306090000", MARTIN, "000003^^^CHU^PI"),
                joined("A40", "20240306100000", "000010^^^CHU^PI||DUPOND", "000003^^^CHU^PI"));
        assertThat(known.patient())
                .isEqualTo(new Patient("000010^^^CHU", "DUPOND", "Anne", Sex.FEMALE, LocalDate.of(1950, 3, 28)));
    }

    @Test
    void shouldTakeWhatWasSaidOfAPersonToTheNumberThatStandsInTheEnd() {
        Known known = knownInAnyOrder(
                admission("20240306080000"),
                joined("A40", "20240306090000", "000009^^^CHU^PI||MARTIN^Jeanne", "000003^^^CHU^PI"),
                person("20240306100000", "000003^^^CHU^PI||||19510328"),
                joined("A40", "20240306110000", "000010^^^CHU^PI||DUPOND", "000003^^^CHU^PI"));
        assertThat(known.patient())
                .isEqualTo(new Patient("000010^^^CHU", "DUPOND", "Anne", Sex.FEMALE, LocalDate.of(1951, 3, 28)));
    }

    @Test
    void shouldKeepWhatAJoinSaysOfANumberWhoseOwnJoinIsReplacedLater() {
        Known known = knownInAnyOrder(
                admission("20240306080000"),
                joined("A40", "20240306090000", "000010^^^CHU^PI||DUPOND", "000009^^^CHU^PI"),
                joined("A40", "20240306100000", "000009^^^CHU^PI||MARTIN^Jeanne||19610712", "000003^^^CHU^PI"),
                joined("A40", "20240306110000", "000011^^^CHU^PI||PETIT", "000009^^^CHU^PI"));
        assertThat(known.patient())
                .isEqualTo(new Patient("000011^^^CHU", "PETIT", "Jeanne", Sex.FEMALE, LocalDate.of(1961, 7, 12)));
    }

    @Test
    void shouldLeaveOutTheOldestOfJoinsInARing() {
        Known known = knownInAnyOrder(
                admission("20240306080000"),
                joined("A40", "20240306090000", "000007^^^CHU^PI||AUTRE", "000003^^^CHU^PI"),
                joined("A40", "20240306100000", MARTIN, "000003^^^CHU^PI"),
                joined("A40", "20240306110000", DURAND, "000009^^^CHU^PI"));
        assertThat(known.patient().identifier()).isEqualTo("000003^^^CHU");
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                joined("A40", "20240306090000", MARTIN, "000003^^^CHU^PI"),
                                joined("A40", "20240306100000", "000010^^^CHU^PI||DUPOND", "000009^^^CHU^PI"),
                                joined("A40", "20240306110000", DURAND, "000010^^^CHU^PI"),
                                joined("A40", "20240306120000", "000011^^^CHU^PI||PETIT", "000009^^^CHU^PI"))
                        .patient()
                        .identifier())
                .as("the ring is broken by a later join")
                .isEqualTo("000011^^^CHU");
    }

    @Test
    void shouldKeepNothingOfAPersonWhoseStayIsAnothers() {
        Known known = knownInAnyOrder(
                admission("20240306080000"),
                Adt.of("A44").stated("20240306090000").patient(MARTIN).segment("MRG|000003^^^CHU^PI"),
                person("20240306100000", "000003^^^CHU^PI||DUPOND^Claire||19510328|F"));
        assertThat(known.patient())
                .isEqualTo(new Patient("000009^^^CHU", "MARTIN", "Jeanne", Sex.FEMALE, LocalDate.of(1961, 7, 12)));
    }

    @Test
    void shouldAskForABedUntilThePatientHasOneThere() {
        Adt announced = Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306150000");
        assertThat(knownInAnyOrder(admission("20240306080000"), announced).requests())
                .containsExactly("V1 to CARDIO at 2024-03-07T14:00:00Z");
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                announced,
                                Adt.of("A02").at("URG").stated("20240307100000"))
                        .requests())
                .as("moved elsewhere, the bed is still wanted")
                .hasSize(1);
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                announced,
                                Adt.of("A02").at("CARD^CH12^P").stated("20240307100000"))
                        .requests())
                .isEmpty();
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                announced,
                                Adt.of("A03").stated("20240307100000"))
                        .requests())
                .isEmpty();
    }

    @Test
    void shouldAskAgainWhenTheTransferWasAMistake() {
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                Adt.of("A15")
                                        .pv1(42, "CARD")
                                        .planned("20240307150000")
                                        .stated("20240306150000"),
                                Adt.of("A02")
                                        .at("CARD^CH12^P")
                                        .stated("20240307100000")
                                        .zbe("2^PAS", "20240307100000", "INSERT", "", ""),
                                Adt.of("A12")
                                        .stated("20240307110000")
                                        .zbe("2^PAS", "20240307100000", "CANCEL", "A02", ""))
                        .requests())
                .hasSize(1);
    }

    @Test
    void shouldFollowTheLatestOfWhatIsAnnounced() {
        Adt first = Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306150000");
        Adt cancelled = Adt.of("A26").pv1(42, "CARD").stated("20240306160000");
        Adt second = Adt.of("A15").pv1(42, "URG").planned("20240308150000").stated("20240306170000");
        assertThat(knownInAnyOrder(admission("20240306080000"), first, cancelled)
                        .requests())
                .isEmpty();
        assertThat(knownInAnyOrder(admission("20240306080000"), first, cancelled, second)
                        .requests())
                .containsExactly("V1 to UHCD at 2024-03-08T14:00:00Z");
    }

    @Test
    void shouldNotAskAnewForWhoMovedBetweenTwoAnnouncements() {
        Adt first = Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306100000");
        Adt second = Adt.of("A15").pv1(42, "GERI").planned("20240307160000").stated("20240306100500");
        Adt moved = Adt.of("A02").at("GERI^CH31^F").stated("20240306101000");
        assertThat(knownInAnyOrder(admission("20240306080000"), first, second, moved)
                        .requests())
                .isEmpty();
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                first,
                                Adt.of("A02").at("CARD^CH12^P").stated("20240306100300"),
                                second)
                        .requests())
                .containsExactly("V1 to GERIATRIE at 2024-03-07T15:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"20240306100000", "20240306100500"})
    void shouldTakeATransferTypedAfterTheFactForTheOneAnnounced(String occurred) {
        Adt announced = Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306100500");
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                announced,
                                Adt.of("A02")
                                        .at("CARD^CH12^P")
                                        .stated("20240306100600")
                                        .zbe("2^PAS", occurred, "INSERT", "", ""))
                        .requests())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20240306100000", "20240306100600"})
    void shouldAskForNobodyWhoHasLeft(String dischargeStated) {
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                Adt.of("A15")
                                        .pv1(42, "CARD")
                                        .planned("20240307150000")
                                        .stated("20240306100500"),
                                Adt.of("A03").stated(dischargeStated).zbe("2^PAS", "20240306100000", "INSERT", "", ""))
                        .requests())
                .isEmpty();
    }

    @Test
    void shouldAskForTheVisitThatTookOver() {
        assertThat(knownInAnyOrder(
                                admission("20240306080000"),
                                Adt.of("A15")
                                        .pv1(19, "V0")
                                        .pv1(42, "CARD")
                                        .planned("20240307150000")
                                        .stated("20240306150000"),
                                Adt.of("A50").stated("20240306160000").segment("MRG|||||V0"))
                        .requests())
                .containsExactly("V1 to CARDIO at 2024-03-07T14:00:00Z");
    }

    @Test
    void shouldAskNoMoreForWhatAPersonHasSettled() {
        TestHospital hospital = new TestHospital();
        AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());
        Adt announced = Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306150000");
        for (Adt message : List.of(admission("20240306080000"), announced)) {
            feed.receive(message.bytes()).toCompletableFuture().join();
        }
        hospital.act(new Command.CancelBedRequest(
                hospital.view().requests().getFirst().request().id(), "plus besoin"));
        feed.receive(announced.numbered("again").bytes()).toCompletableFuture().join();
        feed.receive(Adt.of("A02").at("GERI^CH31^F").stated("20240306160000").bytes())
                .toCompletableFuture()
                .join();

        assertThat(hospital.view().requests()).isEmpty();
        assertThat(hospital.stay("V1").id()).isEqualTo(new StayId("V1"));
        assertThat(hospital.bed("31F").occupants()).isNotEmpty();
        assertThat(hospital.view().services().getFirst().service().id()).isEqualTo(new ServiceId("CARDIO"));
    }

    @Test
    void shouldAskForWhatIsAnnouncedAfterAPersonSettledSomethingElse() {
        TestHospital hospital = new TestHospital();
        AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());
        Adt announced = Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306150000");
        for (Adt message : List.of(admission("20240306080000"), announced)) {
            feed.receive(message.bytes()).toCompletableFuture().join();
        }
        hospital.act(new Command.CancelBedRequest(
                hospital.view().requests().getFirst().request().id(), "plus besoin"));
        feed.receive(announced.numbered("later").stated("20240306150001").bytes())
                .toCompletableFuture()
                .join();
        assertThat(hospital.view().requests())
                .as("though the sender's clock is behind ours")
                .hasSize(1);
    }
}
