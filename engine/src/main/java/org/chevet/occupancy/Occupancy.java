package org.chevet.occupancy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.chevet.event.Command;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * The live state of one hospital: the fold of its events, and the judge of what is asked of it. Owned by one thread. Beds
 * and stays are found, and every command decided, in a time that does not grow with the hospital.
 */
public final class Occupancy {
    private final LiveState live;
    private final Fold fold;
    private final StayActs stayActs;
    private final BedActs bedActs;
    private final TransferActs transferActs;
    private final TensionActs tensionActs;
    private final DrillActs drillActs;
    private final Undo undo;
    private final FactDecisions facts;
    private final UpkeepDecisions upkeep;
    private final ViewBuilder views;
    private final Invariants invariants;
    private @Nullable Breach breach;

    /** An empty state: the first event of a journal defines the hospital. */
    public Occupancy() {
        this(new LiveState());
    }

    /** Rebuilds from a snapshot. Whether it is to be trusted, {@link #digest()} tells. */
    public Occupancy(OccupancyState state) {
        this(LiveState.of(state));
    }

    private Occupancy(LiveState live) {
        this.live = live;
        this.fold = new Fold(live);
        this.stayActs = new StayActs(live);
        this.bedActs = new BedActs(live);
        this.transferActs = new TransferActs(live, stayActs, bedActs);
        this.tensionActs = new TensionActs(live);
        this.drillActs = new DrillActs(live);
        this.undo = new Undo(live, stayActs, tensionActs, drillActs);
        this.facts = new FactDecisions(live);
        this.upkeep = new UpkeepDecisions(live);
        this.views = new ViewBuilder(live);
        this.invariants = new Invariants(live);
    }

    /** As below, with no rules of placement but those that the live state judges by itself. */
    public Decision decide(Command command, Instant now) {
        return decide(command, now, PlacementCheck.NONE);
    }

    /**
     * What comes of a command, at this time of the hospital's clock. Changes nothing. Facts and upkeep are accepted.
     *
     * @param check is asked before a person puts somebody in a bed, or has it held for them
     */
    public Decision decide(Command command, Instant now, PlacementCheck check) {
        return switch (command) {
            case Command.Act act -> decideAct(act, now, check);
            case Command.Fact fact -> new Decision.Accepted(facts.decide(fact, now));
            case Command.Upkeep keep -> new Decision.Accepted(upkeep.decide(keep, now));
        };
    }

