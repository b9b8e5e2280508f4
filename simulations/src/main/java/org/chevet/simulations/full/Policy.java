package org.chevet.simulations.full;

import java.util.function.Supplier;

/** The ways of choosing beds that are compared. */
public enum Policy {
    /** As Chevet proposes. */
    CHEVET("chevet", Proposed::new),
    /** The most urgent first, each a ready bed of the service nearest to the specialty. */
    NEAREST("nearest", ReadyBeds::rankGreedy),
    /** Who asked first is given the first bed that no rule forbids. */
    FIRST_FIT("first-fit", ReadyBeds::firstFit);

    private final String code;
    private final Supplier<BedPolicy> made;

    Policy(String code, Supplier<BedPolicy> made) {
        this.code = code;
        this.made = made;
    }

    public String code() {
        return code;
    }

    BedPolicy make() {
        return made.get();
    }
}
