package org.chevet.simulations.full;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.OverrideReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.ServiceView;
import org.chevet.placement.Demand;
import org.chevet.placement.Obstacle;
import org.chevet.placement.Verdict;
import org.chevet.simulations.demand.Draws;
import org.chevet.simulations.full.Agenda.Due;
import org.chevet.simulations.full.Person.Chance;
import org.chevet.simulations.scenario.Inject;
import org.chevet.simulations.scenario.Measure;
import org.jspecify.annotations.Nullable;

/** What happens to the hospital, and what it does then. */
final class Crisis {
    private static final double SECONDS_PER_HOUR = SimulatedDays.SECONDS_PER_HOUR;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final long EARLY_WITHIN_SECONDS = 4 * 3_600;
    private static final int EARLY_ROUND_HOUR = 9;
    private static final long NEVER = Long.MAX_VALUE;

    private final FullModel model;
    private final Ground ground;
    private final Agenda agenda;
    private final Ledger ledger;
    private final Draws draws;
    private final long[] inForceFrom;
    private final Set<BedId> toBlock = new HashSet<>();
    private final Map<Inject, List<BedId>> lost = new HashMap<>();
    private final Set<Measure> surgeOpenBy = new HashSet<>();
    private Inject.@Nullable InformationLost informationLost;
    private int transfersLeft;
    private int staffed;

    Crisis(FullModel model, Ground ground, Agenda agenda, Ledger ledger, Draws draws) {
        this.model = model;
        this.ground = ground;
        this.agenda = agenda;
        this.ledger = ledger;
        this.draws = draws;
        inForceFrom = new long[model.plan.measures().size()];
        Arrays.fill(inForceFrom, NEVER);
        for (Inject inject : model.plan.injects()) {
            agenda.add(at(inject.atHours()), Due.INJECT, inject);
        }
    }

    /** Beds, in the whole ground. */
    int staffed() {
        if (staffed == 0) {
            for (int service = 0; service < model.services.size(); service++) {
                staffed += ground.staffing(service).staffed();
            }
        }
        return staffed;
    }

    private void staff(ServiceId service, int beds) {
        ground.does(new Command.SetStaffedCapacity(service, beds));
        staffed = 0;
    }

    private long at(double hours) {
        return model.countedFrom + Math.round(hours * SECONDS_PER_HOUR);
    }

    double minutesBetweenRounds() {
        return informationLost == null
                ? model.plan.routine().minutesBetweenRounds()
                : informationLost.minutesBetweenRounds();
    }

    boolean isKeptAway(Person person) {
        Inject.InformationLost now = informationLost;
        return now != null
                && person.cause.origin() != RequestOrigin.OTHER_HOSPITAL
                && Chance.KEPT_AWAY.of(draws, person, 0).nextDouble()
                        >= (person.cause.origin() == RequestOrigin.ELECTIVE ? now.electives() : now.emergencies());
    }

    boolean isPutOff(Person person) {
        double drawn = Chance.PUT_OFF.of(draws, person, 0).nextDouble();
        for (int i = 0; i < inForceFrom.length; i++) {
            if (isInForce(i)
                    && model.plan.measures().get(i).action() instanceof Measure.CancelElectives cancel
                    && drawn < cancel.share()) {
                return true;
            }
        }
        return isKeptAway(person);
    }

    private boolean isInForce(int measure) {
        long from = inForceFrom[measure];
        return from <= ground.now()
                && ground.now() - from < model.plan.measures().get(measure).days() * SECONDS_PER_DAY;
    }

    void begin(Inject inject, Stays stays) {
        ledger.say(inject.name(), ground.now());
        switch (inject) {
            case Inject.MassCasualties casualties -> {}
            case Inject.Wave wave -> {}
            case Inject.BedsLost beds -> {
                lose(beds, stays);
                endsAfter(beds, beds.days());
            }
            case Inject.InformationLost information -> {
                informationLost = information;
                endsAfter(information, information.days());
            }
            case Inject.StaffShortage shortage -> {
                staff(1 - shortage.share());
                endsAfter(shortage, shortage.days());
            }
        }
    }

    private void endsAfter(Inject inject, double days) {
        agenda.add(ground.now() + Math.round(days * SECONDS_PER_DAY), Due.INJECT_ENDS, inject);
    }

    void end(Inject inject, Stays stays) {
        ledger.say(inject.name() + " –", ground.now());
        if (inject == informationLost) {
            informationLost = null;
        }
        if (inject instanceof Inject.StaffShortage) {
            staff(1);
        }
        for (BedId bed : lost.getOrDefault(inject, List.of())) {
            toBlock.remove(bed);
            ground.does(new Command.UnblockBed(bed));
        }
        stays.chooseForAll();
    }

    /** Staff for that share of the beds that the file says, for surge beds that are open as well. */
    private void staff(double share) {
        for (int service = 0; service < model.services.size(); service++) {
            Service is = model.services.get(service);
            int beds = is.staffedBeds() + ground.staffing(service).surgeOpen();
            staff(is.id(), (int) Math.round(share * beds));
        }
    }

    private void lose(Inject.BedsLost inject, Stays stays) {
        Set<BedId> beds = new LinkedHashSet<>();
        for (ServiceId id : inject.services()) {
            int service = model.indexOf(id);
            List<BedId> all = model.services.get(service).rooms().stream()
                    .flatMap(room -> room.beds().stream())
                    .map(bed -> bed.id())
                    .toList();
            beds.addAll(all.subList(0, (int) Math.round(inject.share() * all.size())));
        }
        lost.put(inject, List.copyOf(beds));
        for (BedId bed : beds) {
            if (!block(bed)) {
                toBlock.add(bed);
            }
        }
        if (inject.evacuated()) {
            for (Person person : List.copyOf(stays.all())) {
                if (person.bed != null && beds.contains(person.bed)) {
                    stays.evacuate(person);
                }
            }
        }
    }

