package org.chevet.event;

/** How clean a bed is, whoever holds it. */
public enum BedCondition {
    CLEAN,
    TO_CLEAN,
    CLEANING
}
