package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.hospital.Hospital;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalClock;
import org.chevet.runtime.HospitalWriter;
import org.chevet.simulations.demo.DemoLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedsTest {
    private static final Hospital LARGE = DemoLayout.read();
    private static final Hospital NEIGHBOUR = DemoLayout.neighbourOf(LARGE);

    private final Vertx vertx = Vertx.vertx();
    private final Feeds feeds = new Feeds(vertx, null);
    private Journal journal;
    private Engine engine;

    FeedsTest(@TempDir Path folder) {
        journal = JdbcJournal.sqlite(folder);
        engine = new Engine(journal);
    }

    @BeforeEach
    void open() {
        engine.open(LARGE, HospitalClock.wall());
        engine.open(NEIGHBOUR, HospitalClock.wall());
    }

    @AfterEach
    void close() throws Exception {
        feeds.close();
        engine.close();
        journal.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldLeaveEveryHospitalItsDoorOfTheSameName() {
        List<Feeds.Door> doors = new ArrayList<>();
        for (HospitalWriter writer : engine.hospitals()) {
            doors.add(feeds.start(writer, feed(writer, 0)));
        }
        for (Feeds.Door door : doors) {
            assertThat(isReached(door.port())).as("%s", door.hospital()).isTrue();
            assertThat(feeds.statuses(door.hospital())).hasSize(1);
        }
    }

    @Test
    void shouldGiveAnotherHospitalTheDoorOfOneThatWasClosed() {
        HospitalWriter large = writer(LARGE);
        HospitalWriter neighbour = writer(NEIGHBOUR);
        int port = feeds.start(large, feed(large, 0)).port();
        engine.close(LARGE.id());

        feeds.start(neighbour, feed(neighbour, port));

        assertThat(isReached(port)).isTrue();
        assertThat(feeds.find(LARGE.id(), "ADT")).isNull();
        assertThat(feeds.find(NEIGHBOUR.id(), "ADT")).isNotNull();
    }

    private HospitalWriter writer(Hospital hospital) {
        return Objects.requireNonNull(engine.hospital(hospital.id()));
    }

    private static Configuration.Feed feed(HospitalWriter writer, int port) {
        return new Configuration.Feed("ADT", writer.id(), AdtFeedOptions.defaults(), MllpOptions.on(port));
    }

    private static boolean isReached(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
