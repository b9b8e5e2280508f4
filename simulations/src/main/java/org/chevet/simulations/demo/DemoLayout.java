package org.chevet.simulations.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.file.HospitalFile;

/** The demo hospitals: a French university hospital that does not exist, by the file that ships with Chevet, and a neighbour. */
public final class DemoLayout {
    private static final String FILE = "chu.yaml";

    /** What a hospital of some two hundred beds has of it. */
    private static final Set<String> NEIGHBOUR_SERVICES =
            Set.of("UHCD", "USC", "CARDIO", "MED-POLY", "CHIR-DIG", "GERIATRIE");

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

    /** A smaller hospital of the same group, with some of the same services. */
    public static Hospital neighbourOf(Hospital large) {
        return new Hospital(
                new HospitalId("CH-DEMO"),
                "CH de démonstration",
                large.zone(),
                large.specialties(),
                large.equipment(),
                large.services().stream()
                        .filter(service ->
                                NEIGHBOUR_SERVICES.contains(service.id().value()))
                        .toList());
    }
}
