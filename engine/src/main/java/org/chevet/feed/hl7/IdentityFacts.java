package org.chevet.feed.hl7;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.QuarantineCause;
import org.chevet.feed.FeedCounts.Ignored;
import org.chevet.feed.hl7.Translation.Code;
import org.chevet.feed.hl7.Translation.NotForUs;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.chevet.feed.hl7.Translation.Stated;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** What a message says of numbers: whose they are, and which are one. */
final class IdentityFacts {
    private final AdtMessage message;
    private final Instant statedAt;

    IdentityFacts(AdtMessage message, Instant statedAt) {
        this.message = message;
        this.statedAt = statedAt;
    }

    /** A31 and the like: this is how the person is called, in whatever stays they have. */
    Translation ofPatient() {
        String number = message.patient().identifier();
        return number == null ? nobody() : new Stated(List.of(patient(number)));
    }

    /**
     * Two numbers are one: of a visit where MRG-5 says so (or MRG-3, where accounts are visits), of a person otherwise.
     *
     * @param personsToo whether an event that names visits says it of the person as well
     */
    Translation joined(boolean personsToo) {
        String number = message.visit().number();
        String prior = message.priorVisitNumber();
        if (prior.isEmpty() && number.equals(message.visit().account())) {
            prior = message.priorAccountNumber();
        }
        if (number.isEmpty() || prior.isEmpty() || number.equals(prior)) {
            List<Command.Fact> persons = persons();
            return persons.isEmpty() ? nobody() : new Stated(persons);
        }
        if (!Identifiers.isValid(number)) {
            return notAVisitNumber("PV1-19", number);
        }
        if (!Identifiers.isValid(prior)) {
            return notAVisitNumber("MRG-5", prior);
        }
        List<Command.Fact> facts = new ArrayList<>(personsToo ? persons() : List.of());
        facts.add(new Command.ReportMerge(new StayId(prior), new StayId(number), statedAt));
        return new Stated(facts);
    }

    private List<Command.Fact> persons() {
        String number = message.patient().identifier();
        String prior = message.priorPatient();
        if (number == null || prior.isEmpty()) {
            return List.of();
        }
        return prior.equals(number) ? List.of(patient(number)) : List.of(patient(prior), patient(number));
    }

    /** The visit that an A44 or A45 gives to another patient, null when it names none. */
    @Nullable
    StayId movedVisit() {
        for (String number :
                List.of(message.visit().number(), message.priorVisitNumber(), message.priorAccountNumber())) {
            if (Identifiers.isValid(number)) {
                return new StayId(number);
            }
        }
        return null;
    }

    /** A visit may change its number as it changes its patient (MRG-5). */
    Translation moved(StayMessage stay) {
        List<Command.Fact> facts = new ArrayList<>();
        String prior = message.priorVisitNumber();
        if (Identifiers.isValid(prior) && !prior.equals(stay.stay().value())) {
            facts.add(new Command.ReportMerge(new StayId(prior), stay.stay(), statedAt));
        }
        facts.add(new PaperFacts(stay).stayOfAnother());
        return new Stated(facts);
    }

    private Command.Fact patient(String number) {
        return new Command.ReportPatient(number, message.patient(), statedAt);
    }

    private Translation nobody() {
        return new NotForUs(
                Ignored.NO_BED,
                "event " + message.trigger() + " names neither a visit nor a person of whom we could know one");
    }

    static NotUnderstood notAVisitNumber(String field, String number) {
        return new NotUnderstood(
                field,
                Code.NOT_READABLE,
                field + " holds no visit number: its " + number.length() + " characters do not match "
                        + Identifiers.PATTERN,
                QuarantineCause.of(
                        QuarantineCause.Code.VISIT_NUMBER_NOT_VALID, "field", field, "length", number.length() + ""));
    }
}
