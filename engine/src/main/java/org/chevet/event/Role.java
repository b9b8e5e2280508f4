package org.chevet.event;

/** In what capacity a person acts. */
public enum Role {
    BED_MANAGER,
    SERVICE_HEAD,
    /** Cadre de santé. */
    NURSE_MANAGER,
    NURSE,
    PHYSICIAN,
    CLEANING,
    TRANSPORT,
    ADMISSIONS_OFFICE,
    CRISIS_CELL,
    /** Directeur de garde. */
    DIRECTOR_ON_DUTY
}
