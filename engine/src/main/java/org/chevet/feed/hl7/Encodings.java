package org.chevet.feed.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which encoding a message is in: the one that MSH-18 names, unless its bytes say otherwise. No byte is ever lost: a wrong accent
 * in a name is a smaller harm than a movement not known.
 */
final class Encodings {
    /** The French standard. */
    static final Charset ISO_8859_15 = Charset.forName("ISO-8859-15");

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Within how many bytes MSH-18 must come. */
    private static final int HEADER_BYTES_MAX = 4096;

    private static final byte[] MARK_UTF_8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] MARK_UTF_16BE = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] MARK_UTF_16LE = {(byte) 0xFF, (byte) 0xFE};
    private static final String ISO_8859 = "8859/";

    /** HL7 table 0211, as far as its names are not those that Java knows; 8859/n apart. */
    private static final Map<String, String> TABLE_0211 = Map.of(
            "ASCII", "US-ASCII",
            "UNICODE UTF-8", "UTF-8",
            "BIG-5", "Big5",
            "GB 18030-2000", "GB18030",
            "KS X 1001", "EUC-KR");

    /** By their names in upper case. */
    private static final Map<String, Charset> KNOWN = known();

    private Encodings() {}

    /**
     * @param contradiction what MSH-18 said and what was read instead, null when the two agree
     */
    record Decoded(String text, Charset charset, @Nullable String contradiction) {}

    /** @param usual for messages that do not name theirs, or name none that is known */
    static Decoded decode(byte[] payload, Charset usual) {
        Charset wide = wide(payload);
        if (wide != null) {
            int mark = payload[0] == MARK_UTF_16BE[0] || payload[0] == MARK_UTF_16LE[0] ? MARK_UTF_16BE.length : 0;
            return new Decoded(new String(payload, mark, payload.length - mark, wide), wide, null);
        }
        boolean marked = startsWith(payload, MARK_UTF_8);
        byte[] bytes = marked ? Arrays.copyOfRange(payload, MARK_UTF_8.length, payload.length) : payload;
        String name = marked ? "a byte order mark" : nameIn(bytes);
        Charset stated = marked ? StandardCharsets.UTF_8 : named(name);
        Charset expected = stated == null ? usual : stated;
        if (isAscii(bytes)) {
            return new Decoded(new String(bytes, StandardCharsets.US_ASCII), expected, null);
        }
        Decoded found = found(bytes, expected, usual);
        if (name.isEmpty() || (stated != null && found.charset().equals(stated))) {
            return found;
        }
        String said = stated == null
                ? "MSH-18 names an encoding that is not known"
                : (marked ? name : "MSH-18") + " says " + stated;
        return new Decoded(found.text(), found.charset(), said + ", the bytes are read as " + found.charset());
    }

    /** UTF-16 by its mark, or by the zeros beside the first letters. Null when it is not that. */
    static @Nullable Charset wide(byte[] payload) {
        if (startsWith(payload, MARK_UTF_16BE)) {
            return StandardCharsets.UTF_16BE;
        }
        if (startsWith(payload, MARK_UTF_16LE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (payload.length < 4 || (payload[0] == 0) == (payload[1] == 0)) {
            return null;
        }
        if (payload[0] == 0 && payload[2] == 0 && payload[3] != 0) {
            return StandardCharsets.UTF_16BE;
        }
        return payload[1] == 0 && payload[3] == 0 && payload[2] != 0 ? StandardCharsets.UTF_16LE : null;
    }

    private static Decoded found(byte[] bytes, Charset expected, Charset usual) {
        // Several accents that happen to be whole UTF-8 sequences, and nothing else: no name in another encoding is.
        String unicode = strictly(bytes, StandardCharsets.UTF_8);
        if (unicode != null && isMadeOfBytes(expected)) {
            return new Decoded(unicode, StandardCharsets.UTF_8, null);
        }
        for (Charset charset : new Charset[] {expected, usual, ISO_8859_15}) {
            Charset real = hasControls(bytes) && isLatin(charset) ? WINDOWS_1252 : charset;
            String text = strictly(bytes, real);
            if (text != null) {
                return new Decoded(text, real, null);
            }
        }
        return new Decoded(new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1, null);
    }

    /** One character to a byte, or UTF-8 itself: what UTF-8 is sent under the name of. */
    private static boolean isMadeOfBytes(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) || charset.newEncoder().maxBytesPerChar() <= 1;
    }

    private static boolean isLatin(Charset charset) {
        return charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(ISO_8859_15);
    }

    /** Whether there are bytes that the Latin alphabets leave to control codes, and Windows gives to quotes, dashes and Œ. */
    private static boolean hasControls(byte[] bytes) {
        for (byte value : bytes) {
            if ((value & 0xE0) == 0x80) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte value : bytes) {
            if (value < 0) {
                return false;
            }
        }
        return true;
    }

    /** MSH-18 of the first message. */
    private static String nameIn(byte[] bytes) {
        // Everything up to MSH-18 is ASCII in every encoding that is left here.
        String beginning = new String(bytes, 0, Math.min(bytes.length, HEADER_BYTES_MAX), StandardCharsets.ISO_8859_1);
        for (int from = 0; from < beginning.length(); ) {
            int to = from;
            while (to < beginning.length() && beginning.charAt(to) != '\r' && beginning.charAt(to) != '\n') {
                to++;
            }
            String line = beginning.substring(from, to).strip();
            if (line.startsWith("MSH")) {
                MessageHeader header = MessageHeader.of(line);
                return header == null ? "" : header.component(MessageHeader.CHARSET, 1);
            }
            from = to + 1;
        }
        return "";
    }

    /** @return null for none that can be had, or one in which the header could not have been read */
    private static @Nullable Charset named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String known = upper.startsWith(ISO_8859)
                ? "ISO-8859-" + upper.substring(ISO_8859.length())
                : TABLE_0211.getOrDefault(upper, name);
        return KNOWN.get(known.toUpperCase(Locale.ROOT));
    }

    /** Looked up once: Java searches long for a name that it does not know, and senders may write any. */
    private static Map<String, Charset> known() {
        Map<String, Charset> known = new HashMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            if (isAsciiCompatible(charset)) {
                known.put(charset.name().toUpperCase(Locale.ROOT), charset);
                charset.aliases().forEach(alias -> known.put(alias.toUpperCase(Locale.ROOT), charset));
            }
        }
        return known;
    }

    private static boolean isAsciiCompatible(Charset charset) {
        String ascii = "MSH|^~\\&";
        return ascii.equals(new String(ascii.getBytes(StandardCharsets.US_ASCII), charset));
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
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
