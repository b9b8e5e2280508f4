package org.chevet.runtime;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.chevet.cluster.Member;
import org.chevet.cluster.MemberId;
import org.chevet.cluster.Membership;
import org.chevet.cluster.Messenger;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * Members in one process, whose connections a test can cut. Each believes what it sees: of those it reaches, the first by the
 * hospital's turn writes. One that is frozen hears and says nothing, and goes on believing what it believed.
 */
final class LocalNetwork implements AutoCloseable {
    /** Of members whose messages take no time. */
    static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(20),
            Duration.ofMillis(200),
            Duration.ofMillis(5),
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(20));

    /** The same, of members that otherwise wait so long before they try again, and after a loss. */
    static Patience patience(Duration askAgainAfter, Duration holdOff) {
        return new Patience(
                PATIENCE.submissionMax(),
                PATIENCE.askMax(),
                askAgainAfter,
                PATIENCE.viewMax(),
                PATIENCE.lookEvery(),
                PATIENCE.silenceMax(),
                holdOff,
                PATIENCE.holdOffWanted(),
                PATIENCE.journalSilenceMax(),
                PATIENCE.newsEvery());
    }

    /** What becomes of messages on their way. */
    interface Weather {
        Weather FAIR = (from, to, number) -> Fate.ONCE;

        /** @param number of the messages that went this way before */
        Fate fate(MemberId from, MemberId to, long number);
    }

    /** @param delays of each time that it arrives; none when it is lost */
    record Fate(List<Duration> delays) {
        static final Fate ONCE = new Fate(List.of(Duration.ZERO));
        static final Fate LOST = new Fate(List.of());
    }

    private final Map<MemberId, Node> nodes = new TreeMap<>();

    /** Pairs that do not reach each other. */
    private final Set<Set<MemberId>> cuts = new HashSet<>();

    private final Map<List<MemberId>, AtomicLong> sent = new ConcurrentHashMap<>();
    private final Weather weather;

    LocalNetwork() {
        this(Weather.FAIR);
    }

    LocalNetwork(Weather weather) {
        this.weather = weather;
    }

    synchronized Node join(String name) {
        Node node = new Node(new MemberId(name));
        nodes.put(node.id, node);
        changed();
        return node;
    }

    synchronized void leave(MemberId id) {
        nodes.remove(id);
        changed();
    }

    synchronized void cut(MemberId one, MemberId other) {
        cuts.add(Set.of(one, other));
        changed();
    }

    synchronized void heal() {
        cuts.clear();
        changed();
    }

    synchronized void changed() {
        nodes.values().forEach(Node::look);
    }

    private synchronized boolean reaches(MemberId one, MemberId other) {
        Node from = nodes.get(one);
        Node to = nodes.get(other);
        return from != null && to != null && !from.frozen && !to.frozen && !cuts.contains(Set.of(one, other));
    }

    /** Brings something from one to the other, if it gets there. */
    private void carry(MemberId from, Node to, Runnable what) {
        if (!reaches(from, to.id)) {
            return;
        }
        long number = sent.computeIfAbsent(List.of(from, to.id), way -> new AtomicLong())
                .getAndIncrement();
        for (Duration delay : weather.fate(from, to.id, number).delays()) {
            if (delay.isZero()) {
                to.receive(what);
            } else {
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> to.receive(what));
            }
        }
    }

    private synchronized @Nullable Node node(MemberId id) {
        return nodes.get(id);
    }

    private synchronized List<Node> others(MemberId id) {
        return nodes.values().stream().filter(node -> !node.id.equals(id)).toList();
    }

    @Override
    public synchronized void close() {
        nodes.values().forEach(node -> node.mail.shutdownNow());
    }

    /** One member's view of the cluster, and its mouth and ears. */
    final class Node implements Membership, Messenger {
        private final MemberId id;
        private final Map<String, Respondent> respondents = new ConcurrentHashMap<>();
        private final Map<String, List<Listener>> listeners = new ConcurrentHashMap<>();
        private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
        private final ExecutorService mail =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        private volatile List<MemberId> believed = List.of();
        private volatile boolean frozen;
        private volatile boolean takesPart = true;

        /** Whether what others tell does not arrive here, though all are known to be there. */
        volatile boolean deaf;

        /** How many of the next answers to this member get lost. */
        final AtomicInteger answersToLose = new AtomicInteger();

        private Node(MemberId id) {
            this.id = id;
        }

        void freeze() {
            frozen = true;
            changed();
        }

        /** It still believes what it believed, until the network changes. */
        void thaw() {
            frozen = false;
        }

        private void look() {
            if (frozen) {
                return;
            }
            believed = nodes.keySet().stream()
                    .filter(other -> other.equals(id) || reaches(id, other))
                    .toList();
            watchers.forEach(Runnable::run);
        }

        @Override
        public MemberId self() {
            return id;
        }

        @Override
        public List<Member> members() {
            return believed.stream()
                    .map(other -> new Member(other, other.value(), null))
                    .toList();
        }

        @Override
        public @Nullable MemberId writerOf(HospitalId hospital) {
            List<MemberId> seen =
                    believed.stream().filter(other -> isTakingPart(other)).toList();
            return seen.isEmpty()
                    ? null
                    : seen.get(Math.floorMod(hospital.value().hashCode(), seen.size()));
        }

        private boolean isTakingPart(MemberId member) {
            Node node = node(member);
            return node != null && node.takesPart;
        }

        @Override
        public void takePart() {
            takesPart = true;
            changed();
        }

        @Override
        public void handOver() {
            if (believed.stream().anyMatch(other -> !other.equals(id) && isTakingPart(other))) {
                takesPart = false;
                changed();
            }
        }

        @Override
        public AutoCloseable onChange(Runnable changed) {
            watchers.add(changed);
            return () -> watchers.remove(changed);
        }

        @Override
        public CompletableFuture<byte[]> ask(MemberId member, String subject, byte[] question, Duration timeMax) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            Node other = node(member);
            if (other != null) {
                carry(id, other, () -> {
                    Respondent respondent = other.respondents.get(subject);
                    if (respondent != null) {
                        respondent.answer(question).whenComplete((told, failure) -> {
                            if (told != null && answersToLose.getAndDecrement() <= 0) {
                                carry(member, this, () -> answer.complete(told));
                            }
                        });
                    }
                });
            }
            return answer.orTimeout(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void tell(String subject, byte[] news) {
            for (Node other : others(id)) {
                if (!other.deaf) {
                    carry(
                            id,
                            other,
                            () -> other.listeners
                                    .getOrDefault(subject, List.of())
                                    .forEach(listener -> listener.heard(news)));
                }
            }
        }

        private void receive(Runnable what) {
            if (!mail.isShutdown() && !frozen) {
                mail.execute(what);
            }
        }

        @Override
        public AutoCloseable respond(String subject, Respondent respondent) {
            respondents.put(subject, respondent);
            return () -> respondents.remove(subject);
        }

        @Override
        public AutoCloseable listen(String subject, Listener listener) {
            List<Listener> all = listeners.computeIfAbsent(subject, any -> new CopyOnWriteArrayList<>());
            all.add(listener);
            return () -> all.remove(listener);
        }
    }
}
