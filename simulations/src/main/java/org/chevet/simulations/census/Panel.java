package org.chevet.simulations.census;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Published daily series of one kind, and from which day on forecasts of them are judged. */
public enum Panel {
    SINGAPORE("singapore_occupied_per_1000_beds", LocalDate.of(2022, 1, 1)),
    ENGLAND_WINTERS("england_trusts_winter_ga_beds_occupied", null),
    ENGLAND_DISCHARGES("england_trusts_daily_discharges", LocalDate.of(2023, 1, 1)),
    FRANCE_HOSPITALISED("france_departments_covid_hospitalised", LocalDate.of(2020, 9, 1)),
    FRANCE_ICU("france_departments_covid_icu", LocalDate.of(2020, 9, 1)),
    ITALY_HOSPITALISED("italy_regions_covid_hospitalised", LocalDate.of(2020, 9, 15)),
    ITALY_ICU("italy_regions_covid_icu", LocalDate.of(2020, 9, 15));

    /** The first forecast of a winter, which has no past, is made on this day of it. */
    private static final int WINTER_FIRST_ORIGIN_DAYS = 49;

    private final String file;
    private final @Nullable LocalDate firstOrigin;

    Panel(String file, @Nullable LocalDate firstOrigin) {
        this.file = file;
        this.firstOrigin = firstOrigin;
    }

    /** Its name in the published figures. */
    public String published() {
        return file;
    }

    /**
     * One daily series without gaps.
     *
     * @param firstOrigin index of the day on which the first judged forecast is made
     * @param keptAside whether nothing in the forecaster was chosen by its look
     */
    public record Series(String name, int[] values, int firstOrigin, boolean keptAside) {}

    /** Reads the series of this panel from the folder. */
    public List<Series> read(Path folder) throws IOException {
        Map<String, List<Integer>> values = new LinkedHashMap<>();
        Map<String, LocalDate> firstDays = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(folder.resolve(file + ".csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",");
            LocalDate day = LocalDate.parse(fields[1]);
            List<Integer> known = values.computeIfAbsent(fields[0], name -> new ArrayList<>());
            LocalDate first = firstDays.computeIfAbsent(fields[0], name -> day);
            if (!first.plusDays(known.size()).equals(day)) {
                throw new IOException(file + ": " + fields[0] + " has no " + first.plusDays(known.size()) + " before "
                        + day + ". Maybe lines are not in order?");
            }
            known.add((int) Math.round(Double.parseDouble(fields[2])));
        }
        List<Series> series = new ArrayList<>();
        values.forEach((name, known) -> {
            LocalDate first = firstDays.getOrDefault(name, LocalDate.EPOCH);
            LocalDate origin = firstOrigin == null ? first.plusDays(WINTER_FIRST_ORIGIN_DAYS) : firstOrigin;
            series.add(new Series(
                    name,
                    known.stream().mapToInt(Integer::intValue).toArray(),
                    (int) (origin.toEpochDay() - first.toEpochDay()),
                    isKeptAside(name, values)));
        });
        return series;
    }

    /** Every second one: of the hospitals by name in the winters, of the series as they stand elsewhere. */
    private boolean isKeptAside(String name, Map<String, ?> all) {
        if (this == ENGLAND_WINTERS) {
            TreeSet<String> hospitals = new TreeSet<>();
            all.keySet().forEach(each -> hospitals.add(hospital(each)));
            return hospitals.headSet(hospital(name)).size() % 2 == 1;
        }
        return List.copyOf(all.keySet()).indexOf(name) % 2 == 1;
    }

    /** Series of winters are named winter/hospital. */
    private static String hospital(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
