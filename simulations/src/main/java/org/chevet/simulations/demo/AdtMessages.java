package org.chevet.simulations.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.chevet.event.Ending;
import org.chevet.event.PatientClass;
import org.chevet.hospital.Bed;
import org.chevet.hospital.Patient;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Writes HL7 v2.5 messages as the French PAM profile has them (and A20, which it does not have). */
final class AdtMessages {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final String FACILITY = "CHU-DEMO";

    private static final String DIED = "20";
    private static final String TO_OTHER_HOSPITAL = "02";
    private static final String TO_HOME = "01";

    /**
     * The movement a message is about (ZBE).
     *
     * @param trigger the event that first stated it
     * @param unit of the service, as ZBE-7 gives it
     */
    record Movement(String id, Instant at, String trigger, String unit) {}

    enum Action {
        INSERT,
        UPDATE,
        CANCEL
    }

    /** What most messages say; the rest is added by its maker. */
    record Visit(
            StayId stay,
            Patient patient,
            PatientClass patientClass,
            @Nullable String specialty) {}

    /** Where, as PV1-3 has it; empty when the sender does not say. */
    record Place(String unit, String room, String bed) {
        static final Place UNSAID = new Place("", "", "");

        static Place unit(Service service) {
            return new Place(code(service), "", "");
        }

        static Place bed(Bed bed) {
            PointOfCare hl7 = bed.hl7();
            return hl7 == null ? UNSAID : new Place(hl7.unit(), hl7.room(), hl7.bed());
        }
    }

    private final Numbers numbers;
    private final ZoneId zone;

    AdtMessages(Numbers numbers, ZoneId zone) {
        this.numbers = numbers;
        this.zone = zone;
    }

    static String code(Service service) {
        return service.hl7Codes().isEmpty()
                ? service.id().value()
                : service.hl7Codes().getFirst();
    }

    /** Where the service's outpatients are counted: its last unit. */
    static String outpatientCode(Service service) {
        return service.hl7Codes().isEmpty()
                ? service.id().value()
                : service.hl7Codes().getLast();
    }

    /** A28, A31: about the person alone. */
    String identity(String trigger, Patient patient, Instant sentAt) {
        return header(trigger, "A05", sentAt) + event(trigger, sentAt, null, sentAt) + person(patient, null, false)
                + "PV1|1|N\r";
    }

    /** A05: somebody is expected. */
    String preAdmission(Visit visit, Movement movement, Instant expected, Instant sentAt) {
        return header("A05", "A05", sentAt)
                + event("A05", sentAt, expected, sentAt)
                + person(visit.patient(), visit.stay(), false)
                + visit(visit, Place.UNSAID, null, "", null)
                + "PV2||||||||" + time(expected) + "\r"
                + zbe(movement, Action.INSERT, false);
    }

    /** A movement is stated, corrected or cancelled. */
    String movement(
            String trigger,
            Visit visit,
            Movement movement,
            Action action,
            boolean history,
            Place place,
            @Nullable Place prior,
            Instant sentAt) {
        return header(trigger, structure(trigger), sentAt)
                + event(trigger, sentAt, null, movement.at())
                + person(visit.patient(), visit.stay(), false)
                + visit(visit, place, prior, "", null)
                + zbe(movement, action, history);
    }

    /** A03: the patient is gone. */
    String discharge(Visit visit, Movement movement, Ending ending, boolean history, Place place, Instant sentAt) {
        String disposition = switch (ending) {
            case DISCHARGED -> TO_HOME;
            case TRANSFERRED_OUT -> TO_OTHER_HOSPITAL;
            case DIED -> DIED;
        };
        return header("A03", "A03", sentAt)
                + event("A03", sentAt, null, movement.at())
                + person(visit.patient(), visit.stay(), ending == Ending.DIED)
                + visit(visit, place, null, disposition, movement.at())
                + zbe(movement, Action.INSERT, history);
    }

