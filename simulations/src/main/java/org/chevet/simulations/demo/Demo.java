package org.chevet.simulations.demo;

import java.net.InetSocketAddress;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.HospitalWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the demo hospital to Chevet, which knows nothing of it: messages come through the MLLP doors, people act through the writer.
 * Only the past that a new hospital is given is handed to the feeds directly, for a month is to pass in seconds.
 *
 * <p>One thread plays; the clock's speed and pauses are obeyed as they are. When Chevet is slow, the demo waits for it and catches up.
 */
public final class Demo implements AutoCloseable {
    /** How much past a new hospital is given: what tension is measured by compares a day with the 28 before. */
    public static final Duration PAST = Duration.ofDays(31);

    /** What one is given that is invented on somebody's request, who waits for it. */
    private static final Duration SHORT_PAST = Duration.ofDays(15);

    /** Minutes of the hospital pass in seconds. */
    public static final double SPEED = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    /** The last days of the past are told with everything a feed says, the days before with what beds are about. */
    private static final Duration WHOLE_TRAFFIC = Duration.ofDays(3);

    private static final int CONNECTIONS_PER_DOOR = 3;
    private static final Duration LOOK_EVERY_MAX = Duration.ofMillis(250);
    private static final int LIVELY_HOUR = 10;

    /**
     * A feed, and the address where it listens.
     *
     * @param feed takes the past
     * @param address takes the present
     */
    public record Door(AdtFeed feed, InetSocketAddress address) {}

    private final HospitalWriter writer;
    private final AdjustableClock clock;
    private final Door adt;
    private final Door housekeeping;
    private final DemoHospital hospital;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
    private final List<MllpClient> adtClients = new ArrayList<>();
    private final List<MllpClient> housekeepingClients = new ArrayList<>();
    private final Thread player;

    private Demo(HospitalWriter writer, AdjustableClock clock, Door adt, Door housekeeping, long seed) {
        this.writer = writer;
        this.clock = clock;
        this.adt = adt;
        this.housekeeping = housekeeping;
        this.hospital =
                new DemoHospital(writer.view().hospital(), seed, writer.view().sequence());
        for (int i = 0; i < CONNECTIONS_PER_DOOR; i++) {
            adtClients.add(new MllpClient(adt.address(), stopping));
            housekeepingClients.add(new MllpClient(housekeeping.address(), stopping));
        }
        this.player = Thread.ofPlatform().name("demo").daemon().unstarted(this::play);
    }

    /**
     * When a new demo hospital's past begins, so that its present begins on the morning of the last weekday before {@code now}: the
     * clock that is given to {@link #start} shows this at first.
     */
    public static Instant beginning(Instant now, ZoneId zone) {
        ZonedDateTime present = now.atZone(zone).truncatedTo(ChronoUnit.DAYS).withHour(LIVELY_HOUR);
        while (present.toInstant().isAfter(now)
                || present.getDayOfWeek() == DayOfWeek.SATURDAY
                || present.getDayOfWeek() == DayOfWeek.SUNDAY) {
            present = present.minusDays(1);
        }
        return present.minus(PAST).toInstant();
    }

    /**
     * Lives what is left of the hospital's past, all of it when it is new, then plays on in a thread of its own. Blocks while the past
     * is written.
     *
     * @param presentBegins until then it is past, a start that was cut short included
     */
    public static Demo start(
            HospitalWriter writer,
            AdjustableClock clock,
            Door adt,
            Door housekeeping,
            long seed,
            Instant presentBegins) {
        Demo demo = prepare(writer, clock, adt, housekeeping, seed, presentBegins);
        demo.player.start();
        return demo;
    }

    /** As {@link #start}, but the caller does the playing, with {@link #step}. */
    static Demo prepare(
            HospitalWriter writer,
            AdjustableClock clock,
            Door adt,
            Door housekeeping,
            long seed,
            Instant presentBegins) {
        Demo demo = new Demo(writer, clock, adt, housekeeping, seed);
        demo.begin(presentBegins);
        return demo;
    }

