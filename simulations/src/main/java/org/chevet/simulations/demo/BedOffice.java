package org.chevet.simulations.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.chevet.event.Anomaly;
import org.chevet.event.BedRequest;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Origin;
import org.chevet.event.OverrideReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.simulations.demand.CareProfile;
import org.jspecify.annotations.Nullable;

/**
 * The demo's bed managers and the staff who call them: they ask for beds, reserve them, have patients moved, block beds, and mend
 * what the feed got wrong. All of it through Chevet's own acts.
 */
final class BedOffice {
    private static final Duration FIRST_ROUND = Duration.ofMinutes(1);
    private static final Duration ROUND_BY_DAY = Duration.ofMinutes(10);
    private static final Duration ROUND_BY_NIGHT = Duration.ofMinutes(20);
    private static final Duration REFUSED_AFTER = Duration.ofMinutes(30);
    /** For how long only a bed that fits in every way will do. */
    private static final Duration PATIENCE = Duration.ofHours(4);

    private static final Duration DESPERATE = Duration.ofHours(10);
    private static final Duration ASKED_AHEAD = Duration.ofHours(36);

    /** Who is not here yet, and for whom there is no bed, goes elsewhere or comes another day. */
    private static final Duration AWAITED_MAX = Duration.ofHours(6);

    private static final int BLOCKED_BEDS_AIM = 12;
    private static final int QUARANTINE_MAX = 3;
    private static final Duration QUARANTINE_KEPT = Duration.ofHours(36);
    private static final int ANOMALIES_LOOKED_INTO = 3;

    /** What a bed manager answers for when nothing else is left: a fitting bed is looked for until then. */
    private static final List<String> OVERRIDDEN = Stream.of(
                    PlacementRule.ISOLATION,
                    PlacementRule.SINGLE_ROOM,
                    PlacementRule.SPECIALTY,
                    PlacementRule.LEVEL_OF_CARE,
                    PlacementRule.STAFFED_CAPACITY)
            .map(PlacementRule::code)
            .toList();

    /** Who lies in a bed, and waits for another of the same service, stays where they are at last. */
    private static final Duration SAME_SERVICE_MAX = Duration.ofHours(8);

    /** Where a patient goes for want of a bed where they belong. */
    private static final List<String> OVERFLOW =
            List.of("UHCD", "MED-POLY", "MED-INT", "GASTRO", "PNEUMO", "URO", "ORL");

    private final World world;
    private final Stays stays;
    private final Dice dice;

    BedOffice(World world, Stays stays) {
        this.world = world;
        this.stays = stays;
        this.dice = world.dice;
    }

    void begin(Instant now, boolean closeWhatLacksStaff) {
        if (closeWhatLacksStaff) {
            world.agenda.add(now, this::closeBedsWithoutStaff);
        }
        world.agenda.add(now.plus(FIRST_ROUND), this::round);
    }

    private void round(Moment moment) {
        boolean night = World.isNight(world.local(moment.at()));
        world.agenda.add(moment.at().plus(night ? ROUND_BY_NIGHT : ROUND_BY_DAY), this::round);
        if (!moment.isFirst(BedOffice.class)) {
            return;
        }
        Set<RequestId> open = new HashSet<>();
        for (OpenRequest request : moment.view().requests()) {
            open.add(request.request().id());
        }
        askForBeds(moment, open);
        for (OpenRequest request : moment.view().requests()) {
            answer(moment, request, night);
        }
        lookIntoAnomalies(moment);
        lookIntoQuarantine(moment);
        blockAndUnblock(moment);
        sendOnLeave(moment);
    }

    private void askForBeds(Moment moment, Set<RequestId> open) {
        for (Journey journey : List.copyOf(world.journeys.values())) {
            boolean wants = journey.phase == Journey.Phase.AWAITED || journey.phase == Journey.Phase.MOVING;
            if (!wants || journey.waitingSince.isAfter(moment.at())) {
                continue;
            }
            RequestId request = journey.request;
            boolean gone = request != null && !open.contains(request) && !journey.moveArranged;
            if (request == null || gone && moment.at().isAfter(journey.waitingSince.plus(REFUSED_AFTER))) {
                ask(moment, journey);
            }
        }
    }

