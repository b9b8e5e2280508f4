package org.chevet.simulations.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chevet.event.Origin;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.Answer;
import org.chevet.runtime.HospitalAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets happen in a drill what nobody plays, by the same commands as players: it looks at the drill several times a second and does what is
 * due by the drill's clock. A thread of its own; it holds nothing that a restart could lose.
 */
public final class DrillPlayer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DrillPlayer.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** What was refused may be possible later. What is done already is due again when a player has taken it back, and stays so. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final HospitalAccess drill;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final OrdinaryLife ordinary = new OrdinaryLife();
    private final Map<String, Long> futileNanos = new HashMap<>();
    private final Thread thread;

    private DrillPlayer(HospitalAccess drill) {
        this.drill = drill;
        thread = Thread.ofVirtual().name("chevet-drill-" + drill.id()).unstarted(this::play);
    }

    public static DrillPlayer start(HospitalAccess drill) {
        DrillPlayer player = new DrillPlayer(drill);
        player.thread.start();
        return player;
    }

    private void play() {
        try {
            do {
                step();
            } while (!stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        try {
            HospitalView view = drill.view();
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (Deed deed : Unplayed.due(view, ordinary, drill.clock().now())) {
                if (mayTry(deed)) {
                    answers.add(submit(deed).thenAccept(answer -> answered(deed, answer)));
                }
            }
            answers.forEach(CompletableFuture::join);
        } catch (RuntimeException e) { // the loop's edge
            LOG.error(
                    "drill {}: what nobody plays did not happen: {}",
                    drill.id(),
                    e.getClass().getSimpleName());
        }
    }

    private CompletableFuture<Answer> submit(Deed deed) {
        return switch (deed) {
            case Deed.Act act -> drill.submit(act.act(), act.actor(), act.key());
            case Deed.Facts facts ->
                drill.report(facts.facts(), new Origin.Feed(Unplayed.SOURCE, facts.key()), facts.key());
        };
    }

    private synchronized boolean mayTry(Deed deed) {
        Long futile = futileNanos.get(deed.key());
        return futile == null || System.nanoTime() - futile > AGAIN_AFTER.toNanos();
    }

    private synchronized void answered(Deed deed, Answer answer) {
        if (answer instanceof Answer.Done done && !done.repeated()) {
            futileNanos.remove(deed.key());
        } else {
            futileNanos.put(deed.key(), System.nanoTime());
        }
    }

    /** Does nothing more once it returns. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
