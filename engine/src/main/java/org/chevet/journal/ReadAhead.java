package org.chevet.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows on a thread of its own, some thousands ahead of whoever makes use of them on the caller's: the database and what
 * becomes of its rows each take about as long.
 */
final class ReadAhead {
    static final int CHUNK_ROWS = 500;
    private static final int CHUNKS_AHEAD_MAX = 8;

    /** Hands rows over until there are no more. */
    interface Source {
        void read(Consumer<EventRow> reader);
    }

    /** @param failure why nothing follows, null unless reading failed */
    private record Chunk(
            List<EventRow> rows, boolean last, @Nullable RuntimeException failure) {}

    /** Nobody wants the rest. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD_MAX);
    private List<EventRow> rows = new ArrayList<>(CHUNK_ROWS);

    private ReadAhead() {}

    /** Returns once every row was made use of, and throws what either side throws. */
    static void read(Source source, Consumer<EventRow> reader) {
        ReadAhead ahead = new ReadAhead();
        Thread thread =
                Thread.ofPlatform().name("chevet-journal-reader").daemon().start(() -> ahead.produce(source));
        try {
            ahead.consume(reader);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the journal", e);
        } finally {
            thread.interrupt();
        }
    }

    private void consume(Consumer<EventRow> reader) throws InterruptedException {
        Chunk chunk;
        do {
            chunk = chunks.take();
            chunk.rows().forEach(reader::accept);
            if (chunk.failure() != null) {
                throw chunk.failure();
            }
        } while (!chunk.last());
    }

    private void produce(Source source) {
        RuntimeException failure = null;
        try {
            source.read(this::add);
        } catch (Unwanted e) {
            return;
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new IllegalStateException("reading the journal failed", e);
        }
        try {
            hand(true, failure);
        } catch (Unwanted ignored) {
            // Whoever read has thrown something of their own.
        }
    }

    private void add(EventRow row) {
        rows.add(row);
        if (rows.size() == CHUNK_ROWS) {
            hand(false, null);
        }
    }

    private void hand(boolean last, @Nullable RuntimeException failure) {
        try {
            chunks.put(new Chunk(rows, last, failure));
        } catch (InterruptedException e) {
            throw new Unwanted();
        }
        rows = new ArrayList<>(CHUNK_ROWS);
    }
}
