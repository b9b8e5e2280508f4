package org.chevet.simulations.calibration;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.simulations.calibration.Observed.End;
import org.chevet.simulations.calibration.Observed.Stretch;

/**
 * The distributions of what was seen of a service, or of the whole hospital, over the days of which everybody is known.
 *
 * @param arrivalsByHour from outside and from other services, from midnight on
 * @param arrivalsByWeekday from Monday on
 * @param emergenciesByMonth from outside, from January on
 * @param electivesByMonth likewise
 * @param directByMonth likewise, neither emergencies nor electives
 * @param lengthDays of stays that began and were over within these days, in order
 * @param census patients at the midnight that ends each day; of a real hospital those are missing at first who came before it was looked at
 * @param needs of those from outside
 */
public record Seen(
        int[] arrivalsByHour,
        int[] arrivalsByWeekday,
        int[] leavingByHour,
        int[] leavingByWeekday,
        int[] emergenciesByMonth,
        int[] electivesByMonth,
        int[] directByMonth,
        double[] lengthDays,
        int[] census,
        Needs needs) {
    private static final int HOURS = 24;
    private static final int WEEKDAYS = 7;

    /** @param service by its place, or {@link Observed#ANY} for the whole hospital, from the door to the door */
    public static Seen of(Observed observed, int service) {
        int[] byHour = new int[HOURS];
        int[] byWeekday = new int[WEEKDAYS];
        int[] leavingByHour = new int[HOURS];
        int[] leavingByWeekday = new int[WEEKDAYS];
        int[] emergenciesByMonth = new int[Season.MONTHS];
        int[] electivesByMonth = new int[Season.MONTHS];
        int[] directByMonth = new int[Season.MONTHS];
        List<CareNeeds> needs = new ArrayList<>();
        int[] changes = new int[observed.days() + 1];
        long[] midnights = new long[observed.days()];
        Arrays.setAll(midnights, day -> observed.midnight(day + 1));
        List<Double> lengths = new ArrayList<>();
        List<Stretch> all = service == Observed.ANY ? observed.visits() : observed.stretches();
        for (Stretch stretch : all) {
            if (stretch.service() != service) {
                continue;
            }
            boolean hasLeft = stretch.end() != End.LASTS && stretch.exit() < observed.end();
            if (observed.hasEntered(stretch)) {
                count(observed, stretch.entry(), byHour, byWeekday);
                RequestOrigin origin = stretch.origin();
                if (origin != null) {
                    needs.add(stretch.needs());
                    int[] byMonth = switch (origin) {
                        case EMERGENCY_DEPARTMENT -> emergenciesByMonth;
                        case ELECTIVE -> electivesByMonth;
                        case OTHER_HOSPITAL, INTERNAL -> directByMonth;
                    };
                    byMonth[Season.month(observed.first(), observed.day(stretch.entry()))]++;
                }
                if (hasLeft) {
                    lengths.add(stretch.days());
                }
            }
            if (hasLeft && stretch.exit() >= observed.midnight(0)) {
                count(observed, stretch.exit(), leavingByHour, leavingByWeekday);
            }
            changes[day(midnights, stretch.entry())]++;
            if (stretch.end() != End.LASTS) {
                changes[day(midnights, stretch.exit())]--;
            }
        }
        return new Seen(
                byHour,
                byWeekday,
                leavingByHour,
                leavingByWeekday,
                emergenciesByMonth,
                electivesByMonth,
                directByMonth,
                lengths.stream().mapToDouble(Double::doubleValue).sorted().toArray(),
                summed(changes, observed.days()),
                Needs.of(needs));
    }

    /** The day that a time is in: 0 for all before, the last for all after. */
    private static int day(long[] midnights, long second) {
        int place = Arrays.binarySearch(midnights, second);
        return place >= 0 ? place + 1 : -place - 1;
    }

    private static int[] summed(int[] changes, int days) {
        int[] census = new int[days];
        int present = 0;
        for (int day = 0; day < days; day++) {
            present += changes[day];
            census[day] = present;
        }
        return census;
    }

    private static void count(Observed observed, long second, int[] byHour, int[] byWeekday) {
        ZonedDateTime time = Instant.ofEpochSecond(second).atZone(observed.zone());
        byHour[time.getHour()]++;
        byWeekday[time.getDayOfWeek().getValue() - 1]++;
    }

    public double meanDays() {
        return Arrays.stream(lengthDays).average().orElse(Double.NaN);
    }

    /** Of the lengths of stay. */
    public double quantile(double share) {
        return quantile(lengthDays, share);
    }

    static double quantile(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }

    public int arrivals() {
        return Arrays.stream(arrivalsByHour).sum();
    }
}
