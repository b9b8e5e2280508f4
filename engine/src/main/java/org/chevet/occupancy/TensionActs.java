package org.chevet.occupancy;

import static org.chevet.occupancy.BedChecks.refuse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.CardProgress;
import org.chevet.event.Command;
import org.chevet.event.Snooze;
import org.chevet.hospital.ActionCard;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** What people do about tension: they take on action cards, close them, and put off alerts. */
final class TensionActs {
    static final Duration SNOOZE_MAX = Duration.ofDays(1);

    /** Alerts that may be put off at once. */
    static final int SNOOZES_MAX = 200;

    private final LiveState live;

    TensionActs(LiveState live) {
        this.live = live;
    }

    Decision acknowledge(Command.AcknowledgeActionCard act, Instant now) {
        ActionCard card = card(act.card());
        if (card == null) {
            return refuse(Rule.UNKNOWN_CARD, "card", act.card());
        }
        CardProgress known = live.crisis().card(act.card());
        return known != null && known.closed() == null
                ? refuse(Rule.CARD_TAKEN_ON, "card", act.card())
                : change(known, new CardProgress(act.card(), now, beds(card.service()), null, null), now);
    }

    Decision close(Command.CloseActionCard act, Instant now) {
        CardProgress known = live.crisis().card(act.card());
        if (known == null || known.closed() != null) {
            return refuse(card(act.card()) == null ? Rule.UNKNOWN_CARD : Rule.CARD_NOT_TAKEN_ON, "card", act.card());
        }
        Decision.Refused wrong = BedActs.wrongText(act.note(), false);
        if (wrong != null) {
            return wrong;
        }
        ActionCard card = card(act.card());
        ServiceId service = card == null ? null : card.service();
        return change(known, known.with(new CardProgress.Closing(now, beds(service), act.note(), null)), now);
    }

    Decision snooze(Command.SnoozeAlert act, Instant now) {
        if (act.alert().isBlank() || act.alert().length() > Snooze.ALERT_CHARS_MAX) {
            return refuse(Rule.TEXT_TOO_LONG, "chars", act.alert().length(), "max", Snooze.ALERT_CHARS_MAX);
        }
        Decision.Refused wrong = BedActs.wrongText(act.reason(), true);
        if (wrong != null) {
            return wrong;
        }
        if (!act.until().isAfter(now)) {
            return refuse(Rule.TIME_PASSED, "at", act.until());
        }
        if (act.until().isAfter(now.plus(SNOOZE_MAX))) {
            return refuse(Rule.TIME_TOO_FAR, "at", act.until(), "days", SNOOZE_MAX.toDays());
        }
        if (live.crisis().snoozes().size() >= SNOOZES_MAX) {
            return refuse(Rule.TOO_MANY_SNOOZES, "max", SNOOZES_MAX);
        }
        Snooze snooze = new Snooze(act.alert(), now, act.until(), act.reason(), null);
        return new Decision.Accepted(List.of(new BedEvent.AlertSnoozed(
                now, act.alert(), snooze, live.crisis().snooze(act.alert(), now))));
    }

    /** Null when the card has changed since. */
    Decision.@Nullable Accepted undo(BedEvent.ActionCardChanged done, Instant now) {
        CardProgress known = live.crisis().card(done.card());
        return known == null || !sameStep(known, done.progress())
                ? null
                : new Decision.Accepted(
                        List.of(new BedEvent.ActionCardChanged(now, done.card(), done.previous(), known)));
    }

    /** Null when it was put off again since. */
    Decision.@Nullable Accepted undo(BedEvent.AlertSnoozed done, Instant now) {
        Snooze known = live.crisis().snoozes().stream()
                .filter(snooze -> snooze.alert().equals(done.alert()))
                .findFirst()
                .orElse(null);
        return known == null
                        || done.snooze() == null
                        || !known.since().equals(done.snooze().since())
                ? null
                : new Decision.Accepted(List.of(new BedEvent.AlertSnoozed(now, done.alert(), done.previous(), known)));
    }

    private static boolean sameStep(CardProgress known, @Nullable CardProgress done) {
        return done != null
                && known.acknowledgedAt().equals(done.acknowledgedAt())
                && Objects.equals(closedAt(known), closedAt(done));
    }

    private static @Nullable Instant closedAt(CardProgress progress) {
        return progress.closed() == null ? null : progress.closed().at();
    }

    private static Decision change(@Nullable CardProgress known, CardProgress progress, Instant now) {
        return new Decision.Accepted(List.of(new BedEvent.ActionCardChanged(now, progress.card(), progress, known)));
    }

    private @Nullable ActionCard card(String id) {
        return live.layout().hospital.tensionPolicy().card(id);
    }

    /** Beds that are or will be ready once cleaned, reserved ones included; of a service, or of all. */
    private int beds(@Nullable ServiceId service) {
        int beds = 0;
        for (int index = 0; index < live.layout().services.size(); index++) {
            if (service == null || live.layout().services.get(index).id().equals(service)) {
                Counts counts = live.counts(index);
                beds += counts.ready() + counts.reserved() + counts.toClean() + counts.cleaning();
            }
        }
        return beds;
    }
}
