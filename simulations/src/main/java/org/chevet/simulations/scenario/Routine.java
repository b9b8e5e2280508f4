package org.chevet.simulations.scenario;

/**
 * How the house works.
 *
 * @param minutesBetweenRounds in which whoever gives beds looks again, once something changed
 * @param emergencyStayHours median from the door of the emergency department until a bed is asked for
 * @param transportMinutes median from the choice of a bed until the patient is in it; 0 for at once
 * @param aroundTheClock whether everybody leaves when their stay is over, at night and on Sundays too
 * @param bedsPerCleaningTeam by day; 0 when beds are clean as soon as they are empty
 * @param refusals share of the beds chosen that their service refuses
 * @param cancellations share of those called in who cancel
 * @param emergencyPatienceHours after which who waits is sent elsewhere; 0 for at once, infinite for never
 * @param electivePatienceHours likewise, put off
 */
public record Routine(
        double minutesBetweenRounds,
        double emergencyStayHours,
        double transportMinutes,
        boolean aroundTheClock,
        int bedsPerCleaningTeam,
        double refusals,
        double cancellations,
        double emergencyPatienceHours,
        double electivePatienceHours) {
    public static final Routine USUAL = new Routine(10, 3, 25, false, 100, 0.03, 0.04, 24, 10);

    /** Beds and patients and nothing else: the house of queueing theory. */
    public static Routine bare(double patienceHours) {
        return new Routine(0, 0, 0, true, 0, 0, 0, patienceHours, patienceHours);
    }
}
