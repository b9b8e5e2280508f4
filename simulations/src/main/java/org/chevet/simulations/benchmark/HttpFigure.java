package org.chevet.simulations.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Reads of one service's board over HTTP, by clients that each wait for an answer before they ask again, on kept connections; as
 * it is, and with {@code If-None-Match} while nothing changes. Server and clients share the machine.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=Http -Dfigure.args="SECONDS CLIENTS"}, once {@code mvn -q package} has built
 * the server.
 */
public final class HttpFigure {
    private static final int SECONDS_DEFAULT = 10;
    private static final int CLIENTS_DEFAULT = 64;
    private static final long MICROS_MAX = Duration.ofMinutes(1).toNanos() / 1_000;
    private static final byte[] BODY_FOLLOWS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private HttpFigure() {}

    /** @param args how many seconds each measurement takes, and how many clients ask */
    public static void main(String[] args) throws Exception {
        Duration time = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : SECONDS_DEFAULT);
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : CLIENTS_DEFAULT;
        try (ServedDemo demo = ServedDemo.start()) {
            String service = demo.read("board").at("/services/0/id").asText();
            URI board = demo.hospital().resolve("services/" + service + "/board");
            String tag = tag(board);
            System.out.printf("%-34s %10s %12s %12s %12s%n", "", "reads/s", "median us", "p99 us", "bytes");
            measure("warm-up", board, "", 200, clients, time);
            measure("whole", board, "", 200, clients, time);
            measure("as it was (304)", board, "If-None-Match: " + tag + "\r\n", 304, clients, time);
        }
    }

    private static String tag(URI board) throws IOException {
        try (Socket socket = new Socket(board.getHost(), board.getPort())) {
            socket.getOutputStream().write(request(board, ""));
            for (String line :
                    head(new BufferedInputStream(socket.getInputStream())).split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith("etag:")) {
                    return line.substring("etag:".length()).strip();
                }
            }
        }
        throw new IOException(board + " has no ETag");
    }

    private static byte[] request(URI board, String headers) {
        return ("GET " + board.getRawPath() + " HTTP/1.1\r\nHost: " + board.getAuthority() + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void measure(String name, URI board, String headers, int status, int clients, Duration time)
            throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        Histogram all = new Histogram(MICROS_MAX, 3);
        List<Future<Integer>> running = new ArrayList<>();
        int bytes = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                running.add(
                        threads.submit(() -> ask(board, request(board, headers), status, begun + time.toNanos(), all)));
            }
            for (Future<Integer> each : running) {
                bytes = each.get();
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%-34s %,10.0f %,12d %,12d %,12d%n",
                name, all.getTotalCount() / seconds, all.getValueAtPercentile(50), all.getValueAtPercentile(99), bytes);
    }

    /** @return how long an answer's body is */
    private static int ask(URI board, byte[] request, int status, long endNanos, Histogram all) throws IOException {
        Histogram micros = new Histogram(MICROS_MAX, 3);
        int length = 0;
        try (Socket socket = new Socket(board.getHost(), board.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            String expected = "HTTP/1.1 " + status + " ";
            for (long now = System.nanoTime(); now < endNanos; now = System.nanoTime()) {
                out.write(request);
                String head = head(in);
                if (!head.startsWith(expected)) {
                    throw new IOException(
                            "answered with " + head.lines().findFirst().orElse(""));
                }
                length = status == 304 ? 0 : length(head);
                in.skipNBytes(length);
                micros.recordValue(Math.min(MICROS_MAX, (System.nanoTime() - now) / 1_000));
            }
        }
        synchronized (all) {
            all.add(micros);
        }
        return length;
    }

    private static int length(String head) throws IOException {
        String name = "content-length: ";
        int at = head.toLowerCase(Locale.ROOT).indexOf(name);
        if (at < 0) {
            throw new IOException("an answer has no Content-Length");
        }
        return Integer.parseInt(head.substring(at + name.length(), head.indexOf('\r', at)));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        int matched = 0;
        while (matched < BODY_FOLLOWS.length) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            matched = next == BODY_FOLLOWS[matched] ? matched + 1 : next == BODY_FOLLOWS[0] ? 1 : 0;
            head.append((char) next);
        }
        return head.toString();
    }
}
