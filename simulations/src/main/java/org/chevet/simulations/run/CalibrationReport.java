package org.chevet.simulations.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chevet.hospital.Isolation;
import org.chevet.simulations.calibration.Calibration;
import org.chevet.simulations.calibration.Comparison;
import org.chevet.simulations.calibration.Comparison.Of;
import org.chevet.simulations.calibration.Needs;
import org.chevet.simulations.calibration.Seen;
import org.chevet.simulations.scenario.Scenario;

/** The real hospital beside the simulated one, as a page. */
final class CalibrationReport {
    private static final int LENGTHS = 200;
    private static final double LONG_STAY = 0.98;

    private final Page page;

    private CalibrationReport(Scenario scenario) {
        page = new Page(scenario.name(), scenario.summary());
    }

    /** @param comparisons of the whole hospital first, then of each service */
    static String of(Scenario scenario, Calibration calibration, List<Comparison> comparisons, long seed) {
        CalibrationReport report = new CalibrationReport(scenario);
        Comparison all = comparisons.getFirst();
        report.page.remark(
                String.format(
                        Locale.FRANCE,
                        "Réel (bleu) et simulé (orange, %d réplications, graine %d), sur les mêmes jours. D : distance de Kolmogorov-Smirnov, de 0 (identiques) à 1 ; en gras, plus que le hasard (95 %%).",
                        all.simulated().size(),
                        seed),
                String.format(
                        Locale.UK,
                        "Real (blue) and simulated (orange, %d replications, seed %d), over the same days. D: distance of Kolmogorov and Smirnov, from 0 (the same) to 1; in bold, more than chance (95 %%).",
                        all.simulated().size(),
                        seed));
        report.counts(all, Of.ARRIVALS_BY_HOUR, "Arrivées par heure", "Arrivals by hour");
        report.counts(all, Of.ARRIVALS_BY_WEEKDAY, "Arrivées par jour (lundi 0)", "Arrivals by weekday (Monday 0)");
        report.counts(all, Of.LEAVING_BY_HOUR, "Sorties par heure", "Discharges by hour");
        report.counts(all, Of.LEAVING_BY_WEEKDAY, "Sorties par jour (lundi 0)", "Discharges by weekday (Monday 0)");
        if (calibration.season() != null) {
            report.counts(
                    all, Of.EMERGENCIES_BY_MONTH, "Urgences par mois (janvier 0)", "Emergencies by month (January 0)");
            report.counts(
                    all, Of.ELECTIVES_BY_MONTH, "Programmés par mois (janvier 0)", "Electives by month (January 0)");
            if (Arrays.stream(all.real().directByMonth()).sum() > 0) {
                report.counts(
                        all,
                        Of.DIRECT_BY_MONTH,
                        "Entrées directes par mois (janvier 0)",
                        "Direct admissions by month (January 0)");
            }
        }
        report.lengths(all);
        report.census(all);
        report.needs(comparisons);
        report.untold(calibration.untold());
        report.means(comparisons);
        report.distances(comparisons);
        return report.page.end(scenario.sources());
    }

    private void title(Comparison comparison, Of of, String french, String english) {
        page.tag(
                "h2",
                Html.both(french, english) + String.format(Locale.ROOT, " · D&nbsp;%.3f", comparison.distance(of)));
    }

    private void counts(Comparison comparison, Of of, String french, String english) {
        title(comparison, of, french + " (%)", english + " (%)");
        double[] real = shares(Comparison.counts(comparison.real(), of));
        double[] simulated = shares(comparison.simulatedCounts(of));
        double[] range = Chart.range(true, real, simulated);
        page.append(new Chart(0, real.length - 1, range[0], range[1])
                .line(real, "a")
                .line(simulated, "b")
                .svg(english));
    }

    private static double[] shares(int[] counts) {
        double sum = Math.max(1, Arrays.stream(counts).sum());
        return Arrays.stream(counts).mapToDouble(count -> 100 * count / sum).toArray();
    }

    private void lengths(Comparison comparison) {
        title(
                comparison,
                Of.LENGTH,
                "Durées de séjour : part des séjours terminés (%) après tant de jours",
                "Lengths of stay: share of stays over (%) after so many days");
        double longest = Math.max(1, comparison.real().quantile(LONG_STAY));
        double[] days = IntStream.range(0, LENGTHS)
                .mapToDouble(i -> longest * i / (LENGTHS - 1))
                .toArray();
        page.append(new Chart(0, longest, 0, 100)
                .line(percent(Comparison.cumulated(comparison.real().lengthDays(), days)), "a")
                .line(percent(Comparison.cumulated(comparison.simulatedLengths(), days)), "b")
                .svg("Lengths of stay"));
    }

    private static double[] percent(double[] shares) {
        return Arrays.stream(shares).map(share -> 100 * share).toArray();
    }

    private void census(Comparison comparison) {
        title(
                comparison,
                Of.CENSUS,
                "Patients à minuit, jour par jour : réel, médiane et 90 % des réplications",
                "Patients at midnight, day by day: real, median and 90 % of replications");
        double[] real =
                Arrays.stream(comparison.real().census()).asDoubleStream().toArray();
        double[][] bands = new double[3][real.length];
        for (int day = 0; day < real.length; day++) {
            int of = day;
            int[] sorted = comparison.simulated().stream()
                    .mapToInt(seen -> seen.census()[of])
                    .sorted()
                    .toArray();
            bands[0][day] = sorted[(int) (0.05 * sorted.length)];
            bands[1][day] = sorted[sorted.length / 2];
            bands[2][day] = sorted[(int) (0.95 * sorted.length)];
        }
        double[] range = Chart.range(false, real, bands[0], bands[2]);
        page.append(new Chart(0, real.length, range[0], range[1])
                .band(bands[0], bands[2], "wide b")
                .line(bands[1], "b")
                .line(real, "a")
                .svg("Census"));
        if (comparison.settled() > 0) {
            page.remark(
                    "Les " + comparison.settled()
                            + " premiers jours ne comptent pas dans D : les données ne disent pas qui était déjà là.",
                    "The first " + comparison.settled()
                            + " days do not count in D: the records leave out who was there already.");
        }
    }

