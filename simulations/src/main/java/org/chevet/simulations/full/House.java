package org.chevet.simulations.full;

import java.util.List;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.Census;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Occupancy;
import org.chevet.placement.Demand;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.Proposals;
import org.jspecify.annotations.Nullable;

/** The live state of a simulated hospital at the time that the simulation has come to. */
final class House extends Ground {
    private static final Origin ORIGIN = new Origin.Engine();

    private final Layout layout;
    private final Occupancy occupancy = new Occupancy();
    private @Nullable HospitalView view;
    private @Nullable PlacementWorld world;
    private @Nullable Proposals proposals;

    House(FullModel model) {
        super(model.days);
        must(new Command.DefineHospital(model.plan.hospital()));
        layout = view().layout();
    }

    Layout layout() {
        return layout;
    }

    @Override
    int index(BedId bed) {
        return layout.bed(bed);
    }

    @Override
    int serviceOf(BedId bed) {
        return layout.serviceOfBed(layout.bed(bed));
    }

    @Override
    long events() {
        return occupancy.sequence();
    }

    /** Made only when something happened since it was last asked for. */
    HospitalView view() {
        HospitalView known = view;
        if (known == null || known.sequence() != occupancy.sequence()) {
            known = occupancy.view();
            view = known;
        }
        return known;
    }

    /** As {@link #view()}. */
    Proposals proposals() {
        PlacementWorld known = world;
        HospitalView seen = view();
        if (known == null) {
            known = new PlacementWorld(seen, instant());
            world = known;
            proposals = new Proposals(known);
        } else if (known.view() != seen || !known.now().equals(instant())) {
            known.renew(seen, instant());
        }
        return Objects.requireNonNull(proposals);
    }

    Demand demand(Person person) {
        for (HospitalView.OpenRequest open : view().requests()) {
            if (open.request().id().equals(person.request)) {
                return Demand.of(view(), open.request(), instant());
            }
        }
        throw new IllegalStateException("no request is open for " + person.stay);
    }

    @Override
    void must(Command command) {
        Decision decision = occupancy.decide(command, instant());
        if (decision instanceof Decision.Refused refused) {
            throw new IllegalStateException(instant() + ": refused: " + refused + " of " + command);
        }
        fold(decision);
    }

    @Override
    Staffing staffing(int service) {
        Counts counts = view().services().get(service).counts();
        return new Staffing(counts.staffed(), counts.surge(), counts.surgeOpen());
    }

    @Override
    boolean does(Command command) {
        Decision decision = occupancy.decide(command, instant());
        fold(decision);
        return decision instanceof Decision.Accepted;
    }

    private void fold(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            List<BedEvent> events = accepted.events();
            for (int i = 0; i < events.size(); i++) {
                long sequence = occupancy.sequence() + 1;
                occupancy.apply(new Recorded(sequence, sequence, instant(), ORIGIN, events.get(i)));
            }
        }
    }

    @Override
    void check(int present) {
        Breach first = occupancy.breach();
        List<Breach> all = first != null ? List.of(first) : occupancy.breaches();
        Census census = view().census();
        if (!all.isEmpty() || !census.isConserved() || census.present() != present) {
            throw new IllegalStateException(
                    instant() + ": " + all + ", " + census + ", " + present + " present by the simulation");
        }
    }
}
