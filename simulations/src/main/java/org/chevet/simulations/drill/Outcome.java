package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one life of a drill came to.
 *
 * @param categories in the order of {@link Casualty.Category}
 * @param waitingMax casualties who waited for a bed at one time, at most
 * @param outliers casualties who lie where their specialty is not accepted
 * @param sentElsewhere patients who left, or did not come, for lack of a bed; without those called in
 * @param putOff those called in who were told not to come
 * @param ordinary patients who would have come without the crisis
 * @param occupiedMaxPercent beds with a patient, of beds that are open, at most
 */
public record Outcome(
        List<OfCategory> categories,
        int waitingMax,
        int outliers,
        int refusals,
        int overrides,
        int sentElsewhere,
        int putOff,
        Ordinary ordinary,
        double occupiedMaxPercent) {
    /**
     * @param needing a bed by now
     * @param placed of them, who lie in one or did
     * @param medianMinutes from when they needed it, of those placed; null while none is
     */
    public record Ordinary(
            int needing, int placed, @Nullable Long medianMinutes) {}

    /** The hours of domain.md within which the gravely hurt are to have a bed. */
    static final List<Integer> WITHIN_HOURS = List.of(1, 2, 6);

    /**
     * @param arrived casualties of this category who have come
     * @param needing of them those who need a bed
     * @param placed of those, who got one
     * @param placedWithin of those, within each of {@link #WITHIN_HOURS} of their arrival
     * @param medianMinutes from arrival to a bed, of those placed; null while none is
     */
    public record OfCategory(
            Casualty.Category category,
            int arrived,
            int needing,
            int placed,
            List<Integer> placedWithin,
            @Nullable Long medianMinutes) {}

    static Outcome of(DrillRecord record, List<Victim> victims, Instant now, double occupiedMaxPercent) {
        return new Outcome(
                Arrays.stream(Casualty.Category.values())
                        .map(category -> of(category, victims))
                        .toList(),
                waitingMax(victims, now),
                (int) victims.stream().filter(Victim::outlier).count(),
                record.refusals(),
                record.overrides(),
                record.sentElsewhere(),
                record.putOff(),
                record.ordinary(now),
                occupiedMaxPercent);
    }

    private static OfCategory of(Casualty.Category category, List<Victim> victims) {
        List<Victim> all = victims.stream()
                .filter(victim -> victim.casualty().category() == category)
                .toList();
        List<Duration> waits = new ArrayList<>();
        for (Victim victim : all) {
            if (victim.needsBed() && victim.placed() != null) {
                waits.add(Duration.between(victim.casualty().arrival(), victim.placed()));
            }
        }
        waits.sort(Duration::compareTo);
        return new OfCategory(
                category,
                all.size(),
                (int) all.stream().filter(Victim::needsBed).count(),
                waits.size(),
                WITHIN_HOURS.stream()
                        .map(hours -> (int) waits.stream()
                                .filter(wait -> wait.compareTo(Duration.ofHours(hours)) <= 0)
                                .count())
                        .toList(),
                waits.isEmpty() ? null : waits.get((waits.size() - 1) / 2).toMinutes());
    }

    private static int waitingMax(List<Victim> victims, Instant now) {
        int most = 0;
        for (Victim one : victims) {
            Instant at = one.casualty().arrival();
            int waiting = (int) victims.stream()
                    .filter(other -> other.needsBed()
                            && !other.casualty().arrival().isAfter(at)
                            && other.waitedUntil(now).isAfter(at))
                    .count();
            most = Math.max(most, waiting);
        }
        return most;
    }
}
