package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chevet.event.AskedCard;
import org.chevet.event.Author;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedRequest;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Ending;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.OrdinaryCare;
import org.chevet.event.OrdinaryFlow;
import org.chevet.event.OrdinaryHours;
import org.chevet.event.OrdinaryRoutine;
import org.chevet.event.OrdinaryShare;
import org.chevet.event.OverrideReason;
import org.chevet.event.PatientClass;
import org.chevet.event.QuarantinedMessage;
import org.chevet.event.Recorded;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.RuleOverride;
import org.chevet.event.Share;
import org.chevet.event.SimulatedRole;
import org.chevet.event.StatedBedStatus;
import org.chevet.event.StatedPapers;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.event.TransferWish;
import org.chevet.event.Victims;
import org.chevet.event.Whereabouts;
import org.chevet.event.Wounds;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.jspecify.annotations.Nullable;

/**
 * Commands and facts from a seed, over so few stays, beds and movement numbers that they contradict each other, repeat
 * themselves, arrive late and name what does not exist.
 */
final class RandomTraffic {
    private static final int STAYS = 14;
    private static final List<String> BEDS =
            List.of("101P", "101F", "102P", "102F", "103", "104S", "105", "201P", "201F", "301", "302", "303", "999");
    private static final List<String> SERVICES = List.of("CARDIO", "PED", "REA", "NOWHERE");

    private final Random random;
    private int requests;
    private int messages;

    RandomTraffic(long seed) {
        this.random = new Random(seed);
    }

    Duration pause() {
        int kind = random.nextInt(100);
        return kind < 70
                ? Duration.ofMinutes(random.nextInt(60))
                : kind < 99 ? Duration.ofHours(random.nextInt(48)) : Duration.ofDays(40);
    }

    Command next(Ward ward) {
        if (random.nextInt(8) == 0) {
            return transferCommand(ward);
        }
        if (random.nextInt(10) == 0) {
            return negotiation(ward);
        }
        if (random.nextInt(30) == 0) {
            return tensionAct(ward);
        }
        if (random.nextInt(15) == 0) {
            return drillAct(ward);
        }
        if (random.nextInt(25) == 0) {
            return barrierAct(ward);
        }
        if (random.nextInt(50) == 0) {
            return new Command.KeepRefusal(
                    "key-" + random.nextInt(9), Rule.UNKNOWN_STAY.name(), Map.of("stay", stay().value()));
        }
        return random.nextBoolean() ? act(ward) : fact(ward.now);
    }

    /** Of so few kinds that they meet. */
    private Command barrierAct(Ward ward) {
        StayId stay = stay();
        Stay known = ward.occupancy.view().stays().get(stay);
        BarrierKind kind = BarrierKind.values()[random.nextInt(2)];
        if (known != null && !known.barriers().isEmpty() && random.nextInt(3) == 0) {
            return new Command.LiftBarrier(stay, known.barriers().getFirst().kind());
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Command.LiftBarrier(stay, kind);
            case 1 -> undoLately(ward);
            default ->
                new Command.SetBarrier(
                        stay,
                        kind,
                        null,
                        random.nextBoolean() ? null : REASON,
                        random.nextBoolean() ? null : near(ward.now));
        };
    }

    private Command drillAct(Ward ward) {
        String inject = "I" + random.nextInt(2);
        return switch (random.nextInt(8)) {
            case 0 ->
                new Command.BeginDrill(new Drill(
                        "Exercice",
                        null,
                        0,
                        null,
                        1,
                        new Author("Jeanne Roux", Role.CRISIS_CELL),
                        List.of(new OrdinaryFlow(
                                anyService(),
                                pick(RequestOrigin.values()),
                                Duration.ofHours(1 + random.nextInt(48)),
                                Duration.ofHours(1 + random.nextInt(480)),
                                random.nextBoolean() ? null : OrdinaryHours.ANYTIME)),
                        random.nextBoolean() ? null : List.of(care()),
                        random.nextBoolean() ? null : random.nextDouble(),
                        random.nextInt(4) == 0
                                ? null
                                : new OrdinaryRoutine(
                                        random.nextDouble(), null, Duration.ofHours(random.nextInt(48)))));
            case 1 -> new Command.PlanInject(random.nextBoolean() ? lasting(inject, ward) : casualties(inject, ward));
            case 2 -> new Command.WithdrawInject(inject);
            case 3 -> new Command.CompleteInject(inject);
            case 6 -> new Command.EndInject(inject);
            case 4 -> new Command.SimulateRoles(List.of(pick(SimulatedRole.values())));
            case 5 ->
                new Command.ShowCards(
                        random.nextBoolean()
                                ? List.of()
                                : List.of(new AskedCard("C" + random.nextInt(3), near(ward.now))));
            default -> undoLately(ward);
        };
    }

