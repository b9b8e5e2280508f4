package org.chevet.tension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.chevet.tension.RandomWeeks.BEDS;
import static org.chevet.tension.RandomWeeks.of;
import static org.chevet.tension.RandomWeeks.serviceOf;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.tension.RandomWeeks.Asked;
import org.chevet.tension.RandomWeeks.Lying;
import org.chevet.tension.RandomWeeks.Noon;
import org.chevet.tension.RandomWeeks.Person;
import org.jspecify.annotations.Nullable;

/** Every indicator at one moment, counted from the lists of {@link RandomWeeks} by domain.md's formulas: from the whole history, each anew. */
final class WeeksByHand {
    private static final double HOUR = 3_600;
    private static final double DAY = 86_400;

    private final RandomWeeks weeks;
    private final Instant now;
    private final int days;
    private final LocalDate today;
    private final Instant from;
    private final List<Function<LocalDate, @Nullable Double>> six;

    WeeksByHand(RandomWeeks weeks, int days) {
        this.weeks = weeks;
        this.days = days;
        now = weeks.now();
        today = day(now);
        from = at(today.minusDays(days - 1L), 0);
        six = List.of(
                day -> weeks.noons.containsKey(day)
                        ? Double.valueOf(
                                -Objects.requireNonNull(weeks.noons.get(day)).free())
                        : null,
                this::visits,
                this::meanVisitSeconds,
                day -> ratio(
                        visitors(day, day).stream()
                                .filter(WeeksByHand::isHospitalised)
                                .count(),
                        visitors(day, day).size()),
                day -> visits(day) == null ? null : Double.valueOf(presentAt15(day)),
                day -> visits(day) == null
                        ? null
                        : Double.valueOf(visitors(day, day).stream()
                                .filter(person -> day.getYear() - person.birthYear >= 75)
                                .count()));
    }

    void compare() {
        Indicators read = Objects.requireNonNull(IndicatorReader.read(weeks.told.book, now, days));
        compare(null, read.hospital());
        compare(read.inTension());
        compare("MED", Objects.requireNonNull(read.service(new ServiceId("MED"))));
        compare("CHIR", Objects.requireNonNull(read.service(new ServiceId("CHIR"))));
    }

    private void compare(@Nullable String service, Indicators.Scope read) {
        Map<Indicator, @Nullable Double> counted = count(service);
        assertThat(counted.keySet()).isEqualTo(read.values().keySet());
        counted.forEach((indicator, value) -> {
            String what = indicator + " of " + service + " at " + now + ", " + days + " days";
            close(what, read.value(indicator), value);
        });
    }

    private void compare(HospitalInTension told) {
        LocalDate yesterday = today.minusDays(1);
        assertThat(told.day()).isEqualTo(yesterday);
        for (int i = 0; i < six.size(); i++) {
            HospitalInTension.Measure measure = told.six().get(i);
            String what = measure.indicator() + " of " + yesterday + ", at " + now;
            double unit =
                    measure.unit() == Indicator.Unit.HOURS ? HOUR : measure.unit() == Indicator.Unit.PERCENT ? 0.01 : 1;
            double worse = i == 0 ? -1 : 1;
            boolean whole = yesterday.isAfter(day(weeks.begin));
            Double figure = whole ? six.get(i).apply(yesterday) : null;
            close(what, measure.figure(), figure == null ? null : Double.valueOf(worse * figure / unit));
            List<Double> past = past(six.get(i));
            assertThat(measure.historyDays()).as(what).isEqualTo(past.size());
            HospitalInTension.Reference reference = measure.reference();
            assertThat(reference != null).as(what).isEqualTo(past.size() >= 28);
            if (reference != null) {
                close(what, reference.mean(), worse * numbers(past).average().orElseThrow() / unit);
                close(what, reference.deviation(), deviation(past) / unit);
                Long milder = figure == null
                        ? null
                        : Long.valueOf(past.stream().filter(one -> one < figure).count());
                assertThat(reference.milderDays() == null ? null : Long.valueOf(reference.milderDays()))
                        .as(what)
                        .isEqualTo(milder);
            }
            assertThat(measure.unknown() == null).as(what).isEqualTo(measure.level() != null);
        }
    }