    private void ask(Moment moment, Journey journey) {
        Stay known = moment.view().stays().get(journey.stay);
        if (known == null || moment.touches(journey.stay)) {
            return;
        }
        Service target = journey.target;
        RequestId id = world.numbers.request(moment.at());
        journey.request = id;
        moment.ask(
                asker(journey),
                new Command.RequestBed(
                        id,
                        journey.stay,
                        target.id(),
                        journey.origin,
                        journey.phase == Journey.Phase.MOVING && !target.equals(journey.service)
                                ? needsIn(target, journey.needs)
                                : journey.needs,
                        journey.priority,
                        neededAt(journey, moment.at()),
                        Stays.hours(CareProfile.of(target).meanLengthDays() * 24),
                        null));
    }

    private @Nullable Instant neededAt(Journey journey, Instant now) {
        if (journey.origin == RequestOrigin.EMERGENCY_DEPARTMENT) {
            return null;
        }
        return now.plus(mayBeAskedAhead(journey) ? ASKED_AHEAD : dice.minutes(30, 120));
    }

    /** A bed of rehabilitation is asked for before the patient is ready for it, wherever they lie. */
    private static boolean mayBeAskedAhead(Journey journey) {
        return journey.target.levelOfCare() == LevelOfCare.REHABILITATION && journey.origin != RequestOrigin.ELECTIVE;
    }

    private Origin.Person asker(Journey journey) {
        return switch (journey.origin) {
            case EMERGENCY_DEPARTMENT -> People.EMERGENCY_NURSE;
            case ELECTIVE -> People.ADMISSIONS;
            case INTERNAL -> People.WARD_NURSE;
            case OTHER_HOSPITAL -> People.PHYSICIAN;
        };
    }

    private static CareNeeds needsIn(Service target, CareNeeds needs) {
        String specialty = needs.specialty() != null && target.specialties().contains(needs.specialty())
                ? needs.specialty()
                : target.specialties().getFirst();
        return new CareNeeds(
                specialty,
                target.levelOfCare(),
                needs.isolation(),
                needs.sex(),
                needs.ageYears(),
                needs.equipmentRequired(),
                needs.equipmentPreferred(),
                needs.singleRoom());
    }

    private void answer(Moment moment, OpenRequest open, boolean night) {
        BedRequest request = open.request();
        Journey journey = request.stay() == null ? null : world.journeys.get(request.stay());
        if (journey == null) {
            if (request.stay() != null && hasEnded(moment, request.stay())) {
                moment.ask(
                        world.people.bedManager(moment.at()),
                        new Command.CancelBedRequest(request.id(), "séjour terminé"));
            }
            return;
        }
        if (journey.phase == Journey.Phase.PRESENT) {
            if (!moment.touches(journey.stay) && moment.at().isAfter(journey.inFlightUntil)) {
                moment.ask(
                        world.people.bedManager(moment.at()),
                        new Command.CancelBedRequest(request.id(), "placé ailleurs"));
            }
            return;
        }
        journey.request = request.id();
        BedId reserved = open.bed();
        if (reserved != null) {
            arrangeMove(moment, journey, request.id(), reserved);
            return;
        }
        Duration waited = Duration.between(request.requestedAt(), moment.at());
        boolean urgent = request.priority() <= 1;
        if (urgent || dice.chance(night ? 0.3 : 0.6)) {
            findBed(moment, journey, request, waited, urgent);
        }
    }

    private boolean hasEnded(Moment moment, StayId id) {
        Stay stay = moment.view().stays().get(id);
        return stay == null
                || switch (stay.status()) {
                    case ENDED, CANCELLED, MERGED -> true;
                    case EXPECTED, PRESENT, ON_LEAVE -> false;
                };
    }

