package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.chevet.cluster.ClusterOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSectionTest {
    private static final String POSTGRESQL = """
            journal: {postgresql: {url: "jdbc:postgresql://127.0.0.1:5432/chevet", user: chevet}}
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldReadHowThisProcessIsAMember() throws IOException {
        assertThat(read(POSTGRESQL + """
                cluster:
                  {name: ght, member: one, host: 127.0.0.1, port: 6701, messagePort: 6702,
                   members: ["127.0.0.1:6701", "127.0.0.1:6801"], address: "https://lits-1.example.org",
                   silenceSecondsMax: 5}
                """))
                .isInstanceOfSatisfying(
                        ConfigurationFile.Loaded.class,
                        loaded -> assertThat(loaded.configuration().cluster())
                                .isEqualTo(new ClusterOptions(
                                        "ght",
                                        "one",
                                        "127.0.0.1",
                                        6701,
                                        6702,
                                        List.of("127.0.0.1:6701", "127.0.0.1:6801"),
                                        "https://lits-1.example.org",
                                        Duration.ofSeconds(5))));
    }

    @Test
    void shouldRefuseAClusterWithoutACommonDatabase() throws IOException {
        assertThat(problems("cluster: {name: ght, member: one, host: 127.0.0.1, members: [\"127.0.0.1:5701\"]}\n"))
                .contains("cluster: the members of a cluster write into one PostgreSQL database")
                .contains("Write journal.postgresql, or leave cluster out.");
    }

    @Test
    void shouldSayWhatIsWrongWithAnAddress() throws IOException {
        assertThat(problems(POSTGRESQL
                        + "cluster: {name: ght, member: one, host: 0.0.0.0, port: 5701, messagePort: 5701, members: [],"
                        + " address: \"https://lits-1.example.org/#;script-src *\"}\n"))
                .contains("cluster.host: '0.0.0.0' is no one address of this machine")
                .contains("cluster.messagePort: port and messagePort must be two ports")
                .contains("cluster.members: where members may be is wanted")
                .contains(
                        "cluster.address: 'https://lits-1.example.org/#;script-src *' is no address that browsers open");
    }

    private String problems(String yaml) throws IOException {
        assertThat(read(yaml)).isInstanceOf(ConfigurationFile.Invalid.class);
        return read(yaml) instanceof ConfigurationFile.Invalid invalid ? String.join("\n", invalid.problems()) : "";
    }

    private ConfigurationFile.Result read(String yaml) throws IOException {
        Path file = RunningServer.configure(folder, 0);
        Files.writeString(file, yaml, StandardOpenOption.APPEND);
        return ConfigurationFile.read(file);
    }
}
