package org.chevet.feed.hl7;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.jspecify.annotations.Nullable;

/** Writes acknowledgements in the sender's own delimiters and version (v2.5, 2.9). */
final class Acknowledgement {
    /** What the sender is told. In enhanced mode (MSH-15) the same three are called CA, CE and CR. */
    enum Code {
        /** Done, and durable. */
        ACCEPT('A'),
        /** Wrong, and kept: sending it again as it is will not help. */
        ERROR('E'),
        /** Not done, and not the sender's fault: sending it again may help. */
        REJECT('R');

        private final char letter;

        Code(char letter) {
            this.letter = letter;
        }
    }

    /** MSA-3 holds 80 characters; the whole reason stands in ERR-8. */
    private static final int SHORT_TEXT_CHARS_MAX = 80;

    private static final int ERROR_TEXT_CHARS_MAX = 250;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
    private static final MessageHeader UNKNOWN_SENDER = unknownSender();

    private final MessageHeader header;
    private final char separator;
    private final char component;

    /** @param header of the message answered, null when it had none */
    Acknowledgement(@Nullable MessageHeader header) {
        this.header = header == null ? UNKNOWN_SENDER : header;
        this.separator = this.header.fieldSeparator();
        this.component = this.header.componentSeparator();
    }

    /**
     * @param id its own number
     * @param error what was wrong, null when nothing was
     * @param text why it was rejected, empty otherwise
     */
    String write(Code code, String id, Instant now, ZoneId zone, @Nullable NotUnderstood error, String text) {
        StringBuilder written = new StringBuilder();
        String version = header.field(MessageHeader.VERSION);
        written.append("MSH").append(separator).append(header.encodingCharacters());
        field(written, header.field(MessageHeader.RECEIVING_APPLICATION));
        field(written, header.field(MessageHeader.RECEIVING_FACILITY));
        field(written, header.field(MessageHeader.SENDING_APPLICATION));
        field(written, header.field(MessageHeader.SENDING_FACILITY));
        field(written, TIME.format(now.atZone(zone)));
        field(written, "");
        field(written, header.trigger().isEmpty() ? "ACK" : "ACK" + component + header.trigger() + component + "ACK");
        field(written, id);
        String processing = header.field(MessageHeader.PROCESSING_ID);
        field(written, processing.isEmpty() ? "P" : processing);
        field(written, version.isEmpty() ? "2.5" : version);
        String charset = header.field(MessageHeader.CHARSET);
        if (!charset.isEmpty()) {
            written.append(String.valueOf(separator).repeat(MessageHeader.CHARSET - MessageHeader.VERSION))
                    .append(charset);
        }
        written.append(Hl7Text.SEGMENT_END).append("MSA");
        field(written, (header.wantsAcceptAcknowledgement() ? "C" : "A") + code.letter);
        field(written, header.controlId());
        String reason = error != null ? error.reason() : text;
        if (!reason.isEmpty()) {
            field(written, escaped(reason, SHORT_TEXT_CHARS_MAX));
        }
        written.append(Hl7Text.SEGMENT_END);
        if (error != null) {
            appendError(written, error);
        }
        return written.toString();
    }

    private void appendError(StringBuilder written, NotUnderstood error) {
        written.append("ERR");
        field(written, "");
        field(written, location(error.where()));
        field(written, error.code().number() + "" + component + error.code().words() + component + "HL70357");
        field(written, "E");
        written.append(String.valueOf(separator).repeat(3));
        field(written, escaped(error.reason(), ERROR_TEXT_CHARS_MAX));
        written.append(Hl7Text.SEGMENT_END);
    }

    /** "PV1-19" as segment^occurrence^field. */
    private String location(String where) {
        int dash = where.indexOf('-');
        return dash < 0 ? where : where.substring(0, dash) + component + "1" + component + where.substring(dash + 1);
    }

    private void field(StringBuilder written, String value) {
        written.append(separator).append(value);
    }

    private String escaped(String text, int charsMax) {
        String cut = text.length() <= charsMax ? text : text.substring(0, charsMax - 3) + "...";
        char escape = header.escapeCharacter();
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            int index = header.encodingCharacters().indexOf(c);
            if (c == separator) {
                safe.append(escape).append('F').append(escape);
            } else if (index >= 0 && index < 4) {
                safe.append(escape).append("SRET".charAt(index)).append(escape);
            } else if (c < ' ') {
                safe.append(' ');
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static MessageHeader unknownSender() {
        MessageHeader header = MessageHeader.of("MSH|^~\\&|||||||");
        if (header == null) {
            throw new IllegalStateException("a plain MSH segment is not read");
        }
        return header;
    }
}
