package org.chevet.simulations.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.flow.LengthOfStay;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.FullSimulation;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.DescribedHospital;
import org.chevet.simulations.scenario.Routine;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every seed is fixed. */
class CalibrationTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    private static final int DAYS = 168;
    private static final double[] LEAVING_BY_WEEKDAY = {0.9, 1, 0.8, 0.8, 1, 0.5, 0.2};
    private static final int AUGUST = 7;

    private final Path folder;

    CalibrationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldFindAgainWhatAHospitalWasMadeOf() throws Exception {
        Hospital hospital = DescribedHospital.of(
                "TRUE",
                List.of(
                        new DescribedHospital.Ward("MED", LevelOfCare.ACUTE, 70, 70, 0, List.of(), Map.of("SCOPE", 60)),
                        new DescribedHospital.Ward("REA", LevelOfCare.INTENSIVE, 20, 20, 0, List.of())));
        FullModel model = model(hospital);
        Source source = new Source(hospital, observed(model, hospital, 1));
        Calibration calibration = new Calibration(source);

        Calibration.Fitted medicine = calibration.service(0);
        assertThat(perDay(medicine, RequestOrigin.EMERGENCY_DEPARTMENT))
                .isCloseTo(8, within(4 * Math.sqrt(8.0 / DAYS)));
        assertThat(perDay(medicine, RequestOrigin.ELECTIVE)).isCloseTo(2, within(4 * Math.sqrt(2.0 / DAYS)));
        assertThat(medicine.onward().get(1)).isCloseTo(0.05, within(0.02));
        assertThat(medicine.death()).isCloseTo(0.03, within(0.015));
        for (int weekday = 0; weekday < LEAVING_BY_WEEKDAY.length; weekday++) {
            assertThat(medicine.leavingByWeekday()[weekday])
                    .as("weekday %d", weekday)
                    .isCloseTo(LEAVING_BY_WEEKDAY[weekday], within(0.17));
        }
        assertThat(calibration.service(1).days()[49]).isCloseTo(3, within(0.5));
        assertThat(medicine.wanted().female()).isCloseTo(0.7, within(0.06));
        assertThat(medicine.wanted().isolation().get(Isolation.CONTACT)).isCloseTo(0.2, within(0.05));
        assertThat(medicine.wanted().equipment().get("SCOPE")).isCloseTo(0.3, within(0.06));
        assertThat(medicine.wanted().ageYears()).isCloseTo(60, within(2.0));
        assertThat(medicine.wanted().ageYearsSpread()).isCloseTo(18, within(2.0));
        assertThat(calibration.service(1).wanted().equipment()).doesNotContainKey("SCOPE");
        assertThat(calibration.untold())
                .singleElement()
                .extracting(Scenario.Words::english)
                .isEqualTo("season: 168 days of history, 365 are needed");

        Path file = folder.resolve("calibrated.yaml");
        Files.writeString(file, CalibratedScenario.of(calibration, "trial", ""));
        Scenario scenario = ScenarioFile.read(file.toString(), List.of());
        FullModel again = FullModel.of(scenario);
        List<Seen> simulated = new ArrayList<>();
        for (int replication = 0; replication < 3; replication++) {
            simulated.add(Seen.of(observed(again, scenario.hospital(), MONDAY, DAYS, 2, replication), 0));
        }
        Comparison compared = new Comparison("MED", Seen.of(source.observed(), 0), simulated, calibration.settled());
        assertThat(calibration.settled()).isZero();
        assertThat(compared.distance(Comparison.Of.ARRIVALS_BY_HOUR)).isLessThan(0.05);
        assertThat(compared.distance(Comparison.Of.ARRIVALS_BY_WEEKDAY)).isLessThan(0.05);
        assertThat(compared.distance(Comparison.Of.LEAVING_BY_HOUR)).isLessThan(0.06);
        assertThat(compared.distance(Comparison.Of.LEAVING_BY_WEEKDAY)).isLessThan(0.05);
        assertThat(compared.distance(Comparison.Of.LENGTH)).isLessThan(0.06);
        assertThat(compared.meanSimulatedCensus()).isCloseTo(compared.meanCensus(), within(3.0));
        Needs real = compared.real().needs();
        Needs lived = compared.simulatedNeeds();
        assertThat(lived.femaleShare()).isCloseTo(real.femaleShare(), within(0.06));
        assertThat(lived.isolatedShare(Isolation.CONTACT))
                .isCloseTo(real.isolatedShare(Isolation.CONTACT), within(0.05));
        assertThat(lived.equippedShare("SCOPE")).isCloseTo(real.equippedShare("SCOPE"), within(0.06));
        assertThat(lived.meanAgeYears()).isCloseTo(real.meanAgeYears(), within(2.0));
    }

    private static double perDay(Calibration.Fitted service, RequestOrigin origin) {
        return Objects.requireNonNull(service.comings().get(origin)).perDay();
    }

    private static FullModel model(Hospital hospital) {
        double[] afternoons = new double[24];
        afternoons[14] = 1;
        afternoons[17] = 3;
        CareProfile medicine =
                new CareProfile(4, 0.6, 0.8, 1, 0, 0.03, 60, 18, List.of(new CareProfile.Onward("REA", 0.05)));
        CareProfile intensive = new CareProfile(3, 0.5, 0.6, 1, 0, 0.1, 60, 15, List.of());
        Scenario.Care ofMedicine = new Scenario.Care(
                medicine,
                medicine.lengthOfStay(),
                List.of(
                        new Scenario.Coming(
                                RequestOrigin.EMERGENCY_DEPARTMENT,
                                8,
                                new ArrivalProfile(afternoons, new double[] {1, 1, 1, 1, 1, 1, 1})),
                        new Scenario.Coming(RequestOrigin.ELECTIVE, 2, ArrivalProfile.ELECTIVE)),
                new Leaving(flat(24), LEAVING_BY_WEEKDAY),
                new Scenario.Needs(0.7, Map.of(Isolation.CONTACT, 0.2), Map.of("SCOPE", 0.3)));
        Scenario.Care ofIntensive = new Scenario.Care(
                intensive,
                new LengthOfStay.LogNormal(3 * Math.exp(0.125), Math.sqrt(Math.expm1(0.25))),
                List.of(new Scenario.Coming(RequestOrigin.EMERGENCY_DEPARTMENT, 3, ArrivalProfile.FLAT)),
                Leaving.ANYTIME,
                Scenario.Needs.USUAL);
        return new FullModel(new FullModel.Plan(
                hospital,
                MONDAY.minusDays(7),
                7,
                DAYS,
                1,
                flat(12),
                Map.of(new ServiceId("MED"), ofMedicine, new ServiceId("REA"), ofIntensive),
                new Routine(0, 0, 0, false, 0, 0, 0, 1_000, 1_000),
                null,
                List.of(),
                List.of()));
    }

    private static double[] flat(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Observed observed(FullModel model, Hospital hospital, long seed) {
        return observed(model, hospital, MONDAY, DAYS, seed, 0);
    }

    private static Observed observed(
            FullModel model, Hospital hospital, LocalDate first, int days, long seed, int replication) {
        Observed.Gathering gathering = new Observed.Gathering();
        FullSimulation.run(model, Level.FULL, Policy.CHEVET, seed, replication, gathering);
        return gathering.observed(hospital.zone(), first, days);
    }

    @Test
    void shouldNotTakeTheLongestStayThatIsOverForTheLongest() {
        Hospital hospital = DescribedHospital.of(
                "YOUNG", List.of(new DescribedHospital.Ward("MED", LevelOfCare.ACUTE, 300, 300, 0, List.of())));
        int days = 21;
        int shortNights = 5;
        long midnight = MONDAY.atStartOfDay(hospital.zone()).toEpochSecond();
        List<Observed.Stretch> stretches = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            long entry = midnight + day * 86_400L + 36_000;
            long until = midnight + days * 86_400L - 1;
            long exit = entry + shortNights * 86_400L;
            for (int i = 0; i < 5; i++) {
                stretches.add(exit < until ? stretch(entry, exit, Observed.End.LEFT) : lasting(entry, until));
                stretches.add(lasting(entry, until));
            }
        }
        Calibration calibration = new Calibration(
                new Source(hospital, new Observed(hospital.zone(), MONDAY, days, stretches, List.of())));

        assertThat(calibration.service(0).days()[25]).isLessThanOrEqualTo(shortNights);
        assertThat(calibration.service(0).days()[75]).isGreaterThanOrEqualTo(days - 1);
    }

    /** Half of those in medicine need a bed with a scope, the only one in surgery does, and the only one in the maternity, which has none. */
    @Test
    void shouldNotBelieveOnePatientThatAllNeedEquipment() {
        Hospital hospital = DescribedHospital.of(
                "SCOPES",
                List.of(
                        new DescribedHospital.Ward("MED", LevelOfCare.ACUTE, 70, 70, 0, List.of(), Map.of("SCOPE", 60)),
                        new DescribedHospital.Ward("CHIR", LevelOfCare.ACUTE, 9, 9, 0, List.of(), Map.of("SCOPE", 1)),
                        new DescribedHospital.Ward("MAT", LevelOfCare.ACUTE, 9, 9, 0, List.of()),
                        new DescribedHospital.Ward("PED", LevelOfCare.ACUTE, 9, 9, 0, List.of())));
        List<Observed.Stretch> stretches = new ArrayList<>();
        for (int patient = 0; patient < 94; patient++) {
            stretches.add(needing(0, patient % 2 == 0));
        }
        stretches.add(needing(1, true));
        stretches.add(needing(2, true));
        stretches.add(needing(3, false));
        List<Observed.Stretch> visits = stretches.stream()
                .map(one -> new Observed.Stretch(
                        Observed.ANY, one.origin(), one.entry(), one.exit(), one.end(), Observed.ANY, one.needs()))
                .toList();
        Calibration calibration =
                new Calibration(new Source(hospital, new Observed(hospital.zone(), MONDAY, 7, stretches, visits)));

        assertThat(scope(calibration, 0)).isCloseTo(0.5, within(0.01));
        assertThat(scope(calibration, 1)).isCloseTo((1 + 24 * 49 / 97.0) / 25, within(1e-9));
        assertThat(scope(calibration, 2)).isCloseTo(1 / 25.0, within(1e-9));
        assertThat(calibration.service(3).wanted().equipment()).isEmpty();
    }

    private static double scope(Calibration calibration, int service) {
        return Objects.requireNonNull(
                calibration.service(service).wanted().equipment().get("SCOPE"));
    }

    private static Observed.Stretch needing(int service, boolean scope) {
        CareNeeds needs = new CareNeeds(
                null,
                LevelOfCare.ACUTE,
                Isolation.NONE,
                Sex.UNKNOWN,
                null,
                scope ? List.of("SCOPE") : List.of(),
                List.of(),
                SingleRoom.INDIFFERENT,
                null);
        long entry = MONDAY.atTime(12, 0).toEpochSecond(ZoneOffset.UTC);
        return new Observed.Stretch(
                service,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                entry,
                entry + 86_400,
                Observed.End.LEFT,
                Observed.ANY,
                needs);
    }

    private static Observed.Stretch lasting(long entry, long until) {
        return stretch(entry, until, Observed.End.LASTS);
    }

    private static Observed.Stretch stretch(long entry, long exit, Observed.End end) {
        return new Observed.Stretch(
                0, RequestOrigin.EMERGENCY_DEPARTMENT, entry, exit, end, Observed.ANY, CareNeeds.UNSPECIFIED);
    }

    /** Two years of 20 a day on average, twice as many in January as in July, or as many in every month. */
    @Test
    void shouldBelieveOfAMonthWhatIsNoChance() {
        LocalDate first = LocalDate.of(2024, 1, 1);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3L);
        double[] truth = new double[Season.MONTHS];
        Arrays.setAll(truth, month -> 1 + Math.cos(2 * Math.PI * month / Season.MONTHS) / 3);
        int[] alike = new int[731];
        int[] seasonal = new int[731];
        for (int day = 0; day < seasonal.length; day++) {
            alike[day] = PoissonSampler.of(random, 20).sample();
            seasonal[day] = PoissonSampler.of(random, 20 * truth[Season.month(first, day)])
                    .sample();
        }

        double[] found = Season.alone(first, seasonal);
        double[] none = Season.alone(first, alike);
        for (int month = 0; month < Season.MONTHS; month++) {
            assertThat(found[month]).as("month %d", month).isCloseTo(truth[month], within(0.07));
            assertThat(none[month]).as("month %d, all alike", month).isCloseTo(1, within(0.03));
        }
        assertThat(Arrays.stream(found).average().orElseThrow()).isCloseTo(1, within(1e-9));
        assertThat(Season.alone(first, new int[400])).containsOnly(1);
    }

    /** Two years of a theatre that is half as busy in August; one of the two services is too small to tell by itself. */
    @Test
    void shouldTellMonthsOfElectivesAndLeanOnTheHospital() throws Exception {
        Hospital hospital = DescribedHospital.of(
                "THEATRE",
                List.of(
                        new DescribedHospital.Ward("CHIR", LevelOfCare.ACUTE, 70, 70, 0, List.of()),
                        new DescribedHospital.Ward("ORL", LevelOfCare.ACUTE, 9, 9, 0, List.of())));
        double[] perDay = {12, 0.5};
        LocalDate first = LocalDate.of(2024, 1, 1);
        int days = 731;
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(5L);
        List<Observed.Stretch> stretches = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            long entry =
                    first.plusDays(day).atTime(9, 0).atZone(hospital.zone()).toEpochSecond();
            double month = Season.month(first, day) == AUGUST ? 0.5 : 1;
            for (int service = 0; service < perDay.length; service++) {
                int patients =
                        PoissonSampler.of(random, perDay[service] * month).sample();
                for (int patient = 0; patient < patients; patient++) {
                    stretches.add(coming(service, RequestOrigin.ELECTIVE, entry));
                }
            }
        }
        Calibration calibration =
                new Calibration(new Source(hospital, new Observed(hospital.zone(), first, days, stretches, List.of())));

        Path file = folder.resolve("theatre.yaml");
        Files.writeString(file, CalibratedScenario.of(calibration, "theatre", ""));
        Scenario scenario = ScenarioFile.read(file.toString(), List.of());
        for (int service = 0; service < perDay.length; service++) {
            Scenario.Coming elective = Objects.requireNonNull(Objects.requireNonNull(scenario.care()
                                    .get(hospital.services().get(service).id()))
                            .comings())
                    .getFirst();
            assertThat(elective.origin()).isEqualTo(RequestOrigin.ELECTIVE);
            assertThat(months(elective, AUGUST) / months(elective, AUGUST - 1)).isCloseTo(0.5, within(0.1));
            assertThat(months(elective, 0) / months(elective, 2)).isCloseTo(1, within(0.1));
            assertThat(elective.perDay() * months(elective, 0))
                    .isCloseTo(perDay[service], within(0.15 * perDay[service]));
        }
        assertThat(calibration.season()).containsOnly(1);
    }

    @Test
    void shouldNotTakeTheChanceOfFewPatientsForMonths() {
        for (long seed = 0; seed < 100; seed++) {
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
            List<Observed.Stretch> electives = new ArrayList<>();
            addElectives(electives, 0, 1_500, 1, random);
            addElectives(electives, 1, 10, 1, random);
            double[] few = months(new Calibration(ofYear(electives)), 1);
            assertThat(Arrays.stream(few).max().orElseThrow()
                            / Arrays.stream(few).min().orElseThrow())
                    .as("greatest month over least, seed %d", seed)
                    .isLessThan(1.5);
        }
    }

    @Test
    void shouldNotMakeAMonthOfTwoPatients() {
        List<Observed.Stretch> both = List.of(
                coming(1, RequestOrigin.ELECTIVE, noon(LocalDate.of(2025, 3, 3))),
                coming(1, RequestOrigin.ELECTIVE, noon(LocalDate.of(2025, 3, 20))));
        assertThat(months(new Calibration(ofYear(both)), 1)).containsOnly(1);

        List<Observed.Stretch> besideOthers = new ArrayList<>(both);
        addElectives(besideOthers, 0, 1_500, 1, RandomSource.XO_RO_SHI_RO_128_PP.create(1L));
        for (double month : months(new Calibration(ofYear(besideOthers)), 1)) {
            assertThat(month).isCloseTo(1, within(0.2));
        }
    }

    /** One of two large services has a third of its patients in August, and the other one as many as ever. */
    @Test
    void shouldBelieveAServiceThatItsMonthsAreItsOwn() {
        double own = 0;
        double other = 0;
        int seeds = 20;
        for (long seed = 0; seed < seeds; seed++) {
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
            List<Observed.Stretch> electives = new ArrayList<>();
            addElectives(electives, 0, 1_500, 1 / 3.0, random);
            addElectives(electives, 1, 1_500, 1, random);
            Calibration calibration = new Calibration(ofYear(electives));
            own += months(calibration, 0)[AUGUST] / seeds;
            other += months(calibration, 1)[AUGUST] / seeds;
        }
        assertThat(own).isLessThan(0.7);
        assertThat(other).isGreaterThan(0.8);
    }

    private static final LocalDate NEW_YEAR = LocalDate.of(2025, 1, 1);

    /** On any days; of those who would come in August a share does. */
    private static void addElectives(
            List<Observed.Stretch> electives, int service, int count, double inAugust, UniformRandomProvider random) {
        for (int patient = 0; patient < count; patient++) {
            LocalDate day = NEW_YEAR.plusDays(random.nextInt(Season.DAYS_MIN));
            if (day.getMonthValue() - 1 != AUGUST || random.nextDouble() < inAugust) {
                electives.add(coming(service, RequestOrigin.ELECTIVE, noon(day)));
            }
        }
    }

    private static long noon(LocalDate day) {
        return day.atTime(12, 0).toEpochSecond(ZoneOffset.UTC);
    }

    private static Observed.Stretch coming(int service, RequestOrigin origin, long entry) {
        return new Observed.Stretch(
                service, origin, entry, entry + 2 * 86_400, Observed.End.LEFT, Observed.ANY, CareNeeds.UNSPECIFIED);
    }

    private static Source ofYear(List<Observed.Stretch> stretches) {
        Hospital hospital = DescribedHospital.of(
                "YEAR",
                List.of(
                        new DescribedHospital.Ward("CHIR", LevelOfCare.ACUTE, 70, 70, 0, List.of()),
                        new DescribedHospital.Ward("ORL", LevelOfCare.ACUTE, 9, 9, 0, List.of())));
        return new Source(hospital, new Observed(hospital.zone(), NEW_YEAR, Season.DAYS_MIN, stretches, List.of()));
    }

    private static double[] months(Calibration calibration, int service) {
        return Objects.requireNonNull(
                Objects.requireNonNull(calibration.service(service).comings().get(RequestOrigin.ELECTIVE))
                        .byMonth());
    }

    /** On an average day of the week, times an average month. */
    private static double months(Scenario.Coming coming, int month) {
        double share = 0;
        for (int weekday = 0; weekday < 7; weekday++) {
            for (int hour = 0; hour < 24; hour++) {
                share += coming.profile().share(hour, weekday, month) / 7;
            }
        }
        return share;
    }

    @Test
    void shouldCompareMonthsOfEachWayIn() {
        long july = noon(LocalDate.of(2025, 7, 14));
        long august = noon(LocalDate.of(2025, 8, 14));
        Observed.Stretch elective = coming(0, RequestOrigin.ELECTIVE, july);
        Seen real = Seen.of(
                ofYear(List.of(elective, coming(0, RequestOrigin.OTHER_HOSPITAL, july)))
                        .observed(),
                0);
        Seen simulated = Seen.of(
                ofYear(List.of(elective, coming(0, RequestOrigin.OTHER_HOSPITAL, august)))
                        .observed(),
                0);
        Comparison compared = new Comparison("CHIR", real, List.of(simulated), 0);
        assertThat(compared.distance(Comparison.Of.DIRECT_BY_MONTH)).isEqualTo(1);
        assertThat(compared.distance(Comparison.Of.ELECTIVES_BY_MONTH)).isZero();
        assertThat(compared.chance(Comparison.Of.EMERGENCIES_BY_MONTH)).isNaN();
    }

    @Test
    void shouldSayHowFarTwoDistributionsAreApart() {
        assertThat(Comparison.betweenCounts(new int[] {1, 1, 2}, new int[] {2, 2, 4}))
                .isZero();
        assertThat(Comparison.betweenCounts(new int[] {4, 0, 0}, new int[] {1, 1, 2}))
                .isCloseTo(0.75, within(1e-12));
        assertThat(Comparison.betweenSamples(new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 4}))
                .isZero();
        assertThat(Comparison.betweenSamples(new double[] {1, 2, 3, 4}, new double[] {3, 4, 5, 6}))
                .isCloseTo(0.5, within(1e-12));
    }
}
