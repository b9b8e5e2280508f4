package org.chevet.web;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * People who act, a feed that speaks, a board that is read and one that is followed, until it is closed. Whoever is not answered tries again half
 * of the time, as people do; the feed always does, as feeds must.
 */
final class Traffic implements AutoCloseable {
    /** Of what an act makes, before the act's own key. */
    static final int PREFIX_CHARS = 2;

    private static final List<String> BEDS = List.of("101", "102", "103", "201", "202");

    /** Where patients are moved to; not beside the bed of a {@link BedContest}. */
    private static final List<String> MOVES = List.of("103", "104P", "104F", "202");

    private static final String CARD = "surge-beds";
    private static final int PEOPLE = 3;
    private static final int EXCUSES_EACH = 2;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final Ledger ledger;
    private final Client client;
    private final Duration between;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> excuses = new ConcurrentLinkedQueue<>();

    /** How often, by thread. */
    private final Map<Long, Integer> excused = new ConcurrentHashMap<>();

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    /** How many of its acts and messages were answered "done". */
    private final AtomicInteger done = new AtomicInteger();

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger readsFailed = new AtomicInteger();
    private final Watcher watcher;
    private volatile boolean ending;

    /** Of those who never rest. */
    Traffic(Ledger ledger, Client client, Random random) {
        this(ledger, client, random, Duration.ZERO);
    }

    /** @param between one answer and the next act of the same person, or the feed's next message */
    Traffic(Ledger ledger, Client client, Random random, Duration between) {
        this.ledger = ledger;
        this.client = client;
        this.between = between;
        for (int i = 0; i < PEOPLE; i++) {
            long seed = random.nextLong();
            start(() -> act(new Random(seed)));
        }
        start(this::speak);
        start(this::read);
        watcher = new Watcher(client);
        start(watcher);
    }

    private void start(Runnable work) {
        threads.add(Thread.ofPlatform()
                .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                .start(work));
    }

    /** What those who were told to try again were told. */
    List<String> excuses() {
        return List.copyOf(excuses);
    }

    int reads() {
        return reads.get();
    }

    /** Reads of the board that were not answered. */
    int readsFailed() {
        return readsFailed.get();
    }

    /** Waits until so many more acts or messages were answered "done". */
    void awaitDone(int more) {
        int wanted = done.get() + more;
        await(more + " more acts done", () -> done.get() >= wanted);
    }

    /**
     * Waits until every one of the people and the feed is told to try again, a few times. Each waits for one answer before it
     * asks anew, so that by then whatever was answered "done" before is in the ledger.
     */
    void awaitExcuses() {
        Map<Long, Integer> before = Map.copyOf(excused);
        await(
                "everybody told to try again",
                () -> excused.size() > PEOPLE
                        && excused.entrySet().stream()
                                .allMatch(
                                        one -> one.getValue() >= before.getOrDefault(one.getKey(), 0) + EXCUSES_EACH));
    }

