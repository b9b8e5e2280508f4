package org.chevet.tension;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline.Stretch;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a stay in one place as a patient of one class.
 *
 * @param to null while it lasts
 */
record Piece(
        Instant from,
        @Nullable Instant to,
        @Nullable ServiceId service,
        @Nullable BedId bed,
        PatientClass patientClass) {

    /** Those of no length left out; neighbours of one place and one class are one. */
    static List<Piece> of(Stay stay, Premises premises) {
        List<Movement> movements = stay.timeline().movements();
        List<Stretch> stretches = stay.timeline().stretches();
        List<Piece> pieces = new ArrayList<>(2);
        int stretch = 0;
        for (int i = 0; i < movements.size(); i++) {
            Movement movement = movements.get(i);
            Instant to = i + 1 < movements.size() ? movements.get(i + 1).at() : null;
            if (movement.kind() == MovementKind.DISCHARGE || movement.at().equals(to)) {
                continue;
            }
            while (!stretches.get(stretch).covers(movement.at())) {
                stretch++;
            }
            Location location = stretches.get(stretch).location();
            Piece piece =
                    new Piece(movement.at(), to, premises.serviceOf(location), location.bed(), movement.patientClass());
            Piece before = pieces.isEmpty() ? null : pieces.getLast();
            if (before != null && before.continuesIn(piece)) {
                pieces.set(pieces.size() - 1, before.until(to));
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private boolean continuesIn(Piece next) {
        return next.from.equals(to)
                && patientClass == next.patientClass
                && Objects.equals(service, next.service)
                && Objects.equals(bed, next.bed);
    }

    private Piece until(@Nullable Instant end) {
        return new Piece(from, end, service, bed, patientClass);
    }

    boolean isInpatient() {
        return patientClass == PatientClass.INPATIENT;
    }

    boolean isEmergency() {
        return patientClass == PatientClass.EMERGENCY;
    }

    boolean covers(Instant time) {
        return !time.isBefore(from) && (to == null || time.isBefore(to));
    }
}
