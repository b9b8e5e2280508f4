package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.event.TransferStep.Kind;
import org.chevet.event.TransferWish;
import org.chevet.event.Whereabouts;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.jspecify.annotations.Nullable;

/**
 * A transfer between two hospitals as one of them knows it: its own steps, and those of the other one that it has heard of. How the transfer
 * stands follows from the steps of both, in whatever order they were heard, so two hospitals that have heard everything agree.
 *
 * @param side which of the two this hospital is
 * @param stay who is to leave, where this hospital is the sending one
 * @param request the bed request that stands for it, where this hospital is the receiving one; open as long as the transfer is
 * @param sending steps of the hospital that asked, in their order
 * @param receiving steps of the hospital that was asked, in their order
 * @param acknowledged how many of its own steps this hospital knows to be in the other one's journal
 * @param updatedAt when anything about it was last recorded here
 */
public record InterhospitalTransfer(
        TransferId id,
        TransferSide side,
        HospitalId otherHospital,
        TransferWish wish,
        @Nullable StayId stay,
        @Nullable RequestId request,
        List<TransferStep> sending,
        List<TransferStep> receiving,
        int acknowledged,
        Instant updatedAt) {
    public InterhospitalTransfer {
        sending = List.copyOf(sending);
        receiving = List.copyOf(receiving);
    }

    /**
     * How it stands. What was done to the patient counts before what was said: who has arrived is there, whatever was cancelled meanwhile, and
     * who is on the way stays so until somebody says where they are instead.
     */
    public TransferState state() {
        if (last(receiving, Kind.ARRIVED) != null) {
            return TransferState.ARRIVED;
        }
        if (last(sending, Kind.CANCELLED) != null) {
            return TransferState.CANCELLED;
        }
        if (hasDeparted()) {
            return saidWhere() == null ? TransferState.DEPARTED : TransferState.CANCELLED;
        }
        TransferStep answer = answer();
        if (answer == null) {
            return TransferState.ASKED;
        }
        return switch (answer.kind()) {
            case DECLINED -> TransferState.DECLINED;
            case CANCELLED -> TransferState.CANCELLED;
            case OFFERED -> isAccepted(answer) ? TransferState.ACCEPTED : TransferState.OFFERED;
            case OFFER_WITHDRAWN, ASKED, ACCEPTED, DEPARTED, ARRIVED, ARRIVAL_TAKEN_BACK -> TransferState.ASKED;
        };
    }

    /** The last word of the receiving hospital, null while it has said nothing. */
    private @Nullable TransferStep answer() {
        return receiving.isEmpty() ? null : receiving.getLast();
    }

    private boolean isAccepted(TransferStep offer) {
        TransferStep accepted = last(sending, Kind.ACCEPTED);
        return accepted != null && Integer.valueOf(offer.number()).equals(accepted.offer());
    }

    public boolean hasDeparted() {
        return last(sending, Kind.DEPARTED) != null;
    }

    /** Whether the receiving hospital says that the patient is not there, whom it had said to be: the transfer is over all the same. */
    public boolean isArrivalTakenBack() {
        return !receiving.isEmpty() && receiving.getLast().kind() == Kind.ARRIVAL_TAKEN_BACK;
    }

    /** The receiving hospital's cancellation that says where a departed patient is; one that was made before it knew says nothing of that. */
    private @Nullable TransferStep saidWhere() {
        return receiving.stream()
                .filter(step -> step.whereabouts() != null)
                .findFirst()
                .orElse(null);
    }

    /** The bed that is held for it, null when none is. */
    public @Nullable TransferStep offer() {
        TransferStep answer = answer();
        return answer != null && answer.kind() == Kind.OFFERED && state().isOpen() ? answer : null;
    }

    /** The step that ended it, null while it is open. */
    public @Nullable TransferStep end() {
        return switch (state()) {
            case ASKED, OFFERED, ACCEPTED, DEPARTED -> null;
            case ARRIVED -> last(receiving, Kind.ARRIVED);
            case DECLINED -> answer();
            case CANCELLED -> {
                TransferStep ofSending = last(sending, Kind.CANCELLED);
                yield ofSending != null ? ofSending : hasDeparted() ? saidWhere() : answer();
            }
        };
    }

    /** Where the patient is who had departed, as the cancellation says; null when it says nothing. */
    public @Nullable Whereabouts whereabouts() {
        TransferStep end = end();
        return end == null ? null : end.whereabouts();
    }

    /** Who is to come, null as long as no bed was accepted for them. */
    public @Nullable Patient patient() {
        TransferStep accepted = last(sending, Kind.ACCEPTED);
        return accepted == null ? null : accepted.patient();
    }

    public List<TransferStep> steps(TransferSide of) {
        return of == TransferSide.SENDING ? sending : receiving;
    }

    /** Those of this hospital, all of which the other one is to hear of. */
    public List<TransferStep> ownSteps() {
        return steps(side);
    }

    /** How many of this hospital's steps the other one is not known to have in its journal. */
    public int unheardSteps() {
        return Math.max(0, ownSteps().size() - acknowledged);
    }

    /** Whether the other hospital has all of this one's steps in its journal. */
    public boolean isAcknowledged() {
        return unheardSteps() == 0;
    }

    int nextStep() {
        return ownSteps().size() + 1;
    }

    boolean knows(TransferSide by, TransferStep.Kind kind) {
        return last(steps(by), kind) != null;
    }

    private static @Nullable TransferStep last(List<TransferStep> steps, Kind kind) {
        for (TransferStep step : steps.reversed()) {
            if (step.kind() == kind) {
                return step;
            }
        }
        return null;
    }

    InterhospitalTransfer with(TransferSide by, TransferStep step, Instant recordedAt) {
        List<TransferStep> steps = new ArrayList<>(steps(by));
        steps.add(step);
        boolean ofSending = by == TransferSide.SENDING;
        return new InterhospitalTransfer(
                id,
                side,
                otherHospital,
                wish,
                stay,
                request,
                ofSending ? steps : sending,
                ofSending ? receiving : steps,
                acknowledged,
                recordedAt);
    }

    InterhospitalTransfer acknowledged(int steps, Instant recordedAt) {
        return new InterhospitalTransfer(
                id, side, otherHospital, wish, stay, request, sending, receiving, steps, recordedAt);
    }

    InterhospitalTransfer ofStay(StayId other) {
        return new InterhospitalTransfer(
                id, side, otherHospital, wish, other, request, sending, receiving, acknowledged, updatedAt);
    }
}
