package org.chevet.hospital.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.TensionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HospitalFileTest {
    private static final String HEAD = """
            id: H1
            name: Hôpital d'essai
            timeZone: Europe/Paris
            specialties: {cardiologie: Cardiologie, pneumologie: Pneumologie}
            equipment: {scope: Scope, o2: Oxygène mural}
            """;

    private static final String SERVICE = """
            services:
              - id: CARDIO
                name: Cardiologie
                site: Bâtiment A
                floor: 4
                pole: Cœur-poumon
                specialties: [cardiologie, pneumologie]
                hl7: ["3010", "3011"]
            """;

    @Test
    void shouldFillInWhatIsUsuallyLeftOut() {
        Service service = only(load(HEAD + SERVICE + """
                    rooms:
                      - {id: 401}
                      - {id: 402, beds: [P, F]}
                """));
        assertThat(service.levelOfCare()).isEqualTo(LevelOfCare.ACUTE);
        assertThat(service.ages()).isEqualTo(AgeRange.ALL);
        assertThat(service.sexPolicy()).isEqualTo(SexPolicy.MIXED);
        assertThat(service.staffedBeds()).isEqualTo(3);
        assertThat(service.floor()).isEqualTo("4");
        assertThat(service.pole()).isEqualTo("Cœur-poumon");
        Room single = service.rooms().get(0);
        Room shared = service.rooms().get(1);
        assertThat(single.sexPolicy()).isEqualTo(SexPolicy.MIXED);
        assertThat(single.beds())
                .containsExactly(
                        new Bed(new BedId("401"), "", false, List.of(), new PointOfCare("3010", "401", "401")));
        assertThat(shared.sexPolicy()).isEqualTo(SexPolicy.SAME_SEX);
        assertThat(shared.capacity()).isEqualTo(2);
        assertThat(shared.beds())
                .containsExactly(
                        new Bed(new BedId("402P"), "P", false, List.of(), new PointOfCare("3010", "402", "P")),
                        new Bed(new BedId("402F"), "F", false, List.of(), new PointOfCare("3010", "402", "F")));
    }

    @Test
    void shouldReadWhatIsSaidOfPlacementAndTellItsMistakes() {
        String rooms = SERVICE + """
                    fallbackSpecialties: [%s]
                    rooms: [{id: 401}]
                placement:
                  weights: {%s: 60}
                  keptForEmergencies: {%s: 2}
                  cleaningMinutes: %s
                """;
        assertThat(HospitalFile.parse(HEAD + rooms.formatted("", "outlier", "CARDIO", "30")))
                .isInstanceOfSatisfying(HospitalFile.Loaded.class, loaded -> {
                    PlacementPolicy policy = loaded.hospital().placementPolicy();
                    assertThat(policy.points(PlacementRule.OUTLIER)).isEqualTo(60);
                    assertThat(policy.points(PlacementRule.MOVE)).isEqualTo(PlacementRule.MOVE.defaultPoints());
                    assertThat(policy.keptForEmergencies(new ServiceId("CARDIO")))
                            .isEqualTo(2);
                    assertThat(policy.cleaningMinutes()).isEqualTo(30);
                });
        assertThat(HospitalFile.parse(HEAD + rooms.formatted("cardiologie", "outlyer", "CARDO", "-1"))
                        .describe())
                .contains("specialty 'cardiologie' is accepted and a fallback")
                .contains("unknown key 'outlyer'. Maybe 'outlier'.")
                .contains("unknown service 'CARDO'. Maybe 'CARDIO'.")
                .contains("-1 is outside 0 to 720");
    }

    @Test
    void shouldReadWhatIsSaidOfTensionAndTellItsMistakes() {
        String file = HEAD + SERVICE + """
                    rooms: [{id: 401}]
                tension:
                  hospital: {watch: 80, tension: 90, crisis: %s, watchHours: 12}
                  services:
                    %s: {watch: 70, watchHours: 12, tensionHours: %s}
                  dwellMinutes: 30
                  cards:
                    - {id: surge, title: Ouvrir, owner: Cadre, level: %s, service: CARDIO}
                    - {id: %s, title: Réunir, owner: Directeur, level: CRISIS, deadlineMinutes: 15}
                """;
        assertThat(HospitalFile.parse(file.formatted("100", "CARDIO", "4", "WATCH", "cell")))
                .isInstanceOfSatisfying(HospitalFile.Loaded.class, loaded -> {
                    TensionPolicy policy = loaded.hospital().tensionPolicy();
                    assertThat(policy.thresholds(null)).isEqualTo(new TensionPolicy.Thresholds(80, 90, 100, 12, null));
                    assertThat(policy.thresholds(new ServiceId("CARDIO")).watch())
                            .isEqualTo(70);
                    assertThat(policy.thresholds(new ServiceId("CARDIO")).watchHours())
                            .isEqualTo(12);
                    assertThat(policy.thresholds(new ServiceId("CARDIO")).tensionHours())
                            .isEqualTo(4);
                    assertThat(policy.dwellMinutes()).isEqualTo(30);
                    assertThat(policy.alertsMax()).isEqualTo(TensionPolicy.DEFAULT.alertsMax());
                    assertThat(policy.cards())
                            .extracting(card -> card.id() + " " + card.level() + " " + card.deadlineMinutes())
                            .containsExactly("surge WATCH 60", "cell CRISIS 15");
                });
        assertThat(HospitalFile.parse(file.formatted("85", "CARDO", "4", "WACH", "surge"))
                        .describe())
                .contains("thresholds watch 80, tension 90, crisis 85 do not rise")
                .contains("unknown service 'CARDO'. Maybe 'CARDIO'.")
                .contains("'WACH'")
                .contains("card 'surge' is there already, on line ");
        assertThat(HospitalFile.parse(file.formatted("100", "CARDIO", "13", "WATCH", "cell"))
                        .describe())
                .contains("watchHours 12 is less than tensionHours 13");
    }

    @Test
    void shouldTakeWhatIsWrittenOverWhatIsUsual() {
        Service service = only(load(HEAD + SERVICE + """
                    levelOfCare: INTERMEDIATE
                    ages: {from: 18}
                    sexPolicy: WOMEN
                    staffedBeds: 1
                    rooms:
                      - id: "0401"
                        isolation: NEGATIVE_PRESSURE
                        sexPolicy: MEN
                        capacity: 2
                        equipment: [o2]
                        beds:
                          - {label: A, id: LIT-1, equipment: [scope], hl7: "3011^CH1^01"}
                          - {label: B, surge: true}
                """));
        assertThat(service.levelOfCare()).isEqualTo(LevelOfCare.INTERMEDIATE);
        assertThat(service.ages()).isEqualTo(new AgeRange(18, AgeRange.AGE_YEARS_MAX));
        assertThat(service.sexPolicy()).isEqualTo(SexPolicy.WOMEN);
        assertThat(service.staffedBeds()).isEqualTo(1);
        Room room = service.rooms().getFirst();
        assertThat(room.id().value()).isEqualTo("0401");
        assertThat(room.isolation()).isEqualTo(IsolationAbility.NEGATIVE_PRESSURE);
        assertThat(room.sexPolicy()).isEqualTo(SexPolicy.MEN);
        assertThat(room.capacity()).isEqualTo(2);
        assertThat(room.beds())
                .containsExactly(
                        new Bed(
                                new BedId("LIT-1"),
                                "A",
                                false,
                                List.of("o2", "scope"),
                                new PointOfCare("3011", "CH1", "01")),
                        new Bed(new BedId("0401B"), "B", true, List.of("o2"), new PointOfCare("3010", "0401", "B")));
    }

    @Test
    void shouldLeaveOutTheSurgeBedsFromARoomsUsualCapacity() {
        Service service = only(load(HEAD + SERVICE + """
                    rooms:
                      - {id: 401, isolation: SINGLE, beds: [P, {label: S, surge: true}]}
                """));
        assertThat(service.rooms().getFirst().capacity()).isEqualTo(1);
    }

    @Test
    void shouldKeepCodesThatYamlTakesForNumbersOrTruthValues() {
        Service service = only(load(HEAD + SERVICE + """
                    rooms:
                      - {id: 0401, beds: [N, Y]}
                """));
        assertThat(service.rooms().getFirst().beds())
                .extracting(bed -> bed.id().value())
                .containsExactly("0401N", "0401Y");
    }

    @Test
    void shouldTellEveryMistakeAtOnceWithItsPlaceAndWhatToWrite() {
        List<Problem> problems = problems("""
                id: H 1
                nam: Hôpital
                timeZone: Europe/Pari
                specialties: {cardiologie: Cardiologie}
                equipment: {scope: Scope}
                services:
                  - id: CARDIO
                    name: Cardiologie
                    specialties: [cardiolgie]
                    levelOfCare: acute
                    staffedBeds: abc
                    rooms:
                      - {id: 401, beds: [P, {label: F, equipment: [scoep], surge: oui}]}
                      - {id: 401, isolation: SINGLE, beds: [A, B]}
                """);
        assertThat(problems)
                .extracting(Problem::path, Problem::line, Problem::message, Problem::advice)
                .containsExactly(
                        row("", 1, "'name' is missing", "Write name: the hospital's name."),
                        row(
                                "id",
                                1,
                                "'H 1' is not an identifier",
                                "Write 1 to 64 letters without accents, digits or . _ : -"),
                        row("nam", 2, "unknown key 'nam'", "Maybe 'name'."),
                        row("timeZone", 3, "unknown time zone 'Europe/Pari'", "Maybe 'Europe/Paris'."),
                        row("services[0].specialties[0]", 9, "unknown specialty 'cardiolgie'", "Maybe 'cardiologie'."),
                        row("services[0].levelOfCare", 10, "unknown levelOfCare 'acute'", "Maybe 'ACUTE'."),
                        row(
                                "services[0].staffedBeds",
                                11,
                                "expected a whole number, got 'abc'",
                                "Write a number from 0 to 100000."),
                        row(
                                "services[0].rooms[0].beds[1].equipment[0]",
                                13,
                                "unknown equipment 'scoep'",
                                "Maybe 'scope'."),
                        row(
                                "services[0].rooms[0].beds[1].surge",
                                13,
                                "expected true or false, got 'oui'",
                                "Write true or false."),
                        row(
                                "services[0].rooms[1]",
                                14,
                                "isolation SINGLE, but the room has 2 beds",
                                "Leave one bed (others may be surge: true), or leave isolation out."),
                        row(
                                "services[0].rooms[1].id",
                                14,
                                "room id '401' is taken by services[0].rooms[0].id on line 13",
                                "Give each its own."));
    }

    /** Each line: a change to a file that is right, and where and how it is then wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rooms: [{id: 401}]                                  | rooms: []                        | services[0].rooms | there is no room
            rooms: [{id: 401}]                                  | rooms: 12                        | services[0].rooms | expected a list, got '12'
            rooms: [{id: 401}]                                  | rooms: [401]                     | services[0].rooms[0] | expected a mapping (key: value), got '401'
            rooms: [{id: 401}]                                  | rooms: [{beds: [P]}]             | services[0].rooms[0] | 'id' is missing
            rooms: [{id: 401}]                                  | rooms: [{id: 401, beds: []}]     | services[0].rooms[0].beds | the room has no bed
            rooms: [{id: 401}]                                  | rooms: [{id: 401, beds: [P, P]}] | services[0].rooms[0].beds[1] | bed id '401P' is taken by services[0].rooms[0].beds[0] on line 12
            rooms: [{id: 401}]                                  | rooms: [{id: 401, capacity: 2}]  | services[0].rooms[0].capacity | 2 is outside 1 to 1
            rooms: [{id: 401}]                                  | rooms: [{id: 401, capacity: 0}]  | services[0].rooms[0].capacity | 0 is outside 1 to 1
            rooms: [{id: 401}]                                  | rooms: [{id: 401, beds: [{hl7: 3010}]}]  | services[0].rooms[0].beds[0].hl7 | '3010' is not an HL7 location
            rooms: [{id: 401}]                                  | rooms: [{id: 401, beds: [{hl7: 3010^^1}]}]  | services[0].rooms[0].beds[0].hl7 | '' cannot be a part of HL7 location '3010^^1'
            rooms: [{id: 401}]                                  | rooms: [{id: 401}, {id: 402, beds: [{hl7: 3010^401^401}]}]  | services[0].rooms[1].beds[0].hl7 | HL7 location '3010^401^401' is taken by services[0].rooms[0] on line 12
            rooms: [{id: 401}]                                  | staffedBeds: 2, rooms: [{id: 401}] | services[0].staffedBeds | staffedBeds is 2, but the rooms have 1 beds
            hl7: [3010]                                         | hl7: [3010, 3010]                | services[0].hl7[1] | HL7 code '3010' is taken by services[0].hl7[0] on line 11
            hl7: [3010]                                         | hl7: ["30^10"]                   | services[0].hl7[0] | HL7 code '30^10' cannot stand in a message
            hl7: [3010]                                         | ages: {from: 18, to: 3}          | services[0].ages | no age is from 18 to 3 years
            hl7: [3010]                                         | ages: {from: 131}                | services[0].ages.from | 131 is outside 0 to 130
            specialties: [cardiologie]                          | specialties: [cardiologie, cardiologie] | services[0].specialties[1] | specialty 'cardiologie' is listed twice
            specialties: [cardiologie]                          | sexPolicy: MIXED                 | services[0] | 'specialties' is missing
            name: Cardiologie                                   | site: A                          | services[0] | 'name' is missing
            """)
    void shouldNameThePlaceOfAMistake(String right, String wrong, String path, String message) {
        String file = HEAD + """
                services:
                  - {
                    id: CARDIO,
                    name: Cardiologie,
                    specialties: [cardiologie],
                    hl7: [3010],
                    rooms: [{id: 401}]
                    }
                """;
        assertThat(HospitalFile.parse(file)).isInstanceOf(HospitalFile.Loaded.class);
        assertThat(problems(file.replace(right, wrong)))
                .extracting(Problem::path, Problem::message)
                .containsExactly(row(path, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            services: []         | services | there is no service
            services:            |          | 'services' is missing
            services: {a: 1}     | services | expected a list, got a mapping (key: value)
            services: [[x]]      | services[0] | expected a mapping (key: value), got a list
            """)
    void shouldWantServices(String services, String path, String message) {
        assertThat(problems(HEAD + services))
                .extracting(Problem::path, Problem::message)
                .containsExactly(row(path == null ? "" : path, message));
    }

    @Test
    void shouldRefuseAnIdThatDrillsHave() {
        String file = HEAD.replace("id: H1", "id: H1-exercice-2") + SERVICE + "    rooms: [{id: 401}]\n";
        assertThat(problems(file)).extracting(Problem::path).containsExactly("id");
    }

    @Test
    void shouldRefuseAKeyWrittenTwice() {
        assertThat(problems(HEAD + "name: Autre\n" + SERVICE + "    rooms: [{id: 401}]\n"))
                .extracting(Problem::path, Problem::line, Problem::message)
                .containsExactly(row("name", 6, "'name' is there twice, first on line 2"));
    }

    @Test
    void shouldSayWhereTheTextStopsBeingYaml() {
        List<Problem> problems = problems("id: H1\nname: [oops\ntimeZone: Europe/Paris\n");
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().line()).isEqualTo(3);
        assertThat(problems.getFirst().message()).startsWith("this is not YAML: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''           | the file is empty
            '# nothing'  | the file is empty
            just words   | expected a mapping (key: value), got 'just words'
            """)
    void shouldRefuseWhatIsNoHospital(String text, String message) {
        assertThat(problems(text)).extracting(Problem::message).containsExactly(message);
    }

    @Test
    void shouldRefuseAFileThatIsAbsentOrNotUtf8() throws IOException {
        HospitalFile.Result absent = HospitalFile.read(Path.of("no-such-hospital.yaml"));
        assertThat(absent.describe()).contains("there is no file no-such-hospital.yaml");
        byte[] latin1 = (HEAD + SERVICE).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(HospitalFile.read(new ByteArrayInputStream(latin1)).describe())
                .contains("the file is not UTF-8");
    }

    @Test
    void shouldReadUpToTheSizeLimitAndNotAByteMore() throws IOException {
        String file = HEAD + SERVICE + "    rooms: [{id: 401}]\n";
        int length = file.getBytes(StandardCharsets.UTF_8).length;
        byte[] largest =
                (file + "\n".repeat(HospitalFile.HOSPITAL_FILE_BYTES_MAX - length)).getBytes(StandardCharsets.UTF_8);
        assertThat(HospitalFile.read(new ByteArrayInputStream(largest))).isInstanceOf(HospitalFile.Loaded.class);
        byte[] tooLarge = (file + "\n".repeat(HospitalFile.HOSPITAL_FILE_BYTES_MAX - length + 1))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(HospitalFile.read(new ByteArrayInputStream(tooLarge)).describe())
                .contains("larger than");
    }

    @Test
    void shouldDescribeAHospitalInOneLine() {
        assertThat(HospitalFile.parse(HEAD + SERVICE + "    rooms: [{id: 401, beds: [P, {label: S, surge: true}]}]\n")
                        .describe())
                .isEqualTo("Hôpital d'essai (H1, Europe/Paris): 1 services, 1 rooms, 1 beds + 1 surge, 1 staffed");
    }

    private static Tuple row(Object... values) {
        return tuple(values);
    }

    private static Service only(Hospital hospital) {
        assertThat(hospital.services()).hasSize(1);
        return hospital.services().getFirst();
    }

    private static Hospital load(String text) {
        HospitalFile.Result result = HospitalFile.parse(text);
        assertThat(result).as(result.describe()).isInstanceOf(HospitalFile.Loaded.class);
        return ((HospitalFile.Loaded) result).hospital();
    }

    private static List<Problem> problems(String text) {
        HospitalFile.Result result = HospitalFile.parse(text);
        assertThat(result).as(result.describe()).isInstanceOf(HospitalFile.Invalid.class);
        return ((HospitalFile.Invalid) result).problems();
    }
}