    /** Gives a new hospital the past of a demo and no present: its clock shows when that would begin. Blocks. */
    public static void liveThroughPast(
            HospitalWriter writer, AdjustableClock clock, AdtFeed adt, AdtFeed housekeeping, long seed) {
        Instant presentBegins = clock.now().plus(SHORT_PAST);
        DemoHospital hospital = new DemoHospital(writer.view().hospital(), seed, 0);
        hospital.begin(clock.now(), writer.view(), presentBegins.minus(WHOLE_TRAFFIC));
        new Past(writer, clock, adt, housekeeping).live(hospital, presentBegins);
    }

    private void begin(Instant presentBegins) {
        clock.advanceTo(writer.view().recordedAt());
        boolean wasPaused = clock.isPaused();
        clock.pause();
        try {
            Instant beginning = clock.now().truncatedTo(ChronoUnit.SECONDS);
            hospital.begin(beginning, writer.view(), presentBegins.minus(WHOLE_TRAFFIC));
            if (beginning.isBefore(presentBegins)) {
                long before = System.nanoTime();
                Past lived = new Past(writer, clock, adt.feed(), housekeeping.feed());
                lived.live(hospital, presentBegins);
                LOG.info(
                        "the demo hospital lived {} hours in {} ms, {} events",
                        Duration.between(beginning, presentBegins).toHours(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before),
                        writer.view().sequence());
            }
        } finally {
            if (!wasPaused) {
                clock.resume();
            }
        }
        // A feed that has nothing to say yet is connected all the same.
        adtClients.forEach(MllpClient::connect);
        housekeepingClients.forEach(MllpClient::connect);
    }

    private void play() {
        try {
            while (stopping.getCount() > 0) {
                Duration rest = step();
                if (rest.isPositive()) {
                    stopping.await(Math.max(1, rest.toMillis()), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what is due, a slice of it when much is. Returns for how long there is nothing to do, at most until the next look. */
    Duration step() throws InterruptedException {
        Instant next = hospital.nextAt();
        Instant now = clock.now();
        if (next.isAfter(now)) {
            Duration wait = clock.wallTimeUntil(next);
            return wait.compareTo(LOOK_EVERY_MAX) < 0 ? wait : LOOK_EVERY_MAX;
        }
        Instant limit = next.plus(World.SLICE);
        playUntil(now.isBefore(limit) ? now : limit);
        return Duration.ZERO;
    }

    private void playUntil(Instant now) throws InterruptedException {
        try {
            List<Deed> deeds = hospital.until(now, writer.view());
            send(deeds);
            Acts.submit(writer, deeds).forEach(CompletableFuture::join);
        } catch (RuntimeException e) {
            // One plan less in a hospital of thousands.
            LOG.error("the demo failed to carry out a plan at {}", now, e);
        }
    }

    /** All at once, but what concerns one subject through one connection, in order. */
    private void send(List<Deed> deeds) throws InterruptedException {
        List<List<Deed.Message>> queues = new ArrayList<>();
        for (int i = 0; i < 2 * CONNECTIONS_PER_DOOR; i++) {
            queues.add(new ArrayList<>());
        }
        for (Deed deed : deeds) {
            if (deed instanceof Deed.Message message) {
                int connection = Math.floorMod(message.subject().hashCode(), CONNECTIONS_PER_DOOR);
                boolean first = message.source() == Deed.Source.ADT;
                queues.get(first ? connection : CONNECTIONS_PER_DOOR + connection)
                        .add(message);
            }
        }
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < queues.size(); i++) {
            List<Deed.Message> queue = queues.get(i);
            MllpClient client =
                    i < CONNECTIONS_PER_DOOR ? adtClients.get(i) : housekeepingClients.get(i - CONNECTIONS_PER_DOOR);
            if (!queue.isEmpty()) {
                sending.add(CompletableFuture.runAsync(() -> deliver(client, queue), connections));
            }
        }
        sending.forEach(CompletableFuture::join);
    }

    private void deliver(MllpClient client, List<Deed.Message> queue) {
        try {
            for (Deed.Message message : queue) {
                if (!client.deliver(message.text())) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops within a moment; what was not acknowledged is forgotten, as when a power cut stops an interface engine. */
    @Override
    public void close() {
        stopping.countDown();
        player.interrupt();
        adtClients.forEach(MllpClient::close);
        housekeepingClients.forEach(MllpClient::close);
        try {
            player.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.shutdownNow();
    }
}
