package org.chevet.placement;

import org.chevet.event.BedRequest;
import org.chevet.placement.Cascades.Limits;
import org.jspecify.annotations.Nullable;

/** Tries every move of everybody who may be moved to every bed, in every order. */
final class EveryCascade {
    /** @param costPoints of the bed that the request gets */
    record Best(int moves, long harmPoints, int costPoints) {}

    private final PlacementWorld world;
    private final Limits limits;
    private final Trial trial;
    private @Nullable Mover[] movers = {};
    private boolean[] isMoved = {};
    private @Nullable Best best;

    EveryCascade(PlacementWorld world, Limits limits) {
        this.world = world;
        this.limits = limits;
        trial = new Trial(world);
    }

    @Nullable
    Best best(BedRequest request) {
        Mover waiting = Mover.waiting(world, request);
        movers = Mover.allBut(world, request.stay(), limits.hoursBeforeDischarge());
        isMoved = new boolean[world.beds()];
        for (int moves = 0; moves <= limits.movesMax() && best == null; moves++) {
            move(waiting, moves, moves, 0);
        }
        return best;
    }

    private void move(Mover waiting, int moves, int movesLeft, long harm) {
        if (movesLeft == 0) {
            end(waiting, moves, harm);
            return;
        }
        for (Mover mover : movers) {
            if (mover == null || isMoved[mover.bed]) {
                continue;
            }
            isMoved[mover.bed] = true;
            for (int bed = 0; bed < world.beds(); bed++) {
                mover.fit.forget();
                if (mover.fit.broken(bed) == 0 && (limits.nightMovesAllowed() || !mover.fit.isNightMove())) {
                    int mark = trial.mark();
                    long cost = mover.fit.costPoints();
                    trial.vacate(mover.bed, mover.fit.usableAtSecond());
                    trial.occupy(bed, mover.tenant);
                    move(waiting, moves, movesLeft - 1, harm + cost);
                    trial.backTo(mark);
                }
            }
            isMoved[mover.bed] = false;
        }
    }

    private void end(Mover waiting, int moves, long harm) {
        waiting.fit.forget();
        for (int bed = 0; bed < world.beds(); bed++) {
            if (waiting.fit.broken(bed) == 0) {
                Best other = new Best(moves, harm, waiting.fit.costPoints());
                Best known = best;
                if (known == null
                        || harm < known.harmPoints
                        || harm == known.harmPoints && other.costPoints < known.costPoints) {
                    best = other;
                }
            }
        }
    }
}
