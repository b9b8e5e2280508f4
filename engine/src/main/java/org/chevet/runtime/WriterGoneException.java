package org.chevet.runtime;

/** A writer has given its hospital up before it did what was asked: another member is to be asked. */
final class WriterGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WriterGoneException() {
        super("the writer has given the hospital up", null, false, false);
    }
}
