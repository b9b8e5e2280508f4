package org.chevet.forecast;

import java.util.Arrays;
import java.util.List;
import org.chevet.hospital.ServiceId;

/** What was learned of one service. */
final class ServiceFlow {
    final ServiceId id;
    final StayPattern stays = new StayPattern();
    final ArrivalPattern unplanned = new ArrivalPattern();

    /** Announced within a day of coming, as emergencies are: they come at nights and at weekends too. */
    final ArrivalPattern soon = new ArrivalPattern();

    /** Announced longer before, and whoever is called planned where it is not known since when. */
    final ArrivalPattern planned = new ArrivalPattern();

    private final List<ArrivalPattern> arrivals = List.of(unplanned, soon, planned);

    /** Who left for which service, by its number. */
    private double[] routes = new double[0];

    private double exits;

    ServiceFlow(ServiceId id) {
        this.id = id;
    }

    /** As many of each service, in the same order. */
    List<ArrivalPattern> arrivals() {
        return arrivals;
    }

    void left(int destination) {
        exits++;
        if (destination >= 0) {
            if (destination >= routes.length) {
                routes = Arrays.copyOf(routes, destination + 1);
            }
            routes[destination]++;
        }
    }

    void endDay(double kept) {
        stays.forget(kept);
        arrivals.forEach(pattern -> pattern.endDay(kept));
        exits *= kept;
        for (int i = 0; i < routes.length; i++) {
            routes[i] *= kept;
        }
    }

    /** The share of those who leave that goes there; a service of which nothing is known yet sends everybody home. */
    double route(int destination) {
        return destination < routes.length ? routes[destination] / (exits + 1) : 0;
    }

    double exits() {
        return exits;
    }
}
