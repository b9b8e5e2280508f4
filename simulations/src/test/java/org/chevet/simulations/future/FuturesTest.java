package org.chevet.simulations.future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.chevet.forecast.FlowLaws;
import org.chevet.forecast.FlowLaws.Awaited;
import org.chevet.forecast.FlowLaws.Here;
import org.chevet.forecast.FlowLaws.OfService;
import org.chevet.forecast.FlowLaws.Plan;
import org.chevet.hospital.ServiceId;
import org.junit.jupiter.api.Test;

class FuturesTest {
    private static final long SEED = 7;
    private static final int HOURS = FlowLaws.HOURS;

    /** Classes of time since entry, in all of which the chance is the same here. */
    private static final int CLASSES = 12;

    private static final double[] NOWHERE = {0, 0};

    /** To whom so many come an hour, and whom everybody leaves with the same chance. */
    private static OfService service(
            String name, int lying, double coming, double dispersion, double leaving, double... routes) {
        double[] expected = new double[HOURS];
        Arrays.fill(expected, coming);
        float[][] chances = new float[CLASSES][HOURS];
        for (float[] chance : chances) {
            Arrays.fill(chance, (float) leaving);
        }
        return new OfService(new ServiceId(name), lying, expected, 0, dispersion, routes, chances);
    }

    private static List<Here> here(int count, int service, double leaving) {
        float[] still = new float[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            still[hour] = (float) Math.pow(1 - leaving, hour + 1);
        }
        return Collections.nCopies(count, new Here(service, still, FlowLaws.HOME));
    }

    private static Plan plan(FlowLaws laws, int... beds) {
        int[] goneWithin = new int[laws.here().size()];
        Arrays.fill(goneWithin, Integer.MAX_VALUE);
        return new Plan(
                beds,
                new int[beds.length][HOURS],
                goneWithin,
                new boolean[laws.awaited().size()]);
    }

    private static FlowLaws laws(List<OfService> services, List<Here> here, List<Awaited> awaited) {
        return new FlowLaws(Instant.EPOCH, services, here, awaited, 0.9, List.of());
    }

    private static FlowLaws with(FlowLaws laws, Plan without, Plan with) {
        return new FlowLaws(
                laws.at(), laws.services(), laws.here(), laws.awaited(), laws.granting(), List.of(without, with));
    }

    private static Futures.Compared compare(FlowLaws laws) throws InterruptedException {
        return Futures.compare(laws, SEED, 2, () -> {});
    }

    private static int at(Futures.Compared compared, int hour) {
        return Arrays.binarySearch(compared.hours(), hour);
    }

    /** An emergency department whose patients go to a ward in which beds are short. */
    private static FlowLaws shortOfBeds() {
        List<Here> here = new ArrayList<>(here(6, 0, 0.2));
        here.addAll(here(40, 1, 0.01));
        return laws(
                List.of(service("URG", 6, 1, 1.5, 0.2, 0, 0.5), service("MED", 40, 0, 1, 0.01, 0, 0)), here, List.of());
    }

    @Test
    void shouldHaveAsManyPatientsAsComeAndStay() throws InterruptedException {
        double leaving = 0.02;
        FlowLaws laws = laws(List.of(service("MED", 30, 2, 1, leaving, 0)), here(30, 0, leaving), List.of());
        Futures.Compared compared = compare(with(laws, plan(laws, 10_000), plan(laws, 10_000)));

        for (int hour : new int[] {1, 24, 72, 336}) {
            double still = Math.pow(1 - leaving, hour);
            double expected = 30 * still + 2 * (1 - still) / leaving;
            // Binomial of those here, Poisson of those to come.
            double deviation = Math.sqrt(30 * still * (1 - still) + 2 * (1 - still) / leaving);
            int[][] bands = compared.series().get(1).without().occupied();
            int place = at(compared, hour);
            assertThat((double) bands[3][place]).isCloseTo(expected, within(0.25 * deviation + 1));
            assertThat((double) bands[6][place] - bands[0][place])
                    .isCloseTo(2 * 1.96 * deviation, within(0.6 * deviation + 2));
        }
        assertThat(compared.series().getFirst().without().occupied())
                .as("the hospital is its one service")
                .isDeepEqualTo(compared.series().get(1).without().occupied());
    }

