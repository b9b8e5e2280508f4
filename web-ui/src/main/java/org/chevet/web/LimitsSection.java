package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Reads {@code limits} of {@code chevet.yaml}. What is left out is as by default. */
final class LimitsSection {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int HOUR_SECONDS = 3_600;

    private final ConfigurationReader reader;

    LimitsSection(ConfigurationReader reader) {
        this.reader = reader;
    }

    Limits limits(JsonNode node) {
        reader.checkMembers("limits", node, List.of("http", "live", "writer"));
        Limits.Http http = http(node.path("http"));
        Limits limits = new Limits(http, live(node.path("live"), http), writer(node.path("writer")));
        checkTogether(limits);
        return limits;
    }

    private Limits.Http http(JsonNode node) {
        Limits.Http usual = Limits.Http.DEFAULT;
        Group group = new Group(
                "limits.http",
                node,
                List.of(
                        "bodyBytes",
                        "bodyDepth",
                        "requestLineBytes",
                        "headerBytes",
                        "connections",
                        "connectionsPerAddress",
                        "exchangeSeconds",
                        "idleSeconds"));
        int connections = group.number("connections", usual.connectionsMax(), 2, 1_000_000);
        return new Limits.Http(
                group.number("bodyBytes", usual.bodyBytesMax(), 4 * 1024, 16 * MEBIBYTE),
                group.number("bodyDepth", usual.bodyDepthMax(), 4, 200),
                group.number("requestLineBytes", usual.requestLineBytesMax(), 512, 64 * 1024),
                group.number("headerBytes", usual.headerBytesMax(), 2 * 1024, MEBIBYTE),
                connections,
                group.number("connectionsPerAddress", connections, 1, 1_000_000),
                group.seconds("exchangeSeconds", usual.exchangeMax()),
                group.seconds("idleSeconds", usual.idleMax()));
    }

    private Limits.Live live(JsonNode node, Limits.Http http) {
        Limits.Live usual = Limits.Live.DEFAULT;
        Group group = new Group(
                "limits.live",
                node,
                List.of(
                        "clients",
                        "queueBytes",
                        "messageBytes",
                        "messagesPerHeartbeat",
                        "patchIntervalMillis",
                        "resyncIntervalMillis"));
        return new Limits.Live(
                group.number("clients", Math.min(usual.clientsMax(), http.connectionsMax() - 1), 1, 1_000_000),
                group.number("queueBytes", usual.queueBytesMax(), 64 * 1024, 256 * MEBIBYTE),
                group.number("messageBytes", usual.messageBytesMax(), 128, MEBIBYTE),
                group.number("messagesPerHeartbeat", usual.messagesPerHeartbeatMax(), 4, 100_000),
                group.millis("patchIntervalMillis", usual.patchIntervalMin()),
                group.millis("resyncIntervalMillis", usual.resyncIntervalMin()));
    }

    private org.chevet.runtime.Limits writer(JsonNode node) {
        org.chevet.runtime.Limits usual = org.chevet.runtime.Limits.DEFAULT;
        Group group = new Group(
                "limits.writer",
                node,
                List.of(
                        "mailboxCommands",
                        "unansweredCommands",
                        "batchCommands",
                        "batchesAhead",
                        "idempotencyKeys",
                        "snapshotEveryEvents"));
        return new org.chevet.runtime.Limits(
                group.number("mailboxCommands", usual.mailboxCommandsMax(), 1, 1_000_000),
                group.number("unansweredCommands", usual.unansweredCommandsMax(), 1, 1_000_000),
                group.number("batchCommands", usual.batchCommandsMax(), 1, 100_000),
                group.number("batchesAhead", usual.batchesAheadMax(), 1, 100),
                group.number("idempotencyKeys", usual.idempotencyKeysMax(), 1_000, 100_000_000),
                group.number("snapshotEveryEvents", usual.snapshotEveryEvents(), 1, 100_000_000),
                usual.probeAfterMin(),
                usual.probeAfterMax());
    }

    private void checkTogether(Limits limits) {
        int connections = limits.http().connectionsMax();
        if (limits.http().connectionsPerAddressMax() > connections) {
            reader.problem(
                    "limits.http.connectionsPerAddress",
                    limits.http().connectionsPerAddressMax() + " are more than limits.http.connections, " + connections
                            + ". Write no more than that.");
        }
        if (limits.live().clientsMax() >= connections) {
            reader.problem(
                    "limits.live.clients",
                    limits.live().clientsMax() + " leave nothing of limits.http.connections, " + connections
                            + ", for requests. Write fewer.");
        }
    }

    /** The numbers of one group. */
    private final class Group {
        private final String place;
        private final JsonNode node;

        Group(String place, JsonNode node, List<String> members) {
            this.place = place;
            this.node = node;
            reader.checkMembers(place, node, members);
        }

        int number(String name, int usual, int min, int max) {
            return reader.number(place + "." + name, node.path(name), usual, min, max);
        }

        Duration seconds(String name, Duration usual) {
            return Duration.ofSeconds(number(name, (int) usual.toSeconds(), 1, HOUR_SECONDS));
        }

        Duration millis(String name, Duration usual) {
            return Duration.ofMillis(number(name, (int) usual.toMillis(), 1, HOUR_SECONDS * 1_000));
        }
    }
}
