package org.chevet.simulations.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.chevet.hospital.Sex;
import org.chevet.simulations.admission.AdmissionInstance.Bed;
import org.chevet.simulations.admission.AdmissionInstance.Department;
import org.chevet.simulations.admission.AdmissionInstance.Patient;
import org.chevet.simulations.admission.AdmissionInstance.Ranked;
import org.chevet.simulations.admission.AdmissionInstance.Room;
import org.chevet.simulations.admission.AdmissionInstance.RoomPolicy;
import org.chevet.simulations.admission.AdmissionInstance.Treatment;

/** Reads a published instance. A damaged file is refused with the line, what was read and what was expected. */
public final class AdmissionReader {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern BAR = Pattern.compile("\\|");

    private final List<String> lines;
    private int next;
    private final Map<Integer, Department> departments = new HashMap<>();
    private final Map<Integer, Integer> roomIndexes = new HashMap<>();

    private AdmissionReader(List<String> lines) {
        this.lines = lines;
    }

    /** @throws AdmissionFormatException where the text is not an instance */
    public static AdmissionInstance read(String text) {
        return new AdmissionReader(text.lines().toList()).instance();
    }

    private AdmissionInstance instance() {
        expect("ARTICLE BENCHMARK DATA SET");
        int rooms = count("Rooms");
        int properties = count("Roomproperties");
        int beds = count("Beds");
        int departmentCount = count("Departments");
        int specialisms = count("Specialisms");
        int patients = count("Patients");
        int nights = count("Planning horizon");
        if (nights < 1) {
            throw wrong("a planning horizon of " + nights + " nights, expected at least 1");
        }
        section("SPECIALISMS", specialisms, fields -> fields);
        List<Department> allDepartments = section("DEPARTMENTS", departmentCount, this::department);
        section("ROOMPROPERTIES", properties, fields -> fields);
        List<Room> allRooms = section("ROOMS", rooms, fields -> room(fields, properties));
        List<Bed> allBeds = section("BEDS", beds, this::bed);
        List<Patient> allPatients = section("PATIENTS", patients, fields -> patient(fields, properties));
        requireDistinct(allPatients);
        requireCapacities(allRooms, allBeds);
        expect("END.");
        return new AdmissionInstance(nights, properties, allDepartments, allRooms, allBeds, allPatients);
    }

    private Department department(List<List<String>> fields) {
        requireFields(fields, 2);
        List<String> head = fields.getFirst();
        requireWords(head, 4, "id name minAge maxAge");
        Department department =
                new Department(number(head.get(0)), number(head.get(2)), number(head.get(3)), ranked(fields.get(1)));
        if (departments.put(department.id(), department) != null) {
            throw wrong("department " + department.id() + " a second time");
        }
        return department;
    }

    private Room room(List<List<String>> fields, int properties) {
        requireFields(fields, 6);
        requireWords(fields.getFirst(), 2, "id name");
        int id = number(fields.getFirst().getFirst());
        Department department = departments.get(only(fields.get(2)));
        if (department == null) {
            throw wrong(
                    "department " + only(fields.get(2)) + " of room " + id + ", which is not among the departments");
        }
        if (roomIndexes.putIfAbsent(id, roomIndexes.size()) != null) {
            throw wrong("room " + id + " a second time");
        }
        return new Room(
                id,
                only(fields.get(1)),
                department,
                policy(fields.get(3)),
                ranked(fields.get(4)),
                flags(fields.get(5), properties));
    }

    private RoomPolicy policy(List<String> words) {
        return switch (words.size() == 1 ? words.getFirst() : "") {
            case "N" -> RoomPolicy.ANY;
            case "M" -> RoomPolicy.MEN;
            case "F" -> RoomPolicy.WOMEN;
            case "D" -> RoomPolicy.ONE_SEX;
            default -> throw wrong("room policy " + String.join(" ", words) + ", expected N, M, F or D");
        };
    }

    private Bed bed(List<List<String>> fields) {
        requireFields(fields, 1);
        requireWords(fields.getFirst(), 2, "bedId roomId");
        int room = number(fields.getFirst().get(1));
        Integer index = roomIndexes.get(room);
        if (index == null) {
            throw wrong("a bed in room " + room + ", which is not among the rooms");
        }
        return new Bed(number(fields.getFirst().getFirst()), index);
    }

