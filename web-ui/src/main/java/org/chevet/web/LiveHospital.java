package org.chevet.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.Recorded;
import org.chevet.feed.FeedStatus;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Following;
import org.chevet.runtime.HospitalAccess;
import org.chevet.runtime.SharedHospital;
import org.jspecify.annotations.Nullable;

/**
 * A hospital as the web layer serves it.
 *
 * @param demo whether it is an invented one
 * @param layoutFile the file that describes it, null for an invented one
 * @param feeds the feeds of this server, its own among them
 * @param members where the members of this cluster are, null for a process that is alone
 */
record LiveHospital(
        HospitalAccess writer,
        Journal journal,
        boolean demo,
        @Nullable LayoutFile layoutFile,
        Feeds feeds,
        @Nullable MemberAddresses members) {
    HospitalId id() {
        return writer.id();
    }

    /** Whether it is an exercise: nothing of it counts as a hospital's, and nothing of it leaves it. */
    boolean isDrill() {
        return id().isDrill();
    }

    HospitalView view() {
        return writer.view();
    }

    HospitalNow now() {
        boolean adjustable = writer.clock() instanceof AdjustableClock;
        return new HospitalNow(
                writer.clock().now(),
                writer.clock() instanceof AdjustableClock clock ? clock.speed() : 1,
                writer.clock() instanceof AdjustableClock clock && clock.isPaused(),
                adjustable,
                feedStatuses(),
                writer.status(),
                layoutFile == null ? null : layoutFile.status(),
                following(),
                members == null ? null : members.told());
    }

    /** How this member of a cluster stands to it, null for a process that is alone. */
    @Nullable
    Following following() {
        return writer instanceof SharedHospital shared ? shared.following() : null;
    }

    /** Of what this member knows of it; zero where it writes it itself. */
    Duration age() {
        Following following = following();
        return following == null ? Duration.ZERO : following.age();
    }

    /** How its feeds stand at this moment. */
    List<FeedStatus> feedStatuses() {
        return feeds.statuses(id());
    }

    @Nullable
    AdtFeed feed(String name) {
        return feeds.find(id(), name);
    }

    /** Blocks on the disk. */
    List<Recorded> events(long afterSequence, int countMax) {
        List<Recorded> events = new ArrayList<>();
        for (long sequence = afterSequence + 1; sequence <= afterSequence + countMax; sequence++) {
            Recorded recorded = journal.find(id(), sequence);
            if (recorded == null) {
                break;
            }
            events.add(recorded);
        }
        return events;
    }
}
