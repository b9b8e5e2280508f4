package org.chevet.forecast;

/** One way to say from a daily census what it will be, on the {@linkplain RootScale root scale}. Told each day's value once, in order; owned by one forecaster. */
interface CensusMethod {
    /** Days in a week: whatever repeats, repeats after these. */
    int WEEK = 7;

    /** The value of the next day. */
    void observe(double value);

    /** Fills in what is expected one day ahead, two days ahead …, by what was observed so far, at least one day. */
    void expect(double[] ahead);
}
