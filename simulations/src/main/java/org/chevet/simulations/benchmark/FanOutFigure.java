package org.chevet.simulations.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * From a change being acknowledged to the last of many boards having it: beds are blocked and unblocked at a steady rate by acts
 * over HTTP, while clients follow the hospital over WebSockets. Server and clients share the machine.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=FanOut -Dfigure.args="CLIENTS CHANGES_PER_SECOND SECONDS"}, once {@code mvn -q
 * package} has built the server.
 */
public final class FanOutFigure {
    private static final int CLIENTS_DEFAULT = 1_000;
    private static final int CHANGES_PER_SECOND_DEFAULT = 50;
    private static final int SECONDS_DEFAULT = 20;
    private static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
    private static final int ACTORS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern PATCH = Pattern.compile("\\{\"type\":\"patch\",\"from\":\\d+,\"to\":(\\d+),");

    private record Change(long sequence, long acknowledgedNanos) {}

    private record Seen(long sequence, long atNanos, int bytes) {}

    private FanOutFigure() {}

    /** @param args how many clients follow, how many changes a second, for how many seconds */
    public static void main(String[] args) throws Exception {
        int clients = args.length > 0 ? Integer.parseInt(args[0]) : CLIENTS_DEFAULT;
        int perSecond = args.length > 1 ? Integer.parseInt(args[1]) : CHANGES_PER_SECOND_DEFAULT;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : SECONDS_DEFAULT;
        Vertx vertx = Vertx.vertx();
        try (ServedDemo demo = ServedDemo.start()) {
            List<List<Seen>> boards = follow(vertx, demo.hospital(), clients);
            change(demo, perSecond, Math.min(seconds, 5)); // warm-up
            List<Change> changes = change(demo, perSecond, seconds);
            awaitLast(boards, changes.getLast());
            print(clients, perSecond, changes, boards);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    /** @return per client what came to it, in order; each list is written by one event loop */
    private static List<List<Seen>> follow(Vertx vertx, URI hospital, int clients)
            throws ExecutionException, InterruptedException {
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(clients)
                .setMaxFrameSize(MESSAGE_BYTES_MAX)
                .setMaxMessageSize(MESSAGE_BYTES_MAX));
        List<List<Seen>> boards = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            List<Seen> board = new ArrayList<>();
            CompletableFuture<Void> ready = new CompletableFuture<>();
            client.webSocket()
                    .textMessageHandler(message -> {
                        Matcher patch = PATCH.matcher(message);
                        if (patch.lookingAt()) {
                            Seen seen = new Seen(Long.parseLong(patch.group(1)), System.nanoTime(), message.length());
                            synchronized (board) {
                                board.add(seen);
                            }
                        }
                        ready.complete(null);
                    })
                    .connect(hospital.getPort(), hospital.getHost(), hospital.getRawPath() + "live")
                    .onFailure(ready::completeExceptionally);
            ready.get();
            boards.add(board);
        }
        return boards;
    }

    private static List<Change> change(ServedDemo demo, int perSecond, int seconds) throws Exception {
        List<String> beds = demo.readyBeds();
        int count = perSecond * seconds;
        List<Future<Change>> running = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        long begun = System.nanoTime();
        try (ExecutorService actors = Executors.newFixedThreadPool(ACTORS)) {
            for (int i = 0; i < count; i++) {
                long due = begun + i * Duration.ofSeconds(1).toNanos() / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                String bed = beds.get(i % beds.size());
                boolean block = i / beds.size() % 2 == 0;
                running.add(actors.submit(() -> change(demo, bed, block)));
            }
            for (Future<Change> each : running) {
                changes.add(each.get());
            }
            for (int i = Math.max(0, count - beds.size()); i < count; i++) {
                if (i / beds.size() % 2 == 0) {
                    change(demo, beds.get(i % beds.size()), false);
                }
            }
        }
        return changes;
    }

    private static Change change(ServedDemo demo, String bed, boolean block) throws IOException, InterruptedException {
        JsonNode done = block
                ? demo.send("POST", "acts/block-bed", "{\"bed\":\"" + bed + "\",\"reason\":\"MAINTENANCE\"}")
                : demo.send("POST", "acts/unblock-bed", "{\"bed\":\"" + bed + "\"}");
        return new Change(done.path("sequence").asLong(), System.nanoTime());
    }

    private static void awaitLast(List<List<Seen>> boards, Change last) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (List<Seen> board : boards) {
            while (!has(board, last.sequence())) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("a board never had event " + last.sequence());
                }
                Thread.sleep(10);
            }
        }
    }

    private static boolean has(List<Seen> board, long sequence) {
        synchronized (board) {
            return !board.isEmpty() && board.getLast().sequence() >= sequence;
        }
    }

    private static void print(int clients, int perSecond, List<Change> changes, List<List<Seen>> boards) {
        Histogram last = new Histogram(PATIENCE.toNanos() / 1_000, 3);
        for (Change change : changes) {
            long latest = 0;
            for (List<Seen> board : boards) {
                latest = Math.max(latest, firstWith(board, change.sequence()) - change.acknowledgedNanos());
            }
            last.recordValue(latest / 1_000);
        }
        long from = changes.getFirst().sequence();
        long to = changes.getLast().sequence();
        long bytes = boards.getFirst().stream()
                .filter(seen -> seen.sequence() >= from && seen.sequence() <= to)
                .mapToLong(Seen::bytes)
                .sum();
        System.out.printf(
                "%d clients, %d changes/s: acknowledged to the last client having it, median %.1f ms, p99 %.1f ms, max %.1f ms;"
                        + " %d bytes per changed bed%n",
                clients,
                perSecond,
                last.getValueAtPercentile(50) / 1e3,
                last.getValueAtPercentile(99) / 1e3,
                last.getMaxValue() / 1e3,
                bytes / changes.size());
    }

    private static long firstWith(List<Seen> board, long sequence) {
        synchronized (board) {
            int low = 0;
            int high = board.size() - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (board.get(middle).sequence() >= sequence) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return board.get(low).atNanos();
        }
    }
}
