package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CascadesTest {
    /** Of fewer, what is rare need not be met. */
    private static final int SEEDS_USUAL = 55;

    private static final int HOSPITALS = Integer.getInteger("chevet.seeds", SEEDS_USUAL);

    private static final int[] ONCE_WRONG = {376, 514, 1071};

    private static final int[] CHAINS_OF_THREE = {1129, 1187, 1214};

    /** Above so many who may be moved, trying everything takes too long for chains of three. */
    private static final int FEW = 7;

    private static int[] seeds() {
        return Stream.of(IntStream.range(0, HOSPITALS), IntStream.of(ONCE_WRONG), IntStream.of(CHAINS_OF_THREE))
                .flatMapToInt(seeds -> seeds)
                .distinct()
                .toArray();
    }

    @Test
    void shouldFindTheShortestAndLeastHarmfulOfAllCascades() {
        int[] found = new int[4];
        for (int seed : seeds()) {
            PlacementWard ward = ward(seed);
            for (HospitalView.OpenRequest open : ward.view().requests()) {
                if (open.bed() != null) {
                    continue;
                }
                PlacementWorld world = new PlacementWorld(ward.view(), ward.now);
                long movable = Arrays.stream(Mover.allBut(world, open.request().stay(), 6))
                        .filter(Objects::nonNull)
                        .count();
                Cascades.Limits limits = new Cascades.Limits(movable <= FEW ? 3 : 2, false, 6, Long.MAX_VALUE);
                Cascades.Found told = new Cascades(world, limits).find(open.request());
                assertThat(told.proven()).isTrue();
                Cascade cascade = told.cascade();
                EveryCascade.Best best = new EveryCascade(world, limits).best(open.request());
                assertThat(essence(cascade))
                        .as("seed %d, request %s", seed, open.request().id())
                        .isEqualTo(best);
                if (cascade != null) {
                    found[cascade.moves().size()]++;
                }
            }
        }
        if (HOSPITALS >= SEEDS_USUAL) {
            assertThat(found).doesNotContain(0);
        }
    }

    /** Each move costs in the hospital itself what the cascade said, once the moves before have been made there. */
    @Test
    void shouldTellMovesThatTheHospitalAllowsAtTheSameCost() {
        int[] compared = new int[3];
        for (int seed = 0; seed < HOSPITALS; seed++) {
            for (HospitalView.OpenRequest open : ward(seed).view().requests()) {
                PlacementWard ward = ward(seed);
                Cascade cascade = find(ward, open.request(), false);
                if (cascade == null) {
                    continue;
                }
                boolean played = true;
                for (int i = 0; played && i < cascade.moves().size(); i++) {
                    Cascade.Move move = cascade.moves().get(i);
                    Stay stay = Objects.requireNonNull(ward.view().stays().get(move.stay()));
                    assertThat(stay.location()).isNotNull();
                    assertThat(stay.location().bed()).isEqualTo(move.from());
                    assertThatSame(ward, Demand.of(ward.view(), stay, ward.now), move.to(), seed);
                    compared[Math.min(i, 1)]++;
                    played = isReady(ward, move.to().bed())
                            && ward.run(new Command.TransferStay(
                                    move.stay(), null, move.to().bed(), null, null));
                }
                if (played) {
                    assertThatSame(ward, Demand.of(ward.view(), open.request(), ward.now), cascade.placed(), seed);
                    compared[2] += cascade.moves().size();
                }
            }
        }
        if (HOSPITALS >= SEEDS_USUAL) {
            assertThat(compared).doesNotContain(0);
        }
    }

    private static boolean isReady(PlacementWard ward, BedId bed) {
        return Objects.requireNonNull(ward.view().bed(bed)).status().state() == BedState.READY;
    }

    private static void assertThatSame(PlacementWard ward, Demand demand, Proposal told, int seed) {
        Verdict verdict = ward.proposals().explain(demand, told.bed());
        assertThat(verdict.obstacles()).as("seed %d, %s", seed, told).isEmpty();
        Proposal is = Objects.requireNonNull(verdict.proposal());
        assertThat(is.parts()).as("seed %d, %s", seed, told).isEqualTo(told.parts());
        assertThat(is.usableAt()).as("seed %d, %s", seed, told).isEqualTo(told.usableAt());
        assertThat(is.harms()).as("seed %d, %s", seed, told).isEqualTo(told.harms());
    }

    @Test
    void shouldMoveOnlyWhoMayBeMoved() {
        int[] met = new int[2];
        for (int seed = 0; seed < HOSPITALS; seed++) {
            PlacementWard ward = ward(seed);
            List<StayId> here = ward.view().stays().values().stream()
                    .filter(Stay::isHere)
                    .map(Stay::id)
                    .sorted()
                    .toList();
            if (here.size() > 3) {
                ward.must(new Command.StartLeave(here.getFirst(), null));
                ward.must(new Command.AskInterhospitalTransfer(
                        here.get(1), new HospitalId("OTHER"), null, null, 3, null, null));
                ward.run(new Command.PlanDischarge(here.get(2), ward.now.plus(Duration.ofHours(6))));
            }
            HospitalView view = ward.view();
            StayId waiting = here.isEmpty() ? null : here.getLast();
            List<BedId> may = view.services().stream()
                    .flatMap(service -> service.beds().stream())
                    .filter(bed -> mayBeMoved(view, bed, waiting, ward.now))
                    .map(bed -> bed.bed().id())
                    .toList();
            PlacementWorld world = new PlacementWorld(view, ward.now);
            assertThat(Arrays.stream(Mover.allBut(world, waiting, 6))
                            .filter(Objects::nonNull)
                            .map(mover -> world.bed(mover.bed).bed().id()))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(may);
            met[0] += may.size();
            met[1] += here.size() - may.size();
        }
        assertThat(met).doesNotContain(0);
    }

    private static boolean mayBeMoved(HospitalView view, BedView bed, @Nullable StayId waiting, Instant now) {
        if (bed.occupants().size() != 1) {
            return false;
        }
        Stay stay = bed.occupants().getFirst();
        Instant leaves = stay.expectedDischarge();
        return stay.status() == StayStatus.PRESENT
                && !stay.id().equals(waiting)
                && (leaves == null || Duration.between(now, leaves).toHours() >= 6)
                && view.requests().stream()
                        .noneMatch(open -> bed.bed().id().equals(open.bed())
                                || stay.id().equals(open.request().stay()))
                && view.transfers().stream().noneMatch(transfer -> stay.id().equals(transfer.stay()));
    }

    @Test
    void shouldLeaveTheWorldAsItWas() {
        PlacementWard ward = ward(3);
        PlacementWorld world = new PlacementWorld(ward.view(), ward.now);
        PlacementWorld untouched = new PlacementWorld(ward.view(), ward.now);
        for (HospitalView.OpenRequest open : ward.view().requests()) {
            new Cascades(world, Cascades.Limits.USUAL).find(open.request());
        }
        assertThat(world).usingRecursiveComparison().isEqualTo(untouched);
    }

    @Test
    void shouldMoveNobodyAtNightUnlessAllowed() {
        int allowed = 0;
        for (int seed = 0; seed < HOSPITALS; seed++) {
            PlacementWard ward = ward(seed);
            ward.pass(Duration.ofHours(10).plusMinutes(30));
            for (HospitalView.OpenRequest open : ward.view().requests()) {
                Cascade byDay = find(ward, open.request(), false);
                Cascade byNight = find(ward, open.request(), true);
                if (byDay != null) {
                    assertThat(byDay.moves())
                            .allSatisfy(move -> assertThat(move.to()
                                            .usableAt()
                                            .atZone(ward.view().hospital().zone())
                                            .getHour())
                                    .isBetween(6, 22));
                }
                allowed += byNight != null && !byNight.equals(byDay) ? 1 : 0;
            }
        }
        if (HOSPITALS >= SEEDS_USUAL) {
            assertThat(allowed).isPositive();
        }
    }

    /** However early the search is ended, what it tells could be done, and the world is as it was. */
    @Test
    void shouldTellOfASearchThatWasEndedThatNothingIsProven() {
        int endedWithCascade = 0;
        int endedWithNone = 0;
        for (int seed = 0; seed < HOSPITALS; seed++) {
            PlacementWard ward = ward(seed);
            PlacementWorld world = new PlacementWorld(ward.view(), ward.now);
            PlacementWorld untouched = new PlacementWorld(ward.view(), ward.now);
            for (HospitalView.OpenRequest open : ward.view().requests()) {
                Cascade best = find(world, open.request(), Long.MAX_VALUE).cascade();
                for (long looks : new long[] {0, 30, 100, 300, 1_000}) {
                    Cascades.Found told = find(world, open.request(), looks);
                    if (told.proven()) {
                        assertThat(told.cascade()).isEqualTo(best);
                    } else if (told.cascade() != null) {
                        endedWithCascade++;
                        assertThat(best).isNotNull();
                        assertThat(told.cascade().moves())
                                .as("found with as few moves, for chains of one more are looked for last")
                                .hasSameSizeAs(best.moves());
                        assertThat(told.cascade().harmPoints()).isGreaterThanOrEqualTo(best.harmPoints());
                    } else {
                        endedWithNone++;
                    }
                    assertThat(find(world, open.request(), looks)).isEqualTo(told);
                }
            }
            assertThat(world).usingRecursiveComparison().isEqualTo(untouched);
        }
        if (HOSPITALS >= SEEDS_USUAL) {
            assertThat(endedWithCascade).isPositive();
            assertThat(endedWithNone).isPositive();
        }
    }

    private static Cascades.Found find(PlacementWorld world, BedRequest request, long looksMax) {
        return new Cascades(world, new Cascades.Limits(2, false, 6, looksMax)).find(request);
    }

    private static @Nullable Cascade find(PlacementWard ward, BedRequest request, boolean nightMovesAllowed) {
        return new Cascades(
                        new PlacementWorld(ward.view(), ward.now),
                        new Cascades.Limits(2, nightMovesAllowed, 6, Long.MAX_VALUE))
                .find(request)
                .cascade();
    }

    private static EveryCascade.@Nullable Best essence(@Nullable Cascade cascade) {
        return cascade == null
                ? null
                : new EveryCascade.Best(
                        cascade.moves().size(),
                        cascade.harmPoints(),
                        cascade.placed().costPoints());
    }

    private static PlacementWard ward(int seed) {
        RandomHospital random = new RandomHospital(seed);
        Hospital hospital = random.hospital();
        PlacementWard ward = new PlacementWard(hospital);
        for (Command command : random.commands(hospital)) {
            ward.run(command);
        }
        return ward;
    }
}
