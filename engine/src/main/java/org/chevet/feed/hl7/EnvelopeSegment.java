package org.chevet.feed.hl7;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header or trailer of a file or a batch (v2.5, 2.15.1 to 2.15.7, and 2.10.3).
 *
 * @param header the fields of an FHS or BHS, which are laid out as those of an MSH; null for a trailer
 * @param count what BTS-1 or FTS-1 says, empty when it does not say
 */
record EnvelopeSegment(Kind kind, @Nullable MessageHeader header, String count) {
    /** FHS-11 and BHS-11. */
    static final int CONTROL_ID = 11;

    enum Kind {
        FHS,
        BHS,
        BTS,
        FTS
    }

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final int NAME_CHARS = 3;

    static boolean isOne(String segment) {
        return kindOf(segment) != null;
    }

    /** @return null when it is another segment */
    static @Nullable EnvelopeSegment of(String segment) {
        Kind kind = kindOf(segment);
        if (kind == null) {
            return null;
        }
        if (kind == Kind.FHS || kind == Kind.BHS) {
            return new EnvelopeSegment(kind, MessageHeader.of(segment), "");
        }
        if (segment.length() <= NAME_CHARS) {
            return new EnvelopeSegment(kind, null, "");
        }
        int end = segment.indexOf(segment.charAt(NAME_CHARS), NAME_CHARS + 1);
        String count = end < 0 ? segment.substring(NAME_CHARS + 1) : segment.substring(NAME_CHARS + 1, end);
        return new EnvelopeSegment(kind, null, count.strip());
    }

    private static @Nullable Kind kindOf(String segment) {
        if (segment.length() > NAME_CHARS && Character.isLetterOrDigit(segment.charAt(NAME_CHARS))) {
            return null;
        }
        for (Kind kind : KINDS) {
            if (segment.startsWith(kind.name())) {
                return kind;
            }
        }
        return null;
    }
}
