package org.chevet.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What comes through a feed's door, since the start unless said otherwise.
 *
 * @param frames whole frames received
 * @param bytes read from senders
 * @param skippedBytes that belonged to no whole frame
 * @param oversizedFrames longer than {@code frameBytesMax}
 * @param refusedConnections because {@code connectionsMax} others were open
 * @param refusedSenders from addresses that are not among the feed's senders
 * @param failedHandshakes of TLS: without a certificate, with a foreign or expired one, or no TLS at all
 * @param closedSlow connections closed because a frame, or the taking of an answer, went on for too long
 * @param closedNoise connections closed because what came was not HL7
 * @param closedFull connections closed because unfinished frames held too much memory
 * @param bufferedBytes held now for frames that are not answered yet
 * @param encodingContradictions messages whose bytes are not in the encoding that they name
 * @param batchMismatches batches and files whose counts were not those that came
 * @param certificateExpiresAt of the feed's own TLS certificate, null without TLS
 */
public record DoorStatus(
        long frames,
        long bytes,
        long skippedBytes,
        long oversizedFrames,
        long refusedConnections,
        long refusedSenders,
        long failedHandshakes,
        long closedSlow,
        long closedNoise,
        long closedFull,
        long bufferedBytes,
        long encodingContradictions,
        long batchMismatches,
        @Nullable Instant certificateExpiresAt) {}
