package org.chevet.occupancy;

import java.util.Map;

/**
 * Why an act is refused, and what to do instead. The words in braces are filled from the refusal's {@code about}; screens
 * have their own catalogue, in each language, under the same codes.
 */
public enum Rule {
    UNKNOWN_STAY("stay {stay} is not known here", "Check the number, or register the stay first."),
    UNKNOWN_BED("bed {bed} is not in the hospital's file", "Check the bed's code."),
    UNKNOWN_SERVICE("service {service} is not in the hospital's file", "Check the service's code."),
    UNKNOWN_REQUEST(
            "bed request {request} is not open", "It may have been fulfilled or cancelled: look at the requests."),
    UNKNOWN_MOVEMENT("stay {stay} has no movement {movement}", "Look at the stay's movements."),
    UNKNOWN_ANOMALY("anomaly {anomaly} is not open", "Somebody may have resolved it already."),
    UNKNOWN_MESSAGE("message {message} is not in quarantine", "Somebody may have dealt with it already."),
    UNKNOWN_ACT(
            "act {act} is not among the acts that can be taken back",
            "Only the last acts made by people can be; look for the opposite act."),
    LOCATION_MISSING("neither a service nor a bed is named", "Name at least the service."),
    BED_OF_OTHER_SERVICE("bed {bed} belongs to {owner}, not to {service}", "Name the bed alone, or its own service."),
    STAY_EXISTS("stay {stay} is registered already", "Open it instead, or use another number."),
    STAY_PRESENT("stay {stay} is present already, in {place}", "Transfer it instead."),
    STAY_NOT_PRESENT("stay {stay} is not present", "Admit it first."),
    STAY_HAS_MOVEMENTS("stay {stay} has movements", "Cancel its movements first."),
    STAY_ENDED("stay {stay} has ended", "Cancel its discharge first if the patient is still here."),
    STAY_ON_LEAVE("stay {stay} is on leave", "Record the return first."),
    STAY_NOT_ON_LEAVE("stay {stay} is not on leave", "Nothing to end."),
    NO_BARRIER("stay {stay} has no barrier {barrier}", "Somebody may have lifted it already."),
    SAME_STAY("stay {stay} is named twice", "Name two stays."),
    SAME_PLACE("stay {stay} is there already", "Choose another bed."),
    STAY_WITHOUT_BED("stay {stay} has no bed", "Transfer it to a bed instead."),
    NOT_LAST_MOVEMENT("movement {movement} is not the last one of stay {stay}", "Cancel the later movements first."),
    BED_OCCUPIED("bed {bed} is taken by stay {other}", "Choose another bed, or swap the two patients."),
    BED_RESERVED(
            "bed {bed} is reserved for request {request} until {until}",
            "Choose another bed, or release the reservation."),
    BED_NOT_CLEAN("bed {bed} is not clean yet", "Finish its cleaning first, or choose another bed."),
    BED_BLOCKED("bed {bed} is blocked: {reason}", "Unblock it first, or choose another bed."),
    BED_CLOSED("bed {bed} is closed", "Open it first, or choose another bed."),
    BED_NOT_BLOCKED("bed {bed} is not blocked", "Nothing to unblock."),
    BED_NOT_RESERVED("bed {bed} is not reserved", "Nothing to release."),
    BED_ALREADY("bed {bed} is in that state already", "Nothing to do."),
    ROOM_FULL(
            "room {room} holds {capacity} patients already",
            "Choose another room, or override the rule with a reason."),
    SEX_OF_ROOM(
            "room {room} is one for {sex} now",
            "Choose a room of the patient's sex or an empty one, or override the rule with a reason."),
    SEX_OF_SERVICE("service {service} takes only {sex}", "Choose another service, or override the rule with a reason."),
    AGE_OF_SERVICE(
            "service {service} takes patients of {from} to {to} years, not {age}",
            "Choose another service, or override the rule with a reason."),
    PLACEMENT_RULES_BROKEN(
            "bed {bed} does not fit this patient: {rules}",
            "Choose another bed, or name these rules in an override, with the reason."),
    TOO_MANY_REFUSALS(
            "request {request} has {max} refusals, the most that are kept", "Cancel it and ask again, or call."),
    NO_COUNTER_PROPOSAL(
            "request {request} has no counter-proposal that waits for an answer",
            "Somebody may have answered it already: look at the request."),
    COUNTER_PROPOSAL_OF_OTHER_SERVICE(
            "request {request} has bed {reserved}, and bed {bed} is of another service",
            "Name a bed of the same service, or refuse."),
    DEADLINE_BEFORE_ARRIVAL("{until} is before the patient may come, at {from}", "Give a later deadline."),
    TIME_IN_FUTURE("{at} is in the future", "Leave the time out for now, or plan it instead."),
    TIME_BEFORE_LAST_MOVEMENT(
            "{at} is before the stay's last movement at {last}", "Give a later time, or correct that movement."),
    TIME_PASSED("{at} is past", "Give a time to come."),
    TIME_TOO_FAR("{at} is more than {days} × 24 hours away", "Give a nearer time."),
    REQUEST_EXISTS("bed request {request} exists already", "Use another number."),
    REQUEST_HAS_BED("request {request} has bed {bed} already", "Release that reservation first."),
    BEDS_OUT_OF_RANGE("{beds} beds is outside 0 to {max} for service {service}", "Give a number in that range."),
    NOTHING_CHANGES("that is already so", "Nothing to do."),
    UNKNOWN_SPECIALTY("specialty {specialty} is not in the hospital's file", "Use one of the file's specialties."),
    UNKNOWN_EQUIPMENT("equipment {equipment} is not in the hospital's file", "Use one of the file's equipment codes."),
    TEXT_MISSING("a reason is missing", "Say why in a few words."),
    TEXT_TOO_LONG("the text has {chars} characters, more than {max}", "Shorten it."),
    UNKNOWN_TRANSFER("transfer {transfer} is not known here", "It may be long over: look at the acts."),
    UNKNOWN_HOSPITAL("hospital {hospital} is not one of this group", "Check its code."),
    OWN_HOSPITAL("hospital {hospital} is this one", "Transfer the stay to another bed instead."),
    TRANSFER_EXISTS(
            "stay {stay} is asked for at hospital {hospital} already, by transfer {transfer}",
            "Wait for the answer, or cancel that transfer first."),
    TRANSFER_ACCEPTED_ALREADY(
            "a bed of hospital {hospital} is accepted for stay {stay} already, by transfer {transfer}",
            "Cancel that transfer first."),
    TRANSFER_OF_OTHER_SIDE(
            "this step of transfer {transfer} is for hospital {hospital} to make", "Call the other hospital."),
    TRANSFER_NOT_THERE(
            "transfer {transfer} is {state}: this step does not follow from that",
            "Look at the transfer again: the other hospital may have made a step meanwhile."),
    TRANSFER_WITHOUT_BED("no bed is held for transfer {transfer}", "Name the bed."),
    TRANSFER_TOO_LONG("transfer {transfer} has {max} steps, the most there may be", "Cancel it and ask again."),
    REQUEST_OF_TRANSFER("request {request} stands for transfer {transfer}", "Decline or cancel the transfer instead."),
    WHEREABOUTS_MISSING("the patient of transfer {transfer} has departed", "Say where the patient is now."),
    WHEREABOUTS_KNOWN("the patient of transfer {transfer} has not departed", "Leave out where the patient is."),
    UNKNOWN_CARD("action card {card} is not in the hospital's file", "Look at the tension screen again."),
    CARD_TAKEN_ON("action card {card} is taken on already", "Close it when it is done."),
    CARD_NOT_TAKEN_ON("nobody has taken on action card {card}", "Take it on first."),
    TOO_MANY_SNOOZES("{max} alerts are put off, the most there may be", "Wait until some of them come back."),
    NOT_A_DRILL("this hospital is no drill", "Do it in a drill."),
    UNKNOWN_INJECT("inject {inject} is not planned", "Look at the crisis room again."),
    INJECT_EXISTS("inject {inject} is planned already", "Give it another id."),
    INJECT_DONE("inject {inject} is done already", "Plan another one."),
    INJECT_NOT_IN_FORCE("inject {inject} does not go on", "Look at the crisis room again."),
    INJECT_INCOMPLETE("inject {inject} is not right in its {member}", "Say what its kind needs, and no more."),
    TOO_MANY_INJECTS("{max} injects are planned, the most there may be", "Open another drill."),
    REFUSED_BEFORE(
            "it was refused by rule {rule}, which this release does not know", "Look at the board, then ask anew."),
    CANNOT_UNDO(
            "act {act} can no longer be taken back: {obstacle}", "Use the opposite act from where things stand now.");

    private final String message;
    private final String advice;

    Rule(String message, String advice) {
        this.message = message;
        this.advice = advice;
    }

    /** The template in English, with {@code {names}} to be filled. */
    public String message() {
        return message;
    }

    public String advice() {
        return advice;
    }

    /** The message in English with its names filled in. */
    public String explain(Map<String, String> about) {
        String text = message;
        for (Map.Entry<String, String> entry : about.entrySet()) {
            text = text.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return text;
    }
}
