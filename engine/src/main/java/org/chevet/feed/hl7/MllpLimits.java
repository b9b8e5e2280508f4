package org.chevet.feed.hl7;

/**
 * How much one feed's door takes.
 *
 * @param frameBytesMax how long a message or batch may be; a longer one is answered with an error, its beginning is kept
 * @param connectionsMax how many senders may be connected at once; one more is closed at once
 * @param idleSecondsMax after how long without a byte a connection is taken for dead, 0 for never
 * @param frameSecondsMax how long the bytes of one frame may keep coming; then the connection is closed
 * @param answerSecondsMax how long a sender may leave an answer unread; then the connection is closed
 * @param noiseBytesMax how many bytes in a row may belong to no HL7 message; then the connection is closed
 * @param bufferedBytesMax how much memory all unfinished frames together may hold; then the connection with the most is closed
 */
public record MllpLimits(
        int frameBytesMax,
        int connectionsMax,
        int idleSecondsMax,
        int frameSecondsMax,
        int answerSecondsMax,
        int noiseBytesMax,
        int bufferedBytesMax) {
    public static final MllpLimits DEFAULT = new MllpLimits(1 << 20, 500, 3_600, 60, 60, 1 << 16, 64 << 20);

    public MllpLimits {
        if (frameBytesMax < 1
                || connectionsMax < 1
                || idleSecondsMax < 0
                || frameSecondsMax < 1
                || answerSecondsMax < 1
                || noiseBytesMax < 1
                || bufferedBytesMax < 1) {
            throw new IllegalArgumentException("limits of an MLLP door are at least 1, idleSecondsMax 0; these are "
                    + "frameBytesMax " + frameBytesMax + ", connectionsMax " + connectionsMax + ", idleSecondsMax "
                    + idleSecondsMax + ", frameSecondsMax " + frameSecondsMax + ", answerSecondsMax "
                    + answerSecondsMax + ", noiseBytesMax " + noiseBytesMax + ", bufferedBytesMax "
                    + bufferedBytesMax);
        }
    }
}