    private Inject lasting(String id, Ward ward) {
        InjectKind kind = pick(new InjectKind[] {InjectKind.WARD_CLOSED, InjectKind.STAFF_SHORTAGE, InjectKind.OUTAGE});
        return new Inject(
                id,
                near(ward.now),
                kind,
                REASON,
                service(),
                kind == InjectKind.STAFF_SHORTAGE ? random.nextInt(4) : null,
                null,
                random.nextBoolean() ? null : new OrdinaryShare(random.nextDouble(), 1, 1 + random.nextInt(2_000)),
                random.nextBoolean() ? null : 1 + random.nextInt(2_000));
    }

    private Inject casualties(String id, Ward ward) {
        boolean wounded = random.nextBoolean();
        Illness illness = new Illness(
                List.of(new Share(anyService().value(), 0.5)),
                random.nextBoolean() ? null : 4.5,
                60,
                18,
                pick(Isolation.values()),
                random.nextBoolean() ? null : "grippe");
        return new Inject(
                id,
                near(ward.now),
                InjectKind.VICTIMS,
                null,
                null,
                null,
                new Victims(
                        random.nextInt(4),
                        1,
                        2,
                        random.nextInt(90),
                        wounded ? null : illness,
                        wounded && random.nextInt(4) > 0
                                ? new Wounds(
                                        List.of(new Share(anyService().value(), 1)),
                                        List.of(new Share(anyService().value(), 0.5)))
                                : null));
    }

    private OrdinaryCare care() {
        return new OrdinaryCare(
                anyService(),
                random.nextBoolean() ? List.of() : List.of(random.nextDouble(), 4.5),
                random.nextDouble(),
                0.5,
                0.01,
                60,
                18,
                List.of(new Share(anyService().value(), 0.1)),
                random.nextBoolean() ? null : random.nextDouble(),
                random.nextBoolean() ? null : List.of(new Share(Isolation.CONTACT.name(), 0.2)),
                List.of(),
                random.nextBoolean() ? null : new OrdinaryHours(List.of(0.25, 0.75), List.of(1.0)));
    }

    /** A rule that only a {@link PlacementCheck} knows: no airborne isolation in beds that begin with 10. */
    static final String ISOLATION = "isolation";

    /** Which rules are broken, as far as the live state does not know: by so little that any state can be judged. */
    static final PlacementCheck CHECK = placing -> placing.needs().isolation() == Isolation.AIRBORNE
                    && placing.bed().value().startsWith("10")
            ? List.of(ISOLATION)
            : List.of();

    /** What services answer to requests, and what is answered to that. */
    private Command negotiation(Ward ward) {
        List<HospitalView.OpenRequest> open = ward.occupancy.view().requests();
        if (open.isEmpty() || random.nextInt(8) == 0) {
            return requestBed(ward.now);
        }
        HospitalView.OpenRequest about = open.get(random.nextInt(open.size()));
        RequestId id = about.request().id();
        BedId bed = about.bed() != null && random.nextBoolean() ? about.bed() : anyBed();
        return switch (random.nextInt(9)) {
            case 0, 1 -> {
                RefusalReason reason = pick(RefusalReason.values());
                yield new Command.RefuseBedRequest(
                        id,
                        service(),
                        random.nextInt(3) == 0 ? null : bed,
                        reason,
                        random.nextInt(3) == 0 ? null : REASON);
            }
            case 2, 3 -> new Command.CounterProposeBed(id, bed, random.nextBoolean() ? null : near(ward.now), null);
            case 4 -> new Command.AcceptCounterProposal(id, near(ward.now).plus(Duration.ofDays(1)), override());
            case 5 -> new Command.DeclineCounterProposal(id, null);
            case 6, 7 -> undoLately(ward);
            default ->
                new Command.ReserveBed(
                        id, bed, from(ward.now), near(ward.now).plus(Duration.ofDays(random.nextInt(2))), override());
        };
    }

