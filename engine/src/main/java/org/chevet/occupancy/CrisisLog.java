package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.CardProgress;
import org.chevet.event.Snooze;
import org.jspecify.annotations.Nullable;

/**
 * What people did about tension. Immutable.
 *
 * @param cards the last time that each action card was taken on, the one taken on first first
 * @param snoozes alerts that are not shown for now, the one put off first first
 */
public record CrisisLog(List<CardProgress> cards, List<Snooze> snoozes) {
    public static final CrisisLog EMPTY = new CrisisLog(List.of(), List.of());

    public CrisisLog {
        cards = List.copyOf(cards);
        snoozes = List.copyOf(snoozes);
    }

    boolean isEmpty() {
        return cards.isEmpty() && snoozes.isEmpty();
    }

    public @Nullable CardProgress card(String id) {
        for (CardProgress card : cards) {
            if (card.card().equals(id)) {
                return card;
            }
        }
        return null;
    }

    /** Null when the alert was never put off, or the time is over. */
    public @Nullable Snooze snooze(String alert, Instant now) {
        for (Snooze snooze : snoozes) {
            if (snooze.alert().equals(alert) && snooze.until().isAfter(now)) {
                return snooze;
            }
        }
        return null;
    }

    /** @param progress null for a card that nobody took on */
    CrisisLog with(String card, @Nullable CardProgress progress) {
        List<CardProgress> changed = new ArrayList<>(cards);
        changed.removeIf(known -> known.card().equals(card));
        if (progress != null) {
            changed.add(progress);
        }
        return new CrisisLog(changed, snoozes);
    }

    /** Those whose time is over at {@code at} are forgotten. */
    CrisisLog with(String alert, @Nullable Snooze snooze, Instant at) {
        List<Snooze> changed = new ArrayList<>(snoozes);
        changed.removeIf(known -> known.alert().equals(alert) || !known.until().isAfter(at));
        if (snooze != null) {
            changed.add(snooze);
        }
        return new CrisisLog(cards, changed);
    }
}
