// @ts-check
/** @import {Anomaly, Bed, CareNeeds, QuarantineCause, StayCell} from "../core/types.js" */
import { nowMillis } from "../core/clock.js";
import { board, findService } from "../core/store.js";
import { dateTime, elapsed, isToday } from "./format.js";
import { has, t, word } from "./index.js";

/** "F, 71 ans" @param {{sex: string, age?: number|null}} stay */
export function person(stay) {
  const sex = stay.sex === "UNKNOWN" ? "" : t(`sex.letter.${stay.sex}`);
  const age = stay.age === undefined || stay.age === null ? "" : t("age", { count: stay.age });
  return [sex, age].filter(Boolean).join(", ");
}

/** "D. A., F, 71 ans" @param {StayCell} stay */
export function shortStay(stay) {
  return [stay.initials, person(stay)].filter(Boolean).join(", ");
}

/** @param {StayCell} stay */
export function dischargeText(stay) {
  if (stay.expectedDischarge === undefined) {
    return "";
  }
  return t(isToday(stay.expectedDischarge) ? "stay.leavesToday" : "stay.leavesLater", { at: dateTime(stay.expectedDischarge) });
}

/** From when, if it is not ready yet, and until when its bed is held. @param {import("../core/types.js").BedRequest} request */
export function heldInWords({ acceptance, reservedUntil }) {
  const from = acceptance?.from && Date.parse(acceptance.from) > nowMillis() ? t("heldFrom", { at: dateTime(acceptance.from) }) : "";
  return [from, reservedUntil ? t("until", { at: dateTime(reservedUntil) }) : ""].filter(Boolean).join(", ");
}

/** @param {string|null|undefined} code */
export function specialty(code) {
  return code ? (board.value?.hospital.specialties[code] ?? code) : "";
}

/** @param {string} code */
export function equipment(code) {
  return board.value?.hospital.equipment[code] ?? code;
}

/** @param {string|null|undefined} id */
export function serviceName(id) {
  return id && board.value ? (findService(board.value, id)?.name ?? id) : "";
}

/** Where somebody is who is in no service. @param {string|null|undefined} patientClass */
export function outOfServices(patientClass) {
  return patientClass === "EMERGENCY" ? word("class", patientClass) : t("elsewhere");
}

/** A floor as people say it: the file may give its number alone. @param {string|null|undefined} floor */
export function floorName(floor) {
  return floor && /^-?\d+$/.test(floor) ? t("floor.named", { floor }) : (floor ?? "");
}

/** What a screen reader says of a bed: all that its cell shows. @param {Bed} bed */
export function bedInWords(bed) {
  const parts = [t("bed.named", { bed: bed.id }), word("state", bed.state)];
  if (bed.reservation && bed.state !== "RESERVED") {
    parts.push(t("legend.held"));
  }
  if (bed.block) {
    parts.push(word("block", bed.block.reason));
  }
  if (bed.contaminated) {
    parts.push(t("bed.contaminated"));
  }
  for (const stay of bed.stays ?? []) {
    parts.push(shortStay(stay), dischargeText(stay));
    if (stay.isolation) {
      parts.push(word("isolation", stay.isolation));
    }
    if (stay.status === "ON_LEAVE") {
      parts.push(t("stay.onLeave"));
    }
    if (stay.outlier) {
      parts.push(t("stay.outlier"));
    }
  }
  if (bed.surge) {
    parts.push(t("bed.surge"));
  }
  if (bed.anomaly) {
    parts.push(t("bed.anomaly"));
  }
  return parts.filter(Boolean).join(", ");
}

/** The same with how long it has been so, for the one who points at it. @param {Bed} bed */
export function bedTooltip(bed) {
  return `${bedInWords(bed)} · ${t("since", { duration: elapsed(bed.since) })}`;
}

/** What a patient needs, the usual left out. @param {CareNeeds} needs */
export function needsInWords(needs) {
  return [
    specialty(needs.specialty),
    needs.levelOfCare === "ACUTE" ? "" : word("level", needs.levelOfCare),
    needs.isolation === "NONE" ? "" : [word("isolation", needs.isolation), needs.organism].filter(Boolean).join(" "),
    needs.singleRoom === "INDIFFERENT" ? "" : word("single", needs.singleRoom),
    ...needs.equipmentRequired.map(equipment),
  ].filter(Boolean);
}

/** @param {Anomaly} anomaly */
export function anomalyInWords(anomaly) {
  return t(anomalyKey(anomaly), {
    stay: anomaly.stay ?? "?",
    other: anomaly.otherStay ?? "?",
    bed: anomaly.bed ?? "?",
    detail: anomaly.detail ?? "?",
  });
}

/** What to do about it. @param {Anomaly} anomaly */
export function anomalyAdvice(anomaly) {
  const own = `${anomalyKey(anomaly)}.advice`;
  return t(has(own) ? own : `anomaly.${anomaly.kind}.advice`);
}

/** A kind has sentences of its own for what a feed says of a bed's state. @param {Anomaly} anomaly */
function anomalyKey({ kind, stay, detail }) {
  const stated = `anomaly.${kind}.${kind === "UNKNOWN_BED" && !stay ? "status" : detail}`;
  return has(stated) ? stated : `anomaly.${kind}`;
}

/** Details of a cause that are counted. */
const COUNTED = new Set(["bytes", "bytesMax", "length", "lengthMax", "messages", "movementsMax", "times"]);

/**
 * Why a message is in quarantine, in words; the feed's own English sentence where no cause was kept or it is not known here.
 * @param {{cause?: QuarantineCause, reason?: string}} message
 * @returns {string}
 */
export function causeText({ cause, reason = "" }) {
  const key = `cause.${cause?.code}`;
  if (cause === undefined || !has(key)) {
    return reason;
  }
  const { details } = cause;
  const about = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, COUNTED.has(name) ? Number(value) : value]));
  const field = `hl7.${details.field}`;
  return t(key, { ...about, ...(has(field) ? { field: `${details.field} (${t(field)})` } : {}), reason });
}
