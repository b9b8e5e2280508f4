package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chevet.event.Recorded;
import org.chevet.simulations.demo.DemoForecast;
import org.chevet.simulations.demo.DemoForecast.Judged;

/**
 * What the demo hospital's forecasts are worth: weeks of its life without a server, a forecast every six hours as the screen would show it, and by hours
 * ahead the mean of what came, the bias (expected − came) and the CRPS of entries, exits and patients.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=DemoForecast -Dfigure.args="SEED DAYS"}; the first fourteen days teach.
 */
public final class DemoForecastFigure {
    private DemoForecastFigure() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("no seed and number of days are given: -Dfigure.args=\"SEED DAYS\"");
        }
        Path directory = Files.createTempDirectory("chevet-demo-forecast");
        List<Recorded> events = new ArrayList<>();
        try {
            DemoForecast.live(directory, Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), events::add);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
        DemoForecast.Result result = DemoForecast.judge(events);
        System.out.println(
                "hours  forecasts  entries    bias   CRPS    exits    bias   CRPS  patients    bias   CRPS  80 %  95 %   of a service: bias   CRPS  80 %  95 %");
        for (int i = 0; i < DemoForecast.HOURS.size(); i++) {
            System.out.printf(
                    Locale.ROOT,
                    "%5d  %9d%s%s %s  %4.2f  %4.2f  %19.2f %6.2f  %4.2f  %4.2f%n",
                    DemoForecast.HOURS.get(i),
                    result.patients().get(i).forecasts(),
                    columns(result.entries().get(i)),
                    columns(result.exits().get(i)),
                    columns(result.patients().get(i)),
                    result.patients().get(i).coverage80(),
                    result.patients().get(i).coverage95(),
                    result.patientsByService().get(i).bias(),
                    result.patientsByService().get(i).crps(),
                    result.patientsByService().get(i).coverage80(),
                    result.patientsByService().get(i).coverage95());
        }
    }

    private static String columns(Judged judged) {
        return String.format(Locale.ROOT, "  %7.1f %7.2f %6.2f", judged.truth(), judged.bias(), judged.crps());
    }
}
