package org.chevet.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;

/**
 * Decides commands on the live state, one at a time, applies what comes of them, and gathers it in a draft. Of the writer's
 * thread.
 */
final class Decider {
    private final HospitalId id;
    private final HospitalClock clock;
    private final Soundness soundness;
    private final boolean shared;
    private final PlacementJudge judge = new PlacementJudge();

    /** @param shared whether other members may write the hospital too: what is refused is to be known to whoever writes next */
    Decider(HospitalId id, HospitalClock clock, Soundness soundness, boolean shared) {
        this.id = id;
        this.clock = clock;
        this.soundness = soundness;
        this.shared = shared;
    }

    sealed interface Outcome {
        /** It is in the draft, or it was answered. */
        record Settled() implements Outcome {}

        /** A bug: it was answered, and the state has events that the draft has not. */
        record HalfApplied() implements Outcome {}

        /** The state contradicts itself since: the draft has nothing of it and it was not answered. */
        record Broke(Breach breach, Asked asked, List<Recorded> events) implements Outcome {}
    }

    Outcome decide(Pending pending, Replica replica, Draft draft) {
        Occupancy occupancy = replica.occupancy();
        Answer before = replica.keys().find(pending.submission().key());
        if (before != null) {
            draft.replies().add(new Draft.Reply(pending, before));
            return new Outcome.Settled();
        }
        long act = occupancy.sequence() + 1;
        Submission submission = pending.submission();
        Asked asked = new Asked(submission.commands(), submission.origin(), now(occupancy));
        List<Recorded> events = new ArrayList<>();
        Answer answer;
        try {
            Decision.Refused refused = asked.applyTo(occupancy, judge, events);
            if (refused != null && shared && isKept(submission)) {
                asked = keeping(refused, submission, asked.now());
                asked.applyTo(occupancy, judge, events);
            }
            answer = refused != null
                    ? new Answer.Refused(refused)
                    : new Answer.Done(events.isEmpty() ? 0 : act, occupancy.sequence(), false);
        } catch (Throwable bug) { // one poisonous command does not stop the others
            pending.answer(Answer.Unavailable.because(Bug.described(id, submission.kinds(), bug)));
            return events.isEmpty() ? new Outcome.Settled() : new Outcome.HalfApplied();
        }
        Breach breach = events.isEmpty() ? null : soundness.sinceMade(occupancy);
        if (breach != null) {
            return new Outcome.Broke(breach, asked, events);
        }
        draft(pending, replica.keys(), asked, events, answer, draft);
        return new Outcome.Settled();
    }

    /** What hospitals tell each other is told again under its key until it fits. */
    private static boolean isKept(Submission submission) {
        return submission.key() != null && submission.origin() instanceof Origin.Person;
    }

    private static Asked keeping(Decision.Refused refused, Submission submission, Instant now) {
        Command kept = new Command.KeepRefusal(
                Objects.requireNonNull(submission.key(), "of what is kept"),
                refused.rule().name(),
                refused.about());
        return new Asked(List.of(kept), submission.origin(), now);
    }

    private static void draft(
            Pending pending, RecentKeys keys, Asked asked, List<Recorded> events, Answer answer, Draft draft) {
        String key = pending.submission().key();
        draft.replies().add(new Draft.Reply(pending, answer));
        if (answer instanceof Answer.Done done) {
            keys.remember(key, done);
        } else if (answer instanceof Answer.Refused refused && isKept(pending.submission())) {
            keys.refused(key, refused);
        }
        if (events.isEmpty()) {
            return;
        }
        draft.asked().add(asked);
        String keyOfDone = answer instanceof Answer.Done ? key : null;
        for (Recorded recorded : events) {
            draft.entries().add(new Journal.Entry(recorded, recorded == events.getLast() ? keyOfDone : null));
        }
    }

    /** The journal's times never go back, whatever is done to the clock. */
    private Instant now(Occupancy occupancy) {
        Instant now = clock.now();
        return now.isBefore(occupancy.recordedAt()) ? occupancy.recordedAt() : now;
    }
}
