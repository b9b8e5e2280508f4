package org.chevet.simulations.flow;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chevet.simulations.demand.ArrivalProfile;

/**
 * A hospital of flows. Services are known by their place in the list.
 *
 * @param arrivals over hours and weekdays, the first day being a Monday
 */
public record FlowModel(List<FlowService> services, ArrivalProfile arrivals) {
    /** Services that fit in the key of an event, see {@link StayEnds}. */
    static final int SERVICES_MAX = 1 << StayEnds.SERVICE_BITS;

    /** One to which as many come at any hour. */
    public FlowModel(List<FlowService> services) {
        this(services, ArrivalProfile.FLAT);
    }

    public FlowModel {
        services = List.copyOf(services);
        if (services.isEmpty() || services.size() > SERVICES_MAX) {
            throw new IllegalArgumentException(
                    "a hospital of flows has 1 to " + SERVICES_MAX + " services, not " + services.size());
        }
        if (services.stream().allMatch(service -> service.externalArrivalsPerDay() == 0)) {
            throw new IllegalArgumentException("no service has externalArrivalsPerDay above 0: nobody would ever come");
        }
        Map<String, Long> named =
                services.stream().collect(Collectors.groupingBy(FlowService::name, Collectors.counting()));
        named.forEach((name, count) -> {
            if (count > 1) {
                throw new IllegalArgumentException("service " + name + " is there " + count + " times");
            }
        });
        for (FlowService service : services) {
            for (String other : service.transfers().keySet()) {
                if (!named.containsKey(other)) {
                    throw new IllegalArgumentException(
                            "service " + service.name() + " transfers to " + other + ", which is no service");
                }
                if (other.equals(service.name())) {
                    throw new IllegalArgumentException("service " + other + " transfers to itself");
                }
            }
        }
    }

    public int beds() {
        return services.stream().mapToInt(FlowService::beds).sum();
    }

    /** The same mix of services in a hospital of another size: at least one bed each, and as much to do for each bed. */
    public FlowModel scaledTo(int beds) {
        double factor = (double) beds / beds();
        return new FlowModel(
                services.stream()
                        .map(service -> {
                            int scaled = Math.max(1, (int) Math.round(service.beds() * factor));
                            return new FlowService(
                                    service.name(),
                                    scaled,
                                    service.lengthOfStay(),
                                    service.externalArrivalsPerDay() * scaled / service.beds(),
                                    service.transfers());
                        })
                        .toList(),
                arrivals);
    }

    /** Beds asked for by those who come from outside and from other services, on average, were none ever full. */
    public double[] offeredLoads() {
        double[] arrivals = arrivalsPerDay();
        for (int service = 0; service < arrivals.length; service++) {
            arrivals[service] *= services.get(service).lengthOfStay().meanDays();
        }
        return arrivals;
    }

    private double[] arrivalsPerDay() {
        int count = services.size();
        double[] external = services.stream()
                .mapToDouble(FlowService::externalArrivalsPerDay)
                .toArray();
        double[] all = external.clone();
        // A patient passes fewer services than there are, unless transfers go round in circles: then the sum converges
        // as they leave.
        for (int pass = 0; pass < 100 + count; pass++) {
            double[] next = external.clone();
            for (int from = 0; from < count; from++) {
                for (Map.Entry<String, Double> share :
                        services.get(from).transfers().entrySet()) {
                    next[indexOf(share.getKey())] += all[from] * share.getValue();
                }
            }
            all = next;
        }
        return all;
    }

    int indexOf(String name) {
        for (int service = 0; service < services.size(); service++) {
            if (services.get(service).name().equals(name)) {
                return service;
            }
        }
        throw new IllegalArgumentException("no service " + name);
    }
}
