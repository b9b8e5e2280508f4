package org.chevet.web;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.hospital.file.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code chevet.yaml} while Chevet runs: which hospitals it names, by file or by folder. One whose file appears is opened, one whose
 * file is named no more is closed. Read once it has been left alone for {@link #CHECK_INTERVAL}; whatever cannot be used is told on
 * the log, again when it changes, and the others go on. What else the file says holds from the next start.
 */
final class HospitalsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HospitalsWatch.class);

    private final Path configuration;
    private final OpenHospitals open;
    private final Feeds feeds;
    private final Hospitals hospitals;
    private final Duration checkInterval;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicInteger unusable = new AtomicInteger();

    // Of whoever looks.
    private Map<Path, FileSignature> seen = Map.of();
    private Map<Path, FileSignature> used = Map.of();
    private List<String> told = List.of();

    /** @param checkInterval how often files are looked at, and how long they must have been left alone to be read */
    HospitalsWatch(Path configuration, OpenHospitals open, Feeds feeds, Hospitals hospitals, Duration checkInterval) {
        this.configuration = configuration;
        this.open = open;
        this.feeds = feeds;
        this.hospitals = hospitals;
        this.checkInterval = checkInterval;
    }

    /** How many mistakes keep hospitals from being opened or closed. */
    int unusable() {
        return unusable.get();
    }

    /** Looks from now on, until what is returned is closed. */
    AutoCloseable watch(Vertx vertx) {
        long timer = vertx.setPeriodic(
                checkInterval.toMillis(),
                tick -> vertx.executeBlocking(
                                () -> {
                                    look();
                                    return configuration;
                                },
                                false)
                        .onFailure(failure -> LOG.error("{} was not looked at", configuration, failure)));
        return () -> vertx.cancelTimer(timer);
    }

    /** One look. Blocks on the disk, and on the journal when a hospital comes or goes. */
    void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            ConfigurationFile.Named named = ConfigurationFile.named(configuration);
            Map<Path, FileSignature> now = signatures(named);
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && !(now.equals(used) && told.isEmpty())) {
                used = now;
                List<String> problems = new ArrayList<>(named.problems());
                use(named, problems);
                tell(problems);
            }
        } finally {
            looking.set(false);
        }
    }

    /** The open ones' own files are looked at by {@link LayoutFile}: of them only where they are matters here. */
    private Map<Path, FileSignature> signatures(ConfigurationFile.Named named) {
        Set<Path> ofOpen = new HashSet<>(open.files().values());
        Map<Path, FileSignature> signatures = new HashMap<>();
        signatures.put(configuration, FileSignature.of(configuration));
        named.files()
                .forEach(file ->
                        signatures.put(file, ofOpen.contains(file) ? FileSignature.NONE : FileSignature.of(file)));
        return signatures;
    }

    private void use(ConfigurationFile.Named named, List<String> problems) {
        Map<HospitalId, Path> before = open.files();
        Map<HospitalId, Path> gone = new LinkedHashMap<>(before);
        gone.values().removeAll(named.files());
        boolean changed = false;
        for (Path file : named.files()) {
            if (!before.containsValue(file)) {
                switch (HospitalFile.read(file)) {
                    case HospitalFile.Loaded loaded -> changed |= take(loaded.hospital(), file, gone, problems);
                    case HospitalFile.Invalid invalid -> {
                        for (Problem mistake : invalid.problems()) {
                            problems.add(file + ": " + mistake);
                        }
                    }
                }
            }
        }
        // A folder that is away for a moment, or a slip of the keyboard, closes nobody's hospital.
        if (problems.isEmpty()) {
            gone.keySet().forEach(open::close);
        } else if (!gone.isEmpty()) {
            problems.add("hospitals " + gone.keySet() + " are not closed before that is mended");
        }
        if (changed && problems.isEmpty()) {
            startFeeds(problems);
        }
    }

    /** @return whether a hospital came */
    private boolean take(Hospital hospital, Path file, Map<HospitalId, Path> gone, List<String> problems) {
        HospitalId id = hospital.id();
        Path known = open.files().get(id);
        if (known == null) {
            try {
                open.open(hospital, file);
                return true;
            } catch (RuntimeException failure) {
                problems.add(file + ": hospital " + id + " cannot be opened: " + failure.getMessage());
            }
        } else if (gone.remove(id) != null) {
            open.moved(id, file);
        } else {
            problems.add(file + ": hospital " + id + " is there already, in " + known + ". Give each file its own id.");
        }
        return false;
    }

    private void startFeeds(List<String> problems) {
        switch (ConfigurationFile.read(configuration)) {
            case ConfigurationFile.Loaded loaded -> {
                for (Configuration.Feed feed : loaded.configuration().feeds()) {
                    LiveHospital hospital = hospitals.find(feed.hospital().value());
                    if (hospital != null && !feeds.isServed(feed.name(), hospital.writer())) {
                        try {
                            feeds.start(hospital.writer(), feed);
                        } catch (RuntimeException failure) {
                            problems.add(String.valueOf(failure.getMessage()));
                        }
                    }
                }
            }
            case ConfigurationFile.Invalid invalid -> problems.addAll(invalid.problems());
        }
    }

    private void tell(List<String> problems) {
        unusable.set(problems.size());
        if (!problems.equals(told)) {
            problems.forEach(problem -> LOG.error("{}: not used while Chevet runs: {}", configuration, problem));
        }
        told = List.copyOf(problems);
    }
}
