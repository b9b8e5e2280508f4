package org.chevet.simulations.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.chevet.hospital.Service;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.run.Sweep.Swept;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Scenario;

/** One page with everything in it: it opens without a network, in French and in English. */
final class Report {
    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final int SWEPT_CHARTS_MAX = 8;

    /** Share of the axis within which marks are one. */
    private static final double MARKS_APART = 0.03;

    private static final List<String> COLOURS = List.of("a", "b");

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; --ink: #1d2433; --soft: #5c6675; --line: #d5dae2; --page: #fff; --a: #1b5fab; --b: #b3541e; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b2; --line: #3a4352; --page: #171b22; --a: #6fb1ff; --b: #f2a25c; } }
            body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 62rem; margin: 1.5rem auto; padding: 0 1rem; }
            html[lang=fr] [lang=en], html[lang=en] [lang=fr] { display: none; }
            h1 { font-size: 1.5rem; margin: 0 0 .3rem; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
            table { border-collapse: collapse; width: 100%%; } th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; }
            td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            tr.asked td:first-child { font-weight: 600; } td.sure { font-weight: 600; }
            .soft, li { color: var(--soft); } button { float: right; font: inherit; }
            svg { width: 100%%; height: auto; } svg text { font-size: 12px; fill: var(--soft); } svg .grid { stroke: var(--line); }
            polyline { fill: none; stroke-width: 2; } polygon.wide { opacity: .16; } polygon.narrow { opacity: .3; }
            .a { stroke: var(--a); } polygon.a, circle.a { fill: var(--a); stroke: none; } .b { stroke: var(--b); } polygon.b, circle.b { fill: var(--b); stroke: none; }
            polyline.staffed { stroke: var(--ink); stroke-dasharray: 6 4; stroke-width: 1.5; } svg line.mark { stroke: var(--soft); stroke-dasharray: 2 3; }
            svg text.mark { fill: var(--ink); font-weight: 600; } .key { display: inline-block; width: 1.4em; height: .7em; margin: 0 .35em 0 1em; }
            .key.a { background: var(--a); } .key.b { background: var(--b); }
            </style>
            </head>
            <body>
            <button type="button" onclick="document.documentElement.lang = document.documentElement.lang === 'fr' ? 'en' : 'fr'">FR / EN</button>
            """;

    private static final String FOOT = """
            </body>
            </html>
            """;

    private final StringBuilder page = new StringBuilder();

    private Report(Scenario scenario) {
        page.append(HEAD.formatted(Html.escape(scenario.name().french())));
        tag("h1", Html.both(scenario.name().french(), scenario.name().english()));
        tag("p", Html.both(scenario.summary().french(), scenario.summary().english()));
    }

    static String of(Results results) {
        Report report = new Report(results.scenario());
        report.how(List.of(results));
        report.estimates(
                results,
                Html.both(
                        "Questions (moyenne ± demi-intervalle à 95 %)", "Questions (mean ± half of the 95 % interval)"),
                results.scenario().questions());
        report.overTime(List.of(results));
        report.estimates(
                results,
                Html.both("Autres indicateurs", "Other indicators"),
                results.indicators()
                        .subList(
                                results.scenario().questions().size(),
                                results.indicators().size()));
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

    private void tag(String tag, String html) {
        page.append('<')
                .append(tag)
                .append('>')
                .append(html)
                .append("</")
                .append(tag)
                .append(">\n");
    }

    private void how(List<Results> all) {
        Results first = all.getFirst();
        int beds = first.scenario().hospital().services().stream()
                .mapToInt(Service::staffedBeds)
                .sum();
        Object[] numbers = {beds, first.scenario().days(), first.outcomes().size(), first.seed(), events(all)};
        String french = String.format(
                Locale.FRANCE,
                "%d lits armés, %d jours comptés, %d réplications, graine %d, %,d événements décidés par le moteur. Simulation : ce n’est pas une prévision.",
                numbers);
        String english = String.format(
                Locale.UK,
                "%d staffed beds, %d days counted, %d replications, seed %d, %,d events decided by the engine. A simulation, not a forecast.",
                numbers);
        page.append("<p class=\"soft\">").append(Html.both(french, english)).append("</p>\n");
    }

    private static long events(List<Results> all) {
        return all.stream().mapToLong(Results::events).sum();
    }

    private void estimates(Results results, String title, List<Indicator> indicators) {
        if (indicators.isEmpty()) {
            return;
        }
        tag("h2", title);
        page.append("<table>\n");
        for (Indicator indicator : indicators) {
            row(results, indicator)
                    .append(cell(results.estimate(indicator), indicator, false))
                    .append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private StringBuilder row(Results results, Indicator indicator) {
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

    private void differences(Results some, Results others) {
        tag("h2", Html.both("Comparaison sur les mêmes patients", "Compared on the same patients"));
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
            log.forEach(entry -> tag("li", Html.escape(entry)));
            page.append("</ol>\n");
        }
    }

    private void overTime(List<Results> all, Outcome.Series series, boolean withStaffed) {
        tag(
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
        tag("h2", Html.both("Occupation par service", "Occupancy by service"));
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
        tag(
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
            tag("h2", Html.both(indicator.french(), indicator.english()) + " " + indicator.unit());
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
        tag("h2", Html.both("Sources des paramètres", "Sources of the parameters"));
        page.append("<ul>\n");
        scenario.sources().forEach(source -> tag("li", Html.escape(source)));
        return page.append("</ul>\n").append(FOOT).toString();
    }
}
