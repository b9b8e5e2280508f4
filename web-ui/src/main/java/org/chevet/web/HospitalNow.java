package org.chevet.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.chevet.feed.FeedStatus;
import org.chevet.runtime.Following;
import org.chevet.runtime.WriterStatus;
import org.chevet.web.MemberAddresses.Told;
import org.jspecify.annotations.Nullable;

/**
 * What a board shows that no event says: the time, and whether what it shows can be trusted and changed.
 *
 * @param speed seconds of the hospital in a second of the wall
 * @param writer whether acts are taken, and why not
 * @param layoutFile how its file stands to it, null when no file describes it
 * @param following how this member of a cluster stands to it, null for a process that is alone
 * @param members who else may be asked, null for a process that is alone
 */
record HospitalNow(
        Instant now,
        double speed,
        boolean paused,
        boolean adjustable,
        List<FeedStatus> feeds,
        WriterStatus writer,
        @Nullable LayoutStatus layoutFile,
        @Nullable Following following,
        @Nullable Told members) {

    HospitalNow {
        feeds = List.copyOf(feeds);
    }

    /** Equal for two moments between which nothing happened that a person must be told at once. */
    List<@Nullable Object> condition() {
        return Arrays.asList(
                speed,
                paused,
                writer.condition(),
                layoutFile,
                following == null ? null : following.writer(),
                members,
                feeds.stream()
                        .map(feed -> List.of(feed.name(), feed.connections(), feed.silent()))
                        .toList());
    }
}