    /** One of the last acts, so that it is not always too late. */
    private Command undoLately(Ward ward) {
        List<Recorded> acts = ward.occupancy.view().recentActs();
        return Ward.undo(
                acts.isEmpty()
                        ? 1
                        : acts.get(Math.max(0, acts.size() - 1 - random.nextInt(6)))
                                .act());
    }

    private Command tensionAct(Ward ward) {
        String card = pick(new String[] {"surge-beds", "crisis-cell", "none"});
        return switch (random.nextInt(4)) {
            case 0 -> new Command.AcknowledgeActionCard(card);
            case 1 -> new Command.CloseActionCard(card, random.nextBoolean() ? null : REASON);
            case 2 -> new Command.SnoozeAlert("wait", near(ward.now).plus(Duration.ofHours(2)), REASON);
            default -> undoLately(ward);
        };
    }

    private static final List<String> RULES = List.of(ISOLATION, "sex", "age", "room-full");

    private @Nullable Instant from(Instant now) {
        return random.nextBoolean() ? null : near(now);
    }

    private @Nullable RuleOverride override() {
        return random.nextBoolean()
                ? null
                : new RuleOverride(
                        pick(OverrideReason.values()),
                        random.nextInt(3) == 0 ? null : REASON,
                        RULES.subList(0, 1 + random.nextInt(RULES.size())));
    }

    private Command act(Ward ward) {
        Instant now = ward.now;
        return switch (random.nextInt(32)) {
            case 0, 1 -> new Command.RegisterStay(stay(), patient(), needs(), patientClass(), arrival(now));
            case 2 -> new Command.UpdatePatient(stay(), patient());
            case 3 -> new Command.CancelRegistration(stay());
            case 4 -> random.nextInt(6) == 0 ? new Command.MergeStays(stay(), stay()) : admit(now);
            case 5, 6, 7 -> admit(now);
            case 8, 9, 10 -> new Command.TransferStay(stay(), service(), bed(), past(now), anyRequest(), override());
            case 11 -> new Command.SwapStays(stay(), stay(), override());
            case 12 -> new Command.StartLeave(stay(), past(now));
            case 13 -> new Command.EndLeave(stay(), past(now));
            case 14 -> new Command.PlanDischarge(stay(), random.nextInt(4) == 0 ? null : near(now));
            case 15 -> new Command.SetMedicallyReady(stay(), random.nextBoolean());
            case 16 -> new Command.SetAdministrativelyClosed(stay(), random.nextBoolean());
            case 17, 18 -> new Command.DischargeStay(stay(), pick(Ending.values()), past(now));
            case 19 -> new Command.ChangeNeeds(stay(), needs());
            case 20 -> requestBed(now);
            case 21 -> new Command.CancelBedRequest(request(), null);
            case 22, 23 -> new Command.ReserveBed(request(), anyBed(), from(now), near(now), override());
            case 24 -> new Command.ReleaseReservation(anyBed());
            case 25 ->
                switch (random.nextInt(3)) {
                    case 0 -> new Command.RequestCleaning(anyBed(), random.nextBoolean());
                    case 1 -> new Command.StartCleaning(anyBed());
                    default -> new Command.FinishCleaning(anyBed());
                };
            case 26, 27 -> new Command.FinishCleaning(anyBed());
            case 28 ->
                random.nextBoolean()
                        ? new Command.BlockBed(anyBed(), pick(BlockReason.values()), null, null)
                        : new Command.UnblockBed(anyBed());
            case 29 ->
                switch (random.nextInt(4)) {
                    case 0 -> new Command.CloseBed(anyBed());
                    case 1 -> new Command.OpenBed(anyBed());
                    case 2 -> new Command.SetStaffedCapacity(anyService(), random.nextInt(8) - 1);
                    default -> new Command.SetSurgeBeds(anyService(), random.nextInt(3));
                };
            case 30 -> cancelOrResolve(ward);
            default -> Ward.undo(1 + random.nextLong(ward.occupancy.sequence() + 1));
        };
    }

