package org.chevet.web;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.chevet.event.Origin;
import org.chevet.forecast.FlowLaws;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.chevet.simulations.future.Futures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Futures that people asked for, with and without a measure: drawn one question after the other, on threads of their own, half of the machine's. A person
 * has one question at a time: another one stops the first. What was asked is this process' own and is forgotten when it stops. Thread-safe.
 */
final class FuturesDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FuturesDesk.class);

    /** Questions that wait or are being answered at once. */
    static final int OPEN_MAX = 8;

    /** Answers that can still be read; the oldest are forgotten. */
    static final int KEPT_MAX = 32;

    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    private final ThreadPoolExecutor runner = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("chevet-futures").factory());

    /** By id, the oldest first. */
    private final Map<String, Asked> asked = new LinkedHashMap<>();

    /** One question, and its answer once it has one. */
    static final class Asked {
        private final String id = UUID.randomUUID().toString();
        private final HospitalId hospital;
        private final Origin.Person by;
        private final long seed;
        private final AtomicInteger done = new AtomicInteger();
        private State state = State.WAITING;
        private @Nullable String result;

        /** Who draws, and may be interrupted: not while the hospital's journal is read. */
        private @Nullable Thread drawing;

        Asked(HospitalId hospital, Origin.Person by, long seed) {
            this.hospital = hospital;
            this.by = by;
            this.seed = seed;
        }

        String id() {
            return id;
        }

        synchronized String json() {
            return FuturesJson.asked(id, state, done.get(), seed, result);
        }

        private synchronized void cancel() {
            if (isOpen()) {
                state = State.CANCELLED;
                if (drawing != null) {
                    drawing.interrupt();
                }
            }
        }

        private synchronized boolean isOpen() {
            return state == State.WAITING || state == State.RUNNING;
        }

        private synchronized boolean begin() {
            boolean open = isOpen();
            if (open) {
                state = State.RUNNING;
            }
            return open;
        }

        private synchronized boolean beginDrawing() {
            boolean open = isOpen();
            drawing = open ? Thread.currentThread() : null;
            return open;
        }

        /** Whoever cancels from now on is too late to interrupt. */
        private synchronized void endDrawing() {
            drawing = null;
            Thread.interrupted();
        }

        private synchronized void end(State ended, @Nullable String answer) {
            if (isOpen()) {
                state = ended;
                result = answer;
            }
        }
    }

    /** What is still to be done for a question. */
    private record Task(Asked question, Outlook outlook, List<WhatIf> plans) implements Runnable {
        @Override
        public void run() {
            answer(question, outlook, plans);
        }
    }

    /**
     * @param given what happens with and without the measures
     * @return null when as many are open as there may be
     */
    synchronized @Nullable Asked ask(Outlook outlook, Origin.Person by, WhatIf given, WhatIf measured, long seed) {
        asked.values().stream().filter(former -> former.by.equals(by)).forEach(this::cancel);
        asked.values().removeIf(former -> former.by.equals(by));
        if (runner.isShutdown() || asked.values().stream().filter(Asked::isOpen).count() >= OPEN_MAX) {
            return null;
        }
        Iterator<Asked> oldest = asked.values().iterator();
        while (asked.size() >= KEPT_MAX && oldest.hasNext()) {
            if (!oldest.next().isOpen()) {
                oldest.remove();
            }
        }
        Asked question = new Asked(outlook.hospital().id(), by, seed);
        asked.put(question.id, question);
        runner.execute(new Task(question, outlook, List.of(given, measured)));
        return question;
    }

    /** Does nothing when it is over. */
    void cancel(Asked question) {
        question.cancel();
        // Otherwise whoever asks and cancels fills the queue behind a long answer.
        runner.getQueue().removeIf(waiting -> waiting instanceof Task task && task.question.equals(question));
    }

    /** Null when nobody asked that of the hospital, or it was forgotten. */
    synchronized @Nullable Asked find(HospitalId hospital, String id) {
        Asked found = asked.get(id);
        return found != null && found.hospital.equals(hospital) ? found : null;
    }

    private static void answer(Asked question, Outlook outlook, List<WhatIf> plans) {
        if (!question.begin()) {
            return;
        }
        try {
            ForecastDesk.Taught taught = outlook.taught(plans);
            FlowLaws laws = taught == null ? null : taught.laws();
            if (taught != null) {
                question.end(
                        State.DONE,
                        laws == null
                                ? FuturesJson.tooLittleHistory(taught)
                                : FuturesJson.compared(taught, laws, draw(question, laws)));
            }
        } catch (InterruptedException cancelled) {
            question.end(State.CANCELLED, null);
        } catch (JournalException away) {
            LOG.warn("hospital {}: no futures can be drawn: {}", question.hospital, away.detail());
        } catch (RuntimeException failure) { // the thread's edge
            LOG.error("hospital {}: futures with seed {} failed", question.hospital, question.seed, failure);
        } finally {
            // Whatever it was that went wrong, nobody waits for it any more.
            question.end(State.FAILED, null);
        }
    }

    private static Futures.Compared draw(Asked question, FlowLaws laws) throws InterruptedException {
        if (!question.beginDrawing()) {
            throw new InterruptedException("cancelled before it began");
        }
        try {
            return Futures.compare(laws, question.seed, THREADS, question.done::incrementAndGet);
        } finally {
            question.endDrawing();
        }
    }

    @Override
    public synchronized void close() {
        asked.values().forEach(Asked::cancel);
        runner.shutdown();
    }
}