    @Test
    void shouldBeWiderWhenPatientsComeInBursts() throws InterruptedException {
        FlowLaws steady = laws(List.of(service("MED", 0, 2, 1, 0.02, 0)), List.of(), List.of());
        FlowLaws bursting = laws(List.of(service("MED", 0, 2, 6, 0.02, 0)), List.of(), List.of());

        int[][] calm = compare(with(steady, plan(steady, 10_000), plan(steady, 10_000)))
                .series()
                .get(1)
                .without()
                .occupied();
        int[][] wild = compare(with(bursting, plan(bursting, 10_000), plan(bursting, 10_000)))
                .series()
                .get(1)
                .without()
                .occupied();
        int place = calm[0].length - 1;
        assertThat(wild[6][place] - wild[0][place]).isGreaterThan((calm[6][place] - calm[0][place]) * 14 / 10);
        assertThat((double) wild[3][place]).isCloseTo(calm[3][place], within(8.0));
    }

    @Test
    void shouldDifferInNothingWhereNothingIsDone() throws InterruptedException {
        FlowLaws laws = shortOfBeds();
        Futures.Compared compared = compare(with(laws, plan(laws, 10, 40), plan(laws, 10, 40)));

        for (Futures.Series series : compared.series()) {
            assertThat(series.with()).usingRecursiveComparison().isEqualTo(series.without());
            assertThat(series.occupied().low()).containsOnly(0);
            assertThat(series.occupied().high()).containsOnly(0);
            assertThat(series.waitedHours().difference().half()).isZero();
        }
    }

