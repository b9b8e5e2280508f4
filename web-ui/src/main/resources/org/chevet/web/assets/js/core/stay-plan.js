// @ts-check
import { read } from "./api.js";

/**
 * @typedef {{bed: string, fromNight: number, toNight: number, from: string, to: string, endKnown: boolean, held: boolean}} Lying
 * @typedef {{rule: string, french: string, english: string, beds: number}} Hindrance
 * @typedef {{fromNight: number, toNight: number, from: string, hindrances: Hindrance[]}} Unplaced
 *
 * @typedef {object} PlannedStay
 * @property {"PRESENT"|"REQUESTED"|"EXPECTED"} kind
 * @property {string} [stay]
 * @property {string} [request]
 * @property {string} [initials]
 * @property {string} [sex]
 * @property {number} [age]
 * @property {string} [specialty]
 * @property {string} [isolation]
 * @property {string} [expectedDischarge]
 * @property {Lying[]} lying
 * @property {Unplaced[]} unplaced
 *
 * @typedef {{stay?: string, request?: string, from: string, to: string, night: number}} Move
 *
 * @typedef {object} StayPlan
 * @property {number} sequence
 * @property {string} at
 * @property {string} firstNight
 * @property {number} nights
 * @property {number} costPoints
 * @property {number} boundPoints
 * @property {boolean} settled
 * @property {PlannedStay[]} stays
 * @property {Move[]} moves
 */

/** @returns {Promise<import("./api.js").Answer<StayPlan>>} */
export function readStayPlan() {
  return read("/stay-plan");
}

/**
 * How a bar is drawn: here for certain, to come (a bed reserved or only planned), or moved here by the plan.
 *
 * @typedef {"here"|"held"|"planned"|"moved"} Look
 *
 * @typedef {object} Bar
 * @property {string} key
 * @property {PlannedStay} who
 * @property {Lying} lying
 * @property {Look} look
 * @property {boolean} late whether the patient should have left
 * @property {string|null} cameFrom the bed before, of who changes bed
 * @property {string|null} goesTo the bed after
 * @property {number} left share of the horizon, 0 to 1
 * @property {number} width
 */

/**
 * A plan's bars by bed, each bed's in the order of time.
 *
 * @param {StayPlan} plan
 * @param {number} startMillis of the horizon
 * @param {number} endMillis
 * @param {number} nowMillis
 * @returns {Map<string, Bar[]>}
 */
export function barsByBed(plan, startMillis, endMillis, nowMillis) {
  const span = endMillis - startMillis;
  /** @type {Map<string, Bar[]>} */
  const byBed = new Map();
  const moves = new Map(plan.moves.map((move) => [`${move.stay ?? move.request} ${move.to} ${move.night}`, move]));
  for (const who of plan.stays) {
    const id = who.stay ?? who.request ?? "";
    who.lying.forEach((lying, i) => {
      const from = Math.max(startMillis, Date.parse(lying.from));
      const to = Math.min(endMillis, Date.parse(lying.to));
      const cameFrom = moves.get(`${id} ${lying.bed} ${lying.fromNight}`)?.from ?? null;
      const next = who.lying[i + 1];
      const leaves = who.expectedDischarge === undefined ? Number.NaN : Date.parse(who.expectedDischarge);
      const present = who.kind === "PRESENT" && lying.held && cameFrom === null;
      const bar = {
        key: `${id} ${lying.fromNight}`,
        who,
        lying,
        look: /** @type {Look} */ (cameFrom !== null ? "moved" : present ? "here" : lying.held ? "held" : "planned"),
        late: present && leaves < nowMillis,
        cameFrom,
        goesTo: next === undefined || next.bed === lying.bed ? null : next.bed,
        left: (from - startMillis) / span,
        width: Math.max(0, to - from) / span,
      };
      byBed.set(lying.bed, [...(byBed.get(lying.bed) ?? []), bar]);
    });
  }
  for (const bars of byBed.values()) {
    bars.sort((a, b) => a.left - b.left);
  }
  return byBed;
}
