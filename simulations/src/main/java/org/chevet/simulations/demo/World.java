package org.chevet.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chevet.hospital.Bed;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.StayId;
import org.chevet.simulations.demand.Draws;
import org.jspecify.annotations.Nullable;

/** What the parts of the demo hospital share. Belongs to whoever runs the demo; one thread at a time. */
final class World {
    /** Plans less than this apart may be carried out against the same view. */
    static final Duration SLICE = Duration.ofMinutes(20);

    /** What is drawn of one stay. */
    enum Lot {
        CALLED_OFF,
        LENGTH,
        ONWARD,
        PLANS,
        BARRIERS,
        VISIT
    }

    final Hospital hospital;
    final Dice dice;
    final Agenda agenda = new Agenda();
    final Numbers numbers = new Numbers();
    final People people;
    final AdtMessages messages;
    final BedChooser chooser;

    /** Everybody whose stay the demo plays, by stay number; those over are forgotten. */
    final Map<StayId, Journey> journeys = new LinkedHashMap<>();

    /** Before that only what beds are about is told: no consultations, no identities. A long past is lived faster so. */
    private Instant wholeTrafficFrom = Instant.MIN;

    private final long seed;
    private final Map<String, Service> services = new HashMap<>();

    /** @param lived the same number, the same dice; what is drawn of a stay depends on the seed alone */
    World(Hospital hospital, long seed, long lived) {
        this.hospital = hospital;
        this.seed = seed;
        this.dice = new Dice(seed + lived);
        this.people = new People(dice, numbers, hospital.zone());
        this.messages = new AdtMessages(numbers, hospital.zone());
        this.chooser = new BedChooser(dice);
        for (Service service : hospital.services()) {
            services.put(service.id().value(), service);
        }
    }

    void tellAllFrom(Instant time) {
        wholeTrafficFrom = time;
    }

    boolean tellsAll(Instant at) {
        return !at.isBefore(wholeTrafficFrom);
    }

    /**
     * The same at any time and in every life of this seed: what a stay is to be stays so over a restart, and changes nobody else's luck.
     *
     * @param number of such lots of this stay
     */
    Dice diceOf(StayId stay, Lot lot, int number) {
        long drawn = Draws.mixed(Draws.mixed(seed ^ stay.value().hashCode()) + lot.ordinal());
        return new Dice(Draws.mixed(drawn + number));
    }

    /** Likewise, of a day. */
    Dice diceOf(LocalDate day) {
        return new Dice(Draws.mixed(seed ^ day.toEpochDay()));
    }

    @Nullable
    Service service(String id) {
        return services.get(id);
    }

    ZonedDateTime local(Instant time) {
        return time.atZone(hospital.zone());
    }

    static boolean isNight(ZonedDateTime time) {
        return time.getHour() < 7 || time.getHour() >= 21;
    }

    static int regularBeds(Service service) {
        return (int) service.rooms().stream()
                .flatMap(room -> room.beds().stream())
                .filter(bed -> !bed.surge())
                .count();
    }

    /** Carries out a step of a stay, unless it ended meanwhile; later, when the view does not show its last step yet. */
    void step(Instant at, Journey journey, Agenda.Plan plan) {
        agenda.add(at, moment -> {
            if (journey.isOver()) {
                return;
            }
            if (moment.touches(journey.stay) || moment.at().isBefore(journey.inFlightUntil)) {
                Instant later = moment.at().plus(SLICE);
                step(later.isAfter(journey.inFlightUntil) ? later : journey.inFlightUntil.plus(SLICE), journey, plan);
                return;
            }
            plan.run(moment);
        });
    }

    void forget(Journey journey) {
        journey.phase = Journey.Phase.OVER;
        journeys.remove(journey.stay);
    }

    /**
     * Sends a message now, or, as real senders sometimes do, later; the stay waits for it.
     *
     * @param delay from now
     */
    void send(Moment moment, Journey journey, Duration delay, String message) {
        if (delay.isZero()) {
            moment.tell(journey.stay, message);
        } else {
            journey.inFlightUntil = moment.at().plus(delay);
            agenda.add(journey.inFlightUntil, later -> later.tell(journey.stay, message));
        }
        if (dice.chance(Mistakes.SENT_TWICE)) {
            agenda.add(moment.at().plus(delay).plus(dice.minutes(0, 30)), later -> later.tell(journey.stay, message));
        }
    }

    static AdtMessages.Place place(Bed bed) {
        return AdtMessages.Place.bed(bed);
    }
}
