package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.Eventually.eventually;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members as processes of their own, over a real PostgreSQL: people and feeds at each of them, while they and the database come and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Order(3)
class ClusterIT {
    private static final int KILLS = Integer.getInteger("chevet.rounds", 2);
    private static final int RESTARTS = Integer.getInteger("chevet.rounds", 1);
    private static final int ENOUGH = 10;

    /** Longer than the configured silence: by then the others have gone on. */
    private static final Duration HANG = Duration.ofSeconds(Integer.getInteger("chevet.hang.seconds", 8));

    private final int databasePort = FreePorts.next();
    private final String journalUrl = "jdbc:postgresql://localhost:" + databasePort + "/postgres?user=postgres";
    private final Ledger ledger = new Ledger(journalUrl);
    private final List<MemberProcess> members = new ArrayList<>();
    private final Random random;
    private final Path folder;
    private final Path data;
    private EmbeddedPostgres database;

    ClusterIT(@TempDir Path folder) throws IOException {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("ClusterIT seed " + seed);
        random = new Random(seed);
        this.folder = folder;
        data = folder.resolve("postgres");
        database = RealPostgres.start(databasePort, data);
    }

    @BeforeAll
    void startMembers() throws IOException {
        members.add(new MemberProcess("one", folder, MemberProcess.Place.HERE));
        members.add(new MemberProcess("two", folder, MemberProcess.Place.HERE));
        for (MemberProcess member : members) {
            member.start(journalUrl, members);
        }
    }

    @AfterAll
    void stopEverything() throws IOException {
        members.forEach(MemberProcess::close);
        database.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenTheWriterIsKilled() throws IOException {
        for (int kill = 0; kill < KILLS; kill++) {
            MemberProcess writer = writer();
            MemberProcess other = members.get(1 - members.indexOf(writer));
            try (Traffic traffic = new Traffic(ledger, other.client, random);
                    BedContest contest = contest("kill-" + kill)) {
                traffic.awaitDone(ENOUGH);
                writer.process().kill();
                traffic.awaitDone(ENOUGH);
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(other.client);
            writer.start(journalUrl, members);
        }
        settle();
    }

    @Test
    void shouldFollowWhoWentOnWhenItComesBackFromAHang() throws IOException {
        MemberProcess writer = writer();
        MemberProcess other = members.get(1 - members.indexOf(writer));
        try (Traffic traffic = new Traffic(ledger, other.client, random);
                Traffic late = new Traffic(ledger, writer.client, random);
                BedContest contest = contest("hang")) {
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
        settle();
    }

    /** Nobody loses a hospital for it, nor is anything done that nobody is told of. */
    @Test
    void shouldGoOnWhenTheDatabaseIsRestartedBelowThem() throws IOException {
        for (int restart = 0; restart < RESTARTS; restart++) {
            MemberProcess writer = writer();
            MemberProcess other = members.get(1 - members.indexOf(writer));
            try (Traffic here = new Traffic(ledger, writer.client, random);
                    Traffic there = new Traffic(ledger, other.client, random);
                    BedContest contest = contest("restart-" + restart)) {
                here.awaitDone(ENOUGH);
                there.awaitDone(ENOUGH);
                RealPostgres.kill(data);
                database.close(); // it complains that there is nothing to stop
                database = RealPostgres.start(databasePort, data);
                here.awaitDone(ENOUGH);
                there.awaitDone(ENOUGH);
                assertThat(here.readsFailed() + there.readsFailed()).isZero();
            }
            settle();
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhenAMemberComesAndGoes() throws Exception {
        MemberProcess third = new MemberProcess("three", folder, MemberProcess.Place.HERE);
        List<MemberProcess> all = new ArrayList<>(members);
        all.add(third);
        try (third;
                Traffic here = new Traffic(ledger, members.get(0).client, random);
                Traffic there = new Traffic(ledger, members.get(1).client, random);
                BedContest contest = contest("join")) {
            here.awaitDone(ENOUGH);
            third.start(journalUrl, all);
            try (Traffic joined = new Traffic(ledger, third.client, random)) {
                joined.awaitDone(ENOUGH);
                here.awaitDone(ENOUGH);
                there.awaitDone(ENOUGH);
                eventually(
                        "one of them writes",
                        () -> all.stream().filter(MemberProcess::writes).count() == 1);
            }
            third.process().stop();
            here.awaitDone(ENOUGH);
            there.awaitDone(ENOUGH);
            assertThat(here.readsFailed() + there.readsFailed()).isZero();
        }
        settle();
    }

    private void settle() throws IOException {
        ledger.settle(members.get(random.nextInt(2)).client);
        writer();
        eventually(
                "both show the same",
                () -> members.get(0).sequence() == members.get(1).sequence());
    }

    private BedContest contest(String name) {
        return new BedContest(members.stream().map(member -> member.client).toList(), name);
    }

    private MemberProcess writer() {
        return MemberProcess.writerOf(members);
    }
}
