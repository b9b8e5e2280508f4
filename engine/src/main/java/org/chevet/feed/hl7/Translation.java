package org.chevet.feed.hl7;

import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.QuarantineCause;
import org.chevet.feed.FeedCounts.Ignored;

/** What a message comes to. */
sealed interface Translation {
    /** It states these facts, all true or none. */
    record Stated(List<Command.Fact> facts) implements Translation {
        public Stated {
            facts = List.copyOf(facts);
        }
    }

    /** It is understood, and changes nothing about beds. */
    record NotForUs(Ignored why, String reason) implements Translation {}

    /**
     * It cannot be applied as it is.
     *
     * @param where the field to look at, as "PV1-19"; empty when there is no telling
     * @param reason what is wrong and what to mend; it goes back to the sender and to the screen, so it names no person
     * @param cause the same for programs
     */
    record NotUnderstood(String where, Code code, String reason, QuarantineCause cause) implements Translation {
        /** What has no code of its own. */
        NotUnderstood(String where, Code code, String reason) {
            this(where, code, reason, QuarantineCause.of(QuarantineCause.Code.OTHER));
        }

        static NotUnderstood fieldMissing(String field, String trigger, String reason) {
            return new NotUnderstood(
                    field,
                    Code.FIELD_MISSING,
                    reason,
                    QuarantineCause.of(QuarantineCause.Code.FIELD_MISSING, "field", field, "trigger", trigger));
        }
    }

    /** Its header rules it out (MSH-9, MSH-11, MSH-12), whatever the rest says: it goes back to its sender. */
    record NotAcceptable(NotUnderstood why) implements Translation {}

    /** HL7 table 0357. */
    enum Code {
        SEGMENT_MISSING(100, "Segment sequence error"),
        FIELD_MISSING(101, "Required field missing"),
        NOT_READABLE(102, "Data type error"),
        NOT_IN_TABLE(103, "Table value not found"),
        UNSUPPORTED_TYPE(200, "Unsupported message type"),
        UNSUPPORTED_PROCESSING(202, "Unsupported processing id"),
        UNSUPPORTED_VERSION(203, "Unsupported version id"),
        UNKNOWN_KEY(204, "Unknown key identifier"),
        INTERNAL(207, "Application internal error");

        private final int number;
        private final String words;

        Code(int number, String words) {
            this.number = number;
            this.words = words;
        }

        int number() {
            return number;
        }

        String words() {
            return words;
        }
    }
}