    private void findBed(Moment moment, Journey journey, BedRequest request, Duration waited, boolean urgent) {
        boolean relaxed = waited.compareTo(PATIENCE) > 0;
        // In the end any bed is better than a stretcher: what goes by touch is then kept off by barriers, not by walls.
        Isolation isolation = request.needs().isolation();
        boolean byBarriers =
                waited.compareTo(DESPERATE) > 0 && (isolation == Isolation.CONTACT || isolation == Isolation.DROPLET);
        CareNeeds needs = byBarriers ? request.needs().withIsolation(Isolation.NONE) : request.needs();
        BedView bed = world.chooser.choose(moment, journey.target.id(), needs, relaxed);
        if (bed == null && relaxed && mayLieElsewhere(journey, waited)) {
            bed = elsewhere(moment, needs);
        }
        if (bed == null) {
            giveUp(moment, journey, waited, urgent);
            return;
        }
        world.chooser.claim(bed.bed().id(), journey.patient.sex(), moment.at().plus(World.SLICE));
        Instant until = moment.at().plus(Duration.ofHours(urgent ? 1 : 3));
        Instant needed = request.neededAt().plus(Duration.ofHours(2));
        moment.ask(
                world.people.bedManager(moment.at()),
                new Command.ReserveBed(
                        request.id(),
                        bed.bed().id(),
                        null,
                        needed.isAfter(until) ? needed : until,
                        relaxed ? new RuleOverride(OverrideReason.NO_OTHER_BED, null, OVERRIDDEN) : null));
    }

    /** Patients of the wards, in another ward, unless they can come another day; those whom intensive care can let go, after half a day. */
    private static boolean mayLieElsewhere(Journey journey, Duration waited) {
        if (journey.origin == RequestOrigin.ELECTIVE) {
            return false;
        }
        return switch (journey.target.levelOfCare()) {
            case ACUTE ->
                !journey.target.equals(journey.service)
                        || journey.phase == Journey.Phase.AWAITED
                        || journey.place.bed().isEmpty();
            case INTERMEDIATE -> journey.phase == Journey.Phase.MOVING && waited.toHours() >= 12;
            case REHABILITATION, INTENSIVE -> false;
        };
    }

    private @Nullable BedView elsewhere(Moment moment, CareNeeds needs) {
        for (String service : OVERFLOW) {
            Service candidate = world.service(service);
            BedView bed = candidate == null ? null : world.chooser.choose(moment, candidate.id(), needs, true);
            if (bed != null) {
                return bed;
            }
        }
        return null;
    }

    /** No bed anywhere: into the service without one, another day or another hospital, or home at last. */
    private void giveUp(Moment moment, Journey journey, Duration waited, boolean urgent) {
        switch (journey.phase) {
            case AWAITED -> {
                boolean emergency = journey.origin == RequestOrigin.EMERGENCY_DEPARTMENT;
                if (emergency && (urgent ? waited.toMinutes() > 60 : waited.toHours() >= 9)) {
                    stays.admit(moment, journey, null);
                } else if (!emergency && waited.compareTo(mayBeAskedAhead(journey) ? ASKED_AHEAD : AWAITED_MAX) > 0) {
                    boolean elective = journey.origin == RequestOrigin.ELECTIVE;
                    cancel(moment, journey, elective ? "reporté faute de lit" : "adressé à un autre établissement");
                }
            }
            case MOVING -> {
                boolean hasBed = journey.target.equals(journey.service)
                        && !journey.place.bed().isEmpty();
                if (hasBed && waited.compareTo(SAME_SERVICE_MAX) > 0 && journey.request != null) {
                    moment.ask(
                            People.WARD_NURSE,
                            new Command.CancelBedRequest(journey.request, "précautions renforcées dans la chambre"));
                    journey.request = null;
                    journey.phase = Journey.Phase.PRESENT;
                    return;
                }
                boolean dueElsewhere = journey.target.levelOfCare() == LevelOfCare.REHABILITATION
                        && waited.compareTo(ASKED_AHEAD) > 0
                        && !World.isNight(world.local(moment.at()));
                if (dueElsewhere && journey.request != null && dice.chance(0.05)) {
                    boolean home = dice.chance(0.5);
                    moment.ask(
                            People.WARD_NURSE,
                            new Command.CancelBedRequest(
                                    journey.request,
                                    home
                                            ? "retour à domicile organisé"
                                            : "accepté en SMR dans un autre établissement"));
                    journey.request = null;
                    journey.phase = Journey.Phase.PRESENT;
                    stays.depart(moment, journey, home ? Ending.DISCHARGED : Ending.TRANSFERRED_OUT);
                }
            }
            case PRESENT, OVER -> {}
        }
    }

