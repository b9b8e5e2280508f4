package org.chevet.runtime;

import java.time.Duration;

/**
 * How much of everything a writer holds.
 *
 * @param mailboxCommandsMax commands waiting; the next one is told to come back later
 * @param unansweredCommandsMax commands that a member of a cluster took for one hospital and whose answer is still to come, whoever
 *     writes it; the next one is told to come back later
 * @param batchCommandsMax commands decided before their events are handed to the journal
 * @param batchesAheadMax batches handed to the journal and not durable yet
 * @param idempotencyKeysMax keys remembered, the least recently used forgotten first
 * @param snapshotEveryEvents events between two snapshots; more under a load that leaves them no time
 * @param probeAfterMin how long after a failure the journal is first tried again; doubled each time
 * @param probeAfterMax up to this
 */
public record Limits(
        int mailboxCommandsMax,
        int unansweredCommandsMax,
        int batchCommandsMax,
        int batchesAheadMax,
        int idempotencyKeysMax,
        int snapshotEveryEvents,
        Duration probeAfterMin,
        Duration probeAfterMax) {
    public static final Limits DEFAULT =
            new Limits(10_000, 20_000, 1_000, 2, 200_000, 20_000, Duration.ofMillis(100), Duration.ofSeconds(5));
}
