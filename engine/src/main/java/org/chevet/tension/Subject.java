package org.chevet.tension;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Ending;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/**
 * What one patient, or one request for nobody known yet, adds to the sums: a function of the stay as it is known now and of its requests, so
 * that it is taken back by posting it again with the opposite sign. What lasts is posted to a ledger of the moment, up to that moment.
 *
 * @param stay null for a request that names nobody
 */
record Subject(@Nullable Stay stay, List<Wait> waits) {
    private static final int OLD_YEARS = 75;
    private static final int NIGHT_BEGINS_HOUR = 23;
    private static final int NIGHT_ENDS_HOUR = 6;
    private static final int PRESENT_HOUR = 15;

    Subject {
        waits = List.copyOf(waits);
    }

    List<Piece> pieces(Premises premises) {
        return stay == null ? List.of() : Piece.of(stay, premises);
    }

    boolean lasts() {
        return stay != null && stay.isHere() || waits.stream().anyMatch(Wait::isOpen);
    }

    /** Posts all that is over, +1, or takes it back, −1. */
    void post(Ledger ledger, int sign, Premises premises) {
        List<Piece> pieces = pieces(premises);
        Poster poster = new Poster(ledger, sign, premises, Instant.MIN, Instant.MAX, false);
        poster.post(pieces);
        poster.postFacts(pieces);
    }

    /** Posts what still lasts at {@code now}, from {@code since} on. */
    void postLasting(Ledger moment, Premises premises, Instant since, Instant now) {
        new Poster(moment, 1, premises, since, now, true).post(pieces(premises));
    }

    private final class Poster {
        private final Ledger ledger;
        private final int sign;
        private final Premises premises;
        private final Instant since;
        private final Instant now;
        private final boolean lasting;

        Poster(Ledger ledger, int sign, Premises premises, Instant since, Instant now, boolean lasting) {
            this.ledger = ledger;
            this.sign = sign;
            this.premises = premises;
            this.since = since;
            this.now = now;
            this.lasting = lasting;
        }

        /** What takes time. */
        void post(List<Piece> pieces) {
            for (Piece piece : pieces) {
                if ((piece.to() == null) == lasting) {
                    Instant from = Ledger.later(piece.from(), since);
                    postStretch(piece, from, piece.to() == null ? now : piece.to());
                }
            }
            for (Wait wait : waits) {
                if (wait.isOpen() == lasting && wait.isFromEmergency()) {
                    Instant over = Objects.requireNonNullElse(
                            wait.movedAt() == null ? wait.cancelledAt() : wait.movedAt(), now);
                    postNights(wait.service(), Ledger.later(wait.since(), since), over);
                }
            }
        }

        private void postStretch(Piece piece, Instant from, Instant to) {
            if (piece.bed() != null) {
                ledger.postTime(piece.service(), Figure.OCCUPIED_SECONDS, from, to, sign);
            }
            if (piece.isEmergency()) {
                // Whole: a day is compared with a year of others, whatever period is asked for.
                postMoments(piece, piece.from(), to);
            }
            if (piece.isInpatient()) {
                ledger.postTime(piece.service(), Figure.PATIENT_SECONDS, from, to, sign);
                if (premises.isOutlier(
                        piece.service(), Objects.requireNonNull(stay).needs().specialty())) {
                    ledger.postTime(piece.service(), Figure.OUTLIER_SECONDS, from, to, sign);
                }
                if (piece.bed() == null && piece.service() != null) {
                    postNights(piece, from, to);
                }
            }
        }

        private void postMoments(Piece piece, Instant from, Instant to) {
            for (LocalDate day = ledger.day(from); !ledger.midnight(day).isAfter(to); day = day.plusDays(1)) {
                Instant moment = ledger.at(day, PRESENT_HOUR);
                if (!moment.isBefore(from) && moment.isBefore(to)) {
                    ledger.post(piece.service(), day, Figure.EMERGENCY_PRESENT_AT_15, sign);
                }
            }
        }

        /** The nights, midnight to six, that the stretch covers whole and no request of the emergency department counts already. */
        private void postNights(Piece piece, Instant from, Instant to) {
            for (LocalDate day = ledger.day(from);
                    !ledger.at(day, NIGHT_ENDS_HOUR).isAfter(to);
                    day = day.plusDays(1)) {
                Instant begins = ledger.midnight(day);
                Instant ends = ledger.at(day, NIGHT_ENDS_HOUR);
                boolean counted =
                        waits.stream().anyMatch(wait -> wait.isFromEmergency() && wait.lastsFrom(begins, ends));
                if (!begins.isBefore(from) && !counted) {
                    ledger.post(piece.service(), day, Figure.NIGHTS_WITHOUT_BED, sign);
                }
            }
        }