    @Test
    void shouldLetFewerWaitInTheEmergencyDepartmentWithMoreBedsUpstairs() throws InterruptedException {
        FlowLaws laws = shortOfBeds();
        Futures.Compared compared = compare(with(laws, plan(laws, 10, 40), plan(laws, 10, 50)));
        Futures.Series emergency = compared.series().get(1);
        Futures.Series ward = compared.series().get(2);

        assertThat(ward.without().beds()).isEqualTo(40);
        assertThat(ward.with().beds()).isEqualTo(50);
        assertThat(ward.fullHours().without().mean()).isGreaterThan(200);
        assertThat(ward.fullHours().difference().mean()).isNegative();
        assertThat(ward.waitedHours().difference().mean()).isLessThan(-100);
        assertThat(emergency.fullHours().difference().mean())
                .as("who waits for the ward lies in a bed downstairs")
                .isLessThan(-20);
        assertThat(ward.waitedHours().difference().half())
                .as("the same patients in both: the difference is surer than either")
                .isLessThan(ward.waitedHours().without().half());
        for (int[] quantile : ward.without().occupied()) {
            assertThat(Arrays.stream(quantile).max().orElseThrow()).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void shouldSendHomeCancelAndTakeInExactlyThoseWhoAreMeant() throws InterruptedException {
        float[] come = new float[HOURS];
        Arrays.fill(come, 9, HOURS, 1);
        FlowLaws laws = laws(
                List.of(service("A", 20, 0, 1, 0, NOWHERE), service("B", 0, 0, 1, 0, NOWHERE)),
                here(20, 0, 0),
                Collections.nCopies(5, new Awaited(1, come)));
        Plan without = plan(laws, 100, 100);
        Plan with = plan(laws, 100, 100);
        Arrays.fill(with.goneWithin(), 0, 3, 4);
        with.cancelled()[2] = true;
        with.influx()[1][5] = 7;
        Futures.Compared compared = compare(with(laws, without, with));

        assertThat(occupied(compared, 1, false, 3, 4, 336)).containsExactly(20, 20, 20);
        assertThat(occupied(compared, 1, true, 3, 4, 336)).containsExactly(20, 17, 17);
        assertThat(occupied(compared, 2, false, 6, 9, 10)).containsExactly(0, 0, 5);
        assertThat(occupied(compared, 2, true, 5, 6, 10)).containsExactly(0, 7, 11);
        assertThat(occupied(compared, 0, true, 336)).containsExactly(28);
    }

    private static int[] occupied(Futures.Compared compared, int place, boolean with, int... hours) {
        Futures.Series series = compared.series().get(place);
        Futures.Arm arm = with ? series.with() : series.without();
        assertThat(arm.occupied()[0]).as("nothing here is left to chance").isEqualTo(arm.occupied()[6]);
        return Arrays.stream(hours)
                .map(hour -> arm.occupied()[3][at(compared, hour)])
                .toArray();
    }

    @Test
    void shouldLeaveThoseWhoLieThereWhenBedsAreClosedUnderThem() throws InterruptedException {
        FlowLaws laws = laws(List.of(service("A", 20, 1, 1, 0.05, 0)), here(20, 0, 0.05), List.of());
        Futures.Compared compared = compare(with(laws, plan(laws, 20), plan(laws, 5)));
        Futures.Arm closed = compared.series().get(1).with();

        assertThat(closed.occupied()[3][at(compared, 1)]).isGreaterThan(15);
        assertThat(closed.full()[at(compared, 1)]).isEqualTo(1);
        assertThat(closed.occupied()[6][at(compared, 336)]).isEqualTo(5);
    }

    @Test
    void shouldNotCallTheHospitalFullWhileAServiceHasAFreeBed() throws InterruptedException {
        List<Here> here = new ArrayList<>(here(20, 0, 0));
        here.addAll(here(8, 1, 0));
        FlowLaws laws =
                laws(List.of(service("A", 20, 0, 1, 0, NOWHERE), service("B", 8, 0, 1, 0, NOWHERE)), here, List.of());
        Futures.Series hospital = compare(with(laws, plan(laws, 5, 10), plan(laws, 5, 8)))
                .series()
                .getFirst();

        assertThat(hospital.without().full()).containsOnly(0);
        assertThat(hospital.with().full()).containsOnly(1);
        assertThat(hospital.fullHours().without().mean()).isZero();
        assertThat(hospital.fullHours().with().mean()).isEqualTo(HOURS);
    }

    @Test
    void shouldBeTheSameForASeedWhateverTheNumberOfThreads() throws InterruptedException {
        FlowLaws open = shortOfBeds();
        FlowLaws laws = with(open, plan(open, 10, 40), plan(open, 12, 45));
        AtomicInteger drawn = new AtomicInteger();
        Futures.Compared one = Futures.compare(laws, SEED, 1, drawn::incrementAndGet);

        assertThat(drawn).hasValue(Futures.COUNT);
        assertThat(Futures.compare(laws, SEED, 3, () -> {}))
                .usingRecursiveComparison()
                .isEqualTo(one);
        assertThat(Futures.compare(laws, SEED + 1, 3, () -> {}))
                .usingRecursiveComparison()
                .isNotEqualTo(one);
    }

    @Test
    void shouldStopWhenWhoWaitsForThemIsInterrupted() throws InterruptedException {
        FlowLaws open = shortOfBeds();
        FlowLaws laws = with(open, plan(open, 10, 40), plan(open, 10, 45));
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger drawn = new AtomicInteger();
        AtomicReference<Boolean> stopped = new AtomicReference<>(false);
        Thread asking = Thread.ofPlatform().start(() -> {
            try {
                Futures.compare(laws, SEED, 2, () -> {
                    drawn.incrementAndGet();
                    begun.countDown();
                    holdUntilInterrupted();
                });
            } catch (InterruptedException expected) {
                stopped.set(true);
            }
        });
        begun.await();
        asking.interrupt();
        asking.join();

        assertThat(stopped).hasValue(true);
        assertThat(drawn.get()).isLessThanOrEqualTo(2);
    }

    private static void holdUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
