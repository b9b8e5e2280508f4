package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.feed.hl7.MllpSender.frame;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.feed.DoorStatus;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders that mean harm or are broken: what they send is bounded, and others go on. Every limit at its edge. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class MllpAttackTest {
    private static final Duration NOISE = Duration.ofSeconds(Integer.getInteger("chevet.noise.seconds", 1));

    private final TestHospital hospital = new TestHospital();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());
    private int port;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldKeepTheFrameLimit() throws IOException {
        String message = Adt.of("A28").text();
        int limit = message.length();
        start(new MllpLimits(limit, 10, 60, 60, 60, 1 << 16, 1 << 24));
        MllpSender sender = connect();
        assertThat(sender.exchange(message.substring(0, limit - 1))).contains("MSA|AA|M1");
        assertThat(sender.exchange(message)).contains("MSA|AA|M1");
        assertThat(sender.exchange(message + "Z")).contains("MSA|AE|M1|").contains("frameBytesMax is " + limit);
        assertThat(sender.exchange(message)).contains("MSA|AA|M1");
        assertThat(door().oversizedFrames()).isEqualTo(1);
        assertThat(hospital.view().quarantine()).hasSize(1);
    }

    @Test
    void shouldAnswerATwentyMegabyteMessageWithoutHoldingIt() throws IOException {
        start(MllpLimits.DEFAULT);
        MllpSender sender = connect();
        String beginning = Adt.of("A01").at("CARD").text();
        sender.send("\u000B" + beginning);
        byte[] megabyte = ("OBX|1|ED|||" + "x".repeat((1 << 20) - 12) + "\r").getBytes(StandardCharsets.US_ASCII);
        long most = 0;
        for (int i = 0; i < 20; i++) {
            sender.send(megabyte);
            most = Math.max(most, door().bufferedBytes());
        }
        assertThat(sender.send("\u001C\r").answer())
                .contains("MSA|AE|M1|the message has " + (beginning.length() + 20 * megabyte.length) + " bytes");
        assertThat(most).isLessThan(2L << 20);
        assertThat(hospital.view().stays()).isEmpty();
        assertThat(hospital.view().quarantine()).hasSize(1);
        assertThat(sender.exchange(Adt.of("A01").numbered("M2").at("CARD"))).contains("MSA|AA|M2");
        Eventually.is(() -> door().bufferedBytes() == 0);
    }

    @Test
    void shouldHoldNoMoreThanItsMemoryLimitAndCloseWhoHoldsTheMost() throws IOException {
        int bufferedBytesMax = 256 << 10;
        MllpLimits usual = MllpLimits.DEFAULT;
        start(new MllpLimits(1 << 20, 100, 60, 60, 60, usual.noiseBytesMax(), bufferedBytesMax));
        MllpSender small = connect();
        assertThat(small.exchange(Adt.of("A28"))).contains("MSA|AA|");
        String chunk = "x".repeat(8 << 10);
        long most = 0;
        for (int i = 0; i < 30; i++) {
            MllpSender endless = connect();
            try {
                endless.send("\u000BMSH|^~\\&|");
                for (int j = 0; j < 16; j++) {
                    endless.send(chunk);
                    most = Math.max(most, door().bufferedBytes());
                }
            } catch (SocketException closed) {
                // The one that holds the most.
            }
            assertThat(small.exchange(Adt.of("A28"))).contains("MSA|AA|");
        }
        // One read more than the limit: what goes over it is seen once it is there.
        assertThat(most).isLessThanOrEqualTo(bufferedBytesMax + (256 << 10));
        Eventually.is(() -> door().closedFull() > 10);
        Eventually.is(() -> door().bufferedBytes() <= bufferedBytesMax);
        assertThat(small.exchange(Adt.of("A28"))).contains("MSA|AA|");
    }

    @Test
    void shouldTakeFiveHundredSendersAndRefuseOneMore() throws Exception {
        start(MllpLimits.DEFAULT);
        List<MllpSender> senders = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            senders.add(connect());
        }
        Eventually.is(() -> feed.status().connections() == 500);
        connect().awaitClosed();
        assertThat(door().refusedConnections()).isEqualTo(1);
        for (int i = 0; i < 500; i += 50) {
            assertThat(senders.get(i).exchange(Adt.of("A28").numbered("N" + i))).contains("MSA|AA|N" + i);
        }
        senders.getFirst().close();
        Eventually.is(() -> feed.status().connections() == 499);
        assertThat(connect().exchange(Adt.of("A28"))).contains("MSA|AA|");
        assertThat(feed.status().connections()).isEqualTo(500);
    }

    @Test
    void shouldCloseAConnectionThatSaysNothing() throws IOException {
        start(new MllpLimits(1 << 20, 10, 1, 60, 60, 1 << 16, 1 << 24));
        connect().awaitClosed();
        Eventually.is(() -> feed.status().connections() == 0);
    }

    @Test
    void shouldCloseWhoTakesTooLongOverOneFrameAndNobodyElse() throws Exception {
        start(new MllpLimits(1 << 20, 10, 60, 1, 60, 1 << 16, 1 << 24));
        MllpSender patient = connect();
        MllpSender trickler = connect();
        trickler.send("\u000BMSH|");
        boolean closed = false;
        long begun = System.nanoTime();
        while (!closed && System.nanoTime() - begun < Duration.ofSeconds(50).toNanos()) {
            try {
                trickler.send("x");
                // A byte now and then keeps it from being idle.
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (SocketException gone) {
                closed = true;
            }
        }
        assertThat(closed).isTrue();
        assertThat(System.nanoTime() - begun)
                .isGreaterThan(Duration.ofSeconds(1).toNanos());
        assertThat(door().closedSlow()).isEqualTo(1);
        // Connected for as long, and between two frames: nothing is wrong with that.
        assertThat(patient.exchange(Adt.of("A28"))).contains("MSA|AA|");
    }

    @Test
    void shouldCloseWhoDoesNotReadItsAnswersAndHoldLittleForIt() throws Exception {
        start(new MllpLimits(1 << 20, 10, 60, 60, 1, 1 << 16, 1 << 24));
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        opened.add(socket);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            byte[] frames =
                    frame("MSH|^~\\&|||||||X|" + "1".repeat(190)).repeat(200).getBytes(StandardCharsets.US_ASCII);
            try {
                while (true) {
                    socket.getOutputStream().write(frames);
                }
            } catch (IOException gone) {
                // As it should be.
            }
        });
        long most = 0;
        while (!closed.isDone() && door().closedSlow() == 0) {
            most = Math.max(most, door().bufferedBytes());
            TimeUnit.MILLISECONDS.sleep(5);
        }
        closed.get(50, TimeUnit.SECONDS);
        assertThat(door().closedSlow()).isEqualTo(1);
        assertThat(most).isLessThan(1 << 20);
        Eventually.is(() -> feed.status().connections() == 0);
        assertThat(connect().exchange(Adt.of("A28"))).contains("MSA|AA|");
    }

    @Test
    void shouldKeepTheNoiseLimit() throws IOException {
        start(new MllpLimits(1 << 20, 10, 60, 60, 60, 100, 1 << 24));
        MllpSender sender = connect();
        assertThat(sender.send("n".repeat(100) + frame(Adt.of("A28").text())).answer())
                .contains("MSA|AA|");
        // A message said since: the count begins anew.
        assertThat(sender.send("n".repeat(100) + frame(Adt.of("A28").text())).answer())
                .contains("MSA|AA|");
        sender.send("n".repeat(101)).awaitClosed();
        assertThat(door().closedNoise()).isEqualTo(1);
        assertThat(door().skippedBytes()).isEqualTo(301);
    }

    @Test
    void shouldNotFillTheQuarantineWithFramesThatHoldNoHl7() throws IOException {
        start(new MllpLimits(1 << 20, 10, 60, 60, 60, 100, 1 << 24));
        MllpSender sender = connect();
        assertThat(sender.exchange("a".repeat(50))).contains("MSA|AE|");
        assertThat(sender.exchange("b".repeat(50))).contains("MSA|AE|");
        sender.send(frame("c".repeat(50)) + frame("d".repeat(50))).awaitClosed();
        assertThat(door().closedNoise()).isEqualTo(1);
        assertThat(hospital.view().quarantine()).hasSize(3);
    }

    /** A second in every build; minutes with {@code -Dchevet.noise.seconds=180}. */
    @Test
    void shouldOutliveRandomBytesWhileOthersAreServed() throws Exception {
        start(MllpLimits.DEFAULT);
        long seed = System.nanoTime();
        CompletableFuture<Integer> attack = CompletableFuture.supplyAsync(() -> {
            Random random = new Random(seed);
            byte[] noise = new byte[8192];
            int connections = 0;
            long end = System.nanoTime() + NOISE.toNanos();
            while (System.nanoTime() < end) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    connections++;
                    boolean framed = random.nextBoolean();
                    for (int i = 0; i < 20; i++) {
                        random.nextBytes(noise);
                        if (framed) {
                            noise[0] = 0x0B;
                            noise[8190] = 0x1C;
                            noise[8191] = 0x0D;
                        }
                        socket.getOutputStream().write(noise);
                    }
                } catch (IOException closed) {
                    // As it should be.
                }
            }
            return connections;
        });
        MllpSender sender = connect();
        int served = 0;
        while (!attack.isDone()) {
            assertThat(sender.exchange(Adt.of("A28").numbered("N" + served)))
                    .as("seed %d", seed)
                    .contains("MSA|AA|N" + served);
            served++;
        }
        int connections = attack.join();
        assertThat(connections).as("seed %d", seed).isPositive();
        assertThat(served).isPositive();
        Eventually.is(() -> feed.status().connections() == 1);
        Eventually.is(() -> door().bufferedBytes() == 0);
        assertThat(door().closedNoise()).as("seed %d", seed).isPositive();
        System.out.printf(
                "seed %d: %d connections of noise, %d messages served beside, %s%n", seed, connections, served, door());
    }

    @Test
    void shouldAnswerASenderThatHasClosedItsHalf() throws Exception {
        LinkedBlockingQueue<CompletableFuture<Answer>> waiting = new LinkedBlockingQueue<>();
        feed = new AdtFeed("pas", new SlowDisk(hospital, waiting), AdtFeedOptions.defaults());
        start(MllpLimits.DEFAULT);
        MllpSender sender = connect();
        sender.send(frame(Adt.of("A01").at("CARD").text())
                + frame(Adt.of("A28").numbered("M2").text()).repeat(500));
        sender.socket().shutdownOutput();
        CompletableFuture<Answer> disk = waiting.poll(50, TimeUnit.SECONDS);
        assertThat(disk).isNotNull();
        // Time enough for the end to arrive before the answer.
        TimeUnit.MILLISECONDS.sleep(200);
        disk.complete(new Answer.Done(1, 1, false));
        assertThat(sender.answer()).contains("MSA|AA|M1");
        for (int i = 0; i < 500; i++) {
            assertThat(sender.answer()).contains("MSA|AA|M2");
        }
        sender.awaitClosed();
        Eventually.is(() -> feed.status().connections() == 0);
    }

    @Test
    void shouldForgetASenderThatIsCutInTheMiddle() throws IOException {
        start(MllpLimits.DEFAULT);
        for (int i = 0; i < 20; i++) {
            MllpSender sender = connect();
            sender.send(frame(Adt.of("A28").text()) + "\u000BMSH|half of it");
            sender.socket().setSoLinger(true, 0);
            sender.close();
        }
        Eventually.is(() -> feed.status().connections() == 0 && door().bufferedBytes() == 0);
        assertThat(connect().exchange(Adt.of("A28"))).contains("MSA|AA|");
    }

    @Test
    void shouldAdmitOnlyTheSendersItIsTold() throws IOException {
        start(new MllpOptions(
                "127.0.0.1",
                0,
                MllpLimits.DEFAULT,
                List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("127.0.0.2")),
                null));
        connect().awaitClosed();
        assertThat(door().refusedSenders()).isEqualTo(1);
        Socket told = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName("127.0.0.2"), 0);
        MllpSender sender = new MllpSender(told);
        opened.add(sender);
        assertThat(sender.exchange(Adt.of("A28"))).contains("MSA|AA|");
    }

    @Test
    void shouldCountWhatComes() throws IOException {
        start(MllpLimits.DEFAULT);
        String framed = frame(Adt.of("A28").text());
        MllpSender sender = connect();
        sender.send(framed + framed);
        sender.answer();
        sender.answer();
        assertThat(door().frames()).isEqualTo(2);
        assertThat(door().bytes()).isEqualTo(2L * framed.length());
    }

    /** Answers when the test says so. */
    private record SlowDisk(TestHospital hospital, LinkedBlockingQueue<CompletableFuture<Answer>> waiting)
            implements FactDoor {
        @Override
        public CompletionStage<Answer> report(
                List<Command.Fact> facts, Origin.Feed origin, @Nullable String idempotencyKey) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            waiting.add(answer);
            return answer;
        }

        @Override
        public boolean isWritable() {
            return hospital.isWritable();
        }

        @Override
        public HospitalView view() {
            return hospital.view();
        }

        @Override
        public java.time.Instant now() {
            return hospital.now();
        }
    }

    private DoorStatus door() {
        return feed.status().door();
    }

    private void start(MllpLimits limits) {
        start(new MllpOptions("127.0.0.1", 0, limits, List.of(), null));
    }

    private void start(MllpOptions options) {
        MllpServer server = new MllpServer(vertx, feed, options);
        server.start().toCompletionStage().toCompletableFuture().join();
        port = server.port();
    }

    private MllpSender connect() throws IOException {
        MllpSender sender = new MllpSender(port);
        opened.add(sender);
        return sender;
    }
}
