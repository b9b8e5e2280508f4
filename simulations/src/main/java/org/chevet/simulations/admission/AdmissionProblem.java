package org.chevet.simulations.admission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chevet.hospital.Sex;
import org.chevet.placement.stay.StayPlan;
import org.chevet.placement.stay.StayPlanProblem;
import org.chevet.simulations.admission.AdmissionInstance.Department;
import org.chevet.simulations.admission.AdmissionInstance.Patient;
import org.chevet.simulations.admission.AdmissionInstance.Ranked;
import org.chevet.simulations.admission.AdmissionInstance.Room;
import org.chevet.simulations.admission.AdmissionInstance.RoomPolicy;
import org.chevet.simulations.admission.AdmissionInstance.Treatment;

/** An instance at the literature's prices, in tenths, as a problem of the stay planner; and its plans as solution texts. */
public final class AdmissionProblem {
    private static final int SEX = 50;
    private static final int NEEDED_PROPERTY = 50;
    private static final int PREFERRED_PROPERTY = 20;
    private static final int AGE = 100;
    private static final int LARGER_THAN_PREFERRED = 8;
    private static final int DEPARTMENT_SPECIALISM = 10;
    private static final int ROOM_SPECIALISM = 20;
    private static final int ROOM_SPECIALISM_LEVEL = 10;
    private static final int TRANSFER = 110;

    private final AdmissionInstance instance;
    private final List<Patient> patients;
    private final List<PricedPart> parts;
    private final StayPlanProblem problem;

    /**
     * Some nights of a patient under one specialism within the horizon.
     *
     * @param stay the patient's place among those present
     * @param prices per night by room, in tenths
     * @param movePrice of beginning it in another bed than the night before
     */
    public record PricedPart(int stay, Sex sex, int from, int to, List<Integer> prices, int movePrice) {}

    /** @param plannedTransfersCount whether a patient who changes room when a treatment ends pays for it */
    public AdmissionProblem(AdmissionInstance instance, boolean plannedTransfersCount) {
        this.instance = instance;
        patients = instance.patients().stream()
                .filter(patient -> patient.isPresentBefore(instance.nights()))
                .toList();
        parts = IntStream.range(0, patients.size())
                .boxed()
                .flatMap(stay -> parts(stay, plannedTransfersCount ? TRANSFER : 0).stream())
                .toList();
        problem = compile();
    }

    public AdmissionInstance instance() {
        return instance;
    }

    /** All patients' parts in the order of the file, those of a patient in turn. */
    public List<PricedPart> parts() {
        return parts;
    }

    public StayPlanProblem problem() {
        return problem;
    }

    /** Per night and patient of the sex that is fewer in the room, in tenths. */
    public static int sexPrice(Room room) {
        return room.policy() == RoomPolicy.ONE_SEX ? SEX : 0;
    }

    private List<PricedPart> parts(int stay, int plannedTransfer) {
        Patient patient = patients.get(stay);
        List<PricedPart> priced = new ArrayList<>();
        int night = patient.firstNight();
        for (Treatment treatment : patient.treatments()) {
            int end = Math.min(night + treatment.nights(), instance.nights());
            if (end > night) {
                List<Integer> prices = instance.rooms().stream()
                        .map(room -> nightPrice(patient, treatment.specialism(), room))
                        .toList();
                priced.add(new PricedPart(stay, patient.sex(), night, end, prices, plannedTransfer));
            }
            night = end;
        }
        return priced;
    }

    private StayPlanProblem compile() {
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(instance.nights());
        for (Room room : instance.rooms()) {
            int[] beds = new int[instance.nights()];
            Arrays.fill(beds, room.capacity());
            builder.room(beds, sexPrice(room));
        }
        int stay = -1;
        for (PricedPart part : parts) {
            if (part.stay() != stay) {
                stay = part.stay();
                builder.stay(part.sex(), StayPlanProblem.HARD, TRANSFER);
            }
            int[] prices = part.prices().stream().mapToInt(Integer::intValue).toArray();
            builder.part(part.from(), part.to(), prices, part.movePrice());
        }
        return builder.build();
    }

    private static int nightPrice(Patient patient, int specialism, Room room) {
        int price = 0;
        Department department = room.department();
        boolean tooYoung = department.minimumAge() != 0 && patient.age() < department.minimumAge();
        boolean tooOld = department.maximumAge() != 0 && patient.age() > department.maximumAge();
        if (tooYoung || tooOld) {
            price += AGE;
        }
        if ((room.policy() == RoomPolicy.MEN && patient.sex() != Sex.MALE)
                || (room.policy() == RoomPolicy.WOMEN && patient.sex() != Sex.FEMALE)) {
            price += SEX;
        }
        if (patient.capacityPreferred() != 0 && room.capacity() > patient.capacityPreferred()) {
            price += LARGER_THAN_PREFERRED;
        }
        return price + propertiesPrice(patient, room) + specialismPrice(specialism, room);
    }

    private static int propertiesPrice(Patient patient, Room room) {
        int price = 0;
        for (int i = 0; i < room.properties().size(); i++) {
            if (!room.properties().get(i)) {
                if (patient.needed().get(i)) {
                    price += NEEDED_PROPERTY;
                } else if (patient.preferred().get(i)) {
                    price += PREFERRED_PROPERTY;
                }
            }
        }
        return price;
    }

    private static int specialismPrice(int specialism, Room room) {
        boolean inDepartment =
                room.department().specialisms().stream().anyMatch(ranked -> ranked.specialism() == specialism);
        int roomPrice = room.specialisms().stream()
                .filter(ranked -> ranked.specialism() == specialism)
                .mapToInt(Ranked::level)
                .map(level -> ROOM_SPECIALISM_LEVEL * (level - 1))
                .min()
                .orElse(ROOM_SPECIALISM);
        return roomPrice + (inDepartment ? 0 : DEPARTMENT_SPECIALISM);
    }

    /** One line a patient: its id and its bed on each of its nights within the horizon, {@code -} on one without. */
    public String solution(StayPlan plan) {
        List<List<Integer>> bedIds = new ArrayList<>();
        instance.rooms().forEach(room -> bedIds.add(new ArrayList<>()));
        instance.beds().forEach(bed -> bedIds.get(bed.room()).add(bed.id()));
        return IntStream.range(0, patients.size())
                .mapToObj(stay -> IntStream.range(problem.firstNight(stay), problem.endNight(stay))
                        .mapToObj(night -> bed(plan, stay, night, bedIds))
                        .collect(Collectors.joining(" ", patients.get(stay).id() + " ", "\n")))
                .collect(Collectors.joining());
    }

    /** The same for a bed by part, as its place among the instance's beds, negative for none. */
    public String solution(List<Integer> bedOfPart) {
        StringBuilder text = new StringBuilder();
        int stay = -1;
        for (int index = 0; index < parts.size(); index++) {
            PricedPart part = parts.get(index);
            if (part.stay() != stay) {
                text.append(stay < 0 ? "" : "\n")
                        .append(patients.get(part.stay()).id());
                stay = part.stay();
            }
            int place = bedOfPart.get(index);
            String bed =
                    place < 0 ? "-" : String.valueOf(instance.beds().get(place).id());
            text.append((" " + bed).repeat(part.to() - part.from()));
        }
        return text.append("\n").toString();
    }

    private static String bed(StayPlan plan, int stay, int night, List<List<Integer>> bedIds) {
        int room = plan.room(stay, night);
        return room == StayPlanProblem.NOWHERE
                ? "-"
                : bedIds.get(room).get(plan.bed(stay, night)).toString();
    }
}
