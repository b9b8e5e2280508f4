package org.chevet.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.Recorded;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.placement.Cascades;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of placement at this member, how long it takes, and what people then do: hospitals, priorities, rules and reasons, never a request
 * or a patient. What is remembered is the event loop's.
 */
final class PlacementMetrics {
    /** Of so many requests it is remembered which beds were proposed, to count those that are then accepted or lost. */
    private static final int REQUESTS_SHOWN_MAX = 1_000;

    private static final Duration[] FINDING = LongStream.of(
                    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000, 5_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

    private static final Duration[] WAITING = LongStream.of(15, 30, 60, 120, 240, 480, 720, 1_440)
            .mapToObj(Duration::ofMinutes)
            .toArray(Duration[]::new);

    private record Shown(HospitalId hospital, RequestId request) {}

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Timer proposals;
    private final Timer plans;
    private final Timer cascades;

    private final Map<Shown, Set<BedId>> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shown, Set<BedId>> eldest) {
            return size() > REQUESTS_SHOWN_MAX;
        }
    };

    PlacementMetrics(Vertx vertx, MeterRegistry registry) {
        this.vertx = vertx;
        this.registry = registry;
        proposals = finding("chevet.proposals.duration", "finding the best beds for a request");
        plans = finding("chevet.queue.plan.duration", "planning the whole queue");
        cascades = finding("chevet.cascade.duration", "finding the moves that free a bed");
    }

    private Timer finding(String name, String description) {
        return Timer.builder(name)
                .description(description + ", with what had to be compiled first")
                .serviceLevelObjectives(FINDING)
                .register(registry);
    }

    <T> @Nullable T timeProposals(Supplier<@Nullable T> question) {
        return proposals.record(question);
    }

    <T> @Nullable T timePlan(Supplier<@Nullable T> question) {
        return plans.record(question);
    }

    <T> @Nullable T timeCascade(Supplier<@Nullable T> question) {
        return cascades.record(question);
    }

    /** Beds were proposed for a request; none where none fits. */
    void shown(LiveHospital hospital, RequestId request, Set<BedId> beds) {
        if (!beds.isEmpty() && !hospital.isDrill()) {
            shown.put(new Shown(hospital.id(), request), beds);
            count(hospital, "chevet.proposals.shown", "answers that proposed beds for a request", Tags.empty());
        }
    }

    void cascade(LiveHospital hospital, Cascades.Found found) {
        if (hospital.isDrill()) {
            return;
        }
        String outcome =
                found.cascade() == null ? "none" : found.cascade().moves().isEmpty() ? "unneeded" : "found";
        Tags tags = Tags.of("outcome", outcome, "proven", Boolean.toString(found.proven()));
        count(hospital, "chevet.cascades", "searches for moves that free a bed", tags);
    }

    /** Is told of each act that is done here. */
    void done(LiveHospital hospital, Command.Act act, Answer.Done done) {
        if (done.repeated()) {
            return;
        }
        switch (act) {
            case Command.ReserveBed reserve -> {
                Set<BedId> proposed = shown.remove(new Shown(hospital.id(), reserve.request()));
                if (proposed != null && proposed.contains(reserve.bed())) {
                    count(
                            hospital,
                            "chevet.proposals.accepted",
                            "beds reserved for whom they had been proposed",
                            Tags.empty());
                }
                waited(hospital, reserve.request());
            }
            case Command.AcceptCounterProposal accept -> {
                counterProposal(hospital, "accepted");
                waited(hospital, accept.request());
            }
            case Command.DeclineCounterProposal decline -> counterProposal(hospital, "declined");
            case Command.CounterProposeBed propose -> counterProposal(hospital, "made");
            default -> {}
        }
        if (override(act) != null) {
            vertx.executeBlocking(
                            () -> hospital.events(done.act() - 1, (int) (done.sequence() - done.act() + 1)), false)
                    .onSuccess(events -> countOverrides(hospital, events));
        }
    }

    /** Is told of each act that a rule of the hospital refused. */
    void refused(LiveHospital hospital, Command.Act act) {
        if (act instanceof Command.ReserveBed reserve
                && shown.getOrDefault(new Shown(hospital.id(), reserve.request()), Set.of())
                        .contains(reserve.bed())) {
            count(
                    hospital,
                    "chevet.proposals.lost",
                    "beds that could no longer be had by whom they had been proposed",
                    Tags.empty());
        }
    }

    private void counterProposal(LiveHospital hospital, String step) {
        count(hospital, "chevet.counter.proposals", "counter-proposals by services", Tags.of("step", step));
    }

    private void waited(LiveHospital hospital, RequestId id) {
        for (OpenRequest open : hospital.view().requests()) {
            BedRequest request = open.request();
            if (request.id().equals(id)) {
                Timer.builder("chevet.request.wait")
                        .description("from a bed request to the reservation of its bed")
                        .tag("hospital", hospital.id().value())
                        .tag("priority", Integer.toString(request.priority()))
                        .serviceLevelObjectives(WAITING)
                        .register(registry)
                        .record(Duration.between(
                                request.requestedAt(), hospital.writer().clock().now()));
            }
        }
    }

    /** What the journal says was overridden, whatever rules the act named beside. */
    private void countOverrides(LiveHospital hospital, List<Recorded> events) {
        for (Recorded recorded : events) {
            RuleOverride override = switch (recorded.event()) {
                case BedEvent.RulesOverridden overridden -> overridden.override();
                case BedEvent.BedReserved reserved ->
                    reserved.acceptance() == null ? null : reserved.acceptance().override();
                default -> null;
            };
            if (override != null) {
                String reason = override.reason().name().toLowerCase(Locale.ROOT);
                for (String rule : override.rules()) {
                    count(
                            hospital,
                            "chevet.rules.overridden",
                            "rules broken on purpose",
                            Tags.of("rule", rule, "reason", reason));
                }
            }
        }
    }

    private static @Nullable RuleOverride override(Command.Act act) {
        return switch (act) {
            case Command.AdmitStay admit -> admit.override();
            case Command.TransferStay transfer -> transfer.override();
            case Command.SwapStays swap -> swap.override();
            case Command.ReserveBed reserve -> reserve.override();
            case Command.AcceptCounterProposal accept -> accept.override();
            case Command.OfferInterhospitalTransfer offer -> offer.override();
            case Command.RecordInterhospitalArrival arrival -> arrival.override();
            default -> null;
        };
    }

    private void count(LiveHospital hospital, String name, String description, Tags tags) {
        Counter.builder(name)
                .description(description)
                .tag("hospital", hospital.id().value())
                .tags(tags)
                .register(registry)
                .increment();
    }
}
