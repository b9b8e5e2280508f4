package org.chevet.feed.hl7;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.chevet.feed.hl7.DoorFigures.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sender. What it sends is taken strictly one frame after the other: the next is looked at once the answer to the one before is
 * written, and no more is read from the socket until then. Owned by its event loop's thread, but for what is volatile.
 */
final class MllpConnection {
    private static final Logger LOG = LoggerFactory.getLogger(MllpConnection.class);

    /** No moment: nothing is being waited for. */
    private static final long NEVER = Long.MIN_VALUE;

    private final AdtFeed feed;
    private final MllpLimits limits;
    private final DoorFigures figures;
    private final Context context;
    private final NetSocket socket;
    private final Runnable whenFull;
    private final MllpFrames frames;
    private final Conversation conversation;
    private long skippedBefore;
    private long noiseBytes;
    private int takenBytes;
    private boolean taking;
    private boolean ended;
    private volatile int bufferedBytes;
    private volatile long frameSinceNanos = NEVER;
    private volatile long answerSinceNanos = NEVER;
    private volatile boolean closed;

    /** @param whenFull called when all connections together hold too much */
    MllpConnection(AdtFeed feed, MllpLimits limits, Context context, NetSocket socket, Runnable whenFull) {
        this.feed = feed;
        this.limits = limits;
        this.figures = feed.door();
        this.context = context;
        this.socket = socket;
        this.whenFull = whenFull;
        this.frames = new MllpFrames(limits.frameBytesMax());
        this.conversation = feed.conversation(task -> context.runOnContext(now -> task.run()));
    }

    void open(Runnable whenClosed) {
        socket.exceptionHandler(
                broken -> LOG.info("feed {} lost {}: {}", feed.name(), socket.remoteAddress(), broken.toString()));
        socket.closeHandler(gone -> {
            closed = true;
            account();
            countSkipped();
            if (conversation.isInBatch()) {
                figures.batchMismatch();
                LOG.warn("feed {}: {} left in the middle of a batch", feed.name(), socket.remoteAddress());
            }
            whenClosed.run();
        });
        socket.handler(this::read);
        SocketEnds.onLastByte(socket, () -> {
            ended = true;
            closeIfSaid();
        });
    }

    /** What it holds for a frame that is not answered yet. */
    int bufferedBytes() {
        return bufferedBytes;
    }

    /** Closes it when it takes too long. From any thread. */
    void check(long nowNanos) {
        if (isOver(frameSinceNanos, limits.frameSecondsMax(), nowNanos)) {
            close(Count.CLOSED_SLOW, "a frame took longer than frameSecondsMax " + limits.frameSecondsMax());
        } else if (isOver(answerSinceNanos, limits.answerSecondsMax(), nowNanos)) {
            close(Count.CLOSED_SLOW, "an answer was not read within answerSecondsMax " + limits.answerSecondsMax());
        }
    }

    /** From any thread. At once from that of the connections, so that no other is read before what this one holds is given back. */
    @SuppressWarnings("ReferenceEquality")
    void close(Count why, String reason) {
        if (Vertx.currentContext() == context) {
            closeNow(why, reason);
        } else {
            context.runOnContext(now -> closeNow(why, reason));
        }
    }

    private void closeNow(Count why, String reason) {
        if (!closed) {
            closed = true;
            figures.count(why);
            account();
            LOG.warn("feed {} closes {}: {}", feed.name(), socket.remoteAddress(), reason);
            SocketEnds.closeAtOnce(socket);
        }
    }

    private void read(Buffer bytes) {
        if (closed) {
            return;
        }
        figures.add(Count.BYTES, bytes.length());
        taking = true;
        frames.offer(bytes.getBytes());
        socket.pause();
        takeNext();
    }

    private void takeNext() {
        if (closed) {
            return;
        }
        MllpFrames.Frame frame = frames.next();
        countSkipped();
        if (noiseBytes > limits.noiseBytesMax()) {
            close(
                    Count.CLOSED_NOISE,
                    noiseBytes + " bytes belong to no message, noiseBytesMax is " + limits.noiseBytesMax());
            return;
        }
        takenBytes = frame == null ? 0 : frame.payload().length;
        account();
        if (closed) {
            return;
        }
        if (frame == null) {
            if (!frames.isInside()) {
                frameSinceNanos = NEVER;
            } else if (frameSinceNanos == NEVER) {
                frameSinceNanos = System.nanoTime();
            }
            taking = false;
            socket.resume();
            closeIfSaid();
            return;
        }
        frameSinceNanos = NEVER;
        figures.count(Count.FRAMES);
        Future.fromCompletionStage(take(frame), context)
                .compose(answer -> {
                    noiseBytes = answer.understood() ? 0 : noiseBytes + frame.length();
                    return send(answer.payloads());
                })
                // Not called from here: thousands of small messages in one read would nest as deep.
                .onSuccess(sent -> context.runOnContext(next -> takeNext()))
                .onFailure(failure -> {
                    // Not acknowledged: the sender will send it again, and it will be recognised.
                    LOG.warn(
                            "feed {} could not answer {}: {}", feed.name(), socket.remoteAddress(), failure.toString());
                    socket.close();
                });
    }

    /** Once the sender has said its last and was answered. What was read ahead of the end comes first: it is a task before this one. */
    private void closeIfSaid() {
        if (ended && !closed) {
            context.runOnContext(read -> context.runOnContext(then -> {
                if (!taking) {
                    socket.close();
                }
            }));
        }
    }

    private CompletionStage<Conversation.Answer> take(MllpFrames.Frame frame) {
        if (frame.oversized()) {
            figures.count(Count.OVERSIZED_FRAMES);
            return conversation.takeOversized(frame.payload(), frame.length(), limits.frameBytesMax());
        }
        return conversation.take(frame.payload());
    }

    private Future<Void> send(List<byte[]> payloads) {
        if (payloads.isEmpty()) {
            return Future.succeededFuture();
        }
        Buffer framed = Buffer.buffer();
        for (byte[] payload : payloads) {
            framed.appendByte(MllpFrames.START)
                    .appendBytes(payload)
                    .appendByte(MllpFrames.END)
                    .appendByte(MllpFrames.CARRIAGE_RETURN);
        }
        answerSinceNanos = System.nanoTime();
        return socket.write(framed).onSuccess(written -> answerSinceNanos = NEVER);
    }

    private void account() {
        int held = closed ? 0 : frames.bufferedBytes() + takenBytes;
        int more = held - bufferedBytes;
        bufferedBytes = held;
        if (more != 0 && figures.buffered(more) > limits.bufferedBytesMax() && more > 0) {
            whenFull.run();
        }
    }

    private void countSkipped() {
        long skipped = frames.skippedBytes() - skippedBefore;
        if (skipped > 0) {
            skippedBefore = frames.skippedBytes();
            noiseBytes += skipped;
            figures.add(Count.SKIPPED_BYTES, skipped);
            LOG.debug("feed {} skipped {} bytes from {}", feed.name(), skipped, socket.remoteAddress());
        }
    }

    private static boolean isOver(long sinceNanos, int secondsMax, long nowNanos) {
        return sinceNanos != NEVER && nowNanos - sinceNanos > TimeUnit.SECONDS.toNanos(secondsMax);
    }
}
