package org.chevet.feed.hl7;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.chevet.event.MovementKind;
import org.chevet.feed.hl7.AdtMessage.MovementSegment;
import org.chevet.hospital.Identifiers;

/** What a movement is called: by its sender, or, where the sender numbers none, by what no two movements of a stay share. */
final class MovementNumber {
    private static final DateTimeFormatter BASIC_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int UNIT_CHARS_MAX = 24;
    private static final int HASH_BYTES = 4;

    private MovementNumber() {}

    /** ZBE-1. Another authority's number is another movement's (interop: ids are pairs). */
    static String of(MovementSegment segment) {
        return tidy(
                segment.authority().isEmpty() ? segment.id() : segment.id() + "." + segment.authority(),
                Identifiers.IDENTIFIER_CHARS_MAX);
    }

    /**
     * Nature, time and unit (PAM-FR 5.3.2). Not the bed: who gives it later states the same movement again. Not the message's number:
     * the same fact sent twice is one.
     */
    static String of(MovementKind kind, Instant at, String unit) {
        String number = kind.name() + "." + BASIC_TIME.format(at);
        boolean placed = kind == MovementKind.ADMISSION || kind == MovementKind.TRANSFER;
        return placed && !unit.isEmpty() ? number + "." + tidy(unit, UNIT_CHARS_MAX) : number;
    }

    /** Whether the number is one of ours, of a movement of this kind. */
    static boolean isOf(MovementKind kind, String number) {
        return number.startsWith(kind.name() + ".");
    }

    /** As an identifier: what is not allowed in one, or too long, is replaced by a digest that keeps different texts different. */
    static String tidy(String text, int charsMax) {
        String allowed = text.replaceAll("[^A-Za-z0-9._:-]", "_");
        if (allowed.equals(text) && text.length() <= charsMax) {
            return text;
        }
        String digest = "-" + digest(text);
        return allowed.substring(0, Math.min(allowed.length(), charsMax - digest.length())) + digest;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
