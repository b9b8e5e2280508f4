package org.chevet.occupancy;

import static org.chevet.occupancy.BedChecks.refuse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.chevet.event.BedEvent;
import org.chevet.event.BedEvent.ReservationReleased;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.StatedPapers;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.event.TransferWish;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.TransferId;
import org.jspecify.annotations.Nullable;

/** What people ask about transfers between this hospital and others. Each step is one side's to make, from where the transfer stands. */
final class TransferActs {
    /** How many steps one side may make: beds offered and withdrawn over and over are no transfer. */
    static final int STEPS_MAX = 100;

    private final LiveState live;
    private final StayActs stayActs;
    private final BedActs bedActs;
    private final BedChecks checks;

    TransferActs(LiveState live, StayActs stayActs, BedActs bedActs) {
        this.live = live;
        this.stayActs = stayActs;
        this.bedActs = bedActs;
        this.checks = new BedChecks(live);
    }

    Decision ask(Command.AskInterhospitalTransfer act, Instant now) {
        return stayActs.whenHere(act.stay(), stay -> {
            Hospital here = live.layout().hospital;
            if (act.hospital().equals(here.id())) {
                return refuse(Rule.OWN_HOSPITAL, "hospital", act.hospital());
            }
            for (TransferId id : live.transfers.of(stay.id())) {
                InterhospitalTransfer other = known(id);
                if (other.state().isOpen() && other.otherHospital().equals(act.hospital())) {
                    return refuse(Rule.TRANSFER_EXISTS, "transfer", id, "stay", stay.id(), "hospital", act.hospital());
                }
            }
            Instant neededAt = act.neededAt() == null ? now : act.neededAt();
            Decision.Refused wrong = alreadyAccepted(stay);
            if (wrong == null) {
                wrong = BedActs.wrongText(act.note(), false);
            }
            if (wrong == null && neededAt.isAfter(now)) {
                wrong = StayActs.notAhead(neededAt, now);
            }
            TransferWish wish = new TransferWish(
                    needs(stay, act.specialty(), now), act.service(), act.priority(), neededAt, act.note());
            return wrong != null
                    ? wrong
                    : StayActs.accept(new BedEvent.InterhospitalTransferOpened(
                            now,
                            TransferId.of(here.id(), live.sequence + 1),
                            TransferSide.SENDING,
                            act.hospital(),
                            wish,
                            stay.id(),
                            null));
        });
    }

    /** What is told of the patient as long as no bed is accepted: sex and age, and no name. */
    private CareNeeds needs(Stay stay, @Nullable String specialty, Instant now) {
        BedChecks.Candidate patient = checks.candidate(stay, null, now);
        return specialty == null ? patient.needs() : patient.needs().withSpecialty(specialty);
    }

    private Decision.@Nullable Refused alreadyAccepted(Stay stay) {
        for (TransferId id : live.transfers.of(stay.id())) {
            TransferState state = known(id).state();
            if (state == TransferState.ACCEPTED || state == TransferState.DEPARTED) {
                return refuse(
                        Rule.TRANSFER_ACCEPTED_ALREADY,
                        "transfer",
                        id,
                        "stay",
                        stay.id(),
                        "hospital",
                        known(id).otherHospital());
            }
        }
        return null;
    }

    Decision offer(Command.OfferInterhospitalTransfer act, Instant now, PlacementCheck check) {
        return on(
                act.transfer(),
                TransferSide.RECEIVING,
                transfer -> transfer.state().isOpen()
                        ? bedActs.reserve(
                                new Command.ReserveBed(
                                        Objects.requireNonNull(transfer.request()),
                                        act.bed(),
                                        null,
                                        act.until(),
                                        act.override()),
                                now,
                                check)
                        : wrongState(transfer));
    }

