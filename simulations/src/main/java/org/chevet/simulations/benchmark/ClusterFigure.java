package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Several members over one PostgreSQL, as processes, asked over HTTP. The first argument says what is measured: {@code handover ROUNDS},
 * {@code throughput HOSPITALS SECONDS}, {@code latency ACTS}, {@code lag EVENTS_PER_SECOND SECONDS}, {@code hospitals HOSPITALS BEDS}.
 */
public final class ClusterFigure {
    private static final String FIRST = "H0";
    private static final int BEDS = 40;
    private static final int WARM_UP_ACTS = 2_000;

    /** In flight at a time for each hospital. */
    private static final int SENDERS_PER_HOSPITAL = 2;

    private ClusterFigure() {}

    public static void main(String[] arguments) throws Exception {
        String what = arguments.length == 0 ? "" : arguments[0];
        switch (what) {
            case "handover" -> handOver(number(arguments, 1, 20));
            case "throughput" -> throughput(number(arguments, 1, 50), number(arguments, 2, 20));
            case "latency" -> latency(number(arguments, 1, 5_000));
            case "lag" -> lag(number(arguments, 1, 1_000), number(arguments, 2, 20));
            case "hospitals" -> hospitals(number(arguments, 1, 300), number(arguments, 2, 1_000));
            default ->
                throw new IllegalArgumentException(
                        "'" + what + "' is none of handover, throughput, latency, lag, hospitals");
        }
    }

