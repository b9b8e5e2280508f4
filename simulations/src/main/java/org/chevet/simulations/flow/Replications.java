package org.chevet.simulations.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Many histories of one hospital, told apart by their numbers. At the flow level and at the full one. */
public final class Replications {
    private Replications() {}

    /**
     * One history: runs the simulation with this number, and says what is wanted of it.
     *
     * @param <S> what a thread needs to simulate
     */
    @FunctionalInterface
    public interface History<S, T> {
        T of(S simulation, int replication);
    }

    /**
     * The same results in the same order whatever the number of threads.
     *
     * @param simulation makes one for each thread
     * @throws InterruptedException when the caller is interrupted; no history goes on then
     */
    public static <S, T> List<T> run(Supplier<S> simulation, int count, int threads, History<S, T> history)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<List<Numbered<T>>> done = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Numbered<T>>>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(workers.submit(() -> {
                    S own = simulation.get();
                    List<Numbered<T>> results = new ArrayList<>();
                    for (int number = next.getAndIncrement();
                            number < count && !Thread.currentThread().isInterrupted();
                            number = next.getAndIncrement()) {
                        results.add(new Numbered<>(number, history.of(own, number)));
                    }
                    return results;
                }));
            }
            try {
                for (Future<List<Numbered<T>>> worker : running) {
                    done.add(worker.get());
                }
            } catch (InterruptedException interrupted) {
                workers.shutdownNow();
                throw interrupted;
            } catch (ExecutionException failure) {
                workers.shutdownNow();
                throw new IllegalStateException("a replication failed", failure.getCause());
            }
        }
        return done.stream()
                .flatMap(List::stream)
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .map(Numbered::result)
                .toList();
    }

    private record Numbered<T>(int number, T result) {}
}
