package org.chevet.event;

import java.time.Instant;

/**
 * An event with its place in the hospital's journal.
 *
 * @param sequence 1, 2, 3 … without gaps
 * @param act sequence of the first event that the same command produced
 * @param recordedAt the hospital's time when it was decided, never before its predecessor's
 */
public record Recorded(long sequence, long act, Instant recordedAt, Origin origin, BedEvent event) {}