    Decision decline(Command.DeclineInterhospitalTransfer act, Instant now) {
        return on(act.transfer(), TransferSide.RECEIVING, transfer -> switch (transfer.state()) {
            case ASKED, OFFERED -> {
                Decision.Refused wrong = BedActs.wrongText(act.reason(), true);
                yield wrong != null
                        ? wrong
                        : step(transfer, TransferStep.declined(transfer.nextStep(), now, act.reason()));
            }
            case ACCEPTED, DEPARTED, ARRIVED, DECLINED, CANCELLED -> wrongState(transfer);
        });
    }

    Decision accept(Command.AcceptInterhospitalTransfer act, Instant now) {
        return on(act.transfer(), TransferSide.SENDING, transfer -> {
            TransferStep offer = transfer.offer();
            Stay stay = transfer.stay() == null ? null : live.stay(transfer.stay());
            if (transfer.state() != TransferState.OFFERED || offer == null || stay == null) {
                return wrongState(transfer);
            }
            Decision.Refused wrong = alreadyAccepted(stay);
            return wrong != null
                    ? wrong
                    : step(
                            transfer,
                            TransferStep.accepted(transfer.nextStep(), now, offer.number(), stay.knownPatient()));
        });
    }

    Decision depart(Command.RecordInterhospitalDeparture act, Instant now) {
        return on(
                act.transfer(),
                TransferSide.SENDING,
                transfer -> transfer.state() == TransferState.ACCEPTED
                        ? stayActs.discharge(
                                new Command.DischargeStay(
                                        Objects.requireNonNull(transfer.stay()), Ending.TRANSFERRED_OUT, act.at()),
                                now)
                        : wrongState(transfer));
    }

    Decision arrive(Command.RecordInterhospitalArrival act, Instant now, PlacementCheck check) {
        return on(act.transfer(), TransferSide.RECEIVING, transfer -> {
            BedRequest request = live.requests.get(Objects.requireNonNull(transfer.request()));
            boolean awaited = transfer.state() == TransferState.ACCEPTED || transfer.state() == TransferState.DEPARTED;
            if (!awaited || request == null) {
                return wrongState(transfer);
            }
            Stay stay = live.stay(act.stay());
            return stay != null && stay.isHere()
                    ? linkArrived(request, stay, now)
                    : admit(act, transfer, request, stay, new BedChecks.Means(act.override(), check), now);
        });
    }

    /** A feed, or a person, admitted the patient already. */
    private Decision linkArrived(BedRequest request, Stay stay, Instant now) {
        int bed = live.bedOf(stay);
        if (bed == Layout.NONE) {
            return refuse(Rule.STAY_WITHOUT_BED, "stay", stay.id());
        }
        List<BedEvent> events = new ArrayList<>();
        Contradictions contradictions = new Contradictions(live, now, events);
        BedId reserved = live.bedOfRequest(request.id());
        if (reserved != null) {
            contradictions.release(reserved, ReservationReleased.Cause.FULFILLED);
        }
        contradictions.fulfill(request, stay, live.bed(bed).bed());
        return new Decision.Accepted(events);
    }

    private Decision admit(
            Command.RecordInterhospitalArrival act,
            InterhospitalTransfer transfer,
            BedRequest request,
            @Nullable Stay known,
            BedChecks.Means means,
            Instant now) {
        BedId bed = act.bed() == null ? live.bedOfRequest(request.id()) : act.bed();
        if (bed == null) {
            return refuse(Rule.TRANSFER_WITHOUT_BED, "transfer", transfer.id());
        }
        if (known != null && known.status() == StayStatus.ENDED) {
            return refuse(Rule.STAY_ENDED, "stay", known.id());
        }
        if (known != null && known.announced() && known.status() == StayStatus.EXPECTED) {
            return stayActs.move(known, MovementKind.ADMISSION, null, bed, act.at(), request.id(), means, now);
        }
        var registered = new BedEvent.StayRegistered(
                now,
                live.stays.standingNumber(act.stay()),
                patientHere(transfer.patient()),
                needsHere(transfer.wish().needs()),
                PatientClass.INPATIENT,
                null,
                null);
        Stay before = known == null ? Stay.unannounced(registered.stay()) : known;
        Decision admitted = stayActs.move(
                live.persons.in(before.withRegistration(papers(registered), registered.needs(), now)),
                MovementKind.ADMISSION,
                null,
                bed,
                act.at(),
                request.id(),
                means,
                now);
        return switch (admitted) {
            case Decision.Refused refused -> refused;
            case Decision.Accepted accepted -> {
                List<BedEvent> events = new ArrayList<>();
                events.add(registered);
                events.addAll(accepted.events());
                yield new Decision.Accepted(events);
            }
        };
    }

