// @ts-check
import { dateTime } from "./format.js";
import { has, t, word } from "./index.js";
import { serviceName } from "./describe.js";
import { explain, rulesInWords } from "./refusal.js";

/** A journal event in words. @param {{type: string} & Record<string, any>} event */
export function eventInWords(event) {
  const key = `event.${event.type}`;
  if (!has(key)) {
    return event.type;
  }
  const movement = event.movement;
  const place = movement?.to?.bed ?? serviceName(movement?.to?.service) ?? "";
  const variant =
    movement?.kind && has(`${key}.${movement.kind}`)
      ? `${key}.${movement.kind}`
      : event.ready === false || event.closed === false || event.expected === null
        ? `${key}.not`
        : key;
  return t(has(variant) ? variant : key, {
    bed: event.bed ?? event.proposal?.bed,
    stay: event.stay ?? event.first,
    other: event.second ?? event.into,
    from: event.from,
    request: typeof event.request === "object" ? event.request?.id : event.request,
    service: serviceName(event.service ?? event.refusal?.service),
    beds: event.beds,
    card: event.card,
    alert: event.alert,
    inject: typeof event.inject === "object" ? event.inject?.id : event.inject,
    place,
    ending: word("ending", movement?.ending).toLowerCase(),
    reason: reason(event),
    rule: event.rule ? explain(/** @type {any} */ (event)).what : "",
    rules: rulesInWords(event.override?.rules ?? []),
    outcome: event.outcome ? word("counterProposal", event.outcome) : "",
    at: event.expected ? dateTime(event.expected) : event.until ? dateTime(event.until) : "",
    act: event.undone,
    message: event.message?.messageId ?? event.id,
    anomaly: event.anomaly ? t(`anomaly.${event.anomaly.kind}.short`) : "",
    note: event.note ?? "",
    barrier: event.barrier ? word("barrier", event.barrier.kind) : "",
    transfer: event.transfer,
    step: event.step ? t(`transfer.step.${event.step.kind}`) : "",
  });
}

/**
 * The events of one act in words. What happened to many beds, as when a ward closes, is said once, with the beds.
 * @param {({type: string} & Record<string, any>)[]} events
 */
export function eventsInWords(events) {
  /** @type {Map<string, typeof events>} */
  const alike = new Map();
  events.forEach((event, i) => {
    const kind = event.bed && has(`debrief.event.${event.type}`) ? event.type : String(i);
    alike.set(kind, [...(alike.get(kind) ?? []), event]);
  });
  return [...alike.values()].map((group) => {
    const [first] = group;
    return group.length === 1
      ? eventInWords(first)
      : t("event.ofBeds", { what: t(`debrief.event.${first.type}`), beds: group.map(({ bed }) => bed).join(", ") });
  });
}

/** Why it was done, in the words of its own list where it has one. @param {Record<string, any>} event */
function reason(event) {
  if (event.refusal) {
    return word("refusal", event.refusal.reason).toLocaleLowerCase();
  }
  if (event.override) {
    return word("override", event.override.reason);
  }
  return event.type.startsWith("Bed") ? word("block", event.reason) : event.reason;
}
