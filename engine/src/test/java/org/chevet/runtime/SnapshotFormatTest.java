package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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

    @Test
    void shouldReadASnapshotOfAReleaseThatKnewNoPersons() throws IOException {
        Occupancy occupancy = new Occupancy();
        EventfulLife.journal(SEED, COMMANDS).forEach(occupancy::apply);
        ObjectNode state = SnapshotFormat.MAPPER.valueToTree(occupancy.state());
        state.putArray("persons");
        OccupancyState withNone = SnapshotFormat.decode(zipped(state));
        state.remove("persons");

        OccupancyState former = SnapshotFormat.decode(zipped(state));

        assertThat(former).isEqualTo(withNone);
        assertThat(new Occupancy(former).digest()).isEqualTo(new Occupancy(withNone).digest());
    }

    @Test
    void shouldNotUnzipMoreThanItsLimit() throws IOException {
        OccupancyState state = new Occupancy().state();
        byte[] encoded = SnapshotFormat.encode(state);
        int jsonBytes = SnapshotFormat.MAPPER.writeValueAsBytes(state).length;

        assertThat(SnapshotFormat.decode(encoded, jsonBytes)).isEqualTo(state);
        assertThatThrownBy(() -> SnapshotFormat.decode(encoded, jsonBytes - 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than");
    }

    private static byte[] zipped(ObjectNode state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(SnapshotFormat.MAPPER.writeValueAsBytes(state));
        }
        return bytes.toByteArray();
    }
}
