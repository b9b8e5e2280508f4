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
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Illness;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.OrdinaryShare;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.event.Share;
import org.chevet.event.SimulatedRole;
import org.chevet.event.Victims;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.ServiceId;
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
        assertThat(Objects.requireNonNull(log().next()).id()).isEqualTo("I1");

        ward.run(new Command.CompleteInject("I1"));

        assertThat(Objects.requireNonNull(log().next()).id()).isEqualTo("I2");
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
            assertThat(rule(plan("I1", InjectKind.VICTIMS, null, null, null, new Victims(0, 1, 0, 0, wrong))))
                    .as(wrong.toString())
                    .isEqualTo(Rule.INJECT_INCOMPLETE);
        }
        assertThat(rule(plan(
                        "I1", InjectKind.VICTIMS, null, null, null, new Victims(0, 1, 0, 0, illness("é", 1, null)))))
                .isEqualTo(Rule.UNKNOWN_SERVICE);
        assertThat(ward.run(plan(
                        "I0",
                        InjectKind.VICTIMS,
                        null,
                        null,
                        null,
                        new Victims(0, 1, 0, 0, illness("CARDIO", 1, null)))))
                .isInstanceOf(Decision.Accepted.class);
        for (OrdinaryShare wrong : List.of(
                new OrdinaryShare(1.01, 1, 60),
                new OrdinaryShare(1, -0.01, 60),
                new OrdinaryShare(1, Double.NaN, 60),
                new OrdinaryShare(1, 1, 0),
                new OrdinaryShare(1, 1, OrdinaryShare.MINUTES_MAX + 1))) {
            assertThat(rule(plan(wrong))).as(wrong.toString()).isEqualTo(Rule.INJECT_INCOMPLETE);
        }

        assertThat(ward.run(plan(new OrdinaryShare(0, 1, OrdinaryShare.MINUTES_MAX))))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(plan("I1", InjectKind.VICTIMS, null, null, null, new Victims(500, 0, 0, 0))))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(plan("I2", InjectKind.STAFF_SHORTAGE, null, CARDIO, 0, null)))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(ward.run(plan("I3", InjectKind.OUTAGE, null, CARDIO, null, null)))
                .isInstanceOf(Decision.Accepted.class);
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
        assertThat(ofServices(Illness.SERVICES_MAX - 1).isPossible()).isTrue();
        assertThat(ofServices(Illness.SERVICES_MAX).isPossible()).isTrue();
        assertThat(ofServices(Illness.SERVICES_MAX + 1).isPossible()).isFalse();
    }

    private static Victims ofServices(int count) {
        List<Share> services = IntStream.range(0, count)
                .mapToObj(service -> new Share("S" + service, 1))
                .toList();
        return new Victims(0, 1, 0, 0, new Illness(services, null, 60, 18, Isolation.DROPLET, null));
    }

    private static Illness illness(String service, double share, @Nullable String organism) {
        return new Illness(List.of(new Share(service, share)), 4.5, 60, 18, Isolation.DROPLET, organism);
    }

    private static boolean isShown(Recorded recorded) {
        return recorded.event() instanceof BedEvent.CardsShown;
    }

    private static Command.PlanInject plan(OrdinaryShare share) {
        return new Command.PlanInject(new Inject("O1", SOON, InjectKind.MESSAGE, "Vague", null, null, null, share));
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
