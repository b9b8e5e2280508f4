package org.chevet.simulations.scenario;

/**
 * What the hospital does once something is so.
 *
 * @param delayHours from the moment at which it is so
 * @param days for which it is done, infinite for ever after
 */
public record Measure(String name, Action action, Trigger trigger, double delayHours, double days) {
    public sealed interface Action {}

    /** @param share of the surge beds of each service that are opened, and staffed */
    public record OpenSurgeBeds(double share) implements Action {}

    /** @param share of those called in who are put off */
    public record CancelElectives(double share) implements Action {}

    /**
     * @param share of those who would leave the hospital anyway before long
     * @param withinHours how long is not long
     */
    public record DischargeEarly(double share, double withinHours) implements Action {}

    /**
     * @param perDay how many other hospitals take
     * @param afterWaitHours who waits for so long
     */
    public record TransferOut(int perDay, double afterWaitHours) implements Action {}

    /** Patients isolated for the same organism share rooms. */
    public record Cohort() implements Action {}

    public sealed interface Trigger {}

    /** @param hours from the beginning of the days that are counted */
    public record AtHours(double hours) implements Trigger {}

    /** @param share of the staffed beds that are taken or waited for */
    public record LoadAbove(double share) implements Trigger {}

    /** @param patients who wait in the emergency department for a bed */
    public record BoardersAbove(int patients) implements Trigger {}
}
