package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chevet.archive.HistoryImport;
import org.chevet.archive.JournalFork;
import org.chevet.event.AskedCard;
import org.chevet.event.Author;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Ending;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Role;
import org.chevet.forecast.FlowForecast;
import org.chevet.forecast.FlowRecord;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Answer;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedHospitalTest {
    /** One each: none waits for another's. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private static final Author DIRECTOR_SAID = new Author("Anne Roy", Role.DIRECTOR_ON_DUTY);
    private static final ServiceId CARDIO = new ServiceId("CARDIO");
    private static final StayId STAY = new StayId("S1");

    private final Hospital described = described();
    private final AdjustableClock clock = new AdjustableClock(Instant.now(), 1);
    private final Vertx vertx = Vertx.vertx();
    private final Feeds feeds = new Feeds(vertx, null);
    private Path folder;
    private JdbcJournal journal;
    private Engine engine;
    private boolean ready;

    @BeforeEach
    void open(@TempDir Path folder) {
        this.folder = folder;
        journal = JdbcJournal.sqlite(folder);
        engine = new Engine(journal);
    }

    @AfterEach
    void close() {
        feeds.close();
        engine.close();
        journal.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private LearnedHospital learned(HospitalWriter writer, Journal journal) {
        return new LearnedHospital(new LiveHospital(writer, journal, false, null, feeds, null));
    }

    @Test
    void shouldTakeInAPastThatIsImportedMeanwhileAndDoWithoutADamagedOne() throws IOException, SQLException {
        LearnedHospital learned = learned(engine.open(described, clock), journal);
        assertThat(forecast(learned)).isInstanceOf(FlowForecast.TooLittleHistory.class);
        assertThat(learned.ahead()).isEmpty();

        HistoryImport.read(journal, described, new StringReader(stays()), Instant.now(), false);
        clock.advanceTo(clock.now().plus(1, ChronoUnit.MINUTES));
        assertThat(forecast(learned)).isInstanceOf(FlowForecast.Foreseen.class);
        assertThat(learned.ahead()).extracting(GroupAhead::hours).containsExactly(4, 12, 24, 48, 72, 168, 336);

        HistoryImport.read(journal, described, new StringReader(stays()), Instant.now(), true);
        damage(folder);
        clock.advanceTo(clock.now().plus(1, ChronoUnit.MINUTES));
        assertThat(forecast(learned)).isInstanceOf(FlowForecast.TooLittleHistory.class);
        assertThat(learned.board()).as("levels do not need a past").isNotNull();
    }

    @Test
    void shouldLearnFromTheImportedPastOnceTheDatabaseIsBack() throws IOException {
        AtomicBoolean away = new AtomicBoolean(true);
        HistoryImport.read(journal, described, new StringReader(stays()), Instant.now(), false);
        LearnedHospital learned = learned(engine.open(described, clock), withoutPast(journal, away));

        assertThat(learned.board()).as("levels do not need a past").isNotNull();
        assertThatThrownBy(() -> forecast(learned)).isInstanceOf(JournalException.class);

        away.set(false);
        clock.advanceTo(clock.now().plus(1, ChronoUnit.MINUTES));
        assertThat(forecast(learned)).isInstanceOf(FlowForecast.Foreseen.class);
        assertThat(learned.ahead()).isNotEmpty();

        away.set(true);
        clock.advanceTo(clock.now().plus(16, ChronoUnit.MINUTES));
        assertThat(learned.ahead()).as("foreseen long ago").isEmpty();
        assertThat(forecast(learned)).as("what was learned stays").isInstanceOf(FlowForecast.Foreseen.class);
    }

    @Test
    void shouldTellLevelsWhileForecastsAreLearned() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        LearnedHospital learned = learned(engine.open(described, clock), withSlowPast(journal, reading, told));
        try {
            CompletableFuture<FlowForecast> forecast = CompletableFuture.supplyAsync(() -> forecast(learned), THREADS);
            reading.await();

            assertThat(CompletableFuture.supplyAsync(learned::board, THREADS).get(1, TimeUnit.MINUTES))
                    .isNotNull();
            assertThat(CompletableFuture.supplyAsync(() -> learned.indicators(7), THREADS)
                            .get(1, TimeUnit.MINUTES))
                    .isNotNull();
            assertThat(forecast).isNotDone();
            told.countDown();
            assertThat(forecast.get(1, TimeUnit.MINUTES)).isNotNull();
        } finally {
            told.countDown();
        }
    }

    /** The same journal, but that what was imported is read no further before levels were told. */
    private static Journal withSlowPast(Journal journal, CountDownLatch reading, CountDownLatch told) {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    if (method.getName().toLowerCase(Locale.ROOT).contains("past")) {
                        reading.countDown();
                        told.await();
                    }
                    return method.invoke(journal, arguments);
                });
    }

    @Test
    void shouldScoreNoForecastsOfADrill() {
        clock.pause();
        HospitalWriter real = engine.open(described, clock);
        HospitalWriter drill = drillOf(real);
        for (int day = 0; day < 16; day++) {
            clock.advanceTo(clock.now().plus(1, ChronoUnit.DAYS));
            does(real, new Command.SetStaffedCapacity(CARDIO, 4 + day % 2));
            does(drill, new Command.SetStaffedCapacity(CARDIO, 4 + day % 2));
        }

        assertThat(scored(real)).isNotEmpty();
        assertThat(scored(drill)).isEmpty();
    }

    /** Sixteen days in which somebody comes at twenty past every fifth hour and stays for a day and a half or so. */
    @Test
    void shouldTellThePastAsMovementsHaveItAfterARestartAndInADrillToo() {
        clock.pause();
        clock.advanceTo(clock.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
        HospitalWriter real = engine.open(described, clock);
        Map<StayId, Integer> leaving = new HashMap<>();
        for (int hour = 0; hour < 16 * 24; hour++) {
            clock.advanceTo(clock.now().plus(20, ChronoUnit.MINUTES));
            for (StayId stay : List.copyOf(leaving.keySet())) {
                if (leaving.getOrDefault(stay, -1) == hour) {
                    leaving.remove(stay);
                    does(real, new Command.DischargeStay(stay, Ending.DISCHARGED, null));
                }
            }
            if (hour % 5 == 0) {
                StayId stay = new StayId("P" + hour);
                does(
                        real,
                        new Command.RegisterStay(
                                stay, Patient.UNKNOWN, CareNeeds.UNSPECIFIED, PatientClass.INPATIENT, null));
                does(real, new Command.AdmitStay(stay, CARDIO, null, null, null, null));
                leaving.put(stay, hour + 31 + hour % 13);
            }
            clock.advanceTo(clock.now().plus(40, ChronoUnit.MINUTES));
        }

        FlowRecord.Past past = past(real);
        Map<Instant, OccupancyHistory.Hour> truth = OccupancyHistory.of(
                        real.view().hospital(), real.view().stays().values(), clock.now(), 15 * 24)
                .last(CARDIO, 15 * 24)
                .stream()
                .collect(Collectors.toMap(OccupancyHistory.Hour::at, hour -> hour));
        assertThat(past.at()).hasSize(FlowRecord.PAST_DAYS + FlowRecord.PAST_HOURS);
        assertThat(past.at().getLast()).isEqualTo(clock.now());
        assertThat(counts(past, FlowRecord.Quantity.PATIENTS))
                .containsExactlyElementsOf(past.at().stream()
                        .map(at -> Objects.requireNonNull(truth.get(at)).present())
                        .toList())
                .doesNotContain(0);
        assertThat(counts(past, FlowRecord.Quantity.ENTRIES))
                .containsExactlyElementsOf(past.at().stream()
                        .map(from -> truth.values().stream()
                                .filter(hour -> !hour.at().isBefore(from))
                                .mapToInt(OccupancyHistory.Hour::entries)
                                .sum())
                        .toList())
                .contains(5);
        assertThat(past(real)).as("of a member that begins anew").isEqualTo(past);
        HospitalId drill = real.id().drill(1);
        Drill begun = new Drill("Essai", real.id(), 1, null, 7, DIRECTOR_SAID);
        JournalFork.begin(journal, Objects.requireNonNull(journal.find(real.id(), 1)), drill);
        JournalFork.copy(journal, real.id(), real.view().sequence(), drill, copied -> {});
        assertThat(past(engine.openDrill(drill, clock, begun)))
                .as("of a drill: the past is the same")
                .isEqualTo(past);
    }

    private FlowRecord.Past past(HospitalWriter writer) {
        return Objects.requireNonNull(learned(writer, journal).forecast(WhatIf.NOTHING))
                .past();
    }

    private static List<@Nullable Integer> counts(FlowRecord.Past past, FlowRecord.Quantity quantity) {
        return Objects.requireNonNull(past.find(CARDIO, null, quantity)).counts();
    }

    private List<FlowRecord.Scored> scored(HospitalWriter writer) {
        ForecastDesk.Told told = Objects.requireNonNull(learned(writer, journal).forecast(WhatIf.NOTHING));
        assertThat(told.forecast()).isInstanceOf(FlowForecast.Foreseen.class);
        return told.record().getFirst();
    }

    private HospitalWriter drillOf(HospitalWriter real) {
        HospitalId id = real.id().drill(1);
        assertThat(JournalFork.begin(journal, Objects.requireNonNull(journal.find(real.id(), 1)), id))
                .isTrue();
        return engine.openDrill(id, clock, new Drill("Essai", real.id(), 1, null, 7, DIRECTOR_SAID));
    }

    /** The same journal, but that what was imported cannot be read while it is away. */
    private static Journal withoutPast(Journal journal, AtomicBoolean away) {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    if (away.get() && method.getName().toLowerCase(Locale.ROOT).contains("past")) {
                        throw new JournalException("the pool is empty", "Try again in a moment.", null);
                    }
                    return method.invoke(journal, arguments);
                });
    }

    @Test
    void shouldNotKeepThatCardsFellBeforeItIsForeseenAnewAfterAClockWasSetForward() {
        clock.pause();
        HospitalWriter drill = drillOf(engine.open(described, clock));
        lacksStaff(drill);
        LearnedHospital learned = learned(drill, journal);

        assertThat(look(learned, drill)).as("nothing was foreseen yet").isEmpty();
        forecast(learned);
        List<AskedCard> asked = look(learned, drill);
        assertThat(asked).isNotEmpty();

        does(drill, new Command.SetStaffedCapacity(CARDIO, 5));
        clock.advanceTo(clock.now().plus(3, ChronoUnit.HOURS));
        assertThat(learned.isForecastOutdated()).isTrue();
        assertThat(look(learned, drill)).isEqualTo(asked);
        forecast(learned);
        assertThat(look(learned, drill)).as("known to be over").isEmpty();
    }

    @Test
    void shouldSayOnceThatWhatTheScreensAskForCouldNotBeKept() {
        clock.pause();
        HospitalWriter drill = drillOf(engine.open(described, clock));
        lacksStaff(drill);
        LearnedHospital learned = learned(drill, journal);
        forecast(learned);
        engine.close();

        try (Logged logged = new Logged(LearnedHospital.class)) {
            learned.board();
            learned.board();

            // Hospitals of other classes end meanwhile too; of this one it is said at once.
            String here = Thread.currentThread().getName();
            List<ILoggingEvent> said = logged.events().stream()
                    .filter(event -> event.getThreadName().equals(here))
                    .toList();
            assertThat(said).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.WARN);
                assertThat(event.getFormattedMessage())
                        .contains("the cards that its screens ask for could not be kept")
                        .contains("TEST-exercice-1 is not served here any more");
            });
        }
    }

    /** With a patient, and staff for none. */
    private static void lacksStaff(HospitalWriter drill) {
        does(
                drill,
                new Command.RegisterStay(
                        STAY,
                        new Patient("I1", null, "P", Sex.FEMALE, null),
                        new CareNeeds(
                                "cardiologie",
                                LevelOfCare.ACUTE,
                                Isolation.NONE,
                                Sex.FEMALE,
                                null,
                                List.of(),
                                List.of(),
                                SingleRoom.INDIFFERENT),
                        PatientClass.INPATIENT,
                        null));
        does(drill, new Command.AdmitStay(STAY, CARDIO, new BedId("101"), null, null, null));
        does(drill, new Command.SetStaffedCapacity(CARDIO, 0));
        does(drill, new Command.SetStaffedCapacity(new ServiceId("MEDECINE"), 0));
    }

    /** What is kept of cards once the screens looked. */
    private List<AskedCard> look(LearnedHospital learned, HospitalWriter drill) {
        learned.board();
        // Done after what was kept, so that is seen.
        ready = !ready;
        does(drill, new Command.SetMedicallyReady(STAY, ready));
        return Objects.requireNonNull(drill.view().drill()).cards();
    }

    private static void does(HospitalWriter drill, Command.Act act) {
        assertThat(drill.submit(act, new Origin.Person("Anne Roy", Role.DIRECTOR_ON_DUTY), null)
                        .join())
                .isInstanceOf(Answer.Done.class);
    }

    private static FlowForecast forecast(LearnedHospital learned) {
        return Objects.requireNonNull(learned.forecast(WhatIf.NOTHING)).forecast();
    }

    private static Hospital described() {
        try (InputStream file =
                Objects.requireNonNull(LearnedHospitalTest.class.getResourceAsStream("hospital.yaml"))) {
            return ((HospitalFile.Loaded) HospitalFile.read(file)).hospital();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
