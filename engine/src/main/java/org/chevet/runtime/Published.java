package org.chevet.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.chevet.hospital.HospitalId;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last durable view of a hospital, and who is told of each. Published by one thread at a time, read by any. */
final class Published {
    private static final Logger LOG = LoggerFactory.getLogger(Published.class);

    private final HospitalId id;
    private final List<Consumer<HospitalView>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable HospitalView view;

    Published(HospitalId id) {
        this.id = id;
    }

    /** Null before the first. */
    @Nullable
    HospitalView view() {
        return view;
    }

    /** 0 before the first. */
    long sequence() {
        HospitalView shown = view;
        return shown == null ? 0 : shown.sequence();
    }

    Subscription subscribe(Consumer<HospitalView> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A view that is not newer than the last is not shown. */
    void publish(HospitalView newer) {
        HospitalView shown = view;
        if (shown != null && shown.sequence() >= newer.sequence()) {
            return;
        }
        view = newer;
        for (Consumer<HospitalView> listener : listeners) {
            try {
                listener.accept(newer);
            } catch (RuntimeException e) {
                LOG.error("hospital {}: a listener failed at event {}", id, newer.sequence(), WithoutMessage.of(e));
            }
        }
    }
}