    private static void close(String what, @Nullable Double told, @Nullable Double counted) {
        if (counted == null) {
            assertThat(told).as(what).isNull();
        } else {
            assertThat(told).as(what).isNotNull().isCloseTo(counted, within(1e-6));
        }
    }

    private Map<Indicator, @Nullable Double> count(@Nullable String service) {
        Map<Indicator, @Nullable Double> all = new EnumMap<>(Indicator.class);
        beds(service, all);
        idle(service, all);
        waits(service, all);
        patients(service, all);
        flows(service, all);
        if (service == null) {
            emergency(all);
        }
        return all;
    }

    // Times

    private static LocalDate day(Instant time) {
        return time.atZone(Told.PARIS).toLocalDate();
    }

    private static Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(Told.PARIS).toInstant();
    }

    private static Instant end(@Nullable Instant to, Instant otherwise) {
        return to == null ? otherwise : to;
    }

    /** Seconds of it within the days asked for. */
    private double overlap(Instant begin, @Nullable Instant to) {
        Instant first = begin.isAfter(from) ? begin : from;
        Instant last = end(to, now);
        return first.isBefore(last) ? Duration.between(first, last).toSeconds() : 0;
    }

    private boolean inWindow(@Nullable Instant time) {
        return time != null && !time.isBefore(from);
    }

    private static @Nullable Double ratio(double amount, double by) {
        return by == 0 ? null : Double.valueOf(amount / by);
    }

    private static boolean in(@Nullable String scope, @Nullable String service) {
        return scope == null || scope.equals(service);
    }

    private static boolean isInpatient(Lying lying) {
        return lying.patientClass == PatientClass.INPATIENT;
    }

    private List<Lying> lyings(@Nullable String service) {
        return weeks.persons.values().stream()
                .flatMap(person -> person.lyings.stream())
                .filter(lying -> in(service, lying.service))
                .toList();
    }

    // Beds

    private void beds(@Nullable String service, Map<Indicator, @Nullable Double> all) {
        List<String> beds =
                BEDS.stream().filter(bed -> in(service, serviceOf(bed))).toList();
        double occupied = lyings(service).stream()
                .filter(lying -> lying.to == null && lying.bed != null)
                .count();
        double physical = beds.stream().filter(bed -> !bed.equals("C3")).count();
        double staffed = weeks.staffed.entrySet().stream()
                .filter(entry -> in(service, entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        all.put(Indicator.OCCUPANCY_PHYSICAL, ratio(100 * occupied, physical));
        all.put(
                Indicator.OCCUPANCY_OPEN,
                ratio(100 * occupied, beds.stream().filter(weeks::isOpen).count()));
        all.put(Indicator.OCCUPANCY_STAFFED, ratio(100 * occupied, staffed));
        double lain = lyings(service).stream()
                .filter(lying -> lying.bed != null)
                .mapToDouble(lying -> overlap(lying.from, lying.to))
                .sum();
        double open = beds.stream()
                .flatMap(bed -> of(weeks.open, bed).stream())
                .mapToDouble(span -> overlap(span.from(), span.to()))
                .sum();
        double exits = service == null ? discharged(null).size() : exits(service);
        all.put(Indicator.OCCUPANCY_PERIOD, ratio(100 * lain, open));
        all.put(Indicator.ROTATION, ratio(exits, physical));
        all.put(Indicator.TURNOVER_INTERVAL, ratio((open - lain) / DAY, exits));
    }

    /** Inpatients who left the service, for another or for good. */
    private long exits(String service) {
        long exits = 0;
        for (Person person : weeks.persons.values()) {
            for (int i = 0; i < person.lyings.size(); i++) {
                Lying lying = person.lyings.get(i);
                boolean staysThere = i + 1 < person.lyings.size()
                        && person.lyings.get(i + 1).service.equals(service);
                exits += isInpatient(lying) && lying.service.equals(service) && !staysThere && inWindow(lying.to)
                        ? 1
                        : 0;
            }
        }
        return exits;
    }

    private void idle(@Nullable String service, Map<Indicator, @Nullable Double> all) {
        double gaps = 0;
        double dirty = 0;
        double cleaning = 0;
        double ready = 0;
        for (String bed : BEDS) {
            List<Lying> there = lyings(service).stream()
                    .filter(lying -> bed.equals(lying.bed))
                    .sorted(Comparator.comparing(lying -> lying.from))
                    .toList();
            for (int i = 1; i < there.size(); i++) {
                Instant left = Objects.requireNonNull(there.get(i - 1).to);
                Instant taken = there.get(i).from;
                if (!inWindow(taken)) {
                    continue;
                }
                Instant begun = of(weeks.begun, bed).stream()
                        .filter(time -> !time.isBefore(left) && !time.isAfter(taken))
                        .findFirst()
                        .orElse(taken);
                Instant done = of(weeks.cleaned, bed).stream()
                        .filter(time -> !time.isBefore(left) && !time.isAfter(taken))
                        .reduce((one, other) -> other)
                        .orElse(taken);
                gaps++;
                dirty += Duration.between(left, begun).toSeconds();
                cleaning += Duration.between(begun, done).toSeconds();
                ready += Duration.between(done, taken).toSeconds();
            }
        }
        all.put(Indicator.IDLE_BED, ratio((dirty + cleaning + ready) / HOUR, gaps));
        all.put(Indicator.IDLE_DIRTY, ratio(dirty / HOUR, gaps));
        all.put(Indicator.IDLE_CLEANING, ratio(cleaning / HOUR, gaps));
        all.put(Indicator.IDLE_READY, ratio(ready / HOUR, gaps));
    }

    // Requests

    private static @Nullable String serviceOfRequest(Asked one) {
        return one.bed == null ? one.wished : serviceOf(one.bed);
    }

    private static Instant since(Asked one) {
        return one.neededAt.isAfter(one.requestedAt) ? one.neededAt : one.requestedAt;
    }

    private void waits(@Nullable String service, Map<Indicator, @Nullable Double> all) {
        List<Asked> here = weeks.asked.values().stream()
                .filter(one -> in(service, serviceOfRequest(one)))
                .toList();
        List<Asked> waiting = here.stream()
                .filter(one -> one.isOpen() && !day(one.neededAt).isAfter(today))
                .toList();
        all.put(Indicator.WAITING, (double) waiting.size());
        all.put(Indicator.WAITING_OVER_4_H, over(4, seconds(waiting, one -> Duration.between(since(one), now))));
        all.put(Indicator.WAITING_OVER_8_H, over(8, seconds(waiting, one -> Duration.between(since(one), now))));
        all.put(Indicator.WAITING_OVER_12_H, over(12, seconds(waiting, one -> Duration.between(since(one), now))));
        List<Asked> moved = here.stream().filter(one -> inWindow(one.movedAt)).toList();
        List<Double> whole = seconds(moved, one -> Duration.between(since(one), one.movedAt));
        all.put(Indicator.WAIT_MEDIAN, rank(whole, 0.5));
        all.put(Indicator.WAIT_P90, rank(whole, 0.9));
        all.put(
                Indicator.WAIT_DECIDED_MEDIAN,
                rank(seconds(moved, one -> Duration.between(since(one), one.decidedAt)), 0.5));
        all.put(
                Indicator.WAIT_READY_MEDIAN,
                rank(seconds(moved, one -> Duration.between(one.decidedAt, ready(one))), 0.5));
        all.put(
                Indicator.WAIT_MOVED_MEDIAN,
                rank(seconds(moved, one -> Duration.between(ready(one), one.movedAt)), 0.5));
        all.put(Indicator.WAITED_OVER_4_H, over(4, whole));
        all.put(Indicator.WAITED_OVER_8_H, over(8, whole));
        all.put(Indicator.WAITED_OVER_12_H, over(12, whole));
        double refused = sum(service, weeks.refused);
        double accepted = sum(service, weeks.accepted);
        all.put(Indicator.REFUSALS, ratio(100 * refused, refused + accepted));
        all.put(Indicator.OVERRIDES, ratio(100 * sum(service, weeks.overridden), accepted));
    }

    private static Instant ready(Asked one) {
        Instant decided = Objects.requireNonNull(one.decidedAt);
        return one.cleanedAt != null && one.cleanedAt.isAfter(decided) ? one.cleanedAt : decided;
    }

    private static List<Double> seconds(List<Asked> of, Function<Asked, Duration> clock) {
        return of.stream()
                .map(one -> (double) clock.apply(one).toSeconds())
                .sorted()
                .toList();
    }

    private static double over(int hours, List<Double> waits) {
        return waits.stream().filter(wait -> wait > hours * HOUR).count();
    }

    private static @Nullable Double rank(List<Double> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1) / HOUR;
    }

    private static double sum(@Nullable String service, Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> in(service, entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    // Patients

    private void patients(@Nullable String service, Map<Indicator, @Nullable Double> all) {
        double inpatients = 0;
        double outliers = 0;
        double outlierSeconds = 0;
        double[] over = new double[22];
        for (Person person : weeks.persons.values()) {
            String own = person.specialty.equals("med") ? "MED" : "CHIR";
            Instant admitted = null;
            for (Lying lying : person.lyings) {
                admitted = isInpatient(lying) && admitted == null ? lying.from : admitted;
                if (!isInpatient(lying) || !in(service, lying.service)) {
                    continue;
                }
                boolean outlier = !lying.service.equals(own);
                outlierSeconds += outlier ? overlap(lying.from, lying.to) : 0;
                if (lying.to == null) {
                    inpatients++;
                    outliers += outlier ? 1 : 0;
                    for (int least : new int[] {7, 14, 21}) {
                        over[least] += Duration.between(admitted, now).compareTo(Duration.ofDays(least)) >= 0 ? 1 : 0;
                    }
                }
            }
        }
        all.put(Indicator.OUTLIERS, outliers);
        all.put(Indicator.OUTLIER_SHARE, ratio(100 * outliers, inpatients));
        all.put(Indicator.OUTLIER_DAYS, outlierSeconds / DAY);
        all.put(Indicator.STAYS_OVER_7_DAYS, over[7]);
        all.put(Indicator.STAYS_OVER_14_DAYS, over[14]);
        all.put(Indicator.STAYS_OVER_21_DAYS, over[21]);
        all.put(Indicator.SEX_MIXED_BAY_HOURS, in(service, "MED") ? mixedSeconds() / HOUR : 0);
        double nights = 0;
        for (LocalDate day = today.minusDays(days - 1L); !day.isAfter(today); day = day.plusDays(1)) {
            nights += nightsWithoutBed(service, day);
        }
        all.put(Indicator.NO_BED, nights);
        LocalDate last = now.isBefore(at(today, 6)) ? today.minusDays(1) : today;
        all.put(Indicator.NO_BED_LAST_NIGHT, nightsWithoutBed(service, last));
    }

    /** The room of MED is of one sex: whenever a woman and a man lie in it. */
    private double mixedSeconds() {
        double seconds = 0;
        for (Person woman : weeks.persons.values()) {
            for (Person man : weeks.persons.values()) {
                if (woman.sex != Sex.FEMALE || man.sex != Sex.MALE) {
                    continue;
                }
                for (Lying one : woman.lyings) {
                    for (Lying other : man.lyings) {
                        if (isInRoom(one) && isInRoom(other)) {
                            Instant begin = one.from.isAfter(other.from) ? one.from : other.from;
                            Instant to = end(one.to, now).isBefore(end(other.to, now))
                                    ? end(one.to, now)
                                    : end(other.to, now);
                            seconds += overlap(begin, to);
                        }
                    }
                }
            }
        }
        return seconds;
    }

    private static boolean isInRoom(Lying lying) {
        return lying.bed != null && lying.bed.startsWith("M");
    }

    private double nightsWithoutBed(@Nullable String service, LocalDate day) {
        Instant midnight = at(day, 0);
        Instant six = at(day, 6);
        if (six.isAfter(now)) {
            return 0;
        }
        long asked = weeks.asked.values().stream()
                .filter(one -> one.origin == RequestOrigin.EMERGENCY_DEPARTMENT && in(service, serviceOfRequest(one)))
                .filter(one -> !since(one).isAfter(midnight)
                        && !end(one.movedAt == null ? one.cancelledAt : one.movedAt, now)
                                .isBefore(six))
                .count();
        long lain = lyings(service).stream()
                .filter(lying -> isInpatient(lying) && lying.bed == null)
                .filter(lying ->
                        !lying.from.isAfter(midnight) && !end(lying.to, now).isBefore(six))
                .count();
        return asked + lain;
    }

    private List<Lying> discharged(@Nullable String service) {
        return weeks.persons.values().stream()
                .filter(person -> !person.lyings.isEmpty())
                .map(person -> person.lyings.getLast())
                .filter(last -> isInpatient(last) && inWindow(last.to) && in(service, last.service))
                .toList();
    }

    private void flows(@Nullable String service, Map<Indicator, @Nullable Double> all) {
        double admissions = 0;
        double moves = 0;
        double nightMoves = 0;
        double patientSeconds = 0;
        for (Person person : weeks.persons.values()) {
            Lying before = null;
            boolean admitted = false;
            for (Lying lying : person.lyings) {
                if (!isInpatient(lying)) {
                    before = lying;
                    continue;
                }
                boolean comes = service == null
                        ? !admitted
                        : lying.service.equals(service)
                                && !(before != null && isInpatient(before) && before.service.equals(service));
                admissions += comes && inWindow(lying.from) ? 1 : 0;
                patientSeconds += in(service, lying.service) ? overlap(lying.from, lying.to) : 0;
                if (before != null && isInpatient(before) && in(service, before.service) && inWindow(lying.from)) {
                    int hour = lying.from.atZone(Told.PARIS).getHour();
                    moves++;
                    nightMoves += hour >= 23 || hour < 6 ? 1 : 0;
                }
                admitted = true;
                before = lying;
            }
        }
        List<Lying> left = discharged(service);
        double morning = left.stream()
                .filter(last ->
                        Objects.requireNonNull(last.to).atZone(Told.PARIS).getHour() < 12)
                .count();
        all.put(Indicator.ADMISSIONS, admissions);
        all.put(Indicator.LENGTH_OF_STAY, ratio(patientSeconds / DAY, admissions));
        all.put(Indicator.DISCHARGES, (double) left.size());
        all.put(Indicator.DISCHARGES_BEFORE_NOON, ratio(100 * morning, left.size()));
        all.put(Indicator.MOVES_PER_STAY, ratio(moves, left.size()));
        all.put(Indicator.NIGHT_MOVES, nightMoves);
    }

    // The emergency department

    private static boolean isVisit(Person person) {
        return !person.lyings.isEmpty() && person.lyings.getFirst().patientClass == PatientClass.EMERGENCY;
    }

    private static boolean isHospitalised(Person person) {
        return isVisit(person) && (person.transferredOut || person.lyings.size() > 1);
    }

    private List<Person> visitors(LocalDate first, LocalDate last) {
        return weeks.persons.values().stream()
                .filter(person -> isVisit(person)
                        && !day(person.lyings.getFirst().from).isBefore(first)
                        && !day(person.lyings.getFirst().from).isAfter(last))
                .toList();
    }

    private void emergency(Map<Indicator, @Nullable Double> all) {
        List<Person> visitors = visitors(day(from), today);
        double hospitalised =
                visitors.stream().filter(WeeksByHand::isHospitalised).count();
        all.put(Indicator.HOSPITALISATION_RATE, ratio(100 * hospitalised, visitors.size()));
        Double need = need();
        Noon noon = now.isBefore(at(today, 12)) ? weeks.free() : weeks.noons.getOrDefault(today, weeks.free());
        all.put(Indicator.BJML, need);
        all.put(Indicator.BJML_COVERAGE, need == null ? null : ratio(100.0 * noon.forEmergency(), need));
        double over = 0;
        boolean known = false;
        for (int i = 0; i < six.size(); i++) {
            Double level = level(six.get(i));
            all.put(Indicator.valueOf("HET_" + (i + 1)), level);
            known |= level != null;
            over += level != null && level > 3 ? 1 : 0;
        }
        all.put(Indicator.HET_OVER_3, known ? Double.valueOf(over) : null);
    }

    private @Nullable Double visits(LocalDate day) {
        int visits = visitors(day, day).size();
        return visits == 0 ? null : Double.valueOf(visits);
    }

    private @Nullable Double meanVisitSeconds(LocalDate day) {
        List<Lying> left = weeks.persons.values().stream()
                .filter(WeeksByHand::isHospitalised)
                .map(person -> person.lyings.getFirst())
                .filter(visit -> visit.to != null && day(visit.to).equals(day))
                .toList();
        return ratio(
                left.stream()
                        .mapToDouble(
                                visit -> Duration.between(visit.from, visit.to).toSeconds())
                        .sum(),
                left.size());
    }

    private long presentAt15(LocalDate day) {
        Instant moment = at(day, 15);
        return lyings(null).stream()
                .filter(lying -> lying.patientClass == PatientClass.EMERGENCY
                        && !lying.from.isAfter(moment)
                        && end(lying.to, now).isAfter(moment))
                .count();
    }

    /** How many standard deviations yesterday lies above the days before it. */
    private @Nullable Double level(Function<LocalDate, @Nullable Double> figure) {
        Double value = figure.apply(today.minusDays(1));
        List<Double> past = past(figure);
        if (value == null || past.size() < 28) {
            return null;
        }
        double mean = numbers(past).average().orElseThrow();
        double deviation = deviation(past);
        if (deviation < 1e-12) {
            return value > mean + 1e-12 ? 4.0 : 0.0;
        }
        return Math.max(0, Math.min(4, (value - mean) / deviation));
    }

    /** Of the days before yesterday, from the first whole one on. */
    private List<Double> past(Function<LocalDate, @Nullable Double> figure) {
        LocalDate yesterday = today.minusDays(1);
        List<Double> past = new ArrayList<>();
        for (LocalDate day = day(weeks.begin).plusDays(1); day.isBefore(yesterday); day = day.plusDays(1)) {
            Double known = day.isBefore(yesterday.minusDays(365)) ? null : figure.apply(day);
            if (known != null) {
                past.add(known);
            }
        }
        return past;
    }

    private static double deviation(List<Double> all) {
        double mean = numbers(all).average().orElseThrow();
        return Math.sqrt(numbers(all).map(one -> (one - mean) * (one - mean)).sum() / (all.size() - 1));
    }

    private static DoubleStream numbers(List<Double> all) {
        return all.stream().mapToDouble(Double::doubleValue);
    }

    private @Nullable Double need() {
        List<Double> hospitalised = new ArrayList<>();
        int week = today.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        for (LocalDate day = day(weeks.begin).plusDays(1);
                day.get(IsoFields.WEEK_BASED_YEAR) < today.get(IsoFields.WEEK_BASED_YEAR);
                day = day.plusDays(1)) {
            LocalDate monday = day.with(DayOfWeek.MONDAY);
            boolean wholeWeek = monday.isAfter(day(weeks.begin));
            if (wholeWeek && day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) == week) {
                hospitalised.add((double) hospitalisedFromEmergency(day));
            }
        }
        hospitalised.sort(Comparator.naturalOrder());
        return hospitalised.isEmpty() ? null : hospitalised.get((int) Math.ceil(hospitalised.size() / 4.0) - 1);
    }

    private long hospitalisedFromEmergency(LocalDate day) {
        Predicate<@Nullable Instant> onDay = time -> time != null && day(time).equals(day);
        return weeks.persons.values().stream()
                        .filter(person -> isVisit(person) && person.lyings.size() > 1)
                        .filter(person -> onDay.test(person.lyings.getFirst().to))
                        .count()
                + weeks.asked.values().stream()
                        .filter(one -> one.origin == RequestOrigin.EMERGENCY_DEPARTMENT && onDay.test(one.movedAt))
                        .count();
    }
}
