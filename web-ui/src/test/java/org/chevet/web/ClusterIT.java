package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members as processes of their own, over a real PostgreSQL: people and feeds at each of them, while they are killed and hang. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int KILLS = Integer.getInteger("chevet.rounds", 2);
    private static final int ENOUGH = 10;

    /** Longer than the configured silence: by then the others have gone on. */
    private static final Duration HANG = Duration.ofSeconds(8);

    private final Random random;
    private final List<Member> members = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private EmbeddedPostgres database;
    private Ledger ledger;

    ClusterIT(@TempDir Path databaseFolder) throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "SKIPPED: PostgreSQL's binaries are here for Linux on amd64 only");
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("ClusterIT seed " + seed);
        random = new Random(seed);
        database = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setDataDirectory(databaseFolder.resolve("postgres"))
                .start();
        ledger = new Ledger(database.getJdbcUrl("postgres", "postgres"));
    }

    /** One process, and those who speak to it. It keeps its ports when it is started again. */
    private final class Member implements AutoCloseable {
        final String name;
        final int port = RunningServer.freePort();
        final int clusterPort = RunningServer.freePort();
        final int messagePort = RunningServer.freePort();
        final int mllpPort = RunningServer.freePort();
        final Client client = new Client(URI.create("http://127.0.0.1:" + port + "/"), mllpPort, PATIENCE);
        private @Nullable ServerProcess running;

        Member(String name) {
            this.name = name;
        }

        void start() throws IOException {
            Path home = Files.createDirectories(folder.resolve(name));
            Path file = RunningServer.configure(home, mllpPort);
            Files.writeString(file, Files.readString(file).replace("{port: 0}", "{port: " + port + "}"));
            Files.writeString(
                    file,
                    """
                    journal:
                      postgresql: {url: "%s", user: postgres}
                    cluster:
                      name: test-%d
                      member: %s
                      host: 127.0.0.1
                      port: %d
                      messagePort: %d
                      members: [%s]
                      silenceSecondsMax: 3
                    """.formatted(
                                    database.getJdbcUrl("postgres", "postgres"),
                                    ProcessHandle.current().pid(),
                                    name,
                                    clusterPort,
                                    messagePort,
                                    String.join(
                                            ", ",
                                            members.stream()
                                                    .map(member -> "\"127.0.0.1:" + member.clusterPort + "\"")
                                                    .toList())),
                    StandardOpenOption.APPEND);
            running = ServerProcess.start(home.resolve("server.log"), "--config", file.toString());
        }

        ServerProcess process() {
            return Objects.requireNonNull(running, "it was started");
        }

        boolean writes() {
            try {
                return client.read("/board").path("member").path("writes").asBoolean();
            } catch (IOException gone) {
                return false;
            }
        }

        long sequence() {
            try {
                JsonNode board = client.read("/board");
                return board.path("sequence").asLong();
            } catch (IOException gone) {
                return -1;
            }
        }

        @Override
        public void close() {
            if (running != null) {
                running.close();
            }
        }
    }

    @BeforeEach
    void startMembers() throws IOException {
        members.add(new Member("one"));
        members.add(new Member("two"));
        for (Member member : members) {
            member.start();
        }
    }

    @AfterEach
    void stopEverything() throws IOException {
        members.forEach(Member::close);
        database.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenTheWriterIsKilled() throws IOException {
        for (int kill = 0; kill < KILLS; kill++) {
            Member writer = writer();
            Member other = members.get(1 - members.indexOf(writer));
            try (Traffic traffic = new Traffic(ledger, other.client, random)) {
                traffic.awaitDone(ENOUGH);
                writer.process().kill();
                traffic.awaitDone(ENOUGH);
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(other.client);
            writer.start();
        }
        eventually(
                "both show the same",
                () -> members.get(0).sequence() == members.get(1).sequence());
    }

    @Test
    void shouldFollowWhoWentOnWhenItComesBackFromAHang() throws IOException {
        Member writer = writer();
        Member other = members.get(1 - members.indexOf(writer));
        try (Traffic traffic = new Traffic(ledger, other.client, random);
                Traffic late = new Traffic(ledger, writer.client, random)) {
            traffic.awaitDone(ENOUGH);
            late.awaitDone(ENOUGH);
            writer.process().signal("STOP");
            long until = System.nanoTime() + HANG.toNanos();
            eventually("the other goes on", other::writes);
            traffic.awaitDone(ENOUGH);
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            writer.process().signal("CONT");
            traffic.awaitDone(ENOUGH);
            late.awaitDone(ENOUGH);
        }
        ledger.settle(other.client);
        eventually(
                "one of them writes",
                () -> members.stream().filter(Member::writes).count() == 1);
        eventually(
                "both show the same",
                () -> members.get(0).sequence() == members.get(1).sequence());
    }

    private Member writer() {
        eventually(
                "one of them writes",
                () -> members.stream().filter(Member::writes).count() == 1);
        return members.stream().filter(Member::writes).findFirst().orElseThrow();
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
