package org.chevet.feed.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one frame holds: a message, or a file or batch of them with its headers and trailers. Each message is decoded by itself. */
record Hl7Payload(List<Part> parts) {
    sealed interface Part {
        record Message(Hl7Text text) implements Part {}

        record Envelope(EnvelopeSegment segment) implements Part {}
    }

    private static final String MESSAGE = "MSH";
    private static final List<String> NAMES = List.of(MESSAGE, "FHS", "BHS", "BTS", "FTS");
    private static final String MARK = "\uFEFF";

    /** UTF-8's mark, seen as Latin-1. */
    private static final String MARK_BYTES = "\u00EF\u00BB\u00BF";

    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+");

    static Hl7Payload read(byte[] payload, Charset usual) {
        Charset wide = Encodings.wide(payload);
        // Latin-1 has a character for each byte: what begins where can be seen before anything is decoded.
        Charset seenAs = wide != null ? wide : StandardCharsets.ISO_8859_1;
        String seen = new String(payload, seenAs);
        List<Integer> starts = starts(seen);
        int messages = 0;
        for (int start : starts) {
            messages += seen.startsWith(MESSAGE, start) ? 1 : 0;
        }
        if (starts.size() == messages && messages <= 1) {
            return new Hl7Payload(List.of(new Part.Message(Hl7Text.decode(payload, usual))));
        }
        List<Part> parts = new ArrayList<>();
        addMessage(parts, seen.substring(0, starts.getFirst()), wide, usual);
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : seen.length();
            String part = seen.substring(starts.get(i), end);
            if (part.startsWith(MESSAGE)) {
                addMessage(parts, part, wide, usual);
            } else {
                addEnvelope(parts, part, wide, usual);
            }
        }
        return new Hl7Payload(parts);
    }

    Hl7Payload {
        parts = List.copyOf(parts);
    }

    /** Whether a single message came, which is answered by itself. */
    boolean isOneMessage() {
        return parts.size() == 1 && parts.getFirst() instanceof Part.Message;
    }

    /** Where a line begins a message, or is the header or trailer of a batch. */
    private static List<Integer> starts(String seen) {
        List<Integer> starts = new ArrayList<>();
        int first = seen.startsWith(MARK) ? MARK.length() : seen.startsWith(MARK_BYTES) ? MARK_BYTES.length() : 0;
        for (int i = first; i < seen.length(); i++) {
            char before = i == first ? '\r' : seen.charAt(i - 1);
            if ((before == '\r' || before == '\n') && isStart(seen, i)) {
                starts.add(i);
            }
        }
        return starts;
    }

    private static boolean isStart(String seen, int at) {
        int end = at + MESSAGE.length();
        return (end == seen.length() || (end < seen.length() && !Character.isLetterOrDigit(seen.charAt(end))))
                && NAMES.contains(seen.substring(at, end));
    }

    private static void addEnvelope(List<Part> parts, String part, @Nullable Charset wide, Charset usual) {
        String[] lines = LINE_END.split(part, 2);
        EnvelopeSegment segment = EnvelopeSegment.of(lines[0].strip());
        if (segment != null) {
            parts.add(new Part.Envelope(segment));
        }
        if (lines.length > 1) {
            addMessage(parts, lines[1], wide, usual);
        }
    }

    private static void addMessage(List<Part> parts, String seen, @Nullable Charset wide, Charset usual) {
        String stripped = seen.strip();
        if (stripped.isEmpty() || isByteOrderMark(stripped, wide)) {
            return;
        }
        Hl7Text text = wide != null
                ? Hl7Text.of(seen, wide)
                : Hl7Text.decode(seen.getBytes(StandardCharsets.ISO_8859_1), usual);
        parts.add(new Part.Message(text));
    }

    private static boolean isByteOrderMark(String seen, @Nullable Charset wide) {
        return seen.equals(wide != null ? MARK : MARK_BYTES);
    }
}
