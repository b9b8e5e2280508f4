package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.chevet.event.BedRequest;
import org.chevet.feed.hl7.GeneratedFeed.Sent;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A feed with a real one's shape leaves the same histories in whatever order it arrives. {@code -Dchevet.messages=100000} sets its length,
 * {@code -Dchevet.seed} its seed.
 */
class GeneratedFeedTest {
    private static final int MESSAGES = Integer.getInteger("chevet.messages", 3_000);
    private static final long SEED = Long.getLong("chevet.seed", 20_240_101);
    private static final int IN_FLIGHT_MAX = 2_000;
    private static final int SERVICES = 12;
    private static final int BEDS_OF_SERVICE = 25;

    private final List<Sent> feed = GeneratedFeed.of(SEED, MESSAGES, places());

    @Test
    void shouldHaveTheShapeOfARealFeed() {
        List<Sent> shown = feed.size() < 20_000 ? GeneratedFeed.of(SEED, 20_000, places()) : feed;
        Map<String, Integer> triggers = new TreeMap<>();
        Map<String, Integer> actions = new TreeMap<>();
        Map<String, String> effective = new HashMap<>();
        int visits = 0;
        int withoutBed = 0;
        int movements = 0;
        int history = 0;
        int successive = 0;
        int back = 0;
        for (Sent sent : shown) {
            String[] visit = fields(sent, "PV1");
            String[] movement = fields(sent, "ZBE");
            triggers.merge(fields(sent, "MSH")[8].split("\\^")[1], 1, Integer::sum);
            if (visit.length > 0) {
                visits++;
                withoutBed += visit[3].split("\\^").length < 3 ? 1 : 0;
            }
            if (movement.length > 0) {
                movements++;
                actions.merge(movement[4], 1, Integer::sum);
                history += movement[5].equals("Y") ? 1 : 0;
                String before = effective.put(visit[19], movement[2]);
                successive += before == null ? 0 : 1;
                back += before != null && movement[2].compareTo(before) < 0 ? 1 : 0;
            }
        }
        System.out.println(triggers + " " + actions + " history " + percent(history, movements) + " back "
                + percent(back, successive) + " without a bed " + percent(withoutBed, visits));
        Offset<Double> near = within(3.0);
        int all = shown.size();
        assertThat(percent(triggers.getOrDefault("Z99", 0), all)).isCloseTo(29, near);
        assertThat(percent(triggers.getOrDefault("A28", 0), all)).isCloseTo(22, near);
        assertThat(percent(triggers.getOrDefault("A03", 0), all)).isCloseTo(14, near);
        assertThat(percent(triggers.getOrDefault("A05", 0), all)).isCloseTo(10, near);
        assertThat(percent(triggers.getOrDefault("A04", 0), all)).isCloseTo(9, near);
        assertThat(percent(triggers.getOrDefault("A01", 0), all)).isCloseTo(7, near);
        assertThat(percent(actions.getOrDefault("INSERT", 0), movements)).isCloseTo(58, near);
        assertThat(percent(actions.getOrDefault("UPDATE", 0), movements)).isCloseTo(38, near);
        assertThat(percent(actions.getOrDefault("CANCEL", 0), movements)).isCloseTo(4, within(1.5));
        assertThat(percent(history, movements)).isCloseTo(25, near);
        assertThat(percent(back, successive)).isCloseTo(19, near);
        assertThat(percent(withoutBed, visits)).isCloseTo(86, near);
    }

    private static double percent(int part, int whole) {
        return 100.0 * part / whole;
    }

    private static String[] fields(Sent sent, String segment) {
        return Arrays.stream(sent.text().split("\r"))
                .filter(line -> line.startsWith(segment))
                .findFirst()
                .map(line -> line.split("\\|", -1))
                .orElse(new String[0]);
    }

    @Test
    void shouldLeaveTheSameHistoriesInWhateverOrderItArrives(@TempDir Path folder) {
        System.out.println(MESSAGES + " messages of seed " + SEED);
        Map<String, String> expected = histories(feed, folder.resolve("sorted"));
        assertThat(expected).hasSizeGreaterThan(MESSAGES / 20);
        Random random = new Random(SEED);
        List<Sent> shuffled = new ArrayList<>(feed);
        Collections.shuffle(shuffled, random);
        assertSame(expected, histories(shuffled, folder.resolve("shuffled")), "shuffled");
        assertSame(expected, histories(blocks(random), folder.resolve("blocks")), "in blocks");
        assertSame(expected, histories(repeated(random), folder.resolve("repeated")), "with repeats");
    }

    /** As when a link was down and what had waited comes after what is new. */
    private List<Sent> blocks(Random random) {
        List<List<Sent>> blocks = new ArrayList<>();
        for (int from = 0; from < feed.size(); ) {
            int to = Math.min(feed.size(), from + 1 + random.nextInt(200));
            blocks.add(feed.subList(from, to));
            from = to;
        }
        Collections.shuffle(blocks, random);
        return blocks.stream().flatMap(List::stream).toList();
    }