    private Command cancelOrResolve(Ward ward) {
        HospitalView view = ward.occupancy.view();
        if (random.nextBoolean() && !view.anomalies().isEmpty()) {
            return new Command.ResolveAnomaly(
                    view.anomalies()
                            .get(random.nextInt(view.anomalies().size()))
                            .key(),
                    "vu");
        }
        StayId stay = stay();
        Stay known = view.stays().get(stay);
        Movement last = known == null ? null : known.timeline().last();
        return new Command.CancelMovement(stay, last == null ? "none" : last.id(), "erreur");
    }

    private Command admit(Instant now) {
        return new Command.AdmitStay(stay(), service(), bed(), past(now), anyRequest(), override());
    }

    private Command requestBed(Instant now) {
        return new Command.RequestBed(
                new RequestId("R" + requests++),
                random.nextBoolean() ? stay() : null,
                service(),
                pick(RequestOrigin.values()),
                needs(),
                BedRequest.PRIORITY_MOST_URGENT + random.nextInt(5),
                random.nextBoolean() ? near(now) : null,
                null,
                null);
    }

    private static final HospitalId OTHER = new HospitalId("OTHER");
    private static final String REASON = "changement";

    /** What is done here about a transfer to or from another hospital, or what that one says of it. */
    private Command transferCommand(Ward ward) {
        List<InterhospitalTransfer> known = ward.occupancy.view().transfers();
        if (known.isEmpty() || random.nextInt(6) == 0) {
            return random.nextBoolean() ? ask(ward.now) : transferFact(ward.now);
        }
        InterhospitalTransfer transfer = known.get(random.nextInt(known.size()));
        TransferId id = transfer.id();
        return switch (random.nextInt(4)) {
            case 0 ->
                new Command.CancelInterhospitalTransfer(
                        id, REASON, transfer.hasDeparted() ? pick(Whereabouts.values()) : null);
            case 1 ->
                new Command.AcknowledgeTransferSteps(
                        id, random.nextInt(transfer.ownSteps().size() + 1));
            case 2 -> {
                TransferSide by = transfer.side().other();
                List<TransferStep> steps = new ArrayList<>(transfer.steps(by));
                steps.add(step(
                        by, steps.size() + 1, ward.now, transfer.receiving().size()));
                yield new Command.ReportTransferSteps(id, transfer.otherHospital(), by, transfer.wish(), steps);
            }
            default ->
                transfer.side() == TransferSide.SENDING
                        ? random.nextInt(3) > 0
                                ? new Command.AcceptInterhospitalTransfer(id)
                                : new Command.RecordInterhospitalDeparture(id, past(ward.now))
                        : switch (random.nextInt(4)) {
                            case 0 -> new Command.DeclineInterhospitalTransfer(id, REASON);
                            case 1 ->
                                new Command.RecordInterhospitalArrival(
                                        id, stay(), random.nextBoolean() ? null : anyBed(), past(ward.now), override());
                            default -> new Command.OfferInterhospitalTransfer(id, anyBed(), near(ward.now), override());
                        };
        };
    }

    private Command ask(Instant now) {
        return new Command.AskInterhospitalTransfer(
                stay(),
                random.nextInt(9) == 0 ? SmallHospital.hospital().id() : OTHER,
                service(),
                random.nextBoolean() ? "cardio" : null,
                BedRequest.PRIORITY_MOST_URGENT,
                random.nextBoolean() ? near(now) : null,
                null);
    }