    private void cancel(Moment moment, Journey journey, String reason) {
        if (journey.request != null) {
            moment.ask(People.ADMISSIONS, new Command.CancelBedRequest(journey.request, reason));
        }
        stays.cancelRegistration(moment, journey);
    }

    /** The bed is reserved: the patient comes when the stretcher does. */
    private void arrangeMove(Moment moment, Journey journey, RequestId request, BedId bed) {
        if (journey.moveArranged) {
            return;
        }
        journey.moveArranged = true;
        boolean urgent = journey.priority <= 1;
        Instant at = moment.at().plus(urgent ? dice.minutes(8, 25) : dice.minutes(15, 50));
        world.step(at, journey, later -> move(later, journey, request, bed));
    }

    private void move(Moment moment, Journey journey, RequestId request, BedId id) {
        journey.moveArranged = false;
        BedView bed = moment.bed(id);
        if (bed == null
                || bed.status().state() != BedState.RESERVED
                || bed.status().reservation() == null
                || !bed.status().reservation().request().equals(request)) {
            return;
        }
        Service to = serviceOf(moment, id);
        if (journey.phase == Journey.Phase.AWAITED) {
            journey.service = to;
            journey.request = null;
            stays.admit(moment, journey, bed);
        } else if (journey.phase == Journey.Phase.MOVING) {
            CareNeeds needs = needsIn(journey.target, journey.needs);
            if (!journey.target.equals(journey.service) && !needs.equals(journey.needs)) {
                journey.needs = needs;
                moment.ask(People.PHYSICIAN, new Command.ChangeNeeds(journey.stay, needs));
            }
            stays.transfer(moment, journey, bed, to);
        }
    }

    private static Service serviceOf(Moment moment, BedId id) {
        for (ServiceView service : moment.view().services()) {
            for (BedView bed : service.beds()) {
                if (bed.bed().id().equals(id)) {
                    return service.service();
                }
            }
        }
        throw new IllegalStateException("bed " + id + " is in the view but in none of its services");
    }

    private void lookIntoAnomalies(Moment moment) {
        List<Anomaly> anomalies = moment.view().anomalies();
        if (anomalies.size() <= ANOMALIES_LOOKED_INTO || !dice.chance(0.5)) {
            return;
        }
        Anomaly oldest = anomalies.getFirst();
        if (Duration.between(oldest.since(), moment.at()).toMinutes() > 60) {
            moment.ask(
                    world.people.bedManager(moment.at()),
                    new Command.ResolveAnomaly(oldest.key(), "Vérifié avec le service."));
        }
    }

    private void lookIntoQuarantine(Moment moment) {
        List<HospitalView.QuarantineEntry> quarantine = moment.view().quarantine();
        if (quarantine.isEmpty() || !dice.chance(0.05)) {
            return;
        }
        Duration kept = Duration.between(quarantine.getFirst().receivedAt(), moment.at());
        if (quarantine.size() > QUARANTINE_MAX || kept.compareTo(QUARANTINE_KEPT) > 0) {
            moment.ask(
                    People.ADMISSIONS,
                    new Command.DiscardQuarantined(quarantine.getFirst().id(), "Ressaisi par le bureau des entrées."));
        }
    }

