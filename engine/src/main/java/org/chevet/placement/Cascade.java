package org.chevet.placement;

import java.util.List;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;

/**
 * Moves after which a request can be given a bed: as few as can be, and of those the least harmful.
 *
 * @param moves in the order in which they are made; none when a bed fits as things stand
 * @param placed the bed that the request can then have
 * @param harmPoints what the moves cost by the scorer's rules, each in the hospital as the moves before have left it
 */
public record Cascade(RequestId request, List<Move> moves, Proposal placed, int harmPoints) {
    public Cascade {
        moves = List.copyOf(moves);
    }

    public record Move(StayId stay, BedId from, Proposal to) {}
}
