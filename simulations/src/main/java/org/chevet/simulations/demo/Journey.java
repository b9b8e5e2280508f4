package org.chevet.simulations.demo;

import java.time.Instant;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** What the demo has in mind for one patient: where they are headed, and when. The hospital's view says where they are. */
final class Journey {
    enum Phase {
        /** A bed is wanted for an admission. */
        AWAITED,
        PRESENT,
        /** Present, and a bed is wanted elsewhere. */
        MOVING,
        OVER
    }

    final StayId stay;
    final Patient patient;
    CareNeeds needs;
    PatientClass patientClass = PatientClass.INPATIENT;
    Phase phase;

    /** Where they are, or are to be admitted. */
    Service service;

    /** How many services they came to so far, that one included. */
    int stretch;

    /** Where they go when they leave that service, null when they leave the hospital. */
    @Nullable
    Service onward;

    /** Where a bed is looked for, while one is; the service itself when another bed of it is. */
    Service target;

    /** The bed request under way. */
    @Nullable
    RequestId request;

    RequestOrigin origin = RequestOrigin.EMERGENCY_DEPARTMENT;
    int priority = 3;
    Instant waitingSince = Instant.MIN;
    boolean moveArranged;

    /** Somebody said that they are medically ready before the demo played them. */
    boolean foundReady;

    /** When they leave the service. */
    Instant leavesAt = Instant.MAX;

    /** The pre-admission, if there was one. */
    AdtMessages.@Nullable Movement registration;

    AdtMessages.@Nullable Movement admission;
    AdtMessages.@Nullable Movement last;

    /** What the last movement said of the place. */
    AdtMessages.Place place = AdtMessages.Place.UNSAID;

    /** Where the admission was, which a correction of it must say again. */
    AdtMessages.Place admissionPlace = AdtMessages.Place.UNSAID;

    /** Until then a message of theirs is late: the view does not know yet what they did. */
    Instant inFlightUntil = Instant.MIN;

    Journey(StayId stay, Patient patient, CareNeeds needs, Service service, Phase phase) {
        this.stay = stay;
        this.patient = patient;
        this.needs = needs;
        this.service = service;
        this.target = service;
        this.phase = phase;
    }

    AdtMessages.Visit visit() {
        return new AdtMessages.Visit(stay, patient, patientClass, needs.specialty());
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }
}
