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
        /** A05, A14: somebody is to come. */
        PREADMISSION,
        /** A02 */
        TRANSFER,
        /** A15: somebody who is here is to have another bed. */
        PENDING_TRANSFER,
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
        /** A18, A30, A34, A39, A40, A43, A46, A47: who is known by one number is known by another; some senders join visits so, too. */
        IDENTITY,
        /** A35, A36, A41, A42, A50: two numbers are one visit. */
        VISIT_MERGE,
        /** A44, A45: the visit is another patient's. */
        VISIT_MOVE,
        /** A17: two patients change places. */
        SWAP,
        /** A20 */
        BED_STATUS,
        /** A28, A54 and the like: known events that move nobody. */
        NO_BED
    }

    /** @return null when no profile that we know has this event */
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
        String trigger = segment == null ? "" : segment.originalTrigger();
        Subject original = subject(trigger);
        if (trigger.isEmpty()) {
            return new Statement(Subject.STAY, Action.UPDATE, segment);
        }
        // Of an event that moves nobody, or that we do not know, it says only how the stay is.
        return original == null || original == Subject.NO_BED
                ? new Statement(Subject.STAY, Action.UPDATE, null)
                : new Statement(original, Action.UPDATE, segment);
    }

    /** The event that takes back what this one states, empty where there is none (IHE PAM, and PAM-FR 5.3). */
    static String cancelling(String trigger) {
        return switch (trigger) {
            case "A01", "A04" -> "A11";
            case "A02" -> "A12";
            case "A03" -> "A13";
            case "A05" -> "A38";
            case "A06" -> "A07";
            case "A07" -> "A06";
            case "A14" -> "A27";
            case "A15" -> "A26";
            case "A16" -> "A25";
            case "A21" -> "A52";
            case "A22" -> "A53";
            case "A54" -> "A55";
            default -> "";
        };
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
            case "A15" -> Subject.PENDING_TRANSFER;
            case "A16" -> Subject.DISCHARGE_PLAN;
            case "A17" -> Subject.SWAP;
            case "A20" -> Subject.BED_STATUS;
            case "A21" -> Subject.LEAVE;
            case "A22" -> Subject.RETURN;
            case "A18", "A30", "A34", "A39", "A40", "A43", "A46", "A47" -> Subject.IDENTITY;
            case "A35", "A36", "A41", "A42", "A50" -> Subject.VISIT_MERGE;
            case "A44", "A45" -> Subject.VISIT_MOVE;
            // Tracking (A09, A10), persons (A24, A28, A29, A37), queries (A19), numbers of no visit (A48, A49, A51),
            // doctors (A54, A61) and allergies (A60).
            case "A09", "A10", "A19", "A24", "A28", "A29", "A37", "A48", "A49", "A51", "A54", "A60", "A61" ->
                Subject.NO_BED;
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
            case "A26" -> Subject.PENDING_TRANSFER;
            // A23 deletes a visit that no movement belongs to.
            case "A23", "A27", "A38" -> Subject.PREADMISSION;
            case "A32", "A33", "A55", "A62" -> Subject.NO_BED;
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