    private Decision decideAct(Command.Act act, Instant now, PlacementCheck check) {
        return switch (act) {
            case Command.RegisterStay a -> stayActs.register(a, now);
            case Command.UpdatePatient a -> stayActs.update(a, now);
            case Command.CancelRegistration a -> stayActs.cancelRegistration(a, now);
            case Command.MergeStays a -> stayActs.merge(a, now);
            case Command.AdmitStay a -> stayActs.admit(a, now, check);
            case Command.TransferStay a -> stayActs.transfer(a, now, check);
            case Command.SwapStays a -> stayActs.swap(a, now, check);
            case Command.StartLeave a -> stayActs.startLeave(a, now);
            case Command.EndLeave a -> stayActs.endLeave(a, now);
            case Command.PlanDischarge a -> stayActs.planDischarge(a, now);
            case Command.SetMedicallyReady a -> stayActs.setMedicallyReady(a, now);
            case Command.SetAdministrativelyClosed a -> stayActs.setAdministrativelyClosed(a, now);
            case Command.SetBarrier a -> stayActs.setBarrier(a, now);
            case Command.LiftBarrier a -> stayActs.liftBarrier(a, now);
            case Command.DischargeStay a -> stayActs.discharge(a, now);
            case Command.CancelMovement a -> stayActs.cancelMovement(a, now);
            case Command.ChangeNeeds a -> stayActs.changeNeeds(a, now);
            case Command.RequestBed a -> bedActs.request(a, now);
            case Command.CancelBedRequest a -> bedActs.cancelRequest(a, now);
            case Command.ReserveBed a -> bedActs.reserve(a, now, check);
            case Command.ReleaseReservation a -> bedActs.release(a, now);
            case Command.RefuseBedRequest a -> bedActs.refuseRequest(a, now);
            case Command.CounterProposeBed a -> bedActs.counterPropose(a, now);
            case Command.AcceptCounterProposal a -> bedActs.acceptCounterProposal(a, now, check);
            case Command.DeclineCounterProposal a -> bedActs.declineCounterProposal(a, now);
            case Command.AskInterhospitalTransfer a -> transferActs.ask(a, now);
            case Command.OfferInterhospitalTransfer a -> transferActs.offer(a, now, check);
            case Command.DeclineInterhospitalTransfer a -> transferActs.decline(a, now);
            case Command.AcceptInterhospitalTransfer a -> transferActs.accept(a, now);
            case Command.RecordInterhospitalDeparture a -> transferActs.depart(a, now);
            case Command.RecordInterhospitalArrival a -> transferActs.arrive(a, now, check);
            case Command.CancelInterhospitalTransfer a -> transferActs.cancel(a, now);
            case Command.RequestCleaning a -> bedActs.requestCleaning(a, now);
            case Command.StartCleaning a -> bedActs.startCleaning(a, now);
            case Command.FinishCleaning a -> bedActs.finishCleaning(a, now);
            case Command.BlockBed a -> bedActs.block(a, now);
            case Command.UnblockBed a -> bedActs.unblock(a, now);
            case Command.CloseBed a -> bedActs.close(a, now);
            case Command.OpenBed a -> bedActs.open(a, now);
            case Command.SetStaffedCapacity a -> bedActs.setStaffed(a, now);
            case Command.SetSurgeBeds a -> bedActs.setSurge(a, now);
            case Command.ResolveAnomaly a -> bedActs.resolve(a, now);
            case Command.DiscardQuarantined a -> bedActs.discard(a, now);
            case Command.AcknowledgeActionCard a -> tensionActs.acknowledge(a, now);
            case Command.CloseActionCard a -> tensionActs.close(a, now);
            case Command.SnoozeAlert a -> tensionActs.snooze(a, now);
            case Command.PlanInject a -> drillActs.plan(a, now);
            case Command.WithdrawInject a -> drillActs.withdraw(a, now);
            case Command.CompleteInject a -> drillActs.complete(a, now);
            case Command.EndInject a -> drillActs.end(a, now);
            case Command.SimulateRoles a -> drillActs.simulate(a, now);
            case Command.UndoAct a -> undo.undo(a, now);
        };
    }

    /**
     * Folds an event in.
     *
     * @throws IllegalStateException when its sequence is not the next one
     */
    public void apply(Recorded recorded) {
        fold.apply(recorded);
        Breach found = invariants.firstTouched();
        if (breach == null) {
            breach = found;
        }
    }

    /**
     * The first breach of an invariant since this state was made, null while there is none. Every event is checked as it is
     * folded, for what it touched.
     */
    public @Nullable Breach breach() {
        return breach;
    }

    /** Checks the whole state, in a time that grows with the hospital. Normally empty. */
    public List<Breach> breaches() {
        return invariants.all();
    }

    /** Everything, to be kept as a snapshot. */
    public OccupancyState state() {
        return live.state();
    }

    /** Equal for equal states, on every machine and after every replay. */
    public long digest() {
        return StateDigest.of(live.state());
    }

    /** The state as readers see it. What did not change since the last call is the same object. */
    public HospitalView view() {
        return views.build();
    }

    public long sequence() {
        return live.sequence;
    }

    /** The last event's time, {@link Instant#EPOCH} before the first. */
    public Instant recordedAt() {
        return live.recordedAt;
    }

    /** When {@link Command.PassTime} will next have something to do, null when nothing waits. */
    public @Nullable Instant nextDeadline() {
        return upkeep.nextDeadline();
    }

    /** The free and usable beds of a service, in the file's order; none of an unknown service. */
    public List<BedId> readyBeds(ServiceId service) {
        int index = live.layout().service(service);
        return index == Layout.NONE ? List.of() : live.beds().ready(index);
    }

    /** Everybody who is in a service, with or without a bed, on leave included, by stay number. */
    public Set<StayId> staysIn(ServiceId service) {
        int index = live.layout().service(service);
        return index == Layout.NONE ? Set.of() : Collections.unmodifiableSet(live.staysHere(index));
    }

    /** Who lay in a bed at a time, as far as stays not yet archived tell; by stay number. Nobody in an unknown bed. */
    public List<StayId> occupants(BedId bed, Instant at) {
        int index = live.layout().bed(bed);
        if (index == Layout.NONE) {
            return List.of();
        }
        return live.history().during(index, at, at.plusNanos(1)).stream()
                .map(BedHistory.Lying::stay)
                .sorted()
                .toList();
    }
}
