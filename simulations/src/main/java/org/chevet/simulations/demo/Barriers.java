package org.chevet.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.chevet.event.Barrier;
import org.chevet.event.BarrierKind;
import org.chevet.event.Command;
import org.chevet.occupancy.Stay;

/**
 * Patients who could leave, and wait for something else than getting better: the last days of their stay. Each has lots of their own, so that the
 * rest of the demo's life is what it would be without.
 */
final class Barriers {
    private static final List<BarrierKind> OF_THE_OLD = List.of(
            BarrierKind.REHABILITATION_BED,
            BarrierKind.REHABILITATION_BED,
            BarrierKind.REHABILITATION_BED,
            BarrierKind.NURSING_HOME,
            BarrierKind.NURSING_HOME,
            BarrierKind.HOME_CARE,
            BarrierKind.HOME_CARE,
            BarrierKind.FAMILY,
            BarrierKind.LEGAL_PROTECTION,
            BarrierKind.EQUIPMENT);
    private static final List<BarrierKind> OF_ADULTS = List.of(
            BarrierKind.REHABILITATION_BED,
            BarrierKind.REHABILITATION_BED,
            BarrierKind.HOME_CARE,
            BarrierKind.EXAMINATION,
            BarrierKind.MEDICAL_ADVICE,
            BarrierKind.EQUIPMENT,
            BarrierKind.SOCIAL,
            BarrierKind.TRANSPORT,
            BarrierKind.PHARMACY);
    private static final Set<BarrierKind> OF_THE_SOCIAL_WORKER =
            EnumSet.of(BarrierKind.NURSING_HOME, BarrierKind.FAMILY, BarrierKind.SOCIAL, BarrierKind.LEGAL_PROTECTION);

    private static final int ADULT_YEARS = 18;
    private static final int OLD_YEARS = 75;
    private static final double HELD_ADULTS = 0.06;
    private static final double HELD_OLD = 0.22;
    private static final double TWO = 0.2;
    private static final double END_IS_KNOWN = 0.5;

    /** Who stays shorter waits for nothing. */
    private static final Duration LENGTH_MIN = Duration.ofHours(30);

    private static final double DAYS_MIN = 0.6;
    private static final double DAYS_MAX = 9;

    private final World world;

    Barriers(World world) {
        this.world = world;
    }

    /** Holds this patient for the end of their stay in the service they came to then, or not; whether it does. */
    boolean hold(Journey journey, Instant cameAt, Instant now) {
        Integer age = journey.needs.ageYears();
        Instant leavesAt = journey.leavesAt;
        Duration length = Duration.between(cameAt, leavesAt);
        Dice dice = world.diceOf(journey.stay, World.Lot.BARRIERS, journey.stretch);
        boolean old = age != null && age >= OLD_YEARS;
        boolean held = age != null
                && age >= ADULT_YEARS
                && journey.onward == null
                && length.compareTo(LENGTH_MIN) > 0
                && dice.chance(old ? HELD_OLD : HELD_ADULTS);
        if (held) {
            double daysMax = Math.min(DAYS_MAX, 0.8 * length.toHours() / 24);
            Instant ready = morning(leavesAt.minus(Stays.hours(24 * dice.uniform(DAYS_MIN, daysMax))));
            List<BarrierKind> kinds = old ? OF_THE_OLD : OF_ADULTS;
            if (ready.isBefore(now)) {
                // Nobody said so then, and since when nobody remembers.
                return false;
            }
            world.step(ready, journey, moment -> {
                if (journey.leavesAt.equals(leavesAt)) {
                    moment.ask(People.PHYSICIAN, new Command.SetMedicallyReady(journey.stay, true));
                }
            });
            set(journey, dice.pick(kinds), ready, dice);
            if (dice.chance(TWO)) {
                set(journey, dice.pick(kinds), ready.plus(dice.minutes(60, 1500)), dice);
            }
        }
        return held;
    }

    private Instant morning(Instant time) {
        ZonedDateTime day = world.local(time);
        return day.withHour(9).withMinute(day.getMinute()).toInstant();
    }

    private void set(Journey journey, BarrierKind kind, Instant at, Dice dice) {
        Instant leavesAt = journey.leavesAt;
        Instant lifted = leavesAt.minus(dice.minutes(60, 400));
        Instant guess =
                morning(lifted.plus(Stays.hours(24 * dice.normal(0, 0.8)))).plus(Duration.ofHours(5));
        Instant end = dice.chance(END_IS_KNOWN) ? guess : null;
        String owner = OF_THE_SOCIAL_WORKER.contains(kind) ? "Assistante sociale" : null;
        if (at.isAfter(lifted)) {
            return;
        }
        world.step(at, journey, moment -> {
            if (journey.leavesAt.equals(leavesAt)) {
                boolean ahead = end != null && end.isAfter(moment.at().plus(World.SLICE));
                moment.ask(
                        People.NURSE_MANAGER,
                        new Command.SetBarrier(journey.stay, kind, owner, null, ahead ? end : null));
                liftBeforeLeaving(journey, kind, lifted);
            }
        });
    }

    /** Of somebody found in the view. */
    void liftBeforeLeaving(Journey journey, Stay stay) {
        for (Barrier barrier : stay.barriers()) {
            Duration before = world.dice.minutes(60, 400);
            liftBeforeLeaving(journey, barrier.kind(), journey.leavesAt.minus(before));
        }
    }

    private void liftBeforeLeaving(Journey journey, BarrierKind kind, Instant at) {
        Instant leavesAt = journey.leavesAt;
        world.step(at, journey, moment -> {
            if (journey.leavesAt.equals(leavesAt)) {
                moment.ask(People.BED_MANAGER, new Command.LiftBarrier(journey.stay, kind));
            }
        });
    }
}
