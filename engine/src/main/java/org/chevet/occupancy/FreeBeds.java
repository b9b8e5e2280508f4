package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.Room;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;

/**
 * Beds of one service that a patient could be given at once: ready, and in a room that takes one more. As {@link BedChecks} would
 * say it if somebody asked for each, the patient's age left out.
 *
 * @param isolation what their rooms can isolate from; NONE where somebody lies in the room already
 * @param sex the only one that may lie there as things stand; UNKNOWN where both may
 * @param beds at least 1
 */
public record FreeBeds(IsolationAbility isolation, Sex sex, int beds) {
    /** By isolation, then sex. Takes as long as the service has beds: tens. */
    public static List<FreeBeds> of(ServiceView service) {
        Map<IsolationAbility, Map<Sex, Integer>> counted = new EnumMap<>(IsolationAbility.class);
        List<BedView> beds = service.beds();
        for (int first = 0, end; first < beds.size(); first = end) {
            Room room = beds.get(first).room();
            end = first;
            while (end < beds.size() && beds.get(end).room().id().equals(room.id())) {
                end++;
            }
            count(service, room, beds.subList(first, end), counted);
        }
        List<FreeBeds> free = new ArrayList<>();
        counted.forEach(
                (isolation, bySex) -> bySex.forEach((sex, count) -> free.add(new FreeBeds(isolation, sex, count))));
        return List.copyOf(free);
    }

    private static void count(
            ServiceView service, Room room, List<BedView> beds, Map<IsolationAbility, Map<Sex, Integer>> counted) {
        List<Stay> occupants =
                beds.stream().flatMap(bed -> bed.occupants().stream()).toList();
        boolean women = admits(service, room, occupants, Sex.FEMALE);
        boolean men = admits(service, room, occupants, Sex.MALE);
        if (!women && !men) {
            return;
        }
        Sex only = women && men ? Sex.UNKNOWN : women ? Sex.FEMALE : Sex.MALE;
        IsolationAbility isolation = occupants.isEmpty() ? room.isolation() : IsolationAbility.NONE;
        boolean full = occupants.size() >= room.capacity();
        for (BedView bed : beds) {
            if (bed.status().state() == BedState.READY && (!full || bed.bed().surge())) {
                counted.computeIfAbsent(isolation, none -> new EnumMap<>(Sex.class))
                        .merge(only, 1, Integer::sum);
            }
        }
    }

    private static boolean admits(ServiceView service, Room room, List<Stay> occupants, Sex sex) {
        return service.service().sexPolicy().admits(sex)
                && room.sexPolicy().admits(sex)
                && (room.sexPolicy() != SexPolicy.SAME_SEX
                        || occupants.stream().allMatch(stay -> stay.sex() == Sex.UNKNOWN || stay.sex() == sex));
    }
}
