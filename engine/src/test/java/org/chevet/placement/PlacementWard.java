package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;

/** A hospital that a test fills, on a clock that it moves. */
final class PlacementWard {
    private static final Origin ORIGIN = new Origin.Person("Jeanne Roux", Role.BED_MANAGER);

    private final Occupancy occupancy = new Occupancy();
    Instant now = Instant.parse("2026-03-02T12:00:00Z");

    PlacementWard(Hospital hospital) {
        must(new Command.DefineHospital(hospital));
    }

    boolean run(Command command) {
        if (!(occupancy.decide(command, now) instanceof Decision.Accepted accepted)) {
            return false;
        }
        long act = occupancy.sequence() + 1;
        for (BedEvent event : accepted.events()) {
            occupancy.apply(new Recorded(occupancy.sequence() + 1, act, now, ORIGIN, event));
        }
        return true;
    }

    PlacementWard must(Command command) {
        assertThat(occupancy.decide(command, now)).isInstanceOf(Decision.Accepted.class);
        run(command);
        return this;
    }

    void pass(Duration time) {
        now = now.plus(time);
        run(new Command.PassTime());
    }

    HospitalView view() {
        return occupancy.view();
    }

    PlacementWard admit(String stay, CareNeeds needs, String bed) {
        must(new Command.RegisterStay(
                new StayId(stay),
                new Patient(null, null, null, needs.sex(), null),
                needs,
                PatientClass.INPATIENT,
                null));
        return must(new Command.AdmitStay(new StayId(stay), null, new BedId(bed), null, null));
    }

    PlacementWard request(String request, RequestOrigin origin, CareNeeds needs, @Nullable Instant neededAt) {
        return must(new Command.RequestBed(new RequestId(request), null, null, origin, needs, 3, neededAt, null, null));
    }

    Demand demand(String request) {
        BedRequest asked = view().requests().stream()
                .map(HospitalView.OpenRequest::request)
                .filter(open -> open.id().value().equals(request))
                .findFirst()
                .orElseThrow();
        return Demand.of(view(), asked, now);
    }

    Proposals proposals() {
        return new Proposals(new PlacementWorld(view(), now));
    }

    Verdict explain(Demand demand, String bed) {
        return proposals().explain(demand, new BedId(bed));
    }

    List<PlacementRule> broken(Demand demand, String bed) {
        return explain(demand, bed).obstacles().stream().map(Obstacle::rule).toList();
    }

    int points(Demand demand, String bed, PlacementRule rule) {
        Proposal proposal = explain(demand, bed).proposal();
        assertThat(proposal).as("proposal of bed " + bed).isNotNull();
        return proposal.parts().stream()
                .filter(part -> part.rule() == rule)
                .mapToInt(Proposal.Part::points)
                .sum();
    }
}
