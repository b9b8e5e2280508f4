package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients asked for and what they were told, to be held against the journal's own table: whatever was answered "done"
 * is there once; whatever was not answered is there once or not at all; nothing is there that nobody asked for. Thread-safe.
 */
final class Ledger {
    /** @param name the last part of its address */
    record Act(String name, String body) {}

    /** A row of the journal. */
    private record Row(long sequence, long act, String type, JsonNode event, String key) {}

    private static final String ADMITTED = "MovementRecorded";

    /** As its movements that are transfers are called here. */
    private static final String MOVED = "Moved";

    /** What each act brings about once, whatever is sent again. */
    private static final List<String> ONCE = List.of(
            "StayRegistered",
            ADMITTED,
            "BedRequested",
            "BedBlocked",
            "BedRefused",
            "BedCounterProposed",
            "BarrierSet",
            "AlertSnoozed");

    /** So many of what was answered are asked again too. */
    private static final int ASKED_AGAIN_MAX = 20;

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String journalUrl;
    private final AtomicInteger senders = new AtomicInteger();

    /** By idempotency key; what was refused is taken out again. */
    private final Map<String, Act> acts = new ConcurrentHashMap<>();

    /** Sequences of the first event, by idempotency key. */
    private final Map<String, Long> done = new ConcurrentHashMap<>();

    /** By control number. */
    private final Map<String, String> messages = new ConcurrentHashMap<>();

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    /** @param journalUrl how JDBC reads the table beside the running process */
    Ledger(String journalUrl) {
        this.journalUrl = journalUrl;
    }

    /** Of a journal in the data directory of {@link RunningServer#configure}. */
    static Ledger ofSqlite(Path folder) {
        return new Ledger("jdbc:sqlite:file:" + folder.resolve("data").resolve("chevet.db") + "?mode=ro");
    }

    /** A number that no other sender has. */
    int newSender() {
        return senders.incrementAndGet();
    }

    void sent(String key, Act act) {
        acts.put(key, act);
    }

    void sent(String controlNumber, String message) {
        messages.put(controlNumber, message);
    }

    void answered(String key, Client.Told told) {
        switch (told) {
            case Client.Told.Done answer -> done(key, answer);
            case Client.Told.Refused refused ->
                assertThat(done)
                        .as("refused after it was done: " + refused.why())
                        .doesNotContainKey(key);
            case Client.Told.NotNow notNow -> {}
        }
        if (told instanceof Client.Told.Refused) {
            acts.remove(key);
        }
    }

    private void done(String key, Client.Told.Done answer) {
        assertThat(answer.act()).as("act " + key).isPositive();
        Long before = done.put(key, answer.act());
        if (before != null) {
            assertThat(answer.act()).as("act " + key + " answered again").isEqualTo(before);
            assertThat(answer.repeated()).as("act " + key + " answered again").isTrue();
        }
    }

    void accepted(String controlNumber) {
        accepted.add(controlNumber);
    }

    /** The patient of one of the first messages that were accepted, as far as there are so many. */
    Optional<String> somebodyAdmitted(int number) {
        return accepted.stream().sorted().skip(number).findFirst();
    }

    /** How many acts and messages were answered "done". */
    int doneCount() {
        return done.size() + accepted.size();
    }

    /** Sends again what was not answered, and some of what was: afterwards everything was done, once. */
    void settle(Client client) throws IOException {
        check();
        for (String key : toAsk(acts.keySet(), done.keySet())) {
            Act act = acts.getOrDefault(key, new Act("", ""));
            Client.Told told = askedUntilTold(client, key, act);
            assertThat(done.containsKey(key) || !acts.containsKey(key))
                    .as("%s under %s is settled, told %s", act, key, told)
                    .isTrue();
        }
        try (Client.Feed feed = client.feed()) {
            for (String number : toAsk(messages.keySet(), accepted)) {
                String message = messages.getOrDefault(number, "");
                assertThat(feed.send(message)).isEqualTo("AA");
                assertThat(feed.send(message)).isEqualTo("AA");
                accepted(number);
            }
        }
        check();
        List<Row> rows = rows();
        assertThat(done.keySet()).containsExactlyInAnyOrderElementsOf(acts.keySet());
        JsonNode board = boardUpTo(rows.getLast().sequence(), client);
        int admitted = counts(rows, ADMITTED).size();
        int inContest = (int) rows.stream()
                .filter(row -> row.type().equals("StayRegistered") && BedContest.isOfContest(about(row)))
                .count();
        assertThat(board.path("census").path("admitted").asInt()).isEqualTo(admitted + inContest);
        assertThat(board.path("census").path("present").asInt()).isEqualTo(admitted + inContest);
        assertThat(admitted).isEqualTo(messages.size());
    }

