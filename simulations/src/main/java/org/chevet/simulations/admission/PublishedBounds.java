package org.chevet.simulations.admission;

import java.util.List;
import java.util.Optional;

/**
 * What a cost on a published instance is held against. The bounds and what the plain annealing reached in 60 s on one core were
 * computed once, on a machine like ours, from the instances; the best known costs are recalled from the literature, not read, and
 * are an orientation.
 *
 * @param nightBound the sum of an assignment's cost for each night by itself: no plan of any kind costs less
 * @param programBound the linear programme without transfers, which a plan with transfers may go below; 0 where it was not solved
 * @param annealing changes and swaps of whole stays, a hundred lines of plain Java
 */
public record PublishedBounds(
        String instance, double nightBound, double programBound, double bestKnown, double annealing) {
    private static final List<PublishedBounds> ALL = List.of(
            new PublishedBounds("testdata01", 636.0, 643.2, 651.2, 666.4),
            new PublishedBounds("testdata02", 1104.0, 1110.1, 1125.6, 1150.0),
            new PublishedBounds("testdata03", 719.6, 741.0, 761.6, 788.6),
            new PublishedBounds("testdata04", 1074.2, 1140.8, 1151, 1190.8),
            new PublishedBounds("testdata05", 618.4, 620.8, 624.0, 629.6),
            new PublishedBounds("testdata06", 769.6, 786.4, 792.6, 804.6),
            new PublishedBounds("testdata09", 17028.8, 20065.9, 20832, 24537.2),
            new PublishedBounds("testdata11", 9364.2, 0, 11536, 13599.6),
            // Without planned transfers, as the best known.
            new PublishedBounds("testdata13", 7294.4, 7982.1, 9109, 9280.0));

    public static Optional<PublishedBounds> of(String instance) {
        return ALL.stream().filter(bounds -> bounds.instance().equals(instance)).findAny();
    }

    /** Whether costs on this instance are given without the transfers that fall on a change of treatment. */
    public static boolean countsPlannedTransfers(String instance) {
        return !instance.equals("testdata13");
    }

    /** The linear programme's bound where it is known, that by nights elsewhere. */
    public double bound() {
        return programBound > 0 ? programBound : nightBound;
    }
}
