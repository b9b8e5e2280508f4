package org.chevet.simulations.drill;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.CardProgress;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.ActionCard;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.tension.BedShortage;
import org.chevet.tension.Levels;
import org.jspecify.annotations.Nullable;

/**
 * When the levels of a drill asked for action cards, and when somebody took them on. By the load alone, looked at once a minute of the
 * drill's clock in which something happened: what was foreseen is in no journal. Of one thread.
 */
public final class CardDelays {
    /** Of the most that a debrief tells, the last. */
    static final int DELAYS_MAX = 1_000;

    /**
     * A card that was asked for, or taken on unasked.
     *
     * @param inject when the last inject before that happened, null when there was none
     * @param alert since when its level asks for it; after {@code takenOn} where somebody was ahead of it, null when it never asked
     * @param takenOn null while nobody has
     * @param by likewise
     * @param closed null until it is done
     */
    public record Delay(
            ActionCard card,
            @Nullable Instant inject,
            @Nullable Instant alert,
            @Nullable Instant takenOn,
            @Nullable String by,
            @Nullable Instant closed) {}

    private final Levels levels = new Levels();
    private final List<Delay> delays = new ArrayList<>();

    /** By card, those that are asked for now. */
    private final Map<String, Delay> asked = new HashMap<>();

    /** The last of each card that was taken on. */
    private final Map<String, Delay> taken = new HashMap<>();

    private @Nullable Instant lastInject;
    private @Nullable Instant unseen;

    /** The first first. */
    List<Delay> all() {
        return List.copyOf(delays);
    }

    /** To be called before an event is applied, and after it. */
    void before(Recorded next, Occupancy occupancy) {
        Instant at = unseen;
        if (at != null
                && (next.event() instanceof BedEvent.ActionCardChanged
                        || minute(at).isBefore(minute(next.recordedAt())))) {
            look(occupancy.view(), at);
        }
    }

    void after(Recorded recorded, Occupancy occupancy) {
        unseen = recorded.recordedAt();
        switch (recorded.event()) {
            case BedEvent.InjectDone e -> lastInject = e.at();
            case BedEvent.ActionCardChanged e -> changed(e, recorded.origin(), occupancy.view());
            default -> {}
        }
    }

    /** Whatever has not been looked at yet. */
    void end(Occupancy occupancy) {
        if (unseen != null) {
            look(occupancy.view(), unseen);
        }
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    private void look(HospitalView view, Instant at) {
        unseen = null;
        levels.look(view, BedShortage.UNKNOWN, at);
        for (ActionCard card : view.hospital().tensionPolicy().cards()) {
            Levels.Level level = levels.of(card.service());
            if (level == null || level.level().compareTo(card.level()) < 0) {
                asked.remove(card.id());
            } else if (!asked.containsKey(card.id())) {
                rose(card, at);
            }
        }
    }

    /** Nobody is waited for while somebody is at it, from an earlier rise or unasked. */
    private void rose(ActionCard card, Instant at) {
        Delay running = taken.get(card.id());
        if (running == null || running.closed() != null) {
            Delay delay = new Delay(card, lastInject, at, null, null, null);
            asked.put(card.id(), delay);
            add(delay);
        } else {
            asked.put(card.id(), running);
            if (running.alert() == null) {
                replace(running, new Delay(card, running.inject(), at, running.takenOn(), running.by(), null));
            }
        }
    }

    private void changed(BedEvent.ActionCardChanged e, Origin origin, HospitalView view) {
        CardProgress progress = e.progress();
        Delay known = taken.get(e.card());
        if (progress == null) {
            takenBack(e.card());
        } else if (progress.closed() != null) {
            if (known != null) {
                replace(known, closed(known, progress.closed().at()));
            }
        } else if (known != null && progress.acknowledgedAt().equals(known.takenOn())) {
            replace(known, closed(known, null));
        } else {
            takenOn(e.card(), progress, origin, view);
        }
    }

    private void takenOn(String id, CardProgress progress, Origin origin, HospitalView view) {
        ActionCard card = view.hospital().tensionPolicy().card(id);
        Delay open = asked.get(id);
        String by = origin instanceof Origin.Person person ? person.name() : null;
        if (open != null && open.takenOn() == null) {
            replace(open, new Delay(open.card(), open.inject(), open.alert(), progress.acknowledgedAt(), by, null));
        } else if (card != null) {
            Delay unasked = new Delay(card, lastInject, null, progress.acknowledgedAt(), by, null);
            taken.put(id, unasked);
            add(unasked);
        }
    }

    private void takenBack(String id) {
        Delay known = taken.remove(id);
        if (known != null && known.alert() == null) {
            delays.remove(known);
        } else if (known != null) {
            replace(known, new Delay(known.card(), known.inject(), known.alert(), null, null, null));
            taken.remove(id);
        }
    }

    private static Delay closed(Delay delay, @Nullable Instant at) {
        return new Delay(delay.card(), delay.inject(), delay.alert(), delay.takenOn(), delay.by(), at);
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
            delays.removeFirst();
        }
    }
}
