package org.chevet.feed.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message's bytes as text: decoded as its own MSH-18 says, one segment after the other.
 *
 * @param header null when there is no MSH segment
 * @param messages how many MSH segments there are
 */
record Hl7Text(String text, @Nullable MessageHeader header, int messages, Charset charset) {
    /** The French standard. */
    static final Charset ISO_8859_15 = Charset.forName("ISO-8859-15");

    static final char SEGMENT_END = '\r';

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final String ISO_8859 = "8859/";

    static Hl7Text decode(byte[] payload, Charset usual) {
        boolean marked = payload.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(payload, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        byte[] bytes = marked ? Arrays.copyOfRange(payload, BYTE_ORDER_MARK.length, payload.length) : payload;
        Charset stated = marked ? StandardCharsets.UTF_8 : statedIn(bytes, usual);
        Charset charset = stated;
        String text = strictly(bytes, stated);
        if (text == null) {
            // The declaration is a lie. A wrong accent in a name is a smaller harm than a movement not known.
            charset = usual.equals(StandardCharsets.UTF_8) ? ISO_8859_15 : usual;
            text = new String(bytes, charset);
        }
        return of(text, charset);
    }

    /** Text that was decoded before, such as a quarantined message's. */
    static Hl7Text of(String text, Charset charset) {
        List<String> segments = new ArrayList<>();
        MessageHeader header = null;
        int messages = 0;
        for (String line : text.split("\r\n|\r|\n", -1)) {
            String segment = line.strip();
            if (segment.startsWith("MSH")) {
                messages++;
                header = header == null ? MessageHeader.of(segment) : header;
            }
            if (!segment.isEmpty() && !isEnvelope(segment)) {
                segments.add(segment);
            }
        }
        boolean readable = header != null && segments.getFirst().startsWith("MSH");
        return new Hl7Text(
                String.join(String.valueOf(SEGMENT_END), segments), readable ? header : null, messages, charset);
    }

    /** File and batch headers and trailers. */
    private static boolean isEnvelope(String segment) {
        return segment.startsWith("FHS")
                || segment.startsWith("BHS")
                || segment.startsWith("BTS")
                || segment.startsWith("FTS");
    }

    private static Charset statedIn(byte[] bytes, Charset usual) {
        // Everything up to MSH-18 is ASCII in every encoding that HL7 allows over MLLP.
        MessageHeader header = of(new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
                .header();
        return header == null ? usual : named(header.component(MessageHeader.CHARSET, 1), usual);
    }

    /** HL7 table 0211. */
    private static Charset named(String name, Charset usual) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("UNICODE UTF-8") || upper.equals("UTF-8") || upper.equals("UTF8")) {
            return StandardCharsets.UTF_8;
        }
        if (upper.equals("ASCII")) {
            return StandardCharsets.US_ASCII;
        }
        if (upper.startsWith(ISO_8859)) {
            String java = "ISO-8859-" + upper.substring(ISO_8859.length());
            try {
                return Charset.isSupported(java) ? Charset.forName(java) : usual;
            } catch (IllegalArgumentException notAName) {
                return usual;
            }
        }
        return usual;
    }

    private static @Nullable String strictly(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException contradicted) {
            return null;
        }
    }
}
