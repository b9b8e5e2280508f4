package org.chevet.web;

/** Something around Chevet keeps it from starting. The message is for the person who started it. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
