package org.chevet.simulations.benchmark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowRecord;
import org.chevet.hospital.Hospital;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.JournalLessons;
import org.chevet.runtime.Limits;
import org.chevet.tension.BedShortage;
import org.chevet.tension.IndicatorBook;
import org.chevet.tension.Levels;
import org.jspecify.annotations.Nullable;

/**
 * How long a hospital of 1,000 beds with a long past takes to be back, on SQLite: from its last snapshot and the events after
 * it, as a start does it; from its first event; and, which goes on beside the boards, what levels, indicators and forecasts learn from all of it. What is read is in the system's page cache, as it is after it was written.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=Restart -Dfigure.args="10000000"}: the number of events, 1,000,000 when
 * none is given; a second argument is the folder for the journal, which takes some 600 bytes per event and is deleted.
 */
public final class RestartFigure {
    private static final int BEDS = 1_000;
    private static final long EVENTS_BY_DEFAULT = 1_000_000;
    private static final int EVENTS_PER_APPEND = 10_000;

    /** Events after the last snapshot: as many as there are just before a writer keeps the next one. */
    private static final int TAIL_EVENTS = Limits.DEFAULT.snapshotEveryEvents() - 1;

    private static final int RESTARTS = 5;

    /** Of this release on one run makes the cache. */
    private static final int AOT_CACHE_JDK = 25;

    private static final int REPLAYS = 3;
    private static final Origin FEED = new Origin.Feed("figure", "1");

    private final Hospital hospital = GeneratedLayout.ofBeds(BEDS);
    private final GeneratedTraffic traffic = new GeneratedTraffic(hospital);
    private final Occupancy occupancy = new Occupancy();
    private final Path directory;

