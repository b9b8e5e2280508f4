package org.chevet.forecast;

import java.util.List;

/**
 * When patients leave a service: the chance that who is there at a full hour is not at the next one is λ[time since entry] · m[weekday] · g[hour] ·
 * f[standing]. Each of the four is observed / expected by the other three, so that none is blamed for another; m, g and f are around 1.
 */
final class StayPattern {
    /** Hours since entry at which each class of λ begins; the forecast data's days, the first day in three. */
    static final int[] BUCKET_HOURS = {0, 4, 12, 24, 48, 72, 96, 144, 216, 336, 504, 840};

    /** Nobody surely leaves within the hour. */
    static final double CHANCE_MAX = 0.98;

    /** Before anything is seen a stay lasts 7.6 days, the mean of published trajectories. */
    private static final double FIRST_CHANCE = 1 / (7.6 * 24);

    /** Events that the wider group's value is worth: as many as in the forecast data's formula of weekdays. */
    private static final double STRENGTH_EVENTS = 8;

    private static final byte[] BUCKETS = buckets();

    final Factor rate = new Factor(BUCKET_HOURS.length, FIRST_CHANCE);

    /** λ of those of whose departure nothing is known: whatever it is that will be known of it when they leave. */
    final Factor rateUnknown = new Factor(BUCKET_HOURS.length, FIRST_CHANCE);

    final Factor weekday = new Factor(7, 1);
    final Factor hour = new Factor(24, 1);
    final Factor standing = new Factor(Standing.CLASSES, 1);

    private static byte[] buckets() {
        byte[] buckets = new byte[BUCKET_HOURS[BUCKET_HOURS.length - 1] + 1];
        for (int bucket = 0; bucket < BUCKET_HOURS.length; bucket++) {
            for (int hours = BUCKET_HOURS[bucket]; hours < buckets.length; hours++) {
                buckets[hours] = (byte) bucket;
            }
        }
        return buckets;
    }

    static int bucket(long hoursSinceEntry) {
        return BUCKETS[(int) Math.clamp(hoursSinceEntry, 0, BUCKETS.length - 1)];
    }

    /** Somebody is there at a full hour. */
    void atRisk(int bucket, int ofWeekday, int ofHour, int ofStanding) {
        double base = rate.value[bucket];
        double byDay = weekday.value[ofWeekday];
        double byHour = hour.value[ofHour];
        double byStanding = standing.value[ofStanding];
        rate.expected[bucket] += byDay * byHour * byStanding;
        rateUnknown.expected[bucket] += byDay * byHour;
        weekday.expected[ofWeekday] += base * byHour * byStanding;
        hour.expected[ofHour] += base * byDay * byStanding;
        standing.expected[ofStanding] += base * byDay * byHour;
    }

    /** Who was at risk is gone an hour later. */
    void left(int bucket, int ofWeekday, int ofHour, int ofStanding) {
        rate.observed[bucket]++;
        rateUnknown.observed[bucket]++;
        weekday.observed[ofWeekday]++;
        hour.observed[ofHour]++;
        standing.observed[ofStanding]++;
    }

    void forget(double kept) {
        factors().forEach(factor -> factor.forget(kept));
    }

    void add(StayPattern part) {
        rate.add(part.rate);
        rateUnknown.add(part.rateUnknown);
        weekday.add(part.weekday);
        hour.add(part.hour);
        standing.add(part.standing);
    }

    void clear() {
        factors().forEach(Factor::clear);
    }

    void settle(StayPattern group) {
        rate.settle(group.rate, STRENGTH_EVENTS);
        rateUnknown.settle(group.rateUnknown, STRENGTH_EVENTS);
        weekday.settleAroundOne(group.weekday, STRENGTH_EVENTS);
        hour.settleAroundOne(group.hour, STRENGTH_EVENTS);
        standing.settleAroundOne(group.standing, STRENGTH_EVENTS);
    }

    private List<Factor> factors() {
        return List.of(rate, rateUnknown, weekday, hour, standing);
    }
}
