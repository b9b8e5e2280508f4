package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set below a running process (libfaketime), and a process runs through the two nights of clock changes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClockFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ENOUGH = 8;
    private static final List<Path> LIBRARIES = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
            .map(folder -> Path.of(folder, "faketime", "libfaketimeMT.so.1"))
            .toList();

    private final int mllpPort = FreePorts.next();

    @TempDir
    private Path folder = Path.of("");

    private Path library = Path.of("");

    @BeforeEach
    void findLibrary() {
        library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(library);
        Assumptions.assumeTrue(
                Files.isRegularFile(library), "SKIPPED: libfaketime is not installed, so that no clock can be set");
    }

    @Test
    void shouldStandAClockThatJumpsByHours() throws IOException {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("ClockFaultIT seed " + seed);
        setClock("+0");
        Ledger ledger = Ledger.ofSqlite(folder);
        try (ServerProcess server = start()) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            try (Traffic traffic = new Traffic(ledger, client, new Random(seed))) {
                traffic.awaitDone(ENOUGH);
                reserve(client, "Q1", Instant.now().plus(Duration.ofHours(2)));
                setClock("+5h");
                traffic.await("the reservation released", () -> stateOf(client).equals("READY"));
                traffic.awaitDone(ENOUGH);
                Instant far = now(client);
                assertThat(far).isAfter(Instant.now().plus(Duration.ofHours(4)));

                setClock("-7h");
                traffic.await("the clock set back", () -> now(client).isBefore(Instant.now()));
                reserve(client, "Q2", Instant.now().plus(Duration.ofHours(8)));
                traffic.awaitDone(ENOUGH);
                assertThat(stateOf(client)).isEqualTo("RESERVED");
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(client);
            assertThat(recordedAt(client)).isSorted();
        }
    }

    /** A process that lives through the hour that comes twice, and the one that does not come. */
    @Test
    void shouldLiveThroughTheNightsOfClockChanges() throws IOException {
        // Europe/Paris, 2026-10-25: 02:30 summer time, then 02:30 winter time. 2026-03-29: from 01:59:59 to 03:00.
        shouldTakeAdmissions(
                "2026-10-25T00:30:00Z", List.of("20261025023000", "20261025023000+0200", "20261025023000+0100"));
        shouldTakeAdmissions(
                "2026-03-29T01:00:05Z", List.of("20260329023000", "20260329030000", "20260329015959+0100"));
    }

    private void shouldTakeAdmissions(String now, List<String> times) throws IOException {
        Instant wanted = Instant.parse(now);
        setClock(String.format("%+d", wanted.getEpochSecond() - Instant.now().getEpochSecond()));
        try (ServerProcess server = start()) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            assertThat(now(client)).isBetween(wanted, wanted.plus(Duration.ofMinutes(5)));
            try (Client.Feed feed = client.feed()) {
                for (int i = 0; i < times.size(); i++) {
                    assertThat(feed.send(Client.admission("D" + wanted.getEpochSecond() + "x" + i, times.get(i))))
                            .as(times.get(i))
                            .isEqualTo("AA");
                }
            }
            JsonNode census = client.read("/board").path("census");
            assertThat(census.path("present").asInt()).isEqualTo(times.size());
            assertThat(server.stop()).isEqualTo(143);
        }
        try (Stream<Path> data = Files.list(folder.resolve("data"))) {
            data.forEach(file -> file.toFile().delete());
        }
    }

    private static void reserve(Client client, String request, Instant until) throws IOException {
        client.act(
                request,
                new Ledger.Act(
                        "request-bed",
                        "{\"request\":\"R-" + request + "\",\"origin\":\"INTERNAL\",\"priority\":3,\"needs\":"
                                + Traffic.needs() + "}"));
        assertThat(client.act(
                        request + "bed",
                        new Ledger.Act(
                                "reserve-bed",
                                "{\"request\":\"R-" + request + "\",\"bed\":\"203P\",\"until\":\"" + until + "\"}")))
                .isInstanceOf(Client.Told.Done.class);
    }

    private static String stateOf(Client client) {
        try {
            return client.read("/beds/203P").path("bed").path("state").asText();
        } catch (IOException slow) {
            return "";
        }
    }

    private static Instant now(Client client) {
        try {
            return Instant.parse(client.read("/board").path("clock").path("now").asText());
        } catch (IOException slow) {
            return Instant.MAX;
        }
    }

    private static List<Instant> recordedAt(Client client) throws IOException {
        JsonNode events = client.read("/events?limit=1000&after=0").path("events");
        return events.findValuesAsText("recordedAt").stream()
                .map(Instant::parse)
                .toList();
    }

    /** The library looks at this file again and again. It never sees half of it. */
    private void setClock(String offset) throws IOException {
        Path next = Files.writeString(folder.resolve("clock.next"), offset + "\n");
        Files.move(next, folder.resolve("clock"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        folder.resolve("clock").toString(),
                        "FAKETIME_CACHE_DURATION",
                        "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // Else it takes every wait on the monotonic clock for one on the wall's, and none waits.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"),
                folder.resolve("server.log"),
                "--config",
                RunningServer.configure(folder, mllpPort).toString());
    }
}