    private static int number(String[] arguments, int index, int fallback) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : fallback;
    }

    /** From the last act that was done before the writer is killed to the next one that is, both asked of the other member. */
    private static void handOver(int rounds) throws Exception {
        List<Long> millis = new ArrayList<>();
        try (ServedCluster cluster = new ServedCluster(1, BEDS, 2)) {
            for (ServedCluster.Member member : cluster.members()) {
                member.start();
            }
            for (int round = 0; round < rounds; round++) {
                cluster.awaitSettled(cluster.members());
                boolean first = !cluster.members().getFirst().writes().isEmpty();
                ServedCluster.Member writer = cluster.members().get(first ? 0 : 1);
                ServedCluster.Member other = cluster.members().get(first ? 1 : 0);
                long last = System.nanoTime();
                for (int i = 0; i < 100; i++) {
                    if (toggle(other, FIRST, 0, i)) {
                        last = System.nanoTime();
                    }
                }
                writer.kill();
                String key = "after-" + round;
                while (!done(other, key)) {
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                }
                millis.add((System.nanoTime() - last) / 1_000_000);
                System.out.printf(Locale.ROOT, "round %d: %d ms%n", round + 1, millis.getLast());
                writer.start();
            }
        }
        Collections.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "hand-over after kill -9, %d rounds, silenceSecondsMax 3: median %d ms, worst %d ms%n",
                rounds,
                millis.get(millis.size() / 2),
                millis.getLast());
    }

    private static boolean done(ServedCluster.Member member, String key) throws InterruptedException {
        try {
            return member.act(FIRST, "block-bed", block(1), key) > 0
                    || member.act(FIRST, "unblock-bed", unblock(1), key + "-un") > 0;
        } catch (IOException away) {
            return false;
        }
    }

    /** Acts per second, with one, two and three members, senders at all of them. */
    private static void throughput(int hospitals, int seconds) throws Exception {
        for (int members = 1; members <= 3; members++) {
            try (ServedCluster cluster = new ServedCluster(hospitals, BEDS, members)) {
                for (ServedCluster.Member member : cluster.members()) {
                    member.start();
                }
                cluster.awaitSettled(cluster.members());
                send(cluster, Duration.ofSeconds(seconds).dividedBy(2));
                long done = send(cluster, Duration.ofSeconds(seconds));
                System.out.printf(
                        Locale.ROOT, "%d members, %d hospitals: %d acts/s%n", members, hospitals, done / seconds);
            }
        }
    }

    private static long send(ServedCluster cluster, Duration time) throws Exception {
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + time.toNanos();
        List<Future<?>> senders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sender = 0; sender < cluster.hospitals().size() * SENDERS_PER_HOSPITAL; sender++) {
                String hospital = cluster.hospitals().get(sender / SENDERS_PER_HOSPITAL);
                int bed = sender % SENDERS_PER_HOSPITAL;
                ServedCluster.Member member =
                        cluster.members().get(sender % cluster.members().size());
                senders.add(threads.submit(() -> {
                    for (int i = 0; System.nanoTime() < end; i++) {
                        if (toggle(member, hospital, bed, i)) {
                            done.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
        return done.get();
    }

    /** One act after the other, at the member that writes and at the other, in turn. */
    private static void latency(int acts) throws Exception {
        try (ServedCluster cluster = new ServedCluster(1, BEDS, 2)) {
            for (ServedCluster.Member member : cluster.members()) {
                member.start();
            }
            cluster.awaitSettled(cluster.members());
            boolean first = !cluster.members().getFirst().writes().isEmpty();
            Histogram local = new Histogram(3);
            Histogram forwarded = new Histogram(3);
            for (int i = 0; i < WARM_UP_ACTS + acts; i++) {
                for (int at = 0; at < 2; at++) {
                    long start = System.nanoTime();
                    toggle(cluster.members().get(at), FIRST, at, i);
                    if (i >= WARM_UP_ACTS) {
                        (at == 0 == first ? local : forwarded).recordValue(System.nanoTime() - start);
                    }
                }
            }
            print("at the member that writes", local);
            print("forwarded by the other", forwarded);
        }
    }

    /** How long after an act is done at the member that writes the other one shows it, while others act at a steady rate. */
    private static void lag(int eventsPerSecond, int seconds) throws Exception {
        try (ServedCluster cluster = new ServedCluster(1, BEDS, 2)) {
            for (ServedCluster.Member member : cluster.members()) {
                member.start();
            }
            cluster.awaitSettled(cluster.members());
            boolean first = !cluster.members().getFirst().writes().isEmpty();
            ServedCluster.Member writer = cluster.members().get(first ? 0 : 1);
            ServedCluster.Member follower = cluster.members().get(first ? 1 : 0);
            Histogram lag = new Histogram(3);
            long start = System.nanoTime();
            long warm = start + Duration.ofSeconds(seconds).dividedBy(2).toNanos();
            long end = warm + Duration.ofSeconds(seconds).toNanos();
            AtomicLong events = new AtomicLong();
            int senders = BEDS - 1;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int sender = 1; sender <= senders; sender++) {
                    int bed = sender;
                    threads.submit(() -> {
                        long gap = Duration.ofSeconds(senders)
                                .dividedBy(eventsPerSecond)
                                .toNanos();
                        for (int i = 0; System.nanoTime() < end; i++) {
                            // By the plan, not by the last answer: who is late does not get off lighter.
                            LockSupport.parkNanos(start + i * gap - System.nanoTime());
                            if (toggle(writer, FIRST, bed, i)) {
                                events.incrementAndGet();
                            }
                        }
                        return null;
                    });
                }
                for (int i = 0; System.nanoTime() < end; i++) {
                    String act = i % 2 == 0 ? "block-bed" : "unblock-bed";
                    long sequence = writer.act(FIRST, act, i % 2 == 0 ? block(0) : unblock(0), "probe-" + i);
                    long done = System.nanoTime();
                    while (follower.sequence(FIRST) < sequence) {
                        Thread.onSpinWait();
                    }
                    if (done > warm) {
                        lag.recordValue(System.nanoTime() - done);
                    }
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d events/s%n",
                    events.get() * 1_000_000_000L / Math.max(1, System.nanoTime() - start));
            print("from done there to shown here, one read over HTTP included", lag);
        }
    }

    /** One process with all hospitals, and one more that follows or shares them. */
    private static void hospitals(int hospitals, int beds) throws Exception {
        try (ServedCluster cluster = new ServedCluster(hospitals, beds, 2)) {
            ServedCluster.Member one = cluster.members().get(0);
            ServedCluster.Member other = cluster.members().get(1);
            describe("alone, first start", one.start(), one, hospitals, beds);
            one.kill();
            describe("alone, started again", one.start(), one, hospitals, beds);
            Duration start = other.start();
            cluster.awaitSettled(cluster.members());
            describe("one more member", start, other, hospitals, beds);
            System.out.printf(
                    Locale.ROOT,
                    "it writes %d and follows %d of them%n",
                    other.writes().size(),
                    hospitals - other.writes().size());
        }
    }

    private static void describe(String what, Duration start, ServedCluster.Member member, int hospitals, int beds)
            throws IOException, InterruptedException {
        member.awaitLearned();
        long heap = member.heapMebibytes();
        System.out.printf(
                Locale.ROOT,
                "%s, %d hospitals of %d beds: started in %.1f s, %d MiB of objects in use (%.2f MiB for each), "
                        + "resident %d MiB, %d threads%n",
                what,
                hospitals,
                beds,
                start.toMillis() / 1_000.0,
                heap,
                (double) heap / hospitals,
                member.status("VmRSS") / 1_024,
                member.status("Threads"));
    }

    private static boolean toggle(ServedCluster.Member member, String hospital, int bed, int turn)
            throws IOException, InterruptedException {
        return turn % 2 == 0
                ? member.act(hospital, "block-bed", block(bed))
                : member.act(hospital, "unblock-bed", unblock(bed));
    }

    private static String block(int bed) {
        return "{\"bed\":\"0-" + bed + "\",\"reason\":\"MAINTENANCE\"}";
    }

    private static String unblock(int bed) {
        return "{\"bed\":\"0-" + bed + "\"}";
    }

    private static void print(String what, Histogram nanos) {
        System.out.printf(
                Locale.ROOT,
                "%s: median %.2f ms, p99 %.2f ms, worst %.2f ms (%d)%n",
                what,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6,
                nanos.getTotalCount());
    }
}
