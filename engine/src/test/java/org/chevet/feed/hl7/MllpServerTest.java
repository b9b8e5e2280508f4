package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.Terser;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.event.Origin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MllpServerTest {
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private final TestHospital hospital = new TestHospital();
    private AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());
    private final List<Socket> sockets = new ArrayList<>();
    private Vertx vertx;
    private @Nullable MllpServer started;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldAnswerHapisOwnClient() throws Exception {
        MllpServer server = start(MllpOptions.on(0));
        try (HapiContext context = new DefaultHapiContext()) {
            Connection connection = context.newClient("127.0.0.1", server.port(), false);
            Message message = context.getPipeParser()
                    .parse(Adt.of("A01").at("CARD^CH12^P").text());
            Message answer = connection.getInitiator().sendAndReceive(message);
            Terser terser = new Terser(answer);
            assertThat(terser.get("MSA-1")).isEqualTo("AA");
            assertThat(terser.get("MSA-2")).isEqualTo("M1");
            connection.close();
        }
        assertThat(hospital.stay("V1").location()).isEqualTo(new Location(new ServiceId("CARDIO"), new BedId("12P")));
    }

    @Test
    void shouldAnswerInOrderHoweverTheBytesAreCut() throws IOException {
        start(MllpOptions.on(0));
        Socket sender = connect();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            all.append(frame(
                    Adt.of("A01").numbered("M" + i).at("CARD").pv1(19, "V" + i).text()));
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += 777) {
            sender.getOutputStream().write(bytes, at, Math.min(777, bytes.length - at));
            sender.getOutputStream().flush();
        }
        for (int i = 0; i < 50; i++) {
            assertThat(readAnswer(sender)).contains("MSA|AA|M" + i + "\r");
        }
        assertThat(feed.status().applied()).isEqualTo(50);
    }

    @Test
    void shouldSurviveThousandsOfSmallMessagesInOneRead() throws IOException {
        start(MllpOptions.on(0));
        Socket sender = connect();
        sender.getOutputStream().write(frame("MSH|^~\\&|||||||X|1").repeat(3000).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 3000; i++) {
            assertThat(readAnswer(sender)).contains("MSA|AA|1");
        }
    }

    @Test
    void shouldSkipGarbageAndGoOn() throws IOException {
        start(MllpOptions.on(0));
        Socket sender = connect();
        send(sender, "GET / HTTP/1.1\r\n\r\n" + frame(Adt.of("A28").text()));

        assertThat(readAnswer(sender)).contains("MSA|AA|");
        assertThat(feed.status().door().skippedBytes()).isEqualTo("GET / HTTP/1.1".length());
    }

    @Test
    void shouldNotTakeTheNextMessageBeforeTheOneBeforeIsDurable() throws Exception {
        LinkedBlockingQueue<CompletableFuture<Answer>> waiting = new LinkedBlockingQueue<>();
        feed = new AdtFeed("pas", new SlowDisk(hospital, waiting), AdtFeedOptions.defaults());
        start(MllpOptions.on(0));
        Socket sender = connect();
        send(
                sender,
                frame(Adt.of("A01").at("CARD").text())
                        + frame(Adt.of("A08").numbered("M2").text()));

        CompletableFuture<Answer> first = waiting.poll(READ_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(first).isNotNull();
        assertThat(sender.getInputStream().available()).isZero();
        assertThat(feed.status().received()).isEqualTo(1);
        first.complete(new Answer.Done(1, 1, false));
        assertThat(readAnswer(sender)).contains("MSA|AA|M1");
        CompletableFuture<Answer> second = waiting.poll(READ_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(second).isNotNull();
        second.complete(new Answer.Unavailable("the queue is full", "Try again"));
        assertThat(readAnswer(sender)).contains("MSA|AR|M2|the queue is full");
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
        public Instant now() {
            return hospital.now();
        }
    }

    private MllpServer start(MllpOptions options) {
        started = new MllpServer(vertx, feed, options);
        return started.start().toCompletionStage().toCompletableFuture().join();
    }

    private Socket connect() throws IOException {
        if (started == null) {
            throw new IllegalStateException("no server");
        }
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), started.port());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        sockets.add(socket);
        return socket;
    }

    private static String frame(String text) {
        return "\u000B" + text + "\u001C\r";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String readAnswer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == 0x1C) {
                assertThat(in.read()).isEqualTo(0x0D);
                return text.toString();
            }
            text.append((char) c);
        }
        throw new AssertionError("the connection was closed after '" + text + "'");
    }
}
