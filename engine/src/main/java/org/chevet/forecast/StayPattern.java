package org.chevet.forecast;

/**
 * When patients leave a service: the chance that who is there at a full hour is not at the next one is λ[time since entry] · m[weekday] · g[hour], each
 * of the three observed / expected by the other two, so that none is blamed for another; m and g are around 1. For whom something was known some
 * hours before, it is f[how long before][what was known] times that. Whoever was said to leave on the day has a g of their own: most of them do, so in the
 * afternoon, when few of the others leave, it is the surer of each who is left.
 */
final class StayPattern {
    /** Hours since entry at which each class of λ begins; the forecast data's days, the first day in three. */
    static final int[] BUCKET_HOURS = {0, 4, 12, 24, 48, 72, 96, 144, 216, 336, 504, 840};

    /**
     * Those of the first day. Whether a service lets patients go sooner or later than others shows in all classes of the days after it; in the first hours
     * it shows who only passes through.
     */
    private static final int FIRST_DAY_CLASSES = 3;

    /** Nobody surely leaves within the hour. */
    static final double CHANCE_MAX = 0.98;

    /** Before anything is seen a stay lasts 7.6 days, the mean of published trajectories. */
    private static final double FIRST_CHANCE = 1 / (7.6 * 24);

    /** Events that the wider group's value is worth: as many as in the forecast data's formula of weekdays. */
    static final double STRENGTH_EVENTS = 8;

    /** Events that the guess from before anything was seen is worth. */
    static final double FIRST_STRENGTH_EVENTS = 1;

    private static final byte[] BUCKETS = buckets();

    final Factor rate = new Factor(BUCKET_HOURS.length, FIRST_CHANCE);

    final Factor weekday = new Factor(7, 1);
    final Factor hour = new Factor(24, 1);
    private final Factor hourWherePlanned = new Factor(24, 1);
    final StandingFactor standing = new StandingFactor();

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

    /** How many hours from then on somebody is in the bucket. */
    static long hoursLeft(int bucket, long hoursSinceEntry) {
        return bucket + 1 == BUCKET_HOURS.length ? Integer.MAX_VALUE : BUCKET_HOURS[bucket + 1] - hoursSinceEntry;
    }

    /** g of those of whom that was known. */
    Factor hour(int what) {
        return Standing.isPlannedForTheDay(what) ? hourWherePlanned : hour;
    }

    void forget(double kept) {
        rate.forget(kept);
        weekday.forget(kept);
        hour.forget(kept);
        hourWherePlanned.forget(kept);
        standing.forget(kept);
    }

    void add(StayPattern part) {
        rate.add(part.rate);
        weekday.add(part.weekday);
        hour.add(part.hour);
        hourWherePlanned.add(part.hourWherePlanned);
        standing.add(part.standing);
    }

    void clear() {
        rate.clear();
        weekday.clear();
        hour.clear();
        hourWherePlanned.clear();
        standing.clear();
    }

    /** @param strengthEvents that the group's values are worth, but for weekdays, whose likeness says it */
    void settle(StayPattern group, double strengthEvents) {
        rate.settleAlong(group.rate, FIRST_DAY_CLASSES, strengthEvents);
        weekday.settleByLikeness(group.weekday);
        hour.settleAroundOne(group.hour, strengthEvents);
        hourWherePlanned.settleAroundOne(group.hourWherePlanned, strengthEvents);
        standing.settleAroundOne(group.standing, strengthEvents);
    }

    /** Where no wider group tells them apart, those planned for the day lean on everybody's hours. */
    void settlePlannedByEverybody() {
        hourWherePlanned.settleAroundOne(hour, STRENGTH_EVENTS);
    }

    /** How many numbers tell what depends on which factor: the weekdays first, then each class of foresight with each thing that can be known. */
    static final int DEPENDENCES = 7 + Standing.LEADS * Standing.WHATS;

    /** Where the dependence is on what was known so long before. */
    static int dependence(int lead, int what) {
        return 7 + lead * Standing.WHATS + what;
    }

    /**
     * The variance of a number that depends on factors which are not known for sure: each is a gamma variable of as many events as it was learned of, so its relative
     * variance is one by these.
     *
     * @param dependences by how much the number is less when the factor is twice itself, to first order
     * @param partKnown of the day when it was known what is known
     */
    double variance(double[] dependences, int partKnown) {
        double sum = 0;
        for (int i = 0; i < 7; i++) {
            sum += dependences[i] * dependences[i] / (weekday.observed[i] + weekday.strengthEvents());
        }
        for (int lead = 0; lead < Standing.LEADS; lead++) {
            for (int what = 0; what < Standing.WHATS; what++) {
                double depends = dependences[dependence(lead, what)];
                if (depends > 0) {
                    sum += depends
                            * depends
                            / (standing.observed(what, Standing.ofWhat(lead, partKnown)) + STRENGTH_EVENTS);
                }
            }
        }
        return sum;
    }
}
