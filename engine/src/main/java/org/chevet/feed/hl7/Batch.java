package org.chevet.feed.hl7;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.chevet.feed.hl7.EnvelopeSegment.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The files and batches that one sender opens and closes, in one frame or in several. Every header is answered by a header and every
 * trailer by a trailer with a count of its own, so that the acknowledgements are a batch too (v2.5, 2.10.3.3). What a trailer counts
 * is compared with what came. Owned by one conversation.
 */
final class Batch {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");

    private static final MessageHeader PLAIN = plain();

    private @Nullable MessageHeader delimiters;
    private boolean fileOpen;
    private boolean open;
    private int batches;
    private int messages;
    private int acknowledgements;
    private final List<String> mismatches = new ArrayList<>();

    void addMessage(int acknowledged) {
        messages++;
        acknowledgements += acknowledged;
    }

    boolean isOpen() {
        return open || fileOpen;
    }

    /** The counts that did not agree since this was asked last. */
    List<String> takeMismatches() {
        List<String> taken = List.copyOf(mismatches);
        mismatches.clear();
        return taken;
    }

    /** The segment that answers this one. */
    String answer(EnvelopeSegment segment, String id, Instant now, ZoneId zone) {
        return switch (segment.kind()) {
            case FHS -> {
                fileOpen = true;
                batches = 0;
                yield openedBy(segment, id, now, zone);
            }
            case BHS -> {
                endUnfinishedBatch();
                open = true;
                messages = 0;
                acknowledgements = 0;
                yield openedBy(segment, id, now, zone);
            }
            case BTS -> {
                String comment = compare("BTS-1", segment.count(), messages, "message");
                String trailer = trailer(Kind.BTS, acknowledgements, comment);
                open = false;
                batches++;
                messages = 0;
                acknowledgements = 0;
                yield trailer;
            }
            case FTS -> {
                endUnfinishedBatch();
                String comment = compare("FTS-1", segment.count(), batches, "batch");
                String trailer = trailer(Kind.FTS, batches, comment);
                fileOpen = false;
                batches = 0;
                yield trailer;
            }
        };
    }

    private void endUnfinishedBatch() {
        if (open) {
            mismatches.add("a batch of " + messages + " messages ended without BTS");
            open = false;
            batches++;
        }
    }

    /** @return what does not agree, empty when all does; a trailer that counts nothing agrees with everything */
    private String compare(String where, String stated, int came, String what) {
        if (stated.isEmpty()) {
            return "";
        }
        String mismatch;
        try {
            int count = Integer.parseInt(stated);
            if (count == came) {
                return "";
            }
            mismatch = where + " says " + count + ", " + came + " came: maybe a " + what + " was lost on the way";
        } catch (NumberFormatException notANumber) {
            mismatch = where + " is not a number, " + came + " came";
        }
        mismatches.add(mismatch);
        return mismatch;
    }

    private String openedBy(EnvelopeSegment segment, String id, Instant now, ZoneId zone) {
        MessageHeader header = segment.header() == null ? PLAIN : segment.header();
        delimiters = header;
        char separator = header.fieldSeparator();
        return String.join(
                        String.valueOf(separator),
                        segment.kind().name(),
                        header.encodingCharacters(),
                        header.field(MessageHeader.RECEIVING_APPLICATION),
                        header.field(MessageHeader.RECEIVING_FACILITY),
                        header.field(MessageHeader.SENDING_APPLICATION),
                        header.field(MessageHeader.SENDING_FACILITY),
                        TIME.format(now.atZone(zone)),
                        "",
                        "",
                        "",
                        id,
                        // FHS-12, BHS-12: the number of what this answers.
                        header.field(EnvelopeSegment.CONTROL_ID))
                + Hl7Text.SEGMENT_END;
    }

    private String trailer(Kind kind, int count, String comment) {
        MessageHeader header = delimiters == null ? PLAIN : delimiters;
        String counted = kind.name() + header.fieldSeparator() + count;
        return (comment.isEmpty()
                        ? counted
                        : counted + header.fieldSeparator() + Acknowledgement.escaped(comment, header))
                + Hl7Text.SEGMENT_END;
    }

    private static MessageHeader plain() {
        MessageHeader header = MessageHeader.of("BHS|^~\\&|");
        if (header == null) {
            throw new IllegalStateException("a plain BHS segment is not read");
        }
        return header;
    }
}
