package org.chevet.archive;

import java.util.HexFormat;

/** A state's digest as text: 16 hexadecimal digits. */
final class Digests {
    private Digests() {}

    static String text(long digest) {
        return HexFormat.of().toHexDigits(digest);
    }
}
