package org.chevet.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chevet.event.Anomaly;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.CounterProposal;
import org.chevet.event.Ending;
import org.chevet.event.MovementKind;
import org.chevet.event.OverrideReason;
import org.chevet.event.QuarantineCause;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.TensionLevel;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.Rule;
import org.chevet.occupancy.StayStatus;
import org.chevet.occupancy.UndoObstacle;
import org.chevet.tension.Alert;
import org.chevet.tension.HospitalInTension;
import org.chevet.tension.Indicator;
import org.chevet.tension.Levels;
import org.chevet.tension.RaisedCard;
import org.chevet.web.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the engine can say has words on the screen, in each language. */
class CatalogueTest {
    private static final Pattern KEY = Pattern.compile("^  \"?([\\w.-]+)\"?:", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void shouldExplainEveryRefusal(String language) throws IOException {
        assertThat(keys("rules." + language)).isEqualTo(names("", Rule.values()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void shouldHaveWordsForEveryConstant(String language) throws IOException {
        assertThat(keys(language))
                .containsAll(names("state.", BedState.values()))
                .containsAll(names("barrier.", BarrierKind.values()))
                .containsAll(names("block.", BlockReason.values()))
                .containsAll(names("refusal.", RefusalReason.values()))
                .containsAll(names("override.", OverrideReason.values()))
                .containsAll(names("counterProposal.", CounterProposal.Outcome.values()))
                .containsAll(names("role.", Role.values()))
                .containsAll(names("status.", StayStatus.values()))
                .containsAll(names("ending.", Ending.values()))
                .containsAll(names("movement.", MovementKind.values()))
                .containsAll(names("origin.", RequestOrigin.values()))
                .containsAll(names("isolation.", Isolation.values()))
                .containsAll(names("level.", LevelOfCare.values()))
                .containsAll(names("single.", SingleRoom.values()))
                .containsAll(names("anomaly.", Anomaly.Kind.values()))
                .containsAll(names("undo.", UndoObstacle.values()))
                .containsAll(names("indicator.", Indicator.values()))
                .containsAll(names("unit.", Indicator.Unit.values()))
                .containsAll(names("tension.level.", TensionLevel.values()))
                .containsAll(names("tension.alert.", Alert.Kind.values()))
                .containsAll(names("tension.reason.", Alert.Kind.values()))
                .containsAll(names("tension.card.", RaisedCard.State.values()))
                .containsAll(names("tension.why.", Levels.Why.values()))
                .containsAll(names("tension.het.", HospitalInTension.Verdict.values()))
                .containsAll(names("tension.het.missing.", HospitalInTension.Unknown.values()))
                .containsAll(names("cause.", QuarantineCause.Code.values()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void shouldHaveWordsForEveryEventOfAnAct(String language) throws IOException {
        Set<String> events = Stream.of(BedEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                // Reading the hospital's file is nobody's act.
                .filter(name -> !name.equals(BedEvent.HospitalDefined.class.getSimpleName()))
                .map("event."::concat)
                .collect(Collectors.toSet());
        assertThat(keys(language)).containsAll(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void shouldSayTheSameThingsInBothLanguages(String language) throws IOException {
        assertThat(keys(language)).isEqualTo(keys("fr"));
    }

    private static Set<String> names(String prefix, Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> prefix + constant.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(String catalogue) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(Main.class.getResourceAsStream("assets/js/i18n/" + catalogue + ".js"))) {
            return KEY.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
