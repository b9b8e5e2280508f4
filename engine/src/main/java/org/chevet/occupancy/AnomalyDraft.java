package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Anomaly;
import org.chevet.event.Anomaly.Kind;
import org.chevet.event.BedEvent;
import org.chevet.hospital.BedId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** The anomalies that a decision in the making raises and resolves, on top of those that are open. Appends its events. */
final class AnomalyDraft {
    private final LiveState live;
    private final Instant now;
    private final List<BedEvent> events;

    AnomalyDraft(LiveState live, Instant now, List<BedEvent> events) {
        this.live = live;
        this.now = now;
        this.events = events;
    }

    void raise(
            Kind kind,
            String key,
            @Nullable StayId stay,
            @Nullable StayId otherStay,
            @Nullable BedId bed,
            @Nullable String detail) {
        raise(new Anomaly(key, kind, stay, otherStay, bed, detail, now));
    }

    /** @param stays who lies in the bed, in the order in which they came; more than one */
    void raiseDoubleOccupancy(BedId bed, List<Stay> stays) {
        raise(
                Kind.DOUBLE_OCCUPANCY,
                "double:" + bed,
                stays.getLast().id(),
                stays.getFirst().id(),
                bed,
                null);
    }

    private void raise(Anomaly anomaly) {
        int last = lastAbout(anomaly.key());
        if (last < 0) {
            if (live.anomalies.get(anomaly.key()) == null) {
                events.add(new BedEvent.AnomalyRaised(now, anomaly));
            }
        } else if (events.get(last) instanceof BedEvent.AnomalyResolved resolved) {
            if (saysTheSame(resolved.anomaly(), anomaly)) {
                // It goes on: what this very decision resolved was never gone.
                events.remove(last);
            } else {
                events.add(new BedEvent.AnomalyRaised(now, anomaly));
            }
        }
    }

    /** As {@link #raise}; one that is open with another kind or detail says this one from now on. */
    void restate(Kind kind, String key, StayId stay, String detail) {
        Anomaly open = open(key);
        Anomaly stated = new Anomaly(key, kind, stay, null, null, detail, now);
        if (open != null && !saysTheSame(open, stated)) {
            events.add(new BedEvent.AnomalyRaised(now, stated));
        } else {
            raise(stated);
        }
    }

    void resolve(String key) {
        Anomaly open = open(key);
        if (open != null) {
            events.add(new BedEvent.AnomalyResolved(now, open, null));
        }
    }

    /** Resolves what is named by a prefix and the stay or bed that it is about. Nearly always there is nothing. */
    void resolve(String prefix, Record stayOrBed) {
        if (live.anomalies.name(stayOrBed) || raisesAny()) {
            resolve(prefix + stayOrBed);
        }
    }

    /** A stay leaves the live state, and with it what nobody settled about it while it was known. */
    void forget(StayId stay) {
        for (Anomaly anomaly : live.anomalies.naming(stay)) {
            if (!isOfBed(anomaly.kind())) {
                resolve(anomaly.key());
            }
        }
    }

    /** A stay's number is given up for another's: what is still wrong is wrong with the other. */
    void passOn(Stay from, Stay into, Stay merged) {
        if (!Objects.equals(into.location(), merged.location())) {
            resolve("location:", into.id());
            resolve("removed:", into.id());
        }
        for (Anomaly anomaly : live.anomalies.naming(from.id())) {
            if (!isOfBed(anomaly.kind())) {
                resolve(anomaly.key());
                StayId stay = from.id().equals(anomaly.stay()) ? into.id() : anomaly.stay();
                StayId other = from.id().equals(anomaly.otherStay()) ? into.id() : anomaly.otherStay();
                if (goesOn(anomaly, from, merged) && !Objects.equals(stay, other)) {
                    raise(new Anomaly(
                            keyFor(anomaly, stay, other),
                            anomaly.kind(),
                            stay,
                            other,
                            anomaly.bed(),
                            anomaly.detail(),
                            anomaly.since()));
                }
            }
        }
    }

    private static boolean goesOn(Anomaly anomaly, Stay from, Stay merged) {
        return switch (anomaly.kind()) {
            case UNKNOWN_BED, UNKNOWN_SERVICE, BED_REMOVED ->
                from.location() != null && from.location().equals(merged.location());
            case MOVEMENT_AFTER_END -> merged.isHere();
            case UNKNOWN_MOVEMENT ->
                anomaly.detail() == null || merged.timeline().find(anomaly.detail()) == null;
            case OVERLAPPING_MOVEMENTS, RESERVATION_OVERRIDDEN -> true;
            case TRANSFER_CONTRADICTED -> merged.isHere();
            // Said anew of the merged stay by whoever looks at its timeline and at its bed.
            case UNKNOWN_STAY, DOUBLE_OCCUPANCY, BED_NOT_USABLE, SEX_MIXED, BED_STATUS_CONTRADICTED -> false;
        };
    }

    private static String keyFor(Anomaly anomaly, @Nullable StayId stay, @Nullable StayId other) {
        return switch (anomaly.kind()) {
            case UNKNOWN_BED, UNKNOWN_SERVICE -> "location:" + stay;
            case BED_REMOVED -> "removed:" + stay;
            case MOVEMENT_AFTER_END -> "after-end:" + stay;
            case UNKNOWN_MOVEMENT -> "movement:" + stay + ":" + anomaly.detail();
            case OVERLAPPING_MOVEMENTS -> "overlap:" + anomaly.bed() + ":" + stay + ":" + other;
            case UNKNOWN_STAY,
                    RESERVATION_OVERRIDDEN,
                    TRANSFER_CONTRADICTED,
                    DOUBLE_OCCUPANCY,
                    BED_NOT_USABLE,
                    SEX_MIXED,
                    BED_STATUS_CONTRADICTED -> anomaly.key();
        };
    }

    /** What is wrong with a bed may have gone on with others than those it began with. */
    private static boolean isOfBed(Kind kind) {
        return switch (kind) {
            case DOUBLE_OCCUPANCY, BED_NOT_USABLE, SEX_MIXED, BED_STATUS_CONTRADICTED -> true;
            case OVERLAPPING_MOVEMENTS,
                    UNKNOWN_STAY,
                    UNKNOWN_BED,
                    UNKNOWN_SERVICE,
                    UNKNOWN_MOVEMENT,
                    MOVEMENT_AFTER_END,
                    RESERVATION_OVERRIDDEN,
                    TRANSFER_CONTRADICTED,
                    BED_REMOVED -> false;
        };
    }

    private static boolean saysTheSame(Anomaly one, Anomaly other) {
        return one.kind() == other.kind() && Objects.equals(one.detail(), other.detail());
    }

    /** As it will be after what was decided so far. */
    private @Nullable Anomaly open(String key) {
        int last = lastAbout(key);
        if (last < 0) {
            return live.anomalies.get(key);
        }
        return events.get(last) instanceof BedEvent.AnomalyRaised raised ? raised.anomaly() : null;
    }

    private int lastAbout(String key) {
        for (int i = events.size() - 1; i >= 0; i--) {
            BedEvent event = events.get(i);
            boolean about = event instanceof BedEvent.AnomalyRaised raised
                            && raised.anomaly().key().equals(key)
                    || event instanceof BedEvent.AnomalyResolved resolved
                            && resolved.anomaly().key().equals(key);
            if (about) {
                return i;
            }
        }
        return -1;
    }

    private boolean raisesAny() {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof BedEvent.AnomalyRaised) {
                return true;
            }
        }
        return false;
    }
}
