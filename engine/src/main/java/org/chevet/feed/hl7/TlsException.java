package org.chevet.feed.hl7;

import java.util.List;

/** The files for TLS cannot be used. */
public final class TlsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TlsException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
