package org.chevet.placement;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.Layout;

/** Who lies in which bed on which night of a plan, and which rules stand between somebody else and a bed because of it. */
final class Nights {
    private static final int[] NOBODY = {};

    private final PlacementWorld vacant;
    private final List<PlannedStay> stays;
    private final int nights;

    /** By bed and night, as indexes of stays. */
    private final int[][] lodgers;

    /** Beds taken, by service and night. */
    private final int[] load;

    private final int[] blockedUntil;

    Nights(PlacementWorld vacant, NightCalendar calendar, List<PlannedStay> stays) {
        this.vacant = vacant;
        this.stays = stays;
        nights = calendar.nights();
        lodgers = new int[vacant.beds() * nights][];
        Arrays.fill(lodgers, NOBODY);
        load = new int[vacant.services() * nights];
        blockedUntil = new int[vacant.beds()];
        for (int bed = 0; bed < blockedUntil.length; bed++) {
            BedStatus.Block block = vacant.bed(bed).status().block();
            Instant end = block == null ? null : block.expectedEnd();
            blockedUntil[bed] = end == null ? 0 : calendar.night(end);
        }
    }

    void enter(int stay, int bed, int from, int to) {
        int service = vacant.layout().serviceOfBed(bed);
        for (int night = from; night < to; night++) {
            int[] before = lodgers[bed * nights + night];
            load[service * nights + night] += before.length == 0 ? 1 : 0;
            int[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = stay;
            lodgers[bed * nights + night] = after;
        }
    }

    void leave(int stay, int bed, int from, int to) {
        int service = vacant.layout().serviceOfBed(bed);
        for (int night = from; night < to; night++) {
            int place = bed * nights + night;
            lodgers[place] =
                    Arrays.stream(lodgers[place]).filter(other -> other != stay).toArray();
            load[service * nights + night] -= lodgers[place].length == 0 ? 1 : 0;
        }
    }

    int[] lodgers(int bed, int night) {
        return lodgers[bed * nights + night];
    }

    boolean isBlocked(int bed, int night) {
        return night < blockedUntil[bed];
    }

    /** How many of the sex that is fewer in the room lie there. */
    int fewer(int room, int night) {
        Layout layout = vacant.layout();
        int women = 0;
        int men = 0;
        for (int bed = layout.firstBedOfRoom(room); bed < layout.endOfRoom(room); bed++) {
            for (int lodger : lodgers(bed, night)) {
                women += stays.get(lodger).sex == Sex.FEMALE ? 1 : 0;
                men += stays.get(lodger).sex == Sex.MALE ? 1 : 0;
            }
        }
        return Math.min(women, men);
    }

    int load(int service, int night) {
        return load[service * nights + night];
    }

    int capacity(int service) {
        return vacant.staffed[service] + vacant.hospital().policy.staffingMarginBeds();
    }

    /** The rules that exclude the bed for somebody on these nights, as a mask; 0 when they may lie in it. */
    int broken(int stay, int bed, int from, int to) {
        PlannedStay who = stays.get(stay);
        int rules = who.broken(bed);
        for (int night = from; night < to; night++) {
            rules |= brokenOn(night, stay, bed);
        }
        return rules;
    }

    private int brokenOn(int night, int stay, int bed) {
        int rules = isBlocked(bed, night) ? PlacementRule.BED_BLOCKED.bit() : 0;
        int[] there = lodgers(bed, night);
        for (int other : there) {
            if (other != stay) {
                boolean isToCome = night < startIn(other, bed);
                rules |= (isToCome ? PlacementRule.BED_RESERVED : PlacementRule.BED_OCCUPIED).bit();
            }
        }
        int service = vacant.layout().serviceOfBed(bed);
        if (there.length == 0 && load(service, night) >= capacity(service)) {
            rules |= PlacementRule.STAFFED_CAPACITY.bit();
        }
        return rules | brokenInRoom(night, stay, bed);
    }

    /** The first night that somebody lies in a bed that is held for them before. */
    private int startIn(int stay, int bed) {
        PlannedStay who = stays.get(stay);
        return bed == who.promisedBed ? Math.max(who.from, who.boundUntil) : 0;
    }

    private int brokenInRoom(int night, int stay, int bed) {
        Layout layout = vacant.layout();
        int of = layout.roomOfBed(bed);
        Room room = vacant.hospital().rooms[of];
        int others = 0;
        int rules = 0;
        for (int next = layout.firstBedOfRoom(of); next < layout.endOfRoom(of); next++) {
            for (int other : lodgers(next, night)) {
                if (other != stay && next != bed) {
                    others++;
                    rules |= brokenBeside(stays.get(other), stays.get(stay), room);
                }
            }
        }
        boolean surge = (vacant.flags[bed] & PlacementWorld.SURGE) != 0;
        return rules | (others >= room.capacity() && !surge ? PlacementRule.ROOM_FULL.bit() : 0);
    }

    /** Cohorts are not planned: whoever begins or ends one decides that at the bedside. */
    private static int brokenBeside(PlannedStay other, PlannedStay who, Room room) {
        boolean unlike = room.sexPolicy() == SexPolicy.SAME_SEX
                && who.sex != Sex.UNKNOWN
                && other.sex != Sex.UNKNOWN
                && who.sex != other.sex;
        boolean isolated = who.needs.isolation() != Isolation.NONE || other.needs.isolation() != Isolation.NONE;
        boolean single =
                who.needs.singleRoom() == SingleRoom.PRESCRIBED || other.needs.singleRoom() == SingleRoom.PRESCRIBED;
        return (unlike ? PlacementRule.SEX.bit() : 0)
                | (isolated ? PlacementRule.ISOLATION.bit() : 0)
                | (single ? PlacementRule.SINGLE_ROOM.bit() : 0);
    }
}
