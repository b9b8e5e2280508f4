package org.chevet.forecast;

/** What a method reckons in: beds, or their logarithm, in which an epidemic that doubles every week is a straight line. */
enum Scale {
    BEDS {
        @Override
        double of(double census) {
            return census;
        }

        @Override
        double census(double value) {
            return value;
        }
    },
    LOGARITHM {
        @Override
        double of(double census) {
            return Math.log(census + FEW_BEDS);
        }

        @Override
        double census(double value) {
            return Math.exp(value) - FEW_BEDS;
        }
    };

    /** Beds added before growth is reckoned: from one bed to three is not a threefold epidemic. */
    static final double FEW_BEDS = 5;

    abstract double of(double census);

    abstract double census(double value);
}
