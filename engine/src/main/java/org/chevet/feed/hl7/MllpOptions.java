package org.chevet.feed.hl7;

/**
 * @param host the address to listen on; the loopback unless told otherwise, for MLLP knows no password
 * @param port 0 for any free one
 * @param frameBytesMax how long a message may be; a longer one is answered with an error, its beginning is kept
 * @param connectionsMax how many senders may be connected at once; one more is closed at once
 * @param idleTimeoutSeconds after how long without a byte a connection is taken for dead, 0 for never
 */
public record MllpOptions(String host, int port, int frameBytesMax, int connectionsMax, int idleTimeoutSeconds) {
    /** As registered with IANA for HL7. */
    public static final int PORT = 2575;

    public static final int FRAME_BYTES_MAX = 1 << 20;
    public static final int CONNECTIONS_MAX = 64;
    public static final int IDLE_TIMEOUT_SECONDS = 3600;

    public MllpOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("mllp port " + port + " is outside 0 to 65535");
        }
        if (frameBytesMax < 1 || connectionsMax < 1 || idleTimeoutSeconds < 0) {
            throw new IllegalArgumentException("mllpFrameBytesMax " + frameBytesMax + ", mllpConnectionsMax "
                    + connectionsMax + " and mllpIdleTimeoutSeconds " + idleTimeoutSeconds
                    + " must be at least 1, 1 and 0");
        }
    }

    public static MllpOptions defaults() {
        return new MllpOptions("127.0.0.1", PORT, FRAME_BYTES_MAX, CONNECTIONS_MAX, IDLE_TIMEOUT_SECONDS);
    }

    public MllpOptions withHost(String other) {
        return new MllpOptions(other, port, frameBytesMax, connectionsMax, idleTimeoutSeconds);
    }

    public MllpOptions withPort(int other) {
        return new MllpOptions(host, other, frameBytesMax, connectionsMax, idleTimeoutSeconds);
    }

    public MllpOptions withFrameBytesMax(int other) {
        return new MllpOptions(host, port, other, connectionsMax, idleTimeoutSeconds);
    }

    public MllpOptions withConnectionsMax(int other) {
        return new MllpOptions(host, port, frameBytesMax, other, idleTimeoutSeconds);
    }

    public MllpOptions withIdleTimeoutSeconds(int other) {
        return new MllpOptions(host, port, frameBytesMax, connectionsMax, other);
    }
}
