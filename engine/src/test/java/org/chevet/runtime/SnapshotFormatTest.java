package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.chevet.journal.WrittenJson;
import org.chevet.occupancy.EventfulLife;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;
import org.junit.jupiter.api.Test;

class SnapshotFormatTest {
    private static final long SEED = 20260101;
    private static final int COMMANDS = 500;

    @Test
    void shouldReadWhatItWroteInTheShortWay() throws IOException {
        Occupancy occupancy = new Occupancy();
        EventfulLife.journal(SEED, COMMANDS).forEach(occupancy::apply);
        byte[] encoded = SnapshotFormat.encode(occupancy.state());

        try (GZIPInputStream json = new GZIPInputStream(new ByteArrayInputStream(encoded))) {
            assertThat(WrittenJson.read(json.readAllBytes(), OccupancyState.class))
                    .as("seed %d", SEED)
                    .isEqualTo(occupancy.state());
        }
        assertThat(SnapshotFormat.decode(encoded)).isEqualTo(occupancy.state());
    }
}