    /** A16: the patient is expected to leave. */
    String expectedDischarge(Visit visit, Movement movement, Instant expected, Place place, Instant sentAt) {
        return header("A16", "A16", sentAt)
                + event("A16", sentAt, expected, sentAt)
                + person(visit.patient(), visit.stay(), false)
                + visit(visit, place, null, "", null)
                + "PV2|||||||||" + time(expected) + "\r"
                + zbe(movement, Action.INSERT, false);
    }

    /** A20: the state of a bed, by the letters of HL7 table 0116. */
    String bedStatus(Bed bed, String status, Instant sentAt) {
        Place place = Place.bed(bed);
        return header("A20", "A20", sentAt)
                + event("A20", sentAt, null, sentAt)
                + "NPU|" + place.unit() + "^" + place.room() + "^" + place.bed() + "|" + status + "\r";
    }

    private String header(String trigger, String structure, Instant sentAt) {
        String sender = trigger.equals("A20") ? "BIONET" : "GAM";
        return "MSH|^~\\&|" + sender + "|" + FACILITY + "|CHEVET|" + FACILITY + "|" + time(sentAt) + "||ADT^" + trigger
                + "^ADT_" + structure + "|" + numbers.message(sentAt)
                + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM\r";
    }

    /** HL7 v2.5 names few structures: most triggers share another's. */
    private static String structure(String trigger) {
        return switch (trigger) {
            case "A04", "A13", "Z99" -> "A01";
            case "A11", "A12" -> "A09";
            case "A25" -> "A21";
            case "A07" -> "A06";
            default -> trigger;
        };
    }

    private String event(String trigger, Instant recordedAt, @Nullable Instant planned, Instant occurredAt) {
        return "EVN|" + (trigger.equals("Z99") ? "" : trigger) + "|" + time(recordedAt) + "|"
                + (planned == null ? "" : time(planned)) + "|||" + time(occurredAt) + "\r";
    }

    private static String person(Patient patient, @Nullable StayId stay, boolean dead) {
        String sex = patient.sex() == Sex.FEMALE ? "F" : patient.sex() == Sex.MALE ? "M" : "U";
        String birth = patient.birthDate() == null ? "" : DAY.format(patient.birthDate());
        String number = patient.identifier() == null ? "" : patient.identifier();
        // What this site's own messages said is stated as it was: the number alone in component 1.
        int authority = number.indexOf('^');
        return "PID|1||" + (authority < 0 ? number : number.substring(0, authority)) + "^^^" + FACILITY + "^PI||"
                + text(patient.familyName()) + "^" + text(patient.givenName()) + "^^^^^L||" + birth + "|" + sex
                + "||||||||||" + (stay == null ? "" : stay.value() + "^^^" + FACILITY + "^AN")
                + (dead ? "||||||||||||Y" : "")
                + "\r";
    }

    private static String text(@Nullable String name) {
        return name == null ? "" : name;
    }

    private String visit(
            Visit visit, Place place, @Nullable Place prior, String disposition, @Nullable Instant dischargedAt) {
        String code = switch (visit.patientClass()) {
            case INPATIENT -> "I";
            case EMERGENCY -> "E";
            case OUTPATIENT -> "O";
        };
        return "PV1|1|" + code + "|" + place(place) + "|||" + (prior == null ? "" : place(prior)) + "||||"
                + (visit.specialty() == null ? "" : visit.specialty())
                + "|||||||||" + visit.stay() + "^^^" + FACILITY + "^VN"
                + "|".repeat(17) + disposition + "|".repeat(9)
                + (dischargedAt == null ? "" : time(dischargedAt))
                + "\r";
    }

    private static String place(Place place) {
        return place.unit() + "^" + place.room() + "^" + place.bed() + "^" + FACILITY;
    }

    private String zbe(Movement movement, Action action, boolean history) {
        String unit = "^^^^^" + FACILITY + "^UF^^^" + movement.unit();
        return "ZBE|" + movement.id() + "^" + FACILITY + "|" + time(movement.at()) + "||" + action + "|"
                + (history ? "Y" : "N") + "|" + (action == Action.INSERT ? "" : movement.trigger()) + "|" + unit + "|"
                + unit
                + "|HMS\r";
    }

    private String time(Instant instant) {
        return SECONDS.format(instant.atZone(zone));
    }
}