    private boolean block(BedId bed) {
        return ground.does(new Command.BlockBed(bed, BlockReason.OTHER, null, null));
    }

    void emptied(BedId bed) {
        if (toBlock.contains(bed) && block(bed)) {
            toBlock.remove(bed);
        }
    }

    /** Every hour: what is to be done now, and what goes on being done. */
    void hour(int staffed, Stays stays) {
        if (ground.now() < model.countedFrom) {
            return;
        }
        int hourOfDay = model.days.hourOfDay(ground.now());
        for (int i = 0; i < inForceFrom.length; i++) {
            Measure measure = model.plan.measures().get(i);
            if (inForceFrom[i] == NEVER && isTriggered(measure.trigger(), staffed)) {
                inForceFrom[i] = ground.now() + Math.round(measure.delayHours() * SECONDS_PER_HOUR);
            }
            boolean begins = isInForce(i) && inForceFrom[i] > ground.now() - SECONDS_PER_HOUR;
            if (begins) {
                ledger.say(measure.name(), ground.now());
            }
            if (isInForce(i)) {
                act(measure, begins, hourOfDay, stays);
            } else if (inForceFrom[i] <= ground.now() && surgeOpenBy.remove(measure)) {
                openSurgeBeds(0, stays);
            }
        }
    }

    private boolean isTriggered(Measure.Trigger trigger, int staffed) {
        return switch (trigger) {
            case Measure.AtHours at -> ground.now() >= at(at.hours());
            case Measure.LoadAbove load -> ledger.occupied + ledger.waiting > load.share() * staffed;
            case Measure.BoardersAbove boarders -> ledger.boarders() > boarders.patients();
        };
    }

    private void act(Measure measure, boolean begins, int hourOfDay, Stays stays) {
        switch (measure.action()) {
            case Measure.OpenSurgeBeds surge -> {
                if (begins) {
                    surgeOpenBy.add(measure);
                    openSurgeBeds(surge.share(), stays);
                }
            }
            case Measure.CancelElectives cancel -> {}
            case Measure.DischargeEarly early -> {
                if (begins || hourOfDay == EARLY_ROUND_HOUR) {
                    dischargeEarly(early, stays);
                }
            }
            case Measure.TransferOut out -> {
                if (begins || hourOfDay == 0) {
                    transfersLeft = out.perDay();
                }
                transferOut(out, stays);
            }
            case Measure.Cohort cohort -> {}
        }
    }

    private void openSurgeBeds(double share, Stays stays) {
        for (int service = 0; service < model.services.size(); service++) {
            ServiceId id = model.services.get(service).id();
            Ground.Staffing before = ground.staffing(service);
            int beds = (int) Math.round(share * before.surge());
            if (ground.does(new Command.SetSurgeBeds(id, beds))) {
                staff(id, before.staffed() + beds - before.surgeOpen());
            }
        }
        stays.chooseForAll();
    }

    private void dischargeEarly(Measure.DischargeEarly early, Stays stays) {
        long until = ground.now() + Math.round(early.withinHours() * SECONDS_PER_HOUR);
        for (Person person : stays.all()) {
            long soon = ground.now()
                    + 1
                    + (long) (EARLY_WITHIN_SECONDS
                            * Chance.EARLY.of(draws, person, 1).nextDouble());
            boolean home = !person.isDead && person.bed != null && person.leavesAt <= until && person.leavesAt > soon;
            if (home && Chance.EARLY.of(draws, person, 0).nextDouble() < early.share()) {
                stays.leaveEarlier(person, soon);
                ledger.dischargedEarly++;
            }
        }
    }

    private void transferOut(Measure.TransferOut out, Stays stays) {
        for (Person person : stays.waiting()) {
            double waited = (ground.now() - person.askedAt) / SECONDS_PER_HOUR;
            if (transfersLeft > 0 && person.bed == null && waited >= out.afterWaitHours()) {
                transfersLeft--;
                ledger.transferredOut++;
                stays.goElsewhere(person);
            }
        }
    }

    /** After a round: who is still without a bed for want of a room of their own begins a cohort in an empty one. */
    void cohort(House house, Stays stays) {
        for (int i = 0; i < inForceFrom.length; i++) {
            if (isInForce(i) && model.plan.measures().get(i).action() instanceof Measure.Cohort) {
                for (Person person : stays.waiting()) {
                    if (person.needs.organism() != null
                            && (person.needs.isolation() == Isolation.CONTACT
                                    || person.needs.isolation() == Isolation.DROPLET)) {
                        beginCohort(person, house, stays);
                    }
                }
            }
        }
    }

    private void beginCohort(Person person, House house, Stays stays) {
        Demand demand = house.demand(person);
        for (ServiceView service : house.view().services()) {
            if (!takes(service.service(), person)) {
                continue;
            }
            for (BedView bed : service.beds()) {
                if (bed.status().state() == BedState.READY) {
                    Verdict verdict =
                            house.proposals().explain(demand, bed.bed().id());
                    List<String> codes = verdict.obstacles().stream()
                            .map(Obstacle::rule)
                            .map(PlacementRule::code)
                            .toList();
                    if (codes.equals(List.of(PlacementRule.ISOLATION.code()))
                            && stays.move(
                                    person, bed.bed().id(), new RuleOverride(OverrideReason.CRISIS, null, codes))) {
                        return;
                    }
                }
            }
        }
    }

    private static boolean takes(Service service, Person person) {
        String specialty = person.needs.specialty();
        return service.specialties().contains(specialty)
                || service.fallbackSpecialties().contains(specialty);
    }
}
