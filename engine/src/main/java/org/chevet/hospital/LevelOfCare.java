package org.chevet.hospital;

/** What a service can do for a patient, from the least to the most intensive; the order is meant. */
public enum LevelOfCare {
    /** SMR: soins médicaux et de réadaptation. */
    REHABILITATION,
    /** Hospitalisation conventionnelle, UHCD included. */
    ACUTE,
    /** Surveillance continue, soins intensifs (USC, USIC, UNV). */
    INTERMEDIATE,
    /** Réanimation. */
    INTENSIVE
}
