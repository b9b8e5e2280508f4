package org.chevet.forecast;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedEvent;
import org.chevet.event.BedEvent.HospitalDefined;
import org.chevet.event.BedEvent.RegistrationCancelled;
import org.chevet.event.BedEvent.StaysMerged;
import org.chevet.event.Location;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital's journal teaches of how patients come, move and leave. Where everybody is at one full hour is compared with where they are at the
 * next, by what was recorded until then: so a movement stated, corrected and taken back within the hour teaches nothing, and nothing of the
 * future is ever known. What is older counts less: half after {@value #HALF_LIFE_DAYS} days.
 *
 * <p>Events of one journal in their order make the same history, bit for bit. Takes memory for the stays that are in the live state, and some tens of
 * kilobytes. Owned by one thread.
 */
public final class FlowHistory {
    /**
     * Fewest whole days from which anything is foreseen: every weekday was seen twice. Of a week seen once, what happened once is foreseen
     * again: all that was announced on the day Chevet was first fed came again a week later, as twice the hospital's patients.
     */
    public static final int DAYS_NEEDED = 14;

    static final int HALF_LIFE_DAYS = 112;

    /** After so many hours without any event nobody was watching: nothing is learned of them. */
    private static final int SILENCE_HOURS_MAX = 72;

    /** Nor was anybody watching for so many hours without any event, where hardly an hour is without: forecasts of these hours are not scored. */
    private static final int OUTAGE_HOURS = 6;

    private static final double HOURS_WITH_EVENTS_MIN = 0.8;

    /** On the first day a feed tells who is here already: these are no arrivals. */
    private static final int HOURS_TAKING_OVER = 24;

    private static final double KEPT_DAILY = Math.pow(0.5, 1.0 / HALF_LIFE_DAYS);

    private static final long NEVER = Long.MIN_VALUE;

    private final @Nullable FlowRecord record;
    private final Premises premises = new Premises();
    private final FollowedStays followed = new FollowedStays(premises);

    /** From the first hour that is not learned of yet of everybody; null until an hour has passed since all is. */
    private @Nullable HoursAtRisk today;

    private final ServiceFlows flows = new ServiceFlows();
    private final Turnover turnover = new Turnover();
    private final Announcements soon = new Announcements();
    private final Announcements longBefore = new Announcements();
    private long sequence;
    private long hour = NEVER;
    private long hoursKnown;
    private long hoursWithEvents;
    private long lastEventHour = NEVER;
    private int hoursToTakeOver = HOURS_TAKING_OVER;

    private double askedMoved = 10;
    private double askedGranted = 9;

    /** @param record is told of every full hour; null when nobody scores forecasts */
    public FlowHistory(@Nullable FlowRecord record) {
        this.record = record;
    }

    /** An event of the hospital's journal; one that is known already is passed over. */
    public void learn(Recorded recorded) {
        if (recorded.sequence() <= sequence) {
            return;
        }
        sequence = recorded.sequence();
        BedEvent event = recorded.event();
        if (event instanceof HospitalDefined defined) {
            define(defined.hospital());
        }
        advance(recorded.recordedAt());
        if (hour > lastEventHour) {
            hoursWithEvents++;
            lastEventHour = hour;
        }
        if (event instanceof StaysMerged merged) {
            learnHours(followed.stay(merged.from()));
            learnHours(followed.stay(merged.into()));
        } else if (event instanceof RegistrationCancelled cancelled) {
            FollowedStay awaited = followed.awaited(cancelled.stay());
            if (awaited != null) {
                didNotCome(awaited);
            }
        }
        followed.take(event, WallHours.hour(recorded.recordedAt()));
    }

    /** No event came until then. */
    public void advance(Instant now) {
        long reached = WallHours.hour(now);
        if (!premises.isDefined() || hour == NEVER) {
            hour = premises.isDefined() ? reached : NEVER;
            return;
        }
        if (reached - hour > SILENCE_HOURS_MAX) {
            learnHours();
            flows.dropDay();
            followed.forEachWatched(stay -> stay.learnedUntil = reached);
            followed.seeTouched(reached, this::count);
            hour = reached;
        }
        boolean outage = isOutage(reached);
        for (boolean seen = true; hour < reached; seen = !outage) {
            passHour(seen);
        }
    }

    private boolean isOutage(long reached) {
        return reached - hour >= OUTAGE_HOURS && hoursWithEvents >= HOURS_WITH_EVENTS_MIN * hoursKnown;
    }

    /** Whether nothing happened since the last event until then, and it was not that nobody watched. */
    boolean isQuiet(long reached) {
        return reached - hour <= SILENCE_HOURS_MAX && !isOutage(reached) && !isTakingOver();
    }

    /**
     * What it was told so far is the past as another system remembers it; now comes the journal, from its first event. Where the past's patients went
     * from here is for the journal to say, which tells first who is here.
     *
     * @param announcementsKnown whether the past says how long before, and for when, people were announced
     */
    void beginJournal(boolean announcementsKnown) {
        learnHours();
        flows.dropDay();
        followed.clear();
        sequence = 0;
        hour = NEVER;
        hoursToTakeOver = HOURS_TAKING_OVER;
        if (!announcementsKnown) {
            soon.clear();
            longBefore.clear();
            flows.takeAllForPlanned();
        }
        if (record != null) {
            record.dropDue();
        }
    }

    /** Whether a feed may still be telling who is here. */
    boolean isTakingOver() {
        return hoursToTakeOver > 0;
    }

    /** Of the last event that it was told. */
    public long sequence() {
        return sequence;
    }

    /** Whole days that it watched. */
    public int daysKnown() {
        return (int) (hoursKnown / 24);
    }

    private void define(Hospital hospital) {
        learnHours();
        premises.define(hospital);
        flows.define(hospital, premises);
    }

    /** @param seen whether events of the hour would have been told */
    private void passHour(boolean seen) {
        HoursAtRisk hours = today();
        int weekday = hours.weekday();
        int ofDay = hours.ofDay(hour);
        if (!isTakingOver()) {
            flows.hour(weekday, ofDay);
        }
        followed.seeTouched(hour + 1, stay -> learnChange(stay, hours));
        hoursKnown++;
        hoursToTakeOver = Math.max(0, hoursToTakeOver - 1);
        hour++;
        if (hours.endsWith(hour - 1)) {
            endDay();
        }
        if (record != null && seen) {
            record.passed(this);
        }
    }

    private HoursAtRisk today() {
        HoursAtRisk hours = today;
        if (hours == null) {
            hours = new HoursAtRisk(premises.wall(), hour, hoursKnown, flows.list());
            today = hours;
        }
        return hours;
    }

    /** What was not learned yet of the hours so far, of which the factors must be those that they were. */
    private void learnHours() {
        HoursAtRisk hours = today;
        if (hours != null) {
            followed.forEachWatched(stay -> learn(stay, hours, hour));
            hours.learn();
            followed.unwatchWhoLeft();
            today = null;
        }
    }

    /** Before a stay becomes one with another: what each has taught so far is its own. */
    private void learnHours(FollowedStay stay) {
        HoursAtRisk hours = today;
        if (hours != null) {
            learn(stay, hours, hour);
        }
        stay.learnedUntil = hour;
    }

    private static void learn(FollowedStay stay, HoursAtRisk hours, long until) {
        if (stay.seenService != Presence.OUT && stay.learnedUntil < until) {
            hours.atRisk(stay.seenService, stay.known, stay.seenSinceHour, stay.learnedUntil, until);
        }
        stay.learnedUntil = until;
    }

    private void count(FollowedStay stay) {
        turnover.moved(stay.seenService, stay.service);
    }

    private void learnChange(FollowedStay stay, HoursAtRisk hours) {
        if (stay.hasNotMoved()) {
            return; // What is known of it is kept with the hour from which it was known.
        }
        count(stay);
        int was = stay.seenService;
        if (was == Presence.OUT) {
            if (stay.service != Presence.OUT) {
                came(stay, hours.ofDay(hour));
            }
            return;
        }
        learn(stay, hours, hour + 1);
        if (stay.service != was) {
            hours.left(was, stay.known, stay.seenSinceHour, hour);
            flows.list().get(was).left(stay.service);
            if (stay.seenDestination != Presence.OUT && stay.seenDestination != was) {
                askedMoved++;
                askedGranted += stay.service == stay.seenDestination ? 1 : 0;
            }
        }
    }

    /** Who is said to have come long ago was here before; that is no arrival. */
    private void came(FollowedStay stay, int ofDay) {
        boolean wasAnnounced = followed.awaitNoMore(stay);
        if (hour - stay.sinceHour > Announcements.LATE_HOURS_MAX || isTakingOver()) {
            return;
        }
        ServiceFlow flow = flows.list().get(stay.service);
        if (wasAnnounced) {
            boolean isSoon = stay.isAnnouncedSoon();
            (isSoon ? flow.soon : flow.planned).came(ofDay);
            announcements(isSoon).came(stay.sinceHour - stay.announcedHour, stay.sinceHour - stay.expectedHour);
        } else {
            flow.unplanned.came(ofDay);
        }
    }

    private void didNotCome(FollowedStay announced) {
        announcements(announced.isAnnouncedSoon()).didNotCome();
    }

    private void endDay() {
        learnHours();
        followed.awaitNoMore(stay -> {
            boolean late = hour - stay.expectedHour > Announcements.LATE_HOURS_MAX;
            if (late) {
                didNotCome(stay);
            }
            return late;
        });
        flows.endDay(KEPT_DAILY);
        soon.forget(KEPT_DAILY);
        longBefore.forget(KEPT_DAILY);
    }

    WallHours wall() {
        return premises.wall();
    }

    int service(Location location) {
        return premises.service(location);
    }

    /** The services of each by number, as the hospital last said. */
    Map<String, List<Integer>> poles() {
        return premises.poles();
    }

    /** Whether the hospital still has the service of this number. */
    boolean has(int number) {
        return premises.has(number);
    }

    /** OUT for a service that it was not told of. */
    int number(@Nullable ServiceId service) {
        return premises.number(service);
    }

    int serviceOf(BedId bed) {
        return premises.serviceOf(bed);
    }

    /** The first that accepts it. */
    int serviceOf(@Nullable String specialty) {
        return premises.serviceOf(specialty);
    }

    List<ServiceFlow> flows() {
        return flows.list();
    }

    /** Of all services together, as of the last day's end. */
    StayPattern anyStay() {
        return flows.anyStay();
    }

    /** Of all services together, as of the last day's end. */
    List<ArrivalPattern> anyArrivals() {
        return flows.anyArrivals();
    }

    long hour() {
        return hour;
    }

    /** Of those who are announced soon before they come, or of the others. */
    Announcements announcements(boolean ofSoon) {
        return ofSoon ? soon : longBefore;
    }

    /** Whether a stay that is announced was announced soon before. */
    boolean isAnnouncedSoon(StayId id) {
        return followed.isAnnouncedSoon(id);
    }

    /** Whether it was ever told how long before their arrival people are announced. */
    boolean knowsLeads() {
        return soon.knowsLeads() || longBefore.knowsLeads();
    }

    /** The chance that who leaves while a bed is asked for, goes there. */
    double granting() {
        return askedGranted / askedMoved;
    }

    Turnover turnover() {
        return turnover;
    }

    /** What will be added when the hour is passed that the last event is in, as far as it is known. */
    Turnover turnoverSinceHour() {
        Turnover since = new Turnover();
        followed.forEachMoved(stay -> since.moved(stay.seenService, stay.service));
        return since;
    }

    /** How many patients each service has. */
    int[] present() {
        return followed.present(flows.list().size());
    }

    /** As they are by what was recorded. */
    Presence presence() {
        return followed.presence();
    }
}
