package org.chevet.feed.hl7;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a message is answered, in its sender's own delimiters and version (v2.5, 2.9).
 *
 * <p>In original mode that is one acknowledgement, AA, AE or AR. In enhanced mode, when MSH-15 or MSH-16 is valued, it is up to
 * two: CA once the message is in safe storage, be it applied or in quarantine, then AA or AE with what became of it; CE or CR
 * alone when it is not in safe storage. Each comes on the condition that the sender set: AL, NE, ER or SU.
 */
final class Acknowledgement {
    /** What the sender is told: AA, AE, AR, and CA, CE, CR. */
    enum Code {
        /** Done, and durable. */
        ACCEPT('A'),
        /** Wrong: sending it again as it is will not help. */
        ERROR('E'),
        /** Not done, and not because of what it says: sending it again may help. */
        REJECT('R');

        private final char letter;

        Code(char letter) {
            this.letter = letter;
        }
    }

    /**
     * What became of a message.
     *
     * @param stored whether all of it is in safe storage
     * @param error what is wrong about it, null when nothing is
     * @param text why it was rejected, empty otherwise
     */
    record Verdict(Code code, boolean stored, @Nullable NotUnderstood error, String text) {
        static final Verdict DONE = new Verdict(Code.ACCEPT, true, null, "");

        boolean good() {
            return code == Code.ACCEPT;
        }
    }

    /** MSA-3 holds 80 characters; the whole reason stands in ERR-8. */
    private static final int SHORT_TEXT_CHARS_MAX = 80;

    private static final int ERROR_TEXT_CHARS_MAX = 250;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
    private static final MessageHeader UNKNOWN_SENDER = unknownSender();

    /** HL7 table 0516. */
    private static final String ERROR_SEVERITY = "E";

    private static final String WARNING_SEVERITY = "W";
    private static final int FIELDS_MAX = MessageHeader.CHARSET + 1;

    private final MessageHeader header;
    private final String time;
    private final char separator;
    private final char component;

    /** @param header of the message answered, null when it had none */
    Acknowledgement(@Nullable MessageHeader header, Instant now, ZoneId zone) {
        this.header = header == null ? UNKNOWN_SENDER : header;
        this.time = TIME.format(now.atZone(zone));
        this.separator = this.header.fieldSeparator();
        this.component = this.header.componentSeparator();
    }

    /** Gives each acknowledgement its own number. */
    interface Numbers {
        String next();
    }

    /** The acknowledgements that the sender asked for: none, one or two. */
    List<String> write(Verdict verdict, Numbers numbers) {
        if (header.type().equals("ACK")) {
            // What acknowledges is not acknowledged, or two systems would thank each other for ever.
            return List.of();
        }
        if (!header.isEnhancedMode()) {
            return List.of(write('A', verdict.code(), verdict, ERROR_SEVERITY, numbers.next()));
        }
        List<String> written = new ArrayList<>();
        boolean acceptWanted = isWanted(MessageHeader.ACCEPT_ACKNOWLEDGEMENT, verdict.stored());
        boolean applicationWanted = isWanted(MessageHeader.APPLICATION_ACKNOWLEDGEMENT, verdict.good());
        if (acceptWanted) {
            Code code = verdict.stored() ? Code.ACCEPT : verdict.code();
            // Kept, and not understood: somebody should read why, though nothing is to be sent again.
            boolean said = applicationWanted && verdict.stored();
            Verdict told = said ? Verdict.DONE : verdict;
            written.add(write('C', code, told, verdict.stored() ? WARNING_SEVERITY : ERROR_SEVERITY, numbers.next()));
        }
        if (applicationWanted && (verdict.stored() || !acceptWanted)) {
            written.add(write('A', verdict.code(), verdict, ERROR_SEVERITY, numbers.next()));
        }
        return written;
    }

