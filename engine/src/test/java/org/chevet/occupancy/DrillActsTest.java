package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.chevet.event.AskedCard;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.OrdinaryShare;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.Share;
import org.chevet.event.SimulatedRole;
import org.chevet.event.Victims;
import org.chevet.event.Wounds;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrillActsTest {
    private static final Instant SOON = SmallHospital.NOON.plus(Duration.ofMinutes(10));
    private static final ServiceId CARDIO = new ServiceId("CARDIO");
    private static final Drill DRILL =
            new Drill("Plan blanc", null, 1, null, 1, new Author("Anne Roy", Role.DIRECTOR_ON_DUTY));

    private final Ward ward = new Ward();

    @Test
    void shouldRefuseAllOfItInAHospitalThatIsReal() {
        assertThat(rule(plan("I1", InjectKind.MESSAGE, "vu", null, null, null))).isEqualTo(Rule.NOT_A_DRILL);
        assertThat(rule(new Command.WithdrawInject("I1"))).isEqualTo(Rule.NOT_A_DRILL);
        assertThat(rule(new Command.CompleteInject("I1"))).isEqualTo(Rule.NOT_A_DRILL);
        assertThat(rule(new Command.EndInject("I1"))).isEqualTo(Rule.NOT_A_DRILL);
        assertThat(rule(new Command.SimulateRoles(List.of()))).isEqualTo(Rule.NOT_A_DRILL);
    }

    @Test
    void shouldBeginOnce() {
        ward.run(new Command.BeginDrill(DRILL));
        ward.run(new Command.BeginDrill(new Drill("Autre", null, 1, null, 2, new Author("Bob", Role.CRISIS_CELL))));

        assertThat(log().drill()).isEqualTo(DRILL);
        assertThat(log().begunAt()).isEqualTo(SmallHospital.NOON);
    }

    @Test
    void shouldKeepInjectsByTheirTimeAndKnowTheNext() {
        begin();
        ward.run(plan("I2", SOON.plusSeconds(60), InjectKind.MESSAGE, "plus tard"));
        ward.run(plan("I1", SOON, InjectKind.MESSAGE, "bientôt"));
        assertThat(log().nextAt()).isEqualTo(SOON);

        ward.run(new Command.CompleteInject("I1"));

        assertThat(log().nextAt()).isEqualTo(SOON.plusSeconds(60));
        assertThat(Objects.requireNonNull(log().inject("I1")).doneAt()).isEqualTo(SmallHospital.NOON);
        assertThat(rule(new Command.CompleteInject("I1"))).isEqualTo(Rule.INJECT_DONE);
        assertThat(rule(new Command.WithdrawInject("I1"))).isEqualTo(Rule.INJECT_DONE);
        assertThat(rule(new Command.WithdrawInject("I3"))).isEqualTo(Rule.UNKNOWN_INJECT);
        assertThat(rule(plan("I2", InjectKind.MESSAGE, "vu", null, null, null))).isEqualTo(Rule.INJECT_EXISTS);
    }

    @Test
    void shouldWantWhatAKindNeeds() {
        begin();
        assertThat(rule(plan("I1", InjectKind.MESSAGE, " ", null, null, null))).isEqualTo(Rule.INJECT_INCOMPLETE);
        assertThat(rule(plan("I1", InjectKind.VICTIMS, null, null, null, null))).isEqualTo(Rule.INJECT_INCOMPLETE);
        assertThat(rule(plan("I1", InjectKind.VICTIMS, null, null, null, new Victims(0, 0, 0, 10))))
                .isEqualTo(Rule.INJECT_INCOMPLETE);
        assertThat(rule(plan("I1", InjectKind.VICTIMS, null, null, null, new Victims(501, 0, 0, 10))))
                .isEqualTo(Rule.INJECT_INCOMPLETE);
        assertThat(rule(plan("I1", InjectKind.WARD_CLOSED, null, null, null, null)))
                .isEqualTo(Rule.INJECT_INCOMPLETE);
        assertThat(rule(plan("I1", InjectKind.WARD_CLOSED, null, new ServiceId("NONE"), null, null)))
                .isEqualTo(Rule.UNKNOWN_SERVICE);
        assertThat(rule(plan("I1", InjectKind.STAFF_SHORTAGE, null, CARDIO, null, null)))
                .isEqualTo(Rule.INJECT_INCOMPLETE);
        assertThat(rule(plan("I1", InjectKind.OUTAGE, null, null, null, null))).isEqualTo(Rule.INJECT_INCOMPLETE);
        for (Illness wrong : List.of(
                illness("CARDIO", 0, "grippe"),
                illness("CARDIO", 1.01, "grippe"),
                illness("CARDIO", 1, "x".repeat(33)),
                new Illness(List.of(), null, 60, 18, Isolation.DROPLET, null),
                new Illness(
                        List.of(new Share("CARDIO", 0.5), new Share("CARDIO", 0.25)),
                        null,
                        60,
                        18,
                        Isolation.DROPLET,
                        null),
                new Illness(List.of(new Share("CARDIO", 1)), 1_001.0, 60, 18, Isolation.DROPLET, null),
                new Illness(List.of(new Share("CARDIO", 1)), 0.0, 60, 18, Isolation.DROPLET, null),
                new Illness(List.of(new Share("CARDIO", 1)), null, -1, 18, Isolation.DROPLET, null))) {
            assertThat(rule(plan("I1", InjectKind.VICTIMS, null, null, null, new Victims(0, 1, 0, 0, wrong, null))))
                    .as(wrong.toString())
                    .isEqualTo(Rule.INJECT_INCOMPLETE);
        }
        assertThat(rule(plan(
                        "I1",
                        InjectKind.VICTIMS,
                        null,
                        null,
                        null,
                        new Victims(0, 1, 0, 0, illness("é", 1, null), null))))
                .isEqualTo(Rule.UNKNOWN_SERVICE);
        assertThat(ward.run(plan(
                        "I0",
                        InjectKind.VICTIMS,
                        null,
                        null,
                        null,
                        new Victims(0, 1, 0, 0, illness("CARDIO", 1, null), null))))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(rule(plan("I1", InjectKind.VICTIMS, null, null, null, wounded("é", 1))))
                .isEqualTo(Rule.UNKNOWN_SERVICE);
        assertThat(rule(plan("I1", InjectKind.VICTIMS, null, null, null, wounded("CARDIO", 1.5))))
                .isEqualTo(Rule.INJECT_INCOMPLETE);
        assertThat(ward.run(plan("I00", InjectKind.VICTIMS, null, null, null, wounded("CARDIO", 1))))
                .isInstanceOf(Decision.Accepted.class);
        for (OrdinaryShare wrong : List.of(
                new OrdinaryShare(1.01, 1, 60),
                new OrdinaryShare(1, -0.01, 60),
                new OrdinaryShare(1, Double.NaN, 60),
                new OrdinaryShare(1, 1, 0),
                new OrdinaryShare(1, 1, OrdinaryShare.MINUTES_MAX + 1))) {
            assertThat(rule(plan(wrong))).as(wrong.toString()).isEqualTo(Rule.INJECT_INCOMPLETE);
        }

        for (int wrong : new int[] {0, Inject.MINUTES_MAX + 1}) {
            assertThat(rule(lasting("L1", InjectKind.OUTAGE, null, wrong)))
                    .as("%d minutes", wrong)
                    .isEqualTo(Rule.INJECT_INCOMPLETE);
        }
        assertThat(rule(lasting("L1", InjectKind.MESSAGE, null, 60))).isEqualTo(Rule.INJECT_INCOMPLETE);

        assertThat(ward.run(lasting("L1", InjectKind.OUTAGE, null, 1))).isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(lasting("L2", InjectKind.OUTAGE, null, Inject.MINUTES_MAX)))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(plan(new OrdinaryShare(0, 1, OrdinaryShare.MINUTES_MAX))))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(plan("I1", InjectKind.VICTIMS, null, null, null, new Victims(500, 0, 0, 0))))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(plan("I2", InjectKind.STAFF_SHORTAGE, null, CARDIO, 0, null)))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(plan("I3", InjectKind.OUTAGE, null, CARDIO, null, null)))
                .isInstanceOf(Decision.Accepted.class);
    }

    /** A patient lies in one bed, one is held, the surge bed is closed anyway, and a player opens one and closes it again. */
    @Test
    void shouldPutBackWhatAClosedWardClosedAndNobodyHasChangedSince() {
        ward.admit("S1", Sex.FEMALE, "101P");
        begin();
        ward.run(new Command.RequestBed(
                new RequestId("R1"), null, null, RequestOrigin.ELECTIVE, CareNeeds.UNSPECIFIED, 3, null, null, null));
        reserve("R1", "103");

        happens(lasting("I1", InjectKind.WARD_CLOSED, null, 60));

        assertThat(states()).containsExactly("OCCUPIED", "CLOSED", "CLOSED", "CLOSED", "CLOSED", "CLOSED");
        assertThat(ward.occupancy.view().requests()).singleElement().matches(open -> open.bed() == null);
        assertThat(planned("I1").until()).isEqualTo(SmallHospital.NOON.plus(Duration.ofHours(1)));
        ward.accepted(new Command.OpenBed(new BedId("102P")));
        close("102P");

        ward.accepted(new Command.EndInject("I1"));

        assertThat(states()).containsExactly("OCCUPIED", "READY", "CLOSED", "READY", "READY", "CLOSED");
        assertThat(planned("I1").endedAt()).isEqualTo(SmallHospital.NOON);
        assertThat(planned("I1").isInForce()).isFalse();
        assertThat(rule(new Command.EndInject("I1"))).isEqualTo(Rule.INJECT_NOT_IN_FORCE);
        assertThat(rule(new Command.EndInject("I2"))).isEqualTo(Rule.UNKNOWN_INJECT);
    }

    @Test
    void shouldPutBackWhatAnOutageBlockedAndNobodyHasChangedSince() {
        begin();
        ward.accepted(new Command.OpenBed(new BedId("104S")));
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.MAINTENANCE, null, null));

        happens(lasting("I1", InjectKind.OUTAGE, null, 90));

        assertThat(states()).containsOnly("BLOCKED");
        assertThat(bed("101P").block())
                .isEqualTo(new BedStatus.Block(
                        BlockReason.EQUIPMENT, "vu", SmallHospital.NOON.plus(Duration.ofMinutes(90))));
        ward.accepted(new Command.UnblockBed(new BedId("104S")));
        ward.accepted(new Command.BlockBed(new BedId("104S"), BlockReason.OTHER, null, null));
        ward.accepted(new Command.EndInject("I1"));

        assertThat(states()).containsExactly("READY", "READY", "READY", "READY", "BLOCKED", "BLOCKED");
    }

    @Test
    void shouldPutStaffBackUnlessAPlayerHasChangedIt() {
        begin();
        happens(lasting("I1", InjectKind.STAFF_SHORTAGE, 1, null));
        assertThat(staffed()).isEqualTo(1);
        ward.accepted(new Command.EndInject("I1"));
        assertThat(staffed()).isEqualTo(4);

        happens(lasting("I2", InjectKind.STAFF_SHORTAGE, 1, null));
        ward.accepted(new Command.SetStaffedCapacity(CARDIO, 2));
        ward.accepted(new Command.EndInject("I2"));
        assertThat(staffed()).isEqualTo(2);
    }

    /** Whichever is over first. */
    @Test
    void shouldPutBackWhatTwoDidOnlyWhenBothAreOver() {
        begin();
        ward.accepted(new Command.OpenBed(new BedId("104S")));
        for (List<String> order : List.of(List.of("A", "B"), List.of("B", "A"))) {
            String number = order.getFirst();
            happens(lasting("A-closes" + number, InjectKind.WARD_CLOSED, null, null));
            happens(lasting("B-closes" + number, InjectKind.WARD_CLOSED, null, null));
            happens(lasting("A-staff" + number, InjectKind.STAFF_SHORTAGE, 3, null));
            happens(lasting("B-staff" + number, InjectKind.STAFF_SHORTAGE, 1, null));

            ward.accepted(new Command.EndInject(order.getFirst() + "-closes" + number));
            ward.accepted(new Command.EndInject(order.getFirst() + "-staff" + number));
            assertThat(states()).containsOnly("CLOSED");
            assertThat(staffed()).isEqualTo(number.equals("A") ? 1 : 3);

            ward.accepted(new Command.EndInject(order.getLast() + "-closes" + number));
            ward.accepted(new Command.EndInject(order.getLast() + "-staff" + number));
            assertThat(states()).containsOnly("READY");
            assertThat(staffed()).isEqualTo(4);
        }
    }

    /** One is taken back, and the other goes on: its beds stay closed, or blocked, until it is over as well. */
    @Test
    void shouldPutNothingBackThatAnotherInjectHoldsWhenOneIsTakenBack() {
        begin();
        ward.accepted(new Command.OpenBed(new BedId("104S")));
        for (InjectKind kind : List.of(InjectKind.WARD_CLOSED, InjectKind.OUTAGE)) {
            String held = kind == InjectKind.WARD_CLOSED ? "CLOSED" : "BLOCKED";
            happens(lasting("A-" + kind, kind, null, null));
            long first = ward.journal.getLast().act();
            ward.pass(Duration.ofMinutes(1));
            happens(lasting("B-" + kind, kind, null, null));

            ward.accepted(new Command.UndoAct(first, "erreur"));

            assertThat(states()).as("%s goes on", kind).containsOnly(held);
            assertThat(planned("A-" + kind).isInForce()).isFalse();
            ward.accepted(new Command.EndInject("B-" + kind));
            assertThat(states()).as("%s is over", kind).containsOnly("READY");
        }
    }

    @Test
    void shouldNotPutStaffBackThatAnotherInjectLacksWhenOneIsTakenBack() {
        begin();
        happens(lasting("I1", InjectKind.STAFF_SHORTAGE, 2, null));
        long first = ward.journal.getLast().act();
        happens(lasting("I2", InjectKind.STAFF_SHORTAGE, 3, null));

        ward.accepted(new Command.UndoAct(first, "erreur"));

        assertThat(staffed()).isEqualTo(2);
        ward.accepted(new Command.EndInject("I2"));
        assertThat(staffed()).isEqualTo(4);
    }

    /** A bed that a player opened in the ward that the first closed, and that only the second closed again. */
    @Test
    void shouldPutBackWhatOnlyTheInjectDidThatIsTakenBack() {
        begin();
        happens(lasting("I1", InjectKind.WARD_CLOSED, null, null));
        ward.accepted(new Command.OpenBed(new BedId("103")));
        ward.pass(Duration.ofMinutes(1));
        happens(lasting("I2", InjectKind.WARD_CLOSED, null, null));
        assertThat(states()).containsOnly("CLOSED");

        ward.accepted(new Command.UndoAct(ward.journal.getLast().act(), "erreur"));

        assertThat(states()).containsExactly("CLOSED", "CLOSED", "CLOSED", "CLOSED", "READY", "CLOSED");
    }

    @Test
    void shouldTakeBackAtOnceAllThatAnInjectDidAndPutNothingBackAfterwards() {
        begin();
        ward.accepted(new Command.OpenBed(new BedId("104S")));
        happens(lasting("I1", InjectKind.WARD_CLOSED, null, 60));
        long act = ward.journal.getLast().act();

        ward.accepted(new Command.UndoAct(act, "erreur"));
        assertThat(states()).containsOnly("READY");
        assertThat(planned("I1").endedAt()).as("it is over").isEqualTo(SmallHospital.NOON);
        assertThat(rule(new Command.EndInject("I1"))).isEqualTo(Rule.INJECT_NOT_IN_FORCE);

        happens(lasting("I2", InjectKind.WARD_CLOSED, null, 60));
        ward.accepted(new Command.EndInject("I2"));
        assertThat(states()).as("nobody inherits").containsOnly("READY");
        assertThat(rule(new Command.UndoAct(ward.journal.getLast().act(), "erreur")))
                .isEqualTo(Rule.CANNOT_UNDO);
    }

    /** Of a full ward, whose surge bed is closed anyway. A player opens a bed again that it closed after its patient had left. */
    @Test
    void shouldPutBackWhatItClosedAfterPatientsHadLeft() {
        fill();
        begin();
        ward.accepted(new Command.PlanDischarge(new StayId("S103"), SmallHospital.NOON.plus(Duration.ofMinutes(30))));
        ward.run(new Command.RequestBed(
                new RequestId("R1"), null, null, RequestOrigin.ELECTIVE, CareNeeds.UNSPECIFIED, 3, null, null, null));
        ward.accepted(new Command.ReserveBed(
                new RequestId("R1"),
                new BedId("103"),
                SmallHospital.NOON.plus(Duration.ofHours(1)),
                SmallHospital.NOON.plus(Duration.ofHours(2)),
                null));

        happens(lasting("I1", InjectKind.WARD_CLOSED, null, null));

        assertThat(ward.occupancy.view().requests())
                .as("nothing is held there any more")
                .singleElement()
                .matches(open -> open.bed() == null);
        assertThat(awaited("I1")).containsExactly("101P", "101F", "102P", "102F", "103");
        for (String bed : List.of("101P", "101F", "102P")) {
            ward.accepted(Ward.discharge("S" + bed));
            close(bed);
        }
        ward.accepted(new Command.OpenBed(new BedId("101F")));
        assertThat(awaited("I1")).containsExactly("102F", "103");
        close("101F");

        ward.accepted(new Command.EndInject("I1"));

        assertThat(states()).containsExactly("TO_CLEAN", "CLOSED", "TO_CLEAN", "OCCUPIED", "OCCUPIED", "CLOSED");
        assertThat(awaited("I1")).isEmpty();
    }

    /** Which a player, who opens the bed in the meantime, does not hinder: what was done at once would be. */
    @Test
    void shouldTakeBackWhatAnInjectDidSinceToo() {
        fill();
        begin();
        happens(lasting("I1", InjectKind.WARD_CLOSED, null, null));
        long act = ward.journal.getLast().act();
        for (String bed : List.of("101P", "103")) {
            ward.accepted(Ward.discharge("S" + bed));
            close(bed);
        }
        ward.accepted(new Command.OpenBed(new BedId("103")));

        ward.accepted(new Command.UndoAct(act, "erreur"));

        assertThat(states()).containsExactly("TO_CLEAN", "OCCUPIED", "OCCUPIED", "OCCUPIED", "TO_CLEAN", "CLOSED");
        assertThat(planned("I1").isInForce()).isFalse();
        assertThat(awaited("I1")).isEmpty();
    }

    /** One that is blocked for something else is not the inject's. */
    @Test
    void shouldPutBackWhatAnOutageBlockedSince() {
        fill();
        begin();
        happens(lasting("I1", InjectKind.OUTAGE, null, 90));
        assertThat(awaited("I1")).containsExactly("101P", "101F", "102P", "102F", "103");

        for (String bed : List.of("101P", "103")) {
            ward.accepted(Ward.discharge("S" + bed));
            ward.accepted(new Command.StartCleaning(new BedId(bed)));
            ward.accepted(new Command.FinishCleaning(new BedId(bed)));
        }
        ward.accepted(new Command.BlockBed(
                new BedId("101P"), BlockReason.EQUIPMENT, "vu", planned("I1").until()));
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.MAINTENANCE, null, null));
        assertThat(awaited("I1")).containsExactly("101F", "102P", "102F");
        ward.accepted(new Command.EndInject("I1"));

        assertThat(states()).containsExactly("READY", "OCCUPIED", "OCCUPIED", "OCCUPIED", "BLOCKED", "CLOSED");
    }

    @Test
    void shouldOpenOnceABedThatTwoAwaited() {
        fill();
        begin();
        happens(lasting("I1", InjectKind.WARD_CLOSED, null, null));
        happens(lasting("I2", InjectKind.WARD_CLOSED, null, null));
        ward.accepted(Ward.discharge("S103"));
        close("103");

        ward.accepted(new Command.EndInject("I1"));
        assertThat(bed("103").state()).isEqualTo(BedState.CLOSED);
        assertThat(ward.accepted(new Command.EndInject("I2")))
                .filteredOn(BedEvent.BedOpened.class::isInstance)
                .hasSize(1);
    }

    /** Power comes back while the ward is still closed. */
    @Test
    void shouldOpenAWardAgainInWhichAnOutageEndedMeanwhile() {
        begin();
        happens(lasting("I1", InjectKind.OUTAGE, null, null));
        happens(lasting("I2", InjectKind.WARD_CLOSED, null, null));

        ward.accepted(new Command.EndInject("I1"));
        assertThat(states()).containsOnly("CLOSED");
        ward.accepted(new Command.EndInject("I2"));

        assertThat(states()).containsExactly("READY", "READY", "READY", "READY", "READY", "CLOSED");
    }

    /** But for the surge bed. */
    private void fill() {
        for (String bed : List.of("101P", "101F", "102P", "102F", "103")) {
            ward.admit("S" + bed, Sex.FEMALE, bed);
        }
    }

    private List<String> awaited(String inject) {
        return planned(inject).awaited().stream().map(BedId::value).toList();
    }

    /** Whoever may take an act back is told by its first event, here and when it ends. */
    @Test
    void shouldSayFirstWhatInjectAnActIsOf() {
        begin();
        happens(lasting("I1", InjectKind.WARD_CLOSED, null, null));
        assertThat(firstOfLastAct()).isInstanceOf(BedEvent.InjectDone.class);

        ward.accepted(new Command.EndInject("I1"));
        assertThat(firstOfLastAct()).isInstanceOf(BedEvent.InjectEnded.class);
    }

    private BedEvent firstOfLastAct() {
        long act = ward.journal.getLast().act();
        return ward.journal.stream()
                .filter(recorded -> recorded.sequence() == act)
                .findFirst()
                .orElseThrow()
                .event();
    }

    @Test
    void shouldHoldABedAgainWhoseClosureIsTakenBack() {
        begin();
        ward.run(new Command.RequestBed(
                new RequestId("R1"), null, null, RequestOrigin.ELECTIVE, CareNeeds.UNSPECIFIED, 3, null, null, null));
        reserve("R1", "103");
        happens(lasting("I1", InjectKind.WARD_CLOSED, null, null));

        ward.accepted(new Command.UndoAct(ward.journal.getLast().act(), "erreur"));

        assertThat(ward.occupancy.view().requests())
                .singleElement()
                .matches(open -> new BedId("103").equals(open.bed()));
    }

    @Test
    void shouldNotHaveStaffForMoreBedsWhenItLacksStaffOnceMore() {
        begin();
        happens(lasting("I1", InjectKind.STAFF_SHORTAGE, 1, null));
        happens(lasting("I2", InjectKind.STAFF_SHORTAGE, 3, null));
        assertThat(staffed()).isEqualTo(1);
    }

    /** The second due is the last that happens. */
    @Test
    void shouldNotPutBackStaffThatAnotherInjectLacks() {
        begin();
        List<Command.PlanInject> plans = List.of(
                lackingStaff("I1", SOON, 2),
                lackingStaff("I2", SOON.plusSeconds(120), 2),
                lackingStaff("I3", SOON.plusSeconds(60), 1));
        plans.forEach(ward::accepted);
        for (Command.PlanInject plan : plans) {
            ward.accepted(new Command.CompleteInject(plan.inject().id()));
            ward.pass(Duration.ofMinutes(1));
        }

        ward.accepted(new Command.EndInject("I1"));
        ward.accepted(new Command.EndInject("I3"));
        assertThat(staffed()).isEqualTo(2);

        ward.accepted(new Command.EndInject("I2"));
        assertThat(staffed()).isEqualTo(4);
    }

    /** A player had found staff in between, so the second does not go on from what the first left. */
    @Test
    void shouldNotPutBackStaffThatAnotherInjectLacksToTheSameNumber() {
        begin();
        happens(lasting("I1", InjectKind.STAFF_SHORTAGE, 1, null));
        ward.accepted(new Command.SetStaffedCapacity(CARDIO, 4));
        happens(lasting("I2", InjectKind.STAFF_SHORTAGE, 1, null));

        ward.accepted(new Command.EndInject("I1"));
        assertThat(staffed()).isEqualTo(1);

        ward.accepted(new Command.EndInject("I2"));
        assertThat(staffed()).isEqualTo(4);
    }

    /** The first leaves staff for fewer than the second, and a player had found staff in between: what they found stands when the second is over. */
    @Test
    void shouldPutBackTheStaffThatAPlayerFoundInSpiteOfAnEarlierLack() {
        begin();
        for (boolean ends : List.of(true, false)) {
            happens(lasting("I1" + ends, InjectKind.STAFF_SHORTAGE, 1, null));
            ward.accepted(new Command.SetStaffedCapacity(CARDIO, 4));
            ward.pass(Duration.ofMinutes(1));
            happens(lasting("I2" + ends, InjectKind.STAFF_SHORTAGE, 2, null));
            long second = ward.journal.getLast().act();
            assertThat(staffed()).isEqualTo(2);

            ward.accepted(ends ? new Command.EndInject("I2" + ends) : new Command.UndoAct(second, "erreur"));

            assertThat(staffed()).as(ends ? "ended" : "taken back").isEqualTo(4);
            ward.accepted(new Command.EndInject("I1" + ends));
            assertThat(staffed()).isEqualTo(4);
        }
    }

    private static Command.PlanInject lackingStaff(String id, Instant due, int beds) {
        return new Command.PlanInject(
                new Inject(id, due, InjectKind.STAFF_SHORTAGE, "vu", CARDIO, beds, null, null, null));
    }

    /** As in a drill that was begun when nothing ended yet: it is done and that is all. */
    @Test
    void shouldNotEndWhatPutsNothingBack() {
        Inject inject = lasting("I1", InjectKind.WARD_CLOSED, null, 60).inject();
        assertThat(new DrillLog.Planned(inject, SOON).isInForce()).isFalse();

        Inject told = new Inject("I2", SOON, InjectKind.OUTAGE, "Panne", null, null, null, null, 60);
        assertThat(new DrillLog.Planned(told, SOON).isInForce()).isTrue();
    }

    /** Blocked anew by a player, who takes nothing back. */
    @Test
    void shouldLeaveABlockThatIsAPlayersWhenAnOutageIsTakenBack() {
        begin();
        happens(lasting("I1", InjectKind.OUTAGE, null, 90));
        long act = ward.journal.getLast().act();
        ward.accepted(new Command.UnblockBed(new BedId("103")));
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.EQUIPMENT, "lit cassé", null));

        assertThat(rule(new Command.UndoAct(act, "erreur"))).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(bed("103").block()).isEqualTo(new BedStatus.Block(BlockReason.EQUIPMENT, "lit cassé", null));
    }

    @Test
    void shouldKnowWhenSomethingBeginsOrEndsNext() {
        begin();
        assertThat(log().nextAt()).isNull();
        ward.run(plan("I2", SOON.plusSeconds(60), InjectKind.MESSAGE, "plus tard"));
        ward.run(lasting("I1", InjectKind.OUTAGE, null, 5));
        assertThat(log().nextAt()).isEqualTo(SOON);

        ward.accepted(new Command.CompleteInject("I1"));
        assertThat(log().nextAt()).as("it ends").isEqualTo(SmallHospital.NOON.plus(Duration.ofMinutes(5)));

        ward.accepted(new Command.EndInject("I1"));
        assertThat(log().nextAt()).isEqualTo(SOON.plusSeconds(60));
    }

    /** Its time comes. */
    private void happens(Command.PlanInject plan) {
        ward.accepted(plan);
        ward.accepted(new Command.CompleteInject(plan.inject().id()));
    }

    private void close(String bed) {
        ward.accepted(new Command.CloseBed(new BedId(bed)));
    }

    private void reserve(String request, String bed) {
        ward.accepted(new Command.ReserveBed(
                new RequestId(request), new BedId(bed), SmallHospital.NOON.plus(Duration.ofHours(2))));
    }

    /** Of the beds of cardiology. */
    private List<String> states() {
        return Objects.requireNonNull(ward.occupancy.view().service(CARDIO)).beds().stream()
                .map(bed -> bed.status().state().name())
                .toList();
    }

    private BedStatus bed(String id) {
        return Objects.requireNonNull(ward.occupancy.view().bed(new BedId(id))).status();
    }

    private int staffed() {
        return Objects.requireNonNull(ward.occupancy.view().service(CARDIO))
                .counts()
                .staffed();
    }

    private DrillLog.Planned planned(String inject) {
        return Objects.requireNonNull(log().inject(inject));
    }

    private static Command.PlanInject lasting(
            String id, InjectKind kind, @Nullable Integer beds, @Nullable Integer minutes) {
        return new Command.PlanInject(new Inject(id, SOON, kind, "vu", CARDIO, beds, null, null, minutes));
    }

    @Test
    void shouldTakeBackWhatWasPlannedAsLongAsItHasNotHappened() {
        begin();
        ward.run(plan("I1", InjectKind.MESSAGE, "vu", null, null, null));
        ward.run(new Command.UndoAct(ward.occupancy.sequence(), "erreur"));
        assertThat(log().injects()).isEmpty();

        ward.run(new Command.SimulateRoles(List.of(SimulatedRole.TRANSPORT, SimulatedRole.CLEANING)));
        assertThat(log().roles()).containsExactly(SimulatedRole.CLEANING, SimulatedRole.TRANSPORT);
        ward.run(new Command.UndoAct(ward.occupancy.sequence(), "erreur"));
        assertThat(log().roles()).isEmpty();

        ward.run(plan("I2", InjectKind.MESSAGE, "vu", null, null, null));
        long planned = ward.occupancy.sequence();
        ward.run(new Command.CompleteInject("I2"));
        assertThat(rule(new Command.UndoAct(planned, "erreur"))).isEqualTo(Rule.CANNOT_UNDO);
    }

    @Test
    void shouldComeBackFromASnapshotAndFromTheJournalAlike() {
        begin();
        ward.run(plan("I1", InjectKind.MESSAGE, "vu", null, null, null));
        ward.run(new Command.SimulateRoles(List.of(SimulatedRole.CLEANING)));
        ward.run(new Command.ShowCards(List.of(new AskedCard("C1", SOON))));
        ward.run(new Command.CompleteInject("I1"));
        happens(lasting("I2", InjectKind.WARD_CLOSED, null, 60));
        happens(lasting("I3", InjectKind.STAFF_SHORTAGE, 1, null));
        ward.accepted(new Command.EndInject("I3"));

        Occupancy replayed = new Occupancy();
        ward.journal.forEach(replayed::apply);

        assertThat(replayed.digest()).isEqualTo(ward.occupancy.digest());
        assertThat(new Occupancy(ward.occupancy.state()).view().drill()).isEqualTo(log());
        assertThat(replayed.view().drill()).isEqualTo(log());
    }

    @Test
    void shouldKeepWhichCardsTheScreensAskForWheneverTheyAreOthers() {
        ward.run(new Command.ShowCards(List.of(new AskedCard("C1", SmallHospital.NOON))));
        assertThat(ward.journal)
                .as("a real hospital's screens are nobody's record")
                .noneMatch(DrillActsTest::isShown);
        begin();

        ward.run(new Command.ShowCards(List.of()));
        ward.run(new Command.ShowCards(List.of(new AskedCard("C1", SmallHospital.NOON))));
        ward.run(new Command.ShowCards(List.of(new AskedCard("C1", SOON))));
        assertThat(log().cards()).containsExactly(new AskedCard("C1", SmallHospital.NOON));
        assertThat(ward.journal).filteredOn(DrillActsTest::isShown).hasSize(1);

        ward.run(new Command.ShowCards(List.of()));
        assertThat(log().cards()).isEmpty();
    }

    @Test
    void shouldLimitInHowManyServicesAnIllnessNeedsBeds() {
        assertThat(ofServices(Share.SERVICES_MAX - 1).isPossible()).isTrue();
        assertThat(ofServices(Share.SERVICES_MAX).isPossible()).isTrue();
        assertThat(ofServices(Share.SERVICES_MAX + 1).isPossible()).isFalse();
    }

    private static Victims ofServices(int count) {
        List<Share> services = IntStream.range(0, count)
                .mapToObj(service -> new Share("S" + service, 1))
                .toList();
        return new Victims(0, 1, 0, 0, new Illness(services, null, 60, 18, Isolation.DROPLET, null), null);
    }

    private static Victims wounded(String service, double share) {
        return new Victims(0, 1, 0, 0, null, new Wounds(List.of(), List.of(new Share(service, share))));
    }

    private static Illness illness(String service, double share, @Nullable String organism) {
        return new Illness(List.of(new Share(service, share)), 4.5, 60, 18, Isolation.DROPLET, organism);
    }

    private static boolean isShown(Recorded recorded) {
        return recorded.event() instanceof BedEvent.CardsShown;
    }

    private static Command.PlanInject plan(OrdinaryShare share) {
        return new Command.PlanInject(
                new Inject("O1", SOON, InjectKind.MESSAGE, "Vague", null, null, null, share, null));
    }

    private void begin() {
        ward.run(new Command.BeginDrill(DRILL));
    }

    private DrillLog log() {
        return Objects.requireNonNull(ward.occupancy.view().drill());
    }

    private Rule rule(Command command) {
        return ((Decision.Refused) ward.run(command)).rule();
    }

    private static Command.PlanInject plan(String id, Instant due, InjectKind kind, String text) {
        return new Command.PlanInject(new Inject(id, due, kind, text, null, null, null));
    }

    private static Command.PlanInject plan(
            String id,
            InjectKind kind,
            @Nullable String text,
            @Nullable ServiceId service,
            @Nullable Integer beds,
            @Nullable Victims victims) {
        return new Command.PlanInject(new Inject(id, SOON, kind, text, service, beds, victims));
    }
}
