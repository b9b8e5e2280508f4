package org.chevet.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Service;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.ServiceView;
import org.chevet.simulations.demand.CareProfile;

/** Cleans the beds that patients left: by day within the hour or so, by night only where the next patient waits. */
final class Housekeeping {
    private static final Duration ROUND = Duration.ofMinutes(10);
    private static final Duration FIRST_ROUND = Duration.ofMinutes(1);
    private static final double BY_FEED = 0.75;
    private static final double WRONG_BED_PER_ROUND = 0.004;

    private final World world;
    private final Dice dice;
    private final Set<BedId> underWay = new HashSet<>();

    Housekeeping(World world) {
        this.world = world;
        this.dice = world.dice;
    }

    void begin(Instant now) {
        world.agenda.add(now.plus(FIRST_ROUND), this::round);
    }

    private void round(Moment moment) {
        world.agenda.add(moment.at().plus(ROUND), this::round);
        if (!moment.isFirst(Housekeeping.class)) {
            return;
        }
        for (ServiceView service : moment.view().services()) {
            for (BedView bed : service.beds()) {
                BedState state = bed.status().state();
                if (state == BedState.TO_CLEAN && underWay.add(bed.bed().id())) {
                    // One that lay dirty before a restart does not wait all over again.
                    Instant due = startOf(bed.status().since(), service.service());
                    Instant soon = moment.at().plus(dice.minutes(0, 10));
                    Instant start = due.isAfter(soon) ? due : soon;
                    boolean byFeed = dice.chance(BY_FEED);
                    world.agenda.add(start, later -> start(later, bed.bed().id(), byFeed));
                } else if (state == BedState.CLEANING && underWay.add(bed.bed().id())) {
                    // Begun by people, or before a restart.
                    world.agenda.add(
                            moment.at().plus(dice.minutes(20, 45)),
                            later -> finish(later, bed.bed().id(), true));
                }
            }
        }
        sometimesNameTheWrongBed(moment);
    }

    private Instant startOf(Instant now, Service service) {
        boolean urgent = CareProfile.turnsDayAndNight(service);
        double wait = urgent ? dice.logNormal(18, 0.5) : dice.logNormal(45, 0.6);
        ZonedDateTime start = world.local(now).plus(Stays.hours(wait / 60));
        boolean teamAbsent = start.getHour() >= 21 || start.getHour() < 6;
        if (teamAbsent && !urgent) {
            ZonedDateTime morning = start.getHour() >= 21 ? start.plusDays(1) : start;
            return morning.withHour(6).withMinute(0).toInstant().plus(dice.minutes(10, 90));
        }
        return start.toInstant();
    }

    private void start(Moment moment, BedId id, boolean byFeed) {
        BedView bed = moment.bed(id);
        if (bed == null || bed.status().state() != BedState.TO_CLEAN) {
            underWay.remove(id);
            return;
        }
        if (byFeed) {
            moment.tellHousekeeping(id, world.messages.bedStatus(bed.bed(), "H", moment.at()));
        } else {
            moment.ask(People.CLEANER, new Command.StartCleaning(id));
        }
        Duration takes = bed.status().contaminated() ? dice.minutes(50, 80) : dice.minutes(21, 42);
        world.agenda.add(moment.at().plus(takes), later -> finish(later, id, byFeed));
    }

    private void finish(Moment moment, BedId id, boolean byFeed) {
        underWay.remove(id);
        BedView bed = moment.bed(id);
        if (bed == null || bed.status().state() != BedState.CLEANING) {
            return;
        }
        if (byFeed) {
            moment.tellHousekeeping(id, world.messages.bedStatus(bed.bed(), "U", moment.at()));
        } else {
            moment.ask(People.CLEANER, new Command.FinishCleaning(id));
        }
    }

    /** A barcode read at the wrong door: a bed with a patient in it is said to be empty. */
    private void sometimesNameTheWrongBed(Moment moment) {
        if (!dice.chance(WRONG_BED_PER_ROUND)) {
            return;
        }
        ServiceView service = dice.pick(moment.view().services());
        BedView bed = dice.pick(service.beds());
        if (bed.status().state() == BedState.OCCUPIED) {
            moment.tellHousekeeping(bed.bed().id(), world.messages.bedStatus(bed.bed(), "U", moment.at()));
        }
    }
}