    /** HL7 table 0155. Where the other one is valued, an empty one means never. */
    private boolean isWanted(int field, boolean good) {
        return switch (header.field(field)) {
            case "", "NE" -> false;
            case "ER" -> !good;
            case "SU" -> good;
            // AL, and what no table has: who asks for something unknown is better answered than left waiting.
            default -> true;
        };
    }

    private String write(char mode, Code code, Verdict verdict, String severity, String id) {
        StringBuilder written = new StringBuilder();
        appendHeader(written, mode, id);
        written.append("MSA");
        field(written, String.valueOf(mode) + code.letter);
        field(written, header.controlId());
        NotUnderstood error = verdict.error();
        String reason = error != null ? error.reason() : verdict.text();
        if (!reason.isEmpty()) {
            field(written, escaped(reason, SHORT_TEXT_CHARS_MAX));
        }
        written.append(Hl7Text.SEGMENT_END);
        if (error != null) {
            appendError(written, error, severity);
        }
        return written.toString();
    }

    private void appendHeader(StringBuilder written, char mode, String id) {
        String trigger = header.trigger();
        String[] fields = new String[FIELDS_MAX];
        Arrays.fill(fields, "");
        fields[MessageHeader.SENDING_APPLICATION] = header.field(MessageHeader.RECEIVING_APPLICATION);
        fields[MessageHeader.SENDING_FACILITY] = header.field(MessageHeader.RECEIVING_FACILITY);
        fields[MessageHeader.RECEIVING_APPLICATION] = header.field(MessageHeader.SENDING_APPLICATION);
        fields[MessageHeader.RECEIVING_FACILITY] = header.field(MessageHeader.SENDING_FACILITY);
        fields[MessageHeader.TIME] = time;
        fields[MessageHeader.MESSAGE_TYPE] =
                trigger.isEmpty() ? "ACK" : "ACK" + component + trigger + component + "ACK";
        fields[MessageHeader.CONTROL_ID] = id;
        fields[MessageHeader.PROCESSING_ID] = orElse(header.field(MessageHeader.PROCESSING_ID), "P");
        fields[MessageHeader.VERSION] = orElse(header.field(MessageHeader.VERSION), "2.5");
        if (mode == 'A' && header.isEnhancedMode()) {
            // It is a message of its own, and wants no answer to itself.
            fields[MessageHeader.ACCEPT_ACKNOWLEDGEMENT] = "NE";
            fields[MessageHeader.APPLICATION_ACKNOWLEDGEMENT] = "NE";
        }
        fields[MessageHeader.CHARSET] = header.field(MessageHeader.CHARSET);
        int last = FIELDS_MAX - 1;
        while (fields[last].isEmpty()) {
            last--;
        }
        written.append("MSH").append(separator).append(header.encodingCharacters());
        for (int i = MessageHeader.SENDING_APPLICATION; i <= last; i++) {
            field(written, fields[i]);
        }
        written.append(Hl7Text.SEGMENT_END);
    }

    private void appendError(StringBuilder written, NotUnderstood error, String severity) {
        written.append("ERR");
        field(written, "");
        field(written, location(error.where()));
        field(written, error.code().number() + "" + component + error.code().words() + component + "HL70357");
        field(written, severity);
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
        return escaped(text.length() <= charsMax ? text : text.substring(0, charsMax - 3) + "...", header);
    }

    /** Text as a field of a message with these delimiters. */
    static String escaped(String text, MessageHeader header) {
        char escape = header.escapeCharacter();
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int index = header.encodingCharacters().indexOf(c);
            if (c == header.fieldSeparator()) {
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

    private static String orElse(String value, String usual) {
        return value.isEmpty() ? usual : value;
    }

    private static MessageHeader unknownSender() {
        MessageHeader header = MessageHeader.of("MSH|^~\\&|||||||");
        if (header == null) {
            throw new IllegalStateException("a plain MSH segment is not read");
        }
        return header;
    }
}
