package org.chevet.runtime;

/**
 * What the journal thread has done since it started, for metrics.
 *
 * @param transactions groups made durable, one fsync each
 * @param failures groups that failed, conflicts left out
 * @param conflicts hospitals of which another process had written the event that was to be appended
 * @param lastAppendNanos how long the last group took
 */
public record JournalFigures(long transactions, long events, long failures, long conflicts, long lastAppendNanos) {}
