package org.chevet.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.Hospital;
import org.jspecify.annotations.Nullable;

/** The one way into a hospital: whatever is asked of it becomes a submission. */
abstract class Entrance implements HospitalAccess {
    /** Never blocks. */
    abstract CompletableFuture<Answer> take(Submission submission);

    @Override
    public final CompletableFuture<Answer> submit(
            Command.Act act, Origin.Person actor, @Nullable String idempotencyKey) {
        return take(Submission.ofAct(act, actor, idempotencyKey));
    }

    @Override
    public final CompletableFuture<Answer> report(
            List<Command.Fact> facts, Origin.Feed feed, @Nullable String idempotencyKey) {
        return take(Submission.ofFacts(facts, feed, idempotencyKey));
    }

    @Override
    public final CompletableFuture<Answer> redefine(Hospital hospital) {
        return take(Submission.ofDefinition(hospital, id()));
    }
}
