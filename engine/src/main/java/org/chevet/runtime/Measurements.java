package org.chevet.runtime;

import org.chevet.hospital.HospitalId;

/**
 * Is told how long the way from a command to the board takes, part by part, for whoever keeps figures. Called on the threads that do
 * the work: it must not block, and it is told no patient's data.
 */
public interface Measurements {
    /** Keeps nothing. */
    Measurements NONE = new Measurements() {};

    /** A writer decided a batch of commands in memory. */
    default void decided(HospitalId hospital, int commands, long nanos) {}

    /** The journal made a group of events durable: one transaction, one fsync. */
    default void appended(int events, long nanos) {}

    /** What follows a durable batch was done: its view published, its senders answered. */
    default void published(long nanos) {}

    /** A snapshot was written. */
    default void snapshotKept(HospitalId hospital, long sequence, int bytes) {}

    /**
     * This member began to write a hospital that another one wrote.
     *
     * @param nanos since that one was last heard
     */
    default void handedOver(HospitalId hospital, long nanos) {}

    /**
     * What was submitted here was asked of another member.
     *
     * @param outcome done, refused, unavailable, or unanswered when nobody answered in time
     * @param nanos until its sender was answered
     */
    default void forwarded(String outcome, long nanos) {}
}
