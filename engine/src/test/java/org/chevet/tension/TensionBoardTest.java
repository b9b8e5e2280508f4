package org.chevet.tension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.tension.Told.time;

import java.util.Objects;
import org.chevet.event.CardProgress;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.TensionLevel;
import org.chevet.tension.RaisedCard.State;
import org.junit.jupiter.api.Test;

class TensionBoardTest {
    private final Told told = new Told("2026-03-02T00:00");
    private final Levels levels = new Levels();

    private TensionBoard look(String at) {
        levels.look(told.occupancy.view(), BedShortage.UNKNOWN, time(at));
        return TensionBoard.of(told.occupancy.view(), levels, time(at));
    }

    private static RaisedCard card(TensionBoard board, String id) {
        return board.cards().stream()
                .filter(card -> card.card().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Four staffed beds taken: 100 %. */
    private void fill() {
        told.at("2026-03-02T08:00")
                .admit("1", "M1")
                .admit("2", "M2")
                .admit("3", "C1")
                .admit("4", "C2");
    }

    @Test
    void shouldRaiseTheCardsOfTheLevelThatIsReached() {
        fill();

        TensionBoard board = look("2026-03-02T08:00");

        assertThat(board.levels().getFirst().level()).isEqualTo(TensionLevel.TENSION);
        assertThat(card(board, "surge-beds").state()).isEqualTo(State.RAISED);
        assertThat(card(board, "surge-beds").due()).isEqualTo(time("2026-03-02T09:00"));
        assertThat(card(board, "crisis-cell").state()).isEqualTo(State.IDLE);
        assertThat(card(look("2026-03-02T09:00"), "surge-beds").state()).isEqualTo(State.OVERDUE);
    }

    @Test
    void shouldMeasureTheBedsThatACardBrought() {
        fill();
        look("2026-03-02T08:00");
        told.at("2026-03-02T08:10").run(new Command.AcknowledgeActionCard("surge-beds"));
        assertThat(card(look("2026-03-02T10:00"), "surge-beds").state()).isEqualTo(State.TAKEN_ON);

        told.at("2026-03-02T10:00").run(new Command.SetSurgeBeds(Told.CHIR, 1));
        told.at("2026-03-02T10:05").run(new Command.CloseActionCard("surge-beds", "C3 ouvert"));

        RaisedCard closed = card(look("2026-03-02T10:05"), "surge-beds");
        assertThat(closed.state()).isEqualTo(State.CLOSED);
        CardProgress progress = Objects.requireNonNull(closed.progress());
        assertThat(progress.bedsGained()).isEqualTo(1);
        assertThat(Objects.requireNonNull(progress.acknowledgedBy()).name()).isEqualTo("Jeanne Roux");
    }

    @Test
    void shouldRaiseACardAgainWhenItsLevelComesBack() {
        fill();
        look("2026-03-02T08:00");
        told.at("2026-03-02T08:10").run(new Command.AcknowledgeActionCard("surge-beds"));
        told.run(new Command.CloseActionCard("surge-beds", null));
        told.at("2026-03-02T12:00").discharge("1").discharge("2");
        assertThat(card(look("2026-03-02T12:00"), "surge-beds").state()).isEqualTo(State.IDLE);

        told.at("2026-03-02T14:00").request("A", RequestOrigin.ELECTIVE).request("B", RequestOrigin.ELECTIVE);

        assertThat(card(look("2026-03-02T14:00"), "surge-beds").state()).isEqualTo(State.RAISED);
    }

    @Test
    void shouldTellOneAlertForAllServicesAndWhy() {
        fill();

        TensionBoard board = look("2026-03-02T08:00");

        assertThat(board.alerts())
                .extracting(Alert::kind)
                .containsExactly(Alert.Kind.HOSPITAL_LEVEL, Alert.Kind.SERVICE_LEVELS);
        assertThat(board.alerts().get(1).reasons()).hasSize(2).first().satisfies(reason -> {
            assertThat(reason.value()).isEqualTo(100);
            assertThat(reason.limit()).isEqualTo(97);
        });
    }

    @Test
    void shouldNotShowAnAlertThatIsPutOffUntilItIsOverOrWorse() {
        fill();
        look("2026-03-02T08:00");
        told.at("2026-03-02T08:05")
                .run(new Command.SnoozeAlert("HOSPITAL_LEVEL:TENSION", time("2026-03-02T12:00"), "cellule prévenue"));

        TensionBoard quiet = look("2026-03-02T09:00");
        assertThat(quiet.alerts()).extracting(Alert::kind).doesNotContain(Alert.Kind.HOSPITAL_LEVEL);
        assertThat(quiet.snoozed())
                .singleElement()
                .satisfies(alert -> assertThat(
                                Objects.requireNonNull(alert.snooze()).reason())
                        .isEqualTo("cellule prévenue"));
        assertThat(look("2026-03-02T12:00").alerts()).extracting(Alert::kind).contains(Alert.Kind.HOSPITAL_LEVEL);

        told.at("2026-03-02T12:05")
                .run(new Command.SnoozeAlert("HOSPITAL_LEVEL:TENSION", time("2026-03-02T15:00"), "cellule prévenue"));
        told.request("A", RequestOrigin.EMERGENCY_DEPARTMENT);
        assertThat(look("2026-03-02T12:06").alerts()).extracting(Alert::key).contains("HOSPITAL_LEVEL:CRISIS");
    }

    @Test
    void shouldTakeBackWhatWasDoneToCardsAndAlerts() {
        fill();
        look("2026-03-02T08:00");
        told.at("2026-03-02T08:10").run(new Command.AcknowledgeActionCard("surge-beds"));
        long act = told.journal.getLast().act();
        told.run(new Command.UndoAct(act, "pas moi"));
        assertThat(card(look("2026-03-02T08:10"), "surge-beds").state()).isEqualTo(State.RAISED);

        told.run(new Command.SnoozeAlert("HOSPITAL_LEVEL:TENSION", time("2026-03-02T12:00"), "vu"));
        told.run(new Command.UndoAct(told.journal.getLast().act(), "pas vu"));
        assertThat(look("2026-03-02T08:11").snoozed()).isEmpty();
    }

    @Test
    void shouldRefuseWhatDoesNotFollow() {
        told.at("2026-03-02T08:00");

        assertThat(told.refused(new Command.AcknowledgeActionCard("surge"))).isEqualTo("UNKNOWN_CARD");
        assertThat(told.refused(new Command.CloseActionCard("surge-beds", null)))
                .isEqualTo("CARD_NOT_TAKEN_ON");
        told.run(new Command.AcknowledgeActionCard("surge-beds"));
        assertThat(told.refused(new Command.AcknowledgeActionCard("surge-beds")))
                .isEqualTo("CARD_TAKEN_ON");
        assertThat(told.refused(new Command.SnoozeAlert("a", time("2026-03-02T07:59"), "vu")))
                .isEqualTo("TIME_PASSED");
        assertThat(told.refused(new Command.SnoozeAlert("a", time("2026-03-03T08:01"), "vu")))
                .isEqualTo("TIME_TOO_FAR");
        assertThat(told.refused(new Command.SnoozeAlert("a", time("2026-03-02T09:00"), " ")))
                .isEqualTo("TEXT_MISSING");
    }

    @Test
    void shouldCountAlertsBeyondTheBudget() {
        fill();
        look("2026-03-02T08:00");

        assertThat(look("2026-03-02T18:00").unshown())
                .as("three alerts, five may be shown")
                .isZero();
        assertThat(look("2026-03-02T18:00").alerts()).extracting(Alert::kind).contains(Alert.Kind.CARDS_OVERDUE);
    }
}
