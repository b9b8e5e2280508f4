package org.chevet.tension;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Who lay in a bed lately, when it was cleaned and since when it is open. The gaps between two patients, each cut into waiting for cleaning,
 * cleaning and ready, are posted as a function of these: a late movement takes them back and posts others.
 */
final class BedRecord {
    /** A bed changes hands every few days: this is most of a year. The gaps between older ones are no longer corrected. */
    static final int LYINGS_KEPT = 64;

    /** @param to null while it lasts */
    record Lying(StayId stay, Instant from, @Nullable Instant to) {}

    private static final Comparator<Lying> ORDER =
            Comparator.comparing(Lying::from).thenComparing(Lying::stay);

    private final List<Lying> lyings = new ArrayList<>(0);

    /** Ascending, each once. */
    private final List<Instant> cleaningBegun = new ArrayList<>(0);

    /** Likewise. */
    private final List<Instant> cleaningDone = new ArrayList<>(0);

    /** Null while the bed is closed. */
    @Nullable
    Instant openSince;

    void add(Ledger ledger, @Nullable ServiceId service, Lying lying) {
        int index = 0;
        while (index < lyings.size() && ORDER.compare(lyings.get(index), lying) < 0) {
            index++;
        }
        postGap(ledger, service, -1, index - 1, index);
        lyings.add(index, lying);
        postGap(ledger, service, 1, index - 1, index);
        postGap(ledger, service, 1, index, index + 1);
        if (lyings.size() > LYINGS_KEPT) {
            lyings.removeFirst();
        }
    }

    void remove(Ledger ledger, @Nullable ServiceId service, Lying lying) {
        int index = lyings.indexOf(lying);
        if (index < 0) {
            return;
        }
        postGap(ledger, service, -1, index - 1, index);
        postGap(ledger, service, -1, index, index + 1);
        lyings.remove(index);
        postGap(ledger, service, 1, index - 1, index);
    }

    void begun(Ledger ledger, @Nullable ServiceId service, Instant at) {
        mark(ledger, service, at, cleaningBegun);
    }

    void done(Ledger ledger, @Nullable ServiceId service, Instant at) {
        mark(ledger, service, at, cleaningDone);
    }

    /** Only the gap around the mark has a part that ends there. */
    private void mark(Ledger ledger, @Nullable ServiceId service, Instant at, List<Instant> marks) {
        int next = 0;
        while (next < lyings.size() && lyings.get(next).from().isBefore(at)) {
            next++;
        }
        postGap(ledger, service, -1, next - 1, next);
        add(marks, at);
        postGap(ledger, service, 1, next - 1, next);
    }

    private static void add(List<Instant> marks, Instant at) {
        int place = Collections.binarySearch(marks, at);
        if (place < 0) {
            marks.add(-place - 1, at);
        }
        if (marks.size() > LYINGS_KEPT) {
            marks.removeFirst();
        }
    }

    /** The last mark at or before. */
    private static @Nullable Instant floor(List<Instant> marks, Instant at) {
        int place = Collections.binarySearch(marks, at);
        int floor = place < 0 ? -place - 2 : place;
        return floor < 0 ? null : marks.get(floor);
    }

    /** The first mark at or after. */
    private static @Nullable Instant ceiling(List<Instant> marks, Instant at) {
        int place = Collections.binarySearch(marks, at);
        int ceiling = place < 0 ? -place - 1 : place;
        return ceiling == marks.size() ? null : marks.get(ceiling);
    }

    /** The last time at or before {@code at} that a cleaning ended, null when none is known. */
    @Nullable
    Instant cleanedBefore(Instant at) {
        return floor(cleaningDone, at);
    }

    void postGaps(Ledger ledger, @Nullable ServiceId service, int sign) {
        for (int i = 1; i < lyings.size(); i++) {
            postGap(ledger, service, sign, i - 1, i);
        }
    }

    private void postGap(Ledger ledger, @Nullable ServiceId service, int sign, int before, int after) {
        if (before < 0 || after >= lyings.size()) {
            return;
        }
        Instant left = lyings.get(before).to();
        Instant taken = lyings.get(after).from();
        if (left == null || !left.isBefore(taken)) {
            return;
        }
        Instant done = within(floor(cleaningDone, taken), left);
        Instant begun = within(ceiling(cleaningBegun, left), left);
        Instant clean = done == null ? taken : done;
        Instant dirtyUntil = begun == null || begun.isAfter(clean) ? clean : begun;
        LocalDate day = ledger.day(taken);
        ledger.post(service, day, Figure.IDLE_GAPS, sign);
        ledger.post(service, day, Figure.IDLE_DIRTY_SECONDS, sign * seconds(left, dirtyUntil));
        ledger.post(service, day, Figure.IDLE_CLEANING_SECONDS, sign * seconds(dirtyUntil, clean));
        ledger.post(service, day, Figure.IDLE_READY_SECONDS, sign * seconds(clean, taken));
    }

    private static @Nullable Instant within(@Nullable Instant mark, Instant left) {
        return mark == null || mark.isBefore(left) ? null : mark;
    }

    private static long seconds(Instant from, Instant to) {
        return to.getEpochSecond() - from.getEpochSecond();
    }
}
