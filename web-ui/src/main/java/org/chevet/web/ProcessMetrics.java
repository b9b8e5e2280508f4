package org.chevet.web;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.chevet.hospital.HospitalId;
import org.chevet.runtime.Engine;
import org.chevet.runtime.Measurements;

/** What one process tells Prometheus of itself: how long the way from command to board takes, the journal, the JVM, the disk. */
final class ProcessMetrics implements Measurements, AutoCloseable {
    /** Of work in memory. */
    private static final Duration[] SHORT = millis(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000);

    /** Of work that waits for the disk. */
    private static final Duration[] LONG = millis(0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000);

    private static final double[] GROUP_EVENTS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000};

    private final MeterRegistry registry;
    private final Timer decide;
    private final Timer append;
    private final Timer publish;
    private final DistributionSummary groups;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<HospitalId, Snapshot> snapshots = new ConcurrentHashMap<>();

    /** The last one written since the start. */
    private static final class Snapshot {
        final AtomicLong sequence = new AtomicLong();
        final AtomicLong bytes = new AtomicLong();
        volatile long writtenNanos;
    }

    ProcessMetrics(MeterRegistry registry, Engine engine, Path dataDirectory) {
        this.registry = registry;
        decide = timer("chevet.decide", "deciding a batch of commands in memory", SHORT);
        append = timer("chevet.journal.append", "making a group of events durable: one transaction, one fsync", LONG);
        publish = timer("chevet.publish", "publishing a durable batch and answering its senders", SHORT);
        groups = DistributionSummary.builder("chevet.journal.group.events")
                .description("events made durable by one transaction")
                .serviceLevelObjectives(GROUP_EVENTS)
                .register(registry);
        FunctionCounter.builder(
                        "chevet.journal.failures",
                        engine,
                        it -> it.journalFigures().failures())
                .description("groups that could not be made durable")
                .register(registry);
        FunctionCounter.builder(
                        "chevet.journal.conflicts",
                        engine,
                        it -> it.journalFigures().conflicts())
                .description("appends refused because another process had written that event")
                .register(registry);
        Gauge.builder("chevet.build.info", () -> 1)
                .description("always 1; what runs")
                .tags("version", IndexPage.version(), "java", Runtime.version().toString())
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new DiskSpaceMetrics(dataDirectory.toFile(), Tags.of("of", "data")).bindTo(registry);
        collections.bindTo(registry);
    }

    @Override
    public void decided(HospitalId hospital, int commands, long nanos) {
        if (!hospital.isDrill()) {
            decide.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void appended(int events, long nanos) {
        append.record(nanos, TimeUnit.NANOSECONDS);
        groups.record(events);
    }

    @Override
    public void published(long nanos) {
        publish.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void snapshotKept(HospitalId hospital, long sequence, int bytes) {
        if (hospital.isDrill()) {
            return;
        }
        Snapshot snapshot = snapshots.computeIfAbsent(hospital, this::register);
        snapshot.sequence.set(sequence);
        snapshot.bytes.set(bytes);
        snapshot.writtenNanos = System.nanoTime();
    }

    @Override
    public void handedOver(HospitalId hospital, long nanos) {
        handOvers().record(nanos, TimeUnit.NANOSECONDS);
    }

    /** There from the start where there are other members, so that the first one is seen as an increase. */
    Timer handOvers() {
        return timer("chevet.cluster.handover", "from the last word of one writer until the next writes", LONG);
    }

    @Override
    public void forwarded(String outcome, long nanos) {
        Timer.builder("chevet.cluster.forwarded")
                .description("what was asked here of another member that writes, until its sender was answered")
                .tag("outcome", outcome)
                .serviceLevelObjectives(LONG)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        collections.close();
    }

    private Snapshot register(HospitalId hospital) {
        Snapshot snapshot = new Snapshot();
        Tags tags = Tags.of("hospital", hospital.value());
        Gauge.builder("chevet.snapshot.sequence", snapshot.sequence, AtomicLong::get)
                .description("the event after which the last snapshot was taken; a restart replays those since")
                .tags(tags)
                .register(registry);
        Gauge.builder("chevet.snapshot.bytes", snapshot.bytes, AtomicLong::get)
                .description("size of the last snapshot")
                .tags(tags)
                .register(registry);
        Gauge.builder("chevet.snapshot.age.seconds", snapshot, it -> (System.nanoTime() - it.writtenNanos) / 1e9)
                .description("since the last snapshot was written")
                .tags(tags)
                .register(registry);
        return snapshot;
    }

    private Timer timer(String name, String description, Duration[] buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static Duration[] millis(double... bounds) {
        return Arrays.stream(bounds)
                .mapToObj(bound -> Duration.ofNanos((long) (bound * 1e6)))
                .toArray(Duration[]::new);
    }
}
