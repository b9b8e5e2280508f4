package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code journal export} and {@code journal backup} as processes of their own, on disks that fill up and pipes that close. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class JournalProcessIT {
    /** One of the engine's journals, longer than a pipe or the small disk holds. */
    private static final Path SOME_JOURNAL =
            Path.of("..", "engine", "src", "test", "resources", "org", "chevet", "archive", "golden", "v2.ndjson");

    private static final int SMALL_DISK_KIBIBYTES = 64;

    @TempDir
    private Path folder = Path.of("");

    private Path small = Path.of("");
    private String digest = "";

    @BeforeEach
    void importJournal() throws IOException {
        small = Files.createDirectory(folder.resolve("small"));
        assertThat(Files.size(SOME_JOURNAL)).isGreaterThan(4L * SMALL_DISK_KIBIBYTES * 1024);
        digest = digest(command("import", "--data-dir", data(), SOME_JOURNAL.toString()));
    }

    @AfterEach
    void unmount() throws Exception {
        if (run("mountpoint", "-q", small.toString())) {
            run("umount", "-l", small.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "backup"})
    void shouldSayThatTheDiskIsFullAndLeaveNothingThatLooksWhole(String subcommand) throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_DISK_KIBIBYTES + "k", "tmpfs", small.toString()),
                "SKIPPED: no small disk can be mounted here, which takes root");
        Path log = folder.resolve("log");
        String said = ServerProcess.refused(
                log,
                "journal",
                subcommand,
                "--data-dir",
                data(),
                small.resolve("journal").toString());

        assertThat(said).contains("disk is full").doesNotContain("\tat ");
        try (Stream<Path> left = Files.list(small)) {
            assertThat(left).isEmpty();
        }
        assertThat(digest(command("verify", "--data-dir", data()))).isEqualTo(digest);
    }

    @Test
    void shouldWriteTheSameJournalIntoAPipe() throws Exception {
        Process export = ServerProcess.launch(folder.resolve("log"), "journal", "export", "--data-dir", data());
        Path piped = folder.resolve("piped.ndjson");
        Files.copy(export.getInputStream(), piped);
        assertThat(export.waitFor()).isZero();

        assertThat(digest(Files.readString(folder.resolve("log")))).isEqualTo(digest);
        String imported = folder.resolve("imported").toString();
        assertThat(digest(command("import", "--data-dir", imported, piped.toString())))
                .isEqualTo(digest);
    }

    @Test
    void shouldFailWhenItsReaderIsGone() throws Exception {
        Path log = folder.resolve("log");
        Process export = ServerProcess.launch(log, "journal", "export", "--data-dir", data());
        List<String> read = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(export.getInputStream(), StandardCharsets.UTF_8))) {
            read.add(lines.readLine());
            read.add(lines.readLine());
        }
        assertThat(export.waitFor()).isEqualTo(ChevetCommand.FAILED);
        assertThat(Files.readString(log))
                .contains("standard output", "is not whole")
                .doesNotContain("\tat ", "digest");

        Path cut = Files.write(folder.resolve("cut.ndjson"), read);
        StringWriter err = new StringWriter();
        assertThat(main(new StringWriter(), err, "import", "--data-dir", folder.resolve("cut") + "", cut.toString()))
                .isEqualTo(ChevetCommand.FAILED);
        assertThat(err.toString()).contains("Nothing was imported");
        assertThat(digest(command("verify", "--data-dir", data()))).isEqualTo(digest);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** What a journal command says that succeeds. */
    private static String command(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(main(out, err, arguments)).as(err.toString()).isZero();
        return out.toString();
    }

    private static int main(StringWriter out, StringWriter err, String... arguments) {
        String[] all = Stream.concat(Stream.of("journal"), Stream.of(arguments)).toArray(String[]::new);
        return Main.run(all, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String digest(String said) {
        int place = said.lastIndexOf("digest ") + "digest ".length();
        return said.substring(place, place + 16);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
