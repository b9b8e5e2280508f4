package org.chevet.forecast;

import java.util.Arrays;

/** Who is here and who is announced, as columns. Services are numbered as the history numbers them. */
final class Presence {
    /** No service of this hospital. */
    static final int OUT = -1;

    /** No hour is set. */
    static final int NEVER = Integer.MAX_VALUE;

    /** The hour for which somebody is expected who was cancelled: beyond any that is looked ahead to. */
    static final long CANCELLED = Long.MAX_VALUE / 2;

    int count;
    int[] service = new int[64];
    long[] sinceHour = new long[64];
    long[] planDay = new long[64];
    byte[] milestone = new byte[64];

    /** As {@link Standing#heldUntilDay} has it. */
    long[] heldUntilDay = new long[64];

    /** Where the patient is to go next, OUT while nobody said. */
    int[] destination = new int[64];

    /** Hours ahead at which the patient is surely gone. */
    int[] goneAfter = new int[64];

    int announced;
    int[] announcedService = new int[16];
    long[] expectedHour = new long[16];
    boolean[] announcedSoon = new boolean[16];
    private boolean[] isElsewhere = new boolean[16];

    void add(int ofService, long since, long planned, long held, int reached, int next) {
        if (count == service.length) {
            int more = 2 * count;
            service = Arrays.copyOf(service, more);
            sinceHour = Arrays.copyOf(sinceHour, more);
            planDay = Arrays.copyOf(planDay, more);
            milestone = Arrays.copyOf(milestone, more);
            heldUntilDay = Arrays.copyOf(heldUntilDay, more);
            destination = Arrays.copyOf(destination, more);
            goneAfter = Arrays.copyOf(goneAfter, more);
        }
        service[count] = ofService;
        sinceHour[count] = since;
        planDay[count] = planned;
        milestone[count] = (byte) reached;
        heldUntilDay[count] = held;
        destination[count] = next == ofService ? OUT : next;
        goneAfter[count] = NEVER;
        count++;
    }

    /**
     * @param soon whether that was soon before
     * @param elsewhere whether they are in the hospital already, in none of its services
     */
    void announce(int ofService, long expected, boolean soon, boolean elsewhere) {
        if (announced == expectedHour.length) {
            announcedService = Arrays.copyOf(announcedService, 2 * announced);
            expectedHour = Arrays.copyOf(expectedHour, 2 * announced);
            announcedSoon = Arrays.copyOf(announcedSoon, 2 * announced);
            isElsewhere = Arrays.copyOf(isElsewhere, 2 * announced);
        }
        announcedService[announced] = ofService;
        expectedHour[announced] = expected;
        announcedSoon[announced] = soon;
        isElsewhere[announced] = elsewhere;
        announced++;
    }

    int[] numbersIn(int ofService) {
        int[] numbers = new int[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (service[i] == ofService) {
                numbers[found++] = i;
            }
        }
        return Arrays.copyOf(numbers, found);
    }

    /** The next one who is announced there and has not come to the hospital stays at home. The others keep their places. */
    void cancelNext(int ofService) {
        int next = OUT;
        for (int i = 0; i < announced; i++) {
            if (announcedService[i] == ofService
                    && !isElsewhere[i]
                    && (next == OUT || expectedHour[i] < expectedHour[next])) {
                next = i;
            }
        }
        if (next != OUT) {
            expectedHour[next] = CANCELLED;
        }
    }

    /** Of those there whose discharge is planned, the earliest planned leaves; when none is planned, who is there longest. */
    void advanceNext(int ofService, int within) {
        int next = OUT;
        for (int i = 0; i < count; i++) {
            if (service[i] == ofService && goneAfter[i] == NEVER && (next == OUT || leavesBefore(i, next))) {
                next = i;
            }
        }
        if (next != OUT) {
            goneAfter[next] = within;
        }
    }

    private boolean leavesBefore(int one, int other) {
        boolean planned = planDay[one] != Standing.NO_PLAN;
        if (planned != (planDay[other] != Standing.NO_PLAN)) {
            return planned;
        }
        return planned && planDay[one] != planDay[other]
                ? planDay[one] < planDay[other]
                : sinceHour[one] < sinceHour[other];
    }
}
