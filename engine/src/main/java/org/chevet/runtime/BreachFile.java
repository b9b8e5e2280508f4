package org.chevet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to see a breach again. It holds patients' data.
 *
 * @param at the hospital's time when it was found
 * @param before the state that the journal has, null when it could not be read
 * @param asked what was decided on it since, in order
 * @param events what came of that, none of it in the journal
 */
record BreachFile(
        HospitalId hospital,
        Instant at,
        List<Breach> breaches,
        @Nullable OccupancyState before,
        List<Asked> asked,
        List<Recorded> events) {
    BreachFile {
        breaches = List.copyOf(breaches);
        asked = List.copyOf(asked);
        events = List.copyOf(events);
    }

    /**
     * What came of deciding it all once more.
     *
     * @param breaches the first that came up, and those of the state it ends with
     * @param sameEvents whether the same events came of it
     */
    record Replay(List<Breach> breaches, boolean sameEvents) {}

    /** @throws IllegalStateException when the state before was not kept */
    Replay replay() {
        if (before == null) {
            throw new IllegalStateException("the state before was not kept: the journal could not be read then");
        }
        Occupancy occupancy = new Occupancy(before);
        List<Recorded> again = new ArrayList<>();
        PlacementJudge judge = new PlacementJudge();
        asked.forEach(one -> one.applyTo(occupancy, judge, again));
        List<Breach> found = new ArrayList<>();
        Breach first = occupancy.breach();
        if (first != null) {
            found.add(first);
        }
        found.addAll(occupancy.breaches());
        return new Replay(found, again.equals(events));
    }

    void write(OutputStream out) throws IOException {
        try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            CommandJson.MAPPER.writeValue(zipped, this);
        }
    }

    static BreachFile read(InputStream in) throws IOException {
        try (GZIPInputStream unzipped = new GZIPInputStream(in)) {
            return CommandJson.MAPPER.readValue(unzipped, BreachFile.class);
        }
    }
}
