package org.chevet.web;

/**
 * How a hospital's file stands to the hospital as it is served.
 *
 * @param mistakes in the file
 * @param stranded patients whose bed or service would be no more
 */
record LayoutStatus(State state, int mistakes, int stranded) {
    enum State {
        CURRENT,
        /** It says something else, and waits to be applied. */
        WAITING,
        /** It has mistakes: nothing of it is used. */
        WRONG
    }

    static final LayoutStatus CURRENT = new LayoutStatus(State.CURRENT, 0, 0);
}
