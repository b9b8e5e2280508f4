package org.chevet.simulations.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.HospitalFile;

/** The demo hospital's file, which ships with Chevet: a French university hospital that does not exist. */
public final class DemoLayout {
    private static final String FILE = "chu.yaml";

    private DemoLayout() {}

    public static Hospital read() {
        try (InputStream content = DemoLayout.class.getResourceAsStream(FILE)) {
            if (content == null) {
                throw new IllegalStateException("the demo hospital " + FILE + " is not in the jar");
            }
            HospitalFile.Result result = HospitalFile.read(content);
            if (result instanceof HospitalFile.Loaded loaded) {
                return loaded.hospital();
            }
            throw new IllegalStateException("the demo hospital " + FILE + " is not right: " + result.describe());
        } catch (IOException e) {
            throw new UncheckedIOException("the demo hospital " + FILE + " cannot be read", e);
        }
    }
}
