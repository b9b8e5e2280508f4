package org.chevet.web;

import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;

/** People and feeds outside the process, as they really come: HTTP and MLLP. Thread-safe. */
final class Client {
    private static final String HOSPITAL = "api/v1/hospitals/TEST";
    private static final DateTimeFormatter HL7_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Europe/Paris"));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final int mllpPort;
    private final Duration patience;

    /** @param patience how long an answer is waited for */
    Client(URI address, int mllpPort, Duration patience) {
        this.address = address;
        this.mllpPort = mllpPort;
        this.patience = patience;
    }

    /** What the sender of an act was told. */
    sealed interface Told {
        record Done(long act, boolean repeated) implements Told {}

        record Refused(String why) implements Told {}

        /** Nothing is known of it but that a later try may work. */
        record NotNow(String why) implements Told {}
    }

    /** @throws IOException when it is not answered at all */
    Told act(String key, Ledger.Act act) throws IOException {
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(uri("/acts/" + act.name()))
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(act.body())));
        return switch (answer.statusCode()) {
            case 200 -> {
                JsonNode done = json(answer);
                yield new Told.Done(
                        done.path("act").asLong(), done.path("repeated").asBoolean());
            }
            case 409 -> new Told.Refused(answer.body());
            case 503 -> new Told.NotNow(json(answer).path("detail").asText());
            default -> throw new AssertionError(act.name() + " " + answer.statusCode() + " " + answer.body());
        };
    }

    JsonNode read(String path) throws IOException {
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(uri(path)).GET());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " " + answer.statusCode() + " " + answer.body());
        }
        return json(answer);
    }

    /** Whether acts are taken, and if not why, as whoever restarts things is told. */
    JsonNode readiness() throws IOException {
        return json(exchange(
                HttpRequest.newBuilder(address.resolve("/health/ready")).GET()));
    }

    /** Its live board, for as long as the connection lasts. */
    CompletableFuture<WebSocket> follow(WebSocket.Listener page) {
        return http.newWebSocketBuilder()
                .buildAsync(URI.create("ws" + uri("/live").toString().substring("http".length())), page);
    }

    Feed feed() throws IOException {
        return new Feed(new InetSocketAddress(address.getHost(), mllpPort), patience);
    }

    private URI uri(String path) {
        return address.resolve("/" + HOSPITAL + path);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(patience).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A connection of a feed. Of one thread. */
    static final class Feed implements AutoCloseable {
        private final Socket socket = new Socket();

        private Feed(InetSocketAddress address, Duration patience) throws IOException {
            try {
                socket.connect(address, (int) patience.toMillis());
                socket.setSoTimeout((int) patience.toMillis());
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        /** @return the acknowledgement's code */
        String send(String message) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(('\u000b' + message + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next != 0x1c; next = in.read()) {
                if (next < 0) {
                    throw new IOException("closed before the acknowledgement");
                }
                answer.append((char) next);
            }
            in.read();
            int code = answer.indexOf("\rMSA|") + "\rMSA|".length();
            return answer.substring(code, code + 2);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static String stayOf(String controlNumber) {
        return "S-" + controlNumber;
    }

    /** Admits a patient of its own, without a bed. */
    static String admission(String controlNumber) {
        return admission(controlNumber, HL7_TIME.format(Instant.parse("2026-01-05T08:00:00Z")));
    }

    /** @param time as HL7 writes it */
    static String admission(String controlNumber, String time) {
        return String.join(
                "\r",
                "MSH|^~\\&|HIS|TEST|CHEVET|TEST|" + time + "||ADT^A01^ADT_A01|" + controlNumber + "|P|2.5",
                "EVN||" + time,
                "PID|1||" + controlNumber + "^^^HIS^PI||ESSAI^" + controlNumber + "||19500101|F",
                "PV1|1|I|3120" + "|".repeat(16) + stayOf(controlNumber) + "^^^HIS^VN" + "|".repeat(25) + time,
                "");
    }
}