    /** Some come twice, as they were or under a new number, among messages that are out of order by some tens. */
    private List<Sent> repeated(Random random) {
        record Placed(double place, Sent sent) {}
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < feed.size(); i++) {
            Sent sent = feed.get(i);
            placed.add(new Placed(i + random.nextGaussian() * 30, sent));
            if (random.nextInt(5) == 0) {
                boolean renumbered = random.nextBoolean();
                String text = renumbered ? sent.text().replaceFirst("\\|C(\\d+)\\|", "|D$1|") : sent.text();
                placed.add(new Placed(i + random.nextGaussian() * 300, new Sent(sent.stated(), text)));
            }
        }
        return placed.stream()
                .sorted(java.util.Comparator.comparingDouble(Placed::place))
                .map(Placed::sent)
                .toList();
    }

    private static void assertSame(Map<String, String> expected, Map<String, String> actual, String how) {
        Map<String, String> different = new TreeMap<>();
        expected.forEach((what, said) -> {
            if (!said.equals(actual.get(what))) {
                different.put(what, "\n in order " + said + "\n arrived  " + actual.get(what));
            }
        });
        assertThat(different.entrySet().stream().limit(3)).as(how).isEmpty();
        assertThat(actual.keySet()).as(how).isEqualTo(expected.keySet());
    }

    /** What the hospital knows in the end of each stay, and of who lay in each bed when. */
    private static Map<String, String> histories(List<Sent> messages, Path folder) {
        try (Journal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            HospitalWriter writer =
                    engine.open(layout(), new AdjustableClock(Instant.parse("2024-03-12T08:00:00Z"), 1));
            AdtFeed feed = new AdtFeed("pas", writer, AdtFeedOptions.defaults());
            Deque<CompletableFuture<byte[]>> answers = new ArrayDeque<>();
            for (Sent sent : messages) {
                answers.add(feed.receive(sent.text().getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture());
                if (answers.size() > IN_FLIGHT_MAX) {
                    accepted(answers.remove());
                }
            }
            answers.forEach(GeneratedFeedTest::accepted);
            return histories(writer.view());
        }
    }

    private static void accepted(CompletableFuture<byte[]> answer) {
        assertThat(new String(answer.join(), StandardCharsets.UTF_8)).contains("MSA|AA|");
    }

    private static Map<String, String> histories(HospitalView view) {
        Map<String, String> histories = new TreeMap<>();
        Map<String, List<String>> lying = new TreeMap<>();
        for (Stay stay : view.stays().values()) {
            if (stay.mergedInto() != null) {
                histories.put("stay " + stay.id(), "merged into " + standing(stay, view));
                continue;
            }
            histories.put(
                    "stay " + stay.id(),
                    Stream.of(
                                    stay.status(),
                                    stay.currentClass(),
                                    stay.knownPatient(),
                                    stay.needs(),
                                    stay.expectedArrival(),
                                    stay.expectedDischarge(),
                                    stay.timeline().movements())
                            .map(String::valueOf)
                            .toList()
                            .toString());
            for (Timeline.Stretch stretch : stay.timeline().stretches()) {
                if (stretch.location().bed() != null) {
                    lying.computeIfAbsent("bed " + stretch.location().bed(), bed -> new ArrayList<>())
                            .add(stay.id() + " " + stretch.from() + " " + stretch.to());
                }
            }
        }
        lying.forEach((bed, stays) ->
                histories.put(bed, stays.stream().sorted().toList().toString()));
        for (OpenRequest open : view.requests()) {
            BedRequest request = open.request();
            histories.put(
                    "request " + request.id(),
                    request.stay() + " to " + request.service() + " at " + request.neededAt());
        }
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                List<String> occupants = bed.occupants().stream()
                        .map(stay -> stay.id().value())
                        .sorted()
                        .toList();
                histories.put("now in " + bed.bed().id(), occupants.toString());
            }
        }
        return histories;
    }

    /** A number may have been merged into one that was merged itself. */
    private static String standing(Stay merged, HospitalView view) {
        Stay stay = merged;
        while (stay.mergedInto() != null) {
            stay = Objects.requireNonNull(view.stays().get(stay.mergedInto()));
        }
        return stay.id().value();
    }

    private static List<String> places() {
        return layout().services().stream()
                .flatMap(service -> service.rooms().stream())
                .flatMap(room -> room.beds().stream())
                .map(bed -> String.valueOf(bed.hl7()))
                .toList();
    }

    private static Hospital layout() {
        Map<String, String> specialties = new TreeMap<>();
        IntStream.range(0, SERVICES).forEach(i -> specialties.put("SP" + i, "Spécialité " + i));
        return new Hospital(
                new HospitalId("750000001"),
                "Hôpital d'essai",
                TestHospital.PARIS,
                specialties,
                Map.of(),
                IntStream.range(0, SERVICES)
                        .mapToObj(GeneratedFeedTest::service)
                        .toList());
    }

    private static Service service(int number) {
        String unit = "U" + number;
        List<Room> rooms = IntStream.range(0, BEDS_OF_SERVICE)
                .mapToObj(i -> {
                    String name = unit + "-" + i;
                    Bed bed = new Bed(new BedId(name), "", false, List.of(), new PointOfCare(unit, name, "1"));
                    return new Room(new RoomId(name), 1, SexPolicy.MIXED, IsolationAbility.NONE, List.of(bed));
                })
                .toList();
        return new Service(
                new ServiceId(unit),
                unit,
                null,
                null,
                List.of("SP" + number),
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                BEDS_OF_SERVICE,
                List.of(unit),
                rooms);
    }
}
