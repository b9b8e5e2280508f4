package org.chevet.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.chevet.placement.Proposal.Harm;
import org.chevet.placement.Proposal.Part;
import org.chevet.placement.Proposal.Readiness;
import org.chevet.placement.Proposal.Scarce;
import org.jspecify.annotations.Nullable;

/**
 * Which beds for whom. Only services that may take the patient are looked at; those that cannot have one of the best beds any more are passed over, as none
 * of their beds costs less than what all of them have in common, and so are beds that cost too much by when they are free. Owns scratch arrays: not
 * thread-safe.
 */
public final class Proposals {
    private static final PlacementRule[] RULES = PlacementRule.values();
    private static final Scarce[] SCARCE = Scarce.values();
    private static final int EXCLUDED = -1;

    private final PlacementWorld world;

    /** Cost and, among equals, the bed's place in the order of ids: the least is the best. In order, the best first. */
    private long[] best = {};

    private int found;
    private int[] bounds = {};
    private @Nullable Fit fit;

    public Proposals(PlacementWorld world) {
        this.world = world;
    }

    /** @param proposalsMax how many beds are wanted at most, at least 1 */
    public Ranking rank(Demand demand, int proposalsMax) {
        Fit asked = begin(demand, proposalsMax);
        scan(asked, Set.of());
        if (found == 0) {
            return nearest(asked, demand);
        }
        List<Proposal> proposals = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            int bed = world.hospital().bedOfRank[(int) best[i]];
            asked.broken(bed);
            proposals.add(proposal(asked, demand, bed));
        }
        return new Ranking(proposals, List.of(), null);
    }

    /** The first that {@link #rank} proposes of those that are not left out, null when there is none. */
    public @Nullable Proposal best(Demand demand, Set<BedId> leftOut) {
        Fit asked = begin(demand, 1);
        scan(asked, leftOut);
        if (found == 0) {
            return null;
        }
        int bed = world.hospital().bedOfRank[(int) best[0]];
        asked.broken(bed);
        return proposal(asked, demand, bed);
    }

    /** What there is to say of one bed: why not, or at what cost. */
    public Verdict explain(Demand demand, BedId id) {
        Fit asked = begin(demand, 1);
        int bed = known(id);
        int broken = asked.broken(bed);
        return broken == 0
                ? new Verdict(id, List.of(), proposal(asked, demand, bed))
                : new Verdict(id, new Obstacles(world, asked, demand).of(bed, broken), null);
    }

    /** The first of these beds that may be given without breaking a rule, null when none may; as {@link #breaches}, without saying which. */
    public @Nullable BedId firstAllowed(Demand demand, List<BedId> ids) {
        int specialty = world.hospital().specialty(demand.needs());
        Fit asked = null;
        for (int i = 0; i < ids.size(); i++) {
            int bed = known(ids.get(i));
            if (world.broken[bed] == 0
                    && world.hospital().brokenBy(world.layout().serviceOfBed(bed), demand.needs(), specialty) == 0) {
                asked = asked == null ? begin(demand, 1) : asked;
                if (asked.broken(bed) == 0) {
                    return ids.get(i);
                }
            }
        }
        return null;
    }

    /** The rules that giving this bed would break: to be asked again at the moment a person takes it. */
    public List<Obstacle> breaches(Demand demand, BedId id) {
        Fit asked = begin(demand, 1);
        int bed = known(id);
        return new Obstacles(world, asked, demand).of(bed, asked.broken(bed));
    }

    private int known(BedId id) {
        int bed = world.layout().bed(id);
        if (bed == Layout.NONE) {
            throw new IllegalArgumentException(
                    "hospital " + world.view().hospital().id() + " has no bed " + id);
        }
        return bed;
    }

    private Fit begin(Demand demand, int wanted) {
        found = 0;
        if (best.length != wanted) {
            best = new long[wanted];
        }
        Fit known = fit;
        if (known == null) {
            known = new Fit(world, demand);
            fit = known;
        } else {
            known.begin(demand);
        }
        return known;
    }

    private void scan(Fit asked, Set<BedId> leftOut) {
        int leastBound = boundServices(asked);
        scanServices(asked, leastBound, true, leftOut);
        scanServices(asked, leastBound, false, leftOut);
    }

    private int boundServices(Fit asked) {
        int[] services = asked.services();
        if (bounds.length < services.length) {
            bounds = new int[services.length];
        }
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < services.length; i++) {
            int bound = asked.bound(services[i]);
            bounds[i] = bound;
            if (bound != EXCLUDED && bound < least) {
                least = bound;
            }
        }
        return least;
    }

    /** First the services with the least bound, so that most of the others need not be looked at. */
    private void scanServices(Fit asked, int leastBound, boolean first, Set<BedId> leftOut) {
        int[] services = asked.services();
        for (int i = 0; i < services.length; i++) {
            int bound = bounds[i];
            if (bound == EXCLUDED
                    || bound == leastBound != first
                    || bound > worstCost()
                    || asked.beginService(services[i]) > worstCost()) {
                continue;
            }
            int end = world.layout().endOfService(services[i]);
            for (int bed = world.layout().firstBedOfService(services[i]); bed < end; bed++) {
                if (world.broken[bed] == 0 && asked.isWorthALook(bed, worstCost()) && asked.broken(bed) == 0) {
                    offer(asked.costPoints(), bed, leftOut);
                }
            }
        }
    }

    private boolean isFull() {
        return found == best.length;
    }

    /** Of those found, as far as there is no room for a worse one. */
    private int worstCost() {
        return isFull() ? (int) (best[found - 1] >> Integer.SIZE) : Integer.MAX_VALUE;
    }

    private void offer(int cost, int bed, Set<BedId> leftOut) {
        long key = (long) cost << Integer.SIZE | world.hospital().rankOfBed[bed];
        if (isFull() && key >= best[found - 1]
                || !leftOut.isEmpty() && leftOut.contains(world.bed(bed).bed().id())) {
            return;
        }
        int place = isFull() ? found - 1 : found++;
        while (place > 0 && best[place - 1] > key) {
            best[place] = best[place - 1];
            place--;
        }
        best[place] = key;
    }

    private Ranking nearest(Fit asked, Demand demand) {
        int first = Layout.NONE;
        long firstAt = Long.MAX_VALUE;
        for (int bed = 0; bed < world.beds(); bed++) {
            int broken = asked.broken(bed);
            if (Integer.bitCount(broken) != 1) {
                continue;
            }
            offer(asked.costPoints(), bed, Set.of());
            boolean sooner = asked.usableAtSecond() < firstAt
                    || asked.usableAtSecond() == firstAt
                            && world.hospital().rankOfBed[bed] < world.hospital().rankOfBed[first];
            if (asked.isLate()
                    && world.broken[bed] == 0
                    && sooner
                    && !world.bed(bed).bed().id().equals(demand.bed())) {
                first = bed;
                firstAt = asked.usableAtSecond();
            }
        }
        List<Verdict> nearest = new ArrayList<>(found);
        Obstacles obstacles = new Obstacles(world, asked, demand);
        for (long key : Arrays.copyOf(best, found)) {
            int bed = world.hospital().bedOfRank[(int) key];
            nearest.add(new Verdict(world.bed(bed).bed().id(), obstacles.of(bed, asked.broken(bed)), null));
        }
        return new Ranking(
                List.of(),
                nearest,
                first == Layout.NONE
                        ? null
                        : new Ranking.Coming(world.bed(first).bed().id(), Instant.ofEpochSecond(firstAt)));
    }

    /** Of the bed that was asked for last. */
    private Proposal proposal(Fit asked, Demand demand, int bed) {
        List<Part> parts = new ArrayList<>();
        for (PlacementRule rule : RULES) {
            if (asked.points(rule) != 0) {
                parts.add(new Part(rule, asked.points(rule)));
            }
        }
        BedView is = world.bed(bed);
        return new Proposal(
                is.bed().id(),
                world.hospital().services[world.layout().serviceOfBed(bed)].id(),
                asked.costPoints(),
                parts,
                Instant.ofEpochSecond(asked.usableAtSecond()),
                readiness(bed, asked.usableAtSecond()),
                harms(demand, bed),
                asked.refusal());
    }

    private Readiness readiness(int bed, long usableAtSecond) {
        if (usableAtSecond <= world.now().getEpochSecond()) {
            return Readiness.READY;
        }
        if ((world.flags[bed] & PlacementWorld.TAKEN) != 0) {
            return Readiness.DISCHARGE;
        }
        return (world.flags[bed] & PlacementWorld.BLOCK) != 0 ? Readiness.END_OF_BLOCK : Readiness.CLEANING;
    }

    private List<Harm> harms(Demand demand, int bed) {
        List<Harm> harms = new ArrayList<>();
        if ((world.flags[bed] & PlacementWorld.FREE) != 0) {
            for (Scarce scarce : SCARCE) {
                Harm harm = world.isScarce(bed, scarce) ? harm(demand, scarce) : null;
                if (harm != null) {
                    harms.add(harm);
                }
            }
        }
        return harms;
    }

    /** Of those who need one, the most urgent are served first with what would be left. */
    private @Nullable Harm harm(Demand demand, Scarce scarce) {
        int left = world.scarceFreeInAll[scarce.ordinal()] - 1;
        List<HospitalView.OpenRequest> requests = world.view().requests();
        for (int i = 0; i < requests.size(); i++) {
            HospitalView.OpenRequest open = requests.get(i);
            if (open.bed() == null
                    && PlacementWorld.isNeeded(open.request().needs(), scarce)
                    && !demand.requests().contains(open.request().id())
                    && --left < 0) {
                return new Harm(scarce, open.request().id());
            }
        }
        return null;
    }
}
