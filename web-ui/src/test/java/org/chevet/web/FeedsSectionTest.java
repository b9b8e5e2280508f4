package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpLimits;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.ServiceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedsSectionTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldReadAllThatAFeedMaySay() throws IOException {
        List<Configuration.Feed> feeds = feeds("""
                feeds:
                  - name: GAM
                    mllp:
                      host: 0.0.0.0
                      port: 2575
                      senders: [10.1.2.0/24, "2001:db8::7"]
                      limits:
                        frameBytesMax: 2000000
                        connectionsMax: 8
                        idleSecondsMax: 0
                        frameSecondsMax: 20
                        answerSecondsMax: 30
                        noiseBytesMax: 1000
                        bufferedBytesMax: 4000000
                    processingIds: [P]
                    authorities: [CHU-X, " 010000001 "]
                    places: {UF12: CARDIO, UF12^A1: "101", UF12^A4^2: 104F}
                  - {name: BIO, mllp: {port: 2576}, silentAfterMinutes: 600}
                """);
        Configuration.Feed first = feeds.getFirst();
        assertThat(first.mllp().limits()).isEqualTo(new MllpLimits(2_000_000, 8, 0, 20, 30, 1_000, 4_000_000));
        assertThat(first.mllp().senders()).extracting(Object::toString).containsExactly("10.1.2.0/24", "2001:db8::7");
        assertThat(first.options().processingIds()).containsExactly("P");
        assertThat(first.options().authorities()).containsExactlyInAnyOrder("CHU-X", "010000001");
        assertThat(first.options().places().services()).containsEntry("UF12", new ServiceId("CARDIO"));
        assertThat(first.options().places().rooms())
                .containsEntry(new PointOfCare("UF12", "A1", ""), new RoomId("101"));
        assertThat(first.options().places().beds())
                .containsEntry(new PointOfCare("UF12", "A4", "2"), new BedId("104F"));
        Configuration.Feed second = feeds.getLast();
        assertThat(second.mllp().limits()).isEqualTo(MllpLimits.DEFAULT);
        assertThat(second.mllp().senders()).isEmpty();
        assertThat(second.mllp().tls()).isNull();
        assertThat(second.options().processingIds()).isEqualTo(AdtFeedOptions.TABLE_0103);
        assertThat(second.options().authorities()).isEmpty();
        assertThat(second.options().silentAfter()).hasHours(10);
    }

    @Test
    void shouldAskForQuotesAroundAnAuthorityThatIsNoText() throws IOException {
        assertThat(problems("""
                feeds:
                  - {name: GAM, mllp: {port: 2575}, authorities: [CHU-X, 010000001, null, " "]}
                """))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem.toString())
                        .contains("feeds[0].authorities[")
                        .contains("Write it in quotes."));
    }

    @Test
    void shouldTellEveryMistakeWithItsPath() throws IOException {
        assertThat(problems("""
                feeds:
                  - name: GAM
                    mllp:
                      port: 2575
                      senders: [10.1.2.3/24, gam.hopital.example]
                      limits: {frameBytesMax: 0, connectionsMax: many, bufferedBytesMax: 1000, framesMax: 1}
                      tls: {certificate: none.pem, key: none.key, clientCertificate: MAYBE}
                    processingIds: [X]
                    places: {UF12: CARDIOL, UF12^A1: "999", UF12^A4^2: 104Z, A^B^C^D: CARDIO}
                  - {name: EMPTY, mllp: {port: 2576, senders: []}, places: [UF12]}
                """))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("feeds[0].mllp.senders[0]: '10.1.2.3/24' has bits"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("feeds[0].mllp.senders[1]: 'gam.hopital.example' is no address"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].mllp.limits.frameBytesMax: 0"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].mllp.limits.connectionsMax: \"many\""))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("feeds[0].mllp.limits.bufferedBytesMax: 1000 is less than two frames"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("feeds[0].mllp.limits.framesMax: is not known here"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("feeds[0].mllp.tls: ")
                        .contains(folder.resolve("none.pem") + " is not there"))
                .anySatisfy(problem -> assertThat(problem).contains(folder.resolve("none.key") + " is not there"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].mllp.tls.clientCertificate: 'MAYBE'"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("feeds[0].mllp.tls.clientAuthorities: is missing"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].processingIds: [X]"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].places.UF12: 'CARDIOL' is no service"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].places.UF12^A1: '999' is no room"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].places.UF12^A4^2: '104Z' is no bed"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[0].places.A^B^C^D: is no place"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[1].mllp.senders: is empty"))
                .anySatisfy(problem -> assertThat(problem).startsWith("feeds[1].places: the sender's codes"))
                .hasSize(17);
    }

    private List<Configuration.Feed> feeds(String feeds) throws IOException {
        ConfigurationFile.Result read = read(feeds);
        assertThat(read).as(read.toString()).isInstanceOf(ConfigurationFile.Loaded.class);
        return ((ConfigurationFile.Loaded) read).configuration().feeds();
    }

    private List<String> problems(String feeds) throws IOException {
        ConfigurationFile.Result read = read(feeds);
        assertThat(read).isInstanceOf(ConfigurationFile.Invalid.class);
        return ((ConfigurationFile.Invalid) read).problems();
    }

    private ConfigurationFile.Result read(String feeds) throws IOException {
        Path file = RunningServer.configure(folder, 2575);
        return ConfigurationFile.read(Files.writeString(file, "hospitals: [hospital.yaml]\n" + feeds));
    }
}
