package org.chevet.web;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.chevet.archive.JournalFork;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Inject;
import org.chevet.event.OrdinaryCare;
import org.chevet.event.OrdinaryFlow;
import org.chevet.event.OrdinaryRoutine;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.SimulatedRole;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Answer;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.simulations.demo.Demo;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.drill.DrillPlayer;
import org.chevet.simulations.drill.DrillScenario;
import org.chevet.simulations.drill.OrdinaryLife;
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

    /** Seconds of a drill in a second of the wall. */
    static final double SPEED_MAX = 600;

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
     * @param source null for an invented hospital: the scenario's own, the demo's without a scenario
     * @param at the minute whose state it begins in, null for now
     */
    record Start(@Nullable LiveHospital source, @Nullable Instant at) {}

    /** Nothing is known of the beds of a hospital at that time. */
    static final class BeforeJournalException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient HospitalId hospital;
        private final transient Instant begins;
        private final transient Instant at;

        BeforeJournalException(HospitalId hospital, Instant begins, Instant at) {
            super("the journal of hospital " + hospital + " begins at " + begins + ", after " + at);
            this.hospital = hospital;
            this.begins = begins;
            this.at = at;
        }

        HospitalId hospital() {
            return hospital;
        }

        Instant begins() {
            return begins;
        }

        Instant at() {
            return at;
        }
    }

    private final Journal journal;
    private final Engine engine;
    private final Hospitals hospitals;
    private final Feeds feeds;
    private final boolean alone;
    private final ExecutorService opener = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("chevet-drill-opening-", 1).factory());
    private final Map<HospitalId, DrillPlayer> players = new LinkedHashMap<>();

    /** Never changed, but replaced: an event loop reads it, and waits for nobody. */
    private volatile Map<HospitalId, Opening> openings = Map.of();

    private volatile boolean closed;

    /** Of the drill that was opened last. */
    private long lastNumber;

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
                if (!journal.isDrill(id)) {
                    LOG.error(
                            "hospital {}: its id is a drill's, its first event is none's: it is kept and not shown",
                            id);
                } else if (JournalFork.isWhole(journal, id)) {
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

    Collection<Opening> openings() {
        return openings.values();
    }

    /**
     * Begins to open one; {@link #openings} tells how that goes on. Blocks until its stream has begun.
     *
     * @return its id, null when there are as many as there may be
     * @throws BeforeJournalException when the journal of its source knows nothing of the minute that it is to begin in
     */
    synchronized @Nullable HospitalId open(
            String title, Start start, @Nullable DrillScenario scenario, Author director, long seed) {
        openings.values().stream()
                .filter(opening -> opening.failure() != null)
                .toList()
                .forEach(failed -> told(failed.id(), null));
        long open = hospitals.all().stream().filter(LiveHospital::isDrill).count();
        if (closed || open + openings.size() >= DRILLS_MAX) {
            return null;
        }
        LiveHospital source = start.source();
        HospitalId id = source == null
                ? begin(first(invented(scenario)), invented(scenario).id())
                : begin(firstBefore(source.id(), start.at()), source.id());
        told(id, new Opening(id, title, 0, 0, null));
        opener.execute(() -> {
            try {
                if (source == null) {
                    invent(id, title, scenario, director, seed);
                } else {
                    fork(id, title, source, start.at(), scenario, director, seed);
                }
                told(id, null);
            } catch (RuntimeException failure) { // the thread's edge
                LOG.error("drill {} cannot be opened", id, failure);
                // Who stops waits for this, and a process that is alone throws it away when it starts.
                if (!closed || !alone) {
                    forget(id);
                }
                told(id, new Opening(id, title, 0, 0, String.valueOf(failure.getMessage())));
            }
        });
        return id;
    }

    private Recorded firstBefore(HospitalId source, @Nullable Instant at) {
        Recorded first = Objects.requireNonNull(journal.find(source, 1), "what is shown has begun");
        if (at != null && at.isBefore(first.recordedAt())) {
            throw new BeforeJournalException(source, first.recordedAt(), at);
        }
        return first;
    }

    /** Under a number that no drill ever had, so that what comes late for one that is over meets no other: the time, in seconds. */
    private HospitalId begin(Recorded first, HospitalId source) {
        do {
            lastNumber = Math.max(lastNumber + 1, Instant.now().getEpochSecond());
        } while (!JournalFork.begin(journal, first, source.drill(lastNumber)));
        return source.drill(lastNumber);
    }

    private static Hospital invented(@Nullable DrillScenario scenario) {
        return scenario == null ? DemoLayout.read() : scenario.scenario().hospital();
    }

    private static Recorded first(Hospital hospital) {
        Instant beginning = Demo.beginning(Instant.now(), hospital.zone());
        return new Recorded(1, 1, beginning, new Origin.Engine(), new BedEvent.HospitalDefined(beginning, hospital));
    }

    private synchronized void told(HospitalId id, @Nullable Opening opening) {
        Map<HospitalId, Opening> changed = new LinkedHashMap<>(openings);
        if (opening == null) {
            changed.remove(id);
        } else {
            changed.put(id, opening);
        }
        openings = Collections.unmodifiableMap(changed);
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
        told(id, new Opening(id, title, 0, upTo, null));
        JournalFork.copy(journal, source.id(), upTo, id, copied -> {
            if (closed) {
                throw new IllegalStateException("Chevet is stopping");
            }
            told(id, new Opening(id, title, copied, upTo, null));
        });
        Hospital hospital = at == null ? source.view().hospital() : definedLast(id, upTo);
        show(
                id,
                from,
                new Drill(
                        title,
                        source.id(),
                        upTo,
                        idOf(scenario),
                        seed,
                        director,
                        ordinary(hospital, scenario, from),
                        care(hospital, scenario),
                        cancellations(scenario),
                        routine(scenario)),
                scenario);
    }

    /** The hospital as it was then, its services and beds included. */
    private Hospital definedLast(HospitalId id, long upTo) {
        AtomicReference<Hospital> last = new AtomicReference<>();
        journal.read(id, 0, upTo, recorded -> {
            if (recorded.event() instanceof BedEvent.HospitalDefined defined) {
                last.set(defined.hospital());
            }
        });
        return Objects.requireNonNull(last.get(), "the first event of a stream defines its hospital");
    }

    /** An invented hospital, after a past that is lived through in seconds. */
    private void invent(HospitalId id, String title, @Nullable DrillScenario scenario, Author director, long seed) {
        Hospital hospital = JournalFork.of(invented(scenario), id);
        Recorded first = Objects.requireNonNull(journal.find(id, 1), "its stream has begun");
        AdjustableClock clock = new AdjustableClock(first.recordedAt(), 1);
        HospitalWriter writer = engine.open(hospital, clock);
        AdtFeedOptions options = AdtFeedOptions.defaults();
        Demo.liveThroughPast(
                writer, clock, new AdtFeed("ADT", writer, options), new AdtFeed("BIONETTOYAGE", writer, options), seed);
        long lived = writer.view().sequence();
        engine.close(id);
        show(
                id,
                clock.now(),
                new Drill(
                        title,
                        null,
                        lived,
                        idOf(scenario),
                        seed,
                        director,
                        ordinary(hospital, scenario, clock.now()),
                        care(hospital, scenario),
                        cancellations(scenario),
                        routine(scenario)),
                scenario);
    }

    /** Who comes as on any other day, as the scenario has it. */
    private static List<OrdinaryFlow> ordinary(Hospital hospital, @Nullable DrillScenario scenario, Instant begins) {
        return OrdinaryLife.flows(
                hospital,
                scenario == null ? null : scenario.scenario(),
                begins.atZone(hospital.zone()).toLocalDate());
    }

    private static List<OrdinaryCare> care(Hospital hospital, @Nullable DrillScenario scenario) {
        return OrdinaryLife.care(hospital, scenario == null ? null : scenario.scenario());
    }

    private static double cancellations(@Nullable DrillScenario scenario) {
        return OrdinaryLife.cancellations(scenario == null ? null : scenario.scenario());
    }

    private static OrdinaryRoutine routine(@Nullable DrillScenario scenario) {
        return OrdinaryLife.routine(scenario == null ? null : scenario.scenario());
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
        synchronized (this) {
            if (closed) {
                return;
            }
            // Before it is shown: from then on it may be ended.
            players.put(id, DrillPlayer.start(writer));
            hospitals.add(new LiveHospital(writer, journal, false, null, feeds, null));
        }
        LOG.info("drill {}: open", id);
    }

    /**
     * Nobody is played until somebody says so, and what the scenario has is to come.
     *
     * @throws IllegalStateException when not all of it can be, and why
     */
    private static void plan(HospitalWriter writer, Drill drill, @Nullable DrillScenario scenario) {
        Origin.Person director =
                new Origin.Person(drill.director().name(), drill.director().role());
        writer.submit(new Command.SimulateRoles(List.of(SimulatedRole.values())), director, null)
                .join();
        if (scenario != null) {
            HospitalView view = writer.view();
            for (Inject inject :
                    scenario.injects(view.hospital(), writer.clock().now())) {
                Answer answer = writer.submit(new Command.PlanInject(inject), director, null)
                        .join();
                String refusal = switch (answer) {
                    case Answer.Done done -> null;
                    case Answer.Refused(Decision.Refused refused) -> refused.detail();
                    case Answer.Unavailable unavailable -> unavailable.detail();
                };
                if (refusal != null) {
                    throw new IllegalStateException(
                            "the scenario's inject " + inject.id() + " at " + inject.due() + ": " + refusal);
                }
            }
        }
    }

    /** Shuts it for good: its journal is forgotten. Does nothing when somebody else does that already. Blocks. */
    void end(LiveHospital drill, Author by) {
        if (!drill.isDrill()) {
            throw new IllegalArgumentException("hospital " + drill.id() + " is no drill: it is not ended");
        }
        if (!hospitals.remove(drill)) {
            return;
        }
        LOG.info("drill {}: ended by {}, {}", drill.id(), by.name(), by.role());
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

    /** What begins or ends next in it does so now. Changes nothing when nothing is planned, or it has happened already. */
    static void step(LiveHospital drill) {
        DrillLog log = drill.view().drill();
        Instant next = log == null ? null : log.nextAt();
        if (next != null && drill.writer().clock() instanceof AdjustableClock clock) {
            clock.advanceTo(next);
        }
    }

    /** Opens none any more, and lets nothing happen any more in those that are open. Blocks until those being opened are, or have stopped. */
    @Override
    public void close() {
        List<DrillPlayer> playing;
        synchronized (this) {
            closed = true;
            playing = List.copyOf(players.values());
            players.clear();
        }
        playing.forEach(DrillPlayer::close);
        opener.close();
    }
}
