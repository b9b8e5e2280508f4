package org.chevet.feed.hl7;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.chevet.event.Origin;
import org.jspecify.annotations.Nullable;

/** A received message, as its answer needs it. */
final class ReceivedMessage {
    private static final int QUARANTINE_ID_BYTES = 8;
    private static final int FINGERPRINT_BYTES = 16;
    private static final int MESSAGE_ID_CHARS_MAX = 199;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private final String feed;
    private final Hl7Text text;
    private final @Nullable MessageHeader header;
    private final boolean whole;
    private final String fingerprint;

    /**
     * @param feed whose it is
     * @param whole false when only the beginning of it was kept
     */
    ReceivedMessage(String feed, Hl7Text text, boolean whole) {
        this.feed = feed;
        this.text = text;
        this.whole = whole;
        this.header = text.header();
        this.fingerprint = fingerprint(text);
    }

    Hl7Text text() {
        return text;
    }

    /** For people and the journal; the acknowledgement repeats the number as it came. */
    String id() {
        String id =
                header == null ? "" : UNPRINTABLE.matcher(header.controlId()).replaceAll("_");
        return id.length() <= MESSAGE_ID_CHARS_MAX ? id : id.substring(0, MESSAGE_ID_CHARS_MAX);
    }

    String trigger() {
        return header == null ? "" : header.trigger();
    }

    Origin.Feed origin() {
        return new Origin.Feed(feed, id());
    }

    /**
     * The same for a message sent again: who sent it, its number, and what it says. The number alone would do if no sender
     * ever began counting anew; then a new message would be taken for an old one, answered AA, and lost.
     */
    String key() {
        return feed + ":" + fingerprint;
    }

    String quarantineId() {
        return "Q-" + fingerprint.substring(0, 2 * QUARANTINE_ID_BYTES);
    }

    boolean whole() {
        return whole;
    }

    @Nullable
    MessageHeader header() {
        return header;
    }

    private static String fingerprint(Hl7Text text) {
        MessageHeader header = text.header();
        // MSH-7 may be the time of sending, which differs when the same message is sent again.
        String said = header == null
                ? text.text()
                : String.join(
                                "\n",
                                header.field(MessageHeader.SENDING_APPLICATION),
                                header.field(MessageHeader.SENDING_FACILITY),
                                header.controlId(),
                                header.field(MessageHeader.MESSAGE_TYPE))
                        + text.segments().subList(1, text.segments().size());
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8)),
                            0,
                            FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
