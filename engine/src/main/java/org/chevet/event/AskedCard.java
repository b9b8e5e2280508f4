package org.chevet.event;

import java.time.Instant;

/**
 * An action card that the screens of a drill ask for.
 *
 * @param card its id in the hospital's file
 * @param since when its level was reached, as they say
 */
public record AskedCard(String card, Instant since) {}