    private void excuse(String why) {
        excuses.add(why);
        excused.merge(Thread.currentThread().threadId(), 1, Integer::sum);
        pause();
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || !failures.isEmpty()) {
                throw failed("waited for " + what + "; last excuses: "
                        + excuses.stream().skip(Math.max(0, excuses.size() - 3)).toList());
            }
            pause();
        }
    }

    /** @throws AssertionError when somebody found something wrong */
    @Override
    public void close() {
        ending = true;
        watcher.end();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!failures.isEmpty()) {
            throw failed("senders failed");
        }
    }

    private AssertionError failed(String what) {
        AssertionError error = new AssertionError(what);
        failures.forEach(error::addSuppressed);
        return error;
    }

    private void act(Random random) {
        int sender = ledger.newSender();
        String request = "";
        for (int i = 0; !ending; i++) {
            String key = sender + "-" + i;
            Ledger.Act act = chosen(key, request, random);
            request = act.name().equals("request-bed") ? "R-" + key : request;
            ledger.sent(key, act);
            while (!answered(key, act) && !ending && random.nextBoolean()) {
                pause();
            }
            LockSupport.parkNanos(between.toNanos());
        }
    }

    private boolean answered(String key, Ledger.Act act) {
        try {
            Client.Told told = client.act(key, act);
            ledger.answered(key, told);
            if (told instanceof Client.Told.Done) {
                done.incrementAndGet();
            }
            if (told instanceof Client.Told.NotNow notNow) {
                excuse(notNow.why());
                return false;
            }
            return true;
        } catch (IOException gone) {
            pause();
            return false;
        }
    }

    /** @param request of the same person, if they made one */
    private Ledger.Act chosen(String key, String request, Random random) {
        String bed = BEDS.get(random.nextInt(BEDS.size()));
        return switch (random.nextInt(request.isEmpty() ? 8 : 15)) {
            case 0 -> act("block-bed", "{'bed':'" + bed + "','reason':'OTHER','note':'N-" + key + "'}");
            case 1 -> act("unblock-bed", "{'bed':'" + bed + "'}");
            case 2 ->
                act(
                        "request-bed",
                        "{'request':'R-" + key + "','origin':'INTERNAL','priority':3,'needs':" + needs() + "}");
            case 3 ->
                act(
                        "register-stay",
                        "{'stay':'P-" + key + "','patient':{'sex':'MALE'},'patientClass':'INPATIENT','needs':" + needs()
                                + "}");
            case 4 -> moved(random);
            case 5 -> act("finish-cleaning", "{'bed':'" + MOVES.get(random.nextInt(MOVES.size())) + "'}");
            case 6 -> ofTension(key, random);
            case 7 -> ofBarriers(key, random);
            default -> ofNegotiation(key, request, bed, random);
        };
    }

    /** What a service and who asked it for a bed say to each other, in any order. */
    private static Ledger.Act ofNegotiation(String key, String request, String bed, Random random) {
        String to = "{'request':'" + request + "','bed':'" + bed + "',";
        return switch (random.nextInt(7)) {
            case 0 -> act("refuse-bed-request", to + "'reason':'OTHER','text':'N-" + key + "'}");
            case 1 -> act("refuse-bed-request", to + "'reason':'NEEDS_TOO_HEAVY','text':'N-" + key + "'}");
            case 2 -> act("counter-propose-bed", to + "'note':'N-" + key + "'}");
            case 3 -> act("accept-counter-proposal", "{'request':'" + request + "','until':'" + inHours(2) + "'}");
            case 4 -> act("decline-counter-proposal", "{'request':'" + request + "','note':'N-" + key + "'}");
            case 5 -> act("reserve-bed", to + "'from':'" + inHours(1) + "','until':'" + inHours(2) + "'}");
            default ->
                act(
                        "reserve-bed",
                        to + "'until':'" + inHours(2) + "','override':{'reason':'OTHER','text':'N-" + key
                                + "','rules':['refused']}}");
        };
    }

    private static Ledger.Act ofTension(String key, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> act("acknowledge-action-card", "{'card':'" + CARD + "'}");
            case 1 -> act("close-action-card", "{'card':'" + CARD + "','note':'N-" + key + "'}");
            default ->
                act(
                        "snooze-alert",
                        "{'alert':'LONG_WAITS:WATCH','until':'" + inHours(1) + "','reason':'N-" + key + "'}");
        };
    }

    /** A step of a cascade: somebody who is here lies in another bed now. */
    private Ledger.Act moved(Random random) {
        return act(
                "transfer-stay",
                "{'stay':'" + somebody(random) + "','bed':'" + MOVES.get(random.nextInt(MOVES.size())) + "'}");
    }

    private Ledger.Act ofBarriers(String key, Random random) {
        String of = "{'stay':'" + somebody(random) + "','kind':'OTHER'";
        return random.nextInt(3) == 0
                ? act("lift-barrier", of + "}")
                : act("set-barrier", of + ",'note':'N-" + key + "'}");
    }

    private String somebody(Random random) {
        return ledger.somebodyAdmitted(random.nextInt(MOVES.size()))
                .map(Client::stayOf)
                .orElse("nobody");
    }

    private static Instant inHours(int hours) {
        return Instant.now().plus(Duration.ofHours(hours));
    }

    private static Ledger.Act act(String name, String body) {
        return new Ledger.Act(name, body.replace('\'', '"'));
    }

    static String needs() {
        return "{\"levelOfCare\":\"ACUTE\",\"isolation\":\"NONE\",\"sex\":\"MALE\",\"equipmentRequired\":[],"
                + "\"equipmentPreferred\":[],\"singleRoom\":\"INDIFFERENT\"}";
    }

    private void speak() {
        int sender = ledger.newSender();
        int next = 0;
        String number = "";
        while (!ending) {
            try (Client.Feed feed = client.feed()) {
                while (!ending) {
                    if (number.isEmpty()) {
                        number = "M" + sender + "x" + next++;
                        ledger.sent(number, Client.admission(number));
                    }
                    number = heard(number, feed.send(Client.admission(number)));
                    LockSupport.parkNanos(between.toNanos());
                }
            } catch (IOException gone) {
                pause();
            }
        }
    }

    /** @return the number of the message to be sent again, empty for the next one */
    private String heard(String number, String code) {
        switch (code) {
            case "AA" -> {
                ledger.accepted(number);
                done.incrementAndGet();
            }
            case "AR" -> {
                excuse("AR");
                return number;
            }
            default -> throw new AssertionError("message " + number + " answered " + code);
        }
        return "";
    }

    private void read() {
        while (!ending) {
            try {
                client.read("/board");
                reads.incrementAndGet();
            } catch (IOException unanswered) {
                readsFailed.incrementAndGet();
            }
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }
}
