package org.chevet.forecast;

/** What can be said of the census of a day ahead. */
public sealed interface CensusForecast {
    /** @param rapid whether the census grows or falls so fast that the band was made wider than past errors alone ask for */
    record Foreseen(CountDistribution census, boolean rapid) implements CensusForecast {}

    /** Nothing: fewer days are known than are needed to know how wrong one would be. */
    record TooLittleHistory(int daysKnown, int daysNeeded) implements CensusForecast {}
}
