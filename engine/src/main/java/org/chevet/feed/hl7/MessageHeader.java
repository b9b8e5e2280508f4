package org.chevet.feed.hl7;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The MSH segment, read by hand: its encoding must be known before the message can be decoded, and an acknowledgement must be
 * possible for a message that no parser accepts. FHS and BHS begin with the same fields.
 *
 * @param fields raw, by number; 0 is the segment's name
 */
record MessageHeader(char fieldSeparator, String encodingCharacters, List<String> fields) {
    static final int SENDING_APPLICATION = 3;
    static final int SENDING_FACILITY = 4;
    static final int RECEIVING_APPLICATION = 5;
    static final int RECEIVING_FACILITY = 6;
    static final int TIME = 7;
    static final int MESSAGE_TYPE = 9;
    static final int CONTROL_ID = 10;
    static final int PROCESSING_ID = 11;
    static final int VERSION = 12;
    static final int ACCEPT_ACKNOWLEDGEMENT = 15;
    static final int APPLICATION_ACKNOWLEDGEMENT = 16;
    static final int CHARSET = 18;

    private static final List<String> NAMES = List.of("MSH", "FHS", "BHS");

    private static final String USUAL_DELIMITERS = "^~\\&";

    private static final int FIRST_FIELD_AT = 4;

    /** The standard's own last one is MSH-25. */
    private static final int FIELDS_MAX = 32;

    MessageHeader {
        fields = List.copyOf(fields);
    }

    /** @return null when this is no header */
    static @Nullable MessageHeader of(String segment) {
        if (segment.length() <= FIRST_FIELD_AT || !NAMES.contains(segment.substring(0, FIRST_FIELD_AT - 1))) {
            return null;
        }
        char separator = segment.charAt(FIRST_FIELD_AT - 1);
        if (Character.isLetterOrDigit(separator) || Character.isWhitespace(separator)) {
            return null;
        }
        // MSH-1 is the separator itself: put it in, so that numbers agree with the standard's.
        List<String> fields = new ArrayList<>();
        fields.add(segment.substring(0, FIRST_FIELD_AT - 1));
        fields.add(String.valueOf(separator));
        int from = FIRST_FIELD_AT;
        while (fields.size() < FIELDS_MAX) {
            int to = segment.indexOf(separator, from);
            fields.add(to < 0 ? segment.substring(from) : segment.substring(from, to));
            if (to < 0) {
                break;
            }
            from = to + 1;
        }
        return new MessageHeader(separator, fields.get(2), fields);
    }

    String field(int number) {
        return number < fields.size() ? fields.get(number).strip() : "";
    }

    /** The component of the field's first repetition, 1 being the first. */
    String component(int number, int component) {
        String first = upTo(field(number), encodingCharacter(1), 1);
        return upTo(first, componentSeparator(), component);
    }

    /** The message with all four delimiters in MSH-2: parsers read on into MSH-3 where some are left out. */
    String withAllDelimiters(String message) {
        if (encodingCharacters.length() >= USUAL_DELIMITERS.length()) {
            return message;
        }
        return message.substring(0, FIRST_FIELD_AT)
                + encodingCharacters
                + USUAL_DELIMITERS.substring(encodingCharacters.length())
                + message.substring(FIRST_FIELD_AT + encodingCharacters.length());
    }

    char componentSeparator() {
        return encodingCharacter(0);
    }

    char escapeCharacter() {
        return encodingCharacter(2);
    }

    char subcomponentSeparator() {
        return encodingCharacter(3);
    }

    String controlId() {
        return field(CONTROL_ID);
    }

    /** ADT, ORU, … */
    String type() {
        return component(MESSAGE_TYPE, 1);
    }

    /** A01, … */
    String trigger() {
        return component(MESSAGE_TYPE, 2);
    }

    /** Whether the sender asks for the two acknowledgements of enhanced mode (v2.5, 2.9.2). */
    boolean isEnhancedMode() {
        return !field(ACCEPT_ACKNOWLEDGEMENT).isEmpty()
                || !field(APPLICATION_ACKNOWLEDGEMENT).isEmpty();
    }

    private char encodingCharacter(int index) {
        return (encodingCharacters.length() > index ? encodingCharacters : USUAL_DELIMITERS).charAt(index);
    }

    private static String upTo(String text, char separator, int part) {
        int from = 0;
        for (int i = 1; i < part; i++) {
            int at = text.indexOf(separator, from);
            if (at < 0) {
                return "";
            }
            from = at + 1;
        }
        int to = text.indexOf(separator, from);
        return to < 0 ? text.substring(from) : text.substring(from, to);
    }
}
