package org.chevet.simulations.full;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;

/** A scenario of a small hospital as somebody might write it, with every kind of inject and measure; the same for the same seed. */
final class RandomScenario {
    private static final List<LocalDate> BEGINS = List.of(
            LocalDate.of(2026, 1, 12),
            LocalDate.of(2026, 3, 28), // The night after has an hour less, that after the next one an hour more.
            LocalDate.of(2026, 10, 24),
            LocalDate.of(2026, 12, 30));
    private static final List<String> ORGANISMS = List.of("grippe", "SARM", "VRS");

    private final SplittableRandom random;
    private final List<String> services;
    private final int days;

    private RandomScenario(long seed) {
        random = new SplittableRandom(seed);
        services =
                IntStream.range(0, random.nextInt(1, 8)).mapToObj(i -> "S" + i).toList();
        days = random.nextInt(1, 6);
    }

    /** The text of its file. */
    static String of(long seed) {
        return new RandomScenario(seed).text();
    }

    private String text() {
        String text = """
                name: {fr: Hasard, en: Chance}
                begins: %s
                warmUpDays: %d
                days: %d
                load: %s
                season: [%s]
                """.formatted(one(BEGINS), random.nextInt(3), days, number(0.2, 1.7), weights(12));
        return text
                + "hospital:\n  services:\n"
                + services.stream().map(this::ward).collect(Collectors.joining())
                + routine()
                + care()
                + list("injects", random.nextInt(5), this::inject)
                + list("measures", random.nextInt(6), this::measure);
    }

    private String ward(String id) {
        int beds = random.nextInt(1, random.nextBoolean() ? 6 : 40);
        return "  - {id: %s, beds: %d, singleRooms: %d, surgeBeds: %d, level: %s, shelters: [%s], equipment: {SCOPE: %d}}%n"
                .formatted(
                        id,
                        beds,
                        random.nextInt(beds + 1),
                        random.nextInt(4),
                        random.nextInt(3) == 0 ? one(List.of(LevelOfCare.values())) : LevelOfCare.ACUTE,
                        some().stream().filter(other -> !other.equals(id)).collect(Collectors.joining(", ")),
                        random.nextInt(beds + 1));
    }

    private String routine() {
        return random.nextInt(3) == 0
                ? ""
                : """
                routine:
                  minutesBetweenRounds: %d
                  emergencyStayHours: %s
                  transportMinutes: %s
                  bedsPerCleaningTeam: %d
                  refusals: %s
                  cancellations: %s
                  emergencyPatienceHours: %s
                  electivePatienceHours: %s
                """.formatted(
                                random.nextInt(60),
                                orNone(0.5, 8),
                                orNone(5, 200),
                                random.nextInt(3) == 0 ? 0 : random.nextInt(1, 60),
                                orNone(0, 1),
                                orNone(0, 1),
                                orNone(0.5, 40),
                                orNone(0.5, 40));
    }

    private String care() {
        List<String> some = some();
        return some.isEmpty()
                ? ""
                : "care:\n"
                        + some.stream()
                                .map(id ->
                                        "  %s: {stayDays: %s, spread: %s, emergency: %s, elective: %s, death: %s, ageYears: %s, onward: {%s}, needs: {female: %s, isolation: {%s: %s}, equipment: {SCOPE: %s}}, leaving: %s%s}%n"
                                                .formatted(
                                                        id,
                                                        number(0.05, 8),
                                                        number(0.1, 1.5),
                                                        number(0, 1),
                                                        number(0, 1),
                                                        orNone(0, 1),
                                                        number(0, 100),
                                                        some().stream()
                                                                .filter(other -> !other.equals(id))
                                                                .map(other -> other + ": " + number(0, 0.2))
                                                                .collect(Collectors.joining(", ")),
                                                        number(0, 1),
                                                        one(List.of(Isolation.values())),
                                                        number(0, 1),
                                                        number(0, 1),
                                                        leaving(),
                                                        arrivals()))
                                .collect(Collectors.joining());
    }

