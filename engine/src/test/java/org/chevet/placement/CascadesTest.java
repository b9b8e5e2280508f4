package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.hospital.Hospital;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CascadesTest {
    /** Of fewer, what is rare need not be met. */
    private static final int SEEDS_USUAL = 55;

    private static final int HOSPITALS = Integer.getInteger("chevet.seeds", SEEDS_USUAL);

    /** Above so many who may be moved, trying everything takes too long for chains of three. */
    private static final int FEW = 7;

    @Test
    void shouldFindTheShortestAndLeastHarmfulOfAllCascades() {
        int[] found = new int[4];
        for (int seed = 0; seed < HOSPITALS; seed++) {
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
