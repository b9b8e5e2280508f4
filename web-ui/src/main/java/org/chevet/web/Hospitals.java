package org.chevet.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hospitals of this server, in the order of its configuration. */
final class Hospitals {
    private final Map<String, LiveHospital> byId = new LinkedHashMap<>();

    Hospitals(List<LiveHospital> hospitals) {
        hospitals.forEach(hospital -> byId.put(hospital.id().value(), hospital));
    }

    Collection<LiveHospital> all() {
        return byId.values();
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
}
