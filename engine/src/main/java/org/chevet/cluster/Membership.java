package org.chevet.cluster;

import java.util.List;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster believes of itself at this moment, as seen from here. Two members may believe different things, and each be
 * wrong: what they then write is kept apart by the journal's key. Thread-safe; nothing here blocks but where it says
 * so.
 */
public interface Membership {
    MemberId self();

    /** Those that are there, this one among them, in a lasting order. */
    List<Member> members();

    /** Who is to write this hospital; null while that is not settled. */
    @Nullable
    MemberId writerOf(HospitalId hospital);

    /** This member is ready: hospitals are its to write. Returns once they are. */
    void takePart();

    /** Leaves all hospitals to the others, if others take part, and stays a member. Returns once they are theirs. */
    void handOver();

    /** Has this run whenever something of it may have changed, until what is returned is closed. It must not block. */
    AutoCloseable onChange(Runnable changed);
}
