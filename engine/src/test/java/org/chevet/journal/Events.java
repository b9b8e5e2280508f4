package org.chevet.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;

/** Small events of two hospitals. */
final class Events {
    static final HospitalId NORTH = new HospitalId("north");
    static final HospitalId SOUTH = new HospitalId("south");

    private Events() {}

    static List<Recorded> read(Journal journal, HospitalId hospital, long after) {
        List<Recorded> read = new ArrayList<>();
        journal.read(hospital, after, read::add);
        return read;
    }

    static Journal.Batch batch(HospitalId hospital, Recorded... events) {
        return new Journal.Batch(
                hospital,
                Arrays.stream(events)
                        .map(event -> new Journal.Entry(event, null))
                        .toList());
    }

    static Recorded event(long sequence) {
        return event(sequence, sequence);
    }

    static Recorded event(long sequence, long act) {
        return new Recorded(
                sequence,
                act,
                Samples.TIME,
                new Origin.Engine(),
                new BedEvent.BedClosed(Samples.TIME, new BedId("B" + sequence)));
    }
}
