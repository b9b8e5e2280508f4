package org.chevet.feed.hl7;

import java.time.Instant;
import org.chevet.event.PatientClass;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.chevet.feed.hl7.AdtMessage.Visit;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/**
 * A message about one stay, from which facts are made.
 *
 * @param place where it says that the patient is
 * @param known what is known of the stay, null when nothing is
 */
record StayMessage(
        AdtMessage message,
        Statement statement,
        StayId stay,
        Instant statedAt,
        LocationMap places,
        LocationMap.Found place,
        @Nullable Stay known) {
    Visit visit() {
        return message.visit();
    }

    @Nullable
    MovementSegment segment() {
        return statement.segment();
    }

    /** The number that the sender gave the movement, null when it gave none. */
    @Nullable
    String movementNumber() {
        MovementSegment segment = segment();
        return segment == null || segment.id().isEmpty() ? null : MovementNumber.of(segment);
    }

    /** As this message says, or else as is known. */
    PatientClass classStated() {
        return classStated(known == null ? PatientClass.INPATIENT : known.currentClass());
    }

    PatientClass classStated(PatientClass usual) {
        PatientClass stated = visit().patientClass();
        return stated == null ? usual : stated;
    }

    Instant occurredElse(Instant other) {
        Instant occurred = message.occurredAt();
        return occurred != null ? occurred : other;
    }
}
