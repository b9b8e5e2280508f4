package org.chevet.simulations.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Command;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.ServiceView;
import org.chevet.simulations.demand.CareProfile;

/**
 * What the nurse managers do about capacity: fewer beds are staffed in some services, more so at night and at weekends; surge beds
 * are opened in the afternoon where patients wait, and closed in the morning.
 */
final class Capacity {
    private static final Duration ROUND = Duration.ofMinutes(30);
    private static final int DAY_SHIFT_HOUR = 7;
    private static final int NIGHT_SHIFT_HOUR = 21;
    private static final double SHORT_BY_DAY = 0.1;
    private static final double SHORT_AT_NIGHT = 0.3;
    private static final double SHORT_AT_WEEKENDS = 0.25;
    private static final int SURGE_BEDS_MAX = 3;
    private static final int SURGE_SERVICES_MAX = 2;

    private final World world;
    private final Dice dice;

    Capacity(World world) {
        this.world = world;
        this.dice = world.dice;
    }

    void begin(Instant now) {
        world.agenda.add(now.plus(ROUND), this::round);
        world.agenda.add(nextShift(now), this::changeShift);
    }

    private Instant nextShift(Instant now) {
        ZonedDateTime local = world.local(now);
        ZonedDateTime today = local.withMinute(0).withSecond(0).withNano(0);
        ZonedDateTime next = local.getHour() < DAY_SHIFT_HOUR
                ? today.withHour(DAY_SHIFT_HOUR)
                : local.getHour() < NIGHT_SHIFT_HOUR
                        ? today.withHour(NIGHT_SHIFT_HOUR)
                        : today.plusDays(1).withHour(DAY_SHIFT_HOUR);
        return next.toInstant();
    }

    private void changeShift(Moment moment) {
        world.agenda.add(nextShift(moment.at()), this::changeShift);
        ZonedDateTime local = world.local(moment.at());
        boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
        double shortage = World.isNight(local) ? SHORT_AT_NIGHT : weekend ? SHORT_AT_WEEKENDS : SHORT_BY_DAY;
        for (ServiceView view : moment.view().services()) {
            Service service = view.service();
            boolean ward = service.levelOfCare().compareTo(LevelOfCare.INTERMEDIATE) < 0
                    && !CareProfile.turnsDayAndNight(service);
            int beds = service.staffedBeds() - (ward && dice.chance(shortage) ? dice.whole(2, 4) : 0);
            if (beds > 0 && beds != view.counts().staffed()) {
                moment.ask(People.NURSE_MANAGER, new Command.SetStaffedCapacity(service.id(), beds));
            }
        }
    }

    private void round(Moment moment) {
        world.agenda.add(moment.at().plus(ROUND), this::round);
        if (!moment.isFirst(Capacity.class)) {
            return;
        }
        int hour = world.local(moment.at()).getHour();
        if (hour >= 14 && hour < 18) {
            openSurge(moment);
        } else if (hour >= 8 && hour < 11) {
            closeSurge(moment);
        }
    }

    private void openSurge(Moment moment) {
        Map<ServiceId, Integer> waiting = waitingWithoutBed(moment.view().requests());
        int opened = 0;
        for (ServiceView view : moment.view().services()) {
            opened += view.counts().surgeOpen() > 0 ? 1 : 0;
        }
        for (ServiceView view : moment.view().services()) {
            Service service = view.service();
            int wait = waiting.getOrDefault(service.id(), 0);
            boolean emergency = service.specialties().contains("urgences");
            boolean needed = emergency
                    ? view.counts().ready() < 6
                    : wait > 1 && view.counts().ready() < 2;
            boolean possible = view.counts().surge() > 0
                    && view.counts().surgeOpen() == 0
                    && service.levelOfCare() == LevelOfCare.ACUTE;
            if (possible && needed && (emergency || opened < SURGE_SERVICES_MAX)) {
                opened++;
                int beds = Math.min(view.counts().surge(), Math.clamp(wait, 2, SURGE_BEDS_MAX));
                moment.ask(People.NURSE_MANAGER, new Command.SetSurgeBeds(service.id(), beds));
            }
        }
    }

    private static Map<ServiceId, Integer> waitingWithoutBed(List<OpenRequest> requests) {
        Map<ServiceId, Integer> waiting = new HashMap<>();
        for (OpenRequest open : requests) {
            ServiceId service = open.request().service();
            if (service != null && open.bed() == null) {
                waiting.merge(service, 1, Integer::sum);
            }
        }
        return waiting;
    }

    /** Those still occupied are closed on a later round. */
    private void closeSurge(Moment moment) {
        for (ServiceView view : moment.view().services()) {
            boolean someEmpty = view.beds().stream()
                    .anyMatch(bed -> bed.bed().surge()
                            && bed.status().open()
                            && bed.occupants().isEmpty()
                            && bed.status().reservation() == null);
            if (someEmpty) {
                moment.ask(
                        People.NURSE_MANAGER,
                        new Command.SetSurgeBeds(view.service().id(), 0));
            }
        }
    }
}
