package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Snooze;
import org.chevet.hospital.ActionCard;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.TensionLevel;
import org.chevet.hospital.TensionPolicy;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * All that the tension screen shows at one moment.
 *
 * @param sequence the last event that it contains
 * @param levels the hospital's first
 * @param cards in the file's order
 * @param alerts those shown, the worst first, at most as many as the hospital's file has it
 * @param snoozed those put off
 * @param unshown how many more there are
 * @param changes of levels, the last first
 */
public record TensionBoard(
        long sequence,
        Instant now,
        List<Levels.Level> levels,
        List<RaisedCard> cards,
        List<Alert> alerts,
        List<Alert> snoozed,
        int unshown,
        List<Levels.Change> changes) {
    private static final Duration LONG_WAIT = Duration.ofHours(8);

    private static final Comparator<Alert> WORST_FIRST = Comparator.comparing(Alert::level)
            .reversed()
            .thenComparing(Alert::since)
            .thenComparing(Alert::kind);

    /** @param levels that looked at this view */
    public static TensionBoard of(HospitalView view, Levels levels, Instant now) {
        TensionPolicy policy = view.hospital().tensionPolicy();
        List<RaisedCard> cards = new ArrayList<>();
        for (ActionCard card : policy.cards()) {
            Levels.Level level = levels.of(card.service());
            if (level != null) {
                cards.add(RaisedCard.of(card, level, view.crisis().card(card.id()), beds(view, card.service()), now));
            }
        }
        List<Alert> all = new ArrayList<>();
        add(all, hospitalLevel(levels), view, now);
        add(all, serviceLevels(levels), view, now);
        add(all, overdue(cards, now), view, now);
        add(all, longWaits(view, now), view, now);
        all.sort(WORST_FIRST);
        List<Alert> shown = all.stream().filter(alert -> alert.snooze() == null).toList();
        int budget = Math.min(policy.alertsMax(), shown.size());
        return new TensionBoard(
                view.sequence(),
                now,
                levels.all(),
                cards,
                shown.subList(0, budget),
                all.stream().filter(alert -> alert.snooze() != null).toList(),
                shown.size() - budget,
                levels.changes());
    }

    private static void add(List<Alert> alerts, @Nullable Alert alert, HospitalView view, Instant now) {
        if (alert != null) {
            Snooze snooze = view.crisis().snooze(alert.key(), now);
            alerts.add(new Alert(alert.key(), alert.kind(), alert.level(), alert.since(), alert.reasons(), snooze));
        }
    }

    private static @Nullable Alert hospitalLevel(Levels levels) {
        Levels.Level level = levels.of(null);
        return level == null || level.level() == TensionLevel.NORMAL
                ? null
                : alert(Alert.Kind.HOSPITAL_LEVEL, level.level(), List.of(reason(level)));
    }

    private static @Nullable Alert serviceLevels(Levels levels) {
        List<Levels.Level> high = levels.all().stream()
                .filter(level -> level.service() != null && level.level().compareTo(TensionLevel.TENSION) >= 0)
                .sorted(Comparator.comparing(Levels.Level::level)
                        .thenComparing(Levels.Level::loadPercent)
                        .reversed())
                .toList();
        return high.isEmpty()
                ? null
                : alert(
                        Alert.Kind.SERVICE_LEVELS,
                        high.getFirst().level(),
                        high.stream().map(TensionBoard::reason).toList());
    }

    private static Alert.Reason reason(Levels.Level level) {
        return switch (level.why()) {
            case FORESEEN -> reason(level, 100 * Objects.requireNonNull(level.shortage(), "foreseen"), 0);
            case SATURATION ->
                reason(
                        level,
                        Objects.requireNonNull(level.saturationHours(), "foreseen"),
                        Objects.requireNonNull(level.thresholdHours(), "reached"));
            case LOAD, HELD -> reason(level, level.loadPercent(), level.thresholdPercent());
        };
    }

    private static Alert.Reason reason(Levels.Level level, double value, double limit) {
        return new Alert.Reason(level.service(), null, level.why(), value, limit, level.since());
    }

    private static @Nullable Alert overdue(List<RaisedCard> cards, Instant now) {
        List<RaisedCard> late = cards.stream()
                .filter(card -> card.state() == RaisedCard.State.OVERDUE)
                .toList();
        if (late.isEmpty()) {
            return null;
        }
        TensionLevel level = late.stream()
                .map(card -> card.card().level())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return alert(
                Alert.Kind.CARDS_OVERDUE,
                level,
                late.stream().map(card -> reason(card, now)).toList());
    }

    private static Alert.Reason reason(RaisedCard card, Instant now) {
        Instant raised = Objects.requireNonNull(card.raisedAt(), "it is raised");
        Instant due = Objects.requireNonNull(card.due(), "it is raised");
        return new Alert.Reason(
                card.card().service(),
                card.card().id(),
                null,
                Duration.between(raised, now).toMinutes(),
                card.card().deadlineMinutes(),
                due);
    }

    private static @Nullable Alert longWaits(HospitalView view, Instant now) {
        List<Instant> since = view.requests().stream()
                .map(OpenRequest::request)
                .map(request -> Ledger.later(request.requestedAt(), request.neededAt()))
                .filter(waits -> Duration.between(waits, now).compareTo(LONG_WAIT) > 0)
                .sorted()
                .toList();
        return since.isEmpty()
                ? null
                : alert(
                        Alert.Kind.LONG_WAITS,
                        TensionLevel.WATCH,
                        List.of(new Alert.Reason(
                                null,
                                null,
                                null,
                                since.size(),
                                0,
                                since.getFirst().plus(LONG_WAIT))));
    }

    private static Alert alert(Alert.Kind kind, TensionLevel level, List<Alert.Reason> reasons) {
        Instant since = reasons.stream()
                .map(Alert.Reason::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Alert(kind + ":" + level, kind, level, since, reasons, null);
    }

    private static int beds(HospitalView view, @Nullable ServiceId service) {
        int beds = 0;
        for (ServiceView candidate : view.services()) {
            if (service == null || candidate.service().id().equals(service)) {
                Counts counts = candidate.counts();
                beds += counts.ready() + counts.reserved() + counts.toClean() + counts.cleaning();
            }
        }
        return beds;
    }
}
