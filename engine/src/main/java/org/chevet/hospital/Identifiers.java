package org.chevet.hospital;

/** What every identifier of the domain may look like: it goes into addresses, logs and journal rows as it is. */
public final class Identifiers {
    public static final int IDENTIFIER_CHARS_MAX = 64;

    /** The pattern as it is told to people who wrote an identifier that does not match it. */
    public static final String PATTERN = "[A-Za-z0-9._:-]{1," + IDENTIFIER_CHARS_MAX + "}";

    private Identifiers() {}

    public static boolean isValid(String value) {
        return isValid(value, IDENTIFIER_CHARS_MAX);
    }

    private static boolean isValid(String value, int charsMax) {
        for (int i = 0; i < value.length(); i++) {
            if (!isAllowed(value.charAt(i))) {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= charsMax;
    }

    private static boolean isAllowed(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '.'
                || character == '_'
                || character == ':'
                || character == '-';
    }

    /** @throws IllegalArgumentException naming the kind, the value and what is allowed */
    static void check(String kind, String value) {
        check(kind, value, IDENTIFIER_CHARS_MAX);
    }

    /** @throws IllegalArgumentException naming the kind, the value and what is allowed */
    static void check(String kind, String value, int charsMax) {
        if (!isValid(value, charsMax)) {
            throw new IllegalArgumentException(kind + " '" + value
                    + "' is not an identifier: letters, digits and ._:- only, 1 to " + charsMax + " characters");
        }
    }
}
