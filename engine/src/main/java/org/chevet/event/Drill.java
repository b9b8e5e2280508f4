package org.chevet.event;

import java.util.List;
import java.util.Objects;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * An exercise on a hospital of its own.
 *
 * @param source the hospital whose journal it goes on from, null when it goes on from an invented one
 * @param startSequence the last event of the past; what follows it is the exercise's own
 * @param scenario the id of the scenario it was opened with, null for none
 * @param seed all that is drawn by lot comes from it
 * @param director who opened it
 * @param ordinary who comes as on any other day; nobody in a drill of a former release
 * @param care of the services that live otherwise than usual
 * @param cancellations share of those called in who cancel, 0 to 1; null for none of them, as in drills of a former release
 * @param routine null for services that refuse nobody and patients who wait for ever, as in drills of a former release
 */
public record Drill(
        String title,
        @Nullable HospitalId source,
        long startSequence,
        @Nullable String scenario,
        long seed,
        Author director,
        @AddedLater @Nullable List<OrdinaryFlow> ordinary,
        @AddedLater @Nullable List<OrdinaryCare> care,
        @AddedLater @Nullable Double cancellations,
        @AddedLater @Nullable OrdinaryRoutine routine) {
    public static final int TITLE_CHARS_MAX = 120;

    /** What the name of its hospital begins with, in the journal and everywhere that the name goes. */
    public static final String MARK = "EXERCICE";

    public Drill {
        ordinary = ordinary == null ? List.of() : List.copyOf(ordinary);
        care = care == null ? List.of() : List.copyOf(care);
    }

    /** In which nobody comes but by injects. */
    public Drill(
            String title,
            @Nullable HospitalId source,
            long startSequence,
            @Nullable String scenario,
            long seed,
            Author director) {
        this(title, source, startSequence, scenario, seed, director, null, null, null, null);
    }

    @Override
    public List<OrdinaryFlow> ordinary() {
        return Objects.requireNonNull(ordinary, "made by the constructor when there was none");
    }

    @Override
    public List<OrdinaryCare> care() {
        return Objects.requireNonNull(care, "made by the constructor when there was none");
    }
}
