package org.chevet.runtime;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private final Engine engine;
    private final Membership membership;
    private final Messenger messenger;
    private final Patience patience;
    private final ConcurrentSkipListMap<HospitalId, SharedHospital> hospitals = new ConcurrentSkipListMap<>();
    private final List<AutoCloseable> ears;
    private final TransferCourier courier;
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
        courier = new TransferCourier(this::transferDoors, engine.parts().limits());
        ears = List.of(
                messenger.respond(Wire.SUBMISSIONS, this::submitted),
                messenger.listen(Wire.EVENTS, news -> heard(news, Wire.Events.class, this::events)),
                messenger.listen(Wire.NEWS, news -> heard(news, Wire.News.class, this::news)),
                membership.onChange(() -> hospitals.values().forEach(SharedHospital::membershipChanged)));
        var unused = speaker.scheduleWithFixedDelay(
                this::speak, 0, patience.newsEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Shares a hospital with whoever else does. Blocks until a member writes it and it is as its file says.
     *
     * @throws JournalException when no member can write it
     */
    public SharedHospital open(Hospital hospital, HospitalClock clock) {
        SharedHospital shared = new SharedHospital(
                hospital.id(), clock, engine.parts(), membership, messenger, patience, engine::verify);
        if (hospitals.putIfAbsent(hospital.id(), shared) != null) {
            throw new IllegalStateException("hospital " + hospital.id() + " is open already");
        }
        shared.start();
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
        courier.hospitalOpened();
        return shared;
    }

    private Collection<TransferDoor> transferDoors() {
        return hospitals.values().stream()
                .filter(SharedHospital::isShown)
                .map(hospital -> new TransferDoor(hospital, () -> hospital.writing() != null, hospital::dispatch))
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

    private CompletionStage<byte[]> submitted(byte[] question) {
        Wire.Submitted submitted = Wire.decode(question, Wire.Submitted.class);
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
        for (Wire.Writing writing : news.writing()) {
            SharedHospital shared = hospitals.get(writing.hospital());
            if (shared != null) {
                shared.hear(writing);
            }
        }
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
                                    .toList())));
        } catch (RuntimeException e) { // the loop's edge
            LOG.error("cluster: the others were not told how the hospitals stand", e);
        }
    }

    /** Does what was taken, and leaves the hospitals to the others. */
    @Override
    public void close() {
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
