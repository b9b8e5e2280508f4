package org.chevet.forecast;

import java.util.Arrays;

/**
 * Mean numbers of patients of one service by the hour of entry. All who are in the same bucket of time since entry leave with the same chance, so each bucket
 * has one number of how many are there, and one of how many of its own stayed so far, by which those of each hour are told when they grow out of it.
 */
final class Cohorts {
    /** Of those who stayed, the share below which the bucket's members are counted anew: divided by less, they would be lost. */
    private static final double STAYED_MIN = 1e-100;

    private static final int BUCKETS = StayPattern.BUCKET_HOURS.length;

    private final double[] rates;

    /** By hour of entry: how many there would be, had nobody ever left their bucket. */
    private final double[] entered;

    private final double[] there = new double[BUCKETS];
    private final double[] stayed = new double[BUCKETS];

    /** @param rates by bucket, of leaving within an hour */
    Cohorts(double[] rates, int hours) {
        this.rates = rates;
        entered = new double[hours];
        Arrays.fill(stayed, 1);
    }

    /** Within an hour not before the last one that anybody entered or left in. */
    void enter(int hour, double patients) {
        entered[hour] += patients / stayed[0];
        there[0] += patients;
    }

    /**
     * Who leaves within an hour, of those who entered in the hours before. To be called for each hour.
     *
     * @param factor by which all rates are multiplied
     */
    double leave(int hour, double factor) {
        double leaves = 0;
        for (int bucket = 1; bucket < BUCKETS && StayPattern.BUCKET_HOURS[bucket] <= hour; bucket++) {
            growInto(bucket, hour - StayPattern.BUCKET_HOURS[bucket]);
        }
        for (int bucket = 0; bucket < BUCKETS && StayPattern.BUCKET_HOURS[bucket] <= hour; bucket++) {
            double chance = Math.min(StayPattern.CHANCE_MAX, rates[bucket] * factor);
            leaves += there[bucket] * chance;
            there[bucket] *= 1 - chance;
            stayed[bucket] *= 1 - chance;
            if (stayed[bucket] < STAYED_MIN) {
                countAnew(bucket, hour);
            }
        }
        return leaves;
    }

    private void growInto(int bucket, int entry) {
        double patients = entered[entry] * stayed[bucket - 1];
        there[bucket - 1] = Math.max(0, there[bucket - 1] - patients);
        there[bucket] += patients;
        entered[entry] = patients / stayed[bucket];
    }

    private void countAnew(int bucket, int hour) {
        int oldest = bucket + 1 == BUCKETS ? 0 : Math.max(0, hour - StayPattern.BUCKET_HOURS[bucket + 1] + 1);
        for (int entry = oldest; entry <= hour - StayPattern.BUCKET_HOURS[bucket]; entry++) {
            entered[entry] *= stayed[bucket];
        }
        stayed[bucket] = 1;
    }

    /** All of them. */
    double there() {
        double sum = 0;
        for (double patients : there) {
            sum += patients;
        }
        return sum;
    }
}