    private String leaving() {
        return random.nextBoolean() ? "anytime" : "{byHour: [%s], byWeekday: [%s]}".formatted(weights(24), weights(7));
    }

    private String arrivals() {
        return random.nextBoolean()
                ? ""
                : ", arrivals: {emergency: {perDay: %s, byHour: [%s]}, elective: {perDay: %s}, direct: {perDay: %s}}"
                        .formatted(number(0, 6), weights(24), number(0, 4), number(0, 2));
    }

    private String weights(int count) {
        return IntStream.range(0, count).mapToObj(i -> number(0.1, 3)).collect(Collectors.joining(", "));
    }

    private String inject(int number) {
        String begin = "{name: I%d, atHours: %s, ".formatted(number, number(0, 24 * days));
        return begin
                + switch (random.nextInt(5)) {
                    case 0 ->
                        "kind: massCasualties, graves: {%s}, others: {%s}, involved: 2, overHours: %s}"
                                .formatted(counts(), counts(), number(0.5, 12));
                    case 1 ->
                        "kind: wave, peakPerDay: %s, peakAfterDays: %s, doublingDays: %s, halvingDays: %s, rounded: %s, services: {%s: 1}, stayDays: %s, ageYears: %s, isolation: %s, organism: %s, otherEmergencies: %s}"
                                .formatted(
                                        number(0, 20),
                                        number(0, days),
                                        number(0.2, 5),
                                        number(0.2, 5),
                                        random.nextBoolean(),
                                        one(services),
                                        number(0.1, 6),
                                        number(0, 90),
                                        one(List.of(Isolation.values())),
                                        one(ORGANISMS),
                                        number(0, 1));
                    case 2 ->
                        "kind: bedsLost, days: %s, services: [%s], share: %s, evacuated: %s}"
                                .formatted(number(0, 3), String.join(", ", some()), number(0, 1), random.nextBoolean());
                    case 3 ->
                        "kind: informationLost, days: %s, minutesBetweenRounds: %d, emergencies: %s, electives: %s}"
                                .formatted(number(0, 3), random.nextInt(1, 300), number(0, 1), number(0, 1));
                    default -> "kind: staffShortage, days: %s, share: %s}".formatted(number(0, 3), number(0, 1));
                };
    }

    private String measure(int number) {
        String when = switch (random.nextInt(3)) {
            case 0 -> "loadAbove: " + number(0.3, 1.3);
            case 1 -> "boardersAbove: " + random.nextInt(6);
            default -> "atHours: " + number(0, 24 * days);
        };
        String lasts = random.nextInt(3) == 0 ? "" : ", days: " + number(0, 3);
        return "{name: M%d, when: {%s}, delayHours: %s%s, ".formatted(number, when, number(0, 12), lasts)
                + switch (random.nextInt(5)) {
                    case 0 -> "kind: openSurgeBeds, share: " + number(0, 1);
                    case 1 -> "kind: cancelElectives, share: " + number(0, 1);
                    case 2 -> "kind: dischargeEarly, share: %s, withinHours: %s".formatted(number(0, 1), number(1, 96));
                    case 3 ->
                        "kind: transferOut, perDay: %d, afterWaitHours: %s"
                                .formatted(random.nextInt(20), number(0, 12));
                    default -> "kind: cohort";
                }
                + "}";
    }

    private static String list(String key, int count, IntFunction<String> item) {
        return count == 0
                ? ""
                : key + ":\n"
                        + IntStream.range(0, count)
                                .mapToObj(i -> "- " + item.apply(i) + "\n")
                                .collect(Collectors.joining());
    }

    private String counts() {
        return some().stream().map(id -> id + ": " + random.nextInt(6)).collect(Collectors.joining(", "));
    }

    private List<String> some() {
        List<String> some = new ArrayList<>(services);
        some.removeIf(id -> random.nextBoolean());
        return some;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String number(double min, double max) {
        return String.format(Locale.ROOT, "%.3f", random.nextDouble(min, max));
    }

    private String orNone(double min, double max) {
        return random.nextInt(4) == 0 ? "0" : number(min, max);
    }
}
