package org.chevet.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a patient and the way out (frein à la sortie). A stay has at most one of each kind.
 *
 * @param since when it was first said; a change of the rest does not change that
 * @param owner who sees to it, null while nobody does
 * @param note more of what it is, null where the kind says it all
 * @param expectedEnd when it should be gone, null while nobody knows
 */
public record Barrier(
        BarrierKind kind,
        Instant since,
        @Nullable String owner,
        @Nullable String note,
        @Nullable Instant expectedEnd) {

    /** These and one more, which takes the place of one of the same kind; in the order of the kinds. */
    public static List<Barrier> with(List<Barrier> barriers, Barrier added) {
        List<Barrier> all = new ArrayList<>(without(barriers, added.kind));
        all.add(added);
        all.sort(Comparator.comparing(Barrier::kind));
        return List.copyOf(all);
    }

    /** Of two kinds alike, the first list's. */
    public static List<Barrier> joined(List<Barrier> barriers, List<Barrier> others) {
        List<Barrier> all = others;
        for (Barrier barrier : barriers) {
            all = with(all, barrier);
        }
        return all;
    }

    public static List<Barrier> without(List<Barrier> barriers, BarrierKind lifted) {
        return barriers.stream().filter(barrier -> barrier.kind != lifted).toList();
    }
}
