package org.chevet.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * Membership by Hazelcast. A hospital's writer is the member that has the partition of its id. Hazelcast keeps no data of ours:
 * its partition table is all that is used of it.
 */
public final class HazelcastCluster implements Membership, AutoCloseable {
    private static final String NAME_ATTRIBUTE = "chevet.member";

    private static final String ADDRESS_ATTRIBUTE = "chevet.address";

    /** By which the event bus finds members. */
    private static final String EVENT_BUS_ATTRIBUTE = "__vertx.nodeId";

    /** A connection that is not answered for so long is opened anew. */
    private static final Duration PING_EVERY = Duration.ofSeconds(2);

    /** How long others may take to take over what a member leaves. */
    private static final Duration HAND_OVER_MAX = Duration.ofSeconds(20);

    /** How long they may take while this one stays. Where those who should are gone meanwhile, nobody ever does. */
    private static final Duration DEMOTION_MAX = Duration.ofSeconds(5);

    private final HazelcastInstance hazelcast;
    private final ClusterOptions options;
    private final MemberId self;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private HazelcastCluster(HazelcastInstance hazelcast, ClusterOptions options) {
        this.hazelcast = hazelcast;
        this.options = options;
        self = id(hazelcast.getCluster().getLocalMember());
        hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                changed();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                changed();
            }
        });
        hazelcast.getPartitionService().addMigrationListener(new MigrationListener() {
            @Override
            public void migrationStarted(MigrationState state) {}

            @Override
            public void migrationFinished(MigrationState state) {
                changed();
            }

            @Override
            public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
                changed();
            }

            @Override
            public void replicaMigrationFailed(ReplicaMigrationEvent event) {
                changed();
            }
        });
        hazelcast.getLifecycleService().addLifecycleListener(event -> changed());
    }

    /**
     * Joins the members that are there, or begins a cluster. Who joins others is to write nothing yet: see {@link #takePart}. Blocks for
     * some seconds where a named member is not there.
     *
     * @throws ClusterException when the address cannot be used
     */
    public static HazelcastCluster join(ClusterOptions options) {
        try {
            HazelcastCluster joined = new HazelcastCluster(Hazelcast.newHazelcastInstance(config(options)), options);
            joined.takePartIfAlone();
            return joined;
        } catch (HazelcastException | IllegalStateException failure) {
            throw new ClusterException(
                    "member " + options.member() + " cannot listen on " + options.host() + ":" + options.port() + " ("
                            + failure.getMessage() + ")",
                    "Maybe another program has this port, or the host is no address of this machine: mend cluster.host or"
                            + " cluster.port.",
                    failure);
        }
    }

    @Override
    public void takePart() {
        if (hazelcast.getCluster().getLocalMember().isLiteMember()) {
            hazelcast.getCluster().promoteLocalLiteMember();
        }
    }

    @Override
    public void handOver() {
        if (othersTakePart() && !hazelcast.getCluster().getLocalMember().isLiteMember()) {
            hazelcast.getCluster().demoteLocalDataMember();
        }
    }

    private void takePartIfAlone() {
        try {
            if (!othersTakePart()) {
                takePart();
            }
        } catch (IllegalStateException oldestChanges) {
            hazelcast.shutdown();
            throw new ClusterException(
                    "this member cannot take part in the cluster now (" + oldestChanges.getMessage() + ")",
                    "Start it again.",
                    oldestChanges);
        }
    }

    private boolean othersTakePart() {
        return hazelcast.getCluster().getMembers().stream()
                .anyMatch(member -> !member.localMember() && !member.isLiteMember());
    }

    /** A Vert.x whose event bus reaches the other members. It is to be closed after this membership, and does not end it. */
    public Future<Vertx> vertx(VertxBuilder builder, VertxOptions options) {
        options.getEventBusOptions()
                .setHost(this.options.host())
                .setPort(this.options.messagePort())
                .setClusterPingInterval(PING_EVERY.toMillis())
                .setClusterPingReplyInterval(PING_EVERY.toMillis());
        return builder.with(options)
                .withClusterManager(new EventBusMembers(hazelcast))
                .buildClustered();
    }

    /**
     * When a member is gone, Vert.x's own waits under its lock for the partitions of that one to have an owner. Where all leave, they never
     * have: that Hazelcast is shut down ends the wait, and so it must not want that lock first.
     */
    private static final class EventBusMembers extends HazelcastClusterManager {
        EventBusMembers(HazelcastInstance hazelcast) {
            super(hazelcast);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what it is for
        public void stateChanged(LifecycleEvent event) {
            if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                super.stateChanged(event);
            }
        }

        /** Without Hazelcast there is nothing to leave. */
        @Override
        public void leave(Completable<Void> left) {
            if (getHazelcastInstance().getLifecycleService().isRunning()) {
                super.leave(left);
            } else {
                left.succeed();
            }
        }
    }

    private static Config config(ClusterOptions options) {
        Config config = new Config();
        config.setClusterName(options.name());
        config.getMemberAttributeConfig()
                .setAttribute(NAME_ATTRIBUTE, options.member())
                .setAttribute(EVENT_BUS_ATTRIBUTE, UUID.randomUUID().toString());
        if (options.address() != null) {
            config.getMemberAttributeConfig().setAttribute(ADDRESS_ATTRIBUTE, options.address());
        }
        // Hospitals would be waited for that are not open yet.
        config.setLiteMember(true);
        config.getJetConfig().setEnabled(false);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty(
                "hazelcast.max.no.heartbeat.seconds",
                Long.toString(options.silenceMax().toSeconds()));
        config.setProperty("hazelcast.graceful.shutdown.max.wait", Long.toString(HAND_OVER_MAX.toSeconds()));
        config.setProperty("hazelcast.member.demote.max.wait", Long.toString(DEMOTION_MAX.toSeconds()));
        // A cluster that fell apart comes together again soon after its members see each other.
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        network(config.getNetworkConfig(), options);
        return config;
    }

    private static void network(NetworkConfig network, ClusterOptions options) {
        network.setPort(options.port());
        network.setPortAutoIncrement(false);
        network.setPublicAddress(options.host() + ":" + options.port());
        network.getInterfaces().setEnabled(true).addInterface(ipAddress(options.host()));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig()
                .setEnabled(true)
                .setMembers(options.peers().stream()
                        .flatMap(HazelcastCluster::addresses)
                        .toList());
    }

    /** Of a name that stands for several members Hazelcast would try the first address alone. */
    private static Stream<String> addresses(String peer) {
        int colon = peer.lastIndexOf(':');
        String host = colon < 0 ? peer : peer.substring(0, colon);
        String port = colon < 0 ? "" : peer.substring(colon);
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .map(address -> address instanceof Inet6Address
                            ? "[" + address.getHostAddress() + "]" + port
                            : address.getHostAddress() + port);
        } catch (UnknownHostException unknown) {
            // Maybe it is known later: Hazelcast asks again, and says so.
            return Stream.of(peer);
        }
    }

    /** Hazelcast binds to numbers only; in containers it is the name that lasts. */
    private static String ipAddress(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unknown) {
            throw new IllegalStateException("'" + host + "' is not known", unknown);
        }
    }

    @Override
    public MemberId self() {
        return self;
    }

    @Override
    public List<Member> members() {
        try {
            return hazelcast.getCluster().getMembers().stream()
                    .map(HazelcastCluster::member)
                    .toList();
        } catch (HazelcastInstanceNotActiveException gone) {
            return List.of();
        }
    }

    private static Member member(com.hazelcast.cluster.Member member) {
        return new Member(
                id(member),
                Objects.requireNonNullElse(
                        member.getAttribute(NAME_ATTRIBUTE), member.getUuid().toString()),
                member.getAttribute(ADDRESS_ATTRIBUTE));
    }

    @Override
    public @Nullable MemberId writerOf(HospitalId hospital) {
        try {
            com.hazelcast.cluster.Member owner = hazelcast
                    .getPartitionService()
                    .getPartition(hospital.value())
                    .getOwner();
            return owner == null ? null : id(owner);
        } catch (HazelcastInstanceNotActiveException gone) {
            return null;
        }
    }

    @Override
    public AutoCloseable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /** Hazelcast's own number for a member changes when a cluster that fell apart comes together again; this one does not. */
    private static MemberId id(com.hazelcast.cluster.Member member) {
        return new MemberId(Objects.requireNonNullElse(
                member.getAttribute(EVENT_BUS_ATTRIBUTE), member.getUuid().toString()));
    }

    /** Hands this member's hospitals on, and leaves. */
    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
