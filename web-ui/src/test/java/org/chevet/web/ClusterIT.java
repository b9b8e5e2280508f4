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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members as processes of their own, over a real PostgreSQL: people and feeds at each of them, while they are killed and hang. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ClusterIT {
    private static final int KILLS = Integer.getInteger("chevet.rounds", 2);
    private static final int ENOUGH = 10;

    /** Longer than the configured silence: by then the others have gone on. */
    private static final Duration HANG = Duration.ofSeconds(8);

    private final Random random;
    private final List<MemberProcess> members = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private EmbeddedPostgres database;
    private String journalUrl;
    private Ledger ledger;

    ClusterIT(@TempDir Path databaseFolder) throws IOException {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("ClusterIT seed " + seed);
        random = new Random(seed);
        database = RealPostgres.builder()
                .setDataDirectory(databaseFolder.resolve("postgres"))
                .start();
        journalUrl = database.getJdbcUrl("postgres", "postgres");
        ledger = new Ledger(journalUrl);
    }

    @BeforeEach
    void startMembers() throws IOException {
        members.add(new MemberProcess("one", folder, MemberProcess.Place.HERE));
        members.add(new MemberProcess("two", folder, MemberProcess.Place.HERE));
        for (MemberProcess member : members) {
            member.start(journalUrl, members);
        }
    }

    @AfterEach
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
        eventually(
                "both show the same",
                () -> members.get(0).sequence() == members.get(1).sequence());
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
        ledger.settle(other.client);
        eventually(
                "one of them writes",
                () -> members.stream().filter(MemberProcess::writes).count() == 1);
        eventually(
                "both show the same",
                () -> members.get(0).sequence() == members.get(1).sequence());
    }

    private BedContest contest(String name) {
        return new BedContest(members.stream().map(member -> member.client).toList(), name);
    }

    private MemberProcess writer() {
        eventually(
                "one of them writes",
                () -> members.stream().filter(MemberProcess::writes).count() == 1);
        return members.stream().filter(MemberProcess::writes).findFirst().orElseThrow();
    }
}
