package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Anomaly;
import org.chevet.event.BedCondition;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.jspecify.annotations.Nullable;

/** What follows from a bed's state as another system sees it (HL7 A20). */
final class BedStatusDecisions {
    private final LiveState live;

    BedStatusDecisions(LiveState live) {
        this.live = live;
    }

    void decide(Command.ReportBedStatus fact, Instant now, List<BedEvent> events) {
        Contradictions contradictions = new Contradictions(live, now, events);
        int index = live.layout().bed(fact.bed());
        if (index == Layout.NONE) {
            raise(Anomaly.Kind.UNKNOWN_BED, "bed:", null, fact, contradictions);
            return;
        }
        BedStatus bed = live.bed(index);
        switch (fact.status()) {
            case CLOSED -> close(fact, bed, contradictions, events);
            case HOUSEKEEPING -> clean(fact, bed, contradictions, events);
            case CONTAMINATED -> {
                if (bed.condition() != BedCondition.TO_CLEAN || !bed.contaminated()) {
                    events.add(new BedEvent.CleaningRequested(
                            fact.at(), bed.bed(), true, bed.condition(), bed.contaminated()));
                }
            }
            case UNOCCUPIED -> free(fact, bed, contradictions, events);
            case OCCUPIED -> {
                if (bed.occupants().isEmpty()) {
                    contradict(fact, bed, contradictions);
                }
            }
            case ISOLATED -> {
                if (bed.occupants().isEmpty() && bed.block() == null) {
                    contradictions.release(bed.bed(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
                    events.add(new BedEvent.BedBlocked(fact.at(), bed.bed(), BlockReason.ISOLATION, null, null));
                }
            }
        }
    }

    private static void close(
            Command.ReportBedStatus fact, BedStatus bed, Contradictions contradictions, List<BedEvent> events) {
        if (bed.open()) {
            contradictions.release(bed.bed(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
            events.add(new BedEvent.BedClosed(fact.at(), bed.bed()));
        }
        if (!bed.occupants().isEmpty()) {
            contradictions
                    .anomalies()
                    .raise(
                            Anomaly.Kind.BED_NOT_USABLE,
                            "unusable:" + bed.bed(),
                            bed.occupants().getFirst(),
                            null,
                            bed.bed(),
                            null);
        }
    }

    private static void clean(
            Command.ReportBedStatus fact, BedStatus bed, Contradictions contradictions, List<BedEvent> events) {
        switch (bed.condition()) {
            case CLEAN ->
                events.add(new BedEvent.CleaningRequested(
                        fact.at(), bed.bed(), false, bed.condition(), bed.contaminated()));
            case TO_CLEAN -> events.add(new BedEvent.CleaningStarted(fact.at(), bed.bed(), bed.condition()));
            case CLEANING -> {}
        }
        if (!bed.occupants().isEmpty()) {
            contradict(fact, bed, contradictions);
        }
    }

    private static void free(
            Command.ReportBedStatus fact, BedStatus bed, Contradictions contradictions, List<BedEvent> events) {
        if (!bed.open()) {
            contradictions.open(bed, fact.at());
        }
        if (bed.condition() != BedCondition.CLEAN) {
            events.add(new BedEvent.CleaningFinished(fact.at(), bed.bed(), bed.condition(), bed.contaminated()));
        }
        if (!bed.occupants().isEmpty()) {
            contradict(fact, bed, contradictions);
        }
    }

    private static void contradict(Command.ReportBedStatus fact, BedStatus bed, Contradictions contradictions) {
        raise(Anomaly.Kind.BED_STATUS_CONTRADICTED, "status:", bed, fact, contradictions);
    }

    private static void raise(
            Anomaly.Kind kind,
            String prefix,
            @Nullable BedStatus bed,
            Command.ReportBedStatus fact,
            Contradictions contradictions) {
        contradictions
                .anomalies()
                .raise(
                        kind,
                        prefix + fact.bed(),
                        bed == null || bed.occupants().isEmpty()
                                ? null
                                : bed.occupants().getFirst(),
                        null,
                        fact.bed(),
                        fact.status().name());
    }
}
