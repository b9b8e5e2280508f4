package org.chevet.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.chevet.event.BedEvent;

/**
 * How events written in an older shape are read in today's. Journal rows are never rewritten: each step here turns one
 * version of one event type into the next. Adding a step is what makes a new version, so the two cannot disagree.
 */
public final class Upcasters {
    /** Those of this release. Where the step is the identity, something was added that may be left out. */
    static final Upcasters CURRENT = new Upcasters()
            .add(BedEvent.StayRegistered.class, 1, UnaryOperator.identity())
            .add(BedEvent.MovementRecorded.class, 1, UnaryOperator.identity())
            .add(BedEvent.MovementCorrected.class, 1, UnaryOperator.identity())
            .add(BedEvent.MovementCancelled.class, 1, UnaryOperator.identity())
            .add(BedEvent.StaysSwapped.class, 1, UnaryOperator.identity())
            .add(BedEvent.MessageQuarantined.class, 1, UnaryOperator.identity())
            .add(BedEvent.BedRequested.class, 1, UnaryOperator.identity())
            .add(BedEvent.BedRequestCancelled.class, 1, UnaryOperator.identity())
            .add(BedEvent.BedRequestFulfilled.class, 1, UnaryOperator.identity())
            .add(BedEvent.BedReserved.class, 1, UnaryOperator.identity())
            .add(BedEvent.ReservationReleased.class, 1, UnaryOperator.identity())
            .add(BedEvent.HospitalDefined.class, 1, UnaryOperator.identity())
            .add(BedEvent.StayRegistered.class, 2, UnaryOperator.identity())
            .add(BedEvent.NeedsChanged.class, 1, UnaryOperator.identity())
            .add(BedEvent.InterhospitalTransferOpened.class, 1, UnaryOperator.identity())
            .add(BedEvent.HospitalDefined.class, 2, UnaryOperator.identity())
            .add(BedEvent.HospitalDefined.class, 3, UnaryOperator.identity())
            .add(BedEvent.HospitalDefined.class, 4, UnaryOperator.identity())
            .add(BedEvent.DrillBegun.class, 1, UnaryOperator.identity())
            .add(BedEvent.DrillBegun.class, 2, UnaryOperator.identity())
            .add(BedEvent.InjectPlanned.class, 1, UnaryOperator.identity())
            .add(BedEvent.InjectWithdrawn.class, 1, UnaryOperator.identity())
            .add(BedEvent.DrillBegun.class, 3, UnaryOperator.identity())
            .add(BedEvent.InjectPlanned.class, 2, UnaryOperator.identity())
            .add(BedEvent.InjectWithdrawn.class, 2, UnaryOperator.identity())
            .add(BedEvent.InjectDone.class, 1, UnaryOperator.identity())
            .add(BedEvent.DrillBegun.class, 4, UnaryOperator.identity())
            .add(BedEvent.InjectPlanned.class, 3, UnaryOperator.identity())
            .add(BedEvent.InjectWithdrawn.class, 3, UnaryOperator.identity())
            .add(BedEvent.SimulatedRolesChanged.class, 1, UnaryOperator.identity());

    private static final int FIRST_VERSION = 1;

    private final Map<String, Map<Integer, UnaryOperator<ObjectNode>>> steps = new HashMap<>();

    /** @param step turns the JSON of {@code fromVersion} into that of the version after it */
    public Upcasters add(Class<? extends BedEvent> type, int fromVersion, UnaryOperator<ObjectNode> step) {
        int current = currentVersion(type.getSimpleName());
        if (fromVersion != current) {
            throw new IllegalArgumentException("upcaster of " + type.getSimpleName() + " from version " + fromVersion
                    + " is out of order: the next to add is from version " + current);
        }
        steps.computeIfAbsent(type.getSimpleName(), name -> new HashMap<>()).put(fromVersion, step);
        return this;
    }

    int currentVersion(String type) {
        return FIRST_VERSION + steps.getOrDefault(type, Map.of()).size();
    }

    /** In the shape of the current version. */
    ObjectNode upcast(String type, int version, ObjectNode event) {
        ObjectNode upcast = event;
        for (int from = version; from < currentVersion(type); from++) {
            upcast = steps.getOrDefault(type, Map.of())
                    .getOrDefault(from, UnaryOperator.identity())
                    .apply(upcast);
        }
        return upcast;
    }
}
