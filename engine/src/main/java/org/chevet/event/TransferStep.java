package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * What one of the two hospitals of a transfer did. Only it numbers its own steps, from 1 on without a gap, so that the other one knows which
 * it has heard of.
 *
 * @param reason in the words of who did it, null when nothing was said
 * @param cause why the hospital's Chevet did it by itself, null when a person did
 * @param patient who is to come, with an ACCEPTED
 * @param service whose bed is held, with an OFFERED
 * @param bed which is held, with an OFFERED
 * @param until when that bed is given to others, with an OFFERED
 * @param offer number of the OFFERED that is meant, with an ACCEPTED
 * @param stay the patient's number in the receiving hospital, with an ARRIVED
 * @param whereabouts where a patient is who had departed, with a CANCELLED
 */
public record TransferStep(
        int number,
        Kind kind,
        Instant at,
        @Nullable String reason,
        @Nullable Cause cause,
        @Nullable Patient patient,
        @Nullable ServiceId service,
        @Nullable BedId bed,
        @Nullable Instant until,
        @Nullable Integer offer,
        @Nullable StayId stay,
        @Nullable Whereabouts whereabouts) {
    public enum Kind {
        /** By the sending hospital, always its first. */
        ASKED,
        /** By the receiving hospital: a bed is held. */
        OFFERED,
        /** By the receiving hospital: the bed is no longer held. */
        OFFER_WITHDRAWN,
        /** By the sending hospital. */
        ACCEPTED,
        /** By the sending hospital: the patient is on the way. */
        DEPARTED,
        /** By the receiving hospital: the patient lies in a bed there. */
        ARRIVED,
        /** By the receiving hospital: the arrival was recorded by mistake. Another ARRIVED says that they are there after all. */
        ARRIVAL_TAKEN_BACK,
        /** By the receiving hospital: there is no bed. */
        DECLINED,
        /** By either. */
        CANCELLED
    }

    public enum Cause {
        /** The deadline of the reservation passed. */
        DEADLINE_PASSED,
        /** Somebody else lies in the bed, or it is gone. */
        BED_LOST,
        /** The stay ended otherwise, or never began. */
        STAY_ENDED,
        /** The patient was given to another hospital. */
        GONE_ELSEWHERE,
        DIED,
        /** The departure was taken back, or the patient admitted again. */
        PATIENT_BACK
    }

    private static TransferStep plain(int number, Kind kind, Instant at, @Nullable String reason, @Nullable Cause why) {
        return new TransferStep(number, kind, at, reason, why, null, null, null, null, null, null, null);
    }

    public static TransferStep asked(Instant at) {
        return plain(1, Kind.ASKED, at, null, null);
    }

    public static TransferStep offered(int number, Instant at, ServiceId service, BedId bed, Instant until) {
        return new TransferStep(number, Kind.OFFERED, at, null, null, null, service, bed, until, null, null, null);
    }

    /** @param cause null when a person released the bed */
    public static TransferStep withdrawn(int number, Instant at, @Nullable Cause cause) {
        return plain(number, Kind.OFFER_WITHDRAWN, at, null, cause);
    }

    public static TransferStep accepted(int number, Instant at, int offer, Patient patient) {
        return new TransferStep(number, Kind.ACCEPTED, at, null, null, patient, null, null, null, offer, null, null);
    }

    public static TransferStep departed(int number, Instant at) {
        return plain(number, Kind.DEPARTED, at, null, null);
    }

    public static TransferStep arrived(int number, Instant at, StayId stay) {
        return new TransferStep(number, Kind.ARRIVED, at, null, null, null, null, null, null, null, stay, null);
    }

    public static TransferStep arrivalTakenBack(int number, Instant at) {
        return plain(number, Kind.ARRIVAL_TAKEN_BACK, at, null, null);
    }

    public static TransferStep declined(int number, Instant at, String reason) {
        return plain(number, Kind.DECLINED, at, reason, null);
    }

    public static TransferStep cancelled(
            int number, Instant at, @Nullable String reason, @Nullable Cause cause, @Nullable Whereabouts whereabouts) {
        return new TransferStep(
                number, Kind.CANCELLED, at, reason, cause, null, null, null, null, null, null, whereabouts);
    }
}