    private Patient patient(List<List<String>> fields, int properties) {
        requireFields(fields, 6);
        List<String> head = fields.getFirst();
        requireWords(head, 4, "id name age sex");
        Sex sex = switch (head.get(3)) {
            case "F" -> Sex.FEMALE;
            case "M" -> Sex.MALE;
            default -> throw wrong("sex " + head.get(3) + ", expected F or M");
        };
        List<String> window = fields.get(1);
        requireWords(window, 2, "firstNight lastNight");
        Patient patient = new Patient(
                number(head.get(0)),
                number(head.get(2)),
                sex,
                number(window.get(0)),
                number(window.get(1)),
                treatments(fields.get(2)),
                only(fields.get(3)),
                flags(fields.get(4), properties),
                flags(fields.get(5), properties));
        int treated = patient.treatments().stream().mapToInt(Treatment::nights).sum();
        if (treated != patient.endNight() - patient.firstNight()) {
            throw wrong("patient " + patient.id() + " with specialisms for " + treated + " nights and a stay of "
                    + (patient.endNight() - patient.firstNight()));
        }
        return patient;
    }

    private List<Treatment> treatments(List<String> words) {
        int count = words.isEmpty() ? 0 : number(words.getFirst());
        requireWords(words, 1 + 2 * count, "k specialism nights, k times");
        List<Treatment> treatments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            treatments.add(new Treatment(number(words.get(1 + 2 * i)), number(words.get(2 + 2 * i))));
        }
        return List.copyOf(treatments);
    }

    /** Pairs of level and specialism; specialism 0 stands for none. */
    private List<Ranked> ranked(List<String> words) {
        if (words.size() % 2 != 0) {
            throw wrong(words.size() + " numbers, expected pairs of level and specialism");
        }
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 2) {
            int specialism = number(words.get(i + 1));
            if (specialism != 0) {
                ranked.add(new Ranked(number(words.get(i)), specialism));
            }
        }
        return List.copyOf(ranked);
    }

    private List<Boolean> flags(List<String> words, int properties) {
        requireWords(words, properties, "0 or 1 for each property");
        return words.stream()
                .map(word -> switch (word) {
                    case "0" -> false;
                    case "1" -> true;
                    default -> throw wrong("property " + word + ", expected 0 or 1");
                })
                .toList();
    }

    private void requireDistinct(List<Patient> patients) {
        Set<Integer> seen = new HashSet<>();
        for (Patient patient : patients) {
            if (!seen.add(patient.id())) {
                throw wrong("patient " + patient.id() + " a second time, in the lines before");
            }
        }
    }

    private void requireCapacities(List<Room> rooms, List<Bed> beds) {
        int[] found = new int[rooms.size()];
        Set<Integer> seen = new HashSet<>();
        for (Bed bed : beds) {
            found[bed.room()]++;
            if (!seen.add(bed.id())) {
                throw wrong("bed " + bed.id() + " a second time, in the lines before");
            }
        }
        for (int i = 0; i < found.length; i++) {
            if (found[i] != rooms.get(i).capacity()) {
                throw wrong("room " + rooms.get(i).id() + " with a capacity of "
                        + rooms.get(i).capacity() + " and " + found[i] + " beds, in the lines before");
            }
        }
    }

    private interface LineReader<T> {
        T read(List<List<String>> fields);
    }

    private <T> List<T> section(String title, int count, LineReader<T> reader) {
        expect(title + ":");
        List<T> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String line = nextLine(title + " line " + (i + 1) + " of " + count);
            List<List<String>> fields = new ArrayList<>();
            for (String field : BAR.split(line, -1)) {
                String trimmed = field.strip();
                fields.add(trimmed.isEmpty() ? List.of() : List.of(BLANKS.split(trimmed)));
            }
            entries.add(reader.read(fields));
        }
        return List.copyOf(entries);
    }

    private int count(String name) {
        String line = nextLine(name + ":");
        if (!line.startsWith(name + ":")) {
            throw wrong("\"" + line + "\", expected \"" + name + ": number\"");
        }
        return number(line.substring(name.length() + 1).strip());
    }

    private void expect(String text) {
        String line = nextLine(text);
        if (!line.equals(text)) {
            throw wrong("\"" + line + "\", expected \"" + text + "\"");
        }
    }

    private String nextLine(String expected) {
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        if (next == lines.size()) {
            throw new AdmissionFormatException(next, "the end of the file, expected \"" + expected + "\"");
        }
        return lines.get(next++).strip();
    }

    private void requireFields(List<List<String>> fields, int count) {
        if (fields.size() != count) {
            throw wrong(fields.size() + " fields between bars, expected " + count);
        }
    }

    private void requireWords(List<String> words, int count, String meaning) {
        if (words.size() != count) {
            throw wrong("\"" + String.join(" ", words) + "\", expected " + count + " words: " + meaning);
        }
    }

    private int only(List<String> words) {
        requireWords(words, 1, "a number");
        return number(words.getFirst());
    }

    private int number(String word) {
        try {
            int number = Integer.parseInt(word);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a negative number
        }
        throw wrong("\"" + word + "\", expected a whole number from 0");
    }

    private AdmissionFormatException wrong(String seen) {
        return new AdmissionFormatException(next, seen);
    }
}