    /** A member that follows shows its own clients' acts at once, those of others a moment later. */
    private static JsonNode boardUpTo(long sequence, Client client) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode board = client.read("/board");
        while (board.path("sequence").asLong() < sequence) {
            assertThat(System.nanoTime())
                    .as("event %d is shown, not only %s", sequence, board.path("sequence"))
                    .isLessThan(end);
            LockSupport.parkNanos(PAUSE.toNanos());
            board = client.read("/board");
        }
        return board;
    }

    /** Whoever is told to try again does so. */
    private Client.Told askedUntilTold(Client client, String key, Act act) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Client.Told told = client.act(key, act);
            answered(key, told);
            if (!(told instanceof Client.Told.NotNow) || System.nanoTime() > end) {
                return told;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** What was not answered, and a few of the others. */
    private static List<String> toAsk(Set<String> all, Set<String> answered) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(all.size()));
        List<String> chosen = new ArrayList<>();
        shuffled.stream().filter(answered::contains).limit(ASKED_AGAIN_MAX).forEach(chosen::add);
        shuffled.stream().filter(key -> !answered.contains(key)).forEach(chosen::add);
        return chosen;
    }

    /** Holds what was told so far against the journal as it is. */
    void check() {
        Map<String, Long> toldDone = Map.copyOf(done);
        Set<String> toldAccepted = Set.copyOf(accepted);
        List<Row> rows = rows();
        Map<Long, List<Row>> byAct = new TreeMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            assertThat(row.sequence()).isEqualTo(i + 1);
            byAct.computeIfAbsent(row.act(), act -> new ArrayList<>()).add(row);
            if (!row.key().isEmpty()) {
                keys.add(row.key());
            }
        }
        assertThat(keys).as("idempotency keys in the journal").doesNotHaveDuplicates();
        toldDone.forEach((key, act) -> assertThat(byAct.getOrDefault(act, List.of()))
                .as("act " + key + ", told done as " + act)
                .anyMatch(row -> isOf(row, key)));
        assertThat(new HashSet<>(toldDone.values())).hasSameSizeAs(toldDone.keySet());
        Map<String, Integer> admissions = counts(rows, ADMITTED);
        assertThat(admissions.keySet()).containsAll(stays(toldAccepted));
        assertThat(stays(messages.keySet())).containsAll(admissions.keySet());
        for (String type : ONCE) {
            assertThat(counts(rows, type))
                    .as(type)
                    .allSatisfy((what, count) -> assertThat(count).as(what).isEqualTo(1));
        }
    }

    private static Set<String> stays(Set<String> controlNumbers) {
        Set<String> stays = new TreeSet<>();
        controlNumbers.forEach(number -> stays.add(Client.stayOf(number)));
        return stays;
    }

    /** Whether this is what an act under this key brings about: it has the key, or is of what was asked for. */
    private boolean isOf(Row row, String key) {
        JsonNode asked = json(acts.getOrDefault(key, new Act("", "{}")).body());
        return switch (row.type()) {
            case "BedUnblocked", "CleaningFinished" -> isSame("bed", row, asked);
            case "BedReserved" -> isSame("request", row, asked);
            case "CounterProposalSettled" -> isSame("request", row, asked) && !asked.has("bed");
            case MOVED, "BarrierLifted" -> isSame("stay", row, asked);
            case "ActionCardChanged" -> isSame("card", row, asked);
            default ->
                about(row).indexOf(key) == Traffic.PREFIX_CHARS && about(row).endsWith(key);
        };
    }

    private static boolean isSame(String name, Row row, JsonNode asked) {
        return row.event().path(name).equals(asked.path(name));
    }

    private static String about(Row row) {
        JsonNode event = row.event();
        return switch (row.type()) {
            case "BedRequested" -> event.path("request").path("id").asText();
            case "BedBlocked" -> event.path("note").asText();
            case "BedRefused" -> event.path("refusal").path("text").asText();
            case "BedCounterProposed" -> event.path("proposal").path("note").asText();
            case "BarrierSet" -> event.path("barrier").path("note").asText();
            case "AlertSnoozed" -> event.path("snooze").path("reason").asText();
            default -> event.path("stay").asText();
        };
    }

    private static Map<String, Integer> counts(List<Row> rows, String type) {
        Map<String, Integer> counts = new HashMap<>();
        rows.stream()
                .filter(row -> row.type().equals(type))
                .map(Ledger::about)
                .filter(about -> !BedContest.isOfContest(about))
                .forEach(about -> counts.merge(about, 1, Integer::sum));
        return counts;
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(journalUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT seq, act, type, event, coalesce(idempotency_key, '') FROM event WHERE hospital = 'TEST' ORDER BY seq")) {
            while (row.next()) {
                JsonNode event = json(row.getString(4));
                boolean isMove = event.path("movement").path("kind").asText().equals("TRANSFER");
                rows.add(new Row(
                        row.getLong(1), row.getLong(2), isMove ? MOVED : row.getString(3), event, row.getString(5)));
            }
        } catch (SQLException e) {
            throw new AssertionError("the journal cannot be read beside the process", e);
        }
        return rows;
    }
}
