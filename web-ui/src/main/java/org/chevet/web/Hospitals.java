package org.chevet.web;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hospitals of this server at this moment, in the order in which they were opened. Thread-safe. */
final class Hospitals {
    /** Is told of hospitals that come and go, one at a time, on the thread that opens or closes them. */
    interface Listener {
        void opened(LiveHospital hospital);

        /** It can be read no more than this once: its writer is still there, and is closed next. */
        void closing(LiveHospital hospital);
    }

    private final List<Listener> listeners = new ArrayList<>();
    private volatile Map<String, LiveHospital> byId = Map.of();

    Collection<LiveHospital> all() {
        return byId.values();
    }

    /** Without those of drills. */
    Collection<LiveHospital> real() {
        return all().stream().filter(hospital -> !hospital.isDrill()).toList();
    }

    @Nullable
    LiveHospital find(String id) {
        return byId.get(id);
    }

    /** The hospital that the request's path names; null when there is none, and then the request is answered. */
    @Nullable
    LiveHospital of(RoutingContext request) {
        String id = request.pathParam("hospital");
        LiveHospital hospital = byId.get(id);
        if (hospital == null) {
            HttpProblem.notFound("this server has no hospital " + id).send(request);
        }
        return hospital;
    }

    /** Has it told of those that are there and of those to come. */
    synchronized void listen(Listener listener) {
        listeners.add(listener);
        byId.values().forEach(listener::opened);
    }

    synchronized void add(LiveHospital hospital) {
        Map<String, LiveHospital> changed = new LinkedHashMap<>(byId);
        changed.put(hospital.id().value(), hospital);
        byId = Collections.unmodifiableMap(changed);
        listeners.forEach(listener -> listener.opened(hospital));
    }

    /** @return false when it was not there any more */
    synchronized boolean remove(LiveHospital hospital) {
        Map<String, LiveHospital> changed = new LinkedHashMap<>(byId);
        if (!changed.remove(hospital.id().value(), hospital)) {
            return false;
        }
        byId = Collections.unmodifiableMap(changed);
        listeners.forEach(listener -> listener.closing(hospital));
        return true;
    }
}
