package org.chevet.simulations.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chevet.hospital.Service;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.run.Sweep.Swept;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/** One page with everything in it: it opens without a network, in French and in English. */
final class Report {
    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final int SWEPT_CHARTS_MAX = 8;

    /** Share of the axis within which marks are one. */
    private static final double MARKS_APART = 0.03;

    private static final List<String> COLOURS = List.of("a", "b");

    private final Page page;

    private Report(Scenario scenario) {
        page = new Page(scenario.name(), scenario.summary());
    }

    /**
     * @param real beside it, null for none
     * @param tried spreads of stays that the wave was fitted with, the one that is assumed first; empty when it was not
     */
    static String of(Results results, @Nullable RealCensus real, List<CalibrateWave.Tried> tried) {
        Report report = new Report(results.scenario());
        report.how(List.of(results));
        if (real != null) {
            report.real(real, results);
        }
        if (!tried.isEmpty()) {
            report.tried(tried);
        }
        report.estimates(
                results,
                Html.both(
                        "Questions (moyenne ± demi-intervalle à 95 %)", "Questions (mean ± half of the 95 % interval)"),
                results.questions());
        report.overTime(List.of(results));
        report.estimates(
                results,
                Html.both("Autres indicateurs", "Other indicators"),
                results.indicators()
                        .subList(
                                results.questions().size(), results.indicators().size()));
        report.services(results);
        return report.end(results.scenario());
    }

    static String of(Results some, Results others) {
        Report report = new Report(some.scenario());
        report.how(List.of(some, others));
        report.differences(some, others);
        report.overTime(List.of(some, others));
        return report.end(some.scenario());
    }

    static String of(Swept swept) {
        Results first = swept.results().getFirst();
        Report report = new Report(first.scenario());
        report.how(swept.results());
        report.swept(swept);
        return report.end(first.scenario());
    }

    private void how(List<Results> all) {
        Results first = all.getFirst();
        int beds = first.scenario().hospital().services().stream()
                .mapToInt(Service::staffedBeds)
                .sum();
        boolean full = first.level() == Level.FULL;
        String french = String.format(
                Locale.FRANCE,
                "%d lits armés, %d jours comptés, %d réplications, graine %d, %,d événements%s. Simulation : ce n’est pas une prévision.",
                beds,
                first.scenario().days(),
                first.outcomes().size(),
                first.seed(),
                events(all),
                full ? " décidés par le moteur" : "");
        String english = String.format(
                Locale.UK,
                "%d staffed beds, %d days counted, %d replications, seed %d, %,d events%s. A simulation, not a forecast.",
                beds,
                first.scenario().days(),
                first.outcomes().size(),
                first.seed(),
                events(all),
                full ? " decided by the engine" : "");
        page.remark(french, english);
        if (!full) {
            unanswered(first.scenario(), first.level());
        }
    }

    private void unanswered(Scenario scenario, Level level) {
        List<Indicator> indicators = Unanswered.indicators(level);
        List<String> measures = Unanswered.measures(scenario, level);
        page.remark(
                "Niveau flux : chaque service est un nombre de lits identiques, sans chambres ni règles ; personne n’est hébergé ailleurs. Sans réponse : "
                        + indicators.stream().map(Indicator::french).collect(Collectors.joining(", "))
                        + (measures.isEmpty() ? "" : ". Mesures sans effet ici : " + String.join(", ", measures))
                        + ".",
                "Flow level: each service is a number of beds that are alike, without rooms or rules; nobody lies in another service's bed. Not answered: "
                        + indicators.stream().map(Indicator::english).collect(Collectors.joining(", "))
                        + (measures.isEmpty() ? "" : ". Measures without effect here: " + String.join(", ", measures))
                        + ".");
    }

    private static long events(List<Results> all) {
        return all.stream().mapToLong(Results::events).sum();
    }

