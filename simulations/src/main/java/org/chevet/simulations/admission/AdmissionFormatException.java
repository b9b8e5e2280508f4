package org.chevet.simulations.admission;

/** A text that is not a published instance or a solution to one. */
public final class AdmissionFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AdmissionFormatException(int line, String seen) {
        super("line " + line + " has " + seen);
    }
}
