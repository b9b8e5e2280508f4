package org.chevet.occupancy;

import static org.chevet.occupancy.BedChecks.refuse;
import static org.chevet.occupancy.StayActs.accept;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.chevet.event.Acceptance;
import org.chevet.event.Anomaly;
import org.chevet.event.BedCondition;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.CounterProposal;
import org.chevet.event.Refusal;
import org.chevet.event.RefusalReason;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** What people ask about beds, requests, capacity and what waits to be looked at. */
final class BedActs {
    /** How long a note or a reason may be. */
    static final int TEXT_CHARS_MAX = 500;

    /** How often one request may be refused. */
    static final int REFUSALS_MAX = 50;

    private final LiveState live;
    private final BedChecks checks;

    BedActs(LiveState live) {
        this.live = live;
        this.checks = new BedChecks(live);
    }

    Decision request(Command.RequestBed act, Instant now) {
        if (live.requests.get(act.request()) != null || live.transfers.ofRequest(act.request()) != null) {
            return refuse(Rule.REQUEST_EXISTS, "request", act.request());
        }
        Stay stay = act.stay() == null ? null : live.stay(act.stay());
        if (act.stay() != null && stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        if (act.service() != null && live.layout().service(act.service()) == Layout.NONE) {
            return refuse(Rule.UNKNOWN_SERVICE, "service", act.service());
        }
        Decision.Refused wrong = StayActs.wrongNeeds(live, act.needs());
        if (wrong == null) {
            wrong = wrongText(act.note(), false);
        }
        Instant neededAt = act.neededAt() == null ? now : act.neededAt();
        if (wrong == null && neededAt.isAfter(now)) {
            wrong = StayActs.notAhead(neededAt, now);
        }
        return wrong != null
                ? wrong
                : accept(new BedEvent.BedRequested(
                        now,
                        new BedRequest(
                                act.request(),
                                stay == null ? null : stay.id(),
                                act.service(),
                                act.origin(),
                                act.needs(),
                                act.priority(),
                                now,
                                neededAt,
                                act.expectedLength(),
                                act.note())));
    }

    Decision cancelRequest(Command.CancelBedRequest act, Instant now) {
        BedRequest request = live.requests.get(act.request());
        if (request == null) {
            return refuse(Rule.UNKNOWN_REQUEST, "request", act.request());
        }
        InterhospitalTransfer transfer = live.transfers.ofRequest(request.id());
        if (transfer != null) {
            return refuse(Rule.REQUEST_OF_TRANSFER, "request", request.id(), "transfer", transfer.id());
        }
        Decision.Refused wrong = wrongText(act.reason(), false);
        if (wrong != null) {
            return wrong;
        }
        List<BedEvent> events = new ArrayList<>();
        Contradictions contradictions = new Contradictions(live, now, events);
        BedId reserved = live.bedOfRequest(request.id());
        if (reserved != null) {
            contradictions.release(reserved, BedEvent.ReservationReleased.Cause.REQUEST_CANCELLED);
        }
        Stay stay = request.stay() == null ? null : live.stay(request.stay());
        if (stay != null) {
            contradictions.pendingTransfers().forget(stay, request.id());
        }
        events.add(new BedEvent.BedRequestCancelled(now, request, act.reason()));
        return new Decision.Accepted(events);
    }

    Decision reserve(Command.ReserveBed act, Instant now, PlacementCheck check) {
        return onRequest(act.request(), request -> {
            BedId reserved = live.bedOfRequest(request.id());
            return reserved != null
                    ? refuse(Rule.REQUEST_HAS_BED, "request", request.id(), "bed", reserved)
                    : hold(
                            request,
                            act.bed(),
                            act.from(),
                            act.until(),
                            new BedChecks.Means(act.override(), check),
                            now);
        });
    }

    /** @param from when the patient may come, null for at once */
    private Decision hold(
            BedRequest request, BedId id, @Nullable Instant from, Instant until, BedChecks.Means means, Instant now) {
        int bed = live.layout().bed(id);
        if (bed == Layout.NONE) {
            return refuse(Rule.UNKNOWN_BED, "bed", id);
        }
        Decision.Refused wrong = StayActs.notAhead(until, now);
        if (wrong == null && from != null && !until.isAfter(from)) {
            wrong = refuse(Rule.DEADLINE_BEFORE_ARRIVAL, "until", until, "from", from);
        }
        BedId replaced = live.bedOfRequest(request.id());
        InterhospitalTransfer transfer = live.transfers.ofRequest(request.id());
        int stepsBefore = replaced == null ? 0 : 1;
        if (wrong == null && transfer != null && transfer.nextStep() + stepsBefore > TransferActs.STEPS_MAX) {
            wrong = refuse(Rule.TRANSFER_TOO_LONG, "transfer", transfer.id(), "max", TransferActs.STEPS_MAX);
        }
        if (wrong != null) {
            return wrong;
        }
        BedChecks.Candidate candidate = checks.candidate(request, now);
        BedChecks.Verdict verdict = id.equals(replaced)
                ? checks.judgeHeld(bed, candidate, means)
                : from != null && from.isAfter(now)
                        ? checks.judgeAhead(bed, candidate, from, means)
                        : checks.judge(bed, candidate, means);
        if (verdict.refused() != null) {
            return verdict.refused();
        }
        List<BedEvent> events = new ArrayList<>();
        Contradictions contradictions = new Contradictions(live, now, events);
        if (replaced != null) {
            contradictions.release(replaced, BedEvent.ReservationReleased.Cause.REPLACED);
        }
        events.add(new BedEvent.BedReserved(
                now, id, request.id(), until, new Acceptance(now, from, verdict.override(), null)));
        contradictions.transfers().reserved(request.id(), id, until);
        CounterProposal proposal = request.counterProposal();
        if (proposal != null) {
            events.add(settled(
                    request,
                    proposal,
                    proposal.bed().equals(id) ? CounterProposal.Outcome.ACCEPTED : CounterProposal.Outcome.SUPERSEDED,
                    null,
                    now));
        }
        return new Decision.Accepted(events);
    }

    static BedEvent settled(
            BedRequest request,
            CounterProposal proposal,
            CounterProposal.Outcome outcome,
            @Nullable String note,
            Instant now) {
        return new BedEvent.CounterProposalSettled(now, request.id(), proposal, outcome, note);
    }

    Decision refuseRequest(Command.RefuseBedRequest act, Instant now) {
        return onRequest(act.request(), request -> {
            Decision.Refused wrong = StayActs.wrongPlace(live.layout(), act.service(), act.bed());
            if (wrong == null) {
                wrong = wrongText(act.text(), act.reason() == RefusalReason.OTHER);
            }
            if (wrong == null && request.refusals().size() >= REFUSALS_MAX) {
                wrong = refuse(Rule.TOO_MANY_REFUSALS, "request", request.id(), "max", REFUSALS_MAX);
            }
            if (wrong != null) {
                return wrong;
            }
            ServiceId service = act.bed() == null ? Objects.requireNonNull(act.service()) : serviceOf(act.bed());
            List<BedEvent> events = new ArrayList<>();
            BedId held = live.bedOfRequest(request.id());
            if (held != null && (act.bed() == null ? serviceOf(held).equals(service) : held.equals(act.bed()))) {
                new Contradictions(live, now, events).release(held, BedEvent.ReservationReleased.Cause.REFUSED);
            }
            events.add(new BedEvent.BedRefused(
                    now, request.id(), new Refusal(service, act.bed(), act.reason(), act.text(), now, null)));
            CounterProposal proposal = request.counterProposal();
            if (proposal != null
                    && (act.bed() == null
                            ? proposal.service().equals(service)
                            : proposal.bed().equals(act.bed()))) {
                events.add(settled(request, proposal, CounterProposal.Outcome.SUPERSEDED, null, now));
            }
            return new Decision.Accepted(events);
        });
    }

    private ServiceId serviceOf(BedId bed) {
        Layout layout = live.layout();
        return layout.services.get(layout.serviceOfBed(layout.bed(bed))).id();
    }

    Decision counterPropose(Command.CounterProposeBed act, Instant now) {
        return onRequest(act.request(), request -> {
            if (live.layout().bed(act.bed()) == Layout.NONE) {
                return refuse(Rule.UNKNOWN_BED, "bed", act.bed());
            }
            Decision.Refused wrong = wrongText(act.note(), false);
            if (wrong == null && act.from() != null) {
                wrong = StayActs.notAhead(act.from(), now);
            }
            ServiceId service = serviceOf(act.bed());
            BedId held = live.bedOfRequest(request.id());
            if (wrong == null && held != null && !serviceOf(held).equals(service)) {
                wrong = refuse(
                        Rule.COUNTER_PROPOSAL_OF_OTHER_SERVICE,
                        "request",
                        request.id(),
                        "reserved",
                        held,
                        "bed",
                        act.bed());
            }
            if (wrong == null && act.bed().equals(held) && act.from() == null) {
                wrong = refuse(Rule.NOTHING_CHANGES);
            }
            return wrong != null
                    ? wrong
                    : accept(new BedEvent.BedCounterProposed(
                            now,
                            request.id(),
                            new CounterProposal(service, act.bed(), act.from(), act.note(), now, null),
                            request.counterProposal()));
        });
    }

    Decision acceptCounterProposal(Command.AcceptCounterProposal act, Instant now, PlacementCheck check) {
        return onCounterProposal(
                act.request(),
                (request, proposal) -> hold(
                        request,
                        proposal.bed(),
                        proposal.from(),
                        act.until(),
                        new BedChecks.Means(act.override(), check),
                        now));
    }

    Decision declineCounterProposal(Command.DeclineCounterProposal act, Instant now) {
        return onCounterProposal(act.request(), (request, proposal) -> {
            Decision.Refused wrong = wrongText(act.note(), false);
            return wrong != null
                    ? wrong
                    : accept(settled(request, proposal, CounterProposal.Outcome.DECLINED, act.note(), now));
        });
    }

    private Decision onCounterProposal(RequestId id, BiFunction<BedRequest, CounterProposal, Decision> then) {
        return onRequest(id, request -> {
            CounterProposal proposal = request.counterProposal();
            return proposal == null ? refuse(Rule.NO_COUNTER_PROPOSAL, "request", id) : then.apply(request, proposal);
        });
    }

    private Decision onRequest(RequestId id, Function<BedRequest, Decision> then) {
        BedRequest request = live.requests.get(id);
        return request == null ? refuse(Rule.UNKNOWN_REQUEST, "request", id) : then.apply(request);
    }

    Decision release(Command.ReleaseReservation act, Instant now) {
        return onBed(act.bed(), bed -> {
            if (bed.reservation() == null) {
                return refuse(Rule.BED_NOT_RESERVED, "bed", act.bed());
            }
            List<BedEvent> events = new ArrayList<>();
            new Contradictions(live, now, events).release(act.bed(), BedEvent.ReservationReleased.Cause.RELEASED);
            return new Decision.Accepted(events);
        });
    }

    Decision requestCleaning(Command.RequestCleaning act, Instant now) {
        return onEmptyBed(act.bed(), bed -> {
            boolean same = bed.condition() == BedCondition.TO_CLEAN && bed.contaminated() == act.contaminated();
            return same
                    ? refuse(Rule.BED_ALREADY, "bed", act.bed())
                    : accept(new BedEvent.CleaningRequested(
                            now, act.bed(), act.contaminated(), bed.condition(), bed.contaminated()));
        });
    }

    Decision startCleaning(Command.StartCleaning act, Instant now) {
        return onEmptyBed(
                act.bed(),
                bed -> bed.condition() == BedCondition.CLEANING
                        ? refuse(Rule.BED_ALREADY, "bed", act.bed())
                        : accept(new BedEvent.CleaningStarted(now, act.bed(), bed.condition())));
    }

    Decision finishCleaning(Command.FinishCleaning act, Instant now) {
        return onEmptyBed(
                act.bed(),
                bed -> bed.condition() == BedCondition.CLEAN
                        ? refuse(Rule.BED_ALREADY, "bed", act.bed())
                        : accept(new BedEvent.CleaningFinished(now, act.bed(), bed.condition(), bed.contaminated())));
    }

    Decision block(Command.BlockBed act, Instant now) {
        Decision.Refused wrong = wrongText(act.note(), false);
        if (wrong == null && act.expectedEnd() != null) {
            wrong = StayActs.notAhead(act.expectedEnd(), now);
        }
        if (wrong != null) {
            return wrong;
        }
        return onUnreservedBed(
                act.bed(),
                bed -> bed.block() != null
                        ? refuse(
                                Rule.BED_BLOCKED,
                                "bed",
                                act.bed(),
                                "reason",
                                bed.block().reason())
                        : accept(new BedEvent.BedBlocked(now, act.bed(), act.reason(), act.note(), act.expectedEnd())));
    }

    Decision unblock(Command.UnblockBed act, Instant now) {
        return onBed(act.bed(), bed -> {
            BedStatus.Block block = bed.block();
            if (block == null) {
                return refuse(Rule.BED_NOT_BLOCKED, "bed", act.bed());
            }
            List<BedEvent> events = new ArrayList<>();
            new Contradictions(live, now, events).unblock(bed, block);
            return new Decision.Accepted(events);
        });
    }

    Decision close(Command.CloseBed act, Instant now) {
        return onUnreservedBed(
                act.bed(),
                bed -> bed.open()
                        ? accept(new BedEvent.BedClosed(now, act.bed()))
                        : refuse(Rule.BED_ALREADY, "bed", act.bed()));
    }

    Decision open(Command.OpenBed act, Instant now) {
        return onBed(act.bed(), bed -> {
            if (bed.open()) {
                return refuse(Rule.BED_ALREADY, "bed", act.bed());
            }
            List<BedEvent> events = new ArrayList<>();
            new Contradictions(live, now, events).open(bed, now);
            return new Decision.Accepted(events);
        });
    }

    Decision setStaffed(Command.SetStaffedCapacity act, Instant now) {
        int service = live.layout().service(act.service());
        if (service == Layout.NONE) {
            return refuse(Rule.UNKNOWN_SERVICE, "service", act.service());
        }
        int max = live.layout().endOfService(service) - live.layout().firstBedOfService(service);
        if (act.beds() < 0 || act.beds() > max) {
            return refuse(Rule.BEDS_OUT_OF_RANGE, "beds", act.beds(), "max", max, "service", act.service());
        }
        return act.beds() == live.staffed(service)
                ? refuse(Rule.NOTHING_CHANGES)
                : accept(new BedEvent.StaffedCapacityChanged(now, act.service(), act.beds(), live.staffed(service)));
    }

    Decision setSurge(Command.SetSurgeBeds act, Instant now) {
        Layout layout = live.layout();
        int service = layout.service(act.service());
        if (service == Layout.NONE) {
            return refuse(Rule.UNKNOWN_SERVICE, "service", act.service());
        }
        List<BedStatus> surge = surgeBeds(service);
        if (act.beds() < 0 || act.beds() > surge.size()) {
            return refuse(Rule.BEDS_OUT_OF_RANGE, "beds", act.beds(), "max", surge.size(), "service", act.service());
        }
        List<BedEvent> events = new ArrayList<>();
        long excess = surge.stream().filter(BedStatus::open).count() - act.beds();
        for (BedStatus bed : surge) {
            if (excess < 0 && !bed.open()) {
                new Contradictions(live, now, events).open(bed, now);
                excess++;
            }
        }
        for (BedStatus bed : surge.reversed()) {
            if (excess > 0 && bed.open() && bed.occupants().isEmpty() && bed.reservation() == null) {
                events.add(new BedEvent.BedClosed(now, bed.bed()));
                excess--;
            }
        }
        return events.isEmpty() ? refuse(Rule.NOTHING_CHANGES) : new Decision.Accepted(events);
    }

    private List<BedStatus> surgeBeds(int service) {
        List<BedStatus> surge = new ArrayList<>();
        for (int bed = live.layout().firstBedOfService(service);
                bed < live.layout().endOfService(service);
                bed++) {
            if (live.layout().isSurge(bed)) {
                surge.add(live.bed(bed));
            }
        }
        return surge;
    }

    Decision resolve(Command.ResolveAnomaly act, Instant now) {
        Anomaly anomaly = live.anomalies.get(act.anomaly());
        if (anomaly == null) {
            return refuse(Rule.UNKNOWN_ANOMALY, "anomaly", act.anomaly());
        }
        Decision.Refused wrong = wrongText(act.note(), true);
        return wrong != null ? wrong : accept(new BedEvent.AnomalyResolved(now, anomaly, act.note()));
    }

    Decision discard(Command.DiscardQuarantined act, Instant now) {
        if (!live.quarantine.containsKey(act.message())) {
            return refuse(Rule.UNKNOWN_MESSAGE, "message", act.message());
        }
        Decision.Refused wrong = wrongText(act.reason(), true);
        return wrong != null ? wrong : accept(new BedEvent.QuarantineClosed(now, act.message(), false, act.reason()));
    }

    static Decision.@Nullable Refused wrongText(@Nullable String text, boolean needed) {
        if (text == null || text.isBlank()) {
            return needed ? refuse(Rule.TEXT_MISSING) : null;
        }
        return text.length() > TEXT_CHARS_MAX
                ? refuse(Rule.TEXT_TOO_LONG, "chars", text.length(), "max", TEXT_CHARS_MAX)
                : null;
    }

    private Decision onBed(BedId id, Function<BedStatus, Decision> then) {
        int bed = live.layout().bed(id);
        return bed == Layout.NONE ? refuse(Rule.UNKNOWN_BED, "bed", id) : then.apply(live.bed(bed));
    }

    private Decision onEmptyBed(BedId id, Function<BedStatus, Decision> then) {
        return onBed(
                id,
                bed -> bed.occupants().isEmpty()
                        ? then.apply(bed)
                        : refuse(
                                Rule.BED_OCCUPIED,
                                "bed",
                                id,
                                "other",
                                bed.occupants().getFirst()));
    }

    private Decision onUnreservedBed(BedId id, Function<BedStatus, Decision> then) {
        return onEmptyBed(id, bed -> {
            BedStatus.Reservation reservation = bed.reservation();
            return reservation == null
                    ? then.apply(bed)
                    : refuse(
                            Rule.BED_RESERVED,
                            "bed",
                            id,
                            "request",
                            reservation.request(),
                            "until",
                            reservation.until());
        });
    }
}
