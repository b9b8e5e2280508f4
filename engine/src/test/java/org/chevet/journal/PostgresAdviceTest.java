package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a server without asking one. */
class PostgresAdviceTest {
    @ParameterizedTest
    @CsvSource({
        "13, on, UTF8, PostgreSQL 13, needs 14 or newer",
        "14, off, UTF8, runs with fsync = off, postgresql.conf",
        "14, on, LATIN9, this database in LATIN9, ENCODING 'UTF8'"
    })
    void shouldRefuseAServerThatMayLoseWhatItIsGiven(
            int version, String fsync, String encoding, String detail, String advice) {
        assertThatThrownBy(() -> PostgresDialect.checkServer("x", version, fsync, encoding))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(detail)
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @CsvSource({
        "53100, disk is full",
        "53300, max_connections",
        "57P01, comes back by itself",
        "58030, disk failed",
        "XX001, backup",
        "08006, what lies between",
        "42P01, the server's log"
    })
    void shouldSayWhatToDo(String state, String advice) {
        assertThat(SqlStates.advice(state)).contains(advice);
    }
}
