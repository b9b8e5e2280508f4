package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.chevet.hospital.HospitalId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final HospitalId HOSPITAL = new HospitalId("chu");
    private static final byte[] NOTHING = {};

    private static EventRow row(long sequence) {
        return new EventRow(HOSPITAL, sequence, sequence, NOTHING, NOTHING, NOTHING, NOTHING, 1, null, NOTHING);
    }

    private static ReadAhead.Source rows(int count) {
        return reader -> LongStream.rangeClosed(1, count).forEach(sequence -> reader.accept(row(sequence)));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                ReadAhead.CHUNK_ROWS - 1,
                ReadAhead.CHUNK_ROWS,
                ReadAhead.CHUNK_ROWS + 1,
                20 * ReadAhead.CHUNK_ROWS
            })
    void shouldHandOverEveryRowInOrder(int count) {
        List<Long> read = new ArrayList<>();
        ReadAhead.read(rows(count), row -> read.add(row.sequence()));
        assertThat(read).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
    }

    @Test
    void shouldHandOverWhatCameBeforeAFailureAndThenTheFailure() {
        List<Long> read = new ArrayList<>();
        JournalException damage = new JournalException("event 3 is damaged", "Restore it.", null);
        assertThatThrownBy(() -> ReadAhead.read(
                        reader -> {
                            rows(2).read(reader);
                            throw damage;
                        },
                        row -> read.add(row.sequence())))
                .isSameAs(damage);
        assertThat(read).containsExactly(1L, 2L);
    }

    @Test
    void shouldStopReadingWhenNobodyWantsTheRest() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        assertThatThrownBy(() -> ReadAhead.read(
                        reader -> {
                            try {
                                for (long sequence = 1; true; sequence++) {
                                    reader.accept(row(sequence));
                                }
                            } catch (RuntimeException e) {
                                ended.complete(e);
                                throw e;
                            }
                        },
                        row -> {
                            throw new IllegalStateException("enough");
                        }))
                .hasMessage("enough");
        assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }
}
