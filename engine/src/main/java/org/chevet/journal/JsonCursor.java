package org.chevet.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** A place in the bytes of some JSON, for {@link WrittenJson}. Whatever is not there as it is wanted is {@link Unlike}. */
final class JsonCursor {
    /** In a {@code long}, whatever they are. */
    private static final int DIGITS_MAX = 18;

    private static final int HEX_DIGITS = 4;

    /** What stands for bytes that are none. */
    private static final char NOT_UTF8 = '\uFFFD';

    /** It is written otherwise than Chevet writes. Thrown for each such text, so it carries nothing. */
    static final class Unlike extends Exception {
        private static final long serialVersionUID = 1;
        static final Unlike WRITTEN = new Unlike();

        private Unlike() {
            super(null, null, false, false);
        }
    }

    private final byte[] json;
    private int at;

    JsonCursor(byte[] json) {
        this.json = json;
    }

    boolean isAtEnd() {
        return at == json.length;
    }

    boolean skip(char wanted) {
        if (at < json.length && json[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** @param from where to begin in what is wanted */
    boolean skip(byte[] wanted, int from) {
        int length = wanted.length - from;
        if (length <= json.length - at && Arrays.equals(json, at, at + length, wanted, from, wanted.length)) {
            at += length;
            return true;
        }
        return false;
    }

    void expect(char wanted) throws Unlike {
        if (!skip(wanted)) {
            throw Unlike.WRITTEN;
        }
    }

    /** Without a leading zero, a fraction or an exponent. */
    long number() throws Unlike {
        boolean negative = skip('-');
        int from = at;
        long number = 0;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            number = number * 10 + json[at] - '0';
            at++;
        }
        int digits = at - from;
        if (digits == 0 || digits > DIGITS_MAX || digits > 1 && json[from] == '0' || negative && number == 0) {
            throw Unlike.WRITTEN;
        }
        return negative ? -number : number;
    }

    /** As {@link Double#toString} writes it, and no other way. */
    double decimal() throws Unlike {
        int from = at;
        while (at < json.length && isOfDecimal(json[at])) {
            at++;
        }
        String text = new String(json, from, at - from, StandardCharsets.ISO_8859_1);
        try {
            double decimal = Double.parseDouble(text);
            if (Double.toString(decimal).equals(text)) {
                return decimal;
            }
        } catch (NumberFormatException e) {
            // No number at all.
        }
        throw Unlike.WRITTEN;
    }

    private static boolean isOfDecimal(byte next) {
        return next >= '0' && next <= '9' || next == '.' || next == '-' || next == 'E';
    }

    Instant time() throws Unlike {
        expect('"');
        int from = at;
        while (!skip('"')) {
            if (isAtEnd()) {
                throw Unlike.WRITTEN;
            }
            at++;
        }
        Instant time = InstantText.read(json, from, at - 1);
        if (time == null) {
            throw Unlike.WRITTEN;
        }
        return time;
    }

    String text() throws Unlike {
        expect('"');
        int from = at;
        int bits = 0;
        while (at < json.length) {
            byte next = json[at++];
            bits |= next;
            if (next == '"') {
                return bits < 0
                        ? utf8(from, at - 1)
                        : new String(json, from, at - 1 - from, StandardCharsets.ISO_8859_1);
            }
            if (next == '\\') {
                at = from;
                return escaped();
            }
            checkPrintable(next);
        }
        throw Unlike.WRITTEN;
    }

    private String escaped() throws Unlike {
        StringBuilder text = new StringBuilder();
        int from = at;
        while (at < json.length) {
            byte next = json[at++];
            if (next == '"' || next == '\\') {
                text.append(utf8(from, at - 1));
                if (next == '"') {
                    return text.toString();
                }
                text.append(escape());
                from = at;
            } else {
                checkPrintable(next);
            }
        }
        throw Unlike.WRITTEN;
    }

    private static void checkPrintable(byte next) throws Unlike {
        if (next >= 0 && next < ' ') {
            throw Unlike.WRITTEN;
        }
    }

    private String utf8(int from, int to) throws Unlike {
        String text = new String(json, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf(NOT_UTF8) >= 0) {
            throw Unlike.WRITTEN;
        }
        return text;
    }

    private char escape() throws Unlike {
        if (at == json.length) {
            throw Unlike.WRITTEN;
        }
        return switch (json[at++]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> hexadecimal();
            default -> throw Unlike.WRITTEN;
        };
    }

    private char hexadecimal() throws Unlike {
        int value = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = at < json.length ? Character.digit((char) (json[at++] & 0xFF), 16) : -1;
            if (digit < 0) {
                throw Unlike.WRITTEN;
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }
}
