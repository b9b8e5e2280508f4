package org.chevet.simulations.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/**
 * Reads of one service's board over HTTP, by clients that each wait for an answer before they ask again, on kept connections; as
 * it is, and with {@code If-None-Match} while nothing changes. Beside them, in turns, what Vert.x alone does on one event loop when
 * it is asked for as many bytes, and for none. Server and clients share the machine; the clients are one thread.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=Http -Dfigure.args="SECONDS CLIENTS"}, once {@code mvn -q package} has built
 * the server.
 */
public final class HttpFigure {
    private static final int SECONDS_DEFAULT = 10;
    private static final int CLIENTS_DEFAULT = 64;
    private static final int ROUNDS = 3;

    private HttpFigure() {}

    /** @param args how many seconds each measurement takes, and how many clients ask */
    public static void main(String[] args) throws Exception {
        Duration time = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : SECONDS_DEFAULT);
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : CLIENTS_DEFAULT;
        Vertx vertx = Vertx.vertx();
        try (ServedDemo demo = ServedDemo.start()) {
            String service = demo.read("board").at("/services/0/id").asText();
            URI board = demo.hospital().resolve("services/" + service + "/board");
            HttpReaders first = new HttpReaders(board, "", 200);
            String unchanged = "If-None-Match: " + first.header("etag", "") + "\r\n";
            URI alone = vertxAlone(vertx, first.bodyBytes());
            System.out.printf("%-34s %10s %12s %12s %12s%n", "", "reads/s", "median us", "p99 us", "bytes");
            for (int round = 0; round <= ROUNDS; round++) {
                String name = round == 0 ? "warm-up: " : "";
                double whole = measure(name + "whole", board, "", 200, clients, time);
                double peer = measure(name + "Vert.x alone, as many bytes", alone, "", 200, clients, time);
                double asItWas = measure(name + "as it was (304)", board, unchanged, 304, clients, time);
                double empty =
                        measure(name + "Vert.x alone, no bytes", alone.resolve("/empty"), "", 200, clients, time);
                System.out.printf(
                        "%-34s %9.0f%% whole, %.0f%% as it was%n",
                        "  of Vert.x alone", 100 * whole / peer, 100 * asItWas / empty);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static URI vertxAlone(Vertx vertx, int bytes) throws ExecutionException, InterruptedException {
        Buffer body = Buffer.buffer("x".repeat(bytes));
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.response().end(request.path().equals("/") ? body : Buffer.buffer()))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    private static double measure(String name, URI address, String headers, int status, int clients, Duration time)
            throws IOException {
        HttpReaders readers = new HttpReaders(address, headers, status);
        Histogram nanos = readers.ask(clients, time);
        double perSecond = nanos.getTotalCount() / (time.toNanos() / 1e9);
        System.out.printf(
                "%-34s %,10.0f %,12.0f %,12.0f %,12d%n",
                name,
                perSecond,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                readers.bodyBytes());
        return perSecond;
    }
}
