package org.chevet.simulations.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;
import org.chevet.simulations.demo.DemoLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CardDelaysTest {
    private static final Hospital HOSPITAL = DemoLayout.neighbourOf(DemoLayout.read());
    private static final Instant BEGIN = Instant.parse("2026-03-03T09:00:00Z");
    private static final Origin.Person PLAYER = new Origin.Person("Anne Roy", Role.DIRECTOR_ON_DUTY);
    private static final String CARD = "crisis-cell";

    private final Occupancy occupancy = new Occupancy();
    private final CardDelays delays = new CardDelays();
    private Instant now = BEGIN;

    @BeforeEach
    void begin() {
        does(new Command.DefineHospital(HOSPITAL));
        StayId stay = new StayId("S1");
        does(new Command.RegisterStay(stay, Patient.UNKNOWN, CareNeeds.UNSPECIFIED, PatientClass.INPATIENT, null));
        Movement in = new Movement(
                "M1",
                MovementKind.ADMISSION,
                now,
                new Location(HOSPITAL.services().getFirst().id(), null),
                PatientClass.INPATIENT,
                now,
                null);
        does(new Command.ReportMovement(stay, in, null));
    }

    @Test
    void shouldNotWaitAgainForSomebodyWhoIsAtItWhenTheLevelFallsAndRises() {
        at(10);
        staff(false);
        at(20);
        does(new Command.AcknowledgeActionCard(CARD));
        at(60);
        staff(true);
        at(600);
        does(new Command.AcknowledgeActionCard("surge-beds"));
        at(700);
        staff(false);
        at(800);
        delays.end(occupancy);

        assertThat(ofCard()).singleElement().satisfies(delay -> {
            assertThat(delay.alert()).isEqualTo(minute(10));
            assertThat(delay.takenOn()).isEqualTo(minute(20));
        });
    }

    @Test
    void shouldTellTheAlertOfACardThatWasTakenOnBeforeIt() {
        at(10);
        does(new Command.AcknowledgeActionCard(CARD));
        at(30);
        staff(false);
        at(40);
        delays.end(occupancy);

        assertThat(ofCard()).singleElement().satisfies(delay -> {
            assertThat(delay.alert()).isEqualTo(minute(30));
            assertThat(delay.takenOn()).isEqualTo(minute(10));
        });
    }

    @Test
    void shouldWaitAgainAfterACardWasClosed() {
        at(10);
        does(new Command.AcknowledgeActionCard(CARD));
        at(20);
        does(new Command.CloseActionCard(CARD, "faite"));
        at(30);
        staff(false);
        at(40);
        delays.end(occupancy);

        assertThat(ofCard()).extracting(CardDelays.Delay::alert).containsExactly(null, minute(30));
        assertThat(ofCard().getLast().takenOn()).isNull();
    }

    @Test
    void shouldKeepTheLastWhenThereAreMoreThanADebriefTells() {
        for (int time = 0; time <= CardDelays.DELAYS_MAX; time++) {
            at(10 + 2 * time);
            does(new Command.AcknowledgeActionCard(CARD));
            at(11 + 2 * time);
            does(new Command.CloseActionCard(CARD, "faite"));
        }

        assertThat(delays.all()).hasSize(CardDelays.DELAYS_MAX);
        assertThat(delays.all().getFirst().takenOn()).isEqualTo(minute(12));
        assertThat(delays.all().getLast().closed()).isEqualTo(now);
    }

    private List<CardDelays.Delay> ofCard() {
        return delays.all().stream()
                .filter(delay -> delay.card().id().equals(CARD))
                .toList();
    }

    private static Instant minute(int minute) {
        return BEGIN.plus(Duration.ofMinutes(minute));
    }

    private void at(int minute) {
        now = minute(minute);
    }

    private void staff(boolean there) {
        for (Service service : HOSPITAL.services()) {
            does(new Command.SetStaffedCapacity(service.id(), there ? service.staffedBeds() : 0));
        }
    }

    private void does(Command command) {
        if (occupancy.decide(command, now) instanceof Decision.Accepted accepted) {
            accepted.events().forEach(event -> {
                long sequence = occupancy.sequence() + 1;
                Recorded recorded = new Recorded(sequence, sequence, now, PLAYER, event);
                delays.before(recorded, occupancy);
                occupancy.apply(recorded);
                delays.after(recorded, occupancy);
            });
        }
    }
}
