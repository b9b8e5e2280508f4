// @ts-check
/** @import {Proposal} from "./proposals.js" @import {Bed, BedRequest} from "./types.js" @import {Board} from "./store.js" */
import { read } from "./api.js";
import { Signal } from "./signal.js";
import { findStay } from "./store.js";

/**
 * @typedef {{stay: string, from: string, to: Proposal}} Move
 *
 * @typedef {object} CascadeAnswer
 * @property {string} request
 * @property {number} sequence
 * @property {string} at
 * @property {boolean} proven
 * @property {{harmPoints: number, moves: Move[], placed: Proposal}|null} cascade
 *
 * What was answered, and who may still lie in the beds it is about.
 * @typedef {CascadeAnswer & {before: ReadonlyMap<string, readonly string[]>}} Cascade
 *
 * A move, or last the bed for the request.
 * @typedef {object} Step
 * @property {string|null} stay null of the last step
 * @property {string|null} from
 * @property {Proposal} to
 * @property {"done"|"open"|"waits"|"later"|"changed"} state `waits`: its turn, once the bed is ready
 */

/** What was asked for last, for the board, which draws it. @type {Signal<Cascade|null>} */
export const cascade = new Signal(/** @type {Cascade|null} */ (null));

/** @param {string} request @param {boolean} night @returns {Promise<import("./api.js").Answer<CascadeAnswer>>} */
export function readCascade(request, night) {
  return read(`/requests/${encodeURIComponent(request)}/cascade?night=${night}`);
}

/** @param {CascadeAnswer} answer @param {Board} known @returns {Cascade} */
export function seen(answer, known) {
  const all = answer.cascade === null ? [] : [...answer.cascade.moves.map((move) => move.to), answer.cascade.placed];
  return { ...answer, before: new Map(all.map(({ bed, readiness }) => [bed, readiness === "READY" ? [] : occupants(known.beds.get(bed))])) };
}

/**
 * How far a cascade is, by the board: what is done is what the board shows, whoever did it. From the first step on that the world does not allow
 * any more, nothing is open.
 *
 * @param {Cascade} asked
 * @param {Board} known
 * @returns {Step[]}
 */
export function stepsOf(asked, known) {
  if (asked.cascade === null) {
    return [];
  }
  const { moves, placed } = asked.cascade;
  const request = known.requests.find((one) => one.id === asked.request);
  const places = moves.map(({ stay }) => findStay(known, stay)?.bed?.id ?? null);
  const undone = moves.findIndex(({ to }, i) => places[i] !== to.bed);
  const next = undone === -1 ? moves.length : undone;
  /** @param {number} i @returns {Step["state"]} */
  const stateOf = (i) => {
    if (i < next) {
      return "done";
    }
    if (i < moves.length && places[i] !== moves[i].from) {
      return "changed";
    }
    const of = bedState(i < moves.length ? moves[i].to : placed, i < moves.length ? undefined : request, asked, known);
    return i > next && of !== "changed" ? "later" : of;
  };
  const steps = [...moves, { stay: null, from: null, to: placed }].map((move, i) => ({ ...move, state: stateOf(i) }));
  const gone = request === undefined || (request.bed && request.bed !== placed.bed);
  if (gone || steps.some((step) => step.state === "changed")) {
    return steps.map((step) => (step.state === "done" ? step : { ...step, state: "changed" }));
  }
  return steps;
}

/**
 * What can be done with the bed of a step: nothing any more when it is somebody's who was not expected there. A bed is held for the request before it is
 * ready; nobody is moved into one that is not.
 *
 * @param {Proposal} to
 * @param {BedRequest|undefined} request whose bed it is to be; undefined of a move
 * @param {Cascade} asked
 * @param {Board} known
 * @returns {"done"|"open"|"waits"|"changed"}
 */
function bedState(to, request, asked, known) {
  const bed = known.beds.get(to.bed);
  if (bed === undefined) {
    return "changed";
  }
  if (bed.reservation !== undefined) {
    return bed.reservation.request === request?.id ? "done" : "changed";
  }
  const notReady = request === undefined ? "waits" : "open";
  switch (bed.state) {
    case "READY":
    case "RESERVED":
      return "open";
    case "TO_CLEAN":
    case "CLEANING":
      return notReady;
    case "OCCUPIED": {
      const expected = asked.before.get(to.bed) ?? [];
      return occupants(bed).every((stay) => expected.includes(stay)) ? notReady : "changed";
    }
    case "BLOCKED":
      return to.readiness === "END_OF_BLOCK" ? notReady : "changed";
    case "CLOSED":
      return "changed";
  }
}

/** @param {Bed|undefined} bed */
function occupants(bed) {
  return (bed?.stays ?? []).map((stay) => stay.id);
}
