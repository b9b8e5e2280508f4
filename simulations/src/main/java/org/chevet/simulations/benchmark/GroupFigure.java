package org.chevet.simulations.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the group's board costs a process with many hospitals: processor time while beds all over the group are blocked and unblocked,
 * first without anybody who looks at it, then with many who do; and what one of them receives.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=Group -Dfigure.args="HOSPITALS CLIENTS CHANGES_PER_SECOND SECONDS"}, once
 * {@code mvn -q package} has built the server.
 */
public final class GroupFigure {
    private static final int SERVICES = 25;
    private static final int ROOMS_PER_SERVICE = 20;
    private static final int MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServedProcess served;
    private final URI address;
    private final int hospitals;
    private int changes;

    private GroupFigure(ServedProcess served, int hospitals) {
        this.served = served;
        address = served.address();
        this.hospitals = hospitals;
    }

    /** @param args how many hospitals of 1,000 beds, how many look at the group, how many changes a second, for how many seconds */
    public static void main(String[] args) throws Exception {
        int hospitals = args.length > 0 ? Integer.parseInt(args[0]) : 300;
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int perSecond = args.length > 2 ? Integer.parseInt(args[2]) : 50;
        int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 20;
        Path folder = ServedProcess.newFolder();
        Vertx vertx = Vertx.vertx();
        try (ServedProcess served = launch(folder, hospitals)) {
            GroupFigure figure = new GroupFigure(served, hospitals);
            figure.change(perSecond, Math.min(seconds, 5)); // warm-up
            double alone = figure.change(perSecond, seconds);
            long begun = System.nanoTime();
            int snapshotBytes = figure.get("api/v1/group").length;
            double snapshotMillis = (System.nanoTime() - begun) / 1e6;
            AtomicLong heard = figure.follow(vertx, clients);
            long before = heard.get();
            double followed = figure.change(perSecond, seconds);
            System.out.printf(
                    "%d hospitals of 1,000 beds, %d changes/s: %.0f %% of a processor without followers, %.0f %% with %d; "
                            + "each hears %.1f KB/s; a whole group %.0f KB in %.0f ms%n",
                    hospitals,
                    perSecond,
                    100 * alone,
                    100 * followed,
                    clients,
                    (heard.get() - before) / 1024.0 / clients / seconds,
                    snapshotBytes / 1024.0,
                    snapshotMillis);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
            ServedProcess.delete(folder);
        }
    }

    private static ServedProcess launch(Path folder, int hospitals) throws IOException {
        for (int i = 0; i < hospitals; i++) {
            Files.writeString(folder.resolve("h" + i + ".yaml"), hospital(i));
        }
        Files.writeString(
                folder.resolve("chevet.yaml"),
                "http: {port: 0}\ndataDir: data\nhospitals: ["
                        + IntStream.range(0, hospitals)
                                .mapToObj(i -> "h" + i + ".yaml")
                                .collect(Collectors.joining(", "))
                        + "]\n");
        return ServedProcess.start(
                folder.resolve("errors.log"),
                "--config",
                folder.resolve("chevet.yaml").toString());
    }

    private static String hospital(int number) {
        StringBuilder file = new StringBuilder("id: H" + number + "\nname: Hôpital " + number
                + "\ntimeZone: Europe/Paris\nspecialties: {medecine: Médecine}\nservices:\n");
        for (int service = 0; service < SERVICES; service++) {
            file.append("  - id: S%d%n    name: Service %d%n    specialties: [medecine]%n    rooms:%n"
                    .formatted(service, service));
            for (int room = 0; room < ROOMS_PER_SERVICE; room++) {
                file.append("      - {id: \"%d-%d\", beds: [P, F]}%n".formatted(service, room));
            }
        }
        return file.toString();
    }

    /** @return what they hear from now on, in characters, all together */
    private AtomicLong follow(Vertx vertx, int clients) throws ExecutionException, InterruptedException {
        WebSocketClient sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(clients)
                .setMaxFrameSize(MESSAGE_BYTES_MAX)
                .setMaxMessageSize(MESSAGE_BYTES_MAX));
        AtomicLong heard = new AtomicLong();
        for (int i = 0; i < clients; i++) {
            CompletableFuture<Void> ready = new CompletableFuture<>();
            sockets.webSocket()
                    .textMessageHandler(message -> {
                        heard.addAndGet(message.length());
                        ready.complete(null);
                    })
                    .connect(address.getPort(), address.getHost(), "/api/v1/group/live")
                    .onFailure(ready::completeExceptionally);
            ready.get();
        }
        return heard;
    }

    /** @return the share of one processor that the server used meanwhile */
    private double change(int perSecond, int seconds) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Duration used = processorTime();
        for (int i = 0; i < perSecond * seconds; i++) {
            long due = begun + i * Duration.ofSeconds(1).toNanos() / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int nth = changes++;
            // Hospital after hospital, and in each bed after bed: every second round takes back what the one before
            // did.
            int bed = nth / hospitals / 2 % (SERVICES * ROOMS_PER_SERVICE);
            boolean block = nth / hospitals % 2 == 0;
            act(
                    nth % hospitals,
                    block ? "block-bed" : "unblock-bed",
                    bed / ROOMS_PER_SERVICE + "-" + bed % ROOMS_PER_SERVICE + "P",
                    block);
        }
        return (double) processorTime().minus(used).toNanos() / (System.nanoTime() - begun);
    }

    private void act(int hospital, String act, String bed, boolean block) throws IOException, InterruptedException {
        int status = client.send(
                        HttpRequest.newBuilder(address.resolve("api/v1/hospitals/H" + hospital + "/acts/" + act))
                                .header("Content-Type", "application/json")
                                .header("Chevet-Actor", "name=Mesure; role=BED_MANAGER")
                                .POST(BodyPublishers.ofString(
                                        "{\"bed\":\"" + bed + "\"" + (block ? ",\"reason\":\"MAINTENANCE\"}" : "}")))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException(act + " of " + bed + " in H" + hospital + " is answered with " + status);
        }
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofByteArray())
                .body();
    }

    private Duration processorTime() {
        return served.process().info().totalCpuDuration().orElseThrow();
    }
}
