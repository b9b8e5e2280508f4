package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chevet.event.Acceptance;
import org.chevet.event.Anomaly;
import org.chevet.event.BedRequest;
import org.chevet.event.QuarantineCause;
import org.chevet.event.Recorded;
import org.chevet.event.Refusal;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * A hospital as it stood after one event of its journal. Immutable: it may be kept and read from any thread. What did not
 * change from one view to the next is the same object, so that a reader finds what did by comparing references.
 *
 * @param sequence the last event it contains
 * @param recordedAt that event's time
 * @param services in the file's order
 * @param elsewhere stays that are here in no service, as at an emergency department that is none, or nobody knows where, by stay number
 * @param stays every stay in the live state, ended ones included until they are archived
 * @param expected inpatients who are registered to come at a known time and have not come yet, the first to come first
 * @param requests open bed requests, the most urgent first
 * @param transfers between this hospital and others, those over included until they are archived, the one that began first here first
 * @param anomalies open ones, the oldest first
 * @param quarantine messages kept, the oldest first
 * @param recentActs the events of the last acts by people that can still be looked at and taken back, the oldest first
 * @param tallies what was accepted, refused and overridden, by service, kind and reason
 * @param crisis what people did about tension
 * @param drill null for a hospital that is real
 */
public record HospitalView(
        long sequence,
        Instant recordedAt,
        Layout layout,
        Census census,
        List<ServiceView> services,
        List<Stay> elsewhere,
        Map<StayId, Stay> stays,
        List<Stay> expected,
        List<OpenRequest> requests,
        List<InterhospitalTransfer> transfers,
        List<Anomaly> anomalies,
        List<QuarantineEntry> quarantine,
        List<Recorded> recentActs,
        List<Tally> tallies,
        CrisisLog crisis,
        @Nullable DrillLog drill) {

    /**
     * @param bed reserved for it, null while none is
     * @param acceptance since when its service expects the patient; null while no bed is reserved
     */
    public record OpenRequest(
            BedRequest request,
            @Nullable BedId bed,
            @Nullable Instant reservedUntil,
            @Nullable Acceptance acceptance) {
        /** Which services and beds were refused to it, when and why, the first first. */
        public List<Refusal> refusals() {
            return request.refusals();
        }
    }

    /**
     * A quarantined message without its text, which stays in the journal.
     *
     * @param sequence the event that has the text
     * @param cause the reason for programs, null where none was kept
     */
    public record QuarantineEntry(
            String id,
            String feed,
            String messageId,
            Instant receivedAt,
            String reason,
            long sequence,
            @Nullable QuarantineCause cause) {}

    public Hospital hospital() {
        return layout.hospital;
    }

    public @Nullable ServiceView service(ServiceId id) {
        int service = layout.service(id);
        return service == Layout.NONE ? null : services.get(service);
    }

    /** Where a patient is who is here; null for who is in none of the services, as at an emergency department that is none. */
    public @Nullable ServiceView serviceOf(Stay stay) {
        int service = stay.isHere() ? layout.serviceAt(stay.location()) : Layout.NONE;
        return service == Layout.NONE ? null : services.get(service);
    }

    public @Nullable BedView bed(BedId id) {
        int bed = layout.bed(id);
        if (bed == Layout.NONE) {
            return null;
        }
        int service = layout.serviceOfBed(bed);
        return services.get(service).beds().get(bed - layout.firstBedOfService(service));
    }
}
