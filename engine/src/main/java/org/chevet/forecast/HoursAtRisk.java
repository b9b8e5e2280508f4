package org.chevet.forecast;

import java.util.List;

/**
 * A local day's hours, in which patients are at risk of leaving: what is learned of a patient's hours in which nothing changed is added at once, with sums over
 * the day's hours made beforehand, and not hour by hour. For as long as no factor is settled anew. Owned by one thread.
 */
final class HoursAtRisk {
    private static final int HOURS_MAX = 48;

    private final List<ServiceFlow> flows;
    private final long first;
    private final long hoursKnownAtFirst;
    private final long day;
    private final int weekday;
    private final int length;
    private final int[] ofDay = new int[HOURS_MAX];

    /** By class of foresight and hour: how many hours before it is looked at what was known. */
    private final int[][] before = new int[Standing.LEADS][HOURS_MAX];

    /** By class of foresight and hour: the part of the day that it then was. */
    private final int[][] part = new int[Standing.LEADS][HOURS_MAX];

    /** By service, made when asked for: its factors of the hour of day, summed up to each hour. */
    private final double[][] sums;

    /** By service, class of foresight and part of the day when it was known: the same, of the hours that it is true of. */
    private final double[][][] knownSums;

    /**
     * @param first hour that is not learned of yet
     * @param hoursKnown before it
     */
    HoursAtRisk(WallHours wall, long first, long hoursKnown, List<ServiceFlow> flows) {
        this.flows = flows;
        this.first = first;
        hoursKnownAtFirst = hoursKnown;
        day = wall.day(first);
        weekday = wall.weekday(first);
        int hours = 0;
        while (hours < HOURS_MAX && wall.day(first + hours) == day) {
            ofDay[hours] = wall.hourOfDay(first + hours);
            for (int lead = 0; lead < Standing.LEADS; lead++) {
                int hoursBefore = Standing.hoursBefore(lead, day, ofDay[hours]);
                before[lead][hours] = hoursBefore;
                part[lead][hours] = Standing.partOfDay(Math.floorMod(ofDay[hours] - hoursBefore, 24));
            }
            hours++;
        }
        length = hours;
        sums = new double[flows.size()][];
        knownSums = new double[flows.size()][][];
    }

    int weekday() {
        return weekday;
    }

    int ofDay(long hour) {
        return ofDay[(int) (hour - first)];
    }

    /** Whether this is the day's last hour. */
    boolean endsWith(long hour) {
        return hour - first == length - 1;
    }

    /** A patient was at risk from one hour to before another, and did not leave, or left in the last. */
    void atRisk(int service, Known known, long sinceHour, long from, long until) {
        StayPattern pattern = flows.get(service).stays;
        double byDay = pattern.weekday.value[weekday];
        double[] sum = sums(service);
        int end = (int) (until - first);
        for (int begin = (int) (from - first), next; begin < end; begin = next) {
            long elapsed = first + begin - sinceHour;
            int bucket = StayPattern.bucket(elapsed);
            next = (int) Math.min(end, begin + StayPattern.hoursLeft(bucket, elapsed));
            double exposure = sum[next] - sum[begin];
            double base = pattern.rate.value[bucket];
            pattern.rate.expected[bucket] += byDay * exposure;
            pattern.weekday.expected[weekday] += base * exposure;
            for (int i = begin; i < next; i++) {
                pattern.hour.expected[ofDay[i]] += base * byDay;
            }
            standing(service, known, sinceHour, begin, next, base * byDay);
        }
    }

    private void standing(int service, Known known, long sinceHour, int begin, int end, double chance) {
        StayPattern pattern = flows.get(service).stays;
        double[] expected = pattern.standing.expected;
        for (int lead = 0; lead < Standing.LEADS; lead++) {
            int least = Standing.leadHours(lead);
            int most = Standing.leadHours(lead + 1) - 1;
            long lastThen = first + end - 1 - least;
            if (least > 0 && (lastThen < sinceHour || least > hoursKnownAtFirst + end - 1)) {
                return;
            }
            long firstThen = first + begin - most;
            boolean allKnown = most == 0 || firstThen >= sinceHour && most <= hoursKnownAtFirst + begin;
            int entry = known.at(lastThen);
            int what = known.what(entry, day);
            if (known.since(entry) > Math.max(firstThen, sinceHour)) {
                for (int i = begin; i < end; i++) {
                    if (isKnown(sinceHour, lead, i)) {
                        expected[standing(known, lead, i)] += chance * pattern.hour.value[ofDay[i]];
                    }
                }
            } else if (allKnown) {
                double[][] sum = knownSums(service);
                for (int partKnown = 0; partKnown < Standing.PARTS_OF_DAY; partKnown++) {
                    double[] ofPart = sum[lead * Standing.PARTS_OF_DAY + partKnown];
                    expected[Standing.of(lead, partKnown, what)] += chance * (ofPart[end] - ofPart[begin]);
                }
            } else {
                long seenHours = Math.min(first - sinceHour, hoursKnownAtFirst);
                for (int i = begin; i < end; i++) {
                    if (before[lead][i] <= seenHours + i) {
                        expected[Standing.of(lead, part[lead][i], what)] += chance * pattern.hour.value[ofDay[i]];
                    }
                }
            }
        }
    }

    /** A patient was at risk in that hour, and left in it. */
    void left(int service, Known known, long sinceHour, long hour) {
        int i = (int) (hour - first);
        StayPattern pattern = flows.get(service).stays;
        pattern.rate.observed[StayPattern.bucket(hour - sinceHour)]++;
        pattern.weekday.observed[weekday]++;
        pattern.hour.observed[ofDay[i]]++;
        for (int lead = 0; lead < Standing.LEADS && isKnown(sinceHour, lead, i); lead++) {
            pattern.standing.observed[standing(known, lead, i)]++;
        }
    }

    /** Whether somebody watched so many hours before, and the patient was in the service then. */
    private boolean isKnown(long sinceHour, int lead, int i) {
        int hours = before[lead][i];
        return hours == 0 || first + i - hours >= sinceHour && hours <= hoursKnownAtFirst + i;
    }

    private int standing(Known known, int lead, int i) {
        int hours = before[lead][i];
        return Standing.of(lead, part[lead][i], known.what(known.at(first + i - hours), day));
    }

    private double[] sums(int service) {
        double[] sum = sums[service];
        if (sum == null) {
            double[] byHour = flows.get(service).stays.hour.value;
            sum = new double[length + 1];
            for (int i = 0; i < length; i++) {
                sum[i + 1] = sum[i] + byHour[ofDay[i]];
            }
            sums[service] = sum;
        }
        return sum;
    }

    private double[][] knownSums(int service) {
        double[][] sum = knownSums[service];
        if (sum == null) {
            double[] byHour = flows.get(service).stays.hour.value;
            sum = new double[Standing.LEADS * Standing.PARTS_OF_DAY][length + 1];
            for (int lead = 0; lead < Standing.LEADS; lead++) {
                for (int i = 0; i < length; i++) {
                    for (int known = 0; known < Standing.PARTS_OF_DAY; known++) {
                        double[] ofPart = sum[lead * Standing.PARTS_OF_DAY + known];
                        ofPart[i + 1] = ofPart[i] + (part[lead][i] == known ? byHour[ofDay[i]] : 0);
                    }
                }
            }
            knownSums[service] = sum;
        }
        return sum;
    }
}
