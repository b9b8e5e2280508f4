package org.chevet.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;

/**
 * Decides commands on the live state, one at a time, applies what comes of them, and gathers it in a draft. Of the writer's
 * thread.
 */
final class Decider {
    private final HospitalId id;
    private final HospitalClock clock;
    private final RecentKeys keys;

    Decider(HospitalId id, HospitalClock clock, RecentKeys keys) {
        this.id = id;
        this.clock = clock;
        this.keys = keys;
    }

    /** @return whether the state is still the fold of the journal and the draft: a bug may have left an act half applied */
    boolean decide(Pending pending, Occupancy occupancy, Draft draft) {
        Answer.Done before = keys.find(pending.key());
        if (before != null) {
            draft.replies().add(new Draft.Reply(pending, before));
            return true;
        }
        List<Recorded> events = new ArrayList<>();
        try {
            Answer answer = apply(pending, occupancy, events);
            draft.replies().add(new Draft.Reply(pending, answer));
            if (answer instanceof Answer.Done done) {
                keys.remember(pending.key(), done);
            }
        } catch (Throwable bug) { // one poisonous command does not stop the others
            pending.answer(Answer.Unavailable.because(Bug.described(id, pending.kinds(), bug)));
            return events.isEmpty();
        }
        for (Recorded recorded : events) {
            draft.entries()
                    .add(new Journal.Entry(
                            recorded, recorded.sequence() == occupancy.sequence() ? pending.key() : null));
        }
        return true;
    }

    /** @param events receives each event before it is applied */
    private Answer apply(Pending pending, Occupancy occupancy, List<Recorded> events) {
        long act = occupancy.sequence() + 1;
        Instant clockNow = clock.now();
        Instant now = clockNow.isBefore(occupancy.recordedAt()) ? occupancy.recordedAt() : clockNow;
        for (Command command : pending.commands()) {
            switch (occupancy.decide(command, now)) {
                case Decision.Accepted accepted -> {
                    for (BedEvent event : accepted.events()) {
                        Recorded recorded = new Recorded(occupancy.sequence() + 1, act, now, pending.origin(), event);
                        events.add(recorded);
                        occupancy.apply(recorded);
                    }
                }
                case Decision.Refused refused -> {
                    if (command instanceof Command.Fact) {
                        throw new IllegalStateException("a fact was refused, by rule " + refused.rule());
                    }
                    return new Answer.Refused(refused);
                }
            }
        }
        return new Answer.Done(events.isEmpty() ? 0 : act, occupancy.sequence(), false);
    }
}
