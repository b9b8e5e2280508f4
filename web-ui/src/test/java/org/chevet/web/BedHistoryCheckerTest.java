package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.BedHistoryChecker.CLEAN;
import static org.chevet.web.BedHistoryChecker.SOILED;

import java.util.List;
import java.util.Set;
import org.chevet.web.BedHistoryChecker.Kind;
import org.chevet.web.BedHistoryChecker.Operation;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find. */
class BedHistoryCheckerTest {
    private static Operation place(long sent, long answered, String stay, boolean done) {
        return new Operation(sent, answered, Kind.PLACE, stay, done);
    }

    private static Operation read(long sent, long answered, String seen) {
        return new Operation(sent, answered, Kind.READ, seen, true);
    }

    private static Set<String> ends(Operation... operations) {
        return BedHistoryChecker.ends(List.of(operations), Set.of(CLEAN));
    }

    @Test
    void shouldAcceptOneWinner() {
        assertThat(ends(place(0, 10, "A", true), place(1, 9, "B", false))).containsExactly("A");
    }

    @Test
    void shouldCatchTwoWinners() {
        assertThat(ends(place(0, 10, "A", true), place(1, 9, "B", true))).isEmpty();
    }

    @Test
    void shouldCatchTwoLosers() {
        assertThat(ends(place(0, 10, "A", false), place(1, 9, "B", false))).isEmpty();
    }

    @Test
    void shouldAcceptReadsOfEitherSideWhileTheAnswerIsUnderWay() {
        assertThat(ends(place(0, 10, "A", true), read(1, 2, CLEAN), read(3, 4, "A")))
                .containsExactly("A");
    }

    @Test
    void shouldCatchAReadThatGoesBack() {
        assertThat(ends(place(0, 10, "A", true), read(1, 2, "A"), read(3, 4, CLEAN)))
                .isEmpty();
    }

    @Test
    void shouldCatchAStaleReadAfterTheAnswer() {
        assertThat(ends(place(0, 10, "A", true), read(11, 12, CLEAN))).isEmpty();
    }

    @Test
    void shouldCatchALostDeparture() {
        Operation leave = new Operation(11, 12, Kind.LEAVE, "A", true);
        assertThat(ends(place(0, 10, "A", true), leave, read(13, 14, SOILED))).containsExactly(SOILED);
        assertThat(ends(place(0, 10, "A", true), leave, read(13, 14, "A"))).isEmpty();
        assertThat(ends(place(0, 10, "A", true), leave, place(13, 14, "B", true)))
                .isEmpty();
    }
}
