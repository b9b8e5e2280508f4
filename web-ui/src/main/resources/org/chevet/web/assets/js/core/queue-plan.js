// @ts-check
/** @import {Proposal} from "./proposals.js" @import {Board} from "./store.js" @import {BedRequest} from "./types.js" */
import { read } from "./api.js";
import { route } from "./route.js";
import { Signal } from "./signal.js";

/**
 * @typedef {{request: string, proposal: Proposal}} Placed
 * @typedef {{request: string, reason: "NO_BED"|"GIVEN_TO_OTHERS"|"TOO_MANY_WAIT", insteadOf: string[]}} Unplaced
 *
 * @typedef {object} QueuePlan
 * @property {string} hospital
 * @property {number} sequence
 * @property {string} at
 * @property {number} costPoints
 * @property {boolean} proven
 * @property {number|null} gapPoints
 * @property {Placed[]} placed
 * @property {Unplaced[]} unplaced
 */

/** What was asked for last: it stays while somebody looks at a bed of it on the board. @type {Signal<QueuePlan|null>} */
export const queuePlan = new Signal(/** @type {QueuePlan|null} */ (null));

/** Asks the view of the queue for a plan, as its button does. */
export const planWanted = new Signal(false);

/** @returns {Promise<import("./api.js").Answer<QueuePlan>>} */
export async function readQueuePlan() {
  const { hospital } = route.value;
  const answer = await read("/queue-plan");
  return answer.ok ? { ok: true, value: { ...answer.value, hospital } } : answer;
}

/**
 * What a plan says of a request as the board has both now.
 *
 * @param {QueuePlan} plan
 * @param {BedRequest} request
 * @param {Board} known
 * @returns {{proposal: Proposal|null, unplaced: Unplaced|null, state: "new"|"open"|"taken"|"stale"|"unplaced"}} `taken`: it has its bed;
 *     `stale`: the bed is no longer to be had; `new`: not in the plan
 */
export function lineOf(plan, request, known) {
  const proposal = plan.placed.find((one) => one.request === request.id)?.proposal ?? null;
  const unplaced = plan.unplaced.find((one) => one.request === request.id) ?? null;
  if (proposal === null) {
    return { proposal, unplaced, state: unplaced === null ? "new" : "unplaced" };
  }
  if (request.bed) {
    return { proposal, unplaced, state: request.bed === proposal.bed ? "taken" : "stale" };
  }
  const bed = known.beds.get(proposal.bed);
  const lost = bed === undefined || bed.reservation !== undefined || bed.state === "CLOSED" || (proposal.readiness === "READY" && bed.state !== "READY");
  return { proposal, unplaced, state: lost ? "stale" : "open" };
}
