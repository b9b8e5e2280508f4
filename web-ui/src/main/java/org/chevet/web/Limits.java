package org.chevet.web;

import java.time.Duration;

/** What the server takes from outside, and no more. */
final class Limits {
    static final int BODY_BYTES_MAX = 64 * 1024;
    static final int REQUEST_LINE_BYTES_MAX = 4 * 1024;
    static final int HEADER_BYTES_MAX = 16 * 1024;
    static final int ACTOR_HEADER_CHARS_MAX = 1024;

    /** Nothing read for so long (a WebSocket is pinged and answers): the connection is dead, or its reader is. */
    static final Duration READ_IDLE_MAX = Duration.ofSeconds(60);

    static final int WEB_SOCKET_CLIENTS_MAX = 500;
    static final int WEB_SOCKET_FRAME_BYTES_MAX = 1024;
    static final int WEB_SOCKET_MESSAGE_BYTES_MAX = 1024;

    /** What may wait in memory for one client: about two snapshots of 1,000 beds. */
    static final int WEB_SOCKET_QUEUE_BYTES_MAX = 1024 * 1024;

    /** What the kernel may hold for one connection, before the queue above begins to fill. */
    static final int SEND_BUFFER_BYTES_MAX = 128 * 1024;

    static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(2);
    static final Duration CONDITION_CHECK_INTERVAL = Duration.ofMillis(200);

    /** How often a hospital's file is looked at, and how long it must have been left alone to be read. */
    static final Duration LAYOUT_CHECK_INTERVAL = Duration.ofSeconds(2);

    /** Messages replayed for one request; each is made durable by itself. */
    static final int REPLAY_MESSAGES_MAX = 500;

    static final Duration PING_INTERVAL = Duration.ofSeconds(20);

    /** Views that come closer together than this are sent as one patch. */
    static final Duration PATCH_INTERVAL_MIN = Duration.ofMillis(50);

    static final Duration RESYNC_INTERVAL_MIN = Duration.ofSeconds(1);

    /** As long as ended stays are kept. */
    static final int HISTORY_HOURS_MAX = 35 * 24;

    static final Duration HISTORY_INTERVAL_MIN = Duration.ofSeconds(2);

    private Limits() {}
}
