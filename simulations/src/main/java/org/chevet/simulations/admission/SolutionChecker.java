package org.chevet.simulations.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Computes the published cost of a solution from the two texts alone, cost term by cost term in the order the literature lists
 * them. It shares nothing with the reader, the prices or the planner it checks: an error would have to be made twice.
 */
public final class SolutionChecker {
    /**
     * The cost in tenths, by term.
     *
     * @param doubleBeds bed-nights with two patients and more: must be 0
     * @param plannedTransfers the part of {@code transfers} that falls on a change of specialism
     */
    public record Verdict(
            long sex,
            long needed,
            long age,
            long preferred,
            long capacity,
            long departmentSpecialism,
            long roomSpecialism,
            long transfers,
            long plannedTransfers,
            int doubleBeds,
            int missingNights) {

        /** The published cost in tenths; without planned transfers where {@code countsPlanned} is false. */
        public long cost(boolean countsPlanned) {
            return sex
                    + needed
                    + age
                    + preferred
                    + capacity
                    + departmentSpecialism
                    + roomSpecialism
                    + transfers
                    - (countsPlanned ? 0 : plannedTransfers);
        }

        /** What no solution may have: beds shared and nights without a bed. */
        public int infeasibilities() {
            return doubleBeds + missingNights;
        }
    }

    private final Map<String, List<String[]>> sections = new HashMap<>();
    private final Map<String, String[]> rooms = new HashMap<>();
    private final Map<String, String[]> departments = new HashMap<>();
    private final Map<String, String> roomOfBed = new HashMap<>();
    private final Map<String, String[]> solution = new HashMap<>();
    private int horizon;

    private long sex;
    private long needed;
    private long age;
    private long preferred;
    private long capacity;
    private long departmentSpecialism;
    private long roomSpecialism;
    private long transfers;
    private long plannedTransfers;
    private int doubleBeds;
    private int missingNights;

    private SolutionChecker(String instanceText, String solutionText) {
        String section = "";
        for (String raw : instanceText.split("\n", -1)) {
            String line = raw.trim();
            if (line.startsWith("Planning horizon:")) {
                horizon = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
            } else if (line.matches("[A-Z]+:")) {
                section = line;
            } else if (!line.isEmpty()) {
                sections.computeIfAbsent(section, any -> new ArrayList<>()).add(line.split("\\s*\\|\\s*", -1));
            }
        }
        section("ROOMS:").forEach(fields -> rooms.put(words(fields[0])[0], fields));
        section("DEPARTMENTS:").forEach(fields -> departments.put(words(fields[0])[0], fields));
        section("BEDS:").forEach(fields -> roomOfBed.put(words(fields[0])[0], words(fields[0])[1]));
        for (String line : solutionText.split("\n", -1)) {
            if (!line.isBlank()) {
                String[] words = words(line);
                solution.put(words[0], words);
            }
        }
    }

    /** @param solutionText a line a patient: its id, then the id of its bed on each of its nights within the horizon */
    public static Verdict check(String instanceText, String solutionText) {
        return new SolutionChecker(instanceText, solutionText).verdict();
    }

    private Verdict verdict() {
        Map<String, int[]> menAndWomen = new HashMap<>();
        Map<String, Integer> patientsInBed = new HashMap<>();
        for (String[] patient : section("PATIENTS:")) {
            if (patient.length == 6) {
                checkPatient(patient, menAndWomen, patientsInBed);
            }
        }
        menAndWomen.values().forEach(counts -> sex += 50L * Math.min(counts[0], counts[1]));
        patientsInBed.values().forEach(count -> doubleBeds += count > 1 ? 1 : 0);
        return new Verdict(
                sex,
                needed,
                age,
                preferred,
                capacity,
                departmentSpecialism,
                roomSpecialism,
                transfers,
                plannedTransfers,
                doubleBeds,
                missingNights);
    }

