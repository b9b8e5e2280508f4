package org.chevet.feed.hl7;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The escape sequences that HAPI leaves as they are (v2.5, 2.7): bytes in hexadecimal, formatting and highlighting. Sequences of
 * other character sets ({@code \Cxxyy\}, {@code \Mxxyyzz\}) and a site's own ({@code \Z…\}) stay readable as they were sent.
 */
final class Escapes {
    private static final Pattern HEXADECIMAL = Pattern.compile("X(?:[0-9A-Fa-f]{2})+");

    /** New lines, indents and skipped spaces, which are a space in a text of one line. */
    private static final Pattern FORMATTING = Pattern.compile("\\.(?:br|sp|fi|nf|in|ti|sk|ce)[ +]?[0-9-]*");

    private Escapes() {}

    static String resolve(String text, MessageHeader header, Charset charset) {
        char escape = header.escapeCharacter();
        // The escape character in MSH-2 begins no sequence.
        int from = "MSH|".length() + header.encodingCharacters().length();
        int start = text.indexOf(escape, from);
        if (start < 0) {
            return text;
        }
        StringBuilder resolved = new StringBuilder(text.length());
        int copied = 0;
        for (; start >= 0; start = text.indexOf(escape, from)) {
            int end = text.indexOf(escape, start + 1);
            String sequence = end < 0 ? "" : text.substring(start + 1, end);
            if (end < 0
                    || sequence.indexOf(header.fieldSeparator()) >= 0
                    || sequence.indexOf(Hl7Text.SEGMENT_END) >= 0) {
                // Never closed: it stands for itself.
                resolved.append(text, copied, start).append(escape).append('E').append(escape);
                copied = start + 1;
                from = start + 1;
                continue;
            }
            String characters = characters(sequence, header, charset);
            if (characters != null) {
                resolved.append(text, copied, start).append(characters);
                copied = end + 1;
            }
            from = end + 1;
        }
        return resolved.append(text, copied, text.length()).toString();
    }

    /** @return null when the sequence is another one, or stands for what would cut the message differently */
    private static @Nullable String characters(String sequence, MessageHeader header, Charset charset) {
        if (sequence.equals("H") || sequence.equals("N")) {
            return "";
        }
        if (FORMATTING.matcher(sequence).matches()) {
            return " ";
        }
        if (!HEXADECIMAL.matcher(sequence).matches()) {
            return null;
        }
        String characters =
                new String(HexFormat.of().parseHex(sequence.substring(1)), charset).replaceAll("[\\r\\n\\t]+", " ");
        String delimiters = header.fieldSeparator() + header.encodingCharacters();
        boolean plain = characters.chars().allMatch(c -> c >= ' ' && delimiters.indexOf(c) < 0);
        return plain ? characters : null;
    }
}
