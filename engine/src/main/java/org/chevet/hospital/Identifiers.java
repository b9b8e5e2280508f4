package org.chevet.hospital;

import java.util.regex.Pattern;

/** What every identifier of the domain may look like: it goes into addresses, logs and journal rows as it is. */
public final class Identifiers {
    public static final int IDENTIFIER_CHARS_MAX = 64;

    /** The pattern as it is told to people who wrote an identifier that does not match it. */
    public static final String PATTERN = "[A-Za-z0-9._:-]{1," + IDENTIFIER_CHARS_MAX + "}";

    private static final Pattern ALLOWED = Pattern.compile(PATTERN);

    private Identifiers() {}

    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    /** @throws IllegalArgumentException naming the kind, the value and what is allowed */
    static void check(String kind, String value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    kind + " '" + value + "' is not an identifier: letters, digits and ._:- only, 1 to "
                            + IDENTIFIER_CHARS_MAX + " characters");
        }
    }
}