    private void estimates(Results results, String title, List<Indicator> indicators) {
        if (indicators.isEmpty()) {
            return;
        }
        page.tag("h2", title);
        page.append("<table>\n");
        for (Indicator indicator : indicators) {
            row(results, indicator)
                    .append(cell(results.estimate(indicator), indicator, false))
                    .append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private Page row(Results results, Indicator indicator) {
        boolean asked = results.scenario().questions().contains(indicator);
        return page.append(asked ? "<tr class=\"asked\"><td>" : "<tr><td>")
                .append(Html.both(indicator.french(), indicator.english()))
                .append("</td>");
    }

    private static String cell(Estimate estimate, Indicator indicator, boolean sure) {
        return "<td class=\"number" + (sure ? " sure" : "") + "\">"
                + Html.both(estimate.text(Locale.FRANCE), estimate.text(Locale.UK)) + " "
                + ("d".equals(indicator.unit()) ? Html.both("j", "d") : indicator.unit()) + "</td>";
    }

    private void real(RealCensus real, Results results) {
        page.tag(
                "h2",
                Html.both(
                        "Recensement réel (points) et simulé (moyenne, 90 % des réplications)",
                        "Real census (dots) and simulated one (mean, 90 % of replications)"));
        double[] days = IntStream.range(0, real.real().length).asDoubleStream().toArray();
        double[] range = Chart.range(true, real.real(), real.quantiles()[0], real.quantiles()[1]);
        page.append(new Chart(0, days.length, range[0], range[1])
                .shade(0, real.calibratedDays())
                .band(real.quantiles()[0], real.quantiles()[1], "wide b")
                .line(real.mean(), "b")
                .dots(days, real.real(), "a")
                .svg("Real census"));
        page.remark(
                "Axe : jours depuis le " + results.scenario().begins()
                        + ". Grisé : la partie sur laquelle les paramètres"
                        + " ont été calés ; la suite les met à l’épreuve. "
                        + (real.about().staysKnown()
                                ? "Les durées de séjour viennent d’une source, non du calage. "
                                : "")
                        + french(real)
                        + leftOut(real, " Jours sans patient réel, laissés de côté : %d."),
                "Axis: days since " + results.scenario().begins() + ". Grey: the part on which the parameters were"
                        + " calibrated; what follows puts them to the test. "
                        + (real.about().staysKnown() ? "Stays come from a source, not from the calibration. " : "")
                        + english(real)
                        + leftOut(real, " Days without a real patient, left out: %d."));
    }

    private void tried(List<CalibrateWave.Tried> tried) {
        page.tag(
                "h2",
                Html.both(
                        "Ce que le calage laisse ouvert : la dispersion des durées de séjour",
                        "What the calibration leaves open: how much stays differ"));
        page.append("<table>\n<tr><th>")
                .append(Html.both("écart type du logarithme", "standard deviation of the logarithm"))
                .append("</th><th class=\"number\">")
                .append(Html.both("erreur sur la partie calée", "error on the calibrated part"))
                .append("</th><th class=\"number\">")
                .append(Html.both("après : écart moyen", "afterwards: mean error"))
                .append("</th><th class=\"number\">")
                .append(Html.both("après : écart le plus grand", "afterwards: greatest error"))
                .append("</th></tr>\n");
        for (CalibrateWave.Tried one : tried) {
            page.append(one.equals(tried.getFirst()) ? "<tr class=\"asked\"><td>" : "<tr><td>")
                    .append(Html.both(
                            String.format(Locale.FRANCE, "%.2f", one.spread()),
                            String.format(Locale.UK, "%.2f", one.spread())))
                    .append("</td>");
            percent(one.error());
            percent(one.real().after().meanError());
            percent(one.real().after().greatestError());
            page.append("</tr>\n");
        }
        page.append("</table>\n");
        page.remark(
                "En gras : ce que dit le scénario. Le calage trouve le reste pour chacune ; il ne voit pas la suite.",
                "In bold: what the scenario says. The calibration finds the rest for each; it does not see what comes after.");
    }

    private void percent(double share) {
        page.append("<td class=\"number\">")
                .append(Html.both(
                        String.format(Locale.FRANCE, "%.1f %%", 100 * share),
                        String.format(Locale.UK, "%.1f %%", 100 * share)))
                .append("</td>");
    }

    private static String leftOut(RealCensus real, String sentence) {
        return real.daysWithoutPatients() == 0 ? "" : sentence.formatted(real.daysWithoutPatients());
    }

    private static String french(RealCensus real) {
        return String.format(
                Locale.FRANCE,
                "Un patient simulé en vaut %.0f. Écart de la moyenne : calage %s, après %s. Tolérance annoncée %.0f %% : %s.",
                real.about().patientsPerBed(),
                errors(real.calibrated(), Locale.FRANCE),
                errors(real.after(), Locale.FRANCE),
                100 * real.about().tolerance(),
                real.after().isWithin()
                        ? "tenue chaque jour après le calage"
                        : "tenue " + real.after().within() + " jours sur "
                                + real.after().days());
    }

    private static String english(RealCensus real) {
        return String.format(
                Locale.UK,
                "One simulated patient stands for %.0f. Error of the mean: calibrated part %s, afterwards %s. Stated tolerance %.0f %%: %s.",
                real.about().patientsPerBed(),
                errors(real.calibrated(), Locale.UK),
                errors(real.after(), Locale.UK),
                100 * real.about().tolerance(),
                real.after().isWithin()
                        ? "kept on every day after the calibrated part"
                        : "kept on " + real.after().within() + " days of "
                                + real.after().days());
    }

    private static String errors(RealCensus.Part part, Locale locale) {
        return String.format(locale, "%.1f %% (max %.1f %%)", 100 * part.meanError(), 100 * part.greatestError());
    }

    private void differences(Results some, Results others) {
        page.tag("h2", Html.both("Comparaison sur les mêmes patients", "Compared on the same patients"));
        page.append("<table>\n<tr><th></th><th class=\"number\">")
                .append(Html.escape(some.label()))
                .append("</th><th class=\"number\">")
                .append(Html.escape(others.label()))
                .append("</th><th class=\"number\">")
                .append(Html.both("différence appariée", "paired difference"))
                .append("</th></tr>\n");
        for (Indicator indicator : some.indicators()) {
            Estimate difference = Estimate.ofDifferences(some.values(indicator), others.values(indicator));
            row(some, indicator)
                    .append(cell(some.estimate(indicator), indicator, false))
                    .append(cell(others.estimate(indicator), indicator, false))
                    .append(cell(difference, indicator, difference.isSignificant()))
                    .append("</tr>\n");
        }
        page.append("</table>\n<p class=\"soft\">")
                .append(Html.both(
                        "En gras : l'intervalle à 95 % de la différence ne contient pas zéro.",
                        "In bold: the 95 % interval of the difference does not contain zero."))
                .append("</p>\n");
    }

    private void overTime(List<Results> all) {
        overTime(all, Outcome.Series.NEEDED, true);
        overTime(all, Outcome.Series.BOARDERS, false);
        List<String> log = all.getFirst().outcomes().getFirst().log();
        if (!log.isEmpty()) {
            page.append("<ol>\n");
            log.forEach(entry -> page.tag("li", Html.escape(entry)));
            page.append("</ol>\n");
        }
    }

    private void overTime(List<Results> all, Outcome.Series series, boolean withStaffed) {
        page.tag(
                "h2",
                Html.both(
                        series.french() + " : médiane, 50 % et 90 % des réplications",
                        series.english() + ": median, 50 % and 90 % of replications"));
        Results first = all.getFirst();
        double[] staffed = first.quantiles(Outcome.Series.STAFFED, 0.5)[0];
        List<double[][]> bands =
                all.stream().map(results -> results.quantiles(series, SHARES)).toList();
        double[][] drawn = bands.stream().flatMap(Arrays::stream).toArray(double[][]::new);
        double[] range = withStaffed ? Chart.range(false, concat(drawn, staffed)) : Chart.range(true, drawn);
        Chart chart = new Chart(0, first.hours() / 24.0, range[0], range[1]);
        for (int i = 0; i < bands.size(); i++) {
            double[][] of = bands.get(i);
            String colour = COLOURS.get(i);
            chart.band(of[0], of[4], "wide " + colour)
                    .band(of[1], of[3], "narrow " + colour)
                    .line(of[2], colour);
        }
        if (withStaffed) {
            chart.line(staffed, "staffed");
        }
        marks(chart, first);
        page.append(chart.svg(series.english()));
        legend(all, withStaffed);
    }

    private static double[][] concat(double[][] some, double[] more) {
        double[][] all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = more;
        return all;
    }

    /** Those of the first replication: injects are at the same hour in all of them, measures need not be. */
    private static void marks(Chart chart, Results results) {
        List<String> log = results.outcomes().getFirst().log();
        double apart = MARKS_APART * results.hours();
        for (int first = 0; first < log.size(); ) {
            int last = first;
            while (last + 1 < log.size() && hours(log.get(last + 1)) - hours(log.get(first)) < apart) {
                last++;
            }
            String numbers = first == last ? Integer.toString(first + 1) : (first + 1) + "–" + (last + 1);
            chart.mark(hours(log.get(first)) / 24, numbers);
            first = last + 1;
        }
    }

    private static double hours(String entry) {
        return Double.parseDouble(entry.substring(0, entry.indexOf(' ')));
    }

    private void legend(List<Results> all, boolean withStaffed) {
        page.append("<p class=\"soft\">").append(Html.both("Axe : jours.", "Axis: days."));
        for (int i = 0; i < all.size(); i++) {
            page.append("<span class=\"key ")
                    .append(COLOURS.get(i))
                    .append("\"></span>")
                    .append(Html.escape(all.get(i).label()));
        }
        if (withStaffed) {
            page.append(" · ").append(Html.both("tirets : lits armés", "dashes: staffed beds"));
        }
        page.append("</p>\n");
    }

    private void services(Results results) {
        page.tag("h2", Html.both("Occupation par service", "Occupancy by service"));
        page.append("<table>\n<tr><th></th><th class=\"number\">")
                .append(Html.both("lits armés", "staffed"))
                .append("</th><th class=\"number\">")
                .append(Html.both("occupés en moyenne", "occupied on average"))
                .append("</th><th class=\"number\">%</th></tr>\n");
        List<Service> services = results.scenario().hospital().services();
        for (int service = 0; service < services.size(); service++) {
            Service one = services.get(service);
            double occupied = results.occupied(service);
            page.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td class=\"number\">%d</td><td class=\"number\">%.1f</td><td class=\"number\">%.0f</td></tr>%n",
                    Html.escape(one.name()),
                    one.staffedBeds(),
                    occupied,
                    100 * occupied / Math.max(1, one.staffedBeds())));
        }
        page.append("</table>\n");
    }

