package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chevet.archive.HistoryImport;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.FlowForecast;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.journal.JdbcJournal;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedHospitalTest {
    @Test
    void shouldTakeInAPastThatIsImportedMeanwhileAndDoWithoutADamagedOne(@TempDir Path folder)
            throws IOException, SQLException {
        Vertx vertx = Vertx.vertx();
        Hospital described = described();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder);
                Engine engine = new Engine(journal);
                Feeds feeds = new Feeds(vertx, null)) {
            LearnedHospital learned = new LearnedHospital(
                    new LiveHospital(engine.open(described, HospitalClock.wall()), journal, false, null, feeds, null));
            assertThat(forecast(learned)).isInstanceOf(FlowForecast.TooLittleHistory.class);
            assertThat(learned.ahead()).isEmpty();

            HistoryImport.read(journal, described, new StringReader(stays()), Instant.now(), false);
            assertThat(forecast(learned)).isInstanceOf(FlowForecast.Foreseen.class);
            assertThat(learned.ahead()).extracting(GroupAhead::hours).containsExactly(12, 24);

            HistoryImport.read(journal, described, new StringReader(stays()), Instant.now(), true);
            damage(folder);
            assertThat(forecast(learned)).isInstanceOf(FlowForecast.TooLittleHistory.class);
            assertThat(learned.board()).as("levels do not need a past").isNotNull();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void shouldAddUpHospitals() {
        CountDistribution coin = CountDistribution.of(0, 0.5, 0.5);
        List<GroupAhead> one = List.of(new GroupAhead(12, 1, coin, 1), new GroupAhead(24, 1, coin, 1));

        List<GroupAhead> sum = GroupAhead.sum(List.of(one, List.of(), one));

        assertThat(sum).extracting(GroupAhead::hours).containsExactly(12, 24);
        assertThat(sum).extracting(GroupAhead::hospitals).containsOnly(2);
        assertThat(sum).extracting(GroupAhead::beds).containsOnly(2);
        assertThat(sum.getFirst().patients().atLeast(2)).isEqualTo(0.25);
    }

    private static FlowForecast forecast(LearnedHospital learned) {
        return Objects.requireNonNull(learned.forecast(WhatIf.NOTHING)).forecast();
    }

    private static Hospital described() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(LearnedHospitalTest.class.getResourceAsStream("hospital.yaml"))) {
            return ((HospitalFile.Loaded) HospitalFile.read(file)).hospital();
        }
    }

    /** Four a day of twenty days, each staying for a day. */
    private static String stays() {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(21, ChronoUnit.DAYS);
        return Stream.iterate(begin, at -> at.plus(6, ChronoUnit.HOURS))
                .limit(80)
                .map(at -> "S" + at.getEpochSecond() + ",CARDIO," + at + "," + at.plus(1, ChronoUnit.DAYS) + "\n")
                .collect(Collectors.joining("", "stay,service,entry,exit\n", ""));
    }

    private static void damage(Path folder) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chevet.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE past_line SET said = replace(said, 'CARDIO', 'MEDECINE') WHERE line = 70");
        }
    }
}
