package org.chevet.web;

import java.time.Duration;

/**
 * What the server takes from outside and holds in memory, and no more: {@code limits} of {@code chevet.yaml}.
 *
 * @param writer of each hospital's commands
 */
record Limits(Http http, Live live, org.chevet.runtime.Limits writer) {
    static final Limits DEFAULT = new Limits(Http.DEFAULT, Live.DEFAULT, org.chevet.runtime.Limits.DEFAULT);

    /**
     * @param bodyBytesMax of a request
     * @param bodyDepthMax objects and lists in one another; no act has more than three
     * @param requestLineBytesMax method, path and query
     * @param headerBytesMax all headers of a request together
     * @param connectionsMax open at once, boards that follow included
     * @param connectionsPerAddressMax likewise, from one address; a proxy is one address
     * @param exchangeMax from the connection, or from a request's head, until its answer is made: what neither side may
     *     stretch by sending or reading byte by byte
     * @param idleMax between two requests, and how long a board that follows may leave pings unanswered
     */
    record Http(
            int bodyBytesMax,
            int bodyDepthMax,
            int requestLineBytesMax,
            int headerBytesMax,
            int connectionsMax,
            int connectionsPerAddressMax,
            Duration exchangeMax,
            Duration idleMax) {
        static final Http DEFAULT = new Http(
                64 * 1024, 16, 4 * 1024, 16 * 1024, 4_000, 4_000, Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    /**
     * Boards that follow, by WebSocket.
     *
     * @param clientsMax at once, of all hospitals
     * @param queueBytesMax what may wait for one client; then it gets no patches but one fresh board once it has read
     * @param messageBytesMax of one that it sends
     * @param messagesPerHeartbeatMax that it sends between two heartbeats, pings included
     * @param patchIntervalMin changes that come closer together are sent as one patch
     * @param resyncIntervalMin between two boards that a client asks for
     */
    record Live(
            int clientsMax,
            int queueBytesMax,
            int messageBytesMax,
            int messagesPerHeartbeatMax,
            Duration patchIntervalMin,
            Duration resyncIntervalMin) {
        static final Live DEFAULT =
                new Live(1_500, 1024 * 1024, 1024, 100, Duration.ofMillis(50), Duration.ofSeconds(1));
    }
}
