package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.chevet.event.Command;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.placement.PlacementWorld.Tenant;
import org.chevet.placement.Proposal.Part;
import org.chevet.placement.Proposal.Scarce;
import org.junit.jupiter.api.Test;

class ProposalsPropertiesTest {
    private static final long FIRST_SEED = Long.getLong("chevet.seed", 1);
    /** Of fewer, what is rare need not be met. */
    private static final int SEEDS_USUAL = 150;

    private static final int SEEDS = Integer.getInteger("chevet.seeds", SEEDS_USUAL);
    private static final int WANTED = 4;

    /** Even, as all that have no intensive care. */
    private static final long[] ONCE_WRONG = {396};

    private static final Set<String> OF_COHORTS = Set.of("cohorts", "roomCohort", "tenants");

    private interface Life {
        void of(long seed, Hospital hospital, List<Command> commands);
    }

    private static void forEachSeed(Life life) {
        LongStream.concat(LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS), LongStream.of(ONCE_WRONG))
                .forEach(seed -> {
                    RandomHospital random =
                            seed % 2 == 0 ? new RandomHospital(seed) : RandomHospital.withIntensiveCare(seed);
                    Hospital hospital = random.hospital();
                    List<Command> commands = new ArrayList<>(random.commands(hospital));
                    commands.addAll(random.elective());
                    life.of(seed, hospital, commands);
                });
    }

    private static PlacementWard lived(Hospital hospital, List<Command> commands) {
        PlacementWard ward = new PlacementWard(hospital);
        commands.forEach(ward::run);
        ward.pass(Duration.ofHours(2));
        return ward;
    }

    private static List<Demand> demands(PlacementWard ward) {
        HospitalView view = ward.view();
        List<Demand> demands = new ArrayList<>();
        view.requests().forEach(open -> demands.add(Demand.of(view, open.request(), ward.now)));
        view.stays().values().stream()
                .filter(Stay::isHere)
                .sorted(Comparator.comparing(Stay::id))
                .limit(6)
                .forEach(stay -> demands.add(Demand.of(view, stay, ward.now)));
        view.expected().stream()
                .sorted(Comparator.comparing(Stay::id))
                .limit(3)
                .forEach(stay -> demands.add(
                        Demand.expected(view, stay, Objects.requireNonNull(stay.expectedArrival()), null, ward.now)));
        return demands;
    }

    @Test
    void shouldExcludeBedsByTheRulesAndNoOthers() {
        Set<PlacementRule> met = EnumSet.noneOf(PlacementRule.class);
        forEachSeed((seed, hospital, commands) -> {
            PlacementWard ward = lived(hospital, commands);
            RuleChecker checker = new RuleChecker(ward.view(), ward.now);
            Proposals proposals = ward.proposals();
            for (Demand demand : demands(ward)) {
                for (ServiceView service : ward.view().services()) {
                    for (BedView bed : service.beds()) {
                        Verdict verdict = proposals.explain(demand, bed.bed().id());
                        Set<PlacementRule> broken = checker.broken(demand, service, bed);
                        assertThat(verdict.obstacles().stream().map(Obstacle::rule))
                                .as("seed %d, bed %s, %s", seed, bed, demand)
                                .containsExactlyInAnyOrderElementsOf(broken);
                        if (verdict.proposal() != null) {
                            assertThat(verdict.proposal().usableAt()).isEqualTo(checker.usableAt(bed));
                            assertThat(verdict.proposal().refusal() != null)
                                    .as("seed %d, bed %s, %s", seed, bed, demand)
                                    .isEqualTo(checker.isRefusedLately(demand, service.service(), bed));
                        }
                        met.addAll(broken);
                    }
                }
            }
        });
        if (SEEDS >= SEEDS_USUAL) {
            assertThat(met).containsAll(EnumSet.range(PlacementRule.BED_OCCUPIED, PlacementRule.REFUSED));
        }
    }

    /** As asking for every bed in turn would rank them; what a bed costs is what its rules contribute. */
    @Test
    void shouldRankAsIfEveryBedWereLookedAt() {
        Set<PlacementRule> met = EnumSet.noneOf(PlacementRule.class);
        forEachSeed((seed, hospital, commands) -> {
            PlacementWard ward = lived(hospital, commands);
            Proposals proposals = ward.proposals();
            for (Demand demand : demands(ward)) {
                List<Proposal> all = ward.view().services().stream()
                        .flatMap(service -> service.beds().stream())
                        .map(bed -> proposals.explain(demand, bed.bed().id()).proposal())
                        .filter(Objects::nonNull)
                        .sorted(Comparator.comparingInt(Proposal::costPoints).thenComparing(Proposal::bed))
                        .limit(WANTED)
                        .toList();
                assertThat(proposals.rank(demand, WANTED).proposals())
                        .as("seed %d, %s", seed, demand)
                        .isEqualTo(all);
                for (Proposal proposal : all) {
                    assertThat(proposal.parts().stream().mapToInt(Part::points).sum())
                            .isEqualTo(proposal.costPoints());
                    proposal.parts().forEach(part -> met.add(part.rule()));
                }
            }
        });
        if (SEEDS >= SEEDS_USUAL) {
            assertThat(met).containsAll(PlacementRule.preferences());
        }
    }

    @Test
    void shouldGiveTheFirstOfTheRankingThatIsNotLeftOut() {
        int[] met = new int[2];
        forEachSeed((seed, hospital, commands) -> {
            PlacementWard ward = lived(hospital, commands);
            Proposals proposals = ward.proposals();
            Random random = new Random(seed);
            List<BedId> beds = new ArrayList<>();
            ward.view()
                    .services()
                    .forEach(service ->
                            service.beds().forEach(bed -> beds.add(bed.bed().id())));
            Collections.shuffle(beds, random);
            for (Demand demand : demands(ward)) {
                Set<BedId> leftOut = new HashSet<>();
                beds.stream().filter(bed -> random.nextInt(3) == 0).forEach(leftOut::add);
                Proposal first = proposals.rank(demand, beds.size()).proposals().stream()
                        .filter(proposal -> !leftOut.contains(proposal.bed()))
                        .findFirst()
                        .orElse(null);
                assertThat(proposals.best(demand, leftOut)).as("seed %d", seed).isEqualTo(first);
                BedId allowed = beds.stream()
                        .filter(bed -> proposals.breaches(demand, bed).isEmpty())
                        .findFirst()
                        .orElse(null);
                assertThat(proposals.firstAllowed(demand, beds))
                        .as("seed %d", seed)
                        .isEqualTo(allowed);
                met[first == null ? 0 : 1]++;
            }
        });
        if (SEEDS >= SEEDS_USUAL) {
            assertThat(met).doesNotContain(0);
        }
    }

    @Test
    void shouldCostWhatEachPreferenceSaysAndTellWhomItHarms() {
        Set<PlacementRule> met = EnumSet.noneOf(PlacementRule.class);
        Set<Scarce> harmed = EnumSet.noneOf(Scarce.class);
        forEachSeed((seed, hospital, commands) -> {
            PlacementWard ward = lived(hospital, commands);
            PointsChecker checker = new PointsChecker(ward.view(), ward.now);
            Proposals proposals = ward.proposals();
            for (Demand demand : demands(ward)) {
                for (ServiceView service : ward.view().services()) {
                    for (BedView bed : service.beds()) {
                        Proposal proposal =
                                proposals.explain(demand, bed.bed().id()).proposal();
                        if (proposal != null) {
                            Map<PlacementRule, Integer> points = checker.points(demand, service, bed);
                            assertThat(proposal.parts().stream().collect(Collectors.toMap(Part::rule, Part::points)))
                                    .as("seed %d, bed %s, %s", seed, bed, demand)
                                    .isEqualTo(points);
                            met.addAll(points.keySet());
                            assertThat(proposal.harms())
                                    .as("seed %d, bed %s, %s", seed, bed, demand)
                                    .isEqualTo(checker.harms(demand, service, bed));
                            proposal.harms().forEach(harm -> harmed.add(harm.scarce()));
                        }
                    }
                }
            }
        });
        if (SEEDS >= SEEDS_USUAL) {
            assertThat(met).containsAll(PlacementRule.preferences());
            assertThat(harmed).containsExactlyInAnyOrder(Scarce.values());
        }
    }

    @Test
    void shouldNotDependOnTheOrderOfTheFile() {
        forEachSeed((seed, hospital, commands) -> {
            PlacementWard ward = lived(hospital, commands);
            PlacementWard other = lived(RandomHospital.shuffled(hospital, new Random(seed)), commands);
            List<Demand> demands = demands(ward);
            assertThat(demands(other)).isEqualTo(demands);
            Proposals some = ward.proposals();
            Proposals others = other.proposals();
            Collections.shuffle(demands, new Random(seed));
            for (Demand demand : demands) {
                assertThat(others.rank(demand, WANTED)).as("seed %d", seed).isEqualTo(some.rank(demand, WANTED));
            }
        });
    }

    @Test
    void shouldNeverProposeSomethingWorseForAFreeBedMore() {
        forEachSeed((seed, hospital, commands) -> {
            List<Service> services = new ArrayList<>(hospital.services());
            Service first = services.getFirst();
            List<Room> rooms = new ArrayList<>(first.rooms());
            Bed bed = new Bed(new BedId("NEW"), "", false, List.of("e0"), null);
            rooms.add(new Room(
                    new RoomId("NEW"),
                    1,
                    SexPolicy.MIXED,
                    IsolationAbility.values()[(int) (seed % IsolationAbility.values().length)],
                    List.of(bed)));
            services.set(0, RandomHospital.with(first, rooms));
            PlacementWard ward = lived(hospital, commands);
            PlacementWard larger = lived(RandomHospital.with(hospital, services), commands);
            for (Demand demand : demands(ward)) {
                List<Proposal> before = ward.proposals().rank(demand, 1).proposals();
                List<Proposal> after = larger.proposals().rank(demand, 1).proposals();
                if (!before.isEmpty()) {
                    assertThat(after).as("seed %d, %s", seed, demand).isNotEmpty();
                    assertThat(after.getFirst().costPoints())
                            .as("seed %d, %s", seed, demand)
                            .isLessThanOrEqualTo(before.getFirst().costPoints());
                }
            }
        });
    }

    @Test
    void shouldBeRenewedToWhatAFreshOneWouldBe() {
        Set<Class<?>> met = new HashSet<>();
        forEachSeed((seed, hospital, commands) -> {
            PlacementWard ward = new PlacementWard(hospital);
            PlacementWorld world = new PlacementWorld(ward.view(), ward.now);
            Proposals renewed = new Proposals(world);
            Random random = new Random(seed);
            RandomHospital later = new RandomHospital(-seed);
            commands.addAll(comings(hospital));
            commands.addAll(later.rare(hospital));
            commands.addAll(later.changes(hospital));
            for (Command command : commands) {
                if (ward.run(command)) {
                    met.add(command.getClass());
                }
                if (random.nextInt(12) == 0) {
                    ward.pass(Duration.ofMinutes(random.nextInt(random.nextInt(8) == 0 ? 1_500 : 90)));
                    world.renew(ward.view(), ward.now);
                    assertSame(world, new PlacementWorld(ward.view(), ward.now), seed);
                    Proposals fresh = ward.proposals();
                    for (Demand demand : demands(ward)) {
                        assertThat(renewed.rank(demand, WANTED))
                                .as("seed %d", seed)
                                .isEqualTo(fresh.rank(demand, WANTED));
                    }
                }
            }
        });
        if (SEEDS >= SEEDS_USUAL) {
            assertThat(met)
                    .contains(
                            Command.SetStaffedCapacity.class,
                            Command.UpdatePatient.class,
                            Command.CancelBedRequest.class,
                            Command.ReleaseReservation.class,
                            Command.TransferStay.class,
                            Command.MergeStays.class,
                            Command.DefineHospital.class,
                            Command.StartLeave.class,
                            Command.AskInterhospitalTransfer.class,
                            Command.ReportMovement.class);
        }
    }

    /** Field by field, but for the cohorts' numbers: these are given as the cohorts are met. A recursive comparison takes seconds. */
    private static void assertSame(PlacementWorld renewed, PlacementWorld fresh, long seed) {
        assertSameFields(renewed, fresh, seed);
        assertSameFields(renewed.hospital(), fresh.hospital(), seed);
        for (int service = 0; service < renewed.services(); service++) {
            assertThat(renewed.awaited(service))
                    .as("seed %d, awaited in %d", seed, service)
                    .isEqualTo(fresh.awaited(service));
        }
        assertThat(withoutCohorts(renewed)).as("seed %d", seed).isDeepEqualTo(withoutCohorts(fresh));
    }

    private static void assertSameFields(Object renewed, Object fresh, long seed) {
        Set<Class<?>> comparedOtherwise = Set.of(Awaited.class, CompiledHospital.class);
        for (Field field : renewed.getClass().getDeclaredFields()) {
            if (!OF_COHORTS.contains(field.getName()) && !comparedOtherwise.contains(field.getType())) {
                assertThat(Objects.deepEquals(value(field, renewed), value(field, fresh)))
                        .as("seed %d, %s", seed, field.getName())
                        .isTrue();
            }
        }
    }

    private static Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Tenant[][] withoutCohorts(PlacementWorld world) {
        return Arrays.stream(world.tenants)
                .map(ofBed -> Arrays.stream(ofBed)
                        .map(tenant -> new Tenant(tenant.stay(), tenant.request(), tenant.sex(), 0, tenant.after()))
                        .toArray(Tenant[]::new))
                .toArray(Tenant[][]::new);
    }

    /** Some of those registered come, and others are not to come any more. */
    private static List<Command> comings(Hospital hospital) {
        List<Command> comings = new ArrayList<>();
        BedId bed = hospital.services()
                .getFirst()
                .rooms()
                .getFirst()
                .beds()
                .getFirst()
                .id();
        comings.add(new Command.AdmitStay(new StayId("E0"), null, bed, null, null));
        comings.add(new Command.CancelRegistration(new StayId("E1")));
        return comings;
    }

    /** Without a proposal, what is told is the cheapest beds that lack one thing, and the first that is to come. */
    @Test
    void shouldTellTheNearestToPossible() {
        boolean[] met = new boolean[2];
        forEachSeed((seed, hospital, commands) -> {
            PlacementWard ward = lived(hospital, commands);
            RuleChecker rules = new RuleChecker(ward.view(), ward.now);
            PointsChecker points = new PointsChecker(ward.view(), ward.now);
            Proposals proposals = ward.proposals();
            for (Demand demand : demands(ward)) {
                Ranking ranking = proposals.rank(demand, WANTED);
                if (!ranking.proposals().isEmpty()) {
                    assertThat(ranking.nearest()).isEmpty();
                    assertThat(ranking.firstToCome()).isNull();
                    continue;
                }
                Map<BedId, Integer> costs = new HashMap<>();
                Map<BedId, Instant> comings = new HashMap<>();
                Instant latest = (demand.from().isBefore(ward.now) ? ward.now : demand.from())
                        .plus(Duration.ofHours(Fit.LOOK_AHEAD_HOURS));
                for (ServiceView service : ward.view().services()) {
                    for (BedView bed : service.beds()) {
                        BedId id = bed.bed().id();
                        Set<PlacementRule> broken = rules.broken(demand, service, bed);
                        if (broken.size() == 1) {
                            costs.put(id, costOf(points.points(demand, service, bed)));
                            Instant usable = rules.usableAt(bed);
                            if (usable.isAfter(latest)
                                    && rules.isKnownToBeUsable(bed, usable)
                                    && !id.equals(demand.bed())) {
                                comings.put(id, usable);
                            }
                        }
                    }
                }
                assertThat(ranking.nearest().stream().map(Verdict::bed))
                        .as("seed %d, %s", seed, demand)
                        .containsExactlyElementsOf(costs.keySet().stream()
                                .sorted(Comparator.comparing((BedId bed) -> Objects.requireNonNull(costs.get(bed)))
                                        .thenComparing(Comparator.naturalOrder()))
                                .limit(WANTED)
                                .toList());
                assertThat(ranking.nearest())
                        .allSatisfy(verdict -> assertThat(verdict.obstacles()).hasSize(1));
                assertThat(ranking.firstToCome())
                        .as("seed %d, %s", seed, demand)
                        .isEqualTo(comings.entrySet().stream()
                                .min(Map.Entry.<BedId, Instant>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey()))
                                .map(first -> new Ranking.Coming(first.getKey(), first.getValue()))
                                .orElse(null));
                met[0] |= !costs.isEmpty();
                met[1] |= !comings.isEmpty();
            }
        });
        if (SEEDS >= SEEDS_USUAL) {
            assertThat(met).containsOnly(true);
        }
    }

    private static int costOf(Map<PlacementRule, Integer> points) {
        return points.values().stream().mapToInt(Integer::intValue).sum();
    }
}
