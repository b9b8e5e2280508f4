package org.chevet.cluster;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this process is a member of a cluster.
 *
 * @param name members of one name find each other
 * @param member what people call this member
 * @param host the address of this machine that the other members reach; nothing listens on any other
 * @param port for membership (Hazelcast)
 * @param messagePort for what members say to each other (the event bus)
 * @param peers where members may be, each {@code host:port} of their {@code port}; this one may be among them
 * @param address where browsers reach this member by itself, an origin (RFC 6454); null when they all come by one address
 * @param silenceMax a member that is not heard for so long is taken for gone
 */
public record ClusterOptions(
        String name,
        String member,
        String host,
        int port,
        int messagePort,
        List<String> peers,
        @Nullable String address,
        Duration silenceMax) {
    public static final int PORT_DEFAULT = 5701;
    public static final int MESSAGE_PORT_DEFAULT = 5702;
    public static final Duration SILENCE_MAX_DEFAULT = Duration.ofSeconds(8);

    public ClusterOptions {
        peers = List.copyOf(peers);
    }
}
