package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Acceptance;
import org.chevet.event.BedEvent;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;

/** Acceptances, refusals and overrides by service and reason: as many figures as services and reasons, however much is negotiated. */
final class Tallies {
    private record Key(ServiceId service, Tally.Kind kind, String reason) {}

    private final Map<Key, Long> counts = new HashMap<>();
    private final ViewMarks marks;

    Tallies(ViewMarks marks) {
        this.marks = marks;
    }

    /** In a fixed order. */
    List<Tally> all() {
        List<Tally> all = new ArrayList<>();
        counts.forEach((key, count) -> all.add(new Tally(key.service(), key.kind(), key.reason(), count)));
        all.sort(Tally.ORDER);
        return all;
    }

    void restore(Collection<Tally> kept) {
        kept.forEach(tally -> counts.put(new Key(tally.service(), tally.kind(), tally.reason()), tally.count()));
    }

    /**
     * Counts what a person did; what comes back by an undo is signed, and is counted already.
     *
     * @param by 1, or -1 where it is taken back
     */
    void count(BedEvent event, Layout layout, int by) {
        switch (event) {
            case BedEvent.BedReserved e -> {
                Acceptance acceptance = e.acceptance();
                if (acceptance != null && acceptance.by() == null) {
                    ServiceId service = serviceOf(e.bed(), layout);
                    add(new Key(service, Tally.Kind.ACCEPTED, ""), by);
                    if (acceptance.override() != null) {
                        add(override(service, acceptance.override()), by);
                    }
                }
            }
            case BedEvent.BedRefused e ->
                add(
                        new Key(
                                e.refusal().service(),
                                Tally.Kind.REFUSED,
                                e.refusal().reason().name()),
                        by);
            case BedEvent.RulesOverridden e -> add(override(serviceOf(e.bed(), layout), e.override()), by);
            default -> {}
        }
    }

    private static Key override(ServiceId service, RuleOverride override) {
        return new Key(service, Tally.Kind.OVERRIDDEN, override.reason().name());
    }

    private static ServiceId serviceOf(BedId bed, Layout layout) {
        return layout.services.get(layout.serviceOfBed(layout.bed(bed))).id();
    }

    private void add(Key key, int by) {
        counts.merge(key, (long) by, Long::sum);
        counts.remove(key, 0L);
        marks.tallies();
    }
}