    private void closeBedsWithoutStaff(Moment moment) {
        for (ServiceView service : moment.view().services()) {
            int surplus =
                    World.regularBeds(service.service()) - service.service().staffedBeds() - closedRegularBeds(service);
            List<BedView> beds = service.beds();
            for (int i = beds.size() - 1; i >= 0 && surplus > 0; i--) {
                if (!beds.get(i).bed().surge() && beds.get(i).status().state() == BedState.READY) {
                    world.chooser.claim(
                            beds.get(i).bed().id(), Sex.UNKNOWN, moment.at().plus(World.SLICE));
                    moment.ask(
                            People.NURSE_MANAGER,
                            new Command.CloseBed(beds.get(i).bed().id()));
                    surplus--;
                }
            }
        }
    }

    private static int closedRegularBeds(ServiceView service) {
        return (int) service.beds().stream()
                .filter(bed -> !bed.bed().surge() && !bed.status().open())
                .count();
    }

    private void blockAndUnblock(Moment moment) {
        ZonedDateTime local = world.local(moment.at());
        int blocked = 0;
        for (ServiceView service : moment.view().services()) {
            blocked += service.counts().blocked();
            for (BedView bed : service.beds()) {
                if (bed.status().state() == BedState.BLOCKED && bed.status().block() != null) {
                    Instant end = bed.status().block().expectedEnd();
                    if (end != null && moment.at().isAfter(end)) {
                        moment.ask(
                                People.NURSE_MANAGER,
                                new Command.UnblockBed(bed.bed().id()));
                    }
                }
            }
        }
        if (blocked < BLOCKED_BEDS_AIM && !World.isNight(local) && dice.chance(0.5)) {
            block(moment);
        }
    }

    private void block(Moment moment) {
        ServiceView service = dice.pick(moment.view().services());
        List<BedView> ready = service.beds().stream()
                .filter(bed -> bed.status().state() == BedState.READY
                        && !world.chooser.isClaimed(bed.bed().id()))
                .toList();
        if (ready.size() < 2) {
            return;
        }
        BedView bed = dice.pick(ready);
        boolean palliative = service.service().specialties().contains("soins-palliatifs");
        record Why(BlockReason reason, @Nullable String note, int hours) {}
        Why why = palliative
                ? new Why(BlockReason.COURTESY, "Famille présente la nuit", 12)
                : dice.pick(List.of(
                        new Why(BlockReason.MAINTENANCE, "Fuite au lavabo", 20),
                        new Why(BlockReason.MAINTENANCE, "Appel malade en panne", 8),
                        new Why(BlockReason.EQUIPMENT, "Lit électrique en réparation", 30),
                        new Why(BlockReason.ISOLATION, "Chambre dédiée BMR", 48),
                        new Why(BlockReason.STAFF, "Infirmier absent", 10),
                        new Why(BlockReason.STAFF, "Aide-soignante absente", 10)));
        world.chooser.claim(bed.bed().id(), Sex.UNKNOWN, moment.at().plus(World.SLICE));
        moment.ask(
                People.NURSE_MANAGER,
                new Command.BlockBed(
                        bed.bed().id(),
                        why.reason(),
                        why.note(),
                        moment.at().plus(Stays.hours(why.hours() * dice.uniform(0.6, 1.5)))));
    }

    /** A few go home for the weekend; the bed stays theirs. */
    private void sendOnLeave(Moment moment) {
        ZonedDateTime local = world.local(moment.at());
        boolean fridayAfternoon = local.getDayOfWeek() == DayOfWeek.FRIDAY && local.getHour() == 16;
        if (!fridayAfternoon) {
            return;
        }
        for (Journey journey : List.copyOf(world.journeys.values())) {
            boolean able = journey.phase == Journey.Phase.PRESENT
                    && journey.service.levelOfCare() == LevelOfCare.REHABILITATION
                    && Duration.between(moment.at(), journey.leavesAt).toHours() > 80;
            if (able && dice.chance(0.015)) {
                StayId stay = journey.stay;
                moment.ask(People.WARD_NURSE, new Command.StartLeave(stay, null));
                world.step(
                        moment.at().plus(dice.minutes(2700, 3100)),
                        journey,
                        later -> later.ask(People.WARD_NURSE, new Command.EndLeave(stay, null)));
            }
        }
    }
}
