package org.chevet.event;

/** How a stay ended. */
public enum Ending {
    DISCHARGED,
    TRANSFERRED_OUT,
    DIED
}
