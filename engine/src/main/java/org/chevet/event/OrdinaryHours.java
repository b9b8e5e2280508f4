package org.chevet.event;

import java.util.List;

/**
 * When something happens that happens every day, as weights.
 *
 * @param byHour from midnight on, 24 of them; none for any hour
 * @param byWeekday from Monday on, 7 of them; none for any day
 */
public record OrdinaryHours(List<Double> byHour, List<Double> byWeekday) {
    /** At any time. */
    public static final OrdinaryHours ANYTIME = new OrdinaryHours(List.of(), List.of());

    public OrdinaryHours {
        byHour = List.copyOf(byHour);
        byWeekday = List.copyOf(byWeekday);
    }
}
