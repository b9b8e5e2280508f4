package org.chevet.feed.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one frame holds: a message, or a file or batch of them with its headers and trailers. Each message is decoded by itself. */
record Hl7Payload(List<Part> parts) {
    sealed interface Part {
        record Message(Hl7Text text) implements Part {}

        record Envelope(EnvelopeSegment segment) implements Part {}
    }

    /** Where a line begins a message, or is the header or trailer of a batch. */
    private static final Pattern START = Pattern.compile("(?<=^|[\\r\\n]|\uFEFF|\u00EF\u00BB\u00BF)(MSH|FHS|BHS|BTS|FTS)(?![A-Za-z0-9])");

    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+");

    static Hl7Payload read(byte[] payload, Charset usual) {
        Charset wide = Encodings.wide(payload);
        // Latin-1 has a character for each byte: what begins where can be seen before anything is decoded.
        Charset seenAs = wide != null ? wide : StandardCharsets.ISO_8859_1;
        String seen = new String(payload, seenAs);
        List<Integer> starts = new ArrayList<>();
        int messages = 0;
        Matcher matcher = START.matcher(seen);
        while (matcher.find()) {
            starts.add(matcher.start());
            messages += matcher.group().equals("MSH") ? 1 : 0;
        }
        if (starts.size() == messages && messages <= 1) {
            return new Hl7Payload(List.of(new Part.Message(Hl7Text.decode(payload, usual))));
        }
        List<Part> parts = new ArrayList<>();
        addMessage(parts, seen.substring(0, starts.getFirst()), wide, usual);
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : seen.length();
            String part = seen.substring(starts.get(i), end);
            if (part.startsWith("MSH")) {
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

    private static void addEnvelope(
            List<Part> parts, String part, @Nullable Charset wide, Charset usual) {
        String[] lines = LINE_END.split(part, 2);
        EnvelopeSegment segment = EnvelopeSegment.of(lines[0].strip());
        if (segment != null) {
            parts.add(new Part.Envelope(segment));
        }
        if (lines.length > 1) {
            addMessage(parts, lines[1], wide, usual);
        }
    }

    private static void addMessage(
            List<Part> parts, String seen, @Nullable Charset wide, Charset usual) {
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
        return seen.equals(wide != null ? "\uFEFF" : "\u00EF\u00BB\u00BF");
    }
}
