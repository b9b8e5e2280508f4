package org.chevet.simulations.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many histories of one hospital, told apart by their numbers. */
public final class Replications {
    private Replications() {}

    /** One history: starts the simulation with this number, runs it, and says what is wanted of it. */
    @FunctionalInterface
    public interface History<T> {
        T of(FlowSimulation simulation, int replication);
    }

    /**
     * The same results in the same order whatever the number of threads.
     *
     * @throws InterruptedException when the caller is interrupted; no history goes on then
     */
    public static <T> List<T> run(FlowModel model, WhenFull whenFull, int count, int threads, History<T> history)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<List<Numbered<T>>> done = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Numbered<T>>>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(workers.submit(() -> {
                    FlowSimulation simulation = new FlowSimulation(model, whenFull);
                    List<Numbered<T>> own = new ArrayList<>();
                    for (int number = next.getAndIncrement();
                            number < count && !Thread.currentThread().isInterrupted();
                            number = next.getAndIncrement()) {
                        own.add(new Numbered<>(number, history.of(simulation, number)));
                    }
                    return own;
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
