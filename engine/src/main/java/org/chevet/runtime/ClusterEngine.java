package org.chevet.runtime;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.chevet.cluster.Member;
import org.chevet.cluster.Membership;
import org.chevet.cluster.Messenger;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hospitals that this process shares with the other members of its cluster. Thread-safe. */
public final class ClusterEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterEngine.class);

    private static final Duration HAND_OVER_LOOK_EVERY = Duration.ofMillis(10);

    private final Engine engine;
    private final Membership membership;
    private final Messenger messenger;
    private final Patience patience;
    private final ConcurrentSkipListMap<HospitalId, SharedHospital> hospitals = new ConcurrentSkipListMap<>();
    private final JournalWatch journalWatch;
    private final List<AutoCloseable> ears;
    private final TransferCourier courier;
    private final FeedsElsewhere feedsElsewhere = new FeedsElsewhere();
    private volatile Supplier<List<FeedNews>> ownFeeds = List::of;
    private boolean closed;
    private final ScheduledExecutorService speaker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("chevet-news").daemon().factory());

    /** @param engine what the writers of this process share; its own hospitals are not for other members */
    public ClusterEngine(Engine engine, Membership membership, Messenger messenger) {
        this(engine, membership, messenger, Patience.DEFAULT);
    }

    ClusterEngine(Engine engine, Membership membership, Messenger messenger, Patience patience) {
        this.patience = patience;
        this.engine = engine;
        this.membership = membership;
        this.messenger = messenger;
        journalWatch = new JournalWatch(engine.parts().journal(), membership, patience, journalListener());
        courier = new TransferCourier(this::transferDoors, engine.parts().limits());
        ears = List.of(
                messenger.respond(Wire.SUBMISSIONS, this::submitted),
                messenger.listen(Wire.EVENTS, news -> heard(news, Wire.Events.class, this::events)),
                messenger.listen(Wire.NEWS, news -> heard(news, Wire.News.class, this::news)),
                membership.onChange(this::membershipChanged));
        journalWatch.start();
        var unused = speaker.scheduleWithFixedDelay(
                this::speak, 0, patience.newsEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    private JournalWatch.Listener journalListener() {
        return new JournalWatch.Listener() {
            @Override
            public void looked(Map<HospitalId, Long> last, long askedNanos) {
                hospitals.forEach((id, shared) -> shared.looked(last.getOrDefault(id, 0L), askedNanos));
            }

            @Override
            public void unreached(JournalException why) {
                hospitals.values().forEach(shared -> shared.unreached(why));
            }
        };
    }

    /**
     * Shares a hospital with whoever else does. One that the journal has while other members are there is as they have it: whether its
     * file changes it is for {@link HospitalAccess#redefine}. Otherwise this blocks until a member writes it and it is as its file says.
     *
     * @throws JournalException when no member can write it
     */
    public SharedHospital open(Hospital hospital, HospitalClock clock) {
        SharedHospital shared =
                new SharedHospital(hospital.id(), clock, engine.parts(), membership, messenger, patience);
        register(shared);
        shared.start();
        courier.hospitalOpened();
        if (membership.members().size() > 1 && shared.isKnown()) {
            return shared;
        }
        switch (shared.redefine(hospital).join()) {
            case Answer.Done done -> {}
            case Answer.Unavailable unavailable
            when shared.status().condition() == WriterStatus.Condition.READ_ONLY -> {}
            case Answer.Unavailable unavailable -> {
                close(hospital.id());
                throw new JournalException(unavailable.detail(), unavailable.advice(), null);
            }
            case Answer.Refused refused -> {
                close(hospital.id());
                throw new IllegalStateException("hospital " + hospital.id() + " cannot be opened: "
                        + refused.refusal().detail());
            }
        }
        return shared;
    }

    private synchronized void register(SharedHospital shared) {
        if (closed || hospitals.putIfAbsent(shared.id(), shared) != null) {
            throw new IllegalStateException("hospital " + shared.id() + " cannot be opened: "
                    + (closed ? "this member is stopping" : "it is open already"));
        }
    }

    private Collection<TransferDoor> transferDoors() {
        return hospitals.values().stream()
                .filter(SharedHospital::isShown)
                .map(hospital -> new TransferDoor(hospital, () -> hospital.writing() != null, hospital::take))
                .toList();
    }

    /** This member has no part in it any more. Blocks until what was taken is done. */
    public void close(HospitalId id) {
        SharedHospital shared = hospitals.remove(id);
        if (shared != null) {
            shared.close();
            shared.awaitEnd();
        }
    }

    public @Nullable SharedHospital hospital(HospitalId id) {
        return hospitals.get(id);
    }

    /** In the order of their ids. */
    public List<SharedHospital> hospitals() {
        return List.copyOf(hospitals.values());
    }

    /** Hospitals are this member's to write from now on, whenever it reaches the journal. */
    public void takePart() {
        journalWatch.takePart();
    }

    /** Leaves all hospitals to the others, if there are others, and waits until what was taken here is done, or time is over. */
    public void handOver(Duration timeMax) {
        journalWatch.handOver();
        long endNanos = System.nanoTime() + timeMax.toNanos();
        while (System.nanoTime() < endNanos && hospitals.values().stream().anyMatch(this::isLeft)) {
            LockSupport.parkNanos(HAND_OVER_LOOK_EVERY.toNanos());
        }
    }

    /** Whether another member is to write it and this one still does. */
    private boolean isLeft(SharedHospital hospital) {
        return hospital.writing() != null && !membership.self().equals(membership.writerOf(hospital.id()));
    }

    private CompletionStage<byte[]> submitted(byte[] question) {
        Wire.Submitted submitted;
        try {
            submitted = Wire.decode(question, Wire.Submitted.class);
        } catch (UncheckedIOException other) {
            return CompletableFuture.failedFuture(other);
        }
        SharedHospital shared = hospitals.get(submitted.hospital());
        return (shared == null
                        ? CompletableFuture.completedFuture(new Wire.Heard(null))
                        : shared.takeHere(submitted.submission()))
                .thenApply(Wire::encode);
    }

    private void events(Wire.Events events) {
        SharedHospital shared = hospitals.get(events.hospital());
        if (shared != null) {
            shared.hear(events);
        }
    }

    private void news(Wire.News news) {
        journalWatch.hear(news.member(), Duration.ofMillis(news.unreachedMillis()));
        feedsElsewhere.hear(news.member(), news.feeds());
        for (Wire.Writing writing : news.writing()) {
            SharedHospital shared = hospitals.get(writing.hospital());
            if (shared != null) {
                shared.hear(writing);
            }
        }
    }

    private void membershipChanged() {
        hospitals.values().forEach(SharedHospital::membershipChanged);
        feedsElsewhere.keep(membership.members().stream().map(Member::id).collect(Collectors.toSet()));
    }

    /** How the feeds of this member stand, for the others: asked again and again. */
    public void tellFeeds(Supplier<List<FeedNews>> feeds) {
        ownFeeds = feeds;
    }

    /** How a hospital's feeds stand at the other members, one for each name. */
    public List<FeedNews> feedsElsewhere(HospitalId hospital) {
        return feedsElsewhere.of(hospital);
    }

    private interface Hearing<T> {
        void of(T news);
    }

    /** What cannot be understood was said by another release; what it was about is read in the journal. */
    private static <T> void heard(byte[] bytes, Class<T> type, Hearing<T> hearing) {
        T news;
        try {
            news = Wire.decode(bytes, type);
        } catch (UncheckedIOException other) {
            LOG.warn("cluster: another member tells {} in a way that this release does not know", type.getSimpleName());
            return;
        }
        hearing.of(news);
    }

    private void speak() {
        try {
            messenger.tell(
                    Wire.NEWS,
                    Wire.encode(new Wire.News(
                            membership.self(),
                            hospitals.values().stream()
                                    .map(SharedHospital::writing)
                                    .filter(Objects::nonNull)
                                    .toList(),
                            journalWatch.unreached().toMillis(),
                            ownFeeds.get())));
        } catch (RuntimeException e) { // the loop's edge
            LOG.error("cluster: the others were not told how the hospitals stand", e);
        }
    }

    /** Does what was taken, and leaves the hospitals to the others. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        journalWatch.close();
        courier.close();
        hospitals.values().forEach(SharedHospital::close);
        hospitals.values().forEach(SharedHospital::awaitEnd);
        speaker.shutdownNow();
        for (AutoCloseable ear : ears) {
            try {
                ear.close();
            } catch (Exception e) {
                LOG.warn("cluster: a subject is still listened to", e);
            }
        }
    }
}