    private RestartFigure(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3) {
            restart(Path.of(args[0]), Instant.parse(args[1]), Long.parseLong(args[2]));
            return;
        }
        long events = args.length > 0 ? Long.parseLong(args[0]) : EVENTS_BY_DEFAULT;
        if (events <= TAIL_EVENTS) {
            throw new IllegalArgumentException(events + " events, more than " + TAIL_EVENTS + " wanted");
        }
        Path parent = args.length > 1 ? Path.of(args[1]) : Path.of(System.getProperty("java.io.tmpdir"));
        Path directory = Files.createTempDirectory(parent, "chevet-restart");
        try {
            new RestartFigure(directory).run(events);
        } finally {
            delete(directory);
        }
    }

    private void run(long events) throws IOException, InterruptedException {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            append(journal, events - TAIL_EVENTS);
            try (Engine engine = new Engine(journal)) {
                engine.open(hospital, stoppedAt(traffic.now())); // keeps a snapshot as it closes
            }
            append(journal, TAIL_EVENTS);
        }
        print(
                "%,d events of %,d beds, %,d stays in memory, %,d MB",
                occupancy.sequence(), BEDS, occupancy.view().stays().size(), bytes() / 1_000_000);
        print("new processes, as a developer starts Chevet:");
        restartInNewProcesses(System.getProperty("java.class.path"), List.of());
        if (Runtime.version().feature() >= AOT_CACHE_JDK) {
            String jars = jars();
            Path cache = directory.resolve("figure.aot");
            print("as an image starts it, from jars with an ahead-of-time cache; the first run makes the cache:");
            restartInNewProcess(jars, List.of("-XX:AOTCacheOutput=" + cache));
            restartInNewProcesses(jars, List.of("-XX:AOTCache=" + cache));
        }
        double[] replays = new double[REPLAYS];
        for (int i = 0; i < REPLAYS; i++) {
            replays[i] = replay();
        }
        double replay = median(replays);
        print(
                "replay from zero: %.2f s (median of %d), %,.0f events/s",
                replay, REPLAYS, occupancy.sequence() / replay);
        learn();
    }

    /** As each member does in the background after a start. */
    private void learn() {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            long before = usedBytes();
            Pupils pupils = new Pupils(traffic.now().minus(Duration.ofDays(FlowRecord.DAYS_MAX)));
            HospitalView view = occupancy.view();
            JournalLessons lessons = new JournalLessons(hospital.id(), journal, () -> view, pupils);
            long start = System.nanoTime();
            HospitalView learned = lessons.catchUp();
            double seconds = seconds(start);
            double millions = occupancy.sequence() / 1e6;
            check(learned == null ? 0 : learned.sequence(), occupancy.sequence());
            print(
                    "levels, indicators and forecasts from zero, in the background: %.2f s, %.2f s for a million events, %.2f s of these for forecasts; %,d KB in memory",
                    seconds, seconds / millions, pupils.forecastNanos / 1e9 / millions, (usedBytes() - before) / 1_000);
            Reference.reachabilityFence(pupils);
            Reference.reachabilityFence(lessons);
        }
    }

    /** All who learn on a member. */
    private static final class Pupils implements JournalLessons.Pupil {
        private final IndicatorBook book = new IndicatorBook();
        private final Levels levels = new Levels();
        private final FlowHistory history;
        private long forecastNanos;

        Pupils(Instant scoredFrom) {
            history = new FlowHistory(new FlowRecord(scoredFrom));
        }

        @Override
        public void begin() {}

        @Override
        public void learn(List<Recorded> news, HospitalView after) {
            book.apply(news, after);
            levels.look(after, BedShortage.UNKNOWN, after.recordedAt());
            long start = System.nanoTime();
            news.forEach(history::learn);
            forecastNanos += System.nanoTime() - start;
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Decides traffic and journals it, as a writer would, in large batches; with what is due when it ends. */
    private void append(Journal journal, long count) {
        long end = occupancy.sequence() + count;
        List<Journal.Entry> entries = new ArrayList<>(EVENTS_PER_APPEND);
        while (occupancy.sequence() < end) {
            decide(traffic.next(occupancy), entries);
            if (entries.size() >= EVENTS_PER_APPEND) {
                append(journal, entries);
            }
        }
        decide(new Command.PassTime(), entries);
        append(journal, entries);
    }

    private void decide(Command command, List<Journal.Entry> entries) {
        if (!(occupancy.decide(command, traffic.now()) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("a fact was refused");
        }
        long act = occupancy.sequence() + 1;
        for (BedEvent event : accepted.events()) {
            Recorded recorded = new Recorded(occupancy.sequence() + 1, act, traffic.now(), FEED, event);
            occupancy.apply(recorded);
            entries.add(new Journal.Entry(recorded, null));
        }
    }

    private void append(Journal journal, List<Journal.Entry> entries) {
        if (!entries.isEmpty()) {
            journal.append(List.of(new Journal.Batch(hospital.id(), entries)));
            entries.clear();
        }
    }

    private void restartInNewProcesses(String classPath, List<String> options)
            throws IOException, InterruptedException {
        for (int i = 0; i < RESTARTS; i++) {
            restartInNewProcess(classPath, options);
        }
    }

    private void restartInNewProcess(String classPath, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of(
                "-classpath",
                classPath,
                RestartFigure.class.getName(),
                directory.toString(),
                traffic.now().toString(),
                Long.toString(occupancy.sequence())));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the restarted process ended with " + exit);
        }
    }

    /** The class path with its folders as jars, of which alone the JVM keeps classes ahead of time. */
    private String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? jar(path).toString() : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private Path jar(Path classes) throws IOException {
        Path jar = Files.createTempFile(directory, "classes", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    /** Everything from the process's start to having a board to show; and without what the JVM and the classes take. */
    private static void restart(Path directory, Instant now, long expected) {
        Hospital hospital = GeneratedLayout.ofBeds(BEDS);
        AdjustableClock clock = stoppedAt(now);
        long start = System.nanoTime();
        Journal journal = JdbcJournal.sqlite(directory);
        double opened = seconds(start);
        Engine engine = new Engine(journal);
        check(engine.open(hospital, clock).view().sequence(), expected);
        double seconds = seconds(start);
        long process = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        print(
                "restart in a new process, from the snapshot and %,d events: %.2f s (journal %.2f s), %.2f s since the JVM began",
                TAIL_EVENTS, seconds, opened, process / 1000.0);
        Runtime.getRuntime().halt(0); // as a crash would: closing keeps a newer snapshot
    }

    private double replay() {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            Occupancy replayed = new Occupancy();
            long start = System.nanoTime();
            journal.read(hospital.id(), 0, replayed::apply);
            double seconds = seconds(start);
            check(replayed.sequence(), occupancy.sequence());
            if (replayed.digest() != occupancy.digest()) {
                throw new IllegalStateException("the replayed state has another digest");
            }
            return seconds;
        }
    }

    private static void check(long sequence, long expected) {
        if (sequence != expected) {
            throw new IllegalStateException("back at event " + sequence + " of " + expected);
        }
    }

    private static AdjustableClock stoppedAt(Instant time) {
        AdjustableClock clock = new AdjustableClock(time, 1);
        clock.pause();
        return clock;
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static double seconds(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void print(String format, @Nullable Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
