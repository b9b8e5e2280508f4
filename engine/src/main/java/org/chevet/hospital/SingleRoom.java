package org.chevet.hospital;

/** How much a patient is meant to lie alone: a wish, or a prescription. */
public enum SingleRoom {
    INDIFFERENT,
    PREFERRED,
    PRESCRIBED
}
