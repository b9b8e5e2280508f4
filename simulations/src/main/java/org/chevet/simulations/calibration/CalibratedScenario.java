package org.chevet.simulations.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.simulations.calibration.Calibration.Fitted;
import org.chevet.simulations.scenario.Scenario;

/** Writes what was fitted as a scenario's file. */
public final class CalibratedScenario {
    /** Fewer than one in so many is not written. */
    private static final double LEAST_SHARE = 0.002;

    private final Calibration calibration;
    private final StringBuilder text = new StringBuilder();

    private CalibratedScenario(Calibration calibration) {
        this.calibration = calibration;
    }

    /**
     * @param source for people, named in the file
     * @param hospital as the scenario is to name it, {@code demo} or {@code {file: …}}; empty to describe it by a few numbers for each service
     */
    public static String of(Calibration calibration, String source, String hospital) {
        return new CalibratedScenario(calibration).write(source, hospital);
    }

    private String write(String source, String hospital) {
        Observed seen = calibration.seen();
        int visits = Seen.of(seen, Observed.ANY).arrivals();
        String period = seen.first() + " – " + seen.first().plusDays(seen.days() - 1L);
        line("# Written by simulate calibrate. Numbers may be changed; calibrate again and this file is written anew.");
        line("name: {fr: %s, en: %s}", quoted("Calibré sur " + source), quoted("Calibrated on " + source));
        line("summary:");
        line("  fr: %s", quoted("Comme observé du " + period + " : " + visits + " séjours."));
        line("  en: %s", quoted("As seen " + period + ": " + visits + " stays."));
        line("sources:");
        line("  - %s", quoted(source + ", " + period + ", " + visits + " stays, fitted service by service."));
        if (hospital.isEmpty()) {
            line("hospital:");
            line("  services:");
            calibration.hospital().services().forEach(this::ward);
        } else {
            line("hospital: %s", hospital);
        }
        for (Scenario.Words untold : calibration.untold()) {
            line("# Not in the history, %s: as usual.", untold.english());
        }
        double[] season = calibration.season();
        if (season != null) {
            line("season: %s", numbers(season));
        }
        line("begins: %s", seen.first());
        line("days: %d", seen.days());
        line("# Who comes is seen once in bed: the time before is in the hours of arrival.");
        line("routine: {minutesBetweenRounds: 1, emergencyStayHours: 0, transportMinutes: 0, cancellations: 0}");
        line("care:");
        for (int service = 0; service < calibration.hospital().services().size(); service++) {
            care(calibration.hospital().services().get(service), calibration.service(service));
        }
        line("questions: [occupancy, peak, wait-median, wait-p90, outliers, length-of-stay]");
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void ward(Service service) {
        List<Room> rooms =
                service.rooms().stream().filter(room -> !isSurge(room)).toList();
        int beds = rooms.stream().mapToInt(room -> room.beds().size()).sum();
        int single = rooms.stream()
                .filter(Room::isSingle)
                .mapToInt(room -> room.beds().size())
                .sum();
        int surge =
                service.rooms().stream().mapToInt(room -> room.beds().size()).sum() - beds;
        String shelters = calibration.hospital().services().stream()
                .filter(other -> other.specialties().stream()
                        .anyMatch(specialty -> service.fallbackSpecialties().contains(specialty)))
                .map(other -> quoted(other.id().value()))
                .collect(Collectors.joining(", "));
        line(
                "    - {id: %s, level: %s, beds: %d, singleRooms: %d, surgeBeds: %d, shelters: [%s], equipment: {%s}}",
                quoted(service.id().value()),
                service.levelOfCare(),
                Math.max(1, beds),
                single,
                surge,
                shelters,
                equipment(rooms));
    }

    private static String equipment(List<Room> rooms) {
        Map<String, Long> beds = rooms.stream()
                .flatMap(room -> room.beds().stream())
                .flatMap(bed -> bed.equipment().stream())
                .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
        return beds.entrySet().stream()
                .map(code -> quoted(code.getKey()) + ": " + code.getValue())
                .collect(Collectors.joining(", "));
    }

    private static boolean isSurge(Room room) {
        return room.beds().stream().allMatch(bed -> bed.surge());
    }

    private void care(Service service, Fitted fitted) {
        line("  %s:", quoted(service.id().value()));
        if (fitted.days().length > 0) {
            double[] days = fitted.days();
            line("    stayDays: %s", number(days[days.length / 2]));
            line("    spread: %s", number(spread(days)));
            line("    staysSeen: %s", numbers(days));
        }
        line("    occupancy: %s", number(Math.min(1.5, fitted.present() / Math.max(1, service.staffedBeds()))));
        line("    death: %s", number(fitted.death()));
        wanted(fitted.wanted());
        line("    onward: {%s}", onward(fitted));
        line("    arrivals:%s", fitted.comings().isEmpty() ? " {}" : "");
        fitted.comings()
                .forEach((origin, coming) -> line(
                        "      %s: {perDay: %s, byHour: %s, byWeekday: %s%s}",
                        key(origin),
                        number(coming.perDay()),
                        numbers(coming.byHour()),
                        numbers(coming.byWeekday()),
                        coming.byMonth() == null ? "" : ", byMonth: " + numbers(coming.byMonth())));
        if (fitted.leavingByHour() == null) {
            line("    leaving: anytime");
        } else {
            line(
                    "    leaving: {byHour: %s, byWeekday: %s}",
                    numbers(fitted.leavingByHour()), numbers(fitted.leavingByWeekday()));
        }
    }

    private void wanted(Calibration.Wanted wanted) {
        if (wanted.ageYears() != null && wanted.ageYearsSpread() != null) {
            line("    ageYears: %s", number(wanted.ageYears()));
            line("    ageYearsSpread: %s", number(wanted.ageYearsSpread()));
        }
        List<String> needs = new ArrayList<>();
        if (wanted.female() != null) {
            needs.add("female: " + number(wanted.female()));
        }
        if (!wanted.isolation().isEmpty()) {
            needs.add("isolation: " + shares(wanted.isolation()));
        }
        if (!wanted.equipment().isEmpty()) {
            needs.add("equipment: " + shares(wanted.equipment()));
        }
        if (!needs.isEmpty()) {
            line("    needs: {%s}", String.join(", ", needs));
        }
    }

    private static String shares(Map<?, Double> shares) {
        return shares.entrySet().stream()
                .map(share -> quoted(share.getKey().toString()) + ": " + number(share.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String key(RequestOrigin origin) {
        return switch (origin) {
            case EMERGENCY_DEPARTMENT -> "emergency";
            case ELECTIVE -> "elective";
            case OTHER_HOSPITAL, INTERNAL -> "direct";
        };
    }

    /** Standard deviation of the logarithm. */
    private static double spread(double[] days) {
        double[] logs = Arrays.stream(days).map(Math::log).toArray();
        double mean = Arrays.stream(logs).average().orElse(0);
        double squares =
                Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
        return Math.clamp(Math.sqrt(squares / logs.length), 0.05, 3);
    }

    private String onward(Fitted fitted) {
        return fitted.onward().entrySet().stream()
                .filter(next -> next.getValue() >= LEAST_SHARE)
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .map(next -> quoted(calibration
                                .hospital()
                                .services()
                                .get(next.getKey())
                                .id()
                                .value())
                        + ": " + number(next.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String numbers(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(CalibratedScenario::number).collect(Collectors.joining(", ", "[", "]"));
    }

    /** As short as it can be said with four decimals. */
    private static String number(double number) {
        String text = String.format(Locale.ROOT, "%.4f", number);
        return text.replaceFirst("\\.?0+$", "");
    }
}
