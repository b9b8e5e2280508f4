package org.chevet.feed.hl7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message's bytes as text: decoded as {@link Encodings} finds, one segment after the other.
 *
 * @param segments without empty lines, and without the headers and trailers of files and batches
 * @param header null when there is no MSH segment
 * @param messages how many MSH segments there are
 * @param contradiction what was wrong about the encoding that the message says it is in, null when it is true
 */
record Hl7Text(
        List<String> segments,
        @Nullable MessageHeader header,
        int messages,
        Charset charset,
        @Nullable String contradiction) {
    static final char SEGMENT_END = '\r';

    private static final int NAME_CHARS = 3;

    static Hl7Text decode(byte[] payload, Charset usual) {
        Encodings.Decoded decoded = Encodings.decode(payload, usual);
        Hl7Text text = of(decoded.text(), decoded.charset());
        return new Hl7Text(text.segments, text.header, text.messages, text.charset, decoded.contradiction());
    }

    /** Text that was decoded before, such as a quarantined message's. */
    static Hl7Text of(String text, Charset charset) {
        Segments segments = new Segments();
        for (int from = 0; from < text.length(); ) {
            int to = from;
            while (to < text.length() && text.charAt(to) != '\r' && text.charAt(to) != '\n') {
                to++;
            }
            segments.add(text.substring(from, to).strip());
            from = to + 1;
        }
        return segments.toText(charset);
    }

    Hl7Text {
        segments = List.copyOf(segments);
    }

    String text() {
        return String.join(String.valueOf(SEGMENT_END), segments);
    }

    /** Puts lines together: a line that begins no segment goes on with the one before, whose text had a line end in it. */
    private static final class Segments {
        private final List<String> whole = new ArrayList<>();
        private final StringBuilder last = new StringBuilder();
        private @Nullable MessageHeader header;
        private int messages;

        void add(String line) {
            if (line.startsWith("MSH")) {
                messages++;
                header = header == null ? MessageHeader.of(line) : header;
            }
            if (line.isEmpty() || EnvelopeSegment.isOne(line)) {
                return;
            }
            if (!last.isEmpty() && header != null && !beginsSegment(line, header.fieldSeparator())) {
                last.append(' ').append(line);
                return;
            }
            end();
            last.append(line);
        }

        Hl7Text toText(Charset charset) {
            end();
            boolean readable =
                    header != null && !whole.isEmpty() && whole.getFirst().startsWith("MSH");
            return new Hl7Text(whole, readable ? header : null, messages, charset, null);
        }

        private void end() {
            if (!last.isEmpty()) {
                whole.add(last.toString());
                last.setLength(0);
            }
        }

        private static boolean beginsSegment(String line, char separator) {
            if (line.length() < NAME_CHARS || (line.length() > NAME_CHARS && line.charAt(NAME_CHARS) != separator)) {
                return false;
            }
            for (int i = 0; i < NAME_CHARS; i++) {
                char c = line.charAt(i);
                boolean letter = c >= 'A' && c <= 'Z';
                if (!letter && (i == 0 || c < '0' || c > '9')) {
                    return false;
                }
            }
            return true;
        }
    }
}
