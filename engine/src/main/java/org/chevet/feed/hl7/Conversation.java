package org.chevet.feed.hl7;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What one sender says, frame after frame, and what it is answered. A frame with one message is answered by that message's
 * acknowledgements, each in a frame of its own. A frame with more in it, or with the header or trailer of a batch, is answered by
 * one frame of the same shape. One frame at a time.
 */
final class Conversation {
    /**
     * What a frame is answered.
     *
     * @param payloads of the frames to send back, none when the sender wants none
     * @param understood whether there was any HL7 in it
     */
    record Answer(List<byte[]> payloads, boolean understood) {
        Answer {
            payloads = List.copyOf(payloads);
        }
    }

    private final AdtFeed feed;
    private final Charset usual;

    /** Where the next message of a batch is taken once the one before is durable: not on the thread that made it so. */
    private final Executor executor;

    private final Batch batch = new Batch();

    Conversation(AdtFeed feed, Charset usual, Executor executor) {
        this.feed = feed;
        this.usual = usual;
        this.executor = executor;
    }

    /** @return never fails but by a bug */
    CompletionStage<Answer> take(byte[] payload) {
        Hl7Payload read = Hl7Payload.read(payload, usual);
        if (read.isOneMessage() && read.parts().getFirst() instanceof Hl7Payload.Part.Message(Hl7Text text)) {
            return feed.receive(text).thenApply(reply -> {
                count(reply);
                return new Answer(reply.encoded(), text.header() != null);
            });
        }
        return new Turn(read.parts().iterator()).start();
    }

    /** A message of which only the beginning was kept. */
    CompletionStage<Answer> takeOversized(byte[] beginning, long bytes, int bytesMax) {
        Hl7Text text = Hl7Text.decode(beginning, usual);
        return feed.receiveOversized(text, bytes, bytesMax).thenApply(reply -> {
            count(reply);
            return new Answer(reply.encoded(), text.header() != null);
        });
    }

    /** Whether a batch was begun and not ended. */
    boolean isInBatch() {
        return batch.isOpen();
    }

    private void count(Reply reply) {
        batch.addMessage(reply.acknowledgements().size());
    }

    /** A frame with several parts, taken in order: one that cannot be understood stops nothing. */
    private final class Turn {
        private final Iterator<Hl7Payload.Part> parts;
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        private final CompletableFuture<Answer> answered = new CompletableFuture<>();
        private boolean understood;

        Turn(Iterator<Hl7Payload.Part> parts) {
            this.parts = parts;
        }

        CompletionStage<Answer> start() {
            goOn();
            return answered;
        }

        /** A loop as long as answers are there at once: a batch may have ten thousand messages that are. */
        private void goOn() {
            try {
                while (parts.hasNext()) {
                    CompletableFuture<Reply> reply = take(parts.next());
                    if (reply != null && !reply.isDone()) {
                        reply.whenCompleteAsync((done, failed) -> finish(reply), executor);
                        return;
                    }
                    if (reply != null) {
                        add(reply.join());
                    }
                }
                answered.complete(
                        new Answer(answer.size() == 0 ? List.of() : List.of(answer.toByteArray()), understood));
            } catch (RuntimeException bug) {
                answered.completeExceptionally(bug);
            }
        }

        private void finish(CompletableFuture<Reply> reply) {
            try {
                add(reply.join());
            } catch (RuntimeException bug) {
                answered.completeExceptionally(bug);
                return;
            }
            goOn();
        }

        private @Nullable CompletableFuture<Reply> take(Hl7Payload.Part part) {
            return switch (part) {
                case Hl7Payload.Part.Message(Hl7Text text) -> {
                    understood |= text.header() != null;
                    yield feed.receive(text).toCompletableFuture();
                }
                case Hl7Payload.Part.Envelope(EnvelopeSegment segment) -> {
                    understood = true;
                    answer.writeBytes(feed.answerEnvelope(batch, segment).getBytes(StandardCharsets.ISO_8859_1));
                    yield null;
                }
            };
        }

        private void add(Reply reply) {
            count(reply);
            reply.encoded().forEach(answer::writeBytes);
        }
    }
}
