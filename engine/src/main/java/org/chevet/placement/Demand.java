package org.chevet.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * Who needs a bed, of which kind and when.
 *
 * @param requests the patient's own: what is reserved for these is theirs
 * @param service the one wished for, null when any that fits will do
 * @param needs with the sex and the age that are known of the patient
 * @param from when the bed is needed
 * @param expectedLength of the stay in it, null when nobody said
 * @param bed where the patient lies now, null in none
 * @param earlierServices where the patient was before in this stay
 */
public record Demand(
        @Nullable StayId stay,
        Set<RequestId> requests,
        @Nullable ServiceId service,
        RequestOrigin origin,
        CareNeeds needs,
        Instant from,
        @Nullable Duration expectedLength,
        @Nullable BedId bed,
        Set<ServiceId> earlierServices) {
    public Demand {
        requests = Set.copyOf(requests);
        earlierServices = Set.copyOf(earlierServices);
    }

    public static Demand of(HospitalView view, BedRequest request, Instant now) {
        Stay stay = request.stay() == null ? null : view.stays().get(request.stay());
        if (stay == null) {
            return new Demand(
                    null,
                    Set.of(request.id()),
                    request.service(),
                    request.origin(),
                    request.needs(),
                    request.neededAt(),
                    request.expectedLength(),
                    null,
                    Set.of());
        }
        return of(
                view,
                stay,
                requests(view, stay, Set.of(request.id())),
                request.service(),
                request.origin(),
                request.needs(),
                request.neededAt(),
                request.expectedLength(),
                now);
    }

    /** A patient who is here and needs another bed. */
    public static Demand of(HospitalView view, Stay stay, Instant now) {
        Instant leaves = stay.expectedDischarge();
        Duration rest = leaves == null || leaves.isBefore(now) ? null : Duration.between(now, leaves);
        return of(
                view, stay, requests(view, stay, Set.of()), null, RequestOrigin.INTERNAL, stay.needs(), now, rest, now);
    }

    /** A patient who is registered and is to come, for whom nobody has asked for a bed yet. */
    static Demand expected(HospitalView view, Stay stay, Instant arrives, @Nullable Duration length, Instant now) {
        return of(
                view,
                stay,
                requests(view, stay, Set.of()),
                null,
                RequestOrigin.ELECTIVE,
                stay.needs(),
                arrives,
                length,
                now);
    }

    /** The same patient, wherever they lie now. */
    Demand lyingNowhere() {
        return new Demand(stay, requests, service, origin, needs, from, expectedLength, null, earlierServices);
    }

    private static Demand of(
            HospitalView view,
            Stay stay,
            Set<RequestId> requests,
            @Nullable ServiceId service,
            RequestOrigin origin,
            CareNeeds needs,
            Instant from,
            @Nullable Duration length,
            Instant now) {
        Location location = stay.isHere() ? stay.location() : null;
        Set<ServiceId> earlier = new HashSet<>();
        for (Timeline.Stretch stretch : stay.timeline().stretches()) {
            ServiceId was = service(view, stretch.location());
            if (was != null) {
                earlier.add(was);
            }
        }
        Integer age = stay.ageYears(now, view.hospital().zone());
        return new Demand(
                stay.id(),
                requests,
                service,
                origin,
                needs.of(stay.sex() == Sex.UNKNOWN ? needs.sex() : stay.sex(), age == null ? needs.ageYears() : age),
                from,
                length,
                location == null ? null : location.bed(),
                earlier);
    }

    private static @Nullable ServiceId service(HospitalView view, Location location) {
        int bed = location.bed() == null ? Layout.NONE : view.layout().bed(location.bed());
        return bed == Layout.NONE
                ? location.service()
                : view.hospital()
                        .services()
                        .get(view.layout().serviceOfBed(bed))
                        .id();
    }

    /** Nearly always the known ones alone. */
    private static Set<RequestId> requests(HospitalView view, Stay stay, Set<RequestId> known) {
        Set<RequestId> own = known;
        List<HospitalView.OpenRequest> open = view.requests();
        for (int i = 0; i < open.size(); i++) {
            BedRequest request = open.get(i).request();
            if (stay.id().equals(request.stay()) && !own.contains(request.id())) {
                own = new HashSet<>(own);
                own.add(request.id());
            }
        }
        return own;
    }
}
