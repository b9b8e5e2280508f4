package org.chevet.forecast;

import java.util.Arrays;

/** How those who are announced come: how long after, how late, and how many never do. Owned by one thread. */
final class Announcements {
    /** Longest that people who were announced and did not come are waited for. */
    static final int LATE_HOURS_MAX = 24;

    /** The longest time from announcement to arrival that is told apart. */
    private static final int LEAD_HOURS_MAX = FlowForecast.HOURS_AHEAD_MAX;

    /** As long as nothing is known, nine in ten come in time. */
    private static final double IN_TIME_FIRST = 9;

    /** How many of those who came were announced so many hours before. */
    private final double[] leads = new double[LEAD_HOURS_MAX + 1];

    /** How many came so many hours after the hour announced, or before it. */
    private final double[] lateness = new double[LATE_HOURS_MAX + 1];

    private double notShown = 1;

    void came(long leadHours, long lateHours) {
        leads[(int) Math.clamp(leadHours, 0, LEAD_HOURS_MAX)]++;
        lateness[(int) Math.clamp(lateHours, 0, LATE_HOURS_MAX)]++;
    }

    void didNotCome() {
        notShown++;
    }

    void forget(double kept) {
        for (int hours = 0; hours < leads.length; hours++) {
            leads[hours] *= kept;
        }
        for (int late = 0; late < lateness.length; late++) {
            lateness[late] *= kept;
        }
        notShown *= kept;
    }

    /** Nobody said when people were announced, and for when. */
    void clear() {
        Arrays.fill(leads, 0);
        Arrays.fill(lateness, 0);
    }

    /** The chance that who is announced and has not come so far comes so many hours late. */
    double coming(int late, int lateNow) {
        double all = notShown;
        for (int hours = lateNow; hours < lateness.length; hours++) {
            all += lateness[hours] + (hours == 0 ? IN_TIME_FIRST : 0);
        }
        return all == 0 ? 0 : (lateness[late] + (late == 0 ? IN_TIME_FIRST : 0)) / all;
    }

    /** Whether it was ever told how long before their arrival people are announced. */
    boolean knowsLeads() {
        for (double lead : leads) {
            if (lead > 0) {
                return true;
            }
        }
        return false;
    }

    /** Which share of those who will come announced in each of so many coming hours is not announced yet; all of them while nothing is known of leads. */
    double[] notYetAnnounced(int length) {
        double all = 0;
        for (double lead : leads) {
            all += lead;
        }
        double[] shares = new double[length];
        double later = 0;
        for (int hours = 0; hours < length; hours++) {
            later += hours < leads.length ? leads[hours] : 0;
            shares[hours] = all == 0 ? 1 : later / all;
        }
        return shares;
    }
}
