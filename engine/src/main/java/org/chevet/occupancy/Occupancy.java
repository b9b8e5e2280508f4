package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** placeholder, being written. */
public final class Occupancy {
    /** An empty state: the first event of a journal defines the hospital. */
    public Occupancy() {}

    /** Rebuilds from a snapshot. */
    public Occupancy(OccupancyState state) {
        throw new IllegalStateException(state.toString());
    }

    /** What comes of a command, at this time of the hospital's clock. Changes nothing. */
    public Decision decide(Command command, Instant now) {
        throw new IllegalStateException(command + " " + now);
    }

    /** Folds an event in. Events come in sequence, without gaps. */
    public void apply(Recorded recorded) {
        throw new IllegalStateException(recorded.toString());
    }

    /** Everything, to be kept as a snapshot. */
    public OccupancyState state() {
        throw new IllegalStateException();
    }

    /** Equal for equal states, on every machine. */
    public long digest() {
        return 0;
    }

    /** The state as readers see it. What did not change since the last call is the same object. */
    public HospitalView view() {
        throw new IllegalStateException();
    }

    public long sequence() {
        return 0;
    }

    /** When {@link Command.PassTime} will next have something to do, null when nothing waits. */
    public @Nullable Instant nextDeadline() {
        return null;
    }

    /** Who lay in a bed at a time, as far as stays not yet archived tell; by stay number. */
    public List<StayId> occupants(BedId bed, Instant at) {
        throw new IllegalStateException(bed + " " + at);
    }
}
