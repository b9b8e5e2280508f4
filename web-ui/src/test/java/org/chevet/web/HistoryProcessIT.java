package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code history import} as a process of its own that is killed, or whose disk is full: nothing is half imported. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HistoryProcessIT {
    private static final int SMALL_DISK_MEBIBYTES = 2;

    /** More than a pipe and the small disk hold; {@code -Dchevet.lines=1000000} for a file as big hospitals have. */
    private static final int LINES = Integer.getInteger("chevet.lines", 60_000);

    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");
    private String config = "";

    @BeforeEach
    void configure() throws IOException {
        config = RunningServer.configure(folder, 0).toString();
        data = Files.createDirectory(folder.resolve("data"));
    }

    @AfterEach
    void unmount() throws Exception {
        if (succeeds("mountpoint", "-q", data.toString())) {
            succeeds("umount", "-l", data.toString());
        }
    }

    @Test
    void shouldImportNothingOfWhatItWasKilledAt() throws Exception {
        Process process = importing();
        OutputStream lines = process.getOutputStream();
        write(lines, LINES);
        lines.flush();
        process.destroyForcibly().waitFor();
        assertThatIOException().isThrownBy(() -> {
            write(lines, LINES);
            lines.flush();
        });

        assertImports("12 lines");
    }

    @Test
    void shouldSayThatTheDiskIsFullAndImportNothing() throws Exception {
        Assumptions.assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=" + SMALL_DISK_MEBIBYTES + "m", "tmpfs", data.toString()),
                "SKIPPED: no small disk can be mounted here, which takes root");
        Process process = importing();
        try (OutputStream lines = process.getOutputStream()) {
            write(lines, LINES);
        } catch (IOException gone) {
            // It may have given up before it read the last of them.
        }
        assertThat(process.waitFor()).isEqualTo(ChevetCommand.FAILED);
        assertThat(Files.readString(log())).contains("disk is full").doesNotContain("\tat ");

        assertImports("12 lines");
    }

    @Test
    void shouldImportAsManyAsThereAre() throws Exception {
        Process process = importing();
        try (OutputStream lines = process.getOutputStream()) {
            write(lines, LINES);
        }
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("imported %,d lines".formatted(LINES));
        assertThat(process.waitFor()).as(Files.readString(log())).isZero();
    }

    private Process importing() throws IOException {
        return ServerProcess.launch(log(), "history", "import", "--config", config, "-");
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** Of a short file, which would be refused were there a line of another one. */
    private void assertImports(String told) throws IOException {
        Path file = folder.resolve("short.csv");
        try (OutputStream lines = Files.newOutputStream(file)) {
            write(lines, 12);
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] command = {"history", "import", "--config", config, file.toString()};
        assertThat(Main.run(command, new PrintWriter(out, true), new PrintWriter(err, true)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(told);
    }

    private static void write(OutputStream to, int lines) throws IOException {
        Instant first = Instant.parse("2025-01-01T00:00:00Z");
        StringBuilder text = new StringBuilder("stay,service,entry,exit\n");
        for (int line = 0; line < lines; line++) {
            Instant entry = first.plus(6L * line % 12_000, ChronoUnit.HOURS);
            text.append('S').append(line).append(",CARDIO,").append(entry).append(',');
            text.append(entry.plus(2, ChronoUnit.DAYS)).append('\n');
            if (text.length() > 1 << 16) {
                to.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        to.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
