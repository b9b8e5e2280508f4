package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal commands beside a running server and without one. */
class JournalCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldWorkOnTheJournalOfARunningServer() throws Exception {
        Path export = folder.resolve("journal.ndjson");
        Path backup = folder.resolve("backup.db");
        String digest;
        try (RunningServer server = RunningServer.start(folder)) {
            assertThat(server.act("block-bed", "{'bed': '101', 'reason': 'MAINTENANCE'}")
                            .statusCode())
                    .as("the test's own act")
                    .isEqualTo(200);
            assertThat(run("verify", "--data-dir", data())).as(err.toString()).isZero();
            digest = digest();
            assertThat(run("backup", "--data-dir", data(), backup.toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(digest()).isEqualTo(digest);
            assertThat(run("export", "--config", folder.resolve("chevet.yaml").toString(), export.toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(run("restore", "--data-dir", data(), "--force", backup.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("in use by another Chevet");
        }
        assertThat(Files.readAllLines(export).getFirst()).contains("\"format\":\"chevet-journal\"", "\"TEST\"");

        String imported = folder.resolve("imported").toString();
        assertThat(run("import", "--data-dir", imported, export.toString()))
                .as(err.toString())
                .isZero();
        assertThat(digest()).isEqualTo(digest);
        String restored = folder.resolve("restored").toString();
        assertThat(run("restore", "--data-dir", restored, backup.toString()))
                .as(err.toString())
                .isZero();
        assertThat(digest()).isEqualTo(digest);
        assertThat(run("restore", "--data-dir", restored, backup.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("there is a journal in", "--force");
        assertThat(run("restore", "--data-dir", restored, "--force", backup.toString()))
                .isZero();
        assertThat(out.toString()).contains("replaced-");

        assertThat(run("import", "--data-dir", imported, export.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Nothing was imported", "line 1: hospital TEST is in the journal already");
        assertNothingPartial();
    }

    @Test
    void shouldFailAndNameTheEventWhenTheJournalIsDamaged() throws Exception {
        RunningServer.start(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data() + "/chevet.db");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE event SET event = replace(event, 'TEST', 'TEST2') WHERE seq = 1");
        }
        assertThat(run("verify", "--data-dir", data())).isEqualTo(1);
        assertThat(err.toString()).contains("event 1 of hospital TEST is damaged");
        assertThat(run(
                        "export",
                        "--data-dir",
                        data(),
                        folder.resolve("x.ndjson").toString()))
                .isEqualTo(1);
        assertThat(run("backup", "--data-dir", data(), folder.resolve("x.db").toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("x.ndjson")).doesNotExist();
        assertThat(folder.resolve("x.db")).doesNotExist();
        assertNothingPartial();

        assertThat(start()).isEqualTo(1);
        assertThat(err.toString()).contains("event 1 of hospital TEST is damaged");
    }

    @Test
    void shouldSayWhatItCannotDo() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("verify", "export", "import", "backup", "restore");
        assertThat(run("verify")).isEqualTo(2);
        assertThat(err.toString()).contains("--data-dir DIR or --config FILE");
        assertThat(run("verify", "--data-dir", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("there is no journal in");
        assertThat(run("import", "--data-dir", data(), folder.resolve("none").toString()))
                .isEqualTo(1);

        Path file = RunningServer.configure(folder, 0);
        Files.writeString(
                file,
                Files.readString(file)
                        + "journal: {postgresql: {url: 'jdbc:postgresql://localhost:1/chevet', user: chevet}}\n");
        assertThat(run(
                        "backup",
                        "--config",
                        file.toString(),
                        folder.resolve("b").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("pg_dump");
        assertThat(run("verify", "--config", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot open journal jdbc:postgresql://localhost:1/chevet");
    }

    @Test
    void shouldTellMistakesInTheJournalsSection() throws IOException {
        Path file = RunningServer.configure(folder, 0);
        String before = Files.readString(file);
        Files.writeString(
                file, before + "journal: {postgresql: {url: 'jdbc:postgresql://h/c?password=x', users: a}}\n");
        assertThat(Main.run(new String[] {"check-config", file.toString()}, print(out), print(err)))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "journal.postgresql.url: has a password in it",
                        "journal.postgresql.users: is not known here",
                        "journal.postgresql.user: ")
                .doesNotContain("password=x");
        Files.writeString(file, before + "journal: {postgresql: {url: 'localhost', user: a}}\n");
        assertThat(Main.run(new String[] {"check-config", file.toString()}, print(out), print(err)))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'localhost' is no address");
    }

    @Test
    void shouldNotBeginAnEmptyBoardBesideItsOwnPast() throws IOException {
        RunningServer.start(folder).close();
        Path hospital = folder.resolve("hospital.yaml");
        Files.writeString(hospital, Files.readString(hospital).replaceFirst("id: \\S+", "id: OTHER"));

        assertThat(start()).isEqualTo(1);
        assertThat(err.toString()).contains("hospital OTHER has no event", "[TEST]", "--new-hospital OTHER");
    }

    /** Fails before it serves; otherwise it would not return. */
    private int start() throws IOException {
        Path file = folder.resolve("chevet.yaml");
        return Main.run(new String[] {"--config", file.toString()}, print(out), print(err));
    }

    private void assertNothingPartial() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.endsWith(".partial") || name.startsWith(".chevet"));
        }
    }

    /** In the last line of a hospital that was printed, wherever it was. */
    private String digest() {
        String all = out.toString() + err;
        int place = all.lastIndexOf("digest ") + "digest ".length();
        return all.substring(place, place + 16);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of("journal"), Stream.of(arguments)).toArray(String[]::new);
        return Main.run(all, print(out), print(err));
    }

    private static PrintWriter print(StringWriter to) {
        return new PrintWriter(to, true);
    }
}
