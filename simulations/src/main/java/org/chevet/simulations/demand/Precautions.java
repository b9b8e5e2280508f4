package org.chevet.simulations.demand;

import org.chevet.hospital.Isolation;

/** Which patients are isolated. Made up, but of the size one finds. */
public final class Precautions {
    private Precautions() {}

    /** @param draw uniform in [0, 1) */
    public static Isolation of(String specialty, double draw) {
        return switch (specialty) {
            case "hematologie" -> draw < 0.4 ? Isolation.PROTECTIVE : Isolation.NONE;
            case "infectiologie" -> draw < 0.15 ? Isolation.AIRBORNE : draw < 0.5 ? Isolation.CONTACT : Isolation.NONE;
            case "pneumologie" -> draw < 0.04 ? Isolation.AIRBORNE : draw < 0.12 ? Isolation.DROPLET : Isolation.NONE;
            default -> draw < 0.04 ? Isolation.CONTACT : draw < 0.055 ? Isolation.DROPLET : Isolation.NONE;
        };
    }
}
