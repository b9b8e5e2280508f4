package org.chevet.simulations.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.HospitalWriter;

/**
 * Lives through days in seconds: slice by slice the clock is set to the slice's end, then all that happened in it is told, as the
 * same messages, to the same feeds, without the sockets.
 */
final class Past {
    private static final int ATTEMPTS_MAX = 100;
    private static final int BETWEEN_ATTEMPTS_MILLIS = 50;

    private final HospitalWriter writer;
    private final AdjustableClock clock;
    private final AdtFeed adt;
    private final AdtFeed housekeeping;

    Past(HospitalWriter writer, AdjustableClock clock, AdtFeed adt, AdtFeed housekeeping) {
        this.writer = writer;
        this.clock = clock;
        this.adt = adt;
        this.housekeeping = housekeeping;
    }

    void live(DemoHospital hospital, Instant end) {
        live(hospital, end, (view, deeds) -> {});
    }

    /** @param witness sees what is done, and the view it was decided on */
    void live(DemoHospital hospital, Instant end, BiConsumer<HospitalView, List<Deed>> witness) {
        while (!hospital.nextAt().isAfter(end)) {
            Instant slice = hospital.nextAt().plus(World.SLICE);
            Instant until = slice.isBefore(end) ? slice : end;
            clock.advanceTo(until);
            HospitalView view = writer.view();
            List<Deed> deeds = hospital.until(until, view);
            witness.accept(view, deeds);
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (Deed deed : deeds) {
                if (deed instanceof Deed.Message message) {
                    answers.add(hand(message));
                }
            }
            // The writer takes all of them in this order: to wait once, at the end, is enough.
            answers.addAll(Acts.submit(writer, deeds));
            answers.forEach(CompletableFuture::join);
        }
        clock.advanceTo(end);
    }

    private CompletableFuture<Boolean> hand(Deed.Message message) {
        AdtFeed feed = switch (message.source()) {
            case ADT -> adt;
            case HOUSEKEEPING -> housekeeping;
        };
        return hand(feed, message.text().getBytes(StandardCharsets.UTF_8), ATTEMPTS_MAX);
    }

    private static CompletableFuture<Boolean> hand(AdtFeed feed, byte[] payload, int attempts) {
        return feed.receive(payload)
                .thenCompose(answer -> {
                    boolean taken = MllpClient.isTaken(new String(answer, StandardCharsets.UTF_8));
                    return taken || attempts == 1
                            ? CompletableFuture.completedFuture(taken)
                            : CompletableFuture.supplyAsync(() -> feed, soon())
                                    .thenCompose(again -> hand(again, payload, attempts - 1));
                })
                .toCompletableFuture();
    }

    private static Executor soon() {
        return CompletableFuture.delayedExecutor(BETWEEN_ATTEMPTS_MILLIS, TimeUnit.MILLISECONDS);
    }
}
