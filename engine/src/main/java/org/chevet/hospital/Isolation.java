package org.chevet.hospital;

/** The precautions a patient needs, and which rooms give them. */
public enum Isolation {
    NONE,
    CONTACT,
    DROPLET,
    AIRBORNE,
    PROTECTIVE;

    /** Whether a room with this ability is fit, were the patient alone in it. */
    public boolean isMetBy(IsolationAbility ability) {
        return switch (this) {
            case NONE -> true;
            case CONTACT, DROPLET ->
                ability == IsolationAbility.SINGLE || ability == IsolationAbility.NEGATIVE_PRESSURE;
            case AIRBORNE -> ability == IsolationAbility.NEGATIVE_PRESSURE;
            case PROTECTIVE -> ability == IsolationAbility.PROTECTIVE;
        };
    }
}
