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
 * ahead the mean of what came, the bias (expected − came), the CRPS, and what bands of 80 and 95 % covered of entries, exits and patients; beside it what
 * they covered when each truth is spread over its own probability: where patients are few, a band of whole ones holds more than it says. One life tells little of
 * two weeks ahead: several seeds tell a bias from chance.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=DemoForecast -Dfigure.args="SEEDS DAYS"}, with {@code 1,2,3 38} for three lives; the first fourteen days
 * of each teach.
 */
public final class DemoForecastFigure {
    private DemoForecastFigure() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("no seeds and number of days are given: -Dfigure.args=\"SEEDS DAYS\"");
        }
        DemoForecast forecast = new DemoForecast();
        for (String seed : arguments[0].split(",")) {
            forecast.judge(live(Long.parseLong(seed), Integer.parseInt(arguments[1])));
        }
        print("hospital", forecast.hospital());
        print("its services", forecast.services());
    }

    private static List<Recorded> live(long seed, int days) throws IOException {
        Path directory = Files.createTempDirectory("chevet-demo-forecast");
        List<Recorded> events = new ArrayList<>();
        try {
            DemoForecast.live(directory, seed, days, events::add);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
        return events;
    }

    private static void print(String whose, DemoForecast.Result result) {
        String judged = "    bias   CRPS  80 % spread 95 % spread";
        System.out.printf("%n%s%nhours  forecasts  entries%s    exits%s patients%s%n", whose, judged, judged, judged);
        for (int i = 0; i < DemoForecast.HOURS.size(); i++) {
            System.out.printf(
                    Locale.ROOT,
                    "%5d  %9d%s%s%s%n",
                    DemoForecast.HOURS.get(i),
                    result.patients().get(i).forecasts(),
                    columns(result.entries().get(i)),
                    columns(result.exits().get(i)),
                    columns(result.patients().get(i)));
        }
    }

    private static String columns(Judged judged) {
        return String.format(
                Locale.ROOT,
                "  %7.1f %7.2f %6.2f  %4.2f   %4.2f  %4.2f   %4.2f",
                judged.truth(),
                judged.bias(),
                judged.crps(),
                judged.coverage80(),
                judged.spread80(),
                judged.coverage95(),
                judged.spread95());
    }
}
