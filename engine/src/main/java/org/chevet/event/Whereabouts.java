package org.chevet.event;

/** Where a patient is who had departed, when the transfer is cancelled all the same. */
public enum Whereabouts {
    /** Back in the hospital that sent them, or on the way there. */
    SENDING_HOSPITAL,
    /** In neither of the two. */
    ELSEWHERE
}
