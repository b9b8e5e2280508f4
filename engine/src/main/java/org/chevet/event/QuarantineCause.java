package org.chevet.event;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a message is in quarantine, for programs: pages word it in their own language.
 *
 * @param details what the words of {@link Code} name, by that name; codes and counts, never an identity
 */
public record QuarantineCause(Code code, Map<String, String> details) {
    /** What can be wrong with a message. Stands in journals: never renamed, and added to at will. */
    public enum Code {
        /** It is no HL7 v2 message: there is no MSH segment. */
        NOT_HL7,
        /** What {@code field} holds (MSH-9, MSH-11, MSH-12) is not for this feed. */
        HEADER_NOT_ACCEPTED,
        /** One frame holds {@code messages} messages. */
        SEVERAL_MESSAGES,
        /** It has {@code bytes} bytes, at most {@code bytesMax} are taken. */
        MESSAGE_TOO_LONG,
        /** Segment {@code segment} has {@code length} characters or subcomponents, at most {@code lengthMax} are read. */
        SEGMENT_TOO_LONG,
        /** It has more than {@code movementsMax} ZBE segments, the most that are read. */
        TOO_MANY_MOVEMENTS,
        /** Its structure cannot be made out. */
        STRUCTURE_NOT_READABLE,
        /** Field {@code field} must be filled for event {@code trigger}. */
        FIELD_MISSING,
        /** Event {@code trigger} needs segment {@code segment}. */
        SEGMENT_MISSING,
        /** Field {@code field} should hold a time. */
        TIME_NOT_READABLE,
        /** Neither EVN-2 nor MSH-7 says when it was stated. */
        TIME_MISSING,
        /** Field {@code field} holds no visit number; it has {@code length} characters. */
        VISIT_NUMBER_NOT_VALID,
        /** ZBE-4 is none of INSERT, UPDATE, CANCEL. */
        ACTION_UNKNOWN,
        /** A Z99 with ZBE-4 = CANCEL; event {@code instead} would cancel the movement, where it is known which. */
        Z99_CANNOT_CANCEL,
        /** A17 swaps two patients; two transfers (A02) say the same. */
        SWAP_NOT_READ,
        /** NPU-2 {@code status} is no bed status that this feed knows. */
        BED_STATUS_UNKNOWN,
        /** No bed of the hospital's file is at {@code location}. */
        BED_UNKNOWN,
        /** Chevet failed on it: {@code failure}. */
        FAILED,
        /** It was sent back {@code times} times, because it could not be written. */
        SENT_BACK_TOO_OFTEN,
        /** Nothing more precise than the sentence beside it. */
        OTHER
    }

    public QuarantineCause {
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    public static QuarantineCause of(Code code) {
        return new QuarantineCause(code, Map.of());
    }

    public static QuarantineCause of(Code code, String name, String value) {
        return new QuarantineCause(code, Map.of(name, value));
    }

    public static QuarantineCause of(Code code, String name, String value, String name2, String value2) {
        return new QuarantineCause(code, Map.of(name, value, name2, value2));
    }
}
