package org.chevet.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an action card of the hospital has come since somebody took it on.
 *
 * @param card its id in the hospital's file
 * @param bedsThen beds that could take a patient then, cleaned or to be cleaned, of the service or hospital that the card is for
 * @param acknowledgedBy null in the event of the act itself, whose origin says it
 * @param closed null until it is done
 */
public record CardProgress(
        String card,
        Instant acknowledgedAt,
        int bedsThen,
        @Nullable Author acknowledgedBy,
        @Nullable Closing closed) {
    /**
     * @param bedsThen as for the card, when it was done
     * @param by as for the card
     */
    public record Closing(
            Instant at,
            int bedsThen,
            @Nullable String note,
            @Nullable Author by) {}

    public CardProgress with(Closing closing) {
        return new CardProgress(card, acknowledgedAt, bedsThen, acknowledgedBy, closing);
    }

    /** Beds more than when it was taken on, fewer when negative: what happened meanwhile, whatever brought it about. */
    public @Nullable Integer bedsGained() {
        return closed == null ? null : closed.bedsThen() - bedsThen;
    }

    public CardProgress signedBy(@Nullable Author author) {
        Author first = acknowledgedBy == null ? author : acknowledgedBy;
        Closing end = closed == null || closed.by() != null
                ? closed
                : new Closing(closed.at(), closed.bedsThen(), closed.note(), author);
        return new CardProgress(card, acknowledgedAt, bedsThen, first, end);
    }
}
