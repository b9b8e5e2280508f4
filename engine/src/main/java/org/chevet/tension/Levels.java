package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.TensionLevel;
import org.chevet.hospital.TensionPolicy;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * The levels of a hospital and its services, from what is so and what is foreseen. A level rises at once. It falls when the load is {@link
 * TensionPolicy#marginPoints} below the threshold, and not before it has stood for {@link TensionPolicy#dwellMinutes}: so it changes at most
 * twice in a dwell. Owned by one thread at a time; knows no clock.
 */
public final class Levels {
    /** How many of the last changes are told. */
    static final int CHANGES_KEPT = 100;

    private static final double PERCENT = 100;

    /**
     * How a scope stands.
     *
     * @param service null for the hospital
     * @param since when the level was reached
     * @param loadPercent what is asked of the staffed beds; infinite where there is no staff and somebody to look after
     * @param thresholdPercent of the level, 0 for the lowest
     * @param shortage the highest probability, 0 to 1, of having no bed within {@code hours}; null when it is not known
     * @param saturationHours until that is more likely than not, null when it is not foreseen
     * @param thresholdHours how few of these make the level, null where none do
     * @param why what holds the level up
     */
    public record Level(
            @Nullable ServiceId service,
            TensionLevel level,
            Instant since,
            double loadPercent,
            int needed,
            int staffed,
            int thresholdPercent,
            @Nullable Double shortage,
            int hours,
            @Nullable Integer saturationHours,
            @Nullable Integer thresholdHours,
            Why why) {}

    public enum Why {
        /** The load. */
        LOAD,
        /** The probability of having no bed. */
        FORESEEN,
        /** The hours to saturation. */
        SATURATION,
        /** The load has fallen, though not far enough, or not for long enough. */
        HELD
    }

    /** @param service null for the hospital */
    public record Change(Instant at, @Nullable ServiceId service, TensionLevel from, TensionLevel to) {}

    private Map<String, Level> levels = new LinkedHashMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    /** Looks at the state, at a time not before that of the last look. Services that are no longer there are forgotten. */
    public void look(HospitalView view, BedShortage shortage, Instant now) {
        TensionPolicy policy = view.hospital().tensionPolicy();
        Map<String, Level> next = new LinkedHashMap<>();
        look(Load.of(view), policy, shortage, now, next);
        for (ServiceView service : view.services()) {
            look(Load.of(service), policy, shortage, now, next);
        }
        levels = next;
    }

    private void look(Load load, TensionPolicy policy, BedShortage shortage, Instant now, Map<String, Level> next) {
        String key = key(load.service());
        Level was = levels.get(key);
        Level is = next(was, load, policy, shortage, now);
        next.put(key, is);
        TensionLevel before = was == null ? TensionLevel.NORMAL : was.level();
        if (before != is.level()) {
            changes.addFirst(new Change(now, load.service(), before, is.level()));
            if (changes.size() > CHANGES_KEPT) {
                changes.removeLast();
            }
        }
    }

    private static Level next(@Nullable Level was, Load load, TensionPolicy policy, BedShortage shortage, Instant now) {
        TensionPolicy.Thresholds thresholds = policy.thresholds(load.service());
        BedShortage.Foreseen ahead = shortage.of(load.service());
        TensionLevel probable = ahead != null && ahead.probability() * PERCENT >= policy.noBedPercent()
                ? TensionLevel.WATCH
                : TensionLevel.NORMAL;
        Integer saturationHours = ahead == null ? null : ahead.saturationHours();
        TensionLevel near = thresholds.levelOfSaturation(saturationHours);
        TensionLevel foreseen = max(probable, near);
        TensionLevel wanted = max(thresholds.level(load.percent(), 0), foreseen);
        TensionLevel kept = max(thresholds.level(load.percent(), policy.marginPoints()), foreseen);
        TensionLevel before = was == null ? TensionLevel.NORMAL : was.level();
        boolean dwelt = was == null || !now.isBefore(was.since().plus(Duration.ofMinutes(policy.dwellMinutes())));
        TensionLevel level = wanted.compareTo(before) >= 0 ? wanted : dwelt ? min(before, kept) : before;
        Why why = level.compareTo(wanted) > 0
                ? Why.HELD
                : thresholds.level(load.percent(), 0) == level
                        ? Why.LOAD
                        : near == level ? Why.SATURATION : Why.FORESEEN;
        return new Level(
                load.service(),
                level,
                was != null && level == before ? was.since() : now,
                load.percent(),
                load.needed(),
                load.staffed(),
                thresholds.of(level),
                ahead == null ? null : ahead.probability(),
                shortage.hours(),
                saturationHours,
                thresholds.hoursOf(level),
                why);
    }

    private static TensionLevel max(TensionLevel one, TensionLevel other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static TensionLevel min(TensionLevel one, TensionLevel other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String key(@Nullable ServiceId service) {
        return service == null ? "" : service.value();
    }

    /** The hospital's first, then the services' in the file's order; none before the first look. */
    public List<Level> all() {
        return List.copyOf(levels.values());
    }

    /** @param service null for the hospital */
    public @Nullable Level of(@Nullable ServiceId service) {
        return levels.get(key(service));
    }

    /** The last first. */
    public List<Change> changes() {
        return new ArrayList<>(changes);
    }
}