    private void means(List<Comparison> comparisons) {
        page.tag("h2", Html.both("Par service : réel / simulé", "By service: real / simulated"));
        page.append("<table>\n<tr><th></th>");
        header("arrivées par jour", "arrivals a day");
        header("durée moyenne, j", "mean stay, d");
        header("médiane", "median");
        header("9e décile", "90th percentile");
        header("présents en moyenne", "mean census");
        page.append("</tr>\n");
        for (Comparison comparison : comparisons) {
            double days = comparison.real().census().length;
            Seen real = comparison.real();
            name(comparison);
            pair(real.arrivals() / days, comparison.simulatedArrivals() / days);
            pair(real.meanDays(), comparison.simulatedMeanDays());
            pair(real.quantile(0.5), comparison.simulatedQuantile(0.5));
            pair(real.quantile(0.9), comparison.simulatedQuantile(0.9));
            pair(comparison.meanCensus(), comparison.meanSimulatedCensus());
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    /** Columns only of what somebody really needed. */
    private void needs(List<Comparison> comparisons) {
        Needs all = comparisons.getFirst().real().needs();
        boolean knowsSex = all.sexKnown() > 0;
        boolean knowsAge = all.ageYears().length > 0;
        if (!knowsSex && !knowsAge && all.isolated().isEmpty() && all.equipped().isEmpty()) {
            return;
        }
        page.tag(
                "h2",
                Html.both(
                        "Besoins de ceux qui viennent du dehors : réel / simulé",
                        "Needs of those from outside: real / simulated"));
        page.append("<table>\n<tr><th></th>");
        if (knowsSex) {
            header("femmes, %", "women, %");
        }
        if (knowsAge) {
            header("âge moyen", "mean age");
        }
        all.isolated().keySet().forEach(kind -> header(isolation(kind) + ", %", kind.name() + ", %"));
        all.equipped().keySet().forEach(code -> header(code + ", %", code + ", %"));
        page.append("</tr>\n");
        for (Comparison comparison : comparisons) {
            Needs real = comparison.real().needs();
            Needs simulated = comparison.simulatedNeeds();
            name(comparison);
            if (knowsSex) {
                pair(100 * real.femaleShare(), 100 * simulated.femaleShare());
            }
            if (knowsAge) {
                pair(real.meanAgeYears(), simulated.meanAgeYears());
            }
            all.isolated()
                    .keySet()
                    .forEach(kind -> pair(100 * real.isolatedShare(kind), 100 * simulated.isolatedShare(kind)));
            all.equipped()
                    .keySet()
                    .forEach(code -> pair(100 * real.equippedShare(code), 100 * simulated.equippedShare(code)));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private static String isolation(Isolation kind) {
        return switch (kind) {
            case NONE -> "aucun";
            case CONTACT -> "contact";
            case DROPLET -> "gouttelettes";
            case AIRBORNE -> "air";
            case PROTECTIVE -> "protecteur";
        };
    }

    private void untold(List<Scenario.Words> untold) {
        if (!untold.isEmpty()) {
            page.remark(
                    "Non calé, l’historique n’en dit pas assez ; le scénario garde l’usuel : " + french(untold) + ".",
                    "Not calibrated, the history does not tell enough; the scenario keeps what is usual: "
                            + english(untold) + ".");
        }
    }

    private static String french(List<Scenario.Words> words) {
        return words.stream().map(Scenario.Words::french).collect(Collectors.joining(" ; "));
    }

    private static String english(List<Scenario.Words> words) {
        return words.stream().map(Scenario.Words::english).collect(Collectors.joining("; "));
    }

    private void header(String french, String english) {
        page.append("<th class=\"number\">" + Html.both(french, english) + "</th>");
    }

    private void name(Comparison comparison) {
        page.append("<tr><td>"
                + (comparison.name().isEmpty()
                        ? Html.both("Tout l’hôpital", "The whole hospital")
                        : Html.escape(comparison.name()))
                + "</td>");
    }

    private void pair(double real, double simulated) {
        page.append("<td class=\"number\">" + number(real, 1) + " / " + number(simulated, 1) + "</td>");
    }

    private static String number(double value, int digits) {
        return Double.isFinite(value)
                ? Html.both(
                        String.format(Locale.FRANCE, "%." + digits + "f", value),
                        String.format(Locale.UK, "%." + digits + "f", value))
                : "–";
    }

    private void distances(List<Comparison> comparisons) {
        page.tag("h2", Html.both("Distances D par service", "Distances D by service"));
        page.append("<table>\n<tr><th></th>");
        header("arrivées : heure", "arrivals: hour");
        header("jour", "weekday");
        header("sorties : heure", "discharges: hour");
        header("jour", "weekday");
        header("urgences : mois", "emergencies: month");
        header("programmés : mois", "electives: month");
        header("entrées directes : mois", "direct admissions: month");
        header("durées", "stays");
        header("présents", "census");
        page.append("</tr>\n");
        for (Comparison comparison : comparisons) {
            name(comparison);
            for (Of of : Of.values()) {
                boolean beyond = comparison.distance(of) > comparison.chance(of);
                page.append("<td class=\"number" + (beyond ? " sure" : "") + "\">" + number(comparison.distance(of), 3)
                        + "</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }
}
