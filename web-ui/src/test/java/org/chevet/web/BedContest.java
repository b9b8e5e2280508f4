package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.BedHistoryChecker.CLEAN;
import static org.chevet.web.RunningServer.json;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.chevet.web.BedHistoryChecker.Kind;
import org.chevet.web.BedHistoryChecker.Operation;

/**
 * Two people who want one bed at the same time, round after round until it is closed. Each begins at a door of their own, and who is
 * not answered asks the same at the next one. One of them gets it, each is told the same when asked again, and all that they were told
 * can have happened in some order.
 */
final class BedContest implements AutoCloseable {
    private static final int PEOPLE = 2;
    private static final String BED = "203P";
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Client> doors;
    private final String name;
    private final Queue<Operation> history = new ConcurrentLinkedQueue<>();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<?> contest;
    private int rounds;
    private volatile boolean ending;

    /** @param name of those who take part: no two contests of one journal have the same */
    BedContest(List<Client> doors, String name) {
        this.doors = List.copyOf(doors);
        this.name = name;
        contest = people.submit(() -> {
            run();
            return null;
        });
    }

    /** Whether a stay is somebody's who takes part: they come and go, others are admitted once. */
    static boolean isOfContest(String stay) {
        return stay.startsWith("U-");
    }

    private String stay(int person) {
        return "U-" + name + "-" + person;
    }

    private void run() throws Exception {
        for (int person = 0; person < PEOPLE; person++) {
            String stay = stay(person);
            done(
                    person,
                    "register-" + stay,
                    "register-stay",
                    "{\"stay\":\"" + stay
                            + "\",\"patient\":{\"sex\":\"MALE\"},\"patientClass\":\"INPATIENT\",\"needs\":"
                            + Traffic.needs() + "}");
            done(person, "admit-" + stay, "admit-stay", "{\"stay\":\"" + stay + "\",\"service\":\"MEDECINE\"}");
        }
        Set<String> states = Set.of(CLEAN);
        do {
            play();
            Set<String> ends = BedHistoryChecker.ends(List.copyOf(history), states);
            assertThat(ends)
                    .as("round %d: %s cannot have happened from %s", rounds, history, states)
                    .isNotEmpty();
            history.clear();
            states = ends;
            rounds++;
        } while (!ending);
    }

    private void play() throws Exception {
        CyclicBarrier start = new CyclicBarrier(PEOPLE);
        List<Future<Client.Told>> told = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            int person = i;
            told.add(people.submit(() -> {
                start.await();
                return place(person);
            }));
        }
        List<Client.Told> answers = new ArrayList<>();
        for (Future<Client.Told> answer : told) {
            answers.add(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertThat(answers.stream().filter(answer -> answer instanceof Client.Told.Done))
                .as("winners of round %d: %s", rounds, answers)
                .hasSize(1);
        int winner = answers.get(0) instanceof Client.Told.Done ? 0 : 1;
        assertThat(answers.get(1 - winner))
                .isInstanceOfSatisfying(
                        Client.Told.Refused.class,
                        refused -> assertThat(json(refused.why()).path("rule").asText())
                                .isEqualTo("BED_OCCUPIED"));
        long act = ((Client.Told.Done) answers.get(winner)).act();
        assertThat(told(1 - winner, placeKey(winner), placing(winner)))
                .as("asked again at the other door, round %d", rounds)
                .isEqualTo(new Client.Told.Done(act, true));
        leave(winner);
    }

    private String placeKey(int person) {
        return "place-" + rounds + "-" + stay(person);
    }

    private Ledger.Act placing(int person) {
        return new Ledger.Act("transfer-stay", "{\"bed\":\"" + BED + "\",\"stay\":\"" + stay(person) + "\"}");
    }

    private Client.Told place(int person) throws IOException {
        long sent = System.nanoTime();
        Client.Told told = told(person, placeKey(person), placing(person));
        history.add(new Operation(sent, System.nanoTime(), Kind.PLACE, stay(person), told instanceof Client.Told.Done));
        return told;
    }

    private void leave(int winner) throws IOException {
        long sent = System.nanoTime();
        String back = "{\"stay\":\"" + stay(winner) + "\",\"service\":\"MEDECINE\"}";
        done(winner, "leave-" + rounds + "-" + stay(winner), "transfer-stay", back);
        history.add(new Operation(sent, System.nanoTime(), Kind.LEAVE, stay(winner), true));
        sent = System.nanoTime();
        done(1 - winner, "clean-" + rounds + "-" + name, "finish-cleaning", "{\"bed\":\"" + BED + "\"}");
        history.add(new Operation(sent, System.nanoTime(), Kind.CLEAN, "", true));
    }

    private void done(int person, String key, String act, String body) throws IOException {
        assertThat(told(person, key, new Ledger.Act(act, body)))
                .as("%s %s", act, body)
                .isInstanceOf(Client.Told.Done.class);
    }

    private Client.Told told(int person, String key, Ledger.Act act) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int door = person; System.nanoTime() < deadline; door++) {
            try {
                Client.Told told = doors.get(door % doors.size()).act(key, act);
                if (!(told instanceof Client.Told.NotNow)) {
                    return told;
                }
            } catch (IOException notAnswered) {
                // Asked again at the next door.
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new IOException(act + " was not answered in " + PATIENCE);
    }

    /** @throws AssertionError when somebody was told what cannot be */
    @Override
    public void close() {
        ending = true;
        try {
            contest.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("the contest for bed " + BED, e.getCause());
        } finally {
            people.shutdownNow();
        }
    }
}
