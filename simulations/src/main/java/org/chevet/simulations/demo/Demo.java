package org.chevet.simulations.demo;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Answer;
import org.chevet.runtime.HospitalWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the demo hospital to Chevet, which knows nothing of it: messages come through the MLLP doors, people act through the writer.
 * Only the past that a new hospital is given is handed to the feeds directly, for two weeks are to pass in seconds.
 *
 * <p>One thread plays; the clock's speed and pauses are obeyed as they are. When Chevet is slow, the demo waits for it and catches up.
 */
public final class Demo implements AutoCloseable {
    /** How much past a new hospital is given. */
    public static final Duration PAST = Duration.ofDays(15);

    /** Minutes of the hospital pass in seconds. */
    public static final double SPEED = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private static final int CONNECTIONS_PER_DOOR = 3;
    private static final Duration LOOK_EVERY_MAX = Duration.ofMillis(250);
    private static final int LIVELY_HOUR = 10;
    private static final int PAST_ATTEMPTS_MAX = 100;

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
    private final LongAdder messages = new LongAdder();
    private final LongAdder acts = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final Thread player;

    private Demo(HospitalWriter writer, AdjustableClock clock, Door adt, Door housekeeping, long seed) {
        this.writer = writer;
        this.clock = clock;
        this.adt = adt;
        this.housekeeping = housekeeping;
        // After a restart another life, not the same one over again.
        this.hospital = new DemoHospital(writer.view().hospital(), seed + writer.view().sequence());
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
        ZonedDateTime present = now.atZone(zone).truncatedTo(java.time.temporal.ChronoUnit.DAYS).withHour(LIVELY_HOUR);
        while (present.toInstant().isAfter(now)
                || present.getDayOfWeek() == DayOfWeek.SATURDAY
                || present.getDayOfWeek() == DayOfWeek.SUNDAY) {
            present = present.minusDays(1);
        }
        return present.minus(PAST).toInstant();
    }

    /**
     * Gives a new hospital its past, or takes up a known one where it stood, then plays on in a thread of its own. Blocks while the
     * past is written.
     */
    public static Demo start(HospitalWriter writer, AdjustableClock clock, Door adt, Door housekeeping, long seed) {
        Demo demo = new Demo(writer, clock, adt, housekeeping, seed);
        demo.begin();
        demo.player.start();
        return demo;
    }

    private void begin() {
        clock.advanceTo(writer.view().recordedAt());
        boolean isNew = writer.view().census().admitted() == 0;
        boolean wasPaused = clock.isPaused();
        clock.pause();
        try {
            Instant beginning = clock.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
            hospital.begin(beginning, writer.view());
            if (isNew) {
                long before = System.nanoTime();
                liveThrough(beginning.plus(PAST));
                LOG.info(
                        "the demo hospital lived {} days in {} ms: {} messages, {} acts ({} refused)",
                        PAST.toDays(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before),
                        messages.sum(),
                        acts.sum(),
                        refusals.sum());
            }
        } finally {
            if (!wasPaused) {
                clock.resume();
            }
        }
    }

    /** The past, slice by slice: the clock is set to the end of each, then all that happened in it is told. */
    private void liveThrough(Instant end) {
        while (stopping.getCount() > 0) {
            Instant next = hospital.nextAt();
            if (next.isAfter(end)) {
                break;
            }
            Instant until = next.plus(World.SLICE).isBefore(end) ? next.plus(World.SLICE) : end;
            clock.advanceTo(until);
            List<Deed> deeds = hospital.until(until, writer.view());
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (Deed deed : deeds) {
                if (deed instanceof Deed.Message message) {
                    answers.add(hand(message));
                }
            }
            // The writer takes them in this order; to wait once is enough.
            answers.addAll(submitActs(deeds));
            answers.forEach(CompletableFuture::join);
        }
        clock.advanceTo(end);
    }

    private CompletableFuture<Boolean> hand(Deed.Message message) {
        messages.increment();
        byte[] payload = message.text().getBytes(StandardCharsets.UTF_8);
        return hand(feed(message.source()), payload, PAST_ATTEMPTS_MAX);
    }

    private static CompletableFuture<Boolean> hand(AdtFeed feed, byte[] payload, int attempts) {
        return feed.receive(payload)
                .thenCompose(answer -> {
                    boolean taken = MllpClient.isTaken(new String(answer, StandardCharsets.UTF_8));
                    return taken || attempts == 1
                            ? CompletableFuture.completedFuture(taken)
                            : CompletableFuture.supplyAsync(
                                            () -> null, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                                    .thenCompose(again -> hand(feed, payload, attempts - 1));
                })
                .toCompletableFuture();
    }

    private AdtFeed feed(Deed.Source source) {
        return source == Deed.Source.ADT ? adt.feed() : housekeeping.feed();
    }

    private void play() {
        try {
            while (stopping.getCount() > 0) {
                Instant next = hospital.nextAt();
                Instant now = clock.now();
                if (next.isAfter(now)) {
                    Duration wait = clock.wallTimeUntil(next);
                    Duration rest = wait.compareTo(LOOK_EVERY_MAX) < 0 ? wait : LOOK_EVERY_MAX;
                    stopping.await(Math.max(1, rest.toMillis()), TimeUnit.MILLISECONDS);
                } else {
                    Instant limit = next.plus(World.SLICE);
                    playUntil(now.isBefore(limit) ? now : limit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void playUntil(Instant now) throws InterruptedException {
        try {
            List<Deed> deeds = hospital.until(now, writer.view());
            send(deeds);
            submitActs(deeds).forEach(CompletableFuture::join);
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
                queues.get(first ? connection : CONNECTIONS_PER_DOOR + connection).add(message);
            }
        }
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < queues.size(); i++) {
            List<Deed.Message> queue = queues.get(i);
            MllpClient client = i < CONNECTIONS_PER_DOOR
                    ? adtClients.get(i)
                    : housekeepingClients.get(i - CONNECTIONS_PER_DOOR);
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
                messages.increment();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<CompletableFuture<Answer>> submitActs(List<Deed> deeds) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (Deed deed : deeds) {
            if (deed instanceof Deed.Act act) {
                acts.increment();
                answers.add(writer.submit(act.act(), act.actor(), null).whenComplete((answer, failed) -> {
                    if (answer instanceof Answer.Refused refused) {
                        // People on the dashboard were faster, or a message is late: the next round sees it.
                        refusals.increment();
                        LOG.debug("{} refused: {}", act.act().getClass().getSimpleName(), refused.refusal().detail());
                    }
                }));
            }
        }
        return answers;
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
