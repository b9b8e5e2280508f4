package org.chevet.simulations.admission;

import java.util.List;
import org.chevet.hospital.Sex;

/** A published patient admission scheduling instance, as its file says it. Indexes count from 0, ids are the file's. */
public record AdmissionInstance(
        int nights,
        int properties,
        List<Department> departments,
        List<Room> rooms,
        List<Bed> beds,
        List<Patient> patients) {

    /** @param minimumAge and maximumAge in years, 0 for no limit */
    public record Department(int id, int minimumAge, int maximumAge, List<Ranked> specialisms) {}

    /** A specialism at a level; 1 is the best. */
    public record Ranked(int level, int specialism) {}

    public enum RoomPolicy {
        ANY,
        MEN,
        WOMEN,
        ONE_SEX
    }

    public record Room(
            int id,
            int capacity,
            Department department,
            RoomPolicy policy,
            List<Ranked> specialisms,
            List<Boolean> properties) {}

    public record Bed(int id, int room) {}

    /** Some nights in a row under one specialism. */
    public record Treatment(int specialism, int nights) {}

    /**
     * @param firstNight counted from 0
     * @param endNight the night after the last; may lie behind the horizon
     * @param capacityPreferred the most beds in the room the patient would like, 0 for no wish
     */
    public record Patient(
            int id,
            int age,
            Sex sex,
            int firstNight,
            int endNight,
            List<Treatment> treatments,
            int capacityPreferred,
            List<Boolean> needed,
            List<Boolean> preferred) {

        /** Whether the patient lies here on any night of the horizon. */
        public boolean isPresentBefore(int horizon) {
            return firstNight < endNight && firstNight < horizon;
        }
    }
}
