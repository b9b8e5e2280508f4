package org.chevet.hospital;

/** Ages in completed years, both ends included. */
public record AgeRange(int fromYears, int toYears) {
    public static final int AGE_YEARS_MAX = 130;
    public static final AgeRange ALL = new AgeRange(0, AGE_YEARS_MAX);

    public AgeRange {
        if (fromYears < 0 || toYears > AGE_YEARS_MAX || fromYears > toYears) {
            throw new IllegalArgumentException(
                    "age range " + fromYears + " to " + toYears + " years is empty or outside 0 to " + AGE_YEARS_MAX);
        }
    }

    public boolean contains(int ageYears) {
        return fromYears <= ageYears && ageYears <= toYears;
    }
}
