package org.chevet.simulations.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One chart as inline SVG: bands and lines over time, or points with their intervals over a number. */
final class Chart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 300;
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 26;
    private static final int BOTTOM = 34;
    private static final int TICKS = 6;

    private final double xMin;
    private final double xMax;
    private final double yMin;
    private final double yMax;
    private final StringBuilder body = new StringBuilder();

    Chart(double xMin, double xMax, double yMin, double yMax) {
        this.xMin = xMin;
        this.xMax = xMax > xMin ? xMax : xMin + 1;
        this.yMin = yMin;
        this.yMax = yMax > yMin ? yMax : yMin + 1;
    }

    /** Below and above what is drawn, with a little air. */
    static double[] range(boolean fromZero, double[]... drawn) {
        double min = fromZero ? 0 : Double.POSITIVE_INFINITY;
        double max = 0;
        for (double[] values : drawn) {
            min = Math.min(
                    min, Arrays.stream(values).filter(Double::isFinite).min().orElse(0));
            max = Math.max(
                    max, Arrays.stream(values).filter(Double::isFinite).max().orElse(1));
        }
        double air = 0.06 * (max - min);
        return new double[] {fromZero ? 0 : min - air, max + air};
    }

    Chart band(double[] low, double[] high, String style) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < high.length; i++) {
            points.append(point(at(i, high.length), high[i]));
        }
        for (int i = low.length - 1; i >= 0; i--) {
            points.append(point(at(i, low.length), low[i]));
        }
        body.append("<polygon class=\"")
                .append(style)
                .append("\" points=\"")
                .append(points)
                .append("\"/>\n");
        return this;
    }

    Chart line(double[] values, String style) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(point(at(i, values.length), values[i]));
        }
        body.append("<polyline class=\"")
                .append(style)
                .append("\" points=\"")
                .append(points)
                .append("\"/>\n");
        return this;
    }

    /** At these places of the axis, each with half of its interval. */
    Chart points(double[] xs, List<Estimate> estimates, String style) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            Estimate estimate = estimates.get(i);
            double half = Double.isFinite(estimate.half()) ? estimate.half() : 0;
            path.append(point(xs[i], estimate.mean()));
            body.append(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/><circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n",
                    style,
                    x(xs[i]),
                    x(xs[i]),
                    y(estimate.mean() - half),
                    y(estimate.mean() + half),
                    style,
                    x(xs[i]),
                    y(estimate.mean())));
        }
        body.append("<polyline class=\"")
                .append(style)
                .append("\" points=\"")
                .append(path)
                .append("\"/>\n");
        return this;
    }

    /** At these places; those that are no number are left out. */
    Chart dots(double[] xs, double[] ys, String style) {
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(ys[i])) {
                body.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>%n",
                        style,
                        x(xs[i]),
                        y(ys[i])));
            }
        }
        return this;
    }

    /** A part of the axis, of another colour. To be drawn first. */
    Chart shade(double from, double to) {
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"shade\" x=\"%.1f\" width=\"%.1f\" y=\"%d\" height=\"%d\"/>%n",
                x(from),
                x(to) - x(from),
                TOP,
                HEIGHT - TOP - BOTTOM));
        return this;
    }

    /** A moment, with its number in the legend below. */
    Chart mark(double at, String number) {
        body.append(String.format(
                Locale.ROOT,
                "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/><text class=\"mark\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                x(at),
                x(at),
                TOP,
                HEIGHT - BOTTOM,
                x(at) + 3,
                TOP - 8,
                Html.escape(number)));
        return this;
    }

    String svg(String label) {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.escape(label))
                .append("\">\n");
        for (double tick : ticks(yMin, yMax)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    y(tick),
                    y(tick),
                    LEFT - 6,
                    y(tick) + 4,
                    number(tick)));
        }
        for (double tick : ticks(xMin, xMax)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(tick),
                    HEIGHT - BOTTOM + 18,
                    number(tick)));
        }
        return svg.append(body).append("</svg>\n").toString();
    }

    /** Round numbers from one end to the other. */
    private static List<Double> ticks(double min, double max) {
        double raw = (max - min) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step =
                raw / power <= 1 ? power : raw / power <= 2 ? 2 * power : raw / power <= 5 ? 5 * power : 10 * power;
        List<Double> ticks = new ArrayList<>();
        for (double tick = Math.ceil(min / step) * step; tick <= max + step * 1e-9; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    private static String number(double value) {
        return Math.abs(value - Math.rint(value)) < 1e-9
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private double at(int index, int count) {
        return xMin + (xMax - xMin) * index / Math.max(1, count - 1);
    }

    private String point(double atX, double atY) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x(atX), y(atY));
    }

    private double x(double value) {
        return LEFT + (value - xMin) / (xMax - xMin) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double clamped = Math.clamp(value, yMin, yMax);
        return HEIGHT - BOTTOM - (clamped - yMin) / (yMax - yMin) * (HEIGHT - TOP - BOTTOM);
    }
}