    private void checkPatient(String[] patient, Map<String, int[]> menAndWomen, Map<String, Integer> patientsInBed) {
        String[] person = words(patient[0]);
        String[] window = words(patient[1]);
        int first = Integer.parseInt(window[0]);
        int end = Math.min(Integer.parseInt(window[1]), horizon);
        List<String> specialismByNight = specialismByNight(words(patient[2]));
        String[] beds = solution.getOrDefault(person[0], new String[] {person[0]});
        String bedBefore = null;
        for (int night = first; night < end; night++) {
            String bed = night - first + 1 < beds.length ? beds[night - first + 1] : "";
            String room = roomOfBed.get(bed);
            if (room == null) {
                missingNights++;
                bedBefore = null;
                continue;
            }
            patientsInBed.merge(bed + " on " + night, 1, Integer::sum);
            if (bedBefore != null && !bedBefore.equals(bed)) {
                transfers += 110;
                boolean planned =
                        !specialismByNight.get(night - first).equals(specialismByNight.get(night - first - 1));
                plannedTransfers += planned ? 110 : 0;
            }
            bedBefore = bed;
            checkSex(person[3], room, night, menAndWomen);
            checkRoom(patient, known(rooms, room), specialismByNight.get(night - first));
        }
    }

    /** By night, the specialism with the number of its turn: twice the same in a row is a change all the same. */
    private static List<String> specialismByNight(String[] turns) {
        List<String> byNight = new ArrayList<>();
        for (int i = 1; i + 1 < turns.length; i += 2) {
            for (int night = 0; night < Integer.parseInt(turns[i + 1]); night++) {
                byNight.add(turns[i] + " " + i);
            }
        }
        return byNight;
    }

    private void checkSex(String patientSex, String room, int night, Map<String, int[]> menAndWomen) {
        switch (known(rooms, room)[3].trim()) {
            case "M" -> sex += patientSex.equals("M") ? 0 : 50;
            case "F" -> sex += patientSex.equals("F") ? 0 : 50;
            case "D" ->
                menAndWomen.computeIfAbsent(room + " on " + night, any -> new int[2])[patientSex.equals("M") ? 0 : 1]++;
            default -> {}
        }
    }

    private void checkRoom(String[] patient, String[] room, String specialismAndTurn) {
        String[] neededFlags = words(patient[4]);
        String[] preferredFlags = words(patient[5]);
        String[] present = words(room[5]);
        for (int i = 0; i < neededFlags.length; i++) {
            boolean missing = present[i].equals("0");
            boolean isNeeded = neededFlags[i].equals("1");
            needed += missing && isNeeded ? 50 : 0;
            preferred += missing && !isNeeded && preferredFlags[i].equals("1") ? 20 : 0;
        }
        int wish = Integer.parseInt(patient[3].trim());
        capacity += wish > 0 && Integer.parseInt(room[1].trim()) > wish ? 8 : 0;

        String[] department = known(departments, room[2].trim());
        int years = Integer.parseInt(words(patient[0])[2]);
        int least = Integer.parseInt(words(department[0])[2]);
        int most = Integer.parseInt(words(department[0])[3]);
        age += (least > 0 && years < least) || (most > 0 && years > most) ? 100 : 0;

        String specialism = words(specialismAndTurn)[0];
        departmentSpecialism += levelOf(specialism, words(department[1])) == 0 ? 10 : 0;
        int level = levelOf(specialism, words(room[4]));
        roomSpecialism += level == 0 ? 20 : 10L * (level - 1);
    }

    /** The best level among pairs of level and specialism; 0 where it is not among them. */
    private static int levelOf(String specialism, String[] pairs) {
        int level = 0;
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            if (pairs[i + 1].equals(specialism)) {
                int other = Integer.parseInt(pairs[i]);
                level = level == 0 ? other : Math.min(level, other);
            }
        }
        return level;
    }

    private static String[] known(Map<String, String[]> lines, String id) {
        return Objects.requireNonNull(lines.get(id), () -> "the instance has no line for " + id);
    }

    private List<String[]> section(String title) {
        return sections.getOrDefault(title, List.of());
    }

    private static String[] words(String text) {
        return text.trim().split("\\s+");
    }
}