    private static Papers papers(BedEvent.StayRegistered event) {
        StatedPapers stated = new StatedPapers(
                event.patient(),
                false,
                event.patientClass(),
                null,
                event.needs().specialty(),
                null);
        return Papers.of(stated, event.at(), true);
    }

    /** Without a number that only the other hospital has given: here it may be somebody else's. */
    private static Patient patientHere(@Nullable Patient patient) {
        if (patient == null) {
            return Patient.UNKNOWN;
        }
        return patient.hasAssigningAuthority()
                ? patient
                : new Patient(null, patient.familyName(), patient.givenName(), patient.sex(), patient.birthDate());
    }

    /** Without the codes that only the other hospital has. */
    private CareNeeds needsHere(CareNeeds needs) {
        Hospital here = live.layout().hospital;
        boolean known = needs.specialty() != null && here.specialties().containsKey(needs.specialty());
        return new CareNeeds(
                known ? needs.specialty() : null,
                needs.levelOfCare(),
                needs.isolation(),
                needs.sex(),
                needs.ageYears(),
                needs.equipmentRequired().stream()
                        .filter(here.equipment()::containsKey)
                        .toList(),
                needs.equipmentPreferred().stream()
                        .filter(here.equipment()::containsKey)
                        .toList(),
                needs.singleRoom(),
                needs.organism());
    }

    Decision cancel(Command.CancelInterhospitalTransfer act, Instant now) {
        return on(act.transfer(), null, transfer -> {
            if (!transfer.state().isOpen()) {
                return wrongState(transfer);
            }
            Decision.Refused wrong = BedActs.wrongText(act.reason(), true);
            if (wrong == null && transfer.hasDeparted() != (act.whereabouts() != null)) {
                wrong = refuse(
                        transfer.hasDeparted() ? Rule.WHEREABOUTS_MISSING : Rule.WHEREABOUTS_KNOWN,
                        "transfer",
                        transfer.id());
            }
            return wrong != null
                    ? wrong
                    : step(
                            transfer,
                            TransferStep.cancelled(transfer.nextStep(), now, act.reason(), null, act.whereabouts()));
        });
    }

    private Decision step(InterhospitalTransfer transfer, TransferStep step) {
        List<BedEvent> events = new ArrayList<>();
        new Contradictions(live, step.at(), events).transfers().step(transfer, step);
        return new Decision.Accepted(events);
    }

    /** @param side whose the step is to make, null when either may */
    private Decision on(TransferId id, @Nullable TransferSide side, Function<InterhospitalTransfer, Decision> then) {
        InterhospitalTransfer transfer = live.transfers.get(id);
        if (transfer == null) {
            return refuse(Rule.UNKNOWN_TRANSFER, "transfer", id);
        }
        return side == null || transfer.side() == side
                ? then.apply(transfer)
                : refuse(Rule.TRANSFER_OF_OTHER_SIDE, "transfer", id, "hospital", transfer.otherHospital());
    }

    private static Decision wrongState(InterhospitalTransfer transfer) {
        return refuse(Rule.TRANSFER_NOT_THERE, "transfer", transfer.id(), "state", transfer.state());
    }

    private InterhospitalTransfer known(TransferId id) {
        return Objects.requireNonNull(live.transfers.get(id), "indexed by its stay");
    }
}
