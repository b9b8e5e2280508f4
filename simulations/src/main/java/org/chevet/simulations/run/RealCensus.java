package org.chevet.simulations.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.simulations.calibration.WaveFit;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.scenario.Scenario;

/**
 * A real census beside the simulated one: how far the mean of the replications is off, day by day, in the part that the parameters were calibrated on
 * and after it.
 *
 * @param real patients by day from the beginning of the simulated ones, NaN where the file has none
 * @param simulated likewise, with quantiles of the replications
 * @param calibratedDays the first so many
 */
record RealCensus(Scenario.Real about, double[] real, double[] mean, double[][] quantiles, int calibratedDays) {
    /** Of the replications, for the band that is shown. */
    static final double[] SHARES = {0.05, 0.95};

    private static final int HOURS = 24;

    /** Some programs write it before the first column's name. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * @param folder with the file that the scenario names
     * @throws IllegalArgumentException when it is not there, or not as it should be; the message says where
     */
    static RealCensus of(Results results, Path folder) throws IOException {
        Scenario scenario = results.scenario();
        Scenario.Real about = scenario.real();
        if (about == null) {
            throw new IllegalArgumentException("scenario " + scenario.code()
                    + " names no real census. Leave data out, or write real: {file: …, column: …} in it.");
        }
        Map<LocalDate, Double> census = read(folder.resolve(about.file()), about.column());
        int days = results.hours() / HOURS;
        double[] real = new double[days];
        Arrays.setAll(real, day -> census.getOrDefault(scenario.begins().plusDays(day), Double.NaN));
        if (Arrays.stream(real).allMatch(Double::isNaN)) {
            throw new IllegalArgumentException(folder.resolve(about.file()) + " has no " + about.column() + " from "
                    + scenario.begins() + " for " + days + " days.");
        }
        double[][] hourly = results.quantiles(Outcome.Series.OCCUPIED, SHARES);
        double[][] quantiles = new double[SHARES.length][];
        for (int i = 0; i < SHARES.length; i++) {
            quantiles[i] = daily(hourly[i], days, about);
        }
        return new RealCensus(
                about,
                real,
                daily(results.means(Outcome.Series.OCCUPIED), days, about),
                quantiles,
                Math.clamp(ChronoUnit.DAYS.between(scenario.begins(), about.calibratedUntil()) + 1, 0, days));
    }

    private static double[] daily(double[] hourly, int days, Scenario.Real about) {
        double[] daily = new double[days];
        Arrays.setAll(daily, day -> about.patientsPerBed() * hourly[day * HOURS + WaveFit.CENSUS_HOUR]);
        return daily;
    }

    /**
     * A column of numbers by day; empty fields left out.
     *
     * @throws IllegalArgumentException when it is not there, or not as it should be; the message says where
     */
    static Map<LocalDate, Double> read(Path file, String column) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "there is no file " + file + ". Write data=FOLDER with the folder it is in.");
        }
        List<String> lines = lines(file);
        List<String> header = lines.isEmpty()
                ? List.of()
                : List.of(lines.getFirst().replace(BYTE_ORDER_MARK, "").split(",", -1));
        int date = header.indexOf("date");
        int value = header.indexOf(column);
        if (date < 0 || value < 0) {
            throw new IllegalArgumentException(file + " has no column '" + (date < 0 ? "date" : column) + "'; it has "
                    + String.join(", ", header) + ".");
        }
        Map<LocalDate, Double> census = new TreeMap<>();
        for (int line = 1; line < lines.size(); line++) {
            String[] fields = lines.get(line).split(",", -1);
            try {
                if (!fields[value].isEmpty()) {
                    census.put(LocalDate.parse(fields[date]), Double.parseDouble(fields[value]));
                }
            } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        file + " line " + (line + 1) + ": '" + lines.get(line)
                                + "' has no date and number in columns 'date' and '" + column + "'.",
                        e);
            }
        }
        return census;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not in UTF-8. Convert it first.", e);
        }
    }

    /** These have no relative error, and are in no part. */
    long daysWithoutPatients() {
        return Arrays.stream(real).filter(patients -> patients == 0).count();
    }

    /**
     * How a part of the days was met.
     *
     * @param days with a real patient at least
     */
    record Part(int days, int within, double meanError, double greatestError) {
        boolean isWithin() {
            return within == days;
        }
    }

    Part calibrated() {
        return part(0, calibratedDays);
    }

    Part after() {
        return part(calibratedDays, real.length);
    }

    private Part part(int from, int to) {
        int days = 0;
        int within = 0;
        double sum = 0;
        double greatest = 0;
        for (int day = from; day < to; day++) {
            if (Double.isFinite(real[day]) && real[day] != 0) {
                double error = Math.abs(mean[day] / real[day] - 1);
                days++;
                within += error <= about.tolerance() ? 1 : 0;
                sum += error;
                greatest = Math.max(greatest, error);
            }
        }
        return new Part(days, within, days == 0 ? 0 : sum / days, greatest);
    }
}
