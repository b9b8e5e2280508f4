package org.chevet.simulations.calibration;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.chevet.simulations.full.Witness.Then;
import org.jspecify.annotations.Nullable;

/** What a journal tells of stays: each as it stood when it was archived, or at the journal's end. */
final class JournalStays {
    private final Occupancy occupancy = new Occupancy();
    /** The first bed that was asked for. */
    private final Map<StayId, BedRequest> asked = new HashMap<>();

    private final Map<StayId, Stay> over = new HashMap<>();
    private final Observed.Gathering gathering = new Observed.Gathering();
    private @Nullable Instant from;
    private Instant until = Instant.MIN;

    void take(Recorded recorded) {
        if (from == null) {
            from = recorded.recordedAt();
        }
        until = recorded.recordedAt();
        if (recorded.event() instanceof BedEvent.StayArchived archived) {
            Stay stay = occupancy.view().stays().get(archived.stay());
            if (stay != null) {
                over.put(stay.id(), stay);
            }
        } else if (recorded.event() instanceof BedEvent.BedRequested requested
                && requested.request().stay() != null) {
            asked.putIfAbsent(requested.request().stay(), requested.request());
        }
        occupancy.apply(recorded);
    }

    /** Every event was taken. @return the hospital as it is then */
    Hospital finish() {
        HospitalView view = occupancy.view();
        Map<ServiceId, Integer> places = Source.places(view.hospital());
        over.values().forEach(stay -> add(stay, view, places));
        view.stays().values().forEach(stay -> add(stay, view, places));
        return view.hospital();
    }

    private void add(Stay stay, HospitalView view, Map<ServiceId, Integer> places) {
        if (stay.mergedInto() != null || stay.currentClass() == PatientClass.OUTPATIENT) {
            return;
        }
        List<Timeline.Stretch> stretches = stay.timeline().stretches();
        for (int i = 0; i < stretches.size(); i++) {
            Timeline.Stretch stretch = stretches.get(i);
            Integer service = service(stretch.location(), view, places);
            if (service != null) {
                Instant to = stretch.to();
                boolean isLast = i + 1 == stretches.size();
                gathering.lay(
                        stay.id(),
                        origin(stay),
                        needs(stay, view),
                        service,
                        stretch.from(),
                        to == null ? until : to,
                        to == null ? Then.STAYS : isLast ? end(stay) : Then.MOVES);
            }
        }
    }

    private static @Nullable Integer service(Location location, HospitalView view, Map<ServiceId, Integer> places) {
        int bed = location.bed() == null ? Layout.NONE : view.layout().bed(location.bed());
        return bed != Layout.NONE
                ? Integer.valueOf(view.layout().serviceOfBed(bed))
                : location.service() == null ? null : places.get(location.service());
    }

    /** As the request has it, where there was one: it says more of the bed. */
    private CareNeeds needs(Stay stay, HospitalView view) {
        BedRequest request = asked.get(stay.id());
        CareNeeds needs =
                request == null || request.origin() == RequestOrigin.INTERNAL ? stay.needs() : request.needs();
        Instant entry = stay.timeline().stretches().getFirst().from();
        return needs.of(stay.sex(), stay.ageYears(entry, view.hospital().zone()));
    }

    private RequestOrigin origin(Stay stay) {
        BedRequest request = asked.get(stay.id());
        if (request != null && request.origin() != RequestOrigin.INTERNAL) {
            return request.origin();
        }
        return stay.expectedArrival() == null ? RequestOrigin.EMERGENCY_DEPARTMENT : RequestOrigin.ELECTIVE;
    }

    private static Then end(Stay stay) {
        return stay.ending() == Ending.DIED ? Then.DIES : Then.LEAVES;
    }

    Observed.Gathering gathering() {
        return gathering;
    }

    Instant from() {
        return Objects.requireNonNull(from, "a journal has a first event");
    }

    Instant until() {
        return until;
    }
}
