package org.chevet.simulations.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.event.AskedCard;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.CardProgress;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.ActionCard;
import org.chevet.hospital.TensionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * When the screens of a drill asked for action cards, and when somebody took them on. A fold of the events that follow its beginning: what the
 * screens asked for is among them. Of one thread.
 */
public final class CardDelays {
    /** Where there are more, the first of those that are over are not told any more. */
    static final int DELAYS_MAX = 1_000;

    /**
     * A card that was asked for, or taken on unasked.
     *
     * @param inject when the last inject before that happened, null when there was none
     * @param alert since when its level asks for it, not before the drill began; after {@code takenOn} where somebody was ahead of it, null when
     *     it never asked
     * @param fell when its level did not ask for it any more and nobody had taken it on; null otherwise
     * @param takenOn null while nobody has
     * @param by likewise
     * @param closed null until it is done
     */
    public record Delay(
            ActionCard card,
            @Nullable Instant inject,
            @Nullable Instant alert,
            @Nullable Instant fell,
            @Nullable Instant takenOn,
            @Nullable String by,
            @Nullable Instant closed) {
        private static Delay of(ActionCard card, @Nullable Instant inject, @Nullable Instant alert) {
            return new Delay(card, inject, alert, null, null, null, null);
        }

        private Delay onceAlerted(Instant at) {
            return new Delay(card, inject, at, fell, takenOn, by, closed);
        }

        private Delay onceFallen(@Nullable Instant at) {
            return new Delay(card, inject, alert, at, takenOn, by, closed);
        }

        private Delay onceTaken(Instant at, @Nullable String who) {
            return new Delay(card, inject, alert, null, at, who, null);
        }

        private Delay onceClosed(@Nullable Instant at) {
            return new Delay(card, inject, alert, fell, takenOn, by, at);
        }
    }

    private final List<Delay> delays = new ArrayList<>();

    /** By card, those that are asked for now. */
    private final Map<String, Delay> asked = new HashMap<>();

    /** The last of each card that was taken on. */
    private final Map<String, Delay> taken = new HashMap<>();

    /** By card, when its level did not ask for it any more while somebody was at it. */
    private final Map<String, Instant> fellMeanwhile = new HashMap<>();

    private Instant begun = Instant.MIN;
    private @Nullable Instant lastInject;

    /**
     * @param before how far cards had come as the drill began: who was at one of them is waited for no more than in the drill. It is told once
     *     its level asks
     * @param policy as for {@link #accept}
     */
    public CardDelays(List<CardProgress> before, TensionPolicy policy) {
        for (CardProgress progress : before) {
            ActionCard card = policy.card(progress.card());
            if (card != null && progress.closed() == null) {
                Author by = progress.acknowledgedBy();
                taken.put(
                        card.id(),
                        Delay.of(card, null, null).onceTaken(progress.acknowledgedAt(), by == null ? null : by.name()));
            }
        }
    }

    /** The first first. */
    public List<Delay> all() {
        return List.copyOf(delays);
    }

    /** @param policy of the hospital: cards that it has not are passed over */
    public void accept(Recorded recorded, TensionPolicy policy) {
        switch (recorded.event()) {
            case BedEvent.DrillBegun e -> begun = e.at();
            case BedEvent.InjectDone e -> lastInject = e.at();
            case BedEvent.CardsShown e -> shown(e, policy);
            case BedEvent.ActionCardChanged e -> changed(e, recorded.origin(), policy);
            default -> {}
        }
    }

    private void shown(BedEvent.CardsShown shown, TensionPolicy policy) {
        List<String> left = new ArrayList<>(asked.keySet());
        left.removeAll(shown.cards().stream().map(AskedCard::card).toList());
        left.forEach(card -> fell(card, shown.at()));
        for (AskedCard one : shown.cards()) {
            ActionCard card = policy.card(one.card());
            if (card != null && !asked.containsKey(one.card())) {
                rose(card, one.since().isBefore(begun) ? begun : one.since());
            }
        }
    }

    private void fell(String card, Instant at) {
        Delay over = asked.remove(card);
        if (over == null) {
            return;
        }
        if (over.takenOn() != null) {
            fellMeanwhile.put(card, at);
            return;
        }
        int place = delays.indexOf(over);
        if (place >= 0) {
            delays.set(place, over.onceFallen(at));
        }
    }

    /** Nobody is waited for while somebody is at it, from an earlier rise or unasked. */
    private void rose(ActionCard card, Instant at) {
        Delay running = taken.get(card.id());
        fellMeanwhile.remove(card.id());
        if (running == null || running.closed() != null) {
            Delay delay = Delay.of(card, lastInject, at);
            asked.put(card.id(), delay);
            add(delay);
        } else {
            asked.put(card.id(), running);
            if (running.alert() == null) {
                boolean told = delays.contains(running);
                Delay alerted = running.onceAlerted(at);
                replace(running, alerted);
                if (!told) {
                    add(alerted);
                }
            }
        }
    }

    private void changed(BedEvent.ActionCardChanged e, Origin origin, TensionPolicy policy) {
        CardProgress progress = e.progress();
        Delay known = taken.get(e.card());
        if (progress == null) {
            takenBack(e.card());
        } else if (progress.closed() != null) {
            if (known != null) {
                replace(known, known.onceClosed(progress.closed().at()));
            }
        } else if (known != null && progress.acknowledgedAt().equals(known.takenOn())) {
            replace(known, known.onceClosed(null));
        } else {
            takenOn(e.card(), progress, origin, policy);
        }
    }

    private void takenOn(String id, CardProgress progress, Origin origin, TensionPolicy policy) {
        ActionCard card = policy.card(id);
        Delay open = asked.get(id);
        String by = origin instanceof Origin.Person person ? person.name() : null;
        if (open != null && open.takenOn() == null) {
            replace(open, open.onceTaken(progress.acknowledgedAt(), by));
        } else if (card != null) {
            Delay unasked = Delay.of(card, lastInject, null).onceTaken(progress.acknowledgedAt(), by);
            taken.put(id, unasked);
            add(unasked);
        }
    }

    private void takenBack(String id) {
        Delay known = taken.remove(id);
        if (known != null && known.alert() == null) {
            delays.remove(known);
        } else if (known != null) {
            Delay waiting = Delay.of(known.card(), known.inject(), known.alert());
            replace(known, waiting.onceFallen(fellMeanwhile.remove(id)));
            taken.remove(id);
        }
    }

    private void replace(Delay known, Delay changed) {
        String id = known.card().id();
        int place = delays.indexOf(known);
        if (place >= 0) {
            delays.set(place, changed);
        }
        if (Objects.equals(asked.get(id), known)) {
            asked.put(id, changed);
        }
        taken.put(id, changed);
    }

    private void add(Delay delay) {
        delays.add(delay);
        if (delays.size() > DELAYS_MAX) {
            delays.remove(delays.stream().filter(CardDelays::isOver).findFirst().orElse(delays.getFirst()));
        }
    }

    private static boolean isOver(Delay delay) {
        return delay.fell() != null || delay.closed() != null;
    }
}
