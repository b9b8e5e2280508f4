package org.chevet.occupancy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.event.Acceptance;
import org.chevet.event.BedEvent;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;

/** Acceptances, refusals and overrides by service and reason: as many figures as services and reasons, however much is negotiated. */
final class Tallies {
    private record Key(ServiceId service, Tally.Kind kind, String reason) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byService = service.compareTo(other.service);
            int byKind = byService != 0 ? byService : kind.compareTo(other.kind);
            return byKind != 0 ? byKind : reason.compareTo(other.reason);
        }
    }

    private final Map<Key, Tally> counts = new TreeMap<>();
    private final ViewMarks marks;

    Tallies(ViewMarks marks) {
        this.marks = marks;
    }

    /** In a fixed order. */
    List<Tally> all() {
        return List.copyOf(counts.values());
    }

    void restore(Collection<Tally> kept) {
        kept.forEach(tally -> counts.put(new Key(tally.service(), tally.kind(), tally.reason()), tally));
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
        Tally before = counts.get(key);
        long count = by + (before == null ? 0 : before.count());
        if (count == 0) {
            counts.remove(key);
        } else {
            counts.put(key, new Tally(key.service(), key.kind(), key.reason(), count));
        }
        marks.tallies();
    }
}
