package org.chevet.simulations.patient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where patients were, from entry to departure.
 *
 * @param services those that occur
 */
public record Trajectories(List<String> services, List<Step> steps) {
    /** @param service where the patient is from then on, empty when gone */
    public record Step(Instant at, String patient, String service) {}

    static final String GONE = "";

    /** As many that "as today but for the weekday" errs by what is published of it, seven days ahead. */
    private static final double ARRIVALS_PER_DAY = 23.1;

    /** By weekday, from Monday: how many enter, and how readily patients are sent home. */
    private static final double[] ARRIVAL_WEIGHTS = {1.12, 1.1, 1.08, 1.05, 1, 0.8, 0.85};

    private static final double[] DISCHARGE_WEIGHTS = {0.86, 1.09, 1.17, 1.16, 1.23, 0.87, 0.61};
    private static final double STAY_LOG_MEAN = 1.73;
    private static final double STAY_LOG_DEVIATION = 0.77;
    private static final int FIRST_DISCHARGE_HOUR = 9;
    private static final int DISCHARGE_HOURS = 10;
    private static final int LOGARITHM_STEPS = 400;
    private static final double[] DAILY_CHANCES = dailyChances();

    /** A Monday. */
    static final Instant WARD_OPENS = Instant.parse("2024-01-01T00:00:00Z");

    public Trajectories {
        services = List.copyOf(services);
        steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    }

    /** Of {@code sepsis_movements.csv}: emergency room, ward (NC) and intensive care (IC), of those whose release is known. */
    public static Trajectories read(Path folder) {
        try {
            Map<String, List<Step>> byPatient = new LinkedHashMap<>();
            for (String line : Files.readAllLines(folder.resolve("sepsis_movements.csv")).stream()
                    .skip(1)
                    .toList()) {
                String[] fields = line.split(",", -1);
                String service = switch (fields[1]) {
                    case "ER Registration" -> "ER";
                    case "Admission NC" -> "NC";
                    case "Admission IC" -> "IC";
                    default -> GONE;
                };
                if (!fields[1].equals("Return ER")) {
                    byPatient
                            .computeIfAbsent(fields[0], none -> new ArrayList<>())
                            .add(new Step(
                                    LocalDateTime.parse(fields[2]).toInstant(ZoneOffset.UTC), fields[0], service));
                }
            }
            List<Step> steps = byPatient.values().stream()
                    .filter(all -> all.getLast().service().equals(GONE))
                    .flatMap(List::stream)
                    .toList();
            return new Trajectories(List.of("ER", "NC", "IC"), steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The ward that the forecast data describes, and of which it publishes what usual methods reached: 200 beds, arrivals with a week's rhythm, lognormal
     * stays, fewer discharges at weekends. Each day at risk, a patient leaves with the lognormal's chance times the weekday's weight.
     */
    public static Trajectories ward(long seed, int days) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            int arrivals = poisson(random, arrivals(day));
            for (int i = 0; i < arrivals; i++) {
                String patient = day + "-" + i;
                Instant enters =
                        WARD_OPENS.plus(day, ChronoUnit.DAYS).plus(Duration.ofSeconds(random.nextInt(24 * 3_600)));
                steps.add(new Step(enters, patient, "WARD"));
                steps.add(new Step(leaves(random, enters), patient, GONE));
            }
        }
        return new Trajectories(List.of("WARD"), steps);
    }

    private static Instant leaves(SplittableRandom random, Instant enters) {
        Instant day = enters.truncatedTo(ChronoUnit.DAYS);
        for (int stayed = 0; ; stayed++) {
            day = day.plus(1, ChronoUnit.DAYS);
            DayOfWeek weekday = day.atOffset(ZoneOffset.UTC).getDayOfWeek();
            if (random.nextDouble() < chance(stayed, weekday.ordinal())) {
                return day.plus(FIRST_DISCHARGE_HOUR, ChronoUnit.HOURS)
                        .plusSeconds(random.nextInt(DISCHARGE_HOURS * 3_600));
            }
        }
    }

    /** Expected on a day, the first being 0. */
    static double arrivals(int day) {
        return ARRIVALS_PER_DAY * ARRIVAL_WEIGHTS[day % ARRIVAL_WEIGHTS.length];
    }

    /** The chance that who entered on a day and is there at the midnight before another is there at a later midnight. */
    static double stillThere(int entered, int from, int until) {
        double there = 1;
        for (int day = from; day < until; day++) {
            there *= 1 - Math.min(1, chance(day - entered - 1, day % DISCHARGE_WEIGHTS.length));
        }
        return there;
    }

    private static double chance(int stayed, int weekday) {
        return DAILY_CHANCES[Math.min(stayed, DAILY_CHANCES.length - 1)] * DISCHARGE_WEIGHTS[weekday];
    }

    /** That a stay which has lasted d days does not last d + 1. */
    private static double[] dailyChances() {
        double[] chances = new double[120];
        for (int day = 0; day < chances.length; day++) {
            chances[day] = 1 - longerThan(day + 1) / longerThan(day);
        }
        return chances;
    }

    /** The normal distribution's upper tail, summed up: no library here has it. */
    private static double longerThan(int days) {
        if (days == 0) {
            return 1;
        }
        double from = (Math.log(days) - STAY_LOG_MEAN) / STAY_LOG_DEVIATION;
        double step = (8 - from) / LOGARITHM_STEPS;
        double sum = 0;
        for (int i = 0; i < LOGARITHM_STEPS; i++) {
            double at = from + (i + 0.5) * step;
            sum += Math.exp(-at * at / 2) * step;
        }
        return sum / Math.sqrt(2 * Math.PI);
    }

    private static int poisson(SplittableRandom random, double mean) {
        int count = -1;
        for (double time = 0; time < mean; time += -Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }
}
