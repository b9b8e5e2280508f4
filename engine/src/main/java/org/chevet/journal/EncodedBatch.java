package org.chevet.journal;

import java.util.List;
import org.chevet.hospital.HospitalId;

/** Events of one hospital, in sequence, as they will be kept: what an append has left to do is up to the database. */
public final class EncodedBatch {
    private final HospitalId hospital;
    private final List<ChecksummedEvent> rows;

    EncodedBatch(HospitalId hospital, List<ChecksummedEvent> rows) {
        this.hospital = hospital;
        this.rows = rows;
    }

    public HospitalId hospital() {
        return hospital;
    }

    /** How many events it has. */
    public int size() {
        return rows.size();
    }

    /** As another member may be told. */
    public List<StoredEvent> events() {
        return rows.stream().map(ChecksummedEvent::event).toList();
    }

    List<ChecksummedEvent> rows() {
        return rows;
    }
}
