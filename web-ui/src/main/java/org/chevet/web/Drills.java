package org.chevet.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.chevet.archive.JournalFork;
import org.chevet.event.Author;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Inject;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.SimulatedRole;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.simulations.demo.Demo;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.drill.DrillPlayer;
import org.chevet.simulations.drill.DrillScenario;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drills of this process: opened from the past of a hospital, which is copied and otherwise only read, shown beside the real ones,
 * and forgotten when they are over. Thread-safe.
 *
 * <p>A drill is this process' own. In a cluster the other members do not serve it, and after a restart of its member nobody does: its
 * journal stays. A process that is alone opens its drills again, each paused where it was.
 */
final class Drills implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drills.class);

    /** Drills that are open or being opened at once. */
    static final int DRILLS_MAX = 10;

    /**
     * One that is being opened.
     *
     * @param copied events of its past
     * @param toCopy of how many, 0 while that is not known
     * @param failure why it is not, null while it is
     */
    record Opening(
            HospitalId id,
            String title,
            long copied,
            long toCopy,
            @Nullable String failure) {}

    /**
     * What a drill is to begin from.
     *
     * @param source null for an invented hospital
     * @param at the minute whose state it begins in, null for now
     */
    record Start(@Nullable LiveHospital source, @Nullable Instant at) {}

    private final Journal journal;
    private final Engine engine;
    private final Hospitals hospitals;
    private final Feeds feeds;
    private final boolean alone;
    private final Map<HospitalId, Opening> openings = new LinkedHashMap<>();
    private final Map<HospitalId, DrillPlayer> players = new LinkedHashMap<>();
    private boolean closed;

    /** @param alone whether this process is in no cluster */
    Drills(Journal journal, Engine engine, Hospitals hospitals, Feeds feeds, boolean alone) {
        this.journal = journal;
        this.engine = engine;
        this.hospitals = hospitals;
        this.feeds = feeds;
        this.alone = alone;
    }

    /** Shows those again that were open when Chevet stopped. What is left of a copy that was cut off is thrown away. Blocks. */
    void reopen() {
        if (!alone) {
            return;
        }
        for (HospitalId id : journal.hospitals()) {
            if (!id.isDrill()) {
                continue;
            }
            try {
                if (JournalFork.isWhole(journal, id)) {
                    Recorded last = journal.find(id, journal.lastSequence(id));
                    show(id, last == null ? Instant.now() : last.recordedAt(), null, null);
                } else {
                    journal.forgetDrill(id);
                    LOG.warn("drill {}: the copy of its past had been cut off; it is thrown away", id);
                }
            } catch (JournalException broken) {
                // A real hospital is not to wait for it.
                LOG.error("drill {} cannot be opened: {}", id, broken.getMessage());
            }
        }
    }

    synchronized List<Opening> openings() {
        return List.copyOf(openings.values());
    }

    /**
     * Begins to open one; {@link #openings} tells how that goes on.
     *
     * @return its id, null when there are as many as there may be
     */
    synchronized @Nullable HospitalId open(
            String title, Start start, @Nullable DrillScenario scenario, Author director, long seed) {
        openings.values().removeIf(opening -> opening.failure() != null);
        long open = hospitals.all().stream().filter(LiveHospital::isDrill).count();
        if (closed || open + openings.size() >= DRILLS_MAX) {
            return null;
        }
        LiveHospital source = start.source();
        HospitalId id = freshId(source == null ? DemoLayout.read().id() : source.id());
        openings.put(id, new Opening(id, title, 0, 0, null));
        Thread.ofVirtual().name("chevet-drill-" + id).start(() -> {
            try {
                if (source == null) {
                    invent(id, title, scenario, director, seed);
                } else {
                    fork(id, title, source, start.at(), scenario, director, seed);
                }
                told(id, null);
            } catch (RuntimeException failure) { // the thread's edge
                LOG.error("drill {} cannot be opened", id, failure);
                forget(id);
                told(id, new Opening(id, title, 0, 0, String.valueOf(failure.getMessage())));
            }
        });
        return id;
    }

    private HospitalId freshId(HospitalId source) {
        TreeSet<HospitalId> taken = new TreeSet<>(journal.hospitals());
        int number = 1;
        while (taken.contains(source.drill(number)) || openings.containsKey(source.drill(number))) {
            number++;
        }
        return source.drill(number);
    }

    private synchronized void told(HospitalId id, @Nullable Opening opening) {
        if (opening == null) {
            openings.remove(id);
        } else {
            openings.put(id, opening);
        }
    }

    private void fork(
            HospitalId id,
            String title,
            LiveHospital source,
            @Nullable Instant at,
            @Nullable DrillScenario scenario,
            Author director,
            long seed) {
        Instant now = source.writer().clock().now();
        Instant from = at == null || at.isAfter(now) ? now : at;
        long upTo = at == null ? source.view().sequence() : JournalFork.lastSequenceAt(journal, source.id(), from);
        if (upTo == 0) {
            throw new IllegalStateException("hospital " + source.id() + " had no event yet at " + from);
        }
        told(id, new Opening(id, title, 0, upTo, null));
        JournalFork.copy(
                journal, source.id(), upTo, id, copied -> told(id, new Opening(id, title, copied, upTo, null)));
        show(id, from, new Drill(title, source.id(), upTo, idOf(scenario), seed, director), scenario);
    }

    /** The hospital of the demo, after a past that is lived through in seconds. */
    private void invent(HospitalId id, String title, @Nullable DrillScenario scenario, Author director, long seed) {
        Hospital hospital = JournalFork.of(DemoLayout.read(), id);
        Instant beginning = Demo.beginning(Instant.now(), hospital.zone());
        AdjustableClock clock = new AdjustableClock(beginning, 1);
        HospitalWriter writer = engine.open(hospital, clock);
        AdtFeedOptions options = AdtFeedOptions.defaults();
        Demo.liveThroughPast(
                writer, clock, new AdtFeed("ADT", writer, options), new AdtFeed("BIONETTOYAGE", writer, options), seed);
        long lived = writer.view().sequence();
        engine.close(id);
        show(id, clock.now(), new Drill(title, null, lived, idOf(scenario), seed, director), scenario);
    }

    private static @Nullable String idOf(@Nullable DrillScenario scenario) {
        return scenario == null ? null : scenario.id();
    }

    /** What is left of one that did not come to be. */
    private void forget(HospitalId id) {
        try {
            engine.close(id);
            journal.forgetDrill(id);
        } catch (RuntimeException failure) {
            LOG.warn("drill {}: what is left of it is thrown away at the next start", id, failure);
        }
    }

    /** @param begins null for one that has begun before */
    private void show(HospitalId id, Instant now, @Nullable Drill begins, @Nullable DrillScenario scenario) {
        AdjustableClock clock = new AdjustableClock(now, 1);
        // Who directs it lets it begin, and go on after a restart.
        clock.pause();
        HospitalWriter writer = engine.openDrill(id, clock, begins);
        if (writer.view().drill() == null) {
            // An invented past that was cut off.
            forget(id);
            return;
        }
        if (begins != null) {
            plan(writer, begins, scenario);
        }
        hospitals.add(new LiveHospital(writer, journal, false, null, feeds, null));
        synchronized (this) {
            if (!closed) {
                players.put(id, DrillPlayer.start(writer));
            }
        }
        LOG.info("drill {}: open", id);
    }

    /** Nobody is played until somebody says so, and what the scenario has is to come. */
    private static void plan(HospitalWriter writer, Drill drill, @Nullable DrillScenario scenario) {
        Origin.Person director =
                new Origin.Person(drill.director().name(), drill.director().role());
        writer.submit(new Command.SimulateRoles(List.of(SimulatedRole.values())), director, null)
                .join();
        if (scenario != null) {
            HospitalView view = writer.view();
            for (Inject inject :
                    scenario.injects(view.hospital(), writer.clock().now())) {
                writer.submit(new Command.PlanInject(inject), director, null).join();
            }
        }
    }

    /** Shuts it for good: its journal is forgotten. Blocks. */
    void end(LiveHospital drill) {
        if (!drill.isDrill()) {
            throw new IllegalArgumentException("hospital " + drill.id() + " is no drill: it is not ended");
        }
        hospitals.remove(drill);
        DrillPlayer player;
        synchronized (this) {
            player = players.remove(drill.id());
        }
        if (player != null) {
            player.close();
        }
        engine.close(drill.id());
        journal.forgetDrill(drill.id());
        LOG.info("drill {}: over, and forgotten", drill.id());
    }

    /** What happens next in it happens now. Changes nothing when nothing is planned, or it has begun already. */
    static void step(LiveHospital drill) {
        DrillLog log = drill.view().drill();
        if (log != null && log.next() != null && drill.writer().clock() instanceof AdjustableClock clock) {
            clock.advanceTo(log.next().due());
        }
    }

    /** Opens none any more, and lets nothing happen any more in those that are open. */
    @Override
    public void close() {
        List<DrillPlayer> playing;
        synchronized (this) {
            closed = true;
            playing = List.copyOf(players.values());
            players.clear();
        }
        playing.forEach(DrillPlayer::close);
    }
}
