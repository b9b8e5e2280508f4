package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import org.chevet.event.CardProgress;
import org.chevet.hospital.ActionCard;
import org.jspecify.annotations.Nullable;

/**
 * An action card and how it stands.
 *
 * @param raisedAt since when its level asks for it, null when it does not
 * @param due until when somebody must take it on, null when it is not raised
 * @param progress the last time it was taken on, null when nobody did for this rise of the level
 * @param bedsNow beds that could take a patient at this moment, of its service or the hospital
 */
public record RaisedCard(
        ActionCard card,
        @Nullable Instant raisedAt,
        @Nullable Instant due,
        @Nullable CardProgress progress,
        State state,
        int bedsNow) {
    public enum State {
        /** Its level does not ask for it. */
        IDLE,
        /** Nobody has taken it on yet. */
        RAISED,
        /** …and the time is over. */
        OVERDUE,
        TAKEN_ON,
        CLOSED
    }

    /**
     * @param level how its scope stands
     * @param known the last time that it was taken on, whenever that was
     */
    static RaisedCard of(ActionCard card, Levels.Level level, @Nullable CardProgress known, int bedsNow, Instant now) {
        boolean asked = level.level().compareTo(card.level()) >= 0;
        Instant raised = asked ? level.since() : null;
        Instant due = raised == null ? null : raised.plus(Duration.ofMinutes(card.deadlineMinutes()));
        boolean open = known != null && known.closed() == null;
        boolean ofThisRise =
                known != null && raised != null && !known.acknowledgedAt().isBefore(raised);
        CardProgress progress = open || ofThisRise ? known : null;
        return new RaisedCard(card, raised, due, progress, state(progress, due, now), bedsNow);
    }

    private static State state(@Nullable CardProgress progress, @Nullable Instant due, Instant now) {
        if (progress != null) {
            return progress.closed() == null ? State.TAKEN_ON : State.CLOSED;
        }
        if (due == null) {
            return State.IDLE;
        }
        return now.isBefore(due) ? State.RAISED : State.OVERDUE;
    }
}
