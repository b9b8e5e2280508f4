package org.chevet.forecast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A local day's hours, in which patients are at risk of leaving. What their hours teach is added up when the day is over: until then it is kept, for each
 * service, by how much the chance to leave that its patients have together rises or falls at each hour, so that a patient's hours in which nothing changed
 * cost as much as one. For as long as no factor is settled anew. Owned by one thread.
 */
final class HoursAtRisk {
    /** More than any day has. */
    static final int HOURS_MAX = 48;

    /** So far before the first hour it is looked what was known. */
    private static final int LOOKS_BACK_MAX = Standing.LEAD_HOURS_MAX;

    private final List<ServiceFlow> flows;
    private final long first;
    private final long hoursKnownAtFirst;
    private final long day;
    private final int weekday;
    private final int length;
    private final int[] ofDay = new int[HOURS_MAX];

    /** By class of foresight and hour, counted from the first: the hour at which it is looked what was known. */
    private final long[][] then = new long[Standing.LEADS][HOURS_MAX];

    /** By class of foresight and hour: the part of the day that it then was. */
    private final int[][] part = new int[Standing.LEADS][HOURS_MAX];

    /**
     * By class of foresight and hour, counted from {@link #LOOKS_BACK_MAX} before the first: the day's hours for which it is looked at that hour or later, a
     * bit each.
     */
    private final long[][] lookedSince = new long[Standing.LEADS][LOOKS_BACK_MAX + HOURS_MAX];

    /** By service, made when asked for. */
    private final @Nullable Chances[] chancesOf;

    /** What the patients of one service add up to. */
    private final class Chances {
        private final StayPattern pattern;

        /** Its factors of the hour of day, summed up to each hour. */
        private final double[] sum = new double[length + 1];

        /** By hour, against the hour before: the sum of all patients' λ. */
        private final double[] all = new double[length + 1];

        /** By class of foresight and thing known: the same of those of whom it was known then; null for nobody. */
        private final double[] @Nullable [] known = new double[Standing.LEADS * Standing.WHATS][];

        /** The same of those of whom it was known then and in all classes before: of most, for nothing new is known of them. */
        private final double[] @Nullable [] knownUpTo = new double[Standing.LEADS * Standing.WHATS][];

        Chances(StayPattern pattern) {
            this.pattern = pattern;
            for (int i = 0; i < length; i++) {
                sum[i + 1] = sum[i] + pattern.hour.value[ofDay[i]];
            }
        }

        double[] known(int lead, int what) {
            return made(known, lead * Standing.WHATS + what);
        }

        double[] knownUpTo(int lead, int what) {
            return made(knownUpTo, lead * Standing.WHATS + what);
        }

        private double[] made(double[] @Nullable [] changes, int place) {
            double[] made = changes[place];
            if (made == null) {
                made = new double[length + 1];
                changes[place] = made;
            }
            return made;
        }

        void learn() {
            double byDay = pattern.weekday.value[weekday];
            double chance = 0;
            for (int i = 0; i < length; i++) {
                chance += all[i];
                pattern.hour.expected[ofDay[i]] += chance * byDay;
            }
            for (int what = 0; what < Standing.WHATS; what++) {
                double[] changesOfAll = null;
                for (int lead = Standing.LEADS - 1; lead >= 0; lead--) {
                    int place = lead * Standing.WHATS + what;
                    changesOfAll = joined(changesOfAll, knownUpTo[place]);
                    double[] changes = joined(known[place], changesOfAll);
                    if (changes != null) {
                        learn(lead, what, changes, byDay);
                    }
                }
            }
        }

        /** @param one is changed */
        private static double @Nullable [] joined(double @Nullable [] one, double @Nullable [] other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            for (int i = 0; i < one.length; i++) {
                one[i] += other[i];
            }
            return one;
        }

        private void learn(int lead, int what, double[] changes, double byDay) {
            double chance = 0;
            double[] expected = pattern.standing.use(what).expected;
            Factor hours = pattern.hour(what);
            boolean ofOwn = lead == 0 && hours != pattern.hour;
            for (int i = 0; i < length; i++) {
                chance += changes[i];
                expected[Standing.ofWhat(lead, part[lead][i])] += chance * byDay * hours.value[ofDay[i]];
                if (ofOwn) {
                    hours.expected[ofDay[i]] += chance * byDay;
                }
            }
        }
    }

    /**
     * @param first hour that is not learned of yet
     * @param hoursKnown before it
     */
    HoursAtRisk(WallHours wall, long first, long hoursKnown, List<ServiceFlow> flows) {
        this.flows = flows;
        this.first = first;
        hoursKnownAtFirst = hoursKnown;
        day = wall.day(first);
        weekday = wall.weekday(first);
        int hours = 0;
        while (hours < HOURS_MAX && wall.day(first + hours) == day) {
            ofDay[hours] = wall.hourOfDay(first + hours);
            for (int lead = 0; lead < Standing.LEADS; lead++) {
                int before = Standing.hoursBefore(lead, day, ofDay[hours]);
                then[lead][hours] = first + hours - before;
                part[lead][hours] = Standing.partOfDay(Math.floorMod(ofDay[hours] - before, 24));
            }
            hours++;
        }
        length = hours;
        for (int lead = 0; lead < Standing.LEADS; lead++) {
            for (int hour = 0; hour < length; hour++) {
                lookedSince[lead][place(then[lead][hour])] |= 1L << hour;
            }
            for (int place = lookedSince[lead].length - 2; place >= 0; place--) {
                lookedSince[lead][place] |= lookedSince[lead][place + 1];
            }
        }
        chancesOf = new Chances[flows.size()];
    }

