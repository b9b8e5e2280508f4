package org.chevet.simulations.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.chevet.event.AskedCard;
import org.chevet.event.Author;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.hospital.Hospital;
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

    private Occupancy occupancy = new Occupancy();
    private CardDelays delays = new CardDelays(List.of(), HOSPITAL.tensionPolicy());
    private Instant now = BEGIN;

    @BeforeEach
    void define() {
        does(new Command.DefineHospital(HOSPITAL));
        begin();
    }

    /** On what happened until now. */
    private void begin() {
        delays = new CardDelays(occupancy.view().crisis().cards(), HOSPITAL.tensionPolicy());
        does(new Command.BeginDrill(new Drill(
                "Essai", null, occupancy.sequence(), null, 1, new Author("Anne Roy", Role.DIRECTOR_ON_DUTY))));
    }

    @Test
    void shouldNotWaitAgainForSomebodyWhoIsAtItWhenTheLevelFallsAndRises() {
        at(10);
        screensAsk(CARD);
        at(20);
        does(new Command.AcknowledgeActionCard(CARD));
        at(60);
        screensAsk();
        at(600);
        does(new Command.AcknowledgeActionCard("surge-beds"));
        at(700);
        screensAsk(CARD);
        at(800);

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
        screensAsk(CARD);
        at(40);

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
        screensAsk(CARD);
        at(40);

        assertThat(ofCard()).extracting(CardDelays.Delay::alert).containsExactly(null, minute(30));
        assertThat(ofCard().getLast().takenOn()).isNull();
    }

    @Test
    void shouldWaitForNobodyAnyMoreOnceTheScreensDoNotAsk() {
        at(10);
        screensAsk(CARD);
        at(30);
        screensAsk();
        at(50);
        screensAsk(CARD, "gone-from-the-file");
        at(60);
        does(new Command.AcknowledgeActionCard(CARD));
        at(70);
        screensAsk();

        assertThat(delays.all())
                .extracting(CardDelays.Delay::alert, CardDelays.Delay::fell, CardDelays.Delay::takenOn)
                .containsExactly(tuple(minute(10), minute(30), null), tuple(minute(50), null, minute(60)));
    }

    @Test
    void shouldTellTheTimeThatTheScreensTellOfAnAlert() {
        at(10);
        does(new Command.ShowCards(List.of(new AskedCard(CARD, minute(7)))));
        at(15);
        does(new Command.ShowCards(List.of(new AskedCard(CARD, minute(14)), new AskedCard("surge-beds", minute(14)))));

        assertThat(delays.all())
                .extracting(CardDelays.Delay::alert)
                .as("a level that rises on does not ask anew")
                .containsExactly(minute(7), minute(14));
    }

    @Test
    void shouldCountNoTimeBeforeTheDrillBegan() {
        at(1);
        does(new Command.ShowCards(List.of(new AskedCard(CARD, BEGIN.minus(Duration.ofDays(2))))));

        assertThat(ofCard()).extracting(CardDelays.Delay::alert).containsExactly(BEGIN);
    }

    @Test
    void shouldKnowWhoWasAtACardBeforeTheDrillBegan() {
        occupancy = new Occupancy();
        at(-60);
        does(new Command.DefineHospital(HOSPITAL));
        does(new Command.AcknowledgeActionCard(CARD));
        does(new Command.AcknowledgeActionCard("surge-beds"));
        at(-30);
        does(new Command.CloseActionCard("surge-beds", "faite"));
        at(0);
        begin();
        assertThat(delays.all()).as("of what nobody asks for").isEmpty();

        at(10);
        screensAsk(CARD, "surge-beds");

        assertThat(ofCard())
                .extracting(CardDelays.Delay::alert, CardDelays.Delay::takenOn, CardDelays.Delay::by)
                .containsExactly(tuple(minute(10), minute(-60), "Anne Roy"));
        assertThat(delays.all()).hasSize(2).last().satisfies(delay -> {
            assertThat(delay.card().id()).isEqualTo("surge-beds");
            assertThat(delay.takenOn()).as("closed before").isNull();
        });

        at(20);
        does(new Command.CloseActionCard(CARD, "faite"));
        assertThat(ofCard()).extracting(CardDelays.Delay::closed).containsExactly(minute(20));
    }

    @Test
    void shouldWaitForNobodyWhenACardIsTakenBackThatTheScreensAskedForNoMore() {
        long taken = takenOnAndNotAskedForAnyMore();
        at(40);
        does(new Command.UndoAct(taken, "erreur"));
        at(50);
        screensAsk(CARD);

        assertThat(ofCard())
                .extracting(CardDelays.Delay::alert, CardDelays.Delay::fell, CardDelays.Delay::takenOn)
                .containsExactly(tuple(minute(10), minute(30), null), tuple(minute(50), null, null));
    }

    @Test
    void shouldWaitOnForACardThatIsTakenBackWhileTheScreensAskForItAgain() {
        long taken = takenOnAndNotAskedForAnyMore();
        at(35);
        screensAsk(CARD);
        at(40);
        does(new Command.UndoAct(taken, "erreur"));

        assertThat(ofCard())
                .extracting(CardDelays.Delay::alert, CardDelays.Delay::fell, CardDelays.Delay::takenOn)
                .containsExactly(tuple(minute(10), null, null));
    }

    @Test
    void shouldKeepTheLastAndWhatIsNotOverWhenThereAreMoreThanADebriefTells() {
        at(5);
        screensAsk("surge-beds");
        for (int time = 0; time <= CardDelays.DELAYS_MAX; time++) {
            at(10 + 2 * time);
            does(new Command.AcknowledgeActionCard(CARD));
            at(11 + 2 * time);
            does(new Command.CloseActionCard(CARD, "faite"));
        }

        assertThat(delays.all()).hasSize(CardDelays.DELAYS_MAX);
        assertThat(delays.all().getFirst().card().id()).as("waited for still").isEqualTo("surge-beds");
        assertThat(ofCard().getFirst().takenOn()).isEqualTo(minute(14));
        assertThat(delays.all().getLast().closed()).isEqualTo(now);
    }

    /**
     * In the tenth, twentieth and thirtieth minute.
     *
     * @return the act of who took it on
     */
    private long takenOnAndNotAskedForAnyMore() {
        at(10);
        screensAsk(CARD);
        at(20);
        long taken = does(new Command.AcknowledgeActionCard(CARD));
        at(30);
        screensAsk();
        return taken;
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

    private void screensAsk(String... cards) {
        does(new Command.ShowCards(
                Stream.of(cards).map(card -> new AskedCard(card, now)).toList()));
    }

    /** @return the act */
    private long does(Command command) {
        long act = occupancy.sequence() + 1;
        if (occupancy.decide(command, now) instanceof Decision.Accepted accepted) {
            accepted.events().forEach(event -> {
                long sequence = occupancy.sequence() + 1;
                Recorded recorded = new Recorded(sequence, act, now, PLAYER, event);
                occupancy.apply(recorded);
                delays.accept(recorded, HOSPITAL.tensionPolicy());
            });
        }
        return act;
    }
}