    private void swept(Swept swept) {
        double[] values = swept.values();
        List<Indicator> indicators = swept.results().getFirst().indicators();
        page.tag(
                "h2",
                Html.both("Ce qui dépend de ", "What depends on ") + "<code>" + Html.escape(swept.path()) + "</code>");
        for (Indicator indicator : indicators.subList(0, Math.min(SWEPT_CHARTS_MAX, indicators.size()))) {
            List<Estimate> estimates = swept.results().stream()
                    .map(results -> results.estimate(indicator))
                    .toList();
            double[] low = estimates.stream()
                    .mapToDouble(one -> one.mean() - half(one))
                    .toArray();
            double[] high = estimates.stream()
                    .mapToDouble(one -> one.mean() + half(one))
                    .toArray();
            double[] range = Chart.range(Arrays.stream(low).min().orElse(0) >= 0, low, high);
            page.tag("h2", Html.both(indicator.french(), indicator.english()) + " " + indicator.unit());
            double first = Arrays.stream(values).min().orElse(0);
            double last = Arrays.stream(values).max().orElse(1);
            double air = 0.03 * (last - first);
            page.append(new Chart(first - air, last + air, range[0], range[1])
                    .points(values, estimates, "a")
                    .svg(indicator.english()));
        }
        page.append("<table>\n<tr><th></th>");
        for (double value : values) {
            page.append("<th class=\"number\">").append(value).append("</th>");
        }
        page.append("</tr>\n");
        for (Indicator indicator : indicators) {
            row(swept.results().getFirst(), indicator);
            IntStream.range(0, values.length)
                    .forEach(i -> page.append(cell(swept.results().get(i).estimate(indicator), indicator, false)));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private static double half(Estimate estimate) {
        return Double.isFinite(estimate.half()) ? estimate.half() : 0;
    }

    private String end(Scenario scenario) {
        return page.end(scenario.sources());
    }
}
