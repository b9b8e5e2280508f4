package org.chevet.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.chevet.runtime.Following;
import org.chevet.runtime.SharedHospital;

/** How this member of a cluster stands to a hospital, for Prometheus. Of whoever scrapes. */
final class SharingMetrics {
    private final MeterRegistry registry;
    private final SharedHospital hospital;
    private final Tags tags;
    private final MultiGauge writer;

    SharingMetrics(MeterRegistry registry, SharedHospital hospital) {
        this.registry = registry;
        this.hospital = hospital;
        tags = Tags.of("hospital", hospital.id().value());
        writer = MultiGauge.builder("chevet.cluster.writer")
                .description("1 for the member that is heard to write the hospital")
                .tags(tags)
                .register(registry);
        gauge("chevet.cluster.writes", "1 when this member writes the hospital", now -> now.writes() ? 1 : 0);
        gauge(
                "chevet.cluster.age.seconds",
                "since what is shown was known to be all there is; 0 for the writer",
                now -> now.age().toMillis() / 1_000.0);
        gauge("chevet.cluster.behind.events", "events that the writer has and that are not shown", Following::behind);
        FunctionCounter.builder(
                        "chevet.cluster.losses", hospital, it -> it.following().losses())
                .description("how often this member found another one writing the hospital")
                .tags(tags)
                .register(registry);
    }

    /** Before each scrape: who writes changes. */
    void refresh() {
        String member = hospital.following().writer();
        writer.register(
                member == null ? List.of() : List.of(MultiGauge.Row.of(Tags.of("member", member), () -> 1)), true);
    }

    private void gauge(String name, String description, ToDoubleFunction<Following> value) {
        Gauge.builder(name, hospital, it -> value.applyAsDouble(it.following()))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
