package org.chevet.simulations.calibration;

import java.util.Comparator;
import java.util.List;
import org.chevet.simulations.calibration.Observed.End;
import org.chevet.simulations.calibration.Observed.Stretch;

/** How long stays last when some were not over yet: Kaplan and Meier's estimate, {@code S(t) = ∏ (1 − ended / at risk)}. */
final class Survival {
    private final double[] days;
    private final double[] over;

    Survival(List<Stretch> stretches) {
        List<Stretch> sorted = stretches.stream()
                .sorted(Comparator.comparingDouble(Stretch::days))
                .toList();
        days = new double[sorted.size()];
        over = new double[sorted.size()];
        double lasting = 1;
        for (int i = 0; i < days.length; i++) {
            if (sorted.get(i).end() != End.LASTS) {
                lasting *= 1 - 1.0 / (days.length - i);
            }
            days[i] = sorted.get(i).days();
            over[i] = 1 - lasting;
        }
    }

    /** By when such a share of them is over, in days; the longest that was seen where it never is. */
    double quantile(double share) {
        int i = 0;
        while (i < days.length - 1 && over[i] < share) {
            i++;
        }
        return days[i];
    }
}
