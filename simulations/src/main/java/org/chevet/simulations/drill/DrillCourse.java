package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;

/** How full a drill's services were, at times as far apart as its length asks for: for a report that has no server to ask. Of one thread. */
public final class DrillCourse {
    /** Beside the last one. */
    static final int SAMPLES_MAX = 300;

    /**
     * @param occupied beds with a patient, by service in the order of the hospital's file
     * @param open beds, likewise
     * @param requests bed requests that are open
     */
    public record Sample(Instant at, List<Integer> occupied, List<Integer> open, int requests) {
        public Sample {
            occupied = List.copyOf(occupied);
            open = List.copyOf(open);
        }
    }

    private final Instant until;
    private final Duration step;
    private final List<Sample> samples = new ArrayList<>();
    private Instant next;

    DrillCourse(Instant from, Instant until) {
        this.until = until;
        step = Duration.ofMinutes(
                Math.max(1, Math.ceilDiv(Duration.between(from, until).toMinutes(), SAMPLES_MAX)));
        next = from;
    }

    /** @param occupancy as it was until something happened at that time */
    void before(Instant time, Occupancy occupancy) {
        if (next.isBefore(time)) {
            HospitalView view = occupancy.view();
            while (next.isBefore(time)) {
                samples.add(sample(next, view));
                next = next.plus(step);
            }
        }
    }

    /** The first first; the last is of the end. */
    List<Sample> all(Occupancy occupancy) {
        before(until, occupancy);
        samples.add(sample(until, occupancy.view()));
        return List.copyOf(samples);
    }

    private static Sample sample(Instant at, HospitalView view) {
        return new Sample(
                at,
                view.services().stream()
                        .map(service -> service.counts().occupied())
                        .toList(),
                view.services().stream().map(service -> service.counts().open()).toList(),
                view.requests().size());
    }
}
