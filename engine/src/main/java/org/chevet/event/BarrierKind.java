package org.chevet.event;

/** What a patient's departure waits for, other than getting better. */
public enum BarrierKind {
    /** In rehabilitation or follow-up care (SMR, formerly SSR). */
    REHABILITATION_BED,
    /** In a nursing home or a long-stay unit (EHPAD, USLD). */
    NURSING_HOME,
    /** To be set up: hospital at home, nurses, home help (HAD, SSIAD). */
    HOME_CARE,
    /** For the patient's home: a bed, oxygen, a wheelchair. */
    EQUIPMENT,
    TRANSPORT,
    FAMILY,
    /** Housing, rights, money. */
    SOCIAL,
    /** A guardian is to be named, or to agree. */
    LEGAL_PROTECTION,
    /** Imaging, or any other examination. */
    EXAMINATION,
    /** Of another specialty. */
    MEDICAL_ADVICE,
    PHARMACY,
    OTHER
}
