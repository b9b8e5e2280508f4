package org.chevet.feed.hl7;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into MLLP frames: {@code 0x0B payload 0x1C 0x0D}. Pulled, not pushed: it keeps one chunk and one
 * frame, never a queue of frames, so a sender that does not wait for its acknowledgements costs no memory. Owned by one
 * connection's thread.
 */
final class MllpFrames {
    static final byte START = 0x0B;
    static final byte END = 0x1C;
    static final byte CARRIAGE_RETURN = 0x0D;

    /** How much of a message that is too long is kept, so that someone can see whose it was. */
    static final int OVERSIZED_HEAD_BYTES_MAX = 4096;

    private static final int INITIAL_BYTES = 1024;
    private static final byte[] NOTHING = {};

    /** @param length of the whole payload, of which {@code payload} is only the beginning when it was too long */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Frame(byte[] payload, long length, boolean oversized) {}

    private enum State {
        OUTSIDE,
        INSIDE,
        /** After an END byte that a carriage return should follow. */
        ENDING
    }

    private final int frameBytesMax;

    private State state = State.OUTSIDE;
    private byte[] chunk = NOTHING;
    private int position;
    private byte[] payload = NOTHING;
    private long length;
    private long skippedBytes;

    MllpFrames(int frameBytesMax) {
        this.frameBytesMax = frameBytesMax;
    }

    /** Takes the bytes read next; those before must have been pulled out first. */
    void offer(byte[] bytes) {
        if (position < chunk.length) {
            throw new IllegalStateException((chunk.length - position) + " bytes were not pulled out yet");
        }
        chunk = bytes;
        position = 0;
    }

    /** The next whole frame, null when more bytes must come first. */
    @Nullable
    Frame next() {
        while (position < chunk.length) {
            byte value = chunk[position++];
            switch (state) {
                case OUTSIDE -> outside(value);
                case INSIDE -> inside(value);
                case ENDING -> {
                    if (value == CARRIAGE_RETURN) {
                        state = State.OUTSIDE;
                        return finished();
                    }
                    if (value == START) {
                        // A sender that leaves the carriage return out has begun its next message.
                        position--;
                        state = State.OUTSIDE;
                        return finished();
                    }
                    keep(END);
                    state = State.INSIDE;
                    inside(value);
                }
            }
        }
        chunk = NOTHING;
        position = 0;
        return null;
    }

    /** Bytes that belonged to no whole frame. */
    long skippedBytes() {
        return skippedBytes;
    }

    /** Whether a frame has begun and not ended. */
    boolean isInside() {
        return state != State.OUTSIDE;
    }

    /** How much memory is held: what was read and not pulled out, and the frame that is not whole yet. */
    int bufferedBytes() {
        return chunk.length + payload.length;
    }

    private void outside(byte value) {
        if (value == START) {
            state = State.INSIDE;
            length = 0;
        } else if (value != CARRIAGE_RETURN && value != '\n') {
            skippedBytes++;
        }
    }

    private void inside(byte value) {
        if (value == END) {
            state = State.ENDING;
        } else if (value == START) {
            // The sender began again without ending: what came of the first attempt is not a message.
            skippedBytes += length + 1;
            length = 0;
        } else {
            keep(value);
        }
    }

    private void keep(byte value) {
        if (length < frameBytesMax) {
            if (length == payload.length) {
                payload = Arrays.copyOf(payload, Math.min(frameBytesMax, Math.max(INITIAL_BYTES, payload.length * 2)));
            }
            payload[(int) length] = value;
        }
        length++;
    }

    private Frame finished() {
        boolean oversized = length > frameBytesMax;
        int kept = (int) (oversized ? Math.min(OVERSIZED_HEAD_BYTES_MAX, frameBytesMax) : length);
        Frame frame = new Frame(Arrays.copyOf(payload, kept), length, oversized);
        payload = NOTHING;
        length = 0;
        return frame;
    }
}
