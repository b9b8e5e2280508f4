package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chevet.cluster.ClusterOptions;
import org.chevet.journal.PostgresServer;
import org.jspecify.annotations.Nullable;

/** Reads {@code cluster:}, which makes this process a member among others. */
final class ClusterSection {
    private static final int SILENCE_SECONDS_MIN = 3;
    private static final int SILENCE_SECONDS_MAX = 60;

    private final ConfigurationReader reader;

    ClusterSection(ConfigurationReader reader) {
        this.reader = reader;
    }

    /** Null when this process is alone. */
    @Nullable
    ClusterOptions cluster(JsonNode node, @Nullable PostgresServer postgresql) {
        if (node.isMissingNode()) {
            return null;
        }
        reader.checkMembers(
                "cluster",
                node,
                List.of("name", "member", "host", "port", "messagePort", "members", "address", "silenceSecondsMax"));
        if (postgresql == null) {
            reader.problem(
                    "cluster",
                    "the members of a cluster write into one PostgreSQL database; a data directory belongs to one process."
                            + " Write journal.postgresql, or leave cluster out.");
        }
        String host = reader.text("cluster.host", node.path("host"), null);
        if (!host.isEmpty()) {
            checkHost(host);
        }
        int port = reader.port("cluster.port", node.path("port"), ClusterOptions.PORT_DEFAULT);
        int messagePort =
                reader.port("cluster.messagePort", node.path("messagePort"), ClusterOptions.MESSAGE_PORT_DEFAULT);
        if (port == messagePort || port == 0 || messagePort == 0) {
            reader.problem("cluster.messagePort", "port and messagePort must be two ports, neither of them 0.");
        }
        return new ClusterOptions(
                reader.text("cluster.name", node.path("name"), null),
                reader.text("cluster.member", node.path("member"), null),
                host,
                port,
                messagePort,
                members(node.path("members")),
                address(node.path("address")),
                Duration.ofSeconds(reader.number(
                        "cluster.silenceSecondsMax",
                        node.path("silenceSecondsMax"),
                        (int) ClusterOptions.SILENCE_MAX_DEFAULT.toSeconds(),
                        SILENCE_SECONDS_MIN,
                        SILENCE_SECONDS_MAX)));
    }

    /** Every address of the machine would be more than what is configured, and the others need one to come to. */
    private void checkHost(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) == null) {
                reader.problem(
                        "cluster.host",
                        "'" + host
                                + "' is no one address of this machine. Write the one that the other members reach.");
            }
        } catch (UnknownHostException | SocketException e) {
            reader.problem(
                    "cluster.host",
                    "'" + host + "' is not known. Write the address of this machine that the other members reach.");
        }
    }

    private @Nullable String address(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        String address = reader.text("cluster.address", node, null);
        if (Origins.isOrigin(address)) {
            return address;
        }
        reader.problem(
                "cluster.address",
                "'" + address + "' is no address that browsers open. Write for example https://lits-1.hopital.fr, or"
                        + " leave it out when people reach all members by one address.");
        return null;
    }

    private List<String> members(JsonNode node) {
        List<String> members = new ArrayList<>();
        if (!node.isArray() || node.isEmpty()) {
            reader.problem(
                    "cluster.members",
                    "where members may be is wanted. Write for example: members: [10.1.2.11:5701, 10.1.2.12:5701], or"
                            + " a name that stands for all of them.");
            return members;
        }
        for (int i = 0; i < node.size(); i++) {
            members.add(reader.text("cluster.members[" + i + "]", node.get(i), null));
        }
        return members;
    }
}