        private void postNights(@Nullable ServiceId service, Instant from, Instant to) {
            for (LocalDate day = ledger.day(from);
                    !ledger.at(day, NIGHT_ENDS_HOUR).isAfter(to);
                    day = day.plusDays(1)) {
                if (!ledger.midnight(day).isBefore(from)) {
                    ledger.post(service, day, Figure.NIGHTS_WITHOUT_BED, sign);
                }
            }
        }

        /** What happens at one moment. */
        void postFacts(List<Piece> pieces) {
            Piece before = null;
            boolean admitted = false;
            boolean hospitalisedAfterEmergency = false;
            for (Piece piece : pieces) {
                boolean goesOn = before != null && piece.from().equals(before.to());
                boolean sameService = goesOn && before != null && Objects.equals(before.service(), piece.service());
                if (piece.isInpatient()) {
                    postAdmission(piece, admitted, sameService && before != null && before.isInpatient());
                    admitted = true;
                    hospitalisedAfterEmergency |= before != null && before.isEmergency();
                }
                if (before != null && before.isInpatient() && !sameService) {
                    ledger.postToService(before.service(), ledger.day(end(before)), Figure.EXITS, sign);
                }
                if (before != null && goesOn && before.isInpatient() && piece.isInpatient() && isMove(before, piece)) {
                    postMove(before, piece);
                }
                before = piece;
            }
            if (before != null && before.to() != null && before.isInpatient()) {
                ledger.post(before.service(), ledger.day(end(before)), Figure.EXITS, sign);
                ledger.postDischarge(before.service(), end(before), sign);
            }
            boolean visited = postEmergency(pieces, hospitalisedAfterEmergency);
            for (Wait wait : waits) {
                if (wait.isFromEmergency() && wait.movedAt() != null && !visited) {
                    ledger.post(wait.service(), ledger.day(wait.movedAt()), Figure.HOSPITALISED_FROM_EMERGENCY, sign);
                }
            }
        }

        private Instant end(Piece piece) {
            return Objects.requireNonNull(piece.to(), "another piece follows, or the patient left");
        }

        private void postAdmission(Piece piece, boolean admitted, boolean staysInService) {
            if (!admitted) {
                ledger.post(piece.service(), ledger.day(piece.from()), Figure.ADMISSIONS, sign);
            } else if (!staysInService) {
                ledger.postToService(piece.service(), ledger.day(piece.from()), Figure.ADMISSIONS, sign);
            }
        }

        private boolean isMove(Piece before, Piece piece) {
            return !Objects.equals(before.bed(), piece.bed()) || !Objects.equals(before.service(), piece.service());
        }

        private void postMove(Piece before, Piece piece) {
            LocalDate day = ledger.day(piece.from());
            ledger.post(before.service(), day, Figure.MOVES, sign);
            int hour = piece.from().atZone(ledger.zone).getHour();
            if (hour >= NIGHT_BEGINS_HOUR || hour < NIGHT_ENDS_HOUR) {
                ledger.post(before.service(), day, Figure.NIGHT_MOVES, sign);
            }
        }

        /** Whether the patient was one of the emergency department, as its own movements say. */
        private boolean postEmergency(List<Piece> pieces, boolean admittedAfterwards) {
            Piece first = pieces.stream().filter(Piece::isEmergency).findFirst().orElse(null);
            if (first == null || stay == null) {
                return false;
            }
            LocalDate day = ledger.day(first.from());
            ledger.postToHospital(day, Figure.EMERGENCY_VISITS, sign);
            Integer years = stay.ageYears(first.from(), ledger.zone);
            if (years != null && years >= OLD_YEARS) {
                ledger.postToHospital(day, Figure.EMERGENCY_VISITS_OLD, sign);
            }
            if (!admittedAfterwards && stay.ending() != Ending.TRANSFERRED_OUT) {
                return true;
            }
            ledger.postToHospital(day, Figure.EMERGENCY_VISITS_HOSPITALISED, sign);
            Piece last = pieces.stream().filter(Piece::isEmergency).reduce(first, (one, other) -> other);
            Instant left = last.to();
            if (left != null) {
                ledger.postToHospital(ledger.day(left), Figure.EMERGENCY_LEFT_HOSPITALISED, sign);
                ledger.postToHospital(
                        ledger.day(left),
                        Figure.EMERGENCY_SECONDS_HOSPITALISED,
                        sign * (left.getEpochSecond() - first.from().getEpochSecond()));
            }
            if (admittedAfterwards && left != null) {
                ledger.post(firstInpatient(pieces), ledger.day(left), Figure.HOSPITALISED_FROM_EMERGENCY, sign);
            }
            return true;
        }

        private static @Nullable ServiceId firstInpatient(List<Piece> pieces) {
            return pieces.stream()
                    .filter(Piece::isInpatient)
                    .map(Piece::service)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }
}
