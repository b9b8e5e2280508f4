package org.chevet.simulations.benchmark;

import io.vertx.core.Vertx;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.chevet.feed.FeedStatus;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.feed.hl7.MllpServer;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalClock;

/**
 * ADT messages end to end: over real MLLP sockets into a real SQLite journal and back as AA, with one sender and with 64, each
 * waiting for its acknowledgement before it sends the next; then with 64 at an offered rate, where a message's time counts from
 * when it should have been sent. Beside it, what the same disk needs to write 4 KiB durably.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=Feed -Dfigure.args="SECONDS MESSAGES_PER_SECOND"}
 */
public final class FeedFigure {
    private static final int SENDERS = 64;
    private static final int BEDS = 1_000;
    private static final int SECONDS_DEFAULT = 10;
    private static final int OFFERED_PER_SECOND_DEFAULT = 2_000;
    private static final int SYNCS = 300;
    private static final int SYNC_BYTES = 4096;
    private static final long MICROS_MAX = Duration.ofMinutes(10).toNanos() / 1_000;

    private final Duration time;
    private final int offeredPerSecond;
    private final List<FeedTraffic> traffic = new ArrayList<>();

    private FeedFigure(Duration time, int offeredPerSecond) {
        this.time = time;
        this.offeredPerSecond = offeredPerSecond;
        for (int i = 0; i < SENDERS; i++) {
            traffic.add(new FeedTraffic(i));
        }
    }

    /** @param args how many seconds each measurement takes, and how many messages a second are offered in the last */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS_DEFAULT;
        int offered = args.length > 1 ? Integer.parseInt(args[1]) : OFFERED_PER_SECOND_DEFAULT;
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "feed-figure");
        try {
            new FeedFigure(Duration.ofSeconds(seconds), offered).run(folder);
        } finally {
            delete(folder);
        }
    }

    private void run(Path folder) throws Exception {
        System.out.printf("%-34s %10s %12s %12s %12s%n", "", "msg/s", "median us", "p99 us", "max us");
        print("fdatasync of 4 KiB, same disk", syncs(folder.resolve("syncs")), SYNCS, 0);
        Vertx vertx = Vertx.vertx();
        try (Journal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal)) {
            AdtFeed feed = new AdtFeed(
                    "figure",
                    engine.open(GeneratedLayout.ofBeds(BEDS), HospitalClock.wall()),
                    AdtFeedOptions.defaults());
            MllpServer server = new MllpServer(vertx, feed, MllpOptions.on(0));
            server.start().toCompletionStage().toCompletableFuture().get();
            measure("warm-up, 64 senders", server.port(), SENDERS, 0);
            measure("1 sender, one by one", server.port(), 1, 0);
            measure("64 senders, one by one", server.port(), SENDERS, 0);
            measure("64 senders, " + offeredPerSecond + "/s offered", server.port(), SENDERS, offeredPerSecond);
            FeedStatus status = feed.status();
            System.out.printf(
                    "of %d messages %d were applied, %d concern no bed, %d are in quarantine%n",
                    status.received(), status.applied(), status.ignored(), status.quarantined());
            server.close().toCompletionStage().toCompletableFuture().get();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private void measure(String name, int port, int senders, int perSecond)
            throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        Histogram all = new Histogram(MICROS_MAX, 3);
        try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                FeedTraffic messages = traffic.get(i);
                long pauseNanos = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() * senders / perSecond;
                long first = begun + pauseNanos * i / senders;
                running.add(threads.submit(() -> send(port, messages, first, end, pauseNanos)));
            }
            for (Future<Histogram> each : running) {
                all.add(each.get());
            }
        }
        print(name, all, all.getTotalCount(), System.nanoTime() - begun);
    }

    /** @param pauseNanos from when one message should be sent to the next, 0 for as soon as the one before is acknowledged */
    private static Histogram send(int port, FeedTraffic traffic, long firstNanos, long endNanos, long pauseNanos)
            throws IOException {
        Histogram micros = new Histogram(MICROS_MAX, 3);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (long due = firstNanos; System.nanoTime() < endNanos && due < endNanos; due += pauseNanos) {
                byte[] frame = ("\u000B" + traffic.next() + "\u001C\r").getBytes(StandardCharsets.UTF_8);
                while (pauseNanos > 0 && System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long from = pauseNanos > 0 ? due : System.nanoTime();
                out.write(frame);
                out.flush();
                awaitAccepted(in);
                micros.recordValue(Math.min(MICROS_MAX, (System.nanoTime() - from) / 1_000));
            }
        }
        return micros;
    }

    private static void awaitAccepted(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (int c = in.read(); c != 0x1C; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed after '" + answer + "'");
            }
            answer.append((char) c);
        }
        if (in.read() != '\r' || answer.indexOf("MSA|AA|") < 0) {
            throw new IOException("not accepted: " + answer);
        }
    }

    private static Histogram syncs(Path file) throws IOException {
        Histogram micros = new Histogram(MICROS_MAX, 3);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                ByteBuffer page = ByteBuffer.allocate(SYNC_BYTES);
                long from = System.nanoTime();
                channel.write(page);
                channel.force(false);
                micros.recordValue(Math.min(MICROS_MAX, (System.nanoTime() - from) / 1_000));
            }
        }
        return micros;
    }

    private static void print(String name, Histogram micros, long count, long nanos) {
        System.out.printf(
                "%-34s %10s %12d %12d %12d%n",
                name,
                nanos == 0 ? "-" : "%.0f".formatted(count * 1e9 / nanos),
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99),
                micros.getMaxValue());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