    /** The first steps of a transfer that is the same whenever it is told. */
    private Command.Fact transferFact(Instant now) {
        int number = random.nextInt(8);
        Random told = new Random(number);
        List<TransferStep> steps = new ArrayList<>();
        steps.add(TransferStep.asked(SmallHospital.NOON));
        for (int i = 2; i < 2 + random.nextInt(4); i++) {
            steps.add(
                    switch (told.nextInt(4)) {
                        case 0, 1 -> TransferStep.accepted(i, now, 1, patient());
                        case 2 -> TransferStep.departed(i, now);
                        default -> TransferStep.cancelled(i, now, REASON, null, null);
                    });
        }
        return new Command.ReportTransferSteps(
                TransferId.of(OTHER, number),
                OTHER,
                TransferSide.SENDING,
                new TransferWish(needs(), service(), BedRequest.PRIORITY_LEAST_URGENT, now, null),
                steps);
    }

    /** Any step, whether or not it follows from the others: the other hospital is believed. */
    private TransferStep step(TransferSide by, int number, Instant now, int offer) {
        if (random.nextInt(5) == 0) {
            return TransferStep.cancelled(
                    number,
                    now,
                    null,
                    TransferStep.Cause.DIED,
                    random.nextBoolean() ? pick(Whereabouts.values()) : null);
        }
        if (by == TransferSide.SENDING) {
            return random.nextBoolean()
                    ? TransferStep.accepted(number, now, Math.max(1, offer), patient())
                    : TransferStep.departed(number, now);
        }
        return switch (random.nextInt(8)) {
            case 0 -> TransferStep.declined(number, now, REASON);
            case 1 -> TransferStep.withdrawn(number, now, TransferStep.Cause.DEADLINE_PASSED);
            case 2 -> TransferStep.arrived(number, now, new StayId("ailleurs"));
            default -> TransferStep.offered(number, now, new ServiceId("MED"), new BedId("12"), now);
        };
    }

    Command.Fact fact(Instant now) {
        return switch (random.nextInt(22)) {
            case 21 -> transferFact(now);
            case 0, 1, 2 ->
                random.nextInt(6) == 0
                        ? new Command.ReportPatient("ipp" + random.nextInt(9), patient(), statedAt(now))
                        : new Command.ReportStay(stay(), papers(now), statedAt(now));
            case 3 -> new Command.ReportRegistrationCancelled(stay(), now);
            case 4 -> random.nextInt(8) == 0 ? new Command.ReportMerge(stay(), stay(), now) : movementFact(stay(), now);
            case 5, 6, 7, 8, 9, 10, 11 -> movementFact(stay(), now);
            case 12, 13 -> {
                StayId stay = stay();
                yield new Command.ReportCorrection(stay, movement(stay, now), null, random.nextBoolean());
            }
            case 14, 15 -> cancellation(stay(), now);
            case 16 -> new Command.ReportDischargePlan(stay(), random.nextInt(3) == 0 ? null : near(now), now);
            case 17, 18 -> new Command.ReportBedStatus(anyBed(), pick(StatedBedStatus.values()), now);
            case 19 -> {
                StayId stay = stay();
                RequestId request = new RequestId("A15." + stay);
                yield random.nextInt(3) == 0
                        ? new Command.ReportPendingTransferCancelled(request, stay, statedAt(now))
                        : new Command.ReportPendingTransfer(request, stay, service(), near(now), statedAt(now));
            }
            default ->
                random.nextBoolean()
                        ? new Command.QuarantineMessage(
                                new QuarantinedMessage("Q" + messages++, "adt", "M", now, "unreadable", "MSH|", null))
                        : new Command.ReportReplayed("Q" + random.nextInt(messages + 1), now);
        };
    }

    StatedPapers papers(Instant now) {
        return new StatedPapers(
                patient(),
                random.nextInt(8) == 0,
                random.nextInt(5) == 0 ? null : patientClass(),
                arrival(now),
                random.nextInt(3) == 0 ? pick(SPECIALTIES) : null,
                random.nextBoolean() ? pick(SPECIALTIES) : null);
    }

