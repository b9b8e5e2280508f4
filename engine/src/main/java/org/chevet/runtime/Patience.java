package org.chevet.runtime;

import java.time.Duration;

/**
 * How long the members of a cluster wait for each other.
 *
 * @param submissionMax from a submission to its answer, whatever happens to members meanwhile
 * @param askMax for one answer of another member
 * @param askAgainAfter between two tries
 * @param viewMax from a writer's answer until this member's own view has what was done
 * @param lookEvery how often a member looks around when nothing comes, and at the journal
 * @param silenceMax a writer that is not heard for so long may be gone
 * @param holdOff who lost a hospital to another writes it again after so long, if the cluster still says so
 * @param holdOffWanted the same where somebody waits
 * @param journalSilenceMax a member that the journal did not answer for so long leaves its hospitals to one that it answers
 * @param newsEvery how often a member tells how its hospitals stand
 */
record Patience(
        Duration submissionMax,
        Duration askMax,
        Duration askAgainAfter,
        Duration viewMax,
        Duration lookEvery,
        Duration silenceMax,
        Duration holdOff,
        Duration holdOffWanted,
        Duration journalSilenceMax,
        Duration newsEvery) {
    static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(2_000),
            Duration.ofSeconds(3),
            Duration.ofMillis(300),
            Duration.ofSeconds(4),
            Duration.ofMillis(500));
}
