package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Recorded;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.junit.jupiter.api.Test;

class JournalLessonsTest {
    private final Occupancy writer = new Occupancy();
    private final List<Recorded> durable = new ArrayList<>();
    private final Learner learner = new Learner();
    private final JournalLessons lessons = new JournalLessons(SmallHospital.ID, journal(), writer::view, learner);
    private Instant now = SmallHospital.START;

    /** Reads fail after so many events. */
    private int readable = Integer.MAX_VALUE;

    private static final class Learner implements JournalLessons.Pupil {
        int begun;
        boolean fails;
        final List<Long> learned = new ArrayList<>();
        final List<Long> views = new ArrayList<>();

        @Override
        public void begin() {
            begun++;
            learned.clear();
            views.clear();
        }

        @Override
        public void learn(List<Recorded> news, HospitalView after) {
            if (fails) {
                throw new IllegalStateException("half learned");
            }
            news.forEach(one -> learned.add(one.sequence()));
            views.add(after.sequence());
        }
    }

    private Journal journal() {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    @SuppressWarnings("unchecked")
                    Consumer<Recorded> reader = (Consumer<Recorded>) arguments[3];
                    long after = (long) arguments[1];
                    long upTo = (long) arguments[2];
                    int read = 0;
                    for (Recorded recorded : durable) {
                        if (recorded.sequence() > after && recorded.sequence() <= upTo) {
                            if (read++ == readable) {
                                throw new JournalException("the pool is empty", "Try again in a moment.", null);
                            }
                            reader.accept(recorded);
                        }
                    }
                    return null;
                });
    }

    private void record(BedEvent event) {
        long sequence = writer.sequence() + 1;
        Recorded recorded = new Recorded(sequence, sequence, now, SmallHospital.CLAIRE, event);
        writer.apply(recorded);
        durable.add(recorded);
    }

    private void run(Command command) {
        ((Decision.Accepted) writer.decide(command, now)).events().forEach(this::record);
    }

    private void block(int bed) {
        run(SmallHospital.block("B" + bed));
    }

    private long caughtUp() {
        return Objects.requireNonNull(lessons.catchUp()).sequence();
    }

    @Test
    void shouldLoseNothingWhenTheJournalCannotBeRead() {
        record(new BedEvent.HospitalDefined(now, SmallHospital.hospital()));
        block(1);
        assertThat(caughtUp()).isEqualTo(writer.sequence());
        for (int bed = 2; bed <= 5; bed++) {
            block(bed);
        }
        readable = 2;
        assertThatThrownBy(lessons::catchUp).isInstanceOf(JournalException.class);
        readable = Integer.MAX_VALUE;

        assertThat(caughtUp()).isEqualTo(writer.sequence());
        assertThat(learner.begun).isOne();
        assertThat(learner.learned)
                .containsExactlyElementsOf(
                        durable.stream().map(Recorded::sequence).toList());
    }

    @Test
    void shouldBeginAnewWhenSomethingIsHalfLearned() {
        record(new BedEvent.HospitalDefined(now, SmallHospital.hospital()));
        learner.fails = true;
        assertThatThrownBy(lessons::catchUp).isInstanceOf(IllegalStateException.class);
        learner.fails = false;

        assertThat(caughtUp()).isOne();
        assertThat(learner.begun).isEqualTo(2);
    }

    @Test
    void shouldBeginWithTheFirstEventThatIsDurable() {
        record(new BedEvent.HospitalDefined(now, SmallHospital.hospital()));
        Recorded first = durable.removeFirst();
        assertThat(lessons.catchUp()).isNull();
        int before = learner.begun;

        durable.add(first);
        assertThat(caughtUp()).isOne();
        assertThat(learner.begun).isEqualTo(before + 1);
    }

    @Test
    void shouldTeachEachHourAsItEndedHoweverLateItIsRead() {
        record(new BedEvent.HospitalDefined(now, SmallHospital.hospital()));
        caughtUp();
        block(1);
        long ended = writer.sequence();
        now = now.plus(2, ChronoUnit.HOURS);
        block(2);
        caughtUp();

        assertThat(learner.views).containsExactly(1L, ended, writer.sequence());
    }
}
