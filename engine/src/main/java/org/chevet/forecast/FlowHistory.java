package org.chevet.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.chevet.event.Barrier;
import org.chevet.event.BedEvent;
import org.chevet.event.BedEvent.BarrierLifted;
import org.chevet.event.BedEvent.BarrierSet;
import org.chevet.event.BedEvent.BedRequestCancelled;
import org.chevet.event.BedEvent.BedRequestFulfilled;
import org.chevet.event.BedEvent.BedRequested;
import org.chevet.event.BedEvent.BedReserved;
import org.chevet.event.BedEvent.DischargePlanned;
import org.chevet.event.BedEvent.HospitalDefined;
import org.chevet.event.BedEvent.MedicalReadinessChanged;
import org.chevet.event.BedEvent.MovementCancelled;
import org.chevet.event.BedEvent.MovementCorrected;
import org.chevet.event.BedEvent.MovementRecorded;
import org.chevet.event.BedEvent.PapersStated;
import org.chevet.event.BedEvent.PatientUpdated;
import org.chevet.event.BedEvent.RegistrationCancelled;
import org.chevet.event.BedEvent.StayArchived;
import org.chevet.event.BedEvent.StayRegistered;
import org.chevet.event.BedEvent.StaysMerged;
import org.chevet.event.BedEvent.StaysSwapped;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
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

    /** Who is announced for less than so long after, comes by another rhythm than who is announced for later, and not as punctually. */
    private static final int SOON_HOURS = 24;

    /** After so many hours without any event nobody was watching: nothing is learned of them. */
    private static final int SILENCE_HOURS_MAX = 72;

    /** On the first day a feed tells who is here already: these are no arrivals. */
    private static final int HOURS_TAKING_OVER = 24;

    private static final double KEPT_DAILY = Math.pow(0.5, 1.0 / HALF_LIFE_DAYS);

    private static final long NEVER = Long.MIN_VALUE;

    /** A stay, as far as it matters here. */
    private static final class Tracked {
        private int service = Presence.OUT;
        private long sinceHour;
        private @Nullable String movement;
        private Instant at = Instant.MIN;
        private int serviceBefore = Presence.OUT;
        private long sinceHourBefore;
        private long planDay = Standing.NO_PLAN;
        private boolean ready;
        private boolean closed;
        private List<Barrier> barriers = List.of();
        private long heldUntilDay = Standing.NOT_HELD;
        private boolean asked;
        private int destination = Presence.OUT;
        private long expectedHour = NEVER;
        private long announcedHour;
        private @Nullable String specialty;

        /** As of the last full hour; these are what is learned from. */
        private int seenService = Presence.OUT;

        private long seenSinceHour;
        private int seenDestination = Presence.OUT;
        /** The first hour that is not learned of yet, while there is a service. */
        private long learnedUntil;

        private boolean watched;
        private boolean touched;
        private final Known known = new Known();

        private void hold(List<Barrier> by, WallHours wall) {
            barriers = by;
            heldUntilDay = Standing.heldUntilDay(by, wall);
        }

        private int milestone() {
            return closed
                    ? Standing.CLOSED
                    : ready ? Standing.MEDICALLY_READY : asked ? Standing.BED_ASKED : Standing.WAITS;
        }

        private boolean isAnnouncedSoon() {
            return expectedHour - announcedHour < SOON_HOURS;
        }

        private boolean isAsSeen() {
            return service == seenService
                    && sinceHour == seenSinceHour
                    && destination == seenDestination
                    && known.isNow(planDay, heldUntilDay, milestone());
        }
    }

    private final @Nullable FlowRecord record;
    private final Map<StayId, Tracked> stays = new HashMap<>();
    private final Map<RequestId, Tracked> asking = new HashMap<>();
    private final Set<Tracked> announced = new LinkedHashSet<>();
    private final List<Tracked> watched = new ArrayList<>();

    /** Of whom something was told within the hour. */
    private final List<Tracked> touched = new ArrayList<>();

    /** From the first hour that is not learned of yet of everybody; null until an hour has passed since all is. */
    private @Nullable HoursAtRisk today;

    private final Map<ServiceId, Integer> numbers = new HashMap<>();
    private final Map<BedId, Integer> serviceOfBed = new HashMap<>();
    private final Map<String, Integer> serviceOfSpecialty = new HashMap<>();
    private final List<ServiceFlow> flows = new ArrayList<>();
    private final Map<String, StayPattern> specialties = new HashMap<>();
    private final List<String> specialtyOfService = new ArrayList<>();
    private final StayPattern anywhere = new StayPattern();
    private final StayPattern beforeAnything = new StayPattern();

    /** In the order of a service's patterns. */
    private final List<ArrivalPattern> anyArrivals =
            List.of(new ArrivalPattern(), new ArrivalPattern(), new ArrivalPattern());

    private final ArrivalPattern noArrival = new ArrivalPattern();

    private final Turnover turnover = new Turnover();
    private final Announcements soon = new Announcements();
    private final Announcements longBefore = new Announcements();
    private @Nullable WallHours wall;
    private long sequence;
    private long hour = NEVER;
    private long hoursKnown;
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
        if (recorded.event() instanceof HospitalDefined defined) {
            define(defined.hospital());
        }
        advance(recorded.recordedAt());
        take(recorded.event(), WallHours.hour(recorded.recordedAt()));
    }

    /** No event came until then. */
    public void advance(Instant now) {
        long reached = WallHours.hour(now);
        if (wall == null || hour == NEVER) {
            hour = wall == null ? NEVER : reached;
            return;
        }
        if (reached - hour > SILENCE_HOURS_MAX) {
            learnHours();
            watched.forEach(stay -> stay.learnedUntil = reached);
            seeTouched(reached, this::count);
            hour = reached;
        }
        while (hour < reached) {
            passHour();
        }
    }

    /**
     * What it was told so far is the past as another system remembers it; now comes the journal, from its first event. Where the past's patients went
     * from here is for the journal to say, which tells first who is here.
     *
     * @param announcementsKnown whether the past says how long before, and for when, people were announced
     */
    void beginJournal(boolean announcementsKnown) {
        learnHours();
        stays.clear();
        asking.clear();
        announced.clear();
        watched.clear();
        touched.clear();
        sequence = 0;
        hour = NEVER;
        hoursToTakeOver = HOURS_TAKING_OVER;
        if (!announcementsKnown) {
            soon.clear();
            longBefore.clear();
            flows.forEach(flow -> flow.planned.takeOver(flow.soon));
            settle();
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

    private void take(BedEvent event, long now) {
        switch (event) {
            case MovementRecorded moved -> move(stay(moved.stay()), moved.movement());
            case MovementCorrected corrected -> correct(stay(corrected.stay()), corrected.movement());
            case MovementCancelled cancelled -> takeBack(stay(cancelled.stay()), cancelled.movement());
            case StaysSwapped swapped -> {
                move(stay(swapped.first()), swapped.firstMovement());
                move(stay(swapped.second()), swapped.secondMovement());
            }
            case StaysMerged merged -> merge(stay(merged.from()), stay(merged.into()));
            case StayRegistered registered -> {
                Tracked stay = stay(registered.stay());
                String specialty = registered.needs().specialty();
                stay.specialty = specialty == null ? registered.assumedSpecialty() : specialty;
                announce(stay, registered.expectedArrival(), now);
            }
            case PapersStated stated -> {
                Tracked stay = stay(stated.stay());
                String specialty = stated.papers().specialty();
                if (specialty != null || stay.specialty == null) {
                    stay.specialty = specialty == null ? stated.papers().assumedSpecialty() : specialty;
                }
                if (stated.papers().expectedArrival() != null) {
                    announce(stay, stated.papers().expectedArrival(), now);
                }
            }
            case PatientUpdated updated -> announce(stay(updated.stay()), updated.expectedArrival(), now);
            case RegistrationCancelled cancelled -> {
                Tracked stay = stay(cancelled.stay());
                if (announced.remove(stay)) {
                    announcements(stay.isAnnouncedSoon()).didNotCome();
                }
            }
            case DischargePlanned planned ->
                stay(planned.stay()).planDay =
                        planned.expected() == null ? Standing.NO_PLAN : wall().day(planned.expected());
            case MedicalReadinessChanged changed -> stay(changed.stay()).ready = changed.ready();
            case BedEvent.AdministrativeClosureChanged changed -> stay(changed.stay()).closed = changed.closed();
            case BarrierSet set -> {
                Tracked stay = stay(set.stay());
                stay.hold(Barrier.with(stay.barriers, set.barrier()), wall());
            }
            case BarrierLifted lifted -> {
                Tracked stay = stay(lifted.stay());
                stay.hold(Barrier.without(stay.barriers, lifted.barrier().kind()), wall());
            }
            case StayArchived archived -> forget(archived.stay());
            case BedRequested requested -> ask(requested.request());
            case BedReserved reserved -> {
                Tracked stay = asking.get(reserved.request());
                if (stay != null) {
                    touch(stay);
                    stay.destination = serviceOfBed.getOrDefault(reserved.bed(), Presence.OUT);
                }
            }
            case BedRequestCancelled cancelled -> askNoMore(cancelled.request());
            case BedRequestFulfilled fulfilled -> askNoMore(fulfilled.request());
            default -> {}
        }
    }

    private void define(Hospital hospital) {
        learnHours();
        wall = new WallHours(hospital.zone());
        serviceOfBed.clear();
        serviceOfSpecialty.clear();
        for (Service service : hospital.services()) {
            Integer known = numbers.get(service.id());
            int number = known == null ? flows.size() : known;
            String specialty =
                    service.specialties().isEmpty() ? "" : service.specialties().getFirst();
            if (known == null) {
                numbers.put(service.id(), number);
                flows.add(new ServiceFlow(service.id()));
                specialtyOfService.add(specialty);
            }
            specialtyOfService.set(number, specialty);
            specialties.computeIfAbsent(specialty, none -> new StayPattern());
            service.specialties().forEach(code -> serviceOfSpecialty.putIfAbsent(code, number));
            for (Room room : service.rooms()) {
                for (Bed bed : room.beds()) {
                    serviceOfBed.put(bed.id(), number);
                }
            }
        }
        settle();
    }

    private Tracked stay(StayId id) {
        Tracked stay = stays.computeIfAbsent(id, none -> new Tracked());
        touch(stay);
        return stay;
    }

    private void touch(Tracked stay) {
        if (!stay.touched) {
            stay.touched = true;
            touched.add(stay);
        }
    }

    private void forget(StayId id) {
        Tracked stay = stays.remove(id);
        if (stay != null) {
            touch(stay);
            stay.service = Presence.OUT;
            announced.remove(stay);
            asking.values().removeIf(asker -> asker == stay);
        }
    }

    /** One that was before the last known is history that was counted otherwise already. */
    private void move(Tracked stay, Movement movement) {
        if (movement.at().isBefore(stay.at)) {
            return;
        }
        stay.serviceBefore = stay.service;
        stay.sinceHourBefore = stay.sinceHour;
        stay.movement = movement.id();
        stay.at = movement.at();
        apply(stay, movement);
    }

    private void correct(Tracked stay, Movement movement) {
        if (movement.id().equals(stay.movement)) {
            stay.service = stay.serviceBefore;
            stay.sinceHour = stay.sinceHourBefore;
            stay.at = movement.at();
            apply(stay, movement);
        }
    }

    private void takeBack(Tracked stay, String movement) {
        if (movement.equals(stay.movement)) {
            place(stay, stay.serviceBefore, stay.sinceHourBefore);
            stay.movement = null;
        }
    }

    private void apply(Tracked stay, Movement movement) {
        switch (movement.kind()) {
            case ADMISSION, TRANSFER -> place(stay, movement);
            case RETURN -> {
                if (!movement.to().equals(Location.ELSEWHERE)) {
                    place(stay, movement);
                }
            }
            case LEAVE -> {}
            case DISCHARGE -> place(stay, Presence.OUT, WallHours.hour(movement.at()));
        }
    }

    private void place(Tracked stay, Movement movement) {
        int service = movement.patientClass() == PatientClass.OUTPATIENT ? Presence.OUT : service(movement.to());
        if (service != stay.service) {
            place(stay, service, WallHours.hour(movement.at()));
        }
    }

    private void place(Tracked stay, int service, long since) {
        stay.service = service;
        stay.sinceHour = since;
        if (!stay.watched && service != Presence.OUT) {
            stay.watched = true;
            watched.add(stay);
        }
    }

    int service(Location location) {
        Integer ofBed = location.bed() == null ? null : serviceOfBed.get(location.bed());
        return ofBed != null ? ofBed : number(location.service());
    }

    /** OUT for a service that it was not told of. */
    int number(@Nullable ServiceId service) {
        return service == null ? Presence.OUT : numbers.getOrDefault(service, Presence.OUT);
    }

    int serviceOf(BedId bed) {
        return serviceOfBed.getOrDefault(bed, Presence.OUT);
    }

    /** The first that accepts it. */
    int serviceOf(@Nullable String specialty) {
        return specialty == null ? Presence.OUT : serviceOfSpecialty.getOrDefault(specialty, Presence.OUT);
    }

    private void merge(Tracked from, Tracked into) {
        HoursAtRisk hours = today;
        if (hours != null) {
            learn(from, hours, hour);
            learn(into, hours, hour);
        }
        into.learnedUntil = hour;
        if (into.service == Presence.OUT && from.service != Presence.OUT) {
            place(into, from.service, from.sinceHour);
            into.movement = from.movement;
            into.at = from.at;
            into.seenService = from.seenService;
            into.seenSinceHour = from.seenSinceHour;
        }
        into.hold(Barrier.joined(into.barriers, from.barriers), wall());
        from.service = Presence.OUT;
        from.seenService = Presence.OUT;
        announced.remove(from);
    }

    private void announce(Tracked stay, @Nullable Instant expected, long now) {
        if (expected == null || stay.service != Presence.OUT || stay.movement != null) {
            announced.remove(stay);
            return;
        }
        stay.expectedHour = WallHours.hour(expected);
        if (announced.add(stay)) {
            stay.announcedHour = now;
        }
    }

    private void ask(BedRequest request) {
        if (request.stay() != null) {
            Tracked stay = stay(request.stay());
            stay.asked = true;
            stay.destination = number(request.service());
            asking.put(request.id(), stay);
        }
    }

    private void askNoMore(BedRequest request) {
        Tracked stay = asking.remove(request.id());
        if (stay != null) {
            touch(stay);
            stay.asked = false;
            stay.destination = Presence.OUT;
        }
    }

    private static boolean isOver(Tracked stay) {
        stay.watched = stay.service != Presence.OUT || stay.seenService != Presence.OUT;
        return !stay.watched;
    }

    private void passHour() {
        HoursAtRisk hours = today();
        int weekday = hours.weekday();
        int ofDay = hours.ofDay(hour);
        if (!isTakingOver()) {
            for (ServiceFlow flow : flows) {
                flow.arrivals().forEach(pattern -> pattern.hour(weekday, ofDay));
            }
        }
        seeTouched(hour + 1, stay -> watch(stay, hours));
        hoursKnown++;
        hoursToTakeOver = Math.max(0, hoursToTakeOver - 1);
        hour++;
        if (hours.endsWith(hour - 1)) {
            endDay();
        }
        if (record != null) {
            record.passed(this);
        }
    }

    private HoursAtRisk today() {
        HoursAtRisk hours = today;
        if (hours == null) {
            hours = new HoursAtRisk(wall(), hour, hoursKnown, flows);
            today = hours;
        }
        return hours;
    }

    /** Of all others nothing has changed since the last full hour. */
    private void seeTouched(long at, Consumer<Tracked> learn) {
        for (Tracked stay : touched) {
            stay.touched = false;
            if (stay.watched && !stay.isAsSeen()) {
                learn.accept(stay);
                see(stay, at);
            }
        }
        touched.clear();
    }

    /** What was not learned yet of the hours so far, of which the factors must be those that they were. */
    private void learnHours() {
        HoursAtRisk hours = today;
        if (hours != null) {
            watched.forEach(stay -> learn(stay, hours, hour));
            watched.removeIf(FlowHistory::isOver);
            today = null;
        }
    }

    private static void learn(Tracked stay, HoursAtRisk hours, long until) {
        if (stay.seenService != Presence.OUT && stay.learnedUntil < until) {
            hours.atRisk(stay.seenService, stay.known, stay.seenSinceHour, stay.learnedUntil, until);
        }
        stay.learnedUntil = until;
    }

    private void count(Tracked stay) {
        turnover.moved(stay.seenService, stay.service);
    }

    private void watch(Tracked stay, HoursAtRisk hours) {
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
            flows.get(was).left(stay.service);
            if (stay.seenDestination != Presence.OUT && stay.seenDestination != was) {
                askedMoved++;
                askedGranted += stay.service == stay.seenDestination ? 1 : 0;
            }
        }
    }

    /** Who is said to have come long ago was here before; that is no arrival. */
    private void came(Tracked stay, int ofDay) {
        boolean wasAnnounced = announced.remove(stay);
        if (hour - stay.sinceHour > Announcements.LATE_HOURS_MAX || isTakingOver()) {
            return;
        }
        ServiceFlow flow = flows.get(stay.service);
        if (wasAnnounced) {
            boolean isSoon = stay.isAnnouncedSoon();
            (isSoon ? flow.soon : flow.planned).came(ofDay);
            announcements(isSoon).came(stay.sinceHour - stay.announcedHour, stay.sinceHour - stay.expectedHour);
        } else {
            flow.unplanned.came(ofDay);
        }
    }

    private void see(Tracked stay, long at) {
        stay.seenService = stay.service;
        stay.seenSinceHour = stay.sinceHour;
        stay.seenDestination = stay.destination;
        stay.learnedUntil = at;
        if (!stay.known.isNow(stay.planDay, stay.heldUntilDay, stay.milestone())) {
            stay.known.become(stay.planDay, stay.heldUntilDay, stay.milestone(), at);
        }
    }

    private void endDay() {
        learnHours();
        announced.removeIf(stay -> {
            boolean late = hour - stay.expectedHour > Announcements.LATE_HOURS_MAX;
            if (late) {
                announcements(stay.isAnnouncedSoon()).didNotCome();
            }
            return late;
        });
        flows.forEach(flow -> flow.endDay(KEPT_DAILY));
        soon.forget(KEPT_DAILY);
        longBefore.forget(KEPT_DAILY);
        settle();
    }

    /** From the whole hospital over specialties to services, each leaning on what is wider where it knows little itself. */
    private void settle() {
        anywhere.clear();
        anyArrivals.forEach(ArrivalPattern::clear);
        specialties.values().forEach(StayPattern::clear);
        for (int service = 0; service < flows.size(); service++) {
            ServiceFlow flow = flows.get(service);
            anywhere.add(flow.stays);
            pattern(service).add(flow.stays);
            for (int i = 0; i < anyArrivals.size(); i++) {
                anyArrivals.get(i).add(flow.arrivals().get(i));
            }
        }
        anywhere.settle(beforeAnything, StayPattern.FIRST_STRENGTH_EVENTS);
        anyArrivals.forEach(pattern -> pattern.settle(noArrival));
        specialties.values().forEach(pattern -> pattern.settle(anywhere, StayPattern.STRENGTH_EVENTS));
        for (int service = 0; service < flows.size(); service++) {
            ServiceFlow flow = flows.get(service);
            flow.stays.settle(pattern(service), StayPattern.STRENGTH_EVENTS);
            for (int i = 0; i < anyArrivals.size(); i++) {
                flow.arrivals().get(i).settle(anyArrivals.get(i));
            }
        }
    }

    private StayPattern pattern(int service) {
        return specialties.computeIfAbsent(specialtyOfService.get(service), none -> new StayPattern());
    }

    WallHours wall() {
        if (wall == null) {
            throw new IllegalStateException("no hospital was defined before the first event " + sequence);
        }
        return wall;
    }

    List<ServiceFlow> flows() {
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

    long hour() {
        return hour;
    }

    /** Of those who are announced soon before they come, or of the others. */
    Announcements announcements(boolean ofSoon) {
        return ofSoon ? soon : longBefore;
    }

    /** Whether a stay that is announced was announced soon before. */
    boolean isAnnouncedSoon(StayId id) {
        Tracked stay = stays.get(id);
        return stay != null && stay.isAnnouncedSoon();
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

    /** How many patients each service has. */
    int[] present() {
        int[] present = new int[flows.size()];
        for (Tracked stay : watched) {
            if (stay.service != Presence.OUT) {
                present[stay.service]++;
            }
        }
        return present;
    }

    /** As they are by what was recorded. */
    Presence presence() {
        Presence presence = new Presence();
        for (Tracked stay : watched) {
            if (stay.service != Presence.OUT) {
                presence.add(
                        stay.service,
                        stay.sinceHour,
                        stay.planDay,
                        stay.heldUntilDay,
                        stay.milestone(),
                        stay.destination);
            }
        }
        for (Tracked stay : announced) {
            int service = serviceOf(stay.specialty);
            if (service != Presence.OUT) {
                presence.announce(service, stay.expectedHour, stay.isAnnouncedSoon());
            }
        }
        return presence;
    }
}
