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
import org.chevet.web.MemberNetworks.Network;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members in networks of their own, cut from each other, from the database, and from both; with people and feeds at each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Order(1)
class PartitionIT {
    private static final int ENOUGH = 10;

    /**
     * Three people and a feed on each side, who act about thirty times a second. Where both sides reach the database, one that kept it busy without
     * a pause would leave the other no moment to append in.
     */
    private static final Duration BETWEEN = Duration.ofMillis(150);

    private final List<MemberProcess> members = new ArrayList<>();
    private Random random = new Random();
    private int contests;
    private MemberNetworks networks;
    private EmbeddedPostgres database;
    private Relay databaseDoor;
    private Ledger ledger;

    @BeforeAll
    void startMembers(@TempDir Path folder) throws IOException {
        networks = new MemberNetworks(2);
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("PartitionIT seed " + seed);
        random = new Random(seed);
        database = RealPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .start();
        databaseDoor = new Relay(Network.DATABASE.ownAddress(), database.getPort());
        ledger = new Ledger(database.getJdbcUrl("postgres", "postgres"));
        for (int i = 0; i < 2; i++) {
            MemberProcess.Place place = new MemberProcess.Place(
                    networks.launcher(i), networks.address(i, Network.MEMBERS), networks.address(i, Network.CLIENTS));
            MemberProcess member = new MemberProcess("member-" + i, folder, place);
            members.add(member);
            networks.relay(i, folder.resolve("relay-" + i + ".log"), member.doors());
        }
        String journalUrl =
                "jdbc:postgresql://" + Network.DATABASE.ownAddress() + ":" + database.getPort() + "/postgres";
        for (MemberProcess member : members) {
            member.start(journalUrl, members);
        }
    }

    @AfterAll
    void stopEverything() throws IOException {
        members.forEach(MemberProcess::close);
        if (databaseDoor != null) {
            databaseDoor.close();
            database.close();
        }
        if (networks != null) {
            networks.close();
        }
    }

    @AfterEach
    void heal() throws IOException {
        for (int member = 0; member < members.size(); member++) {
            for (Network network : Network.values()) {
                networks.join(member, network);
            }
        }
    }

    @Test
    void shouldGiveNothingTwiceWhileMembersAreCutFromEachOther() throws IOException {
        int writer = writer();
        try (Traffic there = new Traffic(ledger, members.get(writer).client, random, BETWEEN);
                Traffic here = new Traffic(ledger, members.get(1 - writer).client, random, BETWEEN);
                BedContest contest = contest()) {
            there.awaitDone(ENOUGH);
            networks.cut(writer, Network.MEMBERS);
            eventually("the other side writes as well", members.get(1 - writer)::writes);
            here.awaitDone(ENOUGH);
            networks.join(writer, Network.MEMBERS);
            here.awaitDone(ENOUGH);
        }
        settle();
    }

    @Test
    void shouldGoOnAtTheOthersWhenTheWriterIsCutFromTheDatabase() throws IOException {
        int writer = writer();
        try (Traffic there = new Traffic(ledger, members.get(writer).client, random, BETWEEN);
                Traffic here = new Traffic(ledger, members.get(1 - writer).client, random, BETWEEN);
                BedContest contest = contest()) {
            there.awaitDone(ENOUGH);
            networks.cut(writer, Network.DATABASE);
            eventually("the other goes on", members.get(1 - writer)::writes);
            here.awaitDone(ENOUGH);
            there.awaitDone(ENOUGH);
            networks.join(writer, Network.DATABASE);
            here.awaitDone(ENOUGH);
            assertThat(here.readsFailed() + there.readsFailed()).isZero();
        }
        settle();
    }

    @Test
    void shouldShowAnOldBoardAndRefuseActsWhereNeitherMembersNorDatabaseAreReached() throws IOException {
        int writer = writer();
        MemberProcess cut = members.get(writer);
        try (Traffic there = new Traffic(ledger, cut.client, random, BETWEEN);
                Traffic here = new Traffic(ledger, members.get(1 - writer).client, random, BETWEEN);
                BedContest contest = contest()) {
            there.awaitDone(ENOUGH);
            networks.cut(writer, Network.MEMBERS);
            networks.cut(writer, Network.DATABASE);
            eventually("the other goes on", members.get(1 - writer)::writes);
            here.awaitDone(ENOUGH);
            there.awaitExcuses();
            eventually("its board says how old it is", () -> cut.ageMillis() > 0);
            eventually(
                    "it is not ready for want of a journal",
                    () -> cut.client.readiness().toString().contains("journal"));
            networks.join(writer, Network.DATABASE);
            networks.join(writer, Network.MEMBERS);
            there.awaitDone(ENOUGH);
            assertThat(here.readsFailed() + there.readsFailed()).isZero();
        }
        settle();
    }

    @Test
    void shouldTakePartAgainOnceTheHalvesMerge() throws IOException {
        int first = writer();
        try (Traffic there = new Traffic(ledger, members.get(first).client, random, BETWEEN);
                Traffic here = new Traffic(ledger, members.get(1 - first).client, random, BETWEEN);
                BedContest contest = contest()) {
            there.awaitDone(ENOUGH);
            networks.cut(first, Network.MEMBERS);
            eventually("the other side writes as well", members.get(1 - first)::writes);
            networks.join(first, Network.MEMBERS);
            for (MemberProcess member : members) {
                eventually(
                        "the halves are one cluster",
                        () -> member.client.text("metrics").contains("chevet_cluster_members 2.0"));
            }
            int writer = writer();
            networks.cut(writer, Network.DATABASE);
            eventually("the other goes on", members.get(1 - writer)::writes);
            networks.join(writer, Network.DATABASE);
            there.awaitDone(ENOUGH);
            here.awaitDone(ENOUGH);
        }
        settle();
    }

    private BedContest contest() {
        return new BedContest(members.stream().map(member -> member.client).toList(), Integer.toString(contests++));
    }

    private void settle() throws IOException {
        writer();
        ledger.settle(members.get(random.nextInt(2)).client);
        eventually(
                "both show the same",
                () -> members.get(0).sequence() == members.get(1).sequence());
    }

    private int writer() {
        return members.indexOf(MemberProcess.writerOf(members));
    }
}
