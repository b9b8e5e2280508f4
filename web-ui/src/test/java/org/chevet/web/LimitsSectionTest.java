package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsSectionTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "http.bodyBytes, 4096, 16777216",
        "http.bodyDepth, 4, 200",
        "http.requestLineBytes, 512, 65536",
        "http.headerBytes, 2048, 1048576",
        "http.exchangeSeconds, 1, 3600",
        "http.idleSeconds, 1, 3600",
        "live.queueBytes, 65536, 268435456",
        "live.messageBytes, 128, 1048576",
        "live.messagesPerHeartbeat, 4, 100000",
        "live.patchIntervalMillis, 1, 3600000",
        "live.resyncIntervalMillis, 1, 3600000",
        "writer.mailboxCommands, 1, 1000000",
        "writer.unansweredCommands, 1, 1000000",
        "writer.batchCommands, 1, 100000",
        "writer.batchesAhead, 1, 100",
        "writer.idempotencyKeys, 1000, 100000000",
        "writer.snapshotEveryEvents, 1, 100000000",
    })
    void shouldTakeWhatIsInItsRangeAndTellTheRangeOtherwise(String path, int min, int max) throws IOException {
        assertThat(read(path, min)).isInstanceOf(ConfigurationFile.Loaded.class);
        assertThat(read(path, max)).isInstanceOf(ConfigurationFile.Loaded.class);
        for (Object wrong : List.of(min - 1, max + 1L, "many", "1.5", "[1]")) {
            assertThat(problems(path, wrong))
                    .as("%s: %s", path, wrong)
                    .singleElement()
                    .asString()
                    .startsWith("limits." + path + ": ");
        }
    }

    @Test
    void shouldTellWhichValuesDoNotGoTogether() throws IOException {
        assertThat(problems("""
                limits:
                  http: {connections: 10, connectionsPerAddress: 11}
                  live: {clients: 10}
                """))
                .containsExactly(
                        "limits.http.connectionsPerAddress: 11 are more than limits.http.connections, 10. Write no more"
                                + " than that.",
                        "limits.live.clients: 10 leave nothing of limits.http.connections, 10, for requests. Write"
                                + " fewer.");
        assertThat(read("limits: {http: {connections: 10, connectionsPerAddress: 10}, live: {clients: 9}}\n"))
                .isInstanceOf(ConfigurationFile.Loaded.class);
    }

    @Test
    void shouldTellNamesItDoesNotKnow() throws IOException {
        assertThat(problems("limits: {htp: {}, http: {bodyBytesMax: 1}, live: 3, writer: {mailbox: 1}}\n"))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("limits.htp: is not known here"),
                        problem -> assertThat(problem).startsWith("limits.http.bodyBytesMax: is not known here"),
                        problem -> assertThat(problem).startsWith("limits.live: a group of"),
                        problem -> assertThat(problem).startsWith("limits.writer.mailbox: is not known here"));
    }

    private ConfigurationFile.Result read(String path, Object value) throws IOException {
        String[] names = path.split("\\.", -1);
        return read("limits: {" + names[0] + ": {" + names[1] + ": " + value + "}}\n");
    }

    private List<String> problems(String path, Object value) throws IOException {
        return problems(read(path, value));
    }

    private List<String> problems(String limits) throws IOException {
        return problems(read(limits));
    }

    private static List<String> problems(ConfigurationFile.Result read) {
        assertThat(read).isInstanceOf(ConfigurationFile.Invalid.class);
        return ((ConfigurationFile.Invalid) read).problems();
    }

    private ConfigurationFile.Result read(String limits) throws IOException {
        Path file = RunningServer.configure(folder, 2575);
        return ConfigurationFile.read(Files.writeString(file, limits, StandardOpenOption.APPEND));
    }
}
