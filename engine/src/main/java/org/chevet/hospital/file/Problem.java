package org.chevet.hospital.file;

/**
 * One mistake in a hospital's file.
 *
 * @param path where it is, as {@code services[3].rooms[2].beds[1]}; empty for the file as a whole
 * @param line counted from 1, 0 when the mistake has no place in the text
 * @param column counted from 1, likewise
 * @param message what is wrong, with the value seen
 * @param advice what to write instead
 */
public record Problem(String path, int line, int column, String message, String advice) {
    @Override
    public String toString() {
        String place = line == 0 ? "" : "line " + line + ":" + column + "  ";
        return place + (path.isEmpty() ? "" : path + ": ") + message + ". " + advice;
    }
}
