package org.chevet.simulations.calibration;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.StayId;
import org.chevet.simulations.full.Witness;
import org.jspecify.annotations.Nullable;

/**
 * Who was in which service from when to when, of a real hospital or of a simulated one. Times are seconds of the epoch. Immutable.
 *
 * @param first of the whole days of which everybody who came is known
 * @param stretches that somebody spent in one service
 * @param visits from the door to the door, their service being {@link #ANY}
 */
public record Observed(ZoneId zone, LocalDate first, int days, List<Stretch> stretches, List<Stretch> visits) {
    /** Whichever service. */
    public static final int ANY = -1;

    /** Who comes into a service within so long was on the way from another one. */
    private static final long ON_THE_WAY_SECONDS_MAX = 3_600;

    /** How a stretch ended. */
    public enum End {
        MOVED,
        LEFT,
        DIED,
        /** It had not when it was last looked. */
        LASTS
    }

    /**
     * @param service by its place in the hospital
     * @param origin whence the patient came into the hospital, null when from another of its services
     * @param exit when it was last looked, for one that lasts
     * @param next where the patient moved, {@link #ANY} otherwise
     * @param needs as the first request for a bed has them; where there was none, or only one from within, as they were known last
     */
    public record Stretch(
            int service, @Nullable RequestOrigin origin, long entry, long exit, End end, int next, CareNeeds needs) {
        double days() {
            return (exit - entry) / 86_400.0;
        }
    }

    public Observed {
        stretches = List.copyOf(stretches);
        visits = List.copyOf(visits);
    }

    /** When its days are over. */
    long end() {
        return midnight(days);
    }

    /** At which so many of its days have passed. */
    long midnight(int day) {
        return first.plusDays(day).atStartOfDay(zone).toEpochSecond();
    }

    /** Its day that a time is in. */
    int day(long second) {
        return (int) ChronoUnit.DAYS.between(
                first, Instant.ofEpochSecond(second).atZone(zone).toLocalDate());
    }

    boolean hasEntered(Stretch stretch) {
        return stretch.entry() >= midnight(0) && stretch.entry() < end();
    }

    /** Gathers them, in any order. Not thread-safe. */
    public static final class Gathering implements Witness {
        private final Map<StayId, List<Lying>> stays = new HashMap<>();

        private record Lying(RequestOrigin origin, CareNeeds needs, int service, long from, long to, Then then) {}

        @Override
        public void lay(
                StayId stay, RequestOrigin origin, CareNeeds needs, int service, Instant from, Instant to, Then then) {
            stays.computeIfAbsent(stay, none -> new ArrayList<>(2))
                    .add(new Lying(origin, needs, service, from.getEpochSecond(), to.getEpochSecond(), then));
        }

        public Observed observed(ZoneId zone, LocalDate first, int days) {
            List<Stretch> stretches = new ArrayList<>();
            List<Stretch> visits = new ArrayList<>();
            for (List<Lying> stay : stays.values()) {
                stay.sort(Comparator.comparingLong(Lying::from));
                int begin = 0;
                for (int i = 0; i < stay.size(); i++) {
                    if (i + 1 == stay.size() || !isOnTheWay(stay.get(i), stay.get(i + 1))) {
                        visit(stay.subList(begin, i + 1), stretches, visits);
                        begin = i + 1;
                    }
                }
            }
            Comparator<Stretch> inOrder = Comparator.comparingLong(Stretch::entry)
                    .thenComparingInt(Stretch::service)
                    .thenComparingLong(Stretch::exit);
            stretches.sort(inOrder);
            visits.sort(inOrder);
            return new Observed(zone, first, days, stretches, visits);
        }

        private static boolean isOnTheWay(Lying before, Lying after) {
            return after.from - before.to <= ON_THE_WAY_SECONDS_MAX;
        }

        /** From bed to bed in one service is one stretch. */
        private static void visit(List<Lying> beds, List<Stretch> stretches, List<Stretch> visits) {
            Lying first = beds.getFirst();
            Lying last = beds.getLast();
            visits.add(new Stretch(ANY, first.origin, first.from, last.to, end(last), ANY, first.needs));
            int begin = 0;
            for (int i = 0; i < beds.size(); i++) {
                boolean isLast = i + 1 == beds.size();
                if (isLast || beds.get(i + 1).service != beds.get(i).service) {
                    stretches.add(new Stretch(
                            beds.get(i).service,
                            begin == 0 ? first.origin : null,
                            beds.get(begin).from,
                            beds.get(i).to,
                            isLast ? end(last) : End.MOVED,
                            isLast ? ANY : beds.get(i + 1).service,
                            beds.get(begin).needs));
                    begin = i + 1;
                }
            }
        }

        private static End end(Lying last) {
            return switch (last.then) {
                case STAYS -> End.LASTS;
                case DIES -> End.DIED;
                case MOVES, LEAVES -> End.LEFT;
            };
        }
    }
}
