package org.chevet.simulations.calibration;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.chevet.simulations.calibration.Observed.End;
import org.chevet.simulations.calibration.Observed.Stretch;

/**
 * How many nights patients would stay if everybody left on the day on which nothing keeps them any more, and which share of those is let go on each
 * weekday. What is seen is the day on which they leave: who could go after k nights is seen to leave after n with probability
 *
 * <pre>P(n | k) = a(n) · ∏ (1 − a(j)), j = k … n − 1, a(j) being the share let go on the weekday of the j-th day</pre>
 *
 * as the simulator has it ({@link org.chevet.simulations.demand.Leaving}). The distribution of k and the shares are found together, by expectation
 * and maximisation. Who moves or dies does so on the day itself; of who is still there it is known that n is greater.
 */
final class Nights {
    /** Leavings of all services together that the weekdays of one lean on. */
    private static final double STRENGTH = 20;

    private static final int ROUNDS = 60;
    private static final int WEEKDAYS = 7;

    /** Longer stays are taken for so long. */
    private static final int NIGHTS_MAX = 400;

    private final ZoneId zone;

    // By service.
    private final double[][] ofNights;
    private final double[][] letGo;
    private final double[][] trials;
    private final double[][] leavings;

    // By service, weekday of the entry and nights.
    private final double[][][] left;
    private final double[][][] lasting;

    /** Those who moved or died, by service and nights. */
    private final double[][] exact;

    Nights(ZoneId zone, int services) {
        this.zone = zone;
        ofNights = new double[services][NIGHTS_MAX + 1];
        letGo = new double[services][WEEKDAYS];
        trials = new double[services][WEEKDAYS];
        leavings = new double[services][WEEKDAYS];
        left = new double[services][WEEKDAYS][NIGHTS_MAX + 1];
        lasting = new double[services][WEEKDAYS][NIGHTS_MAX + 1];
        exact = new double[services][NIGHTS_MAX + 1];
    }

    void add(Stretch stretch) {
        LocalDate entry = day(stretch.entry());
        int weekday = entry.getDayOfWeek().getValue() - 1;
        int nights = (int) Math.min(NIGHTS_MAX, ChronoUnit.DAYS.between(entry, day(stretch.exit())));
        int service = stretch.service();
        if (stretch.end() == End.LASTS) {
            int known = Math.min(NIGHTS_MAX - 1, nights);
            lasting[service][weekday][known]++;
            // Rounds only weigh what has a weight: without one, nobody would stay longer than the longest stay that is
            // over.
            ofNights[service][known + 1]++;
        } else {
            ofNights[service][nights]++;
            if (stretch.end() == End.LEFT) {
                left[service][weekday][nights]++;
                leavings[service][(weekday + nights) % WEEKDAYS]++;
            } else {
                exact[service][nights]++;
            }
        }
    }

    private LocalDate day(long second) {
        return Instant.ofEpochSecond(second).atZone(zone).toLocalDate();
    }

    /** Once all were added. */
    void fit() {
        double[] all = sum(leavings);
        relativeToBest(all);
        for (int service = 0; service < ofNights.length; service++) {
            letGo[service] = all.clone();
            normalise(ofNights[service]);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int service = 0; service < ofNights.length; service++) {
                expect(service);
            }
            maximise();
        }
    }

    private void expect(int service) {
        double[] next = exact[service].clone();
        Arrays.fill(trials[service], 0);
        for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
            for (int nights = 0; nights <= NIGHTS_MAX; nights++) {
                if (left[service][weekday][nights] > 0) {
                    expectLeft(service, weekday, nights, next);
                }
                if (lasting[service][weekday][nights] > 0) {
                    expectLasting(service, weekday, nights, next);
                }
            }
        }
        normalise(next);
        ofNights[service] = next;
    }

    private void expectLeft(int service, int weekday, int nights, double[] next) {
        double count = left[service][weekday][nights];
        double[] share = new double[nights + 1];
        double kept = 1;
        double sum = 0;
        for (int could = nights; could >= 0; could--) {
            kept *= could == nights ? 1 : 1 - letGo[service][(weekday + could) % WEEKDAYS];
            share[could] = kept * ofNights[service][could];
            sum += share[could];
        }
        double couldBefore = 0;
        for (int day = 0; day <= nights; day++) {
            double posterior = sum > 0 ? share[day] / sum : day == nights ? 1 : 0;
            next[day] += count * posterior;
            couldBefore += posterior;
            trials[service][(weekday + day) % WEEKDAYS] += count * couldBefore;
        }
    }

    private void expectLasting(int service, int weekday, int nights, double[] next) {
        double count = lasting[service][weekday][nights];
        double[] share = ofNights[service].clone();
        double kept = 1;
        for (int could = nights; could >= 0; could--) {
            kept *= 1 - letGo[service][(weekday + could) % WEEKDAYS];
            share[could] *= kept;
        }
        double sum = Arrays.stream(share).sum();
        double couldBefore = 0;
        for (int could = 0; sum > 0 && could <= NIGHTS_MAX; could++) {
            double posterior = share[could] / sum;
            next[could] += count * posterior;
            couldBefore += posterior;
            if (could <= nights) {
                trials[service][(weekday + could) % WEEKDAYS] += count * couldBefore;
            }
        }
    }

    private void maximise() {
        double[] leavingsOfAll = sum(leavings);
        double[] trialsOfAll = sum(trials);
        double[] all = new double[WEEKDAYS];
        for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
            all[weekday] = trialsOfAll[weekday] > 0 ? leavingsOfAll[weekday] / trialsOfAll[weekday] : 1;
        }
        relativeToBest(all);
        for (int service = 0; service < letGo.length; service++) {
            for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
                letGo[service][weekday] =
                        (leavings[service][weekday] + STRENGTH * all[weekday]) / (trials[service][weekday] + STRENGTH);
            }
            relativeToBest(letGo[service]);
        }
    }

    private static double[] sum(double[][] ofServices) {
        double[] sum = new double[WEEKDAYS];
        for (double[] service : ofServices) {
            for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
                sum[weekday] += service[weekday];
            }
        }
        return sum;
    }

    private static void relativeToBest(double[] shares) {
        double best = Arrays.stream(shares).max().orElse(0);
        for (int i = 0; i < shares.length; i++) {
            // A weekday on which nobody was ever seen to leave is a rare one, not one that can never be.
            shares[i] = best > 0 ? Math.max(0.01, shares[i] / best) : 1;
        }
    }

    private static void normalise(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; sum > 0 && i < weights.length; i++) {
            weights[i] /= sum;
        }
    }

    /** From Monday on, the best day having 1. */
    double[] letGo(int service) {
        return letGo[service].clone();
    }

    /** How many nights such a share of the patients does not pass. */
    int quantile(int service, double share) {
        double below = 0;
        for (int nights = 0; nights < NIGHTS_MAX; nights++) {
            below += ofNights[service][nights];
            if (below >= share) {
                return nights;
            }
        }
        return NIGHTS_MAX;
    }
}