    Command.ReportMovement movementFact(StayId stay, Instant now) {
        Movement movement = movement(stay, now);
        boolean unmapped = movement.to().bed() == null && random.nextInt(3) == 0;
        return new Command.ReportMovement(stay, movement, unmapped ? "U^?^?" : null);
    }

    Command.ReportCancellation cancellation(StayId stay, Instant now) {
        boolean numbered = random.nextInt(4) > 0;
        return new Command.ReportCancellation(
                stay, numbered ? movementId(stay) : null, List.of(pick(MovementKind.values())), now, statedAt(now));
    }

    private Movement movement(StayId stay, Instant now) {
        MovementKind kind = pick(MovementKind.values());
        BedId bed = bed();
        Location to = bed != null && !bed.value().equals("999")
                ? new Location(serviceOf(bed), bed)
                : random.nextInt(5) == 0 ? Location.ELSEWHERE : new Location(service(), null);
        return new Movement(
                movementId(stay),
                kind,
                now.minus(Duration.ofMinutes(random.nextInt(3) == 0 ? random.nextInt(5_000) : random.nextInt(60))),
                to,
                patientClass(),
                statedAt(now),
                kind == MovementKind.DISCHARGE ? pick(Ending.values()) : null);
    }

    private Instant statedAt(Instant now) {
        return now.minusSeconds(random.nextInt(7_200));
    }

    private static ServiceId serviceOf(BedId bed) {
        return new ServiceId(
                switch (bed.value().charAt(0)) {
                    case '1' -> "CARDIO";
                    case '2' -> "PED";
                    default -> "REA";
                });
    }

    private String movementId(StayId stay) {
        return stay + "-m" + random.nextInt(5);
    }

    private StayId stay() {
        return new StayId("S" + random.nextInt(STAYS));
    }

    private BedId anyBed() {
        return new BedId(BEDS.get(random.nextInt(BEDS.size())));
    }

    private @Nullable BedId bed() {
        return random.nextInt(6) == 0 ? null : anyBed();
    }

    private @Nullable ServiceId service() {
        return random.nextInt(3) > 0 ? null : anyService();
    }

    private ServiceId anyService() {
        return new ServiceId(SERVICES.get(random.nextInt(SERVICES.size())));
    }

    private RequestId request() {
        return new RequestId("R" + Math.max(0, requests - 1 - random.nextInt(6)));
    }

    private @Nullable RequestId anyRequest() {
        return random.nextInt(5) == 0 ? request() : null;
    }

    private @Nullable Instant past(Instant now) {
        return random.nextBoolean() ? null : now.minus(Duration.ofMinutes(random.nextInt(90) - 5));
    }

    private Instant near(Instant now) {
        return now.plus(Duration.ofMinutes(random.nextInt(3_000) - 30));
    }

    private @Nullable Instant arrival(Instant now) {
        return random.nextInt(4) == 0 ? near(now) : null;
    }

    private Patient patient() {
        return new Patient(
                "ipp" + random.nextInt(9),
                random.nextBoolean() ? "NOM" + random.nextInt(5) : null,
                "P",
                pick(Sex.values()),
                random.nextBoolean() ? LocalDate.of(1930 + random.nextInt(95), 5, 17) : null);
    }

    private static final String[] SPECIALTIES = {"cardio", "ped", "rea"};

    private CareNeeds needs() {
        return new CareNeeds(
                List.of("cardio", "ped", "rea", "unknown").get(random.nextInt(20) == 0 ? 3 : random.nextInt(3)),
                LevelOfCare.ACUTE,
                pick(Isolation.values()),
                pick(Sex.values()),
                random.nextBoolean() ? random.nextInt(90) : null,
                List.of(),
                List.of("o2"),
                SingleRoom.INDIFFERENT);
    }

    private PatientClass patientClass() {
        return pick(PatientClass.values());
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** A list in another order. */
    <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
