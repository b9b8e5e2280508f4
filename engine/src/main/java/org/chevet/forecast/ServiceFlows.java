package org.chevet.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;

/**
 * What was learned of all services, by number. From the whole hospital over specialties to services, each leans on what is wider where it knows little
 * itself. Owned by one thread.
 */
final class ServiceFlows {
    private final List<ServiceFlow> flows = new ArrayList<>();
    private final Map<String, StayPattern> specialties = new LinkedHashMap<>();
    private final List<String> specialtyOfService = new ArrayList<>();
    private final StayPattern anywhere = new StayPattern();
    private final StayPattern beforeAnything = new StayPattern();

    /** In the order of a service's patterns. */
    private final List<ArrivalPattern> anyArrivals =
            List.of(new ArrivalPattern(), new ArrivalPattern(), new ArrivalPattern());

    private final ArrivalPattern noArrival = new ArrivalPattern();

    /** @param premises that know the hospital's services */
    void define(Hospital hospital, Premises premises) {
        for (Service service : hospital.services()) {
            String specialty =
                    service.specialties().isEmpty() ? "" : service.specialties().getFirst();
            int number = premises.number(service.id());
            if (number == flows.size()) {
                flows.add(new ServiceFlow(service.id()));
                specialtyOfService.add(specialty);
            }
            specialtyOfService.set(number, specialty);
            specialties.computeIfAbsent(specialty, none -> new StayPattern());
        }
        settle();
    }

    /** An hour went by. */
    void hour(int weekday, int ofDay) {
        for (ServiceFlow flow : flows) {
            flow.arrivals().forEach(pattern -> pattern.hour(weekday, ofDay));
        }
    }

    void endDay(double kept) {
        flows.forEach(flow -> flow.endDay(kept));
        settle();
    }

    /** Nobody watches any more: of the day so far no arrivals are learned. */
    void dropDay() {
        flows.forEach(flow -> flow.arrivals().forEach(ArrivalPattern::dropDay));
    }

    /** Nobody said since when people were announced: whoever seemed announced soon before was planned. */
    void takeAllForPlanned() {
        flows.forEach(flow -> flow.planned.takeOver(flow.soon));
        settle();
    }

    private void settle() {
        anywhere.clear();
        anyArrivals.forEach(ArrivalPattern::clear);
        specialties.values().forEach(StayPattern::clear);
        for (int service = 0; service < flows.size(); service++) {
            ServiceFlow flow = flows.get(service);
            specialty(service).add(flow.stays);
            for (int i = 0; i < anyArrivals.size(); i++) {
                anyArrivals.get(i).add(flow.arrivals().get(i));
            }
        }
        specialties.values().forEach(anywhere::add);
        anywhere.settle(beforeAnything, StayPattern.FIRST_STRENGTH_EVENTS);
        anywhere.settlePlannedByEverybody();
        anyArrivals.forEach(pattern -> pattern.settle(noArrival));
        specialties.values().forEach(pattern -> pattern.settle(anywhere, StayPattern.STRENGTH_EVENTS));
        for (int service = 0; service < flows.size(); service++) {
            ServiceFlow flow = flows.get(service);
            flow.stays.settle(specialty(service), StayPattern.STRENGTH_EVENTS);
            for (int i = 0; i < anyArrivals.size(); i++) {
                flow.arrivals().get(i).settle(anyArrivals.get(i));
            }
        }
    }

    private StayPattern specialty(int service) {
        return specialties.computeIfAbsent(specialtyOfService.get(service), none -> new StayPattern());
    }

    List<ServiceFlow> list() {
        return flows;
    }

    /** Of all services together, as of the last day's end. */
    StayPattern anyStay() {
        return anywhere;
    }

    /** Of all services together, as of the last day's end. */
    List<ArrivalPattern> anyArrivals() {
        return anyArrivals;
    }
}
