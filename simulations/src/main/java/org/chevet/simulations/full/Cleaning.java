package org.chevet.simulations.full;

import java.util.ArrayDeque;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Isolation;
import org.chevet.simulations.demand.Draws;

/** Teams that clean the beds which were left, one after the other; by night there are few. */
final class Cleaning {
    private static final int DAY_FROM_HOUR = 7;
    private static final int DAY_TO_HOUR = 21;
    private static final double NIGHT_SHARE = 0.25;
    private static final double MINUTES_MIN = 20;
    private static final double MINUTES_MORE = 22;
    private static final double ISOLATED_MINUTES_MORE = 30;

    private final FullModel model;
    private final Ground ground;
    private final Agenda agenda;
    private final Ledger ledger;
    private final Draws draws;
    private final ArrayDeque<Dirty> waiting = new ArrayDeque<>();
    private final int teamsByDay;
    private int atWork;

    /** @param minutes that it takes */
    private record Dirty(BedId bed, double minutes) {}

    Cleaning(FullModel model, Ground ground, Agenda agenda, Ledger ledger, Draws draws) {
        this.model = model;
        this.ground = ground;
        this.agenda = agenda;
        this.ledger = ledger;
        this.draws = draws;
        int beds = model.services.stream()
                .mapToInt(service -> service.staffedBeds())
                .sum();
        int per = model.plan.routine().bedsPerCleaningTeam();
        teamsByDay = per == 0 ? 0 : (beds + per - 1) / per;
    }

    /** @return whether the bed is ready now */
    boolean left(Person person, BedId bed) {
        if (teamsByDay == 0) {
            ground.must(new Command.FinishCleaning(bed));
            return true;
        }
        Person.Chance.CLEANING.of(draws, person, person.requests);
        double minutes = MINUTES_MIN
                + MINUTES_MORE * draws.nextDouble()
                + (person.needs.isolation() == Isolation.NONE ? 0 : ISOLATED_MINUTES_MORE);
        waiting.add(new Dirty(bed, minutes));
        begin();
        return false;
    }

    /** Those who are there begin what waits. */
    void begin() {
        while (atWork < teams() && !waiting.isEmpty()) {
            Dirty dirty = waiting.remove();
            atWork++;
            ground.does(new Command.StartCleaning(dirty.bed()));
            ledger.cleaningBegan(ground.index(dirty.bed()), ground.now());
            agenda.add(ground.now() + Math.round(dirty.minutes() * 60), Agenda.Due.CLEANED, dirty.bed());
        }
    }

    void cleaned(BedId bed) {
        atWork--;
        if (ground.does(new Command.FinishCleaning(bed))) {
            ledger.cleaningEnded(ground.index(bed), ground.now());
        }
        begin();
    }

    private int teams() {
        int hour = model.days.hourOfDay(ground.now());
        return hour >= DAY_FROM_HOUR && hour < DAY_TO_HOUR ? teamsByDay : Math.max(1, (int) (NIGHT_SHARE * teamsByDay));
    }

    /** A day's begin and end, when other teams come. */
    static boolean isShiftHour(int hourOfDay) {
        return hourOfDay == DAY_FROM_HOUR;
    }
}
