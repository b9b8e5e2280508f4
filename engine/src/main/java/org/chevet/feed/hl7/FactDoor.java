package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.Answer;
import org.chevet.runtime.HospitalAccess;
import org.jspecify.annotations.Nullable;

/** All that a feed needs of the hospital it speaks to. Thread-safe. */
interface FactDoor {
    /** All of these facts or none; answered once they are durable. */
    CompletionStage<Answer> report(List<Command.Fact> facts, Origin.Feed origin, @Nullable String idempotencyKey);

    /** Whether facts can be written as far as is known: what fails all the same may be of the message. */
    boolean isWritable();

    /** The hospital as it durably stands: its layout may change while the feed runs. */
    HospitalView view();

    /** The hospital's time. */
    Instant now();

    static FactDoor of(HospitalAccess writer) {
        return new FactDoor() {
            @Override
            public CompletionStage<Answer> report(
                    List<Command.Fact> facts, Origin.Feed origin, @Nullable String idempotencyKey) {
                return writer.report(facts, origin, idempotencyKey);
            }

            @Override
            public boolean isWritable() {
                return writer.status().writable();
            }

            @Override
            public HospitalView view() {
                return writer.view();
            }

            @Override
            public Instant now() {
                return writer.clock().now();
            }
        };
    }
}
