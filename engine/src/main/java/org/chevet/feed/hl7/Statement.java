package org.chevet.feed.hl7;

import java.util.List;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.jspecify.annotations.Nullable;

/**
 * What a message does to what. Its event code alone does not say: the French profile cancels an A06 by an A07 whose ZBE-4 is
 * CANCEL, and corrects anything by a Z99 that names the first event in ZBE-6 (PAM-FR 5.3).
 *
 * @param segment the movement's own segment, null where the sender uses none
 */
record Statement(Subject subject, Action action, @Nullable MovementSegment segment) {
    /** What ZBE-4 may say. */
    static final List<String> ACTIONS = List.of("INSERT", "UPDATE", "CANCEL");

    enum Action {
        INSERT,
        UPDATE,
        CANCEL
    }

    enum Subject {
        /** A01 */
        ADMISSION,
        /** A04: at the emergency department, or as an outpatient who may need no bed. */
        REGISTRATION,
        /** A05, A14 */
        PREADMISSION,
        /** A02 */
        TRANSFER,
        /** A06 */
        CHANGE_TO_INPATIENT,
        /** A07 */
        CHANGE_TO_OUTPATIENT,
        /** A03 */
        DISCHARGE,
        /** A21 */
        LEAVE,
        /** A22 */
        RETURN,
        /** A16 */
        DISCHARGE_PLAN,
        /** A08, A31, and a Z99 that names no movement. */
        STAY,
        /** A40, A42, A50 */
        MERGE,
        /** A20 */
        BED_STATUS
    }

    /** @return null when the event is no concern of beds */
    static @Nullable Statement of(String trigger, @Nullable MovementSegment segment) {
        if (trigger.equals("Z99")) {
            return correction(segment);
        }
        Subject cancelled = cancelledBy(trigger);
        if (cancelled != null) {
            return cancellation(cancelled, segment);
        }
        if (segment != null && segment.action().equals("CANCEL")) {
            Subject subject = subject(opposite(trigger));
            return subject == null ? null : cancellation(subject, segment);
        }
        Action action = segment != null && segment.action().equals("UPDATE") ? Action.UPDATE : Action.INSERT;
        Subject subject = subject(trigger);
        return subject == null ? null : new Statement(subject, action, segment);
    }

    private static Statement cancellation(Subject subject, @Nullable MovementSegment segment) {
        Subject original = segment == null ? null : subject(segment.originalTrigger());
        return new Statement(original == null ? subject : original, Action.CANCEL, segment);
    }

    /** Z99 only updates: senders that write INSERT in it mean the same. */
    private static Statement correction(@Nullable MovementSegment segment) {
        Subject original = segment == null ? null : subject(segment.originalTrigger());
        return new Statement(original == null ? Subject.STAY : original, Action.UPDATE, segment);
    }

    private static @Nullable Subject subject(String trigger) {
        return switch (trigger) {
            case "A01" -> Subject.ADMISSION;
            case "A02" -> Subject.TRANSFER;
            case "A03" -> Subject.DISCHARGE;
            case "A04" -> Subject.REGISTRATION;
            case "A05", "A14" -> Subject.PREADMISSION;
            case "A06" -> Subject.CHANGE_TO_INPATIENT;
            case "A07" -> Subject.CHANGE_TO_OUTPATIENT;
            case "A08", "A31" -> Subject.STAY;
            case "A16" -> Subject.DISCHARGE_PLAN;
            case "A20" -> Subject.BED_STATUS;
            case "A21" -> Subject.LEAVE;
            case "A22" -> Subject.RETURN;
            case "A40", "A42", "A50" -> Subject.MERGE;
            default -> null;
        };
    }

    /** Events that mean a cancellation in every profile. */
    private static @Nullable Subject cancelledBy(String trigger) {
        return switch (trigger) {
            case "A11" -> Subject.ADMISSION;
            case "A12" -> Subject.TRANSFER;
            case "A13" -> Subject.DISCHARGE;
            case "A25" -> Subject.DISCHARGE_PLAN;
            case "A27", "A38" -> Subject.PREADMISSION;
            case "A52" -> Subject.LEAVE;
            case "A53" -> Subject.RETURN;
            default -> null;
        };
    }

    /** The event that an event with ZBE-4 = CANCEL takes back: its pair, or itself where it has none. */
    private static String opposite(String trigger) {
        return switch (trigger) {
            case "A06" -> "A07";
            case "A07" -> "A06";
            default -> trigger;
        };
    }
}
