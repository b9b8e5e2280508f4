package org.chevet.runtime;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.chevet.event.BedEvent;
import org.chevet.journal.ChevetJson;
import org.chevet.journal.WrittenJson;
import org.chevet.occupancy.OccupancyState;

/** A state as the bytes of a snapshot: gzipped JSON, in whatever shape states have in this release. */
public final class SnapshotFormat {
    static final JsonMapper MAPPER = ChevetJson.mapper()
            .rebuild()
            .addMixIn(BedEvent.class, TypedEvent.class)
            .registerSubtypes(Arrays.stream(BedEvent.class.getPermittedSubclasses())
                    .map(type -> new NamedType(type, type.getSimpleName()))
                    .toArray(NamedType[]::new))
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypedEvent {}

    /** Many times what the largest hospital has; more is a damaged or foreign file. */
    private static final int JSON_BYTES_MAX = 512 * 1024 * 1024;

    private SnapshotFormat() {}

    public static byte[] encode(OccupancyState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zipped = new FastGzip(bytes)) {
            MAPPER.writeValue(zipped, state);
        }
        return bytes.toByteArray();
    }

    /** A snapshot is written many times and read once: time on the writer's machine counts, not the last tenth of its size. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** @throws IOException when it is no snapshot that this release can read, or too large */
    public static OccupancyState decode(byte[] bytes) throws IOException {
        return decode(bytes, JSON_BYTES_MAX);
    }

    static OccupancyState decode(byte[] bytes, int jsonBytesMax) throws IOException {
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] json = unzipped.readNBytes(jsonBytesMax);
            if (unzipped.read() >= 0) {
                throw new IOException("a snapshot has more than " + jsonBytesMax + " bytes of JSON");
            }
            OccupancyState written = WrittenJson.read(json, OccupancyState.class);
            return written != null ? written : MAPPER.readValue(json, OccupancyState.class);
        }
    }
}