    private int place(long hour) {
        return (int) (Math.clamp(hour, first - LOOKS_BACK_MAX, first + HOURS_MAX - 1) - first) + LOOKS_BACK_MAX;
    }

    int weekday() {
        return weekday;
    }

    int ofDay(long hour) {
        return ofDay[(int) (hour - first)];
    }

    /** Whether this is the day's last hour. */
    boolean endsWith(long hour) {
        return hour - first == length - 1;
    }

    /** A patient was at risk from one hour to before another, and did not leave, or left in the last. */
    void atRisk(int service, Known known, long sinceHour, long from, long until) {
        Chances chances = chances(service);
        StayPattern pattern = chances.pattern;
        double byDay = pattern.weekday.value[weekday];
        int end = (int) (until - first);
        for (int begin = (int) (from - first), next; begin < end; begin = next) {
            long elapsed = first + begin - sinceHour;
            int bucket = StayPattern.bucket(elapsed);
            next = (int) Math.min(end, begin + StayPattern.hoursLeft(bucket, elapsed));
            double exposure = chances.sum[next] - chances.sum[begin];
            double base = pattern.rate.value[bucket];
            pattern.rate.expected[bucket] += byDay * exposure;
            pattern.weekday.expected[weekday] += base * exposure;
            add(chances.all, begin, next, base);
            standing(chances, known, sinceHour, begin, next, base);
        }
    }

    private void standing(Chances chances, Known known, long sinceHour, int begin, int end, double chance) {
        int entry = known.latest();
        int what = known.what(entry, day);
        long hoursSeen = first + begin - Math.max(known.since(entry), watchedSince(sinceHour));
        int whole = Standing.leadsWithin(hoursSeen);
        if (whole > 0) {
            add(chances.knownUpTo(whole - 1, what), begin, end, chance);
        }
        for (int lead = whole; lead < Standing.LEADS; lead++) {
            long earliest = first + begin - Standing.leadHours(lead + 1) + 1;
            long latest = first + end - 1 - Standing.leadHours(lead);
            long knownFrom = knownFrom(lead, sinceHour);
            if (latest < knownFrom) {
                return;
            }
            if (latest < known.since(entry)) {
                entry = known.at(latest, entry);
                what = known.what(entry, day);
            }
            if (earliest >= knownFrom && earliest >= known.since(entry)) {
                add(chances.known(lead, what), begin, end, chance);
            } else {
                long hours = (1L << end) - (1L << begin) & lookedSince[lead][place(knownFrom)];
                addByEntry(chances, known, entry, lead, hours, chance);
            }
        }
    }

    /** Where not the same was known of all hours. */
    private void addByEntry(Chances chances, Known known, int latest, int lead, long hours, double chance) {
        long rest = hours;
        for (int entry = latest; rest != 0; entry--) {
            long ofEntry = rest & lookedSince[lead][place(known.since(entry))];
            if (ofEntry != 0) {
                add(chances.known(lead, known.what(entry, day)), ofEntry, chance);
                rest ^= ofEntry;
            }
        }
    }

    /** Hours that follow each other are as dear as one: where a bit differs from the one before, they begin or are over. */
    private static void add(double[] changes, long hours, double chance) {
        long edges = hours ^ hours << 1;
        while (edges != 0) {
            changes[Long.numberOfTrailingZeros(edges)] += chance;
            edges &= edges - 1;
            changes[Long.numberOfTrailingZeros(edges)] -= chance;
            edges &= edges - 1;
        }
    }

    private static void add(double[] changes, int begin, int end, double chance) {
        changes[begin] += chance;
        changes[end] -= chance;
    }

    /** A patient was at risk in that hour, and left in it. */
    void left(int service, Known known, long sinceHour, long hour) {
        int i = (int) (hour - first);
        StayPattern pattern = flows.get(service).stays;
        pattern.rate.observed[StayPattern.bucket(hour - sinceHour)]++;
        pattern.weekday.observed[weekday]++;
        pattern.hour.observed[ofDay[i]]++;
        int entry = known.latest();
        Factor hours = pattern.hour(known.what(known.at(hour, entry), day));
        if (hours != pattern.hour) {
            hours.observed[ofDay[i]]++;
        }
        for (int lead = 0; lead < Standing.LEADS && then[lead][i] >= knownFrom(lead, sinceHour); lead++) {
            entry = known.at(then[lead][i], entry);
            pattern.standing.use(known.what(entry, day)).observed[Standing.ofWhat(lead, part[lead][i])]++;
        }
    }

    /** The first hour at which somebody watched, and the patient was in the service; what is known now, is known. */
    private long knownFrom(int lead, long sinceHour) {
        return lead == 0 ? Long.MIN_VALUE : watchedSince(sinceHour);
    }

    private long watchedSince(long sinceHour) {
        return Math.max(sinceHour, first - hoursKnownAtFirst);
    }

    private Chances chances(int service) {
        Chances made = chancesOf[service];
        if (made == null) {
            made = new Chances(flows.get(service).stays);
            chancesOf[service] = made;
        }
        return made;
    }

    /** The day is over, or as much of it as counts. */
    void learn() {
        for (Chances made : chancesOf) {
            if (made != null) {
                made.learn();
            }
        }
    }
}
