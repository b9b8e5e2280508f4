package org.chevet.simulations.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/**
 * Chooses beds as the demo's bed managers do: a ready one that fits, by the view, and none that was just given to somebody whom
 * the view does not show yet.
 */
final class BedChooser {
    /** Who was given a bed, and until when the view may not show it. */
    private record Claim(Sex sex, Instant until) {}

    private final Map<BedId, Claim> claims = new HashMap<>();
    private final Dice dice;

    BedChooser(Dice dice) {
        this.dice = dice;
    }

    void claim(BedId bed, Sex sex, Instant until) {
        claims.put(bed, new Claim(sex, until));
    }

    void release(BedId bed) {
        claims.remove(bed);
    }

    void forgetBefore(Instant time) {
        claims.values().removeIf(claim -> claim.until().isBefore(time));
    }

    boolean isClaimed(BedId bed) {
        return claims.containsKey(bed);
    }

    /** A ready bed of the service that fits, the best first; null when there is none. */
    @Nullable BedView choose(Moment moment, ServiceId id, CareNeeds needs) {
        return choose(moment, id, needs, false);
    }

    /** @param relaxed for want of better, an empty room isolates well enough */
    @Nullable BedView choose(Moment moment, ServiceId id, CareNeeds needs, boolean relaxed) {
        ServiceView service = moment.view().service(id);
        if (service == null || !service.service().sexPolicy().admits(needs.sex())) {
            return null;
        }
        Integer age = needs.ageYears();
        if (age != null && !service.service().ages().contains(age)) {
            return null;
        }
        BedView best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (BedView bed : service.beds()) {
            if (bed.status().state() == BedState.READY && !isClaimed(bed.bed().id()) && fits(moment, service, bed, needs, relaxed)) {
                double score = score(bed, needs);
                if (score > bestScore) {
                    bestScore = score;
                    best = bed;
                }
            }
        }
        return best;
    }

    /** Whether nobody lying in the room, or about to, stands in the way. */
    private boolean fits(Moment moment, ServiceView service, BedView bed, CareNeeds needs, boolean relaxed) {
        boolean alone = needs.isolation() != Isolation.NONE || needs.singleRoom() == SingleRoom.PRESCRIBED;
        if (alone && !relaxed && (!bed.room().isSingle() || !needs.isolation().isMetBy(bed.room().isolation()))) {
            return false;
        }
        if (!bed.room().sexPolicy().admits(needs.sex())) {
            return false;
        }
        if (bed.room().beds().size() == 1) {
            return true;
        }
        int others = 0;
        RoomId room = bed.room().id();
        for (BedView neighbour : service.beds()) {
            if (!neighbour.room().id().equals(room) || neighbour.bed().id().equals(bed.bed().id())) {
                continue;
            }
            Sex sex = sexIn(moment.view(), neighbour);
            if (sex == null) {
                continue;
            }
            others++;
            if (alone || bed.room().sexPolicy() == SexPolicy.SAME_SEX && sex != needs.sex()) {
                return false;
            }
            for (Stay stay : neighbour.occupants()) {
                if (stay.needs().isolation() != Isolation.NONE) {
                    return false;
                }
            }
        }
        return bed.bed().surge() || others < bed.room().capacity();
    }

    /** Of whoever lies there or is to lie there; null when nobody. */
    private @Nullable Sex sexIn(HospitalView view, BedView bed) {
        List<Stay> occupants = bed.occupants();
        if (!occupants.isEmpty()) {
            return occupants.getFirst().sex();
        }
        Claim claim = claims.get(bed.bed().id());
        if (claim != null) {
            return claim.sex();
        }
        if (bed.status().reservation() != null) {
            RequestId request = bed.status().reservation().request();
            for (HospitalView.OpenRequest open : view.requests()) {
                if (open.request().id().equals(request)) {
                    return open.request().needs().sex();
                }
            }
        }
        return null;
    }

    private double score(BedView bed, CareNeeds needs) {
        double score = dice.uniform(0, 1);
        IsolationAbility ability = bed.room().isolation();
        boolean special = ability == IsolationAbility.NEGATIVE_PRESSURE || ability == IsolationAbility.PROTECTIVE;
        if (special && needs.isolation() == Isolation.NONE) {
            score -= 3;
        }
        if (bed.room().isSingle() && needs.singleRoom() == SingleRoom.PREFERRED) {
            score += 2;
        }
        if (bed.bed().surge()) {
            score -= 5;
        }
        return score;
    }
}
